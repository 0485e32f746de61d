//! What a driver reads from a database's catalog: tables, keys and foreign keys as plain data, before they get names.

use super::{ColumnDef, Comparisons, IndexDef, OnDelete, TableStatistics, UniqueDef};

/// Tables and views of a database.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Catalog {
    /// Tables and views, in any order.
    pub tables: Vec<CatalogTable>,
    /// The name of the schema that tables without one are in.
    pub default_schema: Option<String>,
    /// The schemas that were read, in the order in which their tables get names; the order of those that are not listed
    /// does not count.
    pub schemas: Vec<String>,
    /// Which types can be compared; by default all.
    pub comparisons: Comparisons,
    /// Tables and views that cannot be read, and so are not in `tables`.
    pub unreadable: Vec<Unreadable>,
    /// Schema and name of tables and views that are in no schema that was read, but that a name without a schema finds:
    /// SQLite's temporary ones, and those of attached databases. They hide a function of that name.
    pub hiding: Vec<(String, String)>,
}

/// A table or a view that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// Its name, as far as that is text.
    pub name: String,
    /// A view.
    pub view: bool,
    /// Why, in the database's words or ours.
    pub why: String,
    /// What to do about it, if we know.
    pub help: Option<String>,
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
    /// The indexes that are searched, beside those of the keys.
    pub indexes: Vec<IndexDef>,
    /// The names of all its indexes, those of keys, partial ones and ones on expressions too.
    pub index_names: Vec<String>,
    /// Other unique keys: neither partial nor on expressions.
    pub unique_keys: Vec<UniqueDef>,
    /// Foreign keys, also those into tables that were not read; each of these names its target's schema.
    pub foreign_keys: Vec<ForeignKey>,
    /// What the database has counted.
    pub statistics: TableStatistics,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignKey {
    /// The referencing columns, in key order.
    pub columns: Vec<String>,
    /// The exact name of the referenced table.
    pub target: String,
    /// The schema of the referenced table; `None` is the schema of the table itself, or else the default one. If a table
    /// of the schema that is named here is not in the catalog, it was not read: [`RelationshipGraph::leaving`] tells of the
    /// key.
    ///
    /// [`RelationshipGraph::leaving`]: super::RelationshipGraph::leaving
    pub target_schema: Option<String>,
    /// The referenced columns, as many as `columns`.
    pub target_columns: Vec<String>,
    /// The action on deletion.
    pub on_delete: Option<OnDelete>,
}

/// A foreign key into a table that was not read, and that no relationship comes of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeavingKey {
    /// The schema of the referencing table, where it is not the default one.
    pub schema: Option<String>,
    /// The referencing table.
    pub table: String,
    /// The referencing columns, in key order.
    pub columns: Vec<String>,
    /// The schema of the referenced table.
    pub target_schema: String,
    /// The referenced table.
    pub target: String,
    /// The referenced columns, as many as `columns`.
    pub target_columns: Vec<String>,
}

impl LeavingKey {
    /// Whether it is a key of the entity's table.
    #[must_use]
    pub fn is_of(&self, entity: &super::Entity) -> bool {
        (&self.schema, &self.table) == (&entity.schema, &entity.table)
    }
}

impl Catalog {
    /// A catalog of these tables.
    #[must_use]
    pub fn new(tables: Vec<CatalogTable>) -> Self {
        Self { tables, ..Self::default() }
    }

    /// The schema by its name, where that is known: that of a table without one is the default one.
    pub(super) fn schema_name<'c>(&'c self, schema: Option<&'c str>) -> Option<&'c str> {
        schema.or(self.default_schema.as_deref())
    }

    /// The place of a table's schema among those that were read.
    pub(super) fn schema_position(&self, table: &CatalogTable) -> usize {
        let name = self.schema_name(table.schema.as_deref());
        let listed = self.schemas.iter().position(|schema| Some(schema.as_str()) == name);
        listed.unwrap_or(if self.schemas.is_empty() { 0 } else { self.schemas.len() })
    }
}

impl CatalogTable {
    /// Adds a unique key. One key with two indexes is one key, and any of them that is searched is enough.
    pub fn add_unique_key(&mut self, key: UniqueDef) {
        match self.unique_keys.iter_mut().find(|known| known.columns == key.columns && known.exact == key.exact) {
            Some(known) => known.searched |= key.searched,
            None => self.unique_keys.push(key),
        }
    }
}

impl Unreadable {
    /// A table or a view that cannot be read, and why.
    #[must_use]
    pub fn new(name: impl Into<String>, view: bool, why: impl Into<String>) -> Self {
        Self { name: name.into(), view, why: why.into(), help: None }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `table` or `view`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.view { "view" } else { "table" }
    }
}
