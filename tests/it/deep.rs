//! A root and 199 relationships below it load, whatever the last one lists; 200 are a mistake of the specification, in
//! every form of it and on every database. Nothing that is nested deeply is a bug of ours.

use eagerly::error::{ErrorKind, Errors, code};
use eagerly::spec::{Filter, joined, selectin};
use eagerly::{LoadSpec, Planner, Sqlite};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::{OnServers, SqliteEngine};
use eagerly_tests::harness::{Engine, ServerEngine};
use eagerly_tests::servers::server;
use rusqlite::Connection;

const SCHEMA: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, v INTEGER);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER, FOREIGN KEY (author_id) REFERENCES author (id));
    INSERT INTO author VALUES (1, 5);
    INSERT INTO post VALUES (2, 1);
";

fn names(relationships: usize) -> impl Iterator<Item = &'static str> {
    ["post", "author"].into_iter().cycle().take(relationships)
}

/// So many relationships below the root, the last of which lists `last`.
fn text(relationships: usize, strategy: &str, last: &str) -> String {
    let open: String = names(relationships).map(|name| format!("{{ {name}{strategy} ")).collect();
    format!("{{ author {open}{last}{} }}", " }".repeat(relationships))
}

fn json(relationships: usize, last: &str) -> String {
    let open: String = names(relationships).map(|name| format!(r#","fields":[{{"name":"{name}""#)).collect();
    let open = open.strip_prefix(',').unwrap();
    format!("{{\"author\":{{{open}{last}{}}}}}", "}]".repeat(relationships))
}

fn built(relationships: usize) -> LoadSpec {
    let names: Vec<&str> = names(relationships).collect();
    let (last, above) = names.split_last().unwrap();
    let load = above.iter().rev().fold(selectin(*last).load_only(["id"]), |below, name| selectin(*name).load(below));
    LoadSpec::new("author").load(load)
}

/// The specifications of so many relationships, each under its name.
fn forms(relationships: usize) -> Vec<(&'static str, Result<LoadSpec, Errors>)> {
    let text = |strategy, last| LoadSpec::parse(&text(relationships, strategy, last));
    vec![
        ("columns", text("", "{ id }")),
        ("all columns", text("", "")),
        ("selectin", text(" @selectin", "{ id }")),
        ("joined", text(" @joined", "{ id }")),
        ("subquery", text(" @subquery", "{ id }")),
        ("a condition", text("(where: {id: {in: [1, 2, 3]}})", "{ id }")),
        ("an alias and a column that is not there", text("", "{ a: id b: id }")),
        ("JSON", LoadSpec::from_json(&json(relationships, r#","fields":["id"]"#))),
        ("JSON without columns", LoadSpec::from_json(&json(relationships, ""))),
        ("JSON with a condition", LoadSpec::from_json(&json(relationships, r#","where":{"id":{"in":[1,2,3]}}"#))),
        ("the builder", Ok(built(relationships))),
    ]
}

#[test]
fn a_root_and_199_relationships_load() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    for relationships in [198, 199] {
        for (form, spec) in forms(relationships) {
            let loaded = SqliteEngine::default().load(&connection, &graph, &spec.unwrap()).unwrap();
            let depth = loaded.json.matches("\"post\":").count() + loaded.json.matches("\"author\":").count();
            assert_eq!(depth, relationships, "{form}");
        }
    }
}

#[test]
fn two_hundred_relationships_are_too_deep() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    for relationships in [200, 201, 240] {
        for (form, spec) in forms(relationships) {
            // Of JSON, a deeper one is refused when it is read.
            let error = spec.and_then(|spec| Planner::new(graph.clone(), Sqlite::new()).compile(&spec)).unwrap_err();
            let error = error.first();
            assert_eq!((error.code, error.kind), (code::TOO_DEEP, ErrorKind::Input), "{form}: {error}");
        }
    }
}

fn deep_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = server.database(SCHEMA);
    let (graph, engine) = (server.reflect(&url), OnServers::default());
    for (form, spec) in forms(199) {
        let loaded = engine.load(backend, &url, &graph, &spec.unwrap()).unwrap_or_else(|e| panic!("{form}: {e}"));
        assert_eq!(
            loaded.json.matches("\"post\":").count() + loaded.json.matches("\"author\":").count(),
            199,
            "{form}"
        );
    }
    for (form, spec) in conditions(&[100, 200]) {
        engine.load(backend, &url, &graph, &spec).unwrap_or_else(|e| panic!("{form}: {e}"));
    }
}

#[test]
fn a_root_and_199_relationships_load_on_postgres() {
    deep_on(Backend::Postgres);
}

#[test]
fn a_root_and_199_relationships_load_on_mariadb() {
    deep_on(Backend::Mariadb);
}

#[test]
fn a_root_and_199_relationships_load_on_mysql() {
    deep_on(Backend::Mysql);
}

/// Conditions within each other, on a root and on the last of 199 relationships.
fn conditions(levels: &[usize]) -> Vec<(String, LoadSpec)> {
    let mut all = Vec::new();
    for levels in levels {
        let base = || Filter::eq("id", 1);
        let not = (0..*levels).fold(base(), |filter, _| Filter::Not(Box::new(filter)));
        let or = (0..*levels).fold(base(), |filter, n| match n % 2 {
            0 => Filter::Or(vec![Filter::eq("id", 2), filter]),
            _ => Filter::And(vec![Filter::is_not_null("id"), filter]),
        });
        for (name, filter) in [("not", not), ("and, or", or)] {
            all.push((format!("{levels} of {name}"), LoadSpec::new("author").filter(filter.clone())));
            let below = LoadSpec::new("author").load(joined("post").filter(filter));
            all.push((format!("{levels} of {name} below"), below));
        }
    }
    all
}

#[test]
fn conditions_within_each_other_are_answered_or_too_deep() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    for (form, spec) in conditions(&[100, 199, 200]) {
        SqliteEngine::default().load(&connection, &graph, &spec).unwrap_or_else(|e| panic!("{form}: {e}"));
    }
    for (form, spec) in conditions(&[201, 202, 300, 1_000]) {
        let error = Planner::new(graph.clone(), Sqlite::new()).compile(&spec).unwrap_err();
        assert_eq!(error.first().code, code::TOO_DEEP, "{form}: {error}");
    }
    for dialect in eagerly::dialects() {
        let planner = Planner::new(graph.clone(), dialect);
        for (form, spec) in conditions(&[200]) {
            planner.compile(&spec).unwrap_or_else(|e| panic!("{form}: {e}"));
        }
        for relationships in 195..205 {
            for (form, spec) in forms(relationships) {
                let told = spec.and_then(|spec| planner.compile(&spec)).err().map(|errors| errors.first().code);
                assert_eq!(told, (relationships > 199).then_some(code::TOO_DEEP), "{relationships}: {form}");
            }
        }
    }
}
