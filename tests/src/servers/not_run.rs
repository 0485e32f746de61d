//! What could not run, kept in a file from the tests to the program that prints the last lines. Both are started by one
//! cargo, and so is the file's name.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

fn path() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.parent()?.join(format!("not-run-{}", std::os::unix::process::parent_id())))
}

/// Notes that a test could not run on a server.
pub(super) fn record(server: &str, test: &str, why: &str) {
    let why = why.lines().next().unwrap_or_default();
    let file = path().and_then(|path| OpenOptions::new().create(true).append(true).open(path).ok());
    let mut file = file.unwrap_or_else(|| panic!("no file for what could not run: {test} on {server}, {why}"));
    // One write, so that lines of several threads stay whole.
    file.write_all(format!("{test}\t{server}\t{why}\n").as_bytes()).expect("a line for what could not run");
}

/// What could not run in the test run that this process belongs to: how many, which, and why. It is told once.
#[must_use]
pub fn report() -> String {
    let text = path().and_then(|path| {
        let text = fs::read_to_string(&path).ok()?;
        fs::remove_file(path).ok()?;
        Some(text)
    });
    let mut lines: Vec<&str> = text.as_deref().unwrap_or_default().lines().collect();
    lines.sort_unstable();
    lines.dedup();
    let mut report = String::new();
    for line in &lines {
        let [test, server, why] = [0, 1, 2].map(|i| line.split('\t').nth(i).unwrap_or_default());
        let _ = writeln!(report, "not run: {test} on {server}: {why}");
    }
    let tests = if lines.len() == 1 { "test" } else { "tests" };
    let _ = write!(report, "{} {tests} could not run", lines.len());
    report
}
