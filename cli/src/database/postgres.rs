//! PostgreSQL, through tokio-postgres. What is ready together is in flight together.

use super::{Database, Reading};
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use eagerly_postgres::{Connection, Mode, Snapshot};
use tokio::runtime::Runtime;

/// Connects to the database of a URL.
pub(super) fn connect(url: &str) -> Result<Box<dyn Database>> {
    let runtime = super::runtime()?;
    let connection = runtime.block_on(eagerly_postgres::connect(url))?;
    Ok(Box::new(Server { runtime, connection }))
}

struct Server {
    runtime: Runtime,
    connection: Connection,
}

struct ServerReading<'s> {
    server: &'s Server,
    snapshot: Option<Snapshot<'s>>,
}

impl Database for Server {
    /// Before the catalog is read, so that the graph is of the state that is loaded.
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>> {
        let begin = || self.runtime.block_on(eagerly_postgres::snapshot(&self.connection));
        let snapshot = snapshot.then(begin).transpose()?;
        Ok(Box::new(ServerReading { server: self, snapshot }))
    }

    /// The server notices by itself.
    fn close(self: Box<Self>) {}
}

impl Reading for ServerReading<'_> {
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog> {
        self.server.runtime.block_on(eagerly_postgres::catalog_of(self.server.connection.client(), schemas))
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        Box::new(eagerly_postgres::dialect(&self.server.connection))
    }

    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        let Server { runtime, connection } = self.server;
        runtime.block_on(eagerly_postgres::observe(connection, Mode::Pipelined, run, observer))
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.snapshot.map_or(Ok(()), |snapshot| self.server.runtime.block_on(snapshot.end()))
    }
}
