//! What was measured, as data: `results.json` is this.

mod markdown;
mod plot;

pub use markdown::markdown;
pub use plot::plot;

use crate::peer::{Form, Role};
use serde::{Deserialize, Serialize};

/// All that is told of one command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The processor and what runs on it.
    pub machine: String,
    /// The day.
    pub date: String,
    /// The commit, and whether the tree was changed.
    pub commit: String,
    /// What was compared.
    pub versions: Vec<String>,
    /// What is not in the table, and why.
    pub absent: Vec<String>,
    /// The same measured again, each on its own.
    pub runs: Vec<Run>,
}

/// Everything once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// One for each form, size and peer.
    pub cells: Vec<Cell>,
    /// What was demanded, and whether it is so.
    pub verdicts: Vec<Verdict>,
    /// Eagerly beside the best load by hand of each size, whatever its statements: information, not a demand.
    pub best_by_hand: Vec<Note>,
}

/// One peer at one size.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// Which posts.
    pub form: Form,
    /// The number of posts that are loaded.
    pub posts: u32,
    /// The peer's row.
    pub peer: String,
    /// What it is compared as.
    pub role: Role,
    /// How it went.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How a peer did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It loaded what the others loaded.
    Loaded(Loaded),
    /// It failed, with this error.
    Failed(String),
}

/// A load that worked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Loaded {
    /// The median time of a load, in milliseconds, dropping the result included.
    pub median_ms: f64,
    /// The fastest and the slowest, in milliseconds.
    pub range_ms: (f64, f64),
    /// The median over that of the load by hand: keys for the keyed form, scans for whole tables.
    pub ratio: f64,
    /// The loads that were timed.
    pub loads: usize,
    /// The statements that a load sends.
    pub statements: Option<u64>,
    /// The allocations of a load for each post, outside of SQLite.
    pub allocations: Option<f64>,
}

/// What is told and not judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was compared.
    pub what: String,
    /// What was measured.
    pub measured: String,
}

/// One demand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Verdict {
    /// What is demanded.
    pub demand: String,
    /// What was measured.
    pub measured: String,
    /// Whether it is met.
    pub met: bool,
}

impl Cell {
    /// The load, if it worked.
    #[must_use]
    pub fn loaded(&self) -> Option<&Loaded> {
        match &self.outcome {
            Outcome::Loaded(loaded) => Some(loaded),
            Outcome::Failed(_) => None,
        }
    }
}

impl Run {
    /// The sizes of a form, ascending.
    #[must_use]
    pub fn sizes(&self, form: Form) -> Vec<u32> {
        let mut sizes: Vec<u32> = self.cells.iter().filter(|c| c.form == form).map(|c| c.posts).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// The peers of a form, in the order of the table.
    #[must_use]
    pub fn peers(&self, form: Form) -> Vec<&str> {
        let mut peers: Vec<&str> = Vec::new();
        for cell in self.cells.iter().filter(|c| c.form == form) {
            if !peers.contains(&cell.peer.as_str()) {
                peers.push(&cell.peer);
            }
        }
        peers
    }

    /// The cell of a peer at a size.
    #[must_use]
    pub fn cell(&self, form: Form, posts: u32, peer: &str) -> Option<&Cell> {
        self.cells.iter().find(|c| c.form == form && c.posts == posts && c.peer == peer)
    }
}
