//! The text form of one value.

use eagerly::value::Value;
use std::borrow::Cow;
use std::fmt::Write as _;
use tokio_postgres::types::{Kind, Type};

/// Gives the text of a value that is not NULL to `out`.
///
/// # Errors
/// Bytes for what is no `bytea`: as text they would be something else.
pub(super) fn write(value: &Value, ty: &Type, out: &mut dyn FnMut(&str)) -> Result<(), String> {
    match value {
        Value::Boolean(boolean) => out(if *boolean { "true" } else { "false" }),
        Value::Integer(i) => out(&i.to_string()),
        Value::Unsigned(u) => out(&u.to_string()),
        Value::Float(f) => out(&float(*f)),
        Value::Text(text) if is_date(ty) => out(&calendar_date(text)),
        Value::Text(text) => out(text),
        Value::Bytes(bytes) if is_bytes(ty) => out(&hex(bytes)),
        Value::Bytes(_) => return Err(format!("bytes are no {}", ty.name())),
        _ => return Err("a value of an unknown class".to_owned()),
    }
    Ok(())
}

fn is_bytes(ty: &Type) -> bool {
    match ty.kind() {
        Kind::Domain(base) => is_bytes(base),
        _ => *ty == Type::BYTEA,
    }
}

fn is_date(ty: &Type) -> bool {
    match ty.kind() {
        Kind::Domain(base) => is_date(base),
        _ => matches!(*ty, Type::DATE | Type::TIMESTAMP | Type::TIMESTAMPTZ),
    }
}

fn float(f: f64) -> String {
    if f.is_infinite() {
        return if f > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    f.to_string()
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 + 2 * bytes.len());
    text.push_str("\\x");
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// ISO 8601's years beyond 1 to 9999 as PostgreSQL reads them: `-0043-03-15` is `0044-03-15 BC`, and `+10000-01-01` has
/// no sign. Other text stays as it is.
fn calendar_date(text: &str) -> Cow<'_, str> {
    let (sign, rest) = match text.as_bytes().first() {
        Some(b'-' | b'+') => text.split_at(1),
        Some(b'0') => ("", text),
        _ => return text.into(),
    };
    let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
    let (year, rest) = rest.split_at(end);
    match (sign, year.parse::<u32>()) {
        (_, Err(_)) => text.into(),
        ("+", Ok(_)) => format!("{year}{rest}").into(),
        ("-", Ok(year)) => format!("{:04}{rest} BC", year + 1).into(),
        // ISO 8601's year 0 is the year before 1.
        (_, Ok(0)) if year.len() == 4 && rest.starts_with('-') => format!("0001{rest} BC").into(),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value, ty: &Type) -> String {
        let mut text = String::new();
        write(value, ty, &mut |part| text.push_str(part)).unwrap();
        text
    }

    #[test]
    fn years_are_written_as_postgresql_reads_them() {
        for (iso, postgres) in [
            ("2024-02-29", "2024-02-29"),
            ("-0043-03-15", "0044-03-15 BC"),
            ("0000-12-31T23:59:59+00:00", "0001-12-31T23:59:59+00:00 BC"),
            ("0001-01-01", "0001-01-01"),
            ("+10000-01-01", "10000-01-01"),
            ("-infinity", "-infinity"),
            ("infinity", "infinity"),
            ("now", "now"),
            ("", ""),
            ("-", "-"),
            ("-99999999999-01-01", "-99999999999-01-01"),
            ("é", "é"),
        ] {
            assert_eq!(written(&iso.into(), &Type::DATE), postgres);
        }
        assert_eq!(written(&"-0043-03-15".into(), &Type::TEXT), "-0043-03-15");
    }

    #[test]
    fn scalars() {
        for (value, text) in [
            (Value::Boolean(true), "true"),
            (Value::Integer(i64::MIN), "-9223372036854775808"),
            (Value::from(u64::MAX), "18446744073709551615"),
            (Value::Float(0.1), "0.1"),
            (Value::Float(-0.0), "-0"),
            (Value::Float(1e15), "1000000000000000"),
            (Value::Float(f64::NAN), "NaN"),
            (Value::Float(f64::NEG_INFINITY), "-Infinity"),
        ] {
            assert_eq!(written(&value, &Type::FLOAT8), text);
        }
        assert_eq!(written(&Value::Bytes(vec![0, 255]), &Type::BYTEA), "\\x00ff");
        assert!(write(&Value::Bytes(vec![1]), &Type::TEXT, &mut |_| {}).is_err());
    }
}
