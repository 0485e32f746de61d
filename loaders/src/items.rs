//! What comes out of one row, key by key: columns and relationships as the specification lists them, then the next level
//! of a recursion, then the row of the association table.

use crate::row::{RowRef, Rows};
use crate::store::EntityStore;
use eagerly_planner::graph::ColumnType;
use eagerly_planner::logical::{LINK_KEY, Output};
use eagerly_planner::value::ValueRef;

/// One key of a row.
#[derive(Clone, Debug)]
pub(crate) enum Item<'g> {
    /// A cell, and the type of its column.
    Cell(&'g str, ValueRef<'g>, ColumnType),
    /// The target of a to-one.
    One(&'g str, Option<RowRef<'g>>),
    /// The rows of a to-many.
    Many(&'g str, Rows<'g>),
    /// The row of the association table.
    Link,
}

impl<'g> Item<'g> {
    pub(crate) fn key(&self) -> &'g str {
        match self {
            Self::Cell(key, ..) | Self::One(key, _) | Self::Many(key, _) => key,
            Self::Link => LINK_KEY,
        }
    }
}

/// The keys of one row, in order.
#[derive(Clone, Debug)]
pub(crate) struct Items<'g> {
    pub(crate) row: RowRef<'g>,
    store: &'g EntityStore,
    slot: u32,
    output: std::slice::Iter<'g, Output>,
    rest: Rest,
}

/// What stands behind the keys that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Recursion,
    Link,
    Nothing,
}

impl<'g> Items<'g> {
    /// `again`: the row stands on its own path, and ends a cycle.
    pub(crate) fn new(row: RowRef<'g>, again: bool) -> Self {
        let (store, slot) = row.graph.place(row.node, row.local);
        let rest = if again { Rest::Link } else { Rest::Recursion };
        Self { row, store, slot, output: row.plan().output.iter(), rest }
    }

    /// What stores the row, and where.
    pub(crate) fn stored(&self) -> (&'g EntityStore, u32) {
        (self.store, self.slot)
    }

    fn behind(&mut self) -> Option<Item<'g>> {
        let row = self.row;
        if self.rest == Rest::Recursion {
            self.rest = Rest::Link;
            if let Some(recursion) = row.recursion() {
                return Some(related(&recursion.key, row.plan().to_many, row.next_level()));
            }
        }
        let link = self.rest == Rest::Link && row.plan().link.is_some();
        self.rest = Rest::Nothing;
        link.then_some(Item::Link)
    }
}

impl<'g> Iterator for Items<'g> {
    type Item = Item<'g>;

    fn next(&mut self) -> Option<Item<'g>> {
        match self.output.next() {
            Some(Output::Column { key, column, ty }) => Some(Item::Cell(key, self.store.get(self.slot, *column), *ty)),
            Some(Output::Node { key, node }) => {
                Some(related(key, self.row.graph.plan().node(*node).to_many, self.row.targets(*node)))
            }
            None => self.behind(),
        }
    }
}

fn related<'g>(key: &'g str, to_many: bool, mut rows: Rows<'g>) -> Item<'g> {
    if to_many { Item::Many(key, rows) } else { Item::One(key, rows.next()) }
}
