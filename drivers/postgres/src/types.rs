//! PostgreSQL's types: which of them have a form here, and what a column of each is to the planner.
//!
//! A type without a form (arrays, ranges, geometry, addresses, bit strings, types of extensions) is
//! [`ColumnType::Other`]. Such a column is read by casting it to text in the SQL; its own binary form is refused when a
//! cell of it is read, with its name.

use eagerly::graph::ColumnType;
use tokio_postgres::types::{Kind, Type};

/// How the server sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Boolean,
    Int2,
    Int4,
    Int8,
    /// An unsigned integer of 32 bits.
    Oid,
    Float4,
    Float8,
    Numeric,
    Text,
    /// The internal type `"char"`, a byte.
    Char,
    Bytes,
    Uuid,
    Json,
    /// A version byte before the text.
    Jsonb,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
}

impl Form {
    /// The form of a type that tokio-postgres has looked up.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        match ty.kind() {
            Kind::Domain(base) => Self::of(base),
            Kind::Enum(_) => Some(Self::Text),
            _ => Self::find(ty.oid(), ty.name(), false),
        }
    }

    /// The form of a type as `pg_type` describes it, which must be no domain.
    pub(crate) fn find(oid: u32, name: &str, is_enum: bool) -> Option<Self> {
        let Some(ty) = Type::from_oid(oid) else {
            return (is_enum || name == CITEXT).then_some(Self::Text);
        };
        Some(match ty {
            Type::BOOL => Self::Boolean,
            Type::INT2 => Self::Int2,
            Type::INT4 => Self::Int4,
            Type::INT8 => Self::Int8,
            Type::OID => Self::Oid,
            Type::FLOAT4 => Self::Float4,
            Type::FLOAT8 => Self::Float8,
            Type::NUMERIC => Self::Numeric,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => Self::Text,
            Type::CHAR => Self::Char,
            Type::BYTEA => Self::Bytes,
            Type::UUID => Self::Uuid,
            Type::JSON => Self::Json,
            Type::JSONB => Self::Jsonb,
            Type::DATE => Self::Date,
            Type::TIME => Self::Time,
            Type::TIMETZ => Self::TimeTz,
            Type::TIMESTAMP => Self::Timestamp,
            Type::TIMESTAMPTZ => Self::TimestampTz,
            Type::INTERVAL => Self::Interval,
            _ => return None,
        })
    }

    /// Whether its text has to be written; the others are read where they lie.
    pub(crate) fn is_written(self) -> bool {
        match self {
            Self::Boolean
            | Self::Int2
            | Self::Int4
            | Self::Int8
            | Self::Oid
            | Self::Float4
            | Self::Float8
            | Self::Text
            | Self::Bytes
            | Self::Json
            | Self::Jsonb => false,
            Self::Numeric
            | Self::Char
            | Self::Uuid
            | Self::Date
            | Self::Time
            | Self::TimeTz
            | Self::Timestamp
            | Self::TimestampTz
            | Self::Interval => true,
        }
    }

    pub(crate) fn column_type(self) -> ColumnType {
        match self {
            Self::Boolean => ColumnType::Boolean,
            Self::Int2 | Self::Int4 | Self::Int8 | Self::Oid => ColumnType::Integer,
            Self::Float4 | Self::Float8 => ColumnType::Float,
            Self::Numeric => ColumnType::Decimal,
            Self::Text | Self::Char => ColumnType::Text,
            Self::Bytes => ColumnType::Bytes,
            Self::Uuid => ColumnType::Uuid,
            Self::Json | Self::Jsonb => ColumnType::Json,
            Self::Date => ColumnType::Date,
            Self::Time | Self::TimeTz => ColumnType::Time,
            Self::Timestamp | Self::TimestampTz => ColumnType::Timestamp,
            Self::Interval => ColumnType::Other,
        }
    }
}

/// The extension's type of text without case.
pub(crate) const CITEXT: &str = "citext";
