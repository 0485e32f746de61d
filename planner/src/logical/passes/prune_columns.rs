//! Settles which columns each node reads: those that come out, and those that stitching needs, which never leak.
//!
//! ```text
//! post { title  tags { name } }
//! before: post reads nothing
//! after:  post reads id (key of tags), title; tag reads id (its identity), name
//! ```

use super::{Context, LogicalPlan};
use crate::ids::ColumnId;
use crate::logical::Output;

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    for id in plan.ids() {
        let node = plan.node(id);
        let entity = context.graph.entity(node.entity);
        let mut fetch: Vec<ColumnId> = entity.primary_key.to_vec();
        for output in &node.output {
            if let Output::Column { column, .. } = output {
                fetch.push(*column);
            }
        }
        // The keys that batches below take from these rows; joined children compare inside the database.
        for child in &node.children {
            let child = plan.node(*child);
            if let Some(relationship) = child.relationship
                && !child.is_joined()
                && !child.empty
            {
                fetch.extend(context.graph.relationship(relationship).source_key.iter().copied());
            }
        }
        fetch.sort_unstable();
        fetch.dedup();
        plan.node_mut(id).fetch = fetch;
    }
}
