//! Drafts become batches: the query of each, its SQL, and where each cell of its rows goes.

mod keys;
mod layout;

use self::layout::Layout;
use super::draft::Drafts;
use super::{Batch, BatchPlan, Limits, PlannedColumn, PlannedEntity, PlannedNode, Projection, state};
use crate::dialect::{Capabilities, Dialect};
use crate::error::{Error, Result};
use crate::graph::{ColumnType, RelationshipGraph};
use crate::ids::{BatchId, EntityId};
use crate::logical::{LinkColumn, LoadNode, LogicalPlan, Output};

/// Finishes every draft.
pub(crate) fn finish(
    graph: &RelationshipGraph,
    dialect: &dyn Dialect,
    plan: LogicalPlan,
    drafts: &Drafts,
) -> Result<BatchPlan> {
    let waves = drafts.waves(&plan).ok_or_else(|| Error::bug("drafts wait for each other"))?;
    let mut batches = Vec::with_capacity(waves.len());
    let mut batch_of: Vec<Option<BatchId>> = vec![None; plan.nodes.len()];
    for (index, wave) in waves {
        let draft = &drafts.list[index];
        let id = BatchId::new(batches.len());
        for node in draft.heads.iter().chain(&draft.joined) {
            batch_of[node.index()] = Some(id);
        }
        let layout = Layout::new(graph, dialect, &plan, draft)?;
        batches.push(layout.batch(id, wave)?);
    }
    let capabilities = dialect.capabilities();
    let nodes = plan.nodes.iter().map(|node| {
        let is_loaded = |output: &Output| match output {
            Output::Column { .. } => true,
            Output::Node { node, .. } => plan.node(*node).loaded,
        };
        let (mut output, unloaded): (Vec<Output>, _) = node.output.iter().cloned().partition(is_loaded);
        for item in &mut output {
            if let Output::Column { ty, .. } = item {
                *ty = shown(capabilities, *ty);
            }
        }
        PlannedNode {
            parent: node.parent,
            entity: node.entity,
            path: node.path.clone(),
            to_many: node.to_many,
            output,
            unloaded,
            batch: batch_of[node.id.index()],
            recursion: node.recursion.clone(),
            link: linked(graph, capabilities, node),
            state: state(&plan, node.id),
        }
    });
    Ok(BatchPlan {
        dialect: dialect.name().to_owned(),
        shape: 0,
        nodes: nodes.collect(),
        entities: entities(graph, &batches),
        batches,
        limits: Limits {
            list_keys: capabilities.max_list_keys,
            list_bytes: capabilities.max_list_bytes,
            variables: capabilities.max_variables,
        },
        constants: plan.constants,
        notes: plan.notes,
    })
}

/// The association table's entity, and the columns of it that come out.
fn linked(
    graph: &RelationshipGraph,
    capabilities: &Capabilities,
    node: &LoadNode,
) -> Option<(EntityId, Vec<LinkColumn>)> {
    let secondary = graph.relationship(node.relationship?).secondary.as_ref()?;
    let mut columns = node.link.clone()?;
    columns.iter_mut().for_each(|column| column.ty = shown(capabilities, column.ty));
    Some((secondary.entity, columns))
}

/// The type as which a column comes out.
fn shown(capabilities: &Capabilities, ty: ColumnType) -> ColumnType {
    if ty == ColumnType::Json && !capabilities.json_documents { ColumnType::Text } else { ty }
}

/// The entities with the columns that any batch reads.
fn entities(graph: &RelationshipGraph, batches: &[Batch]) -> Vec<PlannedEntity> {
    let mut entities: Vec<PlannedEntity> = graph
        .entities()
        .map(|(_, e)| PlannedEntity { name: e.name.clone(), columns: Vec::new(), primary_key: e.primary_key.clone() })
        .collect();
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
            let definition = graph.entity(entity);
            let columns = &mut entities[entity.index()].columns;
            columns.resize_with(definition.columns.len(), || None);
            let def = definition.column(column);
            columns[column.index()] = Some(PlannedColumn { name: def.name.clone(), ty: def.ty });
        }
    }
    entities
}
