//! The internal type `"char"`, a byte: its binary form. What is no ASCII is printed as a backslash and three octal digits,
//! which versions before PostgreSQL 16 take for a backslash.

use bytes::{BufMut as _, BytesMut};
use eagerly::value::Value;
use tokio_postgres::types::{Kind, Type};

/// Whether a value has to be written in the binary form.
pub(super) fn is_binary_value(value: &Value, ty: &Type) -> bool {
    let is_char = match ty.kind() {
        Kind::Domain(base) => return is_binary_value(value, base),
        _ => *ty == Type::CHAR,
    };
    is_char && is_octal(value)
}

/// Whether a list has to be written in the binary form, and can be.
pub(super) fn is_binary_list(values: &[Value], ty: &Type) -> bool {
    if let Kind::Domain(base) = ty.kind() {
        return is_binary_list(values, base);
    }
    *ty == Type::CHAR_ARRAY && values.iter().any(is_octal) && values.iter().all(|v| v.is_null() || byte(v).is_some())
}

/// Writes the byte of a value.
///
/// # Errors
/// A value that is none.
pub(super) fn write(value: &Value, out: &mut BytesMut) -> Result<(), String> {
    out.put_u8(byte(value).ok_or_else(|| "a text is no \"char\"".to_owned())?);
    Ok(())
}

fn is_octal(value: &Value) -> bool {
    byte(value).is_some_and(|byte| !byte.is_ascii())
}

/// The byte that a value is: nothing for 0, an ASCII character, or three octal digits behind a backslash.
fn byte(value: &Value) -> Option<u8> {
    let Value::Text(text) = value else { return None };
    match text.as_bytes() {
        [] => Some(0),
        [byte @ ..=127] => Some(*byte),
        [b'\\', digits @ ..] if digits.len() == 3 && digits.iter().all(|digit| (b'0'..=b'7').contains(digit)) => {
            u8::from_str_radix(text.get(1..)?, 8).ok().filter(|byte| !byte.is_ascii())
        }
        _ => None,
    }
}
