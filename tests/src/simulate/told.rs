//! Many histories, and what they came to.

use super::{Done, Measure, Simulator};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

/// What many histories came to.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// How many there were.
    pub histories: u64,
    /// By the number of statements, how many histories sent so many.
    pub statements: BTreeMap<u32, u64>,
    /// How many were of a kind.
    pub traits: BTreeMap<String, u64>,
    /// Seeds that fail, and why.
    pub failures: Vec<(u64, String)>,
}

impl Told {
    /// Half of the histories sent so many statements or fewer.
    #[must_use]
    pub fn median(&self) -> u32 {
        let mut left = self.histories / 2;
        let at = |(count, histories): (&u32, &u64)| {
            let here = left < *histories;
            left = left.saturating_sub(*histories);
            here.then_some(*count)
        };
        self.statements.iter().find_map(at).unwrap_or(0)
    }

    fn add(&mut self, done: Done) {
        *self.statements.entry(done.statements).or_default() += 1;
        done.traits.into_iter().for_each(|name| *self.traits.entry(name).or_default() += 1);
    }

    fn join(mut self, other: Self) -> Self {
        self.histories += other.histories;
        other.statements.into_iter().for_each(|(n, count)| *self.statements.entry(n).or_default() += count);
        other.traits.into_iter().for_each(|(name, count)| *self.traits.entry(name).or_default() += count);
        self.failures.extend(other.failures);
        self.failures.sort();
        self
    }
}

/// Runs the histories of seeds on two threads, until one has failed or the time is over.
///
/// # Panics
/// When a thread cannot be joined.
#[must_use]
pub fn many(seeds: Range<u64>, time: Option<Duration>, measure: Option<Measure>) -> Told {
    let start = Instant::now();
    let middle = seeds.start + seeds.end.saturating_sub(seeds.start) / 2 / super::WORLD * super::WORLD;
    let of = move |seeds: Range<u64>| {
        let mut told = Told::default();
        let mut simulator = Simulator::new(measure);
        for seed in seeds {
            if time.is_some_and(|time| start.elapsed() > time) || !told.failures.is_empty() {
                break;
            }
            told.histories += 1;
            match simulator.history(seed) {
                Ok(done) => told.add(done),
                Err(what) => told.failures.push((seed, what)),
            }
        }
        told
    };
    std::thread::scope(|threads| {
        let other = threads.spawn(move || of(middle..seeds.end));
        of(seeds.start..middle).join(other.join().expect("the other half"))
    })
}
