//! Drops what needs no query.
//!
//! ```text
//! users { id  addresses(limit: 0) { id }  orders(where: {id: {in: []}}) { id } }
//! before: users, addresses and orders are loaded
//! after:  users is loaded; addresses and orders are empty without a statement
//! ```

use super::{Context, LogicalPlan};
use crate::logical::Predicate;

pub(super) fn run(plan: &mut LogicalPlan, _: &Context<'_>) {
    for id in plan.ids() {
        let node = plan.node(id);
        let parent_empty = node.parent.is_some_and(|p| plan.node(p).empty);
        let nothing = node.limit == Some(0) || node.filter == Predicate::FALSE;
        let told = nothing && !parent_empty && node.loaded;
        plan.node_mut(id).empty = parent_empty || nothing;
        if told {
            plan.note(id, "nothing can match: no statement");
        }
    }
}
