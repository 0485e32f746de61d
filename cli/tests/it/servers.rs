//! The program on PostgreSQL and MariaDB (and MySQL, where one is given): the same commands, and the same objects as
//! from SQLite.

#![allow(clippy::unwrap_used)]

use crate::support::{BLOG, Place};
use eagerly_tests::database::Backend;
use eagerly_tests::servers::server;
use serde_json::Value;
use std::collections::BTreeSet;

/// The blog of the other tests, in words that all servers know.
const BLOG_ON_SERVERS: &str = "
    CREATE TABLE author (id int PRIMARY KEY, name varchar(40) NOT NULL);
    CREATE TABLE post (
        id int PRIMARY KEY, title varchar(40) NOT NULL, score double precision, published boolean, author_id int,
        FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE SET NULL);
    CREATE TABLE tag (id int PRIMARY KEY, name varchar(40) NOT NULL, slug varchar(40) NOT NULL UNIQUE);
    CREATE TABLE post_tag (
        post_id int NOT NULL, tag_id int NOT NULL, PRIMARY KEY (post_id, tag_id),
        FOREIGN KEY (post_id) REFERENCES post (id), FOREIGN KEY (tag_id) REFERENCES tag (id));
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO post VALUES (1, 'one', 1.5, true, 1), (2, 'two', NULL, false, 2), (3, 'three', 3.0, NULL, NULL);
    INSERT INTO tag VALUES (1, 'Rust', 'rust'), (2, 'SQL', 'sql');
    INSERT INTO post_tag VALUES (1, 1), (1, 2), (2, 1);
";

const SPEC: &str = "{ post { title score published author { name } tag(order: [\"-id\"]) { slug post { id } } } }";

/// Runs a test on a database that this SQL makes, on every server that is there.
pub(crate) fn on_each(sql: impl Fn(Backend) -> String, test: impl Fn(Backend, &str)) {
    for backend in Backend::SERVERS {
        if let Some(server) = server(backend) {
            test(backend, &server.database(&sql(backend)));
        }
    }
}

fn on_each_blog(test: impl Fn(Backend, &str)) {
    // InnoDB counts rows when it comes to it, and MySQL shows what it counted for a day: so plans stay the same.
    let counted = |backend| match backend {
        Backend::Mariadb | Backend::Mysql => "ANALYZE TABLE author, post, tag, post_tag;",
        Backend::Postgres | Backend::Sqlite => "",
    };
    on_each(|backend| format!("{BLOG_ON_SERVERS}{}", counted(backend)), test);
}

/// The password of a URL.
pub(crate) fn password(url: &str) -> &str {
    let user = url.split("://").nth(1).and_then(|rest| rest.split('@').next()).unwrap();
    user.split_once(':').map(|(_, password)| password).filter(|password| !password.is_empty()).unwrap()
}

/// The names of relationships, and where they lead.
fn relationships(json: &Value) -> BTreeSet<String> {
    let of = |entity: &Value| -> Vec<String> {
        let told =
            |r: &Value| format!("{} {} {} {} {}", entity["name"], r["name"], r["direction"], r["target"], r["list"]);
        entity["relationships"].as_array().unwrap().iter().map(told).collect()
    };
    json["entities"].as_array().unwrap().iter().flat_map(of).collect()
}

#[test]
fn inspect_finds_the_relationships_that_sqlite_has() {
    let place = Place::empty().with("blog.db", BLOG);
    let expected = relationships(&place.run(&["inspect", "blog.db", "--format", "json"]).json());
    assert!(expected.len() >= 8, "{expected:?}");
    on_each_blog(|backend, url| {
        let json = place.run(&["inspect", url, "--format", "json"]).json();
        assert_eq!(relationships(&json), expected, "{backend:?}");
        for format in ["text", "toml", "dot", "mermaid"] {
            assert!(place.run(&["inspect", url, "--format", format]).text().contains("author"), "{format}");
        }
    });
}

/// A plan without the number of rows that its batches are about to have.
fn uncounted(plan: &str) -> String {
    let line = |line: &str| match line.split_once(", about ") {
        Some((before, _)) => format!("{before}\n"),
        None => format!("{line}\n"),
    };
    plan.lines().map(line).collect()
}

#[test]
fn a_plan_is_made_for_the_servers_own_dialect_or_the_one_that_is_named() {
    let place = Place::empty();
    on_each_blog(|backend, url| {
        let spec = "{ post { title tag { name } } }";
        // MySQL counts rows differently each time.
        let plan = |more: &[&str]| {
            let plan = place.run(&[&["plan", url, spec], more].concat()).text();
            if backend == Backend::Mysql { uncounted(&plan) } else { plan }
        };
        let own = plan(&[]);
        assert!(own.starts_with(&format!("plan for {}: 2 batches in 2 waves\n", backend.name())), "{own}");
        for name in ["sqlite", "postgres", "mysql", "mariadb"] {
            let named = plan(&["--dialect", name]);
            assert!(named.starts_with(&format!("plan for {name}: ")), "{named}");
            assert_eq!(named == own, name == backend.name());
        }
        place.write("blog.toml", place.run(&["inspect", url, "--format", "toml"]).text());
        let alone = place.run(&["plan", "--graph", "blog.toml", spec, "--dialect", backend.name()]).text();
        // What a server knows of its tables is not in the file.
        let own = own.replace(", about 3 rows", "");
        assert_eq!(alone, own, "a graph file says all that a plan needs");
    });
}

#[test]
fn a_load_gives_the_objects_that_sqlite_gives() {
    let place = Place::blog();
    let expected = place.load(&[SPEC]);
    assert_eq!(expected[0]["tag"][1]["post"][1]["id"], 2);
    on_each_blog(|_, url| {
        let load = |more: &[&str]| place.load_of(url, &[&[SPEC], more].concat());
        assert_eq!(load(&[]), expected);
        assert_eq!(load(&["--snapshot"]), expected);
        for strategy in ["@joined", "@subquery", "@selectin"] {
            let spec = SPEC.replace("author {", &format!("author {strategy} {{"));
            assert_eq!(place.load_of(url, &[&spec]), expected, "{strategy}");
        }
        let lines = place.run(&["load", url, SPEC, "--format", "ndjson", "--snapshot"]).text();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(Value::from(lines), expected);
        let some = "{ post(where: {title: {in: $titles}, score: {gt: $least}}) { id } }";
        let given = ["--var", "titles=[\"one\", \"three\", \"none\"]", "--var", "least=1.25"];
        assert_eq!(place.load_of(url, &[&[some], &given[..]].concat()), serde_json::json!([{"id": 1}, {"id": 3}]));
    });
}

#[test]
fn a_graph_file_lies_over_a_server_too() {
    let place = Place::empty();
    place.write(
        "more.toml",
        "[entity.author.relationship.written]\ndirection = \"one-to-many\"\ntarget = \"post\"\non = { id = \"author_id\" }\n\
         order_by = [\"-id\"]\n",
    );
    on_each_blog(|_, url| {
        let loaded = place.load_of(url, &["{ author { name written { id } } }", "--graph", "more.toml"]);
        let expected =
            serde_json::json!([{"name": "Ada", "written": [{"id": 1}]}, {"name": "Ben", "written": [{"id": 2}]}]);
        assert_eq!(loaded, expected);
    });
}

#[test]
fn a_trace_has_the_fields_of_the_contract_and_nothing_of_the_url() {
    let place = Place::empty();
    on_each_blog(|_, url| {
        let spec = "{ post { title author @selectin { name } tag { slug } } }";
        place.load_of(url, &[spec, "--trace", "plain"]);
        place.load_of(url, &[spec, "--trace", "snapshot", "--snapshot"]);
        let told = |name: &str| {
            let text = place.read(name);
            assert!(!text.contains(password(url)), "{text}");
            let line = |line: &str| {
                let object: Value = serde_json::from_str(line).unwrap();
                let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
                assert_eq!(keys, ["statement", "batch", "wave", "sql", "binds", "keys", "rows", "micros"]);
                let numbers = ["wave", "keys", "rows"].map(|key| object[key].as_u64().unwrap());
                (object["batch"].as_str().unwrap().to_owned(), numbers)
            };
            let mut lines: Vec<_> = text.lines().map(line).collect();
            // Those of one wave are in flight together, and end in any order.
            lines.sort();
            lines
        };
        let expected = [("post", [1, 0, 3]), ("post.author", [2, 2, 2]), ("post.tag", [2, 3, 3])];
        assert_eq!(told("plain"), expected.map(|(batch, numbers)| (batch.to_owned(), numbers)));
        assert_eq!(told("snapshot"), told("plain"), "neither BEGIN nor COMMIT is traced");
    });
}

#[test]
fn rows_and_objects_are_bounded() {
    let place = Place::empty();
    on_each_blog(|_, url| {
        let spec = "{ post { title tag { slug } } }";
        place.load_of(url, &[spec, "--max-rows", "6"]);
        for snapshot in [&[][..], &["--snapshot"]] {
            let arguments = [&["load", url, spec, "--max-rows", "5"], snapshot].concat();
            place.refuses(&arguments, 4, &["E0501", "more than 5 rows"]);
        }
        let spec = "{ post { tag { post { tag { slug } } } } }";
        place.refuses(&["load", url, spec, "--max-rows", "12"], 4, &["E0501", "more than 12 objects"]);
    });
}

#[test]
fn mistakes_are_told_as_everywhere() {
    let place = Place::empty();
    on_each_blog(|_, url| {
        place.refuses(&["load", url, "{ pots }"], 2, &["E0102", "did you mean `post`?"]);
        place.refuses(&["plan", url, "{ post { titel } }"], 2, &["E0103", "did you mean `title`?"]);
        place.refuses(&["load", url, "{ post(where: {id: $id}) { id } }"], 2, &["E0112"]);
    });
}

/// A value that is none of its column's type is the server's to refuse, or to compare.
#[test]
fn a_value_of_a_wrong_type_is_refused_or_compared_by_the_server() {
    let place = Place::empty();
    on_each_blog(|backend, url| {
        let arguments = ["load", url, "{ post(where: {id: \"one\"}) { id } }"];
        if backend == Backend::Postgres {
            place.refuses(&arguments, 3, &["E0404", "cannot load `post`", "none of its column's type"]);
        } else {
            assert_eq!(place.run(&arguments).json(), serde_json::json!([]));
        }
    });
}
