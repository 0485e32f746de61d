//! One run over several connections.

use crate::load::{plan, planner};
use crate::server::with_database;
use eagerly::error::{ErrorKind, code};
use eagerly::{Plan, Run};
use eagerly_mysql::{Connection, Executed, connect, load, pool, snapshot};
use mysql_async::prelude::Queryable;
use std::future::Future;
use std::time::{Duration, Instant};

const SHOP: &str = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(9));
    CREATE TABLE purchase (id int PRIMARY KEY, total int, customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
    CREATE TABLE visit (id int PRIMARY KEY, place varchar(9), customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
    INSERT INTO customer VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO purchase VALUES (1, 10, 1);
    INSERT INTO visit VALUES (1, 'here', 2)";

/// From now on each row of a purchase and of a visit takes half a second.
const SLEEPY: [&str; 3] = [
    "RENAME TABLE purchase TO purchases, visit TO visits",
    "CREATE VIEW purchase AS SELECT id, total + SLEEP(0.5) AS total, customer_id FROM purchases",
    "CREATE VIEW visit AS SELECT id, IF(SLEEP(0.5) = 0, place, '') AS place, customer_id FROM visits",
];

/// Two statements in the second wave.
const SPEC: &str = "{ customer { name purchase @selectin { total } visit @selectin { place } } }";

const LOADED: &str =
    r#"[{"name":"Ada","purchase":[{"total":10}],"visit":[]},{"name":"Ben","purchase":[],"visit":[{"place":"here"}]}]"#;

/// Runs a test with another connection beside those of the pool.
fn with_pool<F: Future<Output = ()>>(test: impl FnOnce(Connection, Vec<Connection>, Plan) -> F + Clone) {
    with_database(SHOP, |mut connection, url| async move {
        let plan = plan(&planner(&mut connection).await, SPEC);
        let connections = vec![connect(&url).await.unwrap(), connect(&url).await.unwrap()];
        test(connection, connections, plan).await;
    });
}

async fn change(connection: &mut Connection, statements: &[&str]) {
    for statement in statements {
        connection.conn().unwrap().query_drop(*statement).await.unwrap();
    }
}

async fn pooled(connections: &mut [Connection], plan: &Plan) -> (String, Vec<Executed>, Duration) {
    let (mut executed, start) = (Vec::new(), Instant::now());
    let graph = pool(connections, Run::new(plan), &mut |e: Executed| executed.push(e)).await;
    (graph.unwrap_or_else(|errors| panic!("{errors}")).to_json().unwrap(), executed, start.elapsed())
}

#[test]
fn what_is_ready_together_takes_the_time_of_one() {
    with_pool(|mut other, mut connections, plan| async move {
        change(&mut other, &SLEEPY).await;
        let (json, executed, both) = pooled(&mut connections, &plan).await;
        assert_eq!((json.as_str(), executed.len()), (LOADED, 3));
        let (json, _, one) = pooled(&mut connections[..1], &plan).await;
        assert_eq!(json, LOADED);
        assert!(one >= Duration::from_secs(1), "{one:?}");
        assert!(both >= Duration::from_millis(500) && both + Duration::from_millis(200) < one, "{both:?} {one:?}");
    });
}

#[test]
fn statements_are_prepared_once() {
    with_pool(|_, mut connections, plan| async move {
        let (json, executed, _) = pooled(&mut connections, &plan).await;
        assert_eq!((json.as_str(), executed.iter().map(|e| e.hidden).sum::<u32>()), (LOADED, 3));
        let waves: Vec<_> = executed.iter().map(|e| (e.wave, e.keys, e.rows)).collect();
        assert_eq!(waves, [(1, 0, 2), (2, 2, 1), (2, 2, 1)]);
        let (json, executed, _) = pooled(&mut connections, &plan).await;
        assert_eq!((json.as_str(), executed.iter().map(|e| e.hidden).sum::<u32>()), (LOADED, 0));
    });
}

#[test]
fn a_snapshot_that_was_dropped_is_left_first() {
    with_pool(|mut other, mut connections, plan| async move {
        let mut begun = snapshot(&mut connections[1]).await.unwrap();
        begun.load(&plan).await.unwrap();
        drop(begun);
        change(&mut other, &["UPDATE visit SET place = 'there'"]).await;
        let (json, ..) = pooled(&mut connections, &plan).await;
        assert_eq!(json, LOADED.replace("here", "there"));
    });
}

#[test]
fn no_connection_is_an_error() {
    with_pool(|_, _, plan| async move {
        let error = pool([], Run::new(&plan), &mut ()).await.unwrap_err();
        assert!(error.to_string().contains("a pool of no connections"), "{error}");
    });
}

#[test]
fn an_error_on_one_connection_ends_the_run_and_leaves_both_whole() {
    with_pool(|mut other, mut connections, plan| async move {
        change(&mut other, &SLEEPY).await;
        let view = |place: &str| {
            format!(
                "CREATE OR REPLACE VIEW visit AS SELECT id, IF(SLEEP(0.5) = 0, place, '') AS {place}, customer_id FROM visits"
            )
        };
        change(&mut other, &[&view("spot")]).await;
        for _ in 0..2 {
            let error = pool(&mut connections, Run::new(&plan), &mut ()).await.unwrap_err();
            assert_eq!((error.first().kind, error.first().code), (ErrorKind::Database, code::REFUSED));
            assert!(error.first().message.starts_with("cannot load `customer.visit`: "), "{error}");
        }
        change(&mut other, &[&view("place")]).await;
        for connection in &mut connections {
            assert_eq!(load(connection, &plan).await.unwrap().to_json().unwrap(), LOADED);
        }
        assert_eq!(pooled(&mut connections, &plan).await.0, LOADED);
    });
}

/// One statement is past its limit while the other still has most of its rows to send.
#[test]
fn a_limit_ends_all_and_what_was_left_of_an_answer_is_none_of_the_next() {
    with_pool(|mut other, mut connections, plan| async move {
        let rows: Vec<String> = (2..5_000).map(|n| format!("({n}, {n}, 1)")).collect();
        change(&mut other, &[&format!("INSERT INTO purchase VALUES {}", rows.join(", "))]).await;
        change(&mut other, &["INSERT INTO visit SELECT id, 'x', 2 FROM purchase WHERE id > 1"]).await;
        let whole = load(&mut other, &plan).await.unwrap().to_json().unwrap();
        let error = pool(&mut connections, Run::new(&plan).max_rows(50), &mut ()).await.unwrap_err();
        assert_eq!((error.first().kind, error.first().code), (ErrorKind::Limit, code::LIMIT));
        assert!(pooled(&mut connections, &plan).await.0 == whole);
        for connection in &mut connections {
            assert!(load(connection, &plan).await.unwrap().to_json().unwrap() == whole);
        }
    });
}

#[test]
fn a_connection_that_is_lost_is_told_and_the_others_are_whole() {
    with_pool(|mut other, mut connections, plan| async move {
        change(&mut other, &SLEEPY).await;
        let id = connections[1].conn().unwrap().id();
        let kill = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            change(&mut other, &[&format!("KILL {id}")]).await;
        };
        let (loaded, ()) = futures_util::future::join(pool(&mut connections, Run::new(&plan), &mut ()), kill).await;
        let error = loaded.unwrap_err();
        assert_eq!((error.first().kind, error.first().code), (ErrorKind::Database, code::REFUSED), "{error}");
        assert_eq!(load(&mut connections[0], &plan).await.unwrap().to_json().unwrap(), LOADED);
        let error = load(&mut connections[1], &plan).await.unwrap_err();
        assert!(error.first().help.as_deref().unwrap_or_default().contains("connect again"), "{error}");
        assert_eq!(error.first().class(), Some(eagerly::error::Class::ConnectionLost), "{error}");
    });
}

/// It can be spawned: every part of it can go to another thread.
#[test]
fn a_pool_is_send() {
    fn is_send<T: Send>(_: &T) {}
    with_pool(|_, mut connections, plan| async move {
        is_send(&pool(&mut connections, Run::new(&plan), &mut ()));
    });
}
