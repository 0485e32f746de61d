//! The argument `DB`: which database it names, and how it is opened and read. One file per driver. URLs never appear in
//! messages: they can hold passwords.

mod mysql;
mod postgres;
mod sqlite;

use crate::guard;
use crate::secret::{decoded, looks_like_credentials};
use crate::stop;
use eagerly::dialect::Dialect;
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::graph::Catalog;
use eagerly::{Observer, ResultGraph, Run};
use std::ffi::OsStr;
use std::future::{Future, poll_fn};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// A database that is open.
pub(crate) trait Database {
    /// Begins to read. With `snapshot`, all statements of a run see one state.
    ///
    /// # Errors
    /// What the database refuses.
    fn read(&mut self, snapshot: bool) -> Result<Box<dyn Reading + '_>>;

    /// Takes leave of a server.
    fn close(self: Box<Self>);
}

/// A database that is being read.
pub(crate) trait Reading {
    /// The tables and views of these schemas, of its first one without a name.
    ///
    /// # Errors
    /// What the database refuses; a schema that is not there.
    fn catalog(&mut self, schemas: &[String]) -> Result<Catalog>;

    /// Its dialect, with the limits of this connection.
    fn dialect(&self) -> Box<dyn Dialect>;

    /// Drives a run to its end.
    ///
    /// # Errors
    /// What the database refuses; rows that have no faithful form; more rows than the run allows.
    fn run(&mut self, run: Run, observer: &mut dyn Observer) -> Result<ResultGraph>;

    /// Ends the snapshot if there is one.
    ///
    /// # Errors
    /// What the database says to that.
    fn end(self: Box<Self>) -> Result<()>;
}

/// Opens the database of a URL.
type Connect = fn(&str) -> Result<Box<dyn Database>>;

/// URL schemes that mean something, as the drivers write them, and who opens their URLs.
const SERVERS: [(&str, Connect); 4] = [
    ("postgres", postgres::connect),
    ("postgresql", postgres::connect),
    ("mysql", mysql::connect),
    ("mariadb", mysql::connect),
];

/// Parameters of URLs that name a file, in small letters and without signs.
const CERTIFICATES: [&str; 4] = ["sslrootcert", "sslcert", "sslkey", "sslca"];

/// What a `DB` can be, for help.
const FORMS: &str = "give a path, `sqlite:PATH`, `postgres://…` or `mysql://…`; for a file whose name looks like a \
                     URL, `sqlite:NAME`";

/// Where a database is.
#[derive(Debug)]
pub(crate) enum Address<'a> {
    /// In a file.
    File(&'a Path),
    /// On a server.
    Server {
        /// Who opens it.
        connect: Connect,
        /// Its URL, with the scheme in lower case.
        url: String,
    },
}

impl<'a> Address<'a> {
    /// What the argument names: `sqlite:PATH`, a path, or a server's URL.
    ///
    /// # Errors
    /// URL schemes that mean nothing here, and URLs that are nothing else.
    pub(crate) fn of(argument: &'a OsStr) -> Result<Self> {
        // Only a name that is no Unicode cannot have a prefix.
        let Some(text) = argument.to_str() else { return Ok(Self::File(Path::new(argument))) };
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Ok(Self::File(Path::new(path)));
        }
        let Some((scheme, rest)) = scheme(text) else { return Ok(Self::File(Path::new(text))) };
        let Some((scheme, connect)) = SERVERS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(scheme)) else {
            return Err(unknown(scheme).into());
        };
        if rest.is_empty() {
            let error = Error::input(code::USAGE, format!("`{scheme}://` alone names no database"));
            return Err(error.help(format!("write `{scheme}://user:password@host/database`")).into());
        }
        if !is_percent_encoded(rest) {
            let error =
                Error::input(code::USAGE, "the database's URL has a `%` without two hexadecimal digits behind it");
            return Err(error.help("a `%` in a name or a password is written as `%25`").into());
        }
        if rest.contains("%00") {
            let error = Error::input(code::USAGE, "the database's URL has a `%00`");
            return Err(error.help("no name and no password has a byte of 0: leave it out").into());
        }
        Ok(Self::Server { connect, url: format!("{scheme}://{rest}") })
    }

    /// Its file, if it is one.
    pub(crate) fn file(&self) -> Option<&'a Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server { .. } => None,
        }
    }

    /// The certificates and keys that a server's URL names.
    pub(crate) fn certificates(&self) -> Vec<PathBuf> {
        let Self::Server { url, .. } = self else { return Vec::new() };
        let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters).split('&');
        let file = |parameter: &str| {
            let (name, value) = parameter.split_once('=')?;
            let name = name.replace(['-', '_'], "").to_lowercase();
            CERTIFICATES.contains(&name.as_str()).then(|| decoded(value).into())
        };
        parameters.filter_map(file).collect()
    }

    /// Opens the database for reading. `max_bytes` bounds the memory of a database that works in this program.
    ///
    /// # Errors
    /// A URL that cannot be read; what the database refuses.
    pub(crate) fn open(&self, max_bytes: Option<u64>) -> Result<Box<dyn Database>> {
        match self {
            Self::File(path) => sqlite::open(path, max_bytes).map_err(|errors| match path.to_str() {
                // What is not shown is said in words.
                Some(name) if looks_like_credentials(name) && !path.exists() => {
                    let error = errors.first().clone();
                    error.help(format!("it looks like a connection string, and is none that is known: {FORMS}")).into()
                }
                _ => errors,
            }),
            Self::Server { connect, url } => connect(url),
        }
    }

    /// The catalog of these schemas and the dialect of the database, which is open only meanwhile.
    ///
    /// # Errors
    /// What the database refuses.
    pub(crate) fn describe(&self, schemas: &[String]) -> Result<(Catalog, Box<dyn Dialect>)> {
        let _in_use = stop::section();
        let mut database = self.open(None)?;
        let mut reading = database.read(false)?;
        let described = (reading.catalog(schemas)?, reading.dialect());
        reading.end()?;
        database.close();
        Ok(described)
    }
}

fn unknown(scheme: &str) -> Error {
    let known = SERVERS.iter().map(|(name, _)| *name).chain(["sqlite"]);
    let error = Error::input(code::USAGE, format!("`{scheme}://` names no database known here"));
    let error = error.suggest(scheme, known);
    if error.help.as_ref().is_some_and(|help| help.starts_with("did you mean")) { error } else { error.help(FORMS) }
}

/// The scheme of `scheme://…`, and what comes behind. A single letter is a drive.
pub(crate) fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let mut letters = scheme.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on && scheme.len() > 1).then_some((scheme, rest))
}

/// Whether every `%` is followed by two hexadecimal digits. The drivers take others as they stand.
fn is_percent_encoded(text: &str) -> bool {
    let digits = |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
    text.split('%').skip(1).all(digits)
}

/// How long a server may take to be told that a statement is to end.
const CANCELLING: Duration = Duration::from_secs(1);

/// Awaits what a server does, until the command is to stop. Where it fails, or is stopped, `settle` has a moment to cancel
/// what is left of it there.
fn until_stopped<S, T>(
    runtime: &Runtime,
    subject: S,
    work: impl AsyncFnOnce(&mut S) -> Result<T>,
    settle: impl AsyncFnOnce(S),
) -> Result<T> {
    runtime.block_on(async {
        let mut subject = subject;
        let done = {
            let (mut work, mut stop) = (pin!(work(&mut subject)), pin!(stop::due()));
            poll_fn(|context| match stop.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Err(stop::stopped().into())),
                Poll::Pending => work.as_mut().poll(context),
            })
            .await
        };
        if done.is_err() {
            // Whether it heard of it or not, the program ends.
            let _ = tokio::time::timeout(CANCELLING, settle(subject)).await;
        }
        done
    })
}

/// Connects, until the command is to stop. A name that is still being resolved then is not waited for.
fn connected<C>(connect: impl Future<Output = Result<C>>) -> Result<(Runtime, C)> {
    let runtime = runtime()?;
    match until_stopped(&runtime, (), async |()| connect.await, async |()| ()) {
        Ok(connection) => Ok((runtime, connection)),
        Err(errors) => {
            runtime.shutdown_background();
            Err(errors)
        }
    }
}

/// What a server's driver runs in: this program has one connection.
fn runtime() -> Result<Runtime> {
    let runtime = guard::caught(|| Ok(Builder::new_current_thread().enable_all().build()));
    let words = match runtime {
        Ok(Ok(runtime)) => return Ok(runtime),
        Ok(Err(error)) => error.to_string(),
        // tokio panics where the system has no file left for its signals.
        Err(_) => "too many open files".to_owned(),
    };
    Err(Error::new(ErrorKind::Database, code::CANNOT_OPEN, format!("cannot prepare a connection: {words}"))
        .help("the system allows this program too little: raise its limit of open files (`ulimit -n`)")
        .into())
}

#[cfg(test)]
mod tests {
    use super::Address;
    use eagerly::error::code;
    use std::path::Path;

    #[test]
    fn paths_and_prefixed_paths_are_files() {
        for (argument, path) in [
            ("a.db", "a.db"),
            ("sqlite:a.db", "a.db"),
            ("sqlite:postgres://x", "postgres://x"),
            ("sqlite:", ""),
            ("/a b/c", "/a b/c"),
            ("C://a", "C://a"),
            ("a/b://c", "a/b://c"),
            ("postgres", "postgres"),
        ] {
            assert_eq!(Address::of(argument.as_ref()).unwrap().file(), Some(Path::new(path)), "{argument}");
        }
    }

    #[test]
    fn urls_are_servers_whatever_the_case_of_their_scheme() {
        for (argument, expected) in [
            ("postgres://me:secret@host/db", "postgres://me:secret@host/db"),
            ("PostgreSQL://host/Db", "postgresql://host/Db"),
            ("MySQL://host/db", "mysql://host/db"),
            ("mariadb://host/db?a=://", "mariadb://host/db?a=://"),
        ] {
            match Address::of(argument.as_ref()).unwrap() {
                Address::Server { url, .. } => assert_eq!(url, expected),
                Address::File(path) => panic!("{argument} is the file {}", path.display()),
            }
        }
    }

    #[test]
    fn other_urls_are_refused_and_not_repeated() {
        for argument in [
            "http://me:secret@host/db",
            "postgre://me:secret@host/db",
            "postgres://",
            "mysql://",
            "sqlite3://x",
            "postgres://me:secret%@host/db",
            "postgres://me:secret%2@host/db",
            "mysql://me:secret%zz@host/db",
            "mysql://me:secret%é@host/db",
            "mysql://me:secret%00@host/db",
            "postgres://me:secret@host/d%00b",
        ] {
            let error = Address::of(argument.as_ref()).unwrap_err();
            assert_eq!(error.first().code, code::USAGE, "{argument}");
            assert!(error.first().help.is_some() && !error.to_string().contains("secret"), "{error}");
        }
    }
}
