//! The rows of a batch that has ended become the rows and edges of its load nodes.

use super::describe::not_sorted;
use super::{FEWER, KeyNumbers, Run, Status, key_of};
use crate::edges::Edges;
use crate::graph::NodeRows;
use crate::keys::{KeyRef, KeySet};
use crate::stitch::PartRows;
use crate::store::{EntityStore, Id, IdList, Local, Opt, ParentNo, Slot};
use eagerly_planner::batch::{Batch, BatchPlan, Feed, Operation, RowPart};
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::ids::LoadNodeId;

impl Run {
    /// Turns a batch's pairs into the rows and edges of its nodes, and of those that are derived from them.
    pub(super) fn complete(&mut self, batch: &Batch) -> Result<()> {
        let found = self.learns(batch)?;
        self.fill_found(batch)?;
        self.learn(batch, found);
        self.derive()?;
        // What was sent without waiting for these rows may be complete now.
        let plan = self.plan.clone();
        while let Some(arrived) = plan.batches.iter().find(|batch| self.has_arrived(batch)) {
            self.fill_found(arrived)?;
            self.derive()?;
        }
        Ok(())
    }

    /// Whether all rows of a batch and of its parents are there, and it is not complete.
    fn has_arrived(&self, batch: &Batch) -> bool {
        let Operation::Fetch { feeds, .. } = &batch.operation else { return false };
        let parents = || feeds.iter().all(|feed| self.nodes[feed.parent.index()].is_some());
        self.batches[batch.id.index()].status == Status::Arrived && parents()
    }

    /// The number of the key of each parent row, for a batch that did not wait for them.
    fn find_parents(&mut self, batch: &Batch, feeds: &[Feed]) {
        let run = &self.batches[batch.id.index()];
        let keys_of = |feed: &Feed| {
            let store = &self.stores[self.plan.node(feed.parent).entity.index()];
            let slots = self.nodes[feed.parent.index()].iter().flat_map(|rows| rows.slots.iter());
            slots.map(|slot| number_of(&run.keys, &key_of(store, slot, feed))).collect()
        };
        self.batches[batch.id.index()].feeds = feeds.iter().map(keys_of).collect();
    }

    fn fill_found(&mut self, batch: &Batch) -> Result<()> {
        self.fill(batch)?;
        for node in batch.parts.first().into_iter().flat_map(|head| &head.nodes) {
            self.leave_out_gone(*node);
        }
        Ok(())
    }

    /// Where a node completes the rows of its parent: those that it did not find went between the statements, or were
    /// never there, where the parent's statement has read links alone. Nothing leads to them, and they are forgotten.
    fn leave_out_gone(&mut self, node: LoadNodeId) {
        let planned = self.plan.node(node);
        let Some(parent) = planned.parent.filter(|_| planned.completes) else { return };
        let Some(found) = self.nodes[node.index()].take() else { return };
        if let Some(rows) = self.nodes[parent.index()].as_mut().filter(|rows| found.edges.count() < rows.slots.len()) {
            let is_there = |row: Local| !found.edges.range(row).is_empty();
            rows.edges.retain(is_there);
            let of_links = self.plan.batch_of(parent).filter(|batch| batch.reads_links_alone());
            if let Some(batch) = of_links {
                let store = &mut self.stores[planned.entity.index()];
                let gone = rows.slots.iter().enumerate().filter(|(row, _)| !is_there(Local::new(*row)));
                gone.for_each(|(_, slot)| store.forget(slot));
                let answers = self.part.iter_mut().flat_map(|part| &mut part.learned);
                let found = answers.filter(|(_, answer)| answer.batch == batch.id);
                found.flat_map(|(_, answer)| answer.parts.first_mut()).for_each(|head| head.edges.retain(is_there));
            }
        }
        self.nodes[node.index()] = Some(found);
    }

    fn fill(&mut self, batch: &Batch) -> Result<()> {
        let at_once = match &batch.operation {
            Operation::Fetch { feeds, .. } if !self.waits(batch) => {
                self.find_parents(batch, feeds);
                true
            }
            _ => false,
        };
        let run = &mut self.batches[batch.id.index()];
        run.status = Status::Done;
        let mut parts = std::mem::take(&mut run.rows.parts);
        self.keep_answers(batch, &parts)?;
        let run = &mut self.batches[batch.id.index()];
        // Rows of parents that are not there must not bring keys for batches below.
        if at_once || batch.parts.iter().any(|part| part.nodes.len() > 1) {
            return self.complete_shared(batch, parts);
        }
        let run_keys = run.keys.len();
        let counts: Vec<usize> = parts.iter().map(|p| p.slots.len()).collect();
        for (part, rows) in batch.parts.iter().zip(&mut parts).skip(1) {
            let above = part.parent.map_or(0, |p| counts[usize::from(p)]);
            let edges = edges_of(&self.plan, part, rows, above, &self.stores)?;
            // One node for each part: the parent's rows are numbered alike in both.
            let rows = NodeRows::new(std::mem::take(&mut rows.slots), edges.renamed());
            self.nodes[part.nodes[0].index()] = Some(rows);
        }
        let Some(head) = parts.first_mut() else { return Ok(()) };
        match &batch.operation {
            Operation::Root => {
                self.nodes[0] = Some(NodeRows::new(std::mem::take(&mut head.slots), Edges::none(true, 0)));
            }
            Operation::Fetch { feeds, .. } => {
                let Some(feed) = feeds.first() else { return Ok(()) };
                let found = edges_of(&self.plan, &batch.parts[0], head, run_keys, &self.stores)?;
                let keys = std::mem::take(&mut run.feeds).into_iter().next().unwrap_or_default();
                let slots = std::mem::take(&mut head.slots);
                let rows = if leaves_rows(&self.plan, feed, batch, &found) {
                    self.own_rows(feed.node, &keys, &found, &slots)?.0
                } else {
                    let below = self.below(batch, feed, &slots, &found)?;
                    // A batch for one node numbers rows as the node does: joined parts already lead to those numbers.
                    let own_key = keys.is_identity() && keys.len() == run_keys;
                    let edges = if own_key && self.plan.node(feed.node).to_many {
                        found.renamed()
                    } else {
                        self.edges(feed.node, keys.iter(), &found, |row| row)?
                    };
                    NodeRows { slots, edges, below }
                };
                self.nodes[feed.node.index()] = Some(rows);
            }
        }
        Ok(())
    }

    /// The same for a batch that several nodes share: each takes the rows that its own parents' keys have found, and
    /// what is joined to those.
    fn complete_shared(&mut self, batch: &Batch, mut parts: Vec<PartRows>) -> Result<()> {
        let Operation::Fetch { feeds, .. } = &batch.operation else { return Ok(()) };
        let run = &mut self.batches[batch.id.index()];
        let (keys, numbers) = (run.keys.len(), std::mem::take(&mut run.feeds));
        let counts: Vec<usize> = parts.iter().map(|p| p.slots.len()).collect();
        // For each node the numbers of its rows in the batch, in the node's own order.
        let mut rows_of: Vec<(LoadNodeId, KeyNumbers)> = Vec::new();
        for (part, rows) in batch.parts.iter().zip(&mut parts) {
            let above = part.parent.map_or(keys, |parent| counts[usize::from(parent)]);
            let found = edges_of(&self.plan, part, rows, above, &self.stores)?;
            for node in &part.nodes {
                let of = |node: LoadNodeId| rows_of.iter().find(|(id, _)| *id == node).map(|(_, rows)| rows);
                let feed = feeds.iter().position(|feed| feed.node == *node);
                let parents = match feed {
                    Some(feed) => numbers.get(feed),
                    None => self.plan.node(*node).parent.and_then(of),
                };
                let parents = parents.ok_or_else(|| Error::bug(format!("{node:?} is shared without its parent")))?;
                let (own, rows) = match feed.map(|feed| &feeds[feed]) {
                    // It is shared only by nodes with the same parents, and so the same rows.
                    Some(feed) if self.plan.node(*node).recursion.is_some() => {
                        let edges = self.edges(*node, parents.iter(), &found, |row| row)?;
                        let below = self.below(batch, feed, &rows.slots, &found)?;
                        let all = IdList::Identity { end: Local::new(rows.slots.len()) };
                        (NodeRows { slots: rows.slots.clone(), edges, below }, all)
                    }
                    _ => self.own_rows(*node, parents, &found, &rows.slots)?,
                };
                self.nodes[node.index()] = Some(own);
                rows_of.push((*node, rows));
            }
        }
        Ok(())
    }

    /// The edges of a recursion from its own rows to its own rows.
    fn below(
        &self,
        batch: &Batch,
        feed: &Feed,
        slots: &IdList<Local, Slot>,
        found: &Edges<ParentNo>,
    ) -> Result<Option<Edges>> {
        if self.plan.node(feed.node).recursion.is_none() {
            return Ok(None);
        }
        let store = &self.stores[self.plan.node(feed.node).entity.index()];
        let known = &self.batches[batch.id.index()].keys;
        let keys: KeyNumbers = slots.iter().map(|slot| number_of(known, &key_of(store, slot, feed))).collect();
        self.edges(feed.node, keys.iter(), found, |row| row).map(Some)
    }

    /// The rows and edges of one node: of the batch's rows those that its own parents have found, by their keys or by
    /// their own numbers. Also the number of each of them in the batch.
    fn own_rows(
        &self,
        node: LoadNodeId,
        parents: &KeyNumbers,
        found: &Edges<ParentNo>,
        slots: &IdList<Local, Slot>,
    ) -> Result<(NodeRows, KeyNumbers)> {
        let mut own: IdList<Local, Local> = IdList::default();
        let mut locals = vec![Opt::none(); slots.len()];
        let edges = self.edges(node, parents.iter(), found, |row| {
            let place = &mut locals[row.index()];
            place.get().unwrap_or_else(|| {
                let local = Local::new(own.len());
                *place = Opt::some(local);
                own.push(row);
                local
            })
        })?;
        let rows = NodeRows::new(own.iter().map(|row| slots.at(row)).collect(), edges);
        Ok((rows, own.iter().map(|row| Opt::some(row.into())).collect()))
    }

    /// Edges from parents, by the number of each one's key, to the rows that the key has found.
    fn edges(
        &self,
        node: LoadNodeId,
        keys: impl ExactSizeIterator<Item = Opt<ParentNo>> + Clone,
        found: &Edges<ParentNo>,
        mut local: impl FnMut(Local) -> Local,
    ) -> Result<Edges> {
        let links_of = |key: Opt<ParentNo>| key.get().map_or(&[][..], |key| found.links_of(key));
        let linked = self.plan.node(node).link.is_some();
        if !self.plan.node(node).to_many {
            let first =
                |key: Opt<ParentNo>| key.get().map_or_else(Opt::none, |key| found.first_of(key).map(&mut local));
            let targets = keys.clone().map(first).collect();
            let link = |key| links_of(key).first().copied().unwrap_or_default();
            return Ok(Edges::one(targets, if linked { keys.map(link).collect() } else { Vec::new() }));
        }
        let lists = found.lists().ok_or_else(|| Error::bug(format!("{node:?} is to-many, and its edges are not")))?;
        let rows_of = |key: Opt<ParentNo>| key.get().map_or(&[][..], |key| lists.of(key));
        let mut offsets = Vec::with_capacity(keys.len() + 1);
        offsets.push(0);
        // Parents that share a key share its rows, so that edges can outnumber rows by far.
        let count: u64 = keys.clone().map(|key| rows_of(key).len() as u64).sum();
        if count > self.max_rows.min(u64::from(u32::MAX)) {
            let path = &self.plan.node(node).path;
            let message = format!("{count} edges lead to the rows of `{path}`, since parents share keys");
            return Err(Error::new(ErrorKind::Limit, code::LIMIT, message).path(path).help(FEWER).into());
        }
        let mut targets = Vec::with_capacity(count as usize);
        let mut links = Vec::with_capacity(if linked { count as usize } else { 0 });
        for key in keys {
            targets.extend(rows_of(key).iter().map(|row| local(*row)));
            if linked {
                links.extend_from_slice(links_of(key));
            }
            offsets.push(targets.len() as u32);
        }
        Ok(Edges::many(offsets, targets, links))
    }
}

/// The number of a key, where it is in the set.
fn number_of(keys: &KeySet, key: &KeyRef<'_>) -> Opt<ParentNo> {
    keys.find(key).map(ParentNo::from).into()
}

/// The edges to the rows of a part, from so many keys, or from so many rows of the part that it is joined to. All that
/// takes what a batch has found takes it from here: lists are sorted.
pub(super) fn edges_of(
    plan: &BatchPlan,
    part: &RowPart,
    rows: &mut PartRows,
    above: usize,
    stores: &[EntityStore],
) -> Result<Edges<ParentNo>> {
    if part.parent.is_some() && !part.to_many {
        rows.one.resize(above, Opt::none());
        return Ok(Edges::one(std::mem::take(&mut rows.one), Vec::new()));
    }
    let mut edges = std::mem::take(&mut rows.pairs).into_edges(std::mem::take(&mut rows.links), above);
    if let Some(order) = part.sorted_here {
        let (store, slots) = (&stores[part.entity.index()], &rows.slots);
        let all_are_integers = edges
            .sort_each(order.descending, |row| slots.get(row).and_then(|slot| store.whole_number(slot, order.column)));
        if !all_are_integers {
            return Err(not_sorted(plan, part, order.column).into());
        }
    }
    Ok(edges)
}

/// Whether a to-one found several rows for a key and takes the first: the others must not bring keys for batches below.
/// In a recursion they may: its rows are numbered as they came.
fn leaves_rows(plan: &BatchPlan, feed: &Feed, batch: &Batch, found: &Edges<ParentNo>) -> bool {
    let node = plan.node(feed.node);
    batch.parts.len() == 1 && node.recursion.is_none() && !node.to_many && found.has_several()
}
