//! A row becomes the cells that a run reads.
//!
//! The server sends values in its binary form. Integers, floats, text and bytes are read where they lie; what comes out
//! as text (numerics, dates, UUIDs) is written once per row, into one buffer that all rows of a statement use. Nothing
//! depends on settings of the session, which the text forms of PostgreSQL do.

mod calendar;
mod numeric;
#[cfg(test)]
mod tests;
mod time;

use crate::types::Form;
use eagerly::graph::ColumnType;
use eagerly::value::ValueRef;
use eagerly::{CellError, Cells};
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::ops::Range;
use tokio_postgres::types::{FromSql, Kind, Type};
use tokio_postgres::{Column, Row};

/// Reads the rows of one statement, for [`Run::row`](eagerly::Run::row).
#[derive(Debug)]
pub struct Decoder {
    columns: Vec<Option<Form>>,
    /// The columns whose text has to be written.
    to_write: Vec<(usize, Form)>,
    text: String,
    /// By column, where its text lies.
    written: Vec<Option<Range<usize>>>,
}

impl Decoder {
    /// A decoder of rows with these columns.
    #[must_use]
    pub fn new(columns: &[Column]) -> Self {
        let columns: Vec<Option<Form>> = columns.iter().map(|column| Form::of(column.type_())).collect();
        let forms = columns.iter().enumerate().filter_map(|(position, form)| Some((position, (*form)?)));
        let to_write = forms.filter(|(_, form)| form.is_written()).collect();
        Self { to_write, written: vec![None; columns.len()], text: String::new(), columns }
    }

    /// Whether a column has a type.
    pub(crate) fn is(&self, position: usize, ty: ColumnType) -> bool {
        let form = self.columns.get(position).copied().flatten();
        form.map_or(ColumnType::Other, Form::column_type) == ty
    }

    /// The text that was written for a column of the row at hand.
    fn text_of(&self, position: usize) -> Option<&str> {
        self.text.get(self.written.get(position)?.clone()?)
    }

    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The cells of a row, which is one of the statement's.
    pub fn cells<'d>(&'d mut self, row: &'d Row) -> impl Cells + 'd {
        self.text.clear();
        for (position, form) in &self.to_write {
            let start = self.text.len();
            let written = raw(row, *position).and_then(|bytes| write(*form, bytes, &mut self.text));
            self.written[*position] = written.map(|()| start..self.text.len());
        }
        RowCells { decoder: self, row }
    }
}

struct RowCells<'d> {
    decoder: &'d Decoder,
    row: &'d Row,
}

impl Cells for RowCells<'_> {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        let form = self.decoder.columns.get(position).ok_or(CellError::Missing)?;
        let Some(bytes) = raw(self.row, position) else { return Ok(ValueRef::Null) };
        let unknown = || {
            let ty = self.row.columns().get(position).map(Column::type_);
            CellError::UnknownType(ty.map_or_else(String::new, type_name))
        };
        let form = form.ok_or_else(unknown)?;
        let value = match form {
            Form::Text | Form::Json => return text(bytes),
            // The only version there is.
            Form::Jsonb => return text(bytes.strip_prefix(&[1]).ok_or_else(unknown)?),
            Form::Bytes => Some(ValueRef::Bytes(bytes)),
            Form::Boolean => array(bytes).map(|[byte]: [u8; 1]| ValueRef::Boolean(byte != 0)),
            Form::Int2 => array(bytes).map(|b| ValueRef::Integer(i16::from_be_bytes(b).into())),
            Form::Int4 => array(bytes).map(|b| ValueRef::Integer(i32::from_be_bytes(b).into())),
            Form::Int8 => array(bytes).map(|b| ValueRef::Integer(i64::from_be_bytes(b))),
            Form::Oid => array(bytes).map(|b| ValueRef::Integer(u32::from_be_bytes(b).into())),
            Form::Float4 => array(bytes).map(|b| ValueRef::Float(widened(f32::from_be_bytes(b)))),
            Form::Float8 => array(bytes).map(|b| ValueRef::Float(f64::from_be_bytes(b))),
            // Without a text, these bytes are none that PostgreSQL sends.
            Form::Numeric
            | Form::Char
            | Form::Uuid
            | Form::Date
            | Form::Time
            | Form::TimeTz
            | Form::Timestamp
            | Form::TimestampTz
            | Form::Interval => self.decoder.text_of(position).map(ValueRef::Text),
        };
        value.ok_or_else(unknown)
    }
}

/// The name of a type for people, with its schema where that says something.
fn type_name(ty: &Type) -> String {
    if let Kind::Array(element) = ty.kind() {
        return format!("{}[]", type_name(element));
    }
    if ty.schema() == "pg_catalog" { ty.name().to_owned() } else { format!("{}.{}", ty.schema(), ty.name()) }
}

/// Writes what comes out as text; none for what is read where it lies, or is malformed.
fn write(form: Form, bytes: &[u8], out: &mut String) -> Option<()> {
    match form {
        Form::Numeric => numeric::write(bytes, out),
        Form::Date => time::date(i32::from_be_bytes(array(bytes)?), out),
        Form::Time => time::time(i64::from_be_bytes(array(bytes)?), out),
        Form::TimeTz => time::time_with_zone(bytes, out),
        Form::Timestamp => time::timestamp(i64::from_be_bytes(array(bytes)?), "", out),
        Form::TimestampTz => time::timestamp(i64::from_be_bytes(array(bytes)?), "+00:00", out),
        Form::Interval => time::interval(bytes, out),
        Form::Uuid => uuid(array(bytes)?, out),
        Form::Char => char(array(bytes)?, out),
        _ => None,
    }
}

fn uuid(bytes: [u8; 16], out: &mut String) -> Option<()> {
    let n = u128::from_be_bytes(bytes);
    let (a, b, c, d, e) = (n >> 96, n >> 80 & 0xffff, n >> 64 & 0xffff, n >> 48 & 0xffff, n & 0xffff_ffff_ffff);
    write!(out, "{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}").ok()
}

/// As PostgreSQL prints it: nothing for a zero byte, octal digits for what is no ASCII.
fn char([byte]: [u8; 1], out: &mut String) -> Option<()> {
    match byte {
        0 => {}
        1..=127 => out.push(byte.into()),
        128.. => write!(out, "\\{byte:03o}").ok()?,
    }
    Some(())
}

/// The float of 64 bits that prints as the one of 32 does: `0.1`, and not `0.10000000149011612`.
fn widened(float: f32) -> f64 {
    if float.is_finite() { float.to_string().parse().unwrap_or(f64::from(float)) } else { f64::from(float) }
}

fn text(bytes: &[u8]) -> Result<ValueRef<'_>, CellError> {
    std::str::from_utf8(bytes).map(ValueRef::Text).map_err(|_| CellError::NotUtf8)
}

fn array<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok()
}

/// The first `N` bytes, and the rest.
fn take<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    bytes.split_first_chunk().map(|(first, rest)| (*first, rest))
}

/// The bytes of a cell, none for NULL.
fn raw(row: &Row, position: usize) -> Option<&[u8]> {
    struct Raw<'a>(&'a [u8]);

    impl<'a> FromSql<'a> for Raw<'a> {
        fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
            Ok(Self(raw))
        }

        fn accepts(_: &Type) -> bool {
            true
        }
    }

    // It fails only for a position that is out of range.
    row.try_get::<_, Option<Raw<'_>>>(position).ok().flatten().map(|raw| raw.0)
}
