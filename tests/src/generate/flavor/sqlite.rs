//! SQLite: any type can hold anything, and be compared with anything.

use super::{Datum, Flavor, Key, Kind, OwnUnique};
use crate::generate::data::Domain;
use crate::generate::raw::Pick;
use crate::generate::schema::Column;
use crate::generate::schema::Declared::{self, Blob, Boolean, Int, Integer, Numeric, Real, Text, Untyped};

/// SQLite.
pub(in crate::generate) static SQLITE: Sqlite = Sqlite;

#[derive(Debug)]
pub(in crate::generate) struct Sqlite;

impl Flavor for Sqlite {
    fn has_rowids(&self) -> bool {
        true
    }

    fn can_trust(&self) -> bool {
        true
    }

    fn key(&self, pick: Pick) -> Key {
        match pick % 16 {
            0..=3 => Key::of(&[("id", self.serial())], false, true),
            4 | 5 => Key::of(&[("code", (Text, Domain::Text))], true, true),
            6 => Key::of(&[("code", (Text, Domain::Text))], false, true),
            7 => Key::of(&[("k1", (Integer, Domain::Integer)), ("k2", (Text, Domain::Text))], true, true),
            8 => Key::of(&[("k1", (Text, Domain::Text)), ("k2", (Int, Domain::Integer))], false, true),
            9 => Key::of(&[("k", (Integer, Domain::Integer))], false, false),
            10 => Key::of(&[("k", (Text, Domain::Text))], false, false),
            11 => Key::of(&[("id", (Untyped, Domain::Mixed))], false, true),
            12 => Key::of(&[("id", (Int, Domain::Integer))], false, true),
            13 => Key::of(&[("id", (Blob, Domain::Mixed))], true, true),
            14 => Key::of(&[("id", (Real, Domain::Real))], false, true),
            _ => Key::of(&[("id", (Numeric, Domain::Integer))], true, true),
        }
    }

    fn serial(&self) -> Kind {
        (Integer, Domain::Rowid)
    }

    fn plain(&self) -> [Kind; 3] {
        [(Text, Domain::Text), (Integer, Domain::Integer), (Boolean, Domain::Boolean)]
    }

    fn extra(&self, pick: Pick) -> Option<(&'static str, Kind)> {
        match pick % 4 {
            1 => Some(("x", (Real, Domain::Real))),
            2 => Some(("data", (Blob, Domain::Mixed))),
            3 => Some(("any", (Untyped, Domain::Mixed))),
            _ => None,
        }
    }

    fn unique(&self, pick: Pick) -> Option<OwnUnique> {
        let text = (Text, Domain::Text);
        let of = |kind, collation, exact| Some(OwnUnique { kind, collation, exact });
        match pick % 4 {
            0 => None,
            1 => of((Integer, Domain::Integer), None, true),
            2 => of(text, None, true),
            _ => of(text, Some("NOCASE"), false),
        }
    }

    fn copy(&self, original: &Column, pick: Pick) -> Kind {
        let own = original.declared;
        let other: [Declared; 8] = [own, Text, Integer, Untyped, Blob, Numeric, Real, own];
        let domain = if original.domain == Domain::Rowid { Domain::Integer } else { original.domain };
        (other[usize::from(pick) % other.len()], domain)
    }

    fn collates(&self, (_, domain): Kind) -> bool {
        domain != Domain::Rowid
    }

    fn collation(&self, pick: Pick) -> Option<&'static str> {
        [None, Some("NOCASE"), Some("RTRIM"), Some("NOCASE")][usize::from(pick) % 4]
    }

    fn other_collation(&self, column: &Column) -> Option<&'static str> {
        Some(if column.collation.is_some() { "BINARY" } else { "NOCASE" })
    }

    fn literal(&self, value: &Datum) -> String {
        panic!("{value:?} is a server's")
    }

    fn insert(&self, table: &str, rows: &[String]) -> String {
        format!("INSERT OR IGNORE INTO {table} VALUES {}", rows.join(", "))
    }
}
