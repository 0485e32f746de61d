//! Settles which columns each node reads: those that come out, and those that stitching needs, which never leak.
//!
//! ```text
//! post { title  tags { name } }
//! before: post reads nothing
//! after:  post reads id (key of tags), title; tag reads id (its identity), name
//! ```

use super::{Context, LogicalPlan};
use crate::ids::ColumnId;
use crate::logical::{LoadNode, Output};
use crate::spec::Strategy;

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
        // The keys that batches below take from these rows; joined children compare inside the database. A lazy
        // relationship takes them when it is touched.
        let feeds = |child: &&LoadNode| {
            let taken = if child.loaded {
                !child.is_joined()
            } else {
                matches!(child.strategy, Strategy::Lazy | Strategy::LazyOne)
            };
            taken && !child.empty
        };
        let children = node.children.iter().map(|child| plan.node(*child)).filter(feeds);
        for keys in children.chain(node.recursion.is_some().then_some(node)).filter_map(|taker| taker.relationship) {
            fetch.extend(context.graph.relationship(keys).source_key.iter().copied());
        }
        fetch.sort_unstable();
        fetch.dedup();
        plan.node_mut(id).fetch = fetch;
    }
}
