//! Session settings that a load needs and that no SQL of its own can set: they are set when it begins and set back when it
//! ends.
//!
//! Text comes and goes as utf8mb4, nothing cuts a result (`sql_select_limit`), text is sorted by its first 1 024 bytes at
//! least (`max_sort_length`, the server's default), and MariaDB's mode EMPTY_STRING_IS_NULL, which the server applies when
//! it prepares a statement, is off. A connection of [`connect`](crate::connect) is set up so when it opens, and most that a
//! host lends are so by default: a load on them sends nothing more. What the host sets through
//! [`Connection::conn`] is asked for before the next load, once.

use crate::connect::Connection;
use crate::error::database_error;
use eagerly::error::{Error, ErrorKind, Result, code};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Row};
use std::fmt::Display;

/// The statements that set up a connection of ours.
pub(crate) const SETUP: [&str; 2] = [
    "SET NAMES utf8mb4",
    // Statements of ours bound no recursion; those of the host do not either.
    "SET SESSION sql_select_limit = 18446744073709551615, max_sort_length = CAST(GREATEST(@@max_sort_length, 1024) AS UNSIGNED) \
     /*M!, max_recursive_iterations = 4294967295 */ /*!80003, cte_max_recursion_depth = 4294967295 */",
];

/// Asks for the settings, in bytes that no setting converts, and with a limit of its own. `''` would be NULL in one mode.
pub(crate) const ASK: &str = "SELECT CAST(@@character_set_client AS BINARY), CAST(@@collation_connection AS BINARY), \
     CAST(IFNULL(@@character_set_results, 'NULL') AS BINARY), @@sql_select_limit, @@max_sort_length, \
     CAST(@@sql_mode AS BINARY), CAST(VERSION() AS BINARY), CAST(@@version_comment AS BINARY), @@max_allowed_packet, \
     DATABASE() IS NULL, CAST(CONCAT_WS(' ', @@hostname, @@port, @@server_id) AS BINARY) LIMIT 1";

/// Asks for what tells a server from others of the same name.
pub(crate) const IDENTITY: &str = "SELECT CAST(CONCAT_WS(' ', @@hostname, @@port, @@server_id) AS BINARY) LIMIT 1";

/// The number of settings at the beginning of the answer.
const SETTINGS: usize = 6;

const UTF8: &str = "utf8mb4";
const NO_LIMIT: u64 = u64::MAX;
const SORTED: u64 = 1_024;
const EMPTY_IS_NULL: &str = "EMPTY_STRING_IS_NULL";

/// What is known of a session's settings.
#[derive(Debug)]
pub(crate) enum Known {
    /// Nothing: the host has had the connection.
    Nothing,
    /// A load can run.
    Fit,
    /// A load needs others.
    Unfit {
        /// Sets what a load needs.
        ours: String,
        /// Sets back what was set.
        theirs: String,
    },
}

/// The answer to [`ASK`].
pub(crate) async fn ask(conn: &mut Conn) -> mysql_async::Result<Option<Row>> {
    conn.query_first(ASK).await
}

/// A text of the answer.
pub(crate) fn text(row: &Row, at: usize) -> Option<String> {
    let bytes = row.get_opt::<Vec<u8>, _>(at)?.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A number of the answer.
pub(crate) fn number(row: &Row, at: usize) -> Option<u64> {
    row.get_opt(at)?.ok()
}

/// The position of a value behind the settings.
pub(crate) const fn behind(at: usize) -> usize {
    SETTINGS + at
}

impl Known {
    /// What an answer to [`ASK`] says.
    pub(crate) fn read(row: &Row) -> Result<Self> {
        let read = || {
            let (client, connection, results) = (text(row, 0)?, text(row, 1)?, text(row, 2)?);
            let (limit, sorted, mode) = (number(row, 3)?, number(row, 4)?, text(row, 5)?);
            Some(Self::of([client, connection, results], limit, sorted, &mode))
        };
        Ok(read().ok_or_else(unknown)?)
    }

    fn of([client, connection, results]: [String; 3], limit: u64, sorted: u64, mode: &str) -> Self {
        let (mut ours, mut theirs): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let mut set = |own: String, other: String| {
            ours.push(own);
            theirs.push(other);
        };
        if client != UTF8 {
            set(format!("character_set_client = {UTF8}"), format!("character_set_client = '{client}'"));
        }
        if connection.split('_').next() != Some(UTF8) {
            set(format!("character_set_connection = {UTF8}"), format!("collation_connection = '{connection}'"));
        }
        if results != UTF8 {
            let other = if results == "NULL" { results } else { format!("'{results}'") };
            set(format!("character_set_results = {UTF8}"), format!("character_set_results = {other}"));
        }
        if limit != NO_LIMIT {
            set(format!("sql_select_limit = {NO_LIMIT}"), format!("sql_select_limit = {limit}"));
        }
        if sorted < SORTED {
            set(format!("max_sort_length = {SORTED}"), format!("max_sort_length = {sorted}"));
        }
        if mode.split(',').any(|one| one == EMPTY_IS_NULL) {
            let others: Vec<&str> = mode.split(',').filter(|one| *one != EMPTY_IS_NULL).collect();
            set(format!("sql_mode = '{}'", others.join(",")), format!("sql_mode = '{mode}'"));
        }
        if ours.is_empty() {
            return Self::Fit;
        }
        let statement = |all: &[String]| format!("SET {}", all.join(", "));
        Self::Unfit { ours: statement(&ours), theirs: statement(&theirs) }
    }
}

impl Connection {
    /// Makes the session fit for a load, unless it is. How many round trips that and [`leave`](Self::leave) take. Where the
    /// caller is dropped, [`Connection::settle`] gives the session its settings back.
    pub(crate) async fn enter(&mut self, context: impl Display + Copy) -> Result<u32> {
        if self.is_open() {
            self.get_in_step().await?;
        }
        if self.restore.is_some() {
            return Ok(0);
        }
        let mut trips = 0;
        if matches!(self.known, Known::Nothing) {
            let mut begun = self.begin().await?;
            let row = begun.0.step(|conn| Box::pin(ask(conn))).await;
            begun.end();
            drop(begun);
            let row = row.map_err(|error| database_error(error, context))?.ok_or_else(unknown)?;
            self.known = Known::read(&row)?;
            trips += 1;
        }
        if let Known::Unfit { ours, theirs } = &self.known {
            let ours = ours.clone();
            self.restore = Some(theirs.clone());
            self.command(ours, context).await?;
            trips += 2;
        }
        Ok(trips)
    }

    /// Gives the session its settings back, and the server what it keeps for a statement that is not kept here.
    pub(crate) async fn leave(&mut self) -> Result<()> {
        if self.is_open() {
            // The load was refused in the middle of an answer.
            self.get_in_step().await?;
        }
        self.close_unkept().await?;
        let Some(theirs) = self.restore.clone() else { return Ok(()) };
        self.command(theirs, "cannot set the session's settings back").await?;
        self.restore = None;
        Ok(())
    }
}

impl Connection {
    /// Closes the statement that was prepared last on a connection that keeps none: mysql_async closes what it has kept.
    pub(crate) async fn close_unkept(&mut self) -> Result<()> {
        let Some(statement) = self.unkept.clone() else { return Ok(()) };
        let mut begun = self.begin().await?;
        // The server does not answer to that.
        let closed = begun.0.step(|conn| conn.close(statement)).await;
        begun.end();
        begun.0.unkept = None;
        Ok(closed.map_err(|error| database_error(error, "cannot close a statement"))?)
    }
}

pub(crate) fn unknown() -> Error {
    Error::new(ErrorKind::Database, code::REFUSED, "the server does not tell its version and the session's settings")
}

#[cfg(test)]
mod tests {
    use super::Known;

    fn of(charsets: [&str; 3], limit: u64, sorted: u64, mode: &str) -> Option<(String, String)> {
        match Known::of(charsets.map(str::to_owned), limit, sorted, mode) {
            Known::Unfit { ours, theirs } => Some((ours, theirs)),
            Known::Fit | Known::Nothing => None,
        }
    }

    #[test]
    fn what_fits_is_left() {
        for collation in ["utf8mb4_general_ci", "utf8mb4_0900_ai_ci", "utf8mb4_uca1400_ai_ci"] {
            assert_eq!(of(["utf8mb4", collation, "utf8mb4"], u64::MAX, 1_024, "ANSI_QUOTES"), None);
            assert_eq!(of(["utf8mb4", collation, "utf8mb4"], u64::MAX, 8_388_608, ""), None);
        }
    }

    #[test]
    fn what_does_not_fit_is_set_and_set_back() {
        let (ours, theirs) = of(["latin1", "binary", "NULL"], 0, 64, "ANSI_QUOTES,EMPTY_STRING_IS_NULL").unwrap();
        assert_eq!(
            ours,
            "SET character_set_client = utf8mb4, character_set_connection = utf8mb4, character_set_results = utf8mb4, \
             sql_select_limit = 18446744073709551615, max_sort_length = 1024, sql_mode = 'ANSI_QUOTES'"
        );
        assert_eq!(
            theirs,
            "SET character_set_client = 'latin1', collation_connection = 'binary', character_set_results = NULL, \
             sql_select_limit = 0, max_sort_length = 64, sql_mode = 'ANSI_QUOTES,EMPTY_STRING_IS_NULL'"
        );
        let utf8 = ["utf8mb3", "utf8mb3_general_ci", "utf8mb3"];
        assert!(of(utf8, u64::MAX, 1_024, "").unwrap().1.contains("character_set_results = 'utf8mb3'"));
        assert_eq!(of(["utf8mb4", "utf8mb4_bin", "utf8mb4"], 1, 1_024, "").unwrap().1, "SET sql_select_limit = 1");
    }
}
