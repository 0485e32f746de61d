//! SQL text and its binds, written from left to right, and quoted names.

use eagerly_planner::graph::{ColumnDef, Entity};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;

/// A query in the making.
#[derive(Debug)]
pub(super) struct Sql {
    text: String,
    binds: Vec<Cell>,
}

impl Sql {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), binds: Vec::new() }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes `?` for a value.
    pub(super) fn bind(&mut self, value: Cell) {
        self.text.push('?');
        self.binds.push(value);
    }

    /// Runs the query.
    pub(super) fn rows(&self, connection: &Connection) -> Vec<Vec<Cell>> {
        let run = || -> rusqlite::Result<Vec<Vec<Cell>>> {
            let mut statement = connection.prepare(&self.text)?;
            let columns = statement.column_count();
            let rows = statement
                .query_map(rusqlite::params_from_iter(&self.binds), |row| (0..columns).map(|i| row.get(i)).collect())?;
            rows.collect()
        };
        run().unwrap_or_else(|error| panic!("{error}\nin {self:?}"))
    }
}

/// A quoted name. Columns are always qualified too, since SQLite reads an unknown `"name"` that stands alone as text.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The quoted table of an entity.
pub(super) fn table(entity: &Entity) -> String {
    let schema = entity.schema.as_ref().map(|schema| quote(schema) + ".").unwrap_or_default();
    schema + &quote(&entity.table)
}

/// `t0."name"`
pub(super) fn column(table: &str, depth: usize, column: &ColumnDef) -> String {
    format!("{table}{depth}.{}", quote(&column.name))
}
