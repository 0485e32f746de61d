//! What reviewers would otherwise say: formatting, lints and documentation, as tests, so that one command tells all.
//!
//! They call cargo on this workspace, with the toolchain that runs the tests and the target directory it has.

use std::process::Command;

/// Runs cargo, and returns what it printed.
fn cargo(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let all = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "cargo {}\n{all}", arguments.join(" "));
    all
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

/// Each feature of the library compiles without the others and without a warning, and none is needed.
#[test]
fn features_stand_alone() {
    for features in ["", "sqlite", "postgres,json", "mysql,text", "toml"] {
        let arguments = ["check", "--package", "eagerly", "--no-default-features", "--features", features, "--quiet"];
        let warnings = cargo(&arguments, &[]);
        assert!(warnings.is_empty(), "with the features `{features}`:\n{warnings}");
    }
}

/// Each driver compiles without its features, its tests too, and without a warning. SQLite's is compiled in elsewhere: a
/// machine need not have the library.
#[test]
fn drivers_stand_without_their_features() {
    for driver in ["eagerly-postgres", "eagerly-mysql"] {
        let arguments = ["clippy", "--package", driver, "--no-default-features", "--all-targets", "--quiet"];
        cargo(&[&arguments[..], &["--", "-D", "warnings"]].concat(), &[]);
    }
    cargo(
        &["clippy", "--package", "eagerly-rusqlite", "--no-default-features", "--quiet", "--", "-D", "warnings"],
        &[],
    );
}

/// Everything that the packages need is there: licences, READMEs, and versions of what they depend on.
#[test]
fn the_packages_are_complete() {
    let outside = ["--exclude", "eagerly-tests", "--exclude", "eagerly-benches"];
    let package = ["package", "--workspace", "--no-verify", "--offline", "--allow-dirty", "--quiet"];
    cargo(&[package.as_slice(), &outside].concat(), &[]);
}

/// Each example of `examples/` runs, and says what it says here.
#[test]
fn the_examples_run() {
    let expected = [
        (
            "structs",
            "Eager loading by Ada, tagged orm, sql\nLazy Sundays by Grace, tagged orm\nOrphans by nobody, tagged \n",
        ),
        (
            "own_connection",
            "[{\"name\":\"Ada\",\"post\":[{\"title\":\"Eager loading\"}]},\
             {\"name\":\"Grace\",\"post\":[{\"title\":\"Lazy Sundays\"}]}]\n",
        ),
        (
            "stored_plan",
            "[{\"name\":\"Ada\",\"post\":[{\"title\":\"Eager loading\",\"tag\":[{\"slug\":\"orm\"},{\"slug\":\"sql\"}]}]}]\n",
        ),
    ];
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");
    let files = std::fs::read_dir(directory).unwrap().count();
    assert_eq!(files, expected.len(), "an example without an expectation");
    for (example, output) in expected {
        let printed = cargo(&["run", "--quiet", "--example", example], &[]);
        assert!(printed.contains(output), "{example} printed\n{printed}");
    }
}
