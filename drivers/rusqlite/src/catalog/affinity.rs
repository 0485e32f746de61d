//! A declared type becomes a [`ColumnType`]. SQLite compares by a column's affinity, so the affinity decides; the
//! declared words only tell columns of NUMERIC affinity apart, where they say how a value is meant.

use eagerly::graph::ColumnType;

/// SQLite's column affinities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

/// SQLite's rules in SQLite's order, <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>: the first
/// that applies wins, so that `POINT` and `FLOATING POINT` are integers.
fn affinity(declared: &str) -> Affinity {
    let has = |word: &str| declared.contains(word);
    if has("INT") {
        Affinity::Integer
    } else if has("CHAR") || has("CLOB") || has("TEXT") {
        Affinity::Text
    } else if has("BLOB") || declared.is_empty() {
        Affinity::Blob
    } else if has("REAL") || has("FLOA") || has("DOUB") {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

/// The type of a column. In a STRICT table `ANY` means no affinity; elsewhere it is a word like any other.
pub(super) fn column_type(declared: &str, strict: bool) -> ColumnType {
    let declared = declared.to_ascii_uppercase();
    if strict && declared == "ANY" {
        return ColumnType::Untyped;
    }
    match affinity(&declared) {
        Affinity::Integer => ColumnType::Integer,
        Affinity::Text => ColumnType::Text,
        Affinity::Blob if declared.is_empty() => ColumnType::Untyped,
        Affinity::Blob => ColumnType::Bytes,
        Affinity::Real => ColumnType::Float,
        Affinity::Numeric => numeric(&declared),
    }
}

/// What a column of NUMERIC affinity is meant to hold. `UUID` stays [`ColumnType::Other`]: this affinity turns a UUID of
/// digits alone into a number.
fn numeric(declared: &str) -> ColumnType {
    // `DATETIME` stands before `DATE`, and `TIMESTAMP` before `TIME`, which they begin with.
    let meanings = [
        ("BOOL", ColumnType::Boolean),
        ("DATETIME", ColumnType::Timestamp),
        ("TIMESTAMP", ColumnType::Timestamp),
        ("DATE", ColumnType::Date),
        ("TIME", ColumnType::Time),
        ("NUMERIC", ColumnType::Decimal),
        ("DECIMAL", ColumnType::Decimal),
        ("JSON", ColumnType::Json),
    ];
    meanings.iter().find(|(word, _)| declared.starts_with(word)).map_or(ColumnType::Other, |(_, ty)| *ty)
}

#[cfg(test)]
mod tests {
    use super::column_type;
    use eagerly::graph::ColumnType::*;

    #[test]
    fn the_first_rule_that_applies_wins() {
        for (declared, expected) in [
            ("INTEGER", Integer),
            ("tinyint(1)", Integer),
            ("POINT", Integer),
            ("FLOATING POINT", Integer),
            ("CHARINT", Integer),
            ("VARCHAR(10)", Text),
            ("clob", Text),
            ("TEXTBLOB", Text),
            ("DATETEXT", Text),
            ("BLOB", Bytes),
            ("BLOBREAL", Bytes),
            ("", Untyped),
            ("REAL", Float),
            ("DOUBLE PRECISION", Float),
            ("Float", Float),
        ] {
            assert_eq!(column_type(declared, false), expected, "{declared}");
        }
    }

    #[test]
    fn words_tell_numeric_columns_apart() {
        for (declared, expected) in [
            ("bool", Boolean),
            ("BOOLEAN", Boolean),
            ("DATE", Date),
            ("DATETIME", Timestamp),
            ("timestamp with time zone", Timestamp),
            ("TIME", Time),
            ("NUMERIC(10,2)", Decimal),
            ("decimal", Decimal),
            ("JSON", Json),
            ("JSONB", Json),
            ("UUID", Other),
            ("STRING", Other),
            ("ANY", Other),
        ] {
            assert_eq!(column_type(declared, false), expected, "{declared}");
        }
        assert_eq!(column_type("any", true), Untyped);
    }
}
