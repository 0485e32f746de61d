//! Plans that a MariaDB runs before there is a dialect for it: SQLite's, under `ANSI_QUOTES`, with the database's name
//! for a schema and MariaDB's words for lists of keys.

use eagerly::batch::{ListPiece, Piece, Query, SqlTemplate};
use eagerly::dialect::{Capabilities, Dialect};
use eagerly::error::Result;
use eagerly::{LoadSpec, Plan, Planner, RelationshipGraph, Sqlite};
use eagerly_mysql::{Connection, catalog};
use mysql_async::prelude::Queryable;

#[derive(Debug)]
struct Borrowed(Sqlite);

impl Dialect for Borrowed {
    fn name(&self) -> &'static str {
        "borrowed"
    }

    fn capabilities(&self) -> &Capabilities {
        self.0.capabilities()
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        let pieces = self.0.render(graph, query)?.pieces.into_iter().map(|piece| match piece {
            Piece::List(list) => Piece::List(translated(&list)),
            piece => piece,
        });
        Ok(SqlTemplate::new(pieces.collect()))
    }
}

/// Lists of integers.
fn translated(list: &ListPiece) -> ListPiece {
    let ListPiece { source, width, ordinal, .. } = list;
    assert!(*width == 1 && !ordinal, "{list:?}");
    let json = "v FROM JSON_TABLE(?, '$[*]' COLUMNS (v BIGINT PATH '$')) AS v";
    ListPiece::new(*source, *width, *ordinal, json.into(), String::new(), String::new())
}

/// A planner for the connection's database.
pub(crate) async fn planner(connection: &mut Connection) -> Planner {
    let conn = connection.conn();
    conn.query_drop("SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')").await.unwrap();
    let database: Option<String> = conn.query_first("SELECT DATABASE()").await.unwrap();
    let mut catalog = catalog(connection).await.unwrap();
    catalog.tables.iter_mut().for_each(|table| table.schema.clone_from(&database));
    Planner::new(RelationshipGraph::from_catalog(&catalog).unwrap(), Borrowed(Sqlite::new()))
}

pub(crate) fn plan(planner: &Planner, spec: &str) -> Plan {
    let spec = LoadSpec::parse(spec).unwrap_or_else(|errors| panic!("{errors}"));
    planner.compile(&spec).unwrap_or_else(|errors| panic!("{errors}"))
}
