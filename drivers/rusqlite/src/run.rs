//! Drives a run on one connection: statements one after the other, prepared once and reused.

use crate::error::{database_error, value_without_memory};
use eagerly::batch::BatchPlan;
use eagerly::error::{Error, Errors, Result};
use eagerly::value::{Value, ValueRef};
use eagerly::{CellError, Cells, Executed, Observer, Plan, ROWS_BETWEEN, ResultGraph, Run, Statement};
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef as SqliteRef};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;

/// Loads a plan. Its statements stay prepared on the connection, up to the [`PREPARED`](crate::PREPARED) of one that
/// [`open`](crate::open) has made, or as many as the host lets it keep.
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
pub fn drive(connection: &Connection, run: Run, mut executed: &mut dyn FnMut(Executed)) -> Result<ResultGraph> {
    observe(connection, run, &mut executed)
}

/// Drives a run that the caller has set up, and tells how far it is.
///
/// # Errors
/// As [`drive`].
pub fn observe(connection: &Connection, mut run: Run, observer: &mut (impl Observer + ?Sized)) -> Result<ResultGraph> {
    loop {
        let ready = run.ready()?;
        if ready.is_empty() {
            return run.finish();
        }
        for statement in ready {
            let start = Instant::now();
            rows(connection, &mut run, &statement, observer)?;
            observer.executed(Executed::new(&run, statement, 0, start.elapsed()));
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

fn rows(
    connection: &Connection,
    run: &mut Run,
    statement: &Statement,
    observer: &mut (impl Observer + ?Sized),
) -> Result<()> {
    let batch = run.plan().batch(statement.batch);
    let refused = |error: rusqlite::Error, plan: &BatchPlan| {
        database_error(error, format!("cannot load `{}`", plan.batch(statement.batch).name))
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
    let mut sink = run.rows(statement.id)?;
    let taken = catch_unwind(AssertUnwindSafe(|| {
        while let Some(row) = rows.next().map_err(|e| refused(e, sink.plan()))? {
            sink.row(&SqliteRow(row))?;
            read += 1;
            if read.is_multiple_of(ROWS_BETWEEN) {
                observer.reading(read);
            }
        }
        Ok::<(), Errors>(())
    }));
    match taken {
        Ok(taken) => taken?,
        // Whatever else panics is not ours to tell.
        Err(panic) => {
            let context = format!("cannot load `{}`", run.plan().batch(statement.batch).name);
            return match value_without_memory(&*panic, context) {
                Some(error) => Err(error.into()),
                None => resume_unwind(panic),
            };
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
            // As SQLite reads a literal that no integer of its own can hold.
            Value::Unsigned(u) => SqliteRef::Real(u.get() as f64),
            Value::Float(f) => SqliteRef::Real(*f),
            Value::Text(text) => SqliteRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => SqliteRef::Blob(bytes),
            _ => SqliteRef::Null,
        }))
    }
}

struct SqliteRow<'a>(&'a rusqlite::Row<'a>);

impl Cells for SqliteRow<'_> {
    #[inline(always)]
    fn cell(&self, position: usize) -> std::result::Result<ValueRef<'_>, CellError> {
        // One match, and no value in between: it would be written in parts and read as a whole, which waits for memory.
        match self.0.get_ref(position) {
            Ok(SqliteRef::Integer(i)) => Ok(ValueRef::Integer(i)),
            Ok(SqliteRef::Text(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(ValueRef::Text(text)),
                Err(_) => Err(CellError::NotUtf8),
            },
            Ok(SqliteRef::Null) => Ok(ValueRef::Null),
            Ok(SqliteRef::Real(f)) => Ok(ValueRef::Float(f)),
            Ok(SqliteRef::Blob(bytes)) => Ok(ValueRef::Bytes(bytes)),
            Err(_) => Err(CellError::Missing),
        }
    }
}

#[cfg(test)]
mod tests;
