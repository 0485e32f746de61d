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
        ("postgres://me:hunter2@localhost/d%00b", &["E0001", "`%00`"]),
        ("mysql://me:hunter2@localhost/d%00b", &["E0001", "`%00`"]),
        ("postgres://me:hunter2@localhost/db?colour=hunter2", &["E0001", "option"]),
        ("mysql://me:hunter2@localhost/db?colour=hunter2", &["E0001", "`colour`"]),
        ("postgres://me:hunter2@localhost/db?sslmode=verify", &["E0001", "`sslmode`"]),
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
fn encryption_that_cannot_be_is_refused_and_not_left_out() {
    let place = Place::empty();
    for (parameters, code, words) in [
        ("postgres://me:hunter2@localhost:1/db?sslmode=require", 3, ["E0401", "refused"]),
        ("postgres://me:hunter2@localhost:1/db?sslmode=REQUIRED", 2, ["E0001", "`sslmode`"]),
        ("postgres://me:hunter2@localhost:1/db?ssl-mode=REQUIRED", 2, ["E0001", "did you mean `sslmode`?"]),
        ("postgres://me:hunter2@localhost:1/db?sslmode=verify-ca", 2, ["E0001", "needs `sslrootcert`"]),
        ("postgres://me:hunter2@localhost:1/db?sslmode=disable&sslmode=hunter2", 2, ["E0001", "`sslmode`"]),
        ("postgres://me:hunter2@localhost:1/db?sslmode=require&sslrootcert=no.crt", 2, ["E0002", "`sslrootcert`"]),
        ("mysql://me:hunter2@localhost:1/db?require_ssl=true", 3, ["E0401", "refused"]),
        ("mariadb://me:hunter2@localhost:1/db?ssl-mode=REQUIRED", 3, ["E0401", "refused"]),
        ("mysql://me:hunter2@localhost:1/db?ssl-mode=hunter2", 2, ["E0001", "`ssl-mode`"]),
        ("mysql://me:hunter2@localhost:1/db?ssl-mode=VERIFY_CA", 2, ["E0001", "needs `ssl-ca`"]),
        ("mysql://me:hunter2@localhost:1/db?ssl-ca=no.crt", 2, ["E0002", "`ssl-ca`"]),
        ("mysql://me:hunter2@localhost:1/db?ssl-ca=no.crt&require_ssl=true", 2, ["E0001", "contradict"]),
    ] {
        all_refuse(&place, parameters, code, &words);
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

/// A `/` in it that is not encoded ends the host, and the `@` that was to end the password stands behind.
#[test]
fn a_host_that_may_be_a_password_is_not_told() {
    let place = Place::empty();
    for (url, code) in [
        ("mysql://me:4711/hunter2@localhost:1/db", 2),
        ("mysql://hunter2/x@localhost:1/db", 2),
        ("mysql://me@hunter2:33/x@localhost:1/db", 2),
        ("mysql://me:4711/hunter2@localhost:1", 3),
        ("mysql://hunter2/x@localhost:1", 3),
        ("postgres://me@hunter2:33/x@localhost:1/db", 3),
        ("postgres://me:4711/hunter2@localhost:1/db", 3),
    ] {
        let told = place.refuses(&["inspect", url], code, &[if code == 2 { "E0001" } else { "E0401" }]).stderr;
        assert!(!told.contains("hunter2") && !told.contains("4711"), "{url}: {told}");
    }
}

/// A file of settings where a specification or a graph file belongs.
#[test]
fn passwords_in_a_file_that_is_shown_are_masked() {
    let place = Place::blog();
    for settings in [
        "# config\nDATABASE_URL=postgres://u:hunter2@h/d\nDB_PASSWORD=hunter2\n",
        "DATABASE_URL=\"postgres://u:a@hunter2@h/d\"\n",
        "password = \"hunter2\"\n[entity.x]\nurl = \"mysql://u:hunter2@h/d\"\n",
        "db:\n  password: hunter2\n  url: mysql://u:hunter2@h/d\n",
        "{\"db\": {\"password\": \"hunter2\", \"url\": \"mysql://u:hunter2@h/d\"}}",
    ] {
        place.write("settings", settings);
        let piped = place.run_with_input(&["load", "blog.db", "-"], settings.as_bytes());
        for outcome in [
            place.run(&["load", "blog.db", "@settings"]),
            place.run(&["inspect", "--graph", "settings"]),
            place.run(&["load", "blog.db", "{ post }", "--graph", "settings"]),
            piped,
        ] {
            let told = outcome.refused(2, &[]).stderr;
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}

/// What looks like credentials is not repeated where the name of a file can stand, and plain names are.
#[test]
fn what_looks_like_credentials_is_not_repeated() {
    let place = Place::blog();
    for secret in [
        " postgres://u:hunter2@h/d",
        "'postgres://u:hunter2@h/d'",
        "\"mysql://u:hunter2@h/d\"",
        "postgres:/u:hunter2@h/d",
        "postgres:u:hunter2@h",
        "postgres;//u:hunter2@h/d",
        "sqlite:postgres:/u:hunter2@h/d",
        "u:hunter2@h",
        "postgres%3A%2F%2Fu%3Ahunter2%40h",
        "host=h password=hunter2",
        "host=h Password = 'hunter2 x'",
        "Server=h;Uid=u;Pwd=hunter2",
        "host=h sslpassword=hunter2",
        "host: h, password: hunter2",
        "{\"host\": \"h\", \"password\": \"hunter2\"}",
        "host=h pass=hunter2",
        "-postgres://u:hunter2@h/d?a=b",
    ] {
        let file = format!("@{secret}");
        let option = format!("--graph={secret}");
        for arguments in [
            &["inspect", secret][..],
            &["plan", secret, "{ post }"],
            &["load", secret, "{ post }"],
            &["load", "blog.db", &file],
            &["load", "blog.db", secret],
            &["load", secret],
            &["load", "blog.db", "{ post }", secret],
            &["load", "blog.db", "{ post }", "--graph", secret],
            &["inspect", "blog.db", &option],
            &["load", "blog.db", "{ post }", "--trace", &format!("no/such/{secret}")],
            &["load", "blog.db", "{ post }", "--max-rows", secret],
            &["load", "blog.db", "{ post }", "--var", secret],
            &["man", secret],
            &[secret],
            &["inspect", "blog.db", &format!("--{secret}")],
        ] {
            let outcome = place.run(arguments);
            assert!(outcome.code.is_some_and(|code| code == 2 || code == 3), "{arguments:?}: {}", outcome.stderr);
            let told = outcome.stderr + &outcome.stdout;
            assert!(!told.contains("hunter2"), "{arguments:?}: {told}");
        }
    }
    for plain in ["no/such.db", "a@b.db", "sqlite:c@d.db", "password.db"] {
        let name = plain.strip_prefix("sqlite:").unwrap_or(plain);
        place.refuses(&["inspect", plain], 3, &["E0401", name]);
    }
}
