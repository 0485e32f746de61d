//! Drafts: which nodes share a statement, before any SQL. Batch passes work on drafts.

use crate::ids::LoadNodeId;
use crate::logical::LogicalPlan;
use crate::spec::Strategy;
use smallvec::SmallVec;

/// The statements of a plan, as groups of load nodes.
#[derive(Clone, Debug)]
pub(crate) struct Drafts {
    /// The drafts.
    pub(crate) list: Vec<Draft>,
}

/// One statement: its heads, and the tables joined to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    /// The nodes whose rows the statement finds: one, or several that a pass has merged; sorted.
    pub(crate) heads: SmallVec<[LoadNodeId; 1]>,
    /// The tables joined to the head, parents before children: the nodes that each fills, one or, of merged drafts,
    /// several.
    pub(crate) joined: Vec<SmallVec<[LoadNodeId; 1]>>,
    /// Its keys are those of all rows of the root: it can do without a list of them.
    pub(crate) whole_table: bool,
    /// It is sent with the root, and finds its parents when both are there.
    pub(crate) at_once: bool,
}

impl Draft {
    /// All its nodes.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = LoadNodeId> {
        self.heads.iter().chain(self.joined.iter().flatten()).copied()
    }

    /// The table that fills a node: 0 is the head, `n` the n-th that is joined.
    pub(crate) fn slot(&self, node: LoadNodeId) -> Option<usize> {
        if self.heads.binary_search(&node).is_ok() {
            return Some(0);
        }
        self.joined.iter().position(|nodes| nodes.contains(&node)).map(|index| index + 1)
    }
}

/// Drafts in running order, each with its wave from 1.
pub(crate) type Waves = Vec<(usize, u32)>;

/// One draft for every node that is not joined; none for nodes that need no query.
pub(crate) fn drafts(plan: &LogicalPlan) -> Drafts {
    let mut list: Vec<Draft> = Vec::new();
    let mut draft_of: Vec<Option<usize>> = vec![None; plan.nodes.len()];
    for node in plan.nodes.iter().filter(|n| plan.is_queried(n.id)) {
        let above = node.parent.and_then(|p| draft_of[p.index()]);
        let index = match above.filter(|_| node.is_joined()) {
            Some(index) => {
                list[index].joined.push(SmallVec::from_slice(&[node.id]));
                index
            }
            None => {
                let heads = SmallVec::from_slice(&[node.id]);
                list.push(Draft { heads, joined: Vec::new(), whole_table: false, at_once: false });
                list.len() - 1
            }
        };
        draft_of[node.id.index()] = Some(index);
    }
    Drafts { list }
}

impl Drafts {
    /// For each draft the one that it waits for, of drafts that are not merged: the one whose rows hold its keys, or if
    /// that waits for nothing, the one above it that does wait, or the root's.
    pub(crate) fn parents(&self, plan: &LogicalPlan) -> Vec<Option<usize>> {
        let draft_of = self.by_node(plan);
        let above = |draft: &Draft| plan.node(draft.heads[0]).parent.and_then(|p| draft_of[plan.filled_by(p).index()]);
        let waited_for = |draft: &Draft| {
            let at_once = |draft: &Draft| waits_for_nothing(plan, draft.heads[0]);
            if at_once(draft) {
                return None;
            }
            std::iter::successors(above(draft), |at| above(&self.list[*at])).find(|at| !at_once(&self.list[*at]))
        };
        self.list.iter().map(waited_for).collect()
    }

    fn by_node(&self, plan: &LogicalPlan) -> Vec<Option<usize>> {
        let mut draft_of: Vec<Option<usize>> = vec![None; plan.nodes.len()];
        for (index, draft) in self.list.iter().enumerate() {
            draft.nodes().for_each(|id| draft_of[id.index()] = Some(index));
        }
        draft_of
    }

    /// The drafts in an order in which each stands behind those it takes keys from; `None` if they form a cycle.
    pub(crate) fn waves(&self, plan: &LogicalPlan) -> Option<Waves> {
        let draft_of = self.by_node(plan);
        let mut settled: Vec<Option<Settled>> = vec![None; self.list.len()];
        let mut order = Waves::with_capacity(self.list.len());
        // Drafts stand behind those above them, but for what has moved to a later one's: nearly always once around.
        loop {
            let before = order.len();
            for (index, draft) in self.list.iter().enumerate().filter(|(_, draft)| !draft.heads.is_empty()) {
                if settled[index].is_none()
                    && let Some(found) = draft.settle(plan, &draft_of, &settled)
                {
                    settled[index] = Some(found);
                    order.push((index, found.wave));
                }
            }
            // A pass leaves a draft empty whose nodes it has moved to another.
            if order.len() == self.list.iter().filter(|draft| !draft.heads.is_empty()).count() {
                break;
            }
            if order.len() == before {
                return None;
            }
        }
        // By wave, then as the specification lists them: the order of execution, stable for people to read.
        order.sort_by_key(|(draft, wave)| (*wave, self.list[*draft].heads[0]));
        Some(order)
    }
}

/// When a draft is sent, and when all of its rows can be told.
#[derive(Clone, Copy)]
struct Settled {
    wave: u32,
    complete: u32,
}

impl Draft {
    /// Its wave, if those that it takes keys from are settled.
    fn settle(&self, plan: &LogicalPlan, draft_of: &[Option<usize>], settled: &[Option<Settled>]) -> Option<Settled> {
        let mut before = 0;
        for head in &self.heads {
            let above = plan.node(*head).parent.and_then(|p| draft_of[plan.filled_by(p).index()]);
            if let Some(above) = above {
                before = before.max(settled[above]?.complete);
            }
        }
        // A statement that waits for nothing is complete when those are that hold its keys.
        let at_once = self.at_once || self.heads.iter().any(|head| waits_for_nothing(plan, *head));
        let wave = if at_once { 1 } else { before + 1 };
        Some(Settled { wave, complete: before.max(wave) })
    }
}

/// Whether the statement of a head is sent with the root's: it takes no keys from rows.
fn waits_for_nothing(plan: &LogicalPlan, head: LoadNodeId) -> bool {
    plan.at_once && plan.node(head).strategy == Strategy::Subquery
}
