//! `--schema`: which schemas are read, and what leaves them.

#![allow(clippy::unwrap_used)]

use crate::servers::on_each;
use crate::support::Place;
use eagerly_tests::database::Backend;

/// Names of the two schemas.
fn schemas(backend: Backend) -> [&'static str; 2] {
    if backend == Backend::Postgres { ["a", "b"] } else { ["eagerly_test_cli_a", "eagerly_test_cli_b"] }
}

fn sql(backend: Backend) -> String {
    let [a, b] = schemas(backend);
    let kind = if backend == Backend::Postgres { "SCHEMA" } else { "DATABASE" };
    let drop = match backend {
        Backend::Postgres => String::new(),
        _ => format!("DROP DATABASE IF EXISTS {b}; DROP DATABASE IF EXISTS {a}; "),
    };
    format!(
        "{drop}CREATE {kind} {a}; CREATE {kind} {b};
         CREATE TABLE {a}.parent (id varchar(9) PRIMARY KEY, n int);
         CREATE TABLE {b}.child (id varchar(9) PRIMARY KEY, parent_id varchar(9), FOREIGN KEY (parent_id) REFERENCES {a}.parent (id));
         CREATE TABLE {b}.parent (id int PRIMARY KEY);
         INSERT INTO {a}.parent VALUES ('p', 1); INSERT INTO {b}.child VALUES ('c', 'p'), ('d', NULL)"
    )
}

#[test]
fn a_key_that_leaves_what_is_read_is_told_with_its_target() {
    on_each(sql, |backend, url| {
        let [a, b] = schemas(backend);
        let place = Place::empty();
        let text = place.run(&["inspect", url, "--schema", b]).text();
        assert!(text.contains(&format!("foreign key  child (parent_id)  {a}.parent (id)")), "{text}");
        assert!(!text.contains("relation "), "{text}");
        let json = place.run(&["inspect", url, "--schema", b, "--format", "json"]).json();
        let leaving = serde_json::json!([
            {"entity": "child", "columns": ["parent_id"], "schema": a, "table": "parent", "target_columns": ["id"]}
        ]);
        assert_eq!(json["leaving"], leaving);
    });
}

#[test]
fn schemas_are_read_in_the_order_that_is_given() {
    on_each(sql, |backend, url| {
        let [a, b] = schemas(backend);
        let place = Place::empty();
        let both = ["--schema", a, "--schema", b, "--schema", a];
        let run = |arguments: &[&str]| place.run(&[arguments, &both].concat());
        assert_eq!(
            run(&["load", url, "{ parent { id child { id } } }"]).json(),
            serde_json::json!([{"id": "p", "child": [{"id": "c"}]}])
        );
        let plan = run(&["plan", url, "{ child { parent { n } } }"]).text();
        assert!(plan.contains(&format!("{a}\".\"parent")) || plan.contains(&format!("{a}`.`parent")), "{plan}");
        let toml = run(&["inspect", url, "--format", "toml"]).text();
        assert!(toml.contains(&format!("[entity.{b}_parent]\nschema = \"{b}\"\ntable = \"parent\"\n")), "{toml}");
        place.write("graph.toml", &toml);
        assert_eq!(run(&["inspect", url, "--format", "toml", "--graph", "graph.toml"]).text(), toml);
        let text = run(&["inspect", url]).text();
        assert!(!text.contains("foreign key"), "{text}");
    });
}

#[test]
fn a_schema_that_is_not_there_is_an_error_that_names_it() {
    on_each(sql, |backend, url| {
        let [a, _] = schemas(backend);
        for command in [&["inspect", url][..], &["plan", url, "{ parent }"], &["load", url, "{ parent }"]] {
            let arguments = [command, &["--schema", a, "--schema", "no`such\"one"]].concat();
            Place::empty().run(&arguments).refused(3, &["E0404", "`no`such\"one`"]);
        }
    });
    let place = Place::blog();
    place.run(&["inspect", "blog.db", "--schema", "other"]).refused(3, &["E0404", "`other`", "main"]);
    assert!(place.run(&["inspect", "blog.db", "--schema", "main"]).text().contains("entity post"));
}

#[test]
fn a_schema_needs_a_database() {
    let place = Place::empty();
    place.write("graph.toml", "[entity.t]\ncolumns = [{ name = \"id\", type = \"integer\" }]\n");
    place.run(&["inspect", "--graph", "graph.toml", "--schema", "a"]).refused(2, &["E0001", "--schema a"]);
    place.run(&["plan", "--graph", "graph.toml", "{ t }", "--schema", "a"]).refused(2, &["E0001", "--schema a"]);
}

#[test]
fn columns_that_postgres_cannot_compare_are_a_mistake_of_the_graph_file() {
    let tables = |_| {
        "CREATE TABLE section (id int PRIMARY KEY); CREATE TABLE sref (id int PRIMARY KEY, referenced_id varchar(10));
         INSERT INTO section VALUES (1), (2); INSERT INTO sref VALUES (5, '2'), (6, '02')"
            .to_owned()
    };
    on_each(tables, |backend, url| {
        let place = Place::empty();
        let relationship = |on: &str| {
            format!("[entity.section.relationship.refs]\ndirection = \"one-to-many\"\ntarget = \"sref\"\non = {on}\n")
        };
        place.write("graph.toml", relationship("{ id = \"referenced_id\" }"));
        let specification = "{ section { id refs { id } } }";
        if backend == Backend::Postgres {
            for command in ["plan", "load"] {
                place
                    .run(&[command, url, specification, "--graph", "graph.toml"])
                    .refused(2, &["E0203", "integer", "character varying", "graph.toml:4", "cast = \"text\""]);
            }
        }
        place.write("graph.toml", relationship("{ id = { column = \"referenced_id\", cast = \"text\" } }"));
        assert_eq!(
            place.run(&["load", url, specification, "--graph", "graph.toml"]).json(),
            serde_json::json!([{"id": 1, "refs": []}, {"id": 2, "refs": [{"id": 5}]}])
        );
    });
}
