//! MariaDB and MySQL. Rows come as the server's own text (the text protocol), the types with them.
//!
//! Values are literals. Numbers stand bare, since a quoted number would be compared as a float; text is quoted and takes
//! the collation of the column it is compared with. Between two columns of different collations the key gets the
//! target's, or the server would refuse the mix or take that of either.

use super::{Backend, Cell, Database, Piece, Place, hex, with_literals};
use eagerly_planner::graph::{ColumnDef, ColumnType};
use mysql_async::consts::ColumnType as Type;
use mysql_async::prelude::Queryable;
use mysql_async::{Column, Conn, Opts, Row, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;
use tokio::runtime::Runtime;

/// The character set that stands for bytes.
const BINARY: u16 = 63;

/// A connection to a database of MariaDB or MySQL.
#[derive(Debug)]
pub struct Mysql {
    runtime: Runtime,
    connection: RefCell<Conn>,
    backend: Backend,
}

/// The one mode under which every stored value is read and compared as it is, and literals mean what they say.
pub(crate) const EXACT_MODE: &str = "SET sql_mode = 'ALLOW_INVALID_DATES,STRICT_TRANS_TABLES'";

/// One connection, one thread.
pub(super) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

impl Mysql {
    /// Connects. Times are those of UTC, and every value that can be stored is one.
    ///
    /// # Errors
    /// What the server or the way to it refuses, as text.
    pub fn connect(url: &str) -> Result<Self, String> {
        let options = Opts::from_url(url).map_err(|_| "no URL of MySQL".to_owned())?;
        let runtime = runtime();
        let mut connection = runtime.block_on(Conn::new(options)).map_err(|e| e.to_string())?;
        let ask = connection.query_first::<String, _>("SELECT VERSION()");
        let version = runtime.block_on(ask).map_err(|e| e.to_string())?.unwrap_or_default();
        let set = "SET time_zone = '+00:00', NAMES utf8mb4";
        runtime.block_on(connection.query_drop(set)).map_err(|e| e.to_string())?;
        runtime.block_on(connection.query_drop(EXACT_MODE)).map_err(|e| e.to_string())?;
        let backend = if version.contains("MariaDB") { Backend::Mariadb } else { Backend::Mysql };
        let without = match backend {
            // It takes what a subquery was for one row for that of rows whose keys only look alike.
            Backend::Mariadb => "SET optimizer_switch = 'subquery_cache=off'",
            // Its hash joins take an integer that a decimal has no room for, for the largest decimal.
            _ => "SET optimizer_switch = 'block_nested_loop=off'",
        };
        runtime.block_on(connection.query_drop(without)).map_err(|e| e.to_string())?;
        Ok(Self { runtime, connection: RefCell::new(connection), backend })
    }

    /// Runs statements that return nothing.
    ///
    /// # Errors
    /// What the server refuses, as text.
    pub fn execute(&self, sql: &str) -> Result<(), String> {
        let mut connection = self.connection.borrow_mut();
        self.runtime.block_on(connection.query_drop(sql)).map_err(|e| e.to_string())
    }

    /// The hosts that the server may see this machine come from, for accounts that are to be ours: `%` stands behind
    /// every account that names a host, an anonymous one included. Over a socket a client is `localhost`.
    ///
    /// # Panics
    /// When the server does not say.
    #[must_use]
    pub fn client_hosts(&self) -> BTreeSet<String> {
        let mut rows = self.texts("SELECT SUBSTRING_INDEX(USER(), '@', -1)");
        let seen = rows.pop().and_then(|mut row| row.pop()?).expect("a host");
        [seen, "localhost".to_owned(), "127.0.0.1".to_owned()].into()
    }

    /// Rows of a query as text.
    ///
    /// # Panics
    /// When the server refuses it.
    #[must_use]
    pub fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let text = |value: Option<Vec<u8>>| value.map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        self.raw(sql).into_iter().map(|row| row.into_iter().map(|(value, _)| text(value)).collect()).collect()
    }

    /// Rows of a query, each value as the server's text, with its column.
    fn raw(&self, sql: &str) -> Vec<Vec<(Option<Vec<u8>>, Column)>> {
        let mut connection = self.connection.borrow_mut();
        let rows: Result<Vec<Row>, _> = self.runtime.block_on(connection.query(sql));
        let rows = rows.unwrap_or_else(|error| panic!("{error}\nin {sql}"));
        let value = |value: Value| match value {
            Value::NULL => None,
            Value::Bytes(bytes) => Some(bytes),
            other => panic!("{other:?} is no text\nin {sql}"),
        };
        let row = |row: Row| {
            let columns = row.columns();
            row.unwrap().into_iter().map(value).zip(columns.iter().cloned()).collect()
        };
        rows.into_iter().map(row).collect()
    }

    /// The floats of four bytes of a query's rows, by row and column: as text they have six digits, in the binary protocol
    /// all.
    fn singles(&self, sql: &str, columns: &[usize]) -> Vec<Vec<Cell>> {
        let mut connection = self.connection.borrow_mut();
        let rows: Result<Vec<Row>, _> = self.runtime.block_on(connection.exec(sql, ()));
        let single = |row: &Row, index: usize| match row.as_ref(index) {
            Some(Value::Float(single)) => Cell::Single(*single),
            Some(Value::NULL) => Cell::Null,
            other => panic!("{other:?} is no float\nin {sql}"),
        };
        let rows = rows.unwrap_or_else(|error| panic!("{error}\nin {sql}"));
        rows.iter().map(|row| columns.iter().map(|index| single(row, *index)).collect()).collect()
    }
}

impl Database for Mysql {
    fn backend(&self) -> Backend {
        self.backend
    }

    fn quote(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``"))
    }

    fn key(&self, source: Place<'_>, target: Place<'_>) -> String {
        let key = self.column(source);
        match &target.column.collation {
            Some(collation)
                if source.column.collation.is_some() && source.column.collation != Some(collation.clone()) =>
            {
                format!("{key} COLLATE {collation}")
            }
            _ => key,
        }
    }

    fn text(&self, place: Place<'_>) -> String {
        let collation = if self.backend == Backend::Mariadb { "utf8mb4_nopad_bin" } else { "utf8mb4_0900_bin" };
        format!("CAST({} AS CHAR CHARACTER SET utf8mb4) COLLATE {collation}", self.column(place))
    }

    fn text_key(&self, source: Place<'_>, target: Place<'_>) -> String {
        let collation = target.column.collation.as_deref().unwrap_or("utf8mb4_general_ci");
        let charset = collation.split('_').next().unwrap_or("utf8mb4");
        format!(
            "CONVERT(CAST({} AS CHAR CHARACTER SET utf8mb4) USING {charset}) COLLATE {collation}",
            self.column(source)
        )
    }

    fn meant(&self, text: &str, column: &ColumnDef) -> String {
        // As it is printed: the session is in UTC, and only MySQL reads an offset.
        let instant = text.strip_suffix("+00:00").filter(|_| column.ty == ColumnType::Timestamp);
        instant.unwrap_or(text).to_owned()
    }

    fn rows(&self, query: &[Piece]) -> Vec<Vec<Cell>> {
        let sql = with_literals(query, literal);
        let rows = self.raw(&sql);
        let is_single = |column: &Column| column.column_type() == Type::MYSQL_TYPE_FLOAT;
        let first = rows.first().into_iter().flatten().enumerate();
        let columns: Vec<usize> = first.filter(|(_, (_, column))| is_single(column)).map(|(index, _)| index).collect();
        let cells = rows.into_iter().map(|row| row.into_iter().map(|(value, column)| cell(value, &column)).collect());
        let mut cells: Vec<Vec<Cell>> = cells.collect();
        if !columns.is_empty() {
            for (row, singles) in cells.iter_mut().zip(self.singles(&sql, &columns)) {
                columns.iter().zip(singles).for_each(|(index, single)| row[*index] = single);
            }
        }
        cells
    }
}

fn literal(cell: &Cell) -> String {
    match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Boolean(b) => if *b { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Integer(n) => format!("({n})"),
        Cell::Float(x) => format!("({x:e})"),
        Cell::Single(x) => format!("({:e})", f64::from(*x)),
        Cell::Decimal(digits) => format!("({digits})"),
        Cell::Text(text) | Cell::Padded(text) | Cell::Moment(text) | Cell::Instant(text) => {
            format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace('\0', "\\0"))
        }
        Cell::Bytes(bytes) => format!("x'{}'", hex(bytes)),
    }
}

fn cell(value: Option<Vec<u8>>, column: &Column) -> Cell {
    let Some(bytes) = value else { return Cell::Null };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    match column.column_type() {
        Type::MYSQL_TYPE_TINY
        | Type::MYSQL_TYPE_SHORT
        | Type::MYSQL_TYPE_INT24
        | Type::MYSQL_TYPE_LONG
        | Type::MYSQL_TYPE_LONGLONG
        | Type::MYSQL_TYPE_YEAR => Cell::Integer(text(bytes).parse().expect("an integer")),
        Type::MYSQL_TYPE_FLOAT => Cell::Single(text(bytes).parse().expect("a float")),
        Type::MYSQL_TYPE_DOUBLE => Cell::Float(text(bytes).parse().expect("a float")),
        Type::MYSQL_TYPE_DECIMAL | Type::MYSQL_TYPE_NEWDECIMAL => Cell::Decimal(text(bytes)),
        Type::MYSQL_TYPE_DATE | Type::MYSQL_TYPE_TIME | Type::MYSQL_TYPE_DATETIME => Cell::Moment(text(bytes)),
        Type::MYSQL_TYPE_TIMESTAMP => Cell::Instant(text(bytes)),
        Type::MYSQL_TYPE_JSON => Cell::Text(text(bytes)),
        Type::MYSQL_TYPE_BIT => Cell::Integer(bytes.iter().fold(0, |number, byte| number << 8 | i128::from(*byte))),
        _ if column.character_set() == BINARY => Cell::Bytes(bytes),
        _ => Cell::Text(text(bytes)),
    }
}
