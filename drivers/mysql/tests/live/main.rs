//! The driver against a live MariaDB.

// What fails a test may panic; clippy knows that of `#[test]` functions alone, not of what they share.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod catalog;
mod collations;
mod connect;
mod dropped;
mod encryption;
mod load;
mod pool;
mod run;
mod server;
mod session;
mod settings;
mod values;
