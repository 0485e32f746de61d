//! SQLite for Eagerly, through [rusqlite](https://docs.rs/rusqlite): opening a file for reading, and its catalog.

mod catalog;
mod error;
mod open;
mod run;

pub use catalog::catalog;
pub use error::database_error;
pub use open::{BUSY_TIMEOUT, open, open_with};
pub use run::{Executed, drive, execute, load};

use eagerly::RelationshipGraph;
use eagerly::error::Result;
use rusqlite::Connection;

/// The entities and relationships that the database's catalog describes.
///
/// # Errors
/// A catalog that cannot be read.
pub fn reflect(connection: &Connection) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog(connection)?)
}
