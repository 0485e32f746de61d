//! Small trees, solved by trying every assignment.

use super::{Groups, minimise};
use crate::planner::Prefer;
use rustc_hash::FxHashSet;

/// Parents and questions, in an order in which parents stand first.
type Tree = (Vec<Option<usize>>, Vec<u32>);

/// Batches that groups leave, and their waves.
fn cost((parents, _): &Tree, groups: &[Vec<usize>]) -> (usize, u32) {
    let mut batch_of: Vec<usize> = (0..parents.len()).collect();
    for group in groups {
        group.iter().for_each(|draft| batch_of[*draft] = group[0]);
    }
    let mut waves = vec![1_u32; parents.len()];
    // A chain of batches is no longer than there are drafts.
    for round in 0..=parents.len() {
        let mut moved = false;
        for (draft, parent) in parents.iter().enumerate() {
            let Some(parent) = parent else { continue };
            let after = waves[batch_of[*parent]] + 1;
            if waves[batch_of[draft]] < after {
                (waves[batch_of[draft]], moved) = (after, true);
            }
        }
        assert!(round < parents.len() || !moved, "{groups:?} wait for each other in {parents:?}");
    }
    let batches: FxHashSet<usize> = batch_of.iter().copied().collect();
    (batches.len(), batches.iter().map(|batch| waves[*batch]).max().unwrap_or(0))
}

/// The fewest pairs (question, wave) of all assignments within `horizon`.
fn brute(tree: &Tree, horizon: u32) -> usize {
    fn next(tree: &Tree, horizon: u32, waves: &mut Vec<u32>, best: &mut usize) {
        let draft = waves.len();
        let pairs: FxHashSet<(u32, u32)> = tree.1.iter().copied().zip(waves.iter().copied()).collect();
        if pairs.len() >= *best {
            return;
        }
        if draft == tree.0.len() {
            *best = pairs.len();
            return;
        }
        let first = tree.0[draft].map_or(1, |parent| waves[parent] + 1);
        for wave in first..=horizon {
            waves.push(wave);
            next(tree, horizon, waves, best);
            waves.pop();
        }
    }
    let mut best = usize::MAX;
    next(tree, horizon, &mut Vec::new(), &mut best);
    best
}

/// Trees of a few drafts with few questions; question 0 is the root's alone.
fn trees() -> impl Iterator<Item = Tree> {
    let mut state = 1_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    std::iter::from_fn(move || {
        let (drafts, questions) = (2 + random(9), 1 + random(4));
        let mut tree: Tree = (vec![None], vec![0]);
        for draft in 1..drafts {
            // Half of the drafts stand below the last one: chains are where merging is hard.
            let parent = if random(2) == 0 { draft - 1 } else { random(draft) };
            tree.0.push(Some(parent));
            tree.1.push(1 + random(questions) as u32);
        }
        Some(tree)
    })
}

#[test]
fn no_assignment_has_fewer_batches() {
    let (mut delayed, mut longer) = (0, 0);
    for tree in trees().take(1_000) {
        let depth = cost(&tree, &[]).1;
        let Groups { groups, minimal } = minimise(&tree.0, &tree.1, Prefer::FewerWaves);
        let (batches, waves) = cost(&tree, &groups);
        assert!(minimal && waves == depth, "{tree:?} {groups:?}");
        assert_eq!(batches, brute(&tree, depth), "{tree:?} {groups:?}");
        let by_depth: FxHashSet<(u32, u32)> = (0..tree.0.len())
            .map(|draft| {
                let above = std::iter::successors(Some(draft), |d| tree.0[*d]);
                (tree.1[draft], above.count() as u32)
            })
            .collect();
        delayed += usize::from(batches < by_depth.len());

        let Groups { groups, minimal } = minimise(&tree.0, &tree.1, Prefer::FewerStatements);
        let (fewest, waves) = cost(&tree, &groups);
        assert!(minimal, "{tree:?} {groups:?}");
        assert_eq!(fewest, brute(&tree, tree.0.len().min(8) as u32).min(fewest), "{tree:?} {groups:?}");
        assert!(waves == depth || brute(&tree, waves - 1) > fewest, "{tree:?} {groups:?}");
        longer += usize::from(waves > depth);
    }
    assert!(delayed > 50 && longer > 20, "{delayed} needed a delay, {longer} more waves");
}

/// Chains of one question each way, as many as the steps do not last for: the best found is kept, and is told.
#[test]
fn a_search_that_ends_early_says_so() {
    let mut tree: Tree = (vec![None], vec![0]);
    let mut random = 1_usize;
    for _ in 0..12 {
        let mut above = 0;
        for _ in 0..12 {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
            tree.0.push(Some(above));
            tree.1.push(1 + (random >> 16) as u32 % 9);
            above = tree.0.len() - 1;
        }
    }
    let Groups { groups, minimal } = minimise(&tree.0, &tree.1, Prefer::FewerStatements);
    assert!(!minimal);
    assert!(cost(&tree, &groups).0 < cost(&tree, &[]).0);
}
