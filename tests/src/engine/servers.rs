//! Eagerly on servers, through the drivers that users link.

use super::statements::check;
use crate::database::Backend;
use crate::harness::{Outcome, ServerEngine};
use crate::servers::Settings;
use eagerly::error::{Error, Errors};
use eagerly::{Executed, LoadSpec, MariaDb, MySql, Plan, Planner, Postgres, RelationshipGraph, Run};
use eagerly_postgres::Mode;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;
use tokio::runtime::Runtime;

/// The engine on a server, with some passes switched off.
#[derive(Clone, Debug, Default)]
pub struct OnServers {
    /// Names of passes that are off.
    without: Vec<&'static str>,
    /// Keys after which a list is cut, where it is not the dialect's own.
    max_list_keys: Option<usize>,
    /// Over so many connections, where it is not one.
    pool: Option<usize>,
    /// What each session is set up with after it is open.
    settings: Settings,
    connections: Rc<Connections>,
}

/// Connections stay open, one for each database, and are shared by the copies of an engine. Those of a pool are open for
/// one database at a time: servers do not take as many.
struct Connections {
    runtime: Runtime,
    postgres: RefCell<HashMap<String, Vec<eagerly_postgres::Connection>>>,
    mysql: RefCell<HashMap<String, Vec<eagerly_mysql::Connection>>>,
}

impl Default for Connections {
    fn default() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (postgres, mysql) = Default::default();
        Self { runtime, postgres, mysql }
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").finish_non_exhaustive()
    }
}

impl OnServers {
    /// The same engine with a pass switched off.
    #[must_use]
    pub fn without(&self, pass: &'static str) -> Self {
        Self { without: [self.without.as_slice(), &[pass]].concat(), ..self.clone() }
    }

    /// The same engine with lists cut after so many keys.
    #[must_use]
    pub fn cut(&self, keys: usize) -> Self {
        Self { max_list_keys: Some(keys), ..self.clone() }
    }

    /// An engine with the same options, but over so many connections at a time.
    #[must_use]
    pub fn pooled(&self, connections: usize) -> Self {
        Self { pool: Some(connections), connections: Rc::default(), ..self.clone() }
    }

    /// An engine with the same options, whose sessions run these settings after they are open: connections as a host
    /// lends them.
    #[must_use]
    pub fn under(&self, settings: &Settings) -> Self {
        Self { settings: settings.clone(), connections: Rc::default(), ..self.clone() }
    }

    /// Each optional pass switched off alone, and lists cut after so many keys, by their names.
    #[must_use]
    pub fn variations(&self, cuts: &[usize]) -> Vec<(String, Self)> {
        let without = Planner::optional_passes().map(|pass| (format!("without {pass}"), self.without(pass)));
        let cut = cuts.iter().map(|keys| (format!("with lists of {keys}"), self.cut(*keys)));
        without.chain(cut).collect()
    }

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

    fn run(&self, backend: Backend, url: &str, plan: &Plan, told: &mut Vec<Executed>) -> Result<String, Errors> {
        let run = Run::new(plan);
        let Connections { runtime, postgres, mysql } = self.connections.as_ref();
        let mut executed = |e: Executed| told.push(e);
        let result = if backend == Backend::Postgres {
            let mut open = postgres.borrow_mut();
            let open = self.open(&mut open, url, |url| runtime.block_on(self.settings.postgres(url)))?;
            runtime.block_on(async {
                match (self.pool, &open[..]) {
                    (None, [one]) => eagerly_postgres::drive(one, Mode::default(), run, &mut executed).await,
                    (_, all) => eagerly_postgres::pool(all, run, &mut executed).await,
                }
            })?
        } else {
            let mut open = mysql.borrow_mut();
            let open = self.open(&mut open, url, |url| runtime.block_on(self.settings.mysql(url)))?;
            runtime.block_on(async {
                match (self.pool, &mut open[..]) {
                    (None, [one]) => eagerly_mysql::drive(one, run, &mut executed).await,
                    (_, all) => eagerly_mysql::pool(all, run, &mut executed).await,
                }
            })?
        };
        result.to_json()
    }
}

impl OnServers {
    /// The connections to a database.
    fn open<'o, C>(
        &self,
        open: &'o mut HashMap<String, Vec<C>>,
        url: &str,
        connect: impl Fn(&str) -> Result<C, Errors>,
    ) -> Result<&'o mut Vec<C>, Errors> {
        if !open.contains_key(url) {
            if self.pool.is_some() {
                open.clear();
            }
            let connections = (0..self.pool.unwrap_or(1)).map(|_| connect(url)).collect::<Result<_, _>>()?;
            open.insert(url.to_owned(), connections);
        }
        Ok(open.get_mut(url).expect("just opened"))
    }
}

impl ServerEngine for OnServers {
    fn load(&self, backend: Backend, url: &str, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let plan = self.plan(backend, graph, spec)?;
        let mut told = Vec::new();
        let json = self
            .run(backend, url, &plan, &mut told)
            .map_err(|errors| Error::bug(format!("{errors}\nplan:\n{}", plan.explain())))?;
        check(&plan, graph, &told, self.without.is_empty())?;
        // Those of one wave end in any order.
        let place = |told: &Executed| plan.batches().batches.iter().position(|batch| batch.name == told.batch);
        told.sort_by_key(|told| (told.wave, place(told)));
        Ok(Outcome {
            json,
            waves: told.iter().map(|t| t.wave as usize).max().unwrap_or(0),
            sql: told.iter().map(|t| t.sql.to_string()).collect(),
            plan: plan.explain(),
        })
    }
}
