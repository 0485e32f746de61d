//! The program `eagerly` from the outside: arguments and files in; stdout, stderr, exit code and files out.

mod bad_databases;
mod bad_specs;
mod demo;
mod graph_formats;
mod inspect;
mod limits;
mod load;
mod output;
mod plan;
mod spec;
mod support;
mod trace;
mod usage;
