//! What reviewers would otherwise say: formatting, lints and documentation, as tests, so that one command tells all.
//!
//! They call cargo on this workspace, with the toolchain that runs the tests and the target directory it has.

use std::process::Command;

fn cargo(arguments: &[&str], environment: &[(&str, &str)]) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let all = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "cargo {}\n{all}", arguments.join(" "));
}

#[test]
fn the_code_is_formatted() {
    cargo(&["fmt", "--all", "--check"], &[]);
}

#[test]
fn clippy_has_nothing_to_say() {
    cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[]);
}

#[test]
fn the_documentation_builds_without_warnings() {
    let document = |packages: &[&str]| {
        cargo(&[&["doc", "--no-deps", "--quiet"], packages].concat(), &[("RUSTDOCFLAGS", "-D warnings")]);
    };
    // The library and the program are both called `eagerly`, and their pages go to one folder: never at the same time.
    document(&["--workspace", "--exclude", "eagerly-cli"]);
    document(&["--package", "eagerly-cli"]);
}

#[test]
fn the_examples_of_the_documentation_run() {
    cargo(&["test", "--doc", "--workspace", "--exclude", "eagerly-tests", "--quiet"], &[]);
}
