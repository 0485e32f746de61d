//! A to-many over all rows of the root needs no list of their keys.
//!
//! ```text
//! author { posts { title } }
//! before: author; posts WHERE author_id IN (every author.id)
//! after:  author; posts WHERE author_id IS NOT NULL
//! ```
//!
//! The same rows come, but for those whose key leads to no author, and these are dropped. Only where rows find their
//! parents by the values of their keys: otherwise the list numbers them. It still waits for the root, so that nothing is
//! sent for an empty one.

use super::{Context, Drafts, LogicalPlan};
use crate::batch::draft::Draft;
use crate::graph::Direction;
use crate::ids::LoadNodeId;
use crate::spec::Strategy;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let root = LoadNodeId::new(0);
    if !plan.is_whole(root) {
        return;
    }
    for draft in &mut drafts.list {
        draft.whole_table = takes_all(draft, plan, root, context);
    }
}

/// Whether a statement is better off with the whole table. Without statistics: where every row of the table belongs to a
/// row of the root. A to-one may find few rows of a large table, and keeps its keys.
fn takes_all(draft: &Draft, plan: &LogicalPlan, root: LoadNodeId, context: &Context<'_>) -> bool {
    draft.heads.iter().all(|head| {
        let node = plan.node(*head);
        let relationship = node.relationship.map(|id| context.graph.relationship(id));
        let owns = relationship.is_some_and(|r| r.direction.is_to_many() || r.direction == Direction::OneToOne);
        owns && plan.key_holder(*head) == Some(root) && node.strategy == Strategy::Selectin && node.recursion.is_none()
    })
}
