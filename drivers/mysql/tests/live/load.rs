//! Plans that a MariaDB runs before there is a dialect for it: SQLite's, without key lists in JSON, under `ANSI_QUOTES`
//! and with the database's name for a schema.

use eagerly::{LoadSpec, Plan, Planner, RelationshipGraph, Sqlite};
use eagerly_mysql::{Connection, catalog};
use mysql_async::prelude::Queryable;

/// A planner for the connection's database.
pub(crate) async fn planner(connection: &mut Connection) -> Planner {
    let conn = connection.conn();
    conn.query_drop("SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')").await.unwrap();
    let database: Option<String> = conn.query_first("SELECT DATABASE()").await.unwrap();
    let mut catalog = catalog(connection).await.unwrap();
    catalog.tables.iter_mut().for_each(|table| table.schema.clone_from(&database));
    Planner::new(RelationshipGraph::from_catalog(&catalog).unwrap(), Sqlite::new())
}

pub(crate) fn plan(planner: &Planner, spec: &str) -> Plan {
    let spec = LoadSpec::parse(spec).unwrap_or_else(|errors| panic!("{errors}"));
    planner.compile(&spec).unwrap_or_else(|errors| panic!("{errors}"))
}
