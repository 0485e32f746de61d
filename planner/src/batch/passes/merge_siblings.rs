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
use crate::logical::LoadNode;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let Some(mut waves) = depth(drafts, plan) else { return };
    for group in groups(drafts, plan, context) {
        // Drafts go as they are merged into others: those that remain keep their place in the list.
        let mut open = group;
        while let Some((first, rest)) = open.split_first() {
            let (first, mut left) = (*first, Vec::new());
            for second in rest.iter().copied() {
                match merged(drafts, plan, first, second, waves) {
                    Some(depth) => {
                        let (kept, gone) = (drafts.list[first].heads[0], drafts.list[second].heads[0]);
                        let (kept, gone) = (kept.min(gone), kept.max(gone));
                        let kept = plan.node(kept).path.clone();
                        plan.note(gone, format!("shares the batch of {kept}: one target, one question"));
                        unite(drafts, first, second);
                        waves = depth;
                    }
                    None => left.push(second),
                }
            }
            open = left;
        }
    }
    drafts.list.retain(|draft| !draft.heads.is_empty());
}

fn depth(drafts: &Drafts, plan: &LogicalPlan) -> Option<u32> {
    drafts.waves(plan).map(|w| w.iter().map(|(_, wave)| *wave).max().unwrap_or(0))
}

/// Drafts without joins that ask the same question.
fn groups(drafts: &Drafts, plan: &LogicalPlan, context: &Context<'_>) -> Vec<Vec<usize>> {
    // Each group with the node that speaks for it: one with an order, if any has.
    let mut by_target: IndexMap<_, Vec<(&LoadNode, Vec<usize>)>, FxBuildHasher> = IndexMap::default();
    for (index, draft) in drafts.list.iter().enumerate().filter(|(_, draft)| draft.joined.is_empty()) {
        let node = plan.node(draft.heads[0]);
        let Some(relationship) = node.relationship.map(|id| context.graph.relationship(id)) else { continue };
        let groups = by_target.entry((node.entity, &relationship.target_key)).or_default();
        match groups.iter_mut().find(|(other, _)| same_question(context.graph, other, node)) {
            Some((speaker, group)) => {
                group.push(index);
                if speaker.order.is_empty() {
                    *speaker = node;
                }
            }
            None => groups.push((node, vec![index])),
        }
    }
    by_target.into_values().flatten().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
}

/// The number of waves with the two drafts merged, if they can be and no wave is added.
fn merged(drafts: &mut Drafts, plan: &LogicalPlan, first: usize, second: usize, waves: u32) -> Option<u32> {
    let (a, b) = (&drafts.list[first], &drafts.list[second]);
    if siblings(plan, &a.heads, &b.heads) {
        return Some(waves);
    }
    if waits(plan, &a.heads, &b.heads) || waits(plan, &b.heads, &a.heads) {
        return None;
    }
    let before = (drafts.list[first].clone(), drafts.list[second].clone());
    unite(drafts, first, second);
    let depth = depth(drafts, plan).filter(|depth| *depth <= waves);
    (drafts.list[first], drafts.list[second]) = before;
    depth
}

/// Moves the heads of one draft to another, and leaves it empty.
fn unite(drafts: &mut Drafts, first: usize, second: usize) {
    let gone = std::mem::take(&mut drafts.list[second].heads);
    let heads = &mut drafts.list[first].heads;
    heads.extend(gone);
    heads.sort_unstable();
}

/// Whether all hang on one node: together they wait for no more than each alone.
fn siblings(plan: &LogicalPlan, a: &[LoadNodeId], b: &[LoadNodeId]) -> bool {
    let holder = plan.key_holder(a[0]);
    let same = |heads: &[LoadNodeId]| heads.iter().all(|head| plan.key_holder(*head) == holder);
    same(b) && same(a)
}

/// Whether one of `later` hangs below one of `earlier`: they cannot share a batch. Cheaper than to try.
fn waits(plan: &LogicalPlan, earlier: &[LoadNodeId], later: &[LoadNodeId]) -> bool {
    later.iter().any(|id| {
        let above = std::iter::successors(plan.key_holder(*id), |p| plan.key_holder(*p));
        above.into_iter().any(|p| earlier.contains(&p))
    })
}
