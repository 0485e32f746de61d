//! Does one case once, for callgrind to count: `budget CASE`. Without a case: the names of all, one a line. With a file
//! and `keyed` or `whole`: loads the blog in it, and prints how many rows are stored.
//!
//! Counting is switched on by entering `measured` (`--toggle-collect`), so that nothing else is counted. Before it a
//! case has run once, so that what is done once in a process is done.
#![allow(clippy::print_stdout)]

use eagerly_benches::cases::load::of_file;
use eagerly_benches::cases::{Work, budgeted};
use std::error::Error;
use std::hint::black_box;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [] => budgeted().for_each(|case| println!("{}", case.name)),
        [name] => {
            let case = budgeted().find(|case| case.name == *name).ok_or_else(|| format!("no case `{name}`"))?;
            (case.prepare)()?()?;
            let done = measured(&mut (case.prepare)()?)?;
            if done != case.expected {
                return Err(format!("{done} came of `{name}`, not {}", case.expected).into());
            }
        }
        [file, keys] => println!("{}", measured(&mut of_file(file.as_ref(), keys == "keyed")?)?),
        _ => return Err("budget [CASE | FILE keyed|whole]".into()),
    }
    Ok(())
}

#[inline(never)]
fn measured(work: &mut Work) -> eagerly::error::Result<u64> {
    black_box(work())
}
