//! Rows become slots and edges. A [`BatchRows`] takes one batch's rows as they arrive; when all are there, its pairs
//! become [`Edges`] of load nodes.
//!
//! A row of a node has a local number, in the order in which the node's rows were first met. Edges lead from local
//! numbers of the parent node to local numbers of the node.

use crate::cells::Cells;
use crate::keys::{KeyRef, KeySet};
use crate::store::{EntityStore, NONE, StoreError};
use eagerly_planner::batch::{Batch, Operation, RowPart, Stitch};
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHashSet;

/// Edges of a load node, by the parent's local row number.
#[derive(Clone, Debug)]
pub(crate) enum Edges {
    /// At most one target each, or [`NONE`].
    One(Vec<u32>),
    /// Compressed sparse rows: the targets of parent `i` are `targets[offsets[i]..offsets[i + 1]]`.
    Many { offsets: Vec<u32>, targets: Vec<u32> },
}

impl Edges {
    /// No edges, for so many parents.
    pub(crate) fn none(to_many: bool, parents: usize) -> Self {
        if to_many {
            Self::Many { offsets: vec![0; parents + 1], targets: Vec::new() }
        } else {
            Self::One(vec![NONE; parents])
        }
    }

    /// Groups pairs by their first part; pairs of one group keep their order.
    pub(crate) fn group(pairs: &[(u32, u32)], groups: usize) -> (Vec<u32>, Vec<u32>) {
        let mut offsets = vec![0_u32; groups + 1];
        for (group, _) in pairs {
            offsets[*group as usize + 1] += 1;
        }
        for index in 0..groups {
            offsets[index + 1] += offsets[index];
        }
        let mut next = offsets.clone();
        let mut targets = vec![0; pairs.len()];
        for (group, target) in pairs {
            let place = &mut next[*group as usize];
            targets[*place as usize] = *target;
            *place += 1;
        }
        (offsets, targets)
    }

    /// The targets of a parent.
    pub(crate) fn of(&self, parent: u32) -> &[u32] {
        let index = parent as usize;
        match self {
            Self::One(targets) => match targets.get(index) {
                Some(target) if *target != NONE => std::slice::from_ref(target),
                _ => &[],
            },
            Self::Many { offsets, targets } => match (offsets.get(index), offsets.get(index + 1)) {
                (Some(start), Some(end)) => targets.get(*start as usize..*end as usize).unwrap_or_default(),
                _ => &[],
            },
        }
    }
}

/// The rows of one batch, as they arrive.
#[derive(Debug, Default)]
pub(crate) struct BatchRows {
    pub(crate) parts: Vec<PartRows>,
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
    /// A joined to-one's target, by the parent's local number.
    pub(crate) one: Vec<u32>,
    seen: FxHashSet<(u32, u32)>,
    /// The local number in the row at hand, and whether that row brought it.
    current: u32,
    fresh: bool,
}

impl BatchRows {
    pub(crate) fn new(batch: &Batch) -> Self {
        Self { parts: batch.parts.iter().map(|_| PartRows::default()).collect() }
    }

    /// Takes one row of the batch; `first_key` is the number of the statement's first key.
    pub(crate) fn row<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &KeySet,
        first_key: u32,
        stores: &mut [EntityStore],
        cells: &C,
    ) -> Result<(), StoreError> {
        let key = match &batch.operation {
            Operation::Root => 0,
            Operation::Fetch { stitch, .. } => match key_of(stitch, keys, first_key, cells)? {
                Some(key) => key,
                // The database says that it equals one of the keys, and we do not find it: a child would be lost.
                None => return Err(StoreError::Stray),
            },
        };
        for (index, part) in batch.parts.iter().enumerate() {
            let (above, rest) = self.parts.split_at_mut(index);
            let rows = &mut rest[0];
            let (parent, fresh) = match part.parent {
                None => (key, true),
                Some(p) => above.get(usize::from(p)).map_or((NONE, false), |p| (p.current, p.fresh)),
            };
            rows.take(part, parent, fresh, &mut stores[part.entity.index()], cells)?;
        }
        Ok(())
    }
}

impl PartRows {
    /// Takes the part's share of one row. `fresh`: the parent came with this row.
    fn take<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        parent: u32,
        fresh: bool,
        store: &mut EntityStore,
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
            (self.current, self.fresh) = self.local(part, store, cells)?;
        }
        if joined_to_one {
            let index = parent as usize;
            if index >= self.one.len() {
                self.one.resize(index + 1, NONE);
            }
            self.one[index] = self.current;
        } else if found && (!part.repeats || self.seen.insert((parent, self.current))) {
            self.pairs.push((parent, self.current));
        }
        Ok(())
    }

    /// The local number of the row, stored if it is new here.
    fn local<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        store: &mut EntityStore,
        cells: &C,
    ) -> Result<(u32, bool), StoreError> {
        let slot = store.slot(cells, &part.identity)?;
        let index = slot as usize;
        if let Some(local) = self.locals.get(index).copied().filter(|l| *l != NONE) {
            return Ok((local, false));
        }
        if index >= self.locals.len() {
            self.locals.resize(index + 1, NONE);
        }
        let local = self.slots.len() as u32;
        self.locals[index] = local;
        self.slots.push(slot);
        store.fill(slot, cells, &part.cells)?;
        Ok((local, true))
    }
}

/// The number of the row's key.
fn key_of<C: Cells + ?Sized>(
    stitch: &Stitch,
    keys: &KeySet,
    first_key: u32,
    cells: &C,
) -> Result<Option<u32>, StoreError> {
    match stitch {
        Stitch::Hash(positions) => {
            let mut key = KeyRef::new();
            for position in positions {
                key.push(cell(cells, *position)?);
            }
            Ok(keys.find(&key))
        }
        Stitch::Ordinal(position) => match cell(cells, *position)? {
            ValueRef::Integer(ordinal) => {
                let index = u32::try_from(ordinal).ok().and_then(|o| o.checked_add(first_key));
                Ok(index.filter(|i| (*i as usize) < keys.len()))
            }
            _ => Ok(None),
        },
    }
}

fn cell<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::Cell { position, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_of_their_pairs() {
        let (offsets, targets) = Edges::group(&[(1, 9), (0, 3), (1, 7), (3, 3)], 4);
        let edges = Edges::Many { offsets, targets };
        let all: Vec<&[u32]> = (0..5).map(|p| edges.of(p)).collect();
        assert_eq!(all, [&[3][..], &[9, 7], &[], &[3], &[]]);
    }
}
