//! Whole tables are sent with the root where that saves round trips and the caller prefers it ([`Prefer::FewestWaves`]).
//!
//! ```text
//! post { title  author { name }  tag { name } }        statistics: 10 000 posts, which need most authors and tags
//! before: post; author, post_tag; tag                  4 statements in 3 waves
//! after:  post, author, post_tag, tag                  4 statements in 1 wave
//! ```
//!
//! A whole table needs none of its parents' keys, and waits only so that nothing is sent for an empty root. It does so no
//! longer where it is asked for, statistics say that the root has rows, a round trip costs something, and the plan has fewer waves then.
//! Its rows are kept by their keys until the parents are there.
//!
//! Drafts were merged for chains that are shorter now, so that others to merge could be better. They are not where the
//! plan meets both bounds: one draft for each question, and no more waves than the longest chain of drafts before any was
//! merged. Where it does not, whole tables wait.

use super::{Context, Drafts, LogicalPlan};
use crate::batch::draft::{self, Draft};
use crate::batch::question::Questions;
use crate::ids::LoadNodeId;
use crate::logical::equality;
use crate::planner::Prefer;
use rustc_hash::FxHashSet;

pub(super) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) {
    let root = context.graph.entity(plan.node(LoadNodeId::new(0)).entity);
    let has_rows = root.statistics.rows.is_some_and(|rows| rows > 0);
    if context.prefer != Prefer::FewestWaves
        || !has_rows
        || context.capabilities.costs.wave == 0
        || !drafts.list.iter().any(|draft| draft.whole_table)
    {
        return;
    }
    let mut sent = drafts.clone();
    for draft in &mut sent.list {
        draft.at_once = needs_no_keys(draft, plan, context);
    }
    if waves(&sent, plan) < waves(drafts, plan) && is_minimal(&sent, plan, context) {
        *drafts = sent;
    }
}

/// Whether a statement reads a whole table, and finds parents that one statement brings.
fn needs_no_keys(draft: &Draft, plan: &LogicalPlan, context: &Context<'_>) -> bool {
    let holder = plan.key_holder(draft.heads[0]);
    let hashes = |head: &LoadNodeId| {
        let relationship = plan.node(*head).relationship.map(|id| context.graph.relationship(id));
        relationship.is_some_and(|r| equality::keys_hash(context.graph, context.capabilities, r))
    };
    let whole = |head: &LoadNodeId| hashes(head) && !plan.node(*head).has_window();
    draft.whole_table && draft.heads.iter().all(|head| whole(head) && plan.key_holder(*head) == holder)
}

/// Whether no way to merge needs fewer waves or statements, where these statements are sent with the root.
fn is_minimal(drafts: &Drafts, plan: &LogicalPlan, context: &Context<'_>) -> bool {
    let mut apart = draft::drafts(plan);
    let at_once = |draft: &Draft| drafts.list.iter().any(|d| d.at_once && d.slot(draft.heads[0]) == Some(0));
    for draft in &mut apart.list {
        draft.at_once = at_once(draft);
    }
    let questions: FxHashSet<u32> = Questions::of(&apart, plan, context).of_drafts.into_iter().collect();
    drafts.list.len() == questions.len() && waves(drafts, plan) == waves(&apart, plan)
}

fn waves(drafts: &Drafts, plan: &LogicalPlan) -> Option<u32> {
    drafts.waves(plan)?.iter().map(|(_, wave)| *wave).max()
}
