//! PostgreSQL. Rows come as the server's own text (a simple query), so that no decoder of ours stands between; the
//! types of the columns are those of the prepared statement.
//!
//! Values are literals: quoted text has no type until it is compared with a column, exactly as a parameter, and numbers
//! stand bare. A key of a `char(n)` is written without its padding, as PostgreSQL turns it into any other text.
//!
//! Between two columns `=` would take a type and a collation of both. Where they differ the key is cast to the target's
//! `citext` or `char(n)`, and gets the target's collation.

use super::{Backend, Cell, Database, Piece, Place, hex, with_literals};
use std::cell::RefCell;
use std::collections::HashMap;
use tokio::runtime::Runtime;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage};

/// A connection to a database of PostgreSQL.
pub struct Postgres {
    runtime: Runtime,
    client: Client,
    /// Declared types by table and column.
    declared: RefCell<HashMap<(String, String), String>>,
    /// Types of the columns that a query returns, whatever its values are.
    returned: RefCell<HashMap<String, Vec<Type>>>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl Postgres {
    /// Connects. Times are those of UTC.
    ///
    /// # Errors
    /// What the server or the way to it refuses, as text.
    pub fn connect(url: &str) -> Result<Self, String> {
        let config: Config = url.parse().map_err(|_| "no URL of PostgreSQL".to_owned())?;
        let runtime = super::mysql::runtime();
        let (client, connection) = runtime.block_on(config.connect(NoTls)).map_err(|e| said(&e))?;
        runtime.spawn(connection);
        let set = "SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex'";
        runtime.block_on(client.batch_execute(set)).map_err(|e| said(&e))?;
        Ok(Self { runtime, client, declared: RefCell::default(), returned: RefCell::default() })
    }

    /// Runs statements that return nothing.
    ///
    /// # Errors
    /// What the server refuses, as text.
    pub fn execute(&self, sql: &str) -> Result<(), String> {
        self.runtime.block_on(self.client.batch_execute(sql)).map_err(|e| said(&e))
    }

    /// Rows of a query as text.
    ///
    /// # Panics
    /// When the server refuses it.
    #[must_use]
    pub fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let messages = self.runtime.block_on(self.client.simple_query(sql));
        let messages = messages.unwrap_or_else(|e| panic!("{}\nin {sql}", said(&e)));
        let row = |message: SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|i| row.get(i).map(str::to_owned)).collect()),
            _ => None,
        };
        messages.into_iter().filter_map(row).collect()
    }

    /// The declared type of a column, without a length.
    fn declared(&self, place: Place<'_>) -> String {
        let (table, column) = (self.table(place.entity), place.column.name.clone());
        let ask = || {
            let [table, column] = [&table, &column].map(|text| quoted(text));
            let sql = format!(
                "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = {table}::regclass AND attname = {column}"
            );
            self.texts(&sql)[0][0].clone().expect("a type")
        };
        self.declared.borrow_mut().entry((table.clone(), column.clone())).or_insert_with(ask).clone()
    }
}

impl Database for Postgres {
    fn backend(&self) -> Backend {
        Backend::Postgres
    }

    fn key(&self, source: Place<'_>, target: Place<'_>) -> String {
        let mut key = self.column(source);
        let (from, to) = (self.declared(source), self.declared(target));
        if from != to && (to == "citext" || to == "character") {
            key += if to == "citext" { "::citext" } else { "::bpchar" };
        }
        if source.column.collation != target.column.collation {
            let collation = target.column.collation.as_deref().unwrap_or("default");
            key += &format!(" COLLATE {}", self.quote(collation));
        }
        key
    }

    fn text(&self, place: Place<'_>) -> String {
        format!("CAST({} AS text)", self.column(place))
    }

    fn text_key(&self, source: Place<'_>, target: Place<'_>) -> String {
        let own = match self.declared(target).as_str() {
            "citext" => "::citext",
            "character" => "::bpchar",
            _ => "",
        };
        self.text(source) + own
    }

    fn direction(&self, descending: bool) -> &'static str {
        if descending { " DESC NULLS LAST" } else { " ASC NULLS FIRST" }
    }

    fn rows(&self, query: &[Piece]) -> Vec<Vec<Cell>> {
        let sql = with_literals(query, literal);
        let mut returned = self.returned.borrow_mut();
        let types = returned.entry(with_literals(query, |_| "?".to_owned())).or_insert_with(|| {
            let statement = self.runtime.block_on(self.client.prepare(&sql));
            let statement = statement.unwrap_or_else(|e| panic!("{}\nin {sql}", said(&e)));
            statement.columns().iter().map(|column| column.type_().clone()).collect()
        });
        let cells =
            |row: Vec<Option<String>>| row.into_iter().zip(types.iter()).map(|(text, ty)| cell(text, ty)).collect();
        self.texts(&sql).into_iter().map(cells).collect()
    }
}

/// What the server says; the client's own words leave it out.
fn said(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |db| format!("{}: {}", db.code().code(), db.message()))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn literal(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Boolean(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Integer(n) => format!("({n})"),
        Cell::Float(x) => format!("({x:?})"),
        Cell::Single(x) => format!("({:?})", f64::from(*x)),
        Cell::Decimal(digits) if digits == "NaN" => "'NaN'::numeric".to_owned(),
        Cell::Decimal(digits) => format!("({digits})"),
        Cell::Text(text) | Cell::Moment(text) | Cell::Instant(text) => quoted(text),
        Cell::Padded(text) => quoted(text.trim_end_matches(' ')),
        Cell::Bytes(bytes) => format!("'\\x{}'", hex(bytes)),
    }
}

fn cell(text: Option<String>, ty: &Type) -> Cell {
    let Some(text) = text else { return Cell::Null };
    match *ty {
        Type::BOOL => Cell::Boolean(text == "t"),
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => Cell::Integer(text.parse().expect("an integer")),
        Type::FLOAT4 => Cell::Single(text.parse().expect("a float")),
        Type::FLOAT8 => Cell::Float(text.parse().expect("a float")),
        Type::NUMERIC => Cell::Decimal(text),
        Type::BPCHAR => Cell::Padded(text),
        // The server leaves the minutes out of `+00`, ISO 8601's form in full has them.
        Type::TIMETZ | Type::TIMESTAMPTZ if text.ends_with("+00") => Cell::Moment(text + ":00"),
        Type::DATE | Type::TIME | Type::TIMETZ | Type::TIMESTAMP | Type::TIMESTAMPTZ => Cell::Moment(text),
        Type::BYTEA => Cell::Bytes(bytes(text.strip_prefix("\\x").expect("bytes in hex"))),
        _ => Cell::Text(text),
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let byte = |i| u8::from_str_radix(&hex[i..i + 2], 16).expect("two hex digits");
    (0..hex.len()).step_by(2).map(byte).collect()
}
