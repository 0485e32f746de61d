//! Measures all peers, writes the results, and ends with 1 where Eagerly is not where it has to be.

use anyhow::{Context, Result};
use clap::Parser;
use eagerly_compare::measure::{Counts, Effort, measure, timed};
use eagerly_compare::peer::{Entry, Open};
use eagerly_compare::peers::program::Program;
use eagerly_compare::report::{Cell, Report, Run, markdown, plot};
use eagerly_compare::{files, peers, verdict};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Measures Eagerly and its peers on SQLite.
#[derive(Parser)]
struct Arguments {
    /// Where the results are written.
    #[arg(long, default_value = "results")]
    results: PathBuf,
    /// The numbers of posts.
    #[arg(long, value_delimiter = ',', default_value = files::SIZES)]
    sizes: Vec<u32>,
    /// How often everything is measured, one after the other.
    #[arg(long, default_value_t = 1)]
    times: u32,
    /// Fewer rounds.
    #[arg(long)]
    quick: bool,
    /// Only peers whose name has this in it; the loads by hand stay.
    #[arg(long)]
    only: Option<String>,
    /// What `counts` printed.
    #[arg(long)]
    counts: Option<PathBuf>,
    /// The program with Toasty.
    #[arg(long)]
    toasty: Option<PathBuf>,
    /// A Python that has SQLAlchemy and Django.
    #[arg(long)]
    python: Option<PathBuf>,
    /// The program for Python.
    #[arg(long, default_value = "python/peer.py")]
    script: PathBuf,
    /// Why a peer is not here, for the report.
    #[arg(long)]
    absent: Vec<String>,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let entries = entries(&arguments);
    let counts = match &arguments.counts {
        Some(path) => serde_json::from_str(&fs::read_to_string(path)?).context("what was counted does not parse")?,
        None => Counts::new(),
    };
    let files = files::Files::new(&arguments.sizes)?;
    let mut report = Report {
        machine: machine(),
        date: output("date", &["-u", "+%Y-%m-%d"]),
        commit: output("git", &["describe", "--always", "--dirty"]),
        versions: versions(&entries, &files),
        absent: absent(&arguments),
        runs: Vec::new(),
    };
    for number in 1..=arguments.times {
        let cells = run(&entries, &files, &counts, arguments.quick, number)?;
        // Who asks for some peers knows that the others are absent.
        let absent = if arguments.only.is_some() { &[] } else { report.absent.as_slice() };
        let (verdicts, best_by_hand) = (verdict::judge(&cells, absent), verdict::best_by_hand(&cells));
        report.runs.push(Run { cells, verdicts, best_by_hand });
        // Each run is written, so that an interrupted one leaves those before it.
        write(&arguments.results, &report)?;
    }
    Ok(tell(&report))
}

fn entries(arguments: &Arguments) -> Vec<Entry> {
    let mut entries = peers::here();
    entries.extend(arguments.toasty.iter().flat_map(|program| peers::toasty(program)));
    entries.extend(arguments.python.iter().flat_map(|python| peers::python(python, &arguments.script)));
    if let Some(only) = &arguments.only {
        entries.retain(|entry| entry.role.is_ours() || entry.name.contains(only.as_str()));
    }
    entries
}

/// Why peers are not here: as the caller says, or because their programs are not named.
fn absent(arguments: &Arguments) -> Vec<String> {
    let mut absent = arguments.absent.clone();
    let programs =
        [("Toasty", "--toasty", &arguments.toasty), ("SQLAlchemy and Django", "--python", &arguments.python)];
    for (peer, option, program) in programs {
        if program.is_none() && !absent.iter().any(|reason| reason.starts_with(peer)) {
            absent.push(format!("{peer}, without {option}"));
        }
    }
    absent
}

fn run(entries: &[Entry], files: &files::Files, counts: &Counts, quick: bool, number: u32) -> Result<Vec<Cell>> {
    let effort = if quick {
        Effort { rounds: 9, budget: Duration::from_secs(3) }
    } else {
        Effort { rounds: 101, budget: Duration::from_secs(8) }
    };
    let mut cells = Vec::new();
    for (posts, path) in files.iter() {
        for form in files::forms(posts) {
            let (measured, took) = timed(|| measure(entries, path, *form, posts, effort, counts));
            cells.extend(measured?);
            eprintln!("run {number}: {posts} posts, {}: {:.0} s", form.name(), took.as_secs_f64());
        }
    }
    Ok(cells)
}

fn write(directory: &Path, report: &Report) -> Result<()> {
    fs::create_dir_all(directory)?;
    fs::write(directory.join("results.json"), serde_json::to_string_pretty(report)? + "\n")?;
    fs::write(directory.join("results.md"), markdown(report))?;
    fs::write(directory.join("results.svg"), plot(report)?)?;
    Ok(())
}

/// Prints what is demanded, and says whether all of it is met.
fn tell(report: &Report) -> ExitCode {
    let mut met = true;
    for (number, run) in report.runs.iter().enumerate() {
        for verdict in &run.verdicts {
            let word = if verdict.met { "met   " } else { "MISSED" };
            println!("run {}  {word}  {}: {}", number + 1, verdict.demand, verdict.measured);
            met &= verdict.met;
        }
        for note in &run.best_by_hand {
            println!("run {}  (best)  {}: {}", number + 1, note.what, note.measured);
        }
    }
    println!("{}", if met { "Eagerly is where it has to be." } else { "Eagerly is not where it has to be." });
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The processor, and how many there are.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    format!("{}, {cores} cores, {}", model.unwrap_or("unknown processor"), std::env::consts::OS)
}

/// What is compared, and which SQLite each of it has.
fn versions(entries: &[Entry], files: &files::Files) -> Vec<String> {
    let lock = include_str!("../../Cargo.lock");
    let names = ["eagerly", "rusqlite", "diesel", "sqlx", "sea-orm"];
    let crates: Vec<String> = names.iter().map(|name| format!("{name} {}", locked(lock, name))).collect();
    let sqlite = rusqlite::version();
    let mut lines = vec![format!("in one program, on SQLite {sqlite}: {}", crates.join(", "))];
    let Some((posts, path)) = files.iter().next() else { return lines };
    for entry in entries {
        if let Open::Program(command) = &entry.open
            && let Ok(program) = Program::start(command, path, files::forms(posts)[0])
            && !lines.iter().any(|line| line == program.versions())
        {
            lines.push(program.versions().to_owned());
        }
    }
    lines
}

/// The version of a crate in the lock file.
fn locked<'l>(lock: &'l str, name: &str) -> &'l str {
    let at = format!("name = \"{name}\"\nversion = \"");
    lock.split_once(&at).and_then(|(_, rest)| rest.split_once('"')).map_or("?", |(version, _)| version)
}

/// What a program prints; nothing if there is no such program.
fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
