//! The seam to the engine, and the check that it gives what the oracle gives under every treatment.

use crate::database::Backend;
use crate::generate::{Case, strategies};
use crate::oracle::oracle;
use eagerly_planner::error::Errors;
use eagerly_planner::graph::RelationshipGraph;
use eagerly_planner::spec::{LoadSpec, Strategy};
use rusqlite::Connection;
use serde_json::Value as Json;

/// What is checked: anything that compiles a specification, runs it and gives JSON.
pub trait Engine {
    /// Loads `spec`.
    ///
    /// # Errors
    /// Those of the engine; every one is a failure, since all specifications here are valid and supported.
    fn load(&self, connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors>;
}

/// The same on a server.
pub trait ServerEngine {
    /// Loads `spec` from the database of that URL; the graph is what the driver's reflection found there.
    ///
    /// # Errors
    /// As [`Engine::load`].
    fn load(&self, backend: Backend, url: &str, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors>;
}

/// What a load came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The list of root objects as JSON text.
    pub json: String,
    /// The statements in the order they were executed, as they were sent.
    pub sql: Vec<String>,
    /// The number of dependent round trips.
    pub waves: usize,
    /// The plan as `explain` prints it.
    pub plan: String,
}

/// What is done to a specification before it is loaded. The result is the same under each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Nothing.
    AsWritten,
    /// One strategy on every relationship that is loaded.
    All(Strategy),
}

impl Treatment {
    /// The treatments that every case goes through if it says nothing else.
    pub const DEFAULT: [Self; 5] = [
        Self::AsWritten,
        Self::All(Strategy::Selectin),
        Self::All(Strategy::Joined),
        Self::All(Strategy::Subquery),
        Self::All(Strategy::Auto),
    ];

    /// Reads `as written`, or the name of a strategy.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::DEFAULT.into_iter().find(|treatment| treatment.name() == name)
    }

    /// Its name in a corpus file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AsWritten => "as written",
            Self::All(strategy) => strategy.name(),
        }
    }

    /// The specification under the treatment.
    #[must_use]
    pub fn apply(self, graph: &RelationshipGraph, spec: &LoadSpec) -> LoadSpec {
        match self {
            Self::AsWritten => spec.clone(),
            Self::All(strategy) => strategies(graph, spec, strategy),
        }
    }
}

/// Loads `spec` under a treatment and compares with `expected`, the order of keys included.
///
/// # Errors
/// What differs, or the engine's error, as text for people.
pub fn load(
    engine: &dyn Engine,
    connection: &Connection,
    graph: &RelationshipGraph,
    (spec, treatment): (&LoadSpec, Treatment),
    expected: &Json,
) -> Result<Outcome, String> {
    judge(treatment, engine.load(connection, graph, &treatment.apply(graph, spec)), expected)
}

/// Compares what a load under a treatment came to with `expected`.
///
/// # Errors
/// As [`load`].
pub fn judge(treatment: Treatment, loaded: Result<Outcome, Errors>, expected: &Json) -> Result<Outcome, String> {
    let name = treatment.name();
    let outcome = loaded.map_err(|errors| format!("[{name}] the engine refuses: {errors}"))?;
    let json: Json = serde_json::from_str(&outcome.json)
        .map_err(|error| format!("[{name}] no valid JSON: {error}\n{}", outcome.json))?;
    let text = |json: &Json| json.to_string();
    if text(&json) == text(expected) {
        return Ok(outcome);
    }
    let sql = outcome.sql.join("\n");
    Err(format!(
        "[{name}] another result\nexpected:\n{}\ngot:\n{}\nplan:\n{}\nexecuted:\n{sql}",
        pretty(expected),
        pretty(&json),
        outcome.plan
    ))
}

/// Checks a generated case under all treatments: the body of the property test.
///
/// # Errors
/// What differs, for all treatments that differ.
pub fn agree(engine: &dyn Engine, case: &Case) -> Result<(), String> {
    let (connection, graph) = (case.connection(), case.graph());
    let expected = oracle(&connection, &graph, &case.spec);
    let problems: Vec<String> = Treatment::DEFAULT
        .into_iter()
        .filter_map(|t| load(engine, &connection, &graph, (&case.spec, t), &expected).err())
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
}

/// JSON that reads and diffs well: what fits on a line stays on it.
#[must_use]
pub fn pretty(json: &Json) -> String {
    let mut text = String::new();
    write(json, 0, &mut text);
    text
}

const WIDTH: usize = 110;

fn write(json: &Json, indent: usize, text: &mut String) {
    let line = json.to_string();
    let fits = indent + line.chars().count() <= WIDTH && indent > 0;
    let parts: Vec<(String, &Json)> = match json {
        Json::Array(list) if !fits => list.iter().map(|value| (String::new(), value)).collect(),
        Json::Object(map) if !fits => map.iter().map(|(k, v)| (format!("{}: ", Json::from(k.as_str())), v)).collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        text.push_str(&line);
        return;
    }
    let (open, close) = if json.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    for (i, (key, value)) in parts.iter().enumerate() {
        text.push_str(if i == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(indent + 2));
        text.push_str(key);
        write(value, indent + 2, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}
