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
    ListPiece::new(
        source,
        width,
        false,
        format!("{json} FROM {each}(?)"),
        format!("{} FROM (VALUES ", parts(width, ", ", |n| format!("+column{}", n + 1))),
        ")".to_owned(),
    )
}

/// A key list as a table of ordinals and keys.
pub(crate) fn table(each: &str, width: usize) -> ListPiece {
    let named = |n: usize, value: String| format!("{value} AS {}", key_column(n));
    let json = |n: usize| named(n, if width == 1 { "value".to_owned() } else { element(n) });
    let row = |n: usize| named(n, format!("column{}", n + 2));
    ListPiece::new(
        ListSource::Keys,
        width,
        true,
        format!("key AS {ORDINAL}, {} FROM {each}(?)", parts(width, ", ", json)),
        format!("column1 AS {ORDINAL}, {} FROM (VALUES ", parts(width, ", ", row)),
        ")".to_owned(),
    )
}

fn element(n: usize) -> String {
    format!("json_extract(value, '$[{n}]')")
}
