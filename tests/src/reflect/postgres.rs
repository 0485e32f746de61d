//! PostgreSQL's catalog: tables and views of the schema `public`.

use super::{Key, names};
use crate::database::Postgres;
use eagerly_planner::graph::{Catalog, CatalogTable, ColumnDef, ColumnType};

const TABLES: &str = "
SELECT c.relname, c.relkind IN ('v', 'm') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition ORDER BY c.relname COLLATE \"C\"";

const COLUMNS: &str = "
SELECT a.attname, CASE t.typtype WHEN 'e' THEN 'text' ELSE t.typname END, a.attnotnull, CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,
  a.attgenerated <> ''
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE a.attrelid = $table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

/// Keys by their kinds, an inexact unique one as `i`, with the names of columns in the order of the key, each on a line.
const KEYS: &str = "
SELECT CASE WHEN i.indisprimary THEN 'p' WHEN bool_and(p.compared = a.attcollation) THEN 'u' ELSE 'i' END,
  string_agg(a.attname, E'\\n' ORDER BY p.i), NULL, NULL
FROM pg_index i CROSS JOIN unnest(i.indkey::int2[], i.indcollation::oid[]) WITH ORDINALITY p (n, compared, i)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.n
WHERE i.indrelid = $table AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND p.i <= i.indnkeyatts
GROUP BY i.indexrelid, i.indisprimary
UNION ALL
SELECT 'f', (SELECT string_agg(a.attname, E'\\n' ORDER BY p.i) FROM unnest(k.conkey) WITH ORDINALITY p (n, i)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.n),
  f.relname, (SELECT string_agg(a.attname, E'\\n' ORDER BY p.i) FROM unnest(k.confkey) WITH ORDINALITY p (n, i)
    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.n)
FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid WHERE k.conrelid = $table AND k.contype = 'f'";

/// Reads the catalog.
///
/// # Panics
/// When the server refuses to tell.
#[must_use]
pub fn postgres(database: &Postgres) -> Catalog {
    let table = |row: Vec<Option<String>>| {
        let name = row[0].clone().expect("a name");
        let oid = format!("'public.\"{}\"'::regclass", name.replace('"', "\"\"").replace('\'', "''"));
        let view = row[1].as_deref() == Some("t");
        let mut table = CatalogTable { name: name.clone(), view, ..CatalogTable::default() };
        table.columns = database.texts(&COLUMNS.replace("$table", &oid)).iter().map(|row| column(row)).collect();
        for column in table.columns.iter_mut().filter(|c| matches!(c.ty, ColumnType::Json | ColumnType::Other)) {
            let [from, by] = [&name, &column.name].map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
            column.ordered = database.execute(&format!("SELECT FROM public.{from} ORDER BY {by}")).is_ok();
        }
        for row in database.texts(&KEYS.replace("$table", &oid)) {
            let kind = row[0].as_ref().and_then(|kind| kind.chars().next()).expect("a kind");
            let target = row[2].clone().map(|target| (target, names(row[3].as_ref())));
            Key { kind, columns: names(row[1].as_ref()), target }.add_to(&mut table);
        }
        table
    };
    Catalog::new(database.texts(TABLES).into_iter().map(table).collect())
}

fn column(row: &[Option<String>]) -> ColumnDef {
    let ty = match row[1].as_deref().expect("a type") {
        "bool" => ColumnType::Boolean,
        "int2" | "int4" | "int8" => ColumnType::Integer,
        "float4" | "float8" => ColumnType::Float,
        "numeric" => ColumnType::Decimal,
        "text" | "varchar" | "bpchar" | "citext" | "name" => ColumnType::Text,
        "bytea" => ColumnType::Bytes,
        "uuid" => ColumnType::Uuid,
        "json" | "jsonb" => ColumnType::Json,
        "date" => ColumnType::Date,
        "time" | "timetz" => ColumnType::Time,
        "timestamp" | "timestamptz" => ColumnType::Timestamp,
        _ => ColumnType::Other,
    };
    let is = |i: usize| row[i].as_deref() == Some("t");
    let mut column = ColumnDef::new(row[0].as_deref().expect("a name"), ty);
    column.native = row[1].clone().filter(|ty| ty == "float4");
    column.nullable = !is(2);
    column.collation.clone_from(&row[3]);
    column.generated = is(4);
    column
}
