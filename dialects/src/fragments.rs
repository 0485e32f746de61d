//! Raw SQL that sea-query cannot say: key lists. Each fragment follows the word SELECT of a subquery.

/// The column of a key list that numbers its keys.
pub(crate) const ORDINAL: &str = "o";

/// The column of a key list that holds the `n`-th part of its keys.
pub(crate) fn key_column(n: usize) -> String {
    format!("v{n}")
}

/// What `part` says of each of so many parts of a key, with `between` between them.
fn parts(width: usize, between: &str, part: impl Fn(usize) -> String) -> String {
    (0..width).map(part).reduce(|all, next| all + between + &next).unwrap_or_default()
}

#[cfg(feature = "mysql")]
pub(crate) mod mysql;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
