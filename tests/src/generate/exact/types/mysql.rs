//! Types of MariaDB and MySQL. Values are written without a strict mode: `'?'` becomes the error value of an ENUM.

use super::{Form, Type};

/// A zone with daylight saving, where the server's tables have none.
pub(super) const PRELUDE: &str = "
    SET @has = (SELECT COUNT(*) FROM mysql.time_zone_name WHERE Name = 'Europe/Berlin');
    INSERT INTO mysql.time_zone (Use_leap_seconds) SELECT 'N' FROM (SELECT 1) AS one WHERE @has = 0;
    SET @zone = LAST_INSERT_ID();
    INSERT INTO mysql.time_zone_name (Name, Time_zone_id) SELECT 'Europe/Berlin', @zone FROM (SELECT 1) AS one WHERE @has = 0;
    INSERT INTO mysql.time_zone_transition_type (Time_zone_id, Transition_type_id, `Offset`, Is_DST, Abbreviation)
        SELECT @zone, t, s, d, a FROM (SELECT 0 AS t, 3600 AS s, 0 AS d, 'CET' AS a UNION ALL SELECT 1, 7200, 1, 'CEST') AS two
        WHERE @has = 0;
    INSERT INTO mysql.time_zone_transition (Time_zone_id, Transition_time, Transition_type_id)
        SELECT @zone, t, i FROM (
            SELECT -1693706400 AS t, 1 AS i UNION ALL SELECT -1680483600, 0
            UNION ALL SELECT 1616893200, 1 UNION ALL SELECT 1635642000, 0
            UNION ALL SELECT 1711846800, 1 UNION ALL SELECT 1729990800, 0
            UNION ALL SELECT 1743296400, 1 UNION ALL SELECT 1761440400, 0) AS all_of_them
        WHERE @has = 0;
    CREATE TABLE z (id INT AUTO_INCREMENT PRIMARY KEY)";

const TEXTS: &[&str] = &[
    "'a'", "'b'", "'A'", "''", "' '", "'a '", "'á'", "'\\\\'", "''''", "'0'", "'00'", "'😀'", "'\"'", "'\\n'", "'ß'",
    "'ss'", "'1'", "'%'",
];
/// They begin alike for longer than a session may compare.
const LONG: &[&str] = &[
    "CONCAT(REPEAT('x', 200), 'a')",
    "CONCAT(REPEAT('x', 200), 'b')",
    "REPEAT('x', 200)",
    "'x'",
    "CONCAT(REPEAT('x', 200), 'A')",
    "REPEAT('x', 250)",
];
const DOUBLES: &[&str] = &[
    "1",
    "0.1",
    "0.10000000000000002e0",
    "0.3",
    "0.30000000000000004e0",
    "0",
    "-0.0e0",
    "5e-324",
    "1.7976931348623157e308",
    "-1.7976931348623157e308",
    "9007199254740993",
    "1e15",
    "1e-7",
    "2.2250738585072014e-308",
];
const FLOATS: &[&str] = &[
    "1",
    "0.1",
    "0.10000001e0",
    "0",
    "-0.0e0",
    "1e-45",
    "3.40282346638528e38",
    "-3.40282346638528e38",
    "16777216",
    "16777218",
    "123456.7",
    "123456.75",
    "1e10",
    "1.17549435e-38",
    "0.3",
];
const DATES: &[&str] = &[
    "'2024-01-01'",
    "'2024-02-29'",
    "'0000-00-00'",
    "'2024-00-00'",
    "'2024-01-00'",
    "'1970-01-01'",
    "'9999-12-31'",
    "'0000-01-01'",
    "'1000-01-01'",
    "'0001-01-01'",
];
const DATETIMES: &[&str] = &[
    "'2024-01-01 00:00:00'",
    "'2024-10-27 02:30:00'",
    "'2024-03-31 02:30:00'",
    "'0000-00-00 00:00:00'",
    "'2024-00-00 00:00:00'",
    "'1970-01-01 00:00:01'",
    "'9999-12-31 23:59:59'",
    "'0000-01-01 00:00:00'",
    "'2024-10-27 01:30:00'",
];
const FINE_DATETIMES: &[&str] = &[
    "'2024-01-01 00:00:00'",
    "'2024-10-27 02:30:00.000001'",
    "'2024-10-27 02:30:00'",
    "'9999-12-31 23:59:59.999'",
    "'0000-00-00 00:00:00'",
    "'2024-00-00 00:00:00.5'",
    "'2024-10-27 02:30:00.1'",
];
const INSTANTS: &[&str] = &[
    "'2024-01-01 00:00:00'",
    "'2024-10-27 00:30:00'",
    "'2024-10-27 01:30:00'",
    "'2024-10-27 02:30:00'",
    "'2024-03-31 00:59:59'",
    "'2024-03-31 01:00:00'",
    "'1970-01-01 00:00:01'",
    "'2038-01-19 03:14:07'",
    "'0000-00-00 00:00:00'",
    "'2021-10-31 00:00:00'",
];
const FINE_INSTANTS: &[&str] = &[
    "'2024-01-01 00:00:00'",
    "'2024-10-27 00:30:00.5'",
    "'2024-10-27 01:30:00.5'",
    "'2024-10-27 00:30:00.500001'",
    "'2038-01-19 03:14:06.999999'",
    "'1970-01-01 00:00:01'",
    "'0000-00-00 00:00:00'",
    "'1970-01-01 00:00:01.000001'",
];
const TIMES: &[&str] =
    &["'00:00:00'", "'23:59:59'", "'838:59:59'", "'-838:59:59'", "'-00:00:01'", "'24:00:00'", "'-10:00:00'"];
const YEARS: &[&str] = &["2024", "'0000'", "2000", "1901", "2155", "1970", "'2001'", "1999"];
const ENUMS: &[&str] = &["'a'", "'b'", "''", "'?'", "'2'", "'é'"];

macro_rules! family {
    ($($own:expr),* $(,)?) => { &[
    Type::new("int", "number", Form::Integer, &["1", "2", "3", "0", "-1", "2147483647", "-2147483648"]),
    Type::new("tinyint", "number", Form::Integer, &["1", "2", "3", "0", "-1", "127", "-128"]),
    Type::new("smallint unsigned", "number", Form::Integer, &["1", "2", "3", "0", "65535"]),
    Type::new("mediumint", "number", Form::Integer, &["1", "2", "8388607", "-8388608"]),
    Type::new("bigint", "number", Form::Integer, &[
        "1", "2", "0", "-1", "9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808",
    ]),
    Type::new("bigint unsigned", "number", Form::Integer, &[
        "1", "2", "0", "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615",
    ]),
    Type::new("int(8) zerofill", "number", Form::Integer, &["1", "2", "0", "4294967295"]),
    Type::new("tinyint(1)", "number", Form::Boolean, &["1", "0", "2", "-1"]),
    Type::new("bit(1)", "bit", Form::Integer, &["b'0'", "b'1'"]),
    Type::new("bit(64)", "bit", Form::Integer, &["b'0'", "b'1'", "x'ffffffffffffffff'", "x'8000000000000000'", "x'30'"]),
    Type::new("decimal(20,2)", "number", Form::Text, &["1", "2", "0.01", "-0.5", "999999999999999999.99", "-999999999999999999.99"]),
    Type::new("decimal(65,30)", "number", Form::Text, &[
        "1", "2", "0.1", "0.100000000000000000000000000001", "99999999999999999999999999999999999.999999999999999999999999999999",
        "9007199254740993", "9007199254740992", "0",
    ]),
    Type::new("decimal(10,0) unsigned", "number", Form::Text, &["1", "2", "0", "9999999999"]),
    Type::new("float", "float", Form::Single, FLOATS),
    Type::new("double", "float", Form::Float, DOUBLES),
    Type::new("float unsigned", "float", Form::Single, &["1", "0.1", "0", "3.40282346638528e38", "16777216"]),
    Type::new("double(10,2)", "float", Form::Float, &["1", "0.1", "99999999.99"]),
    Type::new("varchar(20) COLLATE utf8mb4_general_ci", "text", Form::Text, TEXTS).collated("utf8mb4_general_ci"),
    Type::new("varchar(20) COLLATE utf8mb4_bin", "text", Form::Text, TEXTS).collated("utf8mb4_bin"),
    Type::new("varchar(20) COLLATE utf8mb4_unicode_ci", "text", Form::Text, TEXTS).collated("utf8mb4_unicode_ci"),
    Type::new("char(5) COLLATE utf8mb4_bin", "text", Form::Text, TEXTS).collated("utf8mb4_bin"),
    Type::new("char(5) COLLATE utf8mb4_general_ci", "text", Form::Text, TEXTS).collated("utf8mb4_general_ci"),
    Type::new("varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci", "latin", Form::Text, &["'a'", "'b'", "'A'", "''", "'á'", "'a '", "'\\\\'"]),
    Type::new("char(5) CHARACTER SET latin1 COLLATE latin1_bin", "latinbin", Form::Text, &["'a'", "'b'", "'A'", "''", "'á'", "'a '"]),
    Type::new("varchar(250) COLLATE utf8mb4_bin", "long", Form::Text, LONG).collated("utf8mb4_bin"),
    Type::new("varbinary(250)", "bytes", Form::Bytes, LONG),
    Type::new("text COLLATE utf8mb4_bin", "text", Form::Text, TEXTS).collated("utf8mb4_bin").compared(),
    Type::new("enum('a','b','2','1','é','') COLLATE utf8mb4_bin", "enum", Form::Text, ENUMS),
    Type::new("enum('b','a','0') COLLATE utf8mb4_general_ci", "enumci", Form::Text, &["'a'", "'b'", "'A'", "'0'", "'?'"]),
    Type::new("set('a','b','c') COLLATE utf8mb4_bin", "set", Form::Text, &["'a'", "''", "'a,b'", "'c,a'", "'b'", "7"]),
    Type::new("date", "moment", Form::Moment, DATES),
    Type::new("datetime", "moment", Form::Moment, DATETIMES),
    Type::new("datetime(6)", "moment", Form::Moment, FINE_DATETIMES),
    Type::new("datetime(3)", "moment", Form::Moment, FINE_DATETIMES),
    Type::new("timestamp NULL", "instant", Form::Instant, INSTANTS),
    Type::new("timestamp(6) NULL", "instant", Form::Instant, FINE_INSTANTS),
    Type::new("timestamp(1) NULL", "instant", Form::Instant, FINE_INSTANTS),
    Type::new("time", "time", Form::Text, TIMES),
    Type::new("time(6)", "time", Form::Text, &["'00:00:00'", "'-00:00:00.000001'", "'838:59:59'", "'12:00:00.5'", "'-838:59:58.999999'"]),
    Type::new("year", "year", Form::Integer, YEARS),
    Type::new("binary(3)", "bytes", Form::Bytes, &["'a'", "x'00'", "''", "x'ff00ff'", "x'5c27'", "'A'"]),
    Type::new("varbinary(5)", "bytes", Form::Bytes, &["'a'", "x'00'", "''", "x'ff00ff'", "x'5c27'", "'a '", "'A'"]),
    Type::new("blob", "bytes", Form::Bytes, &["'a'", "x'00'", "''", "x'ff00ff'", "'a '"]).compared(),
    Type::new("json", "json", Form::Json, &["'{\"a\": 1}'", "'[1, 2]'", "'null'", "'\"x\"'", "'1.5'"]).payload(),
    $($own,)*
    ] };
}

pub(super) const MARIADB: &[Type] = family![
    Type::new("varchar(20) COLLATE utf8mb4_nopad_bin", "text", Form::Text, TEXTS).collated("utf8mb4_nopad_bin"),
    Type::new("char(5) COLLATE utf8mb4_nopad_bin", "text", Form::Text, TEXTS).collated("utf8mb4_nopad_bin"),
    Type::new("varchar(20) COLLATE utf8mb4_general_nopad_ci", "text", Form::Text, TEXTS)
        .collated("utf8mb4_general_nopad_ci"),
    Type::new(
        "uuid",
        "uuid",
        Form::Text,
        &[
            "'00000000-0000-0000-0000-000000000000'",
            "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "'a0eebc99-9c0b-11ee-bb6d-6bb9bd380a11'",
        ]
    ),
    Type::new("inet6", "inet6", Form::Text, &["'::1'", "'::ffff:1.2.3.4'", "'fe80::'", "'::'"]),
    Type::new("inet4", "inet4", Form::Text, &["'1.2.3.4'", "'0.0.0.0'", "'255.255.255.255'"]),
];

pub(super) const MYSQL: &[Type] = family![
    Type::new("varchar(20) COLLATE utf8mb4_0900_bin", "text", Form::Text, TEXTS).collated("utf8mb4_0900_bin"),
    Type::new("varchar(20) COLLATE utf8mb4_0900_ai_ci", "text", Form::Text, TEXTS).collated("utf8mb4_0900_ai_ci"),
    Type::new("char(5) COLLATE utf8mb4_0900_bin", "text", Form::Text, TEXTS).collated("utf8mb4_0900_bin"),
];
