//! Batches that ask again what an earlier one has asked, where merging them would cost a wave: they send only the keys
//! that are new, and take the rows of the others from there.
//!
//! ```text
//! person { team { lead { name } }  manager { team { id name } } }      both teams by id, one wave apart
//! ```
//!
//! Two batches ask the same where their SQL is the same, the values it binds, and what is made of its rows. A column
//! that one of them reads only to find the key of a row, and the other stores, is then stored by both.

use crate::batch::{Batch, Operation, Reach, RowPart};
use crate::ids::BatchId;
use rustc_hash::FxHashMap;

/// Tells every batch which earlier ones ask the same.
pub(super) fn find(batches: &mut [Batch]) {
    let mut by_text: FxHashMap<std::sync::Arc<str>, Vec<BatchId>> = FxHashMap::default();
    for index in 0..batches.len() {
        let (before, rest) = batches.split_at_mut(index);
        let Some(batch) = rest.first_mut() else { continue };
        if !matches!(batch.operation, Operation::Fetch { reach: Reach::Keys, .. }) {
            continue;
        }
        let alike = by_text.entry(batch.sql.text.clone()).or_default();
        batch.repeats = alike.iter().copied().filter(|id| asks_the_same(&before[id.index()], batch)).collect();
        for id in &batch.repeats {
            let earlier = &mut before[id.index()];
            earlier.parts.iter_mut().zip(&mut batch.parts).for_each(|(a, b)| store_alike(a, b));
        }
        alike.push(batch.id);
    }
}

fn asks_the_same(earlier: &Batch, batch: &Batch) -> bool {
    let (Operation::Fetch { stitch, by_bytes, .. }, Operation::Fetch { stitch: other, by_bytes: others, .. }) =
        (&earlier.operation, &batch.operation)
    else {
        return false;
    };
    earlier.wave < batch.wave
        && (stitch, by_bytes) == (other, others)
        && earlier.sql == batch.sql
        && earlier.parts.len() == batch.parts.len()
        && earlier.parts.iter().zip(&batch.parts).all(|(a, b)| reads_the_same(a, b))
}

fn reads_the_same(a: &RowPart, b: &RowPart) -> bool {
    let link = |part: &RowPart| part.link.as_ref().map(|link| (link.entity, link.cells.clone()));
    (a.entity, a.parent, a.to_many) == (b.entity, b.parent, b.to_many) && link(a) == link(b)
}

/// Lets both store what either does.
fn store_alike(a: &mut RowPart, b: &mut RowPart) {
    if a.cells != b.cells {
        a.cells.extend(b.cells.iter().copied());
        a.cells.sort_unstable();
        a.cells.dedup();
        b.cells.clone_from(&a.cells);
    }
}
