//! The program `eagerly` from the outside: arguments and files in; stdout, stderr, exit code and files out.

mod bad_databases;
#[cfg(unix)]
mod bad_servers;
mod bad_specs;
#[cfg(unix)]
mod codes;
mod conformance;
mod contract;
mod demo;
#[cfg(unix)]
mod documents;
#[cfg(target_os = "linux")]
mod errors;
mod graph_formats;
mod inspect;
mod limits;
mod load;
mod manual;
mod output;
mod plan;
#[cfg(unix)]
mod schemas;
mod server_values;
#[cfg(unix)]
mod servers;
mod snapshot;
mod spec;
#[cfg(unix)]
mod stop;
#[cfg(unix)]
mod stop_on_servers;
mod support;
mod trace;
mod trust;
mod truthful;
mod usage;
mod usage_of_servers;
mod variables;
