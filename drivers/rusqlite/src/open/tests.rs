//! What opens, what does not and why, and that nothing is written.

use super::{open, open_with};
use eagerly::error::{Error, ErrorKind, code};
use rusqlite::Connection;
use std::path::Path;
use std::time::Duration;

fn refused(path: &Path) -> Error {
    let error = open(path).unwrap_err().first().clone();
    assert_eq!(error.kind, ErrorKind::Database);
    assert!(error.message.contains(&format!("`{}`", path.display())), "{error}");
    assert!(error.help.is_some(), "{error}");
    error
}

fn database(path: &Path) -> Connection {
    let db = Connection::open_with_flags(
        path,
        rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE | rusqlite::OpenFlags::SQLITE_OPEN_CREATE,
    )
    .unwrap();
    db.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)").unwrap();
    db
}

fn files(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_missing_file_is_refused_and_not_created() {
    let directory = tempfile::tempdir().unwrap();
    let error = refused(&directory.path().join("none.db"));
    assert_eq!(error.code, code::CANNOT_OPEN);
    assert!(error.message.ends_with("no such file"), "{error}");
    assert!(files(directory.path()).is_empty());
}

#[test]
fn what_is_no_file_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    assert!(refused(directory.path()).message.ends_with("it is a directory"));
    assert!(refused(&directory.path().join("a\0b")).code == code::CANNOT_OPEN);
    #[cfg(unix)]
    assert!(refused(Path::new("/dev/null")).message.ends_with("it is not a regular file"));
}

#[test]
fn paths_are_no_uris_and_no_special_names() {
    for name in ["", ":memory:", "file::memory:", "file:x?mode=memory", "file:/tmp?mode=memory"] {
        assert_eq!(refused(Path::new(name)).code, code::CANNOT_OPEN, "{name}");
    }
    // Relative names that look like URIs, seen from their own directory.
    let directory = tempfile::tempdir().unwrap();
    let plain = directory.path().join("plain.db");
    drop(database(&plain));
    for name in ["file:x.db?mode=memory", "100%41.db", "a#b?c.db"] {
        let path = directory.path().join(name);
        std::fs::copy(&plain, &path).unwrap();
        let count: i64 = open(&path).unwrap().query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1, "{name}");
    }
    assert_eq!(super::verbatim(Path::new("file:x.db")), Path::new("./file:x.db"));
    assert_eq!(super::verbatim(directory.path()), directory.path());
}

#[test]
fn an_empty_file_is_an_empty_database() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(crate::catalog(&open(file.path()).unwrap()).unwrap().tables.is_empty());
    assert_eq!(std::fs::metadata(file.path()).unwrap().len(), 0);
}

#[test]
fn what_is_no_database_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for content in [&b"hello"[..], &[0; 4096], &[0x5a; 100_000], b"SQLite format 3\0"] {
        std::fs::write(file.path(), content).unwrap();
        assert_eq!(refused(file.path()).code, code::NOT_A_DATABASE);
    }
}

#[test]
fn a_cut_database_is_an_error_at_the_latest_when_it_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    drop(database(file.path()));
    let whole = std::fs::read(file.path()).unwrap();
    for length in [50, 100, 600, 4096, 6000] {
        std::fs::write(file.path(), &whole[..length]).unwrap();
        let result = open(file.path()).and_then(|db| crate::catalog(&db));
        assert!(result.is_err() || length >= 4096, "{length}");
    }
}

#[test]
fn a_lock_that_stays_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let writer = database(file.path());
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = open_with(file.path(), Duration::from_millis(20)).unwrap_err();
    assert_eq!(error.first().code, code::LOCKED);
    writer.execute_batch("COMMIT").unwrap();
    assert!(open_with(file.path(), Duration::MAX).is_ok(), "no timeout is too long");
}

#[test]
fn nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.db");
    drop(database(&path));
    let before = std::fs::read(&path).unwrap();
    let db = open(&path).unwrap();
    let error = db.execute_batch("INSERT INTO t VALUES (2)").unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::ReadOnly));
    crate::catalog(&db).unwrap();
    drop(db);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(files(directory.path()), ["a.db"]);
}

#[test]
fn a_database_in_wal_mode_is_read_without_touching_the_database_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.db");
    let writer = database(&path);
    writer.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    writer.execute_batch("INSERT INTO t VALUES (2)").unwrap();
    let before = std::fs::read(&path).unwrap();
    let db = open(&path).unwrap();
    let count: i64 = db.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2, "what is only in the log is seen");
    drop(db);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    drop(writer);
    assert_eq!(files(directory.path()), ["a.db"], "the last writer cleans up");
    drop(open(&path).unwrap());
    assert_eq!(files(directory.path()), ["a.db", "a.db-shm", "a.db-wal"], "a reader cannot");
}

#[test]
fn a_hot_journal_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.db");
    let writer = database(&path);
    // A copy made in the middle of a commit that spilled is what a crash leaves.
    writer
        .execute_batch(
            "PRAGMA cache_size = 5; CREATE TABLE big (x); BEGIN;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
             INSERT INTO big SELECT randomblob(2000) FROM n;",
        )
        .unwrap();
    let crashed = directory.path().join("crashed.db");
    std::fs::copy(&path, &crashed).unwrap();
    std::fs::copy(directory.path().join("a.db-journal"), directory.path().join("crashed.db-journal")).unwrap();
    assert_eq!(refused(&crashed).code, code::CANNOT_OPEN);
}
