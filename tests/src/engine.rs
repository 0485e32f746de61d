//! Eagerly as the harness drives it: on SQLite here, on servers below. What must hold of the statements of every load is
//! checked beside its result.

pub mod exact;
mod remote;
mod servers;
mod statements;

pub use remote::Remote;
pub use servers::OnServers;
pub use statements::sent_keys;

use crate::harness::{Engine, Outcome};
use eagerly::error::Errors;
use eagerly::{Executed, LoadSpec, Planner, Prefer, RelationshipGraph, Run, Sqlite};
use rusqlite::Connection;
pub(crate) use statements::check;

/// The engine on SQLite, with some passes switched off.
#[derive(Debug, Default)]
pub struct SqliteEngine {
    /// Names of passes that are off.
    pub without: Vec<&'static str>,
    /// Keys after which a list is cut, and variables of one statement, where they are not SQLite's own.
    pub limits: Option<(usize, usize)>,
    /// What plans have the fewest of.
    pub prefer: Prefer,
    /// Whether plans are made as if each round trip took its time.
    pub remote: bool,
}

impl Engine for SqliteEngine {
    fn load(&self, connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let sqlite = match self.limits {
            None => Sqlite::new(),
            Some((keys, variables)) => Sqlite::new().max_list_keys(keys).max_variables(variables),
        };
        let planner = match self.remote {
            true => Planner::new(graph.clone(), Remote::new(sqlite)).prefer(Prefer::FewestWaves),
            false => Planner::new(graph.clone(), sqlite).prefer(self.prefer),
        };
        let planner = planner.without_passes(&self.without)?;
        let plan = planner.compile(spec)?;
        let mut executed: Vec<Executed> = Vec::new();
        let result = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |e| executed.push(e))?;
        check(&plan, graph, &executed, self.without.is_empty())?;
        Ok(Outcome {
            json: result.to_json()?,
            sql: executed.iter().map(|e| e.sql.to_string()).collect(),
            waves: executed.iter().map(|e| e.wave as usize).max().unwrap_or(0),
            plan: plan.explain(),
        })
    }
}
