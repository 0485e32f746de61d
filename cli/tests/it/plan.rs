//! `plan`: the plan's text and nothing else; nothing is run.

use crate::support::Place;

#[test]
fn a_plan_shows_batches_and_their_sql() {
    let text = Place::blog().run(&["plan", "blog.db", "{ post { title author { name } tag { name } } }"]).text();
    assert!(text.starts_with("plan for sqlite: 2 batches in 2 waves\nwave 1\n"), "{text}");
    for word in
        ["batch#0 post: root", "joined post.author", "batch#1 post.tag: selectin by post(id)", "SELECT ", "wave 2"]
    {
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn nothing_is_run() {
    // A view whose rows cannot be computed.
    let place = Place::empty().with("a.db", "CREATE VIEW v AS SELECT abs(-9223372036854775808) AS n");
    place.run(&["plan", "a.db", "{ v }"]).text();
    place.refuses(&["load", "a.db", "{ v }"], 3, &["E0404"]);
}

#[test]
fn the_databases_own_dialect_can_be_named() {
    let place = Place::blog();
    let plain = place.run(&["plan", "blog.db", "{ post }"]).text();
    assert_eq!(place.run(&["plan", "blog.db", "{ post }", "--dialect", "sqlite", "--format", "text"]).text(), plain);
}

#[test]
fn other_dialects_are_planned_for_by_their_names() {
    let place = Place::blog();
    let toml = place.run(&["inspect", "blog.db", "--format", "toml"]).text();
    place.write("blog.toml", toml);
    for name in ["sqlite", "postgres", "mysql", "mariadb"] {
        for source in [&["blog.db"][..], &["--graph", "blog.toml"]] {
            let arguments = [&["plan"], source, &["{ post { title tag { name } } }", "--dialect", name]].concat();
            let text = place.run(&arguments).text();
            assert!(text.starts_with(&format!("plan for {name}: 2 batches in 2 waves\n")), "{text}");
        }
    }
}

#[test]
fn unknown_dialects_are_refused() {
    let place = Place::blog();
    place.refuses(&["plan", "blog.db", "{ post }", "--dialect", "sqlit"], 2, &["E0001", "did you mean `sqlite`?"]);
    place.refuses(&["plan", "blog.db", "{ post }", "--dialect", "oracle"], 2, &["E0001", "`oracle`", "`mariadb`"]);
}

#[test]
fn names_do_not_reach_the_terminal_as_commands() {
    let place = Place::empty().with("a.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, \"x\u{1b}[31m\u{9b}\" INT)");
    let text = place.run(&["plan", "a.db", "{ t }"]).text();
    assert!(text.contains(r"x\u{1b}[31m\u{9b}") && !text.contains(['\u{1b}', '\u{9b}']), "{text}");
}

/// A plan depends on which values are NULL and which lists are empty, and on nothing else about them.
#[test]
fn a_specification_is_planned_without_its_values() {
    let place = Place::blog();
    let spec = "{ post(where: {title: {ne: $title}, id: {in: $ids}, score: {is_null: $none}}) { title } }";
    let text = place.run(&["plan", "blog.db", spec]).text();
    for name in ["title", "ids", "none"] {
        assert!(text.contains(&format!("planned for a ${name} that is not NULL")), "{text}");
    }
    let given = ["plan", "blog.db", spec, "--var", "title=\"x\"", "--var", "ids=[1]", "--var", "none=true"];
    assert_eq!(place.run(&given).text().trim_end(), text.split("planned for").next().unwrap_or_default().trim_end());
    let null = place.run(&["plan", "blog.db", spec, "--var", "title=null"]).text();
    assert!(null.contains("IS NOT NULL") && !null.contains("planned for a $title"), "{null}");
    place.refuses(&["plan", "blog.db", spec, "--var", "ids=1"], 2, &["E0112", "`$ids` is one value"]);
    place.refuses(&["plan", "blog.db", "{ post(where: {titel: $t}) }"], 2, &["E0104", "did you mean `title`?"]);
}
