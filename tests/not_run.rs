//! The last words of a test run: what could not run, with a count. A program of its own, since it has to come after all
//! tests; a test, so that the runner's summary stands at the very end.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;

#[test]
fn what_could_not_run_is_told() {
    // The runner keeps what a test prints by macro, and shows it only where the test fails.
    writeln!(std::io::stdout(), "\n{}", eagerly_tests::servers::report()).unwrap();
}
