//! Bounds the time of what is done on a connection.
//!
//! SQLite works in the caller's thread, so nobody can drop a load: SQLite asks from time to time whether it is to go on,
//! while it runs a statement and while it reads one (views within views can take longer than their rows).

use crate::error::database_error;
use eagerly::error::{Error, ErrorKind, Result, code};
use rusqlite::Connection;
use std::ffi::c_int;
use std::time::{Duration, Instant};

/// After how many steps of its machine SQLite asks whether to go on: some microseconds. Other numbers ask more often than
/// anybody can wait, or cost statements a part of their time.
pub const STEPS_BETWEEN: c_int = 1_000;

/// Does something on a connection: loads, reads the catalog, begins a snapshot. It ends with `E0502` once `limit` is over,
/// waiting for a lock included; the connection stays usable.
///
/// A progress handler of the host's own is gone afterwards, since a connection has one.
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
    let failed = |error: rusqlite::Error| database_error(&error, "cannot bound the time of a load");
    let end = Instant::now().checked_add(limit);
    let is_over = move || end.is_some_and(|end| Instant::now() >= end);
    connection.progress_handler(STEPS_BETWEEN, Some(is_over)).map_err(failed)?;
    let patience: i64 = connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0)).map_err(failed)?;
    let patience = Duration::from_millis(patience.try_into().unwrap_or_default());
    let bounded = Bounded { connection, patience };
    if limit < patience {
        connection.busy_timeout(limit).map_err(failed)?;
    }
    let done = work();
    drop(bounded);
    // What SQLite says to that is that it was interrupted, or that a lock was held for too long.
    let ended =
        |error: &Error| error.kind == ErrorKind::Database && [code::REFUSED, code::LOCKED].contains(&error.code);
    match done {
        Err(errors) if is_over() && ended(errors.first()) => Err(Error::timeout("the load", limit).into()),
        done => done,
    }
}

/// A connection whose time is bounded until this is dropped.
struct Bounded<'c> {
    connection: &'c Connection,
    patience: Duration,
}

impl Drop for Bounded<'_> {
    fn drop(&mut self) {
        // Both fail on a connection that rusqlite does not own, which has refused them before.
        let _ = self.connection.progress_handler(0, None::<fn() -> bool>);
        let _ = self.connection.busy_timeout(self.patience);
    }
}

#[cfg(test)]
mod tests;
