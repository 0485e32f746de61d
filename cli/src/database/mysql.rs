//! MySQL and MariaDB, through mysql_async. The server's version says which of them answers.

use super::{Database, Reading};
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use eagerly_mysql::Connection;
use tokio::runtime::Runtime;

/// Connects to the database of a URL.
pub(super) fn connect(url: &str) -> Result<Box<dyn Database>> {
    let (runtime, connection) = super::connected(eagerly_mysql::connect(url))?;
    Ok(Box::new(Server { runtime, connection }))
}

struct Server {
    runtime: Runtime,
    connection: Connection,
}

impl Server {
    /// Awaits what the server does, until the command is to stop: then it is cancelled there.
    fn wait<T>(&mut self, work: impl AsyncFnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let work = async |connection: &mut &mut Connection| work(connection).await;
        super::until_stopped(&self.runtime, &mut self.connection, work, async |connection: &mut Connection| {
            // What the server says to that is no news.
            let _ = connection.settle().await;
        })
    }
}

struct ServerReading<'s> {
    server: &'s mut Server,
    snapshot: bool,
}

impl Database for Server {
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>> {
        Ok(Box::new(ServerReading { server: self, snapshot }))
    }

    fn close(self: Box<Self>) {
        let Self { runtime, connection } = *self;
        // Everything was read, so that nobody misses what fails now.
        let _ = runtime.block_on(connection.close());
    }
}

impl Reading for ServerReading<'_> {
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog> {
        self.server.wait(async |connection| eagerly_mysql::catalog_of(connection, schemas).await)
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        eagerly_mysql::dialect(&self.server.connection)
    }

    /// The snapshot begins here, since the catalog of these servers is part of none: a table that has changed since then
    /// is refused by the server.
    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        let snapshot = self.snapshot;
        self.server.wait(async |connection| {
            if !snapshot {
                return eagerly_mysql::observe(connection, run, observer).await;
            }
            let mut snapshot = eagerly_mysql::snapshot(connection).await?;
            let result = snapshot.observe(run, observer).await?;
            snapshot.end().await?;
            Ok(result)
        })
    }

    fn end(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}
