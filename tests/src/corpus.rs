//! The corpus: one TOML file per case in `tests/corpus`, read by people first.
//!
//! ```toml
//! about = "What the case is about, and what would go wrong"
//! database = "blog"                 # tests/schemas/blog.sql, or `schema = '''CREATE TABLE …'''` of its own
//! databases = ["sqlite"]            # if it does not run on all of them,
//! because = "…"                     # and why
//! mixed_collations = true           # its keys are between two collations, which PostgreSQL refuses from 18 on
//! trusted = ["post.author"]         # many-to-ones that the graph states to dangle nowhere
//! spec = '''{ post { title author @joined { name } } }'''
//! strategies = ["as written"]       # if it is not run under all of them
//! statements = 1                    # executed, and dependent round trips, for the specification as written
//! waves = 1
//! sql = ['''SELECT …''']            # snapshots of what the engine does
//! plan = '''…'''
//! result = '''[…]'''                # what the oracle says
//! ```
//!
//! PostgreSQL has the forms of the schemas in `schemas/postgres` and `schema_postgres`, MariaDB and MySQL those in
//! `schemas/mysql` and `schema_mysql`. Where their oracle says something else, that stands in `result_postgres`,
//! `result_mariadb` or `result_mysql`; the last is as MariaDB's where it is missing.
//!
//! The graph is what reflection finds in the database. With `UPDATE=1` in the environment what is generated (from
//! `statements` on) is written into the files, once engine and oracle agree; everything else stays as it stands.

mod on_servers;

pub use on_servers::{Opened, corpus_on, schema_on, sql_file};

use crate::database::Backend;
use crate::harness::{self, Engine, Treatment, pretty};
use crate::oracle::oracle;
use eagerly_planner::graph::{GraphBuilder, RelationshipGraph};
use eagerly_planner::spec::LoadSpec;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use toml_edit::{DocumentMut, Item};

/// The keys of a file, in the order in which they are written.
const KEYS: [&str; 19] = [
    "about",
    "database",
    "schema",
    "schema_postgres",
    "schema_mysql",
    "databases",
    "because",
    "mixed_collations",
    "trusted",
    "spec",
    "strategies",
    "statements",
    "waves",
    "sql",
    "plan",
    "result",
    "result_postgres",
    "result_mariadb",
    "result_mysql",
];

/// A case of the corpus.
#[derive(Debug)]
pub struct CorpusCase {
    path: PathBuf,
    text: String,
    file: File,
    treatments: Vec<Treatment>,
    backends: Vec<Backend>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    database: Option<String>,
    schema: Option<String>,
    schema_postgres: Option<String>,
    schema_mysql: Option<String>,
    databases: Option<Vec<String>>,
    because: Option<String>,
    #[serde(default)]
    mixed_collations: bool,
    trusted: Option<Vec<String>>,
    spec: String,
    strategies: Option<Vec<String>>,
    statements: Option<usize>,
    waves: Option<usize>,
    sql: Option<Vec<String>>,
    plan: Option<String>,
    result: Option<String>,
    result_postgres: Option<String>,
    result_mariadb: Option<String>,
    result_mysql: Option<String>,
}

/// Whether snapshots are to be rewritten: `UPDATE=1` in the environment.
#[must_use]
pub fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The cases that run on SQLite, in the order of their names.
///
/// # Panics
/// When a file cannot be read, or is no case.
#[must_use]
pub fn corpus() -> Vec<CorpusCase> {
    corpus_on(Backend::Sqlite)
}

/// All cases.
fn all() -> Vec<CorpusCase> {
    let directory = root().join("corpus");
    let entries = fs::read_dir(&directory).unwrap_or_else(|e| panic!("{e} in {}", directory.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a directory entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.into_iter().map(CorpusCase::read).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The SQL that makes a database: `schemas/<name>.sql`, or that of the conformance cases.
///
/// # Panics
/// When there is none of that name.
#[must_use]
pub fn schema(name: &str) -> String {
    let path = match name {
        "conformance" => root().join("conformance/data.sql"),
        name => root().join("schemas").join(format!("{name}.sql")),
    };
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{e} in {}", path.display()))
}

/// A database in memory, made by that SQL. Foreign keys are not enforced, so that keys may dangle.
///
/// # Panics
/// When SQLite refuses the SQL.
#[must_use]
pub fn database(sql: &str) -> Connection {
    let connection = Connection::open_in_memory().expect("SQLite opens");
    connection.execute_batch("PRAGMA foreign_keys = OFF").expect("a pragma");
    connection.execute_batch(sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
    connection
}

/// The graph that reflection finds.
///
/// # Panics
/// When it finds none.
#[must_use]
pub fn reflect(connection: &Connection) -> RelationshipGraph {
    let catalog = eagerly_rusqlite::catalog(connection).unwrap_or_else(|errors| panic!("{errors}"));
    RelationshipGraph::from_catalog(&catalog).unwrap_or_else(|errors| panic!("{errors}"))
}

impl CorpusCase {
    /// Reads a case.
    ///
    /// # Panics
    /// When the file cannot be read, or is no case.
    #[must_use]
    pub fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{e} in {}", path.display()));
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(!file.about.trim().is_empty(), "{}: says nothing about itself", path.display());
        let backends = on_servers::backends(&file).unwrap_or_else(|what| panic!("{}: {what}", path.display()));
        let treatments = match &file.strategies {
            None => Treatment::DEFAULT.to_vec(),
            Some(names) => names
                .iter()
                .map(|n| Treatment::parse(n).unwrap_or_else(|| panic!("{}: no strategy `{n}`", path.display())))
                .collect(),
        };
        Self { path, text, file, treatments, backends }
    }

    /// The name of the file without its extension.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Its database.
    #[must_use]
    pub fn connection(&self) -> Connection {
        match &self.file {
            File { schema: Some(sql), .. } => database(sql),
            File { database: Some(name), .. } => database(&schema(name)),
            _ => panic!("{}: give `database` or `schema`", self.path.display()),
        }
    }

    /// Its specification.
    ///
    /// # Panics
    /// When it does not parse.
    #[must_use]
    pub fn spec(&self) -> LoadSpec {
        LoadSpec::parse(&self.file.spec).unwrap_or_else(|errors| panic!("{}: {errors}", self.path.display()))
    }

    /// The graph with the relationships trusted that the case trusts.
    fn trusting(&self, graph: RelationshipGraph) -> RelationshipGraph {
        let Some(trusted) = &self.file.trusted else { return graph };
        let mut entities = graph.to_definitions();
        for name in trusted {
            let found = entities.iter_mut().find_map(|entity| {
                let relationship = name.strip_prefix(&entity.name)?.strip_prefix('.')?;
                entity.relationships.iter_mut().find(|r| r.name == relationship)
            });
            found.unwrap_or_else(|| panic!("{}: no relationship `{name}`", self.path.display())).trusted = Some(true);
        }
        let builder = entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity);
        builder.build().unwrap_or_else(|errors| panic!("{}: {errors}", self.path.display()))
    }

    /// Compares `result` with the oracle, and brings it up to date if `update` says so.
    ///
    /// # Errors
    /// What differs.
    pub fn check_result(&self, update: bool) -> Result<(), String> {
        let connection = self.connection();
        let json = oracle(&connection, &self.trusting(reflect(&connection)), &self.spec());
        let recorded: Option<Json> = match &self.file.result {
            None => None,
            Some(text) => Some(serde_json::from_str(text).map_err(|e| format!("`result` is no JSON: {e}"))?),
        };
        if recorded.as_ref().map(Json::to_string) == Some(json.to_string()) {
            return Ok(());
        }
        if update {
            self.write(&[("result", block(&pretty(&json)))]);
            return Ok(());
        }
        let recorded = recorded.as_ref().map_or("nothing".to_owned(), pretty);
        Err(format!("the oracle says\n{}\nthe file says\n{recorded}\n(UPDATE=1 rewrites it)", pretty(&json)))
    }

    /// Runs the engine on the specification as written and compares with the oracle; no snapshots.
    ///
    /// # Errors
    /// What differs.
    pub fn check_json(&self, engine: &dyn Engine) -> Result<(), String> {
        let connection = self.connection();
        let (graph, spec) = (self.trusting(reflect(&connection)), self.spec());
        let expected = oracle(&connection, &graph, &spec);
        harness::load(engine, &connection, &graph, (&spec, Treatment::AsWritten), &expected).map(drop)
    }

    /// Runs the engine under every treatment, compares with the oracle, and what it did with the snapshots, which are
    /// brought up to date if `update` says so and all results are right.
    ///
    /// # Errors
    /// All that differs.
    pub fn check_engine(&self, engine: &dyn Engine, update: bool) -> Result<(), String> {
        let connection = self.connection();
        let (graph, spec) = (self.trusting(reflect(&connection)), self.spec());
        let expected = oracle(&connection, &graph, &spec);
        let mut problems = Vec::new();
        let mut treatments = self.treatments.clone();
        if !treatments.contains(&Treatment::AsWritten) {
            treatments.insert(0, Treatment::AsWritten);
        }
        let mut written = None;
        for treatment in treatments {
            match harness::load(engine, &connection, &graph, (&spec, treatment), &expected) {
                Ok(outcome) if treatment == Treatment::AsWritten => written = Some(outcome),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        if let Some(outcome) = written {
            let File { statements, waves, sql, plan, .. } = &self.file;
            let count = outcome.sql.len();
            let lines = |text: &str| text.trim_end().to_owned();
            let mut stale = Vec::new();
            if *statements != Some(count) {
                stale.push(("statements", format!("{count}")));
            }
            if *waves != Some(outcome.waves) {
                stale.push(("waves", outcome.waves.to_string()));
            }
            if sql.as_ref() != Some(&outcome.sql) {
                let list: Vec<String> = outcome.sql.iter().map(|sql| format!("  {},\n", literal(sql))).collect();
                stale.push(("sql", format!("[\n{}]", list.concat())));
            }
            if plan.as_deref().map(lines) != Some(lines(&outcome.plan)) {
                stale.push(("plan", block(&lines(&outcome.plan))));
            }
            if update && problems.is_empty() {
                self.write(&stale);
            } else {
                problems
                    .extend(stale.iter().map(|(key, now)| format!("`{key}` is now\n{now}\n(UPDATE=1 rewrites it)")));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
    }

    /// Sets keys to values given as TOML, in the file as it is now; comments and all other keys stay.
    fn write(&self, changes: &[(&str, String)]) {
        if changes.is_empty() {
            return;
        }
        static WRITER: Mutex<()> = Mutex::new(());
        let _alone = WRITER.lock();
        let now = fs::read_to_string(&self.path).unwrap_or_else(|_| self.text.clone());
        let mut document: DocumentMut = now.parse().expect("the file was read before");
        for (key, value) in changes {
            let mut fragment: DocumentMut = format!("{key} = {value}\n").parse().expect("we write TOML");
            let item = fragment.remove(key).unwrap_or(Item::None);
            document.insert(key, item);
        }
        let place = |key: &toml_edit::Key| KEYS.iter().position(|k| *k == key.get());
        document.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
        fs::write(&self.path, document.to_string()).unwrap_or_else(|e| panic!("{e} in {}", self.path.display()));
    }
}

/// Text as a TOML string of its own lines.
fn block(text: &str) -> String {
    if text.contains("'''") { toml_edit::Value::from(text).to_string() } else { format!("'''\n{text}\n'''") }
}

/// Text as a TOML string on one line.
fn literal(text: &str) -> String {
    if text.contains("'''") { toml_edit::Value::from(text).to_string() } else { format!("'''{text}'''") }
}
