//! Columns, keys, arguments and directives.

use super::{BLOG, explain, load, loads, parse, refuses};
use eagerly::graph::GraphFile;
use eagerly::spec::Strategy;
use eagerly::{LoadSpec, Planner, Run};
use eagerly_tests::corpus::{database, reflect};

#[test]
fn the_alias_of_the_root_comes_out_nowhere() {
    loads(BLOG, &[("{ writers: author { name } }", r#"[{"name":"Ada"},{"name":"Grace"}]"#)]);
}

#[test]
fn two_equal_output_keys_are_an_error() {
    let twice = |key: &str, of: &str, at: &str| {
        format!("E0108: `{key}` of `{of}` comes out twice (at {at}); give one of them an alias: `other: {key}`")
    };
    let added = |key: &str, of: &str, at: &str| {
        format!(
            "E0108: `{key}` of `{of}` comes out twice (at {at}); give the field that is listed an alias: `other: {key}`"
        )
    };
    let below = "reply_to @recurse { id reply_to }";
    for (spec, expected) in [
        ("{ post { title title } }", twice("title", "post", "post")),
        ("{ post { title: id title } }", twice("title", "post", "post")),
        ("{ post { title: author } }", twice("title", "post", "post")),
        ("{ post { comment { id } comment(limit: 1) { id } } }", twice("comment", "post", "post")),
        ("{ post { comment: author { name } comment { id } } }", twice("comment", "post", "post")),
        ("{ post @default(strategy: selectin) { comment: title } }", twice("comment", "post", "post")),
        (&format!("{{ comment {{ {below} }} }}"), added("reply_to", "comment", "comment.reply_to")),
        ("{ post { tag @link(columns: []) { _link: slug } } }", added("_link", "tag", "post.tag")),
    ] {
        refuses(BLOG, &[(spec, &[&expected])]);
    }
}

#[test]
fn columns_that_are_left_out_are_columns_and_none_is_listed() {
    let both = "E0110: `@except` beside the column `title` (at post); list the columns to load, or those to leave out";
    let none = "E0104: no column `titel` on `post` (at post); did you mean `title`?";
    let relationship = "E0104: no column `tag` on `post` (at post); there are `id`, `author_id`, `title`, `published`, \
                        `created_at`";
    refuses(
        BLOG,
        &[
            ("{ post @except(columns: [\"id\"]) { title } }", &[both]),
            ("{ post @except(columns: [\"titel\"]) { tag { slug } } }", &[none]),
            ("{ post @except(columns: [\"tag\"]) }", &[relationship]),
        ],
    );
}

#[test]
fn a_column_that_stands_twice_in_an_order_is_decided_by_its_first_place() {
    loads(
        BLOG,
        &[(r#"{ post(order: ["published", "-id", "-published"]) { id } }"#, r#"[{"id":3},{"id":2},{"id":1}]"#)],
    );
}

/// The direction of the tie-break is that of the last column asked for, the key's own column aside.
#[test]
fn ties_are_decided_by_the_primary_key_in_the_direction_of_the_last_column() {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b); INSERT INTO t VALUES (1, 1, 1), (2, 1, 1), (3, 0, 1)";
    loads(
        sql,
        &[
            ("{ t { id } }", r#"[{"id":1},{"id":2},{"id":3}]"#),
            (r#"{ t(order: ["a"]) { id } }"#, r#"[{"id":3},{"id":1},{"id":2}]"#),
            (r#"{ t(order: ["-a"]) { id } }"#, r#"[{"id":2},{"id":1},{"id":3}]"#),
            (r#"{ t(order: ["a", "-b"]) { id } }"#, r#"[{"id":3},{"id":2},{"id":1}]"#),
            (r#"{ t(order: ["-b", "a"]) { id } }"#, r#"[{"id":3},{"id":1},{"id":2}]"#),
        ],
    );
}

/// Tables without a primary key: all columns, in table order, in the direction of the last column asked for.
#[test]
fn without_a_primary_key_all_columns_decide() {
    let sql = "CREATE TABLE t (b, a); INSERT INTO t VALUES (2, 1), (1, 2), (1, 1), (NULL, 3)";
    loads(
        sql,
        &[
            ("{ t }", r#"[{"b":null,"a":3},{"b":1,"a":1},{"b":1,"a":2},{"b":2,"a":1}]"#),
            (r#"{ t(order: ["-a"]) }"#, r#"[{"b":null,"a":3},{"b":1,"a":2},{"b":2,"a":1},{"b":1,"a":1}]"#),
        ],
    );
}

const DECLARED: &str = r#"
entity.post.relationship.author = { strategy = "selectin" }
entity.post.relationship.comment = { strategy = "joined" }
entity.author.relationship.post = { strategy = "noload" }
"#;

#[test]
fn without_a_strategy_it_is_the_declared_one() {
    let connection = database(BLOG);
    let catalog = eagerly_rusqlite::catalog(&connection).unwrap();
    let declared = || GraphFile::parse(DECLARED).unwrap().over(&catalog).unwrap();
    let spec = "{ post { title author { name } comment { body } tag { slug } } }";
    let plan = explain(declared(), spec);
    assert!(plan.contains("post.author: selectin") && plan.contains("joined post.comment"), "{plan}");
    assert!(plan.contains("post.tag: selectin"), "{plan}");
    let plan = explain(reflect(&connection), spec);
    assert!(plan.contains("joined post.author") && plan.contains("post.comment: selectin"), "auto: {plan}");
    let asked = explain(declared(), "{ post { title author @joined { name } comment @selectin { body } } }");
    assert!(asked.contains("joined post.author") && asked.contains("post.comment: selectin"), "{asked}");
    // A relationship that is declared so is not loaded, unless the specification says how.
    let load = |spec: &str| load(&connection, &declared(), &parse(spec));
    assert_eq!(load("{ author { name post { id } } }"), r#"[{"name":"Ada"},{"name":"Grace"}]"#);
    assert_eq!(
        load("{ author { name post @auto { id } } }"),
        r#"[{"name":"Ada","post":[{"id":1}]},{"name":"Grace","post":[{"id":2}]}]"#
    );
}

#[test]
fn a_strategy_that_cannot_carry_an_argument_gives_way_and_explain_says_so() {
    let connection = database(BLOG);
    for (spec, note) in [
        (
            "{ post { id comment(limit: 1) @joined { id } } }",
            "note post.comment: joined gives way to selectin: this database has no limit per parent in a join",
        ),
        (
            "{ comment { id reply_to @joined @recurse { id } } }",
            "note comment.reply_to: joined gives way to selectin: a join has no levels to follow",
        ),
        (
            "{ comment { id reply_to @subquery @recurse { id } } }",
            "note comment.reply_to: subquery gives way to selectin: a recursion starts from keys",
        ),
        (
            "{ post { id tag(limit: 1) @subquery { id } } }",
            "note post.tag: subquery gives way to selectin: a limit per parent through an association table needs the \
             list of keys",
        ),
    ] {
        let plan = explain(reflect(&connection), spec);
        assert!(plan.lines().any(|line| line == note), "{plan}");
        // With the same result: `load` compares all strategies.
        load(&connection, &reflect(&connection), &parse(spec));
    }
}

/// In JSON `inner` goes with every strategy; what is not loaded filters its parent all the same.
#[test]
fn inner_is_the_filter_any_on_the_parent_under_every_strategy() {
    let connection = database(BLOG);
    let planner = Planner::new(reflect(&connection), eagerly::Sqlite::new());
    let ids = |spec: &LoadSpec| -> Vec<i64> {
        let result = eagerly_rusqlite::load(&connection, &planner.compile(spec).unwrap()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&result.to_json().unwrap()).unwrap();
        json.as_array().unwrap().iter().map(|post| post["id"].as_i64().unwrap()).collect()
    };
    for (root, relationship, filter, expected) in [
        ("", r#""name": "author""#, "{}", vec![2, 1]),
        ("", r#""name": "author""#, r#"{"name": "Ada"}"#, vec![1]),
        (r#""limit": 1, "#, r#""name": "author""#, "{}", vec![2]),
        (r#""limit": 1, "offset": 1, "#, r#""name": "author""#, "{}", vec![1]),
        (r#""limit": 1, "#, r#""name": "comment""#, r#"{"reply_to_id": 1}"#, vec![1]),
        // Neither the limit of the relationship nor its offset decides about the parent.
        ("", r#""name": "comment", "limit": 0"#, r#"{"reply_to_id": 1}"#, vec![1]),
        ("", r#""name": "comment", "offset": 9, "limit": 1"#, "{}", vec![2, 1]),
        (r#""limit": 1, "#, r#""name": "tag", "order": ["slug"], "offset": 1"#, "{}", vec![2]),
    ] {
        for strategy in Strategy::ALL {
            let spec = format!(
                r#"{{"post": {{"order": ["-id"], {root}"fields": ["id", {{{relationship}, "where": {filter}, "inner": true,
                "strategy": "{}"}}]}}}}"#,
                strategy.name()
            );
            assert_eq!(ids(&LoadSpec::from_json(&spec).unwrap()), expected, "{spec}");
        }
        let name = relationship.split('"').nth(3).unwrap();
        let any = format!(
            r#"{{"post": {{"order": ["-id"], {root}"where": {{"{name}": {{"any": {filter}}}}}, "fields": ["id"]}}}}"#
        );
        assert_eq!(ids(&LoadSpec::from_json(&any).unwrap()), expected, "{any}");
    }
}

#[test]
fn what_is_not_loaded_is_checked_all_the_same() {
    let no_column = "E0104: no column `bdy` on `comment` (at post.comment); did you mean `body`?";
    let no_relationship = "E0103: no relationship `nothing` on `comment` (at post.comment); there are `post`, \
                           `reply_to`, `comment_by_reply_to_id`";
    for strategy in ["lazy", "raise", "noload"] {
        let wrong = format!("{{ post {{ comment(where: {{bdy: 1}}) @{strategy} {{ nothing {{ id }} }} }} }}");
        refuses(BLOG, &[(&wrong, &[no_column, no_relationship])]);
        let twice = format!("{{ post {{ title: comment @{strategy} title }} }}");
        let message = "E0108: `title` of `post` comes out twice (at post); give one of them an alias: `other: title`";
        refuses(BLOG, &[(&twice, &[message])]);
        let right = format!("{{ author {{ name post(limit: 1) @{strategy} {{ id comment {{ body }} }} }} }}");
        let connection = database(BLOG);
        let plan =
            Planner::new(reflect(&connection), eagerly::Sqlite::new()).compile(&LoadSpec::parse(&right).unwrap());
        let mut statements = 0;
        let result = eagerly_rusqlite::drive(&connection, Run::new(&plan.unwrap()), &mut |_| statements += 1).unwrap();
        assert_eq!((statements, result.to_json().unwrap().as_str()), (1, r#"[{"name":"Ada"},{"name":"Grace"}]"#));
    }
}

/// Unlisted relationships come out under their own names, in the graph's order, with all columns and nothing below.
#[test]
fn a_default_loads_what_is_not_listed() {
    loads(
        BLOG,
        &[
            (
                r#"{ comment(where: {id: 2}) @default(strategy: selectin) { post { id } body } }"#,
                r#"[{"post":{"id":1},"body":"Second.","reply_to":{"id":1,"post_id":1,"reply_to_id":null,"body":"First!"},"comment_by_reply_to_id":[{"id":3,"post_id":1,"reply_to_id":2,"body":"Third?"}]}]"#,
            ),
            (r#"{ comment(where: {id: 2}) @default(strategy: raise) { body } }"#, r#"[{"body":"Second."}]"#),
        ],
    );
}

#[test]
fn link_columns_are_columns_of_the_association_table() {
    let twice = "E0108: `added_at` stands twice in `@link` (at post.tag); drop one of them";
    let none = "E0104: no column `slug` on `post_tag` (at post.tag); there are `post_id`, `tag_id`, `added_at`";
    let to_one = "E0111: `@link` on `author`, which has no association table (at post.author); only a many-to-many \
                  relationship has rows that link";
    refuses(
        BLOG,
        &[
            (r#"{ post { tag @link(columns: ["added_at", "added_at"]) } }"#, &[twice]),
            (r#"{ post { tag @link(columns: ["slug"]) } }"#, &[none]),
            (r#"{ post { author @link(columns: ["id"]) } }"#, &[to_one]),
        ],
    );
    // The table that links is an entity too, and a relationship to it is no many-to-many.
    let to_link = "E0111: `@link` on `post_tag`, which has no association table (at post.post_tag); only a many-to-many \
                   relationship has rows that link";
    refuses(BLOG, &[(r#"{ post { post_tag @link(columns: ["added_at"]) } }"#, &[to_link])]);
}

#[test]
fn a_recursion_follows_a_relationship_of_an_entity_to_itself() {
    let wrong = "E0111: `@recurse` on `comment`, which leads from `post` to `comment` (at post.comment); a recursion \
                 follows a relationship of an entity to itself";
    refuses(BLOG, &[("{ post { comment @recurse { body } } }", &[wrong])]);
}

/// The rows that end a recursion: any object of the same row above it, by whatever relationship it was reached.
#[test]
fn a_row_on_its_own_path_ends_the_recursion() {
    let sql = "CREATE TABLE n (id INTEGER PRIMARY KEY, up_id INTEGER REFERENCES n);
        CREATE TABLE m (id INTEGER PRIMARY KEY, n_id INTEGER REFERENCES n);
        INSERT INTO n VALUES (1, 2), (2, 3), (3, 1), (4, 4); INSERT INTO m VALUES (1, 2);";
    loads(
        sql,
        &[
            (
                "{ n(where: {id: 1}) { id up @recurse { id } } }",
                r#"[{"id":1,"up":{"id":2,"up":{"id":3,"up":{"id":1}}}}]"#,
            ),
            ("{ n(where: {id: 4}) { id up @recurse { id } } }", r#"[{"id":4,"up":{"id":4}}]"#),
            (
                "{ n(where: {id: 1}) { id up { id up @recurse { id } } } }",
                r#"[{"id":1,"up":{"id":2,"up":{"id":3,"up":{"id":1}}}}]"#,
            ),
            // The row of another entity with the same key is another row.
            (
                "{ m { id n { id up @recurse { id } } } }",
                r#"[{"id":1,"n":{"id":2,"up":{"id":3,"up":{"id":1,"up":{"id":2}}}}}]"#,
            ),
        ],
    );
}

#[test]
fn a_limit_and_an_offset_go_without_each_other() {
    loads(
        BLOG,
        &[
            ("{ post(limit: 1) { id } }", r#"[{"id":1}]"#),
            ("{ post(offset: 2) { id } }", r#"[{"id":3}]"#),
            ("{ post(limit: 1, offset: 1) { id } }", r#"[{"id":2}]"#),
            ("{ post(offset: 99) { id } }", "[]"),
            ("{ post(limit: 0) { id } }", "[]"),
            (
                "{ post { id a: comment(limit: 1) { id } b: comment(offset: 2) { id } c: comment(limit: 0) { id } } }",
                r#"[{"id":1,"a":[{"id":1}],"b":[{"id":3}],"c":[]},{"id":2,"a":[{"id":4}],"b":[],"c":[]},{"id":3,"a":[],"b":[],"c":[]}]"#,
            ),
        ],
    );
}

/// A column of the target whose name is `_link` comes out where all columns do.
#[test]
fn a_column_of_the_name_link_collides_too() {
    let sql = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE q (id INTEGER PRIMARY KEY, _link INT);
        CREATE TABLE pq (p_id REFERENCES p, q_id REFERENCES q, PRIMARY KEY (p_id, q_id)); INSERT INTO p VALUES (1);
        INSERT INTO q VALUES (2, 3); INSERT INTO pq VALUES (1, 2)";
    let error =
        "E0108: `_link` of `q` comes out twice (at p.q); give the field that is listed an alias: `other: _link`";
    refuses(sql, &[("{ p { q @link(columns: [\"p_id\"]) } }", &[error])]);
    loads(
        sql,
        &[(
            r#"{ p { id q @link(columns: ["p_id"]) { id own: _link } } }"#,
            r#"[{"id":1,"q":[{"id":2,"own":3,"_link":{"p_id":1}}]}]"#,
        )],
    );
}
