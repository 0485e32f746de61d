//! Rows of one entity, each stored once: columns of typed values with null bits, text in one arena. Rows are addressed by
//! slot. A row without a primary key, or with NULL in it, is never merged with another. In a session,
//! rows that an earlier load has stored are borrowed from it.

mod arena;
mod bits;
mod borrowed;
mod column;
mod id_list;
mod ids;
mod index;
mod integers;
mod segments;
mod table;

use crate::cells::{CellError, Cells};
use crate::session::Memory;
use eagerly_planner::batch::PlannedEntity;
use eagerly_planner::ids::{ColumnId, EntityId};
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub(crate) use borrowed::Borrowed;
pub(crate) use column::{Arenas, Column};
pub(crate) use id_list::IdList;
pub(crate) use ids::{AnswerNo, Id, KeyNo, LoadNo, Local, Opt, ParentNo, Raw, Slot, StatementNo};
pub(crate) use index::Index;
pub(crate) use integers::Integers;
pub(crate) use segments::Segments;
pub(crate) use table::{Table, Tables};

/// The rows of one entity.
#[derive(Debug, Default)]
pub(crate) struct EntityStore {
    rows: u32,
    /// Slots of rows that are not there, sorted.
    gone: Vec<Slot>,
    table: Table,
    /// Slots by primary key.
    by_key: Index<Slot>,
    /// Of a load in a session.
    shared: Option<Box<Shared>>,
}

/// The rows that the session has, and those of them that the load refers to.
#[derive(Debug)]
struct Shared {
    entity: EntityId,
    memory: Arc<Memory>,
    borrowed: Borrowed,
}

/// Which slots hold rows.
#[derive(Debug, Default)]
pub(crate) struct Known {
    slots: u32,
    /// Those that do not, sorted.
    gone: Vec<Slot>,
}

impl Known {
    /// The slots of rows that are there.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Slot> {
        (0..self.slots).map(Slot::from_u32).filter(|slot| self.gone.binary_search(slot).is_err())
    }
}

/// Why a cell could not be stored.
#[derive(Debug)]
pub(crate) enum StoreError {
    Cell {
        position: u16,
        /// In a box: every row's result has room for an error.
        error: Box<CellError>,
    },
    /// A row that belongs to no key that was sent.
    Stray,
    /// A row with the primary key of an earlier one of the same statement, which brings each row once.
    Twice,
    /// The same, and the cell's value is of another class than the keys: the column has another type by now.
    OtherType { position: u16 },
    /// More bytes in one column, or rows in one entity, than slots can address.
    Full,
}

impl StoreError {
    /// The error of a cell that cannot be read.
    #[cold]
    pub(crate) fn unread(position: u16, error: CellError) -> Self {
        Self::Cell { position, error: Box::new(error) }
    }
}

impl EntityStore {
    pub(crate) fn new(entity: &PlannedEntity) -> Self {
        Self { rows: 0, gone: Vec::new(), table: Table::new(entity), by_key: Index::default(), shared: None }
    }

    /// Has room made for so many rows when the first one comes: not at all where there are rows already.
    pub(crate) fn reserve_for(&mut self, rows: u64) {
        self.table.reserve_for(u32::try_from(rows).unwrap_or(u32::MAX));
    }

    /// From now on, rows that the session has are borrowed.
    pub(crate) fn share(&mut self, entity: EntityId, memory: &Arc<Memory>) {
        self.shared.get_or_insert_with(|| {
            Box::new(Shared { entity, memory: memory.clone(), borrowed: Borrowed::new(entity) })
        });
    }

    /// The rows once they are complete: the load's own, where the others are stored, and which there are.
    pub(crate) fn into_parts(mut self) -> (Table, Option<Borrowed>, Known) {
        let borrowed = self.shared.as_ref().map_or(0, |shared| shared.borrowed.rows());
        self.table.finish(self.rows - borrowed - self.gone.len() as u32);
        (self.table, self.shared.map(|shared| shared.borrowed), Known { slots: self.rows, gone: self.gone })
    }

    /// The slot of the row whose primary key stands at `identity`, and whether it is new. A row without an identity
    /// always is.
    #[inline]
    pub(crate) fn slot<C: Cells + ?Sized>(&mut self, cells: &C, identity: &[u16]) -> Result<Slot, StoreError> {
        if let ([position], Index::Integers(known)) = (identity, &self.by_key) {
            match cells.cell(usize::from(*position)) {
                Ok(ValueRef::Integer(key)) => match known.get(key) {
                    Some(slot) => return Ok(slot),
                    None => return self.add_integer(key),
                },
                Ok(_) => {}
                Err(error) => return Err(StoreError::unread(*position, error)),
            }
        }
        self.slot_of_any(cells, identity)
    }

    /// Whether every primary key so far is one integer.
    #[inline]
    pub(crate) fn has_integer_keys(&self) -> bool {
        matches!(self.by_key, Index::Integers(_))
    }

    /// The slot of the row whose primary key is that integer.
    #[inline]
    pub(crate) fn slot_of_integer(&self, key: i64) -> Option<Slot> {
        match &self.by_key {
            Index::Integers(known) => known.get(key),
            Index::Hashed(_) => None,
        }
    }

    /// A slot for a row whose primary key is one integer, and new.
    #[inline]
    fn add_integer(&mut self, key: i64) -> Result<Slot, StoreError> {
        if self.shared.is_some() {
            return self.add(|| std::iter::once(ValueRef::Integer(key)));
        }
        let slot = self.next()?;
        if let Index::Integers(keys) = &mut self.by_key {
            keys.insert(key, slot);
        }
        // It is at hand: nobody needs to read it again.
        self.table.fill_key(slot, ValueRef::Integer(key))?;
        Ok(slot)
    }

    fn slot_of_any<C: Cells + ?Sized>(&mut self, cells: &C, identity: &[u16]) -> Result<Slot, StoreError> {
        let mut known = !identity.is_empty();
        for position in identity {
            known &= !read(cells, *position)?.is_null();
        }
        if !known {
            return self.next();
        }
        let key = || identity.iter().filter_map(|position| cells.cell(usize::from(*position)).ok());
        match self.find(key) {
            Some(slot) => Ok(slot),
            None => self.add(key),
        }
    }

    /// A slot for a row with a primary key that is new; the session may have the row.
    fn add<'k, K>(&mut self, key: impl Fn() -> K) -> Result<Slot, StoreError>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        let slot = self.insert(&key)?;
        if let Some(shared) = &mut self.shared
            && let Some((source, at)) =
                shared.memory.row(shared.entity, hash_key(key()), |table, slot| table.has_key(slot, key()))
        {
            shared.borrowed.put(slot, &source, at);
        }
        Ok(slot)
    }

    /// The slot of a row that an earlier load has stored, with all its cells.
    pub(crate) fn borrow(&mut self, source: &Arc<Tables>, at: Slot) -> Result<Slot, StoreError> {
        let Some(entity) = self.shared.as_ref().map(|shared| shared.entity) else { return Err(StoreError::Stray) };
        let other = &source[entity.index()];
        let known = if other.identity(at).is_some() { self.find(|| other.key_of(at)) } else { None };
        if let Some(slot) = known {
            let (stored, place) = self.stored(slot);
            if stored.lacks(place, other, at) {
                self.own(slot)?;
                self.table.complete(slot, other, at)?;
            }
            return Ok(slot);
        }
        let slot = if other.identity(at).is_some() { self.insert(&|| other.key_of(at))? } else { self.next()? };
        self.shared.iter_mut().for_each(|shared| shared.borrowed.put(slot, source, at));
        Ok(slot)
    }

    /// The slot of the row with a primary key, whose columns are in their order, and where it is stored.
    pub(crate) fn row_of<'k, K>(&self, key: impl Fn() -> K) -> Option<(Slot, &Table, Slot)>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        let slot = self.find(key).filter(|slot| self.gone.binary_search(slot).is_err())?;
        let (table, at) = self.stored(slot);
        Some((slot, table, at))
    }

    /// Forgets a row of the load's own that has turned out not to be there. It keeps its slot.
    pub(crate) fn forget(&mut self, slot: Slot) {
        let own = self.shared.as_ref().is_none_or(|shared| shared.borrowed.stored(slot).is_none());
        // Two association tables can name the same row.
        if let Err(place) = self.gone.binary_search(&slot)
            && own
        {
            self.gone.insert(place, slot);
        }
    }

    /// Makes a row the load's own, so that cells can be added.
    fn own(&mut self, slot: Slot) -> Result<(), StoreError> {
        let Self { table, shared, .. } = self;
        shared.iter_mut().try_for_each(|shared| shared.borrowed.take(slot, table))
    }

    /// A slot for a row that is new.
    #[inline]
    fn next(&mut self) -> Result<Slot, StoreError> {
        let next = self.rows;
        if next == u32::MAX - 1 {
            return Err(StoreError::Full);
        }
        self.rows += 1;
        Ok(Slot::from_u32(next))
    }

    /// The slot of the row with a primary key.
    fn find<'k, K>(&self, key: impl Fn() -> K) -> Option<Slot>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        match &self.by_key {
            Index::Integers(integers) => match single(key())? {
                ValueRef::Integer(key) => integers.get(key),
                _ => None,
            },
            Index::Hashed(table) => {
                let same = |slot: &Slot| {
                    let (table, slot) = self.stored(*slot);
                    table.has_key(slot, key())
                };
                table.find(hash_key(key()), same).copied()
            }
        }
    }

    /// A slot for a row with a primary key that is new.
    fn insert<'k, K>(&mut self, key: &impl Fn() -> K) -> Result<Slot, StoreError>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        let next = self.next()?;
        let Self { table, by_key, shared, .. } = self;
        if let (Index::Integers(integers), Some(ValueRef::Integer(key))) = (&mut *by_key, single(key())) {
            integers.insert(key, next);
            return Ok(next);
        }
        let hash_integer = |key| hash_key(std::iter::once(ValueRef::Integer(key)));
        by_key.insert_hashed(hash_key(key()), next, hash_integer, |slot| {
            let (table, slot) = stored(table, shared, slot);
            table.identity(slot).unwrap_or_default()
        });
        Ok(next)
    }

    /// Stores cells of a row; those it already has are left alone.
    #[inline]
    pub(crate) fn fill<C: Cells + ?Sized>(
        &mut self,
        slot: Slot,
        cells: &C,
        what: &[(u16, ColumnId)],
    ) -> Result<(), StoreError> {
        if let Some(shared) = &self.shared
            && let Some((table, at)) = shared.borrowed.stored(slot)
        {
            if what.iter().all(|(_, column)| table.has(at, *column)) {
                return Ok(());
            }
            self.own(slot)?;
        }
        what.iter().try_for_each(|(position, column)| self.table.fill(slot, *column, || read(cells, *position)))
    }

    /// A cell; NULL where nothing was stored.
    pub(crate) fn get(&self, slot: Slot, column: ColumnId) -> ValueRef<'_> {
        let (table, slot) = self.stored(slot);
        table.get(slot, column)
    }

    /// Whether a cell was stored, NULL or not.
    pub(crate) fn has(&self, slot: Slot, column: ColumnId) -> bool {
        let (table, slot) = self.stored(slot);
        table.has(slot, column)
    }

    /// A cell, where it is an integer.
    #[inline]
    pub(crate) fn integer(&self, slot: Slot, column: ColumnId) -> Option<i64> {
        let (table, slot) = self.stored(slot);
        table.integer(slot, column)
    }

    /// The first of the primary keys, where those of the first so many rows are one column of consecutive integers.
    pub(crate) fn run(&self, column: ColumnId, rows: usize) -> Option<i64> {
        match &self.by_key {
            Index::Integers(keys) if self.table.is_key(column) && keys.len() as usize >= rows => keys.run(),
            _ => None,
        }
    }

    /// The cells of a column of the first so many rows, where each of them is an integer that the load itself has stored.
    pub(crate) fn integers(&self, column: ColumnId, rows: usize) -> Option<impl Iterator<Item = i64>> {
        if self.shared.is_some() {
            return None;
        }
        self.table.integers(column, rows)
    }

    /// A cell, where it is an integer of any class.
    #[inline]
    pub(crate) fn whole_number(&self, slot: Slot, column: ColumnId) -> Option<i128> {
        self.integer(slot, column).map(i128::from).or_else(|| match self.get(slot, column) {
            ValueRef::Integer(i) => Some(i.into()),
            ValueRef::Unsigned(u) => Some(u.into()),
            _ => None,
        })
    }

    /// Where a row is stored.
    #[inline]
    fn stored(&self, slot: Slot) -> (&Table, Slot) {
        stored(&self.table, &self.shared, slot)
    }
}

/// The only part of a key; `None` for one of several.
#[inline]
fn single<'k>(mut key: impl Iterator<Item = ValueRef<'k>>) -> Option<ValueRef<'k>> {
    key.next().filter(|_| key.next().is_none())
}

#[inline]
fn stored<'s>(own: &'s Table, shared: &'s Option<Box<Shared>>, slot: Slot) -> (&'s Table, Slot) {
    shared.as_ref().and_then(|shared| shared.borrowed.stored(slot)).unwrap_or((own, slot))
}

#[inline]
fn read<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::unread(position, error))
}

/// Hashes a primary key.
pub(crate) fn hash_key<'k>(key: impl Iterator<Item = ValueRef<'k>>) -> u64 {
    let mut hasher = FxHasher::default();
    key.for_each(|part| hash_value(part, &mut hasher));
    hasher.finish()
}

/// Whether two values are the same one. PostgreSQL has NaN as a key, which equals itself there.
#[inline]
pub(crate) fn same_value(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    match (a, b) {
        (ValueRef::Float(a), ValueRef::Float(b)) => bits(a) == bits(b),
        _ => a == b,
    }
}

/// What tells one float from another: there is one NaN.
#[inline]
fn bits(float: f64) -> u64 {
    if float.is_nan() { f64::NAN.to_bits() } else { float.to_bits() }
}

/// Hashes a value by its class and content.
pub(crate) fn hash_value(value: ValueRef<'_>, hasher: &mut FxHasher) {
    match value {
        ValueRef::Integer(i) => i.hash(hasher),
        ValueRef::Unsigned(u) => u.hash(hasher),
        ValueRef::Boolean(b) => i64::from(b).hash(hasher),
        ValueRef::Float(f) => bits(f).hash(hasher),
        ValueRef::Text(s) => s.hash(hasher),
        ValueRef::Bytes(b) => b.hash(hasher),
        _ => 0_u8.hash(hasher),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_primary_key_is_one_slot_and_null_is_never_merged() {
        let mut store = EntityStore { table: Table::of(1, &[0]), ..Default::default() };
        let what = [(0, ColumnId::new(0))];
        let mut add = |value: ValueRef<'_>| {
            let cells = [value];
            let slot = store.slot(&cells[..], &[0]).unwrap();
            store.fill(slot, &cells[..], &what).unwrap();
            slot
        };
        let first = add(ValueRef::Text("a"));
        assert_ne!(first, add(ValueRef::Text("A")));
        assert_ne!(add(ValueRef::Null), add(ValueRef::Null));
        assert_eq!(first, add(ValueRef::Text("a")));
        assert_eq!(store.rows, 4);
    }
}
