//! What the oracle asks: a database that runs a query with values in it and gives rows of cells. The differences between
//! databases that a plain query meets are here and nowhere else: how names are quoted and values written, what `=`
//! needs between two columns, where NULLs sort.

mod mysql;
mod postgres;
mod sqlite;

pub(crate) use mysql::EXACT_MODE;
pub use mysql::Mysql;
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use eagerly_planner::graph::{ColumnDef, Entity};

/// The databases that tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Backend {
    /// SQLite in this process.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MariaDB.
    Mariadb,
    /// MySQL, where a server is given.
    Mysql,
}

impl Backend {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sqlite, Self::Postgres, Self::Mariadb, Self::Mysql];

    /// Those that are servers.
    pub const SERVERS: [Self; 3] = [Self::Postgres, Self::Mariadb, Self::Mysql];

    /// Its name in corpus files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mariadb => "mariadb",
            Self::Mysql => "mysql",
        }
    }

    /// Reads such a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|backend| backend.name() == name)
    }
}

/// A value as a database hands it out.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A boolean of a database that has them.
    Boolean(bool),
    /// An integer of any width and sign.
    Integer(i128),
    /// A binary float.
    Float(f64),
    /// A binary float of four bytes: as a key it is that number, and not the double that prints like it.
    Single(f32),
    /// An exact decimal, in the digits of the database.
    Decimal(String),
    /// Text.
    Text(String),
    /// Text of a `char(n)` of PostgreSQL, with the blanks it is filled up with.
    Padded(String),
    /// A date, a time or both, in the form of the database.
    Moment(String),
    /// A point in time of MariaDB and MySQL, in UTC and their form.
    Instant(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A part of a query.
#[derive(Clone, Debug)]
pub enum Piece {
    /// SQL.
    Text(String),
    /// A value, which SQL text must not be able to change.
    Value(Cell),
}

/// A column of a table of the query.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The alias of the table.
    pub alias: &'a str,
    /// The entity of the table.
    pub entity: &'a Entity,
    /// The column.
    pub column: &'a ColumnDef,
}

/// A database that the oracle asks.
pub trait Database {
    /// Which one it is.
    fn backend(&self) -> Backend;

    /// A name in quotes. Columns are always qualified too, since SQLite reads an unknown `"name"` that stands alone as
    /// text.
    fn quote(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    /// The column `source` as a key that is looked for in `target`: a bare value, so that the target's column alone
    /// decides what is equal.
    fn key(&self, source: Place<'_>, target: Place<'_>) -> String;

    /// What stands before EXISTS.
    fn before_exists(&self) -> &'static str {
        ""
    }

    /// A direction of an order term. NULLs come first ascending and last descending.
    fn direction(&self, descending: bool) -> &'static str {
        if descending { " DESC" } else { " ASC" }
    }

    /// A text of a specification as the literal that means it, for a column of that type.
    fn meant(&self, text: &str, _: &ColumnDef) -> String {
        text.to_owned()
    }

    /// Runs a query.
    ///
    /// # Panics
    /// When the database refuses it, and when it returns what no test should have.
    fn rows(&self, query: &[Piece]) -> Vec<Vec<Cell>>;

    /// `alias."column"`
    fn column(&self, place: Place<'_>) -> String {
        format!("{}.{}", place.alias, self.quote(&place.column.name))
    }

    /// The column as text, compared byte by byte.
    fn text(&self, place: Place<'_>) -> String;

    /// The column `source` as text that is looked for in `target`, which is text and decides what is equal.
    fn text_key(&self, source: Place<'_>, _target: Place<'_>) -> String {
        self.text(source)
    }

    /// The quoted table of an entity.
    fn table(&self, entity: &Entity) -> String {
        let schema = entity.schema.as_ref().map(|schema| self.quote(schema) + ".").unwrap_or_default();
        schema + &self.quote(&entity.table)
    }
}

/// A query as text, with each value written as a literal. A literal has no more type than a bound value has: text takes
/// that of the column it is compared with, numbers are numbers.
fn with_literals(query: &[Piece], literal: impl Fn(&Cell) -> String) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(cell) => literal(cell),
    };
    query.iter().map(part).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
