//! Does one case as often as it says, for callgrind to count: `budget CASE`; or many times, for the best time of one:
//! `budget CASE time`. Without a case: all, a line each, `NAME <tab> times that it is done`. With a file and `keyed` or
//! `whole`: loads the blog in it, and prints how many rows are stored.
//!
//! Counting is switched on by entering `measured` (`--toggle-collect`), so that nothing else is counted. Before it a
//! case has run once, so that what is done once in a process is done.
#![allow(clippy::print_stdout)]

use eagerly_benches::cases::load::of_file;
use eagerly_benches::cases::{Case, Work, budgeted};
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [] => budgeted().for_each(|case| println!("{}\t{}", case.name, case.repeats)),
        [name] => {
            let case = find(name)?;
            (case.prepare)()?()?;
            done(&case)?;
        }
        [name, time] if time == "time" => println!("{:?}", best(&find(name)?)?),
        [file, keys] => println!("{}", measured(&mut of_file(file.as_ref(), keys == "keyed")?, 1)?),
        _ => return Err("budget [CASE [time] | FILE keyed|whole]".into()),
    }
    Ok(())
}

fn find(name: &str) -> Result<Case, String> {
    budgeted().find(|case| case.name == name).ok_or_else(|| format!("no case `{name}`"))
}

/// The best mean of [`Case::repeats`] times: what else the machine does makes it longer, and nothing makes it shorter.
fn best(case: &Case) -> Result<Duration, Box<dyn Error>> {
    let mut best = Duration::MAX;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(3) {
        best = best.min(done(case)? / case.repeats);
    }
    Ok(best)
}

/// Makes a case and does it; the time of the latter.
fn done(case: &Case) -> Result<Duration, Box<dyn Error>> {
    let mut work = (case.prepare)()?;
    let begin = Instant::now();
    let done = measured(&mut work, case.repeats)?;
    let time = begin.elapsed();
    if done != case.expected * u64::from(case.repeats) {
        return Err(format!("{done} came of `{}`, not {} each time", case.name, case.expected).into());
    }
    Ok(time)
}

#[inline(never)]
fn measured(work: &mut Work, repeats: u32) -> eagerly::error::Result<u64> {
    let mut done = 0;
    for _ in 0..repeats {
        done += black_box(work()?);
    }
    Ok(done)
}
