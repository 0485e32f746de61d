//! What a database and its driver said: the class of the refusal, the SQLSTATE, and the driver's own error.

use std::error::Error;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

/// What a program can do about a refusal depends on its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The connection is gone: connect again.
    ConnectionLost,
    /// The transaction could not be serialised with others: try it again.
    Serialization,
    /// Two sessions waited for each other: try it again.
    Deadlock,
    /// Another session or program holds a lock.
    Locked,
    /// The database's own limit on time was reached.
    Timeout,
    /// Somebody cancelled the statement.
    Cancelled,
    /// A table or column is gone, or has another type: read the schema again.
    SchemaChanged,
    /// The user lacks a privilege, or is not let in.
    Permission,
    /// A constraint does not hold for what was written.
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
}

/// The driver's part of an error.
#[derive(Clone)]
#[non_exhaustive]
pub struct DatabaseError {
    /// What a program can do about it.
    pub class: Class,
    /// The five characters of the SQL standard, where the database gives them.
    pub sqlstate: Option<Box<str>>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl DatabaseError {
    /// A refusal of a class, without SQLSTATE and source.
    #[must_use]
    pub fn new(class: Class) -> Self {
        Self { class, sqlstate: None, source: None }
    }

    /// Sets the SQLSTATE.
    #[must_use]
    pub fn sqlstate(mut self, sqlstate: impl Into<Box<str>>) -> Self {
        self.sqlstate = Some(sqlstate.into());
        self
    }

    /// Keeps the driver's own error, which [`source`](Self::source) gives back.
    #[must_use]
    pub fn from(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// The driver's own error, to be downcast.
    #[must_use]
    pub fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn Error + 'static))
    }
}

impl fmt::Debug for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, sqlstate, source } = self;
        f.debug_struct("DatabaseError")
            .field("class", class)
            .field("sqlstate", sqlstate)
            .field("source", &source.as_ref().map(ToString::to_string))
            .finish()
    }
}

// An error is only read, and so a panic leaves none half changed.
impl UnwindSafe for DatabaseError {}
impl RefUnwindSafe for DatabaseError {}

/// By class and SQLSTATE: errors of drivers do not compare.
impl PartialEq for DatabaseError {
    fn eq(&self, other: &Self) -> bool {
        (self.class, &self.sqlstate) == (other.class, &other.sqlstate)
    }
}

impl Eq for DatabaseError {}
