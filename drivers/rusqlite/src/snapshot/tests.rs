//! A second program writes between two waves: without a snapshot the result is torn, with one it is whole.

use super::snapshot;
use crate::{Observer, observe, open, reflect};
use eagerly::{LoadSpec, Planner, Run, Sqlite};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Accounts and their entries; every state that is ever committed has the sum of the entries as the balance.
const BANK: &str = "
    PRAGMA journal_mode = WAL;
    CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
    CREATE TABLE entry (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, account_id INTEGER NOT NULL REFERENCES account);
    INSERT INTO account VALUES (1, 10), (2, 0);
    INSERT INTO entry VALUES (1, 10, 1);";

/// What the other program does, in one transaction.
const TRANSFER: &str = "
    BEGIN IMMEDIATE;
    UPDATE account SET balance = balance - 4 WHERE id = 1;
    UPDATE account SET balance = balance + 4 WHERE id = 2;
    INSERT INTO entry VALUES (2, -4, 1), (3, 4, 2);
    COMMIT;";

const SPEC: &str = "{ account { balance entry @selectin { amount } } }";
const BEFORE: &str = r#"[{"balance":10,"entry":[{"amount":10}]},{"balance":0,"entry":[]}]"#;
const TORN: &str = r#"[{"balance":10,"entry":[{"amount":10},{"amount":-4}]},{"balance":0,"entry":[{"amount":4}]}]"#;
const AFTER: &str = r#"[{"balance":6,"entry":[{"amount":10},{"amount":-4}]},{"balance":4,"entry":[{"amount":4}]}]"#;

/// Another program, that writes once, after the first statement.
struct Writer {
    file: PathBuf,
    sql: Option<&'static str>,
}

impl Observer for Writer {
    fn executed(&mut self, _: crate::Executed) {
        if let Some(sql) = self.sql.take() {
            Connection::open(&self.file).unwrap().execute_batch(sql).unwrap();
        }
    }
}

fn bank() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("bank.db");
    Connection::open(&file).unwrap().execute_batch(BANK).unwrap();
    (directory, file)
}

/// Reads catalog and graph, while another program runs `sql` between the waves.
fn load(connection: &Connection, file: &Path, sql: &'static str) -> String {
    let planner = Planner::new(reflect(connection).unwrap(), Sqlite::new());
    let plan = planner.compile(&LoadSpec::parse(SPEC).unwrap()).unwrap();
    assert_eq!(plan.batches().waves(), 2);
    let mut writer = Writer { file: file.to_owned(), sql: Some(sql) };
    let result = observe(connection, Run::new(&plan), &mut writer).unwrap();
    assert!(writer.sql.is_none(), "the other program wrote");
    result.to_json().unwrap()
}

#[test]
fn without_a_snapshot_a_load_between_two_writes_is_torn() {
    let (_directory, file) = bank();
    let connection = open(&file).unwrap();
    assert_eq!(load(&connection, &file, TRANSFER), TORN);
}

#[test]
fn with_a_snapshot_all_waves_are_of_one_state() {
    let (_directory, file) = bank();
    let connection = open(&file).unwrap();
    let snapshot = snapshot(&connection).unwrap();
    assert_eq!(load(&connection, &file, TRANSFER), BEFORE);
    assert_eq!(load(&connection, &file, "SELECT 1"), BEFORE, "it lasts until it ends");
    snapshot.end().unwrap();
    assert_eq!(load(&connection, &file, "SELECT 1"), AFTER, "it has ended");
}

#[test]
fn the_state_is_that_of_the_moment_of_the_call() {
    let (_directory, file) = bank();
    let connection = open(&file).unwrap();
    let snapshot = snapshot(&connection).unwrap();
    // Before anything was read, the catalog included.
    Connection::open(&file).unwrap().execute_batch(&format!("{TRANSFER} DROP TABLE entry;")).unwrap();
    assert_eq!(load(&connection, &file, "SELECT 1"), BEFORE);
    drop(snapshot);
    assert!(connection.is_autocommit(), "dropped is ended");
    assert!(reflect(&connection).unwrap().entity_id("entry").is_none());
}

#[test]
fn a_host_in_a_transaction_keeps_it() {
    let (_directory, file) = bank();
    let connection = Connection::open(&file).unwrap();
    connection.execute_batch("BEGIN; UPDATE account SET balance = 7 WHERE id = 2").unwrap();
    snapshot(&connection).unwrap().end().unwrap();
    drop(snapshot(&connection).unwrap());
    assert!(!connection.is_autocommit());
    connection.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn a_locked_database_has_no_snapshot() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.db");
    let writer = Connection::open(&file).unwrap();
    writer.execute_batch("CREATE TABLE t (id)").unwrap();
    let connection = crate::open_with(&file, std::time::Duration::ZERO).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = snapshot(&connection).unwrap_err();
    assert_eq!(error.first().code, eagerly::error::code::LOCKED);
    assert!(connection.is_autocommit(), "nothing is left open");
    writer.execute_batch("ROLLBACK").unwrap();
    snapshot(&connection).unwrap().end().unwrap();
}
