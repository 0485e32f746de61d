//! The catalog of the connection's database, or of those that are named, becomes a [`Catalog`]: tables and views with
//! everything that names and equality depend on, from `information_schema`, one database after the other ([`schemas`]).
//!
//! sea-schema was not used: it needs sqlx, knows no views, and says nothing about collations of single columns, prefixes
//! in indexes, and MariaDB's JSON.
//!
//! * Columns that `SELECT *` hides are columns like any other: a primary key can be among them.
//! * Left out: sequences, temporary tables, and a view that the server cannot read (it has no columns then), which is
//!   told with the server's words.
//! * The views of `information_schema` are views like any other where it is the connection's database.
//! * Statistics are those that the server keeps by itself or by `ANALYZE TABLE`: estimates, which `information_schema` may
//!   show a day late (MySQL's `information_schema_stats_expiry`), and whose different values MariaDB doubles
//!   (`what_mariadb_counts_is_read` measures it).
//! * `information_schema` knows no snapshot: a schema that changes between these reads can be caught in the middle.

mod columns;
mod keys;
mod schemas;

use crate::connect::Connection;
use crate::error::{database_error, help_for_view};
use crate::server::Product;
use crate::under_way::limited;
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::graph::{Catalog, CatalogTable, TableStatistics, Unreadable};
use mysql_async::ServerError;
use mysql_async::prelude::{FromRow, Queryable};
use std::collections::BTreeMap;

/// The tables of a database by name.
type Tables = BTreeMap<String, CatalogTable>;

/// Name, whether it is a view, rows, bytes of a row on average, bytes of all rows.
type Listed = (String, bool, Option<u64>, Option<u64>, Option<u64>);

const TABLES: &str = "
    SELECT TABLE_NAME, TABLE_TYPE IN ('VIEW', 'SYSTEM VIEW'), TABLE_ROWS, AVG_ROW_LENGTH, DATA_LENGTH FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW', 'SYSTEM VIEW')";

/// Reads the catalog of the connection's database: tables and views by name.
///
/// # Errors
/// What the server refuses.
pub async fn catalog(connection: &mut Connection) -> Result<Catalog> {
    catalog_of::<&str>(connection, &[]).await
}

/// Reads the catalog of these databases of the server, or without a name that of the connection's own. Tables of the first
/// keep their names; foreign keys between the databases are relationships.
///
/// # Errors
/// What the server refuses; a database that is not there, or that the account may not see.
pub async fn catalog_of<S: AsRef<str>>(connection: &mut Connection, schemas: &[S]) -> Result<Catalog> {
    let limit = connection.timeout();
    let read = async {
        connection.enter("cannot read the catalog").await?;
        let read = read(connection, schemas).await;
        let left = connection.leave().await;
        let read = read?;
        left?;
        Ok(read)
    };
    let read = limited(limit, read).await;
    connection.in_time(read).await
}

async fn read<S: AsRef<str>>(connection: &mut Connection, schemas: &[S]) -> Result<Catalog> {
    let mut reader = Reader { connection, schema: String::new() };
    let (schemas, current) = schemas::find(&mut reader, schemas).await?;
    let (mut all, mut keys): (Vec<(String, Tables)>, _) = (Vec::new(), Vec::new());
    for schema in &schemas {
        reader.schema = schemas::literal(schema);
        let (tables, foreign_keys) = tables_of(&mut reader).await?;
        all.push((schema.clone(), tables));
        keys.push(foreign_keys);
    }
    keys::fill_foreign_keys(&mut all, &keys);
    let (mut tables, mut unreadable) = (Vec::new(), Vec::new());
    for (name, found) in all {
        let schema = Some(name.clone()).filter(|schema| *schema != current);
        let (readable, others): (Vec<_>, Vec<_>) = found.into_values().partition(|table| !table.columns.is_empty());
        for table in others {
            if let Some(refused) = reader.refusal(&name, &table.name).await? {
                let unread = Unreadable::new(&table.name, table.view, refused.message);
                unreadable.push(help_for_view(refused.code).into_iter().fold(unread, Unreadable::help));
            }
        }
        tables.extend(readable.into_iter().map(|table| CatalogTable { schema: schema.clone(), ..table }));
    }
    let mut catalog = Catalog::new(tables);
    catalog.unreadable = unreadable;
    catalog.default_schema = Some(current);
    catalog.schemas = schemas;
    Ok(catalog)
}

/// The tables of one database, and the foreign keys that they have.
async fn tables_of(reader: &mut Reader<'_>) -> Result<(Tables, Vec<keys::Reference>)> {
    let product = reader.connection.server().product;
    let listed: Vec<Listed> = reader.rows(TABLES).await?;
    let mut tables: Tables = listed
        .into_iter()
        .map(|(name, view, rows, width, bytes)| {
            let statistics = statistics(rows, width, bytes);
            (name.clone(), CatalogTable { name, view, statistics, ..CatalogTable::default() })
        })
        .collect();
    let documents = match product {
        Product::MariaDb => reader.rows(columns::CHECKS).await?,
        // MySQL has a type of its own for JSON.
        Product::MySql => Vec::new(),
    };
    columns::fill(&mut tables, reader.rows(columns::COLUMNS).await?, &documents);
    let indexes = match product {
        Product::MariaDb => keys::MARIADB_INDEXES,
        Product::MySql => keys::MYSQL_INDEXES,
    };
    keys::fill_indexes(&mut tables, &reader.rows(indexes).await?);
    tables.values_mut().for_each(columns::leave_inexact_key);
    let foreign_keys = reader.rows(keys::FOREIGN_KEYS).await?;
    Ok((tables, foreign_keys))
}

/// Sizes of a table that say how wide its rows are. InnoDB adds pages of 16 KiB one by one up to half a MiB, and then one
/// or more MiB at once: a table of few pages, and one of few MiB, is mostly room for rows to come.
const fn tells_width(bytes: u64) -> bool {
    (bytes >= 64 << 10 && bytes <= 512 << 10) || bytes >= 8 << 20
}

fn statistics(rows: Option<u64>, width: Option<u64>, bytes: Option<u64>) -> TableStatistics {
    let mut statistics = TableStatistics::new();
    // An empty table and one that was never counted are both 0.
    statistics.rows = rows.filter(|rows| *rows > 0);
    statistics.row_width = width.filter(|_| bytes.is_some_and(tells_width) && statistics.rows.is_some());
    statistics
}

struct Reader<'c> {
    connection: &'c mut Connection,
    /// The database that is read, as a literal in place of `DATABASE()`.
    schema: String,
}

impl Reader<'_> {
    /// What the server says to a read of a table or view, if it refuses.
    async fn refusal(&mut self, schema: &str, name: &str) -> Result<Option<ServerError>> {
        let quoted = |name: &str| format!("`{}`", name.replace('`', "``"));
        let sql = format!("SELECT * FROM {}.{} LIMIT 0", quoted(schema), quoted(name));
        let mut begun = self.connection.begin().await?;
        let read = begun.0.step(move |conn| Box::pin(conn.query_drop(sql))).await;
        begun.end();
        match read {
            Ok(()) => Ok(None),
            Err(mysql_async::Error::Server(error)) => Ok(Some(error)),
            Err(error) => Err(database_error(error, "cannot read the catalog").into()),
        }
    }

    /// The rows of a catalog query.
    async fn rows<T: FromRow + Send + 'static>(&mut self, sql: &str) -> Result<Vec<T>> {
        let failed = |error: mysql_async::Error| database_error(error, "cannot read the catalog");
        let of_schema = Some(&self.schema).filter(|schema| !schema.is_empty());
        let sql = of_schema.map_or_else(|| sql.to_owned(), |schema| sql.replace("DATABASE()", schema));
        // The server prints names and conditions as the session's modes want them.
        let fixed = match self.connection.server().product {
            Product::MariaDb => "SET STATEMENT sql_mode = '', sql_quote_show_create = 1 FOR ",
            Product::MySql => "",
        };
        let sql = format!("{fixed}{sql}");
        let mut begun = self.connection.begin().await?;
        let rows = begun.0.step(move |conn| Box::pin(conn.query(sql))).await;
        begun.end();
        let rows: Vec<mysql_async::Row> = rows.map_err(failed)?;
        let read: std::result::Result<Vec<T>, _> = rows.into_iter().map(mysql_async::from_row_opt).collect();
        Ok(read.map_err(|_| {
            let message = "the catalog has a row that cannot be read: a name in it is not UTF-8, or NULL";
            Error::new(ErrorKind::Database, code::NOT_UTF8, message)
        })?)
    }
}
