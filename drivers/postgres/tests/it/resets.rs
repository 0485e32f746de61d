//! What a pooler's reset takes away: prepared statements, ours and those of tokio-postgres. Loads go on without an error.

use crate::plain::plan;
use crate::server::{Database, database};
use eagerly::{Plan, Run};
use eagerly_postgres::tokio_postgres::types::{Field, Kind};
use eagerly_postgres::{Connection, Executed, Mode, drive, load, pool, snapshot};

const SPEC: &str = "{ author { name mood post @selectin { title } card @selectin { number } } }";

const BLOG: &str = "
    CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TYPE pair AS (a int, b mood); CREATE DOMAIN many AS mood[];
    CREATE TYPE other AS ENUM ('x'); CREATE TYPE third AS ENUM ('y'); CREATE EXTENSION citext;
    CREATE TABLE author (id int8 PRIMARY KEY, name text NOT NULL, mood mood);
    CREATE TABLE post (id int8 PRIMARY KEY, title text NOT NULL, author_id int8 NOT NULL REFERENCES author);
    CREATE TABLE card (id int8 PRIMARY KEY, number numeric NOT NULL, author_id int8 NOT NULL REFERENCES author);
    CREATE TABLE kinds (id int PRIMARY KEY, o other, t third, p pair, c citext, m many);
    INSERT INTO kinds VALUES (1, 'x', 'y', '(1,ok)', 'C', '{ok}'); CREATE TABLE k (c citext PRIMARY KEY, o third);
    CREATE TABLE kk (id int PRIMARY KEY, c citext REFERENCES k); INSERT INTO k VALUES ('a', 'y'); INSERT INTO kk VALUES (1, 'A');
    INSERT INTO author VALUES (1, 'Ada', 'ok'), (2, 'Ben', NULL);
    INSERT INTO post VALUES (1, 'one', 1), (2, 'two', 1), (3, 'three', 2); INSERT INTO card VALUES (1, 10.50, 2);";

const RESETS: [&str; 3] =
    ["DISCARD ALL", "DEALLOCATE ALL", "DEALLOCATE ALL; RESET ALL; SELECT pg_advisory_unlock_all()"];

impl Database {
    fn planned(&self, spec: &str) -> Plan {
        plan(self.runtime.block_on(eagerly_postgres::reflect(self.connection.client())).unwrap(), spec)
    }

    fn loads(&self, plan: &Plan) -> String {
        let graph = self.runtime.block_on(load(&self.connection, plan));
        graph.unwrap_or_else(|errors| panic!("{errors}")).to_json().unwrap()
    }

    fn sends(&self, sql: &str) {
        sends(self, &self.connection, sql);
    }
}

fn sends(database: &Database, connection: &Connection, sql: &str) {
    database.runtime.block_on(connection.client().batch_execute(sql)).unwrap();
}

#[test]
fn statements_are_prepared_again_once() {
    let Some(database) = &database(BLOG) else { return };
    let plan = database.planned(SPEC);
    let expected = database.loads(&plan);
    for (mode, reset) in RESETS.iter().flat_map(|reset| [(Mode::Serial, reset), (Mode::Pipelined, reset)]) {
        let drives = || {
            let mut hidden = Vec::new();
            let mut told = |statement: Executed| hidden.push(statement.hidden);
            let graph =
                database.runtime.block_on(drive(&database.connection, mode, Run::new(&plan), &mut told)).unwrap();
            assert_eq!(graph.to_json().unwrap(), expected, "{reset}");
            hidden
        };
        assert_eq!(drives(), [0, 0, 0]);
        database.sends(reset);
        // Each statement once, and no type is looked up again.
        assert_eq!(drives(), [1, 1, 1], "{reset}");
        assert_eq!(drives(), [0, 0, 0], "{reset}");
    }
}

/// Twenty statements of one wave, whose texts are three.
#[test]
fn a_wave_of_several_statements_is_prepared_again() {
    let Some(database) = &database(BLOG) else { return };
    let parts: Vec<String> = (0..10)
        .map(|n| {
            format!(
                "p{n}: post(where: {{id: {{ne: {n}}}}}) @selectin {{ id }} c{n}: card(limit: {}) {{ id }}",
                n % 2 + 1
            )
        })
        .collect();
    let plan = database.planned(&format!("{{ author {{ id {} }} }}", parts.join(" ")));
    let expected = database.loads(&plan);
    let before = database.connection.hidden_round_trips();
    database.loads(&plan);
    assert_eq!(database.connection.hidden_round_trips(), before);
    for reset in RESETS {
        let before = database.connection.hidden_round_trips();
        database.sends(reset);
        assert_eq!(database.loads(&plan), expected);
        let again = database.connection.hidden_round_trips() - before;
        let client = database.connection.client();
        let count = "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_catalog.pg_%'";
        let prepared: i64 = database.runtime.block_on(client.query_one(count, &[])).unwrap().get(0);
        assert_eq!(again, prepared.unsigned_abs(), "{reset}");
        assert_eq!(database.loads(&plan), expected);
        assert_eq!(database.connection.hidden_round_trips(), before + again);
    }
}

#[test]
fn types_are_looked_up_after_a_reset() {
    let Some(database) = &database(BLOG) else { return };
    // Kinds of types in two orders, so that the first look-up that is missed is one of labels, or of fields.
    let client = || database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
    let asks = |connection: &Connection, sql: &str| {
        database.runtime.block_on(connection.client().prepare(sql)).unwrap_or_else(|e| panic!("{sql}: {e:?}"));
    };
    let load_all = |connection: &Connection| {
        for spec in [
            "{ kinds }",
            "{ author { mood } }",
            "{ kinds(where: {p: \"(1,ok)\"}) { id } }",
            "{ k { c kk @selectin { id k { o } } } }",
        ] {
            let graph = database.runtime.block_on(load(connection, &database.planned(spec)));
            graph.unwrap_or_else(|errors| panic!("{spec}: {errors}"));
        }
    };
    for first in [
        &["SELECT NULL::mood"][..],
        &["SELECT NULL::pair"],
        &["SELECT NULL::citext"],
        &["SELECT NULL::pair", "SELECT NULL::other"],
        &[],
    ] {
        for reset in RESETS {
            let connection = client();
            first.iter().for_each(|sql| asks(&connection, sql));
            sends(database, &connection, reset);
            load_all(&connection);
            sends(database, &connection, reset);
            load_all(&connection);
        }
    }
}

/// What tokio-postgres learns of a type after a reset is what it would have learned before: hosts see it too.
#[test]
fn labels_and_fields_are_looked_up_after_a_reset() {
    let Some(database) = &database(BLOG) else { return };
    for known in ["SELECT NULL::pair", "SELECT NULL::mood"] {
        let connection = database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
        let prepares = |sql: &str| database.runtime.block_on(connection.client().prepare(sql)).unwrap();
        prepares(known);
        sends(
            database,
            &connection,
            "DROP TABLE IF EXISTS m; DROP TYPE IF EXISTS more, label; CREATE TYPE label AS ENUM ('b', 'a');
            CREATE TYPE more AS (x int, y label); CREATE TABLE m (id int PRIMARY KEY, m more, l label);
            INSERT INTO m VALUES (1, '(1,b)', 'a'), (2, '(2,b)', 'b')",
        );
        let plan = database.planned("{ m(where: {m: \"(1,b)\"}) { id m l } }");
        for _ in 0..3 {
            sends(database, &connection, "DISCARD ALL");
            let graph = database.runtime.block_on(load(&connection, &plan)).unwrap_or_else(|errors| panic!("{errors}"));
            assert_eq!(graph.to_json().unwrap(), r#"[{"id":1,"m":"(1,b)","l":"a"}]"#);
        }
        let asked = prepares("SELECT NULL::more, NULL::label");
        let kind = |column: usize| asked.columns()[column].type_().kind();
        let Kind::Composite(fields) = kind(0) else { panic!("{:?}", kind(0)) };
        let names: Vec<&str> = fields.iter().map(Field::name).collect();
        assert_eq!(names, ["x", "y"]);
        assert_eq!(*kind(1), Kind::Enum(vec!["b".to_owned(), "a".to_owned()]));
    }
}

#[test]
fn a_pool_and_a_session_survive_resets() {
    let Some(database) = &database(BLOG) else { return };
    let plan = database.planned(SPEC);
    let expected = database.loads(&plan);
    let open = || database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
    let connections = [open(), open(), open()];
    let pooled = || database.runtime.block_on(pool(&connections, Run::new(&plan), &mut ())).unwrap().to_json().unwrap();
    for reset in RESETS {
        assert_eq!(pooled(), expected);
        sends(database, &connections[0], reset);
        assert_eq!(pooled(), expected);
        connections.iter().for_each(|connection| sends(database, connection, reset));
        assert_eq!(pooled(), expected);
    }
}

/// Within a transaction the first failure ends it, and is told; after it loads go on.
#[test]
fn within_a_transaction_the_failure_is_told() {
    let Some(database) = &database(BLOG) else { return };
    let plan = database.planned(SPEC);
    let expected = database.loads(&plan);
    let told = || {
        let errors = database.runtime.block_on(load(&database.connection, &plan)).unwrap_err();
        let error = errors.first().clone();
        assert_eq!(error.code, "E0404");
        assert!(error.message.contains("does not exist (SQLSTATE 26000)"), "{error}");
        assert!(error.help.is_some_and(|help| help.contains("prepared")));
    };
    database.sends("DEALLOCATE ALL; BEGIN");
    told();
    database.sends("ROLLBACK; BEGIN");
    // All are forgotten, and not that one alone.
    assert_eq!(database.loads(&plan), expected);
    database.sends("COMMIT; DEALLOCATE ALL");
    let held = database.runtime.block_on(snapshot(&database.connection)).unwrap();
    told();
    drop(held);
    assert_eq!(database.loads(&plan), expected);
    database.sends("DEALLOCATE ALL");
    let held = database.runtime.block_on(snapshot(&database.connection)).unwrap();
    drop(held);
    assert_eq!(database.loads(&plan), expected);
}
