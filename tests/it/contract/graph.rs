//! What a graph file says of a relationship, and what specifications make of it.

use super::{BLOG, load, parse};
use eagerly::RelationshipGraph;
use eagerly::graph::GraphFile;
use eagerly_tests::corpus::database;
use rusqlite::Connection;

fn blog_with(file: &str) -> (Connection, RelationshipGraph) {
    let connection = database(BLOG);
    let catalog = eagerly_rusqlite::catalog(&connection).unwrap();
    let graph = GraphFile::parse(file).and_then(|file| file.over(&catalog)).unwrap_or_else(|e| panic!("{file}\n{e}"));
    (connection, graph)
}

#[track_caller]
fn loads(file: &str, cases: &[(&str, &str)]) {
    let (connection, graph) = blog_with(file);
    for (spec, expected) in cases {
        assert_eq!(load(&connection, &graph, &parse(spec)), *expected, "{spec}");
    }
}

#[test]
fn order_by_is_the_order_where_a_specification_gives_none() {
    loads(
        r#"entity.post.relationship.comment = { order_by = ["-body"] }"#,
        &[
            (
                "{ post(where: {id: 1}) { id comment { body } } }",
                r#"[{"id":1,"comment":[{"body":"Third?"},{"body":"Second."},{"body":"First!"}]}]"#,
            ),
            (
                r#"{ post(where: {id: 1}) { id comment(order: ["id"], limit: 1) { body } } }"#,
                r#"[{"id":1,"comment":[{"body":"First!"}]}]"#,
            ),
            ("{ post(where: {id: 1}) { id comment(limit: 1) { id } } }", r#"[{"id":1,"comment":[{"id":3}]}]"#),
        ],
    );
}

#[test]
fn where_is_part_of_the_relationship_wherever_it_is_followed() {
    loads(
        r#"entity.post.relationship.comment = { where = { body = { like = "%.%" } } }"#,
        &[
            (
                "{ post { id comment { body } } }",
                r#"[{"id":1,"comment":[{"body":"Second."}]},{"id":2,"comment":[{"body":"So lazy."}]},{"id":3,"comment":[]}]"#,
            ),
            ("{ post(where: {comment: {any: {id: 1}}}) { id } }", "[]"),
            ("{ post(where: {comment: {none: {reply_to_id: 1}}}) { id } }", r#"[{"id":2},{"id":3}]"#),
            (
                "{ post(limit: 1) { id comment(where: {reply_to_id: null}) @joined(inner: true) { body } } }",
                r#"[{"id":2,"comment":[{"body":"So lazy."}]}]"#,
            ),
        ],
    );
}

#[test]
fn uselist_makes_an_object_of_a_list() {
    loads(
        r#"entity.post.relationship.comment = { uselist = false }"#,
        &[(
            "{ post { id comment { id } } }",
            r#"[{"id":1,"comment":{"id":1}},{"id":2,"comment":{"id":4}},{"id":3,"comment":null}]"#,
        )],
    );
}

/// Another entity over one table, with relationships of its own.
#[test]
fn one_table_can_be_several_entities() {
    loads(
        r#"
        [entity.draft]
        table = "post"
        relationship.remarks = { direction = "one-to-many", target = "comment", on = { id = "post_id" } }
        [entity.comment.relationship]
        draft = { direction = "many-to-one", target = "draft", on = { post_id = "id" } }
        reply_to = false
        "#,
        &[
            (
                "{ draft(where: {published: true}) { title remarks(limit: 1) { body draft { title } } } }",
                r#"[{"title":"Eager loading","remarks":[{"body":"First!","draft":{"title":"Eager loading"}}]},{"title":"Lazy Sundays","remarks":[{"body":"So lazy.","draft":{"title":"Lazy Sundays"}}]}]"#,
            ),
            ("{ post(limit: 1) { title author { name } } }", r#"[{"title":"Eager loading","author":{"name":"Ada"}}]"#),
        ],
    );
}

#[test]
fn a_relationship_cannot_have_the_name_of_a_column() {
    let connection = database(BLOG);
    let catalog = eagerly_rusqlite::catalog(&connection).unwrap();
    let file = r#"entity.post.relationship.title = { direction = "many-to-one", target = "author", on = { author_id = "id" } }"#;
    let errors = GraphFile::parse(file).unwrap().over(&catalog).unwrap_err();
    let expected = "E0201: `title` is a column of `post` too (at post.title); rename the relationship: both would come \
                    out under one key";
    assert_eq!(errors.to_string(), expected);
}

/// The words that a graph file can use, in the order of help texts.
#[test]
fn the_words_of_graph_files_are_these() {
    use eagerly::graph::{ColumnType, Direction, OnDelete};
    let types = "boolean integer float decimal text bytes uuid json date time timestamp untyped other";
    assert_eq!(ColumnType::ALL.map(ColumnType::name).join(" "), types);
    let directions = "many-to-one one-to-many one-to-one many-to-many";
    assert_eq!(Direction::ALL.map(Direction::name).join(" "), directions);
    assert_eq!(OnDelete::ALL.map(OnDelete::name).join(", "), "no action, restrict, cascade, set null, set default");
    for direction in Direction::ALL {
        let file = format!("entity.a.relationship.r = {{ direction = \"{}\" }}", direction.name());
        assert!(GraphFile::parse(&file).is_ok(), "{file}");
    }
}

#[test]
fn a_graph_file_has_a_size() {
    let file = |bytes: usize| "\n".repeat(bytes);
    assert!(GraphFile::parse(&file(16 << 20)).is_ok());
    assert_eq!(GraphFile::parse(&file((16 << 20) + 1)).unwrap_err().first().code, "E0107");
}
