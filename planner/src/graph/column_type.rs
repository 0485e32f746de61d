//! Types of columns, as far as loading needs them.

/// The type of a column, as far as loading needs it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ColumnType {
    /// True or false; 0 and 1 where the database has no booleans.
    Boolean,
    /// Integers of any width up to 64 bits.
    Integer,
    /// Binary floats.
    Float,
    /// Exact decimals.
    Decimal,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// UUIDs.
    Uuid,
    /// JSON documents.
    Json,
    /// Dates.
    Date,
    /// Times of day.
    Time,
    /// Points in time.
    Timestamp,
    /// SQLite's column without a declared type.
    Untyped,
    /// Anything else.
    Other,
}

impl ColumnType {
    /// Every type, in the order of help texts.
    pub const ALL: [Self; 13] = [
        Self::Boolean,
        Self::Integer,
        Self::Float,
        Self::Decimal,
        Self::Text,
        Self::Bytes,
        Self::Uuid,
        Self::Json,
        Self::Date,
        Self::Time,
        Self::Timestamp,
        Self::Untyped,
        Self::Other,
    ];

    /// Whether values of one type equal one value of the other at most: both are of one type, or numbers.
    pub(crate) fn compares_like(self, other: Self) -> bool {
        let number = |ty| matches!(ty, Self::Boolean | Self::Integer | Self::Float | Self::Decimal);
        self == other || (number(self) && number(other)) || self == Self::Untyped || other == Self::Untyped
    }

    /// The name that is shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::Uuid => "uuid",
            Self::Json => "json",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timestamp => "timestamp",
            Self::Untyped => "untyped",
            Self::Other => "other",
        }
    }
}
