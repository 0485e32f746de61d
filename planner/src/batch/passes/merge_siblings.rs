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
use crate::batch::draft::Draft;
use crate::batch::question::{Questions, width};
use crate::batch::schedule::minimise;
use crate::ids::LoadNodeId;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let questions = Questions::of(drafts, plan, context);
    let found = minimise(&drafts.parents(plan), &questions.of_drafts, context.prefer);
    for group in &found.groups {
        let merge = Merge { questions: &questions, context, first: group[0] };
        // Almost always the database can read all of them at once; else as many as it can.
        if !merge.unite(drafts, plan, &group[1..]) {
            for draft in &group[1..] {
                if !merge.unite(drafts, plan, &[*draft]) {
                    merge.note_refused(drafts, plan, *draft);
                }
            }
        }
    }
    if !found.minimal {
        plan.note(LoadNodeId::new(0), "fewer statements may be possible: the search for the fewest was ended early");
    }
    drafts.list.retain(|draft| !draft.heads.is_empty());
}

/// Drafts of one question that become one.
struct Merge<'a> {
    questions: &'a Questions,
    context: &'a Context<'a>,
    /// The one that takes the nodes of the others.
    first: usize,
}

impl Merge<'_> {
    /// Moves the nodes of drafts to the first and leaves them empty, if the database can read all of them at once.
    fn unite(&self, drafts: &mut Drafts, plan: &mut LogicalPlan, others: &[usize]) -> bool {
        let capabilities = self.context.capabilities;
        let others_drafts = others.iter().map(|draft| &drafts.list[*draft]);
        let united = self.questions.united(plan, &drafts.list[self.first], others_drafts);
        let (tables, columns) = width(self.context.graph, plan, &united);
        if tables > capabilities.max_join_tables || columns > capabilities.max_result_columns {
            return false;
        }
        let kept = self.path(drafts, plan);
        for other in others {
            let Draft { heads, joined, whole_table: _, at_once: _ } = &mut drafts.list[*other];
            plan.note(heads[0], format!("shares the batch of {kept}: one target, one question"));
            heads.clear();
            joined.clear();
        }
        drafts.list[self.first] = united;
        true
    }

    fn note_refused(&self, drafts: &Drafts, plan: &mut LogicalPlan, other: usize) {
        let kept = self.path(drafts, plan);
        let text = format!("does not share the batch of {kept}: together they would read too much at once");
        plan.note(drafts.list[other].heads[0], text);
    }

    fn path(&self, drafts: &Drafts, plan: &LogicalPlan) -> String {
        plan.node(drafts.list[self.first].heads[0]).path.clone()
    }
}
