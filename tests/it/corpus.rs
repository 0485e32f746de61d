//! The corpus says what the oracle says, and its format keeps what people write.

use eagerly::Planner;
use eagerly_planner::error::Errors;
use eagerly_planner::graph::RelationshipGraph;
use eagerly_planner::spec::{LoadSpec, Strategy};
use eagerly_tests::corpus::{CorpusCase, corpus, update};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::harness::{Engine, Outcome};
use eagerly_tests::oracle::oracle;
use rusqlite::Connection;
use std::panic::AssertUnwindSafe;

#[test]
fn results_are_those_of_the_oracle() {
    let cases = corpus();
    assert!(cases.len() >= 100, "only {} cases", cases.len());
    each(&cases, |case| case.check_result(update()));
}

#[test]
fn the_engine_agrees_with_the_oracle_under_every_strategy() {
    each(&corpus(), |case| case.check_engine(&SqliteEngine::default(), update()));
}

#[test]
fn no_pass_changes_a_result() {
    for pass in Planner::optional_passes() {
        let engine = SqliteEngine { without: vec![pass], ..SqliteEngine::default() };
        each(&corpus(), |case| case.check_json(&engine).map_err(|problem| format!("without {pass}: {problem}")));
    }
}

#[test]
fn no_cut_of_key_lists_changes_a_result() {
    for keys in [1, 2] {
        let engine = SqliteEngine { limits: Some((keys, 64)), ..SqliteEngine::default() };
        each(&corpus(), |case| case.check_json(&engine).map_err(|problem| format!("lists of {keys}: {problem}")));
    }
}

/// Checks all cases and reports every failure by the name of its file, panics included: a specification that does not
/// fit its graph is one.
pub(crate) fn each(cases: &[CorpusCase], check: impl Fn(&CorpusCase) -> Result<(), String>) {
    let checked = |case: &CorpusCase| {
        std::panic::catch_unwind(AssertUnwindSafe(|| check(case))).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            Err(text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default())
        })
    };
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| checked(case).err().map(|problem| format!("== {} ==\n{problem}", case.name())))
        .collect();
    assert!(failures.is_empty(), "{} of {} cases\n{}", failures.len(), cases.len(), failures.join("\n\n"));
}

/// An engine that is right, or forgets its rows under one strategy.
struct Fake {
    wrong_under: Option<Strategy>,
}

impl Engine for Fake {
    fn load(&self, connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let strategy = spec.root.fields.iter().flatten().find_map(|field| field.strategy);
        let wrong = self.wrong_under.is_some() && strategy == self.wrong_under;
        let json = if wrong { "[]".to_owned() } else { oracle(connection, graph, spec).to_string() };
        let sql = vec!["SELECT 'it''s' FROM \"a\"".to_owned(), "SELECT 2".to_owned()];
        Ok(Outcome { json, sql, waves: 2, plan: "plan\n  of two lines\n".to_owned() })
    }
}

const WRITTEN: &str = r#"# A comment that stays.
about = "One child"
schema = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id REFERENCES a(id)); INSERT INTO a VALUES (1); INSERT INTO b VALUES (2, 1)"
databases = ["sqlite"]
because = "one is enough here"
spec = "{ a { id b @selectin { id } } }"   # so does this
"#;

const GENERATED: &str = r#"statements = 2
waves = 2
sql = [
  '''SELECT 'it''s' FROM "a"''',
  '''SELECT 2''',
]
plan = '''
plan
  of two lines
'''
result = '''
[
  {"id":1,"b":[{"id":2}]}
]
'''
"#;

#[test]
fn an_update_keeps_what_people_wrote() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("case.toml");
    std::fs::write(&path, WRITTEN).unwrap();
    let read = || CorpusCase::read(path.clone());
    let right = Fake { wrong_under: None };

    let problem = read().check_result(false).unwrap_err();
    assert!(problem.contains("the file says\nnothing"), "{problem}");
    let problem = read().check_engine(&right, false).unwrap_err();
    assert!(problem.contains("`plan` is now") && problem.contains("UPDATE=1"), "{problem}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), WRITTEN, "nothing is written unasked");

    read().check_result(true).unwrap();
    read().check_engine(&right, true).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{WRITTEN}{GENERATED}"));
    read().check_result(false).unwrap();
    read().check_engine(&right, false).unwrap();
}

#[test]
fn an_engine_that_is_wrong_under_one_strategy_is_caught_and_writes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("case.toml");
    std::fs::write(&path, WRITTEN).unwrap();
    let wrong = Fake { wrong_under: Some(Strategy::Joined) };
    let problem = CorpusCase::read(path.clone()).check_engine(&wrong, true).unwrap_err();
    assert!(problem.contains("[joined] another result"), "{problem}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), WRITTEN);
}
