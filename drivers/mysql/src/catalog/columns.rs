//! Columns: the server's types become ours, and every text column gets the name of its collation.
//!
//! The name is always given, since the default compares letters without case and accents, and since few collations
//! compare bytes: those of MariaDB that end in `_nopad_bin`, and MySQL's `utf8mb4_0900_bin`. Every other `_bin` pads with
//! blanks, so that 'a' = 'a ' (`tests/live/collations.rs` asks a server about each of its collations).

use super::Tables;
use eagerly::graph::{ColumnDef, ColumnType};

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
    let clause = format!("json_valid(`{}`)", column.replace('`', "``"));
    checks.iter().any(|(checked, check)| checked == table && *check == clause)
}

/// Our type for `DATA_TYPE` and `COLUMN_TYPE`.
fn column_type(data_type: &str, native: &str) -> ColumnType {
    match data_type {
        "tinyint" if native.starts_with("tinyint(1)") => ColumnType::Boolean,
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "bit" => ColumnType::Integer,
        "float" | "double" => ColumnType::Float,
        "decimal" => ColumnType::Decimal,
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
