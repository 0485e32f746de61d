//! `inspect`: entities, keys, relationships, cycles, load order.

use crate::support::Place;

/// The lines of a database's inspection, with runs of blanks as one.
fn inspect(sql: &str) -> Vec<String> {
    let place = Place::empty().with("a.db", sql);
    let text = place.run(&["inspect", "a.db"]).text();
    assert_eq!(place.run(&["inspect", "sqlite:a.db", "--format", "text"]).text(), text);
    assert!(text.lines().all(|line| line.trim_end() == line), "{text}");
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[track_caller]
fn assert_lines(lines: &[String], expected: &[&str]) {
    for line in expected {
        assert!(lines.iter().any(|l| l == line), "no {line:?} in\n{}", lines.join("\n"));
    }
}

#[test]
fn columns_and_keys() {
    let lines = inspect(
        "CREATE TABLE \"Order Details\" (
            a INTEGER NOT NULL, b INTEGER NOT NULL, c TEXT COLLATE NOCASE UNIQUE, d BOOLEAN NOT NULL, e, f BLOB,
            g INTEGER AS (a + b) STORED, PRIMARY KEY (a, b));
         CREATE VIEW \"2nd\" AS SELECT 1 AS one;",
    );
    assert_lines(
        &lines,
        &[
            "entity Order_Details table \"Order Details\"",
            "column Order_Details.a integer not null",
            "column Order_Details.c text null collate NOCASE",
            "column Order_Details.d boolean not null",
            "column Order_Details.e untyped null",
            "column Order_Details.f bytes null",
            "column Order_Details.g integer null generated",
            "primary key Order_Details (a, b)",
            "unique Order_Details (c)",
            "entity _2nd table \"2nd\" (view)",
        ],
    );
}

#[test]
fn relationships_of_every_direction() {
    let lines = inspect(
        "CREATE TABLE post (id INTEGER PRIMARY KEY);
         CREATE TABLE tag (id INTEGER PRIMARY KEY);
         CREATE TABLE post_tag (post_id REFERENCES post, tag_id REFERENCES tag, PRIMARY KEY (post_id, tag_id));
         CREATE TABLE detail (post_id INTEGER PRIMARY KEY REFERENCES post ON DELETE CASCADE);
         CREATE TABLE comment (id INTEGER PRIMARY KEY, post_id REFERENCES post ON DELETE SET NULL, a, b);
         CREATE TABLE pair (a, b, PRIMARY KEY (a, b));
         CREATE TABLE half (id INTEGER PRIMARY KEY, x, y, FOREIGN KEY (x, y) REFERENCES pair);",
    );
    assert_lines(
        &lines,
        &[
            "relation comment.post many-to-one post comment.post_id = post.id back post.comment on delete set null",
            "relation post.comment one-to-many comment[] post.id = comment.post_id back comment.post on delete set null",
            "relation post.detail one-to-one detail post.id = detail.post_id back detail.post on delete cascade",
            "relation post.tag many-to-many tag[] post.id = post_tag.post_id, post_tag.tag_id = tag.id back tag.post",
            "relation half.pair many-to-one pair half.x = pair.a, half.y = pair.b back pair.half",
        ],
    );
}

/// What SQLite cannot read is no entity; the rest is shown all the same.
#[test]
fn what_cannot_be_read_is_told_on_stderr() {
    let place = Place::empty().with(
        "a.db",
        "CREATE TABLE post (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT * FROM nosuch;
         CREATE VIEW \"\u{1b}[31m\" AS SELECT * FROM nosuch",
    );
    for format in ["text", "json", "toml", "dot", "mermaid"] {
        let outcome = place.run(&["inspect", "a.db", "--format", format]);
        assert_eq!(outcome.code, Some(0));
        assert!(outcome.stdout.contains("post"), "{}", outcome.stdout);
        let told = [r"\u{1b}[31m", "v"]
            .map(|view| format!("warning: the view `{view}` cannot be read: no such table: main.nosuch\n"));
        assert_eq!(outcome.stderr, told.concat());
    }
    let words = ["E0102", "no entity `v`", "the view of that name cannot be read: no such table: main.nosuch"];
    place.refuses(&["load", "a.db", "{ v }"], 2, &words);
    place.refuses(&["plan", "a.db", "{ v }"], 2, &words);
    place.write("g.toml", "[entity.post]\n");
    place.refuses(&["plan", "a.db", "{ v }", "--graph", "g.toml"], 2, &words);
    assert_eq!(place.load_of("a.db", &["{ post }"]), serde_json::json!([]));
}

/// One bad byte in a name leaves out that table alone.
#[test]
fn a_name_that_is_not_utf8_leaves_out_its_table_alone() {
    let place =
        Place::empty().with("a.db", "CREATE TABLE post (id INTEGER); CREATE TABLE tag (id INTEGER, xyzzy TEXT)");
    let mut bytes = std::fs::read(place.path("a.db")).unwrap();
    let at = bytes.windows(5).position(|window| window == b"xyzzy").unwrap();
    bytes[at] = 0xff;
    place.write("a.db", bytes);
    let outcome = place.run(&["inspect", "a.db"]);
    let words = "the table `tag` cannot be read: the name of its column `\u{fffd}yzzy` is not UTF-8; rename it";
    assert!(outcome.code == Some(0) && outcome.stderr.contains(words), "{}", outcome.stderr);
    assert_eq!(place.load_of("a.db", &["{ post }"]), serde_json::json!([]));
    place.refuses(&["load", "a.db", "{ tag { id } }"], 2, &["E0102", "no entity `tag`", "is not UTF-8; rename it"]);
}

#[test]
fn cycles_and_load_order() {
    let lines = inspect(
        "CREATE TABLE employee (id INTEGER PRIMARY KEY, manager_id REFERENCES employee);
         CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES b);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id REFERENCES a);
         CREATE TABLE child (id INTEGER PRIMARY KEY, z_id REFERENCES z);
         CREATE TABLE z (id INTEGER PRIMARY KEY);",
    );
    assert_lines(&lines, &["cycle a, b", "cycle employee"]);
    let order = lines.iter().find_map(|line| line.strip_prefix("load order ")).unwrap();
    let at = |name: &str| order.split(", ").position(|n| n == name).unwrap();
    assert!(at("z") < at("child") && order.split(", ").count() == 5, "{order}");
}

#[test]
fn names_do_not_reach_the_terminal_as_commands() {
    let place = Place::empty();
    let name = "a\u{1b}[31m\r\n\u{7}\u{9b}\u{202e}\u{200b}";
    place
        .connect("a.db")
        .execute_batch(&format!("CREATE TABLE \"{name}\" (id INTEGER PRIMARY KEY, \"{name}\" TEXT)"))
        .unwrap();
    let text = place.run(&["inspect", "a.db"]).text();
    let shown = r"a\u{1b}[31m\r\n\u{7}\u{9b}\u{202e}\u{200b}";
    assert!(text.contains(&format!("table \"{shown}\"")) && text.contains(&format!(".{shown} ")), "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}

#[test]
fn columns_are_aligned() {
    let place = Place::empty().with("a.db", "CREATE TABLE t (id INTEGER PRIMARY KEY, \"表\" TEXT, long_name TEXT)");
    let text = place.run(&["inspect", "a.db"]).text();
    let expected = "\
entity t
  column  t.id         integer  not null
  column  t.表         text     null
  column  t.long_name  text     null
  primary key  t (id)

load order t
";
    assert_eq!(text, expected);
}
