//! The planner of Eagerly: a [`RelationshipGraph`](graph::RelationshipGraph) and a [`LoadSpec`](spec::LoadSpec) give a
//! [`LogicalPlan`](logical::LogicalPlan), and with a [`Dialect`](dialect::Dialect) a [`BatchPlan`](batch::BatchPlan).
//! No I/O, no clock, no randomness.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod batch;
mod cache;
pub mod dialect;
pub mod error;
pub mod filter;
pub mod graph;
pub mod ids;
mod load_set;
pub mod logical;
mod planner;
pub mod spec;
pub mod value;

pub use load_set::LoadSet;
pub use planner::{Plan, Planner, Prefer};
pub use spec::shape::BindValue;
