//! PostgreSQL: types that it compares, collations among them one that takes `'a'` for `'A'`.

use super::native::Family;
use super::{Datum, Datum::Null, Flavor, Key, Kind, Native, OwnUnique};
use crate::generate::data::Domain;
use crate::generate::raw::Pick;
use crate::generate::schema::{Column, Declared};

/// PostgreSQL.
pub(in crate::generate) static POSTGRES: Postgres = Postgres;

/// What the types and collations here need of a database.
pub(in crate::generate) const PRELUDE: &str = "
    CREATE EXTENSION IF NOT EXISTS citext;
    CREATE COLLATION plain (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
    CREATE TYPE mood AS ENUM ('b', 'a', 'A', 'é')";

#[derive(Debug)]
pub(in crate::generate) struct Postgres;

const fn number(sql: &'static str, values: &'static [Datum]) -> Native {
    Native { sql, family: Family::Number, collates: false, values }
}

const fn text(sql: &'static str, collates: bool) -> Native {
    Native { sql, family: Family::Text, collates, values: TEXT }
}

const fn single(sql: &'static str, family: Family, values: &'static [Datum]) -> Native {
    Native { sql, family, collates: false, values }
}

macro_rules! numbers { ($($digits:expr),*) => { &[$(Datum::Number($digits)),*] } }
macro_rules! texts { ($($text:expr),*) => { &[$(Datum::Text($text)),*] } }

static SERIAL: Native = number("integer", numbers!("1", "2", "3", "4", "5", "7", "2147483647"));
static NUMBERS: [Native; 5] = [
    number("integer", INTEGERS),
    number("smallint", numbers!("1", "2", "3", "4", "2", "-1", "32767")),
    number("bigint", numbers!("1", "2", "3", "9007199254740993", "2", "-9007199254740993", "1")),
    number("numeric", numbers!("1", "2.0", "3", "2.00", "1.000", "2.5", "9007199254740993", "0.1")),
    number("numeric(20,2)", numbers!("1", "2", "3", "2.5", "0.1", "9007199254740993")),
];
const INTEGERS: &[Datum] = &[
    Datum::Number("1"),
    Datum::Number("2"),
    Datum::Number("3"),
    Datum::Number("4"),
    Null,
    Datum::Number("2"),
    Datum::Number("-1"),
];
const TEXT: &[Datum] = &[
    Datum::Text("a"),
    Datum::Text("b"),
    Datum::Text("A"),
    Datum::Text("a "),
    Datum::Text("c"),
    Null,
    Datum::Text("B"),
    Datum::Text("é"),
    Datum::Text("É"),
    Datum::Text("it's"),
    Datum::Text("😀"),
    Datum::Text("a\"\\c"),
    Datum::Text(""),
    Datum::Text("02"),
    Datum::Text("b  "),
    Datum::Text("{,}"),
];
static TEXTS: [Native; 5] = [
    text("text", true),
    text("varchar(20)", true),
    text("char(4)", true),
    text("citext", false),
    text("varchar", true),
];
static BYTES: Native = single(
    "bytea",
    Family::Bytes,
    &[Datum::Bytes(b"a"), Datum::Bytes(b"A"), Datum::Bytes(b""), Datum::Bytes(&[0, 255, 39]), Null],
);
static UUID: Native = single(
    "uuid",
    Family::Uuid,
    texts!(
        "00000000-0000-0000-0000-000000000001",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
    ),
);
static DATE: Native = single("date", Family::Moment, texts!("2020-01-01", "2020-01-02", "2024-02-29", "1600-03-01"));
static STAMP: Native = single(
    "timestamp",
    Family::Moment,
    texts!("2020-01-01 00:00:00", "2020-01-02 00:00:00", "2020-01-01 00:00:00.000001", "2024-02-29 23:59:59.999999"),
);
static ZONED: Native = single(
    "timestamptz",
    Family::Zoned,
    texts!(
        "2020-01-01 00:00:00+00",
        "2020-01-01 05:45:00+05:45",
        "2020-01-01 00:00:00.000001+00",
        "2024-02-29 12:00:00-03"
    ),
);
static FLOAT: Native = single("float8", Family::Float, numbers!("1", "2", "2.5", "0.1", "-0.0", "0", "1e15"));
static MOOD: Native = single("mood", Family::Enum, texts!("a", "b", "A", "é"));
static FLAG: Native =
    single("boolean", Family::Boolean, &[Datum::Boolean(true), Datum::Boolean(false), Null, Datum::Boolean(true)]);
static DOCUMENT: Native = single("jsonb", Family::Document, texts!("{\"a\": 1}", "[1, 2]", "null", "\"x\"", "1.50"));

fn kind(native: &'static Native) -> Kind {
    (Declared::Native(native), Domain::Native(native))
}

impl Flavor for Postgres {
    fn key(&self, pick: Pick) -> Key {
        let [integer, _, bigint, numeric, _] = NUMBERS.each_ref().map(kind);
        let [text, varchar, char, citext, _] = TEXTS.each_ref().map(kind);
        let one = |kind| Key::of(&[("id", kind)], true, true);
        match pick % 16 {
            0..=2 => one(self.serial()),
            3 => one(bigint),
            4 => Key::of(&[("code", text)], true, true),
            5 => Key::of(&[("code", varchar)], true, true),
            6 => Key::of(&[("code", citext)], true, true),
            7 => Key::of(&[("k1", integer), ("k2", text)], true, true),
            8 => Key::of(&[("k1", char), ("k2", numeric)], true, true),
            9 => Key::of(&[("k", integer)], false, false),
            10 => Key::of(&[("k", text)], false, false),
            11 => one(kind(&UUID)),
            12 => one(numeric),
            13 => one(kind(&BYTES)),
            14 => Key::of(&[("k1", kind(&UUID)), ("k2", kind(&DATE))], true, true),
            _ => {
                let others = [&TEXTS[2], &MOOD, &DATE, &STAMP, &ZONED, &FLOAT];
                one(kind(others[usize::from(pick / 16) % others.len()]))
            }
        }
    }

    fn serial(&self) -> Kind {
        kind(&SERIAL)
    }

    fn plain(&self) -> [Kind; 3] {
        [kind(&TEXTS[0]), kind(&NUMBERS[0]), kind(&FLAG)]
    }

    fn extra(&self, pick: Pick) -> Option<(&'static str, Kind)> {
        let extras = [None, Some(&FLOAT), Some(&BYTES), Some(&STAMP), Some(&DOCUMENT), Some(&MOOD), Some(&ZONED)];
        Some(("x", kind(extras[usize::from(pick) % extras.len()]?)))
    }

    fn unique(&self, pick: Pick) -> Option<OwnUnique> {
        let of = |native, collation, exact| Some(OwnUnique { kind: kind(native), collation, exact });
        match pick % 4 {
            0 => None,
            1 => of(&NUMBERS[0], None, true),
            2 => of(&TEXTS[0], None, true),
            _ => of(&TEXTS[0], Some("plain"), false),
        }
    }

    fn copy(&self, original: &Column, pick: Pick) -> Kind {
        let Declared::Native(own) = original.declared else { return self.serial() };
        let nullable = if own == &SERIAL { &NUMBERS[0] } else { own };
        let family: &'static [Native] = match own.family {
            Family::Number => &NUMBERS,
            Family::Text => &TEXTS,
            _ => return kind(own),
        };
        if pick.is_multiple_of(4) { kind(nullable) } else { kind(&family[usize::from(pick / 4) % family.len()]) }
    }

    fn collates(&self, (declared, _): Kind) -> bool {
        matches!(declared, Declared::Native(native) if native.collates)
    }

    fn collation(&self, pick: Pick) -> Option<&'static str> {
        [None, Some("C"), Some("plain"), Some("en-x-icu")][usize::from(pick) % 4]
    }

    fn other_collation(&self, column: &Column) -> Option<&'static str> {
        let collates = matches!(column.declared, Declared::Native(native) if native.collates);
        collates.then(|| if column.collation == Some("plain") { "C" } else { "plain" })
    }

    fn collate(&self, collation: &str) -> String {
        format!(" COLLATE \"{collation}\"")
    }

    fn likes(&self, column: &Column) -> bool {
        matches!(column.declared, Declared::Native(native) if native.is_text()) && column.collation != Some("plain")
    }

    /// Quoted text takes the type of its column, whatever that is.
    fn literal(&self, value: &Datum) -> String {
        match value {
            Datum::Null => "NULL".to_owned(),
            Datum::Boolean(b) => b.to_string(),
            Datum::Number(text) | Datum::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Datum::Bytes(bytes) => {
                format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
            }
        }
    }

    fn insert(&self, table: &str, rows: &[String]) -> String {
        format!("INSERT INTO {table} VALUES {} ON CONFLICT DO NOTHING", rows.join(", "))
    }
}
