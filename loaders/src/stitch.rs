//! Rows become slots and edges. A [`BatchRows`] takes one batch's rows as they arrive; when all are there, its pairs
//! become [`Edges`] of load nodes.
//!
//! A row of a node has a local number, in the order in which the node's rows were first met. Edges lead from local
//! numbers of the parent node to local numbers of the node.

use crate::cells::Cells;
use crate::keys::{KeyRef, KeySet};
use crate::store::{EntityStore, NONE, StoreError};
use eagerly_planner::batch::{Batch, LinkPart, Operation, Reach, RowPart, Stitch};
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHashSet;
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

    /// Groups pairs by their first part; pairs of one group keep their order. `links` has one for each pair, or none.
    pub(crate) fn group(pairs: &[(u32, u32)], links: &[u32], groups: usize) -> Self {
        let mut offsets = vec![0_u32; groups + 1];
        for (group, _) in pairs {
            offsets[*group as usize + 1] += 1;
        }
        for index in 0..groups {
            offsets[index + 1] += offsets[index];
        }
        let mut next = offsets.clone();
        let mut targets = vec![0; pairs.len()];
        let mut sorted = vec![NONE; links.len()];
        for (index, (group, target)) in pairs.iter().enumerate() {
            let place = &mut next[*group as usize];
            targets[*place as usize] = *target;
            if let Some(link) = links.get(index) {
                sorted[*place as usize] = *link;
            }
            *place += 1;
        }
        Self::many(offsets, targets, sorted)
    }

    /// The target of each parent, or [`NONE`], where there is one at most.
    pub(crate) fn only(&self) -> &[u32] {
        if self.offsets.is_none() { &self.targets } else { &[] }
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

/// The rows of one batch, as they arrive.
#[derive(Debug, Default)]
pub(crate) struct BatchRows {
    pub(crate) parts: Vec<PartRows>,
    /// For each key that a closure has reached, the statement that brings its rows: statements of one batch can reach
    /// the same keys.
    owners: Vec<u32>,
}

/// The statement that a row comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// Its number in the run.
    pub(crate) statement: u32,
    /// The number of its first key.
    pub(crate) first_key: u32,
}

/// The rows of one part of a batch.
#[derive(Debug, Default)]
pub(crate) struct PartRows {
    /// Slots by local number.
    pub(crate) slots: Vec<u32>,
    /// Local numbers by slot.
    locals: Vec<u32>,
    /// (parent's local number, or the key's number; own local number). Unused for a joined to-one.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// For each pair, or for each of `one`, the slot of the association table's row, where it comes out.
    pub(crate) links: Vec<u32>,
    /// A joined to-one's target, by the parent's local number.
    pub(crate) one: Vec<u32>,
    seen: FxHashSet<(u32, u32)>,
    /// The local number in the row at hand, and whether that row brought it.
    current: u32,
    fresh: bool,
}

impl BatchRows {
    pub(crate) fn new(batch: &Batch) -> Self {
        Self { parts: batch.parts.iter().map(|_| PartRows::default()).collect(), owners: Vec::new() }
    }

    /// Takes one row of the batch.
    pub(crate) fn row<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &mut KeySet,
        origin: Origin,
        stores: &mut [EntityStore],
        cells: &C,
    ) -> Result<(), StoreError> {
        let Some(key) = self.key(batch, keys, origin, cells)? else { return Ok(()) };
        for (index, part) in batch.parts.iter().enumerate() {
            let (above, rest) = self.parts.split_at_mut(index);
            let rows = &mut rest[0];
            let (parent, fresh) = match part.parent {
                None => (key, true),
                Some(p) => above.get(usize::from(p)).map_or((NONE, false), |p| (p.current, p.fresh)),
            };
            rows.take(part, parent, fresh, stores, cells)?;
        }
        Ok(())
    }

    /// The number of the row's key; `None` for a row that belongs to no one here.
    fn key<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &mut KeySet,
        origin: Origin,
        cells: &C,
    ) -> Result<Option<u32>, StoreError> {
        let Operation::Fetch { stitch, reach, .. } = &batch.operation else { return Ok(Some(0)) };
        let positions = match stitch {
            Stitch::Ordinal(position) => return ordinal(*position, keys, origin, cells).map(Some),
            Stitch::Hash(positions) => positions,
        };
        let key =
            positions.iter().map(|position| cell(cells, *position)).collect::<Result<KeyRef<'_>, StoreError>>()?;
        match (keys.find(&key), reach) {
            (found, Reach::Closure) => {
                let key = found.unwrap_or_else(|| keys.insert(&key));
                Ok((key != NONE && self.owns(key, origin.statement)).then_some(key))
            }
            // The parent's question has another answer by now, or the key leads nowhere: no parent that we have.
            // The parents may come later: which of the keys they hold is seen then.
            (found, Reach::Subquery) if !batch.waits() => {
                let key = found.unwrap_or_else(|| keys.insert(&key));
                Ok((key != NONE).then_some(key))
            }
            (found, Reach::Subquery | Reach::Whole) => Ok(found),
            (Some(found), _) => Ok(Some(found)),
            // The database says that it equals one of the keys, and we do not find it: a child would be lost.
            (None, _) => Err(match keys.other_class(&key) {
                Some(part) => StoreError::OtherType { position: positions[part] },
                None => StoreError::Stray,
            }),
        }
    }

    /// Whether a statement has brought the rows of the key.
    pub(crate) fn is_owned(&self, key: usize) -> bool {
        self.owners.get(key).is_some_and(|owner| *owner != NONE)
    }

    /// Whether the statement is the one that brings the rows of the key: it brings all of them.
    fn owns(&mut self, key: u32, statement: u32) -> bool {
        let index = key as usize;
        if index >= self.owners.len() {
            self.owners.resize(index + 1, NONE);
        }
        let owner = &mut self.owners[index];
        if *owner == NONE {
            *owner = statement;
        }
        *owner == statement
    }
}

impl PartRows {
    /// Takes the part's share of one row. `fresh`: the parent came with this row.
    fn take<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        parent: u32,
        fresh: bool,
        stores: &mut [EntityStore],
        cells: &C,
    ) -> Result<(), StoreError> {
        (self.current, self.fresh) = (NONE, false);
        if parent == NONE {
            return Ok(());
        }
        let joined_to_one = part.parent.is_some() && !part.to_many;
        if joined_to_one && !fresh {
            // A collection beside it repeats the parent: its target is known.
            self.current = self.one.get(parent as usize).copied().unwrap_or(NONE);
            return Ok(());
        }
        let found = match part.presence {
            None => true,
            Some(position) => !cell(cells, position)?.is_null(),
        };
        if found {
            (self.current, self.fresh) = self.local(part, &mut stores[part.entity.index()], cells)?;
        }
        if joined_to_one {
            self.lead_to_one(parent, self.current);
        } else if found
            && self.lead(part, parent, self.current)
            && let Some(link) = &part.link
        {
            self.links.push(link_row(link, stores, cells)?);
        }
        Ok(())
    }

    /// Leads from a parent's local number to the row that a joined to-one has found, or [`NONE`].
    #[inline]
    pub(crate) fn lead_to_one(&mut self, parent: u32, local: u32) {
        let index = parent as usize;
        if index >= self.one.len() {
            self.one.resize(index + 1, NONE);
        }
        self.one[index] = local;
    }

    /// Leads from a parent's local number, or that of a key, to a row; whether that is new.
    #[inline]
    pub(crate) fn lead(&mut self, part: &RowPart, parent: u32, local: u32) -> bool {
        let new = !part.repeats || self.seen.insert((parent, local));
        if new {
            self.pairs.push((parent, local));
        }
        new
    }

    /// The local number of the row, stored if it is new here.
    fn local<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        store: &mut EntityStore,
        cells: &C,
    ) -> Result<(u32, bool), StoreError> {
        let slot = store.slot(cells, &part.identity)?;
        let (local, fresh) = self.number(slot);
        if fresh {
            store.fill(slot, cells, &part.cells)?;
        }
        Ok((local, fresh))
    }

    /// What leads to its rows, without them.
    pub(crate) fn edges_only(&self) -> Self {
        let (pairs, links, one) = (self.pairs.clone(), self.links.clone(), self.one.clone());
        Self { pairs, links, one, ..Self::default() }
    }

    /// The local number of a slot, and whether it is new here.
    #[inline]
    pub(crate) fn number(&mut self, slot: u32) -> (u32, bool) {
        let index = slot as usize;
        if let Some(local) = self.locals.get(index).copied().filter(|l| *l != NONE) {
            return (local, false);
        }
        if index >= self.locals.len() {
            self.locals.resize(index + 1, NONE);
        }
        let local = self.slots.len() as u32;
        self.locals[index] = local;
        self.slots.push(slot);
        (local, true)
    }
}

/// Stores the row of the association table; its slot.
fn link_row<C: Cells + ?Sized>(link: &LinkPart, stores: &mut [EntityStore], cells: &C) -> Result<u32, StoreError> {
    let store = &mut stores[link.entity.index()];
    let slot = store.slot(cells, &link.identity)?;
    store.fill(slot, cells, &link.cells)?;
    Ok(slot)
}

/// The number of the key whose ordinal stands at a position.
fn ordinal<C: Cells + ?Sized>(position: u16, keys: &KeySet, origin: Origin, cells: &C) -> Result<u32, StoreError> {
    let ValueRef::Integer(ordinal) = cell(cells, position)? else { return Err(StoreError::Stray) };
    let index = u32::try_from(ordinal).ok().and_then(|o| o.checked_add(origin.first_key));
    index.filter(|i| (*i as usize) < keys.len()).ok_or(StoreError::Stray)
}

fn cell<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::Cell { position, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_go_with_their_links() {
        let mut edges = Edges::group(&[(0, 3), (0, 4), (1, 4), (2, 3), (2, 5)], &[10, 11, 12, 13, 14], 3);
        edges.retain(|target| target != 4);
        let all: Vec<_> = (0..4).map(|parent| (edges.of(parent), edges.links_of(parent))).collect();
        assert_eq!(all, [(&[3][..], &[10][..]), (&[], &[]), (&[3, 5], &[13, 14]), (&[], &[])]);
        assert_eq!(edges.count(), 3);
    }

    #[test]
    fn groups_keep_the_order_of_their_pairs() {
        let edges = Edges::group(&[(1, 9), (0, 3), (1, 7), (3, 3)], &[10, 11, 12, 13], 4);
        let all: Vec<&[u32]> = (0..5).map(|p| edges.of(p)).collect();
        assert_eq!(all, [&[3][..], &[9, 7], &[], &[3], &[]]);
        let links: Vec<&[u32]> = (0..5).map(|p| edges.links_of(p)).collect();
        assert_eq!(links, [&[11][..], &[10, 12], &[], &[13], &[]]);
    }
}
