//! MariaDB's mode EMPTY_STRING_IS_NULL, in which an empty text that is bound is NULL.
//!
//! The server decides that when it prepares a statement, so that no setting within the statement helps. A statement that
//! binds an empty text is prepared and run without the mode, and the session gets it back. Others are not touched.

use crate::connect::Connection;
use crate::error::database_error;
use crate::server::Product;
use eagerly::error::Result;
use eagerly::value::Value;
use eagerly::{BindValue, Statement};
use mysql_async::prelude::Queryable;

const MODE: &str = "EMPTY_STRING_IS_NULL";

/// Leaves the mode if the statement binds an empty text. How many round trips it took. Where the caller is dropped,
/// [`Connection::settle`] gives the session its mode back.
pub(crate) async fn leave(connection: &mut Connection, statement: &Statement) -> Result<u32> {
    let is_empty = |bind: &BindValue| matches!(bind, BindValue::One(Value::Text(text)) if text.is_empty());
    if connection.server().product != Product::MariaDb || !statement.binds.iter().any(is_empty) {
        return Ok(0);
    }
    let mut begun = connection.begin().await?;
    let mode = begun.0.step(|conn| Box::pin(conn.query_first::<String, _>("SELECT @@sql_mode"))).await;
    begun.end();
    drop(begun);
    let mode = mode.map_err(|error| database_error(&error, "cannot ask for the session's mode"))?.unwrap_or_default();
    if !mode.split(',').any(|one| one == MODE) {
        return Ok(1);
    }
    let others: Vec<&str> = mode.split(',').filter(|one| *one != MODE).collect();
    let others = set(&others.join(","));
    connection.own_mode = Some(mode);
    connection.command(others, "cannot leave a mode").await?;
    Ok(2)
}

/// Gives the session its mode back. How many round trips it took.
pub(crate) async fn restore(connection: &mut Connection) -> Result<u32> {
    let Some(mode) = &connection.own_mode else { return Ok(0) };
    connection.command(set(mode), "cannot set the session's mode back").await?;
    connection.own_mode = None;
    Ok(1)
}

/// The statement that gives a session a mode.
pub(crate) fn set(mode: &str) -> String {
    format!("SET sql_mode = '{mode}'")
}
