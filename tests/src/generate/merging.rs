//! A generator of specifications over a graph where the order of loads decides how many statements suffice: the same
//! few questions, over several paths and at several depths.

use eagerly_planner::graph::{Entity, RelationshipGraph};
use eagerly_planner::spec::{Field, Filter, LoadSpec, OrderTerm, Strategy as Loading};
use proptest::collection::vec;
use proptest::prelude::*;

/// A load: what it stands below, its relationship, its options, its columns.
type Raw = (u8, u8, u8, u8);

/// Specifications of six to ten loads, most by `selectin`, with few conditions and windows to choose from.
pub fn merging(graph: &RelationshipGraph) -> BoxedStrategy<LoadSpec> {
    let graph = graph.clone();
    (any::<u8>(), vec(any::<Raw>(), 6..=10)).prop_map(move |(root, loads)| spec(&graph, root, &loads)).boxed()
}

struct Node<'a> {
    field: Field,
    entity: &'a Entity,
    parent: usize,
}

fn spec(graph: &RelationshipGraph, root: u8, loads: &[Raw]) -> LoadSpec {
    let entities: Vec<&Entity> = graph.entities().map(|(_, e)| e).filter(|e| !e.relationships.is_empty()).collect();
    let entity = entities[usize::from(root) % entities.len()];
    let mut nodes = vec![Node { field: Field::new(&entity.name), entity, parent: 0 }];
    for (place, relationship, options, column) in loads {
        // Chains are where merging is hard: half of the loads stand below the last one.
        let place = usize::from(*place);
        let parent = if place.is_multiple_of(2) { nodes.len() - 1 } else { place / 2 % nodes.len() };
        let above = nodes[parent].entity;
        if above.relationships.is_empty() {
            continue;
        }
        // Mostly to-ones: many paths lead to few entities by the same key.
        let all = above.relationships.values().map(|id| graph.relationship(*id));
        let to_one: Vec<_> = all.clone().filter(|r| !r.uselist).collect();
        let all: Vec<_> = if relationship % 8 == 0 || to_one.is_empty() { all.collect() } else { to_one };
        let relationship = all[usize::from(*relationship) / 8 % all.len()];
        let entity = graph.entity(relationship.target);
        let mut field = Field::new(&relationship.name).alias(format!("l{}", nodes.len()));
        field.strategy = Some(Loading::Selectin);
        match options % 32 {
            0 => field.arguments.filter = Some(Filter::compare("id", eagerly_planner::spec::CompareOp::Gt, 1)),
            1 => field.arguments.filter = Some(Filter::compare("id", eagerly_planner::spec::CompareOp::Gt, 2)),
            2 if relationship.uselist => field.arguments.limit = Some(1),
            3 if relationship.uselist => {
                field.arguments.order =
                    vec![OrderTerm { column: "id".into(), descending: true, at: Default::default() }];
            }
            4 | 5 if !relationship.uselist => field.strategy = Some(Loading::Joined),
            _ => {}
        }
        let column = entity.columns.keys().nth(usize::from(*column) % entity.columns.len());
        field.fields = column.map(|column| vec![Field::new(column)]);
        nodes.push(Node { field, entity, parent });
    }
    // From the last up, so that each stands in its parent with all that is below it.
    while let Some(Node { field, parent, .. }) = nodes.pop() {
        let Some(above) = nodes.get_mut(parent) else { return field.into() };
        // After the column and before those that were listed later.
        let fields = above.field.fields.get_or_insert_default();
        let columns = fields.iter().take_while(|f| !f.key().starts_with('l') || f.alias.is_none()).count();
        fields.insert(columns, field);
    }
    LoadSpec::new(&entity.name)
}
