//! The driver against a live MariaDB.

mod catalog;
mod collations;
mod connect;
mod load;
mod run;
mod server;
mod values;
