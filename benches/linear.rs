//! A million posts cost ten times what a hundred thousand do: as many statements, and the same instructions and bytes at
//! the peak for each row, give or take a tenth, and an allocation for each 32 KiB at most: a segment of numbers has that
//! size, one of text twice. No time is measured, since caches do not grow with the rows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

use eagerly::{Executed, Run};
use eagerly_benches::{Blog, eager};
use eagerly_tests::budget::{instructions, valgrind};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What a load costs.
#[derive(Clone, Copy, Debug)]
struct Cost {
    statements: usize,
    rows: u64,
    /// `None` where there is no valgrind.
    instructions: Option<u64>,
    peak: u64,
    allocations: u64,
}

fn cost(file: &Path, keys: &str) -> Cost {
    let connection = rusqlite::Connection::open(file).unwrap();
    let spec = if keys == "keyed" { eager::KEYED } else { eager::WHOLE };
    let mut statements = 0;
    let run = Run::new(&eager::plan(&connection, spec).unwrap());
    drop(eagerly_rusqlite::drive(&connection, run, &mut |_: Executed| statements += 1).unwrap());

    let arguments = [file.as_os_str(), OsStr::new(keys)];
    let output = Command::new(env!("CARGO_BIN_EXE_allocations")).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<u64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [rows, peak, allocations] = numbers[..] else { panic!("`allocations` says {text}") };
    let count = |valgrind: &Path| instructions(valgrind, env!("CARGO_BIN_EXE_budget").as_ref(), &arguments).unwrap();
    let instructions = match valgrind() {
        Ok(valgrind) => Some(count(&valgrind)),
        Err(why) => {
            println!("instructions are NOT counted: {why}");
            None
        }
    };
    Cost { statements, rows, instructions, peak, allocations }
}

/// Prints how a cost of each row has grown, which must be by no more than a tenth.
fn linear(name: &str, rows: [u64; 2], costs: [u64; 2]) {
    let [small, large] = [0, 1].map(|i| costs[i] as f64 / rows[i] as f64);
    println!("{name}: {small:.1} a row of {}, {large:.1} a row of {}", rows[0], rows[1]);
    assert!(large <= small * 1.1, "{name} are not linear");
}

fn main() {
    let directory = tempfile::tempdir().unwrap();
    let files = [100_000, 1_000_000].map(|posts| {
        let file = directory.path().join(posts.to_string());
        drop(Blog::of(posts).in_file(&file).unwrap());
        file
    });
    std::thread::scope(|scope| {
        for keys in ["keyed", "whole"] {
            let files = &files;
            scope.spawn(move || {
                let [small, large] = [0, 1].map(|i| cost(&files[i], keys));
                println!("{keys}: {small:?}\n{keys}: {large:?}");
                assert_eq!(small.statements, large.statements, "{keys}");
                let rows = [small.rows, large.rows];
                if let (Some(small), Some(large)) = (small.instructions, large.instructions) {
                    linear(&format!("{keys}: instructions"), rows, [small, large]);
                }
                let most = small.allocations + (large.peak - small.peak) / (32 << 10);
                assert!(large.allocations <= most, "{keys}: {} allocations, at most {most}", large.allocations);
                linear(&format!("{keys}: bytes at the peak"), rows, [small.peak, large.peak]);
            });
        }
    });
}
