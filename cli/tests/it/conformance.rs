//! The conformance cases through the program: on every database the result that SQLAlchemy gives, with no more traced
//! statements than the case says.

#![allow(clippy::unwrap_used)]

use crate::servers::on_each;
use crate::support::Place;
use eagerly_tests::corpus::{schema, schema_on};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../../../tests/conformance/cases.json")).unwrap();
    assert!(cases.len() >= 18);
    cases
}

/// Loads every case from a database, and counts the lines of its trace.
fn check(place: &Place, database: &str) {
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        let loaded = place.run(&["load", database, case["spec"].as_str().unwrap(), "--trace", "trace.jsonl"]);
        assert_eq!(loaded.json().to_string(), case["result"].to_string(), "{id}");
        let trace = std::fs::read_to_string(place.path("trace.jsonl")).unwrap();
        let (count, most) = (trace.lines().count() as u64, case["max_statements"].as_u64().unwrap());
        assert!(count > 0 && count <= most, "{id}: {count} statements, not {most}\n{trace}");
        for (number, line) in trace.lines().enumerate() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["statement"], number + 1, "{id}: {line}");
        }
    }
}

#[test]
fn cases_on_sqlite_stay_within_their_statements() {
    check(&Place::empty().with("conformance.db", &schema("conformance")), "conformance.db");
}

#[test]
fn cases_on_servers_stay_within_their_statements() {
    on_each(|backend| schema_on(backend, "conformance"), |_, url| check(&Place::empty(), url));
}
