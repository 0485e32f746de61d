//! The program `eagerly`: arguments become one command, the command becomes bytes for stdout or a failure for stderr.
//!
//! No command writes to stdout itself. Its whole output is built in memory and written once it is complete, so that
//! stdout stays empty on every error, one met at the last object included. For `load` that is the JSON text beside the
//! graph it is written from, which is of the same order of size; `--max-rows` bounds both.

mod args;
mod database;
mod demo;
mod graph;
mod guard;
mod inspect;
mod load;
mod output;
mod plan;
mod report;
mod snippet;
mod spec;
mod trace;
mod visible;

use args::{Args, Command};
use report::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = guard::caught(|| {
        let text = match Args::read(std::env::args_os())? {
            args::Read::Help(text) => text.into_bytes(),
            args::Read::Run(Command::Demo) => demo::run()?,
            args::Read::Run(Command::Inspect(inspect)) => inspect::run(&inspect)?,
            args::Read::Run(Command::Plan(plan)) => plan::run(&plan)?,
            args::Read::Run(Command::Load(load)) => load::run(&load)?,
        };
        Ok::<(), Failure>(output::write(&text)?)
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}
