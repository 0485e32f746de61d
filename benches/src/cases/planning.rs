//! Planning with a budget: six relationships, names as reflection finds them in the blog.

use super::plan::{self, SIX};
use super::{Case, Work};
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::{LoadSpec, Planner, Postgres, Sqlite};

/// Planning uses hash maps with seeds, those of crates for graphs and for SQL: how keys collide differs from map to map,
/// and one time costs up to 1.7 % more than another.
const REPEATS: u32 = 32;

/// What comes of them are load nodes, the root among them, and statements.
pub const CASES: [Case; 4] = [
    Case { name: "plan-logical", prepare: logical, expected: 7, repeats: REPEATS },
    Case { name: "plan-cold", prepare: || cold(Sqlite::new), expected: 4, repeats: REPEATS },
    Case { name: "plan-cold-postgres", prepare: || cold(Postgres::new), expected: 4, repeats: REPEATS },
    Case { name: "plan-cached", prepare: cached, expected: 4, repeats: REPEATS },
];

fn logical() -> Result<Work> {
    let (planner, spec) = (Planner::new(plan::graph()?, Sqlite::new()), LoadSpec::parse(SIX)?);
    Ok(Box::new(move || Ok(plan::logical(&planner, &spec)? as u64)))
}

fn cold<D: Dialect + 'static>(dialect: fn() -> D) -> Result<Work> {
    let (graph, spec) = (plan::graph()?, LoadSpec::parse(SIX)?);
    Ok(Box::new(move || Ok(plan::cold(&graph, dialect(), &spec)? as u64)))
}

fn cached() -> Result<Work> {
    let (planner, spec) = (Planner::new(plan::graph()?, Sqlite::new()), LoadSpec::parse(SIX)?);
    planner.compile(&spec)?;
    Ok(Box::new(move || Ok(plan::compile(&planner, &spec)? as u64)))
}
