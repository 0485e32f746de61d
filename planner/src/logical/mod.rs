//! The logical plan: a load specification with every name resolved, as a tree of load nodes. No SQL and no dialect
//! yet; passes refine it in a fixed order.

mod cost;
mod derived;
pub(crate) mod equality;
pub(crate) mod estimate;
pub(crate) mod passes;
mod predicate;
mod resolve;

use crate::graph::ColumnType;
use crate::ids::{ColumnId, EntityId, LoadNodeId, RelationshipId};
use crate::spec::Strategy;
use crate::value::Value;
use smallvec::SmallVec;
use std::fmt;

pub use derived::Derived;
pub use predicate::{Bind, Predicate};
pub(crate) use resolve::resolve;

/// A resolved load specification. Node 0 is the root; every node stands behind its parent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LogicalPlan {
    /// The load nodes.
    pub nodes: Vec<LoadNode>,
    /// Values that the graph's own predicates bind.
    pub constants: Vec<crate::spec::shape::BindValue>,
    /// What was decided against, or in place of, what the specification asked for.
    pub notes: Vec<Note>,
    /// Whether statements that find their keys by their parents' query wait for nothing.
    pub at_once: bool,
}

/// A position in a load specification.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LoadNode {
    /// Its own id.
    pub id: LoadNodeId,
    /// The node above, none for the root.
    pub parent: Option<LoadNodeId>,
    /// The entity of its rows.
    pub entity: EntityId,
    /// The relationship from the parent, none for the root.
    pub relationship: Option<RelationshipId>,
    /// Output keys from the root on, joined by dots.
    pub path: String,
    /// How it is loaded; `Auto` until the pass that chooses.
    pub strategy: Strategy,
    /// Whether the planner chose how.
    pub auto: bool,
    /// Whether a load executes it: its strategy and those above it are eager.
    pub loaded: bool,
    /// The relationship leads on from its own rows.
    pub recursion: Option<Recursion>,
    /// Columns of the association table's row, which come out with each target as `_link`.
    pub link: Option<Vec<LinkColumn>>,
    /// Parents without a match are dropped.
    pub inner: bool,
    /// For a joined node: an inner join says all that `inner` asks.
    pub inner_join: bool,
    /// The condition on its rows, the relationship's own predicate included.
    pub filter: Predicate,
    /// Whether the specification leaves related rows out, by a filter or a window.
    pub partial: bool,
    /// The whole order, tie-break included; empty where at most one row is found.
    pub order: Vec<Ordering>,
    /// The order of rows of the association table that lead to one row, where they come out.
    pub link_order: Vec<Ordering>,
    /// At most so many rows, per parent.
    pub limit: Option<u64>,
    /// Rows skipped, per parent.
    pub offset: u64,
    /// Whether a list comes out.
    pub to_many: bool,
    /// What comes out, in order.
    pub output: Vec<Output>,
    /// The columns that are read, a superset of those that come out; sorted.
    pub fetch: Vec<ColumnId>,
    /// The nodes below.
    pub children: SmallVec<[LoadNodeId; 4]>,
    /// Nothing can be found: no query is needed.
    pub empty: bool,
    /// Its rows come without a query of its own, from others.
    pub derived: Option<Derived>,
    /// Its rows are those of its parent, each once: it reads the columns that the parent leaves out, and nothing of it
    /// comes out.
    pub completes: bool,
    /// The rows of the association table say all that is read of its rows: those are not asked for, and one that is not
    /// there is found out by the node that completes them.
    pub links_alone: bool,
    /// For a joined node: its parent always has a match, so that an inner join drops nothing.
    pub always_matches: bool,
    /// If its key were trusted to lead to a row, it would need no query and no join; a note says so.
    pub(crate) derived_if_trusted: bool,
}

/// How a relationship of an entity to itself is followed below its first level.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recursion {
    /// The output key under which each row carries the next level, its last key but for `_link`.
    pub key: String,
    /// Levels below the first; rows of the last level do not carry the relationship. `None`: to the end.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))]
    pub depth: Option<u64>,
}

/// A column of an association table that comes out.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkColumn {
    /// Its name, and its key in `_link`.
    pub name: String,
    /// The column of the association table's entity.
    pub column: ColumnId,
    /// Its type, which decides how it is shown.
    pub ty: ColumnType,
}

/// The output key of the association table's row.
pub const LINK_KEY: &str = "_link";

/// A column of an order. NULLs come first ascending, last descending.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Ordering {
    /// The column of the node's entity.
    pub column: ColumnId,
    /// Descending.
    pub descending: bool,
}

/// One key of the output.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// A column.
    Column {
        /// The output key.
        key: String,
        /// The column.
        column: ColumnId,
        /// Its type, which decides how it is shown.
        ty: ColumnType,
    },
    /// A relationship.
    Node {
        /// The output key.
        key: String,
        /// The load node.
        node: LoadNodeId,
    },
}

/// Something `explain` tells about a node.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The node's path.
    pub path: String,
    /// What was decided, and why.
    pub text: String,
}

impl LogicalPlan {
    /// The node.
    #[must_use]
    pub fn node(&self, id: LoadNodeId) -> &LoadNode {
        &self.nodes[id.index()]
    }

    pub(crate) fn node_mut(&mut self, id: LoadNodeId) -> &mut LoadNode {
        &mut self.nodes[id.index()]
    }

    /// All ids, parents before children.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = LoadNodeId> + use<> {
        (0..self.nodes.len()).map(LoadNodeId::new)
    }

    /// The node's condition with those of its inner-joined children, which are not in its filter.
    pub(crate) fn whole_filter(&self, id: LoadNodeId) -> Predicate {
        let node = self.node(id);
        let below = node.children.iter().map(|c| self.node(*c)).filter(|c| c.inner_join).filter_map(|child| {
            let filter = Box::new(self.whole_filter(child.id));
            Some(Predicate::Exists { relationship: child.relationship?, filter, negated: false })
        });
        Predicate::all(std::iter::once(node.filter.clone()).chain(below))
    }

    /// The nodes above, nearest first.
    pub(crate) fn above(&self, id: LoadNodeId) -> impl Iterator<Item = &LoadNode> {
        std::iter::successors(self.node(id).parent, |p| self.node(*p).parent).map(|p| self.node(p))
    }

    pub(crate) fn note(&mut self, node: LoadNodeId, text: impl Into<String>) {
        let path = self.node(node).path.clone();
        self.notes.push(Note { path, text: text.into() });
    }
}

impl LoadNode {
    /// Whether the node is filled by the statement of its parent.
    #[must_use]
    pub fn is_joined(&self) -> bool {
        self.strategy == Strategy::Joined
    }

    /// Whether a limit or an offset applies.
    #[must_use]
    pub fn has_window(&self) -> bool {
        self.limit.is_some() || self.offset > 0
    }
}

impl Output {
    /// The output key.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Column { key, .. } | Self::Node { key, .. } => key,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, text } = self;
        write!(f, "{path}: {text}")
    }
}

/// Whether a value is SQL NULL: the one thing about a value that changes SQL.
pub(crate) fn is_null(value: &Value) -> bool {
    value.is_null()
}
