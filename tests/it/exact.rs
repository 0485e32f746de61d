//! Keys and values of every type of MariaDB and MySQL at their boundaries, in sessions with every setting that could
//! change what they mean: the result is the oracle's under every strategy, and a value that was printed finds its row.

mod faults;
mod sessions;
mod types;

use eagerly::{LoadSpec, RelationshipGraph};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{Server, Settings, read_under, server};
use serde_json::Value as Json;

/// The servers of the family that there are.
fn family() -> impl Iterator<Item = &'static Server> {
    [Backend::Mariadb, Backend::Mysql].into_iter().filter_map(server)
}

/// A database in a session with settings.
struct Session {
    server: &'static Server,
    url: String,
    settings: Settings,
    engine: OnServers,
    graph: RelationshipGraph,
}

impl Session {
    fn new(server: &'static Server, url: &str, settings: &Settings) -> Self {
        let graph = RelationshipGraph::from_catalog(&server.catalog_under(url, settings)).unwrap();
        let engine = OnServers::default().under(settings);
        Self { server, url: url.to_owned(), settings: settings.clone(), engine, graph }
    }

    /// A result as JSON.
    fn load(&self, spec: &LoadSpec) -> Result<Json, String> {
        let loaded = self.engine.load(self.server.backend(), &self.url, &self.graph, spec);
        let json = loaded.map_err(|errors| errors.to_string())?.json;
        Ok(serde_json::from_str(&json).unwrap())
    }

    /// The result of a text.
    fn loaded(&self, text: &str) -> String {
        self.load(&LoadSpec::parse(text).unwrap()).unwrap_or_else(|what| panic!("{text}\n{what}")).to_string()
    }

    /// What differs from the oracle.
    fn differs(&self, expected: &[(String, Json)], treatments: &[Treatment]) -> Vec<String> {
        let backend = self.server.backend();
        let mut problems = Vec::new();
        for (text, expected) in expected {
            let spec = LoadSpec::parse(text).unwrap();
            for treatment in treatments {
                let loaded = self.engine.load(backend, &self.url, &self.graph, &treatment.apply(&self.graph, &spec));
                if let Err(what) = judge(*treatment, loaded, expected) {
                    problems.push(format!("{} {:?}: {text}\n{what}", backend.name(), self.settings.statements()));
                }
            }
        }
        problems
    }
}

/// What the oracle says to each text. Its own session is exact whatever settings it starts with, so that one answer holds
/// for all.
fn expected(server: &Server, url: &str, texts: &[String]) -> Vec<(String, Json)> {
    let (database, catalog) = read_under(server.backend(), url, &Settings::default());
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let answer = |text: &String| oracle_on(database.as_ref(), &graph, &LoadSpec::parse(text).unwrap());
    texts.iter().map(|text| (text.clone(), answer(text))).collect()
}

fn check(problems: &[String]) {
    let heads: Vec<&str> = problems.iter().filter_map(|problem| problem.lines().next()).take(60).collect();
    let first = problems.first().map_or("", String::as_str);
    assert!(problems.is_empty(), "{} problems:\n{}\n{first}", problems.len(), heads.join("\n"));
}
