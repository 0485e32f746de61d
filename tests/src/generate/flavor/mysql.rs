//! MariaDB and MySQL: they compare any type with any other, text with numbers too, and pad text with blanks or not by its
//! collation.

use super::native::Family;
use super::{Datum, Datum::Null, Flavor, Key, Kind, Native, OwnUnique};
use crate::generate::data::Domain;
use crate::generate::raw::Pick;
use crate::generate::schema::{Column, Declared};

/// MariaDB.
pub(in crate::generate) static MARIADB: Mysql = Mysql {
    collations: [
        None,
        Some("utf8mb4_bin"),
        Some("utf8mb4_nopad_bin"),
        Some("utf8mb4_unicode_ci"),
        Some("utf8mb4_general_nopad_ci"),
    ],
};

/// MySQL.
pub(in crate::generate) static MYSQL: Mysql = Mysql {
    collations: [
        None,
        Some("utf8mb4_bin"),
        Some("utf8mb4_0900_bin"),
        Some("utf8mb4_unicode_ci"),
        Some("utf8mb4_0900_ai_ci"),
    ],
};

#[derive(Debug)]
pub(in crate::generate) struct Mysql {
    collations: [Option<&'static str>; 5],
}

const fn number(sql: &'static str, values: &'static [Datum]) -> Native {
    Native { sql, family: Family::Number, collates: false, values }
}

const fn text(sql: &'static str, values: &'static [Datum]) -> Native {
    Native { sql, family: Family::Text, collates: true, values }
}

const fn other(sql: &'static str, family: Family, values: &'static [Datum]) -> Native {
    Native { sql, family, collates: false, values }
}

macro_rules! numbers { ($($digits:expr),*) => { &[$(Datum::Number($digits)),*] } }
macro_rules! texts { ($($text:expr),*) => { &[$(Datum::Text($text)),*] } }

static SERIAL: Native = number("int", numbers!("1", "2", "3", "4", "5", "7", "2147483647"));
static NUMBERS: [Native; 7] = [
    number("int", INTEGERS),
    number("tinyint", numbers!("1", "2", "3", "4", "2", "-1", "127")),
    number("bigint", numbers!("1", "2", "3", "9007199254740993", "2", "-9007199254740993", "9007199254740992")),
    number("bigint unsigned", numbers!("1", "2", "3", "9007199254740993", "18446744073709551615", "0")),
    number("decimal(20,2)", numbers!("1", "2", "3", "2.5", "0.1", "9007199254740993")),
    number("smallint unsigned", numbers!("1", "2", "3", "65535")),
    number("double", numbers!("1", "2", "3", "2.5", "0.1", "9007199254740992", "-0.0", "0")),
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
    Datum::Text("2"),
    Datum::Text("é"),
    Datum::Text("É"),
    Datum::Text("it's"),
    Datum::Text("😀"),
    Datum::Text("a\"\\c"),
    Datum::Text(""),
    Datum::Text("02"),
    Datum::Text("b  "),
    Datum::Text("1"),
];
static TEXTS: [Native; 4] = [
    text("varchar(20)", TEXT),
    text("char(4)", TEXT),
    text("varchar(40)", TEXT),
    text("enum('b', 'a', '2', 'é')", texts!("a", "b", "2", "é")),
];
static BYTES: [Native; 2] = [other("varbinary(20)", Family::Bytes, BLOBS), other("binary(4)", Family::Bytes, BLOBS)];
const BLOBS: &[Datum] = &[
    Datum::Bytes(b"a"),
    Datum::Bytes(b"A"),
    Datum::Bytes(b"a\0\0\0"),
    Null,
    Datum::Bytes(&[0, 255, 39]),
    Datum::Bytes(b""),
];
static MOMENTS: [Native; 3] = [
    other("date", Family::Moment, texts!("2020-01-01", "2020-01-02", "2024-02-29", "1600-03-01")),
    other("datetime", Family::Moment, texts!("2020-01-01 00:00:00", "2020-01-02 00:00:00", "2020-01-01 10:00:00")),
    other(
        "datetime(6)",
        Family::Moment,
        texts!("2020-01-01 00:00:00", "2020-01-02 00:00:00", "2020-01-01 00:00:00.000001", "2020-01-01 10:00:00"),
    ),
];
static FLAG: Native = other(
    "tinyint(1)",
    Family::Boolean,
    &[Datum::Number("1"), Datum::Number("0"), Null, Datum::Number("1"), Datum::Number("2")],
);

fn kind(native: &'static Native) -> Kind {
    (Declared::Native(native), Domain::Native(native))
}

impl Flavor for Mysql {
    fn quoted(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``"))
    }

    /// Neither what lies beyond the basic plane nor a blank at the end.
    fn spelled(&self, name: String) -> String {
        let name = name.replace('😀', "ß");
        name.strip_suffix(' ').map(|name| format!(" {name}")).unwrap_or(name)
    }

    fn key(&self, pick: Pick) -> Key {
        let [integer, _, bigint, unsigned, decimal, _, double] = NUMBERS.each_ref().map(kind);
        let [varchar, char, _, choice] = TEXTS.each_ref().map(kind);
        let one = |kind| Key::of(&[("id", kind)], true, true);
        match pick % 16 {
            0..=2 => one(self.serial()),
            3 => one(bigint),
            4 | 5 => Key::of(&[("code", varchar)], true, true),
            6 => Key::of(&[("code", char)], true, true),
            7 => Key::of(&[("k1", integer), ("k2", varchar)], true, true),
            8 => Key::of(&[("k1", varchar), ("k2", unsigned)], true, true),
            9 => Key::of(&[("k", integer)], false, false),
            10 => Key::of(&[("k", varchar)], false, false),
            11 => one(kind(&MOMENTS[usize::from(pick / 16) % MOMENTS.len()])),
            12 => one(unsigned),
            13 => one(kind(&BYTES[usize::from(pick / 16) % BYTES.len()])),
            14 => Key::of(&[("k1", kind(&BYTES[0])), ("k2", kind(&MOMENTS[0]))], true, true),
            _ => one([decimal, choice, double][usize::from(pick / 16) % 3]),
        }
    }

    fn serial(&self) -> Kind {
        kind(&SERIAL)
    }

    fn plain(&self) -> [Kind; 3] {
        [kind(&TEXTS[0]), kind(&NUMBERS[0]), kind(&FLAG)]
    }

    fn extra(&self, pick: Pick) -> Option<(&'static str, Kind)> {
        let extras = [None, Some(&NUMBERS[6]), Some(&BYTES[0]), Some(&MOMENTS[2]), Some(&NUMBERS[4]), Some(&TEXTS[3])];
        Some(("x", kind(extras[usize::from(pick) % extras.len()]?)))
    }

    fn unique(&self, pick: Pick) -> Option<OwnUnique> {
        let of = |native, collation| Some(OwnUnique { kind: kind(native), collation, exact: true });
        match pick % 4 {
            0 => None,
            1 => of(&NUMBERS[0], None),
            2 => of(&TEXTS[0], None),
            _ => of(&TEXTS[0], self.collations[2]),
        }
    }

    fn copy(&self, original: &Column, pick: Pick) -> Kind {
        let Declared::Native(own) = original.declared else { return self.serial() };
        let nullable = if own == &SERIAL { &NUMBERS[0] } else { own };
        let family: &'static [Native] = match own.family {
            Family::Number => &NUMBERS,
            Family::Text => &TEXTS,
            Family::Bytes => &BYTES,
            Family::Moment => &MOMENTS,
            _ => return kind(own),
        };
        match pick % 8 {
            0 | 4 => kind(nullable),
            // Numbers and text of their digits.
            7 if own.family == Family::Number => kind(&TEXTS[0]),
            7 if own.family == Family::Text => kind(&NUMBERS[usize::from(pick / 8) % NUMBERS.len()]),
            _ => kind(&family[usize::from(pick / 8) % family.len()]),
        }
    }

    fn collates(&self, (declared, _): Kind) -> bool {
        matches!(declared, Declared::Native(native) if native.collates)
    }

    fn collation(&self, pick: Pick) -> Option<&'static str> {
        self.collations[usize::from(pick) % self.collations.len()]
    }

    /// A unique index compares as its columns do.
    fn other_collation(&self, _: &Column) -> Option<&'static str> {
        None
    }

    fn literal(&self, value: &Datum) -> String {
        match value {
            Datum::Null => "NULL".to_owned(),
            Datum::Boolean(b) => b.to_string(),
            Datum::Number(digits) => (*digits).to_owned(),
            Datum::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
            Datum::Bytes(bytes) => {
                format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
            }
        }
    }

    fn insert(&self, table: &str, rows: &[String]) -> String {
        format!("INSERT IGNORE INTO {table} VALUES {}", rows.join(", "))
    }
}
