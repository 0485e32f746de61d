//! A limit reads what it returns and little more: counted by the server, not by a clock.

use eagerly::{BindValue, LoadSpec, MariaDb, MySql, Planner, Postgres, RelationshipGraph, Run, Statement};
use eagerly_postgres::Bound;
use eagerly_postgres::tokio_postgres::types::{FromSql, ToSql, Type};
use eagerly_tests::database::Backend;
use eagerly_tests::servers::server;
use mysql_async::prelude::Queryable as _;
use serde_json::Value as Json;

/// Parents with 2 000 children each. A tenth of them has no `s`.
const POSTGRES: &str = "
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parent, s int);
INSERT INTO parent SELECT n FROM generate_series(1, 10) n;
INSERT INTO child SELECT n, n % 10 + 1, CASE WHEN n / 10 % 10 = 0 THEN NULL ELSE n * 7919 % 1000 END
FROM generate_series(1, 20000) n;
CREATE INDEX by_parent ON child (parent_id, s, id);
CREATE INDEX by_s ON child (s, id);
CREATE TABLE tag (id int PRIMARY KEY);
CREATE TABLE child_tag (tag_id int REFERENCES tag, child_id int REFERENCES child, PRIMARY KEY (tag_id, child_id));
INSERT INTO tag SELECT n FROM generate_series(1, 5) n;
INSERT INTO child_tag SELECT n % 5 + 1, n FROM generate_series(1, 20000) n;
ANALYZE;";

const MYSQL: &str = "
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (id int PRIMARY KEY, parent_id int NOT NULL, s int, INDEX by_parent (parent_id, s, id), INDEX by_s (s, id));
INSERT INTO parent VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10);
INSERT INTO child WITH RECURSIVE d (d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM d WHERE d < 9), n (n) AS (
    SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM d a, d b, d c, d e, (SELECT 0 d UNION SELECT 1) f
) SELECT n, n % 10 + 1, CASE WHEN n DIV 10 % 10 = 0 THEN NULL ELSE n * 7919 % 1000 END FROM n;
ALTER TABLE child ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
CREATE TABLE room (a int, b int, PRIMARY KEY (a, b));
INSERT INTO room SELECT id, id % 3 FROM parent;
CREATE TABLE stay (id int PRIMARY KEY, a int, b int, s int, t int, INDEX by_room (a, b, s, id));
INSERT INTO stay SELECT id, parent_id, parent_id % 3, s, id % 100 FROM child;
ALTER TABLE stay ADD FOREIGN KEY (a, b) REFERENCES room (a, b);
CREATE TABLE visit (id int PRIMARY KEY, b int, a int, s int, t int, INDEX by_room (b, a, s, id));
INSERT INTO visit SELECT id, b, a, s, t FROM stay;
CREATE TABLE hall (id int PRIMARY KEY, a int, b int, UNIQUE (b, a));
INSERT INTO hall SELECT a, a, b FROM room;
ALTER TABLE visit ADD FOREIGN KEY (b, a) REFERENCES hall (b, a);
CREATE TABLE note (id int PRIMARY KEY, parent_id int, text varchar(10));
INSERT INTO note SELECT id, parent_id, s FROM child;
ALTER TABLE note ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
CREATE TABLE latest (id int PRIMARY KEY, parent_id int NOT NULL, s int, INDEX (parent_id, s DESC));
INSERT INTO latest SELECT id, parent_id, s FROM child WHERE id <= 4000;
ALTER TABLE latest ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
CREATE TABLE last (id int PRIMARY KEY, parent_id int NOT NULL, s int, INDEX (parent_id, s DESC, id DESC));
INSERT INTO last SELECT id, parent_id, s FROM child WHERE id <= 4000;
ALTER TABLE last ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
CREATE TABLE cut (id int PRIMARY KEY, parent_id int NOT NULL, name varchar(20), INDEX (parent_id, name(2)));
INSERT INTO cut SELECT id, parent_id, concat('name ', s) FROM child WHERE id <= 4000;
ALTER TABLE cut ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
CREATE TABLE hidden (id int PRIMARY KEY, parent_id int NOT NULL, s int, UNIQUE (parent_id, s, id) INVISIBLE, INDEX (parent_id));
INSERT INTO hidden SELECT id, parent_id, s FROM child WHERE id <= 4000;
ALTER TABLE hidden ADD FOREIGN KEY (parent_id) REFERENCES parent (id);
ANALYZE TABLE parent, child, room, stay, hall, visit, note, latest, last, cut, hidden;";

/// What is no index of an order, though its columns read like one: the other direction of a column or of the primary key
/// behind it, a prefix, an index that the server does not use. Each child is read once.
const OTHER_ORDERS: [&str; 7] = [
    "{ parent { latest(order: [\"s\"], limit: 8) { id } } }",
    "{ parent { latest(order: [\"-s\"], limit: 8) { id } } }",
    "{ parent { last(order: [\"-s\", \"id\"], limit: 8) { id } } }",
    "{ parent { cut(order: [\"name\"], limit: 8) { id } } }",
    "{ parent { cut(order: [\"-name\"], limit: 8) { id } } }",
    "{ parent { cut(limit: 8) { id } } }",
    "{ parent { hidden(order: [\"s\"], limit: 8) { id } } }",
];

/// The same on MySQL and MariaDB, where a look-up has to say the columns of the index: composite keys, in the order of
/// their index or in another, an index that ends with the primary key by itself, NULLs first and last.
const FAMILY_LIMITS: [(&str, u64); 11] = [
    // Indexes that descend, read forwards and backwards.
    ("{ parent { latest(order: [\"-s\", \"id\"], limit: 3) { id } } }", 100),
    ("{ parent { last(order: [\"-s\"], limit: 3) { id } } }", 100),
    ("{ parent { last(order: [\"s\"], limit: 3) { id } } }", 100),
    ("{ room { stay(order: [\"s\"], limit: 3) { id } } }", 100),
    ("{ room { stay(order: [\"-s\"], limit: 2, offset: 1) { id } } }", 100),
    ("{ hall { visit(order: [\"s\", \"id\"], limit: 3) { id } } }", 100),
    ("{ hall { visit(order: [\"-s\", \"-id\"], limit: 3) { id } } }", 100),
    ("{ room { stay(order: [\"a\", \"s\"], limit: 3) { id } } }", 100),
    ("{ parent { note(limit: 3) { id } } }", 100),
    ("{ parent { note(order: [\"-id\"], limit: 1, offset: 4) { id text } } }", 100),
    // No index has this order: each child is read once, and not once for each place.
    ("{ parent { child(order: [\"s\", \"-id\"], limit: 8) { id } } }", 70_000),
];

/// Specifications, and the most rows that the last of their statements may read of tables and indexes.
const LIMITS: [(&str, u64); 5] = [
    ("{ parent { child(order: [\"s\"], limit: 3) { id } } }", 100),
    ("{ parent { child(order: [\"-s\"], limit: 3) { id } } }", 100),
    ("{ parent { child(order: [\"-s\"], limit: 2, offset: 1) { id s } } }", 100),
    ("{ child(order: [\"s\"], limit: 3) { id } }", 20),
    ("{ child(order: [\"-s\"], limit: 3) { id } }", 20),
];

/// The last statement of a plan for a specification, with the keys that `run` finds.
fn last(run: &mut Run, execute: &mut dyn FnMut(&mut Run, &Statement)) -> Statement {
    let mut last = None;
    loop {
        let ready = run.ready().unwrap();
        let Some(statement) = ready.into_iter().next_back() else { return last.expect("a statement") };
        execute(run, &statement);
        last = Some(statement);
    }
}

/// A document as the server sends it.
struct Document(Json);

impl<'a> FromSql<'a> for Document {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(serde_json::from_slice(raw)?))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::JSON
    }
}

/// The rows that the nodes of a plan read from tables and indexes, those that a filter removed included.
fn scanned(plan: &Json) -> u64 {
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    let scans =
        plan["Node Type"].as_str().is_some_and(|node| node.contains("Scan") && plan["Relation Name"].is_string());
    let removed = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    let own = if scans { (number("Actual Rows") + removed) * number("Actual Loops") } else { 0.0 };
    let below = plan["Plans"].as_array().map_or(0, |plans| plans.iter().map(scanned).sum());
    own.ceil() as u64 + below
}

#[test]
fn limits_on_postgres_read_what_they_return() {
    let Some(server) = server(Backend::Postgres) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let connection = runtime.block_on(eagerly_postgres::connect(&server.database(POSTGRES))).unwrap();
    let graph = runtime.block_on(eagerly_postgres::reflect(connection.client())).unwrap();
    let planner = Planner::new(graph, Postgres::new());
    let tagged = ("{ tag { child(limit: 3) { id s } } }", 100);
    for (text, most) in LIMITS.into_iter().chain([tagged]) {
        let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
        let statement = last(&mut Run::new(&plan), &mut |run, statement| {
            runtime.block_on(eagerly_postgres::execute(&connection, run, statement)).unwrap();
        });
        let binds = statement.binds.iter().map(|bind| match bind {
            BindValue::One(value) => Bound::One(value),
            BindValue::Many(values) => Bound::List(values),
        });
        let binds: Vec<Bound<'_>> = binds.collect();
        let binds: Vec<&(dyn ToSql + Sync)> = binds.iter().map(|bind| bind as _).collect();
        let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON) {}", statement.sql);
        let row = runtime.block_on(connection.client().query_one(&explain, &binds)).unwrap();
        let Document(told) = row.get(0);
        let read = scanned(&told[0]["Plan"]);
        assert!(read > 0 && read <= most, "{text}: {read} rows are read\n{}\n{told:#}", statement.sql);
    }
}

#[test]
fn limits_on_mariadb_read_what_they_return() {
    limits_of_the_family(Backend::Mariadb, |graph| Planner::new(graph, MariaDb::new()));
}

#[test]
fn limits_on_mysql_read_what_they_return() {
    limits_of_the_family(Backend::Mysql, |graph| Planner::new(graph, MySql::new()));
}

fn limits_of_the_family(backend: Backend, planner: fn(RelationshipGraph) -> Planner) {
    let Some(server) = server(backend) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let schema = MYSQL.replace("INVISIBLE", if backend == Backend::Mysql { "INVISIBLE" } else { "IGNORED" });
    let mut connection = runtime.block_on(eagerly_mysql::connect(&server.database(&schema))).unwrap();
    let graph: RelationshipGraph = runtime.block_on(eagerly_mysql::reflect(&mut connection)).unwrap();
    let planner = planner(graph);
    let others = OTHER_ORDERS.into_iter().map(|text| (text, 14_000));
    for (text, most) in LIMITS.into_iter().chain(FAMILY_LIMITS).chain(others) {
        let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
        let mut read = 0;
        let statement = last(&mut Run::new(&plan), &mut |run, statement| {
            runtime.block_on(connection.conn().unwrap().query_drop("FLUSH STATUS")).unwrap();
            runtime.block_on(eagerly_mysql::execute(&mut connection, run, statement)).unwrap();
            let status = "SHOW SESSION STATUS WHERE Variable_name IN
                ('Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd_next', 'Handler_read_key', 'Handler_read_first')";
            let counts: Vec<(String, u64)> = runtime.block_on(connection.conn().unwrap().query(status)).unwrap();
            read = counts.iter().map(|(_, count)| count).sum();
        });
        // A look-up counts as a row, and so does each row of a temporary table: keys, places, what is sorted.
        assert!(read > 0 && read <= most + 300, "{text}: {read} rows are read\n{}", statement.sql);
    }
}
