//! One file, all peers open on it, one turn of each per round, in an order that is dealt anew each round, so that nobody
//! always comes after the same neighbour, whose traces in the processor's caches it would meet. Medians.

use crate::peer::{Entry, Form, Open, Peer, Role};
use crate::peers::program::Program;
use crate::report::{Cell, Loaded, Outcome};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The rounds of a peer that is not slow.
    pub rounds: u32,
    /// The time after which a slow peer sits out rounds.
    pub budget: Duration,
}

/// A peer that needs longer than this for a load is timed once.
const TOO_SLOW: Duration = Duration::from_secs(20);

/// A turn of a fast peer lasts about as long as this: a load of microseconds is repeated.
const TURN: Duration = Duration::from_micros(800);

/// What was counted of a load elsewhere, by peer.
pub type Counts = BTreeMap<String, Count>;

/// What a load sends and allocates.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Count {
    /// The statements that it sends.
    pub statements: u64,
    /// Its allocations for each post.
    pub allocations: f64,
}

struct Runner<'e> {
    entry: &'e Entry,
    state: State,
}

enum State {
    Running(Running),
    Failed(String),
}

struct Running {
    peer: Box<dyn Peer>,
    /// Loads of a turn that are timed. One before them is not: it fills the processor's caches, and pays for what the
    /// peer before it has left in the allocator.
    loads: u32,
    /// How many rounds it takes part in.
    turns: u32,
    times: Vec<Duration>,
    statements: Option<u64>,
}

/// Measures all peers that know a form on one file of so many posts.
///
/// # Errors
/// Peers that load different things, and a load by hand that fails.
pub fn measure(
    entries: &[Entry],
    path: &Path,
    form: Form,
    posts: u32,
    effort: Effort,
    counts: &Counts,
) -> Result<Vec<Cell>> {
    let mut runners: Vec<Runner<'_>> = Vec::new();
    let mut expected: Option<(String, &str)> = None;
    for entry in entries.iter().filter(|entry| entry.forms.contains(&form)) {
        let state = match warm(entry, path, form, effort) {
            Ok((running, digest)) => {
                match &expected {
                    Some((all, first)) if *all != digest => {
                        bail!("{} and {first} loaded different things ({posts} posts, {})", entry.name, form.name())
                    }
                    Some(_) => {}
                    None => expected = Some((digest, entry.name)),
                }
                State::Running(running)
            }
            Err(error) => State::Failed(one_line(&error)),
        };
        runners.push(Runner { entry, state });
    }
    rounds(&mut runners, effort);
    let by_hand = baseline(&runners, form).context("the load by hand failed")?;
    Ok(runners.into_iter().map(|runner| cell(runner, form, posts, by_hand, counts)).collect())
}

/// Opens a peer, loads once for the digest and once to see how long it takes.
fn warm(entry: &Entry, path: &Path, form: Form, effort: Effort) -> Result<(Running, String)> {
    let mut peer: Box<dyn Peer> = match &entry.open {
        Open::Here(open) => open(path, form)?,
        Open::Program(command) => Box::new(Program::start(command, path, form)?),
    };
    let digest = peer.digest()?;
    let statements = peer.statements()?;
    let first = peer.time(1)?;
    let one = *first.first().context("no time")?;
    let fitting = |whole: Duration| u32::try_from(whole.as_nanos() / one.as_nanos().max(1)).unwrap_or(u32::MAX);
    let loads = fitting(TURN).clamp(1, 32);
    let slow = one > TOO_SLOW;
    let turns = if slow { 0 } else { (fitting(effort.budget) / (1 + loads)).clamp(3, effort.rounds) };
    // The first load of a slow peer is the only one that counts.
    let times = if slow { first } else { Vec::new() };
    Ok((Running { peer, loads, turns, times, statements }, digest))
}

fn rounds(runners: &mut [Runner<'_>], effort: Effort) {
    let mut order: Vec<usize> = (0..runners.len()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15;
    for round in 0..effort.rounds {
        shuffle(&mut order, &mut random);
        for index in &order {
            let runner = &mut runners[*index];
            let State::Running(running) = &mut runner.state else { continue };
            // A peer with fewer turns takes them all over the rounds.
            let due = |round: u32| u64::from(round) * u64::from(running.turns) / u64::from(effort.rounds);
            if due(round) == due(round + 1) {
                continue;
            }
            match running.peer.time(1 + running.loads) {
                Ok(times) => running.times.extend(times.into_iter().skip(1)),
                Err(error) => runner.state = State::Failed(one_line(&error)),
            }
        }
    }
}

/// Fisher and Yates' shuffle, with Marsaglia's xorshift: the same orders each time.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}

/// The median of the load by hand that a form is measured against.
fn baseline(runners: &[Runner<'_>], form: Form) -> Option<Duration> {
    let role = match form {
        Form::Keyed => Role::Baseline,
        Form::Whole => Role::Floor,
    };
    runners.iter().find(|runner| runner.entry.role == role).and_then(|runner| match &runner.state {
        State::Running(running) => median(&running.times),
        State::Failed(_) => None,
    })
}

fn cell(runner: Runner<'_>, form: Form, posts: u32, by_hand: Duration, counts: &Counts) -> Cell {
    let Entry { name, role, .. } = *runner.entry;
    let outcome = match runner.state {
        State::Failed(error) => Outcome::Failed(error),
        State::Running(running) => match median(&running.times) {
            None => Outcome::Failed("no time".to_owned()),
            Some(median) => {
                let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
                let least = running.times.iter().min().copied().unwrap_or_default();
                let most = running.times.iter().max().copied().unwrap_or_default();
                let counted = counts.get(&key(name, form, posts));
                Outcome::Loaded(Loaded {
                    median_ms: ms(median),
                    range_ms: (ms(least), ms(most)),
                    ratio: median.as_secs_f64() / by_hand.as_secs_f64(),
                    loads: running.times.len(),
                    statements: running.statements.or(counted.map(|count| count.statements)),
                    allocations: counted.map(|count| count.allocations),
                })
            }
        },
    };
    Cell { form, posts, peer: name.to_owned(), role, outcome }
}

/// Where a count is kept.
#[must_use]
pub fn key(peer: &str, form: Form, posts: u32) -> String {
    format!("{peer}, {}, {posts}", form.name())
}

fn median(times: &[Duration]) -> Option<Duration> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

/// An error as one line, without the middle of one that has a whole statement in it.
fn one_line(error: &anyhow::Error) -> String {
    const END: usize = 120;
    let line = format!("{error:#}").lines().collect::<Vec<_>>().join(" ");
    let characters: Vec<char> = line.chars().collect();
    if characters.len() <= 2 * END {
        return line;
    }
    let text = |part: &[char]| part.iter().collect::<String>();
    format!("{} … {}", text(&characters[..END]), text(&characters[characters.len() - END..]))
}

/// How long something took, for progress.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}
