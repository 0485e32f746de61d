//! A joined to-one whose match is trusted to exist is an inner join: the database may then start from either side.
//!
//! ```text
//! post { title  author @joined { name } }           author_id is NOT NULL and trusted
//! before: post LEFT JOIN author
//! after:  post INNER JOIN author
//! ```
//!
//! Not below a limit that the join would have to come before: SQLite was seen to scan the target and sort.

use super::{Context, LogicalPlan};
use crate::graph::Relationship;
use crate::ids::LoadNodeId;
use crate::logical::equality::{Trust, trust, trust_note};

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    for id in plan.ids() {
        let Some(relationship) = plan.node(id).relationship.map(|r| context.graph.relationship(r)) else { continue };
        match trust(context.graph, relationship) {
            Some(trust) if can_match_always(plan, id, relationship, context) => match trust {
                Trust::Given => plan.node_mut(id).always_matches = true,
                Trust::Possible => would_match_always(plan, id, relationship, context),
            },
            _ => {}
        }
    }
}

/// Says what trust would give, unless a note says that the node would need no join at all.
fn would_match_always(plan: &mut LogicalPlan, id: LoadNodeId, relationship: &Relationship, context: &Context<'_>) {
    let node = plan.node(id);
    if !node.derived_if_trusted && !node.inner_join {
        let source = context.graph.entity(relationship.source);
        plan.note(id, trust_note("an inner join", source, &relationship.source_key, "never NULL"));
    }
}

/// Whether a join to the node keeps every parent if every key that is not NULL leads to a row.
fn can_match_always(plan: &LogicalPlan, id: LoadNodeId, relationship: &Relationship, context: &Context<'_>) -> bool {
    let node = plan.node(id);
    let (true, Some(above)) = (node.is_joined(), node.parent) else { return false };
    let source = context.graph.entity(relationship.source);
    let above = plan.node(above);
    let head_is_there = if above.is_joined() { above.inner_join || above.always_matches } else { !above.has_window() };
    head_is_there && relationship.source_key.iter().all(|c| !source.column(*c).nullable) && plan.is_whole(id)
}
