//! A small schema for each type: rows of `k` with the type's boundary values as their key, rows of `c` that hold them,
//! links, and the same with a key of two columns.

use super::{Session, check, expected, family};
use crate::exact::sessions::{all, some};
use eagerly::LoadSpec;
use eagerly::spec::Strategy;
use eagerly_tests::database::Backend;
use eagerly_tests::harness::Treatment;
use eagerly_tests::servers::Settings;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// A type: its name here, in SQL, and values of it as literals, written in UTC under a mode that takes everything.
struct Type(&'static str, &'static str, &'static [&'static str]);

const TYPES: &[Type] = &[
    Type("tiny", "tinyint", &["-128", "-1", "0", "1", "127"]),
    Type("big", "bigint", &["-9223372036854775808", "-1", "0", "9223372036854775807", "9007199254740993"]),
    Type("huge", "bigint unsigned", &["0", "9223372036854775807", "9223372036854775808", "18446744073709551615"]),
    Type("filled", "int(6) unsigned zerofill", &["0", "7", "4294967295"]),
    Type(
        "bits",
        "bit(64)",
        &["0", "1", "b'1000000000000000000000000000000000000000000000000000000000000000'", "18446744073709551615"],
    ),
    Type("year_", "year", &["'0000'", "1901", "2000", "2024", "2155"]),
    Type(
        "dec_",
        "decimal(30,4)",
        &["0", "-0.0001", "99999999999999999999999999.9999", "18446744073709551615", "18446744073709551616"],
    ),
    Type(
        "single",
        "float",
        &[
            "0",
            "0.1",
            "-0.1",
            "3.4028234663852886e38",
            "-3.4028234663852886e38",
            "1.1754943508222875e-38",
            "16777216",
            "16777215",
            "0.3",
        ],
    ),
    Type(
        "double_",
        "double",
        &[
            "0",
            "0.1",
            "0.30000000000000004",
            "0.3",
            "1.7976931348623157e308",
            "-1.7976931348623157e308",
            "2.2250738585072014e-308",
            "5e-324",
            "1e23",
        ],
    ),
    Type(
        "date_",
        "date",
        &[
            "'0000-00-00'",
            "'2024-00-00'",
            "'2024-02-00'",
            "'2024-02-30'",
            "'1000-01-01'",
            "'9999-12-31'",
            "'2024-02-29'",
        ],
    ),
    Type(
        "dt",
        "datetime(6)",
        &[
            "'0000-00-00 00:00:00'",
            "'2024-00-00 00:00:00'",
            "'2024-02-30 01:02:03.5'",
            "'9999-12-31 23:59:59.999999'",
            "'2024-10-27 02:30:00'",
            "'2024-10-27 02:30:00.000001'",
        ],
    ),
    Type("dt0", "datetime", &["'0000-00-00 00:00:00'", "'2024-10-27 02:30:00'", "'2024-03-31 02:30:00'"]),
    Type(
        "ts",
        "timestamp(6) null",
        &[
            "'0000-00-00 00:00:00'",
            "'1970-01-01 00:00:01'",
            "'2024-10-27 00:30:00'",
            "'2024-10-27 01:30:00'",
            "'2024-10-27 02:30:00.000001'",
            "'2024-10-27 02:30:00.5'",
            "'2024-03-31 01:00:00'",
            "'2038-01-19 03:14:07.999999'",
        ],
    ),
    Type("ts0", "timestamp null", &["'2021-10-31 00:00:00'", "'2021-10-31 01:00:00'", "'2021-10-31 02:00:00'"]),
    Type(
        "time_",
        "time(6)",
        &["'-838:59:59'", "'838:59:59'", "'-00:00:00.000001'", "'00:00:00'", "'24:00:00'", "'12:00:00.5'"],
    ),
    Type("fixed", "char(5)", &["''", "'a'", "'abcde'", "'é'", "'\\\\'", "'0'"]),
    Type("fixed_bin", "char(5) collate utf8mb4_bin", &["''", "'a'", "'A'", "'abcde'"]),
    Type("vary", "varchar(20)", &["''", "'a'", "'b%'", "'\\\\'", "'\"'", "'é\\n'"]),
    Type("latin", "varchar(20) character set latin1", &["''", "'a'", "'é'"]),
    Type("bytes", "binary(4)", &["''", "x'61'", "x'00ff00ff'", "x'61000000ff'"]),
    Type("vbytes", "varbinary(8)", &["''", "x'00'", "x'61'", "x'6100'", "x'ff00ff00'"]),
    Type("choice", "enum('a','b','10')", &["'a'", "'b'", "0", "'10'"]),
    Type("members", "set('a','b','c d')", &["''", "'a'", "'a,b'", "'a,b,c d'"]),
];

impl Type {
    fn tables(&self, sql: &mut String) {
        let Self(name, ty, values) = self;
        let key = ty.trim_end_matches(" null");
        let null = if ty.ends_with(" null") { " NOT NULL DEFAULT '2001-01-01 00:00:00'" } else { "" };
        let _ = write!(
            sql,
            "CREATE TABLE k_{name} (k {key}{null} PRIMARY KEY, n int);
            CREATE TABLE c_{name} (id int PRIMARY KEY, k {ty}, FOREIGN KEY (k) REFERENCES k_{name}(k));
            CREATE TABLE l_{name} (owner_id int, k {key}{null}, PRIMARY KEY (owner_id, k),
                FOREIGN KEY (owner_id) REFERENCES owner(id), FOREIGN KEY (k) REFERENCES k_{name}(k));
            CREATE TABLE k2_{name} (a int, k {key}{null}, n int, PRIMARY KEY (a, k));
            CREATE TABLE c2_{name} (id int PRIMARY KEY, a int, k {ty}, FOREIGN KEY (a, k) REFERENCES k2_{name}(a, k));"
        );
        for (n, value) in values.iter().enumerate() {
            let _ = write!(
                sql,
                "INSERT IGNORE INTO k_{name} VALUES ({value}, {n});
                INSERT IGNORE INTO c_{name} VALUES ({n}, {value}), ({}, {value});
                INSERT IGNORE INTO l_{name} VALUES (1, {value}), ({}, {value});
                INSERT IGNORE INTO k2_{name} VALUES (1, {value}, {n}), (2, {value}, {});
                INSERT IGNORE INTO c2_{name} VALUES ({n}, 1, {value}), ({}, 2, {value});",
                n + 100,
                n % 2 + 2,
                n + 100,
                n + 100
            );
        }
        // So many that an index is worth its while.
        let _ = write!(
            sql,
            "INSERT IGNORE INTO c_{name} SELECT 1000 + s.id, k.k FROM k_{name} k JOIN seq s WHERE k.n < 2;
            INSERT INTO c_{name} VALUES (5000, NULL);"
        );
    }

    fn specs(&self) -> Vec<String> {
        let name = self.0;
        [
            format!("{{ k_{name} {{ k n c_{name} {{ id k }} }} }}"),
            format!("{{ c_{name}(where: {{id: {{lt: 1000}}}}) {{ id k k_{name} {{ k n }} }} }}"),
            format!("{{ k_{name} {{ k c_{name}(limit: 2, order: [\"-id\"]) {{ id k_{name} {{ n }} }} }} }}"),
            format!("{{ c_{name}(order: [\"-k\"], limit: 9) {{ id k }} }}"),
            format!("{{ owner {{ id k_{name} {{ k n }} }} }}"),
            format!("{{ k_{name} {{ n owner {{ id k_{name} {{ n }} }} }} }}"),
            format!("{{ k2_{name} {{ a k n c2_{name} {{ id }} }} }}"),
            format!("{{ c2_{name} {{ id a k k2_{name} {{ a k n }} }} }}"),
            format!("{{ k_{name}(where: {{c_{name}: {{any: {{id: {{gt: 0}}}}}}}}) {{ k n }} }}"),
        ]
        .to_vec()
    }
}

fn schema() -> String {
    let mut sql = "SET sql_mode = 'ALLOW_INVALID_DATES';
        CREATE TABLE owner (id int PRIMARY KEY);
        INSERT INTO owner VALUES (1), (2), (3);
        CREATE TABLE seq (id int PRIMARY KEY);
        INSERT INTO seq WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 20) SELECT n FROM s;"
        .to_owned();
    TYPES.iter().for_each(|ty| ty.tables(&mut sql));
    sql
}

const BY_KEYS: [Treatment; 1] = [Treatment::All(Strategy::Selectin)];

fn on_all(settings: fn(Backend) -> Vec<Settings>, treatments: &[Treatment], chosen: &[usize]) {
    let specs = |ty: &Type| chosen.iter().map(|index| ty.specs()[*index].clone()).collect::<Vec<_>>();
    let specs: Vec<String> = TYPES.iter().flat_map(specs).collect();
    let mut problems = Vec::new();
    for server in family() {
        let url = server.database(&schema());
        let expected = expected(server, &url, &specs);
        for settings in settings(server.backend()) {
            problems.extend(Session::new(server, &url, &settings).differs(&expected, treatments));
        }
    }
    check(&problems);
}

#[test]
fn every_type_is_exact_under_every_strategy() {
    on_all(some, &Treatment::DEFAULT, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn every_type_is_exact_in_every_session() {
    // A list, a to-one, links, and a key of two columns.
    on_all(all, &BY_KEYS, &[0, 1, 4, 7]);
}

/// Every row by the value that was printed, alone, in a list, negated and as a bound.
#[test]
fn what_was_printed_finds_its_row() {
    let mut problems = Vec::new();
    for server in family() {
        let url = server.database(&schema());
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for Type(name, ..) in TYPES {
                problems.extend(found(&session, name));
            }
        }
    }
    check(&problems);
}

fn found(session: &Session, name: &str) -> Vec<String> {
    let all = session.load(&LoadSpec::parse(&format!("{{ k_{name} {{ k n }} }}")).unwrap()).unwrap();
    let rows = all.as_array().unwrap();
    let mut problems = Vec::new();
    let mut is = |condition: Json, expected: Vec<&Json>| {
        let spec = serde_json::json!({format!("k_{name}"): {"where": {"k": condition}, "fields": ["n"]}});
        let spec = LoadSpec::from_json(&spec.to_string()).unwrap_or_else(|errors| panic!("{spec}\n{errors}"));
        let loaded = session.load(&spec);
        let found: Option<Vec<&Json>> =
            loaded.as_ref().ok().and_then(Json::as_array).map(|rows| rows.iter().map(|row| &row["n"]).collect());
        if found.as_ref() != Some(&expected) {
            let (on, settings) = (session.server.backend().name(), session.settings.statements());
            problems.push(format!("{on} {settings:?} {name}: {spec:?} gives {loaded:?}, not {expected:?}"));
        }
    };
    let bytes = name.ends_with("bytes");
    let bound = |value: &Json| if bytes { serde_json::json!({"$bytes": value}) } else { value.clone() };
    for row in rows {
        let value = bound(&row["k"]);
        is(serde_json::json!({"eq": value}), vec![&row["n"]]);
        let others = rows.iter().filter(|other| other["n"] != row["n"]).map(|row| &row["n"]).collect();
        is(serde_json::json!({"ne": value}), others);
        is(serde_json::json!({"in": [value, value]}), vec![&row["n"]]);
    }
    let every: Vec<Json> = rows.iter().map(|row| bound(&row["k"])).collect();
    is(serde_json::json!({"in": every}), rows.iter().map(|row| &row["n"]).collect());
    is(serde_json::json!({"not_in": every}), Vec::new());
    problems
}
