//! What a host has set in its session does not change a load, and stays.

use crate::load::{plan, planner};
use crate::server::with_database;
use eagerly::{Executed, LoadSpec, MariaDb, MySql, Planner, RelationshipGraph, Run};
use eagerly_mysql::{Connection, Product, catalog, connect, drive, execute, load, pool, snapshot};
use mysql_async::prelude::Queryable;
use std::time::Duration;

/// Text of four bytes, text that begins alike for longer than 64 bytes, more rows than a limit of one.
const SHOP: &str = "CREATE TABLE customer (id int AUTO_INCREMENT PRIMARY KEY, name varchar(99) CHARACTER SET utf8mb4,
        word varchar(9) CHARACTER SET latin1, note varchar(9));
    CREATE TABLE purchase (id int PRIMARY KEY, customer_id int, FOREIGN KEY (customer_id) REFERENCES customer (id));
    INSERT INTO customer VALUES (1, CONCAT(REPEAT('x', 70), 'b'), 'é', ''), (2, CONCAT(REPEAT('x', 70), 'a'), 'ß', NULL),
        (3, CONCAT('😀'), 'z', 'n');
    INSERT INTO purchase VALUES (1, 1), (2, 2), (3, 1)";

const SPEC: &str = r#"{ customer(where: {or: [{name: "😀"}, {note: ""}, {id: 2}]}, order: ["name"]) { id word note purchase { id } } }"#;

/// Settings of both servers that a load cannot run with, and that no SQL can lift.
const SETTINGS: [&str; 13] = [
    "SET NAMES latin1",
    "SET NAMES gbk",
    "SET NAMES binary",
    "SET NAMES utf8mb3",
    "SET character_set_client = latin1",
    "SET character_set_results = NULL",
    "SET character_set_results = latin1",
    "SET collation_connection = latin1_swedish_ci",
    "SET sql_select_limit = 1",
    "SET sql_select_limit = 0",
    "SET max_sort_length = 64",
    "SET NAMES latin1, sql_select_limit = 1, max_sort_length = 64",
    "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES' /*M! , ',EMPTY_STRING_IS_NULL' */), sql_select_limit = 1",
];

const ASK: &str = "SELECT CAST(CONCAT_WS(' ', @@character_set_client, @@collation_connection, \
    IFNULL(@@character_set_results, 'NULL'), @@sql_select_limit, @@max_sort_length, @@sql_mode) AS BINARY) LIMIT 1";

async fn settings(connection: &mut Connection) -> String {
    connection.settle().await.unwrap();
    let bytes: Option<Vec<u8>> = connection.conn().unwrap().query_first(ASK).await.unwrap();
    String::from_utf8(bytes.unwrap()).unwrap()
}

/// A connection of ours, and one that a host has made, both with a setting.
async fn with(url: &str, setting: &str) -> [Connection; 2] {
    let mut ours = connect(url).await.unwrap();
    ours.conn().unwrap().query_drop(setting).await.unwrap();
    let mut conn = mysql_async::Conn::from_url(url.replacen("mariadb:", "mysql:", 1)).await.unwrap();
    conn.query_drop(setting).await.unwrap();
    [ours, Connection::new(conn).await.unwrap()]
}

#[test]
fn no_setting_changes_a_load_and_all_stay() {
    with_database(SHOP, |mut connection, url| async move {
        let plan = plan(&planner(&mut connection).await, SPEC);
        let expected = load(&mut connection, &plan).await.unwrap().to_json().unwrap();
        let begins_alike = r#"{"id":2,"word":"ß","note":null,"purchase":[{"id":2}]},{"id":1,"word":"é","note":"","purchase":[{"id":1},{"id":3}]}"#;
        assert!(expected.contains(begins_alike) && expected.contains(r#""word":"z""#), "{expected}");
        let tables = catalog(&mut connection).await.unwrap().tables;
        for setting in SETTINGS {
            for mut lent in with(&url, setting).await {
                let before = settings(&mut lent).await;
                for _ in 0..2 {
                    assert_eq!(load(&mut lent, &plan).await.unwrap().to_json().unwrap(), expected, "{setting}");
                }
                assert_eq!(catalog(&mut lent).await.unwrap().tables, tables, "{setting}");
                let mut inside = snapshot(&mut lent).await.unwrap();
                assert_eq!(inside.load(&plan).await.unwrap().to_json().unwrap(), expected, "{setting}");
                inside.end().await.unwrap();
                let mut run = Run::new(&plan);
                while let [first, ..] = &run.ready().unwrap()[..] {
                    execute(&mut lent, &mut run, first).await.unwrap();
                }
                assert_eq!(run.finish().unwrap().to_json().unwrap(), expected, "{setting}");
                let pooled = pool([&mut connection, &mut lent], Run::new(&plan), &mut ()).await.unwrap();
                assert_eq!(pooled.to_json().unwrap(), expected, "{setting}");
                assert_eq!(settings(&mut lent).await, before);
            }
        }
    });
}

/// A session that is fit costs nothing; one that is not is asked once, set and set back.
#[test]
fn what_settings_cost_is_told() {
    with_database(SHOP, |mut connection, url| async move {
        let plan = plan(&planner(&mut connection).await, SPEC);
        let hidden = async |connection: &mut Connection| {
            let mut told: Vec<Executed> = Vec::new();
            drive(connection, Run::new(&plan), &mut |executed| told.push(executed)).await.unwrap();
            told.iter().map(|executed| executed.hidden).collect::<Vec<_>>()
        };
        let [mut ours, mut lent] = with(&url, "SET SESSION lc_time_names = 'de_DE'").await;
        // The first time its statements are prepared; a host that has had the connection may have set something.
        assert_eq!(hidden(&mut lent).await, [1, 1]);
        assert_eq!(hidden(&mut lent).await, [0, 0]);
        assert_eq!(hidden(&mut ours).await, [2, 1]);
        assert_eq!(hidden(&mut ours).await, [0, 0]);
        let [_, mut lent] = with(&url, "SET sql_select_limit = 1").await;
        assert_eq!(hidden(&mut lent).await, [3, 1]);
        assert_eq!(hidden(&mut lent).await, [2, 0]);
        lent.conn().unwrap();
        assert_eq!(hidden(&mut lent).await, [3, 0]);
    });
}

/// A load that fails, runs out of time or is dropped leaves the settings too.
#[test]
fn loads_that_do_not_end_give_the_settings_back() {
    let views =
        "; CREATE VIEW nap AS SELECT id, SLEEP(60) AS nap FROM customer; CREATE VIEW gone AS SELECT id FROM purchase";
    with_database(&format!("{SHOP}{views}"), |mut connection, url| async move {
        let graph = RelationshipGraph::from_catalog(&catalog(&mut connection).await.unwrap()).unwrap();
        let planner = match connection.server().product {
            Product::MariaDb => Planner::new(graph, MariaDb::new()),
            Product::MySql => Planner::new(graph, MySql::new()),
        };
        let plan = |spec: &str| planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
        let (nap, gone, good) = (plan("{ nap { id nap } }"), plan("{ gone { id } }"), plan("{ customer { id } }"));
        connection.conn().unwrap().query_drop("DROP VIEW gone").await.unwrap();
        for mut lent in with(&url, "SET NAMES latin1, sql_select_limit = 2").await {
            let before = settings(&mut lent).await;
            load(&mut lent, &gone).await.unwrap_err();
            assert_eq!(settings(&mut lent).await, before, "refused");
            lent.set_timeout(Some(Duration::from_millis(200)));
            assert_eq!(load(&mut lent, &nap).await.unwrap_err().first().code, "E0502");
            assert_eq!(settings(&mut lent).await, before, "out of time");
            lent.set_timeout(None);
            assert!(tokio::time::timeout(Duration::from_millis(200), load(&mut lent, &nap)).await.is_err());
            assert_eq!(settings(&mut lent).await, before, "dropped");
            let mut nobody = ();
            let pooled = pool([&mut lent, &mut connection], Run::new(&nap), &mut nobody);
            assert!(tokio::time::timeout(Duration::from_millis(200), pooled).await.is_err());
            assert_eq!(settings(&mut lent).await, before, "dropped in a pool");
            let cut = drive(&mut lent, Run::new(&good).max_rows(1), &mut |_| {}).await.unwrap_err();
            assert_eq!(cut.first().code, "E0501");
            assert_eq!(settings(&mut lent).await, before, "cut");
            assert_eq!(load(&mut lent, &good).await.unwrap().to_json().unwrap(), r#"[{"id":1},{"id":2},{"id":3}]"#);
            assert_eq!(settings(&mut lent).await, before);
        }
    });
}

/// Recursions go to the end, whatever the session bounds them by, on connections of every origin.
#[test]
fn no_setting_cuts_a_recursion() {
    let levels = "CREATE TABLE node (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES node (id));
        INSERT INTO node VALUES (0, NULL)";
    let rows: String = (1..1_500).map(|n| format!(", ({n}, {})", n - 1)).collect();
    with_database(&format!("{levels}{rows}"), |mut connection, url| async move {
        let plan = plan(&planner(&mut connection).await, "{ node(where: {id: 0}) { id node_by_up @recurse { id } } }");
        let expected = load(&mut connection, &plan).await.unwrap().to_json().unwrap();
        assert!(expected.contains(r#""id":1499"#));
        for setting in ["DO 0", "SET /*M! max_recursive_iterations = 2 */ /*!80003 cte_max_recursion_depth = 2 */"] {
            for mut lent in with(&url, setting).await {
                assert_eq!(load(&mut lent, &plan).await.unwrap().to_json().unwrap(), expected, "{setting}");
            }
        }
    });
}

/// Neither ends the connection, nor leaves a transaction behind.
#[test]
fn a_snapshot_ends_as_it_should_under_every_completion_type() {
    with_database(SHOP, |mut connection, url| async move {
        let plan = plan(&planner(&mut connection).await, "{ purchase { id } }");
        for setting in ["SET completion_type = 'CHAIN'", "SET completion_type = 'RELEASE'"] {
            for mut lent in with(&url, setting).await {
                let mut inside = snapshot(&mut lent).await.unwrap();
                inside.load(&plan).await.unwrap();
                inside.end().await.unwrap();
                // The next would be refused in a transaction.
                drop(snapshot(&mut lent).await.unwrap());
                load(&mut lent, &plan).await.unwrap();
                snapshot(&mut lent).await.unwrap().end().await.unwrap();
            }
        }
    });
}

/// `IS NULL` would find the row that was inserted last, and zero dates in a column that is NOT NULL.
#[test]
fn null_is_null_and_nothing_else() {
    let dates = "; CREATE TABLE day (id int AUTO_INCREMENT PRIMARY KEY, at date NOT NULL, moment datetime NOT NULL, customer_id int,
            FOREIGN KEY (customer_id) REFERENCES customer (id));
        SET sql_mode = ''; INSERT INTO day VALUES (1, '0000-00-00', '0000-00-00', 1), (2, '2024-01-01', '2024-01-01', 2);
        CREATE TABLE at_zero (id int PRIMARY KEY, day_id int, FOREIGN KEY (day_id) REFERENCES day (id));
        INSERT INTO at_zero VALUES (1, 1), (2, 2)";
    with_database(&format!("{SHOP}{dates}"), |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let all = r#"[{"id":1},{"id":2}]"#;
        let none = r#"[{"id":1,"day":null},{"id":2,"day":null}]"#;
        let loads = [
            ("{ day(where: {id: null}) { id } }", "[]"),
            ("{ day(where: {not: {id: {ne: null}}}) { id } }", "[]"),
            ("{ day(where: {not: {not: {id: null}}}) { id } }", "[]"),
            ("{ day(where: {id: {is_null: false}}) { id } }", all),
            ("{ day(where: {not: {id: null}}) { id } }", all),
            ("{ day(where: {at: null}) { id } }", "[]"),
            ("{ day(where: {not: {at: {ne: null}}}) { id } }", "[]"),
            ("{ day(where: {not: {at: null}}) { id } }", all),
            ("{ day(where: {or: [{moment: null}, {id: null}]}) { id } }", "[]"),
            ("{ customer(where: {day: {any: {at: null}}}) { id } }", "[]"),
            ("{ at_zero { id day(where: {at: null}) @joined { id } } }", none),
            ("{ at_zero { id day(where: {at: null}) @selectin { id } } }", none),
            ("{ at_zero { id day(where: {id: null}) @joined { id } } }", none),
            ("{ at_zero { id day(where: {id: null}) @selectin { id } } }", none),
        ];
        for mut lent in with(&url, "SET sql_auto_is_null = 1").await {
            for (spec, expected) in loads {
                let plan = plan(&planner, spec);
                // The number that it is given is that of a day.
                let before = ["TRUNCATE TABLE last", "INSERT INTO last () VALUES ()"];
                let table = "CREATE TABLE IF NOT EXISTS last (id int AUTO_INCREMENT PRIMARY KEY)";
                for statement in [table].into_iter().chain(before) {
                    lent.conn().unwrap().query_drop(statement).await.unwrap();
                }
                assert_eq!(load(&mut lent, &plan).await.unwrap().to_json().unwrap(), expected, "{spec}");
            }
        }
    });
}
