//! `completions` and `man`: made from the arguments, and what shells and manuals make of them.

#![allow(clippy::unwrap_used)]

use crate::support::Place;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

const COMMANDS: [&str; 6] = ["demo", "inspect", "plan", "load", "completions", "man"];

#[test]
fn every_shell_has_a_script_with_every_command_and_option() {
    let place = Place::empty();
    for (shell, mark) in [
        ("bash", "complete -F _eagerly"),
        ("zsh", "#compdef eagerly"),
        ("fish", "complete -c eagerly"),
        ("elvish", "edit:completion:arg-completer[eagerly]"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName 'eagerly'"),
    ] {
        let script = place.run(&["completions", shell]).text();
        assert!(script.contains(mark), "{script}");
        for word in COMMANDS.iter().chain(&["snapshot", "max-rows", "trace", "var", "format", "dialect"]) {
            assert!(script.contains(word), "no {word} for {shell}");
        }
    }
    place.refuses(
        &["completions", "tcsh"],
        2,
        &["E0001", "'tcsh'", "[possible values: bash, elvish, fish, powershell, zsh]"],
    );
    place.refuses(&["completions"], 2, &["E0001", "<SHELL>"]);
}

/// What bash would offer behind these words, the last of them half written.
#[cfg(target_os = "linux")]
fn offered(words: &[&str]) -> String {
    let script = Place::empty().run(&["completions", "bash"]).text();
    let list = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
    let (before, last) = (words[words.len() - 2], words[words.len() - 1]);
    let ask = format!(
        "{script}\nCOMP_WORDS=({list}); COMP_CWORD={}; _eagerly eagerly '{last}' '{before}'; echo \"${{COMPREPLY[*]}}\"",
        words.len() - 1
    );
    let output = Command::new("bash").args(["--norc", "-c", &ask]).stdin(Stdio::null()).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_commands_options_and_values() {
    assert_eq!(offered(&["eagerly", "lo"]), "load");
    assert_eq!(offered(&["eagerly", "load", "--sn"]), "--snapshot");
    assert_eq!(offered(&["eagerly", "load", "--format", ""]), "json ndjson");
    assert_eq!(offered(&["eagerly", "completions", "z"]), "zsh");
}

#[test]
fn every_command_has_a_page() {
    let place = Place::empty();
    let program = place.run(&["man"]).text();
    assert!(program.contains(".TH EAGERLY 1") && program.contains(concat!("eagerly ", env!("CARGO_PKG_VERSION"))));
    for command in COMMANDS {
        assert!(program.contains(&format!("eagerly\\-{command}(1)")), "{program}");
        let page = place.run(&["man", command]).text();
        assert!(page.contains(&format!(".TH EAGERLY-{} 1", command.to_uppercase())), "{page}");
        assert!(page.contains(&format!("\neagerly\\-{command} \\- ")), "{page}");
        for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "\"EXIT STATUS\""] {
            assert!(page.contains(&format!("\n.SH {section}\n")), "{section} of {command}: {page}");
        }
    }
    let load = place.run(&["man", "load"]).text();
    for word in ["snapshot", "NAME=JSON", "max\\-rows", "@FILE", "sqlite:PATH", ".SH EXAMPLES", "\\fB70\\fR"] {
        assert!(load.contains(word), "no {word} in\n{load}");
    }
    assert!(load.is_ascii() && load.contains("postgres://\\[u2026]"), "{load}");
    place.refuses(&["man", "lod"], 2, &["E0001", "no command `lod`", "did you mean `load`?"]);
}

#[test]
fn long_help_says_what_a_manual_says() {
    let place = Place::empty();
    for command in COMMANDS {
        let help = place.run(&[command, "--help"]).text();
        assert!(help.contains(&format!("Usage: eagerly {command}")), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 130), "{help}");
    }
    let help = place.run(&["load", "--help"]).text();
    for word in
        ["Examples:", "Exit codes:\n  0   done\n  2   ", "\n  70  ", "sqlite:PATH", "@FILE", "[default: 10000000]"]
    {
        assert!(help.contains(word), "no {word:?} in\n{help}");
    }
}
