//! Servers that refuse, and servers that go away: exit code 3, nothing printed, nothing half loaded, no password told.

#![allow(clippy::unwrap_used)]

use crate::servers::{on_each, password};
use crate::support::{Outcome, Place};
use eagerly_tests::database::{Backend, Mysql, Postgres};
use eagerly_tests::servers::has_no_sense_on;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A bill and its items; `slow` is the items, each of which takes a second, `sleepy` is the bills with a nap each.
pub(crate) fn bills(backend: Backend) -> String {
    let sleep = |seconds: &str| match backend {
        Backend::Postgres => format!("pg_sleep({seconds})::text"),
        _ => format!("SLEEP({seconds})"),
    };
    format!(
        "CREATE TABLE bill (id int PRIMARY KEY, total int NOT NULL);
        CREATE TABLE item (id int PRIMARY KEY, price int NOT NULL, bill_id int NOT NULL, FOREIGN KEY (bill_id) REFERENCES bill (id));
        INSERT INTO bill VALUES (1, 10); INSERT INTO item VALUES (1, 10, 1);
        CREATE VIEW slow AS SELECT id, price, bill_id, {} AS nap FROM item;
        CREATE VIEW sleepy AS SELECT id, total, {} AS nap FROM bill;",
        sleep("30"),
        sleep("1.5")
    )
}

pub(crate) const GRAPH: &str = "[entity.bill.relationship.slow]\ndirection = \"one-to-many\"\ntarget = \"slow\"\non = { id = \"bill_id\" }\n\n\
     [entity.sleepy.relationship.item]\ndirection = \"one-to-many\"\ntarget = \"item\"\non = { id = \"bill_id\" }\n";

/// Two waves, the second of which does not end by itself.
pub(crate) const SLOW: &str = "{ bill { total slow @selectin { price nap } } }";

/// Somebody else on the server.
pub(crate) enum Other {
    Postgres(Box<Postgres>),
    Mysql(Box<Mysql>),
}

impl Other {
    pub(crate) fn on(backend: Backend, url: &str) -> Self {
        match backend {
            Backend::Postgres => Self::Postgres(Box::new(Postgres::connect(url).unwrap())),
            _ => Self::Mysql(Box::new(Mysql::connect(url).unwrap())),
        }
    }

    fn execute(&self, sql: &str) {
        match self {
            Self::Postgres(postgres) => postgres.execute(sql).unwrap(),
            Self::Mysql(mysql) => mysql.execute(sql).unwrap(),
        }
    }

    /// Makes a user with the password `hunter2`, and gives them a right, unless it is empty; one of that name that was
    /// there before is replaced.
    fn make_user(&self, name: &str, options: &str, right: &str) {
        let (kind, accounts) = match self {
            Self::Postgres(_) => ("ROLE", vec![name.to_owned()]),
            Self::Mysql(mysql) => {
                ("USER", mysql.client_hosts().iter().map(|host| format!("{name}@'{host}'")).collect())
            }
        };
        for account in accounts {
            self.execute(&format!("DROP {kind} IF EXISTS {account}"));
            self.execute(&format!("CREATE {kind} {account} {options}"));
            if !right.is_empty() {
                self.execute(&format!("GRANT {right} TO {account}"));
            }
        }
    }

    /// Waits until a connection to this database sleeps; its number.
    pub(crate) fn sleeper(&self) -> String {
        let start = Instant::now();
        loop {
            if let Some(id) = self.sleeps() {
                return id;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "nobody sleeps");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The number of a connection to this database that sleeps.
    pub(crate) fn sleeps(&self) -> Option<String> {
        let found = match self {
            Self::Postgres(postgres) => postgres.texts(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
            ),
            Self::Mysql(mysql) => mysql
                .texts("SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'"),
        };
        found.into_iter().next()?.into_iter().next()?
    }
}

pub(crate) fn spawn(place: &Place, arguments: &[&str]) -> Child {
    place.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What a load of two waves says that somebody interrupts in its second one.
fn interrupted(backend: Backend, url: &str, more: &[&str], interrupt: impl Fn(&Other, &str)) -> String {
    let place = Place::empty();
    place.write("graph.toml", GRAPH);
    let load = ["load", url, SLOW, "--graph", "graph.toml", "--trace", "trace"];
    let child = spawn(&place, &[&load, more].concat());
    let other = Other::on(backend, url);
    interrupt(&other, &other.sleeper());
    let outcome =
        Outcome::from(child.wait_with_output().unwrap()).refused(3, &["E0404", "cannot load `bill.slow`", "help: "]);
    assert!(!outcome.stderr.contains(password(url)), "{}", outcome.stderr);
    let trace = place.read("trace");
    assert_eq!(trace.lines().count(), 1, "the first wave was executed: {trace}");
    assert!(
        trace.starts_with(r#"{"statement":1,"batch":"bill","wave":1,"#) && !trace.contains(password(url)),
        "{trace}"
    );
    outcome.stderr
}

#[test]
fn a_connection_that_is_dropped_in_the_middle_of_a_wave() {
    on_each(bills, |backend, url| {
        for more in [&[][..], &["--snapshot"]] {
            let stderr = interrupted(backend, url, more, |other, id| match backend {
                Backend::Postgres => other.execute(&format!("SELECT pg_terminate_backend({id})")),
                _ => other.execute(&format!("KILL CONNECTION {id}")),
            });
            assert!(stderr.contains("connect"), "{stderr}");
        }
    });
}

#[test]
fn a_statement_that_somebody_cancels() {
    on_each(bills, |backend, url| {
        let stderr = interrupted(backend, url, &[], |other, id| match backend {
            Backend::Postgres => other.execute(&format!("SELECT pg_cancel_backend({id})")),
            _ => other.execute(&format!("KILL QUERY {id}")),
        });
        assert!(["cancel", "interrupted", "stopped"].iter().any(|word| stderr.contains(word)), "{stderr}");
    });
}

#[test]
fn a_statement_that_takes_longer_than_it_may() {
    let place = Place::empty();
    place.write("graph.toml", GRAPH);
    on_each(bills, |backend, url| {
        let limited = match backend {
            Backend::Postgres => format!("{url}?options=-c%20statement_timeout%3D300ms"),
            Backend::Mariadb => {
                let other = Other::on(backend, url);
                let options = "IDENTIFIED BY 'hunter2' WITH MAX_STATEMENT_TIME 0.3";
                other.make_user("eagerly_test_hurried", options, "SELECT ON *.*");
                let host = url.split_once('@').unwrap().1;
                format!("mysql://eagerly_test_hurried:hunter2@{host}")
            }
            _ => return has_no_sense_on(backend, "no URL and no account limits the time of a statement there"),
        };
        let arguments = ["load", &limited, SLOW, "--graph", "graph.toml"];
        place.refuses(&arguments, 3, &["E0404", "cannot load `bill.slow`", "limit the specification"]);
    });
}

#[test]
fn a_login_or_a_database_that_is_refused() {
    let place = Place::empty();
    on_each(bills, |backend, url| {
        let wrong = url.replace(password(url), "hunter2");
        let nobody =
            format!("{}://nobody:hunter2@{}", url.split("://").next().unwrap(), url.split_once('@').unwrap().1);
        // A PostgreSQL that trusts its clients asks nobody for a password.
        let trusting = backend == Backend::Postgres && Postgres::connect(&wrong).is_ok();
        if trusting {
            has_no_sense_on(backend, "it takes any password, and so refuses none that is wrong");
        }
        for (url, words) in [(&wrong, "check"), (&nobody, "check")].into_iter().skip(trusting.into()) {
            for command in [&["inspect", url.as_str()][..], &["plan", url, "{ bill }"], &["load", url, "{ bill }"]] {
                let outcome = place.refuses(command, 3, &["E0401", "cannot connect to", words, "help: "]);
                assert!(!outcome.stderr.contains("hunter2"), "{}", outcome.stderr);
            }
        }
        let (server, _) = url.rsplit_once('/').unwrap();
        let absent = format!("{server}/no_such_database");
        let outcome = place.refuses(&["load", &absent, "{ bill }"], 3, &["E0401", "no_such_database", "help: "]);
        assert!(!outcome.stderr.contains(password(url)), "{}", outcome.stderr);
        if backend == Backend::Postgres {
            // A database without a name is that of the user's name.
            let other = Other::on(backend, url);
            other.make_user("eagerly_test_homeless", "LOGIN PASSWORD 'hunter2'", "");
            let homeless = format!("postgres://eagerly_test_homeless:hunter2@{}", server.split_once('@').unwrap().1);
            place.refuses(&["inspect", &homeless], 3, &["E0401", "does not exist"]);
            other.execute("DROP DATABASE IF EXISTS eagerly_test_closed");
            other.execute("CREATE DATABASE eagerly_test_closed ALLOW_CONNECTIONS false");
            let closed = format!("{server}/eagerly_test_closed");
            place.refuses(&["inspect", &closed], 3, &["E0401", "not currently accepting", "ALLOW_CONNECTIONS true"]);
            other.execute("DROP DATABASE eagerly_test_closed");
        } else {
            place.refuses(&["inspect", server], 2, &["E0001", "names no database"]);
        }
    });
}

/// A table that the user may not read.
#[test]
fn a_table_that_is_forbidden() {
    let place = Place::empty();
    on_each(bills, |backend, url| {
        let other = Other::on(backend, url);
        let host = url.split_once('@').unwrap().1;
        let (scheme, _) = url.split_once("://").unwrap();
        let poor = format!("{scheme}://eagerly_test_poor:hunter2@{host}");
        match backend {
            Backend::Postgres => other.make_user("eagerly_test_poor", "LOGIN PASSWORD 'hunter2'", ""),
            _ => {
                let database = host.split('/').nth(1).unwrap();
                let right = format!("SELECT (id, price, bill_id) ON {database}.item");
                other.make_user("eagerly_test_poor", "IDENTIFIED BY 'hunter2'", &right);
            }
        }
        let outcome = match backend {
            Backend::Postgres => {
                place.refuses(&["load", &poor, "{ bill }"], 3, &["E0404", "permission denied", "SELECT"])
            }
            // What a user may not read is not in the catalog.
            _ => place.refuses(&["load", &poor, "{ bill }"], 2, &["E0102"]),
        };
        assert!(!outcome.stderr.contains("hunter2"), "{}", outcome.stderr);
    });
}

/// The state that a load sees which is written to between its two waves: in the first one it sleeps.
fn written_to_between_waves(backend: Backend, url: &str, more: &[&str]) -> serde_json::Value {
    let other = Other::on(backend, url);
    other.execute("DELETE FROM item WHERE id > 1");
    other.execute("UPDATE bill SET total = 10");
    let place = Place::empty();
    place.write("graph.toml", GRAPH);
    let load = ["load", url, "{ sleepy { nap total item @selectin { price } } }", "--graph", "graph.toml"];
    let child = spawn(&place, &[&load, more].concat());
    other.sleeper();
    other.execute("BEGIN");
    other.execute("INSERT INTO item VALUES (2, 5, 1)");
    other.execute("UPDATE bill SET total = 15");
    other.execute("COMMIT");
    let mut loaded = Outcome::from(child.wait_with_output().unwrap()).json();
    loaded[0].as_object_mut().unwrap().remove("nap");
    loaded
}

#[test]
fn a_read_is_torn_without_a_snapshot_and_never_with_one() {
    // Databases of their own: these are written to.
    on_each(
        |backend| format!("{} -- torn", bills(backend)),
        |backend, url| {
            let torn = serde_json::json!([{"total": 10, "item": [{"price": 10}, {"price": 5}]}]);
            let whole = serde_json::json!([{"total": 10, "item": [{"price": 10}]}]);
            assert_eq!(written_to_between_waves(backend, url, &[]), torn, "{backend:?}");
            assert_eq!(written_to_between_waves(backend, url, &["--snapshot"]), whole, "{backend:?}");
        },
    );
}
