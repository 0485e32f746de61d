//! Each class of errors, as real servers give it.

use super::check;
use super::live::{Live, on_servers, until_it_fails};
use eagerly::error::{Class, code};
use eagerly_tests::database::Backend::{Mariadb, Mysql, Postgres};
use eagerly_tests::servers::{Server, has_no_sense_on};
use std::time::Duration;

const TABLES: &str = "CREATE TABLE one (id INT PRIMARY KEY, n INT, CHECK (n < 100)); \
                      CREATE TABLE two (id INT PRIMARY KEY, n INT); \
                      INSERT INTO one VALUES (1, 1), (2, 2); INSERT INTO two VALUES (1, 1), (2, 2);";

const ONE: &str = "{ one { n } }";
const TWO: &str = "{ two { n } }";

/// The tables, and a view that takes a minute to read.
fn with_slow_view(server: &Server) -> String {
    let (sleep, end) = if server.backend() == Postgres { ("CAST(pg_sleep", "AS text)") } else { ("SLEEP", "") };
    format!("{TABLES} CREATE VIEW slow AS SELECT id, {sleep}(60){end} AS n FROM one;")
}

fn end(server: &Server, id: &str) -> String {
    match server.backend() {
        Postgres => format!("SELECT pg_terminate_backend({id})"),
        _ => format!("KILL CONNECTION {id}"),
    }
}

#[test]
fn a_connection_that_the_server_ends_during_a_statement() {
    on_servers(|server| {
        let [mut loading, mut other] = Live::many(server, "ended", &with_slow_view(server));
        let (plan, kill) = (loading.plan("{ slow { n } }"), end(server, &loading.id()));
        // The second time the server can have forgotten it.
        let error = until_it_fails(loading.load_aside(plan), || _ = other.run(&kill));
        check(&error, Class::ConnectionLost, &[]);
        assert_eq!(error.code, code::REFUSED);
    });
}

#[test]
fn a_connection_that_the_server_ends_between_statements() {
    on_servers(|server| {
        let [mut loading, mut other] = Live::many(server, "idle", TABLES);
        let (plan, kill) = (loading.plan(ONE), end(server, &loading.id()));
        other.run(&kill).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        check(&loading.load(&plan).unwrap_err(), Class::ConnectionLost, &[]);
        // From now on the driver knows it by itself.
        let error = loading.load(&plan).unwrap_err();
        assert_eq!(error.class(), Some(Class::ConnectionLost), "{error:?}");
    });
}

#[test]
fn a_server_that_is_not_there() {
    for (backend, url) in [(Postgres, "postgres://nobody@127.0.0.1:1/x"), (Mysql, "mysql://nobody@127.0.0.1:1/x")] {
        let errors = Live::open(backend, url).err().unwrap();
        assert_eq!(errors.first().code, code::CANNOT_OPEN);
        check(errors.first(), Class::ConnectionLost, &[]);
        assert!(errors.is_transient());
    }
}

/// Each of two transactions reads what the other one changes.
#[test]
fn transactions_that_cannot_be_serialised() {
    on_servers(|server| {
        if server.backend() == Mysql {
            return has_no_sense_on(Mysql, "one server alone does not refuse to serialise");
        }
        let [mut first, mut second] = Live::many(server, "serialization", TABLES);
        if server.backend() == Mariadb {
            if first.run("SET innodb_snapshot_isolation = 1").is_err() {
                return has_no_sense_on(Mariadb, "it has no innodb_snapshot_isolation");
            }
            first.run("START TRANSACTION WITH CONSISTENT SNAPSHOT").unwrap();
            second.run("UPDATE one SET n = 5 WHERE id = 1").unwrap();
            let error = first.run("UPDATE one SET n = 6 WHERE id = 1").unwrap_err();
            return check(&error, Class::Serialization, &["1020"]);
        }
        let plan = first.plan(ONE);
        first.run("BEGIN ISOLATION LEVEL SERIALIZABLE").unwrap();
        first.load(&plan).unwrap();
        first.run("UPDATE two SET n = 5").unwrap();
        second.run("BEGIN ISOLATION LEVEL SERIALIZABLE").unwrap();
        let read = second.plan(TWO);
        second.load(&read).unwrap();
        second.run("UPDATE one SET n = 5; COMMIT").unwrap();
        check(&first.load(&plan).unwrap_err(), Class::Serialization, &["40001"]);
        first.run("ROLLBACK").unwrap();
        assert!(first.load(&plan).is_ok(), "it can be tried again");
    });
}

/// Locks rows or the whole table, so that a load of it by [`read_with_locks`] waits.
fn lock(live: &mut Live, server: &Server, table: &str) -> Result<(), eagerly::error::Error> {
    match server.backend() {
        Postgres => live.run(&format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")),
        _ => live.run(&format!("UPDATE {table} SET n = n + 1")),
    }
}

/// Begins a transaction whose loads wait for locks.
fn read_with_locks(live: &mut Live, server: &Server, settings: &str) {
    match server.backend() {
        Postgres => live.run(&format!("{settings}; BEGIN")).unwrap(),
        _ => {
            live.run(settings).unwrap();
            live.run("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE").unwrap();
            live.run("START TRANSACTION").unwrap();
        }
    }
}

#[test]
fn transactions_that_wait_for_each_other() {
    on_servers(|server| {
        let [mut first, mut second] = Live::many(server, "deadlock", TABLES);
        let plan = first.plan(TWO);
        let nothing = if server.backend() == Postgres { "SELECT 1" } else { "DO 0" };
        for (live, table) in [(&mut first, "one"), (&mut second, "two")] {
            read_with_locks(live, server, nothing);
            lock(live, server, table).unwrap();
        }
        let load = first.load_aside(plan);
        std::thread::sleep(Duration::from_millis(100));
        // The server chooses which of the two goes on.
        let error = match lock(&mut second, server, "one") {
            Err(error) => error,
            Ok(()) => load.join().unwrap().unwrap_err(),
        };
        check(&error, Class::Deadlock, if server.backend() == Postgres { &["40P01"] } else { &["1213"] });
        assert_eq!(error.code, code::LOCKED);
    });
}

#[test]
fn a_lock_that_another_session_holds() {
    on_servers(|server| {
        let [mut loading, mut other] = Live::many(server, "locked", TABLES);
        let plan = loading.plan(ONE);
        let patience = match server.backend() {
            Postgres => "SET lock_timeout = '50ms'",
            _ => "SET innodb_lock_wait_timeout = 1",
        };
        read_with_locks(&mut loading, server, patience);
        other.run(if server.backend() == Postgres { "BEGIN" } else { "START TRANSACTION" }).unwrap();
        lock(&mut other, server, "one").unwrap();
        let error = loading.load(&plan).unwrap_err();
        check(&error, Class::Locked, &["55P03", "1205"]);
        assert_eq!(error.code, code::LOCKED);
        loading.run("ROLLBACK").unwrap();
        match server.backend() {
            Postgres => loading.run("BEGIN; LOCK TABLE one IN ACCESS EXCLUSIVE MODE NOWAIT"),
            _ => loading.run("SELECT * FROM one FOR UPDATE NOWAIT"),
        }
        .map_err(|error| check(&error, Class::Locked, &["55P03", "1205", "3572"]))
        .unwrap_err();
    });
}

#[test]
fn a_statement_that_takes_longer_than_the_server_allows() {
    on_servers(|server| {
        let [mut loading] = Live::many(server, "timeout", &with_slow_view(server));
        let plan = loading.plan("{ slow { n } }");
        let (limit, code) = match server.backend() {
            Postgres => ("SET statement_timeout = '50ms'", "57014"),
            Mysql => ("SET max_execution_time = 50", "3024"),
            _ => ("SET max_statement_time = 0.05", "1969"),
        };
        loading.run(limit).unwrap();
        check(&loading.load(&plan).unwrap_err(), Class::Timeout, &[code]);
    });
}

#[test]
fn a_statement_that_somebody_cancels() {
    on_servers(|server| {
        let [mut loading, mut other] = Live::many(server, "cancelled", &with_slow_view(server));
        let (plan, id) = (loading.plan("{ slow { n } }"), loading.id());
        let cancel = match server.backend() {
            Postgres => format!("SELECT pg_cancel_backend({id})"),
            _ => format!("KILL QUERY {id}"),
        };
        let error = until_it_fails(loading.load_aside(plan), || other.run(&cancel).unwrap());
        check(&error, Class::Cancelled, &["57014", "1317"]);
    });
}

#[test]
fn a_schema_that_has_changed_since_it_was_read() {
    on_servers(|server| {
        let [mut live] = Live::many(server, "schema", TABLES);
        let (one, two) = (live.plan(ONE), live.plan(TWO));
        for prepared in [false, true] {
            if prepared {
                live.load(&one).unwrap();
                live.load(&two).unwrap();
            }
            live.run("ALTER TABLE one RENAME TO three").unwrap();
            live.run("ALTER TABLE two RENAME COLUMN n TO m").unwrap();
            check(&live.load(&one).unwrap_err(), Class::SchemaChanged, &["42P01", "1146"]);
            check(&live.load(&two).unwrap_err(), Class::SchemaChanged, &["42703", "1054"]);
            live.run("ALTER TABLE three RENAME TO one").unwrap();
            live.run("ALTER TABLE two RENAME COLUMN m TO n").unwrap();
        }
        if server.backend() == Postgres {
            live.run("PREPARE p AS SELECT * FROM one; ALTER TABLE one ADD m INT").unwrap();
            check(&live.run("EXECUTE p").unwrap_err(), Class::SchemaChanged, &["0A000"]);
            live.run("SET search_path = nowhere").unwrap();
            check(&live.run("CREATE TABLE t (id INT)").unwrap_err(), Class::SchemaChanged, &["3F000"]);
        }
    });
}

#[track_caller]
fn check_login(server: &Server, url: &str, codes: &[&str]) {
    let errors = Live::open(server.backend(), url).err().unwrap();
    check(errors.first(), Class::Permission, codes);
    assert_eq!(errors.first().code, code::CANNOT_OPEN);
}

#[test]
fn what_the_user_may_not_do() {
    on_servers(|server| {
        let url = server.make("eagerly_test_class_permission", TABLES);
        let mut owner = Live::open(server.backend(), &url).unwrap();
        let plan = owner.plan(ONE);
        let as_user = |user: &str| {
            let (scheme, rest) = url.split_once("://").unwrap();
            let (_, place) = rest.split_once('@').unwrap();
            format!("{scheme}://{user}@{place}")
        };
        if server.backend() == Postgres {
            check_login(server, &as_user("eagerly_test_nobody"), &[]);
            check_login(server, &as_user("eagerly_test_nobody:wrong"), &["28000", "28P01"]);
            owner.run("SET ROLE pg_monitor").unwrap();
            return check(&owner.load(&plan).unwrap_err(), Class::Permission, &["42501"]);
        }
        for sql in [
            "DROP USER IF EXISTS eagerly_test_class@'%', eagerly_test_class@localhost",
            "CREATE USER eagerly_test_class@'%', eagerly_test_class@localhost",
            "GRANT SELECT (id) ON one TO eagerly_test_class@'%'",
            "GRANT SELECT (id) ON one TO eagerly_test_class@localhost",
        ] {
            owner.run(sql).unwrap();
        }
        check_login(server, &as_user("eagerly_test_class:wrong"), &["1045"]);
        let mut user = Live::open(server.backend(), &as_user("eagerly_test_class")).unwrap();
        check(&user.load(&plan).unwrap_err(), Class::Permission, &["1143"]);
        check(&user.run("SELECT * FROM two").unwrap_err(), Class::Permission, &["1142"]);
        owner.run("DROP USER eagerly_test_class@'%', eagerly_test_class@localhost").unwrap();
    });
}

#[test]
fn a_constraint_that_does_not_hold() {
    on_servers(|server| {
        let [mut live] = Live::many(server, "constraint", TABLES);
        let check_of = |sql: &str, live: &mut Live, codes: &[&str]| {
            check(&live.run(sql).unwrap_err(), Class::Constraint, codes);
        };
        check_of("INSERT INTO one VALUES (1, 1)", &mut live, &["23505", "1062"]);
        check_of("INSERT INTO one VALUES (7, 100)", &mut live, &["23514", "3819", "4025"]);
        // A column's name that two tables have shares the SQLSTATE of constraints with them.
        let error = live.run("SELECT n FROM one, two").unwrap_err();
        check(&error, Class::Other, &["42702", "1052"]);
    });
}

#[test]
fn all_the_rest() {
    on_servers(|server| {
        let fails = match server.backend() {
            Postgres => "SELECT id, 1 / (id - id) AS n FROM one",
            _ => "SELECT id, CAST(0 AS UNSIGNED) - id AS n FROM one",
        };
        let url = server.make("eagerly_test_class_other", &format!("{TABLES} CREATE VIEW fails AS {fails};"));
        let mut live = Live::open(server.backend(), &url).unwrap();
        let plan = live.plan("{ fails { n } }");
        check(&live.load(&plan).unwrap_err(), Class::Other, &["22012", "1690"]);
        check(&live.run("SELEC").unwrap_err(), Class::Other, &["42601", "1064"]);
        // A database that is absent will be so again.
        let absent = url.replace("eagerly_test_class_other", "eagerly_test_class_absent");
        let errors = Live::open(server.backend(), &absent).err().unwrap();
        check(errors.first(), Class::Other, &["3D000", "1049"]);
        assert_eq!(errors.first().code, code::CANNOT_OPEN);
    });
}
