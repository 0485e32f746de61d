//! Stitching from memory: parents and their children, found by keys of every kind.

use super::replay::Recording;
use super::{Case, Work};
use crate::eager;
use eagerly::ResultGraph;
use eagerly::error::Result;
use eagerly_rusqlite::database_error;
use rusqlite::Connection;

/// What children know their parents by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keys {
    /// An integer, hashed.
    Integer,
    /// A text whose equality is that of bytes, hashed.
    Text,
    /// An integer and a text, hashed.
    Composite,
    /// A text without case: the database compares, and its ordinals lead back.
    Ordinal,
}

/// How large a family is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The number of children.
    pub children: u32,
    /// How many of them a parent has.
    pub fan_out: u32,
}

/// The budgets: ten thousand children, ten of each parent.
pub const CASES: [Case; 2] = [
    Case { name: "stitch-int", prepare: || work(Keys::Integer, BUDGETED), expected: 10_000, repeats: 1 },
    Case { name: "stitch-text", prepare: || work(Keys::Text, BUDGETED), expected: 10_000, repeats: 1 },
];

const BUDGETED: Size = Size { children: 10_000, fan_out: 10 };

/// A filter on the parents, so that no key list can be dropped.
const SPEC: &str = "{ parent(where: {name: {ne: 'nobody'}}) { name child @selectin { id title } } }";

impl Keys {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Integer, Self::Text, Self::Composite, Self::Ordinal];

    /// The name in benchmarks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Integer => "int",
            Self::Text => "text",
            Self::Composite => "composite",
            Self::Ordinal => "ordinal",
        }
    }

    /// The key's columns with their types, and their values for the row `i`.
    fn columns(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::Integer => &[("id", "INTEGER", "i")],
            Self::Text => &[("code", "TEXT", "printf('code-%08d', i)")],
            Self::Composite => &[("kind", "INTEGER", "i % 7"), ("code", "TEXT", "printf('code-%08d', i)")],
            Self::Ordinal => &[("code", "TEXT COLLATE NOCASE", "printf('code-%08d', i)")],
        }
    }
}

/// A load of parents with their children, recorded from a database that is gone.
///
/// # Errors
/// What SQLite refuses.
pub fn recording(keys: Keys, size: Size) -> Result<Recording> {
    let connection = Connection::open_in_memory().and_then(|connection| {
        connection.execute_batch(&sql(keys, size))?;
        Ok(connection)
    });
    let connection = connection.map_err(|error| database_error(error, "cannot build the families"))?;
    let plan = eager::plan(&connection, &SPEC.replace('\'', "\""))?;
    Recording::of(&connection, plan)
}

/// Parents, and children that stand in another order than they.
fn sql(keys: Keys, size: Size) -> String {
    let Size { children, fan_out } = size;
    let parents = (children / fan_out).max(1);
    let joined =
        |part: fn(&(&str, &str, &str)) -> String| keys.columns().iter().map(part).collect::<Vec<_>>().join(", ");
    let own = joined(|(name, ty, _)| format!("{name} {ty} NOT NULL"));
    let names = joined(|(name, ..)| (*name).to_owned());
    let values = joined(|(_, _, value)| (*value).to_owned());
    let referencing = joined(|(name, ty, _)| format!("parent_{name} {ty} NOT NULL"));
    let references = joined(|(name, ..)| format!("parent_{name}"));
    format!(
        "BEGIN;
         CREATE TABLE parent ({own}, name TEXT NOT NULL, PRIMARY KEY ({names}));
         CREATE TABLE child (id INTEGER PRIMARY KEY, {referencing}, title TEXT NOT NULL,
             FOREIGN KEY ({references}) REFERENCES parent ({names}));
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {parents})
             INSERT INTO parent SELECT {values}, 'parent ' || i FROM n;
         WITH RECURSIVE m(c) AS (SELECT 1 UNION ALL SELECT c + 1 FROM m WHERE c < {children}),
             n(c, i) AS (SELECT c, c * 7919 % {parents} + 1 FROM m)
             INSERT INTO child SELECT c, {values}, 'title ' || c FROM n;
         CREATE INDEX child_parent ON child ({references});
         COMMIT;"
    )
}

/// How many children were found, over all parents.
///
/// # Errors
/// Children that were not loaded.
pub fn edges(graph: &ResultGraph) -> Result<u64> {
    graph.roots().map(|parent| Ok(parent.many("child")?.len() as u64)).sum()
}

fn work(keys: Keys, size: Size) -> Result<Work> {
    let recording = recording(keys, size)?;
    Ok(Box::new(move || edges(&recording.replay()?)))
}
