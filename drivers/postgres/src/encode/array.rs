//! The text form of an array of one dimension.

use super::scalar;
use bytes::{BufMut as _, BytesMut};
use eagerly::value::Value;
use tokio_postgres::types::Type;

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
    fn lists() {
        assert_eq!(written(&[], &Type::INT8), "{}");
        assert_eq!(written(&[1.into(), Value::Null, (-2).into()], &Type::INT8), "{1,NULL,-2}");
        let texts = ["", "NULL", "a,b", "{}", "\"", "\\", "\\\"é\"x"].map(Value::from);
        assert_eq!(written(&texts, &Type::TEXT), r#"{"","NULL","a,b","{}","\"","\\","\\\"é\"x"}"#);
        assert_eq!(written(&[Value::Bytes(vec![1, 171])], &Type::BYTEA), r#"{"\\x01ab"}"#);
        assert_eq!(written(&["(1,1),(0,0)".into(), Value::Null], &Type::BOX), r#"{"(1,1),(0,0)";NULL}"#);
    }
}
