//! SQLite files, through rusqlite.

use super::{Database, Reading};
use crate::stop;
use eagerly::dialect::Dialect;
use eagerly::error::{Result, code};
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use eagerly_rusqlite::Snapshot;
use rusqlite::Connection;
use std::path::Path;

/// Opens a file.
pub(super) fn open(path: &Path, max_bytes: Option<u64>) -> Result<Box<dyn Database>> {
    let connection = eagerly_rusqlite::open(path)?;
    let interrupt = connection.get_interrupt_handle();
    stop::interrupt_by(move || interrupt.interrupt());
    if let Some(max_bytes) = max_bytes {
        // Of the whole process, which is this program's own. What SQLite holds beside values (its cache, what it sorts,
        // lists of keys) has room too.
        let memory = max_bytes.saturating_mul(2).saturating_add(32 << 20).min(i64::MAX.unsigned_abs());
        let failed = |error: rusqlite::Error| eagerly_rusqlite::database_error(error, "cannot bound the memory");
        connection.query_row(&format!("PRAGMA hard_heap_limit = {memory}"), [], |_| Ok(())).map_err(failed)?;
    }
    Ok(Box::new(File { connection, bounded: max_bytes.is_some() }))
}

struct File {
    connection: Connection,
    /// Its memory is bounded by `--max-bytes`.
    bounded: bool,
}

struct FileReading<'c> {
    file: &'c File,
    snapshot: Option<Snapshot<'c>>,
}

impl File {
    /// Where SQLite is out of memory, says which bound that was.
    fn told<T>(&self, done: Result<T>) -> Result<T> {
        done.map_err(|errors| match errors.first() {
            error if self.bounded && error.code == code::LIMIT && error.message.ends_with("out of memory") => error
                .clone()
                .help(
                    "`--max-bytes` bounds the memory of SQLite too: limit the specification, list fewer columns, or allow \
                     more bytes",
                )
                .into(),
            _ => errors,
        })
    }
}

impl Database for File {
    /// Before the catalog is read, so that the graph is of the state that is loaded.
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>> {
        let snapshot = snapshot.then(|| eagerly_rusqlite::snapshot(&self.connection)).transpose()?;
        Ok(Box::new(FileReading { file: self, snapshot }))
    }

    fn close(self: Box<Self>) {}
}

impl Reading for FileReading<'_> {
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog> {
        self.file.told(eagerly_rusqlite::catalog_of(&self.file.connection, schemas))
    }

    fn dialect(&self) -> Box<dyn Dialect> {
        Box::new(eagerly_rusqlite::dialect(&self.file.connection))
    }

    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph> {
        self.file.told(eagerly_rusqlite::observe(&self.file.connection, run, observer))
    }

    fn end(self: Box<Self>) -> Result<()> {
        self.snapshot.map_or(Ok(()), Snapshot::end)
    }
}
