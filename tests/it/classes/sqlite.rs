//! The classes that SQLite has, provoked in files.

use super::check;
use eagerly::error::{Class, Error, code};
use eagerly::{LoadSpec, Plan, Planner};
use eagerly_rusqlite::{database_error, load};
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const TABLES: &str = "CREATE TABLE one (id INTEGER PRIMARY KEY, n INT); INSERT INTO one VALUES (1, 1), (2, 2);
                      CREATE VIEW endless AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
                        SELECT count(*) AS n FROM r;
                      CREATE VIEW fails AS SELECT json_extract('{', '$') AS n;";

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        files.writer().execute_batch(TABLES).unwrap();
        files
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("a.db")
    }

    fn writer(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    fn reader(&self) -> Connection {
        eagerly_rusqlite::open_with(&self.path(), Duration::ZERO).unwrap()
    }
}

fn plan(connection: &Connection, spec: &str) -> Plan {
    let graph = eagerly_rusqlite::reflect(connection).unwrap();
    Planner::new(graph, eagerly_rusqlite::dialect(connection)).compile(&LoadSpec::parse(spec).unwrap()).unwrap()
}

/// What SQLite says to a statement of the test's own.
fn refused(connection: &Connection, sql: &str) -> Error {
    database_error(connection.execute_batch(sql).unwrap_err(), "cannot run")
}

fn load_error(connection: &Connection, plan: &Plan) -> Error {
    load(connection, plan).map(drop).unwrap_err().first().clone()
}

#[test]
fn a_file_that_was_moved_away() {
    let files = Files::new();
    let writer = files.writer();
    writer.query_row("SELECT count(*) FROM one", [], |row| row.get::<_, i64>(0)).unwrap();
    std::fs::rename(files.path(), files.0.path().join("b.db")).unwrap();
    check(&refused(&writer, "INSERT INTO one VALUES (3, 3)"), Class::ConnectionLost, &["1032"]);
}

#[test]
fn a_snapshot_that_is_too_old_to_write() {
    let files = Files::new();
    let (first, second) = (files.writer(), files.writer());
    first.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    first.execute_batch("BEGIN; SELECT * FROM one").unwrap();
    second.execute_batch("UPDATE one SET n = 5").unwrap();
    check(&refused(&first, "UPDATE one SET n = 6"), Class::Serialization, &["517"]);
}

#[test]
fn a_lock_that_another_program_holds() {
    let files = Files::new();
    let (reader, writer) = (files.reader(), files.writer());
    let plan = plan(&reader, "{ one { n } }");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = load_error(&reader, &plan);
    check(&error, Class::Locked, &["5"]);
    assert_eq!(error.code, code::LOCKED);
    let errors = eagerly_rusqlite::open_with(&files.path(), Duration::ZERO).unwrap_err();
    check(errors.first(), Class::Locked, &["5"]);
    writer.execute_batch("ROLLBACK").unwrap();
    assert!(load(&reader, &plan).is_ok(), "it can be tried again");
}

#[test]
fn a_statement_that_somebody_interrupts() {
    let reader = Files::new();
    let connection = reader.reader();
    let plan = plan(&connection, "{ endless { n } }");
    let interrupt = connection.get_interrupt_handle();
    let (over, until_over) = std::sync::mpsc::channel::<()>();
    let error = std::thread::scope(|scope| {
        scope.spawn(move || {
            while until_over
                .recv_timeout(Duration::from_millis(20))
                .is_err_and(|end| end == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                interrupt.interrupt();
            }
        });
        let error = load_error(&connection, &plan);
        drop(over);
        error
    });
    check(&error, Class::Cancelled, &["9"]);
}

#[test]
fn a_schema_that_has_changed_since_it_was_read() {
    let files = Files::new();
    let (reader, writer) = (files.reader(), files.writer());
    let plan = plan(&reader, "{ one { n } }");
    load(&reader, &plan).unwrap();
    for sql in ["ALTER TABLE one RENAME COLUMN n TO m", "DROP TABLE one"] {
        writer.execute_batch(sql).unwrap();
        check(&load_error(&reader, &plan), Class::SchemaChanged, &["1"]);
    }
}

#[test]
fn what_the_user_may_not_do() {
    let files = Files::new();
    check(&refused(&files.reader(), "INSERT INTO one VALUES (3, 3)"), Class::Permission, &["8"]);
}

#[test]
fn a_constraint_that_does_not_hold() {
    let files = Files::new();
    check(&refused(&files.writer(), "INSERT INTO one VALUES (1, 1)"), Class::Constraint, &["1555"]);
}

#[test]
fn all_the_rest() {
    let files = Files::new();
    let reader = files.reader();
    check(&load_error(&reader, &plan(&reader, "{ fails { n } }")), Class::Other, &["1"]);
    let errors = eagerly_rusqlite::open(Path::new("no/such.db")).unwrap_err();
    check(errors.first(), Class::Other, &[]);
    let path = files.0.path().join("noise.db");
    std::fs::write(&path, "noise".repeat(500)).unwrap();
    check(eagerly_rusqlite::open(&path).unwrap_err().first(), Class::Other, &["26"]);
}
