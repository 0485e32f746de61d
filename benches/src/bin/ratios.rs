//! Eagerly against the load by hand on SQLite: one run of each in turn, medians and their ratio, equal results.
//! The contract is with the load in three statements; the ratio to the best by hand of each size is told beside it. Ends
//! with 1 where a contract is missed.
//!
//! ```text
//! cargo run --release -p eagerly-benches --bin ratios [-- POSTS…]
//! ```
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use eagerly::ResultGraph;
use eagerly_benches::by_hand::{self, ResultHash};
use eagerly_benches::{Blog, eager};
use rusqlite::Connection;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The time of a load, its result dropped within. Each turn loads twice, and the second one is timed: the first pays for
/// what the load before it has left in the allocator, which nobody pays who loads the same again and again.
type Load<'l> = &'l dyn Fn() -> Duration;

fn timed<T>(load: impl Fn() -> T) -> impl Fn() -> Duration {
    move || {
        drop(load());
        let start = Instant::now();
        drop(load());
        start.elapsed()
    }
}

/// The medians of loads that run in turn, each the first of a round as often as the others.
fn medians(rounds: usize, loads: &[Load<'_>]) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); loads.len()];
    for round in 0..rounds {
        for turn in 0..loads.len() {
            let index = (round + turn) % loads.len();
            times[index].push(loads[index]());
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    times.into_iter().map(median).collect()
}

/// Holds Eagerly against the loads by hand. The first of them is the contract's, which it may take `most` of; the ratio
/// to the best of them is told beside it. Says whether the contract is met.
fn compare(name: &str, posts: u32, most: f64, eagerly: Load<'_>, by_hand: &[(&str, Load<'_>)]) -> bool {
    let rounds = (400_000 / posts).clamp(9, 4_001) as usize;
    let loads: Vec<Load<'_>> = std::iter::once(eagerly).chain(by_hand.iter().map(|(_, load)| *load)).collect();
    let times: Vec<f64> = medians(rounds, &loads).iter().map(|time| time.as_secs_f64() * 1e3).collect();
    let (eagerly, times) = (times[0], &times[1..]);
    let (contract, ratio) = (times[0], eagerly / times[0]);
    let verdict = if ratio <= most { "" } else { "  missed" };
    print!("{name:<6} {posts:>6} posts  eagerly {eagerly:>9.4} ms  {} {contract:>9.4} ms", by_hand[0].0);
    print!("  {ratio:>5.3} of {most}");
    let best = by_hand.iter().zip(times).min_by(|(_, one), (_, other)| one.total_cmp(other));
    if let Some(((best, _), time)) = best.filter(|_| by_hand.len() > 1) {
        print!("  best by hand: {best} {time:>9.4} ms  {:>5.3}", eagerly / time);
    }
    println!("{verdict}");
    ratio <= most
}

/// Says whether all contracts of that size are met.
fn measure(connection: &Connection, posts: u32) -> bool {
    use by_hand::rusqlite::{joined, keyed, owned, owned_targets_once, targets_once, whole};
    let (plan, plan_of_whole) =
        (eager::plan(connection, eager::KEYED).unwrap(), eager::plan(connection, eager::WHOLE).unwrap());
    let load = |plan| eagerly_rusqlite::load(connection, plan).unwrap();
    equal(connection, &load(&plan), &load(&plan_of_whole));

    let most = match posts {
        ..100 => 1.3,
        100..1_000 => 1.1,
        _ => 0.9,
    };
    let by_hand: [(&str, Load<'_>); 3] = [
        ("keyed", &timed(|| keyed(connection, 1).unwrap())),
        ("joined", &timed(|| joined(connection, 1).unwrap())),
        ("targets_once", &timed(|| targets_once(connection, 1).unwrap())),
    ];
    let mut met = compare("keyed", posts, most, &timed(|| load(&plan)), &by_hand);
    if posts >= 1_000 {
        let by_hand: [(&str, Load<'_>); 1] = [("whole", &timed(|| whole(connection).unwrap()))];
        met &= compare("whole", posts, most, &timed(|| load(&plan_of_whole)), &by_hand);
        let by_hand: [(&str, Load<'_>); 2] = [
            ("owned", &timed(|| owned(connection, 1).unwrap())),
            ("owned_targets_once", &timed(|| owned_targets_once(connection, 1).unwrap())),
        ];
        met &= compare("owned", posts, 1.1, &timed(|| eager::owned(&load(&plan)).unwrap()), &by_hand);
    }
    met
}

/// All load the same.
fn equal(connection: &Connection, keyed: &ResultGraph, whole: &ResultGraph) {
    use by_hand::rusqlite;
    let hash = eager::hash(keyed).unwrap();
    for load in [rusqlite::keyed, rusqlite::joined, rusqlite::targets_once] {
        assert_eq!(ResultHash::shared(&load(connection, 1).unwrap()), hash);
    }
    for load in [rusqlite::owned, rusqlite::owned_targets_once] {
        assert_eq!(ResultHash::owned(&load(connection, 1).unwrap()), hash);
    }
    assert_eq!(ResultHash::owned(&eager::owned(keyed).unwrap()), hash);
    assert_eq!(ResultHash::shared(&rusqlite::whole(connection).unwrap()), eager::hash(whole).unwrap());
}

fn main() -> ExitCode {
    let asked: Vec<u32> = std::env::args().skip(1).map(|posts| posts.parse().unwrap()).collect();
    let sizes = if asked.is_empty() { vec![2, 100, 1_000, 10_000, 40_000] } else { asked };
    let directory = tempfile::tempdir().unwrap();
    let mut met = true;
    for posts in sizes {
        let path = directory.path().join(format!("{posts}.sqlite"));
        let connection = Blog::of(posts).in_file(&path).unwrap();
        met &= measure(&connection, posts);
    }
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
