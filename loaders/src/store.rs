//! Rows of one entity, each stored once: columns of typed values with null bits, text in one arena per column. Rows
//! are addressed by slot. A row without a primary key, or with NULL in it, is never merged with another.

use crate::cells::{CellError, Cells};
use eagerly_planner::batch::PlannedEntity;
use eagerly_planner::ids::ColumnId;
use eagerly_planner::value::ValueRef;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// "No row", where a slot or a local row number stands.
pub(crate) const NONE: u32 = u32::MAX;

/// The rows of one entity.
#[derive(Debug, Default)]
pub(crate) struct EntityStore {
    rows: u32,
    columns: Vec<Option<Column>>,
    /// The primary key's columns.
    key: Vec<usize>,
    /// Slots by primary key.
    by_key: HashTable<u32>,
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
        Self {
            rows: 0,
            columns: entity.columns.iter().map(|c| c.as_ref().map(|_| Column::default())).collect(),
            key: entity.primary_key.iter().map(|c| c.index()).collect(),
            by_key: HashTable::new(),
        }
    }

    pub(crate) fn rows(&self) -> u32 {
        self.rows
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
        if self.rows == NONE - 1 {
            return Err(StoreError::Full);
        }
        let next = self.rows;
        if !known {
            self.rows += 1;
            return Ok(next);
        }
        let hash = hasher.finish();
        let (columns, key) = (&self.columns, &self.key);
        let get = |slot: u32, column: usize| columns.get(column).and_then(Option::as_ref).map(|c| c.get(slot));
        let same = |slot: &u32| {
            let mut parts = key.iter().zip(identity);
            parts.all(|(column, p)| cells.cell(usize::from(*p)).ok() == get(*slot, *column))
        };
        if let Some(slot) = self.by_key.find(hash, same) {
            return Ok(*slot);
        }
        self.rows += 1;
        self.by_key.insert_unique(hash, next, |slot| {
            let mut hasher = FxHasher::default();
            for column in key {
                hash_value(get(*slot, *column).unwrap_or(ValueRef::Null), &mut hasher);
            }
            hasher.finish()
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
        for (position, column) in what {
            let Some(Some(column)) = self.columns.get_mut(column.index()) else { continue };
            if !column.has(slot) {
                column.set(slot, read(cells, *position)?)?;
            }
        }
        Ok(())
    }

    /// A cell; NULL where nothing was stored.
    pub(crate) fn get(&self, slot: u32, column: ColumnId) -> ValueRef<'_> {
        self.columns.get(column.index()).and_then(Option::as_ref).map_or(ValueRef::Null, |c| c.get(slot))
    }
}

fn read<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::Cell { position, error })
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

/// One column: values of one class, or of several in a database that allows it.
#[derive(Debug, Default)]
struct Column {
    data: Data,
    /// Rows that have a cell here, NULL or not.
    present: Bits,
    nulls: Bits,
    arena: Vec<u8>,
}

#[derive(Debug, Default)]
enum Data {
    #[default]
    Empty,
    Integer(Vec<i64>),
    Float(Vec<f64>),
    Text(Vec<Span>),
    Mixed(Vec<Cell>),
}

/// Bytes of the column's arena.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    length: u32,
}

#[derive(Clone, Copy, Debug, Default)]
enum Cell {
    #[default]
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(Span),
    Bytes(Span),
}

impl Column {
    fn has(&self, slot: u32) -> bool {
        self.present.get(slot)
    }

    fn set(&mut self, slot: u32, value: ValueRef<'_>) -> Result<(), StoreError> {
        self.present.set(slot);
        if value.is_null() {
            self.nulls.set(slot);
            return Ok(());
        }
        let index = slot as usize;
        match (&mut self.data, value) {
            (Data::Integer(values), ValueRef::Integer(i)) => put(values, index, i),
            (Data::Float(values), ValueRef::Float(f)) => put(values, index, f),
            (Data::Text(spans), ValueRef::Text(s)) => put(spans, index, append(&mut self.arena, s.as_bytes())?),
            (Data::Mixed(cells), value) => put(cells, index, cell(&mut self.arena, value)?),
            (Data::Empty, _) => {
                self.data = match value {
                    ValueRef::Integer(_) => Data::Integer(Vec::new()),
                    ValueRef::Float(_) => Data::Float(Vec::new()),
                    ValueRef::Text(_) => Data::Text(Vec::new()),
                    _ => Data::Mixed(Vec::new()),
                };
                return self.set(slot, value);
            }
            _ => {
                self.data = Data::Mixed(self.data.mixed());
                return self.set(slot, value);
            }
        }
        Ok(())
    }

    fn get(&self, slot: u32) -> ValueRef<'_> {
        if !self.present.get(slot) || self.nulls.get(slot) {
            return ValueRef::Null;
        }
        let index = slot as usize;
        match &self.data {
            Data::Empty => ValueRef::Null,
            Data::Integer(values) => values.get(index).map_or(ValueRef::Null, |i| ValueRef::Integer(*i)),
            Data::Float(values) => values.get(index).map_or(ValueRef::Null, |f| ValueRef::Float(*f)),
            Data::Text(spans) => spans.get(index).map_or(ValueRef::Null, |s| self.text(*s)),
            Data::Mixed(cells) => match cells.get(index).copied().unwrap_or_default() {
                Cell::Null => ValueRef::Null,
                Cell::Boolean(b) => ValueRef::Boolean(b),
                Cell::Integer(i) => ValueRef::Integer(i),
                Cell::Unsigned(u) => ValueRef::Unsigned(u),
                Cell::Float(f) => ValueRef::Float(f),
                Cell::Text(span) => self.text(span),
                Cell::Bytes(span) => ValueRef::Bytes(self.bytes(span)),
            },
        }
    }

    fn bytes(&self, Span { start, length }: Span) -> &[u8] {
        self.arena.get(start as usize..start as usize + length as usize).unwrap_or_default()
    }

    fn text(&self, span: Span) -> ValueRef<'_> {
        // The arena got these bytes from a `&str`; the check is cheap beside the copy that brought them here.
        ValueRef::Text(std::str::from_utf8(self.bytes(span)).unwrap_or_default())
    }
}

impl Data {
    /// The same values, each with its class.
    fn mixed(&mut self) -> Vec<Cell> {
        match std::mem::take(self) {
            Self::Empty => Vec::new(),
            Self::Integer(values) => values.into_iter().map(Cell::Integer).collect(),
            Self::Float(values) => values.into_iter().map(Cell::Float).collect(),
            Self::Text(spans) => spans.into_iter().map(Cell::Text).collect(),
            Self::Mixed(cells) => cells,
        }
    }
}

/// Puts a value at its row; rows between get a placeholder, which the null and presence bits hide.
fn put<T: Copy + Default>(values: &mut Vec<T>, index: usize, value: T) {
    if index == values.len() {
        values.push(value);
    } else {
        if index > values.len() {
            values.resize(index + 1, T::default());
        }
        values[index] = value;
    }
}

fn append(arena: &mut Vec<u8>, bytes: &[u8]) -> Result<Span, StoreError> {
    let start = u32::try_from(arena.len()).map_err(|_| StoreError::Full)?;
    let length = u32::try_from(bytes.len()).map_err(|_| StoreError::Full)?;
    arena.extend_from_slice(bytes);
    Ok(Span { start, length })
}

fn cell(arena: &mut Vec<u8>, value: ValueRef<'_>) -> Result<Cell, StoreError> {
    Ok(match value {
        ValueRef::Boolean(b) => Cell::Boolean(b),
        ValueRef::Integer(i) => Cell::Integer(i),
        ValueRef::Unsigned(u) => Cell::Unsigned(u),
        ValueRef::Float(f) => Cell::Float(f),
        ValueRef::Text(s) => Cell::Text(append(arena, s.as_bytes())?),
        ValueRef::Bytes(b) => Cell::Bytes(append(arena, b)?),
        _ => Cell::Null,
    })
}

/// A set of row numbers.
#[derive(Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn get(&self, index: u32) -> bool {
        self.0.get(index as usize / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    fn set(&mut self, index: u32) {
        let word = index as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (index % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_keeps_every_class_and_null() {
        let mut column = Column::default();
        let values = [
            ValueRef::Null,
            ValueRef::Integer(-1),
            ValueRef::Unsigned(u64::MAX),
            ValueRef::Text("é"),
            ValueRef::Bytes(&[0, 255]),
            ValueRef::Float(0.5),
            ValueRef::Boolean(true),
        ];
        // Out of order, with a gap at slot 7.
        for (slot, value) in values.iter().enumerate().rev() {
            column.set(slot as u32, *value).unwrap();
        }
        column.set(8, ValueRef::Text("")).unwrap();
        for (slot, value) in values.iter().enumerate() {
            assert_eq!(column.get(slot as u32), *value);
        }
        assert!(!column.has(7));
        assert_eq!(column.get(7), ValueRef::Null);
        assert_eq!(column.get(8), ValueRef::Text(""));
    }

    #[test]
    fn one_primary_key_is_one_slot_and_null_is_never_merged() {
        let mut store = EntityStore { columns: vec![Some(Column::default())], key: vec![0], ..Default::default() };
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
        assert_eq!(store.rows(), 4);
    }
}
