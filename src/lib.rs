//! A query planner and relationship loader engine. A [`RelationshipGraph`] and a [`LoadSpec`] are compiled by a
//! [`Planner`] into a small set of SQL batches; a [`Run`] hands them to any driver and stitches the rows into one
//! [`ResultGraph`].
//!
//! This crate is the front door: everything in it lives in `eagerly-planner`, `eagerly-dialects` or
//! `eagerly-loaders`. Drivers (`eagerly-rusqlite`) are crates of their own.

pub use eagerly_dialects::Sqlite;
pub use eagerly_loaders::{CellError, Cells, DeError, Many, ResultGraph, RowRef, Rows, Run, Statement, StatementId};
pub use eagerly_planner::graph::RelationshipGraph;
pub use eagerly_planner::spec::LoadSpec;
pub use eagerly_planner::{BindValue, Plan, Planner, batch, dialect, error, filter, graph, ids, logical, spec, value};

/// The README's example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
