//! Drives a run on one connection: statements one after the other, prepared once and reused.

use crate::error::database_error;
use eagerly::batch::BatchPlan;
use eagerly::error::{Error, Result};
use eagerly::value::{Value, ValueRef};
use eagerly::{BindValue, CellError, Cells, Plan, ResultGraph, Run, Statement};
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef as SqliteRef};
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
/// What the database refuses, and rows that have no faithful form. Nothing half loaded is returned.
pub fn load(connection: &Connection, plan: &Plan) -> Result<ResultGraph> {
    observe(connection, Run::new(plan), &mut ())
}

/// Drives a run that the caller has set up, and tells of every statement after it was executed.
///
/// # Errors
/// As [`load`]; more rows than the run allows.
pub fn drive(connection: &Connection, run: Run, executed: &mut dyn FnMut(Executed)) -> Result<ResultGraph> {
    struct Told<'a>(&'a mut dyn FnMut(Executed));

    impl Observer for Told<'_> {
        fn executed(&mut self, statement: Executed) {
            (self.0)(statement);
        }
    }

    observe(connection, run, &mut Told(executed))
}

/// Drives a run that the caller has set up, and tells how far it is.
///
/// # Errors
/// As [`drive`].
pub fn observe(connection: &Connection, mut run: Run, observer: &mut impl Observer) -> Result<ResultGraph> {
    loop {
        let ready = run.ready()?;
        if ready.is_empty() {
            return run.finish();
        }
        for statement in ready {
            let start = Instant::now();
            rows(connection, &mut run, &statement, observer)?;
            let Statement { id, batch, wave, sql, binds, keys, .. } = statement;
            let batch = run.plan().batch(batch).name.clone();
            observer.executed(Executed { batch, wave, sql, binds, keys, rows: run.rows_of(id), time: start.elapsed() });
        }
    }
}

/// Executes one statement of a run and feeds its rows, for hosts that drive a run themselves.
///
/// # Errors
/// As [`load`].
pub fn execute(connection: &Connection, run: &mut Run, statement: &Statement) -> Result<()> {
    rows(connection, run, statement, &mut ())
}

fn rows(connection: &Connection, run: &mut Run, statement: &Statement, observer: &mut impl Observer) -> Result<()> {
    let batch = run.plan().batch(statement.batch);
    let refused = |error: rusqlite::Error, plan: &BatchPlan| {
        database_error(&error, format!("cannot load `{}`", plan.batch(statement.batch).name))
    };
    let width = batch.query.columns.len();
    let mut prepared = connection.prepare_cached(&statement.sql).map_err(|e| refused(e, run.plan()))?;
    if prepared.column_count() != width {
        return Err(
            Error::bug(format!("{} returns {} columns, not {width}", batch.name, prepared.column_count())).into()
        );
    }
    for (index, value) in statement.binds.iter().enumerate() {
        prepared.raw_bind_parameter(index + 1, Bound(value.one()?)).map_err(|e| refused(e, run.plan()))?;
    }
    let mut rows = prepared.raw_query();
    let mut read = 0_u64;
    while let Some(row) = rows.next().map_err(|e| refused(e, run.plan()))? {
        run.row(statement.id, &SqliteRow(row))?;
        read += 1;
        if read.is_multiple_of(ROWS_BETWEEN) {
            observer.reading(read);
        }
    }
    run.end(statement.id)
}

struct Bound<'a>(&'a Value);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Boolean(b) => SqliteRef::Integer((*b).into()),
            Value::Integer(i) => SqliteRef::Integer(*i),
            // No row of SQLite's has one: only a host can have made it.
            Value::Unsigned(u) => SqliteRef::Integer(
                i64::try_from(*u).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?,
            ),
            Value::Float(f) => SqliteRef::Real(*f),
            Value::Text(text) => SqliteRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => SqliteRef::Blob(bytes),
            _ => SqliteRef::Null,
        }))
    }
}

struct SqliteRow<'a>(&'a rusqlite::Row<'a>);

impl Cells for SqliteRow<'_> {
    fn cell(&self, position: usize) -> std::result::Result<ValueRef<'_>, CellError> {
        Ok(match self.0.get_ref(position).map_err(|_| CellError::Missing)? {
            SqliteRef::Null => ValueRef::Null,
            SqliteRef::Integer(i) => ValueRef::Integer(i),
            SqliteRef::Real(f) => ValueRef::Float(f),
            SqliteRef::Text(bytes) => ValueRef::Text(std::str::from_utf8(bytes).map_err(|_| CellError::NotUtf8)?),
            SqliteRef::Blob(bytes) => ValueRef::Bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests;
