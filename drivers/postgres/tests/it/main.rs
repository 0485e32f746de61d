//! The driver against a server: the one that the environment names, or one that the tests start and stop.

#![allow(clippy::unwrap_used, clippy::panic)]

mod binds;
mod catalog;
mod connect;
mod dropped;
mod encryption;
mod exact;
mod late_cancel;
mod partitions;
mod plain;
mod pool;
mod resets;
mod run;
mod server;
mod session;
mod snapshot;
mod times;
mod unordered;
mod values;
mod wire;
