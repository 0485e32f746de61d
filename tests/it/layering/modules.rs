//! The arrows between the modules of a crate: which must not exist, and no circles but those that are listed. Both lists of
//! today's exceptions can only shrink, since an exception that is no longer needed fails too.

use eagerly_tests::modules::{Modules, is_within};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Modules of a crate that must not name some others.
struct Rule {
    krate: &'static str,
    from: &'static [&'static str],
    /// Modules below `from` to which the rule does not apply.
    but: &'static [&'static str],
    to: &'static [&'static str],
}

const STORE: &[&str] = &["store", "keys", "edges", "cells"];
const RESULT: &[&str] = &["graph", "row", "items", "handle", "json", "de"];
const RUN: &[&str] = &["run", "bind", "stitch", "observe"];

const RULES: [Rule; 12] = [
    Rule { krate: "planner", from: &["filter"], but: &[], to: &["graph", "spec", "dialect", "logical", "batch"] },
    Rule { krate: "planner", from: &["graph"], but: &["graph::file"], to: &["spec", "dialect", "logical", "batch"] },
    Rule { krate: "planner", from: &["graph::file"], but: &[], to: &["dialect", "logical", "batch"] },
    Rule { krate: "planner", from: &["spec"], but: &[], to: &["graph", "dialect", "logical", "batch"] },
    Rule { krate: "planner", from: &["logical"], but: &[], to: &["batch"] },
    Rule {
        krate: "planner",
        from: &["graph", "spec", "filter", "dialect", "logical", "batch"],
        but: &[],
        to: &["planner"],
    },
    Rule { krate: "loaders", from: STORE, but: &[], to: RESULT },
    Rule { krate: "loaders", from: STORE, but: &[], to: RUN },
    Rule { krate: "loaders", from: RESULT, but: &[], to: RUN },
    Rule { krate: "loaders", from: STORE, but: &[], to: &["session"] },
    Rule { krate: "loaders", from: RESULT, but: &[], to: &["session"] },
    Rule { krate: "loaders", from: RUN, but: &[], to: &["session"] },
];

/// Passes must not name each other.
const PASSES: [(&str, &str); 2] = [("planner", "logical::passes"), ("planner", "batch::passes")];

/// Edges that break a rule today.
const BROKEN: &[(&str, &str, &str)] = &[
    ("loaders", "graph", "session::answer"),
    ("loaders", "graph", "session::part"),
    ("loaders", "row", "session::lazy"),
    ("loaders", "run", "session::part"),
    ("loaders", "run::recall", "session::answer"),
    ("loaders", "run::recall", "session::memory"),
    ("loaders", "run::recall", "session::part"),
    ("loaders", "store", "session::memory"),
    ("planner", "batch::passes::sent_with_root", "planner"),
    ("planner", "batch::schedule", "planner"),
    ("planner", "graph", "spec"),
    ("planner", "graph::build::options", "spec::depth"),
    ("planner", "graph::definition", "spec"),
    ("planner", "logical::passes", "planner"),
    ("planner", "logical::passes::choose_strategy", "planner"),
    ("planner", "logical::passes::choose_strategy::auto", "logical::passes::targets_once"),
    ("planner", "logical::passes::way_back", "logical::passes::choose_strategy"),
    ("planner", "logical::passes::way_back", "logical::passes::prune_columns"),
    ("planner", "spec::merge", "graph"),
    ("planner", "spec::scope", "graph"),
];

/// Circles of today: modules that reach each other by what they name.
const CIRCLES: &[(&str, &[&str])] = &[
    ("planner", &["batch::passes", "cache", "logical::passes", "planner"]),
    ("planner", &["batch::query", "dialect"]),
    ("planner", &["graph::casts", "graph::definition"]),
    ("planner", &["graph::catalog", "graph::statistics"]),
    ("planner", &["graph::file::condition", "graph::file::write"]),
    ("planner", &["spec::shape", "spec::shared"]),
    ("planner", &["spec::text::fields", "spec::text::values"]),
    ("dialects", &["flavor", "template"]),
    (
        "loaders",
        &[
            "bind",
            "graph",
            "items",
            "keys",
            "row",
            "run",
            "session::answer",
            "session::lazy",
            "session::memory",
            "session::part",
            "stitch",
            "store",
        ],
    ),
    ("cli", &["database", "guard", "report", "secret", "snippet", "spec", "stop"]),
];

type Edges = BTreeSet<(String, String)>;

fn edges(krate: &str) -> Edges {
    let modules = Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("src"));
    let edges = modules.edges();
    assert!(modules.len() > 15 && edges.len() > modules.len(), "{krate}: files or paths were not read");
    edges
}

fn is_any(module: &str, of: &[&str]) -> bool {
    of.iter().any(|above| is_within(module, above))
}

/// The pass that a module is a part of.
fn pass<'a>(module: &'a str, passes: &str) -> Option<&'a str> {
    let name = module.strip_prefix(passes)?.strip_prefix("::")?;
    Some(name.split("::").next().unwrap_or(name))
}

/// Whether an edge of a crate breaks a rule.
fn is_wrong(krate: &str, from: &str, to: &str) -> bool {
    let breaks =
        |rule: &Rule| rule.krate == krate && is_any(from, rule.from) && !is_any(from, rule.but) && is_any(to, rule.to);
    let between_passes = PASSES
        .iter()
        .filter(|(of, _)| *of == krate)
        .any(|(_, passes)| matches!((pass(from, passes), pass(to, passes)), (Some(from), Some(to)) if from != to));
    RULES.iter().any(breaks) || between_passes
}

#[test]
fn modules_name_none_that_is_not_below_them() {
    let mut found = BTreeSet::new();
    for krate in ["planner", "loaders"] {
        let wrong = edges(krate).into_iter().filter(|(from, to)| is_wrong(krate, from, to));
        found.extend(wrong.map(|(from, to)| (krate.to_owned(), from, to)));
    }
    let known: BTreeSet<_> =
        BROKEN.iter().map(|(k, a, b)| ((*k).to_owned(), (*a).to_owned(), (*b).to_owned())).collect();
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "these modules must not name each other (the second is not below the first): {new:#?}");
    let mended: Vec<_> = known.difference(&found).collect();
    assert!(mended.is_empty(), "these exceptions are no longer needed: {mended:#?}");
}

/// Sets of modules that reach each other.
fn circles(edges: &Edges) -> BTreeSet<Vec<String>> {
    let mut graph: DiGraph<&str, ()> = DiGraph::new();
    let mut ids = BTreeMap::new();
    for (from, to) in edges {
        let [from, to] = [from, to].map(|name| *ids.entry(name.as_str()).or_insert_with(|| graph.add_node(name)));
        graph.add_edge(from, to, ());
    }
    let circles = tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1);
    let names = circles.map(|circle| {
        let mut names: Vec<String> = circle.into_iter().map(|id| graph[id].to_owned()).collect();
        names.sort();
        names
    });
    names.collect()
}

#[test]
fn modules_name_each_other_in_no_circle() {
    for krate in ["planner", "dialects", "loaders", "cli"] {
        let found = circles(&edges(krate));
        let of_crate = CIRCLES.iter().filter(|(of, _)| *of == krate);
        let known: BTreeSet<Vec<String>> =
            of_crate.map(|(_, names)| names.iter().map(|name| (*name).to_owned()).collect()).collect();
        assert_eq!(found, known, "{krate}: the circles that were found, and those that are known");
    }
}
