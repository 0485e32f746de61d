//! A bind becomes a parameter: the value's text form, from which the server makes whatever type the statement's
//! parameter has.
//!
//! So every type is bound alike, those of extensions, enums and domains included, and the database decides what a value
//! means and which it refuses. A list is an array, of the parameter's element type. One list has the binary form: that of
//! integers for `bigint[]`, as most keys are. It means the same, and is cheaper to write and to read. A `"char"` that is no
//! ASCII has the binary form too, since PostgreSQL reads its text from version 16 on only.

mod array;
mod char;
mod scalar;

use bytes::BytesMut;
use eagerly::BindValue;
use eagerly::value::Value;
use std::error::Error as StdError;
use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type, to_sql_checked};

type Encoded = Result<IsNull, Box<dyn StdError + Sync + Send>>;

/// One bind of a statement, as a parameter for tokio-postgres.
#[derive(Debug)]
pub enum Bound<'a> {
    /// A scalar.
    One(&'a Value),
    /// A list for an array parameter.
    List(&'a [Value]),
}

/// The type that a bind has by itself, as a literal has it; `unknown` where the statement decides.
pub(crate) fn declared(bind: &BindValue) -> Type {
    match bind {
        BindValue::One(Value::Boolean(_)) => Type::BOOL,
        BindValue::One(Value::Integer(_)) => Type::INT8,
        BindValue::One(Value::Unsigned(_) | Value::Float(_)) => Type::NUMERIC,
        BindValue::One(_) => Type::UNKNOWN,
        BindValue::Many(values) => {
            let all = |test: fn(&Value) -> bool| values.iter().all(|v| v.is_null() || test(v));
            match values.iter().find(|v| !v.is_null()) {
                Some(Value::Boolean(_)) if all(|v| matches!(v, Value::Boolean(_))) => Type::BOOL_ARRAY,
                Some(Value::Integer(_)) if all(|v| matches!(v, Value::Integer(_))) => Type::INT8_ARRAY,
                Some(Value::Integer(_) | Value::Unsigned(_) | Value::Float(_))
                    if all(|v| matches!(v, Value::Integer(_) | Value::Unsigned(_) | Value::Float(_))) =>
                {
                    Type::NUMERIC_ARRAY
                }
                _ => Type::UNKNOWN,
            }
        }
    }
}

/// Whether a list is written in the binary form.
fn is_binary(values: &[Value], ty: &Type) -> bool {
    if let Kind::Domain(base) = ty.kind() {
        return is_binary(values, base);
    }
    *ty == Type::INT8_ARRAY && values.iter().all(|value| matches!(value, Value::Integer(_)))
}

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Encoded {
        match (self, ty.kind()) {
            (Self::One(Value::Null), _) => return Ok(IsNull::Yes),
            (_, Kind::Domain(base)) => return self.to_sql(base, out),
            (Self::One(value), _) if char::is_binary_value(value, ty) => char::write(value, out)?,
            (Self::One(value), _) => scalar::write(value, ty, &mut |text| out.extend_from_slice(text.as_bytes()))?,
            (Self::List(values), _) if is_binary(values, ty) => array::write_integers(values, out)?,
            (Self::List(values), _) if char::is_binary_list(values, ty) => array::write_chars(values, out)?,
            (Self::List(values), Kind::Array(element)) => array::write(values, element, out)?,
            (Self::List(_), _) => return Err(format!("a list is no {}", ty.name()).into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, ty: &Type) -> Format {
        match self {
            Self::List(values) if is_binary(values, ty) || char::is_binary_list(values, ty) => Format::Binary,
            Self::One(value) if char::is_binary_value(value, ty) => Format::Binary,
            _ => Format::Text,
        }
    }

    to_sql_checked!();
}
