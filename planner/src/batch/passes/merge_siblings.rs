//! One batch for all that ask one question.
//!
//! ```text
//! orders { user { name }  address { user { id } } }        user, address, address.user by selectin
//! before: orders <- user, orders <- address, address <- user          4 statements in 3 waves
//! after:  orders <- address, (orders, address) <- user                3 statements in 3 waves
//! ```
//!
//! Keys, columns and joined tables are united. A batch may move to a later wave, but the number of waves never grows
//! unless the caller prefers fewer statements. [`schedule`](crate::batch::schedule) says which of all ways to merge
//! leaves the fewest batches.

use super::{Context, Drafts, LogicalPlan};
use crate::batch::question::{Questions, width};
use crate::batch::schedule::minimise;
use crate::ids::LoadNodeId;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let questions = Questions::of(drafts, plan, context);
    let found = minimise(&drafts.parents(plan), &questions.of_drafts, context.prefer);
    for group in &found.groups {
        for draft in &group[1..] {
            unite(drafts, plan, &questions, context, group[0], *draft);
        }
    }
    if !found.minimal {
        plan.note(LoadNodeId::new(0), "fewer statements may be possible: the search for the fewest was ended early");
    }
    drafts.list.retain(|draft| !draft.heads.is_empty());
}

/// Moves the nodes of one draft to another and leaves it empty, if the database can read all of them at once.
fn unite(
    drafts: &mut Drafts,
    plan: &mut LogicalPlan,
    questions: &Questions,
    context: &Context<'_>,
    first: usize,
    second: usize,
) {
    let (kept, gone) = (drafts.list[first].heads[0], drafts.list[second].heads[0]);
    let kept = plan.node(kept).path.clone();
    let united = questions.united(plan, &drafts.list[first], &drafts.list[second]);
    let (tables, columns) = width(context.graph, plan, &united);
    if tables > context.capabilities.max_join_tables || columns > context.capabilities.max_result_columns {
        plan.note(gone, format!("does not share the batch of {kept}: together they would read too much at once"));
        return;
    }
    plan.note(gone, format!("shares the batch of {kept}: one target, one question"));
    drafts.list[first] = united;
    drafts.list[second].heads.clear();
    drafts.list[second].joined.clear();
}
