//! Columns of tables, virtual tables and views.

use super::affinity::column_type;
use super::{Kind, Listed, name, pragma};
use eagerly::graph::{ColumnDef, ColumnType};
use rusqlite::{Connection, Result};
use std::ffi::CStr;

/// A row of `PRAGMA table_xinfo`.
pub(super) struct Column {
    name: String,
    declared: String,
    not_null: bool,
    /// Its place in the primary key, from 1; 0 if it is no part of it.
    key_place: i64,
    generated: bool,
}

/// The columns that `SELECT *` returns and the generated ones; the hidden ones of virtual tables are no data.
pub(super) fn read(connection: &Connection, table: &str) -> Result<Vec<Column>> {
    let columns = pragma(connection, "table_xinfo", Some(table), |row| {
        let hidden: i64 = row.get(6)?;
        let column = Column {
            name: row.get(1)?,
            // A type is compared with words that are ASCII.
            declared: name(row, 2)?.0,
            not_null: row.get(3)?,
            key_place: row.get(5)?,
            generated: matches!(hidden, 2 | 3),
        };
        Ok((hidden != 1).then_some(column))
    })?;
    Ok(columns.into_iter().flatten().collect())
}

/// The primary key's columns, in key order.
pub(super) fn primary_key(columns: &[Column]) -> Vec<String> {
    let mut key: Vec<&Column> = columns.iter().filter(|c| c.key_place > 0).collect();
    key.sort_by_key(|c| c.key_place);
    key.into_iter().map(|c| c.name.clone()).collect()
}

/// What the columns are. SQLite marks the key columns of WITHOUT ROWID and STRICT tables NOT NULL itself; in other
/// tables they can be NULL, but for a rowid alias, which the caller knows.
pub(super) fn definitions(connection: &Connection, table: &Listed, columns: &[Column]) -> Result<Vec<ColumnDef>> {
    if table.kind == Kind::View {
        return of_view(connection, &table.name, columns);
    }
    columns
        .iter()
        .map(|column| {
            let ty = column_type(&column.declared, table.strict);
            let (_, collation, ..) = connection.column_metadata(Some("main"), &table.name, &column.name)?;
            definition(column, ty, collation.as_ref())
        })
        .collect()
}

/// The collation of a column that is not known to compare by bytes.
const UNKNOWN: &str = "unknown";

/// A view's column is as its table's where it shows one. An expression has no declared type, whatever `table_xinfo`
/// makes up for its affinity.
///
/// What text in it compares like cannot be asked: of a compound SELECT, SQLite names the last member's column and
/// compares as the first's. So a view's text has a collation always, if need be an unknown one.
fn of_view(connection: &Connection, view: &str, columns: &[Column]) -> Result<Vec<ColumnDef>> {
    let statement = connection.prepare(&format!("SELECT * FROM main.\"{}\"", view.replace('"', "\"\"")))?;
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            // A table function's column has an origin about which SQLite knows nothing more: an error, and no origin.
            let Some((_, _, _, Some(declared), collation, ..)) = statement.column_metadata(index).ok().flatten() else {
                return definition(column, ColumnType::Untyped, None::<&&CStr>);
            };
            if declared.to_bytes() != column.declared.as_bytes() {
                return definition(column, ColumnType::Untyped, None::<&&CStr>);
            }
            let mut def = definition(column, column_type(&column.declared, false), collation.as_ref())?;
            if def.ty == ColumnType::Text {
                def.collation.get_or_insert_with(|| UNKNOWN.to_owned());
            }
            Ok(def)
        })
        .collect()
}

/// Since rusqlite 0.43 the collation is one of its own, and was borrowed before.
fn definition(column: &Column, ty: ColumnType, collation: Option<&impl AsRef<CStr>>) -> Result<ColumnDef> {
    let mut def = ColumnDef::new(&column.name, ty);
    def.nullable = !column.not_null;
    def.generated = column.generated;
    let collation = collation.map(|name| name.as_ref().to_str()).transpose()?;
    def.collation = collation.and_then(collation_name);
    Ok(def)
}

/// The collation's name, the built-in ones in upper case; BINARY is the default and has none.
fn collation_name(declared: &str) -> Option<String> {
    let built_in = ["BINARY", "NOCASE", "RTRIM"].into_iter().find(|name| name.eq_ignore_ascii_case(declared));
    let name = built_in.unwrap_or(declared);
    (name != "BINARY").then(|| name.to_owned())
}
