//! Types of PostgreSQL.

use super::{Form, Type};

/// Extensions, collations and types that the columns have, and a schema whose names hide those of the server.
pub(super) const PRELUDE: &str = "
    CREATE EXTENSION IF NOT EXISTS citext;
    CREATE COLLATION plain (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
    CREATE TYPE mood AS ENUM ('b', 'a', 'A', '', ' a');
    CREATE TYPE pair AS (x integer, y text);
    CREATE TYPE reading AS (x float8, at timestamptz);
    CREATE DOMAIN ratio AS float8;
    CREATE DOMAIN ratios AS float8[];
    CREATE DOMAIN moment AS timestamptz;
    CREATE DOMAIN whole AS bigint;
    CREATE DOMAIN label AS varchar(5) COLLATE \"C\";
    CREATE SCHEMA shadow;
    CREATE TABLE shadow.pg_class (oid oid, relname name);
    CREATE TABLE shadow.pg_type (oid oid);
    CREATE TABLE shadow.pg_attribute (attrelid oid);
    CREATE DOMAIN shadow.text AS pg_catalog.text CHECK (false);
    CREATE DOMAIN shadow.jsonb AS pg_catalog.jsonb CHECK (false);
    CREATE DOMAIN shadow.inet AS pg_catalog.inet CHECK (false);
    CREATE DOMAIN shadow.cidr AS pg_catalog.cidr CHECK (false);
    CREATE DOMAIN shadow.regclass AS pg_catalog.regclass CHECK (false);
    CREATE DOMAIN shadow.regproc AS pg_catalog.regproc CHECK (false);
    CREATE DOMAIN shadow.bpchar AS pg_catalog.bpchar CHECK (false);
    CREATE DOMAIN shadow.\"char\" AS pg_catalog.\"char\" CHECK (false);
    CREATE TYPE holder AS (x integer, list text[]);
    CREATE TYPE naming AS (x integer, c regclass);
    CREATE FUNCTION shadow.unnest(pg_catalog.int4[]) RETURNS SETOF pg_catalog.int4 LANGUAGE sql AS 'SELECT 0 WHERE false';
    CREATE FUNCTION shadow.unnest(pg_catalog.int8[]) RETURNS SETOF pg_catalog.int8 LANGUAGE sql AS 'SELECT 0::bigint WHERE false';
    CREATE FUNCTION shadow.unnest(pg_catalog.text[]) RETURNS SETOF pg_catalog.text LANGUAGE sql AS 'SELECT NULL::pg_catalog.text WHERE false';
    CREATE FUNCTION shadow.row_number() RETURNS pg_catalog.int8 LANGUAGE sql AS 'SELECT 0::bigint'";

const FLOATS: &[&str] = &[
    "1",
    "0.1",
    "0.10000000000000002",
    "0.3",
    "0.30000000000000004",
    "0",
    "'-0.0'",
    "'5e-324'",
    "'1.7976931348623157e308'",
    "'-1.7976931348623157e308'",
    "9007199254740993",
    "'Infinity'",
    "'-Infinity'",
    "'NaN'",
    "1e15",
    "1e16",
];
const TEXTS: &[&str] = &[
    "'a'",
    "'b'",
    "'A'",
    "''",
    "' '",
    "'a '",
    "'á'",
    "E'\\\\'",
    "''''",
    "E'a\\u0301'",
    "'0'",
    "'00'",
    "'NULL'",
    "'{}'",
    "'😀'",
    "'\"'",
    "E'\\n'",
    "'b,c'",
    "'Ä'",
];
const SHORT: &[&str] = &["'a'", "'b'", "'A'", "''", "' '", "'a '", "'á'", "E'\\\\'", "''''", "'0'", "'😀'", "'\"'"];
const INSTANTS: &[&str] = &[
    "'2024-01-01 00:00:00+00'",
    "'2024-10-27 00:30:00+00'",
    "'2024-10-27 01:30:00+00'",
    "'2024-03-31 00:59:59.5+00'",
    "'2024-03-31 01:00:00+00'",
    "'1970-01-01 00:00:00.000001+00'",
    "'9999-12-31 23:59:59.999999+00'",
    "'1880-01-01 00:00:00+00'",
    "'0001-01-01 00:00:00+00'",
    "'infinity'",
    "'-infinity'",
];
/// With years that the printed form writes otherwise than the server's own.
const FAR_INSTANTS: &[&str] = &[
    "'2024-10-27 00:30:00+00'",
    "'2024-10-27 01:30:00+00'",
    "'0044-03-15 12:00:00+00 BC'",
    "'4714-11-24 00:00:00+00 BC'",
    "'0001-12-31 23:00:00+00 BC'",
    "'294276-12-31 23:59:59.999999+00'",
    "'10000-01-01 00:00:00+00'",
    "'infinity'",
    "'-infinity'",
];

pub(super) const TYPES: &[Type] = &[
    Type::new("integer", "number", Form::Integer, &["1", "2", "3", "0", "-1", "2147483647", "-2147483648"]),
    Type::new("smallint", "number", Form::Integer, &["1", "2", "3", "0", "-1", "32767", "-32768"]),
    Type::new(
        "bigint",
        "number",
        Form::Integer,
        &[
            "1",
            "2",
            "3",
            "0",
            "-1",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
        ],
    ),
    Type::new("whole", "number", Form::Integer, &["1", "2", "3", "9007199254740993", "-9223372036854775808"]),
    Type::new("oid", "oid", Form::Integer, &["1", "2", "0", "4294967295", "2147483648"]),
    Type::new("boolean", "boolean", Form::Boolean, &["true", "false"]),
    Type::new(
        "numeric",
        "number",
        Form::Text,
        &[
            "1",
            "2",
            "1.0",
            "1.00",
            "0",
            "0.1",
            "0.10000000000000001",
            "'NaN'",
            "'Infinity'",
            "'-Infinity'",
            "1e-20",
            "1e20",
            "123456789012345678901234567890.123456789",
            "-0.5",
            "18446744073709551616",
        ],
    ),
    Type::new("numeric(10,2)", "number", Form::Text, &["1", "2", "0.01", "99999999.99", "-99999999.99", "0", "'NaN'"]),
    Type::new(
        "float4",
        "float",
        Form::Single,
        &[
            "1",
            "0.1",
            "'0.10000001'",
            "0.3",
            "0",
            "'-0.0'",
            "'1e-45'",
            "'3.4028235e38'",
            "'-3.4028235e38'",
            "16777216",
            "16777218",
            "'Infinity'",
            "'-Infinity'",
            "'NaN'",
            "1e6",
            "123456.7",
            "123456.75",
        ],
    ),
    Type::new("float8", "float", Form::Float, FLOATS),
    Type::new("ratio", "float", Form::Float, FLOATS),
    Type::new("text", "text", Form::Text, TEXTS),
    Type::new("text COLLATE \"C\"", "text", Form::Text, TEXTS).collated("C"),
    Type::new("text COLLATE plain", "text", Form::Text, TEXTS).collated("plain"),
    Type::new("varchar(5)", "text", Form::Text, SHORT),
    Type::new("label", "text", Form::Text, SHORT).collated("C"),
    Type::new("char(5)", "char", Form::Text, SHORT),
    Type::new("char(3) COLLATE plain", "charplain", Form::Text, SHORT).collated("plain"),
    Type::new("citext", "citext", Form::Text, TEXTS),
    Type::new("name", "name", Form::Text, SHORT),
    Type::new("\"char\"", "byte", Form::Text, &["'a'", "'b'", "''", "E'\\\\'", "' '", "E'\\\\377'", "'A'"]),
    Type::new("mood", "mood", Form::Text, &["'a'", "'b'", "'A'", "''", "' a'"]),
    Type::new(
        "date",
        "moment",
        Form::Moment,
        &["'2024-01-01'", "'2024-02-29'", "'1970-01-01'", "'9999-12-31'", "'0001-01-01'", "'infinity'", "'-infinity'"],
    ),
    Type::new(
        "date",
        "fardate",
        Form::Moment,
        &["'2024-01-01'", "'0044-03-15 BC'", "'0001-01-01 BC'", "'4714-11-24 BC'", "'10000-01-01'", "'5874897-12-31'"],
    ),
    Type::new(
        "time",
        "time",
        Form::Text,
        &["'00:00'", "'24:00'", "'23:59:59.999999'", "'12:00:00.5'", "'00:00:00.000001'"],
    ),
    Type::new("time(0)", "time", Form::Text, &["'00:00'", "'24:00'", "'23:59:59'", "'12:00:00'"]),
    Type::new(
        "timetz",
        "timetz",
        Form::ZonedTime,
        &[
            "'00:00+00'",
            "'02:30+02'",
            "'00:30+00'",
            "'24:00-15:59'",
            "'12:00:00.5+05:45'",
            "'12:00+00:00:01'",
            "'24:00+00'",
        ],
    ),
    Type::new(
        "timestamp",
        "moment",
        Form::Moment,
        &[
            "'2024-01-01 00:00'",
            "'2024-10-27 02:30'",
            "'2024-10-27 02:30:00.000001'",
            "'2024-03-31 02:30'",
            "'1970-01-01 00:00:01'",
            "'9999-12-31 23:59:59.999999'",
            "'infinity'",
            "'-infinity'",
            "'0001-01-01 00:00'",
        ],
    ),
    Type::new(
        "timestamp",
        "farmoment",
        Form::Moment,
        &[
            "'2024-01-01 00:00'",
            "'0044-03-15 12:00 BC'",
            "'4714-11-24 00:00 BC'",
            "'294276-12-31 23:59:59.999999'",
            "'10000-01-01 00:00'",
        ],
    ),
    Type::new(
        "timestamp(3)",
        "moment",
        Form::Moment,
        &["'2024-01-01 00:00'", "'2024-10-27 02:30:00.1'", "'2024-10-27 02:30'"],
    ),
    Type::new("timestamptz", "moment", Form::Instant, INSTANTS),
    Type::new("moment", "moment", Form::Instant, INSTANTS),
    Type::new("timestamptz", "farinstant", Form::Instant, FAR_INSTANTS),
    Type::new(
        "interval",
        "interval",
        Form::Interval,
        &[
            "'1 day'",
            "'24 hours'",
            "'1 mon'",
            "'30 days'",
            "'0'",
            "'-1 mon +1 day'",
            "'1.5 sec'",
            "'-0.000001 sec'",
            "'178000000 years'",
            "'1 year 2 mons -3 days 04:05:06.7'",
            "'-1 day +00:00:01'",
            "'-04:05:06'",
        ],
    ),
    Type::new(
        "uuid",
        "uuid",
        Form::Text,
        &[
            "'00000000-0000-0000-0000-000000000000'",
            "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        ],
    ),
    Type::new(
        "bytea",
        "bytes",
        Form::Bytes,
        &["'a'", "'\\x00'", "''", "'\\xff00ff'", "'\\x5c'", "'\\x27'", "'b'", "'\\x61'"],
    ),
    Type::new(
        "inet",
        "inet",
        Form::Text,
        &["'1.2.3.4'", "'1.2.3.4/24'", "'::1'", "'::ffff:1.2.3.4'", "'1.2.3.0/24'", "'1.2.3.4/32'", "'fe80::/10'"],
    ),
    Type::new("cidr", "cidr", Form::Text, &["'1.2.3.0/24'", "'1.2.3.0/25'", "'::/0'", "'1.2.3.4/32'"]),
    Type::new("macaddr", "mac", Form::Text, &["'08:00:2b:01:02:03'", "'00:00:00:00:00:00'", "'ff:ff:ff:ff:ff:ff'"]),
    Type::new("macaddr8", "mac8", Form::Text, &["'08:00:2b:01:02:03:04:05'", "'08:00:2b:01:02:03'"]),
    Type::new("bit(3)", "bit", Form::Text, &["B'000'", "B'101'", "B'111'"]),
    Type::new("varbit", "varbit", Form::Text, &["B'0'", "B'00'", "B''", "B'101'", "B'1010'"]),
    Type::new(
        "money",
        "money",
        Form::Text,
        &["1", "0", "'0.01'", "'-1.50'", "'92233720368547758.07'", "'-92233720368547758.08'", "'1234.56'"],
    ),
    Type::new(
        "integer[]",
        "ints",
        Form::Text,
        &["'{1,2}'", "'{1}'", "'{}'", "'{NULL}'", "'{{1},{2}}'", "'[0:1]={1,2}'", "'{2,1}'"],
    ),
    Type::new(
        "float8[]",
        "floats",
        Form::Text,
        &[
            "'{0.1}'",
            "'{0.10000000000000002}'",
            "'{0.3}'",
            "'{0.30000000000000004}'",
            "'{NaN,Infinity}'",
            "'{-0.0}'",
            "'{0}'",
            "'{}'",
            "'{NULL,5e-324}'",
        ],
    ),
    Type::new("ratios", "ratios", Form::Text, &["'{0.1}'", "'{0.10000000000000002}'", "'{1,NULL}'", "'{}'"]),
    Type::new(
        "float4[]",
        "singles",
        Form::Text,
        &["'{0.1}'", "'{0.10000001}'", "'{16777216}'", "'{16777218}'", "'{}'"],
    ),
    Type::new(
        "text[]",
        "texts",
        Form::Text,
        &[
            "'{a}'",
            "'{}'",
            "'{\"\"}'",
            "'{NULL}'",
            "'{\"NULL\"}'",
            "'{\"a b\",\"c\\\"d\"}'",
            "'{A}'",
            "E'{\"\\\\\\\\\"}'",
            "'{{a},{b}}'",
        ],
    ),
    Type::new("varchar(3)[]", "varchars", Form::Text, &["'{a}'", "'{\"a \"}'", "'{}'", "'{NULL}'"]),
    Type::new(
        "timestamptz[]",
        "instants",
        Form::Text,
        &[
            "'{2024-10-27 00:30:00+00}'",
            "'{2024-10-27 01:30:00+00}'",
            "'{infinity}'",
            "'{}'",
            "'{2024-01-02 03:04:05+00,NULL}'",
            "'{2024-02-01 00:00:00+00}'",
        ],
    ),
    Type::new("timestamp[]", "moments", Form::Text, &["'{2024-01-02 03:04}'", "'{2024-02-01 03:04}'", "'{-infinity}'"]),
    Type::new("date[]", "dates", Form::Text, &["'{2024-01-02}'", "'{2024-02-01}'", "'{0044-03-15 BC}'", "'{}'"]),
    Type::new("numeric[]", "decimals", Form::Text, &["'{1}'", "'{1.0}'", "'{NaN}'", "'{0.1,NULL}'", "'{}'"]),
    Type::new("interval[]", "intervals", Form::Text, &["'{1 day}'", "'{24:00:00}'", "'{-1 mon}'", "'{}'"]),
    Type::new(
        "bytea[]",
        "blobs",
        Form::Text,
        &["ARRAY['\\x61'::bytea]", "ARRAY['\\x00ff'::bytea]", "'{}'", "ARRAY['\\x5c'::bytea]"],
    ),
    Type::new("boolean[]", "booleans", Form::Text, &["'{t}'", "'{f}'", "'{t,NULL}'"]),
    Type::new("uuid[]", "uuids", Form::Text, &["'{00000000-0000-0000-0000-000000000000}'", "'{}'"]),
    Type::new("money[]", "moneys", Form::Text, &["'{1}'", "'{1.5,-2}'"]),
    Type::new("mood[]", "moods", Form::Text, &["'{a}'", "'{b}'", "'{\"\"}'"]),
    Type::new("int4range", "intrange", Form::Text, &["'[1,2)'", "'[1,1]'", "'empty'", "'(,)'", "'[1,)'"]),
    Type::new("numrange", "numrange", Form::Text, &["'[1.0,2)'", "'[1,2.0)'", "'[1,2]'", "'empty'"]),
    Type::new(
        "tstzrange",
        "tstzrange",
        Form::Text,
        &[
            "'[2024-10-27 00:30:00+00,2024-10-27 00:45:00+00)'",
            "'[2024-10-27 01:30:00+00,2024-10-27 01:45:00+00)'",
            "'empty'",
            "'[2024-01-02 03:04:05+00,)'",
            "'[2024-02-01 03:04:05+00,)'",
        ],
    ),
    Type::new("daterange", "daterange", Form::Text, &["'[2024-01-02,2024-01-05)'", "'[2024-02-01,)'", "'empty'"]),
    Type::new("int4multirange", "intmulti", Form::Text, &["'{[1,2),[5,6)}'", "'{}'", "'{[1,2)}'"]),
    Type::new(
        "tstzmultirange",
        "tstzmulti",
        Form::Text,
        &[
            "'{[2024-10-27 00:30:00+00,2024-10-27 00:45:00+00)}'",
            "'{[2024-10-27 01:30:00+00,2024-10-27 01:45:00+00)}'",
            "'{}'",
        ],
    ),
    Type::new("pair", "pair", Form::Text, &["'(1,a)'", "'(1,)'", "'(,)'", "'(1,\"\")'", "'(2,\"a,b\")'", "'(1,A)'"]),
    Type::new(
        "reading",
        "reading",
        Form::Text,
        &[
            "ROW(0.1, '2024-10-27 00:30:00+00'::timestamptz)::reading",
            "ROW(0.1, '2024-10-27 01:30:00+00'::timestamptz)::reading",
            "ROW(0.10000000000000002, '2024-10-27 00:30:00+00'::timestamptz)::reading",
            "ROW(NULL, '2024-01-02 00:00:00+00'::timestamptz)::reading",
        ],
    ),
    Type::new(
        "jsonb",
        "jsonb",
        Form::Json,
        &[
            "'1'",
            "'1.0'",
            "'\"a\"'",
            "'null'",
            "'[]'",
            "'{}'",
            "'{\"b\":1,\"a\":[1,null]}'",
            "'\"\"'",
            "'true'",
            "'12345678901234567890'",
        ],
    ),
    Type::new("tsvector", "tsvector", Form::Text, &["'a b'", "'a:1 b:2'", "''"]),
    Type::new("tsquery", "tsquery", Form::Text, &["'a & b'", "'a | !b'", "''"]),
    Type::new("pg_lsn", "lsn", Form::Text, &["'0/0'", "'16/B374D848'", "'FFFFFFFF/FFFFFFFF'"]),
    Type::new("xid8", "xid8", Form::Text, &["'0'", "'18446744073709551615'"]),
    Type::new("tid", "tid", Form::Text, &["'(0,1)'", "'(4294967295,65535)'"]),
    Type::new("oidvector", "oids", Form::Text, &["'1 2'", "''"]),
    Type::new("regclass", "regclass", Form::Text, &["'pg_class'", "'pg_type'", "'-'"]),
    Type::new("regclass[]", "regclasses", Form::Text, &["'{pg_class,NULL}'", "'{-}'", "'{pg_type}'", "'{}'"]),
    Type::new("regtype", "regtype", Form::Text, &["'text'", "'jsonb'", "'-'", "'timestamptz'"]),
    Type::new("regnamespace", "regnamespace", Form::Text, &["'pg_catalog'", "'shadow'", "'-'"]),
    Type::new("regconfig", "regconfig", Form::Text, &["'simple'", "'english'"]),
    Type::new(
        "holder",
        "holder",
        Form::Text,
        &["ROW(1, ARRAY['a', NULL])::holder", "ROW(1, ARRAY['a', 'NULL'])::holder", "'(1,{})'", "'(1,)'"],
    ),
    Type::new("naming", "naming", Form::Text, &["'(1,pg_class)'", "'(1,-)'", "'(1,pg_type)'", "'(,)'"]),
    Type::new("xid", "xid", Form::Text, &["'0'", "'4294967295'", "'7'"]).compared().unordered(),
    Type::new("json", "json", Form::Json, &["'{\"a\":1}'", "'[1, 2]'", "'null'", "'1.50'"]).payload().unordered(),
    Type::new("xml", "xml", Form::Text, &["'<a>1</a>'", "'<a>1</a><b/>'"]).payload().unordered(),
    Type::new("point", "point", Form::Text, &["'(0.1,2)'", "'(0.10000000000000002,2)'", "'(NaN,Infinity)'"])
        .payload()
        .unordered(),
    Type::new("box", "box", Form::Text, &["'(1,1),(0,0)'", "'(0.1,1),(0,0)'"]).payload().unordered(),
    Type::new("path", "path", Form::Text, &["'((0.1,1),(0,0))'", "'[(0,0),(0.30000000000000004,1)]'"])
        .payload()
        .unordered(),
    Type::new("jsonpath", "jsonpath", Form::Text, &["'$.a'", "'$[*] ? (@ > 1)'"]).payload().unordered(),
    Type::new("json[]", "jsons", Form::Text, &["ARRAY['{\"a\":1}'::json]", "'{}'"]).payload().unordered(),
    Type::new("point[]", "points", Form::Text, &["ARRAY['(0.1,2)'::point]", "'{}'"]).payload().unordered(),
];
