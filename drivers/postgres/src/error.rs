//! tokio-postgres's errors become ours: the SQLSTATE picks the code and the help, the server's words stay the message.
//!
//! The text of a statement, its parameters and the connection's settings are never part of a message.

use eagerly::error::{Code, Error, ErrorKind, code};
use std::error::Error as _;
use std::fmt::Display;
use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

/// Our error for one of tokio-postgres's. `context` says what was being done, as "cannot load `post`" does.
#[must_use]
pub fn database_error(error: &tokio_postgres::Error, context: impl Display) -> Error {
    if let Some(refused) = error.as_db_error() {
        return refusal(refused, context);
    }
    let mut message = format!("{context}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    let refused = |code: Code| Error::new(ErrorKind::Database, code, message.clone());
    let caused_by = |is: fn(&(dyn std::error::Error + 'static)) -> bool| error.source().is_some_and(is);
    if error.is_closed() || caused_by(|cause| cause.is::<std::io::Error>()) {
        return refused(code::REFUSED).help("the connection was lost: connect anew, and see the server's log for why");
    }
    if caused_by(|cause| cause.is::<std::str::Utf8Error>()) {
        return refused(code::NOT_UTF8)
            .help("the database's encoding is SQL_ASCII, which lets any bytes in: mend them");
    }
    refused(code::REFUSED)
}

/// Our error for what the server answers.
fn refusal(refused: &DbError, context: impl Display) -> Error {
    let state = refused.code();
    let place = match refused.position() {
        Some(ErrorPosition::Original(place)) => format!(", at character {place} of the statement"),
        _ => String::new(),
    };
    let message = format!("{context}: {} (SQLSTATE {}{place})", refused.message(), state.code());
    let code = if is_locked(state) { code::LOCKED } else { code::REFUSED };
    let error = Error::new(ErrorKind::Database, code, message);
    match help(state) {
        Some(help) => error.help(help),
        None => error,
    }
}

fn is_locked(state: &SqlState) -> bool {
    [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED].contains(state)
}

fn help(state: &SqlState) -> Option<&'static str> {
    let helps: [(&[SqlState], &str); 8] = [
        (
            &[SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE],
            "another session was in the way: try again",
        ),
        (
            &[SqlState::QUERY_CANCELED],
            "it was cancelled, or ran into statement_timeout: limit the specification, or allow more time",
        ),
        (&[SqlState::INSUFFICIENT_PRIVILEGE], "ask for the right to SELECT, or leave the table or column out"),
        (
            &[SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN, SqlState::FEATURE_NOT_SUPPORTED],
            "if the schema has changed since it was read, read it anew",
        ),
        (
            &[
                SqlState::CHARACTER_NOT_IN_REPERTOIRE,
                SqlState::INVALID_TEXT_REPRESENTATION,
                SqlState::NUMERIC_VALUE_OUT_OF_RANGE,
                SqlState::INVALID_DATETIME_FORMAT,
                SqlState::DATETIME_FIELD_OVERFLOW,
            ],
            "a value of the specification is none of its column's type",
        ),
        (
            &[SqlState::UNDEFINED_FUNCTION, SqlState::DATATYPE_MISMATCH],
            "a value of the specification is none of its column's type; or the schema has changed: then read it anew",
        ),
        (&[SqlState::IN_FAILED_SQL_TRANSACTION], "a statement of this transaction has failed: roll it back"),
        (
            &[SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT],
            "the server has ended the connection: connect anew",
        ),
    ];
    helps.into_iter().find(|(states, _)| states.contains(state)).map(|(_, help)| help)
}
