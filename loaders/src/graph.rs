//! The result: rows of every entity, stored once, and edges per load node. [`RowRef`]s walk it without copying.

use crate::stitch::Edges;
use crate::store::{EntityStore, NONE};
use eagerly_planner::batch::{BatchPlan, NodeState, PlannedNode};
use eagerly_planner::error::{Error, Result, code};
use eagerly_planner::ids::{ColumnId, EntityId, LoadNodeId};
use eagerly_planner::logical::{LINK_KEY, Output, Recursion};
use eagerly_planner::spec::Strategy;
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
        let count = self.nodes.first().map_or(0, |n| n.slots.len()) as u32;
        Rows { graph: self, node: LoadNodeId::new(0), level: 0, locals: Locals::Range(0..count) }
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

    pub(crate) fn value(&self, node: LoadNodeId, local: u32, column: ColumnId) -> ValueRef<'_> {
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
    /// Levels of a recursion above it.
    pub(crate) level: u64,
    /// The row of the association table that led to it.
    pub(crate) link: u32,
}

impl<'g> RowRef<'g> {
    /// The output keys of the row, in order. A recursion that meets the row again below itself carries them all.
    pub fn keys(self) -> impl Iterator<Item = &'g str> {
        let link = self.plan().link.as_ref().map(|_| LINK_KEY);
        self.shown().map(Output::key).chain(self.recursion().map(|r| r.key.as_str())).chain(link)
    }

    /// What comes out of the row, without what a recursion or a link adds: all that is loaded.
    pub(crate) fn shown(self) -> impl Iterator<Item = &'g Output> {
        let graph = self.graph;
        self.output().iter().filter(move |output| graph.plan.is_shown(output))
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

    /// The target of a to-one relationship by its output key; none if there is no row.
    ///
    /// # Errors
    /// `E0103` if the specification does not list the relationship, `E0111` if it is to-many, `E0115` if it was not
    /// loaded; under `noload` it is empty.
    pub fn one(self, key: &str) -> Result<Option<RowRef<'g>>> {
        Ok(self.related(key, false)?.next())
    }

    /// The rows of a to-many relationship by its output key.
    ///
    /// # Errors
    /// `E0103` if the specification does not list the relationship, `E0111` if it is to-one, `E0115` if it was not
    /// loaded; under `noload` it is empty.
    pub fn many(self, key: &str) -> Result<Rows<'g>> {
        self.related(key, true)
    }

    /// The cell of a column of the association table's row that led here; `None` if `@link` does not list it.
    #[must_use]
    pub fn link(self, column: &str) -> Option<ValueRef<'g>> {
        let (entity, columns) = self.plan().link.as_ref()?;
        let found = columns.iter().find(|c| c.name == column)?;
        Some(self.graph.link_value(*entity, self.link, found.column))
    }

    pub(crate) fn plan(self) -> &'g PlannedNode {
        self.graph.plan.node(self.node)
    }

    /// Whether the row carries the recursion that brought it: rows of its last level do not.
    pub(crate) fn recursion(self) -> Option<&'g Recursion> {
        self.plan().recursion.as_ref().filter(|r| r.depth.is_none_or(|depth| self.level < depth))
    }

    /// The rows to which a relationship leads from here.
    pub(crate) fn targets(self, node: LoadNodeId) -> Rows<'g> {
        self.rows(node, self.graph.edges(node, false), 0)
    }

    /// The rows of the next level of a recursion.
    pub(crate) fn next_level(self) -> Rows<'g> {
        self.rows(self.node, self.graph.edges(self.node, true), self.level + 1)
    }

    fn rows(self, node: LoadNodeId, edges: &'g Edges, level: u64) -> Rows<'g> {
        let locals = Locals::Slice(edges.of(self.local).iter(), edges.links_of(self.local).iter());
        Rows { graph: self.graph, node, level, locals }
    }

    fn related(self, key: &str, to_many: bool) -> Result<Rows<'g>> {
        let listed = self.output().iter().find_map(|output| match output {
            Output::Node { key: own, node } if own == key => Some(*node),
            _ => None,
        });
        let (node, rows) = match (listed, &self.plan().recursion) {
            (Some(node), _) => (node, self.targets(node)),
            (None, Some(recursion)) if recursion.key == key => {
                if self.recursion().is_none() {
                    let message = format!("`{}` ends above `{key}` of this row", self.plan().path);
                    return Err(Error::input(code::NOT_LOADED, message)
                        .help("raise the depth of the recursion")
                        .into());
                }
                (self.node, self.next_level())
            }
            _ => return Err(self.not_listed(key)),
        };
        let planned = self.graph.plan.node(node);
        match planned.state {
            NodeState::Unloaded(Strategy::NoLoad) | NodeState::Loaded | NodeState::Partial => {}
            NodeState::Unloaded(strategy) => {
                let message = format!("`{}` is not loaded: its strategy is `{}`", planned.path, strategy.name());
                let error = Error::input(code::NOT_LOADED, message).path(&planned.path);
                return Err(error.help("load it with `@selectin`, `@joined`, `@subquery` or `@auto`").into());
            }
        }
        if planned.to_many != to_many {
            let (is, use_) = if to_many { ("to-one", "one") } else { ("to-many", "many") };
            let error = Error::input(code::MISPLACED, format!("`{}` is {is}", planned.path)).path(&planned.path);
            return Err(error.help(format!("read it with `{use_}`")).into());
        }
        Ok(rows)
    }

    fn not_listed(self, key: &str) -> eagerly_planner::error::Errors {
        let path = &self.plan().path;
        let listed = self.output().iter().filter(|o| matches!(o, Output::Node { .. })).map(Output::key);
        let error = Error::input(code::UNKNOWN_RELATIONSHIP, format!("`{path}` was loaded without `{key}`"));
        error.path(path).suggest(key, listed).into()
    }

    /// Whether two places show one stored row.
    #[must_use]
    pub fn same_row(self, other: RowRef<'_>) -> bool {
        let stored = |row: RowRef<'_>| row.graph.stored(row.node, row.local);
        std::ptr::eq(self.graph, other.graph) && stored(self) == stored(other)
    }
}

/// Rows in order.
#[derive(Clone, Debug)]
pub struct Rows<'g> {
    graph: &'g ResultGraph,
    node: LoadNodeId,
    level: u64,
    locals: Locals<'g>,
}

#[derive(Clone, Debug)]
enum Locals<'g> {
    Range(std::ops::Range<u32>),
    /// Targets, and the rows of the association table that lead to them, if those come out.
    Slice(std::slice::Iter<'g, u32>, std::slice::Iter<'g, u32>),
}

impl<'g> Iterator for Rows<'g> {
    type Item = RowRef<'g>;

    fn next(&mut self) -> Option<RowRef<'g>> {
        let (local, link) = match &mut self.locals {
            Locals::Range(range) => (range.next()?, NONE),
            Locals::Slice(targets, links) => (*targets.next()?, links.next().copied().unwrap_or(NONE)),
        };
        Some(RowRef { graph: self.graph, node: self.node, local, level: self.level, link })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.locals {
            Locals::Range(range) => range.size_hint(),
            Locals::Slice(targets, _) => targets.size_hint(),
        }
    }
}

impl ExactSizeIterator for Rows<'_> {}
