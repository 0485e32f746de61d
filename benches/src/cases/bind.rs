//! From parents that are there to the statement that asks for their children: distinct keys, and the list that binds them.

use super::stitch::{Keys, Size, recording};
use super::{Case, Work};
use eagerly::error::Result;

/// Ten thousand keys; what comes of it are their number and the binds.
pub const CASES: [Case; 2] = [
    Case { name: "bind-int", prepare: || work(Keys::Integer), expected: KEYS as u64 + 1, repeats: 1 },
    Case { name: "bind-text", prepare: || work(Keys::Text), expected: KEYS as u64 + 1, repeats: 1 },
];

const KEYS: u32 = 10_000;

fn work(keys: Keys) -> Result<Work> {
    let recording = recording(keys, Size { children: KEYS, fan_out: 1 })?;
    let mut run = recording.start(1)?;
    Ok(Box::new(move || Ok(run.ready()?.iter().map(|statement| (statement.keys + statement.binds.len()) as u64).sum())))
}
