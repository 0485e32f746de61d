//! The argument `DB`: which database it names, and how it is opened. URLs never appear in messages: they can hold
//! passwords.

use crate::graph::{self, GraphSource};
use crate::report::Failure;
use eagerly::RelationshipGraph;
use eagerly::error::{Error, Result, code};
use rusqlite::Connection;
use std::ffi::OsStr;
use std::path::Path;

/// What a `DB` can be, for help.
const FORMS: &str = "give a path or `sqlite:PATH`; for a file whose name looks like a URL, `sqlite:NAME`";

/// URL schemes that mean something, and the database they stand for.
const SERVERS: [(&str, &str); 4] =
    [("postgres", "PostgreSQL"), ("postgresql", "PostgreSQL"), ("mysql", "MySQL"), ("mariadb", "MariaDB")];

/// The file of a database, from `sqlite:PATH` or a path.
///
/// # Errors
/// Databases that are not built yet, and URL schemes that mean nothing here.
pub(crate) fn file(argument: &OsStr) -> Result<&Path> {
    // Only a name that is no Unicode cannot have a prefix.
    let Some(text) = argument.to_str() else { return Ok(Path::new(argument)) };
    if let Some(path) = text.strip_prefix("sqlite:") {
        return Ok(Path::new(path));
    }
    let Some(scheme) = scheme(text) else { return Ok(Path::new(text)) };
    let server = SERVERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(scheme));
    Err(match server {
        Some((_, database)) => Error::not_built(format!("a connection to {database}")).help(FORMS),
        None => {
            let error = Error::input(code::USAGE, format!("`{scheme}://` names no database known here"));
            let known = SERVERS.iter().map(|(name, _)| *name).chain(["sqlite"]);
            let error = error.suggest(scheme, known);
            if error.help.as_ref().is_some_and(|help| help.starts_with("did you mean")) {
                error
            } else {
                error.help(FORMS)
            }
        }
    }
    .into())
}

/// The scheme of `scheme://…`. A single letter is a drive.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once("://")?;
    let mut letters = scheme.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on && scheme.len() > 1).then_some(scheme)
}

/// Opens a database for reading, and reads its catalog.
///
/// # Errors
/// What the database refuses; a schema that has no graph.
pub(crate) fn open(file: &Path) -> Result<(Connection, RelationshipGraph)> {
    let connection = eagerly_rusqlite::open(file)?;
    let graph = eagerly_rusqlite::reflect(&connection)?;
    Ok((connection, graph))
}

/// Opens a database for reading, and reads its catalog, with a graph file over it if there is one.
///
/// # Errors
/// What the database refuses; a schema that has no graph; every mistake of the graph file.
pub(crate) fn open_with(
    file: &Path,
    graph: Option<&GraphSource>,
) -> std::result::Result<(Connection, RelationshipGraph), Failure> {
    let connection = eagerly_rusqlite::open(file)?;
    let graph = graph::reflect(&connection, graph)?;
    Ok((connection, graph))
}

#[cfg(test)]
mod tests {
    use super::file;
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
            assert_eq!(file(argument.as_ref()).ok(), Some(Path::new(path)), "{argument}");
        }
    }

    #[test]
    fn urls_are_refused_and_not_repeated() {
        for (argument, expected) in [
            ("postgres://me:secret@host/db", code::NOT_BUILT),
            ("PostgreSQL://me:secret@host/db", code::NOT_BUILT),
            ("mysql://me:secret@host/db", code::NOT_BUILT),
            ("http://me:secret@host/db", code::USAGE),
            ("postgre://me:secret@host/db", code::USAGE),
        ] {
            let error = file(argument.as_ref()).unwrap_err();
            assert_eq!(error.first().code, expected, "{argument}");
            assert!(error.first().help.is_some() && !error.to_string().contains("secret"), "{error}");
        }
    }
}
