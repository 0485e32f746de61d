//! Drives a run on one connection: statements one after the other, prepared once and reused. `pool` has several.
//!
//! mysql_async keeps the statements that it prepared, [`PREPARED`](crate::PREPARED) on a connection unless the URL's
//! `stmt_cache_size` says otherwise (32 on one that the host has made), and closes the one that was used longest ago when another is needed. Preparing is a round trip of its own,
//! which [`Executed::hidden`] counts.

use crate::cells::{Reader, RowCells};
use crate::connect::Connection;
use crate::error::database_error;
use crate::under_way::limited;
use eagerly::error::{Class, Error, ErrorKind, Errors, Result, code};
use eagerly::value::Value;
use eagerly::{BindValue, Executed, Observer, Plan, ROWS_BETWEEN, ResultGraph, Run, Statement};
use mysql_async::prelude::Queryable;
use mysql_async::{BinaryProtocol, Params, QueryResult};
use std::fmt;
use std::time::Instant;

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
    mut executed: &mut (dyn FnMut(Executed) + Send),
) -> Result<ResultGraph> {
    observe(connection, run, &mut executed).await
}

/// Drives a run that the caller has set up, and tells how far it is.
///
/// # Errors
/// As [`drive`].
pub async fn observe(
    connection: &mut Connection,
    run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let limit = connection.timeout();
    let loaded = async {
        connection.leave_snapshot().await?;
        to_the_end(connection, run, observer).await
    };
    let loaded = limited(limit, loaded).await;
    connection.in_time(loaded).await
}

/// All waves of a run, in whatever transaction the connection is.
pub(crate) async fn to_the_end(
    connection: &mut Connection,
    run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let loaded = waves(connection, run, observer).await;
    let left = connection.leave().await;
    let loaded = loaded?;
    left?;
    Ok(loaded)
}

/// The same; the session keeps the settings of the load.
async fn waves(
    connection: &mut Connection,
    mut run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    loop {
        let ready = run.ready()?;
        if ready.is_empty() {
            return run.finish();
        }
        for statement in ready {
            let start = Instant::now();
            let hidden = rows(connection, &mut run, &statement, observer).await?;
            observer.executed(Executed::new(&run, statement, hidden, start.elapsed()));
        }
    }
}

/// Executes one statement of a run and feeds its rows, for hosts that drive a run themselves. How many round trips it
/// took beside its own.
///
/// # Errors
/// As [`load`].
pub async fn execute(connection: &mut Connection, run: &mut Run, statement: &Statement) -> Result<u32> {
    let limit = connection.timeout();
    let executed = async {
        connection.leave_snapshot().await?;
        let hidden = rows(connection, run, statement, &mut ()).await;
        let left = connection.leave().await;
        let hidden = hidden?;
        left?;
        Ok(hidden)
    };
    let executed = limited(limit, executed).await;
    connection.in_time(executed).await
}

async fn rows(
    connection: &mut Connection,
    run: &mut Run,
    statement: &Statement,
    observer: &mut (impl Observer + ?Sized),
) -> Result<u32> {
    let name = name(run, statement);
    let hidden = answer(connection, statement, &name, |part| feed(run, statement, part, observer)).await?;
    run.end(statement.id)?;
    Ok(hidden)
}

/// What a statement is for, for errors.
pub(crate) fn name(run: &Run, statement: &Statement) -> String {
    run.plan().batch(statement.batch).name.clone()
}

/// What is done when a statement is refused.
#[derive(Clone, Copy)]
struct Loading<'n>(&'n str);

impl fmt::Display for Loading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot load `{}`", self.0)
    }
}

/// A part of the answer to a statement.
pub(crate) enum Part<'r> {
    /// The statement is prepared, and returns so many columns.
    Prepared(usize),
    /// What its rows look like.
    Shape(&'r Reader),
    Row(RowCells<'r>),
}

/// Executes a statement and gives away its answer, part by part. How many round trips it took beside its own.
///
/// When `take` refuses a part, or whoever waits is dropped, the statement is stopped on the server, and what is left of the
/// answer is read before the connection's next use.
pub(crate) async fn answer(
    connection: &mut Connection,
    statement: &Statement,
    name: &str,
    mut take: impl FnMut(Part<'_>) -> Result<()>,
) -> Result<u32> {
    let refused = |error: mysql_async::Error| database_error(error, Loading(name));
    let entered = connection.enter(Loading(name)).await?;
    connection.close_unkept().await?;
    let mut begun = connection.begin().await?;
    let sql = statement.sql.to_string();
    let prepared = begun.0.step(|conn| Box::pin(async move { conn.prep(sql).await })).await;
    begun.end();
    let connection = &mut *begun.0;
    let prepared = prepared.map_err(refused)?;
    if connection.own()?.opts().stmt_cache_size() == 0 {
        connection.unkept = Some(prepared.clone());
    }
    let hidden = u32::from(prepared.id() > connection.prepared);
    connection.prepared = connection.prepared.max(prepared.id());
    take(Part::Prepared(prepared.num_columns().into()))?;
    let parameters = parameters(&statement.binds)?;
    begun.again();
    let executed = begun.0.step(|conn| Box::pin(async move { conn.exec_iter(prepared, parameters).await.map(drop) }));
    let read = match executed.await {
        // mysql_async knows of rows that nobody has read.
        Ok(()) => rows_of(begun.0, statement, name, &mut take).await,
        Err(error) => Err(Ended::Refused(error)),
    };
    match read {
        Ok(()) => begun.end(),
        Err(Ended::Refused(error)) => {
            begun.end();
            return Err(refused(error).into());
        }
        Err(Ended::NotTaken(errors)) => return Err(errors),
    }
    Ok(entered + hidden)
}

/// Why no more rows of an answer are read.
enum Ended {
    /// The server, or the connection, has ended it.
    Refused(mysql_async::Error),
    /// More may come, and is not wanted.
    NotTaken(Errors),
}

/// Gives away the rows of an answer that has begun.
async fn rows_of(
    connection: &mut Connection,
    statement: &Statement,
    name: &str,
    take: &mut impl FnMut(Part<'_>) -> Result<()>,
) -> std::result::Result<(), Ended> {
    let mut result = QueryResult::<BinaryProtocol>::new(connection.own().map_err(Ended::NotTaken)?);
    let mut reader = Reader::new(result.columns_ref());
    if reader.has_instants() && !statement.sql.contains(IN_UTC) {
        let message = format!("`{name}` reads a TIMESTAMP that its plan takes for another type");
        let error = Error::new(ErrorKind::Database, code::REFUSED, message);
        let error = error
            .help("the table was changed, or a graph file names another type: read the catalog again")
            .database(Class::SchemaChanged);
        return Err(Ended::NotTaken(error.into()));
    }
    take(Part::Shape(&reader)).map_err(Ended::NotTaken)?;
    while let Some(row) = result.next().await.map_err(Ended::Refused)? {
        take(Part::Row(reader.cells(&row))).map_err(Ended::NotTaken)?;
    }
    Ok(())
}

/// What a statement says that reads a TIMESTAMP, as the dialects write it.
const IN_UTC: &str = "time_zone = '+00:00'";

/// Feeds a run with a part of the answer to a statement.
pub(crate) fn feed(
    run: &mut Run,
    statement: &Statement,
    part: Part<'_>,
    observer: &mut (impl Observer + ?Sized),
) -> Result<()> {
    match part {
        Part::Prepared(width) => {
            let batch = run.plan().batch(statement.batch);
            let wanted = batch.query.columns.len();
            if width != wanted {
                return Err(Error::bug(format!("{} returns {width} columns, not {wanted}", batch.name)).into());
            }
        }
        Part::Shape(reader) => run.check_key_types(statement.id, |position, ty| reader.is(position, ty))?,
        Part::Row(row) => {
            run.row(statement.id, &row)?;
            let read = run.rows_of(statement.id);
            if read.is_multiple_of(ROWS_BETWEEN) {
                observer.reading(read);
            }
        }
    }
    Ok(())
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
        Value::Unsigned(u) => mysql_async::Value::UInt(u.get()),
        Value::Float(f) => mysql_async::Value::Double(*f),
        Value::Text(text) => mysql_async::Value::Bytes(text.as_bytes().to_vec()),
        Value::Bytes(bytes) => mysql_async::Value::Bytes(bytes.clone()),
        _ => mysql_async::Value::NULL,
    }
}
