//! `--trace FILE`: one line of JSON per executed statement, written as soon as the statement is done, so that the trace
//! of a run that fails tells how far it came.
//!
//! The file is opened before anything is executed, and never one that the run reads, nor one of the names that SQLite
//! keeps beside the database: an absent `-journal` or `-wal` that appears is rolled back, or read as a log. Files are
//! compared by their metadata, not by handles: closing a second handle to a database drops the locks that this process
//! holds on it.

use eagerly::Executed;
use eagerly::error::{Error, Result, code};
use serde::Serialize;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What SQLite appends to a database's name for files of its own.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

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
    /// Opens the file, and empties it. `database` is the database's file if it is one, `sources` are those of the
    /// specification, of the graph and of certificates.
    ///
    /// # Errors
    /// A file that cannot be written, that the run reads, that SQLite keeps for itself, or that is standard output.
    pub(crate) fn create(path: &Path, database: Option<&Path>, sources: &[&Path]) -> Result<Self> {
        if path.as_os_str() == "-" || is_stdout(path) {
            return Err(Error::input(code::USAGE, "a trace cannot go to standard output, which has the objects")
                .help("give a file: `/dev/stderr` shows it, `./-` is a file of that name")
                .into());
        }
        let wrong = |message: String| Error::input(code::USAGE, message).help("give the trace a file of its own");
        if is_stdin(path) {
            return Err(wrong("the trace would overwrite what standard input is read from".to_owned()).into());
        }
        if let Some(read) = sources.iter().find(|read| is_same(path, read)) {
            return Err(wrong(format!("the trace would overwrite `{}`, which is read", read.display())).into());
        }
        if let Some(read) = database.into_iter().flat_map(files_of).find(|read| is_same(path, read)) {
            let message = if read.exists() {
                format!("the trace would overwrite `{}`, which is read", read.display())
            } else {
                format!("`{}` is a name that SQLite keeps for the database's own files", path.display())
            };
            return Err(wrong(message).into());
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

/// The database, and the files that SQLite has or makes beside it: beside the name as it was given, and beside the file
/// that this name leads to, since SQLite follows links first.
fn files_of(database: &Path) -> impl Iterator<Item = PathBuf> {
    let beside = |name: PathBuf| {
        BESIDE.map(move |suffix| {
            let mut name = OsString::from(&name);
            name.push(suffix);
            PathBuf::from(name)
        })
    };
    [database.to_owned(), resolved(database)].into_iter().flat_map(beside)
}

/// Whether two paths lead to one file, by whatever names, or would if it existed.
fn is_same(a: &Path, b: &Path) -> bool {
    resolved(a) == resolved(b) || is_linked(a, b)
}

/// Links that are followed where the last of them leads nowhere; systems allow 40 at most.
const LINKS: usize = 40;

/// The path to which writing leads, also where nothing is there yet; the path itself if its directory does not exist.
fn resolved(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        if let Ok(found) = fs::canonicalize(&path) {
            return found;
        }
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        match (fs::read_link(&path), fs::canonicalize(directory), path.file_name()) {
            (Ok(link), ..) => path = directory.join(link),
            (Err(_), Ok(directory), Some(name)) => return directory.join(name),
            _ => return path,
        }
    }
    path
}

#[cfg(unix)]
fn is_linked(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| fs::metadata(path).map(|metadata| inode(&metadata)).ok();
    place(a).is_some_and(|here| place(b) == Some(here))
}

#[cfg(not(unix))]
fn is_linked(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(unix)]
fn inode(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Whether a path leads to standard output.
#[cfg(unix)]
fn is_stdout(path: &Path) -> bool {
    is_stream(path, 1, io::stdout())
}

/// Whether a path leads to the file that standard input comes from.
#[cfg(unix)]
fn is_stdin(path: &Path) -> bool {
    is_stream(path, 0, io::stdin())
}

/// Whether a path leads to a stream. Where that is a device, a terminal or `/dev/null`, only its own names count: another
/// stream can be the same device.
#[cfg(unix)]
fn is_stream(path: &Path, number: u8, stream: impl std::os::fd::AsFd) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let name = ["/dev/stdin", "/dev/stdout"][usize::from(number)];
    if [name, &format!("/dev/fd/{number}"), &format!("/proc/self/fd/{number}")]
        .iter()
        .any(|name| path == Path::new(name))
    {
        return true;
    }
    let stream = stream.as_fd().try_clone_to_owned().and_then(|fd| File::from(fd).metadata());
    let (Ok(stream), Ok(trace)) = (stream, fs::metadata(path)) else { return false };
    !stream.file_type().is_char_device() && inode(&stream) == inode(&trace)
}

#[cfg(not(unix))]
fn is_stdout(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn is_stdin(_: &Path) -> bool {
    false
}
