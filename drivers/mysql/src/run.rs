//! Drives a run on one connection: statements one after the other, prepared once and reused.
//!
//! mysql_async keeps the statements that it prepared, 32 on a connection unless the URL's `stmt_cache_size` says
//! otherwise, and closes the one that was used longest ago when another is needed. Preparing is a round trip of its own,
//! which [`Executed::hidden`] counts.

use crate::cells::Reader;
use crate::connect::Connection;
use crate::error::database_error;
use eagerly::error::{Error, Result};
use eagerly::value::Value;
use eagerly::{BindValue, Plan, ResultGraph, Run, Statement};
use mysql_async::Params;
use mysql_async::prelude::Queryable;
use std::sync::Arc;
use std::time::{Duration, Instant};

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
    /// How many keys it looked for.
    pub keys: usize,
    /// How many rows it returned.
    pub rows: u64,
    /// Round trips beside the statement's own: 1 if it had to be prepared.
    pub hidden: u32,
    /// How long it took, rows and stitching included.
    pub time: Duration,
}

/// Is told how far a run is.
pub trait Observer {
    /// More rows of the statement that is under way were read: told every [`ROWS_BETWEEN`] rows, and not at its end.
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

/// Loads a plan.
///
/// # Errors
/// What the database refuses, a connection that breaks, and rows that have no faithful form. Nothing half loaded is
/// returned.
pub async fn load(connection: &mut Connection, plan: &Plan) -> Result<ResultGraph> {
    observe(connection, Run::new(plan), &mut ()).await
}

/// Drives a run that the caller has set up, and tells of every statement after it was executed.
///
/// # Errors
/// As [`load`]; more rows than the run allows.
pub async fn drive(
    connection: &mut Connection,
    run: Run,
    executed: &mut (dyn FnMut(Executed) + Send),
) -> Result<ResultGraph> {
    struct Told<'a>(&'a mut (dyn FnMut(Executed) + Send));

    impl Observer for Told<'_> {
        fn executed(&mut self, statement: Executed) {
            (self.0)(statement);
        }
    }

    observe(connection, run, &mut Told(executed)).await
}

/// Drives a run that the caller has set up, and tells how far it is.
///
/// # Errors
/// As [`drive`].
pub async fn observe(connection: &mut Connection, run: Run, observer: &mut impl Observer) -> Result<ResultGraph> {
    connection.leave_snapshot().await?;
    to_the_end(connection, run, observer).await
}

/// All waves of a run, in whatever transaction the connection is.
pub(crate) async fn to_the_end(
    connection: &mut Connection,
    mut run: Run,
    observer: &mut impl Observer,
) -> Result<ResultGraph> {
    loop {
        let ready = run.ready()?;
        if ready.is_empty() {
            return run.finish();
        }
        for statement in ready {
            let start = Instant::now();
            let hidden = rows(connection, &mut run, &statement, observer).await?;
            let Statement { id, batch, wave, sql, binds, keys, .. } = statement;
            let (batch, rows, time) = (run.plan().batch(batch).name.clone(), run.rows_of(id), start.elapsed());
            observer.executed(Executed { batch, wave, sql, binds, keys, rows, hidden, time });
        }
    }
}

/// Executes one statement of a run and feeds its rows, for hosts that drive a run themselves. How many round trips it
/// took beside its own.
///
/// # Errors
/// As [`load`].
pub async fn execute(connection: &mut Connection, run: &mut Run, statement: &Statement) -> Result<u32> {
    connection.leave_snapshot().await?;
    rows(connection, run, statement, &mut ()).await
}

async fn rows(
    connection: &mut Connection,
    run: &mut Run,
    statement: &Statement,
    observer: &mut impl Observer,
) -> Result<u32> {
    let batch = run.plan().batch(statement.batch);
    let (name, width) = (batch.name.clone(), batch.query.columns.len());
    let refused = |error: mysql_async::Error| database_error(&error, format_args!("cannot load `{name}`"));
    let prepared = connection.conn().prep(&*statement.sql).await.map_err(refused)?;
    let hidden = u32::from(prepared.id() > connection.prepared);
    connection.prepared = connection.prepared.max(prepared.id());
    if usize::from(prepared.num_columns()) != width {
        return Err(Error::bug(format!("{name} returns {} columns, not {width}", prepared.num_columns())).into());
    }
    let mut result = connection.conn().exec_iter(&prepared, parameters(&statement.binds)?).await.map_err(refused)?;
    let mut reader = Reader::new(result.columns_ref());
    let mut read = 0_u64;
    while let Some(row) = result.next().await.map_err(refused)? {
        run.row(statement.id, &reader.cells(&row))?;
        read += 1;
        if read.is_multiple_of(ROWS_BETWEEN) {
            observer.reading(read);
        }
    }
    drop(result);
    run.end(statement.id)?;
    Ok(hidden)
}

fn parameters(binds: &[BindValue]) -> Result<Params> {
    if binds.is_empty() {
        return Ok(Params::Empty);
    }
    Ok(Params::Positional(binds.iter().map(|bind| bind.one().map(bound)).collect::<Result<_>>()?))
}

fn bound(value: &Value) -> mysql_async::Value {
    match value {
        Value::Boolean(b) => mysql_async::Value::Int((*b).into()),
        Value::Integer(i) => mysql_async::Value::Int(*i),
        Value::Unsigned(u) => mysql_async::Value::UInt(*u),
        Value::Float(f) => mysql_async::Value::Double(*f),
        Value::Text(text) => mysql_async::Value::Bytes(text.as_bytes().to_vec()),
        Value::Bytes(bytes) => mysql_async::Value::Bytes(bytes.clone()),
        _ => mysql_async::Value::NULL,
    }
}
