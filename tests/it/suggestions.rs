//! What is suggested for a name that is wrong, and what is not.

use eagerly::LoadSpec;
use eagerly::{Planner, Sqlite};
use rusqlite::Connection;

const SCHEMA: &str = "
    CREATE TABLE area (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE artist (
        id INTEGER PRIMARY KEY, name TEXT, area INTEGER REFERENCES area, begin_area INTEGER REFERENCES area, born INTEGER,
        ship_country TEXT);
    CREATE TABLE shop (country INTEGER, number INTEGER, PRIMARY KEY (country, number));
    CREATE TABLE sale (
        id INTEGER PRIMARY KEY, shop INTEGER, number INTEGER, FOREIGN KEY (shop, number) REFERENCES shop (country, number));
";

fn told(spec: &str) -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    let compiled = LoadSpec::parse_any(spec).and_then(|parsed| planner.compile_parsed(&parsed));
    compiled.unwrap_err().all().iter().map(ToString::to_string).collect()
}

#[test]
fn a_column_with_the_name_of_its_relationship_leads_to_it() {
    let along = |what: &str, name: &str| {
        format!("E0111: {what} on the column `area` (at artist.area); the relationship along it is `{name}`")
    };
    assert_eq!(told("{ artist { area { name } } }"), [along("braces", "area_via_area")]);
    assert_eq!(told("{ artist { area(where: {id: 1}) } }"), [along("arguments", "area_via_area")]);
    assert_eq!(told("{ artist { area @joined } }"), [along("a directive", "area_via_area")]);
    assert_eq!(
        told(r#"{"artist": {"fields": [{"name": "area", "fields": ["name"]}]}}"#),
        [along("braces", "area_via_area")]
    );
    let shop = told("{ sale { shop { country } } }");
    assert!(shop[0].ends_with("the relationship along it is `shop_via_shop_number`"), "{shop:?}");
    let none = told("{ artist { born { name } } }");
    assert!(none[0].ends_with("; only relationships take arguments, directives and braces"), "{none:?}");
}

#[test]
fn an_unknown_relationship_is_not_answered_with_a_column() {
    for spec in ["{ area { nam { id } } }", "{ artist { begin_are { id } } }", "{ artist { area_by { id } } }"] {
        let told = told(spec);
        assert!(told.len() == 1 && told[0].starts_with("E0103: no relationship"), "{told:?}");
        for column in ["`name`", "`area`", "`born`"] {
            assert!(!told[0].contains(&format!("{column}?")) && !told[0].contains(&format!("{column},")), "{told:?}");
        }
    }
    let plain = told("{ area { nam } }");
    assert!(plain[0].ends_with("did you mean `name`?"), "without braces it may be a column: {plain:?}");
}

#[test]
fn what_is_far_off_is_no_suggestion() {
    let far = told("{ artist { _count } }");
    assert!(!far[0].contains("did you mean"), "{far:?}");
    for (near, meant) in [("nmae", "name"), ("ship_contry", "ship_country"), ("Name", "name"), ("ship", "ship_country")]
    {
        let told = told(&format!("{{ artist {{ {near} }} }}"));
        assert!(told[0].ends_with(&format!("did you mean `{meant}`?")), "{told:?}");
    }
}

#[test]
fn what_stands_under_an_unknown_name_is_that_names_mistake() {
    let unknown = |name: &str, entity: &str| format!("no column or relationship `{name}` on `{entity}`");
    for (spec, expected) in [
        ("{ artist(where: {nosuch: {foo: 1}}) { id } }", unknown("nosuch", "artist")),
        ("{ artist(where: {nosuch: {foo: 1, bar: 2}}) { id } }", unknown("nosuch", "artist")),
        ("{ artist(where: {nosuch: {}}) { id } }", unknown("nosuch", "artist")),
        ("{ artist(where: {nosuch: [1]}) { id } }", unknown("nosuch", "artist")),
        ("{ artist(where: {nosuch: {foo: 1, eq: 2}}) { id } }", "no column `nosuch` on `artist`".to_owned()),
        (
            "{ artist(where: {nosuch: {any: {id: {foo: 1}}}}) { id } }",
            "no relationship `nosuch` on `artist`".to_owned(),
        ),
        ("{ artist(where: {and: [{not: {nosuch: {foo: 1}}}]}) { id } }", unknown("nosuch", "artist")),
        ("{ artist(where: {area_via_area: {has: {nosuch: {foo: 1}}}}) { id } }", unknown("nosuch", "area")),
        ("{ artist { x: area_via_area(where: {nosuch: {foo: 1}}) { id } } }", unknown("nosuch", "area")),
        (r#"{"artist": {"where": {"nosuch": {"foo": 1}}}}"#, unknown("nosuch", "artist")),
        (
            r#"{"artist": {"where": {"area_via_area": {"has": {"not": {"nosuch": {"foo": 1}}}}}}}"#,
            unknown("nosuch", "area"),
        ),
        (
            r#"{"artist": {"fields": [{"name": "area_via_area", "alias": "x", "where": {"nosuch": {"foo": 1}}}]}}"#,
            unknown("nosuch", "area"),
        ),
        ("{ artist(where: {name: {foo: 1}}) { id } }", "no operator `foo`".to_owned()),
        ("{ artist(where: {area_via_area: {foo: 1}}) { id } }", "no operator `foo`".to_owned()),
    ] {
        let told = told(spec);
        assert!(told.len() == 1 && told[0].contains(&expected), "{spec}: {told:#?}");
    }
    let near = told("{ artist(where: {nmae: {foo: 1}}) { id } }");
    assert!(near[0].starts_with("E0103") && near[0].ends_with("did you mean `name`?"), "{near:?}");
}

#[test]
fn a_name_that_holds_the_words_of_a_message_is_another_name() {
    for (fields, name) in [("x `foo", "foo"), ("a` on `artist", "artist"), ("foo` on `artist`, `foo", "foo")] {
        let spec = serde_json::json!({ "artist": { "fields": [fields], "where": { name: { "nosuch": 1 } } } });
        let told = told(&spec.to_string());
        assert!(told.len() == 2 && told.iter().all(|told| told.starts_with("E0103")), "{told:#?}");
    }
    // The same name in both places is one mistake.
    let spec = serde_json::json!({ "artist": { "fields": ["foo"], "where": { "foo": { "nosuch": 1 } } } });
    assert_eq!(told(&spec.to_string()).len(), 1);
}
