//! A database's refusal: its class, its codes, and the error of the driver.

use std::error::Error;
use std::fmt;
use std::io;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

/// Tells a program how to act on a refusal. docs/errors.md lists the codes of each database by class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// There is no connection, it has ended, or it cannot be used: connect again.
    ConnectionLost,
    /// The transaction could not be serialised with others: run it again from its beginning.
    Serialization,
    /// Two sessions waited for each other, and the database ended this one's transaction: run it again.
    Deadlock,
    /// Another session holds a lock: try again.
    Locked,
    /// The database's own limit on time has passed: try again, or allow more time.
    Timeout,
    /// Somebody cancelled the statement.
    Cancelled,
    /// A table or column is gone, or has another type: read the schema again, then compile again.
    SchemaChanged,
    /// The user lacks a privilege, or may not log in.
    Permission,
    /// A constraint does not hold.
    Constraint,
    /// Everything else.
    Other,
}

impl Class {
    /// Whether the same load can succeed if it is tried again.
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            Self::ConnectionLost | Self::Serialization | Self::Deadlock | Self::Locked | Self::Timeout => true,
            Self::Cancelled | Self::SchemaChanged | Self::Permission | Self::Constraint | Self::Other => false,
        }
    }

    /// The class of an error of the stream to a server, for drivers. Invalid data is a certificate that one side refuses,
    /// for example: to connect again changes nothing.
    #[must_use]
    pub fn of_stream(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => Self::Permission,
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Unsupported => Self::Other,
            _ => Self::ConnectionLost,
        }
    }
}

/// The database's and the driver's part of an error.
#[derive(Clone)]
#[non_exhaustive]
pub struct DatabaseError {
    /// How a program can act on it.
    pub class: Class,
    /// The SQLSTATE, five characters. SQLite has none.
    pub sqlstate: Option<Box<str>>,
    /// The database's own number: MySQL's and MariaDB's error number, SQLite's extended result code. PostgreSQL has none.
    pub number: Option<i32>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl DatabaseError {
    /// A refusal of a class, without codes and source.
    #[must_use]
    pub fn new(class: Class) -> Self {
        Self { class, sqlstate: None, number: None, source: None }
    }

    /// Sets the SQLSTATE.
    #[must_use]
    pub fn sqlstate(mut self, sqlstate: impl Into<Box<str>>) -> Self {
        self.sqlstate = Some(sqlstate.into());
        self
    }

    /// Sets the database's own number.
    #[must_use]
    pub fn number(mut self, number: impl Into<i32>) -> Self {
        self.number = Some(number.into());
        self
    }

    /// Keeps the driver's own error, which [`source`](Self::source) returns.
    #[must_use]
    pub fn caused_by(mut self, source: Arc<dyn Error + Send + Sync>) -> Self {
        self.source = Some(source);
        self
    }

    /// The driver's own error, to be downcast.
    #[must_use]
    pub fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn Error + 'static))
    }
}

impl From<Class> for DatabaseError {
    fn from(class: Class) -> Self {
        Self::new(class)
    }
}

impl fmt::Debug for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, sqlstate, number, source } = self;
        f.debug_struct("DatabaseError")
            .field("class", class)
            .field("sqlstate", sqlstate)
            .field("number", number)
            .field("source", &source.as_ref().map(ToString::to_string))
            .finish()
    }
}

// Nothing changes an error that is shared, and so a panic leaves none half changed.
impl UnwindSafe for DatabaseError {}
impl RefUnwindSafe for DatabaseError {}

/// Compares class and codes: errors of drivers cannot be compared.
impl PartialEq for DatabaseError {
    fn eq(&self, other: &Self) -> bool {
        (self.class, &self.sqlstate, self.number) == (other.class, &other.sqlstate, other.number)
    }
}

impl Eq for DatabaseError {}
