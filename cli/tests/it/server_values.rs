//! How the values of servers come out: the contract on JSON, type by type. What has no form here is carried as text, or
//! is an error that names its column and type, and never another value.

#![allow(clippy::unwrap_used)]

use crate::support::Place;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::server;

/// Runs a test on one server, if it is there.
fn on(backend: Backend, sql: &str, test: impl Fn(&Place, &str)) {
    if let Some(server) = server(backend) {
        test(&Place::empty(), &server.database(sql));
    }
}

/// The values of one column, as they stand in the output.
fn shown(place: &Place, url: &str, column: &str) -> Vec<String> {
    let text = place.run(&["load", url, &format!("{{ v {{ {column} }} }}"), "--format", "ndjson"]).text();
    let value = |line: &str| line[column.len() + 4..line.len() - 1].to_owned();
    text.lines().map(value).collect()
}

#[test]
fn values_of_postgres() {
    let sql = r#"
        CREATE DOMAIN amount AS numeric(10, 2);
        CREATE TYPE mood AS ENUM ('sad', 'so "happy"');
        CREATE TABLE v (
            id int PRIMARY KEY, flag boolean, big bigint, small smallint, single real, dbl double precision,
            price numeric(30, 4), exact numeric, dom amount, body text, padded char(4), raw bytea, uid uuid, doc json,
            docb jsonb, day date, clock time, clockz timetz, at timestamp, atz timestamptz, feeling mood, vc varchar(9));
        INSERT INTO v VALUES
            (1, true, 9223372036854775807, -32768, 0.1, 0.1, 1.1, 1e-20, 2.5, E'a"\n', 'ab', '\x00ff10',
             '6F9619FF-8B86-D011-B42D-00C04FC964FF', E'{"b" : [1.0,\n  12345678901234567890], "a": " x " }',
             '{"b": 1.50, "a": null}', '2024-02-29', '23:59:59.5', '12:00:00+05:45', '2024-02-29 12:00:00.123456',
             '2024-02-29 12:00:00+02', 'so "happy"', 'é😀'),
            (2, false, -9223372036854775808, 32767, 1e38, 5e-324, -0.5, 'NaN', NULL, '', '', '', NULL, '"text"', '[]',
             '0044-03-15 BC', '00:00', '24:00:00-12', 'infinity', '0001-01-01 00:00+00', 'sad', '');
    "#;
    on(Backend::Postgres, sql, |place, url| {
        for (column, expected) in [
            ("flag", ["true", "false"]),
            ("big", ["9223372036854775807", "-9223372036854775808"]),
            ("small", ["-32768", "32767"]),
            ("single", ["0.1", "1e+38"]),
            ("dbl", ["0.1", "5e-324"]),
            ("price", [r#""1.1000""#, r#""-0.5000""#]),
            ("exact", [r#""0.00000000000000000001""#, r#""NaN""#]),
            ("dom", [r#""2.50""#, "null"]),
            ("body", [r#""a\"\n""#, r#""""#]),
            ("padded", [r#""ab  ""#, r#""    ""#]),
            ("raw", [r#""AP8Q""#, r#""""#]),
            ("uid", [r#""6f9619ff-8b86-d011-b42d-00c04fc964ff""#, "null"]),
            ("doc", [r#"{"b":[1.0,12345678901234567890],"a":" x "}"#, r#""text""#]),
            ("docb", [r#"{"a":null,"b":1.50}"#, "[]"]),
            ("day", [r#""2024-02-29""#, r#""-0043-03-15""#]),
            ("clock", [r#""23:59:59.5""#, r#""00:00:00""#]),
            ("clockz", [r#""12:00:00+05:45""#, r#""24:00:00-12:00""#]),
            ("at", [r#""2024-02-29T12:00:00.123456""#, r#""infinity""#]),
            ("atz", [r#""2024-02-29T10:00:00+00:00""#, r#""0001-01-01T00:00:00+00:00""#]),
            ("feeling", [r#""so \"happy\"""#, r#""sad""#]),
            ("vc", [r#""é😀""#, r#""""#]),
        ] {
            assert_eq!(shown(place, url, column), expected, "{column}");
        }
    });
}

#[test]
fn types_of_postgres_without_a_form_are_text() {
    let sql = r#"
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN numbers AS int[];
        CREATE TABLE v (id int PRIMARY KEY, list int[], words text[], span int4range, address inet, place point,
            both_ pair, more numbers, gap interval, bits bit(3), doc xml, path tsvector);
        INSERT INTO v VALUES (7, '{1,2}', '{a,"b c"}', '[1,5)', '10.0.0.1/8', '(1,2)', '(1,x)', '{3}', '1 mon 2 days 03:00',
            B'101', '<a/>', 'fat cat');
    "#;
    on(Backend::Postgres, sql, |place, url| {
        for (column, expected) in [
            ("list", r#""{1,2}""#),
            ("words", r#""{a,\"b c\"}""#),
            ("span", r#""[1,5)""#),
            ("address", r#""10.0.0.1/8""#),
            ("place", r#""(1,2)""#),
            ("both_", r#""(1,x)""#),
            ("more", r#""{3}""#),
            ("gap", r#""P1M2DT3H""#),
            ("bits", r#""101""#),
            ("doc", r#""<a/>""#),
            ("path", r#""'cat' 'fat'""#),
        ] {
            assert_eq!(shown(place, url, column), [expected], "{column}");
        }
    });
}

#[test]
fn values_of_mariadb_and_mysql() {
    let sql = r#"
        CREATE TABLE v (
            id int PRIMARY KEY, flag tinyint(1), wide tinyint, big bigint, huge bigint unsigned, single float, dbl double,
            price decimal(30, 4), body text, padded char(4), raw varbinary(9), blobs blob, doc json, day date,
            clock time(1), span time, at datetime(6), year_ year, bits bit(9), feeling enum('sad', 'so "happy"'),
            many set('a', 'b'), vc varchar(9));
        INSERT INTO v VALUES
            (1, 1, 1, 9223372036854775807, 18446744073709551615, 0.1, 0.1, 1.1, 'a"\n', 'ab', x'00ff10', x'ff',
             '{"b" : [1.0,\n  12345678901234567890], "a": " x " }', '2024-02-29', '23:59:59.5', '-800:00:01',
             '2024-02-29 12:00:00.123456', 2024, b'100000001', 'so "happy"', 'a,b', 'é😀'),
            (2, 2, 0, -9223372036854775808, 0, 1e38, 5e-308, -0.5, '', '', '', NULL, '"text"', '1000-01-01', '00:00', '00:00',
             '1000-01-01', 1901, 0, 'sad', '', '');
    "#;
    for backend in [Backend::Mariadb, Backend::Mysql] {
        let document = match backend {
            Backend::Mariadb => r#"{"b":[1.0,12345678901234567890],"a":" x "}"#,
            // MySQL orders the keys of documents.
            _ => r#"{"a":" x ","b":[1.0,12345678901234567890]}"#,
        };
        on(backend, sql, |place, url| {
            for (column, expected) in [
                ("flag", ["true", "2"]),
                ("wide", ["1", "0"]),
                ("big", ["9223372036854775807", "-9223372036854775808"]),
                ("huge", ["18446744073709551615", "0"]),
                ("single", ["0.1", "1e+38"]),
                ("dbl", ["0.1", "5e-308"]),
                ("price", [r#""1.1000""#, r#""-0.5000""#]),
                ("body", [r#""a\"\n""#, r#""""#]),
                ("padded", [r#""ab""#, r#""""#]),
                ("raw", [r#""AP8Q""#, r#""""#]),
                ("blobs", [r#""/w==""#, "null"]),
                ("doc", [document, r#""text""#]),
                ("day", [r#""2024-02-29""#, r#""1000-01-01""#]),
                ("clock", [r#""23:59:59.5""#, r#""00:00:00.0""#]),
                ("span", [r#""-800:00:01""#, r#""00:00:00""#]),
                ("at", [r#""2024-02-29T12:00:00.123456""#, r#""1000-01-01T00:00:00.000000""#]),
                ("year_", ["2024", "1901"]),
                ("bits", ["257", "0"]),
                ("feeling", [r#""so \"happy\"""#, r#""sad""#]),
                ("many", [r#""a,b""#, r#""""#]),
                ("vc", [r#""é😀""#, r#""""#]),
            ] {
                assert_eq!(shown(place, url, column), expected, "{column} of {backend:?}");
            }
        });
    }
}

#[test]
fn types_of_mariadb_without_a_form_are_text_or_named() {
    let sql = "CREATE TABLE v (id int PRIMARY KEY, place point, uid uuid, address inet6);
        INSERT INTO v VALUES (7, POINT(1, 2), '6F9619FF-8B86-D011-B42D-00C04FC964FF', '::ffff:10.0.0.1');";
    on(Backend::Mariadb, sql, |place, url| {
        assert_eq!(shown(place, url, "uid"), [r#""6f9619ff-8b86-d011-b42d-00c04fc964ff""#]);
        assert_eq!(shown(place, url, "address"), [r#""::ffff:10.0.0.1""#]);
        for spec in ["{ v { place } }", "{ v }"] {
            let words = ["E0302", "`v.place`", "geometry", "id = 7", "leave the column out"];
            place.refuses(&["load", url, spec], 2, &words);
        }
        place.run(&["load", url, "{ v @except(columns: [\"place\"]) }"]).json();
    });
}

#[test]
fn a_float_that_is_not_finite_names_its_column_and_row() {
    let sql = "CREATE TABLE v (id int PRIMARY KEY, name text, score double precision);
        INSERT INTO v VALUES (1, 'one', 1.5), (2, 'two', 'NaN'), (3, 'three', '-Infinity');";
    on(Backend::Postgres, sql, |place, url| {
        for (id, value) in [(2, "NaN"), (3, "-inf")] {
            let spec = format!("{{ v(where: {{id: {{in: [1, {id}]}}}}) {{ name score }} }}");
            let arguments = ["load", url, &spec];
            place.refuses(&arguments, 3, &["E0406", "v.score", &format!("id = {id}"), value, "leave the column out"]);
        }
        place.run(&["load", url, "{ v { name } }"]).json();
    });
}

/// MariaDB's JSON is text with a check, which can be switched off.
#[test]
fn a_document_that_is_no_json_names_its_column_and_row() {
    let sql = "CREATE TABLE v (id int PRIMARY KEY, doc json); SET check_constraint_checks = 0;
        INSERT INTO v VALUES (1, '{}'), (2, '{a: 1}');";
    on(Backend::Mariadb, sql, |place, url| {
        place.refuses(&["load", url, "{ v { doc } }"], 3, &["E0406", "v.doc", "id = 2", "no JSON"]);
        assert_eq!(shown(place, url, "id"), ["1", "2"]);
    });
}
