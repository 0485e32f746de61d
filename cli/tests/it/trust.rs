//! `--trust-keys`: without it, nothing is concluded from a foreign key; with it, loads rely on a target for every key.

use crate::servers::on_each;
use crate::support::Place;
use eagerly_tests::database::Backend;
use serde_json::json;

/// Two keys that lead nowhere, although a foreign key stands over them.
const ORPHANS: &str = "
    CREATE TABLE o1 (id integer PRIMARY KEY, v int);
    CREATE TABLE o2 (id integer PRIMARY KEY, o integer NOT NULL, FOREIGN KEY (o) REFERENCES o1 (id));
    INSERT INTO o1 VALUES (1, 1);
    INSERT INTO o2 VALUES (1, 1), (2, 77);
";

fn orphans_on(backend: Backend) -> String {
    let unchecked = match backend {
        Backend::Sqlite => "PRAGMA foreign_keys = OFF;",
        Backend::Postgres => "SET session_replication_role = replica;",
        Backend::Mariadb | Backend::Mysql => "SET foreign_key_checks = 0;",
    };
    format!("{unchecked}{ORPHANS}")
}

/// The specifications of a to-one whose key may lead nowhere: its key alone, and more of it.
const KEY: &str = "{ o2 { id o1 { id } } }";
const MORE: &str = "{ o2 { id o1 @joined { id v } } }";

fn on_each_database(test: impl Fn(&Place, &str)) {
    let place = Place::empty().with("a.db", &orphans_on(Backend::Sqlite));
    test(&place, "a.db");
    on_each(orphans_on, |_, url| test(&place, url));
}

#[test]
fn a_foreign_key_proves_nothing() {
    on_each_database(|place, database| {
        for strategy in ["@auto", "@joined", "@selectin", "@subquery"] {
            let key = format!("{{ o2 {{ id o1 {strategy} {{ id }} }} }}");
            let expected = json!([{"id": 1, "o1": {"id": 1}}, {"id": 2, "o1": null}]);
            assert_eq!(place.load_of(database, &[&key]), expected, "{strategy}");
            let more = format!("{{ o2 {{ id o1 {strategy} {{ id v }} }} }}");
            let expected = json!([{"id": 1, "o1": {"id": 1, "v": 1}}, {"id": 2, "o1": null}]);
            assert_eq!(place.load_of(database, &[&more]), expected, "{strategy}");
        }
        let inner = "{ o2 { id o1 @joined(inner: true) { id } } }";
        assert_eq!(place.load_of(database, &[inner]), json!([{"id": 1, "o1": {"id": 1}}]));
        assert_eq!(place.load_of(database, &["{ o2(where: {o1: {none: {}}}) { id } }"]), json!([{"id": 2}]));
        assert_eq!(place.load_of(database, &["{ o1 { id o2 { id o1 { id } } } }"])[0]["o2"][0]["o1"]["id"], json!(1));
    });
}

#[test]
fn a_plan_says_what_trust_would_save() {
    on_each_database(|place, database| {
        let statement = "{ o2 { id o1 @selectin { id } } }";
        for (spec, note) in [
            (KEY, "note o2.o1: with `trusted`, needs no join: o2(o) is its key"),
            (statement, "note o2.o1: with `trusted`, needs no statement: o2(o) is its key"),
            (MORE, "note o2.o1: with `trusted`, an inner join: o2(o) is never NULL"),
        ] {
            let text = place.run(&["plan", database, spec]).text();
            assert!(text.lines().any(|line| line == note) && text.matches("`trusted`").count() == 1, "{text}");
            let plan = place.run(&["plan", database, spec, "--format", "json"]).json();
            let notes = plan["notes"].as_array().unwrap();
            assert!(
                notes.iter().any(|n| n["path"] == "o2.o1" && note.ends_with(n["text"].as_str().unwrap())),
                "{plan}"
            );
            let trusted = place.run(&["plan", database, spec, "--trust-keys"]).text();
            assert!(!trusted.contains("with `trusted`"), "{trusted}");
        }
        place.write("doubts.toml", "entity.o2.relationship.o1 = { trusted = false }");
        let text = place.run(&["plan", database, KEY, "--graph", "doubts.toml"]).text();
        assert!(!text.contains("trusted"), "who says no is not asked again: {text}");
    });
}

#[test]
fn trusted_keys_are_rows() {
    on_each_database(|place, database| {
        place.write("trusted.toml", "trusted = true");
        for trust in [&["--trust-keys"][..], &["--graph", "trusted.toml"]] {
            let plan = place.run(&[&["plan", database, KEY], trust].concat()).text();
            assert!(plan.contains("1 batch in 1 wave") && plan.contains("o2(o) is trusted, no statement"), "{plan}");
            let plan = place.run(&[&["plan", database, MORE], trust].concat()).text();
            assert!(plan.contains("INNER JOIN"), "{plan}");
            let loaded = place.load_of(database, &[&[KEY], trust].concat());
            assert_eq!(loaded[1], json!({"id": 2, "o1": {"id": 77}}), "as it was asked for");
        }
        place.write("doubts.toml", "entity.o2.relationship.o1 = { trusted = false }");
        let loaded = place.load_of(database, &[KEY, "--trust-keys", "--graph", "doubts.toml"]);
        assert_eq!(loaded[1], json!({"id": 2, "o1": null}), "the one relationship says otherwise");
    });
}

#[test]
fn an_inspection_says_which_keys_are_trusted() {
    on_each_database(|place, database| {
        let trusts = |arguments: &[&str]| place.run(&[&["inspect", database], arguments].concat()).text();
        assert!(!trusts(&[]).contains("trusted"));
        let text = trusts(&["--trust-keys"]);
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("trusted")).collect();
        assert!(lines.len() == 1 && lines[0].contains("o2.o1"), "{text}");
        let toml = trusts(&["--trust-keys", "--format", "toml"]);
        assert!(toml.starts_with("trusted = true\n"), "{toml}");
        place.write("all.toml", &toml);
        assert_eq!(trusts(&["--graph", "all.toml"]), text);
        let alone = place.run(&["inspect", "--graph", "all.toml"]).text();
        assert!(alone.contains(lines[0].trim()), "{alone}");
        assert_eq!(trusts(&["--trust-keys", "--graph", "all.toml", "--format", "toml"]), toml);
        let json = place.run(&["inspect", database, "--trust-keys", "--format", "json"]).json();
        let relationships =
            json["entities"].as_array().unwrap().iter().flat_map(|e| e["relationships"].as_array().unwrap());
        let found: Vec<_> = relationships.map(|r| (r["name"].clone(), r["trusted"].clone())).collect();
        assert_eq!(found, [(json!("o2"), json!(false)), (json!("o1"), json!(true))]);
    });
}
