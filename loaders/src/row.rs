//! One row at one place of the result, and the rows that a relationship leads to.

use crate::edges::Edges;
use crate::graph::ResultGraph;
use crate::items::{Item, Items};
use crate::session::closed;
use crate::store::{Id, Local, Opt, Slot};
use eagerly_planner::batch::{NodeState, PlannedNode};
use eagerly_planner::error::{Error, Result, code};
use eagerly_planner::ids::LoadNodeId;
use eagerly_planner::logical::{Output, Recursion};
use eagerly_planner::spec::Strategy;
use eagerly_planner::value::ValueRef;
use std::ops::Range;

/// One row at one place of the specification. Rows of one entity are stored once; what hangs below a row depends on
/// the place.
#[derive(Clone, Copy, Debug)]
pub struct RowRef<'g> {
    pub(crate) graph: &'g ResultGraph,
    pub(crate) node: LoadNodeId,
    pub(crate) local: Local,
    /// Levels of a recursion above it.
    pub(crate) level: u64,
    /// The row of the association table that led to it.
    pub(crate) link: Opt<Slot>,
}

impl<'g> RowRef<'g> {
    /// The output keys of the row, in order. Only writing knows the path to a row: one that a recursion meets again below
    /// itself carries them all.
    pub fn keys(self) -> impl Iterator<Item = &'g str> {
        Items::new(self, false).map(Item::key)
    }

    /// The cell of a column by its output key; `None` if the specification does not list it.
    #[must_use]
    pub fn get(self, key: &str) -> Option<ValueRef<'g>> {
        let (store, slot) = self.graph.place(self.node, self.local);
        self.plan().output.iter().find_map(|output| match output {
            Output::Column { key: own, column, .. } if own == key => Some(store.get(slot, *column)),
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
        self.graph.plan().node(self.node)
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
        Rows { graph: self.graph, node, level, edges: Some(edges), left: edges.range(self.local) }
    }

    fn related(self, key: &str, to_many: bool) -> Result<Rows<'g>> {
        if let Some((root, node)) = self.touched(key) {
            return root.read(node, root.targets(node), to_many);
        }
        let (node, rows) = match (self.listed(key), &self.plan().recursion) {
            (Some(node), _) => (node, self.targets(node)),
            (None, Some(recursion)) if recursion.key == key => {
                if self.recursion().is_none() {
                    let path = &self.plan().path;
                    let message = format!("`{path}` ends above `{key}` of this row");
                    let error = Error::input(code::NOT_LOADED, message).path(path);
                    return Err(error.help("raise the depth of the recursion").into());
                }
                (self.node, self.next_level())
            }
            _ => return Err(self.not_listed(key).into()),
        };
        self.read(node, rows, to_many)
    }

    /// The rows of a node, where it is loaded and of the kind that is read.
    fn read(self, node: LoadNodeId, rows: Rows<'g>, to_many: bool) -> Result<Rows<'g>> {
        let planned = self.graph.plan().node(node);
        if let Some(refusal) = refusal(planned) {
            return Err(self.in_session(planned, refusal).into());
        }
        if planned.to_many != to_many {
            let (is, read) = if to_many { ("to-one", "one") } else { ("to-many", "many") };
            let error = Error::input(code::MISPLACED, format!("`{}` is {is}", planned.path)).path(&planned.path);
            return Err(error.help(format!("read it with `{read}`")).into());
        }
        Ok(rows)
    }

    /// What is not loaded in a session could be, or could have been.
    fn in_session(self, node: &PlannedNode, refusal: Error) -> Error {
        match self.graph.owned().filter(|_| node.state != NodeState::Unloaded(Strategy::Raise)) {
            Some(owned) if owned.ties.is_closed() => closed(&node.path),
            Some(_) => {
                refusal.help("touch it with `Session::touch`, or load it with `@selectin`, `@joined` or `@auto`")
            }
            None => refusal,
        }
    }

    /// The load node of a relationship that the specification lists, loaded or not.
    pub(crate) fn listed(self, key: &str) -> Option<LoadNodeId> {
        let all = self.plan().output.iter().chain(&self.plan().unloaded);
        all.into_iter().find_map(|output| match output {
            Output::Node { key: own, node } if own == key => Some(*node),
            _ => None,
        })
    }

    pub(crate) fn not_listed(self, key: &str) -> Error {
        let plan = self.plan();
        let path = &plan.path;
        if self.get(key).is_some() {
            let error = Error::input(code::UNKNOWN_RELATIONSHIP, format!("`{key}` of `{path}` is a column"));
            return error.path(path).help("read it with `get`");
        }
        let listed = plan.output.iter().chain(&plan.unloaded).filter(|o| matches!(o, Output::Node { .. }));
        let listed = listed.map(Output::key).chain(self.recursion().map(|recursion| recursion.key.as_str()));
        let error = Error::input(code::UNKNOWN_RELATIONSHIP, format!("`{path}` was loaded without `{key}`"));
        error.path(path).suggest(key, listed)
    }

    /// Whether two places show one stored row. In a session two results can show one row; of two results without one
    /// the rows are never the same.
    #[must_use]
    pub fn same_row(self, other: RowRef<'_>) -> bool {
        let stored = |row: RowRef<'_>| row.graph.stored(row.node, row.local);
        if std::ptr::eq(self.graph, other.graph) {
            return stored(self) == stored(other);
        }
        let ties = |row: RowRef<'_>| row.graph.owned().map(|owned| std::sync::Arc::as_ptr(&owned.ties));
        let one_session = ties(self).is_some() && ties(self) == ties(other);
        let ((table, slot), (others, at)) =
            (self.graph.place(self.node, self.local), other.graph.place(other.node, other.local));
        // Where a later load has added columns, the row is stored anew.
        let one_row = || table.identity(slot).is_some() && table.same_identity(slot, others, at);
        let one_place = std::ptr::eq(table, others) && slot == at;
        one_session && stored(self).0 == stored(other).0 && (one_place || one_row())
    }
}

/// Why the rows of a node cannot be read: it was not loaded. Under `noload` they are none.
pub(crate) fn refusal(node: &PlannedNode) -> Option<Error> {
    let NodeState::Unloaded(strategy) = node.state else { return None };
    if strategy == Strategy::NoLoad {
        return None;
    }
    let message = format!("`{}` is not loaded: its strategy is `{}`", node.path, strategy.name());
    let error = Error::input(code::NOT_LOADED, message).path(&node.path);
    Some(error.help("load it with `@selectin`, `@joined`, `@subquery` or `@auto`"))
}

/// Rows in order.
#[derive(Clone, Debug)]
pub struct Rows<'g> {
    graph: &'g ResultGraph,
    node: LoadNodeId,
    level: u64,
    /// What leads to the rows; all rows of the node without it.
    edges: Option<&'g Edges>,
    /// Places of the edges, or local numbers.
    left: Range<usize>,
}

impl<'g> Rows<'g> {
    /// All root rows.
    pub(crate) fn roots(graph: &'g ResultGraph, count: usize) -> Self {
        Self { graph, node: LoadNodeId::new(0), level: 0, edges: None, left: 0..count }
    }

    /// No rows.
    pub(crate) fn none(graph: &'g ResultGraph) -> Self {
        Self::roots(graph, 0)
    }
}

impl<'g> Iterator for Rows<'g> {
    type Item = RowRef<'g>;

    fn next(&mut self) -> Option<RowRef<'g>> {
        let place = self.left.next()?;
        let (local, link) = match self.edges {
            Some(edges) => edges.at(place)?,
            None => (Local::new(place), Opt::none()),
        };
        Some(RowRef { graph: self.graph, node: self.node, local, level: self.level, link })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl ExactSizeIterator for Rows<'_> {}
