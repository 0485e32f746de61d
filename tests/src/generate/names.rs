//! Names of tables and columns: plain ones, and ones that only survive quoting.

use super::raw::Pick;

/// How the names of one table are spelled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    table: Pick,
    columns: Pick,
}

const RESERVED: [&str; 16] = [
    "order", "group", "select", "from", "where", "index", "table", "join", "limit", "values", "as", "null", "primary",
    "key", "union", "exists",
];

impl Names {
    pub(super) fn new(table: Pick, columns: Pick) -> Self {
        Self { table, columns }
    }

    pub(super) fn table(self, entity: &str, index: usize) -> String {
        spell(self.table, entity, index)
    }

    /// The name of the column at `index`; `base` stays within it unless it is a reserved word.
    pub(super) fn column(self, base: &str, index: usize) -> String {
        spell(self.columns, base, index)
    }

    /// The name of a column wherever it stands; none matches where names are reserved words.
    pub(super) fn column_plain(self, base: &str) -> String {
        spell(self.columns, base, usize::MAX)
    }
}

fn spell(pick: Pick, base: &str, index: usize) -> String {
    match pick % 16 {
        1 => format!("{base} {base}"),
        2 => format!("\"{base}\""),
        3 => RESERVED.get(index).map_or_else(|| base.to_owned(), |word| (*word).to_owned()),
        4 => format!("{base}?"),
        5 => format!("é{base}😀"),
        6 => format!(":{base}"),
        7 => format!("{base}'s"),
        8 => format!("[{base}]"),
        9 => format!("a.{base}"),
        10 => format!("%{base}%"),
        11 => format!("{{{base}}}"),
        12 => format!("`{base}`"),
        13 => format!("${base}"),
        14 => format!("{base} "),
        15 => format!("{}{base}", base.to_uppercase()),
        _ => base.to_owned(),
    }
}

/// A quoted SQL identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
