//! Drafts become batches: the query of each, its SQL, and where each cell of its rows goes.

mod keys;
mod layout;
mod order;
mod repeats;

use self::layout::Layout;
use super::draft::{Drafts, Waves};
use super::{
    Batch, BatchPlan, Limits, NodeState, Operation, PlannedColumn, PlannedDerived, PlannedEntity, PlannedNode,
    Projection, Reach, RowBound, state,
};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::graph::{ColumnType, RelationshipGraph};
use crate::ids::{BatchId, ColumnId, EntityId};
use crate::logical::{Derived, LinkColumn, LoadNode, LogicalPlan, Output, estimate};

/// Finishes every draft, in the order of their waves.
pub(crate) fn finish(
    graph: &RelationshipGraph,
    dialect: &dyn Dialect,
    plan: LogicalPlan,
    drafts: &Drafts,
    waves: Waves,
) -> Result<BatchPlan> {
    let estimates = estimate::rows(graph, &plan);
    let mut batches = Vec::with_capacity(waves.len());
    let mut batch_of: Vec<Option<BatchId>> = vec![None; plan.nodes.len()];
    for (index, wave) in waves {
        let draft = &drafts.list[index];
        let id = BatchId::new(batches.len());
        draft.nodes().for_each(|node| batch_of[node.index()] = Some(id));
        let layout = Layout::new(graph, dialect, &plan, draft)?;
        let mut batch = layout.batch(id, wave)?;
        batch.rows = RowBound::of(graph, &plan, draft, &estimates);
        let counts_keys = match batch.operation {
            Operation::Root => true,
            Operation::Fetch { reach, .. } => reach != Reach::Whole && wave > 1,
        };
        if !counts_keys {
            // Rows of keys that lead nowhere come too.
            batch.rows.most = None;
        }
        batches.push(batch);
    }
    repeats::find(&mut batches);
    let entities = entities(graph, &plan, &batches);
    let states: Vec<NodeState> = plan.ids().map(|id| state(&plan, id)).collect();
    let loaded: Vec<bool> = plan.nodes.iter().map(|node| node.loaded).collect();
    let LogicalPlan { nodes, constants, mut notes, at_once: _ } = plan;
    let nodes = nodes.into_iter().zip(states).map(|(node, state)| {
        let (derived, link) = (derived(graph, &node), linked(graph, dialect, &node));
        let (output, unloaded) = shown(dialect, node.output, &loaded);
        PlannedNode {
            parent: node.parent,
            entity: node.entity,
            path: node.path,
            to_many: node.to_many,
            output,
            unloaded,
            batch: batch_of[node.id.index()],
            derived,
            completes: node.completes,
            recursion: node.recursion,
            link,
            state,
        }
    });
    let capabilities = dialect.capabilities();
    let (missing_indexes, unserved) = super::indexes::missing(graph, capabilities, &batches);
    notes.extend(unserved);
    Ok(BatchPlan {
        dialect: dialect.name().to_owned(),
        shape: 0,
        nodes: nodes.collect(),
        entities,
        batches,
        limits: Limits {
            list_keys: capabilities.max_list_keys,
            list_bytes: capabilities.max_list_bytes,
            variables: capabilities.max_variables,
        },
        missing_indexes,
        constants,
        notes,
    })
}

/// The outputs as they come out of this database, and those that are not loaded. Where JSON is no type of its own, its
/// text is text.
fn shown(dialect: &dyn Dialect, mut output: Vec<Output>, loaded: &[bool]) -> (Vec<Output>, Vec<Output>) {
    for shown in &mut output {
        if let Output::Column { ty, .. } = shown {
            *ty = shown_type(dialect, *ty);
        }
    }
    let is_loaded = |output: &Output| match output {
        Output::Column { .. } => true,
        Output::Node { node, .. } => loaded[node.index()],
    };
    if output.iter().all(is_loaded) { (output, Vec::new()) } else { output.into_iter().partition(is_loaded) }
}

fn shown_type(dialect: &dyn Dialect, ty: ColumnType) -> ColumnType {
    if ty == ColumnType::Json && !dialect.capabilities().documents { ColumnType::Other } else { ty }
}

/// The association table's entity, and the columns of it that come out.
fn linked(graph: &RelationshipGraph, dialect: &dyn Dialect, node: &LoadNode) -> Option<(EntityId, Vec<LinkColumn>)> {
    let secondary = graph.relationship(node.relationship?).secondary.as_ref()?;
    let mut columns = node.link.clone()?;
    for column in &mut columns {
        column.ty = shown_type(dialect, column.ty);
    }
    Some((secondary.entity, columns))
}

/// What a node without a query is derived from.
fn derived(graph: &RelationshipGraph, node: &LoadNode) -> Option<PlannedDerived> {
    let relationship = graph.relationship(node.relationship?);
    Some(match node.derived? {
        Derived::WayBack(above) => PlannedDerived::WayBack(above),
        Derived::KeyOnly => {
            PlannedDerived::KeyOnly { columns: relationship.source_key.clone(), fills: relationship.target_key.clone() }
        }
    })
}

/// The entities with the columns that any batch reads, or that keys fill. Of those that the plan does not name nothing
/// is copied: a schema can have thousands.
fn entities(graph: &RelationshipGraph, plan: &LogicalPlan, batches: &[Batch]) -> Vec<PlannedEntity> {
    let mut entities: Vec<PlannedEntity> = graph.entities().map(|_| PlannedEntity::default()).collect();
    let linked = |node: &LoadNode| {
        node.link.as_ref().and(Some(graph.relationship(node.relationship?).secondary.as_ref()?.entity))
    };
    for entity in plan.nodes.iter().flat_map(|node| std::iter::once(node.entity).chain(linked(node))) {
        let (planned, definition) = (&mut entities[entity.index()], graph.entity(entity));
        if planned.name.is_empty() {
            planned.name.clone_from(&definition.name);
            planned.primary_key.clone_from(&definition.primary_key);
            planned.inexact_primary_key = definition.inexact_primary_key;
        }
    }
    for batch in batches {
        for projection in &batch.query.columns {
            let (entity, column) = match projection {
                Projection::Column(slot, column) => (batch.parts[usize::from(slot.0)].entity, *column),
                Projection::Link(slot, column) => match &batch.parts[usize::from(slot.0)].link {
                    Some(link) => (link.entity, *column),
                    None => continue,
                },
                Projection::Ordinal => continue,
            };
            add_column(graph, &mut entities, entity, column);
        }
    }
    let key_only = plan.nodes.iter().filter(|node| node.derived == Some(Derived::KeyOnly));
    for relationship in key_only.filter_map(|node| node.relationship).map(|id| graph.relationship(id)) {
        for column in &relationship.target_key {
            add_column(graph, &mut entities, relationship.target, *column);
        }
    }
    entities
}

fn add_column(graph: &RelationshipGraph, entities: &mut [PlannedEntity], entity: EntityId, column: ColumnId) {
    let definition = graph.entity(entity);
    let columns = &mut entities[entity.index()].columns;
    columns.resize_with(definition.column_count(), || None);
    let def = definition.column(column);
    columns[column.index()] = Some(PlannedColumn { name: def.name.clone(), ty: def.ty });
}
