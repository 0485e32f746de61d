//! How a program can act on a refusal: the class of each SQLSTATE.

use eagerly::error::Class;
use std::error::Error as _;
use std::io;
use tokio_postgres::error::{DbError, Severity, SqlState};

/// The class of one of tokio-postgres's errors.
pub(crate) fn class(error: &tokio_postgres::Error) -> Class {
    if let Some(refused) = error.as_db_error() {
        return of_server(refused);
    }
    match error.source().and_then(|cause| cause.downcast_ref::<io::Error>()) {
        Some(io) => Class::of_stream(io),
        None if error.is_closed() => Class::ConnectionLost,
        None if is_login(error) => Class::Permission,
        None => Class::Other,
    }
}

/// Whether the login fails on this side: a password is missing, or is not of the kind that the server asks for.
/// tokio-postgres does not show the kind of its errors but by their words.
fn is_login(error: &tokio_postgres::Error) -> bool {
    let is_missing = error.source().is_some_and(|cause| cause.to_string() == "password missing");
    is_missing || error.to_string() == "authentication error"
}

/// The class of what the server answers.
fn of_server(refused: &DbError) -> Class {
    let state = refused.code();
    if matches!(refused.parsed_severity(), Some(Severity::Fatal | Severity::Panic)) {
        return of_end(state.code());
    }
    match *state {
        SqlState::QUERY_CANCELED => of_cancel(refused.message()),
        SqlState::FEATURE_NOT_SUPPORTED if is_old_plan(refused) => Class::SchemaChanged,
        _ => of_state(state.code()),
    }
}

/// The class of a state that comes with the end of a connection, or instead of one.
fn of_end(state: &str) -> Class {
    match (of_state(state), family(state)) {
        (Class::Permission, _) => Class::Permission,
        // No such database, one that is closed to connections, or a setting that cannot be: it will not be at the next try.
        (_, "0A" | "22" | "3D" | "42" | "55") => Class::Other,
        // Whatever became of the statement, the connection is gone.
        _ => Class::ConnectionLost,
    }
}

/// The class of a state, by the state itself, or by its first two characters: its class in the standard.
fn of_state(state: &str) -> Class {
    match (state, family(state)) {
        ("40P01", _) => Class::Deadlock,
        ("40002", _) | (_, "23") => Class::Constraint,
        ("55P03", _) => Class::Locked,
        ("57014", _) => Class::Cancelled,
        // The server stops, starts, or is full; a session or a transaction has lasted too long.
        ("57P01" | "57P02" | "57P03" | "57P04" | "57P05" | "25P03" | "25P04" | "53300", _) | (_, "08") => {
            Class::ConnectionLost
        }
        ("42P01" | "42703" | "42704" | "3F000", _) => Class::SchemaChanged,
        ("42501", _) | (_, "28") => Class::Permission,
        (_, "40") => Class::Serialization,
        _ => Class::Other,
    }
}

/// The class of a state in the SQL standard.
fn family(state: &str) -> &str {
    state.get(..2).unwrap_or_default()
}

/// `statement_timeout` and a cancel share a state. Their words differ, in English; in other languages both are a cancel,
/// which no program repeats by itself.
fn of_cancel(message: &str) -> Class {
    if message.contains("statement timeout") { Class::Timeout } else { Class::Cancelled }
}

/// Whether a prepared statement would return other columns by now. The function of the server that says so has one name
/// in all languages.
fn is_old_plan(refused: &DbError) -> bool {
    refused.routine() == Some("RevalidateCachedQuery") || refused.message().contains("cached plan")
}

#[cfg(test)]
mod tests {
    use super::{Class, of_end, of_state};

    #[test]
    fn the_end_of_a_connection_counts_more_than_its_reason() {
        for (state, class) in [
            ("40001", Class::ConnectionLost),
            ("57014", Class::ConnectionLost),
            ("53200", Class::ConnectionLost),
            ("XX000", Class::ConnectionLost),
            ("28P01", Class::Permission),
            ("42501", Class::Permission),
            ("3D000", Class::Other),
            ("42704", Class::Other),
        ] {
            assert_eq!(of_end(state), class, "{state}");
        }
    }

    #[test]
    fn a_state_can_be_anything() {
        for state in ["", "4", "é", "ééééé", "40P01 and more"] {
            assert!(matches!(of_state(state), Class::Other | Class::Serialization), "{state}");
        }
    }
}
