//! A peer that is a program of its own. It is started with its file and form, says `ready VERSIONS`, and then answers a
//! line with a line: `time N` with `ok NANOS…`, `digest` with `ok HEX`, `statements` with `ok N`; `error MESSAGE` to
//! anything that fails. It takes its times itself, so that pipes are in none of them.

use crate::peer::{Form, Peer};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The running program.
#[derive(Debug)]
pub struct Program {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    versions: String,
}

impl Program {
    /// Starts a program on a file.
    ///
    /// # Errors
    /// A program that cannot be started, or does not come up.
    pub fn start(command: &[String], path: &Path, form: Form) -> Result<Self> {
        let (program, arguments) = command.split_first().context("no program")?;
        let mut command = Command::new(program);
        command.args(arguments).arg(path).arg(form.name()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start `{program}`"))?;
        let input = child.stdin.take().context("no input")?;
        let output = BufReader::new(child.stdout.take().context("no output")?);
        let mut program = Self { child, input, output, versions: String::new() };
        program.versions = program.answer("ready ")?;
        Ok(program)
    }

    /// The versions of itself and of its SQLite.
    #[must_use]
    pub fn versions(&self) -> &str {
        &self.versions
    }

    fn ask(&mut self, question: &str) -> Result<String> {
        writeln!(self.input, "{question}")?;
        self.answer("ok ")
    }

    fn answer(&mut self, prefix: &str) -> Result<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            bail!("it ended without an answer");
        }
        let line = line.trim_end();
        match line.strip_prefix(prefix) {
            Some(answer) => Ok(answer.to_owned()),
            None => bail!("{}", line.strip_prefix("error ").unwrap_or(line)),
        }
    }
}

impl Peer for Program {
    fn time(&mut self, loads: u32) -> Result<Vec<Duration>> {
        let answer = self.ask(&format!("time {loads}"))?;
        answer.split_whitespace().map(|nanos| Ok(Duration::from_nanos(nanos.parse()?))).collect()
    }

    fn digest(&mut self) -> Result<String> {
        self.ask("digest")
    }

    fn statements(&mut self) -> Result<Option<u64>> {
        Ok(Some(self.ask("statements")?.parse()?))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What it is asked for, it has answered: nothing is lost.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
