//! Edges lead from rows to rows. As they come they are [`Pairs`]; once all are there, [`Edges`].
//!
//! A row of a node has a local number, in the order in which the node's rows were first met. Edges lead from local
//! numbers of the parent node to local numbers of the node.

use crate::store::{Id, Local, Opt, ParentNo, Segments, Slot};
use std::marker::PhantomData;
use std::ops::Range;

/// Edges to the rows of a load node or of a batch's part, by the numbers `P` of what they start from.
#[derive(Clone, Debug)]
pub(crate) struct Edges<P = Local> {
    form: Form,
    /// For each edge, the slot of the association table's row that leads to its target; empty where none comes out.
    links: Vec<Opt<Slot>>,
    parents: PhantomData<fn(P)>,
}

#[derive(Clone, Debug)]
enum Form {
    /// At most one target for each parent.
    One(Vec<Opt<Local>>),
    Many(Lists),
}

/// Compressed sparse rows: the targets of parent `i` are `targets[offsets[i]..offsets[i + 1]]`.
#[derive(Clone, Debug)]
pub(crate) struct Lists {
    offsets: Vec<u32>,
    targets: Vec<Local>,
}

impl Lists {
    /// Where the targets of a parent stand.
    #[inline]
    fn range(&self, parent: usize) -> Range<usize> {
        match (self.offsets.get(parent), self.offsets.get(parent + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The targets of a parent.
    #[inline]
    pub(crate) fn of(&self, parent: impl Id) -> &[Local] {
        self.targets.get(self.range(parent.index())).unwrap_or_default()
    }
}

impl<P: Id> Edges<P> {
    /// No edges from any of `parents`.
    pub(crate) fn none(to_many: bool, parents: usize) -> Self {
        if to_many {
            Self::many(vec![0; parents + 1], Vec::new(), Vec::new())
        } else {
            Self::one(vec![Opt::none(); parents], Vec::new())
        }
    }

    /// At most one target for each parent.
    pub(crate) fn one(targets: Vec<Opt<Local>>, links: Vec<Opt<Slot>>) -> Self {
        Self { form: Form::One(targets), links, parents: PhantomData }
    }

    /// Any number of targets: those of parent `i` are `targets[offsets[i]..offsets[i + 1]]`.
    pub(crate) fn many(offsets: Vec<u32>, targets: Vec<Local>, links: Vec<Opt<Slot>>) -> Self {
        Self { form: Form::Many(Lists { offsets, targets }), links, parents: PhantomData }
    }

    /// The same edges, where parents have the same numbers under another name.
    pub(crate) fn renamed<Q: Id>(self) -> Edges<Q> {
        Edges { form: self.form, links: self.links, parents: PhantomData }
    }

    /// Where the targets of a parent stand.
    pub(crate) fn range(&self, parent: P) -> Range<usize> {
        let index = parent.index();
        match &self.form {
            Form::One(targets) if targets.get(index).is_some_and(|target| target.is_some()) => index..index + 1,
            Form::One(_) => 0..0,
            Form::Many(lists) => lists.range(index),
        }
    }

    /// The targets of a parent.
    pub(crate) fn of(&self, parent: P) -> impl Iterator<Item = Local> {
        self.range(parent).filter_map(|place| self.target(place))
    }

    /// The targets as lists; `None` where each parent has one at most.
    pub(crate) fn lists(&self) -> Option<&Lists> {
        match &self.form {
            Form::One(_) => None,
            Form::Many(lists) => Some(lists),
        }
    }

    /// The first target of a parent; none for what is no parent.
    #[inline]
    pub(crate) fn first_of(&self, parent: P) -> Opt<Local> {
        match &self.form {
            Form::One(targets) => targets.get(parent.index()).copied().unwrap_or_default(),
            Form::Many(Lists { offsets, targets }) => match offsets.get(parent.index()..) {
                Some([start, end, ..]) if start < end => targets.get(*start as usize).copied().into(),
                _ => Opt::none(),
            },
        }
    }

    #[inline]
    fn target(&self, place: usize) -> Option<Local> {
        match &self.form {
            Form::One(targets) => targets.get(place)?.get(),
            Form::Many(lists) => lists.targets.get(place).copied(),
        }
    }

    /// The target at a place, and the row of the association table that leads to it.
    pub(crate) fn at(&self, place: usize) -> Option<(Local, Opt<Slot>)> {
        let link = if self.links.is_empty() { Opt::none() } else { self.links.get(place).copied().unwrap_or_default() };
        Some((self.target(place)?, link))
    }

    /// The rows of the association table that lead to them; empty where none comes out.
    pub(crate) fn links_of(&self, parent: P) -> &[Opt<Slot>] {
        self.links.get(self.range(parent)).unwrap_or_default()
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        match &self.form {
            Form::One(targets) => targets.iter().filter(|target| target.is_some()).count(),
            Form::Many(lists) => lists.targets.len(),
        }
    }

    /// Leaves out the edges of lists whose targets `keep` refuses.
    pub(crate) fn retain(&mut self, keep: impl Fn(Local) -> bool) {
        let Form::Many(Lists { offsets, targets }) = &mut self.form else { return };
        let (mut kept, mut start) = (0, 0);
        for end in offsets.iter_mut().skip(1) {
            for place in start..*end as usize {
                if keep(targets[place]) {
                    targets[kept] = targets[place];
                    if !self.links.is_empty() {
                        self.links[kept] = self.links[place];
                    }
                    kept += 1;
                }
            }
            start = std::mem::replace(end, kept as u32) as usize;
        }
        targets.truncate(kept);
        self.links.truncate(kept);
    }

    /// Sorts the targets of each parent, which no links lead to, by a number of each: few, mostly, and often sorted. Those
    /// of one number are one target. Nothing is allocated. Whether each target of several has a number.
    pub(crate) fn sort_each(&mut self, descending: bool, number: impl Fn(Local) -> Option<i128>) -> bool {
        let Form::Many(Lists { offsets, targets }) = &mut self.form else { return true };
        let mut all = true;
        let mut key = |target: &Local| {
            let number = number(*target);
            all &= number.is_some();
            let number = number.unwrap_or_default();
            if descending { -number } else { number }
        };
        for (start, end) in offsets.iter().zip(&offsets[1..]) {
            let targets = &mut targets[*start as usize..*end as usize];
            if targets.len() > 1 && !targets.is_sorted_by_key(&mut key) {
                targets.sort_unstable_by_key(&mut key);
            }
        }
        all
    }

    /// For each of `targets` rows, the first parent that leads to it.
    pub(crate) fn parents_of(&self, targets: usize) -> Vec<Opt<P>> {
        let mut parents = vec![Opt::none(); targets];
        let count = match &self.form {
            Form::One(targets) => targets.len(),
            Form::Many(lists) => lists.offsets.len() - 1,
        };
        for parent in (0..count).map(P::new) {
            for target in self.of(parent) {
                if let Some(known) = parents.get_mut(target.index()).filter(|known| !known.is_some()) {
                    *known = Opt::some(parent);
                }
            }
        }
        parents
    }

    /// Whether a parent has more than one target.
    pub(crate) fn has_several(&self) -> bool {
        match &self.form {
            Form::One(_) => false,
            Form::Many(lists) => lists.offsets.windows(2).any(|w| w[1] - w[0] > 1),
        }
    }
}

/// Edges as they come, from keys or parents' rows to rows.
#[derive(Clone, Debug)]
pub(crate) struct Pairs(Order);

#[derive(Clone, Debug)]
enum Order {
    /// The parents came in their order: where the targets of each begin, and the targets.
    InOrder { starts: Vec<u32>, targets: Vec<Local> },
    /// In any order.
    Mixed(Segments<(ParentNo, Local)>),
}

impl Default for Pairs {
    fn default() -> Self {
        Self(Order::InOrder { starts: Vec::new(), targets: Vec::new() })
    }
}

impl Pairs {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Order::InOrder { targets, .. } => targets.len(),
            Order::Mixed(pairs) => pairs.len(),
        }
    }

    /// Adds an edge; there are `parents` in all, as far as is known.
    #[inline]
    pub(crate) fn push(&mut self, parent: ParentNo, target: Local, parents: usize) {
        // What nearly every edge is: of the same parent as the one before it, or of the next.
        if let Order::InOrder { starts, targets } = &mut self.0
            && targets.len() < targets.capacity()
        {
            if starts.len() == parent.index() + 1 {
                return targets.push(target);
            }
            if starts.len() == parent.index() && starts.len() < starts.capacity() {
                starts.push(targets.len() as u32);
                return targets.push(target);
            }
        }
        self.push_any(parent, target, parents);
    }

    fn push_any(&mut self, parent: ParentNo, target: Local, parents: usize) {
        match &mut self.0 {
            Order::InOrder { starts, targets } if starts.len() <= parent.index() + 1 => {
                if targets.len() == targets.capacity() {
                    make_room(starts, targets, parents);
                }
                while starts.len() <= parent.index() {
                    starts.push(targets.len() as u32);
                }
                targets.push(target);
            }
            Order::InOrder { starts, targets } => {
                let mut pairs = Segments::default();
                for (above, start) in starts.iter().enumerate() {
                    let end = starts.get(above + 1).map_or(targets.len(), |end| *end as usize);
                    let targets = targets[*start as usize..end].iter();
                    targets.for_each(|target| pairs.push((ParentNo::new(above), *target)));
                }
                pairs.push((parent, target));
                self.0 = Order::Mixed(pairs);
            }
            Order::Mixed(pairs) => pairs.push((parent, target)),
        }
    }

    /// The edges of `parents`; those of one parent keep their order. `links` has one for each pair, or none.
    pub(crate) fn into_edges(self, links: Vec<Opt<Slot>>, parents: usize) -> Edges<ParentNo> {
        match self.0 {
            Order::InOrder { mut starts, mut targets } => {
                if targets.capacity() - targets.len() > targets.len() / 8 {
                    targets.shrink_to_fit();
                }
                starts.reserve_exact((parents + 1).saturating_sub(starts.len()));
                starts.resize(parents + 1, targets.len() as u32);
                Edges::many(starts, targets, links)
            }
            Order::Mixed(pairs) => group(&pairs, &links, parents),
        }
    }
}

/// Makes room for all targets to come, if the parents to come have as many as those that came.
fn make_room(starts: &mut Vec<u32>, targets: &mut Vec<Local>, parents: usize) {
    if starts.is_empty() {
        starts.reserve_exact(parents + 1);
    }
    let came = targets.len();
    let more = if starts.len() < ENOUGH || parents < starts.len() {
        came / 2
    } else {
        // A little more than expected, and no less than what makes a growth worth its copy. The first parents can have far
        // more than the others, so that many targets never more than double.
        let at_this_rate = came as u64 * parents as u64 / starts.len() as u64;
        let expected = (at_this_rate + at_this_rate / 32).saturating_sub(came as u64);
        expected.clamp(came as u64 / 16, came.max(MANY) as u64) as usize
    };
    targets.reserve_exact(more.max(ENOUGH));
}

/// So many targets take no more memory than is at hand, whether they come or not.
const MANY: usize = 1 << 16;

/// Parents that tell how many targets the others will have.
const ENOUGH: usize = 16;

/// Sorts pairs by their parents, by counting.
fn group(pairs: &Segments<(ParentNo, Local)>, links: &[Opt<Slot>], parents: usize) -> Edges<ParentNo> {
    let mut offsets = vec![0_u32; parents + 1];
    for (parent, _) in pairs.iter() {
        offsets[parent.index() + 1] += 1;
    }
    for index in 0..parents {
        offsets[index + 1] += offsets[index];
    }
    let mut next = offsets.clone();
    let mut targets = vec![Local::default(); pairs.len()];
    let mut sorted = vec![Opt::none(); links.len()];
    for (index, (parent, target)) in pairs.iter().enumerate() {
        let place = &mut next[parent.index()];
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

    fn edges(pairs: &[(usize, usize)], links: &[usize], parents: usize) -> Edges<ParentNo> {
        let mut all = Pairs::default();
        pairs.iter().for_each(|(parent, target)| all.push(ParentNo::new(*parent), Local::new(*target), parents));
        all.into_edges(links.iter().map(|link| Opt::some(Slot::new(*link))).collect(), parents)
    }

    fn of(edges: &Edges<ParentNo>, parent: usize) -> Vec<usize> {
        edges.of(ParentNo::new(parent)).map(Id::index).collect()
    }

    fn links_of(edges: &Edges<ParentNo>, parent: usize) -> Vec<usize> {
        edges.links_of(ParentNo::new(parent)).iter().filter_map(|link| link.get()).map(Id::index).collect()
    }

    #[test]
    fn first_parents_that_have_most_edges_reserve_nothing_for_the_others() {
        let mut all = Pairs::default();
        let parents = 1_000_000;
        for (parent, count) in (0..40).map(|parent| (parent, 1_000)).chain((40..1_000).map(|parent| (parent, 1))) {
            (0..count).for_each(|target| all.push(ParentNo::new(parent), Local::new(target), parents));
            let Order::InOrder { targets, .. } = &all.0 else { panic!("they came in order") };
            assert!(targets.capacity() <= 2 * targets.len() + MANY, "{} of {}", targets.len(), targets.capacity());
        }
        let edges = all.into_edges(Vec::new(), parents);
        let targets = &edges.lists().unwrap().targets;
        assert!(targets.capacity() <= targets.len() * 9 / 8);
        assert_eq!((edges.count(), of(&edges, 999), of(&edges, 1_000)), (40_960, vec![0], vec![]));
    }

    #[test]
    fn pairs_in_any_order_are_grouped_alike() {
        let ordered: Vec<(usize, usize)> = (0..1_000).flat_map(|g| (0..g % 4).map(move |t| (g, g + t))).collect();
        let mut mixed = ordered.clone();
        mixed.sort_by_key(|(g, t)| (*t - *g, *g));
        let [ordered, mixed] = [ordered, mixed].map(|pairs| edges(&pairs, &[], 1_003));
        assert!((0..1_004).all(|parent| of(&ordered, parent) == of(&mixed, parent)));
        assert_eq!((of(&ordered, 7), of(&ordered, 1_001)), (vec![7, 8, 9], vec![]));
    }

    #[test]
    fn edges_go_with_their_links() {
        let mut edges = edges(&[(0, 3), (0, 4), (1, 4), (2, 3), (2, 5)], &[10, 11, 12, 13, 14], 3);
        edges.retain(|target| target != Local::new(4));
        let all: Vec<_> = (0..4).map(|parent| (of(&edges, parent), links_of(&edges, parent))).collect();
        assert_eq!(all, [(vec![3], vec![10]), (vec![], vec![]), (vec![3, 5], vec![13, 14]), (vec![], vec![])]);
        assert_eq!(edges.count(), 3);
    }

    #[test]
    fn one_target_at_most_reads_as_a_list_of_it_does() {
        let target = |local| Opt::some(Local::new(local));
        let one: Edges = Edges::one(vec![target(4), Opt::none(), target(2)], Vec::new());
        let read =
            |edges: &Edges, parent: usize| (edges.first_of(Local::new(parent)), edges.of(Local::new(parent)).count());
        assert_eq!(
            [0, 1, 2, 3].map(|parent| read(&one, parent)),
            [(target(4), 1), (Opt::none(), 0), (target(2), 1), (Opt::none(), 0)]
        );
        let many = Edges::many(vec![0, 1, 1, 2], vec![Local::new(4), Local::new(2)], Vec::new());
        assert!((0..5).all(|parent| read(&one, parent) == read(&many, parent)));
        assert_eq!((one.count(), one.parents_of(5)), (many.count(), many.parents_of(5)));
        assert!(one.lists().is_none() && !one.has_several() && !many.has_several());
    }

    #[test]
    fn the_targets_of_each_parent_are_sorted_by_their_numbers() {
        let numbers = [i128::from(u64::MAX), -7, 30, 2, i128::from(i64::MIN)];
        let number = |target: Local| numbers.get(target.index()).copied();
        let lists = [&[2, 3, 1][..], &[], &[0], &[1, 0, 4, 0, 2], &[4, 3]];
        let pairs: Vec<(usize, usize)> =
            (0..).zip(lists).flat_map(|(p, list)| list.iter().map(move |t| (p, *t))).collect();
        let mut all = edges(&pairs, &[], 5);
        let sorted = |all: &Edges<ParentNo>| -> Vec<Vec<usize>> { (0..5).map(|parent| of(all, parent)).collect() };
        assert!(all.sort_each(false, number));
        assert_eq!(sorted(&all), [&[1, 3, 2][..], &[], &[0], &[4, 1, 2, 0, 0], &[4, 3]]);
        assert!(all.sort_each(true, number));
        assert_eq!(sorted(&all), [&[2, 3, 1][..], &[], &[0], &[0, 0, 2, 1, 4], &[3, 4]]);

        let long: Vec<(usize, usize)> = (0..1_000).map(|t| (t % 2, t * 7 % 1_000)).collect();
        let mut all = edges(&long, &[], 2);
        assert!(all.sort_each(false, |target| Some(target.index() as i128)));
        assert!(of(&all, 0).is_sorted() && of(&all, 1).is_sorted() && of(&all, 0).len() == 500);
        assert!(!all.sort_each(false, |target| (target.index() != 9).then_some(target.index() as i128)));
        let one = [Some(3), None, Some(1)].map(|local| local.map(Local::new).into());
        assert!(Edges::<Local>::one(one.to_vec(), Vec::new()).sort_each(false, |_| None));
    }

    #[test]
    fn targets_of_a_parent_keep_the_order_of_their_pairs() {
        let edges = edges(&[(1, 9), (0, 3), (1, 7), (3, 3)], &[10, 11, 12, 13], 4);
        let all: Vec<Vec<usize>> = (0..5).map(|parent| of(&edges, parent)).collect();
        assert_eq!(all, [&[3][..], &[9, 7], &[], &[3], &[]]);
        let links: Vec<Vec<usize>> = (0..5).map(|parent| links_of(&edges, parent)).collect();
        assert_eq!(links, [&[11][..], &[10, 12], &[], &[13], &[]]);
    }
}
