//! Foreign keys resolved against the catalog's tables, in the order in which relationships get their names.

use crate::graph::{Catalog, CatalogTable, ForeignKey, LeavingKey, OnDelete};
use rustc_hash::FxHashMap;

/// A foreign key that can be loaded through: its tables and columns exist, and neither table is a view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    /// The referencing table, by its place in name order.
    pub(super) table: usize,
    /// The referencing columns.
    pub(super) columns: &'a [String],
    /// The referenced table, by its place in name order.
    pub(super) target: usize,
    /// The referenced columns.
    pub(super) target_columns: &'a [String],
    /// The action on deletion.
    pub(super) on_delete: Option<OnDelete>,
}

impl Key<'_> {
    /// What the order of naming compares, in the contract's order. Places stand for schemas and names: tables are in the
    /// order of both.
    fn rank(&self) -> (usize, &[String], usize, &[String]) {
        (self.table, self.columns, self.target, self.target_columns)
    }

    /// Whether the columns are, as a set, exactly the primary key or another unique key of their table. A unique key
    /// counts whatever its collation: a to-one that finds several rows takes the first.
    pub(super) fn is_unique_in(&self, table: &CatalogTable) -> bool {
        let is_key = |key: &[String]| !key.is_empty() && same_set(key, self.columns);
        is_key(&table.primary_key) || table.unique_keys.iter().any(|key| is_key(&key.columns))
    }
}

/// The usable foreign keys of all tables, in naming order. A foreign key declared twice (the same columns to the same
/// columns) relates no more than one: the copy is dropped before anything is counted or named, and the first
/// declaration's action on deletion stays.
pub(super) fn in_naming_order<'a>(catalog: &'a Catalog, tables: &[&'a CatalogTable]) -> Vec<Key<'a>> {
    let places = Places::new(catalog, tables);
    let mut keys: Vec<Key<'a>> = Vec::new();
    for (place, table) in tables.iter().enumerate().filter(|(_, table)| !table.view) {
        for key in &table.foreign_keys {
            let Some(target) = places.target(table, key) else { continue };
            let usable = !tables[target].view
                && !key.columns.is_empty()
                && key.columns.len() == key.target_columns.len()
                && has_columns(table, &key.columns)
                && has_columns(tables[target], &key.target_columns);
            if usable {
                let (columns, target_columns) = (&key.columns[..], &key.target_columns[..]);
                let ForeignKey { on_delete, .. } = *key;
                keys.push(Key { table: place, columns, target, target_columns, on_delete });
            }
        }
    }
    keys.sort_by(|a, b| a.rank().cmp(&b.rank()));
    keys.dedup_by(|copy, first| copy.rank() == first.rank());
    keys
}

/// The foreign keys into schemas and tables that were not read, in the order of naming.
pub(super) fn leaving(catalog: &Catalog, tables: &[&CatalogTable]) -> Vec<LeavingKey> {
    let places = Places::new(catalog, tables);
    let mut leaving = Vec::new();
    for table in tables.iter().filter(|table| !table.view) {
        let first = leaving.len();
        for key in &table.foreign_keys {
            let (Some(schema), None) = (&key.target_schema, places.target(table, key)) else { continue };
            leaving.push(LeavingKey {
                schema: table.schema.clone(),
                table: table.name.clone(),
                columns: key.columns.clone(),
                target_schema: schema.clone(),
                target: key.target.clone(),
                target_columns: key.target_columns.clone(),
            });
        }
        let rank = |key: &LeavingKey| {
            let LeavingKey { columns, target_schema, target, target_columns, .. } = key.clone();
            (columns, target_schema, target, target_columns)
        };
        leaving[first..].sort_by_cached_key(rank);
    }
    leaving.dedup();
    leaving
}

/// Where tables stand in naming order, by schema and name.
struct Places<'a> {
    catalog: &'a Catalog,
    by_name: FxHashMap<&'a str, Vec<(Option<&'a str>, usize)>>,
}

impl<'a> Places<'a> {
    fn new(catalog: &'a Catalog, tables: &[&'a CatalogTable]) -> Self {
        let mut by_name: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        for (place, table) in tables.iter().enumerate() {
            by_name.entry(&table.name).or_default().push((catalog.schema_name(table.schema.as_deref()), place));
        }
        Self { catalog, by_name }
    }

    /// The table that a key of `table` points at. One that names no schema points into its own, else into the default
    /// one, else at the table of that name that comes first.
    fn target(&self, table: &CatalogTable, key: &ForeignKey) -> Option<usize> {
        let named = self.by_name.get(key.target.as_str())?;
        let within = |schema: Option<&str>| named.iter().find(|(of, _)| *of == schema).map(|(_, place)| *place);
        match &key.target_schema {
            Some(schema) => within(Some(schema)),
            None => within(self.catalog.schema_name(table.schema.as_deref()))
                .or_else(|| within(self.catalog.default_schema.as_deref()))
                .or_else(|| named.first().map(|(_, place)| *place)),
        }
    }
}

/// Every pair of foreign keys that makes its table a link: they share no column, and together they are the primary key.
///
/// Pairs come by link table, then by their first key, then by their second, each compared as keys are for naming; the
/// first key of a pair is the one that is named earlier. Within a pair, the side that the first key points at gets its
/// relationship first.
pub(super) fn link_pairs<'a>(tables: &[&CatalogTable], keys: &[Key<'a>]) -> Vec<[Key<'a>; 2]> {
    let mut pairs = Vec::new();
    for group in keys.chunk_by(|a, b| a.table == b.table) {
        let primary_key = &tables[group[0].table].primary_key;
        let parts: Vec<&Key<'a>> = group.iter().filter(|key| within(key.columns, primary_key)).collect();
        for (index, first) in parts.iter().enumerate() {
            for second in &parts[index + 1..] {
                let disjoint = !first.columns.iter().any(|c| second.columns.contains(c));
                let covered = primary_key.iter().all(|c| first.columns.contains(c) || second.columns.contains(c));
                if disjoint && covered {
                    pairs.push([**first, **second]);
                }
            }
        }
    }
    pairs
}

fn has_columns(table: &CatalogTable, names: &[String]) -> bool {
    names.iter().all(|name| table.columns.iter().any(|column| column.name == *name))
}

fn within(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|name| whole.contains(name))
}

fn same_set(a: &[String], b: &[String]) -> bool {
    within(a, b) && within(b, a)
}
