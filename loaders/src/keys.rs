//! The key set of a batch: distinct keys without NULL, numbered in the order in which the parents bring them.

use crate::store::{Arenas, Column, Id, Index, Integers, KeyNo, Opt, Raw, StoreError, hash_value, same_value};
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::Hasher;

/// A key while it is looked up.
pub(crate) type KeyRef<'a> = SmallVec<[ValueRef<'a>; 2]>;

/// Distinct keys, one column for each part.
#[derive(Debug, Default)]
pub(crate) struct KeySet {
    width: usize,
    count: u32,
    /// Empty as long as the keys are consecutive integers in their order: the index knows them.
    columns: SmallVec<[Column; 1]>,
    arenas: Arenas,
    index: Index<KeyNo>,
    /// Whether integers and floats are different keys: yes where the database compares (it may convert 1 and 1.0 to
    /// different texts), no where we do. A boolean is the integer 0 or 1 in both.
    exact: bool,
}

impl KeySet {
    pub(crate) fn new(width: usize, exact: bool) -> Self {
        Self { width, exact, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    /// A part of a key.
    #[inline]
    pub(crate) fn part(&self, key: KeyNo, part: usize) -> ValueRef<'_> {
        match (self.columns.get(part), &self.index) {
            (Some(column), _) => column.get(key.to_u32(), &self.arenas),
            (None, Index::Integers(integers)) => integers
                .run()
                .map_or(ValueRef::Null, |first| ValueRef::Integer(first.wrapping_add(key.to_u32().into()))),
            (None, Index::Hashed(_)) => ValueRef::Null,
        }
    }

    /// A key.
    pub(crate) fn key(&self, key: KeyNo) -> impl ExactSizeIterator<Item = ValueRef<'_>> + Clone {
        (0..self.width).map(move |part| self.part(key, part))
    }

    /// The numbers of all keys.
    pub(crate) fn numbers(&self) -> impl ExactSizeIterator<Item = KeyNo> + use<> {
        (0..self.count).map(KeyNo::from_u32)
    }

    /// Whether every key is one integer.
    pub(crate) fn are_integers(&self) -> bool {
        matches!(self.index, Index::Integers(_)) && self.columns.iter().all(Column::has_integers_alone)
    }

    /// How many values a key has; 0 where there are no keys at all.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether numbers of different classes are different keys.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// The same keys with those wanted first, and the new number of each.
    pub(crate) fn partition(&self, wanted: impl Fn(KeyNo) -> bool) -> Result<(Self, Vec<Opt<KeyNo>>), StoreError> {
        let (first, last): (Vec<KeyNo>, Vec<KeyNo>) = self.numbers().partition(|key| wanted(*key));
        let mut keys = Self::new(self.width, self.exact);
        let mut numbers = vec![Opt::none(); self.len()];
        for key in first.iter().chain(&last) {
            numbers[key.index()] = keys.insert(&self.key(*key).collect::<KeyRef<'_>>())?;
        }
        Ok((keys, numbers))
    }

    /// The number of the key, added if it is new; none if any part is NULL.
    ///
    /// # Errors
    /// More keys, or bytes of keys, than can be counted.
    #[inline]
    pub(crate) fn insert(&mut self, key: &[ValueRef<'_>]) -> Result<Opt<KeyNo>, StoreError> {
        match key {
            [ValueRef::Integer(key)] => self.insert_one(*key),
            _ => self.insert_any(key),
        }
    }

    /// The number of a key that is one integer, added if it is new.
    ///
    /// # Errors
    /// As [`Self::insert`].
    #[inline]
    pub(crate) fn insert_one(&mut self, key: i64) -> Result<Opt<KeyNo>, StoreError> {
        match &self.index {
            Index::Integers(integers) => match integers.get(key) {
                Some(number) => Ok(Opt::some(number)),
                None => self.insert_integer(key),
            },
            Index::Hashed(_) => self.insert_any(&[ValueRef::Integer(key)]),
        }
    }

    /// Takes consecutive integers as the first keys; whether there were none before.
    pub(crate) fn become_run(&mut self, first: i64, count: usize) -> bool {
        if self.count == 0 && self.width == 1 {
            self.index = Index::Integers(Integers::of_run(first, count as u32));
            self.count = count as u32;
            return true;
        }
        false
    }

    fn insert_integer(&mut self, key: i64) -> Result<Opt<KeyNo>, StoreError> {
        let Index::Integers(integers) = &mut self.index else { return self.insert_any(&[ValueRef::Integer(key)]) };
        let number = KeyNo::from_u32(self.count);
        let first = integers.run();
        integers.insert(key, number);
        if !(self.columns.is_empty() && integers.run().is_some()) {
            self.spell_out(first)?;
            self.columns[0].set_integer(number.to_u32(), key, &mut self.arenas)?;
        }
        self.count += 1;
        Ok(Opt::some(number))
    }

    /// Stores the keys that were a run of integers so far.
    fn spell_out(&mut self, first: Option<i64>) -> Result<(), StoreError> {
        if self.columns.is_empty() {
            self.columns.resize_with(self.width, Column::default);
            if let ([column], Some(first)) = (&mut self.columns[..], first) {
                for number in 0..self.count {
                    let key = ValueRef::Integer(first.wrapping_add(number.into()));
                    column.set(number, key, &mut self.arenas)?;
                }
            }
        }
        Ok(())
    }

    fn insert_any(&mut self, key: &[ValueRef<'_>]) -> Result<Opt<KeyNo>, StoreError> {
        if key.iter().any(|part| part.is_null()) {
            return Ok(Opt::none());
        }
        if let Some(number) = self.find(key) {
            return Ok(Opt::some(number));
        }
        let first = match &self.index {
            Index::Integers(integers) => integers.run(),
            Index::Hashed(_) => None,
        };
        self.spell_out(first)?;
        let number = KeyNo::from_u32(self.count);
        for (column, part) in self.columns.iter_mut().zip(key) {
            column.set(self.count, *part, &mut self.arenas)?;
        }
        let Self { columns, arenas, index, exact, .. } = self;
        let exact = *exact;
        if let (Index::Integers(integers), [part]) = (&mut *index, key)
            && let ValueRef::Integer(key) = normal(*part, exact)
        {
            integers.insert(key, number);
        } else {
            let hash_integer = |key| hash(std::iter::once(ValueRef::Integer(key)), exact);
            let hash_number =
                |number: KeyNo| hash(columns.iter().map(|column| column.get(number.to_u32(), arenas)), exact);
            index.insert_hashed(hash(key.iter().copied(), exact), number, hash_integer, hash_number);
        }
        self.count += 1;
        Ok(Opt::some(number))
    }

    /// A set of the keys that are wanted, and their numbers in this one.
    pub(crate) fn subset(&self, wanted: impl Fn(KeyNo) -> bool) -> Result<Subset, StoreError> {
        let numbers: Vec<KeyNo> = self.numbers().filter(|key| wanted(*key)).collect();
        let mut keys = Self::new(self.width, self.exact);
        for key in &numbers {
            keys.insert(&self.key(*key).collect::<KeyRef<'_>>())?;
        }
        Ok(Subset { keys, numbers })
    }

    /// The first part of a key whose class is none that this part of the known keys has.
    pub(crate) fn other_class(&self, key: &[ValueRef<'_>]) -> Option<usize> {
        let known = |part: usize, class: Class| self.numbers().any(|key| Class::of(self.part(key, part)) == class);
        key.iter().enumerate().position(|(part, value)| !known(part, Class::of(*value)))
    }

    /// The number of the key that is one integer.
    #[inline]
    pub(crate) fn find_integer(&self, key: i64) -> Option<KeyNo> {
        match &self.index {
            Index::Integers(integers) => integers.get(key),
            Index::Hashed(_) => self.find(&[ValueRef::Integer(key)]),
        }
    }

    /// The number of the key.
    #[inline]
    pub(crate) fn find(&self, key: &[ValueRef<'_>]) -> Option<KeyNo> {
        match (&self.index, key) {
            (Index::Integers(integers), [part]) => match normal(*part, self.exact) {
                ValueRef::Integer(key) => integers.get(key),
                _ => None,
            },
            (Index::Integers(_), _) => None,
            (Index::Hashed(table), _) => {
                let hash = hash(key.iter().copied(), self.exact);
                // For every row: written out, since a call of `same` costs as much as the comparison.
                let same = |number: &KeyNo| {
                    let mut parts = self.columns.iter().zip(key);
                    parts.all(|(column, part)| {
                        let known = column.get(number.to_u32(), &self.arenas);
                        same_value(normal(known, self.exact), normal(*part, self.exact))
                    })
                };
                table.find(hash, same).copied()
            }
        }
    }
}

/// What a value is, as far as keys are concerned: all numbers are one class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Text,
    Bytes,
    Null,
}

impl Class {
    fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Boolean(_) | ValueRef::Integer(_) | ValueRef::Unsigned(_) | ValueRef::Float(_) => Self::Number,
            ValueRef::Text(_) => Self::Text,
            ValueRef::Bytes(_) => Self::Bytes,
            _ => Self::Null,
        }
    }
}

/// Some keys of a set.
#[derive(Debug)]
pub(crate) struct Subset {
    pub(crate) keys: KeySet,
    /// Their numbers in the whole set.
    pub(crate) numbers: Vec<KeyNo>,
}

#[inline]
pub(crate) fn hash<'a>(key: impl Iterator<Item = ValueRef<'a>>, exact: bool) -> u64 {
    let mut hasher = FxHasher::default();
    key.for_each(|part| hash_value(normal(part, exact), &mut hasher));
    hasher.finish()
}

/// Whether two keys of one width are the same.
#[inline]
pub(crate) fn same<'a, 'b>(
    key: impl Iterator<Item = ValueRef<'a>>,
    other: impl Iterator<Item = ValueRef<'b>>,
    exact: bool,
) -> bool {
    key.zip(other).all(|(a, b)| same_value(normal(a, exact), normal(b, exact)))
}

/// The form in which equal numbers are equal values: SQLite compares 1 and 1.0 as numbers where no affinity applies.
#[inline]
fn normal(value: ValueRef<'_>, exact: bool) -> ValueRef<'_> {
    match value {
        ValueRef::Float(f) if !exact => {
            // 2^63 is the first float past the integers; below it an integral float converts without loss.
            let whole = f.trunc() == f && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&f);
            if whole { ValueRef::Integer(f as i64) } else { value }
        }
        ValueRef::Boolean(b) => ValueRef::Integer(b.into()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Opt<KeyNo> {
        Opt::some(KeyNo::new(number))
    }

    #[test]
    fn keys_are_distinct_and_never_null() {
        let mut keys = KeySet::new(2, false);
        assert_eq!(keys.insert(&[ValueRef::Integer(1), ValueRef::Text("a")]).unwrap(), key(0));
        assert_eq!(keys.insert(&[ValueRef::Integer(1), ValueRef::Null]).unwrap(), Opt::none());
        assert_eq!(keys.insert(&[ValueRef::Integer(1), ValueRef::Text("A")]).unwrap(), key(1));
        assert_eq!(keys.insert(&[ValueRef::Float(1.0), ValueRef::Text("a")]).unwrap(), key(0));
        assert_eq!(keys.len(), 2);
        assert_eq!(keys.find(&[ValueRef::Integer(2), ValueRef::Text("a")]), None);
    }

    #[test]
    fn an_integer_is_the_same_key_however_it_comes() {
        for first in [ValueRef::Integer(7), ValueRef::Text("a")] {
            let mut keys = KeySet::new(1, false);
            assert_eq!(keys.insert(&[first]).unwrap(), key(0));
            assert_eq!((keys.insert_one(5).unwrap(), keys.insert_one(5).unwrap()), (key(1), key(1)));
            assert_eq!(
                (keys.insert(&[ValueRef::Float(5.0)]).unwrap(), keys.find_integer(5)),
                (key(1), Some(KeyNo::new(1)))
            );
            let known = first == ValueRef::Integer(7);
            assert_eq!((keys.insert_one(7).unwrap(), keys.len()), if known { (key(0), 2) } else { (key(2), 3) });
        }
    }

    #[test]
    fn where_the_database_compares_classes_stay_apart() {
        let mut keys = KeySet::new(1, true);
        assert_eq!(keys.insert(&[ValueRef::Integer(1)]).unwrap(), key(0));
        assert_eq!(keys.insert(&[ValueRef::Float(1.0)]).unwrap(), key(1));
        assert_eq!(keys.insert(&[ValueRef::Text("1")]).unwrap(), key(2));
    }

    #[test]
    fn large_floats_are_not_integers() {
        let mut keys = KeySet::new(1, false);
        assert_eq!(keys.insert(&[ValueRef::Integer(i64::MAX)]).unwrap(), key(0));
        assert_eq!(keys.insert(&[ValueRef::Float(9_223_372_036_854_775_808.0)]).unwrap(), key(1));
        assert_eq!(keys.insert(&[ValueRef::Float(f64::INFINITY)]).unwrap(), key(2));
    }

    #[test]
    fn every_nan_is_one_key() {
        for exact in [false, true] {
            let mut keys = KeySet::new(1, exact);
            assert_eq!(keys.insert(&[ValueRef::Float(f64::NAN)]).unwrap(), key(0));
            assert_eq!(keys.insert(&[ValueRef::Float(-f64::NAN)]).unwrap(), key(0));
            assert_eq!((keys.len(), keys.find(&[ValueRef::Float(f64::NAN)])), (1, Some(KeyNo::new(0))));
        }
    }
}
