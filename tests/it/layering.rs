//! The arrows of the architecture, from what cargo says of the workspace: nobody sees a layer that is not below.

mod modules;

use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each package may depend on, of our own packages and of the world's that do I/O or build SQL.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("eagerly-planner", &[]),
    ("eagerly-dialects", &["eagerly-planner", "sea-query"]),
    ("eagerly-loaders", &["eagerly-planner"]),
    ("eagerly", &["eagerly-planner", "eagerly-dialects", "eagerly-loaders"]),
    ("eagerly-rusqlite", &["eagerly", "rusqlite"]),
    ("eagerly-driver-tls", &["eagerly"]),
    ("eagerly-mysql", &["eagerly", "eagerly-driver-tls"]),
    ("eagerly-postgres", &["eagerly", "eagerly-driver-tls"]),
    (
        "eagerly-cli",
        &["eagerly", "eagerly-mysql", "eagerly-postgres", "eagerly-rusqlite", "eagerly-stdout", "rusqlite"],
    ),
];

/// What the planner may see of the world: the packages that the customer asked for, and little else.
const PLANNER: [&str; 11] = [
    "apollo-parser",
    "base64",
    "indexmap",
    "petgraph",
    "rustc-hash",
    "serde",
    "serde_json",
    "smallvec",
    "strsim",
    "toml",
    "toml_writer",
];

fn metadata() -> Json {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let arguments = ["metadata", "--format-version=1", "--no-deps", "--offline", "--manifest-path", root];
    let output = Command::new(env!("CARGO")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The normal dependencies of each package of the workspace.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let name = |json: &Json| json["name"].as_str().unwrap().to_owned();
    let normal = |package: &Json| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|d| d["kind"].is_null()).map(name).collect()
    };
    metadata["packages"].as_array().unwrap().iter().map(|p| (name(p), normal(p))).collect()
}

#[test]
fn nobody_sees_a_layer_that_is_not_below() {
    let dependencies = dependencies();
    let watched = |name: &str| name.starts_with("eagerly") || name == "rusqlite" || name.starts_with("sea-");
    for (package, allowed) in ALLOWED {
        let seen: Vec<&String> = dependencies[package].iter().filter(|d| watched(d)).collect();
        let wrong: Vec<_> = seen.into_iter().filter(|d| !allowed.contains(&d.as_str())).collect();
        assert!(wrong.is_empty(), "{package} must not depend on {wrong:?}");
    }
}

#[test]
fn the_planner_stays_small() {
    let seen: Vec<String> = dependencies()["eagerly-planner"].iter().cloned().collect();
    assert_eq!(seen, PLANNER);
}

/// I/O, clocks and randomness live above the core, `unsafe` nowhere.
#[test]
fn the_core_is_pure() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    // A `Duration` is a number; clocks are what gives one.
    let banned = ["std::fs", "std::net", "SystemTime", "Instant", "std::env", "std::process", "RandomState"];
    let mut files = Vec::new();
    for layer in ["planner/src", "dialects/src", "loaders/src", "src"] {
        sources(&root.join(layer), &mut files);
    }
    assert!(files.len() > 40, "only {} files were found", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let found: Vec<_> = banned.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{} uses {found:?}", file.display());
        assert!(text.starts_with("//!"), "{} does not say what it is for", file.display());
    }
}

/// A dialect's name is matched in its own file alone.
#[test]
fn nobody_asks_for_a_dialects_name() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut files = Vec::new();
    ["planner/src", "loaders/src", "dialects/src"].iter().for_each(|layer| sources(&root.join(layer), &mut files));
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        for name in ["sqlite", "postgres", "mysql", "mariadb"] {
            let own = file.ends_with(format!("dialects/src/{name}.rs"));
            // Features have the names of databases.
            let asks = |line: &str| line.contains(&format!("\"{name}\"")) && !line.contains("feature = ");
            assert!(own || !text.lines().any(asks), "{} asks for {name}", file.display());
        }
    }
}

fn sources(directory: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
