//! Lists that are sorted where they arrive, on a database that hands out rows without an order backwards: SQLite, said to
//! have columns of one type, through a dialect that orders what the planner leaves without an order the other way round.

use eagerly::batch::{BatchPlan, KeySource, Projection, Query, Slot, SortKey, SqlTemplate};
use eagerly::dialect::{Capabilities, Dialect};
use eagerly::error::code;
use eagerly::graph::RelationshipGraph;
use eagerly::{LoadSpec, Plan, Planner, Postgres, Sqlite};
use eagerly_rusqlite::Session;
use eagerly_tests::corpus::{database, reflect};
use rusqlite::Connection;

const TABLES: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title TEXT NOT NULL,
        place INTEGER NOT NULL UNIQUE, maybe INTEGER UNIQUE);
    CREATE TABLE comment (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post (id), body TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        note TEXT, PRIMARY KEY (post_id, tag_id));
    CREATE TABLE node (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES node (id));
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Cleo');
    INSERT INTO post VALUES (-4, 1, 'v', 3, 1), (1, 1, 'x', 10, NULL), (2, 2, 'y', -7, 3), (3, 1, 'z', 2, 2), (9, 2, 'w', 5, 9);
    INSERT INTO comment VALUES (1, 1, 'a'), (2, 3, 'b'), (3, 1, 'c'), (4, 3, 'd'), (5, 9, 'e');
    INSERT INTO tag VALUES (-1, 'minus'), (1, 'sql'), (2, 'orm'), (30, 'graph');
    INSERT INTO post_tag VALUES (1, 30, 'a'), (1, 2, 'b'), (1, -1, 'c'), (2, 1, 'd'), (3, 2, 'e'), (3, 30, 'f');";

/// What the planner leaves without an order comes backwards.
#[derive(Debug)]
struct Backwards {
    sqlite: Sqlite,
    capabilities: Capabilities,
}

impl Backwards {
    fn new(keys: usize) -> Self {
        let sqlite = Sqlite::new().max_list_keys(keys);
        let mut capabilities = sqlite.capabilities().clone();
        (capabilities.typed_columns, capabilities.keys_in_index_order) = (true, false);
        Self { sqlite, capabilities }
    }
}

impl Dialect for Backwards {
    fn name(&self) -> &'static str {
        "backwards"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> eagerly::error::Result<SqlTemplate> {
        let mut query = query.clone();
        let ascending = query.head.order.first().is_some_and(|first| !first.descending);
        let alone = query.head.keys.as_ref().and_then(|keys| keys.link.as_ref()).is_some_and(|link| link.alone);
        let closure = query.head.keys.as_ref().is_some_and(|keys| matches!(keys.source, KeySource::Closure(_)));
        if query.order.is_empty() && !alone && !closure {
            let column = Projection::Column(Slot::HEAD, graph.entity(query.head.entity).primary_key[0]);
            query.order.push(SortKey { column, descending: ascending });
        }
        self.sqlite.render(graph, &query)
    }
}

fn planner(connection: &Connection, keys: usize) -> Planner {
    Planner::new(reflect(connection), Backwards::new(keys))
}

fn compile(planner: &Planner, text: &str) -> Plan {
    planner.compile(&LoadSpec::parse(text).unwrap()).unwrap()
}

/// Lists that are sorted where they arrive, and how many batches sort them.
const SORTED: &[(&str, usize)] = &[
    ("{ author(where: {id: {ne: 3}}) { name post { id title } } }", 1),
    ("{ author { name post(order: [\"-id\"]) { id title } } }", 1),
    ("{ author { name post(order: [\"place\"]) { place } } }", 1),
    ("{ author { name post(order: [\"-place\", \"title\"]) { place title } } }", 1),
    ("{ author { name post(where: {title: {ne: \"z\"}}) { title author { name } } } }", 1),
    ("{ author { name post @subquery { title comment @subquery { body } } } }", 2),
    ("{ author { name post { title comment(order: [\"-id\"]) { body } tag { name } } } }", 3),
    ("{ author { post { id } back: post(order: [\"-id\"]) { title } again: post { title author { name } } } }", 2),
    ("{ post { title author { post { title } } tag { id post { id tag(order: [\"-id\"]) { name } } } } }", 4),
    ("{ comment { body post { title comment { body post { author { post { title } } } } } } }", 2),
];

fn sorting(plan: &Plan) -> usize {
    plan.batches().batches.iter().filter(|batch| batch.parts[0].sorted_here.is_some()).count()
}

#[test]
fn lists_are_the_same_whoever_sorts_them() {
    let connection = database(TABLES);
    let expected = Planner::new(reflect(&connection), Sqlite::new());
    for (text, sorts) in SORTED {
        let plan = compile(&expected, text);
        assert_eq!(sorting(&plan), 0);
        let expected = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
        for keys in [1, 2, 1_000] {
            let planner = planner(&connection, keys);
            let plan = compile(&planner, text);
            assert_eq!(sorting(&plan), *sorts, "{}", plan.explain());
            assert_eq!(plan.explain().matches(", sorted here by ").count(), *sorts);
            let found = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
            assert_eq!(found, expected, "{text}\n{}", plan.explain());
            // What a session learns, and what it answers by that.
            let mut session = Session::open(&connection, &planner);
            let spec = LoadSpec::parse(text).unwrap();
            for _ in 0..2 {
                assert_eq!(session.load(&spec).unwrap().to_json().unwrap(), expected, "{text}");
            }
        }
    }
}

#[test]
fn a_session_answers_one_list_by_another() {
    let connection = database(TABLES);
    let planner = planner(&connection, 1_000);
    let mut sent = 0;
    let mut session = Session::open(&connection, &planner).on_executed(|_| sent += 1);
    let mut load = |text: &str| session.load(&LoadSpec::parse(text).unwrap()).unwrap().to_json().unwrap();
    let held = load("{ author(where: {id: 1}) { name post { id title } } }");
    assert_eq!(held, r#"[{"name":"Ada","post":[{"id":-4,"title":"v"},{"id":1,"title":"x"},{"id":3,"title":"z"}]}]"#);
    let more = load("{ author(where: {id: {lt: 3}}) { name post(order: [\"id\"]) { title } } }");
    assert_eq!(
        more,
        concat!(
            r#"[{"name":"Ada","post":[{"title":"v"},{"title":"x"},{"title":"z"}]},"#,
            r#"{"name":"Bob","post":[{"title":"y"},{"title":"w"}]}]"#
        )
    );
    drop(session);
    assert_eq!(sent, 4);
}

#[test]
fn what_else_depends_on_an_order_has_it_in_its_statement() {
    let connection = database(TABLES);
    let planner = Planner::new(reflect(&connection), Postgres::new());
    for (text, ordered) in [
        ("{ author { post { id } } }", false),
        ("{ author { post(order: [\"maybe\"]) { id maybe } } }", true),
        ("{ author { post(order: [\"title\"]) { id title } } }", true),
        ("{ tag { post_tag(order: [\"post_id\"]) { post_id note } } }", true),
        ("{ author { post(order: [\"place\"]) { title } } }", true),
        ("{ author { post(limit: 2) { id } } }", true),
        ("{ author { post(offset: 1) { id } } }", true),
        ("{ author { post { id comment @joined { body } } } }", true),
        ("{ node { id node_by_parent @recurse(depth: 9) { id } } }", true),
        ("{ post { tag @link(columns: [\"note\"]) { name } } }", true),
    ] {
        let plan = compile(&planner, text);
        let batch = &plan.batches().batches[1];
        assert_eq!(
            (batch.sql.text.contains("ORDER BY"), batch.parts[0].sorted_here.is_none()),
            (ordered, ordered),
            "{text}"
        );
    }
    // SQLite stores what it is given.
    let plan = compile(&Planner::new(reflect(&connection), Sqlite::new()), "{ author { post { id } } }");
    assert!(plan.batches().batches[1].sql.text.contains("ORDER BY"));
}

#[test]
fn a_value_that_is_no_integer_is_an_error() {
    let connection = database(TABLES);
    connection.execute_batch("UPDATE post SET place = 'text' WHERE id = 3").unwrap();
    let plan = compile(&planner(&connection, 1_000), "{ author { post(order: [\"place\"]) { place } } }");
    let errors = eagerly_rusqlite::load(&connection, &plan).unwrap_err();
    let error = errors.first();
    assert_eq!((error.code, error.message.as_str()), (code::REFUSED, "`post.place` has values that are no integers"));
    assert_eq!(error.at.path, "author.post");
}

#[test]
fn a_broken_plan_that_sorts_never_panics() {
    let connection = database(TABLES);
    for text in ["{ author { name post { title } } }", "{ post { title tag(order: [\"-id\"]) { name } } }"] {
        crate::stored_plan::broken(&connection, &planner(&connection, 1_000), text);
    }
}

#[test]
fn a_plan_sorts_only_lists_by_what_they_store() {
    let connection = database(TABLES);
    let spec = LoadSpec::parse("{ author { name post { title } } }").unwrap();
    let plan = planner(&connection, 1_000).compile(&spec).unwrap();
    let whole: serde_json::Value = serde_json::from_str(&plan.batches().to_json().unwrap()).unwrap();
    let by_id = serde_json::json!({ "column": 0, "descending": false });
    assert_eq!(whole["batches"][1]["parts"][0]["sorted_here"], by_id);
    let read = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut changed = whole.clone();
        change(&mut changed["batches"]);
        BatchPlan::from_json(&changed.to_string()).map_err(|errors| errors.first().message.clone())
    };
    assert!(read(&|_| {}).is_ok());
    // What an older version has stored says nothing of it.
    let part = |batches: &mut serde_json::Value| batches[1]["parts"][0].as_object_mut().unwrap().remove("sorted_here");
    assert!(read(&|batches| drop(part(batches))).is_ok_and(|plan| plan.batches[1].parts[0].sorted_here.is_none()));
    let refused = |batch: &str| Err(format!("a broken plan: {batch} is sorted by what it does not have"));
    for (change, batch) in [
        (&|batches: &mut serde_json::Value| batches[1]["parts"][0]["sorted_here"]["column"] = 3.into(), "batch#1"),
        (&|batches: &mut serde_json::Value| batches[1]["parts"][0]["to_many"] = false.into(), "batch#1"),
        (&|batches: &mut serde_json::Value| batches[0]["parts"][0]["sorted_here"] = by_id.clone(), "batch#0"),
    ] as [(&dyn Fn(&mut serde_json::Value), &str); 3]
    {
        assert_eq!(read(change).map(|_| ()), refused(batch));
    }
}
