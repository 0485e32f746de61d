//! Where a specification comes from: the argument, a file, standard input.

use crate::support::Place;
use serde_json::json;

#[test]
fn a_specification_is_text_a_file_or_standard_input() {
    let place = Place::blog();
    let expected = json!([{"name": "Ada"}, {"name": "Ben"}]);
    let spec = "{ author { name } }";
    place.write("a spec.graphql", format!("# what to load\r\n\u{feff}{spec}\n"));
    place.write("bom.graphql", format!("\u{feff}{spec}"));
    assert_eq!(place.load(&[spec]), expected);
    assert_eq!(place.load(&["@a spec.graphql"]), expected);
    assert_eq!(place.load(&["@bom.graphql"]), expected);
    assert_eq!(place.run_with_input(&["load", "blog.db", "-"], spec.as_bytes()).json(), expected);
    assert!(place.run_with_input(&["plan", "blog.db", "-"], spec.as_bytes()).text().starts_with("plan for sqlite"));
}

#[test]
fn a_specification_can_be_json() {
    let place = Place::blog();
    let json = r#" { "post": {"where": {"id": {"in": {"$": "ids"}}}, "order": ["-id"], "fields": ["title", {"name": "tag", "alias": "tags", "fields": ["slug"]}]}}"#;
    let text = "{ post(where: {id: {in: $ids}}, order: [\"-id\"]) { title tags: tag { slug } } }";
    place.write("spec.json", json);
    let ids = ["--var", "ids=[1, 2]"];
    let expected = place.load(&[&[text], &ids[..]].concat());
    assert_eq!(expected.as_array().unwrap().len(), 2);
    for spec in [json, "@spec.json"] {
        assert_eq!(place.load(&[&[spec], &ids[..]].concat()), expected);
    }
    let plan = |spec: &str| place.run(&[&["plan", "blog.db", spec], &ids[..]].concat()).text();
    assert_eq!(plan(json), plan(text));
    // A column whose name is none of GraphQL's.
    let place =
        place.with("odd.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, \"a b\" TEXT); INSERT INTO t VALUES (1, 'x')");
    assert_eq!(place.run(&["load", "odd.db", r#"{"t": {"fields": ["a b"]}}"#]).json(), json!([{"a b": "x"}]));
    let wrong = r#"{"post": {"limt": 1, "where": {"id": {"$": "id"}}, "fields": ["titel", {"name": "tags"}]}}"#;
    let words = ["`limt`", "did you mean `limit`?", "`titel`", "`tags`", "`$id` has no value", "4 problems", "at post"];
    place.refuses(&["load", "blog.db", wrong], 2, &words);
    place.refuses(&["load", "blog.db", "{\"post\": }"], 2, &["E0101", "[<spec>:1:10]"]);
    place.refuses(&["load", "blog.db", &format!("{{\"post\": {}", "[".repeat(100_000))], 2, &["E0"]);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let place = Place::blog();
    place.write("latin1", b"{ author(where: {name: \"\xe4\"}) }");
    for command in ["load", "plan"] {
        place.refuses(&[command, "blog.db", "@none"], 2, &["E0002", "`none`", "No such file"]);
        place.refuses(&[command, "blog.db", "@"], 2, &["E0002"]);
        place.refuses(&[command, "blog.db", "@."], 2, &["E0002", "directory"]);
        place.refuses(&[command, "blog.db", "@latin1"], 2, &["E0002", "`latin1`", "not UTF-8, from byte 24 on"]);
        let outcome = place.run_with_input(&[command, "blog.db", "-"], b"\xff");
        outcome.refused(2, &["E0002", "standard input", "not UTF-8"]);
    }
    // Before anything is asked of the database.
    place.refuses(&["load", "none.db", "@none"], 2, &["E0002"]);
}

#[test]
fn too_long_a_specification_is_refused() {
    let place = Place::blog();
    let pad = |bytes: usize| format!("{{ author {{ name }} }}{}", " ".repeat(bytes));
    place.write("longest", &pad(16 << 20)[..16 << 20]);
    place.write("longer", &pad(16 << 20)[..(16 << 20) + 1]);
    assert_eq!(place.load(&["@longest"]).as_array().unwrap().len(), 2);
    place.refuses(&["load", "blog.db", "@longer"], 2, &["E0107", "16 MiB"]);
    #[cfg(unix)]
    place.refuses(&["load", "blog.db", "@/dev/zero"], 2, &["E0107", "16 MiB"]);
}

#[test]
fn reports_name_the_source() {
    let place = Place::blog();
    place.write("a.graphql", "{\n  author { nam }\n}\n");
    place.refuses(
        &["load", "blog.db", "@a.graphql"],
        2,
        &["[a.graphql:2:12]", "author { nam }", "did you mean `name`?"],
    );
    place.refuses(&["load", "blog.db", "{ author { nam } }"], 2, &["[<spec>:1:12]"]);
    let outcome = place.run_with_input(&["load", "blog.db", "-"], b"{ author { nam } }");
    outcome.refused(2, &["[<stdin>:1:12]"]);
}

#[test]
fn an_empty_specification_is_refused() {
    let place = Place::blog();
    for text in ["", " ", "\n# a comment\n", "\u{feff}", "{", "{}", "{ }"] {
        place.write("empty", text);
        for command in ["load", "plan"] {
            for spec in [text, "@empty"] {
                let outcome = place.refuses(&[command, "blog.db", spec], 2, &["E01"]);
                assert!(outcome.stderr.contains("E0114") || outcome.stderr.contains("E0101"), "{}", outcome.stderr);
            }
            place.run_with_input(&[command, "blog.db", "-"], text.as_bytes()).refused(2, &["E01"]);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_closed_standard_input_has_no_specification() {
    let place = Place::blog();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &format!("exec {} load blog.db - <&-", Place::PROGRAM)]).current_dir(place.path(""));
    crate::support::Outcome::of(&mut command).refused(2, &["E0"]);
}
