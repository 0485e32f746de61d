//! Dates, times and intervals in conditions: one meaning in every session, or an error before anything is sent.

use crate::server::database;
use serde_json::{Value as Json, json};

const SETUP: &str = "
    CREATE DOMAIN birthday AS date; CREATE DOMAIN span AS interval; CREATE DOMAIN days AS date[];
    CREATE TYPE visit AS (n int, d date, i interval);
    CREATE TABLE t (
        id int PRIMARY KEY, at timestamptz, d date, ts timestamp, i interval, tz timetz, n time, b birthday, s span,
        ds date[], dd days, ats timestamptz[], spans interval[], tzs timetz[], r daterange, tr tstzrange, v visit
    );
    INSERT INTO t VALUES
        (1, '2024-01-02 01:00:00+00', '2024-01-02', '2024-01-02 01:00:00', '-1 days +02:03:04', '04:05:06+00', '04:05:06',
            '2024-01-02', '-1 days +02:03:04', '{2024-01-02}', '{2024-01-02}', '{2024-01-02 01:00:00+00}',
            '{-1 days +02:03:04}', '{04:05:06+00}', '[2024-01-02,2024-01-03)',
            '[2024-01-02 01:00:00+00,2024-02-01 01:00:00+00)', '(1,2024-01-02,-1 days +02:03:04)'),
        (2, '12024-01-02 01:00:00+00', '12024-01-02', '12024-01-02 01:00:00', '-1 days -02:03:04', '04:05:06+02', '24:00:00',
            '12024-01-02', '-1 days -02:03:04', '{2024-02-01}', '{2024-02-01}', '{2024-02-01 01:00:00+00}',
            '{-1 days -02:03:04}', '{04:05:06+02}', '[2024-02-01,2024-02-02)',
            '[2024-02-01 01:00:00+00,2024-03-01 01:00:00+00)', '(1,2024-02-01,-1 days -02:03:04)'),
        (3, '0044-03-15 12:00:00.000001+00 BC', '0044-03-15 BC', '0044-03-15 12:00:00 BC', '1 day', '24:00:00+15:59:59', '02:00',
            '0044-03-15 BC', '1 day', '{0044-03-15 BC}', '{0044-03-15 BC}', '{0044-03-15 12:00:00+00 BC}',
            '{1 day}', '{24:00:00+15:59:59}', '(,0044-03-15 BC)', '(,0044-03-15 12:00:00+00 BC)', '(1,0044-03-15 BC,1 day)'),
        (4, 'infinity', 'infinity', '-infinity', '2 days', '02:00-00:00:01', '03:00',
            'infinity', '2 days', '{infinity}', '{infinity}', '{infinity}', '{2 days}', '{02:00-00:00:01}',
            '[2000-01-01,infinity)', '[2000-01-01 00:00+00,infinity)', '(1,infinity,2 days)');";

const COLUMNS: [&str; 16] =
    ["at", "d", "ts", "i", "tz", "n", "b", "s", "ds", "dd", "ats", "spans", "tzs", "r", "tr", "v"];

/// Conditions and the row that they find.
const FOUND: [(&str, &str, i32); 54] = [
    ("at", "2024-01-02 1:00", 1),
    ("at", "20240102T010000Z", 1),
    ("at", "20240102T010000", 1),
    ("at", "2024-1-2 03:00:00 +2", 1),
    ("at", "2024/01/02 02:00:00.000+0100", 1),
    ("at", "2024-01-02 01:00:30+00:00:30", 1),
    ("at", "2024-01-02 01:00 utc", 1),
    ("at", "12024-01-02 01:00", 2),
    ("at", "+12024-01-02T01:00:00+00:00", 2),
    ("at", "0044-03-15 12:00:00.000001 BC", 3),
    ("at", "-0043-03-15T12:00:00.000001+00:00", 3),
    ("at", "infinity", 4),
    ("at", "Infinity", 4),
    ("d", "2024-1-2", 1),
    ("d", "20240102", 1),
    ("d", "2024-01-02T23:00:00-10:00", 1),
    ("d", "+12024-01-02", 2),
    ("d", "0044-03-15 bc", 3),
    ("d", "-0043-03-15", 3),
    ("d", "infinity", 4),
    ("ts", "2024-01-02 1:00", 1),
    ("ts", "2024-01-02 01:00:00+05", 1),
    ("ts", "2024-01-01T24:00:00+00:00", 0),
    ("ts", "+12024-01-02T01:00:00", 2),
    ("ts", "-0043-03-15T12:00:00", 3),
    ("ts", "-infinity", 4),
    ("i", "-1 2:03:04", 1),
    ("i", "-1 day 2 hours 3 minutes 4 seconds", 1),
    ("i", "@ -1 day 2 hours 3 minutes 4 seconds", 1),
    ("i", "P-1DT2H3M4S", 1),
    ("i", "-1 -2:03:04", 2),
    ("i", "1 day 2 hours 3 minutes 4 seconds ago", 2),
    ("i", "0-0 1 0:0:0", 3),
    ("tz", "04:05:06", 1),
    ("tz", "04:05:06+02", 2),
    ("tz", "24:00:00+15:59:59", 3),
    ("n", "04:05:06", 1),
    ("n", "4:05:06", 1),
    ("n", "040506", 1),
    ("n", "24:00", 2),
    ("n", "02:00+05:00", 3),
    ("b", "2024-1-2", 1),
    ("s", "-1 2:03:04", 1),
    ("ds", "{2024-01-02}", 1),
    ("ds", "{01/02/2024}", 1),
    ("ds", "{Feb 1 2024}", 2),
    ("dd", "{2/1/2024}", 2),
    ("ats", "{2024-01-02 01:00}", 1),
    ("ats", "{2024-01-02 06:30 IST}", 0),
    ("spans", "{-1 2:03:04}", 1),
    ("tzs", "{04:05:06}", 1),
    ("r", "[01/02/2024,01/03/2024)", 1),
    ("tr", "[02/01/2024 01:00,2024-03-01 02:00:00+01)", 2),
    ("v", "(1,01/02/2024,-1 2:03:04)", 1),
];

const REFUSED: [(&str, &str); 20] = [
    ("at", "now"),
    ("at", "01/02/2024"),
    ("at", "2024-01-02 01:00 Europe/Berlin"),
    ("at", "2024-01-02 01:00 EST"),
    ("at", "Oct 27 2024"),
    ("at", "2024-01-02 01:00:00 PM"),
    ("at", "J2451187"),
    ("at", ""),
    ("d", "today"),
    ("d", "01/02/2024"),
    ("d", "1-2-2024"),
    ("d", "24-01-02"),
    ("d", "2 January 2024"),
    ("d", "20240102 EST"),
    ("b", "tomorrow"),
    ("ts", "yesterday"),
    ("ts", "27.10.2024"),
    ("tz", "04:05:06 EST"),
    ("n", "now"),
    ("n", "04:05 PM"),
];

const SESSIONS: [&str; 6] = [
    "SET TimeZone = 'UTC'",
    "SET TimeZone = 'Europe/Berlin'; SET DateStyle = 'SQL, DMY'; SET IntervalStyle = 'sql_standard'",
    "SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'German, YMD'; SET IntervalStyle = 'iso_8601'; SET array_nulls = off",
    "SET TimeZone = '-03:30'; SET timezone_abbreviations = 'India'; SET IntervalStyle = 'postgres_verbose'",
    "SET DateStyle = 'ISO, DMY'; SET quote_all_identifiers = on; SET standard_conforming_strings = off",
    "SET DateStyle = 'Postgres, YMD'; SET plan_cache_mode = force_generic_plan; SET search_path = public, pg_catalog",
];

#[test]
fn times_in_conditions_mean_the_same_in_every_session() {
    let Some(database) = database(SETUP) else { return };
    for session in SESSIONS {
        database.set("DISCARD ALL");
        database.set(session);
        let (graph, settings) = (database.graph(), database.settings());
        for (column, value, id) in FOUND {
            for test in [json!({"eq": value}), json!({"in": [value]})] {
                let spec = format!("{{ t(where: {{{column}: {}}}) {{ id }} }}", written(&test));
                let rows = database.loaded(&graph, &spec).unwrap_or_else(|e| panic!("{session}: {spec}: {e}"));
                let expected = if id == 0 { json!([]) } else { json!([{"id": id}]) };
                assert_eq!(rows, expected, "{session}: {spec}");
            }
        }
        for column in COLUMNS {
            let printed = database.loaded(&graph, &format!("{{ t {{ id {column} }} }}")).unwrap();
            for row in printed.as_array().unwrap() {
                for test in [row[column].to_string(), format!("{{in: [{}]}}", row[column])] {
                    let spec = format!("{{ t(where: {{{column}: {test}}}) {{ id {column} }} }}");
                    assert_eq!(database.loaded(&graph, &spec).unwrap(), json!([row]), "{session}: {spec}");
                }
            }
        }
        assert_eq!(database.settings(), settings, "{session}");
    }
}

/// An object of a condition as a specification has it.
fn written(test: &Json) -> String {
    let parts = test.as_object().unwrap().iter().map(|(operator, value)| format!("{operator}: {value}"));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}

#[test]
fn times_that_settings_would_read_are_refused() {
    let Some(database) = database(SETUP) else { return };
    let graph = database.graph();
    for (column, value) in REFUSED {
        let tests = [
            json!({"eq": value}),
            json!({"ne": value}),
            json!({"in": [value]}),
            json!({"not_in": ["2024-01-02", value]}),
        ];
        for test in tests {
            let spec = format!("{{ t(where: {{{column}: {}}}) {{ id }} }}", written(&test));
            let errors = database.loaded(&graph, &spec).unwrap_err();
            let error = errors.first();
            assert_eq!(error.code, "E0106", "{spec}: {errors}");
            assert!(error.message.contains(&format!("`{value}`")), "{errors}");
            assert!(error.help.as_deref().is_some_and(|help| help.contains("2024-01-31")), "{errors}");
        }
    }
}

/// Nothing has been sent: the statement of the root would fail.
#[test]
fn times_are_refused_before_anything_is_sent() {
    let setup =
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a, d date)";
    let Some(database) = database(setup) else { return };
    let graph = database.graph();
    database.set("DROP TABLE a CASCADE");
    for spec in [
        "{ a { b(where: {d: \"01/02/2024\"}) @selectin { id } } }",
        "{ a { b(where: {not: {d: {in: [\"2024-01-02\", \"today\"]}}}) @subquery { id } } }",
        "{ a(where: {b: {any: {d: {gt: \"now\"}}}}) { id } }",
    ] {
        let errors = database.loaded(&graph, spec).unwrap_err();
        assert_eq!(errors.first().code, "E0106", "{spec}: {errors}");
    }
    let errors = database.loaded(&graph, "{ a { b(where: {d: \"2024-01-02\"}) @selectin { id } } }").unwrap_err();
    assert_eq!(errors.first().code, "E0404", "{errors}");
}
