//! The rows of a batch that has ended become the rows and edges of its load nodes.

use super::{FEWER, Run, Status, key_of};
use crate::graph::NodeRows;
use crate::session::Answer;
use crate::stitch::Edges;
use crate::store::NONE;
use eagerly_planner::batch::{Batch, BatchPlan, Feed, Operation};
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::ids::LoadNodeId;

impl Run {
    /// Turns a batch's pairs into the rows and edges of its nodes.
    pub(super) fn complete(&mut self, batch: &Batch) -> Result<()> {
        let run = &mut self.batches[batch.id.index()];
        run.status = Status::Done;
        let mut parts = std::mem::take(&mut run.rows.parts);
        let counts: Vec<usize> = parts.iter().map(|p| p.slots.len()).collect();
        for (part, rows) in batch.parts.iter().zip(&mut parts).skip(1) {
            let above = part.parent.map_or(0, |p| counts[usize::from(p)]);
            let edges = if part.to_many {
                Edges::group(&rows.pairs, &rows.links, above)
            } else {
                rows.one.resize(above, NONE);
                Edges::one(std::mem::take(&mut rows.one), Vec::new())
            };
            self.nodes[part.nodes[0].index()] = Some(NodeRows::new(std::mem::take(&mut rows.slots), edges));
        }
        let Some(head) = parts.first_mut() else { return Ok(()) };
        let learned = self.learns(batch).then(|| head.slots.clone());
        match &batch.operation {
            Operation::Root => {
                if let Some(slots) = learned {
                    let rows = slots.len() as u32;
                    self.learn(batch, Edges::many(vec![0, rows], (0..rows).collect(), Vec::new()), slots);
                }
                self.nodes[0] = Some(NodeRows::new(std::mem::take(&mut head.slots), Edges::none(true, 0)));
            }
            Operation::Fetch { feeds, .. } => {
                let run = &mut self.batches[batch.id.index()];
                let found = Edges::group(&head.pairs, &head.links, run.keys.len());
                let numbers = std::mem::take(&mut run.feeds);
                let slots = std::mem::take(&mut head.slots);
                match feeds.as_slice() {
                    // A batch for one node numbers rows as the node does: joined parts already lead to those numbers.
                    [feed]
                        if self.plan.node(feed.node).recursion.is_some()
                            || !leaves_rows(&self.plan, feed, batch, &found) =>
                    {
                        let keys = numbers.into_iter().next().unwrap_or_default();
                        let edges = self.edges(feed.node, &keys, &found, |row| row)?;
                        let below = self.below(batch, feed, &slots, &found)?;
                        self.nodes[feed.node.index()] = Some(NodeRows { slots, edges, below });
                    }
                    feeds => {
                        for (feed, keys) in feeds.iter().zip(numbers) {
                            self.nodes[feed.node.index()] = Some(self.own_rows(feed.node, &keys, &found, &slots)?);
                        }
                    }
                }
                if let Some(slots) = learned {
                    self.learn(batch, found, slots);
                }
            }
        }
        Ok(())
    }

    /// Whether the session remembers what the batch has found.
    fn learns(&self, batch: &Batch) -> bool {
        self.part.as_ref().is_some_and(|part| part.asked[batch.id.index()].is_some())
    }

    fn learn(&mut self, batch: &Batch, found: Edges, slots: Vec<u32>) {
        let index = batch.id.index();
        let Some(part) = &mut self.part else { return };
        if let Some(asked) = part.asked[index].take() {
            let keys = std::mem::take(&mut self.batches[index].keys);
            part.learned.push((asked, Answer { batch: batch.id, keys, found, slots }));
        }
    }

    /// The edges of a recursion from its own rows to its own rows.
    fn below(&self, batch: &Batch, feed: &Feed, slots: &[u32], found: &Edges) -> Result<Option<Edges>> {
        if self.plan.node(feed.node).recursion.is_none() {
            return Ok(None);
        }
        let store = &self.stores[self.plan.node(feed.node).entity.index()];
        let known = &self.batches[batch.id.index()].keys;
        let keys = slots.iter().map(|slot| known.find(&key_of(store, *slot, feed)).unwrap_or(NONE));
        self.edges(feed.node, &keys.collect::<Vec<_>>(), found, |row| row).map(Some)
    }

    /// The rows and edges of one node of a merged batch: the rows that its own parents' keys have found.
    fn own_rows(&self, node: LoadNodeId, keys: &[u32], found: &Edges, slots: &[u32]) -> Result<NodeRows> {
        let mut own: Vec<u32> = Vec::new();
        let mut locals = vec![NONE; slots.len()];
        let edges = self.edges(node, keys, found, |row| {
            let place = &mut locals[row as usize];
            if *place == NONE {
                *place = own.len() as u32;
                own.push(slots[row as usize]);
            }
            *place
        })?;
        Ok(NodeRows::new(own, edges))
    }

    /// Edges from parents, by the number of each one's key, to the rows that the key has found.
    fn edges(&self, node: LoadNodeId, keys: &[u32], found: &Edges, mut local: impl FnMut(u32) -> u32) -> Result<Edges> {
        let rows_of = |key: u32| if key == NONE { &[][..] } else { found.of(key) };
        let links_of = |key: u32| if key == NONE { &[][..] } else { found.links_of(key) };
        let linked = self.plan.node(node).link.is_some();
        if !self.plan.node(node).to_many {
            let first = |key: &u32| rows_of(*key).first().map_or(NONE, |row| local(*row));
            let targets = keys.iter().map(first).collect();
            let link = |key: &u32| links_of(*key).first().copied().unwrap_or(NONE);
            return Ok(Edges::one(targets, if linked { keys.iter().map(link).collect() } else { Vec::new() }));
        }
        let mut offsets = Vec::with_capacity(keys.len() + 1);
        offsets.push(0);
        // Parents that share a key share its rows, so that edges can outnumber rows by far.
        let count: u64 = keys.iter().map(|key| rows_of(*key).len() as u64).sum();
        if count > self.max_rows.min(u64::from(u32::MAX)) {
            let path = &self.plan.node(node).path;
            let message = format!("{count} edges lead to the rows of `{path}`, since parents share keys");
            return Err(Error::new(ErrorKind::Limit, code::LIMIT, message).path(path).help(FEWER).into());
        }
        let mut targets = Vec::with_capacity(count as usize);
        let mut links = Vec::with_capacity(if linked { count as usize } else { 0 });
        for key in keys {
            targets.extend(rows_of(*key).iter().map(|row| local(*row)));
            if linked {
                links.extend_from_slice(links_of(*key));
            }
            offsets.push(targets.len() as u32);
        }
        Ok(Edges::many(offsets, targets, links))
    }
}

/// Whether a to-one found several rows for a key and takes the first: the others must not bring keys for batches below.
/// In a recursion they may: its rows are numbered as they came.
fn leaves_rows(plan: &BatchPlan, feed: &Feed, batch: &Batch, found: &Edges) -> bool {
    batch.parts.len() == 1 && !plan.node(feed.node).to_many && found.has_several()
}
