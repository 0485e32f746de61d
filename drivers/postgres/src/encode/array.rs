//! Arrays of one dimension: their text form, and the binary one of integers.

use super::{char, scalar};
use bytes::{BufMut as _, BytesMut};
use eagerly::value::Value;
use tokio_postgres::types::Type;

/// The bytes of an integer of 64 bits, and those of its length before it.
const INTEGER: (i32, usize) = (8, 12);

/// Writes `{…}`: each value in quotes, so that no text is taken for NULL, a brace or a delimiter.
///
/// # Errors
/// Those of a value.
pub(super) fn write(values: &[Value], element: &Type, out: &mut BytesMut) -> Result<(), String> {
    // The one type of PostgreSQL's own whose values have commas in them.
    let delimiter = if *element == Type::BOX { b';' } else { b',' };
    out.put_u8(b'{');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.put_u8(delimiter);
        }
        match value {
            Value::Null => out.put_slice(b"NULL"),
            Value::Integer(_) | Value::Boolean(_) => {
                scalar::write(value, element, &mut |text| out.put_slice(text.as_bytes()))?;
            }
            _ => {
                out.put_u8(b'"');
                scalar::write(value, element, &mut |text| escaped(text, out))?;
                out.put_u8(b'"');
            }
        }
    }
    out.put_u8(b'}');
    Ok(())
}

/// Writes integers as `bigint[]` has them: dimensions, no NULL, the elements' type, length and lower bound, elements.
///
/// # Errors
/// More of them than an array can have.
pub(super) fn write_integers(values: &[Value], out: &mut BytesMut) -> Result<(), String> {
    let length = i32::try_from(values.len()).map_err(|_| "a list is longer than an array can be".to_owned())?;
    let (size, each) = INTEGER;
    out.reserve(20 + each * values.len());
    out.put_i32(i32::from(length > 0));
    out.put_i32(0);
    out.put_u32(Type::INT8.oid());
    if length > 0 {
        out.put_i32(length);
        out.put_i32(1);
    }
    for value in values {
        let Value::Integer(integer) = value else { return Err("a list of integers holds something else".to_owned()) };
        out.put_i32(size);
        out.put_i64(*integer);
    }
    Ok(())
}

/// Writes the binary form of `"char"[]`.
///
/// # Errors
/// More of them than an array can have; a value that is none.
pub(super) fn write_chars(values: &[Value], out: &mut BytesMut) -> Result<(), String> {
    let length = i32::try_from(values.len()).map_err(|_| "a list is longer than an array can be".to_owned())?;
    out.put_i32(1);
    out.put_i32(i32::from(values.iter().any(Value::is_null)));
    out.put_u32(Type::CHAR.oid());
    out.put_i32(length);
    out.put_i32(1);
    for value in values {
        if value.is_null() {
            out.put_i32(-1);
        } else {
            out.put_i32(1);
            char::write(value, out)?;
        }
    }
    Ok(())
}

fn escaped(text: &str, out: &mut BytesMut) {
    for part in text.split_inclusive(['"', '\\']) {
        match part.as_bytes() {
            [plain @ .., last @ (b'"' | b'\\')] => {
                out.put_slice(plain);
                out.put_slice(&[b'\\', *last]);
            }
            plain => out.put_slice(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(values: &[Value], element: &Type) -> String {
        let mut out = BytesMut::new();
        write(values, element, &mut out).unwrap();
        String::from_utf8(out.to_vec()).unwrap()
    }

    #[test]
    fn integers_have_the_binary_form_of_an_array() {
        let binary = |values: &[i64]| {
            let (mut out, values) = (BytesMut::new(), values.iter().map(|i| Value::Integer(*i)).collect::<Vec<_>>());
            write_integers(&values, &mut out).unwrap();
            out.to_vec()
        };
        assert_eq!(binary(&[]), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]);
        let header = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 1];
        let elements = [[0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 254]];
        assert_eq!(binary(&[257, -2]), [&header[..], &elements.concat()].concat());
        assert!(write_integers(&[Value::Null], &mut BytesMut::new()).is_err());
    }

    #[test]
    fn lists() {
        assert_eq!(written(&[], &Type::INT8), "{}");
        assert_eq!(written(&[1.into(), Value::Null, (-2).into()], &Type::INT8), "{1,NULL,-2}");
        let texts = ["", "NULL", "a,b", "{}", "\"", "\\", "\\\"é\"x"].map(Value::from);
        assert_eq!(written(&texts, &Type::TEXT), r#"{"","NULL","a,b","{}","\"","\\","\\\"é\"x"}"#);
        assert_eq!(written(&[Value::Bytes(vec![1, 171])], &Type::BYTEA), r#"{"\\x01ab"}"#);
        assert_eq!(written(&["(1,1),(0,0)".into(), Value::Null], &Type::BOX), r#"{"(1,1),(0,0)";NULL}"#);
    }
}
