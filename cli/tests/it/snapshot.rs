//! `--snapshot`: what the program adds to the driver's snapshot, which has the test of two waves and a write between.

use crate::support::Place;

const SPEC: &str = "{ post { title tag { name } } }";

#[test]
fn a_snapshot_changes_nothing_where_nobody_writes() {
    let place = Place::blog();
    assert_eq!(place.load(&["--snapshot", SPEC]), place.load(&[SPEC]));
    let lines = place.run(&["load", "blog.db", SPEC, "--snapshot", "--format", "ndjson"]).text();
    assert_eq!(lines.lines().count(), 3);
    let before = place.files();
    place.load(&["--snapshot", SPEC]);
    assert!(place.files() == before, "nothing is written");
}

#[test]
fn a_snapshot_beside_an_open_writer_reads_what_is_committed() {
    let place = Place::blog();
    let writer = place.connect("blog.db");
    writer.execute_batch("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; UPDATE post SET title = 'not yet'").unwrap();
    assert_eq!(place.load(&["--snapshot", "{ post(limit: 1) { title } }"]), serde_json::json!([{"title": "one"}]));
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(place.load(&["--snapshot", "{ post(limit: 1) { title } }"]), serde_json::json!([{"title": "not yet"}]));
}

#[test]
fn errors_are_those_of_a_load() {
    let place = Place::blog();
    place.refuses(&["load", "none.db", SPEC, "--snapshot"], 3, &["E0401"]);
    place.refuses(&["load", "blog.db", "{ post { nope } }", "--snapshot"], 2, &["E0103"]);
    place.refuses(&["load", "blog.db", SPEC, "--snapshot", "--max-rows", "1"], 4, &["E0501"]);
    let writer = place.connect("blog.db");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    place.run(&["load", "blog.db", SPEC, "--snapshot"]).refused(3, &["E0403"]);
}
