//! PostgreSQL's catalog becomes a [`Catalog`]: what the connection's current schema holds, with everything that names
//! and equality depend on.
//!
//! It is one statement (`catalog.sql`), so that it is one state of the schema whatever else goes on. Only the first schema of `search_path` that exists is read: a foreign key that leads to
//! another schema is left out, since its target is no entity.
//!
//! * Tables, partitioned tables, views, materialized views and foreign tables are entities. A partition is none: its
//!   rows are those of the partitioned table. Views of both kinds are views; a materialized one keeps its unique indexes.
//! * A domain is what it is made of. `native` names the type without a length: to cast a value to it changes nothing.
//! * A table from which others inherit shows their rows too, which its keys do not cover: it has none.
//! * A `collation` stands for every way to compare that is not the default's: besides collations, `citext` (no case)
//!   and `bpchar` (no trailing spaces), which a collation of their own follows: `bpchar C`. One outside `pg_catalog` has its schema before its name, so that nobody takes it
//!   for another. A database's default collation is always deterministic: equality is that of bytes.
//! * A unique key that can be checked late (`DEFERRABLE`) does not hold within a transaction, and is inexact.
//! * A foreign key counts as validated where it holds for every row that a query sees: not one that is
//!   `NOT VALID` or checked late (`DEFERRABLE`), not of a table that others inherit from, and not to a table with row
//!   security, which may hide what it points at.
//! * Statistics are those of the last `ANALYZE`, as far as the role may see them; a table that was empty then has none.
//! * A table that the schema of temporary tables hides, or one of PostgreSQL's own, has its schema named.
//!
//! sea-schema 0.18 was not used: it is on sqlx, which does not pipeline, and it has neither views, nor collations, nor
//! what tells a partial, invalid or late-checked index from another.

mod rows;
mod statistics;

use crate::error::database_error;
use crate::types::{CITEXT, Form};
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::graph::{Catalog, CatalogTable, ColumnDef, ColumnType, ForeignKey, OnDelete, UniqueDef};
use rows::{Column, Index, Key, Part, Table};
use std::collections::HashMap;
use tokio_postgres::{Client, SimpleQueryMessage};

/// The oldest version whose catalog says which collations are deterministic and which columns are generated.
const OLDEST: i32 = 12;

/// Reads the catalog of the current schema: tables and views by name.
///
/// # Errors
/// What the database refuses; a `search_path` in which no schema exists; a server older than PostgreSQL 12.
pub async fn catalog(client: &Client) -> Result<Catalog> {
    let failed = |error| database_error(&error, "cannot read the catalog");
    let asked = "SELECT pg_catalog.current_schema()::text, pg_catalog.current_setting('jit', true) = 'on', \
                 pg_catalog.current_setting('server_version_num')::int4 / 10000";
    let row = client.query_one(asked, &[]).await.map_err(failed)?;
    let schema: Option<String> = row.try_get(0).map_err(failed)?;
    let compiles: Option<bool> = row.try_get(1).map_err(failed)?;
    let version: i32 = row.try_get(2).map_err(failed)?;
    if version < OLDEST {
        let message = format!("PostgreSQL {version} is too old to be asked for its tables");
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("use PostgreSQL 12 or newer")
            .into());
    }
    let Some(schema) = schema else {
        let error = Error::new(ErrorKind::Database, code::REFUSED, "no schema of `search_path` exists");
        return Err(error.help("choose one, for example with `?options=-csearch_path%3Dpublic` in the URL").into());
    };
    let tables = read(client, compiles == Some(true)).await.map_err(failed)?;
    let tables = tables
        .iter()
        .map(|json| serde_json::from_str(json).map_err(|error| Error::bug(format!("a table of the catalog: {error}"))));
    let tables = tables.collect::<std::result::Result<Vec<Table>, Error>>()?;
    let names: HashMap<i64, String> = tables.iter().map(|table| (table.oid, table.name.clone())).collect();
    Ok(Catalog::new(tables.into_iter().map(|found| table(found, &schema, &names)).collect()))
}

/// Sends the statement. The server believes it to be dear and would compile it, which takes seconds for what runs in
/// milliseconds: statements that are sent together are a transaction, if there is none, in which that can be switched off.
async fn read(client: &Client, compiles: bool) -> std::result::Result<Vec<String>, tokio_postgres::Error> {
    let statement = include_str!("catalog/catalog.sql");
    let statement = match compiles {
        true => format!("SET LOCAL jit = off; {statement}; SET LOCAL jit = on"),
        false => statement.to_owned(),
    };
    let mut tables = Vec::new();
    for message in client.simple_query(&statement).await? {
        if let SimpleQueryMessage::Row(row) = message {
            tables.extend(row.try_get(0)?.map(str::to_owned));
        }
    }
    Ok(tables)
}

fn table(found: Table, schema: &str, names: &HashMap<i64, String>) -> CatalogTable {
    let Table { oid: _, name, kind, visible, parent, rows, columns, indexes, index_names, foreign_keys } = found;
    let statistics = statistics::statistics(rows, &columns);
    let mut table = CatalogTable {
        schema: (!visible).then(|| schema.to_owned()),
        name,
        view: matches!(kind.as_str(), "v" | "m"),
        // The NOT NULL of a foreign table is what the other side is believed to keep.
        columns: columns.into_iter().map(|found| column(found, kind == "f")).collect(),
        index_names,
        statistics,
        ..CatalogTable::default()
    };
    for index in &indexes {
        let key = (!parent).then(|| unique_key(index)).flatten();
        match key {
            Some(key) if index.primary => {
                table.inexact_primary_key = !key.exact;
                table.primary_key = key.columns;
            }
            // One key with two indexes is one key.
            Some(key) if key.exact => table.unique_keys.extend((!table.unique_keys.contains(&key)).then_some(key)),
            key => {
                table.unique_keys.extend(key.filter(|key| !table.unique_keys.contains(key)));
                table.indexes.extend(leading(index));
            }
        }
    }
    table.foreign_keys = foreign_keys.into_iter().filter_map(|key| foreign_key(key, names)).collect();
    table
}

fn column(found: Column, nullable: bool) -> ColumnDef {
    let Column { name, oid, r#type, is_enum, native, not_null, generated, collation, width: _, distinct: _ } = found;
    let form = u32::try_from(oid).ok().and_then(|oid| Form::find(oid, &r#type, is_enum));
    let mut def = ColumnDef::new(name, form.map_or(ColumnType::Other, Form::column_type)).native(native);
    def.nullable = nullable || !not_null;
    def.generated = generated;
    def.collation = match (r#type.as_str(), collation) {
        (CITEXT | "bpchar", None) => Some(r#type),
        (CITEXT | "bpchar", Some(collation)) => Some(format!("{type} {collation}")),
        (_, collation) => collation,
    };
    def
}

/// The key of a unique index; none if a part of it is an expression.
fn unique_key(index: &Index) -> Option<UniqueDef> {
    if !index.unique {
        return None;
    }
    let columns = index.parts.iter().map(|part| part.column.clone()).collect::<Option<Vec<String>>>()?;
    let exact = index.immediate && index.parts.iter().all(|part| part.plain && part.same_equality == Some(true));
    Some(UniqueDef::new(columns, exact))
}

/// The leading columns of an index that an equality on them uses; none if there are none.
fn leading(index: &Index) -> Option<Vec<String>> {
    let plain = |part: &&Part| index.searched && part.plain && part.same_collation == Some(true);
    let columns = index.parts.iter().take_while(plain).map_while(|part| part.column.clone());
    let columns: Vec<String> = columns.collect();
    (!columns.is_empty()).then_some(columns)
}

fn foreign_key(key: Key, names: &HashMap<i64, String>) -> Option<ForeignKey> {
    let Key { target, on_delete, columns, target_columns, validated } = key;
    let on_delete = match on_delete.as_str() {
        "a" => Some(OnDelete::NoAction),
        "r" => Some(OnDelete::Restrict),
        "c" => Some(OnDelete::Cascade),
        "n" => Some(OnDelete::SetNull),
        "d" => Some(OnDelete::SetDefault),
        _ => None,
    };
    let target = names.get(&target)?.clone();
    Some(ForeignKey { columns, target, target_schema: None, target_columns, on_delete, validated })
}
