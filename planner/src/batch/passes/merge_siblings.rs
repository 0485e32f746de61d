//! One batch for one target that is reached by several paths.
//!
//! ```text
//! orders { user { name }  address { user { id } } }        user, address, address.user by selectin
//! before: orders <- user, orders <- address, address <- user          4 statements in 3 waves
//! after:  orders <- address, (orders, address) <- user                3 statements in 3 waves
//! ```
//!
//! Keys and columns are united. A batch may move to a later wave, but the number of waves never grows. Batches with
//! joins are left alone: their joined rows belong to one path.

use super::{Context, Drafts, LogicalPlan};
use crate::batch::draft::same_question;
use crate::ids::LoadNodeId;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let Some(mut waves) = depth(drafts, plan) else { return };
    let mut first = 0;
    while first < drafts.list.len() {
        let mut second = first + 1;
        while second < drafts.list.len() {
            match merged(drafts, plan, context, first, second, waves) {
                Some((better, depth)) => {
                    let (kept, gone) = (drafts.list[first].heads[0], drafts.list[second].heads[0]);
                    let kept = plan.node(kept).path.clone();
                    plan.note(gone, format!("shares the batch of {kept}: one target, one question"));
                    (*drafts, waves) = (better, depth);
                }
                None => second += 1,
            }
        }
        first += 1;
    }
}

fn depth(drafts: &Drafts, plan: &LogicalPlan) -> Option<u32> {
    drafts.waves(plan).map(|w| w.iter().map(|(_, wave)| *wave).max().unwrap_or(0))
}

/// The drafts with two of them merged, if they can be and no wave is added.
fn merged(
    drafts: &Drafts,
    plan: &LogicalPlan,
    context: &Context<'_>,
    first: usize,
    second: usize,
    waves: u32,
) -> Option<(Drafts, u32)> {
    let (a, b) = (&drafts.list[first], &drafts.list[second]);
    let plain = a.joined.is_empty() && b.joined.is_empty();
    let all_same =
        || a.heads.iter().all(|x| b.heads.iter().all(|y| same_question(context.graph, plan.node(*x), plan.node(*y))));
    if !plain || !all_same() || waits(plan, &a.heads, &b.heads) || waits(plan, &b.heads, &a.heads) {
        return None;
    }
    let mut better = drafts.clone();
    let gone = better.list.remove(second);
    better.list[first].heads.extend(gone.heads);
    better.list[first].heads.sort_unstable();
    let depth = depth(&better, plan).filter(|depth| *depth <= waves)?;
    Some((better, depth))
}

/// Whether one of `later` hangs below one of `earlier`: they cannot share a batch. Cheaper than to try.
fn waits(plan: &LogicalPlan, earlier: &[LoadNodeId], later: &[LoadNodeId]) -> bool {
    later.iter().any(|id| {
        let above = std::iter::successors(plan.node(*id).parent, |p| plan.node(*p).parent);
        above.into_iter().any(|p| earlier.contains(&p))
    })
}
