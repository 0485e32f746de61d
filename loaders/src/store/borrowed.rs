//! Rows that a load does not store, because the session has them from an earlier one.

use super::StoreError;
use super::ids::{Id, Opt, Slot, SourceNo};
use super::table::{Table, Tables};
use eagerly_planner::ids::EntityId;
use std::sync::Arc;

/// Where rows of one entity are stored that this load only refers to.
#[derive(Debug)]
pub(crate) struct Borrowed {
    entity: EntityId,
    /// By slot: the source and the slot there; no source for a row of the load's own.
    places: Vec<(Opt<SourceNo>, Slot)>,
    /// The rows of the loads that they are stored in. They refer to no others, so that a load keeps alive what its own
    /// rows are stored in, and no more.
    sources: Vec<Arc<Tables>>,
    rows: u32,
}

impl Borrowed {
    pub(crate) fn new(entity: EntityId) -> Self {
        Self { entity, places: Vec::new(), sources: Vec::new(), rows: 0 }
    }

    /// How many rows are stored elsewhere.
    pub(crate) fn rows(&self) -> u32 {
        self.rows
    }

    /// Where a row is stored, if it is not the load's own.
    pub(crate) fn place(&self, slot: Slot) -> Option<(&Arc<Tables>, Slot)> {
        let (source, at) = *self.places.get(slot.index())?;
        Some((self.sources.get(source.get()?.index())?, at))
    }

    /// The table and slot where a row is stored, if it is not the load's own.
    pub(crate) fn stored(&self, slot: Slot) -> Option<(&Table, Slot)> {
        let (source, at) = self.place(slot)?;
        Some((&source[self.entity.index()], at))
    }

    /// Says that a row is stored elsewhere.
    pub(super) fn put(&mut self, slot: Slot, source: &Arc<Tables>, at: Slot) {
        // Rows of one load come together: the last source is the likely one.
        let known = self.sources.iter().rposition(|known| Arc::ptr_eq(known, source));
        let known = known.unwrap_or_else(|| {
            self.sources.push(source.clone());
            self.sources.len() - 1
        });
        let index = slot.index();
        if index >= self.places.len() {
            self.places.resize(index + 1, (Opt::none(), Slot::default()));
        }
        self.places[index] = (Opt::some(SourceNo::new(known)), at);
        self.rows += 1;
    }

    /// Takes a row over, which is the load's own from now on: its cells.
    pub(super) fn take(&mut self, slot: Slot, own: &mut Table) -> Result<(), StoreError> {
        if let Some((table, at)) = self.stored(slot) {
            own.complete(slot, table, at)?;
            self.places[slot.index()] = (Opt::none(), Slot::default());
            self.rows -= 1;
        }
        Ok(())
    }
}
