//! Columns of JSON in structs: a document becomes what the field is for, and stays text for a field of text.

use eagerly::graph::{ColumnDef, ColumnType, EntityDef};
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Planner, Postgres, RelationshipGraph, ResultGraph, Run, Sqlite};
use serde::Deserialize;
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

fn graph() -> RelationshipGraph {
    let doc = EntityDef::new("doc")
        .column(ColumnDef::new("id", ColumnType::Integer))
        .column(ColumnDef::new("body", ColumnType::Json).nullable())
        .primary_key(["id"]);
    RelationshipGraph::builder().entity(doc).build().unwrap()
}

/// A result with these values in the column of JSON.
fn loaded(planner: &Planner, values: &[ValueRef<'_>]) -> ResultGraph {
    let mut run = Run::new(&planner.compile(&LoadSpec::parse("{ doc { id body } }").unwrap()).unwrap());
    let statement = run.ready().unwrap().remove(0);
    for (id, value) in values.iter().enumerate() {
        run.row(statement.id, &[ValueRef::Integer(id as i64), *value][..]).unwrap();
    }
    run.end(statement.id).unwrap();
    run.finish().unwrap()
}

/// The rows of documents.
fn documents(texts: &[&str]) -> ResultGraph {
    let values: Vec<ValueRef<'_>> = texts.iter().map(|text| ValueRef::Text(text)).collect();
    loaded(&Planner::new(graph(), Postgres::new()), &values)
}

#[derive(Debug, Deserialize, PartialEq)]
struct Row<T> {
    body: T,
}

#[track_caller]
fn read<T: for<'a> Deserialize<'a>>(text: &str) -> T {
    let rows: Vec<Row<T>> = documents(&[text]).deserialize().unwrap();
    rows.into_iter().next().unwrap().body
}

fn refused<T: for<'a> Deserialize<'a>>(text: &str) -> String {
    documents(&[text]).deserialize::<Row<T>>().map(|rows| rows.len()).unwrap_err().to_string()
}

#[derive(Debug, Deserialize, PartialEq)]
struct Address {
    street: String,
    lines: Vec<u8>,
    geo: Option<(f64, f64)>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Point,
    Circle { radius: i64 },
}

#[test]
fn a_document_is_the_structure_that_it_holds() {
    let text = r#" {"street": "a\u00e9", "lines": [1, 2], "geo": [1.5, -2e3], "more": {"deep": [null]}} "#;
    let expected = Address { street: "aé".to_owned(), lines: vec![1, 2], geo: Some((1.5, -2000.0)) };
    assert_eq!(read::<Address>(text), expected);
    assert_eq!(read::<Option<Box<Address>>>(text), Some(Box::new(expected)));
    assert_eq!(read::<serde_json::Value>(text)["more"], json!({"deep": [null]}));
    assert_eq!(
        read::<Vec<BTreeMap<String, i64>>>(r#"[{"a": 1}, {}]"#),
        [BTreeMap::from([("a".to_owned(), 1)]), BTreeMap::new()]
    );
    assert_eq!(read::<(u64, bool, char)>(r#"[18446744073709551615, true, "é"]"#), (u64::MAX, true, 'é'));
    assert_eq!(
        (read::<Shape>(r#""point""#), read::<Shape>(r#"{"circle": {"radius": 3}}"#)),
        (Shape::Point, Shape::Circle { radius: 3 })
    );
    assert_eq!((read::<i8>("-7"), read::<f64>("7"), read::<bool>("false")), (-7, 7.0, false));
    let unread: Vec<Row<serde::de::IgnoredAny>> = documents(&["{no document"]).deserialize().unwrap();
    assert_eq!(unread.len(), 1, "what a struct leaves out is not read");
}

#[test]
fn a_document_is_text_for_a_field_of_text() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Document(String);
    for text in [r#"{"b": 1,  "a": [2.50]}"#, r#""quoted""#, "1", "[]"] {
        assert_eq!(read::<String>(text), text);
        assert_eq!(read::<Option<String>>(text).as_deref(), Some(text));
        assert_eq!(read::<Document>(text), Document(text.to_owned()));
        assert_eq!(read::<Cow<'static, str>>(text), text);
        let graph = documents(&[text]);
        let borrowed: Vec<Row<&str>> = graph.deserialize().unwrap();
        assert_eq!(borrowed, [Row { body: text }]);
    }
}

#[test]
fn text_within_a_document_can_be_borrowed() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Address<'a> {
        street: &'a str,
    }
    let graph = documents(&[r#"{"street": "long"}"#]);
    let rows: Vec<Row<Address<'_>>> = graph.deserialize().unwrap();
    assert_eq!(rows, [Row { body: Address { street: "long" } }]);
}

#[test]
fn null_is_no_value_whether_the_database_or_the_document_says_it() {
    let graph = loaded(&Planner::new(graph(), Postgres::new()), &[ValueRef::Null, ValueRef::Text(" null\n")]);
    let none: Vec<Row<Option<Address>>> = graph.deserialize().unwrap();
    assert_eq!(none, [Row { body: None }, Row { body: None }]);
    let values: Vec<Row<serde_json::Value>> = graph.deserialize().unwrap();
    assert_eq!(values, [Row { body: json!(null) }, Row { body: json!(null) }]);
    let rows: Vec<serde_json::Value> = graph.deserialize().unwrap();
    assert_eq!(
        serde_json::Value::from(rows),
        serde_json::from_str::<serde_json::Value>(&graph.to_json().unwrap()).unwrap()
    );
}

#[test]
fn what_does_not_fit_names_its_column_and_place() {
    let error = refused::<Address>(r#"{"street": 7}"#);
    assert!(
        error.starts_with("`body`: in the document: invalid type: integer `7`, expected a string at line 1"),
        "{error}"
    );
    assert!(refused::<Address>("{").starts_with("`body`: in the document: EOF"));
    assert!(refused::<serde_json::Value>("{} {}").contains("trailing characters"));
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(refused::<serde_json::Value>(&deep).contains("recursion limit"));
}

/// There it is text, which the column's declared type says nothing of.
#[test]
fn on_sqlite_a_document_is_the_text_that_is_stored() {
    let graph = loaded(&Planner::new(graph(), Sqlite::new()), &[ValueRef::Text("[1]")]);
    let rows: Vec<Row<serde_json::Value>> = graph.deserialize().unwrap();
    assert_eq!(rows, [Row { body: json!("[1]") }]);
    assert!(graph.deserialize::<Row<Vec<u8>>>().is_err());
}
