//! The oracle and the engine against SQLAlchemy 2.1.9: its results, and the statements that it needs for them or that
//! we claim to need. Oracle and SQLAlchemy share no line.

use eagerly_planner::spec::LoadSpec;
use eagerly_tests::corpus::{database, reflect, schema};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::harness::{Treatment, load};
use eagerly_tests::oracle::oracle;
use serde_json::Value as Json;

/// Runs a check on every case.
pub(crate) fn each(check: impl Fn(&str, &Json, &LoadSpec)) {
    let cases: Vec<Json> = serde_json::from_str(include_str!("../conformance/cases.json")).unwrap();
    assert!(cases.len() >= 18);
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        match LoadSpec::parse(case["spec"].as_str().unwrap()) {
            Ok(spec) => check(id, case, &spec),
            Err(errors) => panic!("{id}: {errors}"),
        }
    }
}

#[test]
fn the_oracle_agrees_with_sqlalchemy() {
    let connection = database(&schema("conformance"));
    let graph = reflect(&connection);
    each(|id, case, spec| {
        assert_eq!(oracle(&connection, &graph, spec).to_string(), case["result"].to_string(), "{id}");
    });
}

#[test]
fn the_engine_gives_the_results_within_the_statements() {
    let connection = database(&schema("conformance"));
    let graph = reflect(&connection);
    let engine = SqliteEngine::default();
    each(|id, case, spec| {
        for treatment in Treatment::DEFAULT {
            let outcome = load(&engine, &connection, &graph, (spec, treatment), &case["result"])
                .unwrap_or_else(|problem| panic!("{id}: {problem}"));
            if treatment == Treatment::AsWritten {
                let most = case["max_statements"].as_u64().unwrap();
                let (count, plan) = (outcome.sql.len() as u64, &outcome.plan);
                assert!(count <= most, "{id}: {count} statements, not {most}\n{plan}");
                // Every wave has a statement, and there are never more than SQLAlchemy needs.
                assert!(outcome.waves as u64 <= count && count > 0, "{id}");
                assert!(case["sqlalchemy_statements"].as_u64().is_none_or(|theirs| count <= theirs), "{id}");
            }
        }
    });
}
