//! Loads that are dropped, wherever they wait, and loads whose time is over: the statement is cancelled on the server,
//! and the connection is usable.

use crate::plain::plan;
use crate::server::{Database, database};
use eagerly::error::{ErrorKind, Errors, code};
use eagerly::{Plan, Run};
use eagerly_postgres::{Connection, connect, load, pool, snapshot};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

const SHOP: &str = "CREATE TABLE customer (id int PRIMARY KEY, name text);
    CREATE TABLE purchase (id int PRIMARY KEY, customer_id int REFERENCES customer);
    INSERT INTO customer VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO purchase VALUES (1, 1), (2, 2), (3, 1);
    CREATE VIEW slow AS SELECT id, pg_sleep(60)::text AS nap FROM customer;
    CREATE VIEW wide AS SELECT n, repeat('x', 100000) AS text FROM generate_series(1, 100) n";

const SPEC: &str = "{ customer { name purchase @selectin { id } } }";

const LOADED: &str = r#"[{"name":"Ada","purchase":[{"id":1},{"id":3}]},{"name":"Ben","purchase":[{"id":2}]}]"#;

const SOON: Duration = Duration::from_millis(200);

async fn plan_of(database: &Database, spec: &str) -> Plan {
    plan(eagerly_postgres::reflect(database.connection.client()).await.unwrap(), spec)
}

/// Polls a future so often, and then drops it; whether it had ended.
async fn polled(times: u32, future: impl Future) -> bool {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn is_usable(connection: &Connection, plan: &Plan) {
    assert_eq!(load(connection, plan).await.unwrap_or_else(|e| panic!("{e}")).to_json().unwrap(), LOADED);
    let mine: String = connection.client().query_one("SELECT 'mine'", &[]).await.unwrap().get(0);
    assert_eq!(mine, "mine");
}

async fn nobody_sleeps(database: &Database) {
    let other = connect(&database.url).await.unwrap();
    let sleepers = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' \
                    AND query LIKE '%nap%'";
    let start = Instant::now();
    while other.client().query_one(sleepers, &[]).await.unwrap().get::<_, i64>(0) != 0 {
        assert!(start.elapsed() < Duration::from_secs(2), "somebody sleeps on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_timeout(errors: &Errors) {
    assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Limit, code::TIMEOUT), "{errors}");
}

#[test]
fn a_load_that_is_dropped_anywhere_leaves_its_connection_usable() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let (plan, wide) = (plan_of(&database, SPEC).await, plan_of(&database, "{ wide }").await);
        for cut in [&plan, &wide] {
            for times in 0.. {
                let fresh = connect(&database.url).await.unwrap();
                let ended = polled(times, load(&fresh, cut)).await;
                is_usable(&fresh, &plan).await;
                if ended {
                    assert!(times >= 3, "it was cut {times} times only");
                    break;
                }
            }
        }
    });
}

#[test]
fn an_abandoned_statement_is_cancelled_and_not_waited_for() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let (plan, slow) = (plan_of(&database, SPEC).await, plan_of(&database, "{ slow }").await);
        let (connection, other) = (&database.connection, connect(&database.url).await.unwrap());
        for way in ["load", "snapshot", "pool", "limit"] {
            let start = Instant::now();
            match way {
                "load" => {
                    assert!(tokio::time::timeout(SOON, load(connection, &slow)).await.is_err());
                    // Nobody has used the connection, and the statement is cancelled all the same.
                    nobody_sleeps(&database).await;
                }
                "snapshot" => {
                    let begun = snapshot(connection).await.unwrap();
                    assert!(tokio::time::timeout(SOON, load(connection, &slow)).await.is_err());
                    // A statement that is cancelled ends its transaction.
                    assert!(load(connection, &plan).await.is_err());
                    drop(begun);
                    let begun = snapshot(connection).await.unwrap();
                    is_usable(connection, &plan).await;
                    begun.end().await.unwrap();
                }
                "pool" => {
                    let mut nobody = ();
                    let pooled = pool([connection, &other], Run::new(&slow), &mut nobody);
                    assert!(tokio::time::timeout(SOON, pooled).await.is_err());
                }
                _ => {
                    connection.set_timeout(Some(SOON));
                    is_timeout(&load(connection, &slow).await.unwrap_err());
                    is_timeout(&pool([connection, &other], Run::new(&slow), &mut ()).await.unwrap_err());
                    let sleep = connection.client().batch_execute("SELECT pg_sleep(60) AS nap");
                    let asleep = connection.within(async { Ok(sleep.await) }).await;
                    is_timeout(&asleep.err().unwrap());
                    connection.set_timeout(None);
                }
            }
            is_usable(connection, &plan).await;
            is_usable(&other, &plan).await;
            nobody_sleeps(&database).await;
            assert!(start.elapsed() < Duration::from_secs(20), "{way}: {:?}", start.elapsed());
        }
    });
}

/// PostgreSQL cancels what a connection is doing, whoever has sent it.
#[test]
fn a_load_beside_one_that_is_dropped_is_not_cancelled() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let plan = plan_of(&database, SPEC).await;
        let nap = plan_of(&database, "{ customer(where: {id: 1}) { name } }").await;
        database
            .connection
            .client()
            .batch_execute(
                "ALTER TABLE customer RENAME TO customers; CREATE VIEW customer AS \
            SELECT id, name || left(pg_sleep(0.3)::text, 0) AS name FROM customers",
            )
            .await
            .unwrap();
        let dropped = tokio::time::timeout(SOON, load(&database.connection, &nap));
        let kept = async {
            tokio::time::sleep(SOON / 4).await;
            load(&database.connection, &plan).await
        };
        let (dropped, kept) = futures_util::future::join(dropped, kept).await;
        assert!(dropped.is_err());
        assert_eq!(kept.unwrap_or_else(|e| panic!("{e}")).to_json().unwrap(), LOADED);
        is_usable(&database.connection, &plan).await;
    });
}

/// On several threads one begins at the moment when the other is dropped. `EAGERLY_CASES` times, or 200.
#[test]
fn a_load_that_begins_as_another_is_dropped_is_not_cancelled() {
    let turns = std::env::var("EAGERLY_CASES").map_or(200, |turns| turns.parse().unwrap());
    let Some(database) = database(SHOP) else { return };
    let (plan, naps) = database.runtime.block_on(async {
        let view = "CREATE VIEW nap AS SELECT id, pg_sleep(0.001)::text AS nap FROM customer";
        database.connection.client().batch_execute(view).await.unwrap();
        (plan_of(&database, SPEC).await, plan_of(&database, "{ nap }").await)
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
    runtime.block_on(async {
        let connection = std::sync::Arc::new(connect(&database.url).await.unwrap());
        for turn in 0..turns {
            let soon = Duration::from_micros(500 + turn * 37 % 2_000);
            let (one, naps) = (connection.clone(), naps.clone());
            let dropped = tokio::spawn(async move {
                _ = tokio::time::timeout(soon, load(&one, &naps)).await;
            });
            let (other, plan) = (connection.clone(), plan.clone());
            let kept = tokio::spawn(async move {
                tokio::time::sleep(soon).await;
                load(&other, &plan).await.map(|graph| graph.to_json().unwrap())
            });
            dropped.await.unwrap();
            assert_eq!(kept.await.unwrap().unwrap_or_else(|e| panic!("{turn}: {e}")), LOADED);
        }
    });
}

/// Statements that are in flight beside one that fails are of no use to anybody.
#[test]
fn what_is_in_flight_beside_a_failure_is_cancelled() {
    let Some(database) =
        database(&format!("{SHOP}; CREATE TABLE note (id int PRIMARY KEY, customer_id int REFERENCES customer)"))
    else {
        return;
    };
    database.runtime.block_on(async {
        let connection = &database.connection;
        let plan = plan_of(&database, SPEC).await;
        let both = plan_of(&database, "{ customer { name note @selectin { id } purchase @selectin { id } } }").await;
        let change = "ALTER TABLE note RENAME COLUMN customer_id TO gone; ALTER TABLE purchase RENAME TO purchases; \
            CREATE VIEW purchase AS SELECT id, customer_id, pg_sleep(60)::text AS nap FROM purchases ORDER BY id OFFSET 0";
        connection.client().batch_execute(change).await.unwrap();
        let start = Instant::now();
        let errors = load(connection, &both).await.unwrap_err();
        assert_eq!(errors.first().code, code::REFUSED, "{errors}");
        connection.settle().await;
        connection.client().batch_execute("DROP VIEW purchase; ALTER TABLE purchases RENAME TO purchase").await.unwrap();
        is_usable(connection, &plan).await;
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    });
}

#[test]
fn time_bounds_catalogs_and_changes_nothing_within() {
    let Some(database) = database(SHOP) else { return };
    database.runtime.block_on(async {
        let connection = &database.connection;
        let plan = plan_of(&database, SPEC).await;
        let catalog = || eagerly_postgres::catalog(connection.client());
        let other = connect(&database.url).await.unwrap();
        let lock = "BEGIN; LOCK TABLE pg_catalog.pg_attribute, customer IN ACCESS EXCLUSIVE MODE";
        other.client().batch_execute(lock).await.unwrap();
        connection.set_timeout(Some(SOON));
        is_timeout(&connection.within(catalog()).await.unwrap_err());
        is_timeout(&load(connection, &plan).await.unwrap_err());
        other.client().batch_execute("ROLLBACK").await.unwrap();
        connection.set_timeout(Some(Duration::from_secs(60)));
        assert_eq!(connection.within(catalog()).await.unwrap().tables.len(), 4);
        is_usable(connection, &plan).await;
        let wide = Run::new(&plan_of(&database, "{ wide }").await).max_bytes(250_000);
        let errors = eagerly_postgres::observe(connection, eagerly_postgres::Mode::Pipelined, wide, &mut ()).await;
        assert_eq!(errors.unwrap_err().first().code, code::LIMIT);
        is_usable(connection, &plan).await;
    });
}
