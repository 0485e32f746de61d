//! A schema with a graph file over it, and specifications that give the oracle's graph on every database, under every
//! strategy and with lists that are cut.

use eagerly::LoadSpec;
use eagerly::graph::GraphFile;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::{OnServers, SqliteEngine};
use eagerly_tests::harness::{ServerEngine, Treatment, judge, load};
use eagerly_tests::oracle::{oracle, oracle_on};
use eagerly_tests::servers::server;
use rusqlite::Connection;

/// Checks the specifications on SQLite and on every server that is there. The schema is asked for once per database; the
/// empty one leaves it out.
pub(crate) fn agrees_everywhere(schema: impl Fn(Backend) -> String, file: &str, specs: &[&str]) {
    agrees_with(&[OnServers::default(), OnServers::default().cut(1)], schema, file, specs);
}

/// The same, with these engines on servers.
pub(crate) fn agrees_with(engines: &[OnServers], schema: impl Fn(Backend) -> String, file: &str, specs: &[&str]) {
    let file = GraphFile::parse(file).unwrap();
    let specs: Vec<LoadSpec> = specs.iter().map(|spec| LoadSpec::parse_any(spec).unwrap().spec).collect();
    let mut problems = Vec::new();
    if let Some(sql) = Some(schema(Backend::Sqlite)).filter(|sql| !sql.is_empty()) {
        problems.extend(on_sqlite(&sql, &file, &specs));
    }
    for backend in Backend::SERVERS {
        let sql = schema(backend);
        let Some(server) = server(backend).filter(|_| !sql.is_empty()) else { continue };
        let url = server.database(&sql);
        let graph = file.over(&server.catalog(&url)).unwrap();
        let (database, _) = server.open(&url);
        for spec in &specs {
            let expected = oracle_on(database.as_ref(), &graph, spec);
            for engine in engines {
                for treatment in Treatment::DEFAULT {
                    let loaded = engine.load(backend, &url, &graph, &treatment.apply(&graph, spec));
                    problems
                        .extend(judge(treatment, loaded, &expected).err().map(|what| format!("{backend:?} {what}")));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n\n"));
}

fn on_sqlite(sql: &str, file: &GraphFile, specs: &[LoadSpec]) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let graph = file.over(&eagerly_rusqlite::catalog(&connection).unwrap()).unwrap();
    let mut problems = Vec::new();
    for spec in specs {
        let expected = oracle(&connection, &graph, spec);
        for engine in [SqliteEngine::default(), SqliteEngine { limits: Some((1, 64)), ..SqliteEngine::default() }] {
            for treatment in Treatment::DEFAULT {
                problems.extend(load(&engine, &connection, &graph, (spec, treatment), &expected).err());
            }
        }
    }
    problems
}
