//! One load on one SQLite file, by Eagerly, by hand, and by the loaders that people use: how it is measured and told.
//!
//! The load is the one of `eagerly-benches`: posts with id, title and body, their author (id, name) and their tags (id,
//! name, slug), all in the order of primary keys.

pub mod digest;
pub mod files;
pub mod measure;
pub mod peer;
pub mod peers;
pub mod report;
pub mod statements;
pub mod verdict;
