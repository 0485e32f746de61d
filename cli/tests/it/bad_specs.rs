//! Specifications that are refused: exit code 2, every problem with its code, its place and what to do.

use crate::support::Place;

#[test]
fn all_unknown_names_at_once() {
    let spec = "{ post(order: [\"titel\"]) { tags { name } auhtor { nmae } titel } }";
    let outcome = Place::blog().refuses(
        &["load", "blog.db", spec],
        2,
        &[
            "no relationship `tags` on `post`",
            "did you mean `tag`?",
            "no relationship `auhtor` on `post`",
            "did you mean `author`?",
            "no column or relationship `titel` on `post`",
            "did you mean `title`?",
            "[<spec>:1:28]",
            "at post",
            "E0103",
            "E0104",
            "4 problems",
        ],
    );
    assert_eq!(outcome.stderr.matches("[<spec>:").count(), 4, "{}", outcome.stderr);
}

#[test]
fn a_suggestion_is_a_name_that_exists() {
    let place = Place::empty().with(
        "a.db",
        "CREATE TABLE post (id INTEGER PRIMARY KEY); CREATE TABLE tags (id INTEGER PRIMARY KEY);
         CREATE TABLE post_tag (post_id REFERENCES post, tag_id REFERENCES tags, PRIMARY KEY (post_id, tag_id))",
    );
    let words = ["E0103", "no relationship", "`tag` on `post`", "did you mean `tags`?", "[<spec>:1:10]", "at post"];
    place.refuses(&["load", "a.db", "{ post { tag { id } } }"], 2, &words);
    place.refuses(&["plan", "a.db", "{ post { tag { id } } }"], 2, &words);
}

#[test]
fn every_kind_of_mistake_has_its_code_and_help() {
    let place = Place::blog();
    for (spec, words) in [
        ("{ psot { title } }", &["E0102", "no entity `psot`", "did you mean `post`?"][..]),
        ("{ post(where: {titel: 1}) { title } }", &["E0104", "`titel`", "did you mean `title`?"]),
        ("{ post(order: [\"-titel\"]) { title } }", &["E0104", "`titel`", "did you mean `title`?"]),
        ("{ post(limt: 1) { title } }", &["E0105", "`limt`", "did you mean `limit`?"]),
        ("{ post { tag @selctin } }", &["E0105", "selctin", "did you mean `@selectin`?"]),
        ("{ post(limit: \"x\") { title } }", &["E0106", "`limit`", "string"]),
        ("{ post(order: 3) { title } }", &["E0106", "`order`"]),
        ("{ post(where: []) { title } }", &["E0106", "`where`"]),
        ("{ post(limit: -1) { title } }", &["E0107", "`limit`"]),
        ("{ post(offset: -1) { title } }", &["E0107", "`offset`"]),
        ("{ post { tag(limit: -1) } }", &["E0107", "`limit`", "at post.tag"]),
        ("{ post { title, title } }", &["E0108", "`title`"]),
        ("{ post { title: id, title } }", &["E0108", "`title`"]),
        ("{ post { a: tag, a: author } }", &["E0108", "`a`"]),
        ("{ post { tag @selectin @joined } }", &["E0110"]),
        ("{ post { author(limit: 1) } }", &["E0111", "`limit`", "takes `where` only"]),
        ("{ post { title { x } } }", &["E0111", "title"]),
        ("{ post(where: {title: {foo: 1}}) }", &["E0113", "`foo`"]),
        ("{ post author }", &["E0114"]),
        ("", &["E0114"]),
        ("{ post { title }", &["E0101", "`{` is never closed"]),
        ("{ post { title }} }", &["E0101"]),
        ("post", &["E0101"]),
        ("{ post(limit: 1 { title } }", &["E0101"]),
    ] {
        for command in ["load", "plan"] {
            place.refuses(&[command, "blog.db", spec], 2, words);
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let place = Place::blog();
    for depth in [250, 10_000, 1_000_000] {
        place.write("deep", format!("{{ post {}{} }}", "{ author { post ".repeat(depth / 2), "}}".repeat(depth / 2)));
        place.refuses(&["load", "blog.db", "@deep"], 2, &["E0109", "[deep:1:"]);
        place.write("deep", format!("{{ post(where: {}{{}}{}) }}", "{not: ".repeat(depth), "}".repeat(depth)));
        place.refuses(&["load", "blog.db", "@deep"], 2, &["E0109"]);
        place.write("deep", "{ post ".repeat(depth));
        place.refuses(&["load", "blog.db", "@deep"], 2, &["E01"]);
    }
}

#[test]
fn help_lists_what_fits_in_the_form_that_was_written() {
    let place = Place::blog();
    let column = "`eq`, `ne`, `lt`, `le`, `gt`, `ge`, `in`, `not_in`, `like`, `not_like`, `is_null`";
    let of_column = format!("on a column there are {column}");
    let of_both = format!("{of_column}; on a relationship `any`, `none`, `has`");
    for (spec, words) in [
        ("{ post(where: {id: {between: [1, 2]}}) }", "write `{ge: …, le: …}`"),
        ("{ post(where: {id: {matches: 1}}) }", of_both.as_str()),
        ("{ post(where: {id: {gt: 1, matches: 1}}) }", &format!("help: {of_column}\n")),
        ("{ post(where: {tag: {any: {}, matches: {}}}) }", "help: on a relationship there are `any`, `none`, `has`\n"),
        (r#"{"post": {"where": {"id": {"matches": 1}}}}"#, &of_both),
        (r#"{"post": {"where": {"id": {"gtt": 1}}}}"#, "did you mean `gt`?"),
        (r#"{"post": {"where": {"id": {"$var": "x"}}}}"#, r#"a variable is `{"$": "name"}`"#),
        (r#"{"post": {"fields": [{"name": "id", "as": "x"}]}}"#, "did you mean `alias`?"),
        (r#"{"post": {"fields": [{"name": "id", "xyz": "x"}]}}"#, "`alias`, `except`, `default`, `recurse`, `link`"),
        ("{ post { é } }", r#"any name can be written as JSON: `{"post": {"fields": ["#),
    ] {
        let outcome = place.refuses(&["load", "blog.db", spec], 2, &[words]);
        assert!(!outcome.stderr.contains(" more\n"), "{}", outcome.stderr);
    }
}

/// Where a name is both, or a condition is written as on a column.
#[test]
fn conditions_on_related_rows_are_told_how_they_are_written() {
    let place = Place::blog().with(
        "area.db",
        "CREATE TABLE area (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE artist (id INTEGER PRIMARY KEY, area INTEGER REFERENCES area);",
    );
    for (database, spec, words) in [
        ("blog.db", "{ post(where: {author: {name: \"Ada\"}}) }", "ask for related rows: `author: {any: {name: …}}`"),
        ("blog.db", "{ author(where: {post: {tag: {any: {}}}}) }", "ask for related rows: `post: {any: {tag: …}}`"),
        ("blog.db", r#"{"post": {"where": {"author": {"name": "Ada"}}}}"#, "`author: {any: {name: …}}`"),
        ("blog.db", "{ post(where: {author: {nam: \"Ada\"}}) }", "on a relationship `any`"),
        ("area.db", "{ artist(where: {area: {any: {name: \"x\"}}}) }", "the relationship along it is `area_via_area`"),
        ("area.db", "{ artist(where: {id: {any: {}}}) }", "`any`, `none` and `has` ask for related rows"),
        ("blog.db", "{ post(where: {id: -9223372036854775809}) }", "the smallest is -9223372036854775808"),
    ] {
        place.refuses(&["load", database, spec], 2, &[words]);
    }
}

#[test]
fn a_report_stays_short_whatever_the_specification() {
    let place = Place::blog();
    place.write("wide", format!("{{ post {{ {} }} }}", "nope ".repeat(20_000)));
    let outcome =
        place.refuses(&["load", "blog.db", "@wide"], 2, &["E0103", "problems, of which the first 100 are shown"]);
    assert!(outcome.stderr.len() < 100_000, "{}", outcome.stderr.len());
    place.write("long", format!("{{ post {{ {} }} }}", "n".repeat(1_000_000)));
    let outcome = place.refuses(&["load", "blog.db", "@long"], 2, &["E0103"]);
    assert!(outcome.stderr.len() < 10_000, "{}", outcome.stderr.len());
}

#[test]
fn a_report_does_not_carry_control_characters_to_the_terminal() {
    let place = Place::blog().with("evil.db", "CREATE TABLE t (\"a\u{1b}[31m\u{9b}\u{202e}b\" INT)");
    place.refuses(&["load", "blog.db", "{ post { \u{1b}[31m \u{7} } }"], 2, &["E0101", "\\u{1b}", "\\u{7}"]);
    place.refuses(&["load", "evil.db", "{ t { x } }"], 2, &["E0103", "`a\\u{1b}[31m\\u{9b}\\u{202e}b`"]);
    place.refuses(&["load", "no\u{1b}[31m.db", "{ t }"], 3, &["E0401", "`no\\u{1b}[31m.db`"]);
    place.refuses(&["load", "blog.db", "@no\u{1b}[31m"], 2, &["E0002", "`no\\u{1b}[31m`"]);
    place.refuses(&["load", "--a\u{9b}"], 2, &["E0001", "--a\\u{9b}"]);
}
