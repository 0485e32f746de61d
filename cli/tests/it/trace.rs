//! `--trace FILE`: a line per executed statement.

use crate::support::Place;
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
    let expected = [(1, "post", 1, 0, 0, 3), (2, "post.tag", 2, 2, 3, 2)];
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
