//! Command-line arguments, by clap. What clap refuses comes out as an error of ours, with its suggestion.

use crate::help;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use eagerly::error::{Error, Result, code};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the program.
pub(crate) const PROGRAM: &str = "eagerly";

/// Loads object graphs from a database in the fewest statements
#[derive(Debug, Parser)]
#[command(name = PROGRAM, version, arg_required_else_help = false, after_long_help = help::after(""))]
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
    #[command(long_about = help::ABOUT_INSPECT, after_long_help = help::after("inspect"))]
    Inspect(Inspect),
    /// Shows the plan of a load specification and its SQL, and runs nothing but catalog reads
    #[command(long_about = help::ABOUT_PLAN, after_long_help = help::after("plan"))]
    Plan(Plan),
    /// Runs a load specification and prints the objects
    #[command(long_about = help::ABOUT_LOAD, after_long_help = help::after("load"))]
    Load(Load),
    /// Prints a script that completes this program's arguments in a shell
    #[command(long_about = help::ABOUT_COMPLETIONS, after_long_help = help::after("completions"))]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
    /// Prints the manual page of the program, or of one of its commands, in roff
    #[command(long_about = help::ABOUT_MAN, after_long_help = help::after("man"))]
    Man {
        /// The command; without it, the program
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

/// `eagerly inspect`
#[derive(Debug, clap::Args)]
#[command(override_usage = "eagerly inspect [OPTIONS] <DB>\n       eagerly inspect [OPTIONS] --graph <FILE> [DB]")]
pub(crate) struct Inspect {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(value_name = "DB", required_unless_present = "graph", long_help = help::DATABASE, value_hint = ValueHint::FilePath)]
    pub(crate) database: Option<OsString>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: InspectFormat,
    /// A schema to read, on MySQL and MariaDB a database; can be given several times
    #[arg(long = "schema", value_name = "NAME", long_help = help::SCHEMA)]
    pub(crate) schemas: Vec<String>,
    /// Entities and relationships over what the database says, in TOML
    #[arg(long, value_name = "FILE", long_help = help::GRAPH, value_hint = ValueHint::FilePath)]
    pub(crate) graph: Option<PathBuf>,
    /// Assumes that every key that is not NULL has its row
    #[arg(long, long_help = help::TRUST_KEYS)]
    pub(crate) trust_keys: bool,
    /// Ends with an error when the command takes longer than this
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, long_help = help::TIMEOUT)]
    pub(crate) timeout: Option<Duration>,
}

/// `eagerly plan`
#[derive(Debug, clap::Args)]
#[command(override_usage = "eagerly plan [OPTIONS] <DB> <SPEC>\n       eagerly plan [OPTIONS] --graph <FILE> <SPEC>")]
pub(crate) struct Plan {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(
        value_name = "DB",
        required_unless_present = "graph",
        long_help = help::DATABASE,
        value_hint = ValueHint::FilePath
    )]
    pub(crate) database: Option<OsString>,
    /// The specification: its text, `@FILE`, or `-` for standard input
    #[arg(value_name = "SPEC", required_unless_present = "graph", long_help = help::SPEC)]
    pub(crate) spec: Option<String>,
    /// The dialect to plan for, instead of the database's own
    #[arg(long, value_name = "NAME")]
    pub(crate) dialect: Option<String>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: PlanFormat,
    /// A schema to read, on MySQL and MariaDB a database; can be given several times
    #[arg(long = "schema", value_name = "NAME", long_help = help::SCHEMA)]
    pub(crate) schemas: Vec<String>,
    /// Entities and relationships over what the database says, in TOML
    #[arg(long, value_name = "FILE", long_help = help::GRAPH, value_hint = ValueHint::FilePath)]
    pub(crate) graph: Option<PathBuf>,
    /// Assumes that every key that is not NULL has its row
    #[arg(long, long_help = help::TRUST_KEYS)]
    pub(crate) trust_keys: bool,
    /// The value of a variable of the specification, once for each variable
    #[arg(long = "var", value_name = "NAME=JSON", long_help = help::VARIABLE)]
    pub(crate) variables: Vec<String>,
    /// Ends with an error when the command takes longer than this
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, long_help = help::TIMEOUT)]
    pub(crate) timeout: Option<Duration>,
}

/// `eagerly load`
#[derive(Debug, clap::Args)]
pub(crate) struct Load {
    /// The database: `sqlite:PATH`, a path, `postgres://…` or `mysql://…`
    #[arg(value_name = "DB", long_help = help::DATABASE, value_hint = ValueHint::FilePath)]
    pub(crate) database: OsString,
    /// The specification: its text, `@FILE`, or `-` for standard input
    #[arg(value_name = "SPEC", long_help = help::SPEC)]
    pub(crate) spec: String,
    /// How to print the objects
    #[arg(long, value_name = "FORMAT", default_value = "json", long_help = help::LOAD_FORMAT)]
    pub(crate) format: LoadFormat,
    /// Writes one JSON object per executed statement to a file
    #[arg(long, value_name = "FILE", long_help = help::TRACE, value_hint = ValueHint::FilePath)]
    pub(crate) trace: Option<PathBuf>,
    /// A schema to read, on MySQL and MariaDB a database; can be given several times
    #[arg(long = "schema", value_name = "NAME", long_help = help::SCHEMA)]
    pub(crate) schemas: Vec<String>,
    /// Entities and relationships over what the database says, in TOML
    #[arg(long, value_name = "FILE", long_help = help::GRAPH, value_hint = ValueHint::FilePath)]
    pub(crate) graph: Option<PathBuf>,
    /// Assumes that every key that is not NULL has its row
    #[arg(long, long_help = help::TRUST_KEYS)]
    pub(crate) trust_keys: bool,
    /// The value of a variable of the specification, once for each variable
    #[arg(long = "var", value_name = "NAME=JSON", long_help = help::VARIABLE)]
    pub(crate) variables: Vec<String>,
    /// Reads one state of the database, in one transaction
    #[arg(long, long_help = help::SNAPSHOT)]
    pub(crate) snapshot: bool,
    /// Ends with an error when more rows are read, or more objects written, than this
    #[arg(
        long,
        value_name = "N",
        default_value_t = 10_000_000,
        value_parser = count,
        allow_negative_numbers = true,
        long_help = help::MAX_ROWS
    )]
    pub(crate) max_rows: u64,
    /// Ends with an error when cells and output have more bytes than this
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true, long_help = help::MAX_BYTES)]
    pub(crate) max_bytes: Option<u64>,
    /// Ends with an error when the command takes longer than this
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true, long_help = help::TIMEOUT)]
    pub(crate) timeout: Option<Duration>,
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

/// How `plan` shows a plan.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PlanFormat {
    /// Waves, batches and SQL, for people
    Text,
    /// The plan itself
    Json,
}

/// How the objects of `load` come out.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LoadFormat {
    /// One array.
    Json,
    /// One root object per line.
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

impl Command {
    /// How long it may take.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        match self {
            Self::Inspect(inspect) => inspect.timeout,
            Self::Plan(plan) => plan.timeout,
            Self::Load(load) => load.timeout,
            Self::Demo | Self::Completions { .. } | Self::Man { .. } => None,
        }
    }

    /// What to do where that is not enough: only `load` takes longer for what it is asked.
    pub(crate) fn help_for_time(&self) -> &'static str {
        if matches!(self, Self::Load(_)) { "limit the specification, or allow more time" } else { "allow more time" }
    }
}

impl Args {
    /// Reads the arguments, the program's name first.
    ///
    /// # Errors
    /// What clap refuses, as `E0001`.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Read> {
        match Self::try_parse_from(arguments) {
            Ok(Self { command: Command::Plan(plan) }) if plan.lacks_specification() => {
                Err(Error::input(code::USAGE, "a specification is missing")
                    .help("`eagerly plan --graph FILE SPEC`, or `eagerly plan --graph FILE DB SPEC`")
                    .into())
            }
            Ok(args) => Ok(Read::Run(args.command)),
            Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
                Ok(Read::Help(error.render().to_string()))
            }
            Err(error) => Err(usage(&error).into()),
        }
    }
}

impl Plan {
    /// Whether the one argument beside `--graph`, which is the specification then, is a database: a file, or nothing that
    /// a specification can look like.
    fn lacks_specification(&self) -> bool {
        let (Some(only), None) = (&self.database, &self.spec) else { return false };
        let text = only.to_string_lossy();
        let can_be = text == "-" || text.starts_with('@') || text.contains('{');
        !can_be || Path::new(only).is_file()
    }
}

/// Schemas are read from a database: without one there are none to name.
///
/// # Errors
/// `E0001` for any.
pub(crate) fn refuse_schemas(schemas: &[String]) -> Result<()> {
    let Some(name) = schemas.first() else { return Ok(()) };
    let error = Error::input(code::USAGE, format!("`--schema {name}` without a database"));
    Err(error.help("name the database too, or leave `--schema` out: a graph file says the schema of each table").into())
}

/// A count, with a reason in words where it is none.
fn count(text: &str) -> std::result::Result<u64, String> {
    text.parse().map_err(|_| format!("not a whole number between 0 and {}", u64::MAX))
}

/// A time in seconds above 0, with a reason in words where it is none.
fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|seconds: &f64| *seconds > 0.0 && seconds.is_finite());
    // What no clock counts is longer than any command.
    let time = seconds.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    // What rounds to nothing is some time all the same.
    let time = time.map(|time| time.max(Duration::from_nanos(1)));
    time.ok_or_else(|| "not a number of seconds above 0".to_owned())
}

/// clap's text, `error: MESSAGE`, then its tip and the usage, as an error of ours.
fn usage(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let text = text.trim().trim_start_matches("error: ");
    let (message, help) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut help = lines(help);
    let commands = commands_with_option(error);
    if let Some(commands) = &commands {
        // It is meant as the option that it is.
        help.retain(|line| !line.starts_with("tip: to pass"));
        help.insert(0, commands);
    }
    let error = Error::input(code::USAGE, lines(message).join(" "));
    if help.is_empty() { error } else { error.help(help.join("\n")) }
}

/// Which commands take an option that this one does not.
fn commands_with_option(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return None };
    let name = option.strip_prefix("--").filter(|_| error.kind() == ErrorKind::UnknownArgument)?;
    let program = Args::command();
    let takes = |command: &&clap::Command| command.get_arguments().any(|argument| argument.get_long() == Some(name));
    let commands: Vec<String> =
        program.get_subcommands().filter(takes).map(|command| format!("`{}`", command.get_name())).collect();
    (!commands.is_empty()).then(|| format!("`--{name}` is an option of {}", commands.join(", ")))
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
