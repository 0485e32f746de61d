//! The cells of one entity's rows, by slot.

use super::column::{Arenas, Column};
use super::ids::{Raw, Slot};
use super::{StoreError, hash_value, same_value};
use eagerly_planner::batch::PlannedEntity;
use eagerly_planner::ids::ColumnId;
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The rows of every entity, once they are complete; shared by the loads of a session.
pub(crate) type Tables = Vec<Table>;

/// The rows of one entity.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Rows that are stored here, once they are complete.
    rows: u32,
    columns: Vec<Option<Column>>,
    arenas: Arenas,
    /// The primary key's columns.
    key: Vec<ColumnId>,
}

impl Table {
    pub(super) fn new(entity: &PlannedEntity) -> Self {
        Self {
            rows: 0,
            columns: entity.columns.iter().map(|c| c.as_ref().map(|_| Column::default())).collect(),
            arenas: Arenas::default(),
            key: entity.primary_key.to_vec(),
        }
    }

    /// Has room made for so many rows when the first one comes.
    pub(super) fn reserve_for(&mut self, rows: u32) {
        self.columns.iter_mut().flatten().for_each(|column| column.reserve_for(rows));
        self.arenas.reserve_for(rows);
    }

    /// A table of one entity's columns, all of which are read.
    #[cfg(test)]
    pub(crate) fn of(columns: usize, key: &[usize]) -> Self {
        Self {
            rows: 0,
            columns: (0..columns).map(|_| Some(Column::default())).collect(),
            arenas: Arenas::default(),
            key: key.iter().map(|c| ColumnId::new(*c)).collect(),
        }
    }

    /// The number of rows, once they are complete.
    pub(crate) fn rows(&self) -> usize {
        self.rows as usize
    }

    /// All rows are there: room for those that did not come is given back.
    pub(super) fn finish(&mut self, rows: u32) {
        self.rows = rows;
        self.columns.iter_mut().flatten().for_each(Column::give_back);
        self.arenas.give_back();
    }

    fn column(&self, column: ColumnId) -> Option<&Column> {
        self.columns.get(column.index()).and_then(Option::as_ref)
    }

    /// A cell; NULL where nothing was stored.
    #[inline]
    pub(crate) fn get(&self, slot: Slot, column: ColumnId) -> ValueRef<'_> {
        self.column(column).map_or(ValueRef::Null, |c| c.get(slot.to_u32(), &self.arenas))
    }

    /// A cell, where it is an integer.
    #[inline]
    pub(crate) fn integer(&self, slot: Slot, column: ColumnId) -> Option<i64> {
        self.column(column)?.integer(slot.to_u32())
    }

    /// The cells of a column of the first so many rows, where each is an integer.
    pub(super) fn integers(&self, column: ColumnId, rows: usize) -> Option<impl Iterator<Item = i64>> {
        self.column(column)?.integers(rows)
    }

    /// Whether a cell was stored, NULL or not.
    pub(crate) fn has(&self, slot: Slot, column: ColumnId) -> bool {
        self.column(column).is_some_and(|c| c.has(slot.to_u32()))
    }

    /// Stores a cell that is read from elsewhere only if it is not there; not at all in a column that is not read.
    #[inline]
    pub(super) fn fill<'v>(
        &mut self,
        slot: Slot,
        column: ColumnId,
        value: impl FnOnce() -> Result<ValueRef<'v>, StoreError>,
    ) -> Result<(), StoreError> {
        match self.columns.get_mut(column.index()) {
            Some(Some(column)) if !column.has(slot.to_u32()) => match value() {
                Ok(ValueRef::Integer(i)) => column.set_integer(slot.to_u32(), i, &mut self.arenas),
                Ok(ValueRef::Text(text)) => column.set_text(slot.to_u32(), text, &mut self.arenas),
                Ok(other) => column.set(slot.to_u32(), other, &mut self.arenas),
                Err(error) => Err(error),
            },
            _ => Ok(()),
        }
    }

    /// The hash of a row's primary key; `None` without one, and with NULL in it.
    pub(crate) fn identity(&self, slot: Slot) -> Option<u64> {
        let mut hasher = FxHasher::default();
        for column in &self.key {
            let value = self.get(slot, *column);
            if value.is_null() {
                return None;
            }
            hash_value(value, &mut hasher);
        }
        (!self.key.is_empty()).then(|| hasher.finish())
    }

    /// Stores a primary key of one column.
    #[inline]
    pub(super) fn fill_key(&mut self, slot: Slot, key: ValueRef<'_>) -> Result<(), StoreError> {
        match self.key[..] {
            [column] => self.fill(slot, column, || Ok(key)),
            _ => Ok(()),
        }
    }

    /// Whether a column is the primary key.
    pub(super) fn is_key(&self, column: ColumnId) -> bool {
        self.key == [column]
    }

    /// A row's primary key.
    pub(crate) fn key_of(&self, slot: Slot) -> impl Iterator<Item = ValueRef<'_>> {
        self.key.iter().map(move |column| self.get(slot, *column))
    }

    /// Whether a row has a primary key, whose columns are in their order.
    pub(crate) fn has_key<'k>(&self, slot: Slot, key: impl Iterator<Item = ValueRef<'k>>) -> bool {
        self.key_of(slot).zip(key).all(|(own, part)| same_value(own, part))
    }

    /// Whether a row of another table of the entity has the same primary key.
    pub(crate) fn same_identity(&self, slot: Slot, other: &Self, at: Slot) -> bool {
        self.has_key(slot, other.key_of(at))
    }

    /// Whether a row of another table has a cell that a row of this one lacks.
    pub(super) fn lacks(&self, slot: Slot, other: &Self, at: Slot) -> bool {
        (0..other.columns.len()).map(ColumnId::new).any(|column| other.has(at, column) && !self.has(slot, column))
    }

    /// Copies the cells of a row of another table that a row of this one lacks.
    pub(super) fn complete(&mut self, slot: Slot, other: &Self, at: Slot) -> Result<(), StoreError> {
        if self.columns.len() < other.columns.len() {
            self.columns.resize_with(other.columns.len(), || None);
        }
        for (own, column) in self.columns.iter_mut().zip(&other.columns) {
            let Some(column) = column.as_ref().filter(|c| c.has(at.to_u32())) else { continue };
            let own = own.get_or_insert_default();
            if !own.has(slot.to_u32()) {
                own.set(slot.to_u32(), column.get(at.to_u32(), &other.arenas), &mut self.arenas)?;
            }
        }
        Ok(())
    }
}
