//! Every error code, and what the program says with it: `cli/tests/errors.toml`. With `UPDATE=1` in the environment the
//! reports are rewritten; the rest of the file stays as it stands.
//!
//! On Linux, since a few reports hold the system's words.

#![allow(clippy::unwrap_used)]

use crate::support::Place;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table, value};

/// Codes whose words alone say what to do, where they say it all.
const WITHOUT_HELP: [&str; 2] = ["E0101", "E0106"];

/// The exit code of a family of codes.
fn exit_code_of(code: &str) -> i64 {
    match &code[..3] {
        "E04" => 3,
        "E05" => 4,
        _ => 2,
    }
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors.toml")
}

fn document() -> DocumentMut {
    std::fs::read_to_string(file()).unwrap().parse().unwrap()
}

/// The tables under a key.
fn tables(document: &DocumentMut, key: &str) -> Vec<Table> {
    document[key].as_array_of_tables().unwrap().iter().cloned().collect()
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Item::as_str).unwrap_or_default()
}

/// Where all commands run; the head of the file says what is there.
fn place() -> Place {
    let place = Place::blog().with("locked.db", "CREATE TABLE t (id INTEGER PRIMARY KEY)").with(
        "values.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, number REAL);
             INSERT INTO t VALUES (1, 'one', 1), (2, CAST(x'ff41' AS TEXT), 9e999);
             CREATE VIEW doubled AS SELECT id, 1 AS n FROM t UNION ALL SELECT id, 2 FROM t ORDER BY id;
             CREATE VIEW broken AS SELECT abs(-9223372036854775807 - id) AS n FROM t;
             CREATE VIEW endless AS
                 WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r;",
    );
    place.write("noise.db", "this is no database");
    place.write("latin.graphql", b"{ p\xf6st }");
    place.write(
        "deep.graphql",
        format!("{{\n  post(where: {}{{}}{}) {{ id }}\n}}\n", "{not: ".repeat(201), "}".repeat(201)),
    );
    for (name, toml) in GRAPHS {
        place.write(name, toml);
    }
    place
}

/// Graph files with a mistake each.
const GRAPHS: [(&str, &str); 9] = [
    (
        "twice.toml",
        "[entity.post]\ncolumns = [{ name = \"id\", type = \"integer\" }, { name = \"id\", type = \"text\" }]\n\
         primary_key = [\"id\"]\n",
    ),
    (
        "undefined.toml",
        "[entity.post.relationship.writer]\ndirection = \"many-to-one\"\ntarget = \"autor\"\non = { autor_id = \"id\" }\n",
    ),
    (
        "loop.toml",
        "[entity.node]\ncolumns = [{ name = \"id\", type = \"integer\" }, { name = \"up\", type = \"integer\" }]\n\
         primary_key = [\"id\"]\n\n[entity.node.relationship.above]\ndirection = \"many-to-one\"\ntarget = \"node\"\n\
         on = { up = \"id\" }\nback_populates = \"above\"\n",
    ),
    ("incomplete.toml", "[entity.post.relationship.writer]\ndirection = \"many-to-one\"\ntarget = \"author\"\n"),
    ("doubled.toml", "[entity.doubled]\nprimary_key = [\"id\"]\n"),
    ("syntax.toml", "[entity.post\ncolumns = []\n"),
    ("key.toml", "[entity.post]\ncolums = []\n"),
    ("value.toml", "[entity.post]\ncolumns = [{ name = \"id\", type = \"integr\" }]\nview = 1\n"),
    (
        "condition.toml",
        "[entity.node]\ncolumns = [{ name = \"id\", type = \"integer\" }, { name = \"up\", type = \"integer\" }]\n\
         primary_key = [\"id\"]\n\n[entity.node.relationship.above]\ndirection = \"many-to-one\"\ntarget = \"node\"\n\
         on = { up = \"id\" }\nwhere = \"{id: {gt: null}}\"\n",
    ),
];

/// What a case says now: the exit code and stderr.
fn run(place: &Place, case: &Table) -> (i64, String) {
    let arguments = case["arguments"].as_array().unwrap().iter().map(|item| item.as_str().unwrap());
    let outcome = place.run(&arguments.collect::<Vec<_>>());
    assert_eq!(outcome.stdout, "", "stdout stays empty: {case}");
    (outcome.code.unwrap().into(), outcome.stderr)
}

#[test]
fn reports_are_what_the_file_says() {
    let place = place();
    let writer = place.connect("locked.db");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut document = document();
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut problems = Vec::new();
    for case in document["error"].as_array_of_tables_mut().unwrap().iter_mut() {
        let (exit, stderr) = run(&place, case);
        let code = text(case, "code");
        if !stderr.lines().any(|line| line == code) {
            problems.push(format!("no {code} for {}:\n{stderr}", case["arguments"]));
        } else if exit != exit_code_of(code) {
            problems.push(format!("{code} comes with the exit code {exit}"));
        } else if !stderr.contains("help: ") && !WITHOUT_HELP.contains(&code) {
            problems.push(format!("{code} does not say what to do:\n{stderr}"));
        } else if (case.get("exit").and_then(Item::as_integer), text(case, "stderr")) != (Some(exit), stderr.as_str()) {
            if !update {
                problems.push(format!("{code} for {} is now, with {exit}:\n{stderr}", case["arguments"]));
            }
            case["exit"] = value(exit);
            let block: DocumentMut = format!("stderr = '''\n{stderr}'''").parse().unwrap();
            case["stderr"] = block["stderr"].clone();
        }
    }
    if update && problems.is_empty() {
        std::fs::write(file(), document.to_string()).unwrap();
    }
    assert!(problems.is_empty(), "{}\n(UPDATE=1 rewrites the file)", problems.join("\n"));
}

#[test]
fn every_code_has_a_case_or_a_reason_for_having_none() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../planner/src/error/code.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let declared = source.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split('"').nth(1));
    let declared: BTreeSet<String> = declared.map(str::to_owned).collect();
    assert!(declared.len() > 25, "{declared:?}");
    let document = document();
    let codes = |key: &str| tables(&document, key).iter().map(|t| text(t, "code").to_owned()).collect::<BTreeSet<_>>();
    let (shown, unreachable) = (codes("error"), codes("unreachable"));
    assert_eq!(shown.intersection(&unreachable).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(shown.union(&unreachable).cloned().collect::<BTreeSet<_>>(), declared);
    for table in tables(&document, "unreachable") {
        assert!(text(&table, "why").len() > 20, "{table}");
    }
}
