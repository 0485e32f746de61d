//! Choices become a load specification over the tables: always a valid one.

use super::data::Domain;
use super::raw::{Pick, RawFilter, RawNode};
use super::schema::Table;
use eagerly_planner::graph::{RelationshipDef, RelationshipGraph};
use eagerly_planner::ids::EntityId;
use eagerly_planner::spec::{
    At, ColumnList, CompareOp, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm, Quantifier,
    Recurse, Strategy, Strategy::*,
};
use eagerly_planner::value::Value;
use std::collections::HashSet;

/// The root is an entity with relationships, if there is one.
pub(super) fn spec(tables: &[Table], raw: &RawNode) -> LoadSpec {
    let with: Vec<usize> = (0..tables.len()).filter(|t| !tables[*t].relationships.is_empty()).collect();
    let root = with.get(usize::from(raw.target) % with.len().max(1)).copied().unwrap_or(0);
    node(tables, root, Field::new(&tables[root].entity), raw, None).into()
}

/// Fills a field that loads rows of a table. A to-one takes `where` only.
fn node(tables: &[Table], table: usize, mut field: Field, raw: &RawNode, via: Option<&RelationshipDef>) -> Field {
    let entity = &tables[table];
    let list = via.is_none_or(super::is_list);
    let key = via.filter(|via| raw.key_only && !super::is_list(via) && via.secondary.is_none());
    let narrowed = raw.filter.as_ref().filter(|_| key.is_none());
    field.arguments.filter = narrowed.map(|f| filter(tables, table, f, true));
    if list {
        field.arguments.order = order(entity, &raw.order);
        field.arguments.limit = raw.limit;
        field.arguments.offset = raw.offset;
    }
    let mut keys: HashSet<String> = HashSet::new();
    if field.recurse.is_some() {
        // Under this key the next level comes out.
        keys.insert(field.key().to_owned());
    }
    let mut fields: Vec<Field> = Vec::new();
    let found_by = key.iter().flat_map(|via| &via.pairs).map(|(_, column)| (column, &false));
    let chosen = raw.columns.iter().filter(|_| key.is_none());
    let chosen = chosen.map(|(pick, alias)| (&choose(&entity.columns, *pick).name, alias));
    for (name, alias) in found_by.chain(chosen) {
        let mut column = Field::new(name);
        if *alias {
            column.alias = Some(format!("c{}", fields.len()));
        }
        if keys.insert(column.key().to_owned()) {
            fields.push(column);
        }
    }
    if fields.is_empty() && key.is_none() && !raw.except.is_empty() {
        let columns = raw.except.iter().map(|pick| choose(&entity.columns, *pick).name.clone()).collect();
        field.except = Some(ColumnList { columns, at: At::default() });
    }
    if entity.relationships.len() <= MOST_DEFAULTS {
        field.default_strategy = any_strategy(raw.default);
    }
    let offered: &[(Pick, RawNode)] = if entity.relationships.is_empty() { &[] } else { &raw.children };
    for (place, child) in offered {
        let relationship = relationship(entity, child, via);
        let below = options(tables, entity, relationship, child, &keys);
        keys.insert(below.key().to_owned());
        let target = target(tables, relationship);
        fields.insert(usize::from(*place) % (fields.len() + 1), node(tables, target, below, child, Some(relationship)));
    }
    field.fields = Some(fields).filter(|fields| !fields.is_empty());
    field
}

/// Where an entity has more relationships, `@default` would join too many collections.
const MOST_DEFAULTS: usize = 4;

/// The relationship that a node loads: for a recursion one that leads back to its entity, if there is one.
fn relationship<'t>(entity: &'t Table, raw: &RawNode, via: Option<&RelationshipDef>) -> &'t RelationshipDef {
    let back = via.filter(|_| raw.back && raw.recurse.is_none()).and_then(|via| via.back_populates.as_ref());
    if let Some(back) = back.and_then(|back| entity.relationships.iter().find(|r| r.name == *back)) {
        return back;
    }
    let to_itself: Vec<_> = entity.relationships.iter().filter(|r| r.target == entity.entity).collect();
    match (raw.recurse, to_itself.as_slice()) {
        (None, _) | (_, []) => choose(&entity.relationships, raw.target),
        (Some(_), among) => among[usize::from(raw.target) % among.len()],
    }
}

/// A relationship of `entity` with its directives; `keys` are taken.
fn options(
    tables: &[Table],
    entity: &Table,
    relationship: &RelationshipDef,
    raw: &RawNode,
    keys: &HashSet<String>,
) -> Field {
    let mut field = Field::new(&relationship.name);
    // The engine tells rows without an identity apart by how they were fetched, so that their cycles need not end.
    if relationship.target == entity.entity && entity.has_identity() {
        field.recurse = raw.recurse.map(|depth| Recurse { depth, at: At::default() });
    }
    if let (Some(secondary), Some(picks)) = (&relationship.secondary, &raw.link) {
        let link = tables.iter().find(|t| t.entity == secondary.entity).expect("association tables are tables");
        let mut columns: Vec<String> = Vec::new();
        for name in picks.iter().map(|pick| &choose(&link.columns, *pick).name) {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        field.link = Some(ColumnList { columns, at: At::default() });
    }
    // Of a recursion `@default` would load the relationship once more, under the same key.
    let twice = field.recurse.is_some() && raw.default != 0;
    if raw.alias || twice || keys.contains(field.key()) {
        let mut aliases = (keys.len()..).map(|n| format!("{}_{n}", relationship.name));
        field.alias = aliases.find(|alias| !keys.contains(alias));
    }
    field.strategy = match raw.unloaded {
        0 => [None, Some(Selectin), Some(Joined), Some(Auto), Some(Subquery)][usize::from(raw.strategy) % 5],
        pick => Some(*choose(&[Lazy, Raise, NoLoad], pick)),
    };
    let strategy = field.strategy.or(relationship.strategy);
    // Whether what is never loaded may drop its parents is nobody's question.
    field.inner = raw.inner && strategy.is_none_or(Strategy::is_eager);
    field
}

/// Any strategy; 0 is none.
pub(super) fn any_strategy(pick: Pick) -> Option<Strategy> {
    let all = [None].into_iter().chain(Strategy::ALL.map(Some));
    all.cycle().nth(usize::from(pick))?
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
            let pattern = matches!(op, CompareOp::Like | CompareOp::NotLike);
            let op = if pattern && !entity.flavor.likes(column) { CompareOp::Eq } else { op };
            let value = if matches!(op, CompareOp::Like | CompareOp::NotLike) {
                Value::from(*choose(&["%", "a%", "_", "%2", "%'%", "A_", ""], *value))
            } else {
                match column.domain.compared(usize::from(*value)) {
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
            let values = values.iter().map(|v| Operand::Value(column.domain.compared(usize::from(*v))));
            let list = ListOperand::Values(values.collect());
            test(&column.name, Comparison::In { list, negated: *negated })
        }
        RawFilter::IsNull { column, null } => test(&choose(&entity.columns, *column).name, Comparison::IsNull(*null)),
    }
}

fn test(column: &str, test: Comparison) -> Filter {
    Filter::Column { name: column.to_owned(), test, at: At::default() }
}

/// The same specification with one strategy on every relationship that is loaded; what is `inner` stays so.
#[must_use]
pub fn strategies(graph: &RelationshipGraph, spec: &LoadSpec, strategy: Strategy) -> LoadSpec {
    fn set(graph: &RelationshipGraph, entity: EntityId, field: &mut Field, strategy: Strategy) {
        for child in field.fields.iter_mut().flatten() {
            let Some(id) = graph.relationship_id(entity, &child.name) else { continue };
            let relationship = graph.relationship(id);
            if child.strategy.or(relationship.strategy).is_none_or(Strategy::is_eager) {
                child.strategy = Some(strategy);
                set(graph, relationship.target, child, strategy);
            }
        }
        if field.default_strategy.is_some_and(Strategy::is_eager) {
            field.default_strategy = Some(strategy);
        }
    }
    let mut spec = spec.clone();
    if let Some(root) = graph.entity_id(&spec.root.name) {
        set(graph, root, spec.root_mut(), strategy);
    }
    spec
}
