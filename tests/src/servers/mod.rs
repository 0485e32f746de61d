//! Servers for the tests. A URL in the environment names one that is there (`EAGERLY_TEST_POSTGRES_URL`,
//! `EAGERLY_TEST_MARIADB_URL`, `EAGERLY_TEST_MYSQL_URL`). Its user must be allowed to create databases and users: those that
//! tests make are called `eagerly_test…`, and one that was there before is replaced. Otherwise
//! PostgreSQL and MariaDB are started, once in a process and both at a time, on new data in a temporary directory; they
//! end with the process, however it ends. MySQL runs only where a URL is given.
//!
//! What cannot run is recorded for the last lines of the test run (`not_run`), and a failure where `CI` is set.

mod account;
mod encrypted;
mod not_run;
mod process;
mod settings;
mod start;

pub use encrypted::{Authority, Certificate, Encrypted, encrypted, self_signed, version_1};
pub use not_run::report;
pub use process::program;
pub use settings::Settings;

use crate::database::{Backend, Database, Mysql, Postgres};
use crate::reflect;
use eagerly_planner::error::Errors;
use eagerly_planner::graph::{Catalog, RelationshipGraph};
use process::Guarded;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// A server that is up.
#[derive(Debug)]
pub struct Server {
    backend: Backend,
    /// The URL up to the name of a database, and what comes behind it.
    url: (String, String),
    /// Whether a foreign key can stand between columns of two collations, of which one compares otherwise than bytes.
    /// PostgreSQL: before 18.
    mixed_collations: bool,
    /// The collation of text whose collation nobody has named, of MySQL and MariaDB.
    collation: Option<String>,
    /// Databases by the SQL that made them.
    databases: Mutex<HashMap<String, Arc<OnceLock<String>>>>,
    _guarded: Option<Guarded>,
}

type Starting = Mutex<Option<JoinHandle<Result<Server, String>>>>;

/// Both start when the first is asked for.
static STARTING: LazyLock<[Starting; 3]> = LazyLock::new(|| {
    Backend::SERVERS.map(|backend| Mutex::new(Some(std::thread::spawn(move || Server::start(backend)))))
});
static SERVERS: [OnceLock<Result<Server, String>>; 3] = [const { OnceLock::new() }; 3];

/// The server of a database, or `None` where there is none, which is recorded as tests that could not run: the test is
/// known by the name of its thread.
///
/// # Panics
/// When a server that is named in the environment does not answer; on CI when there is no PostgreSQL or MariaDB.
#[must_use]
pub fn server(backend: Backend) -> Option<&'static Server> {
    let index = Backend::SERVERS.iter().position(|server| *server == backend).expect("a server");
    let started = SERVERS[index].get_or_init(|| {
        let thread = STARTING[index].lock().unwrap_or_else(PoisonError::into_inner).take();
        thread.map(JoinHandle::join).expect("asked for once").unwrap_or_else(|_| Err("its start panicked".to_owned()))
    });
    match started {
        Ok(server) => Some(server),
        Err(why) => {
            assert!(std::env::var_os(variable(backend)).is_none(), "{}: {why}", variable(backend));
            could_not_run(backend, why);
            None
        }
    }
}

/// Records that the test of this thread could not run on a server.
///
/// # Panics
/// On CI, where PostgreSQL and MariaDB must run.
pub fn could_not_run(backend: Backend, why: &str) {
    if backend == Backend::Mysql {
        return not_run::record(backend.name(), std::thread::current().name().unwrap_or("a test"), why);
    }
    could_not_run_with(backend.name(), why);
}

/// Records that the test of this thread, or a part of it, has no sense on this version of a server, and why.
pub fn has_no_sense_on(backend: Backend, why: &str) {
    not_run::record(backend.name(), std::thread::current().name().unwrap_or("a test"), why);
}

/// Records that the test of this thread could not run with a program that it needs.
///
/// # Panics
/// On CI, where all of them must run.
pub fn could_not_run_with(program: &str, why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{program} must run on CI, and could not: {why}");
    not_run::record(program, std::thread::current().name().unwrap_or("a test"), why);
}

/// The environment variable of a server's URL.
fn variable(backend: Backend) -> String {
    format!("EAGERLY_TEST_{}_URL", backend.name().to_uppercase())
}

impl Server {
    fn start(backend: Backend) -> Result<Self, String> {
        let (guarded, url) = match std::env::var(variable(backend)) {
            Ok(url) => (None, account::with_a_password(backend, parts(&url))?),
            Err(_) => {
                let (guarded, url) = match backend {
                    Backend::Postgres => start::postgres()?,
                    Backend::Mariadb => start::mariadb()?,
                    _ => return Err(format!("{} is not set", variable(backend))),
                };
                (Some(guarded), parts(&url))
            }
        };
        let databases = Mutex::default();
        let mut server = Self { backend, url, mixed_collations: true, collation: None, databases, _guarded: guarded };
        server.admin("SELECT 1")?;
        let said = |rows: Vec<Vec<Option<String>>>| rows.into_iter().next()?.into_iter().next()?;
        if backend == Backend::Postgres {
            let version = said(Postgres::connect(&server.url("postgres"))?.texts("SHOW server_version_num"));
            let version = version.and_then(|version| version.parse::<u32>().ok());
            server.mixed_collations = version.is_some_and(|version| version < 180_000);
        } else {
            server.collation = said(Mysql::connect(&server.url("mysql"))?.texts("SELECT @@collation_server"));
        }
        Ok(server)
    }

    /// The URL of a database that this SQL makes. Tests that only read can share it: it is made once in a process.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    #[must_use]
    pub fn database(&self, sql: &str) -> String {
        let made = Arc::clone(self.lock().entry(sql.to_owned()).or_default());
        made.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            sql.hash(&mut hasher);
            self.make(&format!("eagerly_test_{:016x}", hasher.finish()), sql)
        })
        .clone()
    }

    /// The URL of a database of that name, which this SQL makes; one that was there before is dropped.
    ///
    /// # Panics
    /// When the server refuses the SQL.
    #[must_use]
    pub fn make(&self, name: &str, sql: &str) -> String {
        let refused = |what: String| panic!("{}: {what}", self.backend.name());
        for step in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            self.admin(&step).unwrap_or_else(refused);
        }
        let url = self.url(name);
        if self.mixed_collations || !sql.contains("deterministic = false") {
            self.execute(&url, sql).unwrap_or_else(refused);
            return url;
        }
        // All but the keys that this server has no more: what needs them does not run.
        let made = |statement: &str| match self.execute(&url, statement) {
            Err(what) if what.starts_with("42P21") => {}
            other => other.unwrap_or_else(refused),
        };
        sql.split_inclusive(";\n").for_each(made);
        url
    }

    /// A connection to a database, and the graph of what the tests' own reading of its catalog finds.
    ///
    /// # Panics
    /// When the server refuses it, or no graph can be made.
    #[must_use]
    pub fn open(&self, url: &str) -> (Box<dyn Database>, RelationshipGraph) {
        open(self.backend, url)
    }

    /// The graph that the driver's reflection finds in a database.
    ///
    /// # Panics
    /// When the driver refuses.
    #[must_use]
    pub fn reflect(&self, url: &str) -> RelationshipGraph {
        let graph = RelationshipGraph::from_catalog(&self.catalog(url));
        graph.unwrap_or_else(|errors| panic!("{}: {errors}", self.backend.name()))
    }

    /// The catalog of a database, as the driver reads it.
    ///
    /// # Panics
    /// When the driver refuses.
    #[must_use]
    pub fn catalog(&self, url: &str) -> Catalog {
        self.catalog_of(url, &[]).unwrap_or_else(|errors| panic!("{}: {errors}", self.backend.name()))
    }

    /// The catalog of some schemas of a database, as the driver reads it.
    ///
    /// # Errors
    /// What the driver refuses.
    ///
    /// # Panics
    /// When there is no runtime.
    pub fn catalog_of(&self, url: &str, schemas: &[&str]) -> Result<Catalog, Errors> {
        self.read_catalog(url, &Settings::default(), schemas)
    }

    /// The catalog of a database, as the driver reads it in a session with settings.
    ///
    /// # Panics
    /// When the driver or the server refuses.
    #[must_use]
    pub fn catalog_under(&self, url: &str, settings: &Settings) -> Catalog {
        let catalog = self.read_catalog(url, settings, &[]);
        catalog.unwrap_or_else(|errors| panic!("{}: {errors}", self.backend.name()))
    }

    fn read_catalog(&self, url: &str, settings: &Settings, schemas: &[&str]) -> Result<Catalog, Errors> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            if self.backend == Backend::Postgres {
                let connection = settings.postgres(url).await?;
                return eagerly_postgres::catalog_of(connection.client(), schemas).await;
            }
            let mut connection = settings.mysql(url).await?;
            let catalog = eagerly_mysql::catalog_of(&mut connection, schemas).await;
            connection.close().await?;
            catalog
        })
    }

    /// Whether a foreign key can stand between a collation that compares bytes and one that does not. PostgreSQL: before 18.
    #[must_use]
    pub fn mixed_collations(&self) -> bool {
        self.mixed_collations
    }

    /// SQL with the collation that text has by default on a server that we start: that of MariaDB before 11.5, where this
    /// server has another.
    #[must_use]
    pub fn in_the_usual_collation(&self, sql: String) -> String {
        match &self.collation {
            Some(collation) if self.backend == Backend::Mariadb => sql.replace(collation, start::MARIADB_COLLATION),
            _ => sql,
        }
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The URL of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.url.0, self.url.1)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<OnceLock<String>>>> {
        self.databases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a statement in the server's own database.
    fn admin(&self, sql: &str) -> Result<(), String> {
        self.execute(&self.url(if self.backend == Backend::Postgres { "postgres" } else { "mysql" }), sql)
    }

    /// Runs statements in a database.
    ///
    /// # Errors
    /// What the server refuses, as text.
    pub fn execute(&self, url: &str, sql: &str) -> Result<(), String> {
        match self.backend {
            Backend::Postgres => Postgres::connect(url)?.execute(sql),
            _ => Mysql::connect(url)?.execute(sql),
        }
    }
}

/// A URL around the name of its database.
fn parts(url: &str) -> (String, String) {
    let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
    let authority = path.find("://").map_or(0, |at| at + 3);
    let server = path[authority..].find('/').map_or(path, |at| &path[..authority + at]);
    (format!("{server}/"), query.to_owned())
}

/// A connection to a database of a server, and the graph of what the tests' own reading of its catalog finds.
///
/// # Panics
/// When the server refuses it, or no graph can be made.
#[must_use]
pub fn open(backend: Backend, url: &str) -> (Box<dyn Database>, RelationshipGraph) {
    let (database, catalog) = read(backend, url);
    let graph = RelationshipGraph::from_catalog(&catalog);
    let graph = graph.unwrap_or_else(|errors| panic!("{}: {errors}", backend.name()));
    (database, graph)
}

/// A connection to a database of a server, and the tests' own reading of its catalog.
///
/// # Panics
/// When the server refuses it.
#[must_use]
pub fn read(backend: Backend, url: &str) -> (Box<dyn Database>, Catalog) {
    read_under(backend, url, &Settings::default())
}

/// The same with a connection that runs settings after the catalog was read: the oracle then sees what a session with
/// them sees, but for what would make its own reading inexact ([`Settings::exact`]).
///
/// # Panics
/// When the server refuses it.
#[must_use]
pub fn read_under(backend: Backend, url: &str, settings: &Settings) -> (Box<dyn Database>, Catalog) {
    let refused = |what: String| -> ! { panic!("{}: {what}", backend.name()) };
    if backend == Backend::Postgres {
        let database = Postgres::connect(url).unwrap_or_else(|what| refused(what));
        let catalog = reflect::postgres(&database);
        settings.exact(backend).try_for_each(|sql| database.execute(sql)).unwrap_or_else(|what| refused(what));
        (Box::new(database), catalog)
    } else {
        let database = Mysql::connect(url).unwrap_or_else(|what| refused(what));
        let catalog = reflect::mysql(&database);
        settings.exact(backend).try_for_each(|sql| database.execute(sql)).unwrap_or_else(|what| refused(what));
        (Box::new(database), catalog)
    }
}
