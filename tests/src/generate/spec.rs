//! Choices become a load specification over the tables: always a valid one.

use super::data::Domain;
use super::raw::{Pick, RawFilter, RawNode};
use super::schema::Table;
use eagerly_planner::graph::{RelationshipDef, RelationshipGraph};
use eagerly_planner::ids::EntityId;
use eagerly_planner::spec::{
    At, CompareOp, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm, Quantifier, Strategy,
};
use eagerly_planner::value::Value;
use rusqlite::types::Value as Cell;
use std::collections::HashSet;

/// The root is an entity with relationships, if there is one.
pub(super) fn spec(tables: &[Table], raw: &RawNode) -> LoadSpec {
    let with: Vec<usize> = (0..tables.len()).filter(|t| !tables[*t].relationships.is_empty()).collect();
    let root = with.get(usize::from(raw.target) % with.len().max(1)).copied().unwrap_or(0);
    LoadSpec { root: node(tables, root, Field::new(&tables[root].entity), raw, true) }
}

/// Fills a field that loads rows of a table. A to-one takes `where` only.
fn node(tables: &[Table], table: usize, mut field: Field, raw: &RawNode, list: bool) -> Field {
    let entity = &tables[table];
    field.arguments.filter = raw.filter.as_ref().map(|f| filter(tables, table, f, true));
    if list {
        field.arguments.order = order(entity, &raw.order);
        field.arguments.limit = raw.limit;
        field.arguments.offset = raw.offset;
    }
    let mut keys: HashSet<String> = HashSet::new();
    let mut fields: Vec<Field> = Vec::new();
    for (pick, alias) in &raw.columns {
        let mut column = Field::new(&choose(&entity.columns, *pick).name);
        if *alias {
            column.alias = Some(format!("c{}", fields.len()));
        }
        if keys.insert(column.key().to_owned()) {
            fields.push(column);
        }
    }
    let offered: &[(Pick, RawNode)] = if entity.relationships.is_empty() { &[] } else { &raw.children };
    for (place, child) in offered {
        let relationship = choose(&entity.relationships, child.target);
        let mut below = Field::new(&relationship.name);
        if child.alias || keys.contains(below.key()) {
            below.alias = Some(format!("{}_{}", relationship.name, keys.len()));
        }
        keys.insert(below.key().to_owned());
        below.strategy = strategy(child.strategy);
        below.inner = child.inner;
        let target = target(tables, relationship);
        fields.insert(
            usize::from(*place) % (fields.len() + 1),
            node(tables, target, below, child, super::is_list(relationship)),
        );
    }
    field.fields = Some(fields).filter(|fields| !fields.is_empty());
    field
}

fn strategy(pick: Pick) -> Option<Strategy> {
    [None, Some(Strategy::Selectin), Some(Strategy::Joined), Some(Strategy::Auto)][usize::from(pick) % 4]
}

fn choose<T>(among: &[T], pick: Pick) -> &T {
    &among[usize::from(pick) % among.len()]
}

fn target(tables: &[Table], relationship: &RelationshipDef) -> usize {
    tables.iter().position(|t| t.entity == relationship.target).expect("targets are tables")
}

/// Order terms; a column stands in it once.
pub(super) fn order(table: &Table, raw: &[(Pick, bool)]) -> Vec<OrderTerm> {
    let mut terms: Vec<OrderTerm> = Vec::new();
    for (pick, descending) in raw {
        let column = choose(&table.columns, *pick).name.clone();
        if terms.iter().all(|t| t.column != column) {
            terms.push(OrderTerm { column, descending: *descending, at: At::default() });
        }
    }
    terms
}

/// A filter on the rows of a table; without `related`, as in a predicate, on its own columns only.
pub(super) fn filter(tables: &[Table], table: usize, raw: &RawFilter, related: bool) -> Filter {
    let entity = &tables[table];
    let list = |all: &[RawFilter]| all.iter().map(|f| filter(tables, table, f, related)).collect();
    match raw {
        RawFilter::Not(inner) => Filter::Not(Box::new(filter(tables, table, inner, related))),
        RawFilter::And(all) => Filter::And(list(all)),
        RawFilter::Or(all) => Filter::Or(list(all)),
        RawFilter::Related { relationship, quantifier, filter: inner } => {
            if !related || entity.relationships.is_empty() {
                return filter(tables, table, inner, related);
            }
            let relationship = choose(&entity.relationships, *relationship);
            let last = if super::is_list(relationship) { Quantifier::Any } else { Quantifier::Has };
            Filter::Relationship {
                name: relationship.name.clone(),
                quantifier: *choose(&[Quantifier::Any, Quantifier::None, last], *quantifier),
                filter: Box::new(filter(tables, target(tables, relationship), inner, related)),
                at: At::default(),
            }
        }
        RawFilter::Compare { column, operator, value } => {
            let column = choose(&entity.columns, *column);
            let op = *choose(
                &[
                    CompareOp::Eq,
                    CompareOp::Ne,
                    CompareOp::Lt,
                    CompareOp::Ge,
                    CompareOp::Like,
                    CompareOp::Gt,
                    CompareOp::Le,
                    CompareOp::NotLike,
                ],
                *operator,
            );
            let value = if matches!(op, CompareOp::Like | CompareOp::NotLike) {
                Value::from(*choose(&["%", "a%", "_", "%2", "%'%", "A_", ""], *value))
            } else {
                match literal(column.domain.value(usize::from(*value))) {
                    Value::Integer(n @ 0..=1) if column.domain == Domain::Boolean && *value > 127 => {
                        Value::from(n == 1)
                    }
                    value => value,
                }
            };
            test(&column.name, Comparison::Compare(op, Operand::Value(value)))
        }
        RawFilter::In { column, values, negated } => {
            let column = choose(&entity.columns, *column);
            let values = values.iter().map(|v| Operand::Value(literal(column.domain.value(usize::from(*v)))));
            let list = ListOperand::Values(values.collect());
            test(&column.name, Comparison::In { list, negated: *negated })
        }
        RawFilter::IsNull { column, null } => test(&choose(&entity.columns, *column).name, Comparison::IsNull(*null)),
    }
}

fn test(column: &str, test: Comparison) -> Filter {
    Filter::Column { name: column.to_owned(), test, at: At::default() }
}

fn literal(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => Value::Integer(n),
        Cell::Real(x) => Value::Float(x),
        Cell::Text(text) => Value::Text(text),
        Cell::Blob(bytes) => Value::Bytes(bytes),
    }
}

/// The same specification with one strategy on every relationship that is loaded; what is `inner` stays so.
#[must_use]
pub fn strategies(graph: &RelationshipGraph, spec: &LoadSpec, strategy: Strategy) -> LoadSpec {
    fn set(graph: &RelationshipGraph, entity: EntityId, field: &mut Field, strategy: Strategy) {
        for child in field.fields.iter_mut().flatten() {
            let Some(id) = graph.relationship_id(entity, &child.name) else { continue };
            let relationship = graph.relationship(id);
            let now = child.strategy.or(relationship.strategy);
            if !matches!(now, Some(Strategy::Lazy | Strategy::Raise | Strategy::NoLoad)) {
                child.strategy = Some(strategy);
                set(graph, relationship.target, child, strategy);
            }
        }
    }
    let mut spec = spec.clone();
    if let Some(root) = graph.entity_id(&spec.root.name) {
        set(graph, root, &mut spec.root, strategy);
    }
    spec
}
