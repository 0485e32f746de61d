//! One column of stored rows: typed values with null bits, text in an arena.

use super::StoreError;
use eagerly_planner::value::ValueRef;

/// One column: values of one class, or of several in a database that allows it.
#[derive(Debug, Default)]
pub(crate) struct Column {
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
    pub(crate) fn has(&self, slot: u32) -> bool {
        self.present.get(slot)
    }

    pub(crate) fn set(&mut self, slot: u32, value: ValueRef<'_>) -> Result<(), StoreError> {
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

    pub(crate) fn get(&self, slot: u32) -> ValueRef<'_> {
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
}
