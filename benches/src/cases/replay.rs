//! A load without its database: the rows that each statement brought are kept in memory, and a run takes them again.
//! What a replay costs is the engine's alone.

use eagerly::error::{Error, Result};
use eagerly::value::Value;
use eagerly::{Plan, ResultGraph, Run, Statement, StatementId};
use eagerly_rusqlite::database_error;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A load, recorded.
#[derive(Debug)]
pub struct Recording {
    plan: Plan,
    /// In the order in which the run hands them out.
    statements: Vec<Rows>,
}

/// The rows of one statement, cell after cell.
#[derive(Debug)]
struct Rows {
    width: usize,
    cells: Vec<Value>,
}

impl Recording {
    /// Runs a plan, and keeps what comes.
    ///
    /// # Errors
    /// What the database or the run refuses.
    pub fn of(connection: &Connection, plan: Plan) -> Result<Self> {
        let mut run = Run::new(&plan);
        let mut statements = Vec::new();
        loop {
            let ready = run.ready()?;
            if ready.is_empty() {
                return Ok(Self { plan, statements });
            }
            for statement in ready {
                let rows = Rows::read(connection, &statement)?;
                rows.feed(&mut run, statement.id)?;
                statements.push(rows);
            }
        }
    }

    /// How many statements there are.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements.len()
    }

    /// A run that has the rows of the first `count` statements; `count` is a whole number of waves.
    ///
    /// # Errors
    /// What the run refuses: more statements than were recorded above all.
    pub fn start(&self, count: usize) -> Result<Run> {
        let mut run = Run::new(&self.plan);
        let mut left = self.statements.iter().take(count);
        while left.len() > 0 {
            for statement in run.ready()? {
                let rows = left.next().ok_or_else(|| Error::bug("a statement that was not recorded"))?;
                rows.feed(&mut run, statement.id)?;
            }
        }
        Ok(run)
    }

    /// The whole load.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    pub fn replay(&self) -> Result<ResultGraph> {
        let mut run = self.start(self.statements.len())?;
        if !run.ready()?.is_empty() {
            return Err(Error::bug("a statement that was not recorded").into());
        }
        run.finish()
    }
}

impl Rows {
    fn read(connection: &Connection, statement: &Statement) -> Result<Self> {
        let refused = |error: rusqlite::Error| database_error(error, "cannot record a load");
        let mut prepared = connection.prepare(&statement.sql).map_err(refused)?;
        for (index, bind) in statement.binds.iter().enumerate() {
            match bind.one()? {
                Value::Integer(i) => prepared.raw_bind_parameter(index + 1, i),
                Value::Text(text) => prepared.raw_bind_parameter(index + 1, text),
                other => return Err(Error::bug(format!("{other:?} is bound nowhere here")).into()),
            }
            .map_err(refused)?;
        }
        let (width, mut cells) = (prepared.column_count(), Vec::new());
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(refused)? {
            for column in 0..width {
                cells.push(owned(row.get_ref(column).map_err(refused)?));
            }
        }
        Ok(Self { width, cells })
    }

    fn feed(&self, run: &mut Run, id: StatementId) -> Result<()> {
        for row in self.cells.chunks_exact(self.width) {
            run.row(id, row)?;
        }
        run.end(id)
    }
}

fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(i) => Value::Integer(i),
        ValueRef::Real(f) => Value::Float(f),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
