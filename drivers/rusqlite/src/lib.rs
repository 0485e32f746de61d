//! SQLite for Eagerly, through [rusqlite](https://docs.rs/rusqlite): opening a file for
//! reading, its catalog, and driving a run over it.
//!
//! [`load`] and [`drive`] run a plan; a [`Session`] shares rows between loads and loads lazily; a [`snapshot()`] reads one
//! state. The graph of a database is [`reflect`]ed, and an [`eagerly::graph::GraphFile`] adds to it.
//!
//! A program links one SQLite (`links = "sqlite3"`), and so has one version of rusqlite: 0.39 to 0.43 go with this crate.
//! Take the one that it was resolved with: `eagerly_rusqlite::rusqlite`.
//!
//! [`within`] bounds the time of a load, `Run::max_bytes` what it reads; the memory of SQLite itself is bounded by
//! `PRAGMA hard_heap_limit`, for all connections of a process, and so by whoever owns the process.

mod catalog;
mod error;
mod open;
mod run;
mod session;
mod snapshot;
mod within;

pub use catalog::{catalog, catalog_of};
pub use eagerly::{Executed, Observer, ROWS_BETWEEN};
pub use error::database_error;
pub use open::{BUSY_TIMEOUT, PREPARED, open, open_with};
pub use run::{drive, execute, load, observe};
/// The driver, in the version that connections come from.
pub use rusqlite;
pub use session::Session;
pub use snapshot::{Snapshot, snapshot};
pub use within::within;

use eagerly::error::Result;
use eagerly::{RelationshipGraph, Sqlite};
use rusqlite::Connection;

/// The dialect with the limits of this connection.
#[must_use]
pub fn dialect(connection: &Connection) -> Sqlite {
    let variables = connection.limit(rusqlite::limits::Limit::SQLITE_LIMIT_VARIABLE_NUMBER).ok();
    let variables = variables.and_then(|n| usize::try_from(n).ok());
    variables.map_or_else(Sqlite::new, |n| Sqlite::new().max_variables(n))
}

/// The entities and relationships that the database's catalog describes.
///
/// # Errors
/// A catalog that cannot be read.
pub fn reflect(connection: &Connection) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog(connection)?)
}

/// The same for schemas by name, as on other databases: here `main` alone is one.
///
/// # Errors
/// A catalog that cannot be read; another schema than `main`.
pub fn reflect_of<S: AsRef<str>>(connection: &Connection, schemas: &[S]) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog_of(connection, schemas)?)
}

/// The README's example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
