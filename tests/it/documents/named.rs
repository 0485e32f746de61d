//! Tests by the names that the documents give them.
//!
//! | name | where |
//! |---|---|
//! | `corpus/recurse_down`, `corpus/equality_*` | `tests/corpus` |
//! | `errors/E0103` | a case of `cli/tests/errors.toml` |
//! | `cli::load::f` | `cli/tests/it/load.rs`, or a test in `cli/src/load.rs` |
//! | `planner::spec::json::tests::f` | `planner/src`, or `planner/tests` |
//! | `rusqlite::snapshot::tests::f` | `drivers/rusqlite/src` |
//! | `postgres::values::f` | `drivers/postgres/tests/it`, or `drivers/postgres/src` |
//! | `mysql::values::f` | `drivers/mysql/tests/live`, or `drivers/mysql/src` |
//! | `stored_plan::f` | `tests/it` |

use super::root;
use std::path::{Path, PathBuf};

/// Whether there is a test of that name.
pub(super) fn exists(name: &str) -> bool {
    if let Some(case) = name.strip_prefix("corpus/") {
        return in_corpus(case);
    }
    if let Some(code) = name.strip_prefix("errors/") {
        let cases = std::fs::read_to_string(root().join("cli/tests/errors.toml")).unwrap();
        return cases.contains(&format!("[[error]]\ncode = \"{code}\""));
    }
    let mut parts: Vec<&str> = name.split("::").collect();
    let Some(function) = parts.pop() else { return false };
    let directories: &[&str] = match parts.first().copied() {
        Some("cli") => &["cli/tests/it", "cli/src"],
        Some("planner") => &["planner/src", "planner/tests"],
        Some("rusqlite") => &["drivers/rusqlite/src"],
        Some("postgres") => &["drivers/postgres/tests/it", "drivers/postgres/src"],
        Some("mysql") => &["drivers/mysql/tests/live", "drivers/mysql/src"],
        _ => &[],
    };
    match directories {
        [] => is_in(&root().join("tests/it"), &parts, function),
        directories => directories.iter().any(|directory| is_in(&root().join(directory), &parts[1..], function)),
    }
}

fn in_corpus(case: &str) -> bool {
    let directory = root().join("tests/corpus");
    match case.strip_suffix('*') {
        None => directory.join(format!("{case}.toml")).exists(),
        Some(start) => std::fs::read_dir(directory)
            .unwrap()
            .any(|entry| entry.unwrap().file_name().to_string_lossy().starts_with(start)),
    }
}

/// Whether a module has the test, in its own file, or in its part `tests` of the file above.
fn is_in(directory: &Path, modules: &[&str], function: &str) -> bool {
    let inline = modules.split_last().filter(|(last, _)| **last == "tests").map(|(_, above)| above);
    [Some(modules), inline].into_iter().flatten().any(|modules| {
        let path = modules.iter().fold(directory.to_owned(), |path, module| path.join(module));
        let files = [path.with_extension("rs"), path.join("mod.rs")];
        files.iter().any(|file| tests_of(file).iter().any(|test| test == function))
    })
}

/// The functions of a file that are tests.
fn tests_of(file: &Path) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(file) else { return Vec::new() };
    let mut tests = Vec::new();
    let mut marked = false;
    for line in text.lines().map(str::trim) {
        if line == "#[test]" {
            marked = true;
        } else if let (true, Some(rest)) = (marked, line.strip_prefix("fn ")) {
            tests.extend(rest.split('(').next().map(str::to_owned));
            marked = false;
        }
    }
    tests
}

/// The tests of `contract`.
pub(super) fn of_contract() -> Vec<String> {
    let directory = root().join("tests/it/contract");
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut names = Vec::new();
    for file in files {
        let module = file.file_stem().unwrap().to_string_lossy().into_owned();
        names.extend(tests_of(&file).iter().map(|test| format!("contract::{module}::{test}")));
    }
    let program = tests_of(&root().join("cli/tests/it/contract.rs"));
    names.extend(program.iter().map(|test| format!("cli::contract::{test}")));
    assert!(names.len() > 30, "{names:?}");
    names
}
