//! Driving a run: waves, binds, prepared statements, and a server that goes away.

use crate::load::{plan, planner, whole_planner};
use crate::server::with_database;
use eagerly::error::{ErrorKind, code};
use eagerly::{Plan, Run};
use eagerly_mysql::{Connection, Executed, connect, drive, execute, load, snapshot};
use mysql_async::prelude::Queryable;

const SHOP: &str = "CREATE TABLE customer (id int PRIMARY KEY, name varchar(9), `odd: name ?` int NULL);
    CREATE TABLE purchase (id int PRIMARY KEY, customer_id int NULL, total int,
        FOREIGN KEY (customer_id) REFERENCES customer (id));
    INSERT INTO customer VALUES (1, 'Ada', 1), (2, 'Ben', NULL);
    INSERT INTO purchase VALUES (1, 1, 10), (2, 2, 20), (3, NULL, 30), (4, 1, 40)";

const LOADED: &str = r#"[{"name":"Ada","purchase":[{"id":1},{"id":4}]},{"name":"Ben","purchase":[{"id":2}]}]"#;

async fn trace(connection: &mut Connection, plan: &eagerly::Plan) -> (String, Vec<Executed>) {
    let mut trace = Vec::new();
    let graph = drive(connection, Run::new(plan), &mut |executed| trace.push(executed)).await.unwrap();
    (graph.to_json().unwrap(), trace)
}

#[test]
fn waves_are_stitched_and_statements_prepared_once() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name purchase @selectin { id } } }");
        for hidden in [1, 0, 0] {
            let (json, trace) = trace(&mut connection, &plan).await;
            assert_eq!(json, LOADED);
            let told: Vec<_> = trace.iter().map(|s| (s.wave, s.keys, s.rows, s.hidden)).collect();
            assert_eq!(told, [(1, 0, 2, hidden), (2, 2, 3, hidden)]);
        }
    });
}

/// A plan with more statements than mysql_async keeps by itself.
#[test]
fn every_statement_of_a_large_plan_is_prepared_once() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let below = |i: usize| format!("p{i}: purchase(limit: {}) {{ id }}", i + 1);
        let spec = format!("{{ customer {{ name {} }} }}", (0..40).map(below).collect::<Vec<_>>().join(" "));
        let plan = plan(&planner, &spec);
        let mut counted = Vec::new();
        for _ in 0..3 {
            let (_, trace) = trace(&mut connection, &plan).await;
            assert_eq!(trace.len(), 41);
            let status = "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'";
            let row: Option<(String, u64)> = connection.conn().unwrap().query_first(status).await.unwrap();
            counted.push(row.unwrap().1);
        }
        assert_eq!(counted, [41; 3]);
    });
}

#[test]
fn the_cache_of_statements_is_bounded_and_survives_a_reset() {
    let columns: Vec<String> = (0..9).map(|n| format!("c{n} int")).collect();
    with_database(
        &format!("CREATE TABLE t (id int PRIMARY KEY, {})", columns.join(", ")),
        |mut connection, _| async move {
            let planner = planner(&mut connection).await;
            // Every set of nine columns is a statement of its own.
            let plans: Vec<Plan> = (1..=eagerly_mysql::PREPARED + 44)
                .map(|set| {
                    let asked: Vec<String> = (0..9).filter(|n| set >> n & 1 == 1).map(|n| format!("c{n}")).collect();
                    plan(&planner, &format!("{{ t {{ {} }} }}", asked.join(" ")))
                })
                .collect();
            for plan in &plans {
                assert!(eagerly_mysql::load(&mut connection, plan).await.unwrap().is_empty());
            }
            let mut counted = [0, 0];
            for (count, name) in counted.iter_mut().zip(["Com_stmt_prepare", "Com_stmt_close"]) {
                let status = format!("SHOW SESSION STATUS LIKE '{name}'");
                let row: Option<(String, usize)> = connection.conn().unwrap().query_first(status).await.unwrap();
                *count = row.unwrap().1;
            }
            let [prepared, closed] = counted;
            assert_eq!((prepared - closed, closed >= 44), (eagerly_mysql::PREPARED, true), "{prepared} {closed}");
            // The server forgets them.
            assert!(connection.conn().unwrap().reset().await.unwrap());
            for plan in &plans[plans.len() - 3..] {
                assert!(eagerly_mysql::load(&mut connection, plan).await.unwrap().is_empty());
            }
        },
    );
}

/// The server keeps a statement until it is closed, of all connections 16 382.
#[test]
fn a_connection_that_keeps_no_statement_closes_each() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name purchase @selectin { id } } }");
        let behind = if url.contains('?') { '&' } else { '?' };
        let ours = connect(&format!("{url}{behind}stmt_cache_size=0")).await.unwrap();
        let opts = mysql_async::Opts::from_url(&url.replacen("mariadb:", "mysql:", 1)).unwrap();
        let opts = mysql_async::OptsBuilder::from_opts(opts).stmt_cache_size(0);
        let lent = Connection::new(mysql_async::Conn::new(opts).await.unwrap()).await.unwrap();
        for mut connection in [ours, lent] {
            for _ in 0..3 {
                assert_eq!(trace(&mut connection, &plan).await.0, LOADED);
                // Refused in the middle of an answer.
                let few = eagerly_mysql::observe(&mut connection, Run::new(&plan).max_rows(1), &mut ()).await;
                assert_eq!(few.unwrap_err().first().code, code::LIMIT);
            }
            let mut counted = [0, 0];
            for (count, name) in counted.iter_mut().zip(["Com_stmt_prepare", "Com_stmt_close"]) {
                let status = format!("SHOW SESSION STATUS LIKE '{name}'");
                let row: Option<(String, u64)> = connection.conn().unwrap().query_first(status).await.unwrap();
                *count = row.unwrap().1;
            }
            assert_eq!(counted, [9, 9]);
        }
    });
}

#[test]
fn binds_of_every_class_mean_what_they_say() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        for (filter, expected) in
            [("name: \"Ada\"", r#"[{"name":"Ada"}]"#), ("name: \"a'b\\\"\\\\ ?\"", "[]"), ("name: null", "[]")]
        {
            let spec = format!("{{ customer(where: {{{filter}}}) {{ name }} }}");
            let graph = load(&mut connection, &plan(&planner, &spec)).await.unwrap();
            assert_eq!(graph.to_json().unwrap(), expected, "{filter}");
        }
        for (filter, expected) in
            [("total: 10", 1), ("total: {gt: 10.5}", 3), ("total: {lt: true}", 0), ("total: {in: [10, 40, 50]}", 2)]
        {
            let spec = format!("{{ purchase(where: {{{filter}}}) {{ id }} }}");
            let graph = load(&mut connection, &plan(&planner, &spec)).await.unwrap();
            assert_eq!(graph.roots().count(), expected, "{filter}");
        }
    });
}

#[test]
fn a_connection_that_is_killed_is_an_error_and_nothing_half_loaded() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name purchase @selectin { id } } }");
        let mut other = connect(&url).await.unwrap();
        other.conn().unwrap().query_drop(format!("KILL {}", connection.conn().unwrap().id())).await.unwrap();
        let errors = load(&mut connection, &plan).await.unwrap_err();
        assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Database, code::REFUSED), "{errors}");
        assert!(errors.first().help.as_deref().unwrap_or_default().contains("connect again"), "{errors}");
        assert_eq!(errors.first().class(), Some(eagerly::error::Class::ConnectionLost), "{errors}");
        assert!(errors.first().message.starts_with("cannot load `customer`: "), "{errors}");
    });
}

#[test]
fn a_schema_that_changed_is_an_error_with_a_way_out() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name } }");
        load(&mut connection, &plan).await.unwrap();
        connection.conn().unwrap().query_drop("ALTER TABLE customer RENAME COLUMN name TO label").await.unwrap();
        let errors = load(&mut connection, &plan).await.unwrap_err();
        assert_eq!(errors.first().code, code::REFUSED);
        assert!(errors.first().help.as_deref().unwrap_or_default().contains("read it again"), "{errors}");
    });
}

/// The plan hashes integers; what is text from now on is compared by the server all the same, and is found or refused.
#[test]
fn a_key_whose_type_changed_is_found_or_refused_and_never_lost() {
    with_database(SHOP, |mut connection, _| async move {
        let planners = [planner(&mut connection).await, whole_planner(&mut connection).await];
        let to_many = planners.each_ref().map(|p| plan(p, "{ customer { name purchase @selectin { id } } }"));
        let to_one = planners.each_ref().map(|p| plan(p, "{ purchase { id customer @selectin { name } } }"));
        for change in [
            "ALTER TABLE purchase DROP FOREIGN KEY purchase_ibfk_1",
            "ALTER TABLE purchase MODIFY customer_id varchar(9) NULL",
        ] {
            connection.conn().unwrap().query_drop(change).await.unwrap();
        }
        let loaded_one = r#"[{"id":1,"customer":{"name":"Ada"}},{"id":2,"customer":{"name":"Ben"}},{"id":3,"customer":null},{"id":4,"customer":{"name":"Ada"}}]"#;
        let expected = [(&to_many, LOADED), (&to_one, loaded_one)];
        for (plan, expected) in expected.into_iter().flat_map(|(plans, json)| plans.iter().map(move |p| (p, json))) {
            match load(&mut connection, plan).await {
                Ok(graph) => assert_eq!(graph.to_json().unwrap(), expected),
                Err(errors) => {
                    assert_eq!(errors.first().kind, ErrorKind::Database, "{errors}");
                    assert!(errors.first().help.as_deref().unwrap_or_default().contains("read it again"), "{errors}");
                }
            }
        }
    });
}

#[test]
fn a_column_that_was_dropped_is_an_error_with_a_way_out() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name purchase @selectin { total } } }");
        connection.conn().unwrap().query_drop("ALTER TABLE purchase DROP COLUMN total").await.unwrap();
        let errors = load(&mut connection, &plan).await.unwrap_err();
        assert_eq!((errors.first().kind, errors.first().code), (ErrorKind::Database, code::REFUSED));
        assert!(errors.first().message.starts_with("cannot load `customer.purchase`: "), "{errors}");
        assert!(errors.first().help.as_deref().unwrap_or_default().contains("read it again"), "{errors}");
    });
}

#[test]
fn names_with_signs_of_parameters_are_names() {
    with_database(SHOP, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let graph = load(&mut connection, &plan(&planner, "{ customer(where: {name: \"Ada\"}) }")).await.unwrap();
        let row = graph.roots().next().unwrap();
        assert_eq!(row.get("odd: name ?"), Some(eagerly::value::ValueRef::Integer(1)));
    });
}

/// Drives a run by hand, and lets another connection write between its waves.
#[test]
fn without_a_snapshot_a_read_is_torn() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let mut run = Run::new(&plan(&planner, "{ customer { name purchase @selectin { id } } }"));
        let mut writer = connect(&url).await.unwrap();
        for wave in [1, 2] {
            for statement in run.ready().unwrap() {
                assert_eq!(statement.wave, wave);
                execute(&mut connection, &mut run, &statement).await.unwrap();
            }
            writer.conn().unwrap().query_drop("UPDATE purchase SET customer_id = 2").await.unwrap();
        }
        assert!(run.ready().unwrap().is_empty());
        let torn = r#"[{"name":"Ada","purchase":[]},{"name":"Ben","purchase":[{"id":1},{"id":2},{"id":3},{"id":4}]}]"#;
        assert_eq!(run.finish().unwrap().to_json().unwrap(), torn);
    });
}

#[test]
fn a_snapshot_keeps_the_state_of_its_beginning() {
    with_database(SHOP, |mut connection, url| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ customer { name purchase @selectin { id } } }");
        let mut writer = connect(&url).await.unwrap();
        let delete = "DELETE FROM purchase WHERE id = 2";
        let mut begun = snapshot(&mut connection).await.unwrap();
        writer.conn().unwrap().query_drop(delete).await.unwrap();
        assert_eq!(begun.load(&plan).await.unwrap().to_json().unwrap(), LOADED);
        begun.end().await.unwrap();
        let after = load(&mut connection, &plan).await.unwrap().to_json().unwrap();
        assert!(after.ends_with(r#"{"name":"Ben","purchase":[]}]"#), "{after}");

        // One that is dropped ends before the next use.
        let mut begun = snapshot(&mut connection).await.unwrap();
        begun.load(&plan).await.unwrap();
        drop(begun);
        writer.conn().unwrap().query_drop("DELETE FROM purchase WHERE id = 1").await.unwrap();
        let after = load(&mut connection, &plan).await.unwrap().to_json().unwrap();
        assert!(after.starts_with(r#"[{"name":"Ada","purchase":[{"id":4}]}"#), "{after}");
    });
}

#[test]
fn a_snapshot_never_commits_what_the_host_has_begun() {
    with_database(SHOP, |mut connection, url| async move {
        let conn = connection.conn().unwrap();
        conn.query_drop("START TRANSACTION").await.unwrap();
        conn.query_drop("DELETE FROM purchase").await.unwrap();
        let errors = snapshot(&mut connection).await.err().unwrap();
        assert_eq!(errors.first().code, code::REFUSED, "{errors}");
        connection.conn().unwrap().query_drop("ROLLBACK").await.unwrap();
        let mut other = connect(&url).await.unwrap();
        let rows: Option<i64> = other.conn().unwrap().query_first("SELECT COUNT(*) FROM purchase").await.unwrap();
        assert_eq!(rows, Some(4));
        snapshot(&mut connection).await.unwrap().end().await.unwrap();
    });
}
