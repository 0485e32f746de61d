//! URLs of servers that are none, and servers that are not there. No server is needed to be refused, and no word of a
//! password is ever told.

use crate::support::Place;

const COMMANDS: [&[&str]; 3] = [&["inspect"], &["plan"], &["load"]];

/// Runs every command on a URL.
fn all_refuse(place: &Place, url: &str, code: i32, words: &[&str]) {
    for command in COMMANDS {
        let spec: &[&str] = if command == ["inspect"] { &[] } else { &["{ post }"] };
        let outcome = place.refuses(&[command, &[url], spec].concat(), code, words);
        assert!(outcome.stderr.contains("help: "), "{}", outcome.stderr);
        for secret in ["hunter2", "hunt"] {
            assert!(!outcome.stderr.contains(secret), "{url}: {}", outcome.stderr);
        }
    }
}

#[test]
fn urls_that_cannot_be_read_are_mistakes_of_usage() {
    let place = Place::empty();
    for (url, words) in [
        ("postgres://", &["E0001", "`postgres://` alone"][..]),
        ("mysql://", &["E0001", "`mysql://` alone"]),
        ("postgres://me:hunter2@localhost:99999/db", &["E0001", "`port`"]),
        ("postgres://me:hunter2@localhost:port/db", &["E0001", "`port`"]),
        ("mysql://me:hunter2@localhost:99999/db", &["E0001", "port"]),
        ("mysql://me:hunter2@localhost:port/db", &["E0001", "port"]),
        ("postgres://me:hunter2%zz@localhost/db", &["E0001", "`%`", "`%25`"]),
        ("mysql://me:hunter2@localhost/db%4", &["E0001", "`%`", "`%25`"]),
        ("postgres://me:hunter2@localhost/%ff", &["E0001"]),
        ("postgres://me:hunter2@localhost/db?colour=hunter2", &["E0001", "option"]),
        ("mysql://me:hunter2@localhost/db?colour=hunter2", &["E0001", "`colour`"]),
        ("postgres://me:hunter2@localhost/db?sslmode=verify-full", &["E0001", "`sslmode`"]),
        ("postgres://me:hunter2@localhost/db?connect_timeout=hunter2", &["E0001", "`connect_timeout`"]),
        ("mysql://me:hunter2@localhost", &["E0001", "no database"]),
        ("mysql://me:hunter2@localhost/", &["E0001", "no database"]),
        ("mysql://me:hunt#er2@localhost/db", &["E0001"]),
        ("postgrse://me:hunter2@localhost/db", &["E0001", "did you mean `postgres`?"]),
        ("https://me:hunter2@localhost/db", &["E0001", "`https://`"]),
    ] {
        all_refuse(&place, url, 2, words);
    }
}

#[test]
fn encryption_that_is_not_there_is_refused_and_not_left_out() {
    let place = Place::empty();
    for url in [
        "postgres://me:hunter2@localhost/db?sslmode=require",
        "mysql://me:hunter2@localhost/db?require_ssl=true",
        "mariadb://me:hunter2@localhost/db?require_ssl=true",
    ] {
        all_refuse(&place, url, 2, &["E0302"]);
    }
}

#[test]
fn a_server_that_is_not_there() {
    let place = Place::empty();
    for (url, words) in [
        (
            "postgres://me:hunter2@localhost:1/db",
            &["E0401", "`localhost:1`", "refused", "check that the server runs"][..],
        ),
        ("postgresql://me:hunter2@127.0.0.1:1/db", &["E0401", "`127.0.0.1:1`"]),
        ("mysql://me:hunter2@localhost:1/db", &["E0401", "`localhost:1`", "refused", "check that the server runs"]),
        ("MariaDB://me:hunter2@127.0.0.1:1/db", &["E0401", "`127.0.0.1:1`"]),
        ("postgres://me:hunter2@no.such.invalid/db", &["E0401", "`no.such.invalid:5432`", "check host and port"]),
        ("mysql://me:hunter2@no.such.invalid/db", &["E0401", "`no.such.invalid:3306`", "the host"]),
        ("postgres://me:hunter2@%2Fno%2Fsuch/db", &["E0401", "`/no/such:5432`", "directory of its socket"]),
        ("mysql://me:hunter2@localhost/db?socket=%2Fno%2Fsuch", &["E0401", "`/no/such`", "socket"]),
    ] {
        all_refuse(&place, url, 3, words);
    }
}

/// Wherever a URL stands that does not belong there.
#[test]
fn a_url_in_a_wrong_place_is_not_repeated() {
    let place = Place::blog();
    let url = "postgres://me:hunter2@localhost:1/db";
    for (arguments, words) in [
        (&["load", "blog.db", "{ post }", url][..], &["E0001", "postgres://..."][..]),
        (&["load", "blog.db", "{ post }", "--format", url], &["E0001", "'--format <FORMAT>'"]),
        (&["load", "blog.db", url], &["E0001", "the specification is a URL", "comes first"]),
        (&["load", url], &["E0001", "<SPEC>"]),
        (&["plan", url], &["E0001", "<SPEC>"]),
        (&["inspect", "blog.db", "--graph", url], &["E0002", "postgres://..."]),
        (&["load", "blog.db", "{ post }", "--trace", url], &["E0002", "postgres://..."]),
        (&["load", "blog.db", "{ post }", "--var", url], &["E0001", "postgres://..."]),
        (&["plan", "blog.db", "{ post }", "--dialect", url], &["E0001", "postgres://..."]),
        (&[url], &["E0001", "postgres://..."]),
    ] {
        let outcome = place.refuses(arguments, 2, words);
        assert!(!outcome.stderr.contains("hunter2"), "{arguments:?}: {}", outcome.stderr);
    }
}
