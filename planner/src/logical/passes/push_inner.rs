//! Gives `inner: true` its meaning: parents without a match are dropped before their limit.
//!
//! ```text
//! post(limit: 10) { title  author @joined(inner: true) { name } }
//! before: post, no condition
//! after:  post WHERE EXISTS (its author), limit 10; author by a left join
//! ```
//!
//! Where the join itself drops them (no limit above it, inner joins all the way up), the join is inner and the
//! condition is not needed; that half is the option [`INNER_JOIN`].

use super::{Context, LogicalPlan};
use crate::ids::LoadNodeId;
use crate::logical::{Derived, Predicate};

/// The name under which turning EXISTS into an inner join is switched off.
pub(crate) const INNER_JOIN: &str = "inner_join";

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    // Children first, so that a child's own condition is part of what its parent asks for.
    for id in plan.ids().rev() {
        let node = plan.node(id);
        let (true, Some(relationship), Some(parent)) = (node.inner, node.relationship, node.parent) else { continue };
        let derived = node.derived;
        plan.node_mut(parent).partial = true;
        if matches!(derived, Some(Derived::WayBack(_))) {
            // Its parents have a match by being there.
            continue;
        }
        if (context.enabled)(INNER_JOIN) && joins_inner(plan, id) {
            plan.node_mut(id).inner_join = true;
        } else {
            let exists = if derived == Some(Derived::KeyOnly) {
                // Every key has its row.
                let keys = context.graph.relationship(relationship).source_key.iter();
                Predicate::all(keys.map(|column| Predicate::IsNull { column: *column, negated: true }))
            } else {
                let filter = Box::new(plan.whole_filter(id));
                Predicate::Exists { relationship, filter, negated: false }
            };
            let parent = plan.node_mut(parent);
            parent.filter = std::mem::replace(&mut parent.filter, Predicate::TRUE).and(exists);
        }
    }
}

/// Whether an inner join drops exactly the parents without a match.
fn joins_inner(plan: &LogicalPlan, id: LoadNodeId) -> bool {
    let node = plan.node(id);
    let Some(parent) = node.parent.filter(|_| node.is_joined()) else { return false };
    let above = plan.node(parent);
    if above.is_joined() {
        above.inner && joins_inner(plan, parent)
    } else {
        // A window cuts, and a recursion follows, only the rows that remain.
        !above.has_window() && above.recursion.is_none()
    }
}
