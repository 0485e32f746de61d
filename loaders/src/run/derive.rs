//! The rows and edges of nodes that no batch fills: ways back, and rows that are the keys their parents hold.

use super::Run;
use super::describe::no_key;
use crate::edges::Edges;
use crate::graph::NodeRows;
use crate::keys::{KeyRef, KeySet};
use crate::store::{Id, IdList, KeyNo, Local, Opt, Slot, StoreError};
use eagerly_planner::batch::PlannedDerived;
use eagerly_planner::error::Result;
use eagerly_planner::ids::{ColumnId, LoadNodeId};

impl Run {
    /// Derives what has become complete. Parents stand before children, so that one walk is enough.
    pub(super) fn derive(&mut self) -> Result<()> {
        let plan = self.plan.clone();
        for (index, node) in plan.nodes.iter().enumerate() {
            let (Some(derived), Some(parent)) = (&node.derived, node.parent) else { continue };
            if self.nodes[index].is_some() || self.nodes[parent.index()].is_none() {
                continue;
            }
            self.nodes[index] = match derived {
                PlannedDerived::WayBack(above) => self.way_back(parent, *above),
                PlannedDerived::KeyOnly { columns, fills } => {
                    Some(self.key_only(parent, LoadNodeId::new(index), columns, fills)?)
                }
            };
        }
        Ok(())
    }

    /// The rows of the node above, and an edge from each row of `parent` to that from which it was reached.
    fn way_back(&self, parent: LoadNodeId, above: LoadNodeId) -> Option<NodeRows> {
        let mut at = parent;
        let count = self.nodes[at.index()].as_ref()?.slots.len();
        let mut reached: Vec<Opt<Local>> = (0..count).map(|local| Opt::some(Local::new(local))).collect();
        while at != above {
            let rows = self.nodes[at.index()].as_ref()?;
            // Several may lead to one row: all of them hold one key, and so the way back ends at one row.
            let parents = rows.edges.parents_of(rows.slots.len());
            for local in &mut reached {
                *local = local.get().and_then(|local| parents.get(local.index()).copied()).unwrap_or_default();
            }
            at = self.plan.node(at).parent?;
        }
        let slots = self.nodes[above.index()].as_ref()?.slots.clone();
        Some(NodeRows::new(slots, Edges::one(reached, Vec::new())))
    }

    /// One row for each key that rows of `parent` hold.
    fn key_only(
        &mut self,
        parent: LoadNodeId,
        node: LoadNodeId,
        columns: &[ColumnId],
        fills: &[ColumnId],
    ) -> Result<NodeRows> {
        let mut keys = KeySet::new(columns.len(), false);
        let store = &self.stores[self.plan.node(parent).entity.index()];
        let slots = self.nodes[parent.index()].iter().flat_map(|rows| rows.slots.iter());
        let held = |slot: Slot| -> KeyRef<'_> { columns.iter().map(|column| store.get(slot, *column)).collect() };
        // The rows of the node are the keys, in their order.
        let row = |key: KeyNo| Local::new(key.index());
        let targets: std::result::Result<Vec<Opt<Local>>, StoreError> =
            slots.map(|slot| keys.insert(&held(slot)).map(|key| key.map(row))).collect();
        let targets = targets.map_err(|error| no_key(&error, &self.plan.node(node).path))?;
        let entity = self.plan.node(node).entity;
        let place = |column: &ColumnId| fills.iter().position(|filled| filled == column).map(|at| at as u16);
        let identity: Vec<u16> = self.plan.entity(entity).primary_key.iter().filter_map(place).collect();
        let cells: Vec<(u16, ColumnId)> = fills.iter().enumerate().map(|(at, column)| (at as u16, *column)).collect();
        let store = &mut self.stores[entity.index()];
        let mut slots = IdList::default();
        for key in keys.numbers() {
            let row: KeyRef<'_> = keys.key(key).collect();
            let row = row.as_slice();
            let stored = store.slot(row, &identity).and_then(|slot| store.fill(slot, row, &cells).map(|()| slot));
            slots.push(stored.map_err(|error| no_key(&error, &self.plan.node(node).path))?);
        }
        Ok(NodeRows::new(slots, Edges::one(targets, Vec::new())))
    }
}
