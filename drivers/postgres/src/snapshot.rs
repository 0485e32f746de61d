//! One state of a database for everything that is read: its catalog, and every wave of a run.
//!
//! Without it each statement sees what is committed when it starts, and a row that another program writes between two
//! waves can come out with children from before, or the other way round. Writers go on meanwhile.

use crate::Connection;
use crate::error::database_error;
use eagerly::error::{Error, ErrorKind, Result, code};
use futures_util::future::{FutureExt as _, try_join};
use std::sync::atomic::Ordering;
use tokio_postgres::{Client, SimpleQueryMessage};

/// A transaction that only reads, from [`snapshot`]. It ends when it is dropped; nothing was written, so there is
/// nothing to keep. While it lasts, its connection is none of a [`pool`](crate::pool).
#[derive(Debug)]
#[must_use = "the snapshot ends when it is dropped"]
pub struct Snapshot<'c> {
    connection: &'c Connection,
    /// The transaction is ours to end, and not the host's.
    is_open: bool,
}

/// Begins a snapshot: until it ends, everything this connection reads is the state of this moment. Where the connection
/// is in a transaction already that is one state too, the snapshot leaves it as it is.
///
/// # Errors
/// `E0302` in a transaction whose statements see different states (READ COMMITTED); what the database refuses.
pub async fn snapshot(connection: &Connection) -> Result<Snapshot<'_>> {
    // The cancel of a load that was dropped would end the transaction that begins here.
    connection.settle().await;
    let client = connection.client();
    let failed = |error| database_error(error, "cannot begin a snapshot");
    if let Some(isolation) = transaction(client).await.map_err(failed)? {
        if matches!(isolation.as_str(), "repeatable read" | "serializable") {
            return Ok(Snapshot::new(connection, false));
        }
        let message = format!("a transaction of level {isolation} is under way, and no snapshot can begin in it");
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("end it first, or begin it as REPEATABLE READ")
            .into());
    }
    // The transaction takes its state when it first reads.
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";
    let snapshot = Snapshot::new(connection, true);
    client.batch_execute(begin).await.map_err(failed)?;
    Ok(snapshot)
}

/// The isolation level of the transaction that the connection is in, none if it is in none.
///
/// tokio-postgres does not tell, and neither does a function of the server's; but what is set locally outlives its
/// statement in a transaction alone. Unlike a failing `SAVEPOINT` it leaves no line in the server's log.
async fn transaction(client: &Client) -> std::result::Result<Option<String>, tokio_postgres::Error> {
    let set = "SELECT pg_catalog.set_config('eagerly.transaction', 'yes', true)";
    let ask = "SELECT pg_catalog.current_setting('eagerly.transaction', true), \
               pg_catalog.current_setting('transaction_isolation')";
    let (_, answer) = try_join(client.simple_query(set), client.simple_query(ask)).await?;
    let row = answer.into_iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(row.filter(|row| row.get(0) == Some("yes")).and_then(|row| row.get(1).map(str::to_owned)))
}

pub(crate) const ROLLBACK: &str = "ROLLBACK";

impl<'c> Snapshot<'c> {
    fn new(connection: &'c Connection, is_open: bool) -> Self {
        connection.snapshots.fetch_add(1, Ordering::Relaxed);
        Self { connection, is_open }
    }

    /// Ends the snapshot, and tells what the database says to that.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn end(mut self) -> Result<()> {
        if !self.is_open {
            return Ok(());
        }
        // Until here whoever waits can be dropped, and the snapshot with it.
        self.connection.settle().await;
        self.is_open = false;
        let ended = self.connection.client().batch_execute("COMMIT").await;
        ended.map_err(|error| database_error(error, "cannot end a snapshot").into())
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if self.is_open {
            // Its first poll sends it, in front of whatever is sent next; nobody waits for the answer.
            let _ = self.connection.client().batch_execute(ROLLBACK).now_or_never();
            self.connection.rolled_back();
        }
        self.connection.snapshots.fetch_sub(1, Ordering::Relaxed);
    }
}
