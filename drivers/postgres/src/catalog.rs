//! PostgreSQL's catalog becomes a [`Catalog`]: what the connection's current schema holds, or the schemas that are named,
//! with everything that names and equality depend on.
//!
//! It is one statement (`catalog.sql`), so that it is one state of the schemas whatever else goes on. Without a name the
//! first schema of `search_path` that exists is read ([`schemas`]). A foreign key that leads to what is not read, another
//! schema or a partition, has its target's schema named, so that `inspect` can tell of it.
//!
//! * Tables, partitioned tables, views, materialized views and foreign tables are entities. A partition is none: its
//!   rows are those of the partitioned table. Views of both kinds are views; a materialized one keeps its unique indexes.
//! * A domain is what it is made of. `native` names the type without a length: to cast a value to it changes nothing.
//! * A table from which others inherit shows their rows too, which its keys do not cover: it has none.
//! * A `collation` stands for every way to compare that is not the default's: besides collations, `citext` (no case)
//!   and `bpchar` (no trailing spaces), which a collation of their own follows: `bpchar C`. One outside `pg_catalog` has its schema before its name, so that nobody takes it
//!   for another. A database's default collation is always deterministic: equality is that of bytes.
//! * A foreign key that every partition has is one of the partitioned table. A unique key of the
//!   partitions is none: it holds within each. A partitioned partition without partitions has no rows, and no say.
//! * A type has an order if PostgreSQL's catalog has a default one for it, and for all that its values are made of. The
//!   same walk finds the settings that its text depends on. `money` follows `lc_monetary`, which decides what its value
//!   is, and names of objects (`regclass`) follow `search_path`: none of that is among them.
//! * A unique key that can be checked late (`DEFERRABLE`) does not hold within a transaction, and is inexact.
//! * Statistics are those of the last `ANALYZE`, as far as the role may see them; a table that was empty then has none.
//! * A table has its schema named where its bare name means another one: in every schema but the first of `search_path`,
//!   and where a temporary table or one of PostgreSQL's own hides it.
//! * Which types compare is worked out from the operators and casts ([`comparisons`]), in a second statement.
//! * A temporal key (`PERIOD`, PostgreSQL 18) is no foreign key here: it compares by containment.
//!
//! sea-schema 0.18 was not used: it is on sqlx, which does not pipeline, and it has neither views, nor collations, nor
//! what tells a partial, invalid or late-checked index from another.

mod comparisons;
mod rows;
mod schemas;
mod statistics;

use crate::error::database_error;
use crate::types::{CITEXT, Form};
use eagerly::error::{Error, Result};
use eagerly::graph::{
    Catalog, CatalogTable, ColumnDef, ColumnType, ForeignKey, IndexDef, IndexOrder, OnDelete, UniqueDef,
};
use rows::{Column, Index, Key, Part, Table};
use schemas::Schemas;
use std::collections::{BTreeSet, HashSet};
use tokio_postgres::{Client, SimpleQueryMessage};

/// The oldest version whose catalog says which collations are deterministic and which columns are generated.
const OLDEST: i32 = 12;

/// Reads the catalog of the current schema, the first of `search_path` that exists: tables and views by name.
///
/// # Errors
/// As [`catalog_of`]; a `search_path` in which no schema exists.
pub async fn catalog(client: &Client) -> Result<Catalog> {
    catalog_of::<&str>(client, &[]).await
}

/// Reads the catalog of these schemas, or without a name that of the current one. Tables of the first keep their names;
/// foreign keys between the schemas are relationships.
///
/// # Errors
/// What the database refuses; a schema that is not there, or that the role may not use; a server older than PostgreSQL 12.
pub async fn catalog_of<S: AsRef<str>>(client: &Client, schemas: &[S]) -> Result<Catalog> {
    let schemas = schemas::find(client, schemas).await?;
    let failed = |error| database_error(error, "cannot read the catalog");
    let tables = read(client, &schemas).await.map_err(failed)?;
    let tables = tables
        .iter()
        .map(|json| serde_json::from_str(json).map_err(|error| Error::bug(format!("a table of the catalog: {error}"))));
    let tables = tables.collect::<std::result::Result<Vec<Table>, Error>>()?;
    let read: HashSet<i64> = tables.iter().map(|table| table.oid).collect();
    // A column's type, by the name that it has there.
    let columns = tables.iter().flat_map(|table| &table.columns);
    let types = columns.map(|column| (column.native.clone(), column.oid)).collect();
    let comparisons = comparisons::read(client, &types).await?;
    let current = schemas.current.as_deref();
    let mut catalog = Catalog::new(tables.into_iter().map(|found| table(found, current, &read)).collect());
    catalog.default_schema = schemas.current;
    catalog.schemas = schemas.names;
    catalog.comparisons = comparisons;
    Ok(catalog)
}

/// Sends the statement. The server believes it to be dear and would compile it, which takes seconds for what runs in
/// milliseconds; and names of types are quoted only where they need it. Statements that are sent together are a
/// transaction, if there is none, in which both can be switched off.
async fn read(client: &Client, schemas: &Schemas) -> std::result::Result<Vec<String>, tokio_postgres::Error> {
    let oids = schemas.oids.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let mut statement = include_str!("catalog/catalog.sql").replace("$schemas", &oids);
    for (setting, is_on) in [("jit", schemas.compiles), ("quote_all_identifiers", schemas.quotes)] {
        if is_on {
            statement = format!("SET LOCAL {setting} = off; {statement}; SET LOCAL {setting} = on");
        }
    }
    let mut tables = Vec::new();
    for message in client.simple_query(&statement).await? {
        if let SimpleQueryMessage::Row(row) = message {
            tables.extend(row.try_get(0)?.map(str::to_owned));
        }
    }
    Ok(tables)
}

fn table(found: Table, current: Option<&str>, read: &HashSet<i64>) -> CatalogTable {
    let Table {
        oid: _,
        schema,
        name,
        kind,
        visible,
        parent,
        rows,
        columns,
        indexes,
        index_names,
        foreign_keys,
        partition_keys,
    } = found;
    let statistics = statistics::statistics(rows, &columns);
    let mut table = CatalogTable {
        schema: Some(schema.clone()).filter(|schema| !visible || Some(schema.as_str()) != current),
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
            key => {
                let leading = leading(index);
                // An index says more than its key does if it has another order, or compares otherwise.
                let plain =
                    key.as_ref().is_some_and(|k| leading.as_ref() == Some(&IndexDef::new(&k.columns)) && k.exact);
                table.indexes.extend(leading.filter(|_| !plain));
                key.into_iter().for_each(|key| table.add_unique_key(key.searched(plain)));
            }
        }
    }
    let of_partitions = partition_keys.into_iter().map(|key| (key, true));
    for (key, of_partitions) in foreign_keys.into_iter().map(|key| (key, false)).chain(of_partitions) {
        let key = foreign_key(key, &schema, read);
        // One that is declared on the table itself stands on each partition too.
        if !(of_partitions && table.foreign_keys.iter().any(|declared| relate_alike(declared, &key))) {
            table.foreign_keys.push(key);
        }
    }
    table
}

/// Whether two keys of a table pair the same columns with the same target's.
fn relate_alike(a: &ForeignKey, b: &ForeignKey) -> bool {
    let pairs = |key: &ForeignKey| {
        let pairs = key.columns.iter().cloned().zip(key.target_columns.iter().cloned());
        pairs.collect::<BTreeSet<_>>()
    };
    (&a.target, &a.target_schema) == (&b.target, &b.target_schema) && pairs(a) == pairs(b)
}

fn column(found: Column, nullable: bool) -> ColumnDef {
    let Column {
        name,
        oid,
        r#type,
        is_enum,
        native,
        not_null,
        generated,
        ordered,
        composite,
        settings,
        collation,
        width: _,
        distinct: _,
    } = found;
    let form = u32::try_from(oid).ok().and_then(|oid| Form::find(oid, &r#type, is_enum));
    let mut def = ColumnDef::new(name, form.map_or(ColumnType::Other, Form::column_type)).native(native);
    def.nullable = nullable || !not_null;
    def.generated = generated;
    def.ordered = ordered;
    def.composite = composite;
    // Whatever has a form is read as what it is.
    def.settings = form.is_none().then_some(settings);
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

/// An index, as far as an equality on its leading columns uses it; none if there are none.
fn leading(index: &Index) -> Option<IndexDef> {
    let plain = |part: &&Part| part.plain && part.same_collation == Some(true) && part.column.is_some();
    let leading: Vec<&Part> = index.parts.iter().take_while(plain).collect();
    let names = |parts: &[&Part]| parts.iter().filter_map(|part| part.column.clone()).collect::<Vec<_>>();
    let descending: Vec<&Part> = leading.iter().copied().filter(|part| part.descends).collect();
    let order = match index.method.as_str() {
        // The operators of `text_pattern_ops` compare bytes: they find what is equal, in another order.
        "btree" if leading.iter().any(|part| !part.sorted) => IndexOrder::None,
        "btree" if leading.len() == index.parts.len() => IndexOrder::Whole,
        "btree" => IndexOrder::Leading,
        "hash" => IndexOrder::None,
        _ => return None,
    };
    (!leading.is_empty()).then(|| IndexDef::new(names(&leading)).descending(names(&descending)).order(order))
}

/// A foreign key. A target that was not read has its schema named, be it the table's own: a partition, for example.
fn foreign_key(key: Key, schema: &str, read: &HashSet<i64>) -> ForeignKey {
    let Key { target, target_schema, target_name, on_delete, columns, target_columns } = key;
    let on_delete = match on_delete.as_str() {
        "a" => Some(OnDelete::NoAction),
        "r" => Some(OnDelete::Restrict),
        "c" => Some(OnDelete::Cascade),
        "n" => Some(OnDelete::SetNull),
        "d" => Some(OnDelete::SetDefault),
        _ => None,
    };
    let target_schema = Some(target_schema).filter(|of| of != schema || !read.contains(&target));
    ForeignKey { columns, target: target_name, target_schema, target_columns, on_delete }
}
