//! Eagerly on servers, through the drivers that users link.

use crate::database::Backend;
use crate::harness::{Outcome, ServerEngine};
use eagerly::error::{Error, Errors};
use eagerly::{LoadSpec, MariaDb, MySql, Plan, Planner, Postgres, RelationshipGraph, Run};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use tokio::runtime::Runtime;

/// The engine on a server, with some passes switched off. Connections stay open, one for each database.
pub struct OnServers {
    /// Names of passes that are off.
    pub without: Vec<&'static str>,
    /// Keys after which a list is cut, where it is not the dialect's own.
    pub max_list_keys: Option<usize>,
    runtime: Runtime,
    postgres: RefCell<HashMap<String, eagerly_postgres::Connection>>,
    mysql: RefCell<HashMap<String, eagerly_mysql::Connection>>,
}

impl fmt::Debug for OnServers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnServers").field("without", &self.without).finish_non_exhaustive()
    }
}

impl Default for OnServers {
    fn default() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (postgres, mysql) = Default::default();
        Self { without: Vec::new(), max_list_keys: None, runtime, postgres, mysql }
    }
}

/// A statement that was executed.
struct Told {
    sql: String,
    wave: u32,
}

impl OnServers {
    /// Plans a specification for a database.
    fn plan(&self, backend: Backend, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Plan, Errors> {
        let keys = self.max_list_keys.unwrap_or(usize::MAX);
        let graph = graph.clone();
        let planner = match backend {
            Backend::Postgres => Planner::new(graph, Postgres::new().max_list_keys(keys.min(1_000_000))),
            Backend::Mariadb => Planner::new(graph, MariaDb::new().max_list_keys(keys.min(10_000))),
            Backend::Mysql => Planner::new(graph, MySql::new().max_list_keys(keys.min(10_000))),
            Backend::Sqlite => return Err(Error::bug("SQLite is no server").into()),
        };
        planner.without_passes(&self.without)?.compile(spec)
    }

    fn run(&self, backend: Backend, url: &str, plan: &Plan, told: &mut Vec<Told>) -> Result<String, Errors> {
        let run = Run::new(plan);
        let result = if backend == Backend::Postgres {
            let mut open = self.postgres.borrow_mut();
            if !open.contains_key(url) {
                open.insert(url.to_owned(), self.runtime.block_on(eagerly_postgres::connect(url))?);
            }
            let mut executed = |e: eagerly::Executed| told.push(Told { sql: e.sql.to_string(), wave: e.wave });
            let load = eagerly_postgres::drive(&open[url], eagerly_postgres::Mode::default(), run, &mut executed);
            self.runtime.block_on(load)?
        } else {
            let mut open = self.mysql.borrow_mut();
            if !open.contains_key(url) {
                open.insert(url.to_owned(), self.runtime.block_on(eagerly_mysql::connect(url))?);
            }
            let connection = open.get_mut(url).expect("just opened");
            let mut executed = |e: eagerly::Executed| told.push(Told { sql: e.sql.to_string(), wave: e.wave });
            self.runtime.block_on(eagerly_mysql::drive(connection, run, &mut executed))?
        };
        result.to_json()
    }
}

impl ServerEngine for OnServers {
    fn load(&self, backend: Backend, url: &str, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let plan = self.plan(backend, graph, spec)?;
        let mut told = Vec::new();
        let json = self
            .run(backend, url, &plan, &mut told)
            .map_err(|errors| Error::bug(format!("{errors}\nplan:\n{}", plan.explain())))?;
        Ok(Outcome {
            json,
            waves: told.iter().map(|t| t.wave as usize).max().unwrap_or(0),
            sql: told.into_iter().map(|t| t.sql).collect(),
            plan: plan.explain(),
        })
    }
}
