//! The result: rows of every entity, stored once, and edges per load node. [`RowRef`](crate::RowRef)s walk it without
//! copying.

use crate::row::Rows;
use crate::stitch::Edges;
use crate::store::{EntityStore, NONE};
use eagerly_planner::batch::{BatchPlan, NodeState};
use eagerly_planner::ids::{ColumnId, EntityId, LoadNodeId};
use eagerly_planner::value::ValueRef;
use std::sync::Arc;

/// The rows of one load node, in the order first met, and the edges that lead to them.
#[derive(Debug)]
pub(crate) struct NodeRows {
    /// Slots in the entity's store, by local number.
    pub(crate) slots: Vec<u32>,
    /// From the parent node's local numbers.
    pub(crate) edges: Edges,
    /// Of a recursion: from the node's own local numbers.
    pub(crate) below: Option<Edges>,
}

impl NodeRows {
    /// Rows of what is no recursion.
    pub(crate) fn new(slots: Vec<u32>, edges: Edges) -> Self {
        Self { slots, edges, below: None }
    }
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
        Rows::roots(self, self.len())
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

    /// The edges that lead to a node: from its parent, or from its own rows.
    pub(crate) fn edges(&self, node: LoadNodeId, from_itself: bool) -> &Edges {
        let rows = &self.nodes[node.index()];
        rows.below.as_ref().filter(|_| from_itself).unwrap_or(&rows.edges)
    }

    /// What tells one stored row from another.
    pub(crate) fn stored(&self, node: LoadNodeId, local: u32) -> (EntityId, u32) {
        let slot = self.nodes[node.index()].slots.get(local as usize);
        (self.plan.node(node).entity, slot.copied().unwrap_or(NONE))
    }

    /// A cell of a row of an association table.
    pub(crate) fn link_value(&self, entity: EntityId, slot: u32, column: ColumnId) -> ValueRef<'_> {
        self.stores[entity.index()].get(slot, column)
    }

    /// Where the row of a node is stored.
    pub(crate) fn place(&self, node: LoadNodeId, local: u32) -> (&EntityStore, u32) {
        let (entity, slot) = self.stored(node, local);
        (&self.stores[entity.index()], slot)
    }
}
