//! `--trace FILE`: a line per executed statement.

use crate::support::{Outcome, Place};
use serde_json::Value;

const SPEC: &str = "{ post { title tag { name } } }";

#[test]
fn every_statement_is_told_with_the_fields_of_the_contract() {
    let place = Place::blog();
    place.write("trace.jsonl", "what an older run left, longer than what the new run writes\n".repeat(100));
    place.load(&["--trace", "trace.jsonl", "{ post { title tag(where: {name: \"Rust\"}) { name } } }"]);
    let text = place.read("trace.jsonl");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let fields = ["statement", "batch", "wave", "sql", "binds", "keys", "rows", "micros"];
    let expected = [(1, "post", 1, 0, 0, 3), (2, "post.tag", 2, 1, 3, 2)];
    for (line, (statement, batch, wave, binds, keys, rows)) in lines.iter().zip(expected) {
        let object: Value = serde_json::from_str(line).unwrap();
        let object = object.as_object().unwrap();
        assert_eq!(object.keys().collect::<Vec<_>>(), fields);
        let number = |field: &str| object[field].as_u64().unwrap();
        assert_eq!((number("statement"), object["batch"].as_str().unwrap()), (statement, batch));
        let counts = ["wave", "binds", "keys", "rows"].map(number);
        assert_eq!(counts, [wave, binds, keys, rows], "{line}");
        assert!(number("micros") < 60_000_000);
        assert!(object["sql"].as_str().unwrap().starts_with("SELECT "));
        assert!(!line.contains(": ") || !line.contains("{ "), "compact: {line}");
    }
}

#[test]
fn what_was_executed_is_traced_if_a_later_statement_fails() {
    let place = Place::blog();
    for (arguments, code) in [(["--max-rows", "4"], 4), (["--max-rows", "5"], 4)] {
        let outcome = place.run(&[&["load", "blog.db", SPEC, "--trace", "trace"], &arguments[..]].concat());
        outcome.refused(code, &["E0501"]);
        let text = place.read("trace");
        assert!(text.starts_with(r#"{"statement":1,"batch":"post","wave":1,"sql":"#), "{text}");
        assert_eq!((text.lines().count(), text.ends_with('\n')), (1, true));
    }
    place.connect("blog.db").execute_batch("UPDATE tag SET name = CAST(x'ff' AS TEXT)").unwrap();
    place.run(&["load", "blog.db", SPEC, "--trace", "trace"]).refused(3, &["E0405"]);
    assert_eq!(place.read("trace").lines().count(), 1);
}

#[test]
fn catalog_reads_and_transactions_are_not_traced() {
    let place = Place::blog();
    place.load(&["--trace", "plain", SPEC]);
    place.load(&["--trace", "snapshot", "--snapshot", SPEC]);
    let statements = |name: &str| {
        let line = |line: &str| line.split(",\"micros\"").next().unwrap().to_owned();
        place.read(name).lines().map(line).collect::<Vec<_>>()
    };
    assert_eq!(statements("plain").len(), 2);
    assert_eq!(statements("plain"), statements("snapshot"));
}

#[test]
fn a_load_that_needs_no_statement_leaves_an_empty_trace() {
    let place = Place::blog();
    place.load(&["--trace", "trace", "{ post(limit: 0) { title } }"]);
    assert!(place.read("trace").lines().count() <= 1);
}

#[test]
fn a_trace_that_cannot_be_written_is_refused_before_anything_is_executed() {
    let place = Place::blog();
    std::fs::create_dir(place.path("dir")).unwrap();
    for trace in ["no/such/trace", "dir", ""] {
        place.refuses(&["load", "blog.db", SPEC, "--trace", trace], 2, &["E000"]);
    }
    place.refuses(&["load", "blog.db", SPEC, "--trace", "-"], 2, &["E0001", "/dev/stderr"]);
    // The row limit would end the run: the trace is looked at first.
    place.refuses(&["load", "blog.db", SPEC, "--max-rows", "0", "--trace", "no/such"], 2, &["E0002", "`no/such`"]);
}

#[test]
fn what_is_read_is_never_overwritten() {
    let place = Place::blog();
    place.write("spec", SPEC);
    for trace in ["blog.db", "./blog.db", "spec"] {
        place.refuses(&["load", "blog.db", "@spec", "--trace", trace], 2, &["E0001", "would overwrite"]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("blog.db", place.path("soft")).unwrap();
        std::fs::hard_link(place.path("blog.db"), place.path("hard")).unwrap();
        for trace in ["soft", "hard"] {
            place.refuses(&["load", "blog.db", "@spec", "--trace", trace], 2, &["E0001", "would overwrite"]);
        }
    }
    // A reader takes its marks in these two: their content may change, but not to a trace.
    let writer = place.connect("blog.db");
    writer.execute_batch("PRAGMA journal_mode = WAL; UPDATE post SET score = 0;").unwrap();
    for trace in ["blog.db-wal", "blog.db-shm"] {
        let size = std::fs::metadata(place.path(trace)).unwrap().len();
        place.run(&["load", "blog.db", SPEC, "--trace", trace]).refused(2, &["E0001", "would overwrite"]);
        assert_eq!(std::fs::metadata(place.path(trace)).unwrap().len(), size);
    }
    assert_eq!(place.load(&["{ post(limit: 1) { score } }"]), serde_json::json!([{"score": 0.0}]));
}

/// A database whose link leads to it: SQLite follows the link, and keeps the log beside the file itself.
#[cfg(unix)]
#[test]
fn the_log_of_a_database_behind_a_link_is_never_overwritten() {
    let place = Place::blog();
    std::fs::create_dir(place.path("dir")).unwrap();
    std::os::unix::fs::symlink("../blog.db", place.path("dir/link.db")).unwrap();
    std::os::unix::fs::symlink("dir/link.db", place.path("chain.db")).unwrap();
    let writer = place.connect("blog.db");
    writer.execute_batch("PRAGMA journal_mode = WAL; UPDATE post SET score = 0;").unwrap();
    let log = std::fs::read(place.path("blog.db-wal")).unwrap();
    for database in ["dir/link.db", "chain.db"] {
        for trace in ["blog.db-wal", "./dir/../blog.db-wal", "blog.db"] {
            let outcome = place.run(&["load", database, SPEC, "--trace", trace]);
            outcome.refused(2, &["E0001", "would overwrite"]);
            assert!(std::fs::read(place.path("blog.db-wal")).unwrap() == log, "{database} {trace}");
        }
    }
    // Where a link is not followed, its own name counts.
    for trace in ["chain.db-wal", "chain.db-journal"] {
        place.run(&["load", "chain.db", SPEC, "--trace", trace]).refused(2, &["E0001", "SQLite keeps"]);
        assert!(!place.path(trace).exists(), "{trace}");
    }
}

/// SQLite would roll back an invented journal, and take an invented log for its own.
#[test]
fn the_names_that_sqlite_keeps_are_refused_before_they_exist() {
    let place = Place::blog();
    std::fs::create_dir(place.path("dir")).unwrap();
    let mut traces = vec!["blog.db-journal", "blog.db-wal", "blog.db-shm", "./blog.db-journal", "dir/../blog.db-wal"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("blog.db-journal", place.path("dangling")).unwrap();
        std::os::unix::fs::symlink("../dangling", place.path("dir/further")).unwrap();
        std::os::unix::fs::symlink("blog.db", place.path("link.db")).unwrap();
        place.refuses(&["load", "link.db", SPEC, "--trace", "blog.db-journal"], 2, &["E0001", "SQLite keeps"]);
        traces.extend(["dangling", "dir/further"]);
    }
    for trace in traces {
        place.refuses(&["load", "blog.db", SPEC, "--trace", trace], 2, &["E0001", "SQLite keeps", "of its own"]);
    }
    place.load(&["--trace", "other.db-journal", SPEC]);
}

#[test]
fn the_graph_file_is_never_overwritten() {
    let place = Place::blog();
    place.write("graph.toml", "[entity.post]\n");
    std::fs::hard_link(place.path("graph.toml"), place.path("hard.toml")).unwrap();
    for trace in ["graph.toml", "./graph.toml", "hard.toml"] {
        let arguments = ["load", "blog.db", SPEC, "--graph", "graph.toml", "--trace", trace];
        place.refuses(&arguments, 2, &["E0001", "would overwrite `graph.toml`"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_has_the_objects_alone() {
    let place = Place::blog();
    for trace in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        place.refuses(&["load", "blog.db", SPEC, "--trace", trace], 2, &["E0001", "standard output"]);
    }
    // By the name of the file that it is.
    place.write("out", "older");
    let out = std::fs::OpenOptions::new().append(true).open(place.path("out")).unwrap();
    let mut command = place.command(&["load", "blog.db", SPEC, "--trace", "out"]);
    let child = command.stdout(out).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), place.read("out").as_str()), (Some(2), "older"));
    // Standard error is another, also where both go to one device.
    let outcome = place.run(&["load", "blog.db", SPEC, "--trace", "/dev/stderr"]);
    assert_eq!((outcome.code, outcome.stderr.lines().count()), (Some(0), 2), "{}", outcome.stderr);
    let null = || std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap();
    let mut command = place.command(&["load", "blog.db", SPEC, "--trace", "/dev/stderr"]);
    assert!(command.stdout(null()).stderr(null()).status().unwrap().success());
}

#[test]
fn an_older_trace_survives_a_run_that_executes_nothing() {
    let place = Place::blog();
    place.write("trace", "older");
    place.refuses(&["load", "blog.db", "{ post { nope } }", "--trace", "trace"], 2, &["E0103"]);
    place.refuses(&["load", "none.db", SPEC, "--trace", "trace"], 3, &["E0401"]);
    place.refuses(&["load", "blog.db", SPEC, "--graph", "none.toml", "--trace", "trace"], 2, &["E0002"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let place = Place::blog();
    place.refuses(&["load", "blog.db", SPEC, "--trace", "/dev/full"], 2, &["E0002", "/dev/full"]);
}

/// A specification from standard input can come from a file too.
#[cfg(unix)]
#[test]
fn the_file_behind_standard_input_is_never_overwritten() {
    let place = Place::blog();
    place.write("spec", SPEC);
    let mut command = place.command(&["load", "blog.db", "-", "--trace", "spec"]);
    command.stdin(std::fs::File::open(place.path("spec")).unwrap());
    Outcome::of(&mut command).refused(2, &["E0001", "standard input"]);
    assert_eq!(place.read("spec"), SPEC);
}
