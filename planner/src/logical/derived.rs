//! Nodes whose rows come without a query: what they are derived from, and whose rows hold which keys.

use super::{LogicalPlan, Predicate};
use crate::ids::LoadNodeId;

/// Where the rows of a node come from that has no query.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Derived {
    /// They are those of a node above: each parent leads back to the row that it was reached from.
    WayBack(LoadNodeId),
    /// Each is the key that a parent holds.
    KeyOnly,
}

impl LogicalPlan {
    /// The node whose rows a node has: itself, or that to which a way back leads.
    pub(crate) fn rows_of(&self, id: LoadNodeId) -> LoadNodeId {
        let mut id = id;
        while let Some(Derived::WayBack(above)) = self.node(id).derived {
            id = above;
        }
        id
    }

    /// The node whose rows hold the keys of a node: its parent, or the node whose rows its parent has.
    pub(crate) fn key_holder(&self, id: LoadNodeId) -> Option<LoadNodeId> {
        self.node(id).parent.map(|parent| self.rows_of(parent))
    }

    /// The node whose query brings a node's rows.
    pub(crate) fn filled_by(&self, id: LoadNodeId) -> LoadNodeId {
        let mut id = self.rows_of(id);
        while let (Some(Derived::KeyOnly), Some(parent)) = (self.node(id).derived, self.node(id).parent) {
            id = self.rows_of(parent);
        }
        id
    }

    /// Whether a query is sent for the node, its own or that of the node it is joined to.
    pub(crate) fn is_queried(&self, id: LoadNodeId) -> bool {
        let node = self.node(id);
        node.loaded && !node.empty && node.derived.is_none()
    }

    /// Whether every related row of a node comes out: no condition, not that of its relationship either, and no child
    /// without which its rows are dropped.
    pub(crate) fn is_whole(&self, id: LoadNodeId) -> bool {
        let node = self.node(id);
        let narrows = node.children.iter().any(|child| self.node(*child).inner);
        node.filter == Predicate::TRUE && !node.has_window() && !narrows
    }
}
