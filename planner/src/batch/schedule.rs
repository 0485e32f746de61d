//! Which drafts share a batch, so that the number of batches is the least possible.
//!
//! Drafts form a tree: each waits for the one whose rows hold its keys. Give every draft a wave, later than that of the
//! draft above it and none later than the last: then drafts that ask one question in one wave can share a batch, and no
//! batch waits for itself. Every way to merge without a cycle is such an assignment (take the length of the longest
//! chain of batches that leads to each draft). So the fewest batches within `W` waves are the fewest distinct pairs
//! (question, wave) that an assignment needs. [`minimise`] finds them:
//!
//! 1. Drafts that ask one question below one parent become one node: the later of two can always move to the earlier.
//! 2. Questions that one node asks cost one batch wherever they stand: only their height above what is below them
//!    matters. The nodes of all others are *knots*, each with the waves between its earliest and its latest.
//! 3. Knots that have nothing to do with each other, neither by question nor by parent, are solved apart ([`search`]).
//!
//! In general this is as hard as the shortest common supersequence of the paths of the tree (Maier, JACM 1978), but
//! specifications are small, and a bound that is met ends the search: for knots that do not stand above each other it is
//! the fewest points that stab all intervals, which is the minimum.

mod search;

use self::search::{Knot, Part};
use crate::planner::Prefer;
use rustc_hash::FxHashMap;

/// The steps that are spent on one plan, each a look at one knot: some milliseconds, and repeatable, unlike a clock.
const STEPS: u64 = 400_000;

/// What [`minimise`] has found.
#[derive(Debug)]
pub(crate) struct Groups {
    /// Drafts that share a batch, two or more; in the order of their first.
    pub(crate) groups: Vec<Vec<usize>>,
    /// Whether no way to merge needs fewer batches. Otherwise the steps were used up, and the groups are the best found.
    pub(crate) minimal: bool,
}

/// A draft, or several that ask one question below one parent.
struct Node {
    parent: Option<usize>,
    question: u32,
    depth: u32,
    /// Waves that must follow it.
    height: u32,
}

/// Finds the fewest batches for drafts, given by the draft above each (which stands before it) and by their questions.
pub(crate) fn minimise(parents: &[Option<usize>], questions: &[u32], prefer: Prefer) -> Groups {
    let (nodes, node_of) = contract(parents, questions);
    let parts = parts(&nodes);
    let mut steps = STEPS;
    let depth = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let mut solved = Solution::within(&parts, depth, &mut steps);
    if prefer == Prefer::FewerStatements && !parts.is_empty() {
        // Each batch can have a wave of its own. Of the numbers of waves with the fewest batches the least is taken.
        let most = nodes.len() as u32;
        let fewest = Solution::within(&parts, most, &mut steps);
        let mut horizon = depth;
        while solved.cost > fewest.cost {
            horizon = if steps > 0 { horizon + 1 } else { most };
            solved = if horizon < most { Solution::within(&parts, horizon, &mut steps) } else { fewest.clone() };
        }
        solved.minimal &= fewest.minimal;
    }
    let mut by_batch: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; nodes.len()];
    for (draft, node) in node_of.iter().enumerate() {
        let group = *group_of[*node].get_or_insert_with(|| {
            groups.push(Vec::new());
            let new = groups.len() - 1;
            match solved.waves.get(node) {
                Some(wave) => *by_batch.entry((nodes[*node].question, *wave)).or_insert(new),
                None => new,
            }
        });
        groups[group].push(draft);
    }
    groups.retain(|group| group.len() > 1);
    Groups { groups, minimal: solved.minimal }
}

/// The waves of all knots.
#[derive(Clone)]
struct Solution {
    /// By node.
    waves: FxHashMap<usize, u32>,
    cost: usize,
    minimal: bool,
}

impl Solution {
    /// The best assignment that ends with the wave `horizon`.
    fn within(parts: &[Part], horizon: u32, steps: &mut u64) -> Self {
        let mut all = Self { waves: FxHashMap::default(), cost: 0, minimal: true };
        for part in parts {
            let found = part.solve(horizon, steps);
            all.cost += found.cost;
            all.minimal &= found.minimal;
            all.waves.extend(part.knots.iter().map(|knot| knot.node).zip(found.waves));
        }
        all
    }
}

/// Unites drafts that ask one question below one parent; the nodes, and that of each draft.
fn contract(parents: &[Option<usize>], questions: &[u32]) -> (Vec<Node>, Vec<usize>) {
    let mut nodes: Vec<Node> = Vec::with_capacity(parents.len());
    let mut node_of: Vec<usize> = Vec::with_capacity(parents.len());
    let mut known: FxHashMap<(Option<usize>, u32), usize> = FxHashMap::default();
    for (parent, question) in parents.iter().zip(questions) {
        let parent = parent.and_then(|draft| node_of.get(draft).copied());
        let node = *known.entry((parent, *question)).or_insert_with(|| {
            let depth = parent.map_or(1, |p| nodes[p].depth + 1);
            nodes.push(Node { parent, question: *question, depth, height: 0 });
            nodes.len() - 1
        });
        node_of.push(node);
    }
    for index in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[index].parent {
            nodes[parent].height = nodes[parent].height.max(nodes[index].height + 1);
        }
    }
    (nodes, node_of)
}

/// The knots, in groups that have nothing to do with each other.
fn parts(nodes: &[Node]) -> Vec<Part> {
    let mut asked: FxHashMap<u32, u32> = FxHashMap::default();
    nodes.iter().for_each(|node| *asked.entry(node.question).or_default() += 1);
    // For each node the nearest knot above it or at it.
    let mut nearest: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
    let mut related: petgraph::unionfind::UnionFind<usize> = petgraph::unionfind::UnionFind::new(nodes.len());
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    for (index, node) in nodes.iter().enumerate() {
        let above = node.parent.and_then(|parent| nearest[parent]);
        let is_knot = asked[&node.question] > 1;
        if is_knot {
            related.union(index, *first.entry(node.question).or_insert(index));
            if let Some(above) = above {
                related.union(index, above);
            }
        }
        nearest.push(if is_knot { Some(index) } else { above });
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of: FxHashMap<usize, usize> = FxHashMap::default();
    let mut place: Vec<usize> = vec![0; nodes.len()];
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| asked[&node.question] > 1) {
        let part = *part_of.entry(related.find(index)).or_insert_with(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        let above = node.parent.and_then(|parent| nearest[parent]);
        let above = above.map(|above| (place[above], node.depth - nodes[above].depth));
        let Node { question, depth, height, parent: _ } = *node;
        place[index] = parts[part].add(Knot { node: index, above, earliest: depth, height, question });
    }
    parts
}

#[cfg(test)]
mod tests;
