//! Rows of one entity, each stored once: columns of typed values with null bits, text in one arena per column. Rows
//! are addressed by slot. A row without a primary key, or with NULL in it, is never merged with another. In a session,
//! rows that an earlier load has stored are borrowed from it.

mod borrowed;
mod column;
mod table;

use crate::cells::{CellError, Cells};
use crate::session::Memory;
use eagerly_planner::batch::PlannedEntity;
use eagerly_planner::ids::{ColumnId, EntityId};
use eagerly_planner::value::ValueRef;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub(crate) use borrowed::Borrowed;
pub(crate) use table::{Table, Tables};

/// "No row", where a slot or a local row number stands.
pub(crate) const NONE: u32 = u32::MAX;

/// The rows of one entity.
#[derive(Debug, Default)]
pub(crate) struct EntityStore {
    rows: u32,
    /// Rows that are not there, and only have a slot.
    gone: u32,
    table: Table,
    /// Slots by primary key.
    by_key: HashTable<u32>,
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

/// Why a cell could not be stored.
#[derive(Debug)]
pub(crate) enum StoreError {
    Cell {
        position: u16,
        error: CellError,
    },
    /// A row that belongs to no key that was sent.
    Stray,
    /// The same, and the cell's value is of another class than the keys: the column has another type by now.
    OtherType {
        position: u16,
    },
    /// More bytes in one column, or rows in one entity, than slots can address.
    Full,
}

impl EntityStore {
    pub(crate) fn new(entity: &PlannedEntity) -> Self {
        Self { rows: 0, gone: 0, table: Table::new(entity), by_key: HashTable::new(), shared: None }
    }

    /// From now on, rows that the session has are borrowed.
    pub(crate) fn share(&mut self, entity: EntityId, memory: &Arc<Memory>) {
        self.shared.get_or_insert_with(|| {
            Box::new(Shared { entity, memory: memory.clone(), borrowed: Borrowed::new(entity) })
        });
    }

    /// The rows once they are complete: the load's own, where the others are stored, and the slots of those that have a
    /// primary key.
    pub(crate) fn into_parts(mut self) -> (Table, Option<Borrowed>, HashTable<u32>) {
        let borrowed = self.shared.as_ref().map_or(0, |shared| shared.borrowed.rows());
        self.table.finish(self.rows - borrowed - self.gone);
        (self.table, self.shared.map(|shared| shared.borrowed), self.by_key)
    }

    /// The slot of the row whose primary key stands at `identity`, and whether it is new. A row without an identity
    /// always is.
    pub(crate) fn slot<C: Cells + ?Sized>(&mut self, cells: &C, identity: &[u16]) -> Result<u32, StoreError> {
        let mut hasher = FxHasher::default();
        let mut known = !identity.is_empty();
        for position in identity {
            let value = read(cells, *position)?;
            known &= !value.is_null();
            hash_value(value, &mut hasher);
        }
        if !known {
            return self.next();
        }
        let hash = hasher.finish();
        let same = |table: &Table, slot: u32| {
            let mut parts = table.key().iter().zip(identity);
            parts.all(|(column, p)| cells.cell(usize::from(*p)).ok() == Some(table.get(slot, *column)))
        };
        if let Some(slot) = self.find(hash, same) {
            return Ok(slot);
        }
        let slot = self.insert(hash)?;
        if let Some(shared) = &mut self.shared
            && let Some((source, at)) = shared.memory.row(shared.entity, hash, same)
        {
            shared.borrowed.put(slot, &source, at);
        }
        Ok(slot)
    }

    /// The slot of a row that an earlier load has stored, with all its cells.
    pub(crate) fn borrow(&mut self, source: &Arc<Tables>, at: u32) -> Result<u32, StoreError> {
        let Some(entity) = self.shared.as_ref().map(|shared| shared.entity) else { return Err(StoreError::Stray) };
        let other = &source[entity.index()];
        let Some(hash) = other.identity(at) else {
            let slot = self.next()?;
            self.shared.iter_mut().for_each(|shared| shared.borrowed.put(slot, source, at));
            return Ok(slot);
        };
        if let Some(slot) = self.find(hash, |table, slot| table.same_identity(slot, other, at)) {
            let (stored, place) = self.stored(slot);
            if stored.lacks(place, other, at) {
                self.own(slot)?;
                self.table.complete(slot, other, at)?;
            }
            return Ok(slot);
        }
        let slot = self.insert(hash)?;
        self.shared.iter_mut().for_each(|shared| shared.borrowed.put(slot, source, at));
        Ok(slot)
    }

    /// The slot of the row with a primary key, whose columns are in their order, and where it is stored.
    pub(crate) fn row_of<'k, K>(&self, key: impl Fn() -> K) -> Option<(u32, &Table, u32)>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        let slot =
            self.find(hash_key(key()), |table, slot| table.key_of(slot).zip(key()).all(|(own, part)| own == part))?;
        let (table, at) = self.stored(slot);
        Some((slot, table, at))
    }

    /// Forgets a row of the load's own that has turned out not to be there: its slot stays, and no key leads to it.
    pub(crate) fn forget(&mut self, slot: u32) {
        if self.shared.as_ref().is_some_and(|shared| shared.borrowed.stored(slot).is_some()) {
            return;
        }
        self.gone += 1;
        if let Some(hash) = self.table.identity(slot)
            && let Ok(known) = self.by_key.find_entry(hash, |known| *known == slot)
        {
            known.remove();
        }
    }

    /// Makes a row the load's own, so that cells can be added.
    fn own(&mut self, slot: u32) -> Result<(), StoreError> {
        let Self { table, shared, .. } = self;
        shared.iter_mut().try_for_each(|shared| shared.borrowed.take(slot, table))
    }

    /// A slot for a row that is new.
    fn next(&mut self) -> Result<u32, StoreError> {
        let next = self.rows;
        if next == NONE - 1 {
            return Err(StoreError::Full);
        }
        self.rows += 1;
        Ok(next)
    }

    /// The slot of a row whose primary key has that hash.
    #[inline]
    fn find(&self, hash: u64, same: impl Fn(&Table, u32) -> bool) -> Option<u32> {
        let same = |slot: &u32| {
            let (table, slot) = self.stored(*slot);
            same(table, slot)
        };
        self.by_key.find(hash, same).copied()
    }

    fn insert(&mut self, hash: u64) -> Result<u32, StoreError> {
        let next = self.next()?;
        let Self { table, by_key, shared, .. } = self;
        by_key.insert_unique(hash, next, |slot| {
            let (table, slot) = stored(table, shared, *slot);
            table.identity(slot).unwrap_or_default()
        });
        Ok(next)
    }

    /// Stores cells of a row; those it already has are left alone.
    pub(crate) fn fill<C: Cells + ?Sized>(
        &mut self,
        slot: u32,
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
        for (position, column) in what {
            let Some(column) = self.table.read_column(*column) else { continue };
            if !column.has(slot) {
                column.set(slot, read(cells, *position)?)?;
            }
        }
        Ok(())
    }

    /// A cell; NULL where nothing was stored.
    pub(crate) fn get(&self, slot: u32, column: ColumnId) -> ValueRef<'_> {
        let (table, slot) = self.stored(slot);
        table.get(slot, column)
    }

    /// Whether a cell was stored, NULL or not.
    pub(crate) fn has(&self, slot: u32, column: ColumnId) -> bool {
        let (table, slot) = self.stored(slot);
        table.has(slot, column)
    }

    /// Where a row is stored.
    fn stored(&self, slot: u32) -> (&Table, u32) {
        stored(&self.table, &self.shared, slot)
    }
}

#[inline]
fn stored<'s>(own: &'s Table, shared: &'s Option<Box<Shared>>, slot: u32) -> (&'s Table, u32) {
    shared.as_ref().and_then(|shared| shared.borrowed.stored(slot)).unwrap_or((own, slot))
}

fn read<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::Cell { position, error })
}

/// Hashes a primary key.
pub(crate) fn hash_key<'k>(key: impl Iterator<Item = ValueRef<'k>>) -> u64 {
    let mut hasher = FxHasher::default();
    key.for_each(|part| hash_value(part, &mut hasher));
    hasher.finish()
}

/// Hashes a value by its class and content.
pub(crate) fn hash_value(value: ValueRef<'_>, hasher: &mut FxHasher) {
    match value {
        ValueRef::Integer(i) => i.hash(hasher),
        ValueRef::Unsigned(u) => u.hash(hasher),
        ValueRef::Boolean(b) => i64::from(b).hash(hasher),
        ValueRef::Float(f) => f.to_bits().hash(hasher),
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
