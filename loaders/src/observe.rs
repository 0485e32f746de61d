//! What a driver tells of a run while it drives it. The driver has the clock and counts its own round trips; all else is
//! the run's.

use crate::run::{Run, Statement};
use eagerly_planner::BindValue;
use std::sync::Arc;
use std::time::Duration;

/// A statement that was executed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Executed {
    /// The paths of the load nodes it is for.
    pub batch: String,
    /// Its depth in the graph of dependencies, from 1.
    pub wave: u32,
    /// The SQL.
    pub sql: Arc<str>,
    /// The binds.
    pub binds: Vec<BindValue>,
    /// How many keys it looked for; where it was sent with the root, at most so many, and 0 while its parents are not there.
    pub keys: usize,
    /// How many rows it returned.
    pub rows: u64,
    /// How many round trips the driver added on its own: to prepare it, and to look up its types.
    pub hidden: u32,
    /// How long it took, rows and stitching included; statements in flight together share their time.
    pub time: Duration,
}

impl Executed {
    /// A statement whose rows `run` has all taken.
    #[must_use]
    pub fn new(run: &Run, statement: Statement, hidden: u32, time: Duration) -> Self {
        let Statement { id, batch, wave, sql, binds, keys } = statement;
        // One that did not wait for its keys was sent without any: it looked for those that its parents hold.
        let keys = if keys == 0 { run.parents_of(batch) } else { keys };
        let batch = run.plan().batch(batch).name.clone();
        Self { batch, wave, sql, binds, keys, rows: run.rows_of(id), hidden, time }
    }
}

/// Is told how far a run is. A closure that takes an [`Executed`] is one, and so is `()`, which is told nothing.
pub trait Observer {
    /// More rows of a statement that is under way were read: told every [`ROWS_BETWEEN`] rows, and not at its end.
    fn reading(&mut self, rows: u64) {
        let _ = rows;
    }

    /// A statement was executed, and all its rows were read.
    fn executed(&mut self, statement: Executed) {
        let _ = statement;
    }
}

/// After how many rows of a statement an [`Observer`] hears of it: so many that it costs the rows nothing.
pub const ROWS_BETWEEN: u64 = 1 << 10;

/// Nobody is told.
impl Observer for () {}

impl<F: FnMut(Executed)> Observer for F {
    fn executed(&mut self, statement: Executed) {
        self(statement);
    }
}
