//! A graph as one JSON object. All keys are always there, so that scripts need not ask whether they are:
//!
//! ```text
//! entities[]       name, schema, table, view, columns[], primary_key[], unique_keys[], indexes[][], row_id, rows,
//!                  relationships[]
//! columns[]        name, type, nullable, collation, generated
//! unique_keys[]    columns[], exact
//! relationships[]  name, direction, target, list, on[][2], secondary, back_populates, viewonly, trusted, order_by[], strategy,
//!                  where, on_delete
//! on[][2]          a column here and one there; a third element is the type that both are cast to
//! secondary        entity, on[][2]: its columns, and those of the target
//! cycles[][]       names of entities whose foreign keys form a cycle
//! load_order[]     names of entities, each behind those its foreign keys point at
//! leaving[]        foreign keys into tables that were not read: entity, columns[], schema, table, target_columns[]
//! ```
//!
//! What a graph does not say is null: `indexes` that are not known, a `collation` that is the database's default, `rows`
//! that nobody has counted.

use eagerly::RelationshipGraph;
use eagerly::error::{Error, Result, code};
use eagerly::filter::{CompareOp, Comparison, Filter, ListOperand, Operand};
use eagerly::graph::{Cast, ColumnDef, Entity, KeyColumns, LeavingKey, OnDelete, Relationship, UniqueKey};
use eagerly::ids::EntityId;
use eagerly::value::Value;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// The graph as JSON, indented.
///
/// # Errors
/// A relationship's condition with bytes, or a float that is not finite.
pub(super) fn json(graph: &RelationshipGraph) -> Result<String> {
    let names = |ids: &[EntityId]| ids.iter().map(|id| graph.entity(*id).name.as_str()).collect::<Vec<_>>();
    let entities = graph.entities().map(|(_, e)| entity(graph, e)).collect::<Result<Vec<_>>>()?;
    let cycles: Vec<_> = graph.cycles().iter().map(|cycle| names(cycle)).collect();
    let leaving = graph
        .entities()
        .flat_map(|(_, entity)| graph.leaving().iter().filter(|key| key.is_of(entity)).map(|key| leaving(entity, key)));
    let all = json!({
        "entities": entities,
        "cycles": cycles,
        "load_order": names(&graph.dependency_order()),
        "leaving": leaving.collect::<Vec<_>>(),
    });
    Ok(visible(&format!("{all:#}\n")))
}

/// Escapes what a terminal would obey, and JSON leaves as it is; all of it stands within strings.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && crate::visible::is_invisible(c) {
            // All of these have four digits.
            let _ = write!(shown, "\\u{:04x}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

fn entity(graph: &RelationshipGraph, entity: &Entity) -> Result<Json> {
    let relationships = entity.relationships.values().map(|id| relationship(graph, graph.relationship(*id)));
    let columns: Vec<Json> = entity.columns.values().map(column).collect();
    let unique = |key: &UniqueKey| json!({"columns": names(entity, &key.columns), "exact": key.exact});
    let indexes = entity.indexes.as_ref().map(|all| all.iter().map(|i| names(entity, &i.columns)).collect::<Vec<_>>());
    Ok(json!({
        "name": entity.name,
        "schema": entity.schema,
        "table": entity.table,
        "view": entity.view,
        "columns": columns,
        "primary_key": names(entity, &entity.primary_key),
        "unique_keys": entity.unique_keys.iter().map(unique).collect::<Vec<_>>(),
        "indexes": indexes,
        "row_id": entity.row_id,
        "rows": entity.statistics.rows,
        "relationships": relationships.collect::<Result<Vec<_>>>()?,
    }))
}

fn leaving(entity: &Entity, key: &LeavingKey) -> Json {
    json!({
        "entity": entity.name,
        "columns": key.columns,
        "schema": key.target_schema,
        "table": key.target,
        "target_columns": key.target_columns,
    })
}

fn column(column: &ColumnDef) -> Json {
    json!({
        "name": column.name,
        "type": column.ty.name(),
        "nullable": column.nullable,
        "collation": column.collation,
        "generated": column.generated,
    })
}

fn names<'e>(entity: &'e Entity, columns: &KeyColumns) -> Vec<&'e str> {
    columns.iter().map(|column| entity.column(entity.stored(*column)).name.as_str()).collect()
}

fn pairs<'e>(
    (left, of_left): (&'e Entity, &KeyColumns),
    (right, of_right): (&'e Entity, &KeyColumns),
    casts: &[Option<Cast>],
) -> Vec<Vec<&'e str>> {
    let pairs = names(left, of_left).into_iter().zip(names(right, of_right)).enumerate();
    let cast = |at: usize| casts.get(at).copied().flatten().map(Cast::name);
    pairs.map(|(at, (left, right))| [left, right].into_iter().chain(cast(at)).collect()).collect()
}

fn relationship(graph: &RelationshipGraph, relationship: &Relationship) -> Result<Json> {
    let (source, target) = (graph.entity(relationship.source), graph.entity(relationship.target));
    let Relationship { source_key, target_key, casts, .. } = relationship;
    let (on, secondary) = match &relationship.secondary {
        None => (pairs((source, source_key), (target, target_key), casts), None),
        Some(secondary) => {
            let link = graph.entity(secondary.entity);
            let there = pairs((link, &secondary.target_columns), (target, target_key), &secondary.target_casts);
            let here = pairs((source, source_key), (link, &secondary.source_columns), casts);
            (here, Some(json!({"entity": link.name, "on": there})))
        }
    };
    let order = relationship.order_by.iter().map(|t| format!("{}{}", if t.descending { "-" } else { "" }, t.column));
    Ok(json!({
        "name": relationship.name,
        "direction": relationship.direction.name(),
        "target": target.name,
        "list": relationship.is_to_many(),
        "on": on,
        "secondary": secondary,
        "back_populates": relationship.back_populates.map(|back| graph.relationship(back).name.as_str()),
        "viewonly": relationship.viewonly,
        "trusted": graph.is_trusted(relationship),
        "order_by": order.collect::<Vec<_>>(),
        "strategy": relationship.strategy.map(|strategy| strategy.name()),
        "where": relationship.predicate.as_ref().map(condition).transpose()?,
        "on_delete": relationship.on_delete.map(OnDelete::name),
    }))
}

/// A condition in the shape of `where`.
fn condition(filter: &Filter) -> Result<Json> {
    let all = |parts: &[Filter]| parts.iter().map(condition).collect::<Result<Vec<_>>>();
    Ok(match filter {
        Filter::And(parts) => json!({"and": all(parts)?}),
        Filter::Or(parts) => json!({"or": all(parts)?}),
        Filter::Not(inner) => json!({"not": condition(inner)?}),
        Filter::Column { name, test, .. } => json!({name: test_of(test)?}),
        _ => return Err(unwritable("a condition on related rows")),
    })
}

fn test_of(test: &Comparison) -> Result<Json> {
    Ok(match test {
        Comparison::IsNull(yes) => json!({"is_null": yes}),
        Comparison::Compare(op, operand) => json!({operator(*op): value(operand)?}),
        Comparison::In { list: ListOperand::Values(values), negated } => {
            let values = values.iter().map(value).collect::<Result<Vec<_>>>()?;
            json!({if *negated { "not_in" } else { "in" }: values})
        }
        _ => return Err(unwritable("a condition with a variable")),
    })
}

const fn operator(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "eq",
        CompareOp::Ne => "ne",
        CompareOp::Lt => "lt",
        CompareOp::Le => "le",
        CompareOp::Gt => "gt",
        CompareOp::Ge => "ge",
        CompareOp::Like => "like",
        CompareOp::NotLike => "not_like",
    }
}

fn value(operand: &Operand) -> Result<Json> {
    Ok(match operand {
        Operand::Value(Value::Null) => Json::Null,
        Operand::Value(Value::Boolean(boolean)) => json!(boolean),
        Operand::Value(Value::Integer(integer)) => json!(integer),
        Operand::Value(Value::Unsigned(unsigned)) => json!(unsigned.get()),
        Operand::Value(Value::Float(float)) if float.is_finite() => json!(float),
        Operand::Value(Value::Text(text)) => json!(text),
        _ => return Err(unwritable("a condition with a variable, bytes or a float that is not finite")),
    })
}

fn unwritable(what: &str) -> eagerly::error::Errors {
    Error::new(eagerly::error::ErrorKind::Unsupported, code::NOT_SUPPORTED, format!("{what} has no JSON here")).into()
}
