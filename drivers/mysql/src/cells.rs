//! The cells of a row, as the contract on values wants them.
//!
//! | the database's type | here |
//! |---|---|
//! | integers, `year`, `bit` | integers |
//! | `float` | the shortest decimal that is read back as the same `float`, so 0.1 and not 0.10000000149011612 |
//! | `decimal` | text, every digit as the server writes it |
//! | `date`, `datetime` | ISO 8601 text, with the declared number of digits behind the second; zero dates stay zeros |
//! | `timestamp` | the instant in UTC, `2021-10-31T00:00:00.5+00:00`: statements that read one run in UTC |
//! | `time` | `[-]hh:mm:ss`, and hours beyond 24 since it is a span too |
//! | `char`, `varchar`, `text`, `enum`, `set`, `json`, MariaDB's `uuid` and `inet` | text |
//! | `binary`, `varbinary`, `blob` | bytes |
//! | geometries, `vector` | an error that names the type: the server's inner form is no value to hand out |
//!
//! mysql_async decodes a row before it gives it away, so cells are borrowed from its values; what has another form here
//! is written into a buffer that all rows of a statement share.

use eagerly::graph::ColumnType as Planned;
use eagerly::value::ValueRef;
use eagerly::{CellError, Cells};
use mysql_async::consts::ColumnType;
use mysql_async::{Column, Row, Value};
use std::fmt::Write;
use std::ops::Range;

/// The character set that stands for bytes.
const BINARY: u16 = 63;

/// How a column's values are read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// Integers, doubles, NULL: as they come.
    Plain,
    Text,
    Bytes,
    Bits,
    Date,
    /// With so many digits behind the second; `None` where the server does not say.
    DateTime(Option<u8>),
    /// In UTC.
    Instant,
    Time(Option<u8>),
    Unknown(String),
}

impl Form {
    fn of(column: &Column) -> Self {
        use ColumnType as T;
        let digits = (column.decimals() <= 6).then(|| column.decimals());
        match column.column_type() {
            T::MYSQL_TYPE_DECIMAL | T::MYSQL_TYPE_NEWDECIMAL | T::MYSQL_TYPE_JSON => Self::Text,
            T::MYSQL_TYPE_BIT => Self::Bits,
            T::MYSQL_TYPE_DATE | T::MYSQL_TYPE_NEWDATE => Self::Date,
            T::MYSQL_TYPE_DATETIME => Self::DateTime(digits),
            T::MYSQL_TYPE_TIMESTAMP => Self::Instant,
            T::MYSQL_TYPE_TIME => Self::Time(digits),
            T::MYSQL_TYPE_VARCHAR
            | T::MYSQL_TYPE_VAR_STRING
            | T::MYSQL_TYPE_STRING
            | T::MYSQL_TYPE_ENUM
            | T::MYSQL_TYPE_SET
            | T::MYSQL_TYPE_TINY_BLOB
            | T::MYSQL_TYPE_MEDIUM_BLOB
            | T::MYSQL_TYPE_LONG_BLOB
            | T::MYSQL_TYPE_BLOB => {
                if column.character_set() == BINARY {
                    Self::Bytes
                } else {
                    Self::Text
                }
            }
            T::MYSQL_TYPE_NULL
            | T::MYSQL_TYPE_TINY
            | T::MYSQL_TYPE_SHORT
            | T::MYSQL_TYPE_INT24
            | T::MYSQL_TYPE_LONG
            | T::MYSQL_TYPE_LONGLONG
            | T::MYSQL_TYPE_YEAR
            | T::MYSQL_TYPE_FLOAT
            | T::MYSQL_TYPE_DOUBLE => Self::Plain,
            T::MYSQL_TYPE_GEOMETRY => Self::Unknown("geometry".to_owned()),
            T::MYSQL_TYPE_VECTOR => Self::Unknown("vector".to_owned()),
            other => Self::Unknown(format!("{other:?}")),
        }
    }
}

/// Reads the rows of one statement.
#[derive(Debug)]
pub(crate) struct Reader {
    forms: Vec<Form>,
    /// The columns of dates and times.
    to_write: Vec<usize>,
    /// Text of the current row's dates and times, and where each column's is.
    buffer: String,
    written: Vec<Range<usize>>,
}

impl Reader {
    pub(crate) fn new(columns: &[Column]) -> Self {
        let forms: Vec<Form> = columns.iter().map(Form::of).collect();
        let temporal = |form: &Form| matches!(form, Form::Date | Form::DateTime(_) | Form::Instant | Form::Time(_));
        let to_write = forms.iter().enumerate().filter(|(_, form)| temporal(form)).map(|(index, _)| index).collect();
        Self { to_write, written: vec![0..0; forms.len()], buffer: String::new(), forms }
    }

    /// Whether a column holds instants, which are in the zone in which the statement ran.
    pub(crate) fn has_instants(&self) -> bool {
        self.forms.contains(&Form::Instant)
    }

    /// Whether a column can hold keys of a type, as far as the server's form of it tells.
    pub(crate) fn is(&self, position: usize, ty: Planned) -> bool {
        let form = self.forms.get(position);
        match ty {
            Planned::Integer => matches!(form, Some(Form::Plain | Form::Bits)),
            Planned::Text | Planned::Uuid => matches!(form, Some(Form::Text)),
            Planned::Bytes => matches!(form, Some(Form::Bytes)),
            _ => true,
        }
    }

    /// The cells of a row.
    pub(crate) fn cells<'r>(&'r mut self, row: &'r Row) -> RowCells<'r> {
        self.buffer.clear();
        for index in &self.to_write {
            let start = self.buffer.len();
            if let Some(value) = row.as_ref(*index) {
                write_temporal(&mut self.buffer, &self.forms[*index], value);
            }
            self.written[*index] = start..self.buffer.len();
        }
        RowCells { row, reader: self }
    }
}

/// One row.
#[derive(Debug)]
pub(crate) struct RowCells<'r> {
    row: &'r Row,
    reader: &'r Reader,
}

impl Cells for RowCells<'_> {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        let value = self.row.as_ref(position).ok_or(CellError::Missing)?;
        let form = self.reader.forms.get(position).ok_or(CellError::Missing)?;
        Ok(match (value, form) {
            (Value::NULL, _) => ValueRef::Null,
            (_, Form::Unknown(ty)) => return Err(CellError::UnknownType(ty.clone())),
            (Value::Int(i), _) => ValueRef::Integer(*i),
            (Value::UInt(u), _) => unsigned(*u),
            (Value::Float(f), _) => ValueRef::Float(shortest(*f)),
            (Value::Double(f), _) => ValueRef::Float(*f),
            (Value::Bytes(bytes), Form::Bits) => bits(bytes)?,
            (Value::Bytes(bytes), Form::Text) => {
                ValueRef::Text(std::str::from_utf8(bytes).map_err(|_| CellError::NotUtf8)?)
            }
            (Value::Bytes(bytes), _) => ValueRef::Bytes(bytes),
            (Value::Date(..) | Value::Time(..), _) => {
                let written = self.reader.written.get(position).cloned().ok_or(CellError::Missing)?;
                ValueRef::Text(self.reader.buffer.get(written).ok_or(CellError::Missing)?)
            }
        })
    }
}

/// One number has one form, so that equal keys of signed and unsigned columns are equal values.
fn unsigned(value: u64) -> ValueRef<'static> {
    value.into()
}

/// The number that a `bit(n)` is: its bytes, the highest first.
fn bits(bytes: &[u8]) -> Result<ValueRef<'static>, CellError> {
    if bytes.len() > 8 {
        return Err(CellError::UnknownType("bit".to_owned()));
    }
    Ok(unsigned(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))))
}

/// The double whose shortest decimal is that of the `float`.
fn shortest(f: f32) -> f64 {
    f.to_string().parse().unwrap_or(f64::from(f))
}

fn write_temporal(out: &mut String, form: &Form, value: &Value) {
    // Writing into a string does not fail.
    let _ = match (value, form) {
        (Value::Date(year, month, day, ..), Form::Date) => write!(out, "{year:04}-{month:02}-{day:02}"),
        (Value::Date(year, month, day, hour, minute, second, micros), Form::DateTime(digits)) => {
            write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
                .and_then(|()| write_fraction(out, *micros, *digits))
        }
        (Value::Date(year, month, day, hour, minute, second, micros), Form::Instant) => {
            write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
                .and_then(|()| write_fraction(out, *micros, Some(0)))
                .and_then(|()| out.write_str("+00:00"))
        }
        (Value::Time(negative, days, hours, minutes, seconds, micros), Form::Time(digits)) => {
            let (sign, hours) = (if *negative { "-" } else { "" }, days * 24 + u32::from(*hours));
            write!(out, "{sign}{hours:02}:{minutes:02}:{seconds:02}")
                .and_then(|()| write_fraction(out, *micros, *digits))
        }
        _ => Ok(()),
    };
}

/// The digits behind the second: as many as the column has, and never fewer than the value needs.
fn write_fraction(out: &mut String, micros: u32, digits: Option<u8>) -> std::fmt::Result {
    let digits = usize::from(digits.unwrap_or(if micros == 0 { 0 } else { 6 }));
    if digits == 0 && micros == 0 {
        return Ok(());
    }
    let written = format!("{micros:06}");
    let needed = written.trim_end_matches('0').len();
    write!(out, ".{}", &written[..digits.max(needed).min(written.len())])
}

#[cfg(test)]
mod tests {
    use super::{Form, bits, shortest, write_temporal};
    use eagerly::CellError;
    use eagerly::value::ValueRef;
    use mysql_async::Value;

    #[test]
    fn floats_are_their_shortest_decimal() {
        for (float, expected) in [(0.1_f32, 0.1), (16_777_216.0, 16_777_216.0), (f32::MAX, 3.4028235e38), (-0.0, -0.0)]
        {
            assert_eq!(shortest(float).to_bits(), f64::to_bits(expected));
            assert_eq!(shortest(float) as f32, float);
        }
    }

    #[test]
    fn bits_are_numbers() {
        assert_eq!(bits(&[1, 0]), Ok(ValueRef::Integer(256)));
        assert_eq!(bits(&[]), Ok(ValueRef::Integer(0)));
        assert_eq!(bits(&[0xff; 8]), Ok(ValueRef::from(u64::MAX)));
        assert!(matches!(bits(&[0; 9]), Err(CellError::UnknownType(_))));
    }

    #[test]
    fn dates_and_times_are_iso_8601() {
        for (value, form, expected) in [
            (Value::Date(0, 0, 0, 0, 0, 0, 0), Form::Date, "0000-00-00"),
            (Value::Date(2024, 2, 29, 0, 0, 0, 0), Form::Date, "2024-02-29"),
            (Value::Date(2024, 2, 29, 0, 0, 0, 0), Form::DateTime(Some(0)), "2024-02-29T00:00:00"),
            (Value::Date(2024, 2, 29, 1, 2, 3, 500_000), Form::DateTime(Some(3)), "2024-02-29T01:02:03.500"),
            (Value::Date(2024, 2, 29, 1, 2, 3, 0), Form::DateTime(Some(6)), "2024-02-29T01:02:03.000000"),
            (Value::Date(2024, 2, 29, 1, 2, 3, 1), Form::DateTime(None), "2024-02-29T01:02:03.000001"),
            (Value::Date(2024, 2, 29, 1, 2, 3, 120), Form::DateTime(Some(1)), "2024-02-29T01:02:03.00012"),
            (Value::Date(2021, 10, 31, 0, 0, 0, 0), Form::Instant, "2021-10-31T00:00:00+00:00"),
            (Value::Date(2021, 10, 31, 1, 2, 3, 450_000), Form::Instant, "2021-10-31T01:02:03.45+00:00"),
            (Value::Date(0, 0, 0, 0, 0, 0, 0), Form::Instant, "0000-00-00T00:00:00+00:00"),
            (Value::Time(true, 34, 22, 59, 59, 0), Form::Time(Some(0)), "-838:59:59"),
            (Value::Time(false, 0, 0, 0, 1, 10), Form::Time(Some(6)), "00:00:01.000010"),
        ] {
            let mut text = String::new();
            write_temporal(&mut text, &form, &value);
            assert_eq!(text, expected);
        }
    }
}
