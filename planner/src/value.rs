//! Scalar values as they travel between specification, plan, driver and result. No conversion happens here: the
//! database decides what equals what.

use std::fmt;

/// An owned scalar: a literal of a specification, a key, or a bind.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A boolean; databases without booleans get 0 or 1.
    Boolean(bool),
    /// A 64-bit signed integer.
    Integer(#[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))] i64),
    /// An integer beyond [`i64::MAX`], as MySQL and MariaDB have them.
    Unsigned(#[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))] BigUnsigned),
    /// A 64-bit float.
    Float(#[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::float"))] f64),
    /// Text, always valid UTF-8.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A scalar borrowed from a driver's row or from the result's storage.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueRef<'a> {
    /// SQL NULL.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A 64-bit signed integer.
    Integer(i64),
    /// An integer beyond [`i64::MAX`], as MySQL and MariaDB have them.
    Unsigned(BigUnsigned),
    /// A 64-bit float.
    Float(f64),
    /// Text, always valid UTF-8.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// An integer beyond [`i64::MAX`]. A smaller one has one form, [`Value::Integer`], so that equal numbers are equal values;
/// `From<u64>` chooses.
///
/// ```
/// use eagerly_planner::value::{BigUnsigned, Value};
///
/// assert_eq!(BigUnsigned::new(5), None);
/// assert_eq!(Value::from(5_u64), Value::Integer(5));
/// assert!(matches!(Value::from(u64::MAX), Value::Unsigned(big) if big.get() == u64::MAX));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BigUnsigned(u64);

impl BigUnsigned {
    /// The integer, if it is beyond [`i64::MAX`].
    #[must_use]
    pub const fn new(integer: u64) -> Option<Self> {
        if integer > i64::MAX as u64 { Some(Self(integer)) } else { None }
    }

    /// The integer.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for BigUnsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<BigUnsigned> for i128 {
    fn from(integer: BigUnsigned) -> Self {
        integer.0.into()
    }
}

impl TryFrom<i128> for BigUnsigned {
    type Error = i128;

    /// # Errors
    /// The integer itself, if it is none beyond [`i64::MAX`].
    fn try_from(integer: i128) -> Result<Self, i128> {
        u64::try_from(integer).ok().and_then(Self::new).ok_or(integer)
    }
}

/// The class of a [`Value`]: a part of a plan's shape, where the value itself is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// [`Value::Null`]
    Null,
    /// [`Value::Boolean`]
    Boolean,
    /// [`Value::Integer`]
    Integer,
    /// [`Value::Unsigned`]
    Unsigned,
    /// [`Value::Float`]
    Float,
    /// [`Value::Text`]
    Text,
    /// [`Value::Bytes`]
    Bytes,
}

impl Value {
    /// Borrows the value.
    #[must_use]
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Boolean(b) => ValueRef::Boolean(*b),
            Self::Integer(i) => ValueRef::Integer(*i),
            Self::Unsigned(u) => ValueRef::Unsigned(*u),
            Self::Float(f) => ValueRef::Float(*f),
            Self::Text(s) => ValueRef::Text(s),
            Self::Bytes(b) => ValueRef::Bytes(b),
        }
    }

    /// The class of the value.
    #[must_use]
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Boolean(_) => ValueKind::Boolean,
            Self::Integer(_) => ValueKind::Integer,
            Self::Unsigned(_) => ValueKind::Unsigned,
            Self::Float(_) => ValueKind::Float,
            Self::Text(_) => ValueKind::Text,
            Self::Bytes(_) => ValueKind::Bytes,
        }
    }

    /// Whether this is SQL NULL.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl ValueRef<'_> {
    /// The value for people: text in quotes, bytes as their number.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Boolean(b) => b.to_string(),
            Self::Integer(i) => i.to_string(),
            Self::Unsigned(u) => u.to_string(),
            Self::Float(f) => f.to_string(),
            Self::Text(text) => format!("{text:?}"),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()),
        }
    }

    /// Copies the value.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(b) => Value::Boolean(b),
            Self::Integer(i) => Value::Integer(i),
            Self::Unsigned(u) => Value::Unsigned(u),
            Self::Float(f) => Value::Float(f),
            Self::Text(s) => Value::Text(s.to_owned()),
            Self::Bytes(b) => Value::Bytes(b.to_owned()),
        }
    }

    /// Whether this is SQL NULL.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u64> for Value {
    fn from(integer: u64) -> Self {
        BigUnsigned::new(integer).map_or(Self::Integer(integer as i64), Self::Unsigned)
    }
}

impl From<u64> for ValueRef<'_> {
    fn from(integer: u64) -> Self {
        BigUnsigned::new(integer).map_or(Self::Integer(integer as i64), Self::Unsigned)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_stored_form() {
        for (number, stored) in [
            (5, "{\"integer\":5}"),
            (i64::MAX as u64, "{\"integer\":\"9223372036854775807\"}"),
            (1 << 63, "{\"unsigned\":\"9223372036854775808\"}"),
            (u64::MAX, "{\"unsigned\":\"18446744073709551615\"}"),
        ] {
            assert_eq!(serde_json::to_string(&Value::from(number)).unwrap(), stored);
            assert_eq!(serde_json::from_str::<Value>(stored).unwrap(), Value::from(number));
        }
        for other in ["5", "\"5\"", "\"9223372036854775807\"", "\"18446744073709551616\"", "-1", "\"-1\""] {
            let error = serde_json::from_str::<Value>(&format!("{{\"unsigned\":{other}}}")).unwrap_err();
            assert!(error.to_string().contains("out of range"), "{error}");
        }
    }
}
