//! The batch passes: pure functions over drafts in one ordered list. Each can be switched off, and the result stays
//! the same.

mod merge_siblings;
mod sent_with_root;
mod whole_table;

use super::draft::{Draft, Drafts, Waves};
use crate::error::{Error, Result};
use crate::logical::LogicalPlan;
use crate::logical::passes::Context;

/// A step from drafts to fewer or earlier ones.
pub(crate) struct Pass {
    /// Its name, by which it is switched off.
    pub(crate) name: &'static str,
    run: fn(&mut Drafts, &mut LogicalPlan, &Context<'_>),
}

/// All batch passes, in the order in which they run.
pub(crate) const PASSES: &[Pass] = &[
    Pass { name: "merge_siblings", run: merge_siblings::run },
    Pass { name: "whole_table", run: whole_table::run },
    Pass { name: "sent_with_root", run: sent_with_root::run },
];

/// Runs the passes that are on, checking the drafts after each. The waves that they end with.
pub(crate) fn run(drafts: &mut Drafts, plan: &mut LogicalPlan, context: &Context<'_>) -> Result<Waves> {
    let mut waves = check(drafts, plan).map_err(|what| Error::bug(format!("drafts: {what}")))?;
    for pass in PASSES.iter().filter(|p| (context.enabled)(p.name)) {
        (pass.run)(drafts, plan, context);
        waves = check(drafts, plan).map_err(|what| Error::bug(format!("pass `{}`: {what}", pass.name)))?;
    }
    Ok(waves)
}

/// The invariants of drafts: every node that needs a query is in one draft, and no draft waits for itself.
fn check(drafts: &Drafts, plan: &LogicalPlan) -> std::result::Result<Waves, String> {
    let mut times = vec![0; plan.nodes.len()];
    for id in drafts.list.iter().flat_map(Draft::nodes) {
        times[id.index()] += 1;
    }
    for node in &plan.nodes {
        if times[node.id.index()] != usize::from(plan.is_queried(node.id)) {
            return Err(format!("{:?} ({}) is in {} drafts", node.id, node.path, times[node.id.index()]));
        }
    }
    for draft in &drafts.list {
        for (index, nodes) in draft.joined.iter().enumerate() {
            let mut slots = nodes.iter().map(|n| plan.node(*n).parent.and_then(|p| draft.slot(p)));
            let first = slots.next().flatten();
            if first.is_none_or(|slot| slot > index) || slots.any(|slot| slot != first) {
                return Err(format!("{nodes:?} are joined to nothing, or to several tables"));
            }
        }
    }
    drafts.waves(plan).ok_or_else(|| "drafts wait for each other".to_owned())
}
