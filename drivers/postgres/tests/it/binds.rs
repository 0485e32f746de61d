//! Values as parameters of every type, alone and as lists: what is bound is what the server sees.

use crate::server::{Database, database};
use eagerly::Cells as _;
use eagerly::value::Value;
use eagerly_postgres::tokio_postgres::Error;
use eagerly_postgres::{Bound, Decoder};

fn ask(database: &Database, sql: &str, bind: &Bound<'_>) -> Result<Vec<Value>, Error> {
    let rows = database.runtime.block_on(database.connection.client().query(sql, &[bind]))?;
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let mut decoder = Decoder::new(first.columns());
    Ok(rows.iter().map(|row| decoder.cells(row).cell(0).unwrap().to_value()).collect())
}

/// Types and values that come back as they were bound.
fn faithful() -> Vec<(&'static str, Vec<Value>)> {
    let texts = |texts: &[&str]| texts.iter().map(|&text| Value::from(text)).collect::<Vec<_>>();
    vec![
        ("int2", vec![(-32_768).into(), 0.into()]),
        ("int4", vec![i32::MIN.into(), i32::MAX.into()]),
        ("int8", vec![i64::MIN.into(), i64::MAX.into()]),
        ("oid", vec![4_294_967_295_i64.into()]),
        ("tiny", vec![1.into()]),
        ("bool", vec![true.into(), false.into()]),
        ("float4", vec![0.1.into(), (-1.5).into(), f64::INFINITY.into()]),
        ("float8", vec![0.1.into(), f64::MAX.into(), 5e-324.into(), f64::NEG_INFINITY.into()]),
        ("numeric", texts(&["12345678901234567890.123456789", "-0.10", "NaN", "Infinity"])),
        (
            "text",
            texts(&["", "NULL", "a,b", "{}", "\"", "\\", "\\\"é\"", " x ", "-0043-03-15", "+10000-01-01", "😀\n\t"]),
        ),
        ("varchar", texts(&["a'b"])),
        ("citext", texts(&["Ab"])),
        ("name", texts(&["Ab"])),
        ("mood", texts(&["ok", "a \"b\", {c}"])),
        ("bytea", vec![Value::Bytes(vec![]), Value::Bytes(vec![0, 34, 92, 255])]),
        ("key", vec![Value::Bytes(vec![1, 2])]),
        ("uuid", texts(&["00112233-4455-6677-8899-aabbccddeeff"])),
        ("json", texts(&["{\"a\": [1, \"\\\\\"]}"])),
        ("jsonb", texts(&["{\"a\": [1, \"\\\\\"]}"])),
        ("date", texts(&["2024-02-29", "-0043-03-15", "0000-12-31", "+5874897-12-31", "infinity", "-infinity"])),
        ("day", texts(&["-0043-03-15"])),
        ("time", texts(&["24:00:00", "12:00:00.000001"])),
        ("timetz", texts(&["12:00:00.5+05:30"])),
        ("timestamp", texts(&["2024-02-29T12:34:56.78", "+294276-12-31T23:59:59.999999", "-4713-11-24T00:00:00"])),
        ("timestamptz", texts(&["2024-02-29T12:34:56.78+00:00", "-0043-03-15T01:00:00+00:00", "-infinity"])),
        ("interval", texts(&["P-1Y-2M3DT-4H-5M-6.789S", "PT0S"])),
    ]
}

const TYPES: &str = "
    CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('ok', 'a \"b\", {c}'); CREATE DOMAIN tiny AS int2;
    CREATE DOMAIN key AS bytea; CREATE DOMAIN day AS date; SET timezone = 'Asia/Kolkata'; SET datestyle = 'SQL, DMY'";

#[test]
fn scalars_come_back() {
    let Some(database) = &database(TYPES) else { return };
    for (ty, values) in faithful() {
        for value in values.iter().chain([&Value::Null]) {
            let found = ask(database, &format!("SELECT $1::{ty}"), &Bound::One(value));
            assert_eq!(
                found.unwrap_or_else(|error| panic!("{value:?}::{ty}: {error:?}")),
                std::slice::from_ref(value),
                "{ty}"
            );
        }
    }
}

/// Integers have a form of their own, which the announced format has to agree with.
#[test]
fn a_list_of_integers_comes_back_through_a_domain() {
    let Some(database) = &database("CREATE DOMAIN ids AS int8[]; CREATE DOMAIN few AS ids") else { return };
    for values in [vec![], vec![Value::Integer(i64::MIN), Value::Integer(7)], vec![Value::Integer(7), Value::Null]] {
        for ty in ["ids", "few"] {
            let sql = format!("SELECT k.v FROM unnest($1::{ty}) WITH ORDINALITY k(v, n) ORDER BY n");
            assert_eq!(ask(database, &sql, &Bound::List(&values)).unwrap(), values, "{ty}");
        }
    }
}

#[test]
fn lists_come_back() {
    let Some(database) = &database(TYPES) else { return };
    for (ty, mut values) in faithful() {
        values.push(Value::Null);
        let sql = format!("SELECT k.v FROM unnest($1::{ty}[]) WITH ORDINALITY k(v, n) ORDER BY n");
        let found = ask(database, &sql, &Bound::List(&values));
        assert_eq!(found.unwrap_or_else(|error| panic!("{ty}: {error:?}")), values, "{ty}");
        let none = ask(database, &format!("SELECT cardinality($1::{ty}[])"), &Bound::List(&[])).unwrap();
        assert_eq!(none, [Value::Integer(0)], "{ty}");
    }
    let many: Vec<Value> = (0..100_000_i64).map(Value::from).collect();
    let sum = ask(database, "SELECT count(*) FROM generate_series(1, 100000) n WHERE n = ANY($1)", &Bound::List(&many));
    assert_eq!(sum.unwrap(), [Value::Integer(99_999)]);
}

#[test]
fn a_number_takes_the_type_of_its_parameter() {
    let Some(database) = &database("") else { return };
    for (ty, value, expected) in [
        ("numeric", Value::Integer(5), Value::from("5")),
        ("numeric", Value::Float(0.1), Value::from("0.1")),
        ("float8", Value::Integer(2), Value::Float(2.0)),
        ("int4", Value::Float(2.0), Value::Integer(2)),
        ("bool", Value::Integer(1), Value::Boolean(true)),
        ("text", Value::Integer(-7), Value::from("-7")),
        ("text", Value::Boolean(true), Value::from("true")),
        ("date", Value::from("2024-02-29"), Value::from("2024-02-29")),
    ] {
        assert_eq!(ask(database, &format!("SELECT $1::{ty}"), &Bound::One(&value)).unwrap(), [expected], "{ty}");
    }
}

#[test]
fn what_a_type_does_not_take_is_refused() {
    let Some(database) = &database("") else { return };
    let state = |ty: &str, value: Value| {
        let error = ask(database, &format!("SELECT $1::{ty}"), &Bound::One(&value)).unwrap_err();
        let ours = eagerly_postgres::database_error(error, "cannot load `post`");
        assert_eq!(ours.code, "E0404");
        ours.to_string()
    };
    assert!(state("int4", Value::Integer(i64::MAX)).contains("out of range for type integer (SQLSTATE 22003"));
    assert!(state("int8", Value::Float(1.5)).contains("a value of the specification is none of its column's type"));
    assert!(state("uuid", Value::from("x")).contains("SQLSTATE 22P02"));
    assert!(state("text", Value::from("a\0b")).contains("SQLSTATE 22021"));
    assert!(state("text", Value::Bytes(vec![1])).contains("bytes are no text"));
    let list = ask(database, "SELECT $1::int4", &Bound::List(&[])).unwrap_err();
    assert!(eagerly_postgres::database_error(list, "x").to_string().contains("a list is no int4"));
}
