//! Time that is bounded: of rows, of views within views, of locks; and memory that ends in the middle of a load.

use super::within;
use crate::{load, reflect};
use eagerly::error::{ErrorKind, Errors, code};
use eagerly::{LoadSpec, Plan, Planner, Run, Sqlite};
use rusqlite::Connection;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(50);

const ENDLESS: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2);
    CREATE VIEW endless AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r;
    CREATE VIEW rows_without_end AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r;";

fn database(sql: &str) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection
}

fn plan(connection: &Connection, spec: &str) -> Plan {
    let planner = Planner::new(reflect(connection).unwrap(), Sqlite::new());
    planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap()
}

#[track_caller]
fn is_timeout(errors: &Errors) {
    let error = errors.first();
    assert_eq!((error.kind, error.code), (ErrorKind::Limit, code::TIMEOUT), "{error}");
    assert!(error.message.contains("longer than 0.05 s") && error.help.is_some(), "{error}");
}

#[test]
fn a_load_ends_when_its_time_is_over_and_the_connection_stays_usable() {
    let connection = database(ENDLESS);
    let some = plan(&connection, "{ t }");
    for spec in ["{ endless }", "{ rows_without_end }", "{ t { id } }"] {
        let plan = plan(&connection, spec);
        let done = within(&connection, SHORT, || load(&connection, &plan));
        match spec {
            "{ t { id } }" => assert_eq!(done.unwrap().len(), 2),
            _ => is_timeout(&done.unwrap_err()),
        }
        assert_eq!(load(&connection, &some).unwrap().to_json().unwrap(), r#"[{"id":1},{"id":2}]"#);
    }
    // The bound is gone with what it was for.
    let slow =
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 400000) SELECT count(*) FROM r";
    let start = Instant::now();
    while start.elapsed() < 2 * SHORT {
        assert_eq!(connection.query_row(slow, [], |row| row.get::<_, i64>(0)).unwrap(), 400_000);
    }
}

/// The schema is read by SQLite itself: no row comes while it does.
#[test]
fn a_catalog_of_views_within_views_ends() {
    let connection = database("CREATE TABLE base (id INTEGER PRIMARY KEY, x INT)");
    let mut last = "base".to_owned();
    for i in 0..14 {
        let view =
            format!("CREATE VIEW v{i} AS SELECT a.id AS id, b.x AS x FROM {last} a JOIN {last} b ON a.id = b.id");
        connection.execute_batch(&view).unwrap();
        last = format!("v{i}");
    }
    is_timeout(&within(&connection, SHORT, || crate::catalog(&connection)).unwrap_err());
    assert!(connection.is_autocommit());
}

#[test]
fn waiting_for_a_lock_ends_too_and_is_as_patient_afterwards() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("t.db");
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch(ENDLESS).unwrap();
    let connection = crate::open(&path).unwrap();
    let plan = plan(&connection, "{ t }");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let start = Instant::now();
    is_timeout(&within(&connection, SHORT, || load(&connection, &plan)).unwrap_err());
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    let patience: i64 = connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0)).unwrap();
    assert_eq!(Duration::from_millis(patience.unsigned_abs()), crate::BUSY_TIMEOUT);
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(load(&connection, &plan).unwrap().len(), 2);
}

#[test]
fn what_fails_in_time_is_its_own_error() {
    let connection = database("CREATE VIEW broken AS SELECT abs(-9223372036854775807 - 1) AS n");
    let plan = plan(&connection, "{ broken }");
    let errors = within(&connection, Duration::from_secs(60), || load(&connection, &plan)).unwrap_err();
    assert_eq!(errors.first().code, code::REFUSED);
}

/// A row is counted before it is stored, also where every row is the same one.
#[test]
fn bytes_are_bounded_and_a_load_within_the_bound_is_what_it_was() {
    let connection = database(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, seal BLOB, score REAL);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author);
         INSERT INTO author VALUES (1, 'Ada', zeroblob(5), 1.5), (2, NULL, NULL, NULL);
         INSERT INTO post VALUES (1, 1), (2, 1), (3, 2);",
    );
    for (spec, bytes) in [
        ("{ author }", 8 + 3 + 5 + 8 + 8),
        ("{ author(limit: 0) }", 0),
        ("{ author(where: {id: 2}) { name } }", 8),
        ("{ post { id author @joined { name } } }", 3 * 8 + 2 * (8 + 3) + 8),
    ] {
        let plan = plan(&connection, spec);
        let bounded = |most| crate::observe(&connection, Run::new(&plan).max_bytes(most), &mut ());
        let whole = load(&connection, &plan).unwrap();
        assert_eq!(whole.bytes_read(), None);
        let read = bounded(1_000).unwrap().bytes_read().unwrap();
        assert!(read >= bytes, "{spec}: {read}");
        assert_eq!(bounded(read).unwrap().to_json().unwrap(), whole.to_json().unwrap());
        if let Some(less) = read.checked_sub(1) {
            let errors = bounded(less).unwrap_err();
            assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Limit, code::LIMIT), "{errors}");
            assert!(errors.first().message.contains(&format!("more than {less} bytes")), "{errors}");
        }
    }
}
