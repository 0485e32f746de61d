//! In a session: what a batch need not send, since it was answered before. The rows of remembered answers are taken as
//! if a statement had brought them.

use super::Run;
use super::complete::edges_of;
use super::describe::no_key;
use crate::bind::Values;
use crate::edges::Edges;
use crate::graph::{NodeRows, ResultGraph};
use crate::keys::{KeyRef, KeySet};
use crate::session::{Answer, Answers, Asked, Found, Learned, Memory};
use crate::stitch::PartRows;
use crate::store::{AnswerNo, EntityStore, Id, KeyNo, Local, Opt, ParentNo, Slot, StoreError, Tables};
use eagerly_planner::batch::{Batch, BatchPlan, Operation, Reach, RowPart, Stitch};
use eagerly_planner::error::Result;
use eagerly_planner::ids::{ColumnId, EntityId};
use eagerly_planner::logical::Predicate;
use std::sync::Arc;

/// What is remembered of a key.
enum Known {
    /// The complete set of its edges: the load, the number of the answer, the number of the key.
    Edges(Arc<ResultGraph>, AnswerNo, KeyNo),
    /// The one row that it is the primary key of.
    Row(Arc<Tables>, Slot),
    /// That row, where this run has brought it.
    OwnRow(Slot),
    /// The complete set of its edges, where an earlier batch of this run has found them: the number of its answer, the
    /// number of the key.
    OwnEdges(AnswerNo, KeyNo),
}

impl Run {
    /// Takes the rows of keys that were answered before. The number of the first key to send, the keys from there on
    /// being unknown; `None` if there is nothing to send.
    pub(super) fn recall(&mut self, batch: &Batch, first: usize) -> Result<Option<usize>> {
        let index = batch.id.index();
        let Some(part) = self.part.as_mut().filter(|_| is_remembered(&self.plan, batch)) else {
            return Ok(Some(first));
        };
        let asked = Asked::of(batch, &Values { plan: &self.plan, values: &self.values })?;
        let run = &mut self.batches[index];
        let memory = part.memory.clone();
        let sure = is_sure(&self.plan, &self.nodes, batch);
        let recall = Recall { memory: &memory, batch, stores: &self.stores, learned: &part.learned, sure };
        let mut known: Vec<Option<Known>> = recall.find(&asked, &run.keys);
        part.asked[index] = Some(asked);
        if !known.iter().any(Option::is_some) {
            return Ok(Some(first));
        }
        let all = known.iter().all(Option::is_some);
        if !all {
            let Operation::Fetch { reach: Reach::Keys, .. } = &batch.operation else {
                // It finds its keys by itself, and would bring again what is known.
                return Ok(Some(first));
            };
            // Those to send come last, so that they are one range of the list.
            let partition = run.keys.partition(|key| known[key.index()].is_some());
            let (keys, numbers) = partition.map_err(|error| no_key(&error, &batch.name))?;
            run.keys = keys;
            let new =
                |key: Opt<ParentNo>| key.get().map_or_else(Opt::none, |key| numbers[key.index()].map(ParentNo::from));
            run.feeds.iter_mut().for_each(|feed| *feed = feed.iter().map(new).collect());
            known.retain(Option::is_some);
        }
        let mut replay = Replay {
            memory: &memory,
            batch,
            parts: &mut run.rows.parts,
            stores: &mut self.stores,
            learned: &part.learned,
        };
        let known: Vec<Known> = known.into_iter().flatten().collect();
        let taken = known.iter().enumerate().try_for_each(|(key, known)| replay.key(KeyNo::new(key).into(), known));
        taken.map_err(|error| super::describe::not_borrowed(&error, &batch.name))?;
        Ok((!all).then_some(known.len()))
    }
}

impl Run {
    /// What a batch has found, if the session remembers it; its rows are complete, and not yet those of its nodes.
    pub(super) fn learns(&self, batch: &Batch) -> Result<Option<Vec<Found>>> {
        if self.part.as_ref().is_none_or(|part| part.asked[batch.id.index()].is_none()) {
            return Ok(None);
        }
        let run = &self.batches[batch.id.index()];
        let mut found: Vec<Found> = Vec::with_capacity(batch.parts.len());
        for (part, rows) in batch.parts.iter().zip(&run.rows.parts) {
            let above = part.parent.and_then(|parent| found.get(usize::from(parent))).map(|found| found.slots.len());
            let mut rows = rows.found();
            let edges = if part.parent.is_none() && batch.operation == Operation::Root {
                let count = rows.slots.len();
                Edges::many(vec![0, count as u32], (0..count).map(Local::new).collect(), Vec::new())
            } else {
                edges_of(&self.plan, part, &mut rows, above.unwrap_or(run.keys.len()), &self.stores)?
            };
            found.push(Found { slots: rows.slots, edges });
        }
        Ok(Some(found))
    }

    /// Keeps what a batch has found for the session, and for batches that ask the same.
    pub(super) fn learn(&mut self, batch: &Batch, found: Option<Vec<Found>>) {
        let index = batch.id.index();
        let (Some(part), Some(parts)) = (&mut self.part, found) else { return };
        if let Some(asked) = part.asked[index].take() {
            let keys = std::mem::take(&mut self.batches[index].keys);
            part.learned.push((asked, Answer { batch: batch.id, keys, parts }));
        }
    }
}

/// Whether the answers of a batch are remembered: each key has its own, and a key is not led to others.
fn is_remembered(plan: &BatchPlan, batch: &Batch) -> bool {
    let recurses = batch.parts.iter().flat_map(|part| &part.nodes).any(|node| plan.node(*node).recursion.is_some());
    let by_key = match &batch.operation {
        Operation::Root => true,
        // What does not wait for its parents does not know their keys when it is sent. A whole table waits in a session.
        Operation::Fetch { reach: Reach::Keys | Reach::Whole, .. } => true,
        Operation::Fetch { reach, .. } => batch.waits() && *reach == Reach::Subquery,
    };
    by_key && !recurses
}

/// Whether the rows of a batch's entity that were brought before it are there: those that links alone have named may not
/// be, until the node that completes them is filled.
fn is_sure(plan: &BatchPlan, nodes: &[Option<NodeRows>], batch: &Batch) -> bool {
    !plan.nodes.iter().zip(nodes).any(|(node, rows)| {
        let of_links = node.parent.and_then(|parent| plan.batch_of(parent)).is_some_and(Batch::reads_links_alone);
        node.completes && node.entity == batch.parts[0].entity && rows.is_none() && of_links
    })
}

/// Looks for what is known of the keys of a batch.
struct Recall<'a> {
    memory: &'a Memory,
    batch: &'a Batch,
    stores: &'a [EntityStore],
    learned: &'a [Learned],
    /// Whether the rows that this run has brought are all there.
    sure: bool,
}

impl Recall<'_> {
    fn find(&self, (hash, asked): &(u64, Asked), keys: &KeySet) -> Vec<Option<Known>> {
        let answers = self.memory.asked(*hash, asked);
        if matches!(self.batch.operation, Operation::Root) {
            return vec![answers.and_then(|answers| self.edges(answers, &KeyRef::new(), true))];
        }
        let by_row = self.finds_by_primary_key();
        // Where the database compares keys, the columns that hold them are part of the question, and yet the SQL can be that
        // of an earlier batch.
        let same = |((known, question), answer): &Learned| {
            self.batch.repeats.contains(&answer.batch) || (known == hash && question == asked)
        };
        let own = self.learned.iter().enumerate().filter(|(_, learned)| self.batch.parts.len() == 1 && same(learned));
        let own: Vec<usize> = own.map(|(index, _)| index).collect();
        let known = keys.numbers().map(|number| {
            let key: KeyRef<'_> = keys.key(number).collect();
            // A row that is there says more than that there was none.
            match by_row.as_ref().and_then(|order| self.row(&key, order)) {
                Some(row) => row,
                None => own
                    .iter()
                    .find_map(|own| self.own_edges(*own, &key))
                    .or_else(|| answers.and_then(|answers| self.edges(answers, &key, keys.is_exact()))),
            }
        });
        known.collect()
    }

    fn edges(&self, answers: Answers<'_>, key: &KeyRef<'_>, exact: bool) -> Option<Known> {
        let fits = |graph: &ResultGraph, answer: AnswerNo, key: KeyNo| {
            let given = graph.answer(answer).and_then(|answer| Given::new(self.batch, graph, answer));
            given.is_some_and(|given| self.covers_key(&given, key.into()))
        };
        let (graph, answer, key) = answers.find(key, exact, fits)?;
        Some(Known::Edges(graph, answer, key))
    }

    fn covers_key(&self, given: &Given<'_>, key: ParentNo) -> bool {
        let edges = &given.part(0).edges;
        edges.of(key).all(|row| self.covers(given, 0, row))
            && self.covers_links(given.graph, &self.batch.parts[0], edges.links_of(key))
    }

    fn own_edges(&self, own: usize, key: &KeyRef<'_>) -> Option<Known> {
        let (answer, part) = (&self.learned[own].1, &self.batch.parts[0]);
        let (key, head) = (answer.keys.find(key)?, answer.head()?);
        let parent = ParentNo::from(key);
        let has = |entity: EntityId, slot: Slot, cells: &[(u16, ColumnId)]| {
            let store = &self.stores[entity.index()];
            cells.iter().all(|(_, column)| store.has(slot, *column))
        };
        let rows = head.edges.of(parent).all(|row| has(part.entity, head.slots.at(row), &part.cells));
        let mut links = head.edges.links_of(parent).iter().filter_map(|slot| slot.get());
        let links = part.link.as_ref().is_none_or(|link| links.all(|slot| has(link.entity, slot, &link.cells)));
        (rows && links).then(|| Known::OwnEdges(AnswerNo::new(own), key))
    }

    /// Whether the columns that the batch reads are known of a row and of all that is joined to it.
    fn covers(&self, given: &Given<'_>, index: usize, row: Local) -> bool {
        let (part, found) = (&self.batch.parts[index], given.part(index));
        self.has(given.graph, part.entity, found.slots.at(row), &part.cells)
            && below(self.batch, index).all(|child| {
                let edges = &given.part(child).edges;
                edges.of(row.into()).all(|target| self.covers(given, child, target))
                    && self.covers_links(given.graph, &self.batch.parts[child], edges.links_of(row.into()))
            })
    }

    fn covers_links(&self, graph: &ResultGraph, part: &RowPart, links: &[Opt<Slot>]) -> bool {
        let mut links = links.iter().filter_map(|slot| slot.get());
        part.link.as_ref().is_none_or(|link| links.all(|slot| self.has(graph, link.entity, slot, &link.cells)))
    }

    fn has(&self, graph: &ResultGraph, entity: EntityId, slot: Slot, cells: &[(u16, ColumnId)]) -> bool {
        let (tables, slot) = graph.source(entity, slot);
        let (tables, slot) = self.memory.newest(entity, tables, slot);
        cells.iter().all(|(_, column)| tables[entity.index()].has(slot, *column))
    }

    /// For each column of the primary key, its position in the batch's keys, where a row that is known is all that a key
    /// can lead to: an unfiltered to-one by the primary key, where keys are equal as bytes.
    fn finds_by_primary_key(&self) -> Option<Vec<usize>> {
        let Operation::Fetch { stitch: Stitch::Hash(_), by_bytes: true, .. } = &self.batch.operation else {
            return None;
        };
        let (head, part) = (&self.batch.query.head, &self.batch.parts[0]);
        let keys = head.keys.as_ref().filter(|keys| keys.link.is_none())?;
        let plain = head.filter == Predicate::TRUE && head.window.is_none() && !part.to_many;
        if !plain || self.batch.parts.len() > 1 || part.identity.len() != keys.columns.len() {
            return None;
        }
        let columns = &self.batch.query.columns;
        let of_key = |position: &u16| {
            let column = columns.get(usize::from(*position))?.of_head()?;
            keys.columns.iter().position(|key| *key == column)
        };
        part.identity.iter().map(of_key).collect()
    }

    /// The row that a key is the primary key of; `Some(None)` if columns of it are missing.
    fn row(&self, key: &KeyRef<'_>, order: &[usize]) -> Option<Option<Known>> {
        let part = &self.batch.parts[0];
        let columns = || part.cells.iter().map(|(_, column)| *column);
        let key = || order.iter().map(|index| key[*index]);
        let own = self.stores[part.entity.index()].row_of(key).filter(|_| self.sure);
        if let Some((slot, table, at)) = own {
            return Some(columns().all(|column| table.has(at, column)).then_some(Known::OwnRow(slot)));
        }
        let (tables, slot) = self.memory.row_of(part.entity, key)?;
        let covered = columns().all(|column| tables[part.entity.index()].has(slot, column));
        Some(covered.then_some(Known::Row(tables, slot)))
    }
}

/// The parts joined to one.
fn below(batch: &Batch, index: usize) -> impl Iterator<Item = usize> {
    let parts = batch.parts.iter().enumerate();
    parts.filter(move |(_, part)| part.parent.map(usize::from) == Some(index)).map(|(child, _)| child)
}

/// Takes remembered rows as the rows of a batch.
struct Replay<'a> {
    memory: &'a Memory,
    batch: &'a Batch,
    parts: &'a mut [PartRows],
    stores: &'a mut [EntityStore],
    learned: &'a [Learned],
}

/// A load, and the answer in it that is taken.
struct Given<'a> {
    graph: &'a ResultGraph,
    answer: &'a Answer,
    /// By part of the batch, that of the answer's batch with the same rows.
    parts: Vec<usize>,
}

impl<'a> Given<'a> {
    /// None if the answer lacks what is joined.
    fn new(batch: &Batch, graph: &'a ResultGraph, answer: &'a Answer) -> Option<Self> {
        let parts = batch.parts_in(graph.plan().batch(answer.batch));
        Some(Self { graph, answer, parts: parts.into_iter().collect::<Option<_>>()? })
    }

    fn part(&self, index: usize) -> &'a Found {
        &self.answer.parts[self.parts[index]]
    }
}

impl Replay<'_> {
    fn key(&mut self, key: ParentNo, known: &Known) -> std::result::Result<(), StoreError> {
        match known {
            Known::OwnRow(slot) => self.found(key, *slot),
            Known::Row(tables, slot) => {
                let slot = self.stores[self.batch.parts[0].entity.index()].borrow(tables, *slot)?;
                self.found(key, slot);
            }
            Known::OwnEdges(answer, number) => {
                let Some(head) = self.learned[answer.index()].1.head() else { return Ok(()) };
                for (row, link) in head.edges.range((*number).into()).filter_map(|place| head.edges.at(place)) {
                    self.found(key, head.slots.at(row));
                    self.parts[0].links.extend(self.batch.parts[0].link.as_ref().map(|_| link));
                }
            }
            Known::Edges(graph, answer, number) => {
                let given = graph.answer(*answer).and_then(|answer| Given::new(self.batch, graph, answer));
                let Some(given) = given else { return Ok(()) };
                let edges = &given.part(0).edges;
                for edge in edges.range((*number).into()).filter_map(|place| edges.at(place)) {
                    self.row(&given, 0, key, edge)?;
                }
            }
        }
        Ok(())
    }

    fn found(&mut self, key: ParentNo, slot: Slot) {
        let (local, _) = self.parts[0].number(slot);
        self.parts[0].lead(&self.batch.parts[0], key, local, 0);
    }

    /// Takes a row of a part, and what is joined to it if it is new.
    fn row(
        &mut self,
        given: &Given<'_>,
        index: usize,
        parent: ParentNo,
        edge: (Local, Opt<Slot>),
    ) -> std::result::Result<(), StoreError> {
        let (batch, graph, (row, link)) = (self.batch, given.graph, edge);
        let part = &batch.parts[index];
        let slot = self.borrow(graph, part.entity, given.part(index).slots.at(row))?;
        let (local, fresh) = self.parts[index].number(slot);
        if part.parent.is_some() && !part.to_many {
            self.parts[index].lead_to_one(parent, Opt::some(local));
        } else if self.parts[index].lead(part, parent, local, 0)
            && let Some(linked) = &part.link
            && let Some(link) = link.get()
        {
            let slot = self.borrow(graph, linked.entity, link)?;
            self.parts[index].links.push(Opt::some(slot));
        }
        if !fresh {
            return Ok(());
        }
        for child in below(batch, index) {
            let edges = &given.part(child).edges;
            for edge in edges.range(row.into()).filter_map(|place| edges.at(place)) {
                self.row(given, child, local.into(), edge)?;
            }
        }
        Ok(())
    }

    fn borrow(&mut self, graph: &ResultGraph, entity: EntityId, slot: Slot) -> std::result::Result<Slot, StoreError> {
        let (tables, slot) = graph.source(entity, slot);
        let (tables, slot) = self.memory.newest(entity, tables, slot);
        self.stores[entity.index()].borrow(&tables, slot)
    }
}
