//! PostgreSQL, through tokio-postgres. What is ready together is in flight together.

use super::{Database, Reading};
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use eagerly_postgres::{Connection, Mode, Snapshot};
use std::future::Future;
use tokio::runtime::Runtime;

/// Connects to the database of a URL.
pub(super) fn connect(url: &str) -> Result<Box<dyn Database>> {
    let (runtime, connection) = super::connected(eagerly_postgres::connect(url))?;
    Ok(Box::new(Server { runtime, connection }))
}

struct Server {
    runtime: Runtime,
    connection: Connection,
}

impl Server {
    /// Awaits what the server does, until the command is to stop: then it is cancelled there.
    fn wait<'s, T>(&'s self, work: impl Future<Output = Result<T>> + 's) -> Result<T> {
        let work = async |connection: &mut &'s Connection| connection.within(work).await;
        // What the server says to that is no news.
        super::until_stopped(&self.runtime, &self.connection, work, async |connection| connection.settle().await)
    }
}

struct ServerReading<'s> {
    server: &'s Server,
    snapshot: Option<Snapshot<'s>>,
}

impl Database for Server {
    /// Before the catalog is read, so that the graph is of the state that is loaded.
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>> {
        let begin = || self.wait(eagerly_postgres::snapshot(&self.connection));
        let snapshot = snapshot.then(begin).transpose()?;
        Ok(Box::new(ServerReading { server: self, snapshot }))
    }

    /// The server notices by itself.
    fn close(self: Box<Self>) {}
}

impl Reading for ServerReading<'_> {
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog> {
        self.server.wait(eagerly_postgres::catalog_of(self.server.connection.client(), schemas))
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        Box::new(eagerly_postgres::dialect(&self.server.connection))
    }

    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        self.server.wait(eagerly_postgres::observe(&self.server.connection, Mode::Pipelined, run, observer))
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.snapshot.map_or(Ok(()), |snapshot| self.server.wait(snapshot.end()))
    }
}
