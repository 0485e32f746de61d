//! What was asked and what was answered: a question with its values, and for each key the complete set of edges.

use crate::bind::Values;
use crate::edges::Edges;
use crate::keys::{self, KeyRef, KeySet};
use crate::store::{IdList, KeyNo, Local, ParentNo, Slot, hash_value};
use eagerly_planner::BindValue;
use eagerly_planner::batch::{Batch, Question};
use eagerly_planner::error::Result;
use eagerly_planner::ids::BatchId;
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// A question and its values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    question: Question,
    values: Vec<BindValue>,
}

impl Asked {
    /// What a batch asks, and its hash.
    pub(crate) fn of(batch: &Batch, values: &Values<'_>) -> Result<(u64, Self)> {
        let (question, binds) = batch.question();
        let values = binds.into_iter().map(|bind| values.value(bind).cloned()).collect::<Result<Vec<_>>>()?;
        let mut hasher = FxHasher::default();
        let head = &batch.query.head;
        (head.entity, head.window, head.keys.as_ref().map(|keys| &keys.columns)).hash(&mut hasher);
        hash_values(&values, &mut hasher);
        Ok((hasher.finish(), Self { question, values }))
    }
}

/// Hashes the values of a specification.
pub(crate) fn hash_values(values: &[BindValue], hasher: &mut FxHasher) {
    for value in values {
        match value {
            BindValue::One(value) => hash_value(value.as_ref(), hasher),
            BindValue::Many(values) => values.iter().for_each(|value| hash_value(value.as_ref(), hasher)),
        }
    }
}

/// What one batch of a load has found, by its keys.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The batch.
    pub(crate) batch: BatchId,
    /// The keys; empty for a root, whose rows belong to one key without parts.
    pub(crate) keys: KeySet,
    /// By part.
    pub(crate) parts: Vec<Found>,
}

/// The rows of one part of a batch.
#[derive(Debug)]
pub(crate) struct Found {
    /// Their slots, by number.
    pub(crate) slots: IdList<Local, Slot>,
    pub(crate) edges: Edges<ParentNo>,
}

impl Answer {
    /// What the batch's head has found.
    pub(crate) fn head(&self) -> Option<&Found> {
        self.parts.first()
    }

    /// The number of keys.
    pub(crate) fn keys(&self) -> usize {
        if self.is_root() { 1 } else { self.keys.len() }
    }

    fn is_root(&self) -> bool {
        self.keys.width() == 0
    }

    /// The parts of a key; none of the root's.
    fn key(&self, number: KeyNo) -> impl Iterator<Item = ValueRef<'_>> {
        self.keys.key(number)
    }

    /// The hash of a key, under which it is looked up.
    pub(crate) fn hash(&self, number: KeyNo) -> u64 {
        keys::hash(self.key(number), self.keys.is_exact())
    }

    /// Whether the key of that number is this one.
    pub(crate) fn is_key(&self, number: KeyNo, key: &KeyRef<'_>) -> bool {
        keys::same(self.key(number), key.iter().copied(), self.keys.is_exact())
    }

    /// Whether two answers to one question have the same key under these numbers.
    pub(crate) fn same_key(&self, number: KeyNo, other: &Self, other_number: KeyNo) -> bool {
        keys::same(self.key(number), other.key(other_number), self.keys.is_exact())
    }
}
