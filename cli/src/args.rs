//! Command-line arguments, by clap. What clap refuses comes out as an error of ours, with its suggestion.
//!
//! Options of the contract that are not built yet are declared here, so that they are refused by name and never taken
//! for unknown ones, or ignored.

use clap::error::ErrorKind;
use clap::{Parser, Subcommand, ValueEnum};
use eagerly::error::{Error, Errors, Result, code};
use std::ffi::OsString;
use std::path::PathBuf;

/// Loads object graphs from a database in the fewest statements.
#[derive(Debug, Parser)]
#[command(name = "eagerly", version, arg_required_else_help = false)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Builds a small blog in SQLite and shows plans, SQL and loaded graphs
    Demo,
    /// Shows the entities and relationships found in a database
    Inspect(Inspect),
    /// Shows the plan of a load specification and its SQL, and runs nothing but catalog reads
    Plan(Plan),
    /// Runs a load specification and prints the objects
    Load(Load),
}

/// `eagerly inspect`
#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(value_name = "DB", required_unless_present = "graph")]
    pub(crate) database: Option<OsString>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: InspectFormat,
    /// Entities and relationships over what the database says, in TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) graph: Option<PathBuf>,
}

/// `eagerly plan`
#[derive(Debug, clap::Args)]
#[command(override_usage = "eagerly plan [OPTIONS] <DB> <SPEC>")]
pub(crate) struct Plan {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(value_name = "DB", required_unless_present = "graph")]
    pub(crate) database: Option<OsString>,
    /// The specification: its text, `@FILE`, or `-` for standard input
    #[arg(value_name = "SPEC", required_unless_present = "graph")]
    pub(crate) spec: Option<String>,
    /// The dialect to plan for, instead of the database's own
    #[arg(long, value_name = "NAME")]
    pub(crate) dialect: Option<String>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: PlanFormat,
    /// Entities and relationships over what the database says, in TOML (not built yet)
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
}

/// `eagerly load`
#[derive(Debug, clap::Args)]
pub(crate) struct Load {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(value_name = "DB")]
    pub(crate) database: OsString,
    /// The specification: its text, `@FILE`, or `-` for standard input
    #[arg(value_name = "SPEC")]
    pub(crate) spec: String,
    /// How to print the objects
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: LoadFormat,
    /// Writes one JSON object per executed statement to a file
    #[arg(long, value_name = "FILE")]
    pub(crate) trace: Option<PathBuf>,
    /// Entities and relationships over what the database says, in TOML (not built yet)
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
    /// The value of a variable of the specification (not built yet)
    #[arg(long = "var", value_name = "NAME=JSON")]
    variables: Vec<String>,
    /// Reads one state of the database, in one transaction (not built yet)
    #[arg(long)]
    snapshot: bool,
    /// Ends with an error when more rows are read, or more objects written, than this
    #[arg(long, value_name = "N", default_value_t = 10_000_000, value_parser = count, allow_negative_numbers = true)]
    pub(crate) max_rows: u64,
}

/// How `inspect` shows a graph.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum InspectFormat {
    /// Lines for people and grep
    Text,
    /// A graph file
    Toml,
    /// An object with entities, cycles and load order
    Json,
    /// A drawing, for Graphviz
    Dot,
    /// An entity relationship diagram, for Mermaid
    Mermaid,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PlanFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LoadFormat {
    Json,
    Ndjson,
}

/// What the arguments ask for.
#[derive(Debug)]
pub(crate) enum Read {
    /// The text of `--help` or `--version`.
    Help(String),
    /// A command.
    Run(Command),
}

impl Args {
    /// Reads the arguments, the program's name first.
    ///
    /// # Errors
    /// What clap refuses, as `E0001`; all options that are not built yet.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Read> {
        match Self::try_parse_from(arguments) {
            Ok(args) => Errors::check(args.command.not_built(), Read::Run(args.command)),
            Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
                Ok(Read::Help(error.render().to_string()))
            }
            Err(error) => Err(usage(&error.render().to_string()).into()),
        }
    }
}

impl Command {
    /// An error for each option that is not built yet.
    fn not_built(&self) -> Vec<Error> {
        let mut options = Vec::new();
        match self {
            Self::Demo | Self::Inspect(_) => {}
            Self::Plan(Plan { database: _, spec: _, dialect: _, format, graph }) => {
                if graph.is_some() {
                    options.push("--graph");
                }
                match format {
                    PlanFormat::Text => {}
                    PlanFormat::Json => options.push("--format json"),
                }
            }
            Self::Load(Load { database: _, spec: _, format, trace: _, graph, variables, snapshot, max_rows: _ }) => {
                if graph.is_some() {
                    options.push("--graph");
                }
                if !variables.is_empty() {
                    options.push("--var");
                }
                if *snapshot {
                    options.push("--snapshot");
                }
                match format {
                    LoadFormat::Json => {}
                    LoadFormat::Ndjson => options.push("--format ndjson"),
                }
            }
        }
        options.into_iter().map(|option| Error::not_built(format!("`{option}`")).help("leave it out")).collect()
    }
}

/// A count, with a reason in words where it is none.
fn count(text: &str) -> std::result::Result<u64, String> {
    text.parse().map_err(|_| format!("not a whole number between 0 and {}", u64::MAX))
}

/// clap's text, `error: MESSAGE`, then its tip and the usage, as an error of ours.
fn usage(text: &str) -> Error {
    let text = text.trim().trim_start_matches("error: ");
    let (message, help) = text.split_once("\n\n").unwrap_or((text, ""));
    let error = Error::input(code::USAGE, lines(message).join(" "));
    let help = lines(help);
    if help.is_empty() { error } else { error.help(help.join("\n")) }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_declarations_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }
}
