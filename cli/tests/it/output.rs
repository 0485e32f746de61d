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
    let ndjson = ["load", "large.db", "{ t }", "--format", "ndjson"];
    let small = ["load", "large.db", "{ t(limit: 1) }"];
    for arguments in [&["load", "large.db", "{ t }"][..], &ndjson, &small, &["demo"], &["load", "--help"], &["man"]] {
        let mut child = place.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        // The reading end is closed here.
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[test]
fn no_progress_is_shown_where_there_is_no_terminal() {
    // Long enough for a line of progress: a second and more.
    let slow = "CREATE VIEW slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000000)
        SELECT count(*) AS c FROM n";
    let place = Place::empty().with("slow.db", slow);
    let start = std::time::Instant::now();
    assert_eq!(place.run(&["load", "slow.db", "{ slow }"]).text(), "[{\"c\":8000000}]\n");
    assert!(start.elapsed().as_millis() > 500, "too fast to show anything: count further");
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
    place.refuses(&["load", "large.db", "{ t { id f } }", "--format", "ndjson"], 3, &["E0406", "at t.f"]);
    place.refuses(&["load", "large.db", "{ t { id } }", "--max-rows", "19999"], 4, &["E0501"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let place = Place::blog();
    let ndjson = ["load", "blog.db", "{ post }", "--format", "ndjson"];
    let large = large();
    let all = ["load", "blog.db", "{ post }"];
    for arguments in [&all[..], &ndjson, &["inspect", "blog.db"], &["--version"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let outcome = Outcome::of(place.command(arguments).stdout(full));
        outcome.refused(2, &["E0002", "could not be written", "No space left on device"]);
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let outcome = Outcome::of(large.command(&["load", "large.db", "{ t }"]).stdout(full));
    outcome.refused(2, &["E0002", "No space left on device"]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_text_is_not_held_in_memory() {
    // 2 001 rows unfold to 64 MB of text, and the program gets 60.
    let place = Place::empty().with(
        "shared.db",
        "CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a, text TEXT);
         CREATE INDEX b_a ON b (a_id);
         INSERT INTO a VALUES (1, 'x');
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         INSERT INTO b SELECT i, 1, hex(zeroblob(10)) FROM n;",
    );
    let spec = "{ b { a { b(limit: 1000) { text } } } }";
    for format in ["json", "ndjson"] {
        let mut command = std::process::Command::new("sh");
        let program = format!("ulimit -v 60000; exec {} load shared.db '{spec}' --format {format}", Place::PROGRAM);
        command.args(["-c", &program]).current_dir(place.path("")).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let bytes = std::io::copy(&mut child.stdout.take().unwrap(), &mut std::io::sink()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
        assert!(bytes > 60_000 * 1_024, "{bytes}");
    }
}

#[cfg(unix)]
#[test]
fn a_stdout_that_is_closed_or_cannot_be_written_to_is_an_error() {
    let place = Place::blog();
    let large = large();
    for (place, command) in [
        (&place, "load blog.db '{ post }'"),
        (&place, "load blog.db '{ post }' --format ndjson --snapshot"),
        (&place, "plan blog.db '{ post }'"),
        (&place, "inspect blog.db --format json"),
        (&place, "demo"),
        (&place, "completions bash"),
        (&place, "man load"),
        (&place, "--help"),
        (&place, "--version"),
        (&large, "load large.db '{ t }'"),
    ] {
        for stdout in [">&-", "1</dev/null", "<&- >&- "] {
            let mut shell = std::process::Command::new("sh");
            let program = format!("exec {} {command} {stdout}", Place::PROGRAM);
            shell.args(["-c", &program]).current_dir(place.path("")).stdin(Stdio::null());
            Outcome::of(&mut shell).refused(2, &["E0002", "could not be written", "help: "]);
        }
        // What is meant to go nowhere goes there, whoever has opened it and how.
        for stdout in [">/dev/null", "1<>/dev/null", "2>&-"] {
            let mut shell = std::process::Command::new("sh");
            let program = format!("exec {} {command} {stdout}", Place::PROGRAM);
            shell.args(["-c", &program]).current_dir(place.path("")).stdin(Stdio::null());
            let outcome = Outcome::of(&mut shell);
            assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{command} {stdout}");
        }
    }
}
