//! Keys that an earlier batch has sent are not sent again: a batch that repeats its question takes its rows. A session
//! remembers more, and does without this (`recall`).

use super::complete::edges_of;
use super::{Run, key_of};
use crate::edges::Edges;
use crate::keys::{KeyRef, KeySet};
use crate::stitch::PartRows;
use crate::store::{IdList, KeyNo, Local, Opt, ParentNo, Slot, StoreError};
use eagerly_planner::batch::{Batch, Feed};
use eagerly_planner::error::Result;

/// What the keys of a batch have found.
#[derive(Debug)]
pub(super) struct Answers {
    /// By part: its slots by local number, and the edges from the part above, or from the keys.
    parts: Vec<(IdList<Local, Slot>, Edges<ParentNo>)>,
}

impl Run {
    /// Keeps what a batch has found, if a later one repeats its question.
    pub(super) fn keep_answers(&mut self, batch: &Batch, parts: &[PartRows]) -> Result<()> {
        let session = self.part.is_some();
        if session || !self.plan.batches[batch.id.index()..].iter().any(|later| later.repeats.contains(&batch.id)) {
            return Ok(());
        }
        let run = &mut self.batches[batch.id.index()];
        let keys = run.keys.len();
        let answers = batch.parts.iter().zip(parts).map(|(part, rows)| {
            let above = part.parent.map_or(keys, |above| parts[usize::from(above)].slots.len());
            let mut rows = rows.found();
            let edges = edges_of(&self.plan, part, &mut rows, above, &self.stores)?;
            Ok((rows.slots, edges))
        });
        run.answers = Some(Answers { parts: answers.collect::<Result<_>>()? });
        Ok(())
    }

    /// Collects the keys that no earlier batch has sent, if one has asked the same; their number.
    pub(super) fn collect_new(
        &self,
        batch: &Batch,
        feeds: &[Feed],
        keys: &mut KeySet,
    ) -> std::result::Result<Option<usize>, StoreError> {
        if batch.repeats.is_empty() || self.part.is_some() {
            return Ok(None);
        }
        for feed in feeds {
            let Some(parent) = &self.nodes[feed.parent.index()] else { continue };
            let store = &self.stores[self.plan.node(feed.parent).entity.index()];
            for slot in parent.slots.iter() {
                let key = key_of(store, slot, feed);
                if self.known(batch, &key).is_none() {
                    keys.insert(&key)?;
                }
            }
        }
        Ok(Some(keys.len()))
    }

    /// What an earlier batch has found for a key, and the key's number there.
    fn known(&self, batch: &Batch, key: &KeyRef<'_>) -> Option<(&Answers, KeyNo)> {
        batch.repeats.iter().find_map(|earlier| {
            let run = &self.batches[earlier.index()];
            Some((run.answers.as_ref()?, run.keys.find(key)?))
        })
    }

    /// Takes the rows of the keys that were sent before.
    pub(super) fn take_known(&mut self, batch: &Batch, keys: &KeySet) {
        let index = batch.id.index();
        let first = self.batches[index].own_keys;
        let mut rows = std::mem::take(&mut self.batches[index].rows.parts);
        for number in keys.numbers().skip(first) {
            let key: KeyRef<'_> = keys.key(number).collect();
            if let Some((answers, known)) = self.known(batch, &key) {
                take(batch, &mut rows, answers, (number, keys.len()), known);
            }
        }
        self.batches[index].rows.parts = rows;
    }
}

/// Takes the rows of one of so many keys, and what is joined to those that are new.
fn take(batch: &Batch, rows: &mut [PartRows], answers: &Answers, (key, keys): (KeyNo, usize), known: KeyNo) {
    // For each part the rows that are new: their number there, and here.
    let mut fresh: Vec<Vec<(ParentNo, ParentNo)>> = Vec::with_capacity(rows.len());
    for ((part, rows), (slots, edges)) in batch.parts.iter().zip(rows).zip(&answers.parts) {
        let of_key = [(known.into(), key.into())];
        let above = part.parent.map_or(&of_key[..], |above| &fresh[usize::from(above)]);
        let mut own = Vec::new();
        for (there, here) in above {
            let links = edges.links_of(*there);
            for (place, row) in edges.of(*there).enumerate() {
                let (local, is_new) = rows.number(slots.at(row));
                if part.parent.is_some() && !part.to_many {
                    rows.lead_to_one(*here, Opt::some(local));
                } else if rows.lead(part, *here, local, if part.parent.is_none() { keys } else { 0 }) {
                    rows.links.extend(links.get(place).copied());
                }
                if is_new {
                    own.push((row.into(), local.into()));
                }
            }
        }
        fresh.push(own);
    }
}
