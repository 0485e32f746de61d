//! Loads that are dropped, wherever they wait, and loads whose time is over: the server stops the statement, and the
//! connection never hands out another statement's rows.

use crate::load::{plan, planner};
use crate::server::with_database;
use eagerly::error::{ErrorKind, Errors, code};
use eagerly::{Plan, Run};
use eagerly_mysql::{Connection, catalog, connect, load, pool, snapshot};
use eagerly_tests::database::Backend;
use eagerly_tests::servers::encrypted;
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Opts, OptsBuilder};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// `slow` sleeps before its first row, `wide` has many megabytes: a table, since MySQL sorts no computed
/// text that is longer than its sort buffer.
const SHOP: &str = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(9));
    CREATE TABLE purchase (id int PRIMARY KEY, customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
    INSERT INTO customer VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO purchase VALUES (1, 1), (2, 2), (3, 1);
    CREATE VIEW slow AS SELECT id, SLEEP(60) AS nap FROM customer;
    CREATE TABLE wide (id int PRIMARY KEY, text longtext);
    INSERT INTO wide SELECT p.id * 10000 + q.id * 1000 + r.id, REPEAT(p.id, 500000)
        FROM purchase p, purchase q, purchase r";

const SPEC: &str = "{ customer { name purchase @selectin { id } } }";

const LOADED: &str = r#"[{"name":"Ada","purchase":[{"id":1},{"id":3}]},{"name":"Ben","purchase":[{"id":2}]}]"#;

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

/// The connection's own next answer is its own.
async fn has_its_own_answers(connection: &mut Connection, plan: &Plan) {
    connection.settle().await.unwrap_or_else(|errors| panic!("{errors}"));
    let mine: Option<String> = connection.conn().unwrap().query_first("SELECT 'mine'").await.unwrap();
    assert_eq!(mine.as_deref(), Some("mine"));
    assert_eq!(load(connection, plan).await.unwrap().to_json().unwrap(), LOADED);
}

async fn nobody_sleeps(other: &mut Connection) {
    let sleepers = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'";
    let start = Instant::now();
    while other.conn().unwrap().query_first::<u64, _>(sleepers).await.unwrap() != Some(0) {
        assert!(start.elapsed() < Duration::from_secs(2), "somebody sleeps on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_timeout(errors: &Errors) {
    assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Limit, code::TIMEOUT), "{errors}");
}

const SOON: Duration = Duration::from_millis(200);

#[test]
fn a_load_that_is_dropped_anywhere_leaves_its_connection_in_step() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let (plan, wide) = (plan(&planner, SPEC), plan(&planner, "{ wide }"));
        for plan_of in [&plan, &wide] {
            let mut times = 0;
            loop {
                // Prepared anew on each.
                let mut fresh = connect(&url).await.unwrap();
                let ended = polled(times, load(&mut fresh, plan_of)).await;
                has_its_own_answers(&mut fresh, &plan).await;
                if ended {
                    break;
                }
                // Rows come in many pieces: not all of them are cut at.
                times += 1 + times / 8;
            }
            assert!(times >= 4, "it was cut {times} times only");
        }
    });
}

#[test]
fn a_snapshot_that_is_dropped_anywhere_leaves_no_transaction() {
    with_database(SHOP, |mut connection, _| async move {
        let plan = plan(&planner(&mut connection).await, SPEC);
        for times in 0.. {
            let ended = polled(times, async {
                let mut begun = snapshot(&mut connection).await.unwrap();
                begun.load(&plan).await.unwrap();
                begun.end().await.unwrap();
            });
            let ended = ended.await;
            // The next load leaves what was begun.
            assert_eq!(load(&mut connection, &plan).await.unwrap().to_json().unwrap(), LOADED);
            let open = "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = CONNECTION_ID()";
            let open: Option<u64> = connection.conn().unwrap().query_first(open).await.unwrap();
            assert_eq!(open, Some(0), "after {times}");
            if ended {
                assert!(times > 4, "{times}");
                break;
            }
        }
    });
}

/// The report: what a host does with a connection after it has given up on a load.
#[test]
fn a_connection_out_of_step_is_not_handed_out() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let (plan, slow) = (plan(&planner, SPEC), plan(&planner, "{ slow }"));
        let mut other = connect(&url).await.unwrap();
        assert!(tokio::time::timeout(SOON, load(&mut connection, &slow)).await.is_err());
        let errors = connection.conn().unwrap_err();
        assert_eq!(errors.first().code, code::REFUSED, "{errors}");
        assert!(errors.first().help.as_deref().unwrap_or_default().contains("connect again"), "{errors}");
        assert_eq!(errors.first().class(), Some(eagerly::error::Class::ConnectionLost), "{errors}");
        // Nobody has used the connection, and the statement is stopped all the same.
        nobody_sleeps(&mut other).await;
        has_its_own_answers(&mut connection, &plan).await;
        assert!(tokio::time::timeout(SOON, load(&mut connection, &slow)).await.is_err());
        assert!(connection.into_conn().is_err());
        let mut connection = connect(&url).await.unwrap();
        connection.settle().await.unwrap();
        let mut conn = connection.into_conn().unwrap();
        assert_eq!(conn.query_first("SELECT 'mine'").await.unwrap(), Some("mine".to_owned()));
    });
}

#[test]
fn an_abandoned_statement_is_stopped_and_not_waited_for() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let (plan, slow) = (plan(&planner, SPEC), plan(&planner, "{ slow }"));
        let mut other = connect(&url).await.unwrap();
        for way in ["load", "snapshot", "pool", "limit"] {
            let start = Instant::now();
            match way {
                "load" => assert!(tokio::time::timeout(SOON, load(&mut connection, &slow)).await.is_err()),
                "snapshot" => {
                    let mut begun = snapshot(&mut connection).await.unwrap();
                    assert!(tokio::time::timeout(SOON, begun.load(&slow)).await.is_err());
                    // What is left of it can be used.
                    assert_eq!(begun.load(&plan).await.unwrap().to_json().unwrap(), LOADED);
                }
                "pool" => {
                    let mut nobody = ();
                    let pooled = pool([&mut connection, &mut other], Run::new(&slow), &mut nobody);
                    assert!(tokio::time::timeout(SOON, pooled).await.is_err());
                }
                _ => {
                    connection.set_timeout(Some(SOON));
                    is_timeout(&load(&mut connection, &slow).await.unwrap_err());
                    is_timeout(&pool([&mut connection, &mut other], Run::new(&slow), &mut ()).await.unwrap_err());
                    let mut begun = snapshot(&mut connection).await.unwrap();
                    is_timeout(&begun.load(&slow).await.unwrap_err());
                    drop(begun);
                    connection.set_timeout(None);
                }
            }
            for connection in [&mut connection, &mut other] {
                assert_eq!(load(connection, &plan).await.unwrap().to_json().unwrap(), LOADED);
                has_its_own_answers(connection, &plan).await;
            }
            nobody_sleeps(&mut other).await;
            assert!(start.elapsed() < Duration::from_secs(20), "{way}: {:?}", start.elapsed());
        }
    });
}

/// Rows that nobody wants any more are not read to their end either.
#[test]
fn what_is_past_a_bound_is_stopped() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let (plan, wide) = (plan(&planner, SPEC), plan(&planner, "{ wide }"));
        for run in [Run::new(&wide).max_rows(1), Run::new(&wide).max_bytes(600_000)] {
            let errors = eagerly_mysql::observe(&mut connection, run, &mut ()).await.unwrap_err();
            assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Limit, code::LIMIT), "{errors}");
            has_its_own_answers(&mut connection, &plan).await;
        }
    });
}

#[test]
fn time_bounds_catalogs_and_snapshots_and_changes_nothing_within() {
    with_database(SHOP, |mut connection, _| async move {
        let plan = plan(&planner(&mut connection).await, SPEC);
        // The clock has milliseconds, and the server can be as fast.
        connection.set_timeout(Some(Duration::from_nanos(1)));
        let mut late = [0; 2];
        for _ in 0..100 {
            if let Err(errors) = catalog(&mut connection).await {
                is_timeout(&errors);
                late[0] += 1;
            }
            if let Err(errors) = snapshot(&mut connection).await.map(drop) {
                is_timeout(&errors);
                late[1] += 1;
            }
            if late[0] > 3 && late[1] > 3 {
                break;
            }
        }
        assert!(late[0] > 0, "{late:?}");
        connection.set_timeout(Some(Duration::from_secs(60)));
        assert!(catalog(&mut connection).await.unwrap().tables.len() == 4);
        assert_eq!(load(&mut connection, &plan).await.unwrap().to_json().unwrap(), LOADED);
        has_its_own_answers(&mut connection, &plan).await;
    });
}

/// Nobody has dropped a load: whoever hears of its failure can use the connection.
#[test]
fn a_load_that_has_failed_leaves_its_connection_in_step() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let wide = plan(&planner, "{ wide }");
        let mut other = connect(&url).await.unwrap();
        for way in ["load", "snapshot", "pool"] {
            let errors = match way {
                "load" => eagerly_mysql::observe(&mut connection, Run::new(&wide).max_rows(1), &mut ()).await,
                "snapshot" => {
                    let mut begun = snapshot(&mut connection).await.unwrap();
                    let loaded = begun.observe(Run::new(&wide).max_rows(1), &mut ()).await;
                    begun.end().await.unwrap();
                    loaded
                }
                _ => pool([&mut connection, &mut other], Run::new(&wide).max_rows(1), &mut ()).await,
            };
            assert_eq!(errors.unwrap_err().first().code, code::LIMIT, "{way}");
            for connection in [&mut connection, &mut other] {
                let conn = connection.conn().unwrap_or_else(|errors| panic!("{way}: {errors}"));
                assert_eq!(conn.query_first("SELECT 'mine'").await.unwrap(), Some("mine".to_owned()), "{way}");
            }
        }
    });
}

/// `EAGERLY_CASES` times, or 100.
#[test]
fn no_statement_is_stopped_in_place_of_a_failure_before_it() {
    with_database(SHOP, |mut connection, _| async move {
        let turns = std::env::var("EAGERLY_CASES").map_or(100, |turns| turns.parse().unwrap());
        let plan = plan(&planner(&mut connection).await, SPEC);
        for turn in 0..turns {
            let run = Run::new(&plan).max_rows(1 + turn % 4);
            assert!(eagerly_mysql::observe(&mut connection, run, &mut ()).await.is_err());
            let conn = connection.conn().unwrap_or_else(|errors| panic!("{turn}: {errors}"));
            // Where it is stopped it returns 1.
            let slept: Option<u8> =
                conn.query_first("SELECT SLEEP(0.001)").await.unwrap_or_else(|e| panic!("{turn}: {e}"));
            assert_eq!(slept, Some(0), "{turn}");
        }
    });
}

#[test]
fn a_snapshot_that_was_dropped_is_not_handed_out() {
    with_database(SHOP, |mut connection, _| async move {
        drop(snapshot(&mut connection).await.unwrap());
        let errors = connection.conn().unwrap_err();
        assert_eq!(errors.first().code, code::REFUSED, "{errors}");
        connection.settle().await.unwrap();
        connection.conn().unwrap().query_drop("INSERT INTO customer VALUES (3, 'Cleo')").await.unwrap();
        drop(snapshot(&mut connection).await.unwrap());
        assert!(connection.into_conn().is_err());
    });
}

/// A name can be that of several servers, and each of them counts its connections from 1.
#[test]
fn a_statement_is_stopped_on_its_own_server_alone() {
    let (Some(one), Some(other)) = (encrypted(Backend::Mariadb), encrypted(Backend::Mariadb)) else { return };
    let password = other.password();
    for server in [&one, &other] {
        server.execute("CREATE DATABASE shop");
    }
    one.execute("CREATE VIEW shop.slow AS SELECT 1 AS id, SLEEP(60) AS nap");
    one.execute(&format!("ALTER USER eagerly@'127.0.0.1' IDENTIFIED BY '{password}'"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ports = [&one, &other].map(|server| {
            let url = server.url("eagerly", "127.0.0.1", "");
            Opts::from_url(url.trim_end_matches('?')).unwrap().tcp_port()
        });
        let url = |port: u16| format!("mysql://eagerly:{password}@127.0.0.1:{port}/shop");
        // The first connection leads to the one, all others to the other.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let mut first = Some(ports[0]);
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let mut server = TcpStream::connect(("127.0.0.1", first.take().unwrap_or(ports[1]))).await.unwrap();
                tokio::spawn(async move { copy_bidirectional(&mut client, &mut server).await });
            }
        });
        let mut direct = connect(&url(ports[0])).await.unwrap_or_else(|errors| panic!("{errors}"));
        let slow = plan(&planner(&mut direct).await, "{ slow }");
        // Somebody there gets the number that we have here.
        let last = |id: u32, port| {
            let url = url(port);
            async move {
                loop {
                    let conn = Conn::from_url(&url).await.unwrap();
                    if conn.id() >= id {
                        break conn;
                    }
                    conn.disconnect().await.unwrap();
                }
            }
        };
        _ = last(Conn::from_url(url(ports[1])).await.unwrap().id() + 1, ports[0]).await;
        let mut connection = connect(&url(port)).await.unwrap();
        let id = connection.conn().unwrap().id();
        let mut somebody = last(id, ports[1]).await;
        assert_eq!(somebody.id(), id);
        let sleeps = tokio::spawn(async move { somebody.query_first::<u8, _>("SELECT SLEEP(1.5)").await });
        assert!(tokio::time::timeout(SOON, load(&mut connection, &slow)).await.is_err());
        // Where it is stopped it returns 1.
        assert_eq!(sleeps.await.unwrap().unwrap(), Some(0), "somebody else's statement was stopped");
    });
}

/// The next user of a pool's connection is neither stopped in place of us, nor in our transaction, nor has our settings.
#[test]
fn a_pool_gets_its_connection_back_as_it_was() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let (wide, slow) = (plan(&planner, "{ wide }"), plan(&planner, "{ slow }"));
        let url = url.replacen("mariadb:", "mysql:", 1);
        let opts = mysql_async::OptsBuilder::from_opts(mysql_async::Opts::from_url(&url).unwrap());
        let constraints = mysql_async::PoolConstraints::new(1, 1).unwrap();
        let once = mysql_async::PoolOpts::default().with_constraints(constraints).with_reset_connection(false);
        let users = mysql_async::Pool::new(opts.pool_opts(once));
        for turn in 0..30 {
            let mut conn = users.get_conn().await.unwrap();
            conn.query_drop("SET sql_select_limit = 77").await.unwrap();
            let mut lent = Connection::new(conn).await.unwrap();
            match turn % 3 {
                0 => _ = polled(6 + turn, load(&mut lent, &wide)).await,
                1 => _ = tokio::time::timeout(Duration::from_millis(20), load(&mut lent, &slow)).await,
                _ => drop(snapshot(&mut lent).await.unwrap()),
            }
            drop(lent);
            let mut next = users.get_conn().await.unwrap();
            let slept: Option<u8> = next.query_first("SELECT SLEEP(0.02)").await.unwrap();
            assert_eq!(slept, Some(0), "{turn}");
            let limit: Option<u64> = next.query_first("SELECT @@sql_select_limit").await.unwrap();
            assert!(limit == Some(77) || limit == Some(u64::MAX) && turn % 3 != 2, "{turn}: {limit:?}");
            let insert = format!("INSERT INTO customer VALUES ({}, 'Dora')", 10 + turn);
            next.query_drop(insert).await.unwrap_or_else(|error| panic!("{turn}: {error}"));
        }
        users.disconnect().await.unwrap();
    });
}

#[test]
fn a_connection_that_is_dropped_outside_of_a_runtime_goes_back_in_step() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let (wide, slow) = (plan(&planner, "{ wide }"), plan(&planner, "{ slow }"));
        let opts = OptsBuilder::from_opts(Opts::from_url(&url.replacen("mariadb:", "mysql:", 1)).unwrap());
        let constraints = mysql_async::PoolConstraints::new(1, 1).unwrap();
        let once = mysql_async::PoolOpts::default().with_constraints(constraints).with_reset_connection(false);
        let users = mysql_async::Pool::new(opts.pool_opts(once));
        for turn in 0..12 {
            let mut lent = Connection::new(users.get_conn().await.unwrap()).await.unwrap();
            match turn % 3 {
                0 => _ = polled(6 + turn, load(&mut lent, &wide)).await,
                1 => _ = tokio::time::timeout(Duration::from_millis(20), load(&mut lent, &slow)).await,
                _ => drop(snapshot(&mut lent).await.unwrap()),
            }
            std::thread::spawn(move || drop(lent)).join().unwrap();
            let mut next = users.get_conn().await.unwrap();
            let mine: Option<String> =
                next.query_first("SELECT 'mine'").await.unwrap_or_else(|e| panic!("{turn}: {e}"));
            assert_eq!(mine.as_deref(), Some("mine"), "{turn}");
            let slept: Option<u8> = next.query_first("SELECT SLEEP(0.02)").await.unwrap();
            assert_eq!(slept, Some(0), "{turn}");
            let insert = format!("INSERT INTO customer VALUES ({}, 'Dora')", 10 + turn);
            next.query_drop(insert).await.unwrap_or_else(|error| panic!("{turn}: {error}"));
        }
        users.disconnect().await.unwrap();
    });
}
