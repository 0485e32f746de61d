//! PostgreSQL: lists are arrays, one for each column of the key. Their types come from outside.

use super::{ORDINAL, key_column, parts};
use eagerly_planner::batch::{ListPiece, ListSource};

/// A list as one array of whatever type the statement gives it.
pub(crate) fn array(source: ListSource) -> ListPiece {
    ListPiece::arrays(source, 1, "?".to_owned())
}

/// Keys of one column as an array; `casts` stand behind it.
pub(crate) fn keys(casts: &str) -> ListPiece {
    ListPiece::arrays(ListSource::Keys, 1, format!("?{casts}"))
}

/// A list as rows, with the casts of each array, and what each column is `read` as.
pub(crate) fn rows(source: ListSource, casts: &[String], read: impl Fn(usize, String) -> String) -> ListPiece {
    let width = casts.len();
    let columns = parts(width, ", ", |n| read(n, format!("u.{}", key_column(n))));
    let names = parts(width, ", ", key_column);
    ListPiece::arrays(source, width, format!("{columns} FROM {} AS u({names})", unnest(casts)))
}

/// A key list as a table of ordinals from 0 and keys, each `read` as something.
pub(crate) fn table(casts: &[String], read: impl Fn(usize, String) -> String) -> ListPiece {
    let width = casts.len();
    let columns = parts(width, ", ", |n| {
        let column = format!("u.{}", key_column(n));
        let value = read(n, column.clone());
        if value == column { column } else { format!("{value} AS {}", key_column(n)) }
    });
    let names = parts(width, ", ", key_column);
    let sql = format!(
        "u.{ORDINAL} - 1 AS {ORDINAL}, {columns} FROM {} WITH ORDINALITY AS u({names}, {ORDINAL})",
        unnest(casts)
    );
    ListPiece::arrays(ListSource::Keys, width, sql)
}

/// With its schema: a function of that name elsewhere in `search_path`, which takes just such an array, would be preferred.
/// Of several arrays it is no function but syntax, which has no schema.
fn unnest(casts: &[String]) -> String {
    let arrays = parts(casts.len(), ", ", |n| format!("?{}", casts[n]));
    if casts.len() == 1 { format!("pg_catalog.unnest({arrays})") } else { format!("unnest({arrays})") }
}
