//! Every type's values, extremes, NULL, infinity and NaN among them, against the text that the server itself makes.

use crate::server::{Database, database};
use eagerly::value::{Value, ValueRef};
use eagerly::{CellError, Cells as _};
use eagerly_postgres::Decoder;

fn cells(database: &Database, sql: &str) -> Vec<Vec<Result<Value, CellError>>> {
    let rows = database.runtime.block_on(database.connection.client().query(sql, &[]));
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    let Some(first) = rows.first() else { return Vec::new() };
    let mut decoder = Decoder::new(first.columns());
    let read = |row| {
        let cells = decoder.cells(row);
        (0..first.len()).map(|position| cells.cell(position).map(ValueRef::to_value)).collect()
    };
    rows.iter().map(read).collect()
}

#[track_caller]
fn assert_values<T: Into<Value>>(database: &Database, ty: &str, expected: impl IntoIterator<Item = (&'static str, T)>) {
    for (literal, expected) in expected {
        let found = cells(database, &format!("SELECT '{literal}'::{ty}, NULL::{ty}"));
        assert_eq!(found, [[Ok(expected.into()), Ok(Value::Null)]], "{literal}::{ty}");
    }
}

/// What comes out is the server's own text, changed so.
#[track_caller]
fn assert_texts(database: &Database, ty: &str, literals: &[&str], changed: impl Fn(String) -> String) {
    for literal in literals {
        let found = cells(database, &format!("SELECT '{literal}'::{ty}, '{literal}'::{ty}::text"));
        let [Ok(found), Ok(Value::Text(text))] = &found[0][..] else { panic!("{literal}: {found:?}") };
        assert_eq!(*found, Value::Text(changed(text.clone())), "{literal}::{ty}");
    }
}

#[test]
fn scalars() {
    let Some(database) = &database(
        "CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('ok', 'très');
        CREATE DOMAIN tiny AS int2; CREATE DOMAIN sure AS mood;",
    ) else {
        return;
    };
    assert_values(database, "bool", [("t", true), ("f", false)]);
    assert_values(database, "int2", [("-32768", -32_768), ("32767", 32_767)]);
    assert_values(database, "int4", [("-2147483648", i32::MIN), ("2147483647", i32::MAX)]);
    assert_values(database, "int8", [("-9223372036854775808", i64::MIN), ("9223372036854775807", i64::MAX)]);
    assert_values(database, "oid", [("4294967295", 4_294_967_295_i64)]);
    assert_values(database, "tiny", [("7", 7)]);
    assert_values(database, "float4", [("0.1", 0.1), ("3.4028235e38", 3.402_823_5e38), ("1e-45", 1e-45)]);
    assert_values(database, "float4", [("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)]);
    assert_values(database, "float8", [("0.1", 0.1), ("1.7976931348623157e308", f64::MAX), ("5e-324", 5e-324)]);
    assert_values(database, "float8", [("-Infinity", f64::NEG_INFINITY), ("-0", -0.0)]);
    for ty in ["float4", "float8"] {
        let found = cells(database, &format!("SELECT 'NaN'::{ty}"));
        assert!(matches!(found[0][0], Ok(Value::Float(f)) if f.is_nan()));
    }
    for ty in ["text", "varchar", "varchar(9)", "citext", "name"] {
        assert_values(database, ty, [("", ""), ("Éa \"b\" ", "Éa \"b\" "), ("😀", "😀")]);
    }
    assert_values(database, "char(3)", [("a", "a  "), ("abc", "abc")]);
    assert_values(database, "\"char\"", [("a", "a"), ("", "")]);
    assert_values(database, "mood", [("très", "très")]);
    assert_values(database, "sure", [("ok", "ok")]);
    assert_values(database, "bytea", [("\\x", vec![]), ("\\x00ff27", vec![0, 255, 39])]);
    let uuid = "00112233-4455-6677-8899-aabbccddeeff";
    assert_values(database, "uuid", [("00112233445566778899AABBCCDDEEFF", uuid)]);
    assert_values(database, "uuid", [(uuid, uuid)]);
    assert_values(database, "json", [("{\"b\":1, \"b\": 1e400}", "{\"b\":1, \"b\": 1e400}"), ("null", "null")]);
    assert_values(database, "jsonb", [("{\"b\":1,\"a\":\"é\"}", "{\"a\": \"é\", \"b\": 1}"), ("0.10", "0.10")]);
    assert_eq!(cells(database, "SELECT (-56)::\"char\""), [[Ok(Value::from("\\310"))]]);
}

#[test]
fn decimals_keep_every_digit() {
    let Some(database) = &database("") else { return };
    let long = format!("{}.{}", "1234567890".repeat(20), "0987654321".repeat(30));
    let literals = [
        "0",
        "-0",
        "0.00",
        "1",
        "10",
        "9999",
        "10000",
        "10001",
        "99990000",
        "100000000",
        "1e20",
        "-1.5",
        "0.1",
        "0.0001",
        "0.00010",
        "0.00001",
        "0.000000001",
        "1e-20",
        "123456789.000100",
        "1.0000",
        "10000.00001",
        "-0.50",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e1000",
        "1e-1000",
        &long,
    ];
    assert_texts(database, "numeric", &literals, |text| text);
    assert_texts(database, "numeric(20, 6)", &["1.5", "12345678901234.123456", "-0.000001", "0"], |text| text);
    assert_texts(database, "numeric", &[&format!("1{}.{}", "0".repeat(131_071), "0".repeat(16_382) + "1")], |text| {
        text
    });
}

#[test]
fn dates_and_times_are_iso_8601() {
    let Some(database) =
        &database("SET timezone = 'Europe/Berlin'; SET datestyle = 'German'; SET intervalstyle = 'iso_8601'")
    else {
        return;
    };
    assert_values(database, "date", [("2024-02-29", "2024-02-29"), ("1900-03-01", "1900-03-01")]);
    assert_values(database, "date", [("0001-01-01", "0001-01-01"), ("0001-12-31 BC", "0000-12-31")]);
    assert_values(database, "date", [("0044-03-15 BC", "-0043-03-15"), ("4714-11-24 BC", "-4713-11-24")]);
    assert_values(database, "date", [("9999-12-31", "9999-12-31"), ("5874897-12-31", "+5874897-12-31")]);
    assert_values(database, "date", [("infinity", "infinity"), ("-infinity", "-infinity")]);
    assert_values(database, "timestamp", [("2024-02-29 12:34:56.78", "2024-02-29T12:34:56.78")]);
    assert_values(database, "timestamp", [("1999-12-31 23:59:59.999999", "1999-12-31T23:59:59.999999")]);
    assert_values(database, "timestamp", [("294276-12-31 23:59:59.999999", "+294276-12-31T23:59:59.999999")]);
    assert_values(database, "timestamp", [("4714-11-24 00:00:00 BC", "-4713-11-24T00:00:00")]);
    assert_values(database, "timestamp", [("infinity", "infinity"), ("-infinity", "-infinity")]);
    assert_values(database, "timestamptz", [("2024-07-01 00:30:00+02", "2024-06-30T22:30:00+00:00")]);
    assert_values(database, "timestamptz", [("infinity", "infinity")]);
    assert_values(
        database,
        "time",
        [("00:00", "00:00:00"), ("24:00:00", "24:00:00"), ("12:00:00.000001", "12:00:00.000001")],
    );
    assert_values(
        database,
        "timetz",
        [("12:00:00.5+05:30", "12:00:00.5+05:30"), ("01:02:03-15:59:59", "01:02:03-15:59:59")],
    );
    assert_values(database, "timetz", [("12:00:00-00:30", "12:00:00-00:30"), ("12:00:00Z", "12:00:00+00:00")]);
    let intervals = [
        "0",
        "1 year 2 months 3 days 04:05:06.789",
        "-1 year -2 months +3 days -04:05:06.789",
        "1 day -00:00:01",
        "-0.5 seconds",
        "00:01:00",
        "14 months",
        "-178000000 years",
        "2562047788:00:54.775807",
        "1 minute 0.000001 seconds",
        "-1 hour",
    ];
    assert_texts(database, "interval", &intervals, |text| text);
    // Every day of 800 years, and some beyond, as the server counts them.
    let days = "SELECT d::date, to_char(d, 'YYYY-MM-DD') FROM generate_series('1600-01-01'::timestamp, '2400-01-01', '1 day') d";
    let days = cells(database, days);
    assert_eq!(days.len(), 292_195);
    assert!(days.iter().all(|row| row[0] == row[1]));
}

#[test]
fn what_has_no_form_is_told_by_name_and_null_is_null() {
    let Some(database) = &database("CREATE TYPE pair AS (a int, b text)") else { return };
    for (value, ty) in [
        ("ARRAY[1]", "int4[]"),
        ("'[1,2)'::int4range", "int4range"),
        ("'1.2.3.4'::inet", "inet"),
        ("ROW(1, 'x')::pair", "public.pair"),
        ("1::money", "money"),
        ("'a'::tsvector", "tsvector"),
        ("B'101'", "bit"),
    ] {
        let found = cells(database, &format!("SELECT {value}, {value}::text IS NULL"));
        assert_eq!(found, [[Err(CellError::UnknownType(ty.to_owned())), Ok(Value::Boolean(false))]]);
    }
    assert_eq!(cells(database, "SELECT NULL::int4[], NULL::pair"), [[Ok(Value::Null), Ok(Value::Null)]]);
    let sql = "SELECT ARRAY[1, NULL]::text, '[1,2)'::int4range::text, (ROW(1, 'x')::pair)::text";
    assert_eq!(cells(database, sql), [["{1,NULL}", "[1,2)", "(1,x)"].map(|text| Ok(Value::from(text)))]);
}

#[test]
fn text_that_is_not_utf8_is_told() {
    let Some(database) = &database("") else { return };
    let url = database.url.rsplit_once('/').unwrap().0.to_owned() + "/eagerly_test_raw";
    let made = "CREATE DATABASE eagerly_test_raw ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0";
    for step in ["DROP DATABASE IF EXISTS eagerly_test_raw", made] {
        database.runtime.block_on(database.connection.client().batch_execute(step)).unwrap();
    }
    database.runtime.block_on(async {
        let raw = eagerly_postgres::connect(&url).await.unwrap();
        let rows = raw.client().query("SELECT 'ok', E'\\xff'", &[]).await.unwrap();
        let mut decoder = Decoder::new(rows[0].columns());
        let cells = decoder.cells(&rows[0]);
        assert_eq!(cells.cell(0), Ok(ValueRef::Text("ok")));
        assert_eq!(cells.cell(1), Err(CellError::NotUtf8));
        assert_eq!(cells.cell(2), Err(CellError::Missing));
    });
}
