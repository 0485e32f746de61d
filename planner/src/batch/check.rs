//! The invariants of a finished plan, checked once per compiled shape: a broken one is a bug of ours, told before
//! anything is sent.

use super::{Batch, BatchPlan, ListSource, Operation, Piece, Projection, Reach, Stitch};
use crate::ensure;
use crate::error::Result;

impl BatchPlan {
    /// Checks the plan against itself.
    pub(crate) fn check(&self) -> Result<()> {
        for (index, batch) in self.batches.iter().enumerate() {
            ensure!(batch.id.index() == index, "{:?} is not at its place", batch.id);
            self.check_batch(batch)?;
        }
        for node in &self.nodes {
            ensure!(
                node.batch.is_none_or(|b| b.index() < self.batches.len()),
                "{} is filled by a batch that does not exist",
                node.path
            );
        }
        Ok(())
    }

    fn check_batch(&self, batch: &Batch) -> Result<()> {
        let width = batch.query.columns.len();
        ensure!(!batch.parts.is_empty() && width > 0, "{:?} reads nothing", batch.id);
        for (index, part) in batch.parts.iter().enumerate() {
            let positions =
                part.cells.iter().map(|(p, _)| *p).chain(part.identity.iter().copied()).chain(part.presence);
            let link = part.link.iter().flat_map(|l| l.cells.iter().map(|(p, _)| *p).chain(l.identity.iter().copied()));
            let positions = positions.chain(link);
            ensure!({ positions }.all(|p| usize::from(p) < width), "{:?} reads past its row", batch.id);
            let hangs = part.parent.is_none_or(|p| usize::from(p) < index);
            ensure!(hangs && part.parent.is_none() == (index == 0), "{:?} has parts out of order", batch.id);
        }
        let lists = batch.sql.pieces.iter().filter(|p| matches!(p, Piece::List(l) if l.source == ListSource::Keys));
        match &batch.operation {
            Operation::Root => ensure!(lists.count() == 0, "{:?} is a root with keys", batch.id),
            Operation::Fetch { feeds, stitch, by_bytes, reach } => {
                ensure!(
                    *by_bytes || matches!(stitch, Stitch::Ordinal(_)),
                    "{:?} hashes what only the database compares",
                    batch.id
                );
                let binds = usize::from(*reach != Reach::Subquery);
                ensure!(lists.count() == binds, "{:?} does not bind its keys once", batch.id);
                let new_keys = matches!(reach, Reach::Subquery | Reach::Closure);
                ensure!(!new_keys || matches!(stitch, Stitch::Hash(_)), "{:?} numbers keys that it finds", batch.id);
                ensure!(*reach == Reach::Keys || feeds.len() == 1, "{:?} is shared, but not by keys", batch.id);
                for feed in feeds {
                    let source = self.node(feed.parent).batch;
                    let earlier = source.is_some_and(|b| self.batch(b).wave < batch.wave && b < batch.id);
                    ensure!(earlier, "{:?} takes keys from a batch that is not before it", batch.id);
                }
                let fits = match stitch {
                    Stitch::Hash(positions) => feeds.iter().all(|f| f.columns.len() == positions.len()),
                    Stitch::Ordinal(p) => batch.query.columns.get(usize::from(*p)) == Some(&Projection::Ordinal),
                };
                ensure!(fits, "{:?} is stitched by columns that it does not read", batch.id);
            }
        }
        Ok(())
    }
}
