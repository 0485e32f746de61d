//! The types that columns of an exact case have, and the values at their bounds.
//!
//! Values are SQL literals; each list begins with plain ones, since picks shrink towards 0.

mod mysql;
mod postgres;
mod sqlite;

use crate::database::Backend;

/// How a value of a type comes out as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number of an integer type.
    Integer,
    /// A binary float of eight bytes, or of four.
    Float,
    /// As [`Form::Float`]; its shortest decimal is that of four bytes.
    Single,
    /// True or false; on MariaDB and MySQL other numbers are numbers.
    Boolean,
    /// The text of the database.
    Text,
    /// A date, or a date and a time without a zone.
    Moment,
    /// A point in time: in UTC, without zeros at the end of the fraction.
    Instant,
    /// A time of day with its zone.
    ZonedTime,
    /// Months, days and seconds, as ISO 8601 writes them.
    Interval,
    /// Bytes.
    Bytes,
    /// A document.
    Json,
    /// SQLite: the stored class decides.
    Stored,
}

/// What a column of a type can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It is read, and that is all: the type has no `=`.
    Payload,
    /// Values are compared, but no index holds them.
    Compared,
    /// It can be a primary key.
    Key,
}

/// A type with its values.
#[derive(Debug)]
pub struct Type {
    /// As it is declared, with its collation.
    pub sql: &'static str,
    /// The collation that decides what is equal, where two columns can differ in it.
    pub collation: Option<&'static str>,
    /// Types of one family are compared with each other.
    pub family: &'static str,
    /// Its JSON.
    pub form: Form,
    /// What it can be.
    pub used: Use,
    /// Whether values have an order.
    pub ordered: bool,
    /// Whether a value that was printed can stand in a condition.
    pub printed: bool,
    /// Literals.
    pub values: &'static [&'static str],
}

impl Type {
    /// Whether it is an enum with an empty member, which prints as an invalid value does.
    #[must_use]
    pub fn has_empty_member(&self) -> bool {
        self.sql.starts_with("enum(") && self.sql.contains("''")
    }

    const fn new(sql: &'static str, family: &'static str, form: Form, values: &'static [&'static str]) -> Self {
        Self { sql, collation: None, family, form, used: Use::Key, ordered: true, printed: true, values }
    }

    const fn collated(mut self, collation: &'static str) -> Self {
        self.collation = Some(collation);
        self
    }

    const fn compared(mut self) -> Self {
        self.used = Use::Compared;
        self
    }

    const fn payload(mut self) -> Self {
        self.used = Use::Payload;
        self.printed = false;
        self
    }

    const fn unordered(mut self) -> Self {
        self.ordered = false;
        self
    }
}

/// All types of a database.
#[must_use]
pub fn types(backend: Backend) -> &'static [Type] {
    match backend {
        Backend::Sqlite => sqlite::TYPES,
        Backend::Postgres => postgres::TYPES,
        Backend::Mariadb => mysql::MARIADB,
        Backend::Mysql => mysql::MYSQL,
    }
}

/// What a database needs before any case.
#[must_use]
pub fn prelude(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "",
        Backend::Postgres => postgres::PRELUDE,
        Backend::Mariadb | Backend::Mysql => mysql::PRELUDE,
    }
}
