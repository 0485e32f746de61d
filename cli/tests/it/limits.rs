//! `--max-rows`: the larger of rows read and objects written. `--max-bytes`: cells read and output together.

use crate::support::Place;
use std::process::Stdio;

const SPEC: &str = "{ post { title tag { name } } }";

#[test]
fn rows_read_are_bounded() {
    let place = Place::blog();
    // Three posts, and three pairs of post and tag.
    assert_eq!(place.load(&["--max-rows", "6", SPEC]), place.load(&[SPEC]));
    for limit in ["0", "1", "3", "5"] {
        place.refuses(
            &["load", "blog.db", SPEC, "--max-rows", limit],
            4,
            &["E0501", &format!("more than {limit} rows")],
        );
    }
    assert_eq!(place.load(&["--max-rows", "0", "{ post(limit: 0) }"]), serde_json::json!([]));
    place.load(&["--max-rows", &u64::MAX.to_string(), SPEC]);
}

#[test]
fn objects_written_are_bounded() {
    let place = Place::blog();
    // One author of many posts: 100 rows and one more are read, 100 x 100 objects and more are written.
    let more = "INSERT INTO post SELECT value, value, 0, 0, 1 FROM generate";
    let numbers =
        "WITH RECURSIVE generate(value) AS (SELECT 10 UNION ALL SELECT value + 1 FROM generate WHERE value < 107)";
    place.connect("blog.db").execute_batch(&format!("{numbers} {more}")).unwrap();
    let spec = "{ post { id author @selectin { id post @selectin { id } } } }";
    place.refuses(&["load", "blog.db", spec, "--max-rows", "1000"], 4, &["E0501", "more than 1000 objects"]);
    assert_eq!(place.load(&[spec]).as_array().unwrap().len(), 101);
}

#[test]
fn the_default_is_ten_million() {
    let place = Place::blog();
    assert!(place.run(&["load", "--help"]).text().contains("10000000"));
    // A shared graph that unfolds to 2^24 objects or so.
    let doubling = "CREATE TABLE n (id INTEGER PRIMARY KEY);
        CREATE TABLE e (a_id INTEGER REFERENCES n, b_id INTEGER REFERENCES n, PRIMARY KEY (a_id, b_id));
        INSERT INTO n VALUES (1), (2); INSERT INTO e VALUES (1, 1), (1, 2), (2, 1), (2, 2);";
    let place = place.with("double.db", doubling);
    let to = "n_through_e_b_id";
    let spec = format!("{{ n {{ id {} {} }} }}", format!("x: {to} {{ id ").repeat(24), "}".repeat(24));
    place.refuses(&["load", "double.db", &spec], 4, &["E0501", "more than 10000000 objects"]);
}

#[test]
fn a_limit_is_a_whole_number() {
    let place = Place::blog();
    for limit in ["-1", "1.5", "many", "", "18446744073709551616"] {
        place.refuses(&["load", "blog.db", SPEC, "--max-rows", limit], 2, &["E0001", "--max-rows"]);
    }
}

/// A title of three bytes and a key of eight; what is written is exact too.
#[test]
fn bytes_read_and_written_are_bounded_together() {
    let place = Place::blog();
    for (spec, format, read) in [
        ("{ post(where: {id: 1}) { title } }", "json", 8 + 3),
        ("{ post(where: {id: 1}) { title score published } }", "ndjson", 8 + 3 + 8 + 8),
        ("{ post(limit: 0) }", "json", 0),
        ("{ author { name } }", "ndjson", 2 * (8 + 3)),
    ] {
        let arguments = ["load", "blog.db", spec, "--format", format];
        let text = place.run(&arguments).text();
        let all = read + text.len();
        let bounded = |most: usize| [&arguments[..], &["--max-bytes", &most.to_string()]].concat().join("\u{0}");
        let run = |most: usize| place.run(&bounded(most).split('\u{0}').collect::<Vec<_>>());
        assert_eq!(run(all).text(), text);
        run(all - 1).refused(4, &["E0501", &format!("more than {} bytes were read and written", all - 1)]);
        if let Some(less) = read.checked_sub(1) {
            run(less).refused(4, &["E0501", &format!("more than {less} bytes were read"), "fewer columns"]);
        }
    }
    place.load(&["--max-bytes", &u64::MAX.to_string(), SPEC]);
    for limit in ["-1", "1.5", "many", "", "18446744073709551616", "1k"] {
        place.refuses(&["load", "blog.db", SPEC, "--max-bytes", limit], 2, &["E0001", "--max-bytes"]);
    }
}

/// Values that are larger than the memory: nothing aborts, with a bound or with the system's alone.
#[cfg(target_os = "linux")]
#[test]
fn values_that_are_too_large_are_an_error_and_no_abort() {
    let place = Place::empty().with(
        "large.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
         INSERT INTO t SELECT i, hex(zeroblob(2000000)) FROM n;
         CREATE VIEW unsorted AS SELECT text FROM t;
         CREATE VIEW giant AS SELECT zeroblob(100000000) AS bytes;",
    );
    for (spec, most) in [
        ("{ unsorted }", Some("40000000")),
        ("{ unsorted }", Some("1000")),
        ("{ t }", Some("40000000")),
        ("{ t(order: [\"text\"]) }", Some("40000000")),
        ("{ giant }", Some("1000000")),
        ("{ giant }", Some("99999999")),
        ("{ giant }", None),
    ] {
        let bound = most.map(|most| format!("--max-bytes {most}")).unwrap_or_default();
        let program = format!("ulimit -v 220000; exec {} load large.db '{spec}' {bound}", Place::PROGRAM);
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &program]).current_dir(place.path("")).stdin(Stdio::null());
        let told = crate::support::Outcome::of(&mut command).refused(4, &["E0501", "help: "]).stderr;
        if told.contains("out of memory") {
            assert_eq!(told.contains("`--max-bytes` bounds the memory of SQLite too"), most.is_some(), "{told}");
        }
    }
    // Within its bounds nothing is another result.
    let spec = "{ t(order: [\"text\", \"-id\"], limit: 3) { id } }";
    let bounded = place.load_of("large.db", &[spec, "--max-bytes", "1000"]);
    assert_eq!(bounded, serde_json::json!([{"id": 40}, {"id": 39}, {"id": 38}]));
}

/// Few files that may be open: it works, or the system is what is told.
#[cfg(target_os = "linux")]
#[test]
fn a_system_that_allows_little_is_no_bug_of_ours() {
    let place = Place::blog();
    for files in 6..14 {
        for arguments in
            ["load blog.db '{ tag }'", "load mysql://localhost:1/d '{ t }'", "inspect postgres://localhost:1/d"]
        {
            let program = format!("ulimit -n {files}; exec {} {arguments}", Place::PROGRAM);
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &program]).current_dir(place.path("")).stdin(Stdio::null());
            let outcome = crate::support::Outcome::of(&mut command);
            let done = arguments.contains("blog.db");
            assert!(outcome.code == Some(3) || done && outcome.code == Some(0), "{files}: {}", outcome.stderr);
        }
    }
}
