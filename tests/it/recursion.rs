//! Recursions as deep as data can be: nothing on the way from the plan to the JSON recurses with them.

use eagerly::error::code;
use eagerly::{LoadSpec, Planner, Run};
use rusqlite::Connection;

/// Rows of the chain, each the parent of the next.
const ROWS: usize = 1_000_000;

/// A thread with this stack could not hold one frame per row, nor for each of a thousandth of them.
const STACK: usize = 256 * 1024;

/// Few: not one for each level, nor for each thousand of them.
const STATEMENTS: usize = 8;

fn chain() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let sql = format!(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
             INSERT INTO node SELECT i, nullif(i - 1, 0) FROM n;
         CREATE INDEX node_parent ON node (parent_id);"
    );
    connection.execute_batch(&sql).unwrap();
    connection
}

/// Loads on a thread with little stack: the JSON, and the statements that were executed.
fn load(spec: &'static str) -> (String, usize) {
    let small = std::thread::Builder::new().stack_size(STACK);
    let thread = small.spawn(move || {
        let connection = chain();
        let graph = eagerly_rusqlite::reflect(&connection).unwrap();
        let planner = Planner::new(graph, eagerly_rusqlite::dialect(&connection));
        let plan = planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
        let mut statements = 0;
        let result = eagerly_rusqlite::drive(&connection, Run::new(&plan), &mut |_| statements += 1).unwrap();
        (result.to_json().unwrap(), statements)
    });
    thread.unwrap().join().unwrap()
}

fn check(json: &str, statements: usize, [start, end]: [&str; 2]) {
    assert_eq!(json.matches("\"id\":").count(), ROWS);
    assert!(json.starts_with(start), "{}", &json[..200]);
    let at = json.find(end).unwrap_or_else(|| panic!("no {end}"));
    // What is behind the last row only closes what is open.
    let closing = &json[at + end.len()..];
    assert!(closing.len() >= ROWS && closing.bytes().all(|b| b == b'}' || b == b']'));
    assert!(statements <= STATEMENTS, "{statements} statements");
}

#[test]
fn a_chain_of_a_million_rows_down() {
    let (json, statements) = load("{ node(where: {id: 1}) { id node_by_parent_id @recurse { id } } }");
    let start = r#"[{"id":1,"node_by_parent_id":[{"id":2,"node_by_parent_id":[{"id":3,"#;
    check(&json, statements, [start, r#"{"id":1000000,"node_by_parent_id":["#]);
}

#[test]
fn a_chain_of_a_million_rows_up() {
    let (json, statements) = load("{ node(where: {id: 1000000}) { id parent @recurse { id } } }");
    check(&json, statements, [r#"[{"id":1000000,"parent":{"id":999999,"parent":{"#, r#"{"id":1,"parent":null"#]);
}

/// A loop of two thousand rows ends where it began.
#[test]
fn a_loop_of_many_rows() {
    let connection = chain();
    connection
        .execute_batch("UPDATE node SET parent_id = 2000 WHERE id = 1; DELETE FROM node WHERE id > 2000")
        .unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    let planner = Planner::new(graph, eagerly_rusqlite::dialect(&connection));
    let spec = LoadSpec::parse("{ node(where: {id: 7}) { id parent @recurse { id } } }").unwrap();
    let plan = planner.compile(&spec).unwrap();
    let json = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
    assert_eq!(json.matches("\"id\":").count(), 2001);
    assert_eq!(json.matches("\"parent\":").count(), 2000);
    assert!(json.contains(r#"{"id":8,"parent":{"id":7}}"#));
}

/// A depth that no data has is no work: the loop ends it, not the depth.
#[test]
fn a_depth_without_bounds_in_a_loop() {
    let connection = Connection::open_in_memory().unwrap();
    let sql = "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node(id));
        INSERT INTO node VALUES (1, 2), (2, 1), (3, 3)";
    connection.execute_batch(sql).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), eagerly_rusqlite::dialect(&connection));
    for depth in [20, 10_000, 1_000_000_000, i64::MAX] {
        let spec = format!("{{ node {{ id parent @recurse(depth: {depth}) {{ id }} }} }}");
        let plan = planner.compile(&LoadSpec::parse(&spec).unwrap()).unwrap();
        let json = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
        let loops = r#"[{"id":1,"parent":{"id":2,"parent":{"id":1}}},{"id":2,"parent":{"id":1,"parent":{"id":2}}},"#;
        assert_eq!(json, format!("{loops}{{\"id\":3,\"parent\":{{\"id\":3}}}}]"));
    }
}

/// Sixty diamonds in a row have 2^60 paths in 181 rows: loading them is cheap, and writing them meets the limit.
#[test]
fn paths_without_number_meet_the_limit() {
    let connection = Connection::open_in_memory().unwrap();
    let sql = "CREATE TABLE node (id INTEGER PRIMARY KEY);
        CREATE TABLE edge (a_id INTEGER NOT NULL REFERENCES node(id), b_id INTEGER NOT NULL REFERENCES node(id),
            PRIMARY KEY (a_id, b_id));
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 180) INSERT INTO node SELECT i FROM n;
        INSERT INTO edge SELECT id, id + 1 FROM node WHERE id % 3 = 0 AND id < 180
            UNION SELECT id, id + 2 FROM node WHERE id % 3 = 0 AND id < 180
            UNION SELECT id, id + 2 FROM node WHERE id % 3 = 1 UNION SELECT id, id + 1 FROM node WHERE id % 3 = 2";
    connection.execute_batch(sql).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), eagerly_rusqlite::dialect(&connection));
    let spec = LoadSpec::parse("{ node(where: {id: 0}) { id node_through_edge_b_id @recurse { id } } }").unwrap();
    let mut rows = 0;
    let plan = planner.compile(&spec).unwrap();
    let result = eagerly_rusqlite::drive(&connection, Run::new(&plan), &mut |e| rows += e.rows).unwrap();
    assert!(rows <= 1_000, "{rows} rows");
    let refused = result.write_json(&mut std::io::sink(), 100_000).unwrap_err();
    assert!(refused.to_string().contains(code::LIMIT), "{refused}");
}
