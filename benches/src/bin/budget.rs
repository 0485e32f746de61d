//! Does one case once, for callgrind to count: `budget CASE`. Without a case: the names of all, one a line.
//!
//! Counting is switched on by entering `measured` (`--toggle-collect`), so that nothing else is counted. Before it the
//! case has run once, so that what is done once in a process is done.
#![allow(clippy::print_stdout)]

use eagerly_benches::cases::{Work, budgeted};
use std::error::Error;
use std::hint::black_box;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(name) = std::env::args().nth(1) else {
        budgeted().for_each(|case| println!("{}", case.name));
        return Ok(());
    };
    let case = budgeted().find(|case| case.name == name).ok_or_else(|| format!("no case `{name}`"))?;
    (case.prepare)()?()?;
    let mut work = (case.prepare)()?;
    let done = measured(&mut work)?;
    if done != case.expected {
        return Err(format!("{done} came of `{name}`, not {}", case.expected).into());
    }
    Ok(())
}

#[inline(never)]
fn measured(work: &mut Work) -> eagerly::error::Result<u64> {
    black_box(work())
}
