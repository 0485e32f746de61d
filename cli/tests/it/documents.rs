//! The commands in `docs/`, run as a reader would run them: what stands behind each `$` line in a `console` block is what
//! the program prints. `…` stands for any characters, and alone on a line for any lines.

#![allow(clippy::unwrap_used, clippy::panic)]

use crate::support::Place;
use std::path::Path;
use std::process::{Command, Stdio};

const BLOG: &str = include_str!("../../../docs/blog.sql");

/// A command of a document, and what is shown behind it.
#[derive(Debug, Default)]
struct Example {
    command: String,
    output: Vec<String>,
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            examples.push(Example { command: command.to_owned(), output: Vec::new() });
        } else if let (true, Some(last)) = (inside, examples.last_mut()) {
            match line.strip_prefix("> ") {
                Some(more) if last.output.is_empty() => last.command.push_str(&format!("\n{more}")),
                _ => last.output.push(line.to_owned()),
            }
        }
    }
    examples
}

/// Runs a command in a shell that finds the program; its stdout, then its stderr.
fn run(place: &Place, command: &str) -> String {
    let programs = Path::new(Place::PROGRAM).parent().unwrap().to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs).chain(std::env::split_paths(&others))).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(place.path("")).env("PATH", path).stdin(Stdio::null());
    let output = shell.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    text(output.stdout) + &text(output.stderr)
}

/// Whether the lines are those shown.
fn fits(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.iter().all(|line| line.is_empty()),
        Some((any, rest)) if any == "…" => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        Some((line, rest)) => lines
            .split_first()
            .is_some_and(|(first, others)| line_fits(line.trim_end(), first.trim_end()) && fits(rest, others)),
    }
}

fn line_fits(shown: &str, line: &str) -> bool {
    let mut parts = shown.split('…');
    let Some(mut rest) = parts.next().and_then(|start| line.strip_prefix(start)) else { return false };
    let mut open = false;
    for part in parts {
        open = true;
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || open && shown.ends_with('…')
}

#[test]
fn every_command_prints_what_stands_behind_it() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let mut count = 0;
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let place = Place::empty().with("blog.db", BLOG);
        for Example { command, output } in examples(&std::fs::read_to_string(&path).unwrap()) {
            count += 1;
            let printed = run(&place, &command);
            if !fits(&output, &printed.lines().collect::<Vec<_>>()) {
                problems.push(format!("{}: $ {command}\n{printed}", path.display()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(count >= 20, "only {count} commands");
}

#[test]
fn the_ellipsis_stands_for_what_is_between() {
    assert!(line_fits("a…c", "abc") && line_fits("a…", "ab") && line_fits("a…", "a") && line_fits("…", ""));
    assert!(!line_fits("a…c", "ab") && !line_fits("a", "ab") && !line_fits("a…b", "abc"));
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(&shown("a\n…\nd"), &["a", "b", "c", "d"]) && fits(&shown("a\n…"), &["a"]));
    assert!(!fits(&shown("a\n…\nd"), &["a", "b"]) && !fits(&shown("a"), &["a", "b"]));
}
