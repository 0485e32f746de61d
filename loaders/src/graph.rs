//! The result: rows of every entity, stored once, and edges per load node. [`RowRef`]s walk it without copying.

use crate::stitch::Edges;
use crate::store::EntityStore;
use eagerly_planner::batch::{BatchPlan, NodeState};
use eagerly_planner::ids::LoadNodeId;
use eagerly_planner::logical::Output;
use eagerly_planner::value::ValueRef;
use std::sync::Arc;

/// The rows of one load node, in the order first met, and the edges that lead to them.
#[derive(Debug)]
pub(crate) struct NodeRows {
    /// Slots in the entity's store, by local number.
    pub(crate) slots: Vec<u32>,
    /// From the parent node's local numbers.
    pub(crate) edges: Edges,
}

/// A loaded object graph.
#[derive(Debug)]
pub struct ResultGraph {
    plan: Arc<BatchPlan>,
    stores: Vec<EntityStore>,
    nodes: Vec<NodeRows>,
}

impl ResultGraph {
    pub(crate) fn new(plan: Arc<BatchPlan>, stores: Vec<EntityStore>, nodes: Vec<NodeRows>) -> Self {
        Self { plan, stores, nodes }
    }

    /// The plan it was loaded by.
    #[must_use]
    pub fn plan(&self) -> &BatchPlan {
        &self.plan
    }

    /// The root rows, in their order.
    #[must_use]
    pub fn roots(&self) -> Rows<'_> {
        let count = self.nodes.first().map_or(0, |n| n.slots.len()) as u32;
        Rows { graph: self, node: LoadNodeId::new(0), locals: Locals::Range(0..count) }
    }

    /// The number of root rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.first().map_or(0, |n| n.slots.len())
    }

    /// Whether there are no root rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows stored of an entity, however many paths lead to them; 0 if there is no such entity.
    #[must_use]
    pub fn stored_rows(&self, entity: &str) -> usize {
        let index = self.plan.entities.iter().position(|e| e.name == entity);
        index.map_or(0, |i| self.stores[i].rows() as usize)
    }

    /// What the edges of the load node at `path` (`post.tags`) say of the database.
    #[must_use]
    pub fn state(&self, path: &str) -> Option<NodeState> {
        self.plan.nodes.iter().find(|n| n.path == path).map(|n| n.state)
    }

    /// The targets of one row of the parent of `node`, by local number.
    pub(crate) fn targets(&self, node: LoadNodeId, parent: u32) -> &[u32] {
        self.nodes[node.index()].edges.of(parent)
    }

    pub(crate) fn root_count(&self) -> u32 {
        self.len() as u32
    }

    pub(crate) fn value(&self, node: LoadNodeId, local: u32, column: eagerly_planner::ids::ColumnId) -> ValueRef<'_> {
        let store = &self.stores[self.plan.node(node).entity.index()];
        match self.nodes[node.index()].slots.get(local as usize) {
            Some(slot) => store.get(*slot, column),
            None => ValueRef::Null,
        }
    }
}

/// One row at one place of the specification. Rows of one entity are stored once; what hangs below a row depends on
/// the place.
#[derive(Clone, Copy, Debug)]
pub struct RowRef<'g> {
    pub(crate) graph: &'g ResultGraph,
    pub(crate) node: LoadNodeId,
    pub(crate) local: u32,
}

impl<'g> RowRef<'g> {
    /// The output keys of the row, in order.
    pub fn keys(self) -> impl Iterator<Item = &'g str> {
        self.output().iter().map(Output::key)
    }

    pub(crate) fn output(self) -> &'g [Output] {
        &self.graph.plan.node(self.node).output
    }

    /// The cell of a column by its output key; `None` if the specification does not list it.
    #[must_use]
    pub fn get(self, key: &str) -> Option<ValueRef<'g>> {
        self.output().iter().find_map(|output| match output {
            Output::Column { key: own, column, .. } if own == key => {
                Some(self.graph.value(self.node, self.local, *column))
            }
            _ => None,
        })
    }

    /// The target of a to-one relationship by its output key: `None` if the specification does not list it as one,
    /// `Some(None)` if there is no row.
    #[must_use]
    pub fn one(self, key: &str) -> Option<Option<RowRef<'g>>> {
        let node = self.child(key, false)?;
        let target = self.graph.targets(node, self.local).first();
        Some(target.map(|local| RowRef { graph: self.graph, node, local: *local }))
    }

    /// The rows of a to-many relationship by its output key; `None` if the specification does not list it as one.
    #[must_use]
    pub fn many(self, key: &str) -> Option<Many<'g>> {
        let node = self.child(key, true)?;
        let targets = self.graph.targets(node, self.local);
        Some(Rows { graph: self.graph, node, locals: Locals::Slice(targets.iter()) })
    }

    fn child(self, key: &str, to_many: bool) -> Option<LoadNodeId> {
        self.output().iter().find_map(|output| match output {
            Output::Node { key: own, node } if own == key && self.graph.plan.node(*node).to_many == to_many => {
                Some(*node)
            }
            _ => None,
        })
    }

    /// Whether two places show one stored row.
    #[must_use]
    pub fn same_row(self, other: RowRef<'_>) -> bool {
        let place = |row: RowRef<'_>| {
            let slots = &row.graph.nodes[row.node.index()].slots;
            (row.graph.plan.node(row.node).entity, slots.get(row.local as usize).copied())
        };
        std::ptr::eq(self.graph, other.graph) && place(self) == place(other)
    }
}

/// Rows in order.
#[derive(Clone, Debug)]
pub struct Rows<'g> {
    graph: &'g ResultGraph,
    node: LoadNodeId,
    locals: Locals<'g>,
}

/// The rows of a to-many relationship.
pub type Many<'g> = Rows<'g>;

#[derive(Clone, Debug)]
enum Locals<'g> {
    Range(std::ops::Range<u32>),
    Slice(std::slice::Iter<'g, u32>),
}

impl<'g> Iterator for Rows<'g> {
    type Item = RowRef<'g>;

    fn next(&mut self) -> Option<RowRef<'g>> {
        let local = match &mut self.locals {
            Locals::Range(range) => range.next()?,
            Locals::Slice(slice) => *slice.next()?,
        };
        Some(RowRef { graph: self.graph, node: self.node, local })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.locals {
            Locals::Range(range) => range.size_hint(),
            Locals::Slice(slice) => slice.size_hint(),
        }
    }
}

impl ExactSizeIterator for Rows<'_> {}
