//! Faults that were found, in their smallest form.

use super::{Session, check, expected, family};
use crate::exact::sessions::{all, some, worst};
use eagerly::LoadSpec;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine as _, Treatment, judge};
use eagerly_tests::servers::{Settings, server};
use serde_json::{Value as Json, json};

const HOUR: &str = "
    create table sensor(id int primary key, n varchar(5));
    create table reading(sensor_id int, at timestamp not null default current_timestamp, v int,
        primary key(sensor_id, at), foreign key(sensor_id) references sensor(id));
    create table slot(at timestamp not null default current_timestamp primary key, n varchar(5));
    create table booking(id int primary key, at timestamp not null default current_timestamp, foreign key(at) references slot(at));
    insert into sensor values (1,'a');
    insert into reading values (1,'2024-10-27 00:30:00',10),(1,'2024-10-27 01:30:00',20),(1,'2024-10-27 02:30:00',30);
    insert into slot values ('2024-10-27 00:30:00','s1'),('2024-10-27 01:30:00','s2');
    insert into booking values (1,'2024-10-27 00:30:00'),(2,'2024-10-27 01:30:00');";

/// The hour that comes twice when daylight saving ends.
#[test]
fn the_hour_that_comes_twice_keeps_its_rows() {
    for server in family() {
        let url = server.database(HOUR);
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for strategy in ["auto", "joined", "selectin", "subquery"] {
                let loaded = session.loaded(&format!("{{ sensor(limit: 3) {{ n reading @{strategy} {{ v }} }} }}"));
                assert_eq!(loaded, r#"[{"n":"a","reading":[{"v":10},{"v":20},{"v":30}]}]"#, "{settings:?}");
                let loaded = session.loaded(&format!("{{ booking {{ id slot @{strategy} {{ n }} }} }}"));
                assert_eq!(loaded, r#"[{"id":1,"slot":{"n":"s1"}},{"id":2,"slot":{"n":"s2"}}]"#, "{settings:?}");
                let loaded = session.loaded(&format!("{{ slot {{ n booking @{strategy} {{ id }} }} }}"));
                assert_eq!(
                    loaded, r#"[{"n":"s1","booking":[{"id":1}]},{"n":"s2","booking":[{"id":2}]}]"#,
                    "{settings:?}"
                );
            }
            let loaded = session.loaded("{ reading { at v } }");
            let row = |at: &str, v: u8| format!(r#"{{"at":"2024-10-27T{at}:00+00:00","v":{v}}}"#);
            assert_eq!(loaded, format!("[{},{},{}]", row("00:30", 10), row("01:30", 20), row("02:30", 30)));
        }
    }
}

/// A time finds its row in any spelling of its instant; without an offset it is one of UTC.
#[test]
fn times_are_found_in_every_spelling() {
    for server in family() {
        let url = server.database(HOUR);
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for at in [
                "2024-10-27T01:30:00+00:00",
                "2024-10-27T01:30:00Z",
                "2024-10-27T02:30:00+01:00",
                "2024-10-27T03:30+02",
                "2024-10-26T20:00:00-05:30",
                "2024-10-27 01:30:00.000 +0000",
                "2024-10-27T01:30:00",
                "2024-10-27 01:30",
            ] {
                let found = session.loaded(&format!("{{ reading(where: {{at: \"{at}\"}}) {{ v }} }}"));
                assert_eq!(found, r#"[{"v":20}]"#, "{at} {settings:?}");
                let found = session.loaded(&format!("{{ reading(where: {{at: {{not_in: [\"{at}\"]}}}}) {{ v }} }}"));
                assert_eq!(found, r#"[{"v":10},{"v":30}]"#, "{at} {settings:?}");
                let found = session.loaded(&format!("{{ reading(where: {{at: {{gt: \"{at}\"}}}}) {{ v }} }}"));
                assert_eq!(found, r#"[{"v":30}]"#, "{at} {settings:?}");
                let found = session
                    .loaded(&format!("{{ sensor(where: {{reading: {{any: {{at: {{lt: \"{at}\"}}}}}}}}) {{ n }} }}"));
                assert_eq!(found, r#"[{"n":"a"}]"#, "{at} {settings:?}");
            }
        }
    }
}

const COMPUTED: &str = "
    create table sensor(id int primary key);
    create table event(id int primary key, sensor_id int, at timestamp not null default current_timestamp,
        hour int as (hour(at)) virtual, began datetime, foreign key(sensor_id) references sensor(id));
    create view by_hour as select id, hour(at) as hour, at from event;
    insert into sensor values (1);
    insert into event(id, sensor_id, at, began) values
        (1,1,'2024-10-27 00:30:00','2024-10-27 00:30:00'),(2,1,'2024-10-27 23:30:00','2024-10-27 23:30:00');";

/// What a view or a generated column computes from an instant is computed in UTC, whatever else a statement reads.
#[test]
fn what_is_computed_from_an_instant_is_computed_in_utc() {
    for server in family() {
        let url = server.database(COMPUTED);
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for strategy in ["auto", "joined", "selectin", "subquery"] {
                for more in ["", " at"] {
                    let loaded = session.loaded(&format!("{{ sensor {{ event @{strategy} {{ hour{more} }} }} }}"));
                    let loaded: Json = serde_json::from_str(&loaded).unwrap();
                    let hours: Vec<&Json> =
                        loaded[0]["event"].as_array().unwrap().iter().map(|event| &event["hour"]).collect();
                    assert_eq!(json!(hours), json!([0, 23]), "{strategy}{more} {settings:?}");
                }
            }
            assert_eq!(session.loaded("{ event(where: {hour: 23}) { id } }"), r#"[{"id":2}]"#, "{settings:?}");
            assert_eq!(session.loaded("{ by_hour { id hour } }"), r#"[{"id":1,"hour":0},{"id":2,"hour":23}]"#);
            assert_eq!(session.loaded("{ by_hour(where: {hour: 0}) { id } }"), r#"[{"id":1}]"#, "{settings:?}");
            let loaded = session.loaded("{ by_hour { hour at } }");
            let row = |hour: u8| format!(r#"{{"hour":{hour},"at":"2024-10-27T{hour:02}:30:00+00:00"}}"#);
            assert_eq!(loaded, format!("[{},{}]", row(0), row(23)), "{settings:?}");
        }
    }
}

/// A date and time without a zone has no offset: one that is written is left out, in every session.
#[test]
fn an_offset_of_a_time_without_a_zone_is_left_out() {
    for server in family() {
        let url = server.database(COMPUTED);
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for began in
                ["2024-10-27 23:30:00+02:00", "2024-10-27T23:30:00Z", "2024-10-27T23:30-05:30", "2024-10-27 23:30"]
            {
                for condition in
                    [format!("\"{began}\""), format!("{{in: [\"{began}\"]}}"), format!("{{ge: \"{began}\"}}")]
                {
                    let found = session.loaded(&format!("{{ event(where: {{began: {condition}}}) {{ id }} }}"));
                    assert_eq!(found, r#"[{"id":2}]"#, "{condition} {settings:?}");
                }
            }
        }
    }
}

/// A session is as it was, whatever was loaded in it.
#[test]
fn the_session_keeps_its_settings() {
    for server in family() {
        let url = server.database(HOUR);
        let settings = worst(server.backend());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            use mysql_async::prelude::Queryable;
            let mut connection = settings.mysql(&url).await.unwrap();
            let ask = "SELECT CONCAT_WS(' ', @@time_zone, @@sql_mode, NOW() - INTERVAL 0 HOUR > UTC_TIMESTAMP())";
            let before: Option<String> = connection.conn().unwrap().query_first(ask).await.unwrap();
            let catalog = eagerly_mysql::catalog(&mut connection).await.unwrap();
            let graph = eagerly::RelationshipGraph::from_catalog(&catalog).unwrap();
            let planner = match server.backend() {
                Backend::Mariadb => eagerly::Planner::new(graph, eagerly::MariaDb::new()),
                _ => eagerly::Planner::new(graph, eagerly::MySql::new()),
            };
            let plan = planner.compile(&LoadSpec::parse("{ slot { at booking { id } } }").unwrap()).unwrap();
            eagerly_mysql::load(&mut connection, &plan).await.unwrap();
            let after: Option<String> = connection.conn().unwrap().query_first(ask).await.unwrap();
            assert_eq!(before, after);
        });
    }
}

const NOT: &str = "
    create table k(id int primary key, s varchar(9), p int, foreign key(p) references k(id));
    insert into k values (1,'x1',null),(2,null,1),(3,'y',1),(4,'a\\\\%',3);";

/// NOT, LIKE's escape, and empty text, in every mode.
#[test]
fn conditions_mean_the_same_in_every_mode() {
    let texts = [
        "{ k(where: {not: {id: 2}}) { id } }",
        "{ k(where: {not: {s: null}}) { id } }",
        "{ k(where: {not: {not: {id: 2}}}) { id } }",
        "{ k(where: {not: {s: {like: \"x%\"}}}) { id } }",
        "{ k(where: {not: {id: {in: [1, 2]}}}) { id } }",
        "{ k(where: {not: {or: [{id: 1}, {not: {p: 1}}]}}) { id } }",
        "{ k(where: {not: {k_via_p: {has: {not: {id: 1}}}}}) { id } }",
        "{ k(where: {k_by_p: {none: {not: {id: 3}}}}) { id } }",
        "{ k { id k_by_p(where: {not: {id: 2}}) { id } k_via_p(where: {not: {id: 3}}) { id } } }",
        "{ k { id k_by_p(where: {not: {id: 2}}, limit: 1) { id } } }",
        "{ k(where: {s: {like: \"a\\\\%\"}}) { id } }",
        "{ k(where: {s: {not_like: \"a\\\\\\\\%\"}}) { id } }",
    ]
    .map(str::to_owned);
    let mut problems = Vec::new();
    for server in family() {
        let url = server.database(NOT);
        let expected = expected(server, &url, &texts);
        for settings in all(server.backend()).into_iter().chain([worst(server.backend())]) {
            problems.extend(Session::new(server, &url, &settings).differs(&expected, &Treatment::DEFAULT));
        }
    }
    check(&problems);
}

/// JSON columns by whatever name, however the server writes their checks.
#[test]
fn documents_are_recognised_in_every_mode() {
    let sql = "create table t(id int primary key, j json, `a\"b` json, `c``d` json, `e f` json, `select` json);
        insert into t values (1, '{\"a\":1}', '[1]', '[2]', '[3]', '[4]');";
    for server in family() {
        let url = server.database(sql);
        let quoting = "SET sql_quote_show_create = 0";
        for settings in all(server.backend()).into_iter().chain([Settings::new([quoting])]) {
            let session = Session::new(server, &url, &settings);
            let loaded = session.load(&LoadSpec::parse("{ t }").unwrap()).unwrap();
            let columns = loaded[0].as_object().unwrap().values().skip(1);
            assert!(columns.clone().all(|value| value.is_array() || value.is_object()), "{settings:?} {loaded}");
            assert_eq!(columns.count(), 5);
        }
    }
}

/// The catalog is one and the same in every session.
#[test]
fn the_catalog_is_the_same_in_every_mode() {
    let sql = "create table c(id int primary key, c char(5), e enum('a','b\\\\c','d''e'), s set('x','y'), d date, t timestamp null,
        r real, v varchar(9) default '' not null, g int generated always as (id + 1) virtual, check (c <> 'a\\\\'));
        create view w as select id, d from c;";
    for server in family() {
        let url = server.database(sql);
        let described = |settings: &Settings| format!("{:?}", server.catalog_under(&url, settings).tables);
        let expected = described(&Settings::default());
        for settings in all(server.backend()) {
            assert_eq!(described(&settings), expected, "{settings:?}");
        }
    }
}

/// An enum that has an empty member: its rows keep apart, and it is no key that is sent.
#[test]
fn an_enum_with_an_empty_member_has_no_identity() {
    let sql = "set sql_mode = ''; create table en(e enum('','a') primary key, v int); insert into en values (1,1),(2,2),(0,3);
        create table st(e set('','a') primary key, v int); insert into st values (0,0),(1,1),(2,2),(3,3);
        create table ec(id int primary key, e enum('','a'), foreign key (e) references en(e));
        insert into ec values (1,1),(2,0),(3,2);";
    for server in family() {
        let url = server.database(sql);
        let session = Session::new(server, &url, &Settings::default());
        assert_eq!(session.loaded("{ en { v } }"), r#"[{"v":3},{"v":1},{"v":2}]"#);
        assert_eq!(session.loaded("{ en { e } }"), r#"[{"e":""},{"e":""},{"e":"a"}]"#);
        assert_eq!(session.loaded("{ st { v } }"), r#"[{"v":0},{"v":1},{"v":2},{"v":3}]"#);
        let joined = session.loaded("{ ec { id en @joined { v } } }");
        assert_eq!(joined, r#"[{"id":1,"en":{"v":1}},{"id":2,"en":{"v":3}},{"id":3,"en":{"v":2}}]"#);
        for text in ["{ ec { id en @selectin { v } } }", "{ en { v ec { id } } }"] {
            let refused = session.load(&LoadSpec::parse(text).unwrap()).unwrap_err();
            assert!(refused.contains("E0302") && refused.contains("is no key that can be sent"), "{refused}");
        }
    }
}

/// Integers beyond those with a sign, in every form and operator.
#[test]
fn unsigned_integers_are_found() {
    let tables = |unsigned: &str, decimal: &str| {
        format!(
            "create table customer(id int primary key, u {unsigned}, d {decimal});
            insert into customer values (1, 13469135782229932224, 13469135782229932224), (2, 18446744073709551615, 18446744073709551615),
                (3, 9223372036854775807, 9223372036854775807), (4, 0, -1), (5, null, null);"
        )
    };
    for backend in [Backend::Mariadb, Backend::Mysql, Backend::Postgres] {
        let Some(server) = server(backend) else { continue };
        let unsigned = if backend == Backend::Postgres { "numeric" } else { "bigint unsigned" };
        let url = server.database(&tables(unsigned, "numeric(30,2)"));
        let session = Session::new(server, &url, &Settings::default());
        for column in ["u", "d"] {
            for (condition, expected) in [
                ("13469135782229932224", vec![1]),
                ("{ne: 18446744073709551615}", vec![1, 3, 4]),
                ("{gt: 9223372036854775807}", vec![1, 2]),
                ("{ge: 9223372036854775808}", vec![1, 2]),
                ("{lt: 18446744073709551615}", vec![1, 3, 4]),
                ("{le: 18446744073709551615}", vec![1, 2, 3, 4]),
                ("{in: [1, 13469135782229932224, 18446744073709551615]}", vec![1, 2]),
                ("{in: [18446744073709551615]}", vec![2]),
                ("{not_in: [18446744073709551615, 0, -1]}", vec![1, 3]),
            ] {
                let expected = expected.iter().map(|id| serde_json::json!({"id": id})).collect::<serde_json::Value>();
                let text = format!("{{ customer(where: {{{column}: {condition}}}) {{ id }} }}");
                assert_eq!(session.loaded(&text), expected.to_string(), "{} {text}", backend.name());
                let written = LoadSpec::parse(&text).unwrap().to_json().unwrap();
                let json = session.load(&LoadSpec::from_json(&written).unwrap()).unwrap();
                assert_eq!(json, expected, "{} {written}", backend.name());
            }
        }
    }
}

/// Empty text, also in MariaDB's mode in which it would be NULL when it is bound.
#[test]
fn empty_text_is_no_null() {
    let sql = "create table t(id int primary key, s varchar(9), key(s)); insert into t values (1,''),(2,'a'),(3,null);";
    let texts = [
        "{s: \"\"}",
        "{s: {ne: \"\"}}",
        "{s: {in: [\"\", \"x\"]}}",
        "{s: {not_in: [\"\"]}}",
        "{s: {gt: \"\"}}",
        "{s: {like: \"\"}}",
        "{s: \"a\"}",
    ];
    let texts = texts.map(|condition| format!("{{ t(where: {condition}) {{ id }} }}"));
    let mut problems = Vec::new();
    for server in family() {
        let url = server.database(sql);
        let expected = expected(server, &url, &texts);
        for settings in all(server.backend()) {
            let session = Session::new(server, &url, &settings);
            problems.extend(session.differs(&expected, &[Treatment::AsWritten]));
            // Prepared by now, in whatever mode.
            problems.extend(session.differs(&expected, &[Treatment::AsWritten]));
        }
    }
    check(&problems);
}

/// PostgreSQL: floats of four bytes and instants find their rows as they are printed; a time without an offset is UTC's.
#[test]
fn what_postgres_prints_finds_its_row() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = "create table t(id int primary key, r real, at timestamptz, plain timestamp);
        insert into t values (1, 0.1, '2021-10-31 00:00:00+00', '2021-10-31'), (2, 3.4028235e38, '2021-10-31 01:00:00.5+00', '2021-10-31 01:00'),
            (3, 1e-45, 'infinity', 'infinity'), (4, 16777216, '0044-03-15 00:00:00+00 BC', '0044-03-15 BC');";
    let url = server.database(sql);
    for zone in ["UTC", "Europe/Berlin", "Asia/Kathmandu"] {
        let session = Session::new(server, &url, &Settings::new([format!("SET TimeZone = '{zone}'")]));
        let rows = session.load(&LoadSpec::parse("{ t }").unwrap()).unwrap();
        assert_eq!(rows[0]["at"], "2021-10-31T00:00:00+00:00");
        assert_eq!(rows[1]["at"], "2021-10-31T01:00:00.5+00:00");
        for row in rows.as_array().unwrap() {
            for column in ["r", "at", "plain"] {
                for condition in [serde_json::json!({"eq": row[column]}), serde_json::json!({"in": [row[column]]})] {
                    let spec = serde_json::json!({"t": {"where": {column: condition}, "fields": ["id"]}}).to_string();
                    let found = session.load(&LoadSpec::from_json(&spec).unwrap()).unwrap();
                    assert_eq!(found, serde_json::json!([{"id": row["id"]}]), "{zone} {spec}");
                }
            }
        }
        for at in
            ["2021-10-31", "2021-10-31 00:00", "2021-10-31T00:00:00", "2021-10-31T02:00:00+02:00", "2021-10-31T00:00Z"]
        {
            let found = session.loaded(&format!("{{ t(where: {{at: \"{at}\"}}) {{ id }} }}"));
            assert_eq!(found, r#"[{"id":1}]"#, "{zone} {at}");
        }
    }
}

/// Decimals that are one double, in lists of values; lists with what is no decimal, and with what the column would round.
#[test]
fn lists_of_decimals_are_exact() {
    let sql = "create table d(id int primary key, a decimal(65,30), b decimal(20,2), c decimal(65,0), key(b));
        insert into d values (1, 0.1, 0.01, 99999999999999999999999999999999999999999999999999999999999999999),
            (2, 0.100000000000000000000000000001, 900719925474099.31, 99999999999999999999999999999999999999999999999999999999999999998),
            (3, 9007199254740993, 900719925474099.32, 1), (4, 9007199254740992, 1.5, 0), (5, null, null, null);";
    let lists: [(&str, &str, &[i64], &[i64]); 10] = [
        ("a", r#"["0.100000000000000000000000000001", "2"]"#, &[2], &[1, 3, 4]),
        ("a", r#"["9007199254740993", "0.1", 7]"#, &[1, 3], &[2, 4]),
        ("a", r#"["0.1"]"#, &[1], &[2, 3, 4]),
        ("a", r#"["1e-1", "5"]"#, &[1], &[2, 3, 4]),
        ("a", "[]", &[], &[1, 2, 3, 4, 5]),
        ("b", r#"["900719925474099.31", "900719925474099.3"]"#, &[2], &[1, 3, 4]),
        ("b", r#"["0.009", "1.50"]"#, &[4], &[1, 2, 3]),
        ("b", r#"["1e60", 1.5]"#, &[4], &[1, 2, 3]),
        ("c", r#"["99999999999999999999999999999999999999999999999999999999999999999", 1]"#, &[1, 3], &[2, 4]),
        ("c", r#"["99999999999999999999999999999999999999999999999999999999999999998", "0.4"]"#, &[2], &[1, 3, 4]),
    ];
    for server in family() {
        let url = server.database(sql);
        for settings in some(server.backend()) {
            let session = Session::new(server, &url, &settings);
            for (column, list, found, others) in lists {
                for (operator, ids) in [("in", found), ("not_in", others)] {
                    let loaded =
                        session.loaded(&format!("{{ d(where: {{{column}: {{{operator}: {list}}}}}) {{ id }} }}"));
                    let expected = Json::from(ids.iter().map(|id| json!({"id": id})).collect::<Vec<_>>());
                    assert_eq!(loaded, expected.to_string(), "{} {column} {operator} {list}", server.backend().name());
                }
            }
        }
    }
}

/// Integers that a decimal has no room for: MySQL's hash join takes them for the largest decimal.
#[test]
fn integers_and_decimals_are_compared_whole() {
    let sql = "create table p(id int primary key, i bigint, u bigint unsigned, d decimal(20,2));
        create table c(id int primary key, i bigint, u bigint unsigned, d decimal(20,2));
        insert into p values (1, 9223372036854775807, 18446744073709551615, 999999999999999999.99), (2, 5, 5, 5),
            (3, -9223372036854775808, 0, -999999999999999999.99);
        insert into c values (1, 9223372036854775807, 18446744073709551615, 999999999999999999.99), (2, 5, 5, 5), (3, 0, 0, 0.01);";
    let pairs = [("i", "d"), ("u", "d"), ("d", "i"), ("d", "u")];
    let names = pairs.map(|(of, to)| format!("{of}_{to}"));
    let lines = names.iter().zip(pairs).map(|(name, (of, to))| {
        format!("{name} = {{ direction = \"one-to-many\", target = \"c\", on = {{ {of} = \"{to}\" }} }}\n")
    });
    let file = format!("[entity.p.relationship]\n{}", lines.collect::<String>());
    for server in family() {
        let url = server.database(sql);
        let catalog = server.catalog(&url);
        let graph = eagerly::graph::GraphFile::parse(&file).and_then(|file| file.over(&catalog)).unwrap();
        for name in &names {
            let five = json!([{"id": 2}]);
            let none = json!([]);
            let loads = [
                (
                    format!("{{ p {{ id {name} {{ id }} }} }}"),
                    json!([
                    {"id": 1, name: none}, {"id": 2, name: five}, {"id": 3, name: none}]),
                ),
                (format!("{{ p(where: {{{name}: {{any: {{id: {{ne: 3}}}}}}}}) {{ id }} }}"), json!([{"id": 2}])),
                (format!("{{ p(where: {{{name}: {{none: {{}}}}, id: {{lt: 3}}}}) {{ id }} }}"), json!([{"id": 1}])),
            ];
            for (text, expected) in loads {
                let spec = LoadSpec::parse(&text).unwrap();
                for treatment in Treatment::DEFAULT {
                    let treated = treatment.apply(&graph, &spec);
                    let loaded = OnServers::default().load(server.backend(), &url, &graph, &treated);
                    judge(treatment, loaded, &expected)
                        .unwrap_or_else(|why| panic!("{} {text} {why}", server.backend().name()));
                }
            }
        }
    }
}

/// A value of a year where related rows are asked for by a year: MariaDB finds none of them.
#[test]
fn years_of_related_rows_are_found() {
    let sql = "create table p(id int primary key, y year not null, up year, unique(y));
        insert into p values (1, 2001, 1999), (2, 1999, 1970), (3, 1970, 1970), (4, '0000', 2001);";
    let file = "[entity.p.relationship]\n\
        above = { direction = \"many-to-one\", target = \"p\", on = { up = \"y\" } }\n\
        below = { direction = \"one-to-many\", target = \"p\", on = { y = \"up\" } }";
    let conditions: [(&str, &[i64]); 7] = [
        ("{above: {none: {y: 1999}}}", &[2, 3, 4]),
        ("{or: [{above: {any: {y: 1999}}}, {id: 4}]}", &[1, 4]),
        ("{or: [{above: {any: {y: {in: [1999]}}}}, {id: 4}]}", &[1, 4]),
        ("{or: [{above: {any: {y: {in: [1999, 1970]}}}}, {id: 4}]}", &[1, 2, 3, 4]),
        ("{or: [{below: {any: {y: 0}}}, {id: 4}]}", &[1, 4]),
        ("{not: {below: {any: {up: 1970}}}}", &[1, 2, 4]),
        ("{above: {none: {y: {like: \"19%\"}}}}", &[4]),
    ];
    for server in family() {
        let url = server.database(sql);
        let catalog = server.catalog(&url);
        let graph = eagerly::graph::GraphFile::parse(file).and_then(|file| file.over(&catalog)).unwrap();
        for (condition, ids) in conditions {
            let spec = LoadSpec::parse(&format!("{{ p(where: {condition}) {{ id }} }}")).unwrap();
            let expected = Json::from(ids.iter().map(|id| json!({"id": id})).collect::<Vec<_>>());
            for treatment in Treatment::DEFAULT {
                let loaded = OnServers::default().load(server.backend(), &url, &graph, &treatment.apply(&graph, &spec));
                judge(treatment, loaded, &expected).unwrap_or_else(|why| panic!("{} {why}", server.backend().name()));
            }
        }
        let spec = "{ p { id above(where: {or: [{above: {none: {y: 1999}}}, {id: 99}]}) { id } } }";
        let spec = LoadSpec::parse(spec).unwrap();
        let expected = json!([{"id": 1, "above": {"id": 2}}, {"id": 2, "above": {"id": 3}}, {"id": 3, "above": {"id": 3}},
            {"id": 4, "above": null}]);
        for treatment in Treatment::DEFAULT {
            let loaded = OnServers::default().load(server.backend(), &url, &graph, &treatment.apply(&graph, &spec));
            judge(treatment, loaded, &expected).unwrap_or_else(|why| panic!("{} {why}", server.backend().name()));
        }
    }
}

/// Keys that begin alike for longer than the server sorts text by: MariaDB would number the rows of all of them together.
#[test]
fn limits_per_key_tell_long_keys_apart() {
    for server in family() {
        let collation = if server.backend() == Backend::Mariadb { "utf8mb4_nopad_bin" } else { "utf8mb4_0900_bin" };
        let sql = format!(
            "create table p(id int primary key, k varchar(700) collate {collation}, b varbinary(1500), unique(k), unique(b));
            create table c(id int primary key, k varchar(700) collate {collation}, b varbinary(1500));
            insert into p select n, concat(repeat('\u{1f600}', 600), n), concat(repeat('x', 1400), n)
                from (select 1 as n union all select 2 union all select 3) as n;
            insert into c select p.id + 10 * m, k, b from p, (select 0 as m union all select 1 union all select 2) as m;"
        );
        let file = "[entity.p.relationship]\n\
            texts = { direction = \"one-to-many\", target = \"c\", on = { k = \"k\" } }\n\
            bytes = { direction = \"one-to-many\", target = \"c\", on = { b = \"b\" } }";
        let url = server.database(&sql);
        let catalog = server.catalog(&url);
        let graph = eagerly::graph::GraphFile::parse(file).and_then(|file| file.over(&catalog)).unwrap();
        let limits = [("limit: 1", &[0][..]), ("limit: 1, order: [\"-id\"]", &[2]), ("limit: 2, offset: 1", &[1, 2])];
        for (name, (arguments, places)) in ["texts", "bytes"].into_iter().flat_map(|name| limits.map(|l| (name, l))) {
            let spec = LoadSpec::parse(&format!("{{ p {{ id {name}({arguments}) {{ id }} }} }}")).unwrap();
            let children = |id: i32| places.iter().map(|at| json!({"id": id + 10 * at})).collect::<Vec<_>>();
            let expected: Json = (1..4).map(|id| json!({"id": id, name: children(id)})).collect();
            for treatment in Treatment::DEFAULT {
                let treated = treatment.apply(&graph, &spec);
                let loaded = OnServers::default().load(server.backend(), &url, &graph, &treated);
                judge(treatment, loaded, &expected).unwrap_or_else(|why| panic!("{} {why}", server.backend().name()));
            }
        }
    }
}
