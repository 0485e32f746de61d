//! What `load` prints, and how a database can be named.

use crate::support::Place;
use serde_json::json;

#[test]
fn a_graph_comes_out_as_one_array() {
    let spec = "{ post { title author @joined { name } tag @selectin { name slug } } }";
    let expected = json!([
        {"title": "one", "author": {"name": "Ada"}, "tag": [{"name": "Rust", "slug": "rust"}, {"name": "SQL", "slug": "sql"}]},
        {"title": "two", "author": {"name": "Ben"}, "tag": [{"name": "Rust", "slug": "rust"}]},
        {"title": "three", "author": null, "tag": []},
    ]);
    let place = Place::blog();
    assert_eq!(place.load(&[spec]), expected);
    assert_eq!(place.load(&["--format", "json", spec]), expected);
}

#[test]
fn keys_come_out_in_the_order_written_and_values_as_they_are() {
    let text = Place::blog().run(&["load", "blog.db", "{ post(limit: 2) { tag { slug } published score id } }"]).text();
    let expected = r#"[{"tag":[{"slug":"rust"},{"slug":"sql"}],"published":true,"score":1.5,"id":1},{"tag":[{"slug":"rust"}],"published":false,"score":null,"id":2}]"#;
    assert_eq!(text, format!("{expected}\n"));
}

#[test]
fn ndjson_is_one_root_object_per_line() {
    let place = Place::blog();
    let spec = "{ post { id title tag { slug } } }";
    let text = place.run(&["load", "blog.db", spec, "--format", "ndjson"]).text();
    let expected = r#"{"id":1,"title":"one","tag":[{"slug":"rust"},{"slug":"sql"}]}
{"id":2,"title":"two","tag":[{"slug":"rust"}]}
{"id":3,"title":"three","tag":[]}
"#;
    assert_eq!(text, expected);
    // Line ends in the data are none of the format's.
    place.connect("blog.db").execute_batch("UPDATE post SET title = 'a' || char(10, 8232) || 'b'").unwrap();
    let text = place.run(&["load", "blog.db", spec, "--format", "ndjson"]).text();
    let objects: Vec<serde_json::Value> =
        text.split_terminator('\n').map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(json!(objects), place.load(&[spec]));
    assert_eq!(place.run(&["load", "blog.db", "{ post(limit: 0) }", "--format", "ndjson"]).text(), "");
}

#[test]
fn values_come_out_as_their_kinds_say() {
    let place = Place::empty().with(
        "kinds.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, b BOOLEAN, n INTEGER, f REAL, d DECIMAL(10, 2), t TEXT, at DATETIME, j JSON, x BLOB);
         INSERT INTO t VALUES (1, 1, 9223372036854775807, 0.1, 1.50, 'a\"b\\c', '2026-01-02 03:04:05', '{\"a\": 1}', x'00ff10');
         INSERT INTO t VALUES (2, 0, -9223372036854775808, 1e300, 12345678901234567890, char(9, 10, 233, 128512), 7, NULL, x'');
         INSERT INTO t VALUES (3, 2, 'no number', 0, 'x', 5, NULL, 3, 'text');
         INSERT INTO t VALUES (4, 'yes', NULL, 2.0, 2, NULL, 1.5, '[]', 4);",
    );
    let expected = [
        r#"{"id":1,"b":true,"n":9223372036854775807,"f":0.1,"d":1.5,"t":"a\"b\\c","at":"2026-01-02 03:04:05","j":"{\"a\": 1}","x":"AP8Q"}"#,
        r#"{"id":2,"b":false,"n":-9223372036854775808,"f":1e+300,"d":1.2345678901234567e+19,"t":"\t\né😀","at":7,"j":null,"x":""}"#,
        r#"{"id":3,"b":2,"n":"no number","f":0.0,"d":"x","t":"5","at":null,"j":3,"x":"text"}"#,
        r#"{"id":4,"b":"yes","n":null,"f":2.0,"d":2,"t":null,"at":1.5,"j":"[]","x":4}"#,
    ];
    let text = place.run(&["load", "kinds.db", "{ t }", "--format", "ndjson"]).text();
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    assert_eq!(place.run(&["load", "kinds.db", "{ t }"]).text(), format!("[{}]\n", expected.join(",")));
}

#[test]
fn floats_read_back_to_the_same_value() {
    let place = Place::empty().with("f.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, f REAL)");
    let floats = [0.1, 1.0 / 3.0, f64::MIN_POSITIVE, 5e-324, f64::MAX, 1e15 + 0.3, -123_456_789.123_456_79];
    let connection = place.connect("f.db");
    for float in floats {
        connection.execute("INSERT INTO t (f) VALUES (?)", [float]).unwrap();
    }
    let text = place.run(&["load", "f.db", "{ t { f } }", "--format", "ndjson"]).text();
    let float = |line: &str| line[5..line.len() - 1].parse::<f64>().unwrap().to_bits();
    let read: Vec<u64> = text.lines().map(float).collect();
    assert_eq!(read, floats.map(f64::to_bits));
    // A value of a variable is read as exactly.
    for (id, float) in (1..).zip(floats) {
        let found = place.run(&["load", "f.db", "{ t(where: {f: $f}) { id } }", "--var", &format!("f={float:e}")]);
        assert_eq!(found.json(), json!([{"id": id}]), "{float:e}");
    }
}

#[test]
fn columns_without_a_graphql_name_come_out_with_all_columns() {
    let sql = "CREATE TABLE \"Order Details\" (\"unit price\" REAL, \"2nd\" TEXT, \"größe\" INT); INSERT INTO \"Order Details\" VALUES (1.5, 'x', 3)";
    let place = Place::empty().with("a.db", sql);
    let text = place.run(&["load", "a.db", "{ Order_Details }"]).text();
    assert_eq!(text, "[{\"unit price\":1.5,\"2nd\":\"x\",\"größe\":3}]\n");
}

#[test]
fn nothing_found_is_an_empty_array() {
    let place = Place::blog().with("none.db", "CREATE TABLE t (a)");
    assert_eq!(place.load(&["{ post(limit: 0) { tag } }"]), json!([]));
    assert_eq!(place.load(&["{ post(where: {title: \"none\"}) }"]), json!([]));
    assert_eq!(place.run(&["load", "none.db", "{ t }"]).json(), json!([]));
}

#[test]
fn a_database_is_a_path_with_or_without_its_prefix() {
    let place = Place::blog();
    let absolute = place.path("blog.db").to_str().unwrap().to_owned();
    place.connect("postgres").execute_batch("CREATE TABLE author (id INTEGER PRIMARY KEY)").unwrap();
    for name in ["blog.db", "./blog.db", "sqlite:blog.db", &absolute, &format!("sqlite:{absolute}"), "postgres"] {
        place.run(&["load", name, "{ author { id } }"]).json();
    }
    assert_eq!(place.files().len(), 2, "nothing is created");
}

#[cfg(unix)]
#[test]
fn a_path_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::blog();
    let name = std::ffi::OsStr::from_bytes(b"\xff.db");
    if std::fs::rename(place.path("blog.db"), place.path("").join(name)).is_err() {
        return; // A file system of Unicode names.
    }
    let mut command = place.command(&["inspect"]);
    assert!(crate::support::Outcome::of(command.arg(name)).text().contains("entity post"));
}

#[test]
fn the_database_is_not_written_to() {
    let place = Place::blog();
    let before = place.files();
    place.load(&["{ author { post { tag { post } } } }"]);
    place.run(&["inspect", "blog.db"]).text();
    place.run(&["plan", "blog.db", "{ post { tag } }"]).text();
    assert!(place.files() == before);
}
