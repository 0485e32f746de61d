//! Scalar values as they travel between specification, plan, driver and result. No conversion happens here: the
//! database decides what equals what.

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
    /// An integer beyond [`i64::MAX`], as MySQL and MariaDB have them; a smaller one is an [`Integer`](Self::Integer).
    Unsigned(#[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))] u64),
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
    /// An integer beyond [`i64::MAX`], as MySQL and MariaDB have them; a smaller one is an [`Integer`](Self::Integer).
    Unsigned(u64),
    /// A 64-bit float.
    Float(f64),
    /// Text, always valid UTF-8.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
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
