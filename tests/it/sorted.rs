//! What SQLite sorts: nothing, where an index has the rows of a key in their order. By EXPLAIN QUERY PLAN.

use eagerly::{LoadSpec, Planner, RelationshipGraph, Run, Sqlite};
use eagerly_tests::corpus::{database, reflect};
use rusqlite::Connection;

const TABLES: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL);
    CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
    CREATE TABLE listed (post_id INTEGER NOT NULL REFERENCES post (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        note TEXT, PRIMARY KEY (post_id, tag_id));
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob');
    INSERT INTO post VALUES (1, 1, 'x'), (2, 1, 'y'), (3, 2, 'z');
    INSERT INTO tag VALUES (1, 'sql', 's'), (2, 'orm', 'o');
    INSERT INTO post_tag VALUES (1, 1), (1, 2), (2, 2);
    INSERT INTO listed VALUES (1, 2, 'a'), (1, 1, 'b'), (3, 2, 'c');
    CREATE INDEX post_tag_tag ON post_tag (tag_id);
    CREATE INDEX post_author ON post (author_id);";

/// How SQLite runs each statement of a load, one line for each.
fn run_by(connection: &Connection, graph: &RelationshipGraph, text: &str) -> Vec<(String, String)> {
    let planner = Planner::new(graph.clone(), Sqlite::new());
    let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
    let (mut run, mut seen) = (Run::new(&plan), Vec::new());
    loop {
        let ready = run.ready().unwrap();
        if ready.is_empty() {
            run.finish().unwrap();
            return seen;
        }
        for statement in ready {
            let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
            let steps = explained.raw_query().mapped(|row| row.get::<_, String>(3)).map(Result::unwrap);
            seen.push((statement.sql.to_string(), steps.collect::<Vec<_>>().join(", ")));
            eagerly_rusqlite::execute(connection, &mut run, &statement).unwrap();
        }
    }
}

#[test]
fn an_index_that_has_the_order_spares_every_sort() {
    for analyzed in [false, true] {
        let connection = database(TABLES);
        if analyzed {
            connection.execute_batch("ANALYZE").unwrap();
        }
        let graph = reflect(&connection);
        for text in [
            "{ author(where: {id: {ne: 2}}) { name post { title } } }",
            "{ author(where: {id: {ne: 2}}) { name post(order: [\"-id\"]) { title } } }",
            "{ author { name post { title } } }",
            "{ post(where: {id: {ne: 2}}) { title tag_through_post_tag { name slug } } }",
            "{ post(where: {id: {ne: 2}}) { title tag_through_post_tag(order: [\"-id\"]) { name } } }",
            "{ post(where: {id: {ne: 2}}) { title tag_through_post_tag @subquery { name } } }",
            "{ post { title tag_through_post_tag { name slug } } }",
            "{ post { title tag_through_post_tag(order: [\"-id\"]) { name } } }",
            "{ post(where: {id: {ne: 2}}) { title tag @link(columns: [\"note\"]) { name } } }",
            "{ post { title tag { name slug } } }",
        ] {
            let statements = run_by(&connection, &graph, text);
            assert!(statements.len() > 1, "{statements:?}");
            for (sql, steps) in statements {
                assert!(!steps.contains("TEMP B-TREE"), "{text}\n{sql}\n{steps}");
            }
        }
    }
}

#[test]
fn an_order_that_no_index_has_is_sorted_key_by_key() {
    let connection = database(TABLES);
    let graph = reflect(&connection);
    for text in [
        "{ author(where: {id: {ne: 2}}) { name post(order: [\"title\"]) { title } } }",
        "{ post(where: {id: {ne: 2}}) { title tag_through_post_tag(order: [\"name\"]) { name } } }",
    ] {
        let (sql, steps) = run_by(&connection, &graph, text).pop().unwrap();
        assert!(steps.contains("TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY"), "{sql}\n{steps}");
    }
}

/// Posts, a tenth as many authors, three of 20 tags for each post, counted.
fn blog(posts: u32) -> Connection {
    let connection = database(TABLES);
    let authors = posts.div_ceil(10);
    let sql = format!(
        "DELETE FROM post_tag; DELETE FROM listed; DELETE FROM post; DELETE FROM tag; DELETE FROM author;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {authors})
             INSERT INTO author SELECT i, 'author ' || i FROM n;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {posts})
             INSERT INTO post SELECT i, i * 7919 % {authors} + 1, 'title ' || i FROM n;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
             INSERT INTO tag SELECT i, 'tag ' || i, 'tag-' || i FROM n;
         INSERT INTO post_tag SELECT id, (id * 31 + k * 7) % 20 + 1
             FROM post, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2);
         ANALYZE;"
    );
    connection.execute_batch(&sql).unwrap();
    connection
}

/// What nobody would write otherwise by hand, and what little data does better with.
#[test]
fn all_posts_are_four_scans_and_few_posts_two_statements() {
    let text = "{ post { id title author { id name } tag_through_post_tag { id name slug } } }";
    let connection = blog(1_000);
    let statements = run_by(&connection, &reflect(&connection), text);
    let expected = [
        ("SELECT t0.id, t0.author_id, t0.title FROM main.post AS t0 ORDER BY t0.id ASC", "SCAN t0"),
        ("SELECT t0.id, t0.name FROM main.author AS t0", "SCAN t0"),
        ("SELECT l0.tag_id, l0.post_id FROM main.post_tag AS l0 ORDER BY l0.post_id ASC, l0.tag_id ASC", "SCAN l0"),
        ("SELECT t0.id, t0.name, t0.slug FROM main.tag AS t0", "SCAN t0"),
    ];
    let found: Vec<_> = statements.iter().map(|(sql, steps)| (sql.replace('"', ""), steps.as_str())).collect();
    assert_eq!(found, expected.map(|(sql, steps)| (sql.to_owned(), steps)));

    let connection = blog(10);
    let statements = run_by(&connection, &reflect(&connection), text);
    let joined: Vec<_> = statements.iter().map(|(sql, _)| sql.contains(" JOIN ")).collect();
    assert_eq!(joined, [true, true], "{statements:?}");
}

/// A filter that leaves out one post: no list of keys can be dropped, and the rest is as of all posts.
#[test]
fn all_posts_but_one_are_four_statements_without_a_join() {
    let text = "{ post(where: {id: {ne: 1}}) { id title author { id name } tag_through_post_tag { id name slug } } }";
    let connection = blog(1_000);
    let statements = run_by(&connection, &reflect(&connection), text);
    let by = |column: &str| format!("{column} IN (SELECT +value FROM json_each(?))");
    let expected = [
        "SELECT t0.id, t0.author_id, t0.title FROM main.post AS t0 WHERE t0.id <> ? ORDER BY t0.id ASC".to_owned(),
        format!("SELECT t0.id, t0.name FROM main.author AS t0 WHERE {}", by("t0.id")),
        format!(
            "SELECT l0.tag_id, l0.post_id FROM main.post_tag AS l0 WHERE {} ORDER BY l0.post_id ASC, l0.tag_id ASC",
            by("l0.post_id")
        ),
        format!("SELECT t0.id, t0.name, t0.slug FROM main.tag AS t0 WHERE {}", by("t0.id")),
    ];
    let found: Vec<_> = statements.iter().map(|(sql, _)| sql.replace('"', "")).collect();
    assert_eq!(found, expected);
    assert!(statements.iter().all(|(_, steps)| !steps.contains("TEMP B-TREE")), "{statements:?}");
}
