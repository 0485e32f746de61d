//! Sentences of the contract about the program as a whole.

#![allow(clippy::unwrap_used)]

use crate::support::Place;
use serde_json::Value;

const SPEC: &str = "{ post { title author { name } tag { name post { id } } } }";

/// The exit codes but 0 and 70: of 70 no case is known, and `cli::guard` and `cli::report` say what would come of one.
#[test]
fn every_kind_of_failure_has_its_exit_code() {
    let place = Place::blog().with("fails.db", "CREATE VIEW v AS SELECT abs(-9223372036854775808) AS n");
    place.write("noise.db", "no database");
    place.write("wrong.toml", "entity.post.colums = []");
    std::fs::create_dir(place.path("dir")).unwrap();
    for (code, arguments) in [
        (2, &["lod"][..]),
        (2, &["load", "blog.db"]),
        (2, &["load", "blog.db", "{ post }", "--nothing"]),
        (2, &["load", "blog.db", "{ post }", "--format", "xml"]),
        (2, &["load", "blog.db", "{ post "]),
        (2, &["load", "blog.db", "{ pots }"]),
        (2, &["load", "blog.db", "@none.graphql"]),
        (2, &["load", "blog.db", "{ post }", "--graph", "none.toml"]),
        (2, &["load", "blog.db", "{ post }", "--graph", "wrong.toml"]),
        (2, &["load", "blog.db", "{ post }", "--trace", "dir"]),
        (2, &["load", "blog.db", "{ post(where: {id: $id}) }"]),
        (2, &["load", "mysql://localhost/db?ssl-mode=REQUIRED&socket=/no/such", "{ post }"]),
        (3, &["load", "postgres://localhost:1/db", "{ post }"]),
        (3, &["load", "mysql://localhost:1/db", "{ post }"]),
        (2, &["plan", "blog.db", "{ post }", "--dialect", "oracle"]),
        (3, &["load", "none.db", "{ post }"]),
        (3, &["inspect", "noise.db"]),
        (3, &["load", "fails.db", "{ v }"]),
        (4, &["load", "blog.db", "{ post }", "--max-rows", "2"]),
    ] {
        let outcome = place.refuses(arguments, code, &["E0"]);
        let first = outcome.stderr.lines().next().unwrap();
        assert!(first.len() == 5 && first.starts_with("E0"), "{arguments:?}: {}", outcome.stderr);
    }
}

#[test]
fn without_a_format_it_is_json_for_load_and_text_elsewhere() {
    let place = Place::blog();
    for (format, arguments) in [
        ("json", &["load", "blog.db", SPEC][..]),
        ("text", &["plan", "blog.db", SPEC]),
        ("text", &["inspect", "blog.db"]),
    ] {
        let written = place.run(&[arguments, &["--format", format]].concat()).text();
        assert_eq!(place.run(arguments).text(), written, "{arguments:?}");
    }
}

/// What is executed is what the plan says, in its order.
#[test]
fn a_trace_tells_the_statements_of_the_plan_in_their_order() {
    let place = Place::blog();
    place.load(&[SPEC, "--trace", "trace"]);
    let trace: Vec<Value> = place.read("trace").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let plan = place.run(&["plan", "blog.db", SPEC, "--format", "json"]).json();
    let batches = plan["batches"].as_array().unwrap();
    assert_eq!(trace.len(), 3);
    assert_eq!(plan["statements"], 3);
    for (index, (line, batch)) in trace.iter().zip(batches).enumerate() {
        assert_eq!(line["statement"].as_u64(), Some(index as u64 + 1));
        assert_eq!(
            (&line["batch"], &line["wave"], &line["sql"]),
            (&batch["name"], &batch["wave"], &batch["sql"]["text"])
        );
    }
    let waves: Vec<u64> = trace.iter().map(|line| line["wave"].as_u64().unwrap()).collect();
    assert_eq!(waves, [1, 2, 3]);
}

/// A trace empties its file: never one that the run reads, the graph file included.
#[test]
fn a_trace_never_overwrites_the_graph_file() {
    let place = Place::blog();
    place.write("g.toml", "entity.post.relationship.tag = { strategy = \"joined\" }");
    for trace in ["g.toml", "./g.toml"] {
        let arguments = ["load", "blog.db", SPEC, "--graph", "g.toml", "--trace", trace];
        place.refuses(&arguments, 2, &["E0001", "would overwrite"]);
    }
}
