//! The corpus on servers: the forms that a case's database has there, and what their oracles say.

use super::{CorpusCase, File, all, block, root};
use crate::database::{Backend, Database};
use crate::engine::OnServers;
use crate::harness::{ServerEngine, Treatment, judge, pretty};
use crate::oracle::oracle_on;
use crate::servers::{Server, has_no_sense_on};
use eagerly_planner::graph::{RelationshipGraph, TableStatistics};
use serde_json::Value as Json;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

/// The cases that run on a database, in the order of their names.
///
/// # Panics
/// When a file cannot be read, or is no case.
#[must_use]
pub fn corpus_on(backend: Backend) -> Vec<CorpusCase> {
    all().into_iter().filter(|case| case.backends.contains(&backend)).collect()
}

/// Where a case runs. It says why it does not run somewhere.
pub(super) fn backends(file: &File) -> Result<Vec<Backend>, String> {
    let File { database, schema, schema_postgres, schema_mysql, databases, because, .. } = file;
    let own = [schema, schema_postgres, schema_mysql].into_iter().flatten().count();
    if database.is_some() == (own > 0) {
        return Err("give `database` or `schema`".to_owned());
    }
    if databases.is_some() != because.is_some() {
        return Err("`databases` and `because` go together".to_owned());
    }
    let named = |name: &String| Backend::parse(name).ok_or_else(|| format!("no database `{name}`"));
    let backends: Vec<Backend> = match databases {
        None => Backend::ALL.to_vec(),
        Some(names) => names.iter().map(named).collect::<Result<_, _>>()?,
    };
    for backend in &backends {
        let form = match backend {
            Backend::Sqlite => schema,
            Backend::Postgres => schema_postgres,
            Backend::Mariadb | Backend::Mysql => schema_mysql,
        };
        if form.is_none() && own > 0 {
            return Err(format!("no schema for {}: give one, or `databases` and `because`", backend.name()));
        }
    }
    Ok(backends)
}

/// The SQL that makes a database on a server: `schemas/postgres/<name>.sql` or `schemas/mysql/<name>.sql`.
///
/// # Panics
/// When there is none of that name.
#[must_use]
pub fn schema_on(backend: Backend, name: &str) -> String {
    let form = if backend == Backend::Postgres { "postgres" } else { "mysql" };
    let path = root().join("schemas").join(form).join(format!("{name}.sql"));
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{e} in {}", path.display()))
}

/// The file that keeps what is sent to a server for every case: statements below the name of their case.
#[must_use]
pub fn sql_file(backend: Backend) -> PathBuf {
    root().join("corpus/sql").join(format!("{}.sql", backend.name()))
}

/// A database of a server that is open.
struct Open {
    url: String,
    database: Box<dyn Database>,
    /// As the tests read the catalog: what the oracle goes by.
    graph: RelationshipGraph,
    /// As the driver reads it: what the engine goes by.
    reflected: OnceCell<RelationshipGraph>,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Open").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Databases of a server that are open, by the SQL that made them.
#[derive(Debug, Default)]
pub struct Opened(HashMap<String, Open>);

impl Opened {
    /// The database that this SQL makes.
    fn get(&mut self, server: &Server, sql: &str) -> &Open {
        self.0.entry(sql.to_owned()).or_insert_with(|| {
            let url = server.database(sql);
            let (database, graph) = server.open(&url);
            Open { url, database, graph, reflected: OnceCell::new() }
        })
    }
}

impl CorpusCase {
    /// The SQL of its database on a server.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn schema_on(&self, backend: Backend) -> String {
        let File { database, schema_postgres, schema_mysql, .. } = &self.file;
        let own = if backend == Backend::Postgres { schema_postgres } else { schema_mysql };
        match (own, database) {
            (Some(sql), _) => sql.clone(),
            (None, Some(name)) => schema_on(backend, name),
            (None, None) => panic!("{}: no schema for {}", self.path.display(), backend.name()),
        }
    }

    /// Compares the result that the file has for a server with its oracle, and brings it up to date if `update` says so.
    ///
    /// # Errors
    /// What differs.
    pub fn check_result_on(&self, server: &Server, opened: &mut Opened, update: bool) -> Result<(), String> {
        if !self.runs_on(server) {
            return Ok(());
        }
        let backend = server.backend();
        let open = opened.get(server, &self.schema_on(backend));
        let json = oracle_on(open.database.as_ref(), &open.graph, &self.spec());
        let (recorded, first) = (self.result_on(backend), self.first());
        if recorded.as_ref().map(Json::to_string) == Some(json.to_string()) {
            return Ok(());
        }
        if update && backend == first {
            self.write(&[("result", block(&pretty(&json)))]);
            return Ok(());
        }
        if update && self.file.result.is_some() {
            self.write(&[(&format!("result_{}", backend.name()), block(&pretty(&json)))]);
            return Ok(());
        }
        let recorded = recorded.as_ref().map_or("nothing".to_owned(), pretty);
        let how = if update { "once more: that of another database comes first" } else { "UPDATE=1" };
        Err(format!("the oracle says\n{}\nthe file says\n{recorded}\n({how} rewrites it)", pretty(&json)))
    }

    /// Runs an engine under every treatment and compares with the server's oracle.
    ///
    /// # Errors
    /// All that differs.
    pub fn check_engine_on(
        &self,
        server: &Server,
        opened: &mut Opened,
        engine: &dyn ServerEngine,
    ) -> Result<(), String> {
        if !self.runs_on(server) {
            return Ok(());
        }
        let (backend, spec) = (server.backend(), self.spec());
        let open = opened.get(server, &self.schema_on(backend));
        let expected = oracle_on(open.database.as_ref(), &open.graph, &spec);
        let graph = &self.trusting(open.reflected.get_or_init(|| server.reflect(&open.url)).clone());
        let problem = |treatment: &Treatment| {
            let loaded = engine.load(backend, &open.url, graph, &treatment.apply(graph, &spec));
            judge(*treatment, loaded, &expected).err()
        };
        let problems: Vec<String> = self.treatments.iter().filter_map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
    }

    /// What an engine sends for the specification as it is written, a statement a line.
    ///
    /// # Errors
    /// The engine's.
    pub fn sql_on(&self, server: &Server, opened: &mut Opened, engine: &dyn ServerEngine) -> Result<String, String> {
        let backend = server.backend();
        let open = opened.get(server, &self.schema_on(backend));
        let graph = open.reflected.get_or_init(|| server.reflect(&open.url));
        // Servers count tables when they like.
        let names = graph.entities().map(|(_, entity)| entity.name.clone());
        let uncounted = names.fold(self.trusting(graph.clone()), |graph, name| {
            graph.with_statistics(&name, &TableStatistics::default()).expect("an entity of the graph")
        });
        let outcome = engine.load(backend, &open.url, &uncounted, &self.spec()).map_err(|errors| errors.to_string())?;
        Ok(outcome.sql.iter().map(|sql| format!("{sql}\n")).collect())
    }

    /// Runs engines, each with its name, on the specification as written, and compares with the server's oracle.
    ///
    /// # Errors
    /// All that differs.
    pub fn check_engines_on(
        &self,
        server: &Server,
        opened: &mut Opened,
        engines: &[(String, OnServers)],
    ) -> Result<(), String> {
        if !self.runs_on(server) {
            return Ok(());
        }
        let (backend, spec) = (server.backend(), self.spec());
        let open = opened.get(server, &self.schema_on(backend));
        let expected = oracle_on(open.database.as_ref(), &open.graph, &spec);
        let graph = &self.trusting(open.reflected.get_or_init(|| server.reflect(&open.url)).clone());
        let problem = |(name, engine): &(String, OnServers)| {
            let loaded = engine.load(backend, &open.url, graph, &spec);
            judge(Treatment::AsWritten, loaded, &expected).err().map(|what| format!("{name}: {what}"))
        };
        let problems: Vec<String> = engines.iter().filter_map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
    }

    /// Whether its database can be made on this server; if not, that is recorded.
    #[must_use]
    pub fn runs_on(&self, server: &Server) -> bool {
        let runs = !self.file.mixed_collations || server.mixed_collations();
        if !runs {
            let why = "it refuses keys between collations of which one is not deterministic";
            has_no_sense_on(server.backend(), &format!("corpus/{}: {why}", self.name()));
        }
        runs
    }

    /// The database whose result is the one that others differ from.
    fn first(&self) -> Backend {
        self.backends.iter().copied().min().unwrap_or(Backend::Sqlite)
    }

    /// What the file says of a database.
    fn result_on(&self, backend: Backend) -> Option<Json> {
        let File { result, result_postgres, result_mariadb, result_mysql, .. } = &self.file;
        let own = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => result_postgres.as_ref(),
            Backend::Mariadb => result_mariadb.as_ref(),
            Backend::Mysql => result_mysql.as_ref().or(result_mariadb.as_ref()),
        };
        let text = own.or(result.as_ref())?;
        Some(serde_json::from_str(text).unwrap_or_else(|e| panic!("{}: {e}", self.path.display())))
    }
}
