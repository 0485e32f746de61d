//! Types of servers. One holds values of its own alone, since a server refuses others; those of types that are compared
//! with each other are alike, so that keys meet.

use eagerly_planner::value::Value;

/// A type of a server.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::generate) struct Native {
    /// As it is declared.
    pub(super) sql: &'static str,
    /// What it is compared with.
    pub(super) family: Family,
    /// Whether it takes a collation.
    pub(super) collates: bool,
    /// What its values are taken from.
    pub(super) values: &'static [Datum],
}

/// Types that are compared with each other without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Number,
    Float,
    Text,
    Enum,
    Bytes,
    Uuid,
    Moment,
    Zoned,
    Boolean,
    Document,
}

/// A value as it is stored, and as a condition compares with it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::generate) enum Datum {
    Null,
    Boolean(bool),
    /// A number in its digits.
    Number(&'static str),
    /// Text, and what is written as text.
    Text(&'static str),
    Bytes(&'static [u8]),
}

impl Native {
    /// Its name.
    pub(in crate::generate) fn sql(&self) -> &'static str {
        self.sql
    }

    /// The value of that number, modulo how many there are.
    pub(in crate::generate) fn value(&self, index: usize) -> &'static Datum {
        &self.values[index % self.values.len()]
    }

    /// Whether it holds text.
    pub(in crate::generate) fn is_text(&self) -> bool {
        self.family == Family::Text
    }
}

impl Datum {
    /// As a condition has it.
    pub(in crate::generate) fn compared(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(b) => Value::Boolean(*b),
            Self::Number(digits) => {
                let unsigned = || digits.parse::<u64>().map(Value::from);
                let float = |_| Value::Float(digits.parse().expect("digits"));
                digits.parse().map(Value::Integer).or_else(|_| unsigned()).unwrap_or_else(float)
            }
            Self::Text(text) => Value::Text((*text).to_owned()),
            Self::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        }
    }

    /// A form in which values that any collation or scale could take for equal are the same.
    pub(in crate::generate) fn folded(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean(b) => u8::from(*b).to_string(),
            Self::Number(digits) => digits.parse::<f64>().expect("digits").abs().to_string(),
            Self::Text(text) => text.to_lowercase().replace('é', "e").trim_end().to_owned(),
            Self::Bytes(bytes) => {
                let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                format!("{:?}", bytes[..end].to_ascii_lowercase())
            }
        }
    }
}
