//! Which databases of the server are read: those that are named, in that order, or the connection's own.

use super::Reader;
use eagerly::error::{Error, ErrorKind, Result, code};

/// A server that keeps names in small letters finds them however they are spelled.
const KNOWN: &str = "SELECT SCHEMA_NAME, @@lower_case_table_names <> 0 FROM information_schema.SCHEMATA \
                     ORDER BY CAST(SCHEMA_NAME AS BINARY)";

/// The databases to read, each once, and the one that a table's bare name is in.
pub(super) async fn find<S: AsRef<str>>(reader: &mut Reader<'_>, named: &[S]) -> Result<(Vec<String>, String)> {
    let current: Vec<(String,)> = reader.rows("SELECT DATABASE()").await?;
    let Some((current,)) = current.into_iter().next() else {
        return Err(Error::new(ErrorKind::Database, code::REFUSED, "the server does not tell its database").into());
    };
    if named.is_empty() {
        return Ok((vec![current.clone()], current));
    }
    let known: Vec<(String, bool)> = reader.rows(KNOWN).await?;
    let mut found: Vec<String> = Vec::new();
    for wanted in named.iter().map(AsRef::as_ref) {
        let exact = known.iter().find(|(name, _)| name == wanted);
        let same = |(name, folded): &&(String, bool)| *folded && name.to_lowercase() == wanted.to_lowercase();
        let Some((name, _)) = exact.or_else(|| known.iter().find(same)) else {
            let message = format!("no database `{wanted}` that this account may see");
            let error = Error::new(ErrorKind::Database, code::REFUSED, message);
            let own = ["information_schema", "performance_schema", "mysql", "sys"];
            let others = known.iter().map(|(name, _)| name.as_str()).filter(|name| !own.contains(name));
            return Err(error.suggest(wanted, others).into());
        };
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    Ok((found, current))
}

/// A name as a literal that no `sql_mode` reads otherwise.
pub(super) fn literal(name: &str) -> String {
    let digits: String = name.bytes().map(|byte| format!("{byte:02X}")).collect();
    format!("_utf8mb4 X'{digits}'")
}
