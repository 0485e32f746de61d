//! `eagerly completions` and `eagerly man`: what shells and manuals want to know of the arguments, made from the same
//! declarations that read them.

use crate::args::{Args, PROGRAM};
use crate::help;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use eagerly::error::{Error, Result, code};
use std::io;

/// The script that completes arguments in a shell.
pub(crate) fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), PROGRAM, &mut script);
    script
}

/// The manual page of a command; without a name, the program's.
///
/// # Errors
/// A name that is no command.
pub(crate) fn page(name: Option<&str>) -> Result<Vec<u8>> {
    // `help` has no page of its own.
    let mut program = Args::command().disable_help_subcommand(true);
    // Gives every command its whole name, and its arguments' places in its usage.
    program.build();
    let command = match name {
        None => &program,
        Some(name) => program.find_subcommand(name).ok_or_else(|| {
            let known: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
            Error::input(code::USAGE, format!("no command `{name}`")).suggest(name, known)
        })?,
    };
    write(command, name.unwrap_or_default())
        .map_err(|error| Error::bug(format!("a manual page cannot be written: {error}")).into())
}

/// A page in the order that manuals have; clap's own behind the options is ours as sections.
fn write(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let full = command.get_display_name().unwrap_or(PROGRAM).to_owned();
    let command = command.clone().after_help("").after_long_help("");
    let is_program = command.has_subcommands();
    let man = Man::new(command)
        .title(full.to_uppercase())
        .section("1")
        .source(concat!("eagerly ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if is_program {
        man.render_subcommands_section(&mut page)?;
    }
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in help::EXIT_CODES {
        roff.control("TP", []).text([bold(code)]).text([roman(meaning)]);
    }
    roff.control("SH", ["EXAMPLES"]);
    for example in help::examples(name) {
        // As it stands: examples are copied.
        roff.control("PP", []).control("nf", []).text([roman(*example)]).control("fi", []);
    }
    roff.to_writer(&mut page)?;
    Ok(ascii(&String::from_utf8_lossy(&page)).into_bytes())
}

/// The same page for a roff that reads no UTF-8.
fn ascii(page: &str) -> String {
    let escaped = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    page.chars().map(escaped).collect()
}
