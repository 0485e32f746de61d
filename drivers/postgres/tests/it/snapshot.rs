//! One state for all that is read, and none without it.

use crate::plain::plan;
use crate::server::database;
use eagerly::Run;
use eagerly_postgres::{Connection, execute, load, reflect, snapshot};

const SETUP: &str = "
    CREATE TABLE bill (id int8 PRIMARY KEY, total int8 NOT NULL);
    CREATE TABLE item (id int8 PRIMARY KEY, price int8 NOT NULL, bill_id int8 NOT NULL REFERENCES bill);
    INSERT INTO bill VALUES (1, 10); INSERT INTO item VALUES (1, 10, 1);";

const CHANGE: &str = "BEGIN; INSERT INTO item VALUES (2, 5, 1); UPDATE bill SET total = 15; COMMIT";

async fn torn(reader: &Connection, writer: &Connection) -> String {
    let plan = plan(reflect(reader.client()).await.unwrap(), "{ bill { total item @selectin { price } } }");
    let mut run = Run::new(&plan);
    for statement in run.ready().unwrap() {
        execute(reader, &mut run, &statement).await.unwrap();
    }
    writer.client().batch_execute(CHANGE).await.unwrap();
    for statement in run.ready().unwrap() {
        execute(reader, &mut run, &statement).await.unwrap();
    }
    assert!(run.ready().unwrap().is_empty());
    run.finish().unwrap().to_json().unwrap()
}

#[test]
fn a_change_between_waves_tears_a_read_without_a_snapshot_and_none_with_it() {
    let Some(database) = database(SETUP) else { return };
    database.runtime.block_on(async {
        let reader = eagerly_postgres::connect(&database.url).await.unwrap();
        let whole = r#"[{"total":10,"item":[{"price":10}]}]"#;
        assert_eq!(torn(&reader, &database.connection).await, r#"[{"total":10,"item":[{"price":10},{"price":5}]}]"#);
        database
            .connection
            .client()
            .batch_execute("DELETE FROM item WHERE id = 2; UPDATE bill SET total = 10")
            .await
            .unwrap();
        let guard = snapshot(&reader).await.unwrap();
        assert_eq!(torn(&reader, &database.connection).await, whole);
        guard.end().await.unwrap();
        let plan = plan(reflect(reader.client()).await.unwrap(), "{ bill { total } }");
        assert_eq!(load(&reader, &plan).await.unwrap().to_json().unwrap(), r#"[{"total":15}]"#);
    });
}

#[test]
fn it_only_reads_and_ends_when_it_is_dropped() {
    let Some(database) = database(SETUP) else { return };
    let connection = &database.connection;
    let client = connection.client();
    database.runtime.block_on(async {
        let guard = snapshot(connection).await.unwrap();
        let error = client.batch_execute("DELETE FROM item").await.unwrap_err();
        assert_eq!(error.code().map(|state| state.code()), Some("25006"));
        // What failed in it has ended nothing but what is read in it.
        drop(guard);
        client.batch_execute("DELETE FROM item").await.unwrap();
        let gone = "SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid() AND state LIKE 'idle%'";
        assert_eq!(client.query_one(gone, &[]).await.unwrap().get::<_, i64>(0), 0);
        snapshot(connection).await.unwrap().end().await.unwrap();
        client.batch_execute("DELETE FROM bill").await.unwrap();
    });
}

#[test]
fn a_transaction_of_the_hosts_is_left_alone() {
    let Some(database) = database(SETUP) else { return };
    let connection = &database.connection;
    let client = connection.client();
    database.runtime.block_on(async {
        client.batch_execute("BEGIN ISOLATION LEVEL SERIALIZABLE; INSERT INTO bill VALUES (2, 0)").await.unwrap();
        drop(snapshot(connection).await.unwrap());
        snapshot(connection).await.unwrap().end().await.unwrap();
        assert_eq!(client.query("SELECT id FROM bill", &[]).await.unwrap().len(), 2);
        client.batch_execute("ROLLBACK").await.unwrap();
        assert_eq!(client.query("SELECT id FROM bill", &[]).await.unwrap().len(), 1);
        client.batch_execute("BEGIN").await.unwrap();
        let error = snapshot(connection).await.unwrap_err();
        assert_eq!(error.first().code, "E0302");
        assert!(error.first().message.contains("read committed"), "{error}");
        client.batch_execute("INSERT INTO bill VALUES (3, 0); COMMIT").await.unwrap();
        assert_eq!(client.query("SELECT id FROM bill", &[]).await.unwrap().len(), 2);
    });
}
