//! Columns and relationships that are found once and read from any number of rows.

use eagerly::error::code;
use eagerly::value::ValueRef;
use eagerly::{ColumnHandle, LoadSpec, Planner, RelationshipHandle, ResultGraph, Sqlite};
use eagerly_tests::corpus::database;
use rusqlite::Connection;

const BLOG: &str = "
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, hidden BOOLEAN, score REAL, face BLOB);
CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id), title TEXT NOT NULL);
INSERT INTO author VALUES (1, 'Ada', 0, 1.5, x'00ff'), (2, NULL, 1, NULL, NULL);
INSERT INTO post VALUES (1, 1, 'One'), (2, 2, 'Two'), (3, NULL, 'Three'), (4, 1, 'Four');
";

const SPEC: &str =
    "{ post { title writer: author { name hidden score face posts: post { title } } author @raise { id } } }";

fn load(connection: &Connection, planner: &Planner, spec: &str) -> ResultGraph {
    eagerly_rusqlite::load(connection, &planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap()).unwrap()
}

fn blog() -> (Connection, Planner) {
    let connection = database(BLOG);
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    (connection, planner)
}

#[test]
fn a_handle_reads_what_its_name_reads() {
    let (connection, planner) = blog();
    let graph = load(&connection, &planner, SPEC);
    let (title, name) = (graph.column("post", "title").unwrap(), graph.column("post.writer", "name").unwrap());
    let (writer, posts) =
        (graph.relationship("post.writer").unwrap(), graph.relationship("post.writer.posts").unwrap());
    let below = graph.column("post.writer.posts", "title").unwrap();
    let shown: Vec<_> = graph
        .roots()
        .map(|post| {
            let writer = post.follow(writer).next();
            let posts = writer.iter().flat_map(|writer| writer.follow(posts)).filter_map(|post| post.text(below));
            (post.text(title).unwrap(), writer.map(|writer| writer.text(name)), posts.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("One", Some(Some("Ada")), vec!["One", "Four"]),
            ("Two", Some(None), vec!["Two"]),
            ("Three", None, vec![]),
            ("Four", Some(Some("Ada")), vec!["One", "Four"]),
        ]
    );
}

#[test]
fn a_typed_cell_is_there_only_in_its_class() {
    let (connection, planner) = blog();
    let graph = load(&connection, &planner, SPEC);
    let column = |key| graph.column("post.writer", key).unwrap();
    let writer = graph.relationship("post.writer").unwrap();
    let authors: Vec<_> = graph.roots().take(2).filter_map(|post| post.follow(writer).next()).collect();
    let all = |key| authors.iter().map(|row| row.value(column(key)).unwrap()).collect::<Vec<_>>();
    assert_eq!(all("score"), [ValueRef::Float(1.5), ValueRef::Null]);
    assert_eq!([0, 1].map(|at| authors[at].float(column("score"))), [Some(1.5), None]);
    assert_eq!([0, 1].map(|at| authors[at].boolean(column("hidden"))), [Some(false), Some(true)]);
    assert_eq!([0, 1].map(|at| authors[at].integer(column("hidden"))), [Some(0), Some(1)]);
    assert_eq!([0, 1].map(|at| authors[at].bytes(column("face"))), [Some(&[0, 255][..]), None]);
    assert_eq!(authors[0].text(column("face")).or(authors[0].text(column("score"))), None);
    assert_eq!((authors[0].integer(column("name")), authors[0].boolean(column("score"))), (None, None));
}

#[test]
fn a_handle_of_another_place_or_plan_reads_nothing() {
    let (connection, planner) = blog();
    let graph = load(&connection, &planner, SPEC);
    let post = graph.roots().next().unwrap();
    let name = graph.column("post.writer", "name").unwrap();
    assert_eq!(post.value(name), None);
    assert_eq!(post.follow(graph.relationship("post.writer.posts").unwrap()).len(), 0);
    let other = load(&connection, &planner, "{ post { author_id title writer: author { id } } }");
    let foreign = other.column("post", "author_id").unwrap();
    assert_eq!(post.value(foreign), None);
    assert_eq!(post.follow(other.relationship("post.writer").unwrap()).len(), 0);
    // It serves every result of its plan, and can be found before the first.
    let plan = planner.compile(&LoadSpec::parse(SPEC).unwrap()).unwrap();
    let title = ColumnHandle::new(plan.batches(), "post", "title").unwrap();
    assert_eq!(title, graph.column("post", "title").unwrap());
    assert_eq!(load(&connection, &planner, SPEC).roots().next().unwrap().text(title), Some("One"));
}

#[test]
fn a_recursion_is_followed_level_by_level() {
    let connection = database(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node (id));
         INSERT INTO node VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (5, 2);",
    );
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    let graph = load(&connection, &planner, "{ node(where: {id: {eq: 1}}) { id node_by_parent_id @recurse { id } } }");
    let (nodes, id) =
        (graph.relationship("node.node_by_parent_id").unwrap(), graph.column("node.node_by_parent_id", "id").unwrap());
    let (mut level, mut ids) = (graph.roots().collect::<Vec<_>>(), Vec::new());
    while !level.is_empty() {
        level = level.into_iter().flat_map(|row| row.follow(nodes)).collect();
        ids.push(level.iter().filter_map(|row| row.integer(id)).collect::<Vec<_>>());
    }
    assert_eq!(ids, [vec![2], vec![3, 5], vec![4], vec![]]);
}

#[test]
fn a_name_that_is_not_there_is_an_error_with_a_suggestion() {
    let (connection, planner) = blog();
    let graph = load(&connection, &planner, SPEC);
    let column = |path, key| graph.column(path, key).unwrap_err();
    let relationship = |path| graph.relationship(path).unwrap_err();
    for (error, expected, hint) in [
        (column("post", "titel"), code::UNKNOWN_COLUMN, "title"),
        (column("post", "writer"), code::UNKNOWN_COLUMN, ""),
        (column("post.writr", "name"), code::UNKNOWN_RELATIONSHIP, "post.writer"),
        (relationship("post.writer.post"), code::UNKNOWN_RELATIONSHIP, "post.writer.posts"),
        (relationship("post"), code::UNKNOWN_RELATIONSHIP, "roots"),
        (relationship("post.author"), code::NOT_LOADED, "@selectin"),
    ] {
        assert_eq!(error.first().code, expected, "{error}");
        assert!(error.to_string().contains(hint), "{error}");
    }
    assert!(RelationshipHandle::new(graph.plan(), "").is_err());
}
