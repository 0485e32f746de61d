//! What the catalog's statement returns.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Table {
    pub(super) oid: i64,
    pub(super) schema: String,
    pub(super) name: String,
    /// `relkind`: table, partitioned table, view, materialized view, foreign table.
    pub(super) kind: String,
    /// Whether its bare name means it.
    pub(super) visible: bool,
    /// Whether tables inherit from it.
    pub(super) parent: bool,
    /// How many rows it had when it was last counted; 0 or less if it never was.
    pub(super) rows: i64,
    pub(super) columns: Vec<Column>,
    pub(super) indexes: Vec<Index>,
    /// Of all indexes.
    pub(super) index_names: Vec<String>,
    pub(super) foreign_keys: Vec<Key>,
    /// Of a partitioned table: those that each of its partitions has.
    pub(super) partition_keys: Vec<Key>,
}

/// A column; its type is that below its domain.
#[derive(Debug, Deserialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) oid: i64,
    pub(super) r#type: String,
    pub(super) is_enum: bool,
    pub(super) native: String,
    pub(super) not_null: bool,
    pub(super) generated: bool,
    /// Whether its type has a default order.
    pub(super) ordered: bool,
    pub(super) composite: bool,
    /// The settings that its text depends on.
    pub(super) settings: Vec<String>,
    /// The bytes of a value, on average, NULLs aside; none where nobody has counted.
    pub(super) width: Option<i64>,
    /// Different values that are not NULL; below 0 as a part of the rows.
    pub(super) distinct: Option<f64>,
    /// None for the database's default.
    pub(super) collation: Option<String>,
}

/// An index that is valid and not partial.
#[derive(Debug, Deserialize)]
pub(super) struct Index {
    pub(super) primary: bool,
    pub(super) unique: bool,
    /// Whether a unique one is checked at once.
    pub(super) immediate: bool,
    /// The access method.
    pub(super) method: String,
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Part {
    /// None for an expression.
    pub(super) column: Option<String>,
    /// Whether it is sorted as the type is.
    pub(super) sorted: bool,
    /// Whether it is sorted in descending order.
    pub(super) descends: bool,
    /// Whether its operators are the type's own.
    pub(super) plain: bool,
    /// Whether it has the column's collation; not known of an expression.
    pub(super) same_collation: Option<bool>,
    /// Whether what is equal to it is equal to the column.
    pub(super) same_equality: Option<bool>,
}

/// A foreign key.
#[derive(Debug, Deserialize)]
pub(super) struct Key {
    pub(super) target: i64,
    pub(super) target_schema: String,
    pub(super) target_name: String,
    /// `confdeltype`; empty where partitions differ.
    pub(super) on_delete: String,
    pub(super) columns: Vec<String>,
    pub(super) target_columns: Vec<String>,
}
