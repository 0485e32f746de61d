//! tokio-postgres's errors become ours: the SQLSTATE picks the class, the code and the help, the server's words stay the
//! message, tokio-postgres's error the source.
//!
//! The text of a statement, its parameters and the connection's settings are never part of a message.

use crate::class::class;
use eagerly::error::{Code, DatabaseError, Error, ErrorKind, code};
use std::error::Error as _;
use std::fmt::Display;
use std::sync::Arc;
use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

/// Our error for one of tokio-postgres's, which is its source. `context` says what was being done, as "cannot load
/// `post`" does.
#[must_use]
pub fn database_error(error: tokio_postgres::Error, context: impl Display) -> Error {
    shared_error(Arc::new(error), context)
}

/// The same for an error that a connection keeps.
pub(crate) fn shared_error(error: Arc<tokio_postgres::Error>, context: impl Display) -> Error {
    described(&error, context).database(part(error))
}

/// The database's part of our error.
pub(crate) fn part(error: Arc<tokio_postgres::Error>) -> DatabaseError {
    let part = DatabaseError::new(class(&error));
    let part = match error.code() {
        Some(state) => part.sqlstate(state.code()),
        None => part,
    };
    part.caused_by(error)
}

/// Our error without the database's part.
fn described(error: &tokio_postgres::Error, context: impl Display) -> Error {
    if let Some(refused) = error.as_db_error() {
        return refusal(refused, context);
    }
    let mut message = format!("{context}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    let io = error.source().and_then(|cause| cause.downcast_ref::<std::io::Error>());
    if io.is_some_and(|cause| cause.kind() == std::io::ErrorKind::UnexpectedEof) {
        // Through encryption it comes in the words of rustls, with an address of its manual.
        message = format!("{context}: the server has closed the connection");
    }
    let refused = |code: Code| Error::new(ErrorKind::Database, code, message.clone());
    let caused_by = |is: fn(&(dyn std::error::Error + 'static)) -> bool| error.source().is_some_and(is);
    if error.is_closed() || io.is_some() {
        return refused(code::REFUSED).help("the connection was lost: connect again, and see the server's log for why");
    }
    if caused_by(|cause| cause.is::<std::str::Utf8Error>()) {
        return refused(code::NOT_UTF8)
            .help("the database's encoding is SQL_ASCII, which lets any bytes in: mend them");
    }
    // What could not be written as a parameter: the words say which value, and which type it had to have.
    if message.contains("error serializing parameter") {
        return refused(code::REFUSED)
            .help("a value of the specification is none of its column's type: the words name the type");
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
    match help(state, refused.message()) {
        Some(help) => error.help(help),
        None => error,
    }
}

fn is_locked(state: &SqlState) -> bool {
    [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED].contains(state)
}

/// A help names a cause only where the state, or the server's words, stand for that one alone.
fn help(state: &SqlState, message: &str) -> Option<&'static str> {
    let helps: [(&[SqlState], &str); 14] = [
        (
            &[SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_SERIALIZATION_FAILURE],
            "another session was in the way: try again",
        ),
        (
            &[SqlState::QUERY_CANCELED],
            "it was cancelled, or ran into statement_timeout: limit the specification, or allow more time",
        ),
        (
            &[SqlState::INSUFFICIENT_PRIVILEGE],
            "grant what the words name, SELECT for a table: to the user or, within a view, to the view's owner; or leave it out",
        ),
        (
            &[SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN],
            "if the schema has changed since it was read, read it again; or a function of the database refers to what is gone",
        ),
        (&[SqlState::FEATURE_NOT_SUPPORTED], feature_help(message)),
        (
            &[
                SqlState::CHARACTER_NOT_IN_REPERTOIRE,
                SqlState::INVALID_TEXT_REPRESENTATION,
                SqlState::NUMERIC_VALUE_OUT_OF_RANGE,
                SqlState::INVALID_DATETIME_FORMAT,
                SqlState::DATETIME_FIELD_OVERFLOW,
            ],
            "a value of the specification is none of its column's type, or a view converts one that is not of the type it names",
        ),
        (
            &[SqlState::UNDEFINED_FUNCTION, SqlState::DATATYPE_MISMATCH],
            "PostgreSQL has no such comparison or order for the types that the words name: leave it out, compare another \
             column, or write the value as that type; if the schema has changed since it was read, read it again",
        ),
        (
            &[SqlState::DIVISION_BY_ZERO],
            "an expression of the database's own divides by zero, one of a view for example: mend it, or leave the column out",
        ),
        (
            &[SqlState::RAISE_EXCEPTION],
            "a function of the database says so, one that a view calls for example: mend it, or leave it out",
        ),
        (
            &[SqlState::TOO_MANY_CONNECTIONS, SqlState::OUT_OF_MEMORY, SqlState::DISK_FULL],
            "the server lacks what the words name: try again later, or load less at once",
        ),
        (
            &[SqlState::PROGRAM_LIMIT_EXCEEDED, SqlState::STATEMENT_TOO_COMPLEX, SqlState::TOO_MANY_COLUMNS],
            "load fewer columns or relationships at once",
        ),
        (
            &[SqlState::INVALID_SQL_STATEMENT_NAME],
            "the session's prepared statements were dropped (by `DISCARD ALL`, for example) before this transaction: roll it \
             back and try again",
        ),
        (&[SqlState::IN_FAILED_SQL_TRANSACTION], "a statement of this transaction has failed: roll it back"),
        (
            &[SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT],
            "the server has ended the connection: connect again",
        ),
    ];
    helps.into_iter().find(|(states, _)| states.contains(state)).map(|(_, help)| help)
}

/// One state stands for all that PostgreSQL does not do; its words, if they are English, say what.
fn feature_help(message: &str) -> &'static str {
    if message.contains("serializable mode in a hot standby") {
        "the session's default is SERIALIZABLE, which a standby cannot do: \
         `?options=-cdefault_transaction_isolation%3Drepeatable%5C%20read` in the URL asks for less"
    } else if message.contains("anonymous composite") {
        "a value of the specification is compared with a composite column, which cannot be written: compare another column"
    } else if message.contains("cached plan") {
        "the schema has changed since it was read: read it again"
    } else {
        "PostgreSQL does not do what the words name: leave that out"
    }
}

#[cfg(test)]
mod tests {
    use super::help;
    use tokio_postgres::error::SqlState;

    #[test]
    fn what_is_not_supported_is_told_by_the_servers_words() {
        let told = |message: &str| help(&SqlState::FEATURE_NOT_SUPPORTED, message).unwrap_or_default();
        assert!(told("cannot use serializable mode in a hot standby").contains("default_transaction_isolation"));
        assert!(told("cached plan must not change result type").contains("read it again"));
        assert!(told("input of anonymous composite types is not implemented").contains("composite"));
        assert!(!told("something else").contains("schema"));
    }

    #[test]
    fn what_is_not_known_has_no_help() {
        assert_eq!(help(&SqlState::INTERNAL_ERROR, "whatever"), None);
    }
}
