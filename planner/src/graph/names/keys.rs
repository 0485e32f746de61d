//! Foreign keys resolved against the catalog's tables, in the order in which relationships get their names.

use crate::graph::{CatalogTable, ForeignKey, OnDelete};
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
    /// Whether the database has validated it.
    pub(super) validated: bool,
}

impl Key<'_> {
    /// What the order of naming compares, in the contract's order. Places stand for names: tables are in name order.
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
pub(super) fn in_naming_order<'a>(tables: &[&'a CatalogTable]) -> Vec<Key<'a>> {
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, table) in tables.iter().enumerate() {
        by_name.entry(&table.name).or_default().push(place);
    }
    let mut keys: Vec<Key<'a>> = Vec::new();
    for (place, table) in tables.iter().enumerate().filter(|(_, table)| !table.view) {
        for key in &table.foreign_keys {
            // A catalog's foreign key names no schema: its own first, then the default one, which sorts first.
            let named = by_name.get(key.target.as_str()).map_or(&[][..], Vec::as_slice);
            let same_schema = named.iter().find(|t| tables[**t].schema == table.schema);
            let Some(target) = same_schema.or(named.first()).copied() else { continue };
            let usable = !tables[target].view
                && !key.columns.is_empty()
                && key.columns.len() == key.target_columns.len()
                && has_columns(table, &key.columns)
                && has_columns(tables[target], &key.target_columns);
            if usable {
                let (columns, target_columns) = (&key.columns[..], &key.target_columns[..]);
                let ForeignKey { on_delete, validated, .. } = *key;
                keys.push(Key { table: place, columns, target, target_columns, on_delete, validated });
            }
        }
    }
    keys.sort_by(|a, b| a.rank().cmp(&b.rank()));
    keys.dedup_by(|copy, first| {
        let same = copy.rank() == first.rank();
        // One of two that has been validated says enough.
        first.validated |= same && copy.validated;
        same
    });
    keys
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
