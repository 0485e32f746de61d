//! The values of an exact case as JSON, by the number of their rows: read once, in a session without settings.

use super::Ask;
use crate::database::Backend;
use crate::generate::exact::{Case, Column, Form, Table};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use eagerly_planner::value::Value;
use rusqlite::Connection;
use rusqlite::types::Value as Stored;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A value that comes out.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// As JSON.
    Json(Json),
    /// A float that JSON cannot carry.
    NotFinite,
}

/// All values of a case.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// By table, column and number.
    cells: BTreeMap<(&'static str, &'static str, u64), Cell>,
    /// Columns and numbers of `v` with bytes, where types do not tell.
    bytes: BTreeSet<(&'static str, u64)>,
}

impl Printed {
    /// Reads them through a session of a server.
    ///
    /// # Panics
    /// When the server refuses a query, or prints what no test should have.
    #[must_use]
    pub fn read(case: &Case, session: &dyn Ask) -> Self {
        let mut printed = Self::default();
        for (table, column) in columns(case) {
            let name = match (column.ty.form, case.backend) {
                (Form::Bytes, Backend::Postgres) => format!("encode({}, 'hex')", column.name),
                (Form::Bytes, _) => format!("hex({})", column.name),
                // Not `+ 0e0`: the sum of -0 and 0 is 0.
                (Form::Single, Backend::Mariadb | Backend::Mysql) => format!("{} * 1e0", column.name),
                (Form::Integer, Backend::Mariadb | Backend::Mysql) => format!("{} + 0", column.name),
                _ => column.name.to_owned(),
            };
            let interval = column.ty.form == Form::Interval;
            if interval {
                session.texts("SET intervalstyle = 'iso_8601'");
            }
            for row in session.texts(&format!("SELECT n, {name} FROM {table}")) {
                let n = row[0].as_ref().and_then(|n| n.parse().ok()).expect("a number");
                let cell = row[1].as_ref().map_or(Cell::Json(Json::Null), |text| cell(column.ty.form, text));
                printed.cells.insert((table, column.name, n), cell);
            }
            if interval {
                session.texts("SET intervalstyle = 'postgres'");
            }
        }
        printed
    }

    /// Reads them from SQLite, where each value has a class.
    ///
    /// # Panics
    /// As [`Printed::read`].
    #[must_use]
    pub fn stored(case: &Case, connection: &Connection) -> Self {
        let mut printed = Self::default();
        for (table, column) in columns(case) {
            let read = || -> rusqlite::Result<Vec<(i64, Stored)>> {
                let mut statement = connection.prepare(&format!("SELECT t.n, t.{} FROM {table} AS t", column.name))?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect()
            };
            for (n, value) in read().unwrap_or_else(|error| panic!("{error}")) {
                let (n, boolean) = (n.unsigned_abs(), column.ty.form == Form::Boolean);
                let json = match value {
                    Stored::Null => Json::Null,
                    Stored::Integer(n @ (0 | 1)) if boolean => Json::Bool(n == 1),
                    Stored::Integer(n) => n.into(),
                    Stored::Real(x) if !x.is_finite() => {
                        printed.cells.insert((table, column.name, n), Cell::NotFinite);
                        continue;
                    }
                    Stored::Real(x) => x.into(),
                    Stored::Text(text) => text.into(),
                    Stored::Blob(bytes) => {
                        if table == "v" {
                            printed.bytes.insert((column.name, n));
                        }
                        BASE64_STANDARD.encode(bytes).into()
                    }
                };
                printed.cells.insert((table, column.name, n), Cell::Json(json));
            }
        }
        printed
    }

    /// The value of a column of a row.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn cell(&self, table: Table, column: &'static str, n: u64) -> &Cell {
        self.cells.get(&(table.name(), column, n)).unwrap_or_else(|| panic!("no {}.{column} of {n}", table.name()))
    }

    /// A value of `v` as it is printed, for a condition on a column; `None` for one that JSON cannot say, and where two
    /// values print alike.
    #[must_use]
    pub fn value(&self, case: &Case, table: Table, column: &str, index: usize) -> Option<Value> {
        let column = case.columns(table).into_iter().find(|c| c.name == column)?;
        let all = (0..case.pool() as u64).map(|n| self.cells.get(&("v", column.value, n + 1)));
        let all: Vec<&Cell> = all.collect::<Option<_>>()?;
        let Cell::Json(json) = all[index] else { return None };
        // The empty member of an ENUM, and its error value.
        let twice = column.ty.sql.starts_with("enum") && json.as_str() == Some("");
        let bytes = column.ty.form == Form::Bytes || self.bytes.contains(&(column.value, index as u64 + 1));
        let value = match json {
            Json::Bool(b) => Value::Boolean(*b),
            Json::Number(number) => number
                .as_i64()
                .map(Value::Integer)
                .or_else(|| number.as_u64().map(Value::from))
                .or_else(|| number.as_f64().map(Value::Float))?,
            Json::String(text) if bytes => Value::Bytes(BASE64_STANDARD.decode(text).ok()?),
            Json::String(text) => Value::Text(text.clone()),
            // A document stands in a condition as its text.
            Json::Null if column.ty.form != Form::Json => return None,
            document => Value::Text(document.to_string()),
        };
        let text =
            column.ty.form == Form::Json && matches!(value, Value::Boolean(_) | Value::Integer(_) | Value::Text(_));
        let value = if text { Value::Text(json.to_string()) } else { value };
        (!twice).then_some(value)
    }
}

/// All columns with values, with their tables.
fn columns(case: &Case) -> Vec<(&'static str, Column)> {
    let mut columns = Vec::new();
    for table in [Table::P, Table::C] {
        columns.extend(case.columns(table).into_iter().map(|column| (table.name(), column)));
        for column in case.columns(table) {
            if !columns.iter().any(|(table, other)| *table == "v" && other.name == column.value) {
                columns.push(("v", Column { name: column.value, nullable: true, ..column }));
            }
        }
    }
    columns
}

/// A value from the server's own text.
fn cell(form: Form, text: &str) -> Cell {
    let float = |x: f64| if x.is_finite() { Cell::Json(x.into()) } else { Cell::NotFinite };
    Cell::Json(match form {
        Form::Integer => integer(text),
        Form::Boolean if text == "t" || text == "1" => Json::Bool(true),
        Form::Boolean if text == "f" || text == "0" => Json::Bool(false),
        Form::Boolean => integer(text),
        Form::Float => return float(text.parse().expect("a float")),
        // The shortest decimal that is this float of four bytes.
        Form::Single => {
            let single = text.parse::<f64>().expect("a float") as f32;
            return if single.is_finite() {
                float(format!("{single:?}").parse().expect("a float"))
            } else {
                Cell::NotFinite
            };
        }
        Form::Bytes => BASE64_STANDARD.encode(bytes(text)).into(),
        Form::Json => serde_json::from_str(text).expect("a document"),
        Form::Moment => moment(text).into(),
        Form::Instant if text.ends_with("infinity") => text.into(),
        Form::Instant => instant(text).into(),
        Form::ZonedTime => zoned(text).into(),
        Form::Text | Form::Interval | Form::Stored => text.into(),
    })
}

fn integer(text: &str) -> Json {
    text.parse::<i64>().map_or_else(|_| text.parse::<u64>().expect("an integer").into(), Json::from)
}

fn bytes(hex: &str) -> Vec<u8> {
    let byte = |i| u8::from_str_radix(&hex[i..i + 2], 16).expect("two hex digits");
    (0..hex.len()).step_by(2).map(byte).collect()
}

/// `0044-03-15 12:00:00 BC` is `-0043-03-15T12:00:00`: ISO 8601 has a year 0, and a sign before years that need one.
fn moment(text: &str) -> String {
    if text.ends_with("infinity") {
        return text.to_owned();
    }
    let (text, before) = text.strip_suffix(" BC").map_or((text, false), |text| (text, true));
    let (year, rest) = text.split_once('-').expect("a year");
    let year: i64 = year.parse().expect("a year");
    let year = if before { 1 - year } else { year };
    let sign = if year < 0 {
        "-"
    } else if year > 9_999 {
        "+"
    } else {
        ""
    };
    format!("{sign}{:04}-{}", year.unsigned_abs(), rest.replacen(' ', "T", 1))
}

/// In UTC. PostgreSQL says so with `+00`, MariaDB and MySQL say nothing.
fn instant(text: &str) -> String {
    let text = moment(&text.replace("+00", ""));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}+00:00")
}

/// A zone has its minutes.
fn zoned(text: &str) -> String {
    let zone = text.rfind(['+', '-']).expect("a zone");
    if text.len() - zone == 3 { format!("{text}:00") } else { text.to_owned() }
}
