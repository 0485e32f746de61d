//! The simulator, with fixed seeds: a minute of histories of I/O. A binary of its own, since it counts memory.
//!
//! | variable | |
//! |---|---|
//! | `EAGERLY_SEED=n` | the history of that seed alone, as small as it becomes |
//! | `EAGERLY_FROM=n` | the first seed |
//! | `EAGERLY_HISTORIES=n` | so many histories |
//! | `EAGERLY_SECONDS=n` | as many as that time allows |
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)]

use eagerly_tests::simulate::{Simulator, Told, many};
use std::time::{Duration, Instant};

/// Histories of the normal run.
const HISTORIES: u64 = 4_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|n| n.parse().expect("a number"))
}

fn measure(of: &mut dyn FnMut()) -> i64 {
    allocation_counter::measure(of).bytes_current
}

#[test]
fn every_history_ends_in_the_oracles_graph_or_in_an_error_that_says_where() {
    std::panic::set_hook(Box::new(|_| {}));
    let simulator = Simulator::new(Some(measure));
    if let Some(seed) = number("EAGERLY_SEED") {
        let failure = simulator.explain(seed);
        let _ = std::panic::take_hook();
        return if let Some(failure) = failure {
            panic!("{failure}")
        };
    }
    let (from, time) = (number("EAGERLY_FROM").unwrap_or(0), number("EAGERLY_SECONDS").map(Duration::from_secs));
    let histories = number("EAGERLY_HISTORIES").unwrap_or(if time.is_some() { 1 << 40 } else { HISTORIES });
    let start = Instant::now();
    let told = many(from..from + histories, time, Some(measure));
    let seconds = start.elapsed().as_secs_f64();
    let explained = told.failures.first().map(|(seed, what)| {
        let small = simulator.explain(*seed);
        small.unwrap_or_else(|| format!("seed {seed}, among others only: {what}"))
    });
    let _ = std::panic::take_hook();
    let rate = told.histories as f64 / seconds * 3_600.0;
    eprintln!("{} histories in {seconds:.1} s, {rate:.0} an hour, median {} statements", told.histories, told.median());
    if std::env::var_os("EAGERLY_TRAITS").is_some() {
        eprintln!("{:#?}\n{:?}", told.traits, told.statements);
    }
    if let Some(text) = explained {
        panic!("{text}\nseeds that fail: {:?}", told.failures.iter().map(|(seed, _)| seed).collect::<Vec<_>>());
    }
    if time.is_none() && told.histories >= HISTORIES {
        check_shares(&told);
    }
}

/// A seed is a history, byte for byte: whatever ran before it, and on whichever thread.
#[test]
fn a_seed_gives_one_history() {
    let all = || (0..40).map(|n| Simulator::new(None).events(n * 7 % 40)).collect::<Vec<_>>();
    let other = std::thread::spawn(all).join().expect("events");
    assert_eq!(all(), other);
    let mut simulator = Simulator::new(None);
    let after: Vec<bool> = (0..16).rev().map(|seed| simulator.history(seed).is_ok()).collect();
    assert_eq!(after, [true; 16]);
}

/// The histories are of all kinds, and most are long enough to go wrong.
fn check_shares(told: &Told) {
    assert!(told.median() >= 3, "{:?}", told.statements);
    let kinds = [
        "sqlite",
        "postgres",
        "mysql",
        "mariadb",
        "torn Rows",
        "torn Values",
        "session",
        "Refused",
        "Cancelled",
        "Lost",
        "TimedOut",
        "MaxRows",
        "MaxBytes",
        "BadCell",
        "Narrow",
        "Wide",
        "OtherType",
        "Twice",
        "OtherRun",
        "RowAfterEnd",
        "EndTwice",
        "FinishEarly",
        "OneRoundTrip",
    ];
    let rare: Vec<&str> =
        kinds.into_iter().filter(|kind| told.traits.get(*kind).copied().unwrap_or(0) < told.histories / 200).collect();
    assert!(rare.is_empty(), "the simulator is vacuous: {rare:?}\n{:#?}", told.traits);
}
