//! The least SQL that lets a plan run here: whole tables, and rows by a list of integer keys. The driver's tests need no
//! dialect, and test none.

use eagerly::batch::{Head, KeyForm, ListPiece, ListSource, Piece, Projection, Query, SqlTemplate};
use eagerly::dialect::{Capabilities, Dialect};
use eagerly::error::Result;
use eagerly::{LoadSpec, Plan, Planner, RelationshipGraph};

#[derive(Debug)]
struct Plain(Capabilities);

/// Plans `spec`, which may have neither conditions, nor orders, nor limits, nor text keys.
pub(crate) fn plan(graph: RelationshipGraph, spec: &str) -> Plan {
    let mut capabilities = Capabilities::default();
    capabilities.default_collation_is_bytes = true;
    let planner = Planner::new(graph, Plain(capabilities));
    planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap_or_else(|errors| panic!("{errors}"))
}

impl Dialect for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        let Query { head: Head { entity, keys, .. }, joins, columns, .. } = query;
        assert!(joins.is_empty());
        let entity = graph.entity(*entity);
        let columns: Vec<String> = columns
            .iter()
            .map(|column| match column {
                Projection::Column(_, column) => format!("\"{}\"", entity.column(*column).name),
                other => panic!("{other:?}"),
            })
            .collect();
        let order: Vec<String> = (1..=columns.len()).map(|place| place.to_string()).collect();
        let order = format!(" ORDER BY {}", order.join(", "));
        let mut pieces = vec![Piece::Text(format!("SELECT {} FROM \"{}\"", columns.join(", "), entity.table))];
        if let Some(keys) = keys {
            assert_eq!((keys.columns.len(), keys.form), (1, KeyForm::In));
            pieces.push(Piece::Text(format!(" WHERE \"{}\" IN ", entity.column(keys.columns[0]).name)));
            let list = "(SELECT value::int8 FROM json_array_elements_text($1))";
            pieces.push(Piece::List(ListPiece::new(
                ListSource::Keys,
                1,
                false,
                list.to_owned(),
                String::new(),
                String::new(),
            )));
        }
        pieces.push(Piece::Text(order));
        Ok(SqlTemplate::new(pieces))
    }
}
