//! The text of a value that no driver decodes, exact and the same in every session.
//!
//! PostgreSQL prints by the settings of the session: with `extra_float_digits = 0`, two arrays of different floats have
//! one text, and under a `DateStyle` of its own an instant has a zone by a name that means another elsewhere. A connection
//! that is lent keeps its settings, so the statement prints each value under settings of its own, and puts the others
//! back:
//!
//! ```sql
//! CASE WHEN (SELECT current_setting('extra_float_digits')::int > 0) THEN t0.k::text
//! ELSE (SELECT (ARRAY[set_config('extra_float_digits', '1', true), v.v::text, set_config('extra_float_digits', v.s0, true)])[2]
//!   FROM (SELECT t0.k AS v, current_setting('extra_float_digits') AS s0 OFFSET 0) AS v) END
//! ```
//!
//! * The first condition is asked once per statement. Where the session prints as we want, that is all that is added.
//! * The elements of an array are evaluated from the left. Under OFFSET, the subquery is a table of its own: the value and
//!   the settings of the session are there before any is changed, also where a view computes the value.
//! * A setting that is changed for the transaction is what it was when the statement ends, fails or is cancelled, within a
//!   transaction of the host's too.
//! * `set_config` keeps the server from working on the statement in parallel.
//! * Only the settings that the type depends on take part (`ColumnDef::settings`); all of them where that is not known.

use std::fmt::Write as _;

/// A setting, what it has to be as SQL has it, and the condition under which a session prints so already.
struct Setting {
    name: &'static str,
    value: &'static str,
    holds: &'static str,
}

/// Floats in their shortest exact form, ISO 8601, instants in UTC, intervals with the signs of all parts, bytes in hex, names
/// with their schemas.
const SETTINGS: [Setting; 7] = [
    Setting { name: "extra_float_digits", value: "'1'", holds: "::int > 0" },
    Setting { name: "DateStyle", value: "'ISO'", holds: " LIKE 'ISO%'" },
    Setting { name: "TimeZone", value: "'UTC'", holds: " IN ('UTC', 'Etc/UTC', 'GMT')" },
    Setting { name: "IntervalStyle", value: "'postgres'", holds: " = 'postgres'" },
    Setting { name: "bytea_output", value: "'hex'", holds: " = 'hex'" },
    Setting { name: SEARCH_PATH, value: "'pg_catalog'", holds: " = 'pg_catalog'" },
    Setting { name: QUOTES, value: "'off'", holds: " = 'off'" },
];

/// It is set for types that are known to depend on it alone: an output function can need the session's.
const SEARCH_PATH: &str = "search_path";

/// Whether names are printed in quotes; set for types that are names alone.
const QUOTES: &str = "quote_all_identifiers";

/// Types of functions and operators whose text is a name that others have too. Their number is taken in its place, which
/// PostgreSQL reads as well as the name.
const AMBIGUOUS: [(&str, &str); 4] = [
    ("regproc", "::pg_catalog.oid"),
    ("regoper", "::pg_catalog.oid"),
    ("regproc[]", "::pg_catalog.oid[]"),
    ("regoper[]", "::pg_catalog.oid[]"),
];

/// The expression of a column, `$1`, as text; `settings` are those that its type depends on.
pub(super) fn exact(native: Option<&str>, settings: Option<&[String]>) -> String {
    let native = native.map(of_catalog);
    if let Some((_, cast)) = AMBIGUOUS.into_iter().find(|(ty, _)| native == Some(ty)) {
        return format!("$1{cast}::pg_catalog.text");
    }
    // Cast to text it would have a netmask, also where it prints none.
    if native == Some("inet") {
        return "pg_catalog.abbrev($1)".to_owned();
    }
    let known = |name: &str| {
        [ARRAY_NULLS.name, ABBREVIATIONS].contains(&name) || SETTINGS.iter().any(|s| s.name.eq_ignore_ascii_case(name))
    };
    // A name that is not known here tells nothing of the others.
    let given = settings.filter(|given| given.iter().all(|name| known(name)));
    let needed: Vec<&Setting> = SETTINGS
        .iter()
        .filter(|setting| match given {
            Some(given) => given.iter().any(|name| setting.name.eq_ignore_ascii_case(name)),
            None => ![SEARCH_PATH, QUOTES].contains(&setting.name),
        })
        .collect();
    if needed.is_empty() {
        return "$1::pg_catalog.text".to_owned();
    }
    let (mut holds, mut set, mut restore, mut session) = (String::new(), String::new(), String::new(), String::new());
    for (n, Setting { name, value, holds: test }) in needed.iter().enumerate() {
        let and = if n == 0 { "" } else { " AND " };
        // Writing to a string does not fail.
        let _ = write!(holds, "{and}pg_catalog.current_setting('{name}'){test}");
        let _ = write!(set, "pg_catalog.set_config('{name}', {value}, true), ");
        let _ = write!(restore, ", pg_catalog.set_config('{name}', v.s{n}, true)");
        let _ = write!(session, ", pg_catalog.current_setting('{name}') AS s{n}");
    }
    let at = needed.len() + 1;
    format!(
        "CASE WHEN (SELECT {holds}) THEN $1::pg_catalog.text ELSE (SELECT (ARRAY[{set}v.v::pg_catalog.text{restore}])[{at}] \
         FROM (SELECT $1 AS v{session} OFFSET 0) AS v) END"
    )
}

/// A type's name without the catalog's schema, which stands there if another type hides it.
pub(super) fn of_catalog(native: &str) -> &str {
    native.strip_prefix("pg_catalog.").unwrap_or(native)
}

/// A setting that reading a text depends on: whether the session reads as we want, and what it has to be, where `v.s0` or
/// `v.s1` is what it is.
struct Reading {
    name: &'static str,
    holds: &'static str,
    value: fn(usize) -> String,
}

/// Who wrote a text that becomes a value. What this library printed has one meaning under every setting of dates and times.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// This library: it is a key of a row.
    Library,
    /// The user: it is the value of a condition.
    User,
}

const ARRAY_NULLS: Reading = Reading { name: "array_nulls", holds: " = 'on'", value: |_| "'on'".to_owned() };

/// Names of `pg_catalog` come without it, and nothing may hide them.
const CATALOG_FIRST: Reading =
    Reading { name: SEARCH_PATH, holds: " NOT LIKE '%pg_catalog%'", value: |n| format!("'pg_catalog, ' || v.s{n}") };

/// `01/02/2024`, a minus at the beginning of an interval, `12:00` and `now`, `12:00 IST`.
const TIMES: [Reading; 4] = [
    Reading { name: "DateStyle", holds: " = 'ISO, MDY'", value: |_| "'ISO, MDY'".to_owned() },
    Reading { name: "IntervalStyle", holds: " = 'postgres'", value: |_| "'postgres'".to_owned() },
    Reading { name: "TimeZone", holds: " IN ('UTC', 'Etc/UTC', 'GMT')", value: |_| "'UTC'".to_owned() },
    Reading { name: ABBREVIATIONS, holds: " = 'Default'", value: |_| "'Default'".to_owned() },
];

/// A type that depends on it has times in it, so that reading one depends on the session's zone too.
const ABBREVIATIONS: &str = "timezone_abbreviations";

/// The settings that reading a type depends on. Where that is not known, those of an array, and of times in conditions.
fn readings(native: &str, settings: Option<&[String]>, writer: Writer) -> Vec<Reading> {
    let times = TIMES.into_iter().filter(|_| writer == Writer::User);
    if of_catalog(native) == "interval" {
        return times.filter(|reading| reading.name == "IntervalStyle").collect();
    }
    let Some(settings) = settings else {
        return Some(ARRAY_NULLS).filter(|_| native.ends_with("[]")).into_iter().chain(times).collect();
    };
    let named = |name: &str| settings.iter().any(|setting| setting.eq_ignore_ascii_case(name));
    let needs = |reading: &Reading| named(reading.name) || (reading.name == "TimeZone" && named(ABBREVIATIONS));
    [ARRAY_NULLS, CATALOG_FIRST].into_iter().chain(times).filter(needs).collect()
}

/// Whether reading a type depends on the session, so that a value is read once for a statement.
pub(super) fn is_read_by_settings(native: &str, settings: Option<&[String]>) -> bool {
    !readings(native, settings, Writer::User).is_empty()
}

/// A text as a value of a type, read as a literal is.
///
/// * PostgreSQL's own cast from text to `regclass` knows no `-`. There is none from `bpchar`, and so its type reads.
/// * Under `array_nulls = off`, `{NULL}` would be an array of a text, and where a schema stands before `pg_catalog` in
///   `search_path`, its tables would hide those of the catalog. Times depend on four settings ([`TIMES`]). As with
///   [`exact`], a setting holds for this value alone.
pub(super) fn parsed(text: &str, native: &str, settings: Option<&[String]>, writer: Writer) -> String {
    let as_type = |text: &str| match of_catalog(native) {
        "regclass" => format!("{text}::pg_catalog.bpchar::{native}"),
        _ => format!("{text}::{native}"),
    };
    let readings = readings(native, settings, writer);
    if readings.is_empty() {
        return as_type(text);
    }
    let (mut holds, mut set, mut restore, mut session) = (String::new(), String::new(), String::new(), String::new());
    for (n, Reading { name, holds: test, value }) in readings.iter().enumerate() {
        let and = if n == 0 { "" } else { " AND " };
        // Writing to a string does not fail.
        let _ = write!(holds, "{and}pg_catalog.current_setting('{name}'){test}");
        let _ = write!(set, "pg_catalog.set_config('{name}', {}, true) AS a{n}, ", value(n));
        let _ = write!(restore, ", pg_catalog.set_config('{name}', v.s{n}, true) AS b{n}");
        let _ = write!(session, ", pg_catalog.current_setting('{name}') AS s{n}");
    }
    format!(
        "CASE WHEN (SELECT {holds}) THEN {} ELSE (SELECT v.v FROM (SELECT {set}{} AS v{restore} \
         FROM (SELECT {text} AS t{session} OFFSET 0) AS v OFFSET 0) AS v) END",
        as_type(text),
        as_type("v.t"),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_a_type_depends_on_is_set() {
        let exact = |native, settings: Option<&[&str]>| {
            let settings = settings.map(|all| all.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
            super::exact(native, settings.as_deref())
        };
        assert_eq!(exact(Some("macaddr"), Some(&[])), "$1::pg_catalog.text");
        assert_eq!(exact(Some("inet"), Some(&[])), "pg_catalog.abbrev($1)");
        assert_eq!(exact(Some("regproc"), None), "$1::pg_catalog.oid::pg_catalog.text");
        let floats = exact(Some("double precision[]"), Some(&["extra_float_digits"]));
        assert_eq!(
            floats,
            "CASE WHEN (SELECT pg_catalog.current_setting('extra_float_digits')::int > 0) THEN $1::pg_catalog.text ELSE (SELECT \
             (ARRAY[pg_catalog.set_config('extra_float_digits', '1', true), v.v::pg_catalog.text, pg_catalog.set_config('extra_float_digits', v.s0, \
             true)])[2] FROM (SELECT $1 AS v, pg_catalog.current_setting('extra_float_digits') AS s0 OFFSET 0) AS v) END"
        );
        let instants = exact(None, Some(&["datestyle", "TIMEZONE"]));
        assert!(instants.contains("LIKE 'ISO%' AND pg_catalog.current_setting('TimeZone') IN"), "{instants}");
        assert!(instants.contains("[3]") && !instants.contains("bytea_output"), "{instants}");
        for unknown in [exact(None, None), exact(None, Some(&["something"]))] {
            assert!(unknown.contains("bytea_output") && unknown.contains("[6]"), "{unknown}");
        }
        let read_alone = exact(None, Some(&["array_nulls", "timezone_abbreviations"]));
        assert_eq!(read_alone, "$1::pg_catalog.text");
    }

    #[test]
    fn only_what_a_user_wrote_is_read_by_settings_of_times() {
        let read = |native: &str, settings: Option<&[&str]>, writer| {
            let settings = settings.map(|all| all.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
            let names = super::readings(native, settings.as_deref(), writer);
            names.iter().map(|reading| reading.name).collect::<Vec<_>>().join(" ")
        };
        let times = "DateStyle IntervalStyle TimeZone timezone_abbreviations";
        for (native, settings, of_user, of_library) in [
            ("interval", None, "IntervalStyle", ""),
            ("date[]", None, &*format!("array_nulls {times}"), "array_nulls"),
            ("visit", None, times, ""),
            ("int4range", Some(&[][..]), "", ""),
            ("frange", Some(&["extra_float_digits"]), "", ""),
            (
                "time[]",
                Some(&["timezone_abbreviations", "array_nulls"]),
                "array_nulls TimeZone timezone_abbreviations",
                "array_nulls",
            ),
            (
                "daterange",
                Some(&["DateStyle", "timezone_abbreviations"]),
                "DateStyle TimeZone timezone_abbreviations",
                "",
            ),
        ] {
            assert_eq!(read(native, settings, super::Writer::User), of_user, "{native}");
            assert_eq!(read(native, settings, super::Writer::Library), of_library, "{native}");
        }
    }
}
