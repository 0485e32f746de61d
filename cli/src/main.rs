//! The program `eagerly`: arguments become one command, the command becomes output on stdout or a failure for stderr.
//!
//! No command writes to stdout before it knows that nothing will fail, so that stdout stays empty on every error, one
//! met at the last object included. The objects of `load` are written from the graph as they are unfolded, and the text
//! is never held; every other output is built in memory.

mod args;
mod database;
mod demo;
mod graph;
mod guard;
mod help;
mod inspect;
mod load;
mod manual;
mod output;
mod plan;
mod progress;
mod report;
mod request;
mod secret;
mod snippet;
mod spec;
mod stop;
mod trace;
mod visible;

use args::{Args, Command};
use report::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    stop::watch();
    let done = guard::caught(|| {
        let read = Args::read(std::env::args_os())?;
        if let args::Read::Run(command) = &read {
            stop::after(command.timeout(), command.help_for_time())?;
        }
        let text = match read {
            args::Read::Help(text) => text.into_bytes(),
            args::Read::Run(Command::Demo) => demo::run()?,
            args::Read::Run(Command::Inspect(inspect)) => inspect::run(&inspect)?,
            args::Read::Run(Command::Plan(plan)) => plan::run(&plan)?,
            args::Read::Run(Command::Load(load)) => return load::run(&load),
            args::Read::Run(Command::Completions { shell }) => manual::completions(shell),
            args::Read::Run(Command::Man { command }) => manual::page(command.as_deref())?,
        };
        Ok::<(), Failure>(output::write(&text)?)
    });
    match (stop::end(), done) {
        (Some(stopped), _) => stopped,
        (None, Ok(())) => ExitCode::SUCCESS,
        (None, Err(failure)) => {
            failure.report();
            failure.code().into()
        }
    }
}
