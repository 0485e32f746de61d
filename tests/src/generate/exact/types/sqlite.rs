//! Affinities of SQLite, with values of every storage class in each: they all face each other.

use super::{Form, Type};

const MIXED: &[&str] = &[
    "1",
    "2",
    "'1'",
    "'2'",
    "1.0",
    "1.5",
    "'a'",
    "'A'",
    "x'61'",
    "x''",
    "''",
    "9007199254740993",
    "9007199254740992.0",
    "9223372036854775807",
    "-9223372036854775808",
    "9.2233720368547758e18",
    "'1.0'",
    "' 1'",
    "'01'",
    "'1e0'",
    "'a '",
    "0",
    "-0.0",
    "'é'",
    "'É'",
    "1e308",
    "5e-324",
    "0.1",
    "0.30000000000000004",
    "x'31'",
    "'9007199254740993'",
    "char(0)",
    "'a' || char(0) || 'b'",
    "'9223372036854775808'",
    "1e999",
    "'0x10'",
    "'1_000'",
    "'+1'",
];
const MOMENTS: &[&str] = &["'2024-01-01'", "'2024-10-27T02:30:00'", "1704067200", "2460310.5", "'2024-10-27 02:30:00'"];

const fn affinity(sql: &'static str) -> Type {
    Type::new(sql, "any", Form::Stored, MIXED)
}

pub(super) const TYPES: &[Type] = &[
    affinity("INTEGER"),
    affinity("TEXT"),
    affinity("REAL"),
    affinity("NUMERIC"),
    affinity("BLOB"),
    affinity(""),
    affinity("INT"),
    affinity("BIGINT UNSIGNED"),
    affinity("VARCHAR(20)"),
    affinity("DECIMAL(10,2)"),
    affinity("DOUBLE PRECISION"),
    affinity("UUID"),
    affinity("FLOATING POINT"),
    affinity("TEXT COLLATE NOCASE"),
    affinity("TEXT COLLATE RTRIM"),
    affinity("BLOB COLLATE NOCASE"),
    affinity("NUMERIC COLLATE NOCASE"),
    Type::new("BOOLEAN", "any", Form::Boolean, MIXED),
    Type::new("DATE", "any", Form::Stored, MOMENTS),
    Type::new("DATETIME", "any", Form::Stored, MOMENTS),
    Type::new("JSON", "any", Form::Stored, MIXED),
];
