//! Unique keys from indexes, and foreign keys with their targets found.

use super::{name, pragma};
use eagerly::graph::{CatalogTable, ColumnDef, ForeignKey, IndexDef, IndexOrder, OnDelete, UniqueDef};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use std::collections::HashMap;

/// What the indexes of a table say.
pub(super) struct Indexes {
    /// Each index, as far as it compares its leading columns as they do.
    pub(super) leading: Vec<IndexDef>,
    /// Unique keys beside the primary key, in the order of their declaration.
    pub(super) unique_keys: Vec<UniqueDef>,
    /// The names of all of them.
    pub(super) names: Vec<String>,
    /// All that are neither partial nor on expressions, with all of their columns.
    pub(super) all: Vec<Indexed>,
    /// The primary key's index: the key of a rowid alias is the table itself, and has none.
    pub(super) primary_key: Option<UniqueDef>,
}

/// An index by its name.
pub(super) struct Indexed {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
}

/// Reads the indexes of a table with these columns.
pub(super) fn indexes(connection: &Connection, table: &str, columns: &[ColumnDef]) -> Result<Indexes> {
    let mut names = Vec::new();
    let listed = pragma(connection, "index_list", Some(table), |row| {
        let ((name, broken), unique) = (name(row, 1)?, row.get::<_, bool>(2)?);
        let (origin, partial): (String, bool) = (row.get(3)?, row.get(4)?);
        // An index whose name is not UTF-8 cannot be asked for its columns. One that only finds rows faster is as if it
        // was not there; without a unique one, relationships would have other names and shapes.
        if broken && unique && !partial {
            row.get::<_, String>(1)?;
        }
        names.push(name.clone());
        Ok((!broken).then_some((name, unique && !partial, origin == "pk", partial)))
    })?;
    let mut listed: Vec<_> = listed.into_iter().flatten().collect();
    listed.reverse(); // SQLite lists the newest first.
    let mut indexes =
        Indexes { names, leading: Vec::new(), unique_keys: Vec::new(), all: Vec::new(), primary_key: None };
    for (name, unique, primary, partial) in listed {
        let parts = parts(connection, &name)?;
        if !partial && !primary && !unique {
            indexes.leading.extend(leading(&parts, columns));
        }
        if primary {
            indexes.primary_key = unique_key(&parts, columns);
        } else if unique {
            let key = unique_key(&parts, columns);
            let leading = leading(&parts, columns);
            // An index says more than its key does if it has another order, or compares otherwise.
            let plain = key.as_ref().is_some_and(|k| leading.as_ref() == Some(&IndexDef::new(&k.columns)) && k.exact);
            indexes.leading.extend(leading.filter(|_| !plain));
            indexes.unique_keys.extend(key.map(|key| key.searched(plain)));
        }
        let whole: Option<Vec<String>> = parts.into_iter().map(|(column, ..)| column).collect();
        indexes.all.extend(whole.filter(|_| !partial).map(|columns| Indexed { name, columns }));
    }
    Ok(indexes)
}

/// An index, as far as it compares its leading columns as they compare themselves; none if it leads with anything else.
fn leading(parts: &[Part], columns: &[ColumnDef]) -> Option<IndexDef> {
    let mut index = IndexDef::default();
    for (name, collation, descends) in parts {
        let column = columns.iter().find(|c| Some(&c.name) == name.as_ref());
        let Some(column) = column.filter(|column| compares_alike(column, collation.as_deref())) else {
            index.order = IndexOrder::Leading;
            break;
        };
        // An index may hold a column twice.
        if !index.columns.contains(&column.name) {
            index.columns.push(column.name.clone());
            index.descending.extend(descends.then(|| column.name.clone()));
        }
    }
    (!index.columns.is_empty()).then_some(index)
}

fn add_new(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// A part of an index: its column, none for an expression, its collation, and whether it descends.
type Part = (Option<String>, Option<String>, bool);

/// The parts of an index that are its key.
fn parts(connection: &Connection, index: &str) -> Result<Vec<Part>> {
    let parts = pragma(connection, "index_xinfo", Some(index), |row| {
        let (name, collation): (Option<String>, Option<String>) = (row.get(2)?, row.get(4)?);
        let (descends, is_key): (bool, bool) = (row.get(3)?, row.get(5)?);
        Ok(is_key.then_some((name, collation, descends)))
    })?;
    Ok(parts.into_iter().flatten().collect())
}

fn compares_alike(column: &ColumnDef, collation: Option<&str>) -> bool {
    let own = column.collation.as_deref().unwrap_or("BINARY");
    collation.is_some_and(|collation| collation.eq_ignore_ascii_case(own))
}

/// The key of a unique index; none if a part of it is an expression.
fn unique_key(parts: &[Part], columns: &[ColumnDef]) -> Option<UniqueDef> {
    let mut exact = true;
    let mut names = Vec::new();
    for (name, collation, _) in parts {
        let column = columns.iter().find(|c| Some(&c.name) == name.as_ref())?;
        exact &= compares_alike(column, collation.as_deref());
        add_new(&mut names, column.name.clone());
    }
    (!names.is_empty()).then(|| UniqueDef::new(names, exact))
}

/// A foreign key as declared.
pub(super) struct DeclaredKey {
    columns: Vec<String>,
    target: String,
    /// None where the declaration names no columns, and so means the target's primary key.
    target_columns: Vec<Option<String>>,
    on_delete: Option<OnDelete>,
}

/// Reads the foreign keys of a table, in the order of their declaration.
pub(super) fn declared(connection: &Connection, table: &str) -> Result<Vec<DeclaredKey>> {
    let mut rows = pragma(connection, "foreign_key_list", Some(table), |row| {
        let (id, place): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (column, action): (String, String) = (row.get(3)?, row.get(6)?);
        // What it points at can have a name that is not UTF-8, and then is no entity.
        let target = name(row, 2)?.0;
        let target_column = (row.get_ref(4)? != ValueRef::Null).then(|| name(row, 4)).transpose()?;
        Ok((id, place, target, column, target_column.map(|(name, _)| name), action))
    })?;
    rows.sort_by_key(|(id, place, ..)| (std::cmp::Reverse(*id), *place)); // The newest key has the lowest id.
    let keys = rows.chunk_by(|a, b| a.0 == b.0).map(|rows| DeclaredKey {
        columns: rows.iter().map(|(_, _, _, column, ..)| column.clone()).collect(),
        target: rows[0].2.clone(),
        target_columns: rows.iter().map(|(_, _, _, _, target_column, _)| target_column.clone()).collect(),
        on_delete: on_delete(&rows[0].5),
    });
    Ok(keys.collect())
}

fn on_delete(action: &str) -> Option<OnDelete> {
    Some(match action {
        "NO ACTION" => OnDelete::NoAction,
        "RESTRICT" => OnDelete::Restrict,
        "CASCADE" => OnDelete::Cascade,
        "SET NULL" => OnDelete::SetNull,
        "SET DEFAULT" => OnDelete::SetDefault,
        _ => return None,
    })
}

/// Gives each table its foreign keys, with the exact names of what they point at. `keys` stands beside `tables`.
///
/// A key that points at nothing is legal in SQLite and stays, with the names it was declared with. One that means a
/// primary key which does not exist or has another number of columns cannot be written down, and is left out.
pub(super) fn resolve(tables: &mut [CatalogTable], keys: Vec<Vec<DeclaredKey>>) {
    let by_name: HashMap<String, usize> =
        tables.iter().enumerate().map(|(place, table)| (table.name.to_ascii_lowercase(), place)).collect();
    for (place, declared) in keys.into_iter().enumerate() {
        let target = |key: &DeclaredKey| by_name.get(&key.target.to_ascii_lowercase()).map(|place| &tables[*place]);
        let resolved = declared.into_iter().filter_map(|key| foreign_key(target(&key), key)).collect();
        tables[place].foreign_keys = resolved;
    }
}

fn foreign_key(target: Option<&CatalogTable>, key: DeclaredKey) -> Option<ForeignKey> {
    let DeclaredKey { columns, target: name, target_columns, on_delete } = key;
    let implicit = target_columns.iter().all(Option::is_none);
    let target_columns = if implicit {
        target?.primary_key.clone()
    } else {
        target_columns.into_iter().flatten().map(|column| exact_name(target, column)).collect()
    };
    let target = target.map_or(name, |table| table.name.clone());
    (columns.len() == target_columns.len()).then_some(ForeignKey {
        columns,
        target,
        // A key cannot leave its database.
        target_schema: None,
        target_columns,
        on_delete,
    })
}

/// The column's name as its table has it: SQLite finds names without regard to the case of ASCII letters.
fn exact_name(table: Option<&CatalogTable>, column: String) -> String {
    let found = table.and_then(|table| table.columns.iter().find(|c| c.name.eq_ignore_ascii_case(&column)));
    found.map_or(column, |c| c.name.clone())
}
