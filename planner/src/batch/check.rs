//! The invariants of a finished plan, checked once per compiled shape: a broken one is a bug of ours, told before
//! anything is sent. A stored plan, to which anything may have happened, is checked by the same.

use super::{
    Batch, BatchPlan, Feed, ListPiece, ListSource, Operation, Piece, PlannedDerived, PlannedNode, Projection, Reach,
    RowPart, Stitch,
};
use crate::ensure;
use crate::error::Result;
use crate::ids::{BatchId, EntityId, LoadNodeId};
use crate::logical::{Bind, Ordering, Output};
use crate::spec::shape::BindValue;

impl BatchPlan {
    /// Checks the plan against itself.
    pub(crate) fn check(&self) -> Result<()> {
        ensure!(!self.nodes.is_empty(), "a plan without a root");
        for (index, node) in self.nodes.iter().enumerate() {
            self.check_node(index, node)?;
        }
        for (index, batch) in self.batches.iter().enumerate() {
            ensure!(batch.id.index() == index, "{:?} is not at its place", batch.id);
            self.check_batch(batch)?;
        }
        let mut searches = self.missing_indexes.iter().flat_map(|index| &index.batches);
        ensure!(searches.all(|b| b.index() < self.batches.len()), "a batch that does not exist misses an index");
        Ok(())
    }

    fn has_node(&self, id: LoadNodeId) -> bool {
        id.index() < self.nodes.len()
    }

    fn has_entity(&self, id: EntityId) -> bool {
        id.index() < self.entities.len()
    }

    fn check_node(&self, index: usize, node: &PlannedNode) -> Result<()> {
        let PlannedNode {
            parent,
            entity,
            path,
            output,
            unloaded,
            batch,
            derived,
            completes,
            recursion: _,
            link,
            to_many: _,
            state: _,
        } = node;
        let placed = if index == 0 { parent.is_none() } else { parent.is_some_and(|p| p.index() < index) };
        ensure!(placed, "{path} is not behind its parent");
        let entities = std::iter::once(*entity).chain(link.as_ref().map(|(entity, _)| *entity));
        ensure!(entities.into_iter().all(|e| self.has_entity(e)), "{path} is of an entity that does not exist");
        let filled = batch.is_none_or(|b| b.index() < self.batches.len());
        ensure!(filled, "{path} is filled by a batch that does not exist");
        if let Some(derived) = derived {
            ensure!(self.can_derive(index, node, derived), "{path} is derived from what it cannot be");
        }
        ensure!(!completes || self.can_complete(node), "{path} completes what it cannot");
        let own = |output: &Output| match output {
            Output::Column { .. } => true,
            Output::Node { node, .. } => {
                self.nodes.get(node.index()).is_some_and(|n| n.parent == Some(LoadNodeId::new(index)))
            }
        };
        ensure!(output.iter().chain(unloaded).all(own), "{path} shows what is not below it");
        Ok(())
    }

    /// Whether a node can read further columns of its parent's rows. All nodes above it are in order.
    fn can_complete(&self, node: &PlannedNode) -> bool {
        let plain = !node.to_many && node.recursion.is_none() && node.link.is_none() && node.derived.is_none();
        let parent = node.parent.map(|parent| self.node(parent));
        let of_parent = parent.is_some_and(|parent| {
            parent.entity == node.entity && parent.to_many && parent.recursion.is_none() && parent.parent.is_some()
        });
        plain && of_parent && node.output.is_empty() && node.unloaded.is_empty()
    }

    /// Whether the rows of a node can come from others. All nodes above it are in order.
    fn can_derive(&self, index: usize, node: &PlannedNode, derived: &PlannedDerived) -> bool {
        let Some(parent) = node.parent else { return false };
        let plain = node.batch.is_none() && !node.to_many && node.recursion.is_none() && node.link.is_none();
        let above = || std::iter::successors(Some(parent), |id| self.nodes.get(id.index())?.parent);
        plain
            && match derived {
                PlannedDerived::WayBack(to) => {
                    let mut way = above().take_while(|id| id != to);
                    above().skip(1).any(|id| id == *to)
                        && to.index() < index
                        && self.nodes[to.index()].entity == node.entity
                        && way.all(|id| self.nodes[id.index()].recursion.is_none())
                }
                PlannedDerived::KeyOnly { columns, fills } => {
                    let identity = &self.entities[node.entity.index()].primary_key;
                    columns.len() == fills.len()
                        && !columns.is_empty()
                        && !identity.is_empty()
                        && identity.iter().all(|column| fills.contains(column))
                }
            }
    }

    fn check_batch(&self, batch: &Batch) -> Result<()> {
        let width = batch.query.columns.len();
        ensure!(!batch.parts.is_empty() && width > 0, "{:?} reads nothing", batch.id);
        for (index, part) in batch.parts.iter().enumerate() {
            self.check_part(batch, index, part)?;
        }
        let collections = &batch.rows.collections;
        ensure!(collections.iter().all(|n| self.has_node(*n)), "{:?} joins no node", batch.id);
        for piece in &batch.sql.pieces {
            if let Piece::List(list) = piece {
                let forms = list.forms.is_empty() || list.forms.len() == list.width;
                ensure!(forms, "{:?} has not one form for each part of a list", batch.id);
            }
            let (bind, list) = match piece {
                Piece::Param(bind) | Piece::Formed(bind, _) => (bind, false),
                Piece::List(ListPiece { source: ListSource::Bind(bind), .. }) => (bind, true),
                Piece::Text(_) | Piece::List(_) => continue,
            };
            // The values of the specification come with each run.
            let bound = match bind {
                Bind::Spec(_) => true,
                Bind::Graph(id) => match self.constants.get(id.index()) {
                    Some(BindValue::One(_)) => !list,
                    Some(BindValue::Many(_)) => list,
                    None => false,
                },
            };
            ensure!(bound, "{:?} binds a constant that does not exist", batch.id);
            let single = !matches!(piece, Piece::List(list) if list.width != 1);
            ensure!(single, "{:?} binds a list of values as keys", batch.id);
        }
        match &batch.operation {
            Operation::Root => {
                ensure!(batch.wave == 1, "{:?} is a root that waits", batch.id);
                ensure!(key_lists(batch).count() == 0, "{:?} is a root with keys", batch.id);
                Ok(())
            }
            Operation::Fetch { .. } => self.check_fetch(batch),
        }
    }

    fn check_part(&self, batch: &Batch, index: usize, part: &RowPart) -> Result<()> {
        let width = batch.query.columns.len();
        let RowPart { nodes, parent, entity, cells, identity, presence, to_many, repeats: _, link, sorted_here } = part;
        let own = cells.iter().map(|(p, _)| *p).chain(identity.iter().copied()).chain(*presence);
        let linked = link.iter().flat_map(|l| l.cells.iter().map(|(p, _)| *p).chain(l.identity.iter().copied()));
        let mut positions = own.chain(linked);
        ensure!(positions.all(|p| usize::from(p) < width), "{:?} reads past its row", batch.id);
        let hangs = parent.is_none_or(|p| usize::from(p) < index);
        ensure!(hangs && parent.is_none() == (index == 0), "{:?} has parts out of order", batch.id);
        let known = !nodes.is_empty() && nodes.iter().all(|n| self.has_node(*n));
        ensure!(known && nodes.iter().all(|n| self.node(*n).entity == *entity), "{:?} is for no node", batch.id);
        let entities = link.iter().map(|l| l.entity).all(|e| self.has_entity(e));
        ensure!(entities, "{:?} reads an entity that does not exist", batch.id);
        let can_sort = |by: &Ordering| {
            let lists = *to_many && index == 0 && link.is_none() && batch.operation != Operation::Root;
            lists && cells.iter().any(|(_, column)| *column == by.column)
        };
        ensure!(sorted_here.as_ref().is_none_or(can_sort), "{:?} is sorted by what it does not have", batch.id);
        Ok(())
    }

    fn check_fetch(&self, batch: &Batch) -> Result<()> {
        let Operation::Fetch { feeds, stitch, by_bytes, reach } = &batch.operation else { return Ok(()) };
        let ordinal = matches!(stitch, Stitch::Ordinal(_));
        ensure!(*by_bytes || ordinal, "{:?} hashes what only the database compares", batch.id);
        let binds = usize::from(!matches!(reach, Reach::Subquery | Reach::Whole));
        ensure!(key_lists(batch).count() == binds, "{:?} does not bind its keys once", batch.id);
        let finds_keys = matches!(reach, Reach::Subquery | Reach::Whole | Reach::Closure);
        ensure!(!finds_keys || !ordinal, "{:?} numbers keys that it finds", batch.id);
        for earlier in &batch.repeats {
            let known =
                self.batches.get(earlier.index()).filter(|other| other.id < batch.id && other.wave < batch.wave);
            let same = known.is_some_and(|other| {
                let fetches = |b: &Batch| matches!(b.operation, Operation::Fetch { reach: Reach::Keys, .. });
                let parts = other.parts.iter().zip(&batch.parts);
                fetches(other)
                    && fetches(batch)
                    && other.sql == batch.sql
                    && other.parts.len() == batch.parts.len()
                    && parts
                        .into_iter()
                        .all(|(a, b)| (a.entity, a.parent, a.to_many) == (b.entity, b.parent, b.to_many))
            });
            ensure!(same, "{:?} repeats what {earlier:?} has not asked", batch.id);
        }
        ensure!(!feeds.is_empty(), "{:?} takes keys from nowhere", batch.id);
        let completed = |feed: &Feed| self.nodes.iter().any(|n| n.completes && n.parent == Some(feed.node));
        ensure!(
            !batch.reads_links_alone() || feeds.iter().all(completed),
            "{:?} reads rows of which nothing says that they exist",
            batch.id
        );
        let one_parent = feeds.windows(2).all(|f| (f[0].parent, &f[0].columns) == (f[1].parent, &f[1].columns));
        let shares = matches!(reach, Reach::Keys | Reach::Whole) || one_parent;
        ensure!(shares, "{:?} is shared, but not by keys", batch.id);
        let one_source = feeds.windows(2).all(|f| f[0].parent == f[1].parent);
        let needs_none = *reach == Reach::Subquery || (*reach == Reach::Whole && one_source);
        ensure!(batch.waits() || needs_none, "{:?} takes keys, and waits for none", batch.id);
        let ends = |b: BatchId| self.batch(b).waits() || self.batch(b).operation == Operation::Root;
        for feed in feeds {
            ensure!(self.has_node(feed.parent) && self.has_node(feed.node), "{:?} feeds no node", batch.id);
            let holder = self.node(feed.node).parent.map(|parent| self.rows_of(parent));
            ensure!(holder == Some(feed.parent), "{:?} takes keys from rows that are not its parent's", batch.id);
            let source = self.source(feed.parent);
            let before = |b: BatchId| self.complete_in(b) < batch.wave && (b < batch.id || !self.batch(b).waits());
            let earlier = source.is_some_and(|b| if batch.waits() { before(b) } else { b != batch.id });
            ensure!(earlier, "{:?} takes keys from a batch that is not before it", batch.id);
            ensure!(self.completed_by(batch.id).last().is_some_and(ends), "{:?} is never complete", batch.id);
            let width = key_lists(batch).all(|width| width == feed.columns.len()) && !feed.columns.is_empty();
            ensure!(width, "{:?} binds keys of another width", batch.id);
        }
        let sources = feeds.iter().filter_map(|feed| self.source(feed.parent)).map(|b| self.complete_in(b));
        let follows = sources.max().and_then(|wave| wave.checked_add(1)) == Some(batch.wave);
        ensure!(follows || !batch.waits(), "{:?} is in a wave of its own", batch.id);
        let fits = match stitch {
            Stitch::Hash(positions) => feeds.iter().all(|f| f.columns.len() == positions.len()),
            Stitch::Ordinal(p) => batch.query.columns.get(usize::from(*p)) == Some(&Projection::Ordinal),
        };
        ensure!(fits, "{:?} is stitched by columns that it does not read", batch.id);
        Ok(())
    }
}

/// The widths of the key lists that a batch binds.
fn key_lists(batch: &Batch) -> impl Iterator<Item = usize> {
    batch.sql.pieces.iter().filter_map(|piece| match piece {
        Piece::List(list) if list.source == ListSource::Keys => Some(list.width),
        _ => None,
    })
}
