//! The table of classes in docs/errors.md says what the drivers do: no code stands in it that has another class, and none
//! that has a class is missing.

use super::ALL;
use super::live::Live;
use eagerly::error::Class;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::server;
use mysql_async::ServerError;
use rusqlite::ffi;
use std::collections::BTreeMap;
use std::path::Path;

/// The codes of a class in the table, one list for each database.
struct Row {
    is_transient: bool,
    codes: [Vec<String>; 3],
}

fn rows() -> BTreeMap<String, Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("\n## Classes\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let row = |line: &str| {
        let line = line.split("<!--").next()?.trim_end();
        let cells: Vec<&str> = line.strip_prefix("| `")?.split('|').map(str::trim).collect();
        let [class, _, transient, codes @ ..] = cells.as_slice() else { panic!("{line}") };
        let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let codes = [0, 1, 2].map(|column| quoted(codes[column]));
        assert!(["yes", "no"].contains(transient), "{line}");
        Some((class.trim_matches('`').to_owned(), Row { is_transient: *transient == "yes", codes }))
    };
    section.lines().filter_map(row).collect()
}

#[test]
fn every_class_has_a_row() {
    let source = include_str!("../../../planner/src/error/database.rs");
    let (_, body) = source.split_once("pub enum Class {").unwrap();
    let body = body.split('}').next().unwrap();
    let declared = body.lines().map(str::trim).filter(|line| line.ends_with(',') && !line.starts_with("///"));
    let declared: Vec<String> = declared.map(|line| line.trim_end_matches(',').to_owned()).collect();
    assert_eq!(declared, ALL.map(|class| format!("{class:?}")));
    let rows = rows();
    assert_eq!(rows.len(), ALL.len());
    for class in ALL {
        assert_eq!(rows[&format!("{class:?}")].is_transient, class.is_transient(), "{class:?}");
    }
}

/// All codes of a database in the table, with their classes. `Other` lists exceptions alone.
fn listed(column: usize) -> Vec<(Class, String)> {
    let rows = rows();
    let of = |class: Class| rows[&format!("{class:?}")].codes[column].iter().map(move |code| (class, code.clone()));
    ALL.into_iter().flat_map(of).collect()
}

/// SQLite's result codes by name: all primary ones, and the extended ones that have a class of their own.
const SQLITE: [(&str, i32); 28] = [
    ("SQLITE_ERROR", ffi::SQLITE_ERROR),
    ("SQLITE_INTERNAL", ffi::SQLITE_INTERNAL),
    ("SQLITE_PERM", ffi::SQLITE_PERM),
    ("SQLITE_ABORT", ffi::SQLITE_ABORT),
    ("SQLITE_BUSY", ffi::SQLITE_BUSY),
    ("SQLITE_LOCKED", ffi::SQLITE_LOCKED),
    ("SQLITE_NOMEM", ffi::SQLITE_NOMEM),
    ("SQLITE_READONLY", ffi::SQLITE_READONLY),
    ("SQLITE_INTERRUPT", ffi::SQLITE_INTERRUPT),
    ("SQLITE_IOERR", ffi::SQLITE_IOERR),
    ("SQLITE_CORRUPT", ffi::SQLITE_CORRUPT),
    ("SQLITE_NOTFOUND", ffi::SQLITE_NOTFOUND),
    ("SQLITE_FULL", ffi::SQLITE_FULL),
    ("SQLITE_CANTOPEN", ffi::SQLITE_CANTOPEN),
    ("SQLITE_PROTOCOL", ffi::SQLITE_PROTOCOL),
    ("SQLITE_EMPTY", ffi::SQLITE_EMPTY),
    ("SQLITE_SCHEMA", ffi::SQLITE_SCHEMA),
    ("SQLITE_TOOBIG", ffi::SQLITE_TOOBIG),
    ("SQLITE_CONSTRAINT", ffi::SQLITE_CONSTRAINT),
    ("SQLITE_MISMATCH", ffi::SQLITE_MISMATCH),
    ("SQLITE_MISUSE", ffi::SQLITE_MISUSE),
    ("SQLITE_NOLFS", ffi::SQLITE_NOLFS),
    ("SQLITE_AUTH", ffi::SQLITE_AUTH),
    ("SQLITE_FORMAT", ffi::SQLITE_FORMAT),
    ("SQLITE_RANGE", ffi::SQLITE_RANGE),
    ("SQLITE_NOTADB", ffi::SQLITE_NOTADB),
    ("SQLITE_BUSY_SNAPSHOT", ffi::SQLITE_BUSY_SNAPSHOT),
    ("SQLITE_READONLY_DBMOVED", ffi::SQLITE_READONLY_DBMOVED),
];

#[test]
fn sqlites_codes_are_those_of_the_table() {
    let class = |code: i32, words: &str| {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(words.to_owned()));
        eagerly_rusqlite::database_error(error, "x").class().unwrap()
    };
    let listed = listed(0);
    for (name, code) in SQLITE {
        let of_table = listed.iter().find(|(_, listed)| listed == name).map_or(Class::Other, |(class, _)| *class);
        assert_eq!(class(code, "its words"), of_table, "{name}");
    }
    for (of_table, code) in &listed {
        if !code.starts_with("SQLITE_") {
            assert_eq!(class(ffi::SQLITE_ERROR, &format!("{code}: x")), *of_table, "{code}");
        } else {
            assert!(SQLITE.iter().any(|(name, _)| name == code), "{code}");
        }
    }
}

#[test]
fn mysqls_numbers_are_those_of_the_table() {
    let class = |code: u16, state: &str| {
        let error = ServerError { code, message: "its words".to_owned(), state: state.to_owned() };
        eagerly_mysql::database_error(error.into(), "x").class().unwrap()
    };
    let listed = listed(2);
    let number = |code: u16| listed.iter().find(|(_, listed)| *listed == code.to_string());
    for code in 1000..=6000 {
        let of_table = number(code).map_or(Class::Other, |(class, _)| *class);
        assert_eq!(class(code, "HY000"), of_table, "{code}");
    }
    for family in 0..100 {
        let state = format!("{family:02}000");
        let of_table = listed.iter().find(|(_, listed)| *listed == format!("{family:02}…"));
        assert_eq!(class(9999, &state), of_table.map_or(Class::Other, |(class, _)| *class), "{state}");
        // A number says more than a state.
        for (of_table, code) in &listed {
            if let Ok(code) = code.parse() {
                assert_eq!(class(code, &state), *of_table, "{code} with {state}");
            }
        }
    }
    let are_all = listed.iter().all(|(_, code)| code.parse::<u16>().is_ok() || code.ends_with('…'));
    assert!(are_all, "{listed:?}");
}

/// A server raises any state that it is asked for.
#[test]
fn postgresqls_states_are_those_of_the_table() {
    let Some(server) = server(Backend::Postgres) else { return };
    let [mut live] = Live::many(server, "table", "");
    let mut raised = |state: &str, words: &str| {
        let raise = format!("RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = '{words}'");
        let error = live.run(&format!("DO $$ BEGIN {raise}; END $$")).unwrap_err();
        assert_eq!(error.database.as_ref().unwrap().sqlstate.as_deref(), Some(state));
        error.class().unwrap()
    };
    let listed = listed(1);
    for (of_table, code) in &listed {
        let state = code.strip_suffix('…').map_or_else(|| code.clone(), |family| format!("{family}0ZZ"));
        let words = match (of_table, code.as_str()) {
            (Class::Timeout, "57014") => "canceling statement due to statement timeout",
            (Class::SchemaChanged, "0A000") => "cached plan must not change result type",
            _ => "its words",
        };
        assert_eq!(raised(&state, words), *of_table, "{code}");
    }
    // The states of PostgreSQL's manual that stand near those of the table.
    for family in ["02", "0A", "22", "25", "26", "2B", "3D", "3F", "42", "53", "54", "55", "57", "58", "P0", "XX"] {
        for rest in [
            "000", "001", "002", "003", "004", "005", "006", "P01", "P02", "P03", "P04", "P05", "P06", "501", "703",
            "704", "883",
        ] {
            let state = format!("{family}{rest}");
            if !listed.iter().any(|(_, code)| *code == state) {
                assert_eq!(raised(&state, "its words"), Class::Other, "{state}");
            }
        }
    }
}
