//! What a session remembers: where each row is stored that a load of it has brought, and what was answered to which
//! question for which key. It refers to loads weakly: what belongs to one that is gone is forgotten.
//!
//! Three memories in two tables. Rows, by primary key. Answers, by question and key: the complete set of edges, empty
//! for a key that leads nowhere.

use super::answer::Asked;
use crate::graph::ResultGraph;
use crate::keys::{self, KeyRef};
use crate::store::{AnswerNo, Id, KeyNo, Known, LoadNo, Slot, Table, Tables, hash_key};
use eagerly_planner::ids::EntityId;
use eagerly_planner::value::ValueRef;
use hashbrown::HashTable;
use std::sync::{Arc, Weak};

/// The memory of a session. A run looks at it as it was when the run began.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// By entity.
    rows: Vec<HashTable<Row>>,
    questions: HashTable<Question>,
    /// By number; those of loads that are gone are given away again.
    loads: Vec<Load>,
    free: Vec<LoadNo>,
    /// Entries after the last cleaning.
    clean: usize,
}

/// A load that is remembered.
#[derive(Clone, Debug, Default)]
struct Load {
    graph: Weak<ResultGraph>,
    /// Its rows, which later loads can keep alive beyond it.
    tables: Weak<Tables>,
}

/// Where a row is stored.
#[derive(Clone, Copy, Debug)]
struct Row {
    hash: u64,
    load: LoadNo,
    slot: Slot,
}

/// A question, and the keys that it was answered for.
#[derive(Clone, Debug)]
struct Question {
    hash: u64,
    asked: Asked,
    answered: HashTable<Answered>,
}

/// Where a key's answer is.
#[derive(Clone, Copy, Debug)]
struct Answered {
    hash: u64,
    load: LoadNo,
    answer: AnswerNo,
    key: KeyNo,
}

/// Entries below which cleaning is not worth it.
const FEW: usize = 1 << 10;

impl Memory {
    /// Where the row of an entity is stored whose primary key has that hash.
    pub(crate) fn row(
        &self,
        entity: EntityId,
        hash: u64,
        same: impl Fn(&Table, Slot) -> bool,
    ) -> Option<(Arc<Tables>, Slot)> {
        let mut found = None;
        self.rows.get(entity.index())?.find(hash, |row| {
            let tables = self.loads[row.load.index()].tables.upgrade().filter(|_| row.hash == hash);
            found = tables.filter(|tables| same(&tables[entity.index()], row.slot)).map(|tables| (tables, row.slot));
            found.is_some()
        });
        found
    }

    /// Where the row with a primary key is stored, whose columns are in their order.
    pub(crate) fn row_of<'k, K>(&self, entity: EntityId, key: impl Fn() -> K) -> Option<(Arc<Tables>, Slot)>
    where
        K: Iterator<Item = ValueRef<'k>>,
    {
        self.row(entity, hash_key(key()), |table, slot| table.has_key(slot, key()))
    }

    /// Where a row is stored now: what was remembered of it may have been replaced.
    pub(crate) fn newest(&self, entity: EntityId, tables: &Arc<Tables>, slot: Slot) -> (Arc<Tables>, Slot) {
        let table = &tables[entity.index()];
        let known = table.identity(slot);
        let known = known.and_then(|hash| self.row(entity, hash, |other, at| other.same_identity(at, table, slot)));
        known.unwrap_or_else(|| (tables.clone(), slot))
    }

    /// The question, if it was ever asked.
    pub(crate) fn asked(&self, hash: u64, asked: &Asked) -> Option<Answers<'_>> {
        let question = self.questions.find(hash, |question| question.hash == hash && question.asked == *asked)?;
        Some(Answers { memory: self, question })
    }

    /// Remembers a load that is complete: which rows of each entity there are, and its answers with their
    /// questions. What is known already of a row or a key is replaced.
    pub(crate) fn keep(&mut self, graph: &Arc<ResultGraph>, rows: &[Known], questions: Vec<(u64, Asked)>) {
        let load = Load { graph: Arc::downgrade(graph), tables: Arc::downgrade(graph.tables()) };
        let number = match self.free.pop() {
            Some(number) => {
                self.loads[number.index()] = load;
                number
            }
            None => {
                self.loads.push(load);
                LoadNo::new(self.loads.len() - 1)
            }
        };
        if self.rows.len() < rows.len() {
            self.rows.resize_with(rows.len(), HashTable::new);
        }
        for (index, rows) in rows.iter().enumerate() {
            self.keep_rows(EntityId::new(index), number, graph, rows);
        }
        for (index, (hash, asked)) in questions.into_iter().enumerate() {
            self.keep_answer((hash, asked), (number, AnswerNo::new(index)), graph);
        }
        self.clean();
    }

    fn keep_rows(&mut self, entity: EntityId, load: LoadNo, graph: &ResultGraph, rows: &Known) {
        let table = &graph.tables()[entity.index()];
        let own = rows.iter().filter(|slot| graph.borrowed(entity).and_then(|b| b.stored(*slot)).is_none());
        for slot in own {
            let Some(hash) = table.identity(slot) else { continue };
            let same = |row: &Row| {
                let tables = self.loads[row.load.index()].tables.upgrade();
                row.hash == hash && tables.is_some_and(|t| table.same_identity(slot, &t[entity.index()], row.slot))
            };
            let row = Row { hash, load, slot };
            let known = self.rows[entity.index()].find_entry(hash, same).map(|mut known| *known.get_mut() = row);
            if known.is_err() {
                self.rows[entity.index()].insert_unique(hash, row, |row| row.hash);
            }
        }
    }

    fn keep_answer(&mut self, (hash, asked): (u64, Asked), (load, answer): (LoadNo, AnswerNo), graph: &ResultGraph) {
        let Some(given) = graph.answer(answer) else { return };
        let Self { questions, loads, .. } = self;
        let found = questions.entry(hash, |q| q.hash == hash && q.asked == asked, |question| question.hash);
        let mut found = found.or_insert_with(|| Question { hash, asked, answered: HashTable::new() });
        let answered = &mut found.get_mut().answered;
        for key in (0..given.keys()).map(KeyNo::new) {
            let hash = given.hash(key);
            let entry = Answered { hash, load, answer, key };
            let known = answered.find_entry(hash, |known| {
                let other = loads[known.load.index()].graph.upgrade().filter(|_| known.hash == hash);
                let Some((other, answer)) = other.as_ref().and_then(|other| Some((other, other.answer(known.answer)?)))
                else {
                    return false;
                };
                // One with tables joined to it that this one lacks is kept beside it.
                let batches = (other.plan().batch(answer.batch), graph.plan().batch(given.batch));
                given.same_key(key, answer, known.key) && batches.0.parts_in(batches.1).iter().all(Option::is_some)
            });
            if known.map(|mut known| *known.get_mut() = entry).is_err() {
                answered.insert_unique(hash, entry, |entry| entry.hash);
            }
        }
    }

    /// Forgets the rows of entities, and every answer: it may lead to rows that are gone, or leave out rows that came.
    pub(crate) fn forget(&mut self, entities: impl Iterator<Item = EntityId>) {
        for entity in entities {
            if let Some(rows) = self.rows.get_mut(entity.index()) {
                rows.clear();
            }
        }
        self.questions.clear();
    }

    /// How many rows are stored, whoever keeps them alive.
    pub(crate) fn stored(&self) -> usize {
        let alive = self.loads.iter().filter_map(|load| load.tables.upgrade());
        alive.map(|tables| tables.iter().map(Table::rows).sum::<usize>()).sum()
    }

    /// How many entries there are: rows, and keys of questions.
    pub(crate) fn entries(&self) -> usize {
        let answered = self.questions.iter().map(|question| question.answered.len());
        self.rows.iter().map(HashTable::len).sum::<usize>() + answered.sum::<usize>()
    }

    /// Forgets what belongs to loads that are gone, once that may be half of it: the cost is that of what was added.
    fn clean(&mut self) {
        if self.entries() + self.loads.len() < 2 * self.clean + FEW {
            return;
        }
        let Self { rows, questions, loads, free, clean: _ } = self;
        let alive: Vec<(bool, bool)> =
            loads.iter().map(|l| (l.tables.strong_count() > 0, l.graph.strong_count() > 0)).collect();
        for rows in rows {
            rows.retain(|row| alive[row.load.index()].0);
        }
        questions.retain(|question| {
            question.answered.retain(|answered| alive[answered.load.index()].1);
            !question.answered.is_empty()
        });
        *free = (0..loads.len()).filter(|load| alive[*load] == (false, false)).map(LoadNo::new).collect();
        self.clean = self.entries() + self.loads.len() - self.free.len();
    }
}

/// The answers to one question.
#[derive(Clone, Copy)]
pub(crate) struct Answers<'m> {
    memory: &'m Memory,
    question: &'m Question,
}

impl Answers<'_> {
    /// The load that holds an answer for a key, the answer's number in it, and the key's in the answer. Several can
    /// differ in what is joined to their rows: the first that fits.
    pub(crate) fn find(
        &self,
        key: &KeyRef<'_>,
        exact: bool,
        fits: impl Fn(&ResultGraph, AnswerNo, KeyNo) -> bool,
    ) -> Option<(Arc<ResultGraph>, AnswerNo, KeyNo)> {
        let hash = keys::hash(key.iter().copied(), exact);
        let mut found = None;
        self.question.answered.find(hash, |known| {
            let graph = self.memory.loads[known.load.index()].graph.upgrade().filter(|_| known.hash == hash);
            let is_key =
                |graph: &ResultGraph| graph.answer(known.answer).is_some_and(|answer| answer.is_key(known.key, key));
            found = graph
                .filter(|graph| is_key(graph) && fits(graph, known.answer, known.key))
                .map(|graph| (graph, known.answer, known.key));
            found.is_some()
        });
        found
    }
}
