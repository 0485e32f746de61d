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
