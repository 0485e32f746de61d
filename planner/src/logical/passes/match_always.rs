//! A joined to-one whose match is always there is an inner join, which leaves the database free to start from either side.
//!
//! ```text
//! post { title  author @joined { name } }           author_id is NOT NULL and validated
//! before: post LEFT JOIN author
//! after:  post INNER JOIN author
//! ```
//!
//! Not below a limit that the join would have to come before: SQLite was seen to scan the target and sort.

use super::{Context, LogicalPlan};
use crate::ids::LoadNodeId;
use crate::logical::equality;

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    for id in plan.ids() {
        plan.node_mut(id).always_matches = matches_always(plan, id, context);
    }
}

fn matches_always(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> bool {
    let node = plan.node(id);
    let (true, Some(relationship), Some(above)) = (node.is_joined(), node.relationship, node.parent) else {
        return false;
    };
    let relationship = context.graph.relationship(relationship);
    let source = context.graph.entity(relationship.source);
    let above = plan.node(above);
    let head_is_there = if above.is_joined() { above.inner_join || above.always_matches } else { !above.has_window() };
    head_is_there
        && equality::always_leads(context.capabilities, relationship)
        && relationship.source_key.iter().all(|c| !source.column(*c).nullable)
        && plan.is_whole(id)
}
