//! SQLite files, through rusqlite.

use super::{Database, Reading};
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use eagerly_rusqlite::Snapshot;
use rusqlite::Connection;
use std::path::Path;

/// Opens a file.
pub(super) fn open(path: &Path) -> Result<Box<dyn Database>> {
    Ok(Box::new(File(eagerly_rusqlite::open(path)?)))
}

struct File(Connection);

struct FileReading<'c> {
    connection: &'c Connection,
    snapshot: Option<Snapshot<'c>>,
}

impl Database for File {
    /// Before the catalog is read, so that the graph is of the state that is loaded.
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>> {
        let snapshot = snapshot.then(|| eagerly_rusqlite::snapshot(&self.0)).transpose()?;
        Ok(Box::new(FileReading { connection: &self.0, snapshot }))
    }

    fn close(self: Box<Self>) {}
}

impl Reading for FileReading<'_> {
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog> {
        eagerly_rusqlite::catalog_of(self.connection, schemas)
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        Box::new(eagerly_rusqlite::dialect(self.connection))
    }

    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        eagerly_rusqlite::observe(self.connection, run, observer)
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.snapshot.map_or(Ok(()), Snapshot::end)
    }
}
