//! The batch plan: a small closed set of operations with finished SQL in them. It prints, and runs without I/O in the
//! core and without a dialect.

mod bound;
mod check;
mod draft;
mod explain;
mod finish;
mod indexes;
#[cfg(feature = "serde")]
pub(crate) mod json_number;
pub(crate) mod passes;
mod query;
mod question;
mod remembered;
mod row_bound;
mod schedule;
#[cfg(feature = "serde")]
mod store;
mod template;

use crate::graph::ColumnType;
use crate::ids::{BatchId, ColumnId, EntityId, LoadNodeId};
use crate::logical::{LinkColumn, LogicalPlan, Note, Ordering, Output, Recursion};
use crate::spec::Strategy;
use crate::spec::shape::BindValue;
use smallvec::SmallVec;

pub(crate) use draft::drafts;
pub(crate) use finish::finish;
pub use indexes::MissingIndex;
pub use query::{
    Closure, Head, Join, KeyColumnsOf, KeyForm, KeyQuery, KeySource, Keys, Link, Projection, Query, Slot, SortKey,
    Window,
};
pub use remembered::Question;
pub use row_bound::RowBound;
pub use template::{BindForm, ListForm, ListPiece, ListSource, Marks, Piece, SqlTemplate};

/// A compiled load specification: what to send, in which order, and where every cell goes. Holds no value of the
/// specification; one plan serves all specifications of its shape.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct BatchPlan {
    /// The dialect's name, for people.
    pub dialect: String,
    /// A hash of the shape of the specifications that it serves.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::hash"))]
    pub shape: u64,
    /// Batches, in an order in which each stands behind those it takes keys from.
    pub batches: Vec<Batch>,
    /// Load nodes; 0 is the root, parents stand before children.
    pub nodes: Vec<PlannedNode>,
    /// Entities with the columns that are read, by [`EntityId`]; those that are not read have none, and those that the
    /// plan does not name are empty.
    pub entities: Vec<PlannedEntity>,
    /// Values of the graph's own predicates.
    pub constants: Vec<BindValue>,
    /// How long lists can be.
    pub limits: Limits,
    /// Indexes that the statements search by and that are not there.
    pub missing_indexes: Vec<MissingIndex>,
    /// What was decided against, or in place of, what the specification asked for.
    pub notes: Vec<Note>,
}

/// How long key lists can be.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Keys of a list that is one bind.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))]
    pub list_keys: usize,
    /// Bytes of a list that is one bind.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))]
    pub list_bytes: usize,
    /// Variables of one statement.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))]
    pub variables: usize,
}

/// An entity as the result stores it.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, Default)]
pub struct PlannedEntity {
    /// Its name; empty where no row of it comes out.
    pub name: String,
    /// Its columns, by [`ColumnId`]; `None` where no statement returns the column.
    pub columns: Vec<Option<PlannedColumn>>,
    /// Its primary key; rows that have one without NULL are stored once.
    pub primary_key: SmallVec<[ColumnId; 2]>,
    /// Whether the database lets rows with one primary key be: where it is checked late, or finer than its columns compare.
    pub inexact_primary_key: bool,
}

/// A column that is read.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct PlannedColumn {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: ColumnType,
}

/// A load node of a compiled plan.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct PlannedNode {
    /// The node above.
    pub parent: Option<LoadNodeId>,
    /// The entity of its rows.
    pub entity: EntityId,
    /// Output keys from the root on, joined by dots.
    pub path: String,
    /// Whether a list comes out.
    pub to_many: bool,
    /// What comes out, in order.
    pub output: Vec<Output>,
    /// Relationships that are listed and not loaded.
    pub unloaded: Vec<Output>,
    /// The batch that fills it; `None` where nothing can match, where nothing is loaded, and where it is derived.
    pub batch: Option<BatchId>,
    /// Its rows come from others.
    pub derived: Option<PlannedDerived>,
    /// Its rows are those of its parent, each once, and its batch reads the columns that the parent's leaves out. Nothing
    /// of it comes out; rows that it does not find are gone by now, and the parent's lists go without them.
    pub completes: bool,
    /// Its rows carry the relationship again.
    pub recursion: Option<Recursion>,
    /// The entity of the association table and its columns that come out with each target.
    pub link: Option<(EntityId, Vec<LinkColumn>)>,
    /// What its edges say of the database.
    pub state: NodeState,
}

/// Where the rows of a node come from that no batch fills.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedDerived {
    /// They are those of a node above the parent: each row of the parent leads to the row that it was reached from.
    WayBack(LoadNodeId),
    /// Each is the key that a row of the parent holds; a key that is partly NULL is none.
    KeyOnly {
        /// The columns of the parent that are the key.
        columns: SmallVec<[ColumnId; 2]>,
        /// The columns of the row that it fills, one for each.
        fills: SmallVec<[ColumnId; 2]>,
    },
}

/// What the edges of a load node say of the database.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeState {
    /// Every related row is there.
    Loaded,
    /// A filter or a window of the specification left rows out.
    Partial,
    /// Nothing was asked: the node's strategy, or that of a node above it.
    Unloaded(Strategy),
}

/// One statement template, executed once per chunk of keys.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its id, its position in the plan.
    pub id: BatchId,
    /// The paths of the nodes it is for.
    pub name: String,
    /// Its depth in the graph of dependencies, from 1.
    pub wave: u32,
    /// What it does.
    pub operation: Operation,
    /// The question it asks.
    pub query: Query,
    /// The SQL.
    pub sql: SqlTemplate,
    /// How its rows are taken apart; part 0 is the head.
    pub parts: Vec<RowPart>,
    /// Earlier batches that ask the same: keys that they have sent are not sent again, and their rows are taken.
    pub repeats: SmallVec<[BatchId; 1]>,
    /// How many rows it returns.
    pub rows: RowBound,
}

/// What a batch does.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Reads the root's rows.
    Root,
    /// Reads the rows that belong to keys of an earlier batch.
    Fetch {
        /// Where the keys come from, and which node gets the rows found by them.
        feeds: SmallVec<[Feed; 1]>,
        /// How rows find their keys.
        stitch: Stitch,
        /// Whether keys are equal where their values are: 1 and 1.0 are one key. Otherwise the database may convert
        /// them to different values, and each is sent.
        by_bytes: bool,
        /// Whether it brings rows of keys that were not sent.
        reach: Reach,
    },
}

/// Which keys the rows of a fetch belong to.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those that were sent.
    Keys,
    /// Those that the statement finds again by itself. None is sent; rows of keys that no parent has are dropped.
    Subquery,
    /// All: none is sent; rows of keys that no parent has are dropped.
    Whole,
    /// Those that were sent, and those of the rows that they lead to: all levels of a recursion.
    Closure,
    /// Those that were sent. The keys of rows that are new are sent in turn, so often at most.
    Levels(#[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))] Option<u64>),
}

/// Keys taken from one node's rows.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// The node whose rows hold the keys.
    pub parent: LoadNodeId,
    /// The columns of the parent that are the key.
    pub columns: SmallVec<[ColumnId; 2]>,
    /// The node that gets the rows.
    pub node: LoadNodeId,
}

/// How the rows of a batch find their keys.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum Stitch {
    /// By the values at these positions of the result: client equality is the database's.
    Hash(SmallVec<[u16; 2]>),
    /// By the ordinal at this position: the database has compared.
    Ordinal(u16),
}

/// The part of a statement's result row that is one entity's row.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct RowPart {
    /// The nodes it is for; several only in a merged batch.
    pub nodes: SmallVec<[LoadNodeId; 1]>,
    /// The part it hangs on; `None` for the head.
    pub parent: Option<u16>,
    /// Its entity.
    pub entity: EntityId,
    /// Cells to store: (position in the result, column).
    pub cells: Vec<(u16, ColumnId)>,
    /// Positions of the primary key's columns; empty if there is none.
    pub identity: SmallVec<[u16; 2]>,
    /// A position that is NULL exactly where a left join found nothing.
    pub presence: Option<u16>,
    /// Whether several rows belong to one parent.
    pub to_many: bool,
    /// Whether the statement can return a pair of this row and its parent (or key) more than once.
    pub repeats: bool,
    /// The row of the association table that leads to it, where it comes out.
    pub link: Option<LinkPart>,
    /// A column of integers, unique, without NULL and stored, by which the rows of each key are sorted when all are there:
    /// the statement orders none. Only of the head.
    pub sorted_here: Option<Ordering>,
}

/// The part of a statement's result row that is a row of an association table.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug)]
pub struct LinkPart {
    /// Its entity.
    pub entity: EntityId,
    /// Cells to store: (position in the result, column).
    pub cells: Vec<(u16, ColumnId)>,
    /// Positions of the primary key's columns; empty if there is none.
    pub identity: SmallVec<[u16; 2]>,
}

impl Batch {
    /// Whether it takes keys from rows that have to be there first. What is in the first wave does not.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.wave > 1
    }

    /// Whether it reads rows of an association table and takes them for rows of its target: another batch says which of
    /// those there are.
    #[must_use]
    pub fn reads_links_alone(&self) -> bool {
        self.link().is_some_and(|link| link.alone)
    }

    /// Whether an association table leads to its rows, so that they repeat.
    #[must_use]
    pub fn leads_over_links(&self) -> bool {
        self.link().is_some()
    }

    fn link(&self) -> Option<&query::Link> {
        self.query.head.keys.as_ref()?.link.as_ref()
    }
}

impl BatchPlan {
    /// The node.
    #[must_use]
    pub fn node(&self, id: LoadNodeId) -> &PlannedNode {
        &self.nodes[id.index()]
    }

    /// The batch.
    #[must_use]
    pub fn batch(&self, id: BatchId) -> &Batch {
        &self.batches[id.index()]
    }

    /// The node whose rows a node has: itself, or that to which a way back leads.
    #[must_use]
    pub fn rows_of(&self, id: LoadNodeId) -> LoadNodeId {
        let mut id = id;
        while let Some(PlannedDerived::WayBack(above)) = self.node(id).derived {
            id = above;
        }
        id
    }

    /// The batch that a node has of its own.
    #[must_use]
    pub fn batch_of(&self, id: LoadNodeId) -> Option<&Batch> {
        self.node(id).batch.map(|batch| self.batch(batch))
    }

    /// The batch that brings the rows of a node, its own or that of the rows it is derived from.
    #[must_use]
    pub fn source(&self, id: LoadNodeId) -> Option<BatchId> {
        let mut id = self.rows_of(id);
        while let (Some(PlannedDerived::KeyOnly { .. }), Some(parent)) = (&self.node(id).derived, self.node(id).parent)
        {
            id = self.rows_of(parent);
        }
        self.node(id).batch
    }

    /// The entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &PlannedEntity {
        &self.entities[id.index()]
    }

    /// The batches that must have ended for a batch to be complete: itself, and where it does not wait, the one that
    /// holds its keys, and so on up to one that waits, or the root's.
    pub fn completed_by(&self, id: BatchId) -> impl Iterator<Item = BatchId> {
        let above = |id: &BatchId| match &self.batch(*id).operation {
            // What does not wait takes its keys from one node.
            Operation::Fetch { feeds, .. } if !self.batch(*id).waits() => {
                // Of a plan that is read only now, nodes may not exist.
                let parent = feeds.first()?.parent;
                self.nodes.get(parent.index()).and_then(|_| self.source(parent))
            }
            _ => None,
        };
        // In a plan that anything may have happened to, batches may stand above each other.
        std::iter::successors(Some(id), above).take(self.batches.len())
    }

    /// The wave in which a batch is complete.
    #[must_use]
    pub fn complete_in(&self, id: BatchId) -> u32 {
        self.completed_by(id).map(|batch| self.batch(batch).wave).max().unwrap_or(0)
    }

    /// The number of dependent round trips.
    #[must_use]
    pub fn waves(&self) -> u32 {
        self.batches.iter().map(|b| b.wave).max().unwrap_or(0)
    }
}

/// The state of a node's edges.
fn state(plan: &LogicalPlan, id: LoadNodeId) -> NodeState {
    let node = plan.node(id);
    let above = std::iter::once(node).chain(plan.above(id));
    match above.filter(|n| !n.strategy.is_eager()).last() {
        Some(unloaded) => NodeState::Unloaded(unloaded.strategy),
        None if node.partial => NodeState::Partial,
        None => NodeState::Loaded,
    }
}
