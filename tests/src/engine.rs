//! Eagerly on SQLite as the harness drives it, and what must hold of the statements it sends.

mod servers;

pub use servers::OnServers;

use crate::harness::{Engine, Outcome};
use eagerly::batch::{Batch, ListSource, Operation, Piece, Reach, RowBound, SqlTemplate};
use eagerly::error::{Error, Errors};
use eagerly::value::Value;
use eagerly::{BindValue, LoadSpec, Planner, Prefer, RelationshipGraph, Run, Sqlite};
use eagerly_rusqlite::Executed;
use rusqlite::Connection;
use std::collections::HashSet;

/// The engine on SQLite, with some passes switched off.
#[derive(Debug, Default)]
pub struct SqliteEngine {
    /// Names of passes that are off.
    pub without: Vec<&'static str>,
    /// Keys after which a list is cut, and variables of one statement, where they are not SQLite's own.
    pub limits: Option<(usize, usize)>,
    /// What plans have the fewest of.
    pub prefer: Prefer,
}

impl Engine for SqliteEngine {
    fn load(&self, connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let sqlite = match self.limits {
            None => Sqlite::new(),
            Some((keys, variables)) => Sqlite::new().max_list_keys(keys).max_variables(variables),
        };
        let planner = Planner::new(graph.clone(), sqlite).prefer(self.prefer).without_passes(&self.without)?;
        let plan = planner.compile(spec)?;
        let mut executed = Vec::new();
        let result = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |e| executed.push(e))?;
        for statement in &executed {
            let batch = plan.batches().batches.iter().find(|b| b.name == statement.batch).expect("its batch");
            let checked = check(statement, &batch.sql).and_then(|()| check_rows(statement, batch));
            checked.map_err(|what| Error::bug(format!("{what}\nin {statement:?}")))?;
        }
        let by_level = |e: &&Executed| {
            let batch = plan.batches().batches.iter().find(|b| b.name == e.batch);
            batch.is_some_and(|b| matches!(b.operation, Operation::Fetch { reach: Reach::Levels(_), .. }))
        };
        // A recursion by levels adds a statement for each level that is reached.
        let levels = executed.iter().filter(by_level).count();
        if self.limits.is_none() && executed.len() - levels > plan.batches().statements() {
            return Err(Error::bug("more statements than explain says").into());
        }
        Ok(Outcome {
            json: result.to_json()?,
            sql: executed.iter().map(|e| e.sql.to_string()).collect(),
            waves: executed.iter().map(|e| e.wave as usize).max().unwrap_or(0),
            plan: plan.explain(),
        })
    }
}

/// No more rows than the plan says.
fn check_rows(statement: &Executed, batch: &Batch) -> Result<(), String> {
    let RowBound { most, collections, .. } = &batch.rows;
    // A subquery finds keys that are not counted, and what a collection multiplies by is not known.
    let finds_keys = matches!(batch.operation, Operation::Fetch { reach: Reach::Subquery, .. });
    let Some(most) = most.filter(|_| collections.is_empty() && !finds_keys) else { return Ok(()) };
    let keys = if statement.wave > 1 { statement.keys as u64 } else { 1 };
    if statement.rows > most.saturating_mul(keys) {
        return Err(format!("{} rows, where the plan says {most} for each of {keys} keys", statement.rows));
    }
    Ok(())
}

/// What must hold of every statement: no statement for an empty key set, no key twice in one list, no NULL in a key.
fn check(statement: &Executed, template: &SqlTemplate) -> Result<(), String> {
    if statement.wave > 1 && statement.keys == 0 {
        return Err("a statement for an empty key set".into());
    }
    let keys = match keys(statement, template) {
        Err(what) if what == UNKNOWN => return Ok(()),
        keys => keys?,
    };
    let bound = template.pieces.iter().any(|p| matches!(p, Piece::List(l) if l.source == ListSource::Keys));
    if bound && keys.len() != statement.keys {
        return Err(format!("{} keys are bound, not {}", keys.len(), statement.keys));
    }
    let distinct: HashSet<&String> = keys.iter().collect();
    if distinct.len() < keys.len() {
        return Err("a key is bound twice".into());
    }
    match keys.iter().find(|key| key.contains("null")) {
        Some(key) => Err(format!("NULL in the key {key}")),
        None => Ok(()),
    }
}

/// The keys of a statement, each as text: of a JSON list, or of rows padded with NULL. The template tells where among
/// the binds they are.
pub fn keys(statement: &Executed, template: &SqlTemplate) -> Result<Vec<String>, String> {
    let mut at = 0;
    for piece in &template.pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Param(_) => at += 1,
            Piece::List(list) => {
                let bound = statement.binds.get(at).ok_or("a list that is not bound")?;
                let json = match bound {
                    // One bind per value starts with an ordinal or a value that JSON cannot carry.
                    BindValue::One(Value::Text(text)) => serde_json::from_str::<Vec<serde_json::Value>>(text).ok(),
                    _ => None,
                };
                match (list.source, json) {
                    (ListSource::Keys, Some(keys)) => return Ok(keys.iter().map(ToString::to_string).collect()),
                    (ListSource::Keys, None) => {
                        let skipped = usize::from(list.ordinal);
                        let rows = statement.binds[at..].chunks(list.width + skipped).take(statement.keys);
                        return Ok(rows.map(|row| format!("{:?}", &row[skipped..]).replace("Null", "null")).collect());
                    }
                    (ListSource::Bind(_), Some(_)) => at += 1,
                    // Its length is not in the template, and keys may stand behind it.
                    (ListSource::Bind(_), None) => return Err(UNKNOWN.into()),
                }
            }
        }
    }
    Ok(Vec::new())
}

/// Where the keys are cannot be told; such a statement is left unchecked, and they are few.
pub const UNKNOWN: &str = "a list of single values stands before the keys";
