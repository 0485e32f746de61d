//! One run over several connections.

use crate::plain::plan;
use crate::server::{Database, database};
use eagerly::error::ErrorKind;
use eagerly::{Plan, Run};
use eagerly_postgres::{Connection, Executed, Mode, connect, drive, load, pool, reflect, snapshot};
use std::time::{Duration, Instant};

const BLOG: &str = "
    CREATE TABLE author (id int8 PRIMARY KEY, name text NOT NULL);
    CREATE TABLE post (id int8 PRIMARY KEY, title text NOT NULL, author_id int8 NOT NULL REFERENCES author);
    CREATE TABLE card (id int8 PRIMARY KEY, number int8 NOT NULL, author_id int8 NOT NULL REFERENCES author);
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO post VALUES (1, 'one', 1);
    INSERT INTO card VALUES (1, 7, 2);";

/// From now on each row of a post and of a card takes half a second.
const SLEEPY: &str = "
    ALTER TABLE post RENAME TO posts; ALTER TABLE card RENAME TO cards;
    CREATE VIEW post AS SELECT id, title || pg_sleep(0.5)::text AS title, author_id FROM posts;
    CREATE VIEW card AS SELECT id, number + length(pg_sleep(0.5)::text) AS number, author_id FROM cards;";

/// Two statements in the second wave.
const SPEC: &str = "{ author { name post @selectin { title } card @selectin { number } } }";

const LOADED: &str =
    r#"[{"name":"Ada","post":[{"title":"one"}],"card":[]},{"name":"Ben","post":[],"card":[{"number":7}]}]"#;

/// So many connections, and the plan.
fn connections(database: &Database, count: usize) -> (Vec<Connection>, Plan) {
    database.runtime.block_on(async {
        let mut connections = Vec::new();
        for _ in 0..count {
            connections.push(connect(&database.url).await.unwrap());
        }
        (connections, plan(reflect(database.connection.client()).await.unwrap(), SPEC))
    })
}

async fn change(database: &Database, sql: &str) {
    database.connection.client().batch_execute(sql).await.unwrap();
}

async fn pooled(connections: &[Connection], plan: &Plan) -> (String, Vec<Executed>, Duration) {
    let (mut executed, start) = (Vec::new(), Instant::now());
    let graph = pool(connections, Run::new(plan), &mut |e: Executed| executed.push(e)).await;
    (graph.unwrap_or_else(|errors| panic!("{errors}")).to_json().unwrap(), executed, start.elapsed())
}

#[test]
fn what_is_ready_together_takes_the_time_of_one() {
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 2);
    database.runtime.block_on(async {
        change(&database, SLEEPY).await;
        let (json, executed, both) = pooled(&connections, &plan).await;
        assert_eq!((json.as_str(), executed.len()), (LOADED, 3));
        let (json, _, one) = pooled(&connections[..1], &plan).await;
        assert_eq!(json, LOADED);
        let start = Instant::now();
        drive(&connections[0], Mode::Pipelined, Run::new(&plan), &mut |_| ()).await.unwrap();
        let pipelined = start.elapsed();
        assert!(one >= Duration::from_secs(1) && pipelined >= Duration::from_secs(1), "{one:?} {pipelined:?}");
        assert!(both >= Duration::from_millis(500), "{both:?}");
        assert!(both + Duration::from_millis(200) < one.min(pipelined), "{both:?} {one:?} {pipelined:?}");
    });
}

#[test]
fn a_statement_goes_to_a_connection_on_which_it_is_prepared() {
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 3);
    database.runtime.block_on(async {
        let last = &connections[2];
        load(last, &plan).await.unwrap();
        assert_eq!(last.hidden_round_trips(), 3);
        for hidden in [1, 0, 0] {
            let (json, executed, _) = pooled(&connections, &plan).await;
            assert_eq!((json.as_str(), executed.iter().map(|e| e.hidden).sum::<u32>()), (LOADED, hidden));
        }
        let counts: Vec<u64> = connections.iter().map(Connection::hidden_round_trips).collect();
        assert_eq!(counts, [1, 0, 3], "authors and posts were read on the last, cards on the first");
    });
}

#[test]
fn a_connection_in_a_snapshot_is_refused() {
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 2);
    database.runtime.block_on(async {
        let refused = async |connections: &[Connection]| {
            let error = pool(connections, Run::new(&plan), &mut ()).await.unwrap_err().first().clone();
            assert_eq!((error.kind, error.code), (ErrorKind::Unsupported, "E0302"));
            assert!(error.help.is_some_and(|help| help.contains("end the snapshot")));
        };
        let begun = snapshot(&connections[1]).await.unwrap();
        refused(&connections).await;
        refused(&connections[1..]).await;
        assert_eq!(pooled(&connections[..1], &plan).await.0, LOADED);
        begun.end().await.unwrap();
        assert_eq!(pooled(&connections, &plan).await.0, LOADED);

        // One within another, and one in a transaction of the host's, are snapshots too.
        let (outer, inner) = (snapshot(&connections[0]).await.unwrap(), snapshot(&connections[0]).await.unwrap());
        drop(inner);
        refused(&connections).await;
        drop(outer);
        assert_eq!(pooled(&connections, &plan).await.0, LOADED);
        let client = connections[0].client();
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ").await.unwrap();
        let begun = snapshot(&connections[0]).await.unwrap();
        refused(&connections).await;
        drop(begun);
        assert_eq!(pooled(&connections, &plan).await.0, LOADED);
        client.batch_execute("ROLLBACK").await.unwrap();
    });
}

#[test]
fn no_connection_is_an_error() {
    let Some(database) = database(BLOG) else { return };
    let (_, plan) = connections(&database, 0);
    let error = database.runtime.block_on(pool([], Run::new(&plan), &mut ())).unwrap_err();
    assert!(error.to_string().contains("a pool of no connections"), "{error}");
}

#[test]
fn an_error_on_one_connection_ends_the_run_and_leaves_both_whole() {
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 2);
    database.runtime.block_on(async {
        change(&database, &SLEEPY.replace("0.5", "3")).await;
        change(&database, "ALTER VIEW card RENAME number TO digits").await;
        let start = Instant::now();
        let error = pool(&connections, Run::new(&plan), &mut ()).await.unwrap_err();
        assert!(error.first().message.contains("`author.card`"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(3), "it waits for nobody");
        change(&database, "DROP VIEW post, card; ALTER TABLE posts RENAME TO post; ALTER TABLE cards RENAME TO card")
            .await;
        for connection in &connections {
            assert_eq!(load(connection, &plan).await.unwrap().to_json().unwrap(), LOADED);
        }
        assert_eq!(pooled(&connections, &plan).await.0, LOADED);
    });
}

#[test]
fn a_connection_that_is_lost_is_told_and_the_others_are_whole() {
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 2);
    database.runtime.block_on(async {
        change(&database, SLEEPY).await;
        let pid: i32 = connections[1].client().query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
        let kill = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            database.connection.client().execute("SELECT pg_terminate_backend($1)", &[&pid]).await.unwrap();
        };
        let (loaded, ()) = futures_util::future::join(pool(&connections, Run::new(&plan), &mut ()), kill).await;
        assert!(loaded.unwrap_err().to_string().contains("administrator command"));
        assert_eq!(load(&connections[0], &plan).await.unwrap().to_json().unwrap(), LOADED);
        assert!(load(&connections[1], &plan).await.unwrap_err().to_string().contains("connect again"));
    });
}

/// It can be spawned: every part of it can go to another thread.
#[test]
fn a_pool_is_send() {
    fn is_send<T: Send>(_: &T) {}
    let Some(database) = database(BLOG) else { return };
    let (connections, plan) = connections(&database, 1);
    is_send(&pool(&connections, Run::new(&plan), &mut ()));
}
