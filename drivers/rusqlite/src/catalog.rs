//! SQLite's catalog becomes a [`Catalog`]: tables, virtual tables and views of the schema `main`, with everything that
//! names and equality depend on.
//!
//! It asks SQLite (`PRAGMA`s, and `sqlite3_table_column_metadata` for a column's collation) and never reads the text of
//! a `CREATE` statement. The `PRAGMA` statements are used rather than the table functions of the same names, since a
//! table called `pragma_table_xinfo` would hide those. All is read in one transaction, so that it is one state of the
//! schema.
//!
//! What `ANALYZE` has counted is read with it, by one more query and only where there is any.
//!
//! sea-schema-sync 0.18.1 was read and not used. It gives no views, no collations, no order of the columns in a primary
//! key and no affinities, does not tell virtual, shadow, STRICT and WITHOUT ROWID tables from others, fails on a name
//! with a quote, and panics on a foreign key without target columns, on an index on an expression and on broken text.
//!
//! Attached databases and temporary tables are not read. A host's connection can have them: they never hide a table of
//! `main`, since every statement names its schema, and a foreign key cannot leave its database. A graph file that asks for
//! such a schema over the catalog is refused.
//!
//! Left out: SQLite's own `sqlite_` tables and shadow tables of virtual tables. Told as unreadable: every view or virtual
//! table that SQLite itself cannot read here (a view on a table that is gone, a module that is not loaded), which could
//! not be queried, and tables with a name in them that is not UTF-8, which no statement of ours can hold.

mod affinity;
mod columns;
mod keys;
mod statistics;
#[cfg(test)]
mod tests;

use crate::error::{database_error, is_not_utf8, message, result_code};
use crate::within::held;
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::graph::{Catalog, CatalogTable, Unreadable};
use keys::DeclaredKey;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, ffi};
use std::borrow::Cow;

/// What a row of `PRAGMA table_list` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Table,
    Virtual,
    View,
}

/// A row of `PRAGMA table_list`.
struct Listed {
    name: String,
    /// Whether the name was text that is not UTF-8, and stands here with marks in its place.
    broken: bool,
    kind: Kind,
    rowid: bool,
    strict: bool,
}

/// Reads the catalog of the schema `main`: tables and views by name.
///
/// # Errors
/// What SQLite refuses: a schema that is corrupt or locked; a linked SQLite older than 3.37.
///
/// ```
/// let connection = rusqlite::Connection::open_in_memory().unwrap();
/// connection.execute_batch("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT)").unwrap();
/// let catalog = eagerly_rusqlite::catalog(&connection)?;
/// assert_eq!(catalog.tables[0].primary_key, ["id"]);
/// # Ok::<(), eagerly::error::Errors>(())
/// ```
pub fn catalog(connection: &Connection) -> Result<Catalog> {
    if rusqlite::version_number() < 3_037_000 {
        let message = format!("SQLite {} is too old to be asked for its tables", rusqlite::version());
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("link SQLite 3.37 or newer, or build with the feature `bundled`")
            .into());
    }
    let failed = |error: rusqlite::Error| database_error(error, "cannot read the catalog");
    // The host may be in a transaction of its own, and that is one state too.
    let transaction = connection
        .is_autocommit()
        .then(|| Transaction::new_unchecked(connection, TransactionBehavior::Deferred))
        .transpose()
        .map_err(failed)?;
    // Whoever interrupts this interrupts all of it, between two tables too.
    let mut held = held(connection).map_err(failed)?;
    let mut under_way = held.raw_query();
    under_way.next().map_err(failed)?;
    let listed = list(connection).map_err(failed)?;
    let hiding = hiding(connection);
    let counted = statistics::counted(connection).map_err(failed)?;
    let (mut tables, mut foreign_keys, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    for table in &listed {
        let left_out = |why: String| Unreadable::new(&table.name, table.kind == Kind::View, why);
        if table.broken {
            unreadable.push(left_out("its name is not UTF-8".to_owned()).help(RENAME));
            continue;
        }
        match read(connection, table, counted.get(&table.name).map_or(&[], Vec::as_slice)) {
            Ok((table, keys)) => {
                tables.push(table);
                foreign_keys.push(keys);
            }
            Err(error) if table.kind != Kind::Table && is_plain_error(&error) => {
                unreadable.push(left_out(message(&error)));
            }
            Err(error) if is_not_utf8(&error) => {
                let what = broken_name(connection, &table.name).map_err(failed)?;
                unreadable.push(left_out(format!("{what} is not UTF-8")).help(RENAME));
            }
            Err(error) => {
                let context = format_args!("cannot read the catalog of `{}`", table.name);
                return Err(database_error(error, context).into());
            }
        }
    }
    if let Some(transaction) = transaction {
        transaction.commit().map_err(failed)?;
    }
    keys::resolve(&mut tables, foreign_keys);
    let mut catalog = Catalog::new(tables);
    catalog.default_schema = Some("main".to_owned());
    catalog.unreadable = unreadable;
    catalog.hiding = hiding;
    Ok(catalog)
}

/// The same for schemas by name, as on other databases: here `main` alone is one, in any case of its letters, and what is
/// attached is not read.
///
/// # Errors
/// As [`catalog`]; another schema than `main`.
pub fn catalog_of<S: AsRef<str>>(connection: &Connection, schemas: &[S]) -> Result<Catalog> {
    if let Some(other) = schemas.iter().map(AsRef::as_ref).find(|name| !name.eq_ignore_ascii_case("main")) {
        let message = format!("no schema `{other}`: SQLite has `main` alone");
        let error = Error::new(ErrorKind::Database, code::REFUSED, message);
        return Err(error.help("leave `--schema` out").into());
    }
    catalog(connection)
}

/// What to do about a name that is not UTF-8.
const RENAME: &str = "rename it, with a program that can write to the database";

/// The tables and views of `main`, by name.
fn list(connection: &Connection) -> rusqlite::Result<Vec<Listed>> {
    // PRAGMAs answer from the schema in memory. A query compares that with the file's, and begins the transaction.
    connection.query_row("SELECT count(*) FROM main.sqlite_schema", [], |_| Ok(()))?;
    let rows = pragma(connection, "table_list", None, |row| {
        let (schema, kind): (String, String) = (row.get(0)?, row.get(2)?);
        let (name, broken) = name(row, 1)?;
        let kind = match kind.as_str() {
            "view" => Kind::View,
            "virtual" => Kind::Virtual,
            "shadow" => return Ok(None),
            _ => Kind::Table,
        };
        let rowid = kind == Kind::Table && !row.get::<_, bool>(4)?;
        let listed = Listed { name, broken, kind, rowid, strict: row.get(5)? };
        Ok((schema == "main" && !is_internal(&listed.name)).then_some(listed))
    })?;
    let mut listed: Vec<Listed> = rows.into_iter().flatten().collect();
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listed)
}

/// Schema and name of temporary tables and views, and of those of attached databases. None if another program has locked
/// one of these: nothing is read of it.
fn hiding(connection: &Connection) -> Vec<(String, String)> {
    let others = all_of(connection, "PRAGMA table_list", |row| {
        let schema: String = row.get(0)?;
        let (name, _) = name(row, 1)?;
        Ok((schema != "main" && !is_internal(&name)).then_some((schema, name)))
    });
    let mut others: Vec<_> = others.unwrap_or_default().into_iter().flatten().collect();
    others.sort_unstable();
    others
}

/// Whether a table is SQLite's own.
fn is_internal(name: &str) -> bool {
    name.get(..7).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sqlite_"))
}

fn read(
    connection: &Connection,
    listed: &Listed,
    counted: &[(Option<String>, String)],
) -> rusqlite::Result<(CatalogTable, Vec<DeclaredKey>)> {
    let columns = columns::read(connection, &listed.name)?;
    let mut table = CatalogTable {
        name: listed.name.clone(),
        view: listed.kind == Kind::View,
        columns: columns::definitions(connection, listed, &columns)?,
        ..CatalogTable::default()
    };
    // A virtual table may declare a key, which nothing enforces.
    if listed.kind != Kind::Table {
        return Ok((table, Vec::new()));
    }
    table.primary_key = columns::primary_key(&columns);
    if listed.rowid {
        let free = |name: &&&str| !table.columns.iter().any(|c| c.name.eq_ignore_ascii_case(name));
        table.row_id = ["rowid", "_rowid_", "oid"].iter().find(free).map(|&name| name.to_owned());
    }
    let indexes = keys::indexes(connection, &listed.name, &table.columns)?;
    table.statistics = statistics::statistics(counted, &table, &indexes.all);
    indexes.unique_keys.into_iter().for_each(|key| table.add_unique_key(key));
    table.indexes = indexes.leading;
    table.index_names = indexes.names;
    table.inexact_primary_key = indexes.primary_key.as_ref().is_some_and(|key| !key.exact);
    if let ([alias], None) = (table.primary_key.as_slice(), &indexes.primary_key) {
        table.columns.iter_mut().filter(|c| c.name == *alias).for_each(|c| c.nullable = false);
    }
    Ok((table, keys::declared(connection, &listed.name)?))
}

/// A name, and whether it was text that is not UTF-8.
fn name(row: &Row<'_>, index: usize) -> rusqlite::Result<(String, bool)> {
    let name = String::from_utf8_lossy(row.get_ref(index)?.as_bytes()?);
    Ok((name.to_string(), matches!(name, Cow::Owned(_))))
}

/// Which name of a table is not UTF-8, in words.
fn broken_name(connection: &Connection, table: &str) -> rusqlite::Result<String> {
    for (pragma_name, what) in [("table_xinfo", "column"), ("index_list", "index")] {
        let names = pragma(connection, pragma_name, Some(table), |row| name(row, 1))?;
        if let Some((name, _)) = names.into_iter().find(|(_, broken)| *broken) {
            return Ok(format!("the name of its {what} `{name}`"));
        }
    }
    Ok("the name of a collation in it".to_owned())
}

/// The rows of a `PRAGMA` on the schema `main`.
fn pragma<T>(
    connection: &Connection,
    name: &str,
    argument: Option<&str>,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let argument = argument.map(|argument| format!("('{}')", argument.replace('\'', "''"))).unwrap_or_default();
    all_of(connection, &format!("PRAGMA main.{name}{argument}"), read)
}

/// The rows of a `PRAGMA`.
fn all_of<T>(
    connection: &Connection,
    pragma: &str,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare(pragma)?;
    statement.query_map([], |row| read(row))?.collect()
}

/// SQLite's code for what is wrong with a statement, and not with the file or the machine.
fn is_plain_error(error: &rusqlite::Error) -> bool {
    result_code(error).is_some_and(|code| code.extended_code & 0xff == ffi::SQLITE_ERROR)
}
