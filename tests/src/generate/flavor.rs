//! What differs between databases where choices become tables: the types there are, which of them may be compared, how
//! names and values are written. Everything else of a schema is made alike for all of them.

mod mysql;
mod native;
mod postgres;
mod sqlite;

pub(super) use mysql::{MARIADB, MYSQL};
pub(super) use native::{Datum, Native};
pub(super) use postgres::{POSTGRES, PRELUDE as POSTGRES_PRELUDE};
pub(super) use sqlite::SQLITE;

use super::data::Domain;
use super::raw::Pick;
use super::schema::{Column, Declared};
use std::fmt::Debug;

/// A type, and what its values are taken from.
pub(super) type Kind = (Declared, Domain);

/// The columns that an entity is told apart by.
pub(super) struct Key {
    pub(super) columns: Vec<(&'static str, Kind)>,
    pub(super) not_null: bool,
    /// Whether they are a key at all.
    pub(super) is_key: bool,
}

impl Key {
    fn of(columns: &[(&'static str, Kind)], not_null: bool, is_key: bool) -> Self {
        Self { columns: columns.to_vec(), not_null, is_key }
    }
}

/// A column that is unique by itself.
pub(super) struct OwnUnique {
    pub(super) kind: Kind,
    pub(super) collation: Option<&'static str>,
    pub(super) exact: bool,
}

/// What a database offers. Choices are resolved modulo what there is; 0 is the plainest.
pub(super) trait Flavor: Debug + Sync {
    /// A quoted identifier.
    fn quoted(&self, name: &str) -> String {
        super::names::quoted(name)
    }

    /// A name that the database allows.
    fn spelled(&self, name: String) -> String {
        name
    }

    /// Whether columns of a primary key may hold NULL, and rows be found by a hidden number.
    fn has_rowids(&self) -> bool {
        false
    }

    /// Whether its rows are made so that a key that is trusted leads nowhere in none.
    fn can_trust(&self) -> bool {
        false
    }

    /// The key of an entity.
    fn key(&self, pick: Pick) -> Key;

    /// A key that counts.
    fn serial(&self) -> Kind;

    /// Text, a number, a boolean.
    fn plain(&self) -> [Kind; 3];

    /// A column that some entities have beside.
    fn extra(&self, pick: Pick) -> Option<(&'static str, Kind)>;

    /// A column that is unique by itself.
    fn unique(&self, pick: Pick) -> Option<OwnUnique>;

    /// A type for a foreign key to a column: mostly its own, now and then one that the database compares with it.
    fn copy(&self, original: &Column, pick: Pick) -> Kind;

    /// Whether columns of the type take a collation.
    fn collates(&self, kind: Kind) -> bool;

    /// A collation for a column of a type that takes one.
    fn collation(&self, pick: Pick) -> Option<&'static str>;

    /// The collation of an inexact unique index over a column, if it can have another one.
    fn other_collation(&self, column: &Column) -> Option<&'static str>;

    /// `COLLATE name`, with a blank before it.
    fn collate(&self, collation: &str) -> String {
        format!(" COLLATE {collation}")
    }

    /// Whether a column can stand before LIKE.
    fn likes(&self, _: &Column) -> bool {
        true
    }

    /// A value in a statement that stores it.
    fn literal(&self, value: &Datum) -> String;

    /// Stores rows, each in parentheses, but those that break a constraint.
    fn insert(&self, table: &str, rows: &[String]) -> String;
}
