//! Values of columns as JSON.

use super::{load, loads, parse};
use eagerly_tests::corpus::{database, reflect};

/// Loads one value, stored as `sql` in a column of the type `declared`.
fn value(declared: &str, sql: &str) -> String {
    let connection = database(&format!("CREATE TABLE t (v {declared}); INSERT INTO t VALUES ({sql})"));
    let json = load(&connection, &reflect(&connection), &parse("{ t { v } }"));
    json.strip_prefix(r#"[{"v":"#).and_then(|json| json.strip_suffix("}]")).unwrap().to_owned()
}

/// The class that SQLite has stored decides, and not the declared type.
#[test]
fn values_are_as_they_are_stored() {
    for (declared, sql, json) in [
        ("INTEGER", "1", "1"),
        ("INTEGER", "-9223372036854775808", "-9223372036854775808"),
        ("INTEGER", "1.5", "1.5"),
        ("INTEGER", "'x'", r#""x""#),
        ("REAL", "1", "1.0"),
        ("REAL", "0.1", "0.1"),
        ("REAL", "'x'", r#""x""#),
        ("TEXT", "7", r#""7""#),
        ("TEXT", "'é\u{1f600}\"\\'", "\"é\u{1f600}\\\"\\\\\""),
        ("TEXT", "NULL", "null"),
        ("DECIMAL(10, 2)", "1.50", "1.5"),
        ("DECIMAL(10, 2)", "'1.50 EUR'", r#""1.50 EUR""#),
        ("DATE", "'2026-01-31'", r#""2026-01-31""#),
        ("DATETIME", "'2026-01-31 12:00:00'", r#""2026-01-31 12:00:00""#),
        ("TIMESTAMP", "1767225600", "1767225600"),
        ("TIME", "'12:00'", r#""12:00""#),
        ("UUID", "'0190f0a0-0000-7000-8000-000000000001'", r#""0190f0a0-0000-7000-8000-000000000001""#),
        ("UUID", "x'0190'", r#""AZA=""#),
        ("JSON", "'{\"a\": [1]}'", r#""{\"a\": [1]}""#),
        ("JSON", "3", "3"),
        ("", "1", "1"),
        ("", "1.0", "1.0"),
        ("", "'1'", r#""1""#),
        ("BLOB", "x''", r#""""#),
        ("BLOB", "x'00'", r#""AA==""#),
        ("BLOB", "x'fbff'", r#""+/8=""#),
        ("BLOB", "x'616263'", r#""YWJj""#),
        ("BLOB", "'text'", r#""text""#),
        ("TEXT", "x'616263'", r#""YWJj""#),
    ] {
        assert_eq!(value(declared, sql), json, "{declared} {sql}");
    }
}

#[test]
fn booleans_are_zero_and_one_in_a_boolean_column() {
    for declared in ["BOOLEAN", "boolean", "BOOL"] {
        for (sql, json) in [
            ("1", "true"),
            ("0", "false"),
            ("TRUE", "true"),
            ("NULL", "null"),
            ("2", "2"),
            ("-1", "-1"),
            ("0.5", "0.5"),
            ("'yes'", r#""yes""#),
            ("x'01'", r#""AQ==""#),
        ] {
            assert_eq!(value(declared, sql), json, "{declared} {sql}");
        }
    }
    assert_eq!(value("INTEGER", "TRUE"), "1", "the declared type decides");
}

#[test]
fn a_float_reads_back_to_the_same_value() {
    for float in [0.1, 1.0, 1e15, 1e16, 1e300, 5e-324, -0.0, 1.0 / 3.0, f64::MAX, 123_456_789.123_456_79] {
        let connection = database("CREATE TABLE t (v)");
        connection.execute("INSERT INTO t VALUES (?)", [float]).unwrap();
        let json = load(&connection, &reflect(&connection), &parse("{ t { v } }"));
        let text = &json[6..json.len() - 2];
        assert_eq!(text.parse::<f64>().unwrap().to_bits(), float.to_bits(), "{text}");
        assert!(text.contains(['.', 'e']), "{text} is written as a float");
    }
}

#[test]
fn a_to_many_is_a_list_and_a_to_one_an_object_or_null() {
    let sql = "
        CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);
        CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p); INSERT INTO c VALUES (1, 1), (2, NULL);
        CREATE TABLE o (p_id INTEGER PRIMARY KEY REFERENCES p); INSERT INTO o VALUES (1);";
    loads(
        sql,
        &[
            ("{ p { c { id } o { p_id } } }", r#"[{"id":1,"c":[{"id":1}],"o":{"p_id":1}},{"id":2,"c":[],"o":null}]"#),
            ("{ c { id p { id } } }", r#"[{"id":1,"p":{"id":1}},{"id":2,"p":null}]"#),
        ],
    );
}

/// The place of a wrong value, wherever it stands: in a target, in a link row, in a table without a primary key.
#[test]
fn a_value_without_a_json_form_is_told_with_its_column_and_row() {
    let sql = "
        CREATE TABLE p (id INTEGER PRIMARY KEY, t TEXT, f REAL); INSERT INTO p VALUES (7, CAST(x'ff' AS TEXT), 9e999);
        CREATE TABLE q (id INTEGER PRIMARY KEY); INSERT INTO q VALUES (8);
        CREATE TABLE pq (p_id REFERENCES p, q_id REFERENCES q, t TEXT, f REAL, PRIMARY KEY (p_id, q_id));
        INSERT INTO pq VALUES (7, 8, CAST(x'61ff' AS TEXT), -9e999);
        CREATE TABLE k (t TEXT); INSERT INTO k VALUES ('a'), (CAST(x'ff' AS TEXT));";
    let connection = database(sql);
    let planner = eagerly::Planner::new(reflect(&connection), eagerly::Sqlite::new());
    let error = |spec: &str| {
        let result = eagerly_rusqlite::load(&connection, &planner.compile(&parse(spec)).unwrap());
        result.and_then(|result| result.to_json()).unwrap_err().first().to_string()
    };
    let text = |column: &str, row: &str, at: &str| {
        let error = error(&format!("{{ {} }}", at));
        assert!(error.starts_with(&format!("E0405: text in `{column}` is not UTF-8, in {row}")), "{error}");
    };
    text("p.t", "the row with id = 7", "p { t }");
    text("p.t", "the row with id = 7", "q { p { t } }");
    text("p.t", "the row with id = 7", "q { p @joined { t } }");
    text("pq.t", "the row", "q { p @link(columns: [\"t\"]) { id } }");
    text("pq.t", "the row", "q { p @joined @link(columns: [\"t\"]) { id } }");
    text("k.t", "row 2", "k { t }");
    for (spec, path) in [
        ("{ p { f } }", "p.f"),
        ("{ q { p { f } } }", "q.p.f"),
        ("{ q { p @link(columns: [\"f\"]) { id } } }", "q.p.f"),
    ] {
        let error = error(spec);
        assert!(error.starts_with("E0406: ") && error.contains(&format!("(at {path})")), "{error}");
    }
}
