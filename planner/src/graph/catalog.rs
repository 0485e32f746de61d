//! What a driver reads from a database's catalog: tables, keys and foreign keys as plain data, before they get names.

use super::{ColumnDef, OnDelete, UniqueDef};

/// Tables and views of a database.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Catalog {
    /// Tables and views, in any order.
    pub tables: Vec<CatalogTable>,
}

/// A table or a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogTable {
    /// The schema, where it is not the default one.
    pub schema: Option<String>,
    /// The exact name.
    pub name: String,
    /// A view.
    pub view: bool,
    /// Columns in table order.
    pub columns: Vec<ColumnDef>,
    /// Columns of the primary key in key order, none if there is no key.
    pub primary_key: Vec<String>,
    /// Whether the primary key compares finer than its columns do, so that an equality on them can find several rows.
    pub inexact_primary_key: bool,
    /// A hidden column that tells rows apart in one statement, as SQLite's `rowid` does.
    pub row_id: Option<String>,
    /// The leading columns of each index by which an equality on them is looked up, the primary key's own aside.
    pub indexes: Vec<Vec<String>>,
    /// Other unique keys: neither partial nor on expressions.
    pub unique_keys: Vec<UniqueDef>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignKey {
    /// The referencing columns, in key order.
    pub columns: Vec<String>,
    /// The exact name of the referenced table.
    pub target: String,
    /// The referenced columns, as many as `columns`.
    pub target_columns: Vec<String>,
    /// The action on deletion.
    pub on_delete: Option<OnDelete>,
}

impl Catalog {
    /// A catalog of these tables.
    #[must_use]
    pub fn new(tables: Vec<CatalogTable>) -> Self {
        Self { tables }
    }
}
