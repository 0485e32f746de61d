//! PostgreSQL for Eagerly, through [tokio-postgres](https://docs.rs/tokio-postgres): connecting, reading a schema's
//! catalog, and driving a run: over one connection, on which the statements of a wave are in flight together, or over
//! several ([`pool`]).
//!
//! [`connect`] takes libpq's URLs, and encrypts as their `sslmode` says (feature `tls`, on by default; a host that brings
//! its own connections can leave it out). [`load`] and [`drive`] run a plan; a [`Session`] shares rows between loads and
//! loads lazily, by this crate's [`eagerly::Drive`]; a [`snapshot()`] reads one state. The graph of a database is
//! [`reflect`]ed, and an [`eagerly::graph::GraphFile`] adds to it.
//!
//! A load may be dropped, wherever it waits: its statement is cancelled on the server, and the next load on the connection
//! waits for that first. In a transaction, that ends the transaction. [`Connection::set_timeout`] does so when a time is
//! over, `Run::max_bytes` bounds what is read.

mod cancel;
mod catalog;
mod class;
mod connect;
mod connection;
mod decode;
mod encode;
mod encryption;
mod error;
mod hidden;
mod pool;
mod refused;
mod reset;
mod run;
mod session;
mod snapshot;
mod types;
mod under_way;
mod url;

pub use catalog::{catalog, catalog_of};
pub use connect::{CONNECT_TIMEOUT, connect};
pub use connection::{Connection, PREPARED};
pub use decode::Decoder;
pub use eagerly::{Executed, Observer, ROWS_BETWEEN};
pub use encode::Bound;
pub use error::database_error;
pub use pool::pool;
pub use run::{Mode, drive, execute, load, observe};
pub use session::Session;
pub use snapshot::{Snapshot, snapshot};
/// The driver, for hosts that connect by themselves.
pub use tokio_postgres;

use eagerly::error::Result;
use eagerly::{Postgres, RelationshipGraph};
use tokio_postgres::Client;

/// The dialect with the limits of this connection, which are PostgreSQL's own: no setting of a server moves them.
#[must_use]
pub fn dialect(_: &Connection) -> Postgres {
    Postgres::new()
}

/// The entities and relationships that the catalog of the connection's schema describes.
///
/// # Errors
/// A catalog that cannot be read.
pub async fn reflect(client: &Client) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog(client).await?)
}

/// The entities and relationships that the catalog of these schemas describes, in that order: those of the first keep
/// their tables' names.
///
/// # Errors
/// A catalog that cannot be read; a schema that is not there.
pub async fn reflect_of<S: AsRef<str>>(client: &Client, schemas: &[S]) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog_of(client, schemas).await?)
}
