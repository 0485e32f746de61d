//! Primary keys, unique keys, indexes and foreign keys.
//!
//! An index on a prefix (`name(10)`) or an expression makes no unique key: it compares something else than the column.
//! A primary key on a prefix stays the primary key, as one that is not exact. Foreign keys may lead from one database to
//! another.

use super::Tables;
use eagerly::graph::{CatalogTable, ForeignKey, IndexDef, IndexOrder, OnDelete, TableStatistics, UniqueDef};

/// Table, index, unique, column (none for an expression), whether only a prefix of it, `A` or `D` where it is sorted, kind,
/// whether the optimiser may use the index, and how many different values it holds up to this column.
pub(super) type Part = (String, String, bool, Option<String>, bool, Option<String>, String, bool, Option<u64>);

macro_rules! indexes {
    ($usable:literal) => {
        concat!(
            "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE = 0, COLUMN_NAME, SUB_PART IS NOT NULL, COLLATION,
            INDEX_TYPE, ",
            $usable,
            ", CARDINALITY FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()
            ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"
        )
    };
}
pub(super) const MARIADB_INDEXES: &str = indexes!("IGNORED = 'NO'");
pub(super) const MYSQL_INDEXES: &str = indexes!("IS_VISIBLE = 'YES'");

/// Table, name of the key, column, referenced database, table and column, action on deletion.
pub(super) type Reference = (String, String, String, String, String, String, String);

pub(super) const FOREIGN_KEYS: &str = "
    SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
        k.REFERENCED_COLUMN_NAME, r.DELETE_RULE
    FROM information_schema.KEY_COLUMN_USAGE AS k
    JOIN information_schema.REFERENTIAL_CONSTRAINTS AS r
        ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
        AND r.TABLE_NAME = k.TABLE_NAME
    WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_NAME IS NOT NULL
    ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

pub(super) fn fill_indexes(tables: &mut Tables, parts: &[Part]) {
    for index in parts.chunk_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1)) {
        let [(table, name, unique, .., kind, usable, _), ..] = index else { continue };
        let Some(table) = tables.get_mut(table) else { continue };
        table.index_names.push(name.clone());
        count(&mut table.statistics, index);
        let whole: Option<Vec<String>> =
            index.iter().map(|(_, _, _, column, prefix, ..)| column.clone().filter(|_| !prefix)).collect();
        if name == "PRIMARY" {
            table.primary_key = index.iter().filter_map(|part| part.3.clone()).collect();
            table.inexact_primary_key = whole.is_none();
            continue;
        }
        let leading = leading(index, kind).filter(|_| *usable);
        match (*unique, whole) {
            (true, Some(columns)) => {
                // The server has one index for both, and the key says it unless the index is of another order.
                let plain = leading.as_ref().is_some_and(|index| *index == IndexDef::new(&columns));
                table.indexes.extend(leading.filter(|_| !plain));
                table.add_unique_key(UniqueDef::new(columns, true).searched(plain));
            }
            _ => table.indexes.extend(leading),
        }
    }
}

/// Keeps how many different values the index holds, up to its first prefix or expression.
fn count(statistics: &mut TableStatistics, index: &[Part]) {
    let mut columns: Vec<String> = Vec::new();
    for (.., column, prefix, _, _, _, values) in index {
        let Some(column) = column.as_ref().filter(|_| !prefix) else { break };
        columns.push(column.clone());
        if let Some(values) = values.filter(|values| *values > 0 && statistics.rows.is_some()) {
            statistics.distinct.push((columns.clone(), values));
        }
    }
}

/// The index, as far as it looks up an equality: up to the first expression, or to the first prefix of a column, behind
/// which the order of its entries is another one. A hash has to know all of them.
fn leading(index: &[Part], kind: &str) -> Option<IndexDef> {
    if kind != "BTREE" && !(kind == "HASH" && index.len() == 1) {
        return None;
    }
    let plain = |(_, _, _, column, prefix, ..): &Part| column.clone().filter(|_| !prefix);
    let mut found = IndexDef::new(index.iter().map_while(plain));
    let descends = |(_, _, _, column, _, sorted, ..): &Part| column.clone().filter(|_| sorted.as_deref() == Some("D"));
    found.descending = index[..found.columns.len()].iter().filter_map(descends).collect();
    if found.columns.is_empty() {
        // Of a prefix the server compares the rest in the rows.
        found.columns.push(index.first()?.3.clone()?);
        return Some(found.order(IndexOrder::None));
    }
    let sorted = kind == "BTREE" && index.iter().all(|part| part.5.is_some());
    let whole = found.columns.len() == index.len();
    Some(found.order(match (sorted, whole) {
        (true, true) => IndexOrder::Whole,
        (true, false) => IndexOrder::Leading,
        (false, _) => IndexOrder::None,
    }))
}

/// Adds the foreign keys of each database, once the tables of all are known. One into a database that is not read names it.
pub(super) fn fill_foreign_keys(all: &mut [(String, Tables)], rows: &[Vec<Reference>]) {
    for (at, rows) in rows.iter().enumerate() {
        for key in rows.chunk_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1)) {
            let Some((table, foreign_key)) = foreign_key(all, at, key) else { continue };
            if let Some(table) = all.get_mut(at).and_then(|(_, tables)| tables.get_mut(&table)) {
                table.foreign_keys.push(foreign_key);
            }
        }
    }
}

/// The table that has a key, and the key; none where what it points at is not there.
fn foreign_key(all: &[(String, Tables)], at: usize, key: &[Reference]) -> Option<(String, ForeignKey)> {
    let (table, _, _, schema, target, _, rule) = key.first()?;
    let (own, tables) = all.get(at)?;
    let table = tables.get(table)?;
    let names = |of: &CatalogTable, column: fn(&Reference) -> &String| -> Option<Vec<String>> {
        key.iter().map(|row| spelled(of.columns.iter().map(|c| &c.name), column(row))).collect()
    };
    let columns = names(table, |row| &row.2)?;
    // Some servers store names in small letters, and every server compares those of columns so.
    let read = spelled(all.iter().map(|(schema, _)| schema), schema);
    let there = all.iter().find(|(schema, _)| Some(schema) == read.as_ref());
    let (target_schema, target, target_columns) = match there {
        Some((schema, tables)) => {
            let target = spelled(tables.keys(), target)?;
            let columns = names(tables.get(&target)?, |row| &row.5)?;
            (Some(schema).filter(|schema| *schema != own), target, columns)
        }
        None => (Some(schema), target.clone(), key.iter().map(|row| row.5.clone()).collect()),
    };
    let on_delete = on_delete(rule);
    let target_schema = target_schema.cloned();
    let key = ForeignKey { columns, target, target_schema, target_columns, on_delete };
    Some((table.name.clone(), key))
}

/// The name as it is spelled where it is defined.
fn spelled<'a>(mut known: impl Iterator<Item = &'a String> + Clone, name: &str) -> Option<String> {
    let exact = known.clone().find(|k| *k == name);
    exact.or_else(|| known.find(|k| k.to_lowercase() == name.to_lowercase())).cloned()
}

fn on_delete(rule: &str) -> Option<OnDelete> {
    match rule {
        "NO ACTION" => Some(OnDelete::NoAction),
        "RESTRICT" => Some(OnDelete::Restrict),
        "CASCADE" => Some(OnDelete::Cascade),
        "SET NULL" => Some(OnDelete::SetNull),
        "SET DEFAULT" => Some(OnDelete::SetDefault),
        _ => None,
    }
}
