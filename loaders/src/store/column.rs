//! One column of stored rows: typed values with null bits; text and bytes are in the arenas of its table.

use super::StoreError;
use super::arena::{Arena, Span};
use super::bits::Bits;
use super::segments::Segments;
use eagerly_planner::value::{BigUnsigned, ValueRef};

/// The text and the bytes of a table.
#[derive(Debug, Default)]
pub(crate) struct Arenas {
    text: Arena<String>,
    bytes: Arena<Vec<u8>>,
}

impl Arenas {
    /// Has room made for so many rows when the first one comes.
    pub(super) fn reserve_for(&mut self, rows: u32) {
        self.text.reserve_for(rows);
        self.bytes.reserve_for(rows);
    }

    /// Gives back room that is not needed.
    pub(super) fn give_back(&mut self) {
        self.text.give_back();
        self.bytes.give_back();
    }
}

/// One column: values of one class, or of several in a database that allows it.
#[derive(Debug, Default)]
pub(crate) struct Column {
    data: Data,
    /// Rows that will come, as far as is known.
    expected: u32,
    /// Rows up to the last one that has a cell.
    rows: u32,
    /// Rows that have a cell, NULL or not, once one before the last has none.
    present: Option<Bits>,
    nulls: Bits,
}

#[derive(Debug, Default)]
enum Data {
    /// NULLs alone so far, or nothing.
    #[default]
    Empty,
    Integer(Segments<i64>),
    Float(Segments<f64>),
    Boolean(Segments<bool>),
    Text(Segments<Span>),
    Bytes(Segments<Span>),
    Mixed(Segments<Cell>),
}

#[derive(Clone, Copy, Debug, Default)]
enum Cell {
    #[default]
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(BigUnsigned),
    Float(f64),
    Text(Span),
    Bytes(Span),
}

impl Column {
    /// Has room made for so many rows when the first one comes.
    pub(crate) fn reserve_for(&mut self, rows: u32) {
        self.expected = self.expected.max(rows);
    }

    /// Gives back room that is not needed.
    pub(crate) fn give_back(&mut self) {
        match &mut self.data {
            Data::Empty => {}
            Data::Integer(values) => values.give_back(),
            Data::Float(values) => values.give_back(),
            Data::Boolean(values) => values.give_back(),
            Data::Text(spans) | Data::Bytes(spans) => spans.give_back(),
            Data::Mixed(cells) => cells.give_back(),
        }
    }

    #[inline]
    pub(crate) fn has(&self, slot: u32) -> bool {
        match &self.present {
            None => slot < self.rows,
            Some(present) => present.get(slot),
        }
    }

    /// Sets an integer, as [`Self::set`] does.
    #[inline]
    pub(crate) fn set_integer(&mut self, slot: u32, value: i64, arenas: &mut Arenas) -> Result<(), StoreError> {
        match &mut self.data {
            Data::Integer(values) if slot == self.rows && self.present.is_none() => values.push(value),
            _ => return self.set(slot, ValueRef::Integer(value), arenas),
        }
        self.rows += 1;
        Ok(())
    }

    /// Sets a text, as [`Self::set`] does.
    #[inline]
    pub(crate) fn set_text(&mut self, slot: u32, value: &str, arenas: &mut Arenas) -> Result<(), StoreError> {
        match &mut self.data {
            Data::Text(spans) if slot == self.rows && self.present.is_none() => {
                spans.push(arenas.text.add(value).ok_or(StoreError::Full)?);
            }
            _ => return self.set(slot, ValueRef::Text(value), arenas),
        }
        self.rows += 1;
        Ok(())
    }

    /// Sets a cell, in any order.
    pub(crate) fn set(&mut self, slot: u32, value: ValueRef<'_>, arenas: &mut Arenas) -> Result<(), StoreError> {
        let index = slot as usize;
        if slot > self.rows && self.present.is_none() {
            self.present = Some(Bits::below(self.rows as usize));
        }
        self.present.iter_mut().for_each(|present| present.set(slot));
        self.rows = self.rows.max(slot + 1);
        if value.is_null() {
            self.nulls.set(slot);
        }
        match (&mut self.data, value) {
            (Data::Empty, ValueRef::Null) => {}
            (Data::Integer(values), ValueRef::Null) => put(values, index, 0),
            (Data::Float(values), ValueRef::Null) => put(values, index, 0.0),
            (Data::Boolean(values), ValueRef::Null) => put(values, index, false),
            (Data::Text(spans) | Data::Bytes(spans), ValueRef::Null) => put(spans, index, Span::default()),
            (Data::Integer(values), ValueRef::Integer(i)) => put(values, index, i),
            (Data::Float(values), ValueRef::Float(f)) => put(values, index, f),
            (Data::Boolean(values), ValueRef::Boolean(b)) => put(values, index, b),
            (Data::Text(spans), ValueRef::Text(s)) => {
                put(spans, index, arenas.text.add(s).ok_or(StoreError::Full)?);
            }
            (Data::Bytes(spans), ValueRef::Bytes(b)) => {
                put(spans, index, arenas.bytes.add(b).ok_or(StoreError::Full)?);
            }
            (Data::Mixed(cells), value) => put(cells, index, cell(arenas, value).ok_or(StoreError::Full)?),
            (Data::Empty, _) => {
                self.data = match value {
                    ValueRef::Integer(_) => Data::Integer(Segments::expecting(self.expected)),
                    ValueRef::Float(_) => Data::Float(Segments::expecting(self.expected)),
                    ValueRef::Boolean(_) => Data::Boolean(Segments::expecting(self.expected)),
                    ValueRef::Text(_) => Data::Text(Segments::expecting(self.expected)),
                    ValueRef::Bytes(_) => Data::Bytes(Segments::expecting(self.expected)),
                    _ => Data::Mixed(Segments::expecting(self.expected)),
                };
                return self.set(slot, value, arenas);
            }
            _ => {
                self.data = Data::Mixed(std::mem::take(&mut self.data).mixed());
                return self.set(slot, value, arenas);
            }
        }
        Ok(())
    }

    #[inline]
    pub(crate) fn get<'a>(&self, slot: u32, arenas: &'a Arenas) -> ValueRef<'a> {
        if self.nulls.get(slot) || !self.has(slot) {
            return ValueRef::Null;
        }
        let index = slot as usize;
        let value = match &self.data {
            Data::Empty => None,
            Data::Integer(values) => values.get(index).map(ValueRef::Integer),
            Data::Float(values) => values.get(index).map(ValueRef::Float),
            Data::Boolean(values) => values.get(index).map(ValueRef::Boolean),
            Data::Text(spans) => spans.get(index).and_then(|s| arenas.text.get(s)).map(ValueRef::Text),
            Data::Bytes(spans) => spans.get(index).and_then(|s| arenas.bytes.get(s)).map(ValueRef::Bytes),
            Data::Mixed(cells) => cells.get(index).and_then(|cell| cell.value(arenas)),
        };
        value.unwrap_or(ValueRef::Null)
    }

    /// Whether each cell is an integer.
    pub(crate) fn has_integers_alone(&self) -> bool {
        matches!(self.data, Data::Integer(_)) && self.nulls.is_empty()
    }

    /// The cells of the first so many rows, where each is an integer.
    pub(crate) fn integers(&self, rows: usize) -> Option<impl Iterator<Item = i64>> {
        match &self.data {
            Data::Integer(values) if self.present.is_none() && self.nulls.is_empty() && values.len() >= rows => {
                Some(values.iter().take(rows))
            }
            _ => None,
        }
    }

    /// The cell of a row, where it is an integer.
    #[inline]
    pub(crate) fn integer(&self, slot: u32) -> Option<i64> {
        match &self.data {
            Data::Integer(values) if !self.nulls.get(slot) && self.has(slot) => values.get(slot as usize),
            _ => None,
        }
    }
}

impl Cell {
    fn value(self, arenas: &Arenas) -> Option<ValueRef<'_>> {
        Some(match self {
            Self::Null => ValueRef::Null,
            Self::Boolean(b) => ValueRef::Boolean(b),
            Self::Integer(i) => ValueRef::Integer(i),
            Self::Unsigned(u) => ValueRef::Unsigned(u),
            Self::Float(f) => ValueRef::Float(f),
            Self::Text(span) => ValueRef::Text(arenas.text.get(span)?),
            Self::Bytes(span) => ValueRef::Bytes(arenas.bytes.get(span)?),
        })
    }
}

impl Data {
    /// The same values, each with its class.
    fn mixed(self) -> Segments<Cell> {
        fn each<T: Copy + Default>(values: &Segments<T>, class: impl Fn(T) -> Cell) -> Segments<Cell> {
            let mut cells = Segments::default();
            values.iter().for_each(|value| cells.push(class(value)));
            cells
        }
        match self {
            Self::Empty => Segments::default(),
            Self::Integer(values) => each(&values, Cell::Integer),
            Self::Float(values) => each(&values, Cell::Float),
            Self::Boolean(values) => each(&values, Cell::Boolean),
            Self::Text(spans) => each(&spans, Cell::Text),
            Self::Bytes(spans) => each(&spans, Cell::Bytes),
            Self::Mixed(cells) => cells,
        }
    }
}

/// Puts a value at its row; rows between get a placeholder, which the null and presence bits hide.
fn put<T: Copy + Default>(values: &mut Segments<T>, index: usize, value: T) {
    if index < values.len() {
        values.set(index, value);
    } else {
        values.resize(index);
        values.push(value);
    }
}

fn cell(arenas: &mut Arenas, value: ValueRef<'_>) -> Option<Cell> {
    Some(match value {
        ValueRef::Boolean(b) => Cell::Boolean(b),
        ValueRef::Integer(i) => Cell::Integer(i),
        ValueRef::Unsigned(u) => Cell::Unsigned(u),
        ValueRef::Float(f) => Cell::Float(f),
        ValueRef::Text(s) => Cell::Text(arenas.text.add(s)?),
        ValueRef::Bytes(b) => Cell::Bytes(arenas.bytes.add(b)?),
        _ => Cell::Null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [ValueRef<'_>; 7] = [
        ValueRef::Null,
        ValueRef::Integer(-1),
        ValueRef::Unsigned(BigUnsigned::new(u64::MAX).unwrap()),
        ValueRef::Text("é"),
        ValueRef::Bytes(&[0, 255]),
        ValueRef::Float(0.5),
        ValueRef::Boolean(true),
    ];

    #[test]
    fn a_column_keeps_every_class_and_null() {
        let (mut column, mut arenas) = (Column::default(), Arenas::default());
        // Out of order, with a gap at slot 7.
        for (slot, value) in VALUES.iter().enumerate().rev() {
            column.set(slot as u32, *value, &mut arenas).unwrap();
        }
        column.set(8, ValueRef::Text(""), &mut arenas).unwrap();
        for (slot, value) in VALUES.iter().enumerate() {
            assert_eq!(column.get(slot as u32, &arenas), *value);
        }
        assert!(!column.has(7) && !column.has(9));
        assert_eq!(column.get(7, &arenas), ValueRef::Null);
        assert_eq!(column.get(8, &arenas), ValueRef::Text(""));
    }

    #[test]
    fn a_column_of_one_class_keeps_nulls_and_gaps() {
        for class in VALUES {
            let (mut column, mut arenas) = (Column::default(), Arenas::default());
            let cells = [(0, ValueRef::Null), (1, class), (2, ValueRef::Null), (3, class), (9, class), (5, class)];
            for (slot, value) in cells {
                assert!(!column.has(slot));
                column.set(slot, value, &mut arenas).unwrap();
            }
            for slot in 0..11 {
                let stored = cells.iter().find(|(at, _)| *at == slot).map(|(_, value)| *value);
                assert_eq!(column.has(slot), stored.is_some());
                assert_eq!(column.get(slot, &arenas), stored.unwrap_or(ValueRef::Null));
            }
        }
    }

    #[test]
    fn integers_are_read_at_once_where_each_cell_is_one() {
        let column = |cells: &[(u32, ValueRef<'_>)]| {
            let (mut column, mut arenas) = (Column::default(), Arenas::default());
            cells.iter().for_each(|(slot, value)| column.set(*slot, *value, &mut arenas).unwrap());
            column
        };
        let [three, null, text] = [ValueRef::Integer(3), ValueRef::Null, ValueRef::Text("3")];
        let all = column(&[(0, three), (1, three), (2, ValueRef::Integer(4))]);
        assert!(all.integers(2).unwrap().eq([3, 3]) && all.integers(3).unwrap().eq([3, 3, 4]));
        assert!(all.integers(4).is_none());
        for other in [null, text] {
            assert!(column(&[(0, three), (1, three), (2, other)]).integers(2).is_none());
        }
        assert!(column(&[(0, three), (2, three)]).integers(2).is_none());
    }
}
