//! Relationship graph, load specifications, logical plans and batch plans. No I/O, no clock, no randomness.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod error;
pub mod filter;
pub mod graph;
pub mod ids;
pub mod spec;
pub mod value;
