//! Rows become slots and edges. A [`BatchRows`] takes one batch's rows as they arrive; when all are there, its pairs
//! become [`Edges`](crate::edges::Edges) of load nodes.

use crate::cells::Cells;
use crate::edges::Pairs;
use crate::keys::{KeyRef, KeySet};
use crate::store::{EntityStore, Id, IdList, KeyNo, Local, Opt, ParentNo, Raw, Slot, StatementNo, StoreError};
use eagerly_planner::batch::{Batch, BatchPlan, LinkPart, Operation, Reach, RowPart, Stitch};
use eagerly_planner::ids::EntityId;
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHashSet;

/// The rows of one batch, as they arrive.
#[derive(Debug, Default)]
pub(crate) struct BatchRows {
    pub(crate) parts: Vec<PartRows>,
    /// For each key that a closure has reached, the statement that brings its rows: statements of one batch can reach
    /// the same keys.
    owners: Vec<Opt<StatementNo>>,
    /// Whether the batch was sent before its keys were known: those of its rows are kept until then.
    pub(crate) finds_keys: bool,
    /// Of many to many, as long as targets repeat.
    edge_at: Option<EdgeAt>,
    /// Whether each row has a primary key of its own: a root's, where the database keeps the key.
    rows_are_unique: bool,
}

/// Where the key and the target of an edge stand in a row.
#[derive(Clone, Copy, Debug)]
struct EdgeAt {
    key: u16,
    target: u16,
    entity: EntityId,
    /// Rows whose target was new.
    new: usize,
}

/// The statement that a row comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// Its number in the run.
    pub(crate) statement: StatementNo,
    /// The number of its first key.
    pub(crate) first_key: KeyNo,
}

/// The rows of one part of a batch.
#[derive(Debug, Default)]
pub(crate) struct PartRows {
    /// Slots by local number.
    pub(crate) slots: IdList<Local, Slot>,
    /// Local numbers by slot, once they are not the same.
    locals: Vec<Opt<Local>>,
    /// Unused for a joined to-one.
    pub(crate) pairs: Pairs,
    /// For each pair, or for each of `one`, the slot of the association table's row, where it comes out.
    pub(crate) links: Vec<Opt<Slot>>,
    /// A joined to-one's target, by the parent's local number.
    pub(crate) one: Vec<Opt<Local>>,
    seen: FxHashSet<(ParentNo, Local)>,
    /// The local number in the row at hand, and whether that row brought it.
    current: Opt<Local>,
    fresh: bool,
}

impl BatchRows {
    pub(crate) fn new(plan: &BatchPlan, batch: &Batch) -> Self {
        let parts = batch.parts.iter().map(|_| PartRows::default()).collect();
        let exact = batch.parts.first().is_some_and(|part| !plan.entity(part.entity).inexact_primary_key);
        let rows_are_unique = exact && matches!(batch.operation, Operation::Root);
        Self { parts, owners: Vec::new(), finds_keys: false, edge_at: EdgeAt::of(batch), rows_are_unique }
    }

    /// Takes one row of the batch.
    #[inline]
    pub(crate) fn row<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &mut KeySet,
        origin: Origin,
        stores: &mut [EntityStore],
        cells: &C,
    ) -> Result<(), StoreError> {
        if self.take_known_edge(keys, stores, cells) {
            return Ok(());
        }
        let Some(key) = self.key(batch, keys, origin, cells)? else { return Ok(()) };
        // Where it finds its keys by itself, nobody knows how many there will be.
        let expected = if self.finds_keys { 0 } else { keys.len() };
        if let ([part], [rows]) = (&batch.parts[..], &mut self.parts[..]) {
            let (local, fresh) = rows.local(part, &mut stores[part.entity.index()], cells)?;
            if self.rows_are_unique && !fresh {
                return Err(StoreError::Twice);
            }
            // Nothing leads to the rows of a root.
            let new = !matches!(batch.operation, Operation::Root) && rows.lead(part, key.into(), local, expected);
            if let Some(link) = part.link.as_ref().filter(|_| new) {
                rows.links.push(Opt::some(link_row(link, stores, cells)?));
            }
            return Ok(());
        }
        for (index, part) in batch.parts.iter().enumerate() {
            let (above, rest) = self.parts.split_at_mut(index);
            let rows = &mut rest[0];
            let (parent, fresh) = match part.parent {
                None => (Opt::some(key.into()), true),
                Some(p) => {
                    above.get(usize::from(p)).map_or((Opt::none(), false), |p| (p.current.map(ParentNo::from), p.fresh))
                }
            };
            let parents = if part.parent.is_none() { expected } else { 0 };
            rows.take(part, Above { parent, fresh, parents }, stores, cells)?;
        }
        Ok(())
    }

    /// Takes a row that brings nothing but an edge, from a known key to a target that this batch has brought before, with
    /// all its cells; whether it was one. Of most links that is true: they are spared the general way, which all other
    /// rows go.
    #[inline]
    fn take_known_edge<C: Cells + ?Sized>(&mut self, keys: &KeySet, stores: &[EntityStore], cells: &C) -> bool {
        let (Some(at), [rows]) = (&mut self.edge_at, &mut self.parts[..]) else { return false };
        let store = &stores[at.entity.index()];
        if !store.has_integer_keys() {
            return false;
        }
        let Ok(ValueRef::Integer(target)) = cells.cell(usize::from(at.target)) else { return false };
        let Some(local) = store.slot_of_integer(target).and_then(|slot| rows.known(slot)) else {
            at.new += 1;
            if at.new > ENOUGH && at.new > rows.pairs.len() / 2 {
                self.edge_at = None;
            }
            return false;
        };
        let Ok(ValueRef::Integer(key)) = cells.cell(usize::from(at.key)) else { return false };
        let Some(key) = keys.find_integer(key) else { return false };
        rows.pairs.push(key.into(), local, if self.finds_keys { 0 } else { keys.len() });
        true
    }

    /// The number of the row's key; `None` for a row that belongs to no one here.
    #[inline]
    fn key<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &mut KeySet,
        origin: Origin,
        cells: &C,
    ) -> Result<Option<KeyNo>, StoreError> {
        let Operation::Fetch { stitch, reach, .. } = &batch.operation else { return Ok(Some(KeyNo::default())) };
        // What nearly every row is.
        if let (Stitch::Hash(positions), Reach::Keys | Reach::Whole) = (stitch, reach)
            && let [position] = positions[..]
        {
            let found = match cells.cell(usize::from(position)) {
                Ok(ValueRef::Integer(key)) => keys.find_integer(key),
                Ok(key) => keys.find(&[key]),
                Err(error) => return Err(StoreError::unread(position, error)),
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        self.key_of_any(batch, keys, origin, cells)
    }

    fn key_of_any<C: Cells + ?Sized>(
        &mut self,
        batch: &Batch,
        keys: &mut KeySet,
        origin: Origin,
        cells: &C,
    ) -> Result<Option<KeyNo>, StoreError> {
        let Operation::Fetch { stitch, reach, .. } = &batch.operation else { return Ok(Some(KeyNo::default())) };
        let positions = match stitch {
            Stitch::Ordinal(position) => return ordinal(*position, keys, origin, cells).map(Some),
            Stitch::Hash(positions) => positions,
        };
        let mut key = KeyRef::with_capacity(positions.len());
        for position in positions {
            key.push(cell(cells, *position)?);
        }
        match (keys.find(&key), reach) {
            (found, Reach::Closure) => {
                let key = found.map_or_else(|| keys.insert(&key).map(Opt::get), |found| Ok(Some(found)))?;
                Ok(key.filter(|key| self.owns(*key, origin.statement)))
            }
            // The parent's question has another answer by now, or the key leads nowhere: no parent that we have.
            // The parents may come later: which of the keys they hold is seen then.
            (found, Reach::Subquery | Reach::Whole) if self.finds_keys => {
                found.map_or_else(|| keys.insert(&key).map(Opt::get), |found| Ok(Some(found)))
            }
            (found, Reach::Subquery | Reach::Whole) => Ok(found),
            (Some(found), _) => Ok(Some(found)),
            // The database says that it equals one of the keys, and we do not find it: a child would be lost.
            (None, _) => Err(match keys.other_class(&key) {
                Some(part) => StoreError::OtherType { position: positions[part] },
                None => StoreError::Stray,
            }),
        }
    }

    /// Whether a statement has brought the rows of the key.
    pub(crate) fn is_owned(&self, key: KeyNo) -> bool {
        self.owners.get(key.index()).is_some_and(|owner| owner.is_some())
    }

    /// Whether the statement is the one that brings the rows of the key: it brings all of them.
    fn owns(&mut self, key: KeyNo, statement: StatementNo) -> bool {
        let index = key.index();
        if index >= self.owners.len() {
            self.owners.resize(index + 1, Opt::none());
        }
        let owner = &mut self.owners[index];
        if !owner.is_some() {
            *owner = Opt::some(statement);
        }
        *owner == Opt::some(statement)
    }
}

/// Rows that tell whether targets repeat.
const ENOUGH: usize = 1 << 10;

impl EdgeAt {
    fn of(batch: &Batch) -> Option<Self> {
        let Operation::Fetch { stitch: Stitch::Hash(key), reach, .. } = &batch.operation else { return None };
        match (&key[..], &batch.parts[..]) {
            // Recursions find keys in their rows.
            _ if matches!(reach, Reach::Closure | Reach::Levels(_)) => None,
            ([key], [part]) if batch.leads_over_links() && part.link.is_none() && !part.repeats => {
                let [target] = part.identity[..] else { return None };
                Some(Self { key: *key, target, entity: part.entity, new: 0 })
            }
            _ => None,
        }
    }
}

impl PartRows {
    /// Takes the part's share of one row.
    #[inline]
    fn take<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        Above { parent, fresh, parents }: Above,
        stores: &mut [EntityStore],
        cells: &C,
    ) -> Result<(), StoreError> {
        (self.current, self.fresh) = (Opt::none(), false);
        let Some(parent) = parent.get() else { return Ok(()) };
        let joined_to_one = part.parent.is_some() && !part.to_many;
        if joined_to_one && !fresh {
            // A collection beside it repeats the parent: its target is known.
            self.current = self.one.get(parent.index()).copied().unwrap_or_default();
            return Ok(());
        }
        let found = match part.presence {
            None => true,
            Some(position) => !cell(cells, position)?.is_null(),
        };
        if found {
            let (local, fresh) = self.local(part, &mut stores[part.entity.index()], cells)?;
            (self.current, self.fresh) = (Opt::some(local), fresh);
        }
        if joined_to_one {
            self.lead_to_one(parent, self.current);
        } else if let Some(local) = self.current.get()
            && self.lead(part, parent, local, parents)
            && let Some(link) = &part.link
        {
            self.links.push(Opt::some(link_row(link, stores, cells)?));
        }
        Ok(())
    }

    /// Leads from a parent to the row that a joined to-one has found, if it found one.
    #[inline]
    pub(crate) fn lead_to_one(&mut self, parent: ParentNo, local: Opt<Local>) {
        let index = parent.index();
        if index >= self.one.len() {
            self.one.resize(index + 1, Opt::none());
        }
        self.one[index] = local;
    }

    /// Leads from a parent to a row; whether that is new. There are `parents` in all, as far as is known.
    #[inline]
    pub(crate) fn lead(&mut self, part: &RowPart, parent: ParentNo, local: Local, parents: usize) -> bool {
        let new = !part.repeats || self.seen.insert((parent, local));
        if new {
            self.pairs.push(parent, local, parents);
        }
        new
    }

    /// The local number of the row, stored if it is new here.
    // Called at two places, and for every row: the call costs as much as what a known row needs.
    #[inline(always)]
    fn local<C: Cells + ?Sized>(
        &mut self,
        part: &RowPart,
        store: &mut EntityStore,
        cells: &C,
    ) -> Result<(Local, bool), StoreError> {
        let slot = store.slot(cells, &part.identity)?;
        let (local, fresh) = self.number(slot);
        if fresh {
            store.fill(slot, cells, &part.cells)?;
        }
        Ok((local, fresh))
    }

    /// A copy of its rows and of what leads to them, without what only taking more of them needs.
    pub(crate) fn found(&self) -> Self {
        let (slots, pairs) = (self.slots.clone(), self.pairs.clone());
        Self { slots, pairs, links: self.links.clone(), one: self.one.clone(), ..Self::default() }
    }

    /// The local number of a slot that is not new here.
    #[inline]
    fn known(&self, slot: Slot) -> Option<Local> {
        match &self.slots {
            IdList::Identity { end } => (slot.to_u32() < end.to_u32()).then(|| Local::from_u32(slot.to_u32())),
            IdList::Listed(_) => self.locals.get(slot.index())?.get(),
        }
    }

    /// The local number of a slot, and whether it is new here.
    #[inline]
    pub(crate) fn number(&mut self, slot: Slot) -> (Local, bool) {
        if let IdList::Identity { end } = &mut self.slots {
            let (own, count) = (Local::from_u32(slot.to_u32()), end.to_u32());
            if own < *end {
                return (own, false);
            }
            if own == *end {
                *end = Local::from_u32(count + 1);
                return (own, true);
            }
            self.locals = (0..count).map(|local| Opt::some(Local::from_u32(local))).collect();
        }
        let index = slot.index();
        if let Some(local) = self.locals.get(index).and_then(|local| local.get()) {
            return (local, false);
        }
        if index >= self.locals.len() {
            self.locals.resize(index + 1, Opt::none());
        }
        let local = Local::new(self.slots.len());
        self.locals[index] = Opt::some(local);
        self.slots.push(slot);
        (local, true)
    }
}

/// What stands above a part in one row.
#[derive(Clone, Copy)]
struct Above {
    parent: Opt<ParentNo>,
    /// The parent came with this row.
    fresh: bool,
    /// How many parents or keys there are, as far as is known.
    parents: usize,
}

/// Stores the row of the association table; its slot.
fn link_row<C: Cells + ?Sized>(link: &LinkPart, stores: &mut [EntityStore], cells: &C) -> Result<Slot, StoreError> {
    let store = &mut stores[link.entity.index()];
    let slot = store.slot(cells, &link.identity)?;
    store.fill(slot, cells, &link.cells)?;
    Ok(slot)
}

/// The number of the key whose ordinal stands at a position.
fn ordinal<C: Cells + ?Sized>(position: u16, keys: &KeySet, origin: Origin, cells: &C) -> Result<KeyNo, StoreError> {
    let ValueRef::Integer(ordinal) = cell(cells, position)? else { return Err(StoreError::Stray) };
    let number = u32::try_from(ordinal).ok().and_then(|o| o.checked_add(origin.first_key.to_u32()));
    number.map(KeyNo::from_u32).filter(|key| key.index() < keys.len()).ok_or(StoreError::Stray)
}

#[inline]
fn cell<C: Cells + ?Sized>(cells: &C, position: u16) -> Result<ValueRef<'_>, StoreError> {
    cells.cell(usize::from(position)).map_err(|error| StoreError::unread(position, error))
}
