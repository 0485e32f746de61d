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

/// Floats in their shortest exact form, ISO 8601, instants in UTC, intervals with the signs of all parts, bytes in hex.
const SETTINGS: [Setting; 5] = [
    Setting { name: "extra_float_digits", value: "'1'", holds: "::int > 0" },
    Setting { name: "DateStyle", value: "'ISO'", holds: " LIKE 'ISO%'" },
    Setting { name: "TimeZone", value: "'UTC'", holds: " IN ('UTC', 'Etc/UTC', 'GMT')" },
    Setting { name: "IntervalStyle", value: "'postgres'", holds: " = 'postgres'" },
    Setting { name: "bytea_output", value: "'hex'", holds: " = 'hex'" },
];

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
    if let Some((_, cast)) = AMBIGUOUS.into_iter().find(|(ty, _)| native == Some(ty)) {
        return format!("$1{cast}::pg_catalog.text");
    }
    // Cast to text it would have a netmask, also where it prints none.
    if native == Some("inet") {
        return "pg_catalog.abbrev($1)".to_owned();
    }
    let known = |name: &str| SETTINGS.iter().any(|setting| setting.name.eq_ignore_ascii_case(name));
    // A name that is not known here tells nothing of the others.
    let given = settings.filter(|given| given.iter().all(|name| known(name)));
    let needed: Vec<&Setting> = SETTINGS
        .iter()
        .filter(|setting| given.is_none_or(|given| given.iter().any(|name| setting.name.eq_ignore_ascii_case(name))))
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
    }
}
