//! Runs on a live server: their results, what is in flight together, what the driver adds, and what goes wrong halfway.

use crate::plain::plan;
use crate::server::{Database, database};
use crate::wire::counting;
use eagerly::error::{ErrorKind, Errors};
use eagerly::{Plan, Run};
use eagerly_postgres::{Connection, Executed, Mode, Observer, PREPARED, ROWS_BETWEEN, drive, execute, load, observe};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Three waves: authors, their posts and their cards, the posts' comments.
const SPEC: &str = "{ author { name post @selectin { title comment @selectin { body } } card @selectin { number } } }";

const BLOG: &str = "
    CREATE TYPE mood AS ENUM ('ok', 'sad');
    CREATE TABLE author (id int8 PRIMARY KEY, name text NOT NULL, mood mood);
    CREATE TABLE post (id int8 PRIMARY KEY, title text NOT NULL, author_id int8 NOT NULL REFERENCES author);
    CREATE TABLE card (id int8 PRIMARY KEY, number numeric NOT NULL, author_id int8 NOT NULL REFERENCES author);
    CREATE TABLE comment (id int8 PRIMARY KEY, body text NOT NULL, post_id int8 NOT NULL REFERENCES post);
    INSERT INTO author VALUES (1, 'Ada', 'ok'), (2, 'Ben', NULL);
    INSERT INTO post VALUES (1, 'one', 1), (2, 'two', 1), (3, 'three', 2);
    INSERT INTO card VALUES (1, 10.50, 2);
    INSERT INTO comment VALUES (1, 'first', 2), (2, 'second', 2), (3, 'third', 3);";

const LOADED: &str = r#"[{"name":"Ada","post":[{"title":"one","comment":[]},{"title":"two","comment":[{"body":"first"},{"body":"second"}]}],"card":[]},{"name":"Ben","post":[{"title":"three","comment":[{"body":"third"}]}],"card":[{"number":"10.50"}]}]"#;

impl Database {
    fn plan(&self, spec: &str) -> Plan {
        plan(self.runtime.block_on(eagerly_postgres::reflect(self.connection.client())).unwrap(), spec)
    }

    fn load(&self, plan: &Plan) -> Result<String, Errors> {
        self.runtime.block_on(load(&self.connection, plan))?.to_json()
    }

    fn run(&self, sql: &str) {
        self.runtime.block_on(self.connection.client().batch_execute(sql)).unwrap();
    }

    fn drive(&self, mode: Mode, plan: &Plan) -> (String, Vec<Executed>) {
        let mut executed = Vec::new();
        let mut told = |statement| executed.push(statement);
        let driven = drive(&self.connection, mode, Run::new(plan), &mut told);
        let graph = self.runtime.block_on(driven).unwrap();
        (graph.to_json().unwrap(), executed)
    }
}

#[test]
fn every_mode_gives_the_same_and_prepares_once() {
    let Some(database) = database(BLOG) else { return };
    let plan = database.plan(SPEC);
    let shown = |executed: &[Executed]| {
        let mut lines: Vec<String> =
            executed.iter().map(|e| format!("{} {} {} {}", e.wave, e.batch, e.keys, e.rows)).collect();
        lines.sort();
        lines
    };
    let (first, executed) = database.drive(Mode::Pipelined, &plan);
    assert_eq!(first, LOADED);
    assert_eq!(
        shown(&executed),
        ["1 author 0 2", "2 author.card 2 1", "2 author.post 2 3", "3 author.post.comment 3 3"]
    );
    assert!(executed.iter().all(|statement| statement.hidden == 1));
    assert_eq!(database.connection.hidden_round_trips(), 4);
    for mode in [Mode::Serial, Mode::Pipelined] {
        let (again, executed) = database.drive(mode, &plan);
        assert_eq!((again.as_str(), executed.iter().map(|e| e.hidden).sum::<u32>()), (LOADED, 0));
    }
    assert_eq!(database.load(&plan).unwrap(), LOADED);
    let driven_by_hand = database.runtime.block_on(async {
        let mut run = Run::new(&plan);
        loop {
            let ready = run.ready()?;
            if ready.is_empty() {
                return run.finish()?.to_json();
            }
            for statement in ready {
                execute(&database.connection, &mut run, &statement).await?;
            }
        }
    });
    assert_eq!(driven_by_hand.unwrap(), LOADED);
    assert_eq!(database.connection.hidden_round_trips(), 4);
}

#[test]
fn types_are_looked_up_once_and_counted() {
    let Some(database) = database(BLOG) else { return };
    let (moods, names) = (database.plan("{ author { mood } }"), database.plan("{ author { name mood } }"));
    let (json, executed) = database.drive(Mode::Pipelined, &moods);
    assert_eq!(json, r#"[{"mood":"ok"},{"mood":null}]"#);
    // The statement, the query for types and that for labels are prepared; then both are asked.
    assert_eq!(executed[0].hidden, 5);
    assert_eq!(database.drive(Mode::Serial, &names).1[0].hidden, 1);
    assert_eq!(database.drive(Mode::Serial, &moods).1[0].hidden, 0);
    assert_eq!(database.connection.hidden_round_trips(), 6);
}

#[test]
fn what_is_ready_is_in_flight_together() {
    let Some(database) = database(BLOG) else { return };
    let (plan, moods) = (database.plan(SPEC), database.plan("{ author { mood } }"));
    database.runtime.block_on(async {
        let (connection, flights) = counting(&database).await;
        let load = async |mode: Mode, plan: &Plan| {
            let (before, hidden) = (flights.load(Ordering::Relaxed), connection.hidden_round_trips());
            observe(&connection, mode, Run::new(plan), &mut ()).await.unwrap();
            let hidden = u32::try_from(connection.hidden_round_trips() - hidden).unwrap();
            (flights.load(Ordering::Relaxed) - before, hidden)
        };
        assert_eq!(load(Mode::Serial, &plan).await, (8, 4), "each of four statements, and its preparation");
        assert_eq!(load(Mode::Serial, &plan).await, (4, 0));
        assert_eq!(load(Mode::Pipelined, &plan).await, (3, 0), "one for each wave");
        assert_eq!(load(Mode::Pipelined, &moods).await, (6, 5), "what is counted as hidden is what was sent");
        assert_eq!(load(Mode::Pipelined, &moods).await, (1, 0));
    });
}

#[test]
fn large_answers_in_flight_together_hold_nothing_up() {
    let setup = "
        CREATE TABLE a (id int8 PRIMARY KEY);
        CREATE TABLE b (id int8 PRIMARY KEY, a_id int8 REFERENCES a, filler text);
        CREATE TABLE c (id int8 PRIMARY KEY, a_id int8 REFERENCES a, filler text);
        INSERT INTO a SELECT generate_series(1, 1000);
        INSERT INTO b SELECT n, n % 1000 + 1, repeat('b', 200) FROM generate_series(1, 20000) n;
        INSERT INTO c SELECT n, n % 1000 + 1, repeat('c', 200) FROM generate_series(1, 20000) n;";
    let Some(database) = database(setup) else { return };
    let plan = database.plan("{ a { id b @selectin { id filler } c @selectin { id filler } } }");
    #[derive(Default)]
    struct Counted {
        reading: Vec<u64>,
        rows: u64,
    }
    impl Observer for Counted {
        fn reading(&mut self, rows: u64) {
            self.reading.push(rows);
        }
        fn executed(&mut self, statement: Executed) {
            self.rows += statement.rows;
        }
    }
    let mut counted = Counted::default();
    let run = Run::new(&plan);
    let loaded = observe(&database.connection, Mode::Pipelined, run, &mut counted);
    let graph =
        database.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(60), loaded).await.unwrap() });
    assert_eq!(graph.unwrap().to_json().unwrap().matches("filler").count(), 40_000);
    assert_eq!((counted.rows, counted.reading.len()), (41_000, 2 * (20_000 / ROWS_BETWEEN) as usize));
}

#[test]
fn a_schema_that_changes_is_an_error_or_read_anew() {
    let Some(database) = database(BLOG) else { return };
    let plan = database.plan(SPEC);
    assert_eq!(database.load(&plan).unwrap(), LOADED);
    // The prepared statement's result has another type from now on.
    database.run("ALTER TABLE card ALTER number TYPE numeric(10, 3)");
    database.run("ALTER TABLE author ALTER name TYPE varchar(50)");
    assert_eq!(database.load(&plan).unwrap(), LOADED.replace("10.50", "10.500"));
    assert_eq!(database.load(&plan).unwrap(), LOADED.replace("10.50", "10.500"));
    database.run("ALTER TABLE comment RENAME body TO words");
    let error = database.load(&plan).unwrap_err();
    let error = error.first();
    assert_eq!((error.kind, error.code), (ErrorKind::Database, "E0404"));
    assert!(error.message.contains("`author.post.comment`") && error.message.contains("42703"), "{error}");
    assert!(error.help.as_ref().is_some_and(|help| help.contains("read it again")), "{error}");
    database.run("ALTER TABLE comment RENAME words TO body");
    assert_eq!(database.load(&plan).unwrap(), LOADED.replace("10.50", "10.500"));
}

/// The plan hashes integers; what is text from now on is found or refused.
#[test]
fn a_key_whose_type_changed_is_found_or_refused_and_never_lost() {
    let Some(database) = database(BLOG) else { return };
    let graph = database.runtime.block_on(eagerly_postgres::reflect(database.connection.client())).unwrap();
    let planner = eagerly::Planner::new(graph, eagerly_postgres::dialect(&database.connection));
    let plan = |spec: &str| planner.compile(&eagerly::LoadSpec::parse(spec).unwrap()).unwrap();
    let to_many = plan("{ author { name card @selectin { number } } }");
    let to_one = plan("{ card { number author @selectin { name } } }");
    database.run("ALTER TABLE card DROP CONSTRAINT card_author_id_fkey");
    database.run("ALTER TABLE card ALTER author_id TYPE text");
    for (plan, expected) in [
        (to_many, r#"[{"name":"Ada","card":[]},{"name":"Ben","card":[{"number":"10.50"}]}]"#),
        (to_one, r#"[{"number":"10.50","author":{"name":"Ben"}}]"#),
    ] {
        match database.load(&plan) {
            Ok(json) => assert_eq!(json, expected),
            Err(errors) => {
                assert_eq!(errors.first().kind, ErrorKind::Database, "{errors}");
                assert!(errors.first().help.as_ref().is_some_and(|help| help.contains("read it")), "{errors}");
            }
        }
    }
}

#[test]
fn a_cell_without_a_form_names_its_column() {
    let Some(database) = database("CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t VALUES (1, NULL)") else {
        return;
    };
    let plan = database.plan("{ t { a } }");
    assert_eq!(database.load(&plan).unwrap(), r#"[{"a":null}]"#);
    // A plan casts what has no form to text; this column had one.
    database.run("ALTER TABLE t ALTER a TYPE int[] USING NULL");
    database.run("INSERT INTO t VALUES (2, '{1}')");
    let error = database.load(&plan).unwrap_err().to_string();
    assert!(error.contains("`t.a` has the type int4[]") && error.contains("id = 2"), "{error}");
}

#[test]
fn what_is_cut_short_is_an_error_and_leaves_the_connection_whole() {
    let Some(database) = database(&format!(
        "{BLOG} ALTER TABLE post RENAME TO posts;
        CREATE VIEW post AS SELECT id, title, author_id, pg_sleep(0.2)::text FROM posts;"
    )) else {
        return;
    };
    let plan = database.plan("{ post { title } }");
    database.run("SET statement_timeout = '100ms'");
    let error = database.load(&plan).unwrap_err();
    assert!(error.to_string().contains("statement_timeout"), "{error}");
    database.run("SET statement_timeout = 0");
    assert!(database.load(&plan).is_ok());
    let limited = Run::new(&plan).max_rows(1);
    let error =
        database.runtime.block_on(observe(&database.connection, Mode::Pipelined, limited, &mut ())).unwrap_err();
    assert_eq!((error.first().kind, error.first().code), (ErrorKind::Limit, "E0501"));
    assert!(database.load(&plan).is_ok());
}

#[test]
fn a_connection_lost_halfway_says_why_and_gives_nothing() {
    let Some(database) = database(&format!(
        "{BLOG} ALTER TABLE post RENAME TO posts;
        CREATE VIEW post AS SELECT id, title, author_id, pg_sleep(5)::text FROM posts;"
    )) else {
        return;
    };
    let plan = database.plan("{ post { title } }");
    database.runtime.block_on(async {
        let victim: Connection = eagerly_postgres::connect(&database.url).await.unwrap();
        let pid: i32 = victim.client().query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
        let kill = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            database.connection.client().execute("SELECT pg_terminate_backend($1)", &[&pid]).await.unwrap();
        };
        let (loaded, ()) = futures_util::future::join(load(&victim, &plan), kill).await;
        let error = loaded.unwrap_err();
        assert_eq!(error.first().code, "E0404");
        assert!(error.to_string().contains("terminating connection due to administrator command"), "{error}");
        let error = load(&victim, &plan).await.unwrap_err().to_string();
        assert!(error.contains("connect again"), "{error}");
    });
}

#[test]
fn the_cache_of_statements_is_bounded() {
    let columns: Vec<String> = (0..9).map(|n| format!("c{n} int")).collect();
    let Some(database) = database(&format!("CREATE TABLE t (id int PRIMARY KEY, {})", columns.join(", "))) else {
        return;
    };
    // Every set of nine columns is a statement of its own.
    let plans = (1..=PREPARED + 44).map(|set| {
        let asked: Vec<String> = (0..9).filter(|n| set >> n & 1 == 1).map(|n| format!("c{n}")).collect();
        database.plan(&format!("{{ t {{ {} }} }}", asked.join(" ")))
    });
    for plan in plans {
        assert_eq!(database.load(&plan).unwrap(), "[]");
    }
    let prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg%'";
    let row = database.runtime.block_on(database.connection.client().query_one(prepared, &[])).unwrap();
    assert_eq!(row.get::<_, i64>(0), PREPARED as i64);
}
