//! `eagerly demo`: a small blog in SQLite, and two loads from it. For each: the specification, its plan, the SQL that
//! was executed, the graph that came out, and what a loader without a planner would have sent.
//!
//! The blog is a file in a temporary directory, deleted at the end. Its rows are the same every time; only the times
//! that statements took differ.

mod data;
mod tally;

use crate::report::Failure;
use crate::stop;
use crate::visible::visible_lines;
use eagerly::error::{Error, ErrorKind, Errors, Result, code};
use eagerly::{Executed, LoadSpec, Planner, ResultGraph, Run, Sqlite};
use rusqlite::Connection;
use std::fmt::{Display, Write};
use tally::Tally;

/// The loads: a title and a specification each.
const LOADS: [(&str, &str); 2] = [
    (
        "Posts, each with its author (joined) and its tags (selectin, only name and slug)",
        r#"{
  posts(order: ["-created_at"]) {
    title
    author @joined { name }
    tags @selectin { name slug }
  }
}"#,
    ),
    (
        "Teams, their members with roles, and the user behind each member",
        r#"{
  teams(order: ["name"]) {
    name
    members: team_member(order: ["role"]) @selectin {
      role
      user { name email }
    }
  }
}"#,
    ),
];

/// Objects shown of each load.
const SHOWN: usize = 2;

/// The whole text.
///
/// # Errors
/// A temporary directory that cannot be written to. Anything else is our bug.
pub(crate) fn run() -> std::result::Result<Vec<u8>, Failure> {
    let directory = stop::removed_at_end(tempfile::tempdir).map_err(|error| {
        let message = format!("no temporary directory for the demo: {error}");
        Error::new(ErrorKind::Database, code::CANNOT_OPEN, message)
            .help("set TMPDIR to a directory that can be written to")
    })?;
    let _in_use = stop::section();
    let file = directory.path().join("blog.db");
    data::build(&file).map_err(|error| eagerly_rusqlite::database_error(error, "cannot build the demo"))?;
    let connection = eagerly_rusqlite::open(&file)?;
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection)?, Sqlite::new());
    let mut out = String::new();
    database_section(&mut out, &connection, &planner)?;
    for (number, (title, spec)) in LOADS.iter().enumerate() {
        heading(&mut out, format_args!("{}. {title}", number + 2));
        load_section(&mut out, &connection, &planner, spec)?;
    }
    Ok(out.into_bytes())
}

/// What is in the database, and what the graph says of it.
fn database_section(out: &mut String, connection: &Connection, planner: &Planner) -> Result<()> {
    heading(out, "1. A blog in SQLite, its relationships read from the catalog");
    let graph = planner.graph();
    for (_, entity) in graph.entities() {
        let count = format!("SELECT count(*) FROM \"{}\"", entity.table);
        let rows: i64 = connection
            .query_row(&count, [], |row| row.get(0))
            .map_err(|error| Errors::from(eagerly_rusqlite::database_error(error, "cannot count rows")))?;
        let names = entity.relationships.values().map(|id| {
            let relationship = graph.relationship(*id);
            format!("{}{}", relationship.name, if relationship.is_to_many() { "[]" } else { "" })
        });
        line(out, format_args!("{:<12} {rows:>4} rows   {}", entity.name, names.collect::<Vec<_>>().join(" ")));
    }
    Ok(())
}

/// One load, from the specification to the comparison.
fn load_section(out: &mut String, connection: &Connection, planner: &Planner, spec: &str) -> Result<()> {
    part(out, "specification", spec);
    let plan = planner.compile(&LoadSpec::parse(spec)?)?;
    part(out, "plan", visible_lines(&plan.explain()).trim_end());
    let mut executed: Vec<Executed> = Vec::new();
    let result = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |statement| executed.push(statement))?;
    let mut sql = String::new();
    for (number, Executed { batch, sql: text, keys, rows, time, .. }) in executed.iter().enumerate() {
        let milliseconds = time.as_secs_f64() * 1_000.0;
        line(&mut sql, format_args!("{}. {batch}: {keys} keys, {rows} rows, {milliseconds:.2} ms", number + 1));
        line(&mut sql, format_args!("   {text}"));
    }
    part(out, "executed", sql.trim_end());
    part(out, "graph", &first_objects(&result)?);
    let tally = Tally::of(&result);
    part(out, "stored once", &tally.stored(&result));
    part(out, "statements", &tally.comparison(&result, executed.len()));
    Ok(())
}

/// The first root objects, indented, and how many are left.
fn first_objects(result: &ResultGraph) -> Result<String> {
    let bug = |error: serde_json::Error| Error::bug(format!("the JSON of a load cannot be read: {error}"));
    let objects: Vec<serde_json::Value> = serde_json::from_str(&result.to_json()?).map_err(bug)?;
    let first =
        objects.iter().take(SHOWN).map(serde_json::to_string_pretty).collect::<std::result::Result<Vec<_>, _>>();
    let mut text = first.map_err(bug)?.join(",\n");
    if let more @ 1.. = objects.len().saturating_sub(SHOWN) {
        text.push_str(&format!(",\n… and {more} more"));
    }
    Ok(text)
}

fn heading(out: &mut String, title: impl Display) {
    let title = title.to_string();
    let rule = "=".repeat(title.chars().count());
    let gap = if out.is_empty() { "" } else { "\n\n" };
    line(out, format_args!("{gap}{title}\n{rule}"));
}

fn part(out: &mut String, name: &str, text: &str) {
    line(out, format_args!("\n{name}"));
    for text in text.lines() {
        line(out, format_args!("    {text}"));
    }
}

fn line(out: &mut String, text: impl Display) {
    // A string takes whatever is written to it.
    let _ = writeln!(out, "{text}");
}
