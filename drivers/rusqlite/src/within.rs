//! Bounds the time of what is done on a connection.
//!
//! SQLite works in the caller's thread, so nobody can drop a load: another thread interrupts it. SQLite forgets of an
//! interruption when nothing is under way, between two statements for example, so that one that ends with the last row of
//! its answer stays under way meanwhile ([`held`]).

use crate::error::database_error;
use eagerly::error::{Error, ErrorKind, Result, code};
use rusqlite::{Connection, Statement};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Between two interruptions.
const AGAIN: Duration = Duration::from_millis(5);

/// Does something on a connection: loads, reads the catalog, begins a snapshot. It ends with `E0502` once `limit` is over,
/// waiting for a lock included; the connection stays usable.
///
/// Statements of the host's own that are under way on the connection when the time is over are interrupted too. One
/// statement is read to its end before it is interrupted: views within views can take a second to read.
///
/// ```
/// use std::time::Duration;
/// let connection = rusqlite::Connection::open_in_memory().unwrap();
/// connection
///     .execute_batch(
///         "CREATE VIEW endless AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r",
///     )
///     .unwrap();
/// let graph = eagerly_rusqlite::reflect(&connection)?;
/// let planner = eagerly::Planner::new(graph, eagerly_rusqlite::dialect(&connection));
/// let plan = planner.compile(&eagerly::LoadSpec::parse("{ endless }")?)?;
/// let limit = Duration::from_millis(50);
/// let error = eagerly_rusqlite::within(&connection, limit, || eagerly_rusqlite::load(&connection, &plan)).unwrap_err();
/// assert_eq!(error.first().code, "E0502");
/// # Ok::<(), eagerly::error::Errors>(())
/// ```
///
/// # Errors
/// Those of `work`; `E0502`.
pub fn within<T>(connection: &Connection, limit: Duration, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let failed = |error: rusqlite::Error| database_error(error, "cannot bound the time of a load");
    let end = Instant::now().checked_add(limit);
    let patience: i64 = connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0)).map_err(failed)?;
    let patience = Duration::from_millis(patience.try_into().unwrap_or_default());
    let interrupt = connection.get_interrupt_handle();
    let (over, until_over) = mpsc::channel::<()>();
    let watch = move || {
        let mut wait = limit;
        while until_over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            interrupt.interrupt();
            wait = AGAIN;
        }
    };
    let done = thread::scope(|scope| {
        // Dropped at the end, by a panic too.
        let _over = over;
        let watched = thread::Builder::new().name("timeout".to_owned()).spawn_scoped(scope, watch);
        watched.map_err(|error| {
            Error::new(ErrorKind::Limit, code::LIMIT, format!("no thread to watch the time: {error}"))
        })?;
        let mut held = held(connection).map_err(failed)?;
        let _under_way = held.raw_query().next().map_err(failed)?.is_some();
        let _patience = Patience::at_most(limit, connection, patience);
        work()
    });
    // What SQLite says to that is that it was interrupted, or that a lock was held for too long.
    let ended =
        |error: &Error| error.kind == ErrorKind::Database && [code::REFUSED, code::LOCKED].contains(&error.code);
    match done {
        Err(errors) if end.is_some_and(|end| Instant::now() >= end) && ended(errors.first()) => {
            Err(Error::timeout("the load", limit).into())
        }
        done => done,
    }
}

/// A statement that reads nothing of the database, and is under way between its two rows.
pub(crate) fn held(connection: &Connection) -> rusqlite::Result<Statement<'_>> {
    connection.prepare("SELECT 1 UNION ALL SELECT 2")
}

/// How long a connection waits for locks, until this is dropped.
struct Patience<'c>(&'c Connection, Duration);

impl<'c> Patience<'c> {
    fn at_most(limit: Duration, connection: &'c Connection, usual: Duration) -> Option<Self> {
        (limit < usual && connection.busy_timeout(limit).is_ok()).then_some(Self(connection, usual))
    }
}

impl Drop for Patience<'_> {
    fn drop(&mut self) {
        // It was set before, and so can be set.
        let _ = self.0.busy_timeout(self.1);
    }
}

#[cfg(test)]
mod tests;
