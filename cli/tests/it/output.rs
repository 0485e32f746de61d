//! stdout: complete, or empty; and readers that have seen enough.

use crate::support::{Outcome, Place};
use std::io::Read;
use std::process::Stdio;

/// A database with rows of some megabytes.
fn large() -> Place {
    Place::empty().with(
        "large.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
         INSERT INTO t SELECT i, hex(zeroblob(50)) FROM n;",
    )
}

#[test]
fn a_large_result_is_written_whole() {
    assert_eq!(large().run(&["load", "large.db", "{ t }"]).json().as_array().unwrap().len(), 20_000);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = large();
    for arguments in [&["load", "large.db", "{ t }"][..], &["demo"], &["load", "--help"]] {
        let mut child = place.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        // The reading end is closed here.
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[test]
fn an_error_in_the_last_row_leaves_stdout_empty() {
    let place = large();
    place.connect("large.db").execute_batch("UPDATE t SET text = 9e999 WHERE id = 20000").unwrap();
    place
        .connect("large.db")
        .execute_batch("ALTER TABLE t ADD COLUMN f REAL; UPDATE t SET f = 9e999 WHERE id = 20000")
        .unwrap();
    place.refuses(&["load", "large.db", "{ t { id f } }"], 3, &["E0406"]);
    place.refuses(&["load", "large.db", "{ t { id } }", "--max-rows", "19999"], 4, &["E0501"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let place = Place::blog();
    for arguments in [&["load", "blog.db", "{ post }"][..], &["inspect", "blog.db"], &["--version"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let outcome = Outcome::of(place.command(arguments).stdout(full));
        outcome.refused(2, &["E0002", "could not be written"]);
    }
}
