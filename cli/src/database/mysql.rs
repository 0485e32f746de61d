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
    let runtime = super::runtime()?;
    let connection = runtime.block_on(eagerly_mysql::connect(url))?;
    Ok(Box::new(Server { runtime, connection }))
}

struct Server {
    runtime: Runtime,
    connection: Connection,
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
        self.server.runtime.block_on(eagerly_mysql::catalog_of(&mut self.server.connection, schemas))
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        eagerly_mysql::dialect(&self.server.connection)
    }

    /// The snapshot begins here, since the catalog of these servers is part of none: a table that has changed since then
    /// is refused by the server.
    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        let Server { runtime, connection } = &mut *self.server;
        runtime.block_on(async {
            if !self.snapshot {
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
