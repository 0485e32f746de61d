//! SQLite: values are bound, NULLs sort as wanted, and a `+` takes affinity and collation from a column.

use super::{Backend, Cell, Database, Piece, Place};
use rusqlite::Connection;
use rusqlite::types::Value;

/// A database of SQLite.
#[derive(Debug)]
pub struct Sqlite<'c>(pub &'c Connection);

impl Database for Sqlite<'_> {
    fn backend(&self) -> Backend {
        Backend::Sqlite
    }

    fn key(&self, source: Place<'_>, _: Place<'_>) -> String {
        format!("+{}", self.column(source))
    }

    fn text(&self, place: Place<'_>) -> String {
        format!("CAST({} AS TEXT) COLLATE BINARY", self.column(place))
    }

    fn text_key(&self, source: Place<'_>, _: Place<'_>) -> String {
        format!("+CAST({} AS TEXT)", self.column(source))
    }

    /// The `+` keeps SQLite 3.51 from turning EXISTS into a join: in 3.51.3 an OFFSET then counts the rows inside EXISTS,
    /// and earlier releases have other mistakes there.
    fn before_exists(&self) -> &'static str {
        "+"
    }

    fn rows(&self, query: &[Piece]) -> Vec<Vec<Cell>> {
        let run = || -> rusqlite::Result<Vec<Vec<Cell>>> {
            let (mut text, mut binds) = (String::new(), Vec::new());
            for piece in query {
                match piece {
                    Piece::Text(part) => text.push_str(part),
                    Piece::Value(cell) => {
                        text.push('?');
                        binds.push(bind(cell));
                    }
                }
            }
            let mut statement = self.0.prepare(&text)?;
            let columns = statement.column_count();
            let rows = statement.query_map(rusqlite::params_from_iter(&binds), |row| {
                (0..columns).map(|i| row.get(i).map(cell)).collect()
            })?;
            rows.collect()
        };
        run().unwrap_or_else(|error| panic!("{error}\nin {query:?}"))
    }
}

/// A value as it is bound; SQLite has no booleans.
fn bind(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Boolean(b) => Value::Integer(i64::from(*b)),
        // As SQLite reads a literal that no integer of its own can hold.
        Cell::Integer(n) => i64::try_from(*n).map_or_else(|_| Value::Real(*n as f64), Value::Integer),
        Cell::Float(x) => Value::Real(*x),
        Cell::Single(x) => Value::Real(f64::from(*x)),
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Bytes(bytes) => Value::Blob(bytes.clone()),
        Cell::Decimal(_) | Cell::Padded(_) | Cell::Moment(_) | Cell::Instant(_) => panic!("SQLite has no {cell:?}"),
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(n) => Cell::Integer(n.into()),
        Value::Real(x) => Cell::Float(x),
        Value::Text(text) => Cell::Text(text),
        Value::Blob(bytes) => Cell::Bytes(bytes),
    }
}
