//! What the engine is checked against: a naive oracle, a generator of cases, and a corpus of cases kept as files.
//! Test support, never shipped: here a broken expectation panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod budget;
pub mod chinook;
pub mod corpus;
pub mod database;
pub mod engine;
pub mod fuzz;
pub mod generate;
pub mod harness;
pub mod modules;
pub mod oracle;
pub mod reflect;
pub mod servers;
pub mod simulate;
