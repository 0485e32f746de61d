//! The corpus on servers: the forms that a case's database has there, and what their oracles say.

use super::{CorpusCase, File, all, block, root};
use crate::database::{Backend, Database};
use crate::harness::pretty;
use crate::oracle::oracle_on;
use crate::servers::Server;
use eagerly_planner::graph::RelationshipGraph;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::fs;

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

/// Databases of a server that are open, by the SQL that made them.
#[derive(Default)]
pub struct Opened(HashMap<String, (Box<dyn Database>, RelationshipGraph)>);

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl Opened {
    /// The database that this SQL makes, and its graph.
    ///
    /// # Panics
    /// When the server refuses something.
    pub fn get(&mut self, server: &Server, sql: &str) -> (&dyn Database, &RelationshipGraph) {
        let open = || server.open(&server.database(sql));
        let opened = self.0.entry(sql.to_owned()).or_insert_with(open);
        (opened.0.as_ref(), &opened.1)
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
        let backend = server.backend();
        let (database, graph) = opened.get(server, &self.schema_on(backend));
        let json = oracle_on(database, graph, &self.spec());
        let (recorded, first) = (self.result_on(backend), self.first());
        if recorded.as_ref().is_some_and(|recorded| recorded.to_string() == json.to_string()) {
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
