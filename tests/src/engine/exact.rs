//! The engine in a session that has settings: on a connection that our driver opens, or on one that a host has made and
//! lends.

use super::statements::check;
use crate::database::Backend;
use crate::generate::exact::{Case, Setting, all_settings};
use crate::harness::Outcome;
use eagerly::error::Errors;
use eagerly::graph::Catalog;
use eagerly::{Executed, LoadSpec, MariaDb, MySql, Plan, Planner, Postgres, RelationshipGraph, Run, Sqlite};
use eagerly_postgres::Mode;
use mysql_async::prelude::Queryable;
use rusqlite::Connection;
use std::cell::RefCell;
use tokio::runtime::Runtime;

/// A session of the engine's.
pub struct Session<'c> {
    backend: Backend,
    runtime: Runtime,
    open: RefCell<Open<'c>>,
}

enum Open<'c> {
    Sqlite(&'c Connection),
    Postgres(Box<eagerly_postgres::Connection>),
    Mysql(Box<eagerly_mysql::Connection>),
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("backend", &self.backend).finish_non_exhaustive()
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

impl<'c> Session<'c> {
    /// A session of SQLite; the connection has its settings.
    #[must_use]
    pub fn sqlite(connection: &'c Connection) -> Self {
        Self { backend: Backend::Sqlite, runtime: runtime(), open: RefCell::new(Open::Sqlite(connection)) }
    }

    /// A session on a server.
    ///
    /// # Panics
    /// When the server refuses the connection or a setting.
    #[must_use]
    pub fn on(case: &Case, url: &str) -> Self {
        let runtime = runtime();
        let open = runtime.block_on(async {
            match case.backend {
                Backend::Postgres => Open::Postgres(Box::new(postgres(url, case.lent, &case.settings).await)),
                _ => Open::Mysql(Box::new(mysql(url, case.lent, &case.settings).await)),
            }
        });
        Self { backend: case.backend, runtime, open: RefCell::new(open) }
    }

    /// The catalog, as this session sees it.
    ///
    /// # Errors
    /// The driver's.
    pub fn catalog(&self) -> Result<Catalog, Errors> {
        match &mut *self.open.borrow_mut() {
            Open::Sqlite(connection) => eagerly_rusqlite::catalog(connection),
            Open::Postgres(connection) => self.runtime.block_on(eagerly_postgres::catalog(connection.client())),
            Open::Mysql(connection) => self.runtime.block_on(eagerly_mysql::catalog(connection)),
        }
    }

    /// What the session is set to.
    ///
    /// # Panics
    /// When the server does not tell.
    #[must_use]
    pub fn settings(&self) -> String {
        let sql = all_settings(self.backend);
        match &mut *self.open.borrow_mut() {
            Open::Sqlite(_) => String::new(),
            Open::Postgres(connection) => {
                let row = self.runtime.block_on(connection.client().query_one(sql, &[])).expect("settings");
                row.get(0)
            }
            Open::Mysql(connection) => {
                self.runtime.block_on(connection.settle()).expect("a connection in step");
                let row: Option<Option<Vec<u8>>> =
                    self.runtime.block_on(connection.conn().expect("in step").query_first(sql)).expect("settings");
                String::from_utf8_lossy(&row.flatten().unwrap_or_default()).into_owned()
            }
        }
    }

    /// Loads, with lists cut after so many keys.
    ///
    /// # Errors
    /// The engine's.
    pub fn load(&self, graph: &RelationshipGraph, spec: &LoadSpec, cut: Option<usize>) -> Result<Outcome, Errors> {
        let plan = plan(self.backend, graph, spec, cut)?;
        let mut told: Vec<Executed> = Vec::new();
        let mut executed = |e: Executed| told.push(e);
        let run = Run::new(&plan);
        let result = match &mut *self.open.borrow_mut() {
            Open::Sqlite(connection) => eagerly_rusqlite::drive(connection, run, &mut executed),
            Open::Postgres(connection) => {
                self.runtime.block_on(eagerly_postgres::drive(connection, Mode::default(), run, &mut executed))
            }
            Open::Mysql(connection) => self.runtime.block_on(eagerly_mysql::drive(connection, run, &mut executed)),
        };
        let json = result.and_then(|result| result.to_json())?;
        check(&plan, graph, &told, true)?;
        Ok(Outcome {
            json,
            waves: told.iter().map(|t| t.wave as usize).max().unwrap_or(0),
            sql: told.iter().map(|t| format!("{} -- {:?}", t.sql, t.binds)).collect(),
            plan: plan.explain(),
        })
    }
}

fn plan(backend: Backend, graph: &RelationshipGraph, spec: &LoadSpec, cut: Option<usize>) -> Result<Plan, Errors> {
    let graph = graph.clone();
    let keys = cut.unwrap_or(usize::MAX);
    let planner = match backend {
        Backend::Sqlite => match cut {
            Some(keys) => Planner::new(graph, Sqlite::new().max_list_keys(keys)),
            None => Planner::new(graph, Sqlite::new()),
        },
        Backend::Postgres => Planner::new(graph, Postgres::new().max_list_keys(keys.min(1_000_000))),
        Backend::Mariadb => Planner::new(graph, MariaDb::new().max_list_keys(keys.min(10_000))),
        Backend::Mysql => Planner::new(graph, MySql::new().max_list_keys(keys.min(10_000))),
    };
    planner.compile(spec)
}

async fn postgres(url: &str, lent: bool, settings: &[Setting]) -> eagerly_postgres::Connection {
    let refused = |error: tokio_postgres::Error, sql: &str| -> ! { panic!("{error:?} in {sql}") };
    let connection = if lent {
        let config: tokio_postgres::Config = url.parse().expect("a URL");
        let (client, connection) = config.connect(tokio_postgres::NoTls).await.expect("a connection");
        tokio::spawn(connection);
        for Setting { sql, .. } in settings {
            client.batch_execute(sql).await.unwrap_or_else(|error| refused(error, sql));
        }
        let port = config.get_ports().first().copied().unwrap_or(5432);
        return eagerly_postgres::Connection::new(client).cancel_at(config.get_hosts()[0].clone(), port);
    } else {
        eagerly_postgres::connect(url).await.expect("a connection")
    };
    for Setting { sql, .. } in settings {
        connection.client().batch_execute(sql).await.unwrap_or_else(|error| refused(error, sql));
    }
    connection
}

async fn mysql(url: &str, lent: bool, settings: &[Setting]) -> eagerly_mysql::Connection {
    // What `sql_auto_is_null` finds is the last number that the session has given out.
    let numbered = settings.iter().any(|setting| setting.sql.contains("sql_auto_is_null"));
    let before = if numbered { &["TRUNCATE TABLE z", "INSERT INTO z () VALUES ()"][..] } else { &[] };
    let settings = before.iter().copied().chain(settings.iter().map(|setting| setting.sql));
    if lent {
        let mut conn = mysql_async::Conn::from_url(url).await.expect("a connection");
        for sql in settings {
            conn.query_drop(sql).await.unwrap_or_else(|error| panic!("{error} in {sql}"));
        }
        return eagerly_mysql::Connection::new(conn).await.expect("a connection that is lent");
    }
    let mut connection = eagerly_mysql::connect(url).await.expect("a connection");
    for sql in settings {
        connection.conn().expect("in step").query_drop(sql).await.unwrap_or_else(|error| panic!("{error} in {sql}"));
    }
    connection
}
