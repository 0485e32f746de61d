//! Whole tables that are sent with the root: which are, in whatever order their rows come, and what waits all the same.

use eagerly::graph::TableStatistics;
use eagerly::{LoadSpec, Plan, Planner, Prefer, RelationshipGraph, Run, Sqlite, Statement};
use eagerly_rusqlite::Session;
use eagerly_tests::corpus::{database, reflect};
use eagerly_tests::engine::Remote;
use rusqlite::Connection;
use std::cell::RefCell;

/// Links and posts may lead nowhere: nothing checks them here.
const TABLES: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Cyd');
    INSERT INTO post VALUES (1, 2, 'x'), (2, 1, 'y'), (3, 2, 'z'), (4, 9, 'w');
    INSERT INTO tag VALUES (1, 'sql'), (2, 'orm'), (3, 'web');
    INSERT INTO post_tag VALUES (1, 1), (1, 2), (1, 8), (3, 2), (7, 3), (7, 9);";

const SPEC: &str = "{ post { title author { name } tag { name } } }";

const RESULT: &str = r#"[{"title":"x","author":{"name":"Bob"},"tag":[{"name":"sql"},{"name":"orm"}]},{"title":"y","author":{"name":"Ada"},"tag":[]},{"title":"z","author":{"name":"Bob"},"tag":[{"name":"orm"}]},{"title":"w","author":null,"tag":[]}]"#;

/// The graph with statistics of so many posts, which need most of their few wide authors and tags.
fn counted(connection: &Connection, posts: u64) -> RelationshipGraph {
    let rows = |rows| TableStatistics::new().rows(rows).row_width(400);
    let links = rows(3 * posts).distinct(["post_id"], posts).distinct(["tag_id"], 200);
    let posts = rows(posts).distinct(["author_id"], 1_000);
    let of = [("author", rows(1_000)), ("post", posts), ("tag", rows(200)), ("post_tag", links)];
    of.iter().fold(reflect(connection), |graph, (entity, counts)| graph.with_statistics(entity, counts).unwrap())
}

fn planner(connection: &Connection) -> Planner {
    Planner::new(counted(connection, 10_000), Remote::new(Sqlite::new())).prefer(Prefer::FewestWaves)
}

fn compile(planner: &Planner, text: &str) -> Plan {
    planner.compile(&LoadSpec::parse(text).unwrap()).unwrap()
}

fn names(statements: &[Statement], plan: &Plan) -> Vec<String> {
    statements.iter().map(|statement| plan.batches().batch(statement.batch).name.clone()).collect()
}

#[test]
fn a_load_of_whole_tables_is_one_wave_in_any_order() {
    let connection = database(TABLES);
    let plan = compile(&planner(&connection), SPEC);
    assert_eq!(plan.batches().waves(), 1, "{}", plan.explain());
    assert!(plan.explain().contains("at most 4 statements\n"), "{}", plan.explain());
    for order in 0..24 {
        let mut run = Run::new(&plan);
        let mut ready = run.ready().unwrap();
        assert_eq!(names(&ready, &plan), ["post", "post.author", "post.tag", "post.tag.*"]);
        let mut left = order;
        while !ready.is_empty() {
            let statement = ready.remove(left % ready.len());
            left /= ready.len() + 1;
            eagerly_rusqlite::execute(&connection, &mut run, &statement).unwrap();
            assert!(run.ready().unwrap().is_empty());
        }
        assert_eq!(run.finish().unwrap().to_json().unwrap(), RESULT, "in the order {order}");
    }
}

#[test]
fn a_root_that_has_lost_its_rows_costs_statements_and_no_row() {
    let connection = database(TABLES);
    let planner = planner(&connection);
    connection.execute_batch("DELETE FROM post").unwrap();
    let result = eagerly_rusqlite::load(&connection, &compile(&planner, SPEC)).unwrap();
    assert_eq!(result.to_json().unwrap(), "[]");
}

#[test]
fn what_hangs_below_waits_for_the_keys_of_both() {
    let connection = database(TABLES);
    let plan = compile(&planner(&connection), "{ post { title author { name post(limit: 1) { title } } } }");
    let batches = plan.batches();
    let waves: Vec<(&str, u32)> = batches.batches.iter().map(|b| (b.name.as_str(), b.wave)).collect();
    assert_eq!(waves, [("post", 1), ("post.author", 1), ("post.author.post", 2)]);
    let result = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
    assert!(result.starts_with(r#"[{"title":"x","author":{"name":"Bob","post":[{"title":"x"}]}}"#), "{result}");
}

#[test]
fn without_rows_without_a_network_or_without_a_wave_to_save_they_wait() {
    let connection = database(TABLES);
    let remote = || Remote::new(Sqlite::new());
    let empty = counted(&connection, 0);
    let in_process = Planner::new(counted(&connection, 10_000), Sqlite::new());
    let filtered = SPEC.replace("{ post {", "{ post(where: {id: {ne: 1}}) {");
    for (planner, text) in [
        (Planner::new(reflect(&connection), remote()).prefer(Prefer::FewestWaves), SPEC),
        (Planner::new(empty, remote()).prefer(Prefer::FewestWaves), SPEC),
        (in_process.prefer(Prefer::FewestWaves), SPEC),
        // Nobody has asked for it.
        (planner(&connection).prefer(Prefer::FewerWaves), SPEC),
        (planner(&connection), filtered.as_str()),
        // The posts of an author are in the second wave, whatever the tags do.
        (planner(&connection), "{ post { title author { name } tag(limit: 1) { id } } }"),
    ] {
        let plan = compile(&planner, text);
        assert!(plan.batches().batches[1..].iter().all(|batch| batch.waits()), "{}", plan.explain());
    }
}

/// The towns of posts, which rivers hang below, and those of countries, a wave before the last, ask the same and are not
/// merged: that would add a wave. With authors sent with the root one less is left, and whether the towns should be merged
/// then is not looked at again.
#[test]
fn where_the_merging_might_be_another_they_wait() {
    let connection = database(
        "CREATE TABLE river (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT NOT NULL, river_id INTEGER REFERENCES river (id));
         CREATE TABLE country (id INTEGER PRIMARY KEY, name TEXT NOT NULL, town_id INTEGER REFERENCES town (id));
         CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL,
             country_id INTEGER NOT NULL REFERENCES country (id));
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id),
             town_id INTEGER REFERENCES town (id), title TEXT NOT NULL);",
    );
    let rows = |rows| TableStatistics::new().rows(rows).row_width(400);
    let of = [
        ("post", rows(100_000).distinct(["author_id"], 10_000)),
        ("author", rows(10_000).distinct(["country_id"], 200)),
        ("country", rows(200)),
    ];
    let graph =
        of.iter().fold(reflect(&connection), |graph, (entity, counts)| graph.with_statistics(entity, counts).unwrap());
    let planner = Planner::new(graph, Remote::new(Sqlite::new())).prefer(Prefer::FewestWaves);
    let waves = |text: &str| {
        let plan = compile(&planner, text);
        let of = |batch: &eagerly::batch::Batch| (batch.name.clone(), batch.wave);
        plan.batches().batches.iter().map(of).collect::<Vec<_>>()
    };
    let author = "author { name country { name town @selectin { name } } }";
    let alone = [("post", 1), ("post.author", 1), ("post.author.country", 2), ("post.author.country.town", 3)];
    assert_eq!(waves(&format!("{{ post {{ title {author} }} }}")), alone.map(|(name, wave)| (name.to_owned(), wave)));
    let both = waves(&format!("{{ post {{ title town @selectin {{ name river @selectin {{ name }} }} {author} }} }}"));
    let wave_of = |name: &str| both.iter().find(|(batch, _)| batch == name).map(|(_, wave)| *wave);
    assert_eq!(["post.author", "post.town", "post.author.country.town"].map(wave_of), [Some(2), Some(2), Some(4)]);
}

#[test]
fn in_a_session_they_wait_and_are_remembered() {
    let connection = database(TABLES);
    let planner = planner(&connection);
    let sent = RefCell::new(Vec::new());
    let mut session = Session::open(&connection, &planner).on_executed(|e| sent.borrow_mut().push((e.batch, e.wave)));
    let result = session.load(&LoadSpec::parse(SPEC).unwrap()).unwrap();
    assert_eq!(result.to_json().unwrap(), RESULT);
    let expected = [("post", 1), ("post.author", 2), ("post.tag", 2), ("post.tag.*", 3)];
    assert_eq!(*sent.borrow(), expected.map(|(batch, wave)| (batch.to_owned(), wave)));
    let less = session.load(&LoadSpec::parse(&SPEC.replace("title", "id")).unwrap()).unwrap();
    assert!(less.to_json().unwrap().starts_with(r#"[{"id":1,"author":{"name":"Bob"},"tag":[{"name":"sql"}"#));
    assert_eq!(sent.borrow().len(), 4, "nothing is sent again");
}
