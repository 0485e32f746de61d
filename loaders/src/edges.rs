//! Edges lead from rows to rows. As they come they are [`Pairs`]; once all are there, [`Edges`].
//!
//! A row of a node has a local number, in the order in which the node's rows were first met. Edges lead from local
//! numbers of the parent node to local numbers of the node.

use crate::store::{NONE, Segments};
use std::ops::Range;

/// Edges of a load node, by the parent's local row number.
#[derive(Clone, Debug)]
pub(crate) struct Edges {
    /// Compressed sparse rows: the targets of parent `i` are `targets[offsets[i]..offsets[i + 1]]`. Without offsets,
    /// `targets[i]` is its only one, or [`NONE`].
    offsets: Option<Vec<u32>>,
    targets: Vec<u32>,
    /// For each target, the slot of the association table's row that leads to it; empty where none comes out.
    links: Vec<u32>,
}

impl Edges {
    /// No edges, for so many parents.
    pub(crate) fn none(to_many: bool, parents: usize) -> Self {
        if to_many {
            Self::many(vec![0; parents + 1], Vec::new(), Vec::new())
        } else {
            Self::one(vec![NONE; parents], Vec::new())
        }
    }

    /// At most one target for each parent, or [`NONE`].
    pub(crate) fn one(targets: Vec<u32>, links: Vec<u32>) -> Self {
        Self { offsets: None, targets, links }
    }

    /// Any number of targets.
    pub(crate) fn many(offsets: Vec<u32>, targets: Vec<u32>, links: Vec<u32>) -> Self {
        Self { offsets: Some(offsets), targets, links }
    }

    /// Where the targets of a parent stand.
    pub(crate) fn range(&self, parent: u32) -> Range<usize> {
        let index = parent as usize;
        match &self.offsets {
            None if self.targets.get(index).is_some_and(|target| *target != NONE) => index..index + 1,
            None => 0..0,
            Some(offsets) => match (offsets.get(index), offsets.get(index + 1)) {
                (Some(start), Some(end)) => *start as usize..*end as usize,
                _ => 0..0,
            },
        }
    }

    /// The targets of a parent.
    pub(crate) fn of(&self, parent: u32) -> &[u32] {
        self.targets.get(self.range(parent)).unwrap_or_default()
    }

    /// The first target of a parent, or [`NONE`]; [`NONE`] for what is no parent.
    #[inline]
    pub(crate) fn first_of(&self, parent: u32) -> u32 {
        let place = match &self.offsets {
            None => parent as usize,
            Some(offsets) => match offsets.get(parent as usize..) {
                Some([start, end, ..]) if start < end => *start as usize,
                _ => return NONE,
            },
        };
        self.targets.get(place).copied().unwrap_or(NONE)
    }

    /// The target at a place, and the row of the association table that leads to it, or [`NONE`].
    pub(crate) fn at(&self, place: usize) -> Option<(u32, u32)> {
        let link = if self.links.is_empty() { NONE } else { self.links.get(place).copied().unwrap_or(NONE) };
        Some((*self.targets.get(place)?, link))
    }

    /// The rows of the association table that lead to them; empty where none comes out.
    pub(crate) fn links_of(&self, parent: u32) -> &[u32] {
        self.links.get(self.range(parent)).unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.targets.iter().filter(|target| **target != NONE).count()
    }

    /// Leaves out the edges of lists whose targets `keep` refuses.
    pub(crate) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let Some(offsets) = &mut self.offsets else { return };
        let (mut kept, mut start) = (0, 0);
        for end in offsets.iter_mut().skip(1) {
            for place in start..*end as usize {
                if keep(self.targets[place]) {
                    self.targets[kept] = self.targets[place];
                    if !self.links.is_empty() {
                        self.links[kept] = self.links[place];
                    }
                    kept += 1;
                }
            }
            start = std::mem::replace(end, kept as u32) as usize;
        }
        self.targets.truncate(kept);
        self.links.truncate(kept);
    }

    /// Sorts the targets of each parent, which no links lead to, by a number of each: few, mostly, and often sorted. Those
    /// of one number are one target. Nothing is allocated. Whether each target of several has a number.
    pub(crate) fn sort_each(&mut self, descending: bool, number: impl Fn(u32) -> Option<i128>) -> bool {
        let Some(offsets) = &self.offsets else { return true };
        let mut all = true;
        let mut key = |target: &u32| {
            let number = number(*target);
            all &= number.is_some();
            let number = number.unwrap_or_default();
            if descending { -number } else { number }
        };
        for (start, end) in offsets.iter().zip(&offsets[1..]) {
            let targets = &mut self.targets[*start as usize..*end as usize];
            if targets.len() > 1 && !targets.is_sorted_by_key(&mut key) {
                targets.sort_unstable_by_key(&mut key);
            }
        }
        all
    }

    /// For each of so many targets, the first parent that leads to it, or [`NONE`].
    pub(crate) fn parents_of(&self, targets: usize) -> Vec<u32> {
        let mut parents = vec![NONE; targets];
        let count = self.offsets.as_ref().map_or(self.targets.len(), |offsets| offsets.len() - 1);
        for parent in 0..count as u32 {
            for target in self.of(parent) {
                if let Some(known) = parents.get_mut(*target as usize).filter(|known| **known == NONE) {
                    *known = parent;
                }
            }
        }
        parents
    }

    /// Whether a parent has more than one target.
    pub(crate) fn has_several(&self) -> bool {
        self.offsets.iter().flat_map(|offsets| offsets.windows(2)).any(|w| w[1] - w[0] > 1)
    }
}

/// Edges as they come: from the number of a group (a key, or a parent's row) to a row.
#[derive(Clone, Debug)]
pub(crate) struct Pairs(Form);

#[derive(Clone, Debug)]
enum Form {
    /// The groups came in their order: where each begins, and the targets.
    InOrder { starts: Vec<u32>, targets: Vec<u32> },
    /// In any order.
    Mixed(Segments<(u32, u32)>),
}

impl Default for Pairs {
    fn default() -> Self {
        Self(Form::InOrder { starts: Vec::new(), targets: Vec::new() })
    }
}

impl Pairs {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Form::InOrder { targets, .. } => targets.len(),
            Form::Mixed(pairs) => pairs.len(),
        }
    }

    /// Adds an edge; of so many groups in all, as far as is known.
    #[inline]
    pub(crate) fn push(&mut self, group: u32, target: u32, groups: usize) {
        // What nearly every edge is: of the same group as the one before it, or of the next.
        if let Form::InOrder { starts, targets } = &mut self.0
            && targets.len() < targets.capacity()
        {
            if starts.len() == group as usize + 1 {
                return targets.push(target);
            }
            if starts.len() == group as usize && starts.len() < starts.capacity() {
                starts.push(targets.len() as u32);
                return targets.push(target);
            }
        }
        self.push_any(group, target, groups);
    }

    fn push_any(&mut self, group: u32, target: u32, groups: usize) {
        match &mut self.0 {
            Form::InOrder { starts, targets } if starts.len() <= group as usize + 1 => {
                if targets.len() == targets.capacity() {
                    make_room(starts, targets, groups);
                }
                while starts.len() <= group as usize {
                    starts.push(targets.len() as u32);
                }
                targets.push(target);
            }
            Form::InOrder { starts, targets } => {
                let mut pairs = Segments::default();
                for (group, start) in starts.iter().enumerate() {
                    let end = starts.get(group + 1).map_or(targets.len(), |end| *end as usize);
                    targets[*start as usize..end].iter().for_each(|target| pairs.push((group as u32, *target)));
                }
                pairs.push((group, target));
                self.0 = Form::Mixed(pairs);
            }
            Form::Mixed(pairs) => pairs.push((group, target)),
        }
    }

    /// The edges of so many groups; those of one group keep their order. `links` has one for each pair, or none.
    pub(crate) fn into_edges(self, links: Vec<u32>, groups: usize) -> Edges {
        match self.0 {
            Form::InOrder { mut starts, mut targets } => {
                if targets.capacity() - targets.len() > targets.len() / 8 {
                    targets.shrink_to_fit();
                }
                starts.reserve_exact((groups + 1).saturating_sub(starts.len()));
                starts.resize(groups + 1, targets.len() as u32);
                Edges::many(starts, targets, links)
            }
            Form::Mixed(pairs) => group(&pairs, &links, groups),
        }
    }
}

/// Makes room for all targets to come, if the groups to come have as many as those that came.
fn make_room(starts: &mut Vec<u32>, targets: &mut Vec<u32>, groups: usize) {
    if starts.is_empty() {
        starts.reserve_exact(groups + 1);
    }
    let came = targets.len();
    let more = if starts.len() < ENOUGH || groups < starts.len() {
        came / 2
    } else {
        // A little more than expected, and no less than what makes a growth worth its copy. The first groups can have far
        // more than the others, so that many targets never more than double.
        let at_this_rate = came as u64 * groups as u64 / starts.len() as u64;
        let expected = (at_this_rate + at_this_rate / 32).saturating_sub(came as u64);
        expected.clamp(came as u64 / 16, came.max(MANY) as u64) as usize
    };
    targets.reserve_exact(more.max(ENOUGH));
}

/// So many targets take no more memory than is at hand, whether they come or not.
const MANY: usize = 1 << 16;

/// Groups that tell how many targets the others will have.
const ENOUGH: usize = 16;

/// Sorts pairs by their groups, by counting.
fn group(pairs: &Segments<(u32, u32)>, links: &[u32], groups: usize) -> Edges {
    let mut offsets = vec![0_u32; groups + 1];
    for (group, _) in pairs.iter() {
        offsets[group as usize + 1] += 1;
    }
    for index in 0..groups {
        offsets[index + 1] += offsets[index];
    }
    let mut next = offsets.clone();
    let mut targets = vec![0; pairs.len()];
    let mut sorted = vec![NONE; links.len()];
    for (index, (group, target)) in pairs.iter().enumerate() {
        let place = &mut next[group as usize];
        targets[*place as usize] = target;
        if let Some(link) = links.get(index) {
            sorted[*place as usize] = *link;
        }
        *place += 1;
    }
    Edges::many(offsets, targets, sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(u32, u32)], links: Vec<u32>, groups: usize) -> Edges {
        let mut all = Pairs::default();
        pairs.iter().for_each(|(group, target)| all.push(*group, *target, groups));
        all.into_edges(links, groups)
    }

    #[test]
    fn first_groups_that_have_most_edges_reserve_nothing_for_the_others() {
        let mut all = Pairs::default();
        let groups = 1_000_000;
        for (group, count) in (0..40).map(|group| (group, 1_000)).chain((40..1_000).map(|group| (group, 1))) {
            (0..count).for_each(|target| all.push(group, target, groups));
            let Form::InOrder { targets, .. } = &all.0 else { panic!("they came in order") };
            assert!(targets.capacity() <= 2 * targets.len() + MANY, "{} of {}", targets.len(), targets.capacity());
        }
        let edges = all.into_edges(Vec::new(), groups);
        assert!(edges.targets.capacity() <= edges.targets.len() * 9 / 8);
        assert_eq!((edges.count(), edges.of(999), edges.of(1_000)), (40_960, &[0][..], &[][..]));
    }

    #[test]
    fn pairs_in_any_order_are_grouped_alike() {
        let ordered: Vec<(u32, u32)> = (0..1_000).flat_map(|g| (0..g % 4).map(move |t| (g, g + t))).collect();
        let mut mixed = ordered.clone();
        mixed.sort_by_key(|(g, t)| (*t - *g, *g));
        let [ordered, mixed] = [ordered, mixed].map(|pairs| edges(&pairs, Vec::new(), 1_003));
        assert!((0..1_004).all(|group| ordered.of(group) == mixed.of(group)));
        assert_eq!((ordered.of(7), ordered.of(1_001)), (&[7, 8, 9][..], &[][..]));
    }

    #[test]
    fn edges_go_with_their_links() {
        let mut edges = edges(&[(0, 3), (0, 4), (1, 4), (2, 3), (2, 5)], vec![10, 11, 12, 13, 14], 3);
        edges.retain(|target| target != 4);
        let all: Vec<_> = (0..4).map(|parent| (edges.of(parent), edges.links_of(parent))).collect();
        assert_eq!(all, [(&[3][..], &[10][..]), (&[], &[]), (&[3, 5], &[13, 14]), (&[], &[])]);
        assert_eq!(edges.count(), 3);
    }

    #[test]
    fn the_targets_of_each_parent_are_sorted_by_their_numbers() {
        let numbers = [i128::from(u64::MAX), -7, 30, 2, i128::from(i64::MIN)];
        let number = |target: u32| numbers.get(target as usize).copied();
        let lists = [&[2, 3, 1][..], &[], &[0], &[1, 0, 4, 0, 2], &[4, 3]];
        let pairs: Vec<(u32, u32)> = (0..).zip(lists).flat_map(|(p, list)| list.iter().map(move |t| (p, *t))).collect();
        let mut all = edges(&pairs, Vec::new(), 5);
        let sorted = |all: &Edges| -> Vec<Vec<u32>> { (0..5).map(|p| all.of(p).to_vec()).collect() };
        assert!(all.sort_each(false, number));
        assert_eq!(sorted(&all), [&[1, 3, 2][..], &[], &[0], &[4, 1, 2, 0, 0], &[4, 3]]);
        assert!(all.sort_each(true, number));
        assert_eq!(sorted(&all), [&[2, 3, 1][..], &[], &[0], &[0, 0, 2, 1, 4], &[3, 4]]);

        let long: Vec<(u32, u32)> = (0..1_000).map(|t| (t % 2, t * 7 % 1_000)).collect();
        let mut all = edges(&long, Vec::new(), 2);
        assert!(all.sort_each(false, |target| Some(target.into())));
        assert!(all.of(0).is_sorted() && all.of(1).is_sorted() && all.of(0).len() == 500);
        assert!(!all.sort_each(false, |target| (target != 9).then_some(target.into())));
        assert!(Edges::one(vec![3, NONE, 1], Vec::new()).sort_each(false, |_| None));
    }

    #[test]
    fn groups_keep_the_order_of_their_pairs() {
        let edges = edges(&[(1, 9), (0, 3), (1, 7), (3, 3)], vec![10, 11, 12, 13], 4);
        let all: Vec<&[u32]> = (0..5).map(|p| edges.of(p)).collect();
        assert_eq!(all, [&[3][..], &[9, 7], &[], &[3], &[]]);
        let links: Vec<&[u32]> = (0..5).map(|p| edges.links_of(p)).collect();
        assert_eq!(links, [&[11][..], &[10, 12], &[], &[13], &[]]);
    }
}
