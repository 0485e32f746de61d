//! Every kind of error that the sources make goes with its code, and with the exit code of the contract.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The kind of a family of codes; `report.rs` has the exit codes of kinds.
fn kind(code: &str) -> &'static str {
    match &code[..3] {
        "E00" | "E01" | "E02" => "Input",
        "E03" => "Unsupported",
        "E04" => "Database",
        "E05" => "Limit",
        "E09" => "Bug",
        _ => panic!("no family of {code}"),
    }
}

fn sources(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())]
}

#[test]
fn kinds_and_codes_agree_wherever_an_error_is_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let declared = std::fs::read_to_string(root.join("planner/src/error/code.rs")).unwrap();
    let codes: BTreeMap<&str, &str> = declared
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub const ")?.split_once(": Code = \""))
        .map(|(name, rest)| (name, rest.split('"').next().unwrap()))
        .collect();
    let mut files = Vec::new();
    for layer in [
        "planner",
        "dialects",
        "loaders",
        "drivers/rusqlite",
        "drivers/postgres",
        "drivers/mysql",
        "drivers/tls",
        "cli",
        ".",
    ] {
        sources(&root.join(layer).join("src"), &mut files);
    }
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        // Comments end nothing here, and rustfmt breaks a call where it likes.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let made = text.match_indices("Error::new(").filter_map(|(at, call)| {
            let rest = text[at + call.len()..].trim_start().strip_prefix("ErrorKind::")?;
            let kind = word(rest);
            let code = rest[kind.len()..].trim_start_matches([',', ' ']).strip_prefix("code::")?;
            Some((kind, word(code)))
        });
        let input = text.match_indices("Error::input(").filter_map(|(at, call)| {
            Some(("Input", word(text[at + call.len()..].trim_start().strip_prefix("code::")?)))
        });
        for (made, name) in made.chain(input) {
            let Some(code) = codes.get(name) else { panic!("{}: no code {name}", file.display()) };
            seen += 1;
            if made != kind(code) {
                wrong.push(format!("{}: {name} ({code}) is made as {made}", file.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
