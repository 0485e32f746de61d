//! `--trace FILE`: one line of JSON per executed statement, written as soon as the statement is done, so that the trace
//! of a run that fails tells how far it came.
//!
//! The file is opened before anything is executed, and never one that the run reads: a trace over the database would
//! destroy it. Files are compared by their metadata, not by handles: closing a second handle to a database drops the
//! locks that this process holds on it.

use eagerly::error::{Error, Result, code};
use eagerly_rusqlite::Executed;
use serde::Serialize;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// An open trace.
pub(crate) struct Trace {
    path: PathBuf,
    file: File,
    statements: u64,
    failed: Option<io::Error>,
}

/// A line of the trace; the fields and their order are a contract.
#[derive(Serialize)]
struct Line<'a> {
    statement: u64,
    batch: &'a str,
    wave: u32,
    sql: &'a str,
    binds: usize,
    keys: usize,
    rows: u64,
    micros: u64,
}

impl Trace {
    /// Opens the file, and empties it; `texts` are the files that were read beside the database.
    ///
    /// # Errors
    /// A file that cannot be written, or that the run reads.
    pub(crate) fn create(path: &Path, database: &Path, texts: &[&Path]) -> Result<Self> {
        if path.as_os_str() == "-" {
            return Err(Error::input(code::USAGE, "a trace cannot go to standard output, which has the objects")
                .help("give a file: `/dev/stderr` shows it, `./-` is a file of that name")
                .into());
        }
        let beside = |suffix: &str| {
            let mut name = OsString::from(database);
            name.push(suffix);
            PathBuf::from(name)
        };
        let database_files = ["", "-wal", "-shm", "-journal"].map(beside);
        let mut all = database_files.iter().map(PathBuf::as_path).chain(texts.iter().copied());
        let read = all.find(|read| is_same(path, read));
        if let Some(read) = read {
            let message = format!("the trace would overwrite `{}`, which is read", read.display());
            return Err(Error::input(code::USAGE, message).help("give the trace a file of its own").into());
        }
        let file = File::create(path).map_err(|error| unwritable(path, &error))?;
        Ok(Self { path: path.to_owned(), file, statements: 0, failed: None })
    }

    /// Whether its lines go to a terminal, as those of `/dev/stderr` can.
    pub(crate) fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    /// Adds a statement. What the system refuses is told at the end, by [`Trace::finish`].
    pub(crate) fn write(&mut self, executed: &Executed) {
        let Executed { batch, wave, sql, binds, keys, rows, time, .. } = executed;
        self.statements += 1;
        let line = Line {
            statement: self.statements,
            batch,
            wave: *wave,
            sql,
            binds: binds.len(),
            keys: *keys,
            rows: *rows,
            micros: u64::try_from(time.as_micros()).unwrap_or(u64::MAX),
        };
        if self.failed.is_none() {
            self.failed = self.line(&line).err();
        }
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        // One write, so that a line is there whole or not at all.
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.file.write_all(&text)
    }

    /// Ends the trace.
    ///
    /// # Errors
    /// The first line that could not be written.
    pub(crate) fn finish(self) -> Result<()> {
        match self.failed {
            Some(error) => Err(unwritable(&self.path, &error).into()),
            None => Ok(()),
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::input(code::UNREADABLE, format!("cannot write the trace to `{}`: {error}", path.display()))
        .help("give a file in a directory that exists and can be written to")
}

/// Whether two paths lead to one existing file, by whatever names.
fn is_same(a: &Path, b: &Path) -> bool {
    let (Ok(a), Ok(b)) = (fs::canonicalize(a), fs::canonicalize(b)) else { return false };
    a == b || is_linked(&a, &b)
}

#[cfg(unix)]
fn is_linked(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path: &Path| fs::metadata(path).map(|m| (m.dev(), m.ino())).ok();
    place(a).is_some_and(|here| place(b) == Some(here))
}

#[cfg(not(unix))]
fn is_linked(_: &Path, _: &Path) -> bool {
    false
}
