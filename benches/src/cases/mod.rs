//! What benchmarks and budgets share: pieces of work. Data, plans and all that is done once are prepared outside of what
//! is measured.

pub mod bind;
pub mod load;
pub mod plan;
pub mod planning;
pub mod replay;
pub mod stitch;

use eagerly::error::Result;

/// A piece of work. It tells how much came of it: it is easy to be fast by doing nothing.
pub type Work = Box<dyn FnMut() -> Result<u64>>;

/// A piece of work with a budget, in `budget.toml`.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// Makes it. The work can be done [`Case::repeats`] times.
    pub prepare: fn() -> Result<Work>,
    /// How much must come of it, each time.
    pub expected: u64,
    /// How often it is done where instructions are counted: more than once where they differ from time to time, so that
    /// their mean does not.
    pub repeats: u32,
}

/// All that have a budget.
pub fn budgeted() -> impl Iterator<Item = Case> {
    planning::CASES.into_iter().chain(bind::CASES).chain(stitch::CASES).chain(load::CASES)
}
