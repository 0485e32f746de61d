//! Sessions on SQLite: what is sent for a second load, what is loaded when it is touched, what is forgotten.

mod bounded;
mod lazy;
mod memory;
mod property;
mod support;
