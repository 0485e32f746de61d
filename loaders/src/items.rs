//! What comes out of one row, key by key: columns and relationships as the specification lists them, then the next level
//! of a recursion, then the row of the association table.

use crate::row::{RowRef, Rows};
use crate::store::{Slot, Table};
use eagerly_planner::batch::PlannedNode;
use eagerly_planner::ids::{ColumnId, LoadNodeId};
use eagerly_planner::logical::{LINK_KEY, Output};
use eagerly_planner::value::ValueRef;

/// One key of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'g> {
    /// What the specification lists.
    Output(&'g Output),
    /// The next level of a recursion.
    Recursion(&'g str),
    /// The row of the association table.
    Link,
}

impl<'g> Item<'g> {
    pub(crate) fn key(self) -> &'g str {
        match self {
            Self::Output(output) => output.key(),
            Self::Recursion(key) => key,
            Self::Link => LINK_KEY,
        }
    }
}

/// Where a relationship leads.
#[derive(Debug)]
pub(crate) enum Related<'g> {
    One(Option<RowRef<'g>>),
    Many(Rows<'g>),
}

/// The keys of one row, in order.
#[derive(Clone, Debug)]
pub(crate) struct Items<'g> {
    pub(crate) row: RowRef<'g>,
    pub(crate) node: &'g PlannedNode,
    store: &'g Table,
    slot: Slot,
    next: u32,
    /// The row stands on its own path, and ends a cycle.
    again: bool,
}

impl<'g> Items<'g> {
    /// `again`: the row stands on its own path, and ends a cycle.
    pub(crate) fn new(row: RowRef<'g>, again: bool) -> Self {
        let (store, slot) = row.graph.place(row.node, row.local);
        Self { row, node: row.plan(), store, slot, next: 0, again }
    }

    /// A sibling, from its first key on.
    pub(crate) fn restart(&mut self, row: RowRef<'g>, again: bool) {
        (self.store, self.slot) = row.graph.place(row.node, row.local);
        (self.row, self.next, self.again) = (row, 0, again);
    }

    /// A cell of the row.
    pub(crate) fn cell(&self, column: ColumnId) -> ValueRef<'g> {
        self.store.get(self.slot, column)
    }

    /// The rows of a relationship that the specification lists.
    pub(crate) fn related(&self, node: LoadNodeId) -> Related<'g> {
        related(self.row.graph.plan().node(node).to_many, self.row.targets(node))
    }

    /// The rows of the next level of a recursion.
    pub(crate) fn next_level(&self) -> Related<'g> {
        related(self.node.to_many, self.row.next_level())
    }

    /// What stands behind the keys that are listed.
    fn behind(&mut self, index: usize) -> Option<Item<'g>> {
        if index == self.node.output.len() {
            self.next += 1;
            if let Some(recursion) = self.row.recursion().filter(|_| !self.again) {
                return Some(Item::Recursion(&recursion.key));
            }
        }
        if index <= self.node.output.len() + 1 && self.node.link.is_some() {
            self.next = self.node.output.len() as u32 + 2;
            return Some(Item::Link);
        }
        None
    }
}

impl<'g> Iterator for Items<'g> {
    type Item = Item<'g>;

    fn next(&mut self) -> Option<Item<'g>> {
        let index = self.next as usize;
        match self.node.output.get(index) {
            Some(output) => {
                self.next += 1;
                Some(Item::Output(output))
            }
            None => self.behind(index),
        }
    }
}

fn related<'g>(to_many: bool, mut rows: Rows<'g>) -> Related<'g> {
    if to_many { Related::Many(rows) } else { Related::One(rows.next()) }
}
