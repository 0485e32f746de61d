//! Columns: the server's types become ours, and every text column gets the name of its collation.
//!
//! The name is always given, since the default compares letters without case and accents, and since few collations
//! compare bytes: those of MariaDB that end in `_nopad_bin`, and MySQL's `utf8mb4_0900_bin`. Every other `_bin` pads with
//! blanks, so that 'a' = 'a ' (`tests/live/collations.rs` asks a server about each of its collations).

use super::Tables;
use eagerly::graph::{CatalogTable, ColumnDef, ColumnType, UniqueDef};

/// Table, column, type, type in full, collation, nullable, what else there is to say.
pub(super) type Row = (String, String, String, String, Option<String>, bool, String);

pub(super) const COLUMNS: &str = "
    SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, COLLATION_NAME, IS_NULLABLE = 'YES', COALESCE(EXTRA, '')
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION";

/// MariaDB's checks on single columns: table, condition. Its JSON is a longtext with the check that it is JSON.
pub(super) const CHECKS: &str = "
    SELECT TABLE_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE()";

pub(super) fn fill(tables: &mut Tables, rows: Vec<Row>, checks: &[(String, String)]) {
    for (table, name, data_type, native, collation, nullable, extra) in rows {
        let Some(table) = tables.get_mut(&table) else { continue };
        let document = data_type == "longtext" && is_document(checks, &table.name, &name);
        let mut column =
            ColumnDef::new(name, if document { ColumnType::Json } else { column_type(&data_type, &native) });
        column.native = Some(native);
        column.nullable = nullable;
        column.collation = collation;
        // `DEFAULT_GENERATED` is another thing: a default that is an expression.
        column.generated = extra.contains("VIRTUAL GENERATED") || extra.contains("STORED GENERATED");
        table.columns.push(column);
    }
}

fn is_document(checks: &[(String, String)], table: &str, column: &str) -> bool {
    // The catalog is read under modes that quote names with backticks.
    let clause = format!("json_valid(`{}`)", column.replace('`', "``"));
    checks.iter().any(|(checked, check)| checked == table && *check == clause)
}

/// Makes a unique key of a primary key that holds an `enum` or a `set` with the member `''`. That prints as no value does,
/// so that two rows can have one text: by such a key no row is told apart.
pub(super) fn leave_inexact_key(table: &mut CatalogTable) {
    let inexact = |name: &String| {
        let mut columns = table.columns.iter().filter(|column| column.name == *name);
        columns.any(|column| column.native.as_deref().is_some_and(has_empty_member))
    };
    if table.primary_key.iter().any(inexact) {
        let columns = std::mem::take(&mut table.primary_key);
        if !std::mem::take(&mut table.inexact_primary_key) {
            table.unique_keys.push(UniqueDef::new(columns, true));
        }
    }
}

/// Whether `''` is a member of `enum('a','')` or `set('','a')`. A quote within a member is doubled.
fn has_empty_member(native: &str) -> bool {
    let list = native.strip_prefix("enum(").or_else(|| native.strip_prefix("set("));
    let mut rest = list.unwrap_or_default();
    while let Some(member) = rest.strip_prefix('\'') {
        let mut length = 0;
        while let Some(at) = member.get(length..).and_then(|rest| rest.find('\'')) {
            length += at;
            match member.get(length..).is_some_and(|rest| rest.starts_with("''")) {
                true => length += 2,
                false => break,
            }
        }
        if length == 0 {
            return true;
        }
        rest = member.get(length + 1..).unwrap_or_default().trim_start_matches(',');
    }
    false
}

/// Our type for `DATA_TYPE` and `COLUMN_TYPE`.
fn column_type(data_type: &str, native: &str) -> ColumnType {
    match data_type {
        "tinyint" if native.starts_with("tinyint(1)") => ColumnType::Boolean,
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "bit" => ColumnType::Integer,
        "float" | "double" => ColumnType::Float,
        "decimal" => ColumnType::Decimal,
        // Its text does not tell the empty member from the value that is none: no key.
        "enum" | "set" if has_empty_member(native) => ColumnType::Other,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" => ColumnType::Text,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => ColumnType::Bytes,
        "uuid" => ColumnType::Uuid,
        "json" => ColumnType::Json,
        "date" => ColumnType::Date,
        "time" => ColumnType::Time,
        "datetime" | "timestamp" => ColumnType::Timestamp,
        // `year` is none of the integers: it equals 24 where it is 2024, so that no hash map can tell what it equals.
        _ => ColumnType::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::has_empty_member;

    #[test]
    fn empty_members_are_found() {
        for native in ["enum('')", "enum('','a')", "enum('a','')", "set('a','','b')", "enum('a''','')", "enum('''','')"]
        {
            assert!(has_empty_member(native), "{native}");
        }
        for native in
            ["enum('a')", "enum('''')", "enum('a''','b')", "enum(''',','x')", "set('a','b')", "varchar(1)", "enum("]
        {
            assert!(!has_empty_member(native), "{native}");
        }
    }
}
