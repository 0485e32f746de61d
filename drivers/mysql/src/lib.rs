//! MySQL 8.0+ and MariaDB 10.6+ for Eagerly, through [mysql_async](https://docs.rs/mysql_async): connecting, the catalog,
//! and driving a run over one connection, or over several ([`pool`]).
//!
//! mysql_async is the driver that both projects' users know, without C code; it does not pipeline, so statements run one
//! after the other on a connection. Everything here has to be awaited inside a tokio runtime with I/O enabled, as mysql_async asks.
//!
//! [`connect`] encrypts as the URL's `ssl-mode` says (feature `tls`, on by default; a host that brings its own connections
//! can leave it out). [`load`] and [`drive`] run a plan; a [`Session`] shares rows between loads and loads lazily, by this
//! crate's [`eagerly::Drive`]; a [`snapshot()`] reads one state. The graph of a database is [`reflect`]ed, and an
//! [`eagerly::graph::GraphFile`] adds to it.
//!
//! A load may be dropped, wherever it waits: its statement is stopped on the server (`KILL QUERY`), and the next load on the
//! connection waits for that first. [`Connection::set_timeout`] does so when a time is over, `Run::max_bytes` bounds what
//! is read.
//!
//! ```no_run
//! # async fn inspect() -> eagerly::error::Result<()> {
//! let mut connection = eagerly_mysql::connect("mysql://reader:secret@localhost/shop").await?;
//! let graph = eagerly_mysql::reflect(&mut connection).await?;
//! println!("{:?}: {} entities", connection.server(), graph.entities().count());
//! # Ok(()) }
//! ```

mod catalog;
mod cells;
mod class;
mod connect;
mod encryption;
mod error;
mod pool;
mod run;
mod server;
mod session;
mod settings;
mod snapshot;
mod under_way;

pub use catalog::{catalog, catalog_of};
pub use connect::{CONNECT_TIMEOUT, Connection, PREPARED, connect};
pub use eagerly::{Executed, Observer, ROWS_BETWEEN};
pub use error::database_error;
pub use pool::pool;
pub use run::{drive, execute, load, observe};
pub use server::{Product, Server};
pub use session::Session;
pub use snapshot::{Snapshot, snapshot};

use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::{MariaDb, MySql, RelationshipGraph};

/// The dialect of the server that answers, with the limits of this connection.
#[must_use]
pub fn dialect(connection: &Connection) -> Box<dyn Dialect> {
    let server = connection.server();
    match server.product {
        Product::MySql => Box::new(MySql::new().max_list_bytes(server.max_list_bytes())),
        Product::MariaDb => Box::new(MariaDb::new().max_list_bytes(server.max_list_bytes())),
    }
}

/// The entities and relationships that the catalog of the connection's database describes.
///
/// # Errors
/// A catalog that cannot be read.
pub async fn reflect(connection: &mut Connection) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog(connection).await?)
}

/// The entities and relationships that the catalog of these databases of the server describes, in that order: those of
/// the first keep their tables' names.
///
/// # Errors
/// A catalog that cannot be read; a database that is not there.
pub async fn reflect_of<S: AsRef<str>>(connection: &mut Connection, schemas: &[S]) -> Result<RelationshipGraph> {
    RelationshipGraph::from_catalog(&catalog_of(connection, schemas).await?)
}
