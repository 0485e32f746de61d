//! MySQL and MariaDB: a list of keys is JSON in one bind, whose table names the type of each column.

use super::{ORDINAL, key_column, parts};
use eagerly_planner::batch::{BindForm, ListPiece, ListSource};

/// A part of a key in JSON.
pub(crate) struct Part {
    /// Its type as a column of JSON_TABLE, which cuts in silence what does not fit.
    pub(crate) ty: String,
    /// Whether it is hexadecimal digits of bytes.
    pub(crate) hex: bool,
    /// What a value becomes.
    pub(crate) form: BindForm,
}

/// Values for `IN`, each bound by itself: each keeps the type that it has.
pub(crate) fn values(source: ListSource) -> ListPiece {
    ListPiece::values(source)
}

/// A key list as rows.
pub(crate) fn rows(key: &[Part]) -> ListPiece {
    let columns = parts(key.len(), ", ", |n| value(key, n));
    ListPiece::json_hex(ListSource::Keys, key.len(), format!("{columns} FROM {}", json_table(key, "")))
        .formed(forms(key))
}

fn forms(key: &[Part]) -> impl Iterator<Item = BindForm> {
    key.iter().map(|part| part.form)
}

/// A key list as a table of ordinals from 0 and keys.
pub(crate) fn table(key: &[Part]) -> ListPiece {
    let columns = parts(key.len(), ", ", |n| format!("{} AS {}", value(key, n), key_column(n)));
    let ordinality = format!("{ORDINAL} FOR ORDINALITY, ");
    let sql = format!("j.{ORDINAL} - 1 AS {ORDINAL}, {columns} FROM {}", json_table(key, &ordinality));
    ListPiece::json_hex(ListSource::Keys, key.len(), sql).formed(forms(key))
}

fn value(key: &[Part], n: usize) -> String {
    let column = key_column(n);
    if key[n].hex { format!("UNHEX(j.{column})") } else { format!("j.{column}") }
}

fn json_table(key: &[Part], ordinality: &str) -> String {
    let column = |n: usize| {
        let path = if key.len() == 1 { "$".to_owned() } else { format!("$[{n}]") };
        format!("{} {} PATH '{path}'", key_column(n), key[n].ty)
    };
    format!("JSON_TABLE(?, '$[*]' COLUMNS({ordinality}{})) AS j", parts(key.len(), ", ", column))
}
