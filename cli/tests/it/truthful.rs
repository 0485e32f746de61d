//! Refusals of servers: each has the code of its kind, and a help that names no cause which the server has not.

#![allow(clippy::unwrap_used)]

use crate::support::Place;
use eagerly_tests::database::{Backend, Mysql};
use eagerly_tests::servers::{encrypted, server};

/// On a database that this SQL makes, of PostgreSQL, or else of MariaDB, and of MySQL where there is one.
fn on(backend: Backend, sql: &str, test: impl Fn(&Place, &str)) {
    let backends = if backend == Backend::Mariadb { &[backend, Backend::Mysql][..] } else { &[backend] };
    for server in backends.iter().filter_map(|backend| server(*backend)) {
        test(&Place::empty(), &server.database(sql));
    }
}

#[test]
fn the_program_encrypts() {
    let place = Place::empty();
    for (backend, full, none, password_words) in [
        (Backend::Postgres, "sslmode=verify-full&sslrootcert", "sslmode=disable", "leave `sslmode=disable` out"),
        (Backend::Mariadb, "ssl-mode=VERIFY_IDENTITY&ssl-ca", "ssl-mode=DISABLED", "leave `ssl-mode=DISABLED` out"),
    ] {
        let Some(server) = encrypted(backend) else { continue };
        let right = server.file("right.crt", &server.authority.certificate);
        let url = |user: &str, host: &str, parameters: &str| server.url(user, host, parameters);
        for parameters in [format!("{full}={right}"), String::new(), none.to_owned()] {
            let outcome = place.run(&["inspect", &url("eagerly", "localhost", &parameters), "--format", "json"]);
            assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        }
        let encrypted = url("eagerly", "localhost", &format!("{full}={}", right.replace('/', "%2F")));
        let (schema, specification) = match backend {
            Backend::Postgres => ("pg_catalog", "{ pg_database(limit: 1) { datname } }"),
            _ => ("mysql", "{ time_zone(limit: 1) { Time_zone_id } }"),
        };
        let arguments = ["load", &encrypted, specification, "--schema", schema, "--trace", &right];
        place.refuses(&arguments, 2, &["E0001", "the trace would overwrite", "right.crt"]);
        assert!(std::fs::read_to_string(&right).unwrap().contains("CERTIFICATE"));
        let elsewhere = url("eagerly", "127.0.0.1", &format!("{full}={right}"));
        let told = place.refuses(&["inspect", &elsewhere], 3, &["E0401", "not for `127.0.0.1`", "help: "]);
        assert!(!told.stderr.contains(server.password()), "{}", told.stderr);
        let told = place.refuses(&["inspect", &url("secure", "localhost", none)], 3, &["E0401", password_words]);
        assert!(!told.stderr.contains(server.password()), "{}", told.stderr);
    }
}

/// A view whose table is gone, and one that runs as a user who is gone.
#[test]
fn views_that_mysql_cannot_read() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE gone (id int PRIMARY KEY); INSERT INTO t VALUES (1);
        CREATE VIEW broken AS SELECT id FROM gone; CREATE VIEW fine AS SELECT id FROM t; DROP TABLE gone;
        CREATE DEFINER = nobody_of_that_name@localhost VIEW orphan AS SELECT id FROM t;
        CREATE TABLE u (id int PRIMARY KEY, v int);
        CREATE DEFINER = nobody_of_that_name@localhost VIEW lost AS SELECT id FROM u; ALTER TABLE u DROP COLUMN v;";
    on(Backend::Mariadb, sql, |place, url| {
        let words = ["E0102", "the view of that name cannot be read: ", "references invalid table(s)"];
        place.refuses(&["load", url, "{ broken }"], 2, &words);
        let inspected = place.run(&["inspect", url]);
        assert!(inspected.stderr.contains("warning: the view `broken` cannot be read"), "{}", inspected.stderr);
        place.refuses(&["load", url, "{ orphan }"], 3, &["E0404", "definer", "a user that is gone"]);
        // MySQL has forgotten its columns, and knows no such entity.
        let told = place.run(&["load", url, "{ lost }"]).stderr;
        assert!(told.contains("a user that is gone"), "{told}");
        assert!(
            inspected.stderr.contains("`lost`") == inspected.stderr.contains("a user that is gone"),
            "{}",
            inspected.stderr
        );
        place.run(&["load", url, "{ fine }"]).json();
    });
}

#[test]
fn views_that_postgresql_cannot_read() {
    let sql = "DROP ROLE IF EXISTS eagerly_test_owner; CREATE ROLE eagerly_test_owner;
        CREATE TABLE hidden (id int PRIMARY KEY); INSERT INTO hidden VALUES (1);
        CREATE VIEW revoked AS SELECT id FROM hidden; ALTER VIEW revoked OWNER TO eagerly_test_owner;
        GRANT SELECT ON revoked TO public;
        CREATE FUNCTION boom(int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''boom''; END';
        CREATE VIEW raised AS SELECT boom(id) AS b FROM hidden;
        CREATE VIEW divided AS SELECT id, 1 / (id - 1) AS z FROM hidden;
        CREATE VIEW converted AS SELECT (id::text || 'x')::int AS c FROM hidden;";
    on(Backend::Postgres, sql, |place, url| {
        for (spec, words) in [
            ("{ revoked }", ["cannot load `revoked`: permission denied for table hidden", "to the view's owner"]),
            ("{ raised }", ["cannot load `raised`: boom", "a function of the database says so"]),
            ("{ divided }", ["cannot load `divided`: division by zero", "one of a view"]),
            ("{ converted }", ["cannot load `converted`: invalid input syntax", "or a view converts one"]),
        ] {
            place.refuses(&["load", url, spec], 3, &[&["E0404", "help: "][..], &words].concat());
        }
    });
}

#[test]
fn values_and_types_that_postgresql_does_not_compare() {
    let sql = "CREATE TYPE pair AS (x int, y text);
        CREATE TABLE t (id int PRIMARY KEY, j json, p point, c pair, b bytea);";
    on(Backend::Postgres, sql, |place, url| {
        for (spec, words) in [
            (r#"{ t(where: {j: "{}"}) { id } }"#, ["operator does not exist", "no such comparison or order"]),
            (r#"{ t(where: {p: "(1,2)"}) { id } }"#, ["operator does not exist", "no such comparison or order"]),
            (r#"{ t(where: {id: {like: "x"}}) { id } }"#, ["operator does not exist", "no such comparison or order"]),
            (r#"{ t(order: ["j"]) { id } }"#, ["ordering operator", "no such comparison or order"]),
            (r#"{ t(where: {b: 1}) { id } }"#, ["operator does not exist", "no such comparison or order"]),
            (r#"{ t(where: {id: "x"}) { id } }"#, ["invalid input syntax", "a value of the specification"]),
        ] {
            place.refuses(&["load", url, spec], 3, &[&["E0404", "help: "][..], &words].concat());
        }
        // Text that is compared with a composite becomes one.
        assert_eq!(place.run(&["load", url, r#"{ t(where: {c: "(1,x)"}) { id } }"#]).json(), serde_json::json!([]));
        for (attributes, words) in [
            ("read-write&options=-cdefault_transaction_read_only%3Don", ["does not allow writes", "takes writes"]),
            ("read-only", ["is not read only", "takes no writes"]),
        ] {
            let url = format!("{url}?target_session_attrs={attributes}");
            place.refuses(&["inspect", &url], 3, &[&["E0401"][..], &words].concat());
        }
        let odd = format!("{url}?options=-cno_such_setting%3D1");
        place.refuses(&["inspect", &odd], 3, &["E0401", "`options=`"]);
    });
}

/// Logins that are refused for another reason than the password, and the bounds of a session.
#[test]
fn accounts_that_mysql_does_not_let_in() {
    on(
        Backend::Mariadb,
        "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1), (2); -- accounts",
        |place, url| {
            let other = Mysql::connect(url).unwrap();
            let at = url.split_once('@').unwrap().1;
            let database = at.split('/').nth(1).unwrap();
            for (name, options, words) in [
                ("eagerly_test_locked", "ACCOUNT LOCK", "the account is locked"),
                ("eagerly_test_expired", "PASSWORD EXPIRE", "the password has expired"),
            ] {
                let accounts: Vec<String> =
                    other.client_hosts().iter().map(|host| format!("{name}@'{host}'")).collect();
                for account in &accounts {
                    other.execute(&format!("DROP USER IF EXISTS {account}")).unwrap();
                    other.execute(&format!("CREATE USER {account} IDENTIFIED BY 'hunter2' {options}")).unwrap();
                    other.execute(&format!("GRANT SELECT ON {database}.* TO {account}")).unwrap();
                }
                let url = format!("mysql://{name}:hunter2@{at}");
                let outcome = place.refuses(&["load", &url, "{ t }"], 3, &["E0401", words]);
                assert!(!outcome.stderr.contains("hunter2"), "{}", outcome.stderr);
                other.execute(&format!("DROP USER {}", accounts.join(", "))).unwrap();
            }
        },
    );
}

#[test]
fn the_views_of_information_schema_are_told() {
    for server in [Backend::Mariadb, Backend::Mysql].into_iter().filter_map(server) {
        let inspected = Place::empty().run(&["inspect", &server.url("information_schema")]);
        assert!(inspected.stdout.contains("KEY_COLUMN_USAGE"), "{}{}", inspected.stdout, inspected.stderr);
    }
}
