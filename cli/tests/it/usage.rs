//! Arguments: help, and mistakes.

use crate::support::Place;

#[test]
fn help_and_version_go_to_stdout() {
    let place = Place::empty();
    for arguments in [&["--help"][..], &["-h"], &["help"], &["load", "--help"], &["help", "load"], &["demo", "-h"]] {
        assert!(place.run(arguments).text().contains("Usage: eagerly"), "{arguments:?}");
    }
    let version = place.run(&["--version"]).text();
    assert_eq!(version.trim(), concat!("eagerly ", env!("CARGO_PKG_VERSION")));
    let help = place.run(&["--help"]).text();
    for command in ["demo", "inspect", "plan", "load", "completions", "man"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn mistakes_come_with_a_code_and_claps_suggestion() {
    let place = Place::blog();
    for (arguments, words) in [
        (&[][..], &["requires a subcommand", "Usage: eagerly"][..]),
        (&["lod"], &["'lod'", "'load'"]),
        (&["load"], &["<DB> <SPEC>", "Usage: eagerly load"]),
        (&["load", "blog.db"], &["<SPEC>"]),
        (&["plan", "blog.db"], &["<SPEC>", "Usage: eagerly plan [OPTIONS] <DB> <SPEC>"]),
        (&["inspect"], &["<DB>"]),
        (&["load", "blog.db", "{ post }", "more"], &["'more'"]),
        (&["load", "blog.db", "{ post }", "--formt", "json"], &["'--formt'", "'--format'"]),
        (&["load", "blog.db", "{ post }", "--format", "jsn"], &["'jsn'", "'json'"]),
        (&["load", "blog.db", "{ post }", "--format", "xml"], &["[possible values: json, ndjson]"]),
        (&["load", "blog.db", "{ post }", "--format", "json", "--format", "json"], &["'--format <FORMAT>'"]),
        (&["load", "blog.db", "{ post }", "--max-rows"], &["--max-rows <N>"]),
        (&["inspect", "blog.db", "--trace", "x"], &["'--trace'", "help: `--trace` is an option of `load`\n"]),
        (&["demo", "--timeout", "1"], &["'--timeout'", "`--timeout` is an option of `inspect`, `plan`, `load`\n"]),
        (&["plan", "blog.db", "{ post }", "--snapshot=1"], &["'--snapshot'", "an option of `load`\n"]),
        (&["inspect", "-x.db"], &["'-x'", "to pass '-x' as a value"]),
        (&["demo", "x"], &["'x'"]),
    ] {
        let outcome = place.refuses(arguments, 2, words);
        assert!(outcome.stderr.starts_with("E0001\n"), "{}", outcome.stderr);
    }
}

#[test]
fn a_plan_of_a_graph_file_and_a_database_misses_its_specification() {
    let place = Place::blog();
    place.write("graph.toml", "[entity.post]\ncolumns = [{ name = \"id\", type = \"integer\" }]\n");
    place.write("{odd}.db", "");
    for only in ["blog.db", "none.db", "sqlite:blog.db", "{odd}.db"] {
        let arguments = ["plan", "--graph", "graph.toml", only];
        place.refuses(&arguments, 2, &["E0001", "a specification is missing", "--graph FILE DB SPEC"]);
    }
    place.write("spec", "{ post }");
    for only in ["{ post }", "@spec", "query { post }"] {
        assert!(place.run(&["plan", "--graph", "graph.toml", only]).text().contains("SELECT"), "{only}");
    }
    let graph = ["plan", "--graph", "graph.toml", "-"];
    assert!(place.run_with_input(&graph, b"{ post }").text().contains("SELECT"));
}

#[test]
fn the_help_of_inspect_shows_a_graph_file_alone() {
    let help = Place::empty().run(&["inspect", "--help"]).text();
    for words in ["eagerly inspect [OPTIONS] --graph <FILE> [DB]", "eagerly inspect --graph shop.toml"] {
        assert!(help.contains(words), "{help}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_refused() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::blog();
    let mut command = place.command(&["load", "blog.db"]);
    command.arg(std::ffi::OsStr::from_bytes(b"{ post(where: {title: \"\xff\"}) }"));
    crate::support::Outcome::of(&mut command).refused(2, &["E0001", "UTF-8"]);
}
