//! The Chinook database on servers, and what makes its three dumps comparable.
//!
//! **Names.** SQLite and MySQL have `InvoiceLine.UnitPrice`, PostgreSQL `invoice_line.unit_price`: a `_` before each
//! capital that follows a small letter, and then all small. Reflection makes relationships of these names, so the map
//! holds for them too: `Employee_via_ReportsTo` is `employee_via_reports_to`. Specifications are written in SQLite's
//! names, and results are compared in PostgreSQL's.
//!
//! **Decimals.** SQLite stores `numeric(10,2)` as a float and shows a number; servers show a string with two decimals. The
//! number is written with two decimals.
//!
//! **Dates.** SQLite stores text with a blank between date and time; servers have points in time, which are ISO 8601
//! with a `T`. The blank becomes a `T`.
//!
//! **Text.** The dumps write text as `N'…'`. PostgreSQL reads that as `char(n)` and drops the blank behind `Edinburgh `, so
//! blanks at the end are dropped from all. MySQL reads a backslash as an escape, and four tracks have one that is meant as
//! such: the dump is loaded without escapes.

use crate::database::Backend;
use crate::servers::Server;
use flate2::read::GzDecoder;
use serde_json::{Map, Value as Json};
use std::io::Read;
use std::sync::LazyLock;

/// Columns that are decimals, and those that are dates.
const DECIMALS: [&str; 2] = ["unit_price", "total"];
const DATES: [&str; 3] = ["birth_date", "hire_date", "invoice_date"];

static POSTGRES: LazyLock<String> = LazyLock::new(|| dump(include_bytes!("../data/chinook.postgres.sql.gz")));
static MYSQL: LazyLock<String> = LazyLock::new(|| dump(include_bytes!("../data/chinook.mysql.sql.gz")));

/// The SQL of a dump, without what makes and enters its database.
fn dump(compressed: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(compressed).read_to_string(&mut text).expect("a compressed dump");
    let tables = text.find("CREATE TABLE").expect("tables");
    text.split_off(tables)
}

/// The URL of Chinook on a server.
///
/// # Panics
/// When the server refuses it.
#[must_use]
pub fn url(server: &Server) -> String {
    if server.backend() == Backend::Postgres {
        return server.database(&POSTGRES);
    }
    server.database(&format!("SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES');\n{}", *MYSQL))
}

/// A specification in the names of a database. It has no text in it but names.
#[must_use]
pub fn specification(backend: Backend, spec: &str) -> String {
    if backend == Backend::Postgres { small(spec) } else { spec.to_owned() }
}

/// `InvoiceLine` as `invoice_line`.
fn small(names: &str) -> String {
    let mut text = String::with_capacity(names.len());
    let mut before = ' ';
    for letter in names.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
        before = letter;
    }
    text
}

/// A result of any of the databases in the form in which they are compared.
#[must_use]
pub fn normal(json: &Json) -> Json {
    match json {
        Json::Array(list) => list.iter().map(normal).collect(),
        Json::Object(object) => {
            let entry = |(key, value): (&String, &Json)| {
                let key = small(key);
                let value = match value {
                    Json::Number(number) if DECIMALS.contains(&key.as_str()) => {
                        Json::from(format!("{:.2}", number.as_f64().unwrap_or(f64::NAN)))
                    }
                    Json::String(text) if DATES.contains(&key.as_str()) => Json::from(text.replacen(' ', "T", 1)),
                    Json::String(text) => Json::from(text.trim_end_matches(' ')),
                    value => normal(value),
                };
                (key, value)
            };
            Json::Object(object.iter().map(entry).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}
