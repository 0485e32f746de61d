//! A batch whose inputs are complete starts: its keys are collected from the rows above, cut into chunks, and become
//! statements.

use super::{KeyNumbers, Run, Statement, StatementId, StatementRun, Status, describe, key_of};
use crate::bind::{self, Values};
use crate::keys::KeySet;
use crate::store::{Id, IdList, KeyNo, Local, Opt, ParentNo, StatementNo, StoreError};
use eagerly_planner::BindValue;
use eagerly_planner::batch::{Batch, Feed, Limits, Operation, Reach};
use eagerly_planner::error::Result;
use eagerly_planner::ids::BatchId;
use std::ops::Range;
use std::sync::Arc;

/// A statement that is about to be sent.
struct Sent {
    sql: Arc<str>,
    binds: Vec<BindValue>,
    first_key: KeyNo,
    keys: usize,
}

impl Sent {
    fn new(batch: &Batch, values: &Values<'_>, keys: &KeySet, chunk: Range<usize>, limits: &Limits) -> Result<Self> {
        let (sql, binds) = bind::statement(&batch.sql, values, keys, chunk.clone(), limits)?;
        Ok(Self { sql, binds, first_key: KeyNo::new(chunk.start), keys: chunk.len() })
    }
}

impl Run {
    pub(super) fn start_ready(&mut self) -> Result<Vec<Statement>> {
        let plan = self.plan.clone();
        if self.statements.is_empty() {
            bind::check(&Values { plan: &plan, values: &self.values })?;
        }
        let mut ready = Vec::new();
        // In running order, so that a batch that needs no statement completes the inputs of those behind it; once more
        // where it has completed one that did not wait, and so those before it.
        loop {
            let mut started = false;
            for batch in &plan.batches {
                let waiting = self.batches[batch.id.index()].status == Status::Waiting;
                if waiting && self.inputs_are_complete(batch) {
                    self.start(batch, &mut ready)?;
                    started = true;
                }
            }
            if !started {
                return Ok(ready);
            }
        }
    }

    fn inputs_are_complete(&self, batch: &Batch) -> bool {
        match &batch.operation {
            Operation::Root => true,
            Operation::Fetch { .. } if !self.waits(batch) => true,
            Operation::Fetch { feeds, .. } => {
                let done = |earlier: &BatchId| self.batches[earlier.index()].status == Status::Done;
                feeds.iter().all(|feed| self.nodes[feed.parent.index()].is_some()) && batch.repeats.iter().all(done)
            }
        }
    }

    /// Whether a batch waits for its keys. In a session a whole table does, so that what is known of them is recalled, and
    /// what it brings is learned.
    pub(super) fn waits(&self, batch: &Batch) -> bool {
        let whole = matches!(batch.operation, Operation::Fetch { reach: Reach::Whole, .. });
        batch.waits() || (whole && self.part.is_some())
    }

    fn start(&mut self, batch: &Batch, ready: &mut Vec<Statement>) -> Result<()> {
        let first = self.collect_keys(batch).map_err(|error| describe::no_key(&error, &batch.name))?;
        let sent = match self.recall(batch, first)? {
            Some(first) => self.statements_for(batch, first)?,
            None => Vec::new(),
        };
        if !sent.is_empty() {
            self.reserve_for(batch, sent.iter().map(|sent| sent.keys).sum());
        }
        let waits_for = self.wave_before(batch);
        let finds_keys = !self.waits(batch);
        let run = &mut self.batches[batch.id.index()];
        run.rows.finds_keys = finds_keys;
        run.levels += 1;
        run.wave = batch.wave.max(waits_for.saturating_add(1)).max(run.wave.saturating_add(1));
        run.status = Status::Running(sent.len() as u32);
        let nothing = sent.is_empty();
        for Sent { sql, binds, first_key, keys } in sent {
            let id = StatementId { run: self.number, number: StatementNo::new(self.statements.len()) };
            self.statements.push(StatementRun { batch: batch.id, first_key, rows: 0, open: true });
            ready.push(Statement { id, batch: batch.id, wave: run.wave, sql, binds, keys });
        }
        if nothing {
            self.complete(batch)?;
        }
        Ok(())
    }

    /// Has room made for the rows of a batch that sends so many keys, as far as keys and statistics say how many there
    /// will be.
    fn reserve_for(&mut self, batch: &Batch, keys: usize) {
        let [part] = &batch.parts[..] else { return };
        let most = match batch.operation {
            Operation::Root => batch.rows.most,
            // Links can repeat their targets.
            Operation::Fetch { .. } if batch.leads_over_links() => return,
            Operation::Fetch { .. } if self.waits(batch) => {
                batch.rows.most.map(|most| most.saturating_mul(keys as u64))
            }
            Operation::Fetch { .. } => None,
        };
        if let Some(rows) = [most, batch.rows.about].into_iter().flatten().min() {
            self.stores[part.entity.index()].reserve_for(rows);
        }
    }

    /// The statements for the keys of a batch from the number `first` on.
    fn statements_for(&mut self, batch: &Batch, first: usize) -> Result<Vec<Sent>> {
        let values = Values { plan: &self.plan, values: &self.values };
        let limits = &self.plan.limits;
        let waits = self.waits(batch);
        let run = &mut self.batches[batch.id.index()];
        let chunks = match &batch.operation {
            Operation::Root => std::iter::once(0..0).collect(),
            Operation::Fetch { .. } if !waits => std::iter::once(0..0).collect(),
            // It finds its keys by itself.
            Operation::Fetch { reach: Reach::Subquery | Reach::Whole, .. } if run.keys.len() > 0 => {
                std::iter::once(0..run.keys.len()).collect()
            }
            Operation::Fetch { reach: Reach::Closure, feeds, .. } => {
                let all = if first == 0 {
                    bind::chunks(&batch.sql, &values, &run.keys, 0..run.keys.len(), limits)?
                } else {
                    Vec::new()
                };
                if all.len() == 1 {
                    run.followed = run.own_keys;
                    all
                } else {
                    // What one statement has reached to its end the next need not ask for again: one after the other.
                    // Where a depth ends the statement, a key that it has reached may lead on from here.
                    let depth = feeds.first().and_then(|feed| self.plan.node(feed.node).recursion.as_ref()?.depth);
                    let known = |key| depth.is_none() && run.rows.is_owned(key);
                    let rest = run.keys.subset(|key| (first..run.own_keys).contains(&key.index()) && !known(key));
                    let rest = rest.map_err(|error| describe::no_key(&error, &batch.name))?;
                    let chunk =
                        bind::chunks(&batch.sql, &values, &rest.keys, 0..rest.keys.len(), limits)?.into_iter().next();
                    let Some(chunk) = chunk else {
                        run.followed = run.own_keys;
                        return Ok(Vec::new());
                    };
                    run.followed = rest.numbers[chunk.end - 1].index() + 1;
                    return Ok(vec![Sent::new(batch, &values, &rest.keys, chunk, limits)?]);
                }
            }
            // Those that an earlier batch has sent stand behind those that are new.
            Operation::Fetch { reach: Reach::Keys, .. } => {
                bind::chunks(&batch.sql, &values, &run.keys, first..run.own_keys, limits)?
            }
            Operation::Fetch { .. } => bind::chunks(&batch.sql, &values, &run.keys, first..run.keys.len(), limits)?,
        };
        chunks.into_iter().map(|chunk| Sent::new(batch, &values, &run.keys, chunk, limits)).collect()
    }

    /// The last wave of the batches that a batch takes keys from.
    fn wave_before(&self, batch: &Batch) -> u32 {
        let Operation::Fetch { feeds, .. } = &batch.operation else { return 0 };
        if !self.waits(batch) {
            return 0;
        }
        let sources = feeds.iter().filter_map(|feed| self.plan.source(feed.parent));
        let sources = sources.chain(batch.repeats.iter().copied());
        let complete = sources.flat_map(|source| self.plan.completed_by(source));
        complete.map(|batch| self.batches[batch.index()].wave).max().unwrap_or(0)
    }

    /// Collects the keys that a batch has to send; the number of the first of them.
    fn collect_keys(&mut self, batch: &Batch) -> std::result::Result<usize, StoreError> {
        let Operation::Fetch { feeds, by_bytes, reach, .. } = &batch.operation else { return Ok(0) };
        let index = batch.id.index();
        let mut keys = std::mem::take(&mut self.batches[index].keys);
        let first = keys.len();
        if self.batches[index].levels == 0 {
            keys = KeySet::new(feeds.first().map_or(1, |f| f.columns.len()), !by_bytes);
            let own_keys = self.collect_new(batch, feeds, &mut keys)?;
            let numbers: std::result::Result<_, _> = feeds.iter().map(|feed| self.collect(feed, &mut keys)).collect();
            self.batches[index].feeds = numbers?;
            self.batches[index].own_keys = own_keys.unwrap_or(keys.len());
            self.take_known(batch, &keys);
        } else if *reach == Reach::Closure {
            self.batches[index].keys = keys;
            return Ok(self.batches[index].followed);
        } else if let Some(feed) = feeds.first() {
            // The next level of a recursion: the keys of the rows that the last one brought.
            let run = &self.batches[index];
            let slots = run.rows.parts.first().into_iter().flat_map(|head| head.slots.iter().skip(run.followed));
            let store = &self.stores[self.plan.node(feed.node).entity.index()];
            let mut count = 0;
            for slot in slots {
                keys.insert(&key_of(store, slot, feed))?;
                count += 1;
            }
            self.batches[index].followed += count;
        }
        self.batches[index].keys = keys;
        Ok(first)
    }

    /// Adds the keys of a feed's parent rows; the number of each row's key.
    fn collect(&self, feed: &Feed, keys: &mut KeySet) -> std::result::Result<KeyNumbers, StoreError> {
        let Some(parent) = &self.nodes[feed.parent.index()] else { return Ok(IdList::default()) };
        let store = &self.stores[self.plan.node(feed.parent).entity.index()];
        let count = parent.slots.len();
        if let [column] = feed.columns[..] {
            // Consecutive primary keys are known already.
            if let Some(first) = store.run(column, count).filter(|_| parent.slots.is_identity())
                && keys.become_run(first, count)
            {
                return Ok(IdList::Identity { end: Local::new(count) });
            }
            if let Some(held) = store.integers(column, count).filter(|_| parent.slots.is_identity()) {
                return numbers(count, held.map(|key| keys.insert_one(key)));
            }
            let key = |slot| store.get(slot, column);
            return numbers(count, parent.slots.iter().map(|slot| keys.insert(&[key(slot)])));
        }
        numbers(count, parent.slots.iter().map(|slot| keys.insert(&key_of(store, slot, feed))))
    }
}

/// The numbers of `count` keys, as far as each can be had.
fn numbers(
    count: usize,
    keys: impl Iterator<Item = std::result::Result<Opt<KeyNo>, StoreError>>,
) -> std::result::Result<KeyNumbers, StoreError> {
    IdList::try_from_all(count, keys.map(|key| key.map(|key| key.map(ParentNo::from))))
}
