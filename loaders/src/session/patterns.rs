//! Lazy loads that should have been one: the N+1 pattern, by the path of the relationship.

use super::{Lazy, Session};
use crate::graph::ResultGraph;
use std::fmt;

/// From how many loads of one lazy relationship on they are told of.
const TOLD_FROM: u64 = 3;

/// A relationship that was loaded lazily again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NPlusOne {
    /// Its path, `post.comments`.
    pub path: String,
    /// How many lazy loads of it sent statements.
    pub loads: u64,
    /// For how many rows.
    pub rows: u64,
    /// For what it was loaded each time.
    pub scope: Scope,
}

/// For which rows a lazy load is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// All rows of the load node: the rows were themselves loaded by so many loads.
    Siblings,
    /// One row.
    One,
}

/// The lazy loads of a session.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// By path and scope, those that were told of first.
    all: Vec<NPlusOne>,
}

impl Patterns {
    /// Counts a lazy load that has sent statements.
    pub(super) fn count(&mut self, lazy: &Lazy<'_>, graph: &ResultGraph) {
        if graph.owned().is_none_or(|owned| owned.statements == 0) {
            return;
        }
        let (path, scope) = (lazy.path(), if lazy.one { Scope::One } else { Scope::Siblings });
        let rows = lazy.locals().count() as u64;
        match self.all.iter_mut().find(|known| known.path == path && known.scope == scope) {
            Some(known) => {
                known.loads += 1;
                known.rows += rows;
            }
            None => self.all.push(NPlusOne { path, loads: 1, rows, scope }),
        }
    }
}

impl Session<'_> {
    /// How many lazy loads have sent statements.
    #[must_use]
    pub fn lazy_loads(&self) -> u64 {
        self.patterns.all.iter().map(|pattern| pattern.loads).sum()
    }

    /// The relationships that were loaded lazily so often that one load should have done it, in the order in which they
    /// were first touched.
    pub fn n_plus_one(&self) -> impl Iterator<Item = &NPlusOne> {
        self.patterns.all.iter().filter(|pattern| pattern.loads >= TOLD_FROM)
    }
}

impl fmt::Display for NPlusOne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, loads, rows, scope } = self;
        let name = path.rsplit('.').next().unwrap_or(path);
        write!(f, "N+1: `{path}` was loaded lazily {loads} times, for {rows} rows; ")?;
        match scope {
            Scope::Siblings => write!(f, "load it with its rows: `{name} @selectin`"),
            Scope::One => {
                write!(f, "load it for all of them at once, `{name} @lazy`, or with them, `{name} @selectin`")
            }
        }
    }
}
