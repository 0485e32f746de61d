//! Eagerly against the load by hand on SQLite: one run of each in turn, medians and their ratio, equal results.
//!
//! ```text
//! cargo run --release -p eagerly-benches --bin ratios [-- POSTS…]
//! ```
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use eagerly_benches::by_hand::{self, ResultHash};
use eagerly_benches::{Blog, eager};
use rusqlite::Connection;
use std::time::{Duration, Instant};

/// Measures two loads in turn; the results are dropped within the time.
fn compare<A, B>(rounds: u32, mut first: impl FnMut() -> A, mut second: impl FnMut() -> B) -> (Duration, Duration) {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Each is the first of a round as often as the other.
        if round % 2 == 0 {
            firsts.push(time(&mut || drop(first())));
            seconds.push(time(&mut || drop(second())));
        } else {
            seconds.push(time(&mut || drop(second())));
            firsts.push(time(&mut || drop(first())));
        }
    }
    firsts.sort_unstable();
    seconds.sort_unstable();
    (firsts[firsts.len() / 2], seconds[seconds.len() / 2])
}

fn line(name: &str, posts: u32, (eager, by_hand): (Duration, Duration), most: f64) {
    let ratio = eager.as_secs_f64() / by_hand.as_secs_f64();
    let (eager, by_hand) = (eager.as_secs_f64() * 1e3, by_hand.as_secs_f64() * 1e3);
    let verdict = if ratio <= most { "" } else { "  missed" };
    println!(
        "{name:<7} {posts:>7} posts  eagerly {eager:>9.4} ms  by hand {by_hand:>9.4} ms  {ratio:>5.3} of {most}{verdict}"
    );
}

fn measure(connection: &Connection, posts: u32) {
    let (keyed, whole) =
        (eager::plan(connection, eager::KEYED).unwrap(), eager::plan(connection, eager::WHOLE).unwrap());
    let load = |plan| eagerly_rusqlite::load(connection, plan).unwrap();
    let rounds = (400_000 / posts).clamp(9, 4_001);

    let hash = ResultHash::shared(&by_hand::rusqlite::keyed(connection, 1).unwrap());
    assert_eq!(eager::hash(&load(&keyed)).unwrap(), hash);
    assert_eq!(ResultHash::owned(&by_hand::rusqlite::owned(connection, 1).unwrap()), hash);
    assert_eq!(ResultHash::owned(&eager::owned(&load(&keyed)).unwrap()), hash);
    let hash = ResultHash::shared(&by_hand::rusqlite::whole(connection).unwrap());
    assert_eq!(eager::hash(&load(&whole)).unwrap(), hash);

    let most = match posts {
        ..100 => 1.3,
        100..1_000 => 1.1,
        _ => 0.9,
    };
    let times = compare(rounds, || load(&keyed), || by_hand::rusqlite::keyed(connection, 1).unwrap());
    line("keyed", posts, times, most);
    if posts >= 1_000 {
        line("whole", posts, compare(rounds, || load(&whole), || by_hand::rusqlite::whole(connection).unwrap()), most);
        let owned = || eager::owned(&load(&keyed)).unwrap();
        line("owned", posts, compare(rounds, owned, || by_hand::rusqlite::owned(connection, 1).unwrap()), 1.1);
    }
}

fn main() {
    let asked: Vec<u32> = std::env::args().skip(1).map(|posts| posts.parse().unwrap()).collect();
    let sizes = if asked.is_empty() { vec![2, 100, 1_000, 10_000, 40_000] } else { asked };
    let directory = tempfile::tempdir().unwrap();
    for posts in sizes {
        let path = directory.path().join(format!("{posts}.sqlite"));
        let connection = Blog::of(posts).in_file(&path).unwrap();
        measure(&connection, posts);
    }
}
