//! The catalog of MariaDB and MySQL: tables and views of the database of the connection.

use super::{Key, names};
use crate::database::Mysql;
use eagerly_planner::graph::{Catalog, CatalogTable, ColumnDef, ColumnType};

const TABLES: &str = "
SELECT table_name, table_type LIKE '%VIEW' FROM information_schema.tables
WHERE table_schema = DATABASE() ORDER BY CAST(table_name AS BINARY)";

const COLUMNS: &str = "
SELECT column_name, data_type, column_type = 'tinyint(1)', is_nullable = 'YES', collation_name,
  coalesce(generation_expression, '') <> ''
FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = $table ORDER BY ordinal_position";

/// Names of columns in the order of a key, each on a line.
const KEYS: &str = "
SELECT CASE c.constraint_type WHEN 'PRIMARY KEY' THEN 'p' WHEN 'UNIQUE' THEN 'u' ELSE 'f' END,
  group_concat(k.column_name ORDER BY k.ordinal_position SEPARATOR '\\n'), k.referenced_table_name,
  group_concat(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR '\\n')
FROM information_schema.table_constraints c JOIN information_schema.key_column_usage k
  ON k.constraint_schema = c.constraint_schema AND k.table_name = c.table_name AND k.constraint_name = c.constraint_name
WHERE c.table_schema = DATABASE() AND c.table_name = $table
  AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
GROUP BY c.constraint_name, c.constraint_type, k.referenced_table_name ORDER BY c.constraint_name";

/// Columns that a check keeps documents in, as MariaDB does for its type JSON.
const DOCUMENTS: &str = "
SELECT check_clause FROM information_schema.check_constraints
WHERE constraint_schema = DATABASE() AND table_name = $table AND check_clause LIKE 'json_valid(`%`)'";

/// Reads the catalog.
///
/// # Panics
/// When the server refuses to tell.
#[must_use]
pub fn mysql(database: &Mysql) -> Catalog {
    let mariadb = crate::database::Database::backend(database) == crate::database::Backend::Mariadb;
    let table = |row: Vec<Option<String>>| {
        let name = row[0].clone().expect("a name");
        let of = |sql: &str| sql.replace("$table", &format!("'{}'", name.replace('\\', "\\\\").replace('\'', "''")));
        let documents = if mariadb { database.texts(&of(DOCUMENTS)) } else { Vec::new() };
        let documents: Vec<String> = documents.into_iter().filter_map(|row| row[0].clone()).collect();
        let mut table = CatalogTable { view: row[1].as_deref() == Some("1"), ..CatalogTable::default() };
        table.columns = database.texts(&of(COLUMNS)).iter().map(|row| column(row, &documents)).collect();
        for row in database.texts(&of(KEYS)) {
            let kind = row[0].as_ref().and_then(|kind| kind.chars().next()).expect("a kind");
            let target = row[2].clone().map(|target| (target, names(row[3].as_ref())));
            Key { kind, columns: names(row[1].as_ref()), target }.add_to(&mut table);
        }
        table.name = name;
        table
    };
    Catalog::new(database.texts(TABLES).into_iter().map(table).collect())
}

fn column(row: &[Option<String>], documents: &[String]) -> ColumnDef {
    let is = |i: usize| row[i].as_deref() == Some("1");
    let name = row[0].as_deref().expect("a name");
    let ty = match row[1].as_deref().expect("a type") {
        _ if is(2) => ColumnType::Boolean,
        _ if documents.contains(&format!("json_valid(`{name}`)")) => ColumnType::Json,
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "year" => ColumnType::Integer,
        "float" | "double" => ColumnType::Float,
        "decimal" => ColumnType::Decimal,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" => ColumnType::Text,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => ColumnType::Bytes,
        "uuid" => ColumnType::Uuid,
        "json" => ColumnType::Json,
        "date" => ColumnType::Date,
        "time" => ColumnType::Time,
        "datetime" | "timestamp" => ColumnType::Timestamp,
        _ => ColumnType::Other,
    };
    let mut column = ColumnDef::new(name, ty);
    column.native = row[1].clone().filter(|ty| ty == "float");
    column.nullable = is(3);
    column.collation.clone_from(&row[4]);
    column.generated = is(5);
    column
}
