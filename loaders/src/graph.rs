//! The result: rows of every entity, stored once, and edges per load node. [`RowRef`](crate::RowRef)s walk it without
//! copying.

use crate::edges::Edges;
use crate::row::Rows;
use crate::session::{Answer, Owned};
use crate::store::{AnswerNo, Borrowed, Id, IdList, Local, Opt, Slot, Table, Tables};
use eagerly_planner::batch::{BatchPlan, NodeState};
use eagerly_planner::ids::{ColumnId, EntityId, LoadNodeId};
use eagerly_planner::value::ValueRef;
use std::sync::Arc;

/// The rows of one load node, in the order first met, and the edges that lead to them.
#[derive(Debug)]
pub(crate) struct NodeRows {
    /// Slots in the entity's store, by local number.
    pub(crate) slots: IdList<Local, Slot>,
    /// From the parent node's local numbers.
    pub(crate) edges: Edges,
    /// Of a recursion: from the node's own local numbers.
    pub(crate) below: Option<Edges>,
}

impl NodeRows {
    /// Rows of what is no recursion.
    pub(crate) fn new(slots: IdList<Local, Slot>, edges: Edges) -> Self {
        Self { slots, edges, below: None }
    }
}

/// A loaded object graph.
#[derive(Debug)]
pub struct ResultGraph {
    plan: Arc<BatchPlan>,
    tables: Arc<Tables>,
    /// By entity, where rows are stored in earlier loads of the session; empty without one.
    borrowed: Vec<Option<Borrowed>>,
    nodes: Vec<NodeRows>,
    /// Of a load in a session.
    owned: Option<Box<Owned>>,
    bytes_read: Option<u64>,
}

impl ResultGraph {
    pub(crate) fn new(
        plan: Arc<BatchPlan>,
        tables: Tables,
        borrowed: Vec<Option<Borrowed>>,
        nodes: Vec<NodeRows>,
        owned: Option<Box<Owned>>,
    ) -> Self {
        Self { plan, tables: Arc::new(tables), borrowed, nodes, owned, bytes_read: None }
    }

    pub(crate) fn with_bytes_read(mut self, bytes: Option<u64>) -> Self {
        self.bytes_read = bytes;
        self
    }

    /// How many bytes the cells had that were read for it, if its run was bounded by
    /// [`Run::max_bytes`](crate::Run::max_bytes): nobody counts them otherwise.
    #[must_use]
    pub fn bytes_read(&self) -> Option<u64> {
        self.bytes_read
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

    /// The rows stored of an entity, however many paths lead to them; 0 if there is no such entity. Those that an
    /// earlier load of the session has stored are not counted.
    #[must_use]
    pub fn stored_rows(&self, entity: &str) -> usize {
        let index = self.plan.entities.iter().position(|e| e.name == entity);
        index.map_or(0, |i| self.tables[i].rows())
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
    pub(crate) fn stored(&self, node: LoadNodeId, local: Local) -> (EntityId, Slot) {
        (self.plan.node(node).entity, self.nodes[node.index()].slots.at(local))
    }

    /// A cell of a row of an association table; NULL without one.
    pub(crate) fn link_value(&self, entity: EntityId, slot: Opt<Slot>, column: ColumnId) -> ValueRef<'_> {
        let Some(slot) = slot.get() else { return ValueRef::Null };
        let (table, slot) = self.cells(entity, slot);
        table.get(slot, column)
    }

    /// Where the row of a node is stored.
    pub(crate) fn place(&self, node: LoadNodeId, local: Local) -> (&Table, Slot) {
        let (entity, slot) = self.stored(node, local);
        self.cells(entity, slot)
    }

    /// Where the cells of a slot are.
    fn cells(&self, entity: EntityId, slot: Slot) -> (&Table, Slot) {
        let borrowed = self.borrowed(entity).and_then(|borrowed| borrowed.stored(slot));
        borrowed.unwrap_or((&self.tables[entity.index()], slot))
    }

    /// The load that stores a slot, and the slot there.
    pub(crate) fn source(&self, entity: EntityId, slot: Slot) -> (&Arc<Tables>, Slot) {
        self.borrowed(entity).and_then(|borrowed| borrowed.place(slot)).unwrap_or((&self.tables, slot))
    }

    /// The rows of an entity that an earlier load has stored.
    pub(crate) fn borrowed(&self, entity: EntityId) -> Option<&Borrowed> {
        self.borrowed.get(entity.index())?.as_ref()
    }

    /// The rows that this load has stored.
    pub(crate) fn tables(&self) -> &Arc<Tables> {
        &self.tables
    }

    /// The rows of a node, and the edges to them.
    pub(crate) fn node(&self, node: LoadNodeId) -> &NodeRows {
        &self.nodes[node.index()]
    }

    /// What it has to do with its session.
    pub(crate) fn owned(&self) -> Option<&Owned> {
        self.owned.as_deref()
    }

    pub(crate) fn owned_mut(&mut self) -> Option<&mut Owned> {
        self.owned.as_deref_mut()
    }

    /// The answer of that number.
    pub(crate) fn answer(&self, number: AnswerNo) -> Option<&Answer> {
        self.owned()?.answers.get(number.index())
    }
}
