//! Errors: what went wrong, its code, its place and what to do. All problems of one input are reported together.
//!
//! | codes | kind | exit code of the program |
//! |---|---|---|
//! | `E00xx` | usage of the program | 2 |
//! | `E01xx` | load specification | 2 |
//! | `E02xx` | relationship graph | 2 |
//! | `E03xx` | not supported here | 2 |
//! | `E04xx` | the database refused | 3 |
//! | `E05xx` | a limit was exceeded | 4 |
//! | `E09xx` | our own bug | 70 |

pub mod code;
mod database;

pub use code::Code;
pub use database::{Class, DatabaseError};

use std::fmt;
use std::ops::Range;
use std::time::Duration;

/// Whose mistake an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The user's: a usage, specification or graph mistake.
    Input,
    /// Not supported here.
    Unsupported,
    /// The database's refusal.
    Database,
    /// A limit was exceeded.
    Limit,
    /// Our own bug.
    Bug,
}

/// Byte offsets into the text of a specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span as a range, for slicing the source text.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    /// Offsets past `u32::MAX` are cut: a specification of 4 GiB is refused long before.
    fn from(range: Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(range.start), end: cut(range.end) }
    }
}

/// Where an error is: a path of output keys (`post.tags`), and bytes of the specification's text where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Names from the root on, joined by dots; empty where no path applies.
    pub path: String,
    /// The bytes of the text form, if the specification came as text.
    pub span: Option<Span>,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// Whose mistake it is.
    pub kind: ErrorKind,
    /// Its stable code.
    pub code: Code,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where it is, in a box to keep an error small: it is returned by value.
    pub at: Box<Place>,
    /// What to do about it.
    pub help: Option<String>,
    /// The database's part. Every error of the kind [`Database`](ErrorKind::Database) has it.
    pub database: Option<Box<DatabaseError>>,
    /// What else there is to know of it.
    pub(crate) about: Option<Box<About>>,
}

/// What an error is about, for those who compare errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A mistake in a condition.
    Within {
        /// The names it stands under, from the root on.
        names: Vec<String>,
        /// What is no operator, if that is the mistake.
        operator: Option<String>,
    },
    /// What is no operator, in a condition whose place is not known yet.
    #[cfg_attr(not(any(feature = "text", feature = "serde")), allow(dead_code))]
    NoOperator(String),
    /// A name that an entity has neither as a column nor as a relationship.
    NoName {
        /// The entity.
        entity: String,
        /// The name.
        name: String,
    },
}

impl Error {
    /// An error without place and help. A database's is of the class [`Other`](Class::Other) until
    /// [`database`](Self::database) sets another.
    #[must_use]
    pub fn new(kind: ErrorKind, code: Code, message: impl Into<String>) -> Self {
        let database = (kind == ErrorKind::Database).then(|| Box::new(DatabaseError::new(Class::Other)));
        Self { kind, code, message: message.into(), at: Box::default(), help: None, database, about: None }
    }

    /// A mistake of the user's.
    #[must_use]
    pub fn input(code: Code, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, code, message)
    }

    /// What is not built yet; `what` is a noun phrase.
    #[must_use]
    pub fn not_built(what: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Unsupported, code::NOT_BUILT, format!("{what} is not built yet"))
    }

    /// A broken invariant of ours.
    #[must_use]
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Bug, code::BUG, message)
            .help("this is a bug in Eagerly: please report it with the specification and the schema")
    }

    /// The caller of the sans-I/O run broke its protocol.
    #[must_use]
    pub fn protocol(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Bug, code::PROTOCOL, message)
    }

    /// What took longer than the caller allowed; `what` begins the sentence, as "the load" does.
    #[must_use]
    pub fn timeout(what: impl fmt::Display, limit: Duration) -> Self {
        Self::new(ErrorKind::Limit, code::TIMEOUT, format!("{what} took longer than {} s", limit.as_secs_f64()))
            .help("limit the specification, or allow more time")
    }

    /// Sets the path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.at.path = path.into();
        self
    }

    /// Sets the bytes of the specification's text.
    #[must_use]
    pub fn span(mut self, span: impl Into<Option<Span>>) -> Self {
        self.at.span = span.into();
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the database's part, or only its class.
    #[must_use]
    pub fn database(mut self, error: impl Into<DatabaseError>) -> Self {
        self.database = Some(Box::new(error.into()));
        self
    }

    /// The class of a database's refusal. Errors of other kinds have one only if they come from the driver.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.database.as_ref().map(|error| error.class)
    }

    /// The SQLSTATE of a database's refusal, if it gave one.
    #[must_use]
    pub fn sqlstate(&self) -> Option<&str> {
        self.database.as_ref()?.sqlstate.as_deref()
    }

    /// Whether the same load can succeed if it is tried again: the connection was lost, another session was in the way, or
    /// time ran out on the server.
    ///
    /// ```
    /// use eagerly_planner::error::{Class, DatabaseError, Error, ErrorKind, code};
    ///
    /// let refused = Error::new(ErrorKind::Database, code::REFUSED, "cannot load `post`: deadlock detected");
    /// let refused = refused.database(DatabaseError::new(Class::Deadlock).sqlstate("40P01"));
    /// assert!(refused.is_transient());
    /// assert!(!Error::input(code::SYNTAX, "`}` is missing").is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.class().is_some_and(Class::is_transient)
    }

    /// Says that it is a name which the entity does not have.
    pub(crate) fn no_name(mut self, entity: &str, name: &str) -> Self {
        self.about = Some(Box::new(About::NoName { entity: entity.to_owned(), name: name.to_owned() }));
        self
    }

    /// Says that it is a name which is no operator.
    #[cfg_attr(not(any(feature = "text", feature = "serde")), allow(dead_code))]
    pub(crate) fn no_operator(mut self, name: &str) -> Self {
        self.about = Some(Box::new(About::NoOperator(name.to_owned())));
        self
    }

    /// Suggests the one of `known` that is most like `wanted`, or lists a few of them.
    #[must_use]
    pub fn suggest<'a>(self, wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match (closest(wanted, &known), known.len()) {
            (Some(name), _) => self.help(format!("did you mean `{name}`?")),
            (None, 0) => self,
            (None, n) => {
                let listed = known.iter().take(8).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
                let more = if n > 8 { format!(" and {} more", n - 8) } else { String::new() };
                self.help(format!("there are {listed}{more}"))
            }
        }
    }
}

/// Whether a name is near enough to another to be meant.
pub(crate) fn is_like(wanted: &str, known: &str) -> bool {
    likeness(wanted, known).is_some()
}

const NEAR: f64 = 0.8;

/// How like two names are, if they are near enough: they begin with the same half of the shorter one, or no more than a
/// third of the letters are others. Jaro and Winkler alone find `ship_country` like `_count`.
fn likeness(wanted: &str, known: &str) -> Option<f64> {
    let (wanted, known) = (wanted.to_lowercase(), known.to_lowercase());
    let likeness = strsim::jaro_winkler(&wanted, &known);
    let counts = [wanted.chars().count(), known.chars().count()];
    let (short, letters) = (counts[0].min(counts[1]), counts[0].max(counts[1]));
    let begins = wanted.chars().zip(known.chars()).take_while(|(w, k)| w == k).count() * 2 >= short;
    let near = || strsim::osa_distance(&wanted, &known) <= letters.div_ceil(3);
    (likeness > NEAR && (begins || near())).then_some(likeness)
}

/// The name most like `wanted`, if one is near enough to be meant.
pub(crate) fn closest<'a>(wanted: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .filter_map(|name| Some((likeness(wanted, name)?, *name)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind: _, code, message, at, help, database: _, about: _ } = self;
        let Place { path, span: _ } = &**at;
        write!(f, "{code}: {message}")?;
        if !path.is_empty() {
            write!(f, " (at {path})")?;
        }
        if let Some(help) = help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    /// The driver's own error, to be downcast.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.database.as_ref().and_then(|error| error.source())
    }
}

/// One or more problems of one input, in the order found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Error>);

/// A result whose error tells every problem at once.
pub type Result<T> = std::result::Result<T, Errors>;

impl Errors {
    /// The problems, at least one.
    #[must_use]
    pub fn all(&self) -> &[Error] {
        &self.0
    }

    /// The first problem.
    #[must_use]
    pub fn first(&self) -> &Error {
        &self.0[0]
    }

    /// Whether all problems are [transient](Error::is_transient).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.0.iter().all(Error::is_transient)
    }

    /// `Err` with all of `problems`, or `Ok(value)` if there are none.
    pub fn check<T>(problems: Vec<Error>, value: T) -> Result<T> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {
    /// The driver's own error, to be downcast, of the first problem that has one.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.iter().find_map(std::error::Error::source)
    }
}

/// Returns an [`Error::bug`] unless the condition, an invariant of ours, holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err($crate::error::Error::bug(format!($($message)+)).into());
        }
    };
}
