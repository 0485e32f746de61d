//! Which schemas are read: those that are named, in that order, or the first of `search_path` that exists.

use super::OLDEST;
use crate::error::database_error;
use eagerly::error::{Class, Error, ErrorKind, Result, code};
use tokio_postgres::Client;

/// The schemas to read.
pub(super) struct Schemas {
    /// Their names, each once.
    pub(super) names: Vec<String>,
    /// Their oids, in the order of the names.
    pub(super) oids: Vec<u32>,
    /// The schema that a table's bare name means; none where `search_path` has none.
    pub(super) current: Option<String>,
    /// Whether the server may compile a statement that it believes to be dear.
    pub(super) compiles: bool,
    /// Whether the session quotes every name that it prints.
    pub(super) quotes: bool,
}

/// Looks the schemas up.
///
/// # Errors
/// What the database refuses; a server that is too old; a schema that is not there, or that the role may not use; a
/// `search_path` in which no schema exists, where none is named.
pub(super) async fn find<S: AsRef<str>>(client: &Client, named: &[S]) -> Result<Schemas> {
    let failed = |error| database_error(error, "cannot read the catalog");
    let asked = "SELECT pg_catalog.current_schema()::pg_catalog.text, pg_catalog.current_setting('jit', true) = 'on', \
                 pg_catalog.current_setting('quote_all_identifiers') = 'on', \
                 pg_catalog.current_setting('server_version_num')::int4 / 10000";
    let row = client.query_one(asked, &[]).await.map_err(failed)?;
    let current: Option<String> = row.try_get(0).map_err(failed)?;
    let compiles: Option<bool> = row.try_get(1).map_err(failed)?;
    let quotes: bool = row.try_get(2).map_err(failed)?;
    let version: i32 = row.try_get(3).map_err(failed)?;
    if version < OLDEST {
        let message = format!("PostgreSQL {version} is too old to be asked for its tables");
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("use PostgreSQL 12 or newer")
            .into());
    }
    let mut wanted: Vec<&str> = Vec::new();
    for name in named.iter().map(AsRef::as_ref) {
        if !wanted.contains(&name) {
            wanted.push(name);
        }
    }
    if named.is_empty() {
        let Some(current) = current.as_deref() else {
            let error = Error::new(
                ErrorKind::Database,
                code::REFUSED,
                "the role may use no schema of `search_path`, or none exists",
            );
            let help = "name one with `--schema`, or choose one, for example with `?options=-csearch_path%3Dpublic` in \
                        the URL";
            return Err(error.help(help).into());
        };
        wanted.push(current);
    }
    let known = "SELECT n.nspname::pg_catalog.text, n.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') \
                 FROM pg_catalog.pg_namespace n";
    let mut known: Vec<(String, u32, Option<bool>)> = client
        .query(known, &[])
        .await
        .and_then(|rows| rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect())
        .map_err(failed)?;
    known.sort();
    let oids = wanted.iter().map(|name| usable(name, &known)).collect::<std::result::Result<Vec<u32>, Error>>()?;
    let names = wanted.into_iter().map(str::to_owned).collect();
    Ok(Schemas { names, oids, current, compiles: compiles == Some(true), quotes })
}

/// The oid of a schema whose tables the role may name.
fn usable(name: &str, known: &[(String, u32, Option<bool>)]) -> std::result::Result<u32, Error> {
    let refused = |message: String| Error::new(ErrorKind::Database, code::REFUSED, message);
    match known.iter().find(|(known, ..)| known == name) {
        Some((_, oid, Some(true))) => Ok(*oid),
        Some(_) => Err(refused(format!("the role may not use the schema `{name}`"))
            .help("grant USAGE on the schema, and SELECT on its tables")
            .database(Class::Permission)),
        None => {
            let own = |name: &str| name.starts_with("pg_") || name == "information_schema";
            let names = known.iter().filter(|(known, _, usable)| !own(known) && *usable == Some(true));
            let error = refused(format!("no schema `{name}` in the database"));
            Err(error.suggest(name, names.map(|(known, ..)| known.as_str())))
        }
    }
}
