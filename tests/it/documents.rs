//! The documents in `docs/` say what holds: every rule in them names the tests that show it, and every example in them
//! runs over `docs/blog.sql`.
//!
//! A rule is a paragraph, an item of a list or a row of a table. Its tests stand behind it in a comment that readers do
//! not see, `<!-- test: corpus/recurse_depth_2, contract::options::two_equal_output_keys_are_an_error -->`. What
//! introduces an example or a list ends with a colon and is no rule; nor is what says `<!-- no rule -->`, or the first
//! paragraph of a document.
//!
//! Commands (`console`) are run by `documents` of the program's tests, and Rust by `cargo test --doc`.

mod examples;
mod markdown;
mod named;

use markdown::{Document, Unit};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn documents() -> Vec<Document> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let documents: Vec<Document> = paths.iter().map(|path| Document::read(path)).collect();
    assert!(documents.len() >= 5, "{paths:?}");
    documents
}

#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_rule_names_its_tests() {
    let documents = documents();
    let rules: Vec<(&str, &Unit)> =
        documents.iter().flat_map(|d| d.rules().map(|unit| (d.name.as_str(), unit))).collect();
    assert!(rules.len() > 150, "only {} rules", rules.len());
    let untested = rules.iter().filter(|(_, unit)| unit.tests().is_empty());
    none(&untested.map(|(name, unit)| format!("{name}:{}: no test for: {}", unit.line, unit.text)).collect::<Vec<_>>());
}

#[test]
fn every_named_test_exists() {
    let mut problems = Vec::new();
    for document in documents() {
        for unit in &document.units {
            for test in unit.tests().iter().filter(|test| !named::exists(test)) {
                problems.push(format!("{}:{}: no test `{test}`", document.name, unit.line));
            }
        }
    }
    none(&problems);
}

/// What was written to show a sentence of the contract stands behind that sentence.
#[test]
fn every_test_of_the_contract_is_named() {
    let documents = documents();
    let named: BTreeSet<String> = documents.iter().flat_map(|d| &d.units).flat_map(|unit| unit.tests()).collect();
    let unnamed = named::of_contract().into_iter().filter(|test| !named.contains(test));
    none(&unnamed.collect::<Vec<_>>());
}

#[test]
fn every_example_runs() {
    let documents = documents();
    let mut count = 0;
    let problems: Vec<String> = documents.iter().flat_map(|document| examples::check(document, &mut count)).collect();
    none(&problems);
    assert!(count >= 35, "only {count} examples");
}

#[test]
fn every_code_is_explained() {
    let source = std::fs::read_to_string(root().join("planner/src/error/code.rs")).unwrap();
    let codes = source.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split('"').nth(1));
    let text = std::fs::read_to_string(root().join("docs/errors.md")).unwrap();
    none(&codes.filter(|code| !text.contains(&format!("| `{code}` |"))).map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn every_link_leads_somewhere() {
    let mut problems = Vec::new();
    for document in documents() {
        for (line, target) in document.links() {
            let (path, fragment) = target.split_once('#').unwrap_or((&target, ""));
            let path = if path.is_empty() { document.path.clone() } else { root().join("docs").join(path) };
            let found = path.exists() && (fragment.is_empty() || Document::read(&path).anchors().contains(fragment));
            if !target.contains("://") && !found {
                problems.push(format!("{}:{line}: {target}", document.name));
            }
        }
    }
    none(&problems);
}

#[test]
fn rules_are_found_where_they_stand() {
    let text = "# Title\n\nLead.\n\n## Part\n\nA rule,\non two lines. <!-- test: a::b,\ncorpus/c -->\n\nAn introduction:\n\n\
        - one <!-- test: d -->\n- two\n  of two lines\n\n| a | b |\n|---|---|\n| c | d <!-- test: e --> |\n\n\
        ```text\nNo rule.\n```\n\nSaid. <!-- no rule -->\n";
    let document = Document::parse(Path::new("x.md"), text);
    let rules: Vec<(usize, &str, Vec<String>)> =
        document.rules().map(|unit| (unit.line, unit.text.as_str(), unit.tests())).collect();
    let tests = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        rules.iter().map(|(line, _, tests)| (*line, tests.clone())).collect::<Vec<_>>(),
        [(7, tests(&["a::b", "corpus/c"])), (13, tests(&["d"])), (14, tests(&[])), (19, tests(&["e"])),],
        "{rules:?}"
    );
    assert!(document.anchors().contains("part"));
}
