//! Eagerly on SQLite as the harness drives it, and what must hold of the statements it sends.

mod servers;

pub use servers::OnServers;

use crate::harness::{Engine, Outcome};
use eagerly::batch::{BatchPlan, ListSource, Operation, Piece, Reach, SqlTemplate};
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
            check(statement, &batch.sql).map_err(|what| Error::bug(format!("{what}\nin {statement:?}")))?;
        }
        within_bound(plan.batches(), &executed)?;
        if self.without.is_empty() {
            once(plan.batches(), &executed).map_err(Error::bug)?;
        }
        Ok(Outcome {
            json: result.to_json()?,
            sql: executed.iter().map(|e| e.sql.to_string()).collect(),
            waves: executed.iter().map(|e| e.wave as usize).max().unwrap_or(0),
            plan: plan.explain(),
        })
    }
}

/// The statements stay within what the plan says of so many keys and levels.
fn within_bound(plan: &BatchPlan, executed: &[Executed]) -> Result<(), Errors> {
    let bound = plan.bound(|batch| {
        let own = executed.iter().filter(|e| e.batch == batch.name);
        let waves: HashSet<u32> = own.clone().map(|e| e.wave).collect();
        (own.map(|e| e.keys).sum(), waves.len())
    });
    if executed.len() > bound {
        return Err(Error::bug(format!("{} statements, where the bound is {bound}", executed.len())).into());
    }
    Ok(())
}

/// No key is sent twice for one question within a run. What is one question is told by the text alone, which names the
/// columns, the target, how its keys are compared, the conditions and the window, and by the values that it binds. A
/// recursion by levels follows keys of its own.
fn once(plan: &BatchPlan, executed: &[Executed]) -> Result<(), String> {
    let mut sent: HashSet<(&str, Option<&str>, String, String)> = HashSet::new();
    for statement in executed {
        let batch = plan.batches.iter().find(|b| b.name == statement.batch).expect("its batch");
        let Ok((keys, others)) = keys(statement, &batch.sql) else { continue };
        let by_levels = matches!(batch.operation, Operation::Fetch { reach: Reach::Levels(_), .. });
        for key in keys {
            let own = by_levels.then_some(batch.name.as_str());
            if !sent.insert((&batch.sql.text, own, others.clone(), key.clone())) {
                return Err(format!("the key {key} is sent twice for one question\nin {statement:?}"));
            }
        }
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
        keys => keys?.0,
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
/// the binds they are. Also what else it binds.
fn keys(statement: &Executed, template: &SqlTemplate) -> Result<(Vec<String>, String), String> {
    let (mut at, mut keys, mut of_keys) = (0, Vec::new(), 0..0);
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
                    (ListSource::Keys, Some(list)) => {
                        keys = list.iter().map(ToString::to_string).collect();
                        of_keys = at..at + 1;
                        at += 1;
                    }
                    (ListSource::Keys, None) => {
                        let skipped = usize::from(list.ordinal);
                        let width = list.width + skipped;
                        let rows = statement.binds[at..].chunks(width).take(statement.keys);
                        keys = rows.map(|row| format!("{:?}", &row[skipped..]).replace("Null", "null")).collect();
                        of_keys = at..(at + width * statement.keys.next_power_of_two()).min(statement.binds.len());
                        at = of_keys.end;
                    }
                    (ListSource::Bind(_), Some(_)) => at += 1,
                    // Its length is not in the template, and keys may stand behind it.
                    (ListSource::Bind(_), None) if keys.is_empty() => return Err(UNKNOWN.into()),
                    (ListSource::Bind(_), None) => break,
                }
            }
        }
    }
    let others = statement.binds.iter().enumerate().filter(|(index, _)| !of_keys.contains(index));
    Ok((keys, format!("{:?}", others.map(|(_, bind)| bind).collect::<Vec<_>>())))
}

/// Where the keys are cannot be told; such a statement is left unchecked, and they are few.
const UNKNOWN: &str = "a list of single values stands before the keys";
