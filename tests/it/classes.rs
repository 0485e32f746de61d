//! Errors of databases by class: each class is provoked on every database that has it, and docs/errors.md lists the codes.

mod live;
mod provoked;
mod sqlite;
mod table;

use eagerly::error::{Class, Error, ErrorKind};
use std::error::Error as _;

/// All classes, in the order of their declaration.
const ALL: [Class; 10] = [
    Class::ConnectionLost,
    Class::Serialization,
    Class::Deadlock,
    Class::Locked,
    Class::Timeout,
    Class::Cancelled,
    Class::SchemaChanged,
    Class::Permission,
    Class::Constraint,
    Class::Other,
];

/// Checks the class of an error, that it has one of the codes if there are any, and that its source is the driver's.
#[track_caller]
fn check(error: &Error, class: Class, codes: &[&str]) {
    assert_eq!((error.kind, error.class()), (ErrorKind::Database, Some(class)), "{error:?}");
    let part = error.database.as_ref().unwrap();
    let number = part.number.map(|number| number.to_string());
    let said = [part.sqlstate.as_deref(), number.as_deref()];
    assert!(codes.is_empty() || said.into_iter().flatten().any(|code| codes.contains(&code)), "{error:?}");
    let source = error.source().unwrap_or_else(|| panic!("no source: {error:?}"));
    let is_of_driver = source.is::<tokio_postgres::Error>()
        || source.is::<mysql_async::Error>()
        || source.is::<rusqlite::Error>()
        || source.is::<std::io::Error>();
    assert!(is_of_driver, "{source:?}");
    assert_eq!(error.is_transient(), class.is_transient());
}
