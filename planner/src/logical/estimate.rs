//! How many rows each load node has: at most, by limits and unique keys, which is a fact; and about, by statistics.
//! Statistics say nothing of a condition: what it leaves is not estimated.

use super::{Bind, Derived, LoadNode, LogicalPlan, Predicate};
use crate::filter::CompareOp;
use crate::graph::{Entity, RelationshipGraph};
use crate::ids::{ColumnId, LoadNodeId};

/// The different rows of a to-one, over all of its parents; the rows of a collection, once for each parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// No more than these; `None`: no bound is known.
    pub(crate) most: Option<u64>,
    /// About these; `None`: statistics do not say.
    pub(crate) about: Option<u64>,
}

impl Rows {
    /// The smaller of what is known.
    pub(crate) fn known(self) -> Option<u64> {
        self.most.into_iter().chain(self.about).min()
    }
}

/// The rows of every node, by its id.
pub(crate) fn rows(graph: &RelationshipGraph, plan: &LogicalPlan) -> Vec<Rows> {
    let mut all = Vec::with_capacity(plan.nodes.len());
    for id in plan.ids() {
        all.push(rows_of(graph, plan, id, &all));
    }
    all
}

/// The rows of a node, where those of the nodes above it are known.
pub(crate) fn rows_of(graph: &RelationshipGraph, plan: &LogicalPlan, id: LoadNodeId, above: &[Rows]) -> Rows {
    let node = plan.node(id);
    if node.empty || node.recursion.is_some() {
        return Rows::default();
    }
    if let Some(Derived::WayBack(same)) = node.derived {
        return above.get(same.index()).copied().unwrap_or_default();
    }
    let entity = graph.entity(node.entity);
    let Some((relationship, parent)) = node.relationship.zip(plan.key_holder(id)) else { return root(node, entity) };
    let relationship = graph.relationship(relationship);
    let parents = above.get(parent.index()).copied().unwrap_or_default();
    if node.completes {
        return Rows { most: parents.most, about: different(graph, plan, parent, above) };
    }
    if !node.to_many {
        let about = parents.about.and_then(|parents| graph.related_targets(relationship, parents));
        return Rows { most: parents.most, about: about.filter(|_| node.filter == Predicate::TRUE) };
    }
    let most = parents.most.zip(node.limit).map(|(parents, limit)| parents.saturating_mul(limit));
    let about = parents.about.filter(|_| node.filter == Predicate::TRUE && node.offset == 0).and_then(|parents| {
        let related = graph.related_rows(relationship, parents)?;
        Some(node.limit.map_or(related, |limit| related.min(parents.saturating_mul(limit))))
    });
    Rows { most, about }
}

/// About how many different rows a collection has, where those of the nodes above it are known; those that lead to it
/// from several parents count once.
pub(crate) fn different(graph: &RelationshipGraph, plan: &LogicalPlan, id: LoadNodeId, above: &[Rows]) -> Option<u64> {
    let (relationship, parent) = plan.node(id).relationship.zip(plan.key_holder(id))?;
    let targets = graph.related_targets(graph.relationship(relationship), above.get(parent.index())?.about?)?;
    Some(targets.min(above.get(id.index())?.about?))
}

/// The size of columns of a row, in words.
pub(crate) fn size(entity: &Entity, columns: &[ColumnId]) -> String {
    match entity.width(columns) {
        Some(width) => format!("of {width} bytes"),
        None => format!("of {} bytes at least", entity.least_width(columns)),
    }
}

fn root(node: &LoadNode, entity: &Entity) -> Rows {
    let one = (entity.is_unique(&fixed(&node.filter)) && !entity.primary_key.is_empty()).then_some(1);
    let most = node.limit.into_iter().chain(one).min();
    let all = entity.statistics.rows.filter(|_| node.filter == Predicate::TRUE);
    let about = all.map(|rows| rows.saturating_sub(node.offset)).or(one);
    Rows { most, about: about.map(|rows| most.map_or(rows, |most| rows.min(most))) }
}

/// The columns that a condition fixes to one value each.
fn fixed(filter: &Predicate) -> Vec<ColumnId> {
    match filter {
        Predicate::Compare { column, op: CompareOp::Eq, value: Bind::Spec(_) | Bind::Graph(_) } => vec![*column],
        Predicate::And(parts) => parts.iter().flat_map(fixed).collect(),
        _ => Vec::new(),
    }
}
