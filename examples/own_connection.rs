//! Runs a plan on a connection of your own, without a driver of ours. The run does no I/O: it hands out statements, and
//! takes their rows in any order in which the database answers.
//!
//! ```sh
//! cargo run --example own_connection
//! ```
#![allow(clippy::print_stdout)]

use eagerly::value::{Value, ValueRef};
use eagerly::{LoadSpec, Plan, Planner, ResultGraph, Run, Sqlite, Statement};
use rusqlite::types::{Value as Owned, ValueRef as Cell};

/// Runs one plan to its end.
fn load(connection: &rusqlite::Connection, plan: &Plan) -> Result<ResultGraph, Box<dyn std::error::Error>> {
    let mut run = Run::new(plan);
    loop {
        // Every statement whose keys are known. They do not depend on each other: a pipeline would send them together.
        let ready = run.ready()?;
        if ready.is_empty() {
            // An error if a statement was left out; otherwise the whole graph.
            return Ok(run.finish()?);
        }
        for statement in ready {
            execute(connection, &mut run, &statement)?;
        }
    }
}

/// Sends one statement, feeds its rows, and ends it.
fn execute(
    connection: &rusqlite::Connection,
    run: &mut Run,
    statement: &Statement,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let width = prepared.column_count();
    let binds =
        statement.binds.iter().map(|bind| Ok(owned(bind.one()?))).collect::<eagerly::error::Result<Vec<_>>>()?;
    let mut rows = prepared.query(rusqlite::params_from_iter(binds))?;
    while let Some(row) = rows.next()? {
        let cells = (0..width).map(|column| cell(row.get_ref(column)?)).collect::<Result<Vec<_>, _>>()?;
        run.row(statement.id, &cells[..])?;
    }
    run.end(statement.id)?;
    Ok(())
}

/// A value as this database library binds it.
fn owned(value: &Value) -> Owned {
    match value.as_ref() {
        ValueRef::Boolean(value) => Owned::Integer(value.into()),
        ValueRef::Integer(value) => Owned::Integer(value),
        // SQLite has no integers above 2^63 - 1, and compares such a number as a float.
        ValueRef::Unsigned(value) => Owned::Real(value.get() as f64),
        ValueRef::Float(value) => Owned::Real(value),
        ValueRef::Text(value) => Owned::Text(value.to_owned()),
        ValueRef::Bytes(value) => Owned::Blob(value.to_vec()),
        _ => Owned::Null,
    }
}

/// A cell as the engine reads it: borrowed, and copied only if the row is new.
fn cell(cell: Cell<'_>) -> Result<ValueRef<'_>, Box<dyn std::error::Error>> {
    Ok(match cell {
        Cell::Null => ValueRef::Null,
        Cell::Integer(value) => ValueRef::Integer(value),
        Cell::Real(value) => ValueRef::Float(value),
        Cell::Text(text) => ValueRef::Text(std::str::from_utf8(text)?),
        Cell::Blob(bytes) => ValueRef::Bytes(bytes),
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connection = rusqlite::Connection::open_in_memory()?;
    connection.execute_batch(include_str!("../docs/blog.sql"))?;
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection)?, Sqlite::new());
    let plan = planner.compile(&LoadSpec::parse(r#"{ author { name post(order: ["title"]) { title } } }"#)?)?;
    println!("{}", load(&connection, &plan)?.to_json()?);
    Ok(())
}
