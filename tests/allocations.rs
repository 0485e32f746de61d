//! Allocations of the hot path, counted: finding a plan that is known takes none, starting a run takes as many as the
//! plan has parts, whatever its rows. A binary of its own, since counting replaces its allocator.
#![allow(clippy::unwrap_used, missing_docs)]

use allocation_counter::measure;
use eagerly::graph::TableStatistics;
use eagerly::spec::Variables;
use eagerly::{BindValue, LoadSet, LoadSpec, Planner, Run, Sqlite};
use std::hint::black_box;

const BLOG: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;";

fn planner() -> Planner {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch(BLOG).unwrap();
    Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new())
}

fn parse(text: &str) -> LoadSpec {
    LoadSpec::parse(text).unwrap()
}

/// Allocations of `of`, whose result is dropped after they are counted.
fn count<T>(of: impl FnOnce() -> T) -> u64 {
    let mut result = None;
    let counted = measure(|| result = Some(black_box(of())));
    drop(result);
    counted.count_total
}

/// `fields` times a relationship with a `where`: every second one repeats that before it.
fn many_conditions(fields: usize, value: usize) -> LoadSpec {
    let field = |i: usize| format!("t{i}: tag(where: {{name: {{gt: \"name {}\"}}}}) {{ name }}", value + i / 2);
    parse(&format!("{{ post {{ id {} }} }}", (0..fields).map(field).collect::<Vec<_>>().join(" ")))
}

#[test]
fn a_known_plan_is_found_without_allocations() {
    let cases = [
        (parse("{ post }"), parse("{ post }")),
        (
            parse("{ post { title author @joined { name } tag @selectin { name } } }"),
            parse("{ post { title author @joined { name } tag @selectin { name } } }"),
        ),
        (
            parse(r#"{ post(where: {title: "a", id: {in: [1, 2]}}, limit: 10) { tag(where: {name: {like: "x%"}}) } }"#),
            parse(r#"{ post(where: {title: "b", id: {in: [3]}}, limit: 10) { tag(where: {name: {like: "y"}}) } }"#),
        ),
        (many_conditions(16, 0), many_conditions(16, 7)),
    ];
    for (first, second) in cases {
        let planner = planner();
        assert!(count(|| planner.compile(&first).unwrap()) > 0, "{first:?}");
        let compiled = planner.compile(&first).unwrap();
        for spec in [&first, &second] {
            assert_eq!(count(|| planner.compile(spec).unwrap()), 0, "{spec:?}");
        }
        // It is the plan that was compiled, with values of its own.
        let found = planner.compile(&second).unwrap();
        assert!(std::ptr::eq(&**found.batches(), &**compiled.batches()));
        assert_eq!(**found.values(), *second.values());
    }
}

#[test]
fn many_conditions_take_few_allocations() {
    let planner = planner();
    planner.compile(&many_conditions(100, 0)).unwrap();
    let spec = many_conditions(100, 7);
    // The table of those beyond the first sixteen, and the list of those that repeat others.
    let counted = count(|| planner.compile(&spec).unwrap());
    assert!((1..=10).contains(&counted), "{counted}");
}

#[test]
fn values_are_copied_once_for_all_runs() {
    let planner = planner();
    let spec = parse(r#"{ post(where: {title: {in: ["a", "b"]}}) { id } }"#);
    let plan = planner.compile(&spec).unwrap();
    // The list and its two texts, the values, and the same shared.
    assert_eq!(count(|| plan.values().clone()), 5);
    assert_eq!(count(|| plan.values().clone()), 0);
    assert_eq!(count(|| plan.clone()), 0);
    let without = planner.compile(&parse("{ post }")).unwrap();
    assert_eq!(count(|| without.values().clone()), 0);
}

#[test]
fn starting_a_run_allocates_by_parts_of_the_plan() {
    let planner = planner();
    for text in [
        "{ post { id } }",
        "{ post { title author { name } tag { name } } }",
        "{ author { name post { title tag { name post_tag { post { title } } } } } }",
    ] {
        let plan = planner.compile(&parse(text)).unwrap();
        let batches = plan.batches();
        let read = batches.entities.iter().filter(|entity| !entity.columns.is_empty()).count();
        // The lists of stores, nodes and batches; the columns and the key of each entity; the parts of each batch.
        let most = 3 + 2 * read + batches.batches.len();
        let counted = count(|| Run::new(&plan));
        assert!(counted as usize <= most, "{text}: {counted}, {most} at most");
    }
}

/// A limit and statistics are no promise: what was reserved for rows that did not come is not kept.
#[test]
fn a_result_of_one_row_keeps_little_whatever_was_expected() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch(BLOG).unwrap();
    connection.execute_batch("INSERT INTO author VALUES (1, 'Ada')").unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    let counted = graph.clone().with_statistics("author", &TableStatistics::new().rows(1_000_000)).unwrap();
    let kept = |graph, text| {
        let plan = Planner::new(graph, Sqlite::new()).compile(&parse(text)).unwrap();
        drop(eagerly_rusqlite::load(&connection, &plan).unwrap());
        let mut result = None;
        let counted = measure(|| result = Some(eagerly_rusqlite::load(&connection, &plan).unwrap()));
        assert_eq!(result.map(|result| result.len()), Some(1));
        (counted.bytes_current, counted.bytes_max)
    };
    let (unknown, _) = kept(graph.clone(), "{ author { name } }");
    for (graph, text) in [(graph, "{ author(limit: 1000) { name } }"), (counted, "{ author { name } }")] {
        let (kept, most) = kept(graph, text);
        assert!(most > 8_000, "{text}: {most} bytes at the peak: nothing was reserved");
        assert!(kept <= unknown + 512, "{text}: {kept} bytes are kept, {unknown} where nothing is known");
    }
}

#[test]
fn declared_loads_share_their_plans_and_values() {
    let loads = LoadSet::new(planner())
        .declare("all", parse(r#"{ post(where: {title: {gt: "a"}}) { title author { name } } }"#))
        .unwrap()
        .declare("by", parse("{ post(where: {title: {gt: $title}}) { title author { name } } }"))
        .unwrap();
    let none = Variables::new();
    assert_eq!(count(|| loads.plan("all", &none).unwrap().values().clone()), 0);
    let title = Variables::from([("title".to_owned(), BindValue::One("b".into()))]);
    let page = LoadSpec::new("post").limit(10);
    loads.plan_with("all", &page, &none).unwrap();
    // Six names of fields, columns and variables, two lists of fields, the tree, and what walks it.
    let copied = count(|| loads.plan("by", &title).unwrap());
    assert!((1..=20).contains(&copied), "{copied}");
    let merged = count(|| loads.plan_with("all", &page, &none).unwrap());
    assert!((1..=20).contains(&merged), "{merged}");
}
