//! SQLite: lists are JSON in one bind, or rows of VALUES. Composite keys are JSON arrays.

use super::{ORDINAL, key_column, parts};
use eagerly_planner::batch::{ListPiece, ListSource};

/// The function that reads a list. A table or a view of its name hides it, but only in its own schema.
pub(crate) const EACH: &str = "json_each";
/// The schemas that every connection has, and the function's name in each.
pub(crate) const QUALIFIED_EACH: [(&str, &str); 2] = [("temp", "temp.json_each"), ("main", "main.json_each")];

/// A list of values for `IN`. The sign makes each a bare value without an affinity of its own, so that the compared
/// column's applies.
pub(crate) fn list(each: &str, source: ListSource, width: usize) -> ListPiece {
    let json = if width == 1 { "+value".to_owned() } else { parts(width, ", ", element) };
    let columns = parts(width, ", ", key_column);
    ListPiece::new(
        source,
        width,
        false,
        format!("{json} FROM {each}(?)"),
        format!("{} FROM {}", parts(width, ", ", |n| format!("+{}", key_column(n))), open(&columns)),
        close(&columns),
    )
}

/// A key list as a table of ordinals and keys.
pub(crate) fn table(each: &str, width: usize) -> ListPiece {
    let named = |n: usize, value: String| format!("{value} AS {}", key_column(n));
    let json = |n: usize| named(n, if width == 1 { "value".to_owned() } else { element(n) });
    let columns = format!("{ORDINAL}, {}", parts(width, ", ", key_column));
    ListPiece::new(
        ListSource::Keys,
        width,
        true,
        format!("key AS {ORDINAL}, {} FROM {each}(?)", parts(width, ", ", json)),
        format!("{columns} FROM {}", open(&columns)),
        close(&columns),
    )
}

/// Rows of VALUES as a table with columns of these names; [`close`] ends it. The names that VALUES gives depend on
/// `PRAGMA full_column_names`.
fn open(columns: &str) -> String {
    format!("(WITH k({columns}) AS (VALUES ")
}

fn close(columns: &str) -> String {
    format!(") SELECT {columns} FROM k)")
}

fn element(n: usize) -> String {
    format!("json_extract(value, '$[{n}]')")
}
