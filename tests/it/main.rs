//! All integration tests, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod budget;
mod checks;
mod chinook;
mod chinook_servers;
mod conformance;
mod contract;
mod corpus;
mod counted;
mod documents;
mod fuzz;
mod generator;
mod graph;
mod graph_files;
mod index_driven;
mod json_columns;
mod layering;
mod load_set;
mod merged;
mod minimal;
mod mixed_types;
mod one_round_trip;
mod property;
mod recursion;
mod regressions;
mod result;
mod reviewed;
mod reviewed_contract;
mod sent_with_root;
mod server_property;
mod servers;
mod session;
mod sorted;
mod stored_plan;
mod targets_once;
