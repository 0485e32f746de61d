//! The net under identity: a root that brings one primary key twice is told, and nothing that rightly comes again is.

use eagerly::error::{ErrorKind, Errors};
use eagerly::graph::GraphFile;
use eagerly::{LoadSpec, Planner, Run};
use rusqlite::Connection;

/// A view that doubles each row, and a graph file that says it has a key.
const DOUBLED: &str = "
    CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, 'a'), (2, 'b');
    CREATE TABLE c (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t); INSERT INTO c VALUES (1, 1), (2, 1), (3, 2);
    CREATE VIEW v AS SELECT id, name FROM t UNION ALL SELECT id, name || '!' FROM t;
    CREATE VIEW w AS SELECT 1 AS a, 'x' AS b, 1.5 AS n UNION ALL SELECT 2, 'y', 2.5 UNION ALL SELECT 1, 'x', 3.5;";

const KEYS: &str = "
    [entity.v]\nprimary_key = [\"id\"]\n[entity.v.relationship.cs]\ntarget = \"c\"\ndirection = \"one-to-many\"\non = { id = \"t_id\" }
    [entity.w]\nprimary_key = [\"a\", \"b\"]\n
    [entity.c.relationship.vs]\ntarget = \"v\"\ndirection = \"one-to-many\"\non = { t_id = \"id\" }";

fn open(sql: &str, file: &str) -> (Connection, Planner) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let catalog = eagerly_rusqlite::catalog(&connection).unwrap();
    let graph = GraphFile::parse(file).unwrap().over(&catalog).unwrap();
    let planner = Planner::new(graph, eagerly_rusqlite::dialect(&connection));
    (connection, planner)
}

fn load(connection: &Connection, planner: &Planner, spec: &str) -> Result<String, Errors> {
    let plan = planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
    eagerly_rusqlite::load(connection, &plan)?.to_json()
}

#[test]
fn a_root_that_brings_one_key_twice_is_told_with_the_key() {
    let (connection, planner) = open(DOUBLED, KEYS);
    for (spec, key) in [
        ("{ v { id } }", "id = 1"),
        ("{ v { name } }", "id = 1"),
        ("{ v(order: [\"-id\"]) { id } }", "id = 2"),
        ("{ v(where: {id: 2}) { id cs @selectin { id } } }", "id = 2"),
        ("{ w { n } }", "a = 1, b = \"x\""),
        ("{ w(limit: 3) { n } }", "a = 1, b = \"x\""),
    ] {
        let errors = load(&connection, &planner, spec).unwrap_err();
        let error = errors.first();
        assert_eq!((error.code, error.kind), ("E0407", ErrorKind::Database), "{spec}");
        let message = format!("`{}` has two rows with the primary key {key}", &spec[2..3]);
        assert_eq!(error.message, message, "{spec}");
        assert!(error.help.is_some());
    }
    assert_eq!(load(&connection, &planner, "{ w(limit: 1) { n } }").unwrap(), r#"[{"n":1.5}]"#);
}

#[test]
fn what_rightly_comes_again_is_no_mistake() {
    let (connection, planner) = open(DOUBLED, KEYS);
    // Joined collections repeat the root, children and chunks of keys repeat rows of other statements.
    for spec in [
        "{ t { id c @joined { id } } }",
        "{ t { id a: c @selectin { id t @selectin { id name } } b: c @selectin { id } } }",
        "{ c { id t @selectin { id c @selectin { id t { name } } } } }",
    ] {
        load(&connection, &planner, spec).unwrap_or_else(|errors| panic!("{spec}: {errors}"));
    }
    let spec = LoadSpec::parse("{ t { id name c { id } } }").unwrap();
    let mut session = eagerly_rusqlite::Session::open(&connection, &planner);
    for _ in 0..2 {
        session.load(&spec).unwrap();
    }
    session.load(&LoadSpec::parse("{ t { name } }").unwrap()).unwrap();
    // One plan for two runs.
    let plan = planner.compile(&spec).unwrap();
    for _ in 0..2 {
        assert!(!Run::new(&plan).ready().unwrap().is_empty());
        eagerly_rusqlite::load(&connection, &plan).unwrap();
    }
}

/// SQLite lets NULL stand in a primary key that is no INTEGER; and one that compares finer than its columns, or is checked
/// late, is what the catalog calls inexact.
#[test]
fn keys_that_the_database_lets_be_twice_are_no_mistake() {
    let nulls = "CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)); INSERT INTO t VALUES (NULL, 1), (NULL, 1), ('x', NULL), ('x', NULL);
        CREATE TABLE n (a TEXT COLLATE NOCASE, PRIMARY KEY (a COLLATE BINARY)); INSERT INTO n VALUES ('a'), ('A');";
    let (connection, planner) = open(nulls, "");
    let rows = |spec| load(&connection, &planner, spec).unwrap().matches('{').count();
    assert_eq!(rows("{ t { a b } }"), 4);
    assert_eq!(rows("{ n { a } }"), 2);
    let (connection, planner) = open(DOUBLED, &KEYS.replace("primary_key", "inexact_primary_key = true\nprimary_key"));
    assert!(load(&connection, &planner, "{ v { id } }").is_ok());
}
