//! The tests' own reading of a server's catalog: what names, directions and the oracle depend on, and no more. It shares
//! no line with the drivers, whose reading it checks.

mod mysql;
mod postgres;

use eagerly_planner::graph::{CatalogTable, ForeignKey, UniqueDef};
pub use mysql::mysql;
pub use postgres::postgres;

/// A key of a table: its kind, its columns, and what it references.
struct Key {
    kind: char,
    columns: Vec<String>,
    target: Option<(String, Vec<String>)>,
}

impl Key {
    fn add_to(self, table: &mut CatalogTable) {
        let Self { kind, columns, target } = self;
        match target {
            Some((target, target_columns)) => {
                table.foreign_keys.push(ForeignKey {
                    columns,
                    target,
                    target_schema: None,
                    target_columns,
                    on_delete: None,
                });
            }
            None if kind == 'p' => table.primary_key = columns,
            None => table.unique_keys.push(UniqueDef::new(columns, kind == 'u')),
        }
    }
}

/// A list of names, each on a line.
fn names(lines: Option<&String>) -> Vec<String> {
    lines.map(|lines| lines.lines().map(str::to_owned).collect()).unwrap_or_default()
}
