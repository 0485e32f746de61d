//! The contract of `docs/`, sentence by sentence, where no other test shows one: the rules name these tests, and
//! `documents` checks that all of them are named.

mod conditions;
mod errors;
mod graph;
mod names;
mod options;
mod rows;
mod values;

use eagerly::{LoadSpec, Planner, RelationshipGraph};
use eagerly_tests::corpus::{database, reflect};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::harness::{self, Treatment};
use rusqlite::Connection;

/// The blog of the documents.
pub(crate) const BLOG: &str = include_str!("../../docs/blog.sql");

fn parse(spec: &str) -> LoadSpec {
    LoadSpec::parse(spec).unwrap_or_else(|errors| panic!("{spec}\n{errors}"))
}

/// What a specification loads, the same under every strategy.
#[track_caller]
pub(crate) fn load(connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> String {
    let plan = Planner::new(graph.clone(), eagerly_rusqlite::dialect(connection)).compile(spec).unwrap();
    let json = eagerly_rusqlite::load(connection, &plan).unwrap().to_json().unwrap();
    let expected = serde_json::from_str(&json).unwrap();
    for treatment in Treatment::DEFAULT {
        harness::load(&SqliteEngine::default(), connection, graph, (spec, treatment), &expected)
            .unwrap_or_else(|problem| panic!("{problem}"));
    }
    json
}

/// Asserts what each specification loads from a database, under every strategy.
#[track_caller]
fn loads(sql: &str, cases: &[(&str, &str)]) {
    let connection = database(sql);
    let graph = reflect(&connection);
    for (spec, expected) in cases {
        assert_eq!(load(&connection, &graph, &parse(spec)), *expected, "{spec}");
    }
}

/// Asserts the problems of each specification, with code, place and help.
#[track_caller]
fn refuses(sql: &str, cases: &[(&str, &[&str])]) {
    let planner = Planner::new(reflect(&database(sql)), eagerly::Sqlite::new());
    for (spec, expected) in cases {
        let problems = planner.compile_parsed(&LoadSpec::parse_all(spec).unwrap()).expect_err(spec);
        assert_eq!(problems.all().iter().map(ToString::to_string).collect::<Vec<_>>(), *expected, "{spec}");
    }
}

/// The plan of a specification as text.
fn explain(graph: RelationshipGraph, spec: &str) -> String {
    Planner::new(graph, eagerly::Sqlite::new()).compile(&parse(spec)).unwrap().explain()
}
