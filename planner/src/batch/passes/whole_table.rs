//! A to-many over all rows of the root needs no list of their keys.
//!
//! ```text
//! author { posts { title } }
//! before: author; posts WHERE author_id IN (every author.id)
//! after:  author; posts WHERE author_id IS NOT NULL, which is not said of a column that cannot be NULL
//! ```
//!
//! So does a to-one where statistics say that most of its table is needed, and what completes the targets of a
//! many-to-many.
//!
//! The same rows come, but for those whose key leads to no author, and these are dropped. Only where rows find their
//! parents by the values of their keys: otherwise the list numbers them. It still waits for the root, so that nothing is
//! sent for an empty one, unless [`sent_with_root`](super::sent_with_root) knows better.

use super::{Context, Drafts, LogicalPlan};
use crate::batch::draft::Draft;
use crate::graph::{Direction, most_targets_are_needed};
use crate::ids::LoadNodeId;
use crate::logical::Predicate;
use crate::spec::Strategy;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let root = LoadNodeId::new(0);
    if !plan.is_whole(root) {
        return;
    }
    for draft in &mut drafts.list {
        draft.whole_table = takes_all(draft, plan, root, context);
        let counted = draft.heads.iter().copied().filter(|head| draft.whole_table && !owns(plan, *head, context));
        for head in counted.collect::<Vec<_>>() {
            plan.note(head, "reads the whole table: statistics say that most of it is needed");
        }
    }
}

/// Whether a statement is better off with the whole table: where every row of it belongs to a row of the root, or where
/// statistics say that most do. Otherwise a to-one may find few rows of a large table, and keeps its keys.
fn takes_all(draft: &Draft, plan: &LogicalPlan, root: LoadNodeId, context: &Context<'_>) -> bool {
    draft.heads.iter().all(|head| {
        let node = plan.node(*head);
        // What completes rows needs those that its parent has found.
        let finder = if node.completes { node.parent.unwrap_or(root) } else { *head };
        let found = plan.node(finder);
        let counted = || {
            let relationship = found.relationship.map(|id| context.graph.relationship(id));
            let all = found.filter == Predicate::TRUE && !found.has_window();
            all && relationship.is_some_and(|r| most_targets_are_needed(context.graph, r))
        };
        plan.key_holder(finder) == Some(root)
            && [node, found].iter().all(|n| n.strategy == Strategy::Selectin && n.recursion.is_none())
            && (owns(plan, *head, context) || counted())
    })
}

/// Whether every row of a node's table belongs to a row of its parent's, but for those whose key leads nowhere.
fn owns(plan: &LogicalPlan, head: LoadNodeId, context: &Context<'_>) -> bool {
    let node = plan.node(head);
    let relationship = node.relationship.filter(|_| !node.completes).map(|id| context.graph.relationship(id));
    relationship.is_some_and(|r| r.direction.is_to_many() || r.direction == Direction::OneToOne)
}
