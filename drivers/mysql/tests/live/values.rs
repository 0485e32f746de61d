//! Every type, at its extremes, as it comes out of a load.

use crate::load::{plan, planner};
use crate::server::{on, with_database, with_mariadb};
use eagerly::error::code;
use eagerly::value::Value;
use eagerly_mysql::load;
use eagerly_tests::database::Backend;
use mysql_async::prelude::Queryable;

/// A type, a literal, and what comes out.
fn cases() -> Vec<(&'static str, &'static str, Value)> {
    let text = |t: &str| Value::Text(t.to_owned());
    let bytes = |b: &[u8]| Value::Bytes(b.to_vec());
    let integer = Value::Integer;
    vec![
        ("tinyint(1)", "1", integer(1)),
        ("tinyint(1)", "-7", integer(-7)),
        ("tinyint", "-128", integer(-128)),
        ("tinyint unsigned", "255", integer(255)),
        ("smallint", "-32768", integer(-32_768)),
        ("smallint unsigned", "65535", integer(65_535)),
        ("mediumint", "-8388608", integer(-8_388_608)),
        ("mediumint unsigned", "16777215", integer(16_777_215)),
        ("int", "-2147483648", integer(i64::from(i32::MIN))),
        ("int unsigned", "4294967295", integer(i64::from(u32::MAX))),
        ("int(5) zerofill", "42", integer(42)),
        ("bigint", "-9223372036854775808", integer(i64::MIN)),
        ("bigint", "9223372036854775807", integer(i64::MAX)),
        ("bigint unsigned", "9223372036854775807", integer(i64::MAX)),
        ("bigint unsigned", "18446744073709551615", Value::from(u64::MAX)),
        ("bigint(25) unsigned zerofill", "9223372036854775808", Value::from(1_u64 << 63)),
        ("bit(64)", "0xffffffffffffffff", Value::from(u64::MAX)),
        ("year", "2155", integer(2_155)),
        ("year", "0", integer(0)),
        ("bit", "1", integer(1)),
        ("bit(12)", "0xabc", integer(0xabc)),
        ("bit(63)", "0x7fffffffffffffff", integer(i64::MAX)),
        ("float", "0.1", Value::Float(0.1)),
        ("float", "-3.40282e38", Value::Float(-3.40282e38)),
        ("double", "0.1", Value::Float(0.1)),
        ("double", "1.7976931348623157e308", Value::Float(f64::MAX)),
        ("double", "5e-324", Value::Float(5e-324)),
        (
            "decimal(65,30)",
            "-12345678901234567890123456789012345.123456789012345678901234567890",
            text("-12345678901234567890123456789012345.123456789012345678901234567890"),
        ),
        ("decimal(5,2)", "0", text("0.00")),
        ("date", "'0000-00-00'", text("0000-00-00")),
        ("date", "'2024-02-29'", text("2024-02-29")),
        ("date", "'9999-12-31'", text("9999-12-31")),
        ("datetime", "'0000-00-00'", text("0000-00-00T00:00:00")),
        ("datetime", "'2024-02-29 00:00:00'", text("2024-02-29T00:00:00")),
        ("datetime(3)", "'2024-02-29 23:59:59.5'", text("2024-02-29T23:59:59.500")),
        ("datetime(6)", "'9999-12-31 23:59:59.999999'", text("9999-12-31T23:59:59.999999")),
        ("timestamp(6)", "'2024-02-29 01:02:03.000001'", text("2024-02-28T23:02:03.000001+00:00")),
        ("timestamp(3)", "'2024-02-29 01:02:03.500'", text("2024-02-28T23:02:03.5+00:00")),
        ("timestamp", "'2021-10-31 02:00:00'", text("2021-10-31T00:00:00+00:00")),
        ("timestamp", "0", text("0000-00-00T00:00:00+00:00")),
        ("time", "'00:00:00'", text("00:00:00")),
        ("time(6)", "'-838:59:59.999999'", text("-838:59:59.999999")),
        ("time(2)", "'25:01:02.5'", text("25:01:02.50")),
        ("char(4)", "'a  '", text("a")),
        ("varchar(9)", "'a  '", text("a  ")),
        ("varchar(9)", "''", text("")),
        ("varchar(9) character set latin1", "'\u{e9}'", text("\u{e9}")),
        ("varchar(9) character set ucs2", "'\u{3b1}'", text("\u{3b1}")),
        ("longtext", "CONCAT('\u{1f600}', CHAR(0), REPEAT('x', 20))", text("\u{1f600}\0xxxxxxxxxxxxxxxxxxxx")),
        ("enum('a','B c')", "'B c'", text("B c")),
        ("enum('a')", "0", text("")),
        ("set('a','b','c')", "'c,a'", text("a,c")),
        ("binary(3)", "'a'", bytes(b"a\0\0")),
        ("varbinary(9)", "X'00FF80'", bytes(&[0, 0xff, 0x80])),
        ("varchar(9) character set binary", "X'FF'", bytes(&[0xff])),
        ("longblob", "''", bytes(b"")),
        ("json", "'{\"a\": [1, null]}'", text("{\"a\": [1, null]}")),
        ("inet6", "'::1'", text("::1")),
    ]
}

#[test]
fn every_type_comes_out_as_its_value_and_as_null() {
    every_type_comes_out(Backend::Mariadb, cases());
}

#[test]
fn every_type_of_mysql_comes_out_as_its_value_and_as_null() {
    // It has no inet6, and ends at whole seconds where MariaDB has 838:59:59.999999.
    let missing = ["inet6", "time(6)"];
    let own = ("time(6)", "'-838:59:58.999999'", Value::Text("-838:59:58.999999".to_owned()));
    let cases = cases().into_iter().filter(|(ty, ..)| !missing.contains(ty)).chain([own]);
    every_type_comes_out(Backend::Mysql, cases.collect());
}

fn every_type_comes_out(backend: Backend, cases: Vec<(&'static str, &'static str, Value)>) {
    let columns: Vec<String> = cases.iter().enumerate().map(|(i, (ty, ..))| format!("c{i} {ty} NULL")).collect();
    let schema = format!("CREATE TABLE t (id int PRIMARY KEY, {})", columns.join(", "));
    on(backend, &schema, |mut connection, _| async move {
        let conn = connection.conn().unwrap();
        conn.query_drop("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+02:00'").await.unwrap();
        let literals: Vec<&str> = cases.iter().map(|(_, literal, _)| *literal).collect();
        conn.query_drop(format!("INSERT INTO t VALUES (1, {})", literals.join(", "))).await.unwrap();
        // A timestamp that may be NULL, so that nothing fills it in.
        conn.query_drop("INSERT INTO t (id) VALUES (2)").await.unwrap();
        let planner = planner(&mut connection).await;
        let graph = load(&mut connection, &plan(&planner, "{ t }")).await.unwrap_or_else(|e| panic!("{e}"));
        let rows: Vec<_> = graph.roots().collect();
        for (i, (ty, literal, expected)) in cases.iter().enumerate() {
            let name = format!("c{i}");
            assert_eq!(rows[0].get(&name), Some(expected.as_ref()), "{ty} {literal}");
            assert_eq!(rows[1].get(&name), Some(Value::Null.as_ref()), "{ty}");
        }
    });
}

#[test]
fn json_says_true_where_a_tinyint_1_does_and_numbers_as_they_are() {
    let schema = "CREATE TABLE t (id int PRIMARY KEY, b tinyint(1), f float, d decimal(4,2), x binary(2));
        INSERT INTO t VALUES (1, 1, 0.3, 1.5, 'ab'), (2, 0, 16777216, -1.5, X'FF00'), (3, 2, 0, 0, NULL)";
    with_database(schema, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let graph = load(&mut connection, &plan(&planner, "{ t }")).await.unwrap();
        let expected = concat!(
            r#"[{"id":1,"b":true,"f":0.3,"d":"1.50","x":"YWI="},"#,
            r#"{"id":2,"b":false,"f":16777216.0,"d":"-1.50","x":"/wA="},"#,
            r#"{"id":3,"b":2,"f":0.0,"d":"0.00","x":null}]"#
        );
        assert_eq!(graph.to_json().unwrap(), expected);
    });
}

#[test]
fn uuids_are_text() {
    let schema = "CREATE TABLE t (id int PRIMARY KEY, u uuid);
        INSERT INTO t VALUES (1, '123E4567-E89B-12D3-A456-426655440000')";
    with_mariadb("MySQL has no type uuid", schema, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let graph = load(&mut connection, &plan(&planner, "{ t { u } }")).await.unwrap();
        assert_eq!(graph.to_json().unwrap(), r#"[{"u":"123e4567-e89b-12d3-a456-426655440000"}]"#);
    });
}

#[test]
fn what_has_no_form_names_its_type_column_and_row() {
    let schema = "CREATE TABLE t (id int PRIMARY KEY, g point NULL);
        INSERT INTO t VALUES (1, NULL), (2, POINT(1, 2))";
    with_database(schema, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let errors = load(&mut connection, &plan(&planner, "{ t { g } }")).await.unwrap_err();
        let error = errors.first();
        assert_eq!(error.code, code::NOT_SUPPORTED, "{errors}");
        assert!(error.message.contains("`t.g` has the type geometry"), "{errors}");
        assert!(error.message.contains("id = 2"), "{errors}");
        // The connection goes on after a result that was left in the middle.
        let graph = load(&mut connection, &plan(&planner, "{ t(where: {id: 1}) { g } }")).await.unwrap();
        assert_eq!(graph.to_json().unwrap(), r#"[{"g":null}]"#);
    });
}

#[test]
fn integers_beyond_63_bits_are_numbers_and_keys() {
    let schema = "CREATE TABLE t (id bigint unsigned PRIMARY KEY, up bigint unsigned NULL REFERENCES t (id));
        INSERT INTO t VALUES (9223372036854775808, NULL), (18446744073709551615, 9223372036854775808)";
    with_database(schema, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let spec = "{ t(order: [\"id\"]) { id t_via_up @joined { id } } }";
        let graph = load(&mut connection, &plan(&planner, spec)).await.unwrap();
        let expected = concat!(
            r#"[{"id":9223372036854775808,"t_via_up":null},"#,
            r#"{"id":18446744073709551615,"t_via_up":{"id":9223372036854775808}}]"#
        );
        assert_eq!(graph.to_json().unwrap(), expected);
    });
}

#[test]
fn a_timestamp_that_a_plan_does_not_know_is_refused() {
    let schema = "CREATE TABLE t (id int PRIMARY KEY, at datetime); INSERT INTO t VALUES (1, '2024-02-29 01:02:03')";
    with_database(schema, |mut connection, _| async move {
        let planner = planner(&mut connection).await;
        let plan = plan(&planner, "{ t { at } }");
        assert_eq!(load(&mut connection, &plan).await.unwrap().to_json().unwrap(), r#"[{"at":"2024-02-29T01:02:03"}]"#);
        connection.conn().unwrap().query_drop("ALTER TABLE t MODIFY at timestamp NULL").await.unwrap();
        let errors = load(&mut connection, &plan).await.unwrap_err();
        assert_eq!(errors.first().code, code::REFUSED, "{errors}");
        assert!(errors.to_string().contains("reads a TIMESTAMP"), "{errors}");
        // The connection goes on.
        connection.settle().await.unwrap();
        connection.conn().unwrap().query_drop("ALTER TABLE t MODIFY at datetime").await.unwrap();
        load(&mut connection, &plan).await.unwrap();
    });
}
