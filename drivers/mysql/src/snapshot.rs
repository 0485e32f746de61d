//! One state of a database for every wave of a run.
//!
//! Without it each statement sees what is committed when it starts, and a row that another program writes between two
//! waves can come out with children from before, or the other way round. InnoDB keeps the state of a REPEATABLE READ
//! transaction from its first read on; `WITH CONSISTENT SNAPSHOT` makes that the beginning. Writers go on meanwhile.
//! Tables of engines without transactions (MyISAM, MEMORY) are read as they are, and the catalog is never part of a
//! snapshot.

use crate::connect::Connection;
use crate::run::to_the_end;
use crate::under_way::limited;
use eagerly::error::Result;
use eagerly::{Observer, Plan, ResultGraph, Run};
use std::fmt;

/// A read-only transaction, from [`snapshot`]. When it is dropped and not ended, the connection ends it before its next
/// use.
#[must_use = "the snapshot ends when it is dropped"]
pub struct Snapshot<'c>(&'c mut Connection);

/// Begins a snapshot: until it ends, everything that is loaded through it is the state of this moment.
///
/// # Errors
/// What the database refuses; the connection being in a transaction already, whose state may be an earlier one.
pub async fn snapshot(connection: &mut Connection) -> Result<Snapshot<'_>> {
    let begun = limited(connection.timeout(), begin(connection)).await;
    connection.in_time(begun).await?;
    Ok(Snapshot(connection))
}

async fn begin(connection: &mut Connection) -> Result<()> {
    connection.leave_snapshot().await?;
    // The first statement holds for the next transaction only. Inside a transaction the server refuses it, which keeps
    // the second from committing what the host has begun.
    const CONTEXT: &str = "cannot begin a snapshot";
    connection.command("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", CONTEXT).await?;
    // Whoever waits may be dropped when the server has begun.
    connection.in_snapshot = true;
    let begun = connection.command(BEGIN, CONTEXT).await;
    connection.in_snapshot = begun.is_ok();
    begun
}

const BEGIN: &str = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/// `completion_type` would begin another transaction, or end the connection.
const END: &str = "COMMIT AND NO CHAIN NO RELEASE";

impl Snapshot<'_> {
    /// Loads a plan.
    ///
    /// # Errors
    /// Those of [`load`](crate::load).
    pub async fn load(&mut self, plan: &Plan) -> Result<ResultGraph> {
        self.observe(Run::new(plan), &mut ()).await
    }

    /// Drives a run that the caller has set up, and tells how far it is.
    ///
    /// # Errors
    /// Those of [`observe`](crate::observe).
    pub async fn observe(&mut self, run: Run, observer: &mut (impl Observer + ?Sized)) -> Result<ResultGraph> {
        let loaded = limited(self.0.timeout(), to_the_end(self.0, run, observer)).await;
        self.0.in_time(loaded).await
    }

    /// Ends the snapshot, and tells what the database says to that.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn end(self) -> Result<()> {
        let ended = limited(self.0.timeout(), self.0.command(END, "cannot end a snapshot")).await;
        self.0.in_time(ended).await?;
        self.0.in_snapshot = false;
        Ok(())
    }
}

impl fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Snapshot").field(&self.0.server()).finish()
    }
}
