//! What every peer can do: load, be timed at it, and say what it loaded.

use crate::digest::Digest;
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Which posts are loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All but the one with the primary key 1, so that nobody can do without key lists.
    Keyed,
    /// All.
    Whole,
}

impl Form {
    /// Its name in reports, and for peers that are programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyed => "keyed",
            Self::Whole => "whole",
        }
    }
}

/// A load in this process. The blanket [`Peer`] times it.
pub trait Load {
    /// What is loaded, ready to be used.
    type Posts;

    /// Loads once, on a connection that is open.
    ///
    /// # Errors
    /// Whatever the peer fails with.
    fn load(&mut self) -> Result<Self::Posts>;

    /// Writes down all that was loaded.
    ///
    /// # Errors
    /// A relationship that is not there.
    fn digest(posts: &Self::Posts, digest: &mut Digest) -> Result<()>;
}

/// One competitor with an open connection to one file.
pub trait Peer {
    /// Loads so many times in a row; each time includes dropping the result.
    ///
    /// # Errors
    /// Whatever the peer fails with.
    fn time(&mut self, loads: u32) -> Result<Vec<Duration>>;

    /// Loads once, and digests the result.
    ///
    /// # Errors
    /// Whatever the peer fails with.
    fn digest(&mut self) -> Result<String>;

    /// The statements that a load sends, where the peer counts them itself.
    ///
    /// # Errors
    /// Whatever the peer fails with.
    fn statements(&mut self) -> Result<Option<u64>> {
        Ok(None)
    }
}

impl<L: Load> Peer for L {
    fn time(&mut self, loads: u32) -> Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(loads as usize);
        for _ in 0..loads {
            let start = Instant::now();
            drop(black_box(self.load()?));
            times.push(start.elapsed());
        }
        Ok(times)
    }

    fn digest(&mut self) -> Result<String> {
        let mut digest = Digest::default();
        L::digest(&self.load()?, &mut digest)?;
        Ok(digest.finish())
    }
}

/// What a competitor is compared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Eagerly's result as it is.
    Eagerly,
    /// Eagerly's result as structs that own what they hold.
    EagerlyOwned,
    /// The load by hand that keyed loads are measured against.
    Baseline,
    /// The load by hand that loads of whole tables are measured against.
    Floor,
    /// The load by hand into structs that own what they hold.
    BaselineOwned,
    /// Other statements by hand: what else an expert could write.
    ByHand,
    /// Other statements by hand into structs that own what they hold.
    ByHandOwned,
    /// Somebody else's.
    Peer,
}

impl Role {
    /// Whether it is Eagerly or a load by hand.
    #[must_use]
    pub fn is_ours(self) -> bool {
        self != Self::Peer
    }
}

/// A competitor: its name, and how it opens a file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its row in the table.
    pub name: &'static str,
    /// What it is compared as.
    pub role: Role,
    /// Whether it loads this form at all.
    pub forms: &'static [Form],
    /// Opens a file for a form.
    pub open: Open,
}

/// How a competitor is started.
#[derive(Clone, Debug)]
pub enum Open {
    /// In this process.
    Here(fn(&Path, Form) -> Result<Box<dyn Peer>>),
    /// As a program: its path and first arguments. File and form follow.
    Program(Vec<String>),
}
