//! The last words of a test run: what could not run, with a count. It is a program of its own because it has to come
//! after all tests.
#![allow(clippy::print_stdout)]

fn main() {
    println!("\n{}", eagerly_tests::servers::report());
}
