//! Columns and relationships of a plan, found once by their names and then read from any number of rows.

use crate::graph::ResultGraph;
use crate::row::{RowRef, Rows};
use eagerly_planner::batch::{BatchPlan, PlannedNode};
use eagerly_planner::error::{Error, Result, code};
use eagerly_planner::ids::{ColumnId, LoadNodeId};
use eagerly_planner::logical::Output;
use eagerly_planner::value::ValueRef;

/// A column of the rows at one place of a specification. It serves every result of the plan, and of plans of the same
/// shape from one planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ColumnHandle {
    shape: u64,
    node: LoadNodeId,
    column: ColumnId,
}

/// A relationship of the rows at one place of a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RelationshipHandle {
    shape: u64,
    parent: LoadNodeId,
    node: LoadNodeId,
}

impl ColumnHandle {
    /// The column with an output key, of the rows at a path: output keys from the root on, `post.tags`.
    ///
    /// # Errors
    /// `E0103` for a path that the plan does not have, `E0104` for a key that is no column there.
    pub fn new(plan: &BatchPlan, path: &str, key: &str) -> Result<Self> {
        let (id, node) = node(plan, path)?;
        let columns = || node.output.iter().filter(|output| matches!(output, Output::Column { .. }));
        let found = columns().find_map(|output| match output {
            Output::Column { key: own, column, .. } if own == key => Some(*column),
            _ => None,
        });
        let column = found.ok_or_else(|| {
            let error = Error::input(code::UNKNOWN_COLUMN, format!("`{path}` was loaded without a column `{key}`"));
            error.path(path).suggest(key, columns().map(Output::key))
        })?;
        Ok(Self { shape: plan.shape, node: id, column })
    }
}

impl RelationshipHandle {
    /// The relationship that leads to the rows at a path: output keys from the root on, `post.tags`.
    ///
    /// # Errors
    /// `E0103` for a path that the plan does not have, or the root's; `E0115` for one that is not loaded.
    pub fn new(plan: &BatchPlan, path: &str) -> Result<Self> {
        let (id, node) = node(plan, path)?;
        if let Some(refusal) = crate::row::refusal(node) {
            return Err(refusal.into());
        }
        let parent = node.parent.ok_or_else(|| {
            let error = Error::input(code::UNKNOWN_RELATIONSHIP, format!("`{path}` is the root"));
            error.path(path).help("its rows are those of `ResultGraph::roots`")
        })?;
        Ok(Self { shape: plan.shape, parent, node: id })
    }
}

fn node<'p>(plan: &'p BatchPlan, path: &str) -> Result<(LoadNodeId, &'p PlannedNode)> {
    // What completes the rows of another node has no level in the result.
    let all = || plan.nodes.iter().enumerate().filter(|(_, node)| !node.completes);
    let found = all().find(|(_, node)| node.path == path).map(|(index, node)| (LoadNodeId::new(index), node));
    Ok(found.ok_or_else(|| {
        let error = Error::input(code::UNKNOWN_RELATIONSHIP, format!("the plan has no rows at `{path}`"));
        error.path(path).suggest(path, all().map(|(_, node)| node.path.as_str()))
    })?)
}

impl ResultGraph {
    /// A column of the rows at a path, for any number of rows.
    ///
    /// # Errors
    /// Those of [`ColumnHandle::new`].
    pub fn column(&self, path: &str, key: &str) -> Result<ColumnHandle> {
        ColumnHandle::new(self.plan(), path, key)
    }

    /// A relationship that leads to the rows at a path, for any number of rows.
    ///
    /// # Errors
    /// Those of [`RelationshipHandle::new`].
    pub fn relationship(&self, path: &str) -> Result<RelationshipHandle> {
        RelationshipHandle::new(self.plan(), path)
    }
}

impl<'g> RowRef<'g> {
    /// The cell of a column; `None` if the row is at another place than the column, or of a plan of another shape. That
    /// both are of one planner is not checked.
    #[inline]
    #[must_use]
    pub fn value(self, column: ColumnHandle) -> Option<ValueRef<'g>> {
        if self.node != column.node || self.graph.plan().shape != column.shape {
            return None;
        }
        let (table, slot) = self.graph.place(self.node, self.local);
        Some(table.get(slot, column.column))
    }

    /// The cell of a column as an integer; `None` for NULL, and for a value of another class.
    #[inline]
    #[must_use]
    pub fn integer(self, column: ColumnHandle) -> Option<i64> {
        match self.value(column)? {
            ValueRef::Integer(i) => Some(i),
            _ => None,
        }
    }

    /// The cell of a column as a float; `None` for NULL, and for a value of another class.
    #[inline]
    #[must_use]
    pub fn float(self, column: ColumnHandle) -> Option<f64> {
        match self.value(column)? {
            ValueRef::Float(f) => Some(f),
            _ => None,
        }
    }

    /// The cell of a column as a boolean, which SQLite and MySQL store as 0 or 1; `None` for NULL, and for a value of
    /// another class.
    #[inline]
    #[must_use]
    pub fn boolean(self, column: ColumnHandle) -> Option<bool> {
        match self.value(column)? {
            ValueRef::Boolean(b) => Some(b),
            ValueRef::Integer(i @ (0 | 1)) => Some(i == 1),
            _ => None,
        }
    }

    /// The cell of a column as text, borrowed from the result; `None` for NULL, and for a value of another class.
    #[inline]
    #[must_use]
    pub fn text(self, column: ColumnHandle) -> Option<&'g str> {
        match self.value(column)? {
            ValueRef::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The cell of a column as bytes, borrowed from the result; `None` for NULL, and for a value of another class.
    #[inline]
    #[must_use]
    pub fn bytes(self, column: ColumnHandle) -> Option<&'g [u8]> {
        match self.value(column)? {
            ValueRef::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The rows of a relationship, one at most where it is to-one; from a row of a recursion those of its next level. None
    /// if this row is at another place. That both are of one planner is not checked.
    #[inline]
    #[must_use]
    pub fn follow(self, relationship: RelationshipHandle) -> Rows<'g> {
        let of_plan = self.graph.plan().shape == relationship.shape;
        if of_plan && self.node == relationship.parent {
            self.targets(relationship.node)
        } else if of_plan && self.node == relationship.node && self.recursion().is_some() {
            self.next_level()
        } else {
            Rows::none(self.graph)
        }
    }
}
