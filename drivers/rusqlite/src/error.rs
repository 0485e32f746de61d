//! rusqlite's errors become ours: SQLite's result code picks the class, the code and the help, SQLite's words stay the
//! message, rusqlite's error the source.
//!
//! What SQLite answers is the database's refusal. Misuse of SQLite's or rusqlite's own interface cannot come from a
//! database or a user, so it is reported as our bug.

use eagerly::error::{Class, Code, DatabaseError, Error, ErrorKind, code};
use rusqlite::ffi::{self, ErrorCode};
use std::any::Any;
use std::error::Error as _;
use std::fmt::Display;
use std::str::Utf8Error;
use std::sync::Arc;

/// Our error for one of rusqlite's, which is its source. `context` says what was being done, as "cannot open `shop.db`"
/// does.
#[must_use]
pub fn database_error(error: rusqlite::Error, context: impl Display) -> Error {
    let ours = described(&error, context);
    let part = match result_code(&error) {
        Some(result) => DatabaseError::new(class(result, &message(&error))).number(result.extended_code),
        None => DatabaseError::new(Class::Other),
    };
    ours.database(part.caused_by(Arc::new(error)))
}

/// Our error without the database's part.
fn described(error: &rusqlite::Error, context: impl Display) -> Error {
    let message = format!("{context}: {}", message(error));
    if let Some(code) = result_code(error) {
        return refusal(code, message);
    }
    if is_not_utf8(error) {
        return Error::new(ErrorKind::Database, code::NOT_UTF8, message)
            .help("SQLite does not check text on its way in: store it again as UTF-8, or as a BLOB");
    }
    match error {
        rusqlite::Error::InvalidPath(_) | rusqlite::Error::NulError(_) => {
            Error::new(ErrorKind::Database, code::CANNOT_OPEN, message)
        }
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::SqliteSingleThreadedMode => Error::new(ErrorKind::Database, code::REFUSED, message),
        _ => Error::bug(message),
    }
}

/// SQLite's words, without the statement, which can be long and is the caller's to show.
pub(crate) fn message(error: &rusqlite::Error) -> String {
    match error {
        // The variant exists where rusqlite knows a modern SQLite, which the bundled one is.
        #[cfg(feature = "bundled")]
        rusqlite::Error::SqlInputError { msg, offset, .. } => format!("{msg} (at byte {offset} of the statement)"),
        other => other.to_string(),
    }
}

/// The result code, if SQLite itself failed.
pub(crate) fn result_code(error: &rusqlite::Error) -> Option<ffi::Error> {
    match error {
        rusqlite::Error::SqliteFailure(code, _) => Some(*code),
        other => other.source().and_then(|source| source.downcast_ref::<ffi::Error>()).copied(),
    }
}

fn refusal(result: ffi::Error, message: String) -> Error {
    let database = |code: Code| Error::new(ErrorKind::Database, code, message.clone());
    match result.code {
        ErrorCode::CannotOpen => database(code::CANNOT_OPEN)
            .help("check that the file and its directory can be read; a database in WAL mode wants its -shm file too"),
        ErrorCode::PermissionDenied => database(code::CANNOT_OPEN),
        ErrorCode::ReadOnly if lacks_log_files(result) => database(code::CANNOT_OPEN).help(
            "a database in WAL mode needs a directory in which SQLite can write its `-shm` file: copy the database to \
             one, or let its owner set `PRAGMA journal_mode = DELETE`",
        ),
        // Without an extended code it is a statement that would write.
        ErrorCode::ReadOnly if result.extended_code != ffi::SQLITE_READONLY => database(code::CANNOT_OPEN)
            .help("the database has to be recovered first: open it once with a program that may write to it"),
        ErrorCode::NotADatabase => {
            database(code::NOT_A_DATABASE).help("give an SQLite 3 file; an encrypted one cannot be told from noise")
        }
        ErrorCode::DatabaseBusy if result.extended_code == ffi::SQLITE_BUSY_SNAPSHOT => database(code::LOCKED)
            .help("another program has written since this transaction began to read: roll it back and run it again"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            database(code::LOCKED)
                .help("another program is writing, or holds a lock: try again, or allow a longer wait")
        }
        ErrorCode::DatabaseCorrupt if message.contains("malformed database schema") => database(code::REFUSED).help(
            "the definition that it names cannot be read: one of a newer SQLite or of an extension, or a damaged one",
        ),
        ErrorCode::SystemIoFailure => database(code::REFUSED)
            .help("the system could not read the file: check the disk, or the share that it is on"),
        ErrorCode::DatabaseCorrupt => database(code::REFUSED).help(
            "the file is damaged: `PRAGMA integrity_check` tells where, and `.recover` of sqlite3 saves the rest",
        ),
        // A statement names only what was in the schema when that was read.
        ErrorCode::Unknown | ErrorCode::SchemaChanged if names_what_is_gone(&message) => database(code::REFUSED)
            .help("the schema is not the one that was read: read it again (`reflect`), and compile the plan again"),
        ErrorCode::Unknown if message.contains("is not a function") => database(code::REFUSED).help(
            "a table or a view has the name of the function, and came after the schema was read: read it again \
             (`reflect`), drop the table, or rename it",
        ),
        ErrorCode::Unknown if names_what_is_elsewhere(&message) => database(code::REFUSED)
            .help("some other program brings that along, and SQLite alone has none: leave out what uses it"),
        ErrorCode::Unknown if message.contains("unsupported file format") => {
            database(code::REFUSED).help("the file is one of a newer SQLite, or damaged")
        }
        ErrorCode::Unknown | ErrorCode::TypeMismatch => database(code::REFUSED)
            .help("an expression fails, one of a view or a generated column for example: mend it, or leave it out"),
        ErrorCode::OutOfMemory => out_of_memory(message),
        ErrorCode::ApiMisuse | ErrorCode::ParameterOutOfRange => Error::bug(message),
        _ => database(code::REFUSED),
    }
}

/// How a program can act on a refusal. SQLite has no code for a table or column that is gone.
fn class(result: ffi::Error, words: &str) -> Class {
    match result.code {
        // The transaction has read what another program has changed since: no wait makes a write in it possible.
        ErrorCode::DatabaseBusy if result.extended_code == ffi::SQLITE_BUSY_SNAPSHOT => Class::Serialization,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => Class::Locked,
        ErrorCode::OperationInterrupted => Class::Cancelled,
        // The file that is open is no longer the one of that name.
        ErrorCode::ReadOnly if result.extended_code == ffi::SQLITE_READONLY_DBMOVED => Class::ConnectionLost,
        ErrorCode::PermissionDenied | ErrorCode::ReadOnly | ErrorCode::AuthorizationForStatementDenied => {
            Class::Permission
        }
        ErrorCode::ConstraintViolation => Class::Constraint,
        ErrorCode::SchemaChanged => Class::SchemaChanged,
        ErrorCode::Unknown if names_what_is_gone(words) || words.contains("is not a function") => Class::SchemaChanged,
        _ => Class::Other,
    }
}

/// More memory than SQLite may have, or the system has.
fn out_of_memory(message: String) -> Error {
    Error::new(ErrorKind::Limit, code::LIMIT, message)
        .help("limit the specification, list fewer columns, or allow more memory")
}

/// What rusqlite panics with where SQLite has no memory for a value that is being read.
const NO_VALUE: [&str; 2] =
    ["unexpected SQLITE_TEXT column type with NULL data", "unexpected SQLITE_BLOB column type with NULL data"];

/// Our error for a panic of rusqlite's, if SQLite had no memory for a value.
pub(crate) fn value_without_memory(panic: &(dyn Any + Send), context: impl Display) -> Option<Error> {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str))?;
    NO_VALUE.contains(&words).then(|| out_of_memory(format!("{context}: out of memory")))
}

/// Whether a database in WAL mode was refused since nothing can be written beside it.
fn lacks_log_files(result: ffi::Error) -> bool {
    matches!(result.extended_code, ffi::SQLITE_READONLY_DIRECTORY | ffi::SQLITE_READONLY_CANTINIT)
}

/// Whether SQLite says that a table or column does not exist; it has no code of its own for that.
fn names_what_is_gone(message: &str) -> bool {
    ["no such column: ", "no such table: "].iter().any(|words| message.contains(words))
}

/// Whether SQLite says that a collation, a function or a module does not exist. A program defines its own for itself.
fn names_what_is_elsewhere(message: &str) -> bool {
    let words = ["no such collation sequence: ", "unknown function: ", "no such function: ", "no such module: "];
    words.iter().any(|words| message.contains(words))
}

pub(crate) fn is_not_utf8(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::Utf8Error(..))
        || error.source().is_some_and(|source| source.downcast_ref::<Utf8Error>().is_some())
}

#[cfg(test)]
mod tests {
    use super::database_error;
    use eagerly::error::{ErrorKind, code};
    use rusqlite::{Connection, ffi, types::Type};

    fn failure(result: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(result), Some("its words".into()))
    }

    #[test]
    fn result_codes_pick_our_codes_and_sqlites_words_stay() {
        for (result, expected) in [
            (ffi::SQLITE_CANTOPEN, code::CANNOT_OPEN),
            (ffi::SQLITE_PERM, code::CANNOT_OPEN),
            (ffi::SQLITE_READONLY_ROLLBACK, code::CANNOT_OPEN),
            (ffi::SQLITE_READONLY, code::REFUSED),
            (ffi::SQLITE_NOTADB, code::NOT_A_DATABASE),
            (ffi::SQLITE_BUSY_SNAPSHOT, code::LOCKED),
            (ffi::SQLITE_LOCKED, code::LOCKED),
            (ffi::SQLITE_CORRUPT_VTAB, code::REFUSED),
            (ffi::SQLITE_IOERR_READ, code::REFUSED),
            (ffi::SQLITE_INTERRUPT, code::REFUSED),
        ] {
            let error = database_error(failure(result), "cannot open `x`");
            assert_eq!((error.kind, error.code), (ErrorKind::Database, expected), "{result}");
            assert_eq!(error.message, "cannot open `x`: its words");
        }
    }

    #[test]
    fn a_log_that_cannot_be_written_and_a_journal_that_has_to_be_rolled_back_are_two_things() {
        for (result, words) in [
            (ffi::SQLITE_READONLY_DIRECTORY, "`-shm`"),
            (ffi::SQLITE_READONLY_CANTINIT, "`-shm`"),
            (ffi::SQLITE_READONLY_ROLLBACK, "recovered first"),
            (ffi::SQLITE_READONLY_RECOVERY, "recovered first"),
        ] {
            let error = database_error(failure(result), "cannot open `x`");
            assert_eq!(error.code, code::CANNOT_OPEN);
            assert!(error.help.as_ref().is_some_and(|help| help.contains(words)), "{error}");
        }
    }

    #[test]
    fn a_refused_statement_keeps_its_message_and_loses_its_text() {
        let error = Connection::open_in_memory().unwrap().prepare("SELECT missing").unwrap_err();
        let error = database_error(error, "cannot run `post`");
        assert_eq!((error.kind, error.code), (ErrorKind::Database, code::REFUSED));
        assert!(error.message.starts_with("cannot run `post`: no such column: missing"), "{error}");
        assert!(!error.message.contains("SELECT"), "{error}");
    }

    #[test]
    fn a_value_without_memory_is_a_limit() {
        let error = database_error(failure(ffi::SQLITE_NOMEM), "cannot load `post`");
        assert_eq!((error.kind, error.code), (ErrorKind::Limit, code::LIMIT));
        let text = super::NO_VALUE[0];
        let panics: [Box<dyn std::any::Any + Send>; 2] = [Box::new(text), Box::new(text.to_owned())];
        for panic in &panics {
            let error = super::value_without_memory(&**panic, "cannot load `post`").unwrap();
            assert_eq!((error.kind, error.code), (ErrorKind::Limit, code::LIMIT));
        }
        assert!(super::value_without_memory(&"another", "x").is_none());
        assert!(super::value_without_memory(&7, "x").is_none());
    }

    #[test]
    fn misuse_is_our_bug() {
        for error in [failure(ffi::SQLITE_MISUSE), failure(ffi::SQLITE_RANGE), rusqlite::Error::InvalidColumnIndex(3)] {
            assert_eq!(database_error(error, "x").kind, ErrorKind::Bug);
        }
    }

    #[test]
    fn text_that_is_not_utf8_has_its_own_code() {
        let db = Connection::open_in_memory().unwrap();
        let error = db.query_row("SELECT CAST(x'ff' AS TEXT)", [], |row| row.get::<_, String>(0)).unwrap_err();
        assert_eq!(database_error(error, "x").code, code::NOT_UTF8);
        let other = rusqlite::Error::InvalidColumnType(0, "a".into(), Type::Text);
        assert_eq!(database_error(other, "x").code, code::REFUSED);
    }
}
