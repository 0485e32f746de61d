//! Names that a database takes for something else: in SQL of ours, in derived tables, as functions.

use crate::everywhere::{agrees_everywhere, agrees_with};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;

/// Specifications that take every way to name a table and its columns: root, derived, joined, by keys, limited, through a
/// link, in conditions. JSON, since text has no such names.
fn specs(entity: &str, children: &str, linked: &str, column: &str) -> Vec<String> {
    let [entity, children, linked, column] =
        [entity, children, linked, column].map(|name| serde_json::json!(name).to_string());
    let descending = serde_json::json!(format!("-{}", column.trim_matches('"').replace("\\\"", "\""))).to_string();
    let child = |rest: &str| format!(r#"{{"name":{children},"fields":[{column}]{rest}}}"#);
    vec![
        format!(r#"{{{entity}:{{}}}}"#),
        format!(r#"{{{entity}:{{"fields":[{column},{}],"order":[{descending}],"limit":2}}}}"#, child("")),
        format!(r#"{{{entity}:{{"fields":[{column},{}],"limit":2,"offset":1}}}}"#, child(r#","strategy":"joined""#)),
        format!(r#"{{{entity}:{{"fields":[{column},{}],"limit":2}}}}"#, child(r#","strategy":"subquery""#)),
        format!(r#"{{{entity}:{{"fields":[{}]}}}}"#, child(&format!(r#","limit":1,"order":[{descending}]"#))),
        format!(r#"{{{entity}:{{"fields":[{}]}}}}"#, child(&format!(r#","limit":9,"offset":1,"order":[{column}]"#))),
        format!(r#"{{{entity}:{{"where":{{{children}:{{"any":{{{column}:{{"is_null":false}}}}}}}}}}}}"#),
        format!(r#"{{{entity}:{{"where":{{{column}:{{"in":[1,2]}}}},"fields":[{}]}}}}"#, child(r#","limit":1"#)),
        format!(r#"{{{entity}:{{"fields":[{column},{{"name":{linked},"limit":2,"order":[{descending}]}}]}}}}"#),
        format!(r#"{{{entity}:{{"limit":2,"fields":[{column},{{"name":{linked},"fields":[{column}]}}]}}}}"#),
        format!(r#"{{{entity}:{{"where":{{{linked}:{{"none":{{}}}}}},"fields":[{column}]}}}}"#),
    ]
}

/// A table, children of it, and links to itself; all columns have that name or hold it.
fn schema(quote: char, table: &str, column: &str) -> String {
    let quoted = |name: &str| format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")));
    let (t, child, link) = (quoted(table), quoted(&format!("{table}_c")), quoted(&format!("{table}_l")));
    let c = quoted(column);
    format!(
        "CREATE TABLE {t} ({c} INTEGER PRIMARY KEY, n INTEGER);
         CREATE TABLE {child} (k_ INTEGER PRIMARY KEY, {c} INTEGER, FOREIGN KEY ({c}) REFERENCES {t} ({c}));
         CREATE TABLE {link} ({c} INTEGER NOT NULL, b_ INTEGER NOT NULL, PRIMARY KEY ({c}, b_));
         INSERT INTO {t} VALUES (1, 10), (2, 20), (3, NULL);
         INSERT INTO {child} VALUES (11, 1), (12, 1), (13, 2), (14, NULL);
         INSERT INTO {link} VALUES (1, 1), (1, 2), (2, 3), (2, 1);"
    )
}

fn file(table: &str, column: &str) -> String {
    let quoted = |name: &str| serde_json::json!(name).to_string();
    let (t, child, link) = (quoted(table), quoted(&format!("{table}_c")), quoted(&format!("{table}_l")));
    let c = quoted(column);
    format!(
        "[entity.the_table]\ntable = {t}\n\
         relationship.the_children = {{ direction = \"one-to-many\", target = \"the_child\", on = [[{c}, {c}]] }}\n\
         relationship.the_linked = {{ target = \"the_table\", secondary = \"the_link\", on = [[{c}, {c}]], target_on = [[{c}, \"b_\"]] }}\n\
         [entity.the_child]\ntable = {child}\n[entity.the_link]\ntable = {link}\n"
    )
}

fn check(tables: &[&str], columns: &[&str], backends: &[Backend]) {
    for table in tables {
        for column in columns {
            let specs = specs("the_table", "the_children", "the_linked", column);
            let specs: Vec<&str> = specs.iter().map(String::as_str).collect();
            let schema = |backend: Backend| {
                if !backends.contains(&backend) {
                    return String::new();
                }
                let quote = if matches!(backend, Backend::Mariadb | Backend::Mysql) { '`' } else { '"' };
                schema(quote, table, column)
            };
            let checked = std::panic::catch_unwind(|| {
                agrees_with(&[OnServers::default()], schema, &file(table, column), &specs);
            });
            if let Err(panic) = checked {
                let what = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                panic!("table {table:?}, column {column:?}: {what}");
            }
        }
    }
}

/// Words of SQL, hidden columns, names of ours in SQL, and whatever else.
const COLUMNS: [&str; 41] = [
    "",
    "true",
    "false",
    "TRUE",
    "null",
    "rowid",
    "_rowid_",
    "oid",
    "key",
    "value",
    "atom",
    "type",
    "json",
    "path",
    "t0",
    "k",
    "l0",
    "v0",
    "o",
    "w",
    "s",
    "e0",
    "j",
    "u",
    "b",
    "column1",
    "eagerly_key",
    "eagerly_row",
    "eagerly_link0",
    "current_timestamp",
    "select",
    "order",
    "default",
    "a b",
    "a.b",
    "a\"b",
    "a`b",
    "it's",
    "?",
    "$1",
    "é",
];

const TABLES: [&str; 24] = [
    "",
    "json_each",
    "JSON_EACH",
    "json_tree",
    "generate_series",
    "unnest",
    "json_table",
    "t0",
    "k",
    "l0",
    "w",
    "v",
    "s",
    "j",
    "u",
    "b",
    "e0",
    "true",
    "select",
    "a.b",
    "a\"b",
    "a`b",
    "it's",
    "main",
];

#[test]
fn columns_may_have_any_name_on_sqlite() {
    check(&["x"], &COLUMNS, &[Backend::Sqlite]);
}

#[test]
fn tables_may_have_any_name_on_sqlite() {
    check(&TABLES, &["id"], &[Backend::Sqlite]);
}

#[test]
fn a_view_may_hide_the_function_of_lists() {
    let specs = specs("the_table", "the_children", "the_linked", "id");
    let specs: Vec<&str> = specs.iter().map(String::as_str).collect();
    for hiding in ["CREATE VIEW json_each AS SELECT 1 AS value", "CREATE VIEW json_each AS SELECT gone FROM nowhere"] {
        let schema = |backend: Backend| match backend {
            Backend::Sqlite => format!("{}{hiding}", schema('"', "x", "id")),
            _ => String::new(),
        };
        agrees_everywhere(schema, &file("x", "id"), &specs);
    }
}

/// Names that servers may take for something else; PostgreSQL has no columns of the names of its system columns.
const SERVERS: [Backend; 3] = [Backend::Postgres, Backend::Mariadb, Backend::Mysql];

#[test]
fn columns_may_have_any_name_on_servers() {
    let columns = [
        "true",
        "NULL",
        "key",
        "t0",
        "k",
        "l0",
        "v0",
        "o",
        "w",
        "eagerly_key",
        "eagerly_part1",
        "select",
        "a.b",
        "a\"b",
        "a`b",
        "?",
        "$1",
    ];
    check(&["x"], &columns, &SERVERS);
}

#[test]
fn tables_may_have_any_name_on_servers() {
    let tables = ["unnest", "json_table", "t0", "k", "l0", "w", "u", "j", "s", "true", "a.b", "a\"b", "a`b"];
    check(&tables, &["id"], &SERVERS);
}
