//! One state of a database for everything that is read: its catalog, and every wave of a run.
//!
//! Without it each statement sees what is committed when it starts, and a row that another program writes between two
//! waves can come out with children from before, or the other way round. In WAL mode writers go on meanwhile;
//! otherwise they wait until the snapshot ends.

use crate::error::database_error;
use eagerly::error::{Errors, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// A read transaction, from [`snapshot`]. It ends when it is dropped; nothing was written, so there is nothing to keep.
#[derive(Debug)]
#[must_use = "the snapshot ends when it is dropped"]
pub struct Snapshot<'c>(Option<Transaction<'c>>);

/// Begins a snapshot: until it ends, everything this connection reads of `main` is the state of this moment. Where the
/// connection is in a transaction already, that is one state too, and the snapshot leaves it as it is.
///
/// ```
/// let connection = rusqlite::Connection::open_in_memory().unwrap();
/// let snapshot = eagerly_rusqlite::snapshot(&connection)?;
/// let graph = eagerly_rusqlite::reflect(&connection)?;
/// // Plans of `graph` are loaded here.
/// snapshot.end()?;
/// assert!(connection.is_autocommit());
/// # Ok::<(), eagerly::error::Errors>(())
/// ```
///
/// # Errors
/// What the database refuses: it is locked, or no longer a database.
pub fn snapshot(connection: &Connection) -> Result<Snapshot<'_>> {
    let begin = || {
        if !connection.is_autocommit() {
            return Ok(None);
        }
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
        // A deferred transaction takes its state when it first reads.
        transaction.query_row("SELECT count(*) FROM main.sqlite_schema", [], |_| Ok(()))?;
        Ok(Some(transaction))
    };
    begin().map(Snapshot).map_err(|error| failed(error, "cannot begin a snapshot"))
}

impl Snapshot<'_> {
    /// Ends the snapshot, and tells what the database says to that.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn end(self) -> Result<()> {
        let ended = self.0.map_or(Ok(()), Transaction::commit);
        ended.map_err(|error| failed(error, "cannot end a snapshot"))
    }
}

fn failed(error: rusqlite::Error, context: &str) -> Errors {
    database_error(error, context).into()
}

#[cfg(test)]
mod tests;
