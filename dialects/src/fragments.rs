//! Raw SQL that sea-query cannot say: key lists. Each fragment follows the word SELECT of a subquery.

use eagerly_planner::batch::{ListPiece, ListSource};

/// The column of a key list that numbers its keys.
pub(crate) const ORDINAL: &str = "o";

/// The column of a key list that holds the `n`-th part of its keys.
pub(crate) fn key_column(n: usize) -> String {
    format!("v{n}")
}

/// SQLite: a list of values for `IN`; composite keys are JSON arrays.
///
/// The sign makes each a bare value without an affinity of its own, so that the compared column's applies.
pub(crate) fn sqlite_values(source: ListSource, width: usize) -> ListPiece {
    let parts = |part: &dyn Fn(usize) -> String| (0..width).map(part).collect::<Vec<_>>().join(", ");
    let json = if width == 1 { "+value".to_owned() } else { parts(&|n| format!("json_extract(value, '$[{n}]')")) };
    ListPiece::new(
        source,
        width,
        false,
        format!("{json} FROM json_each(?)"),
        format!("{} FROM (VALUES ", parts(&|n| format!("+column{}", n + 1))),
        ")".to_owned(),
    )
}

/// SQLite: a key list as a table of ordinals and keys; composite keys are JSON arrays.
pub(crate) fn sqlite_key_table(width: usize) -> ListPiece {
    let parts = |part: &dyn Fn(usize) -> String| {
        (0..width).map(|n| format!(", {} AS {}", part(n), key_column(n))).collect::<String>()
    };
    let json =
        if width == 1 { parts(&|_| "value".to_owned()) } else { parts(&|n| format!("json_extract(value, '$[{n}]')")) };
    ListPiece::new(
        ListSource::Keys,
        width,
        true,
        format!("key AS {ORDINAL}{json} FROM json_each(?)"),
        format!("column1 AS {ORDINAL}{} FROM (VALUES ", parts(&|n| format!("column{}", n + 2))),
        ")".to_owned(),
    )
}
