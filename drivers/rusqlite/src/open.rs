//! A path becomes a connection that can read and never writes.
//!
//! * The path is a path: `file:x`, `:memory:` and an empty one are names of files like any other. rusqlite's bundled
//!   SQLite reads `file:` as a URI whatever the flags say, so a relative path gets a `./` before it reaches SQLite.
//! * Nothing is created, and the database file is never written to. Beside a database in WAL mode SQLite creates the
//!   `-shm` and `-wal` files where they are missing, even for a reader, since it finds the end of the log through them,
//!   and a reader cannot remove them at the end; where the directory is not writable either, such a database opens only
//!   if they exist. `immutable=1` would avoid the files, and return wrong rows as soon as another program writes.
//! * A journal that a crashed writer left (a hot journal) has to be rolled back by someone who may write: E0401.
//! * SQLite looks at the file only when it first reads, so we read once: what is no database is refused here.

use crate::error::database_error;
use eagerly::error::{Class, DatabaseError, Error, ErrorKind, Result, code};
use rusqlite::{Connection, OpenFlags};
use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long [`open`] waits for a lock before it gives up.
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How many prepared statements [`open`] lets a connection keep: those used last. rusqlite keeps 16 unless a host says
/// otherwise by `set_prepared_statement_cache_capacity`, and a plan with more statements would prepare all of them anew
/// for each load.
pub const PREPARED: usize = 256;

/// Opens an existing database for reading. An empty file is an empty database.
///
/// # Errors
/// `E0401` if the file does not exist or cannot be opened, `E0402` if it is no database, `E0403` if it stays locked for
/// [`BUSY_TIMEOUT`], `E0404` if it is damaged.
///
/// ```
/// let error = eagerly_rusqlite::open("no/such.db".as_ref()).unwrap_err();
/// assert_eq!(error.first().code, "E0401");
/// ```
pub fn open(path: &Path) -> Result<Connection> {
    open_with(path, BUSY_TIMEOUT)
}

/// Opens an existing database for reading; the connection waits for locks as long as `busy_timeout` says.
///
/// # Errors
/// Those of [`open`].
pub fn open_with(path: &Path, busy_timeout: Duration) -> Result<Connection> {
    let metadata = std::fs::metadata(path).map_err(|error| no_file(path, error))?;
    // A directory is a confusing I/O error to SQLite, and a pipe would block it for ever.
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "it is a directory" } else { "it is not a regular file" };
        return Err(cannot_open(path, what, "give the path of an SQLite database file").into());
    }
    let failed = |error: rusqlite::Error| database_error(error, format_args!("cannot open `{}`", path.display()));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(verbatim(path), flags).map_err(failed)?;
    // rusqlite panics on a timeout that does not fit SQLite's milliseconds.
    let busy_timeout = busy_timeout.min(Duration::from_millis(i32::MAX.unsigned_abs().into()));
    connection.busy_timeout(busy_timeout).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.query_row("PRAGMA main.schema_version", [], |row| row.get::<_, i64>(0)).map_err(failed)?;
    Ok(connection)
}

/// The same file, by a name that is none of SQLite's special ones: those are all relative.
fn verbatim(path: &Path) -> Cow<'_, Path> {
    if path.is_relative() { Cow::Owned(Path::new(".").join(path)) } else { Cow::Borrowed(path) }
}

fn no_file(path: &Path, error: io::Error) -> Error {
    let ours = match error.kind() {
        io::ErrorKind::NotFound => {
            cannot_open(path, "no such file", "give the path of an existing SQLite file: none is created")
        }
        _ => cannot_open(path, &error, "check the path and the rights to it"),
    };
    let class = match error.kind() {
        io::ErrorKind::PermissionDenied => Class::Permission,
        _ => Class::Other,
    };
    ours.database(DatabaseError::new(class).caused_by(Arc::new(error)))
}

fn cannot_open(path: &Path, why: impl std::fmt::Display, help: &str) -> Error {
    let message = format!("cannot open `{}`: {why}", path.display());
    Error::new(ErrorKind::Database, code::CANNOT_OPEN, message).help(help)
}

#[cfg(test)]
mod tests;
