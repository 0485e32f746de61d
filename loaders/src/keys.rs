//! The key set of a batch: distinct keys without NULL, numbered in the order in which the parents bring them.

use crate::store::{NONE, hash_value};
use eagerly_planner::value::{Value, ValueRef};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::Hasher;

/// A key while it is looked up.
pub(crate) type KeyRef<'a> = SmallVec<[ValueRef<'a>; 2]>;

/// Distinct keys.
#[derive(Debug, Default)]
pub(crate) struct KeySet {
    width: usize,
    /// Keys one behind the other, `width` values each.
    values: Vec<Value>,
    table: HashTable<u32>,
    /// Whether numbers of different classes are different keys: yes where the database compares (it may convert 1 and
    /// 1.0 to different texts), no where we do.
    exact: bool,
}

impl KeySet {
    pub(crate) fn new(width: usize, exact: bool) -> Self {
        Self { width, values: Vec::new(), table: HashTable::new(), exact }
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    pub(crate) fn key(&self, index: usize) -> &[Value] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    /// How many values a key has; 0 where there are no keys at all.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether numbers of different classes are different keys.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// The same keys, numbered anew: those wanted come first. The new number of each, and how many are wanted.
    pub(crate) fn partition(&self, wanted: impl Fn(usize) -> bool) -> (Self, Vec<u32>, usize) {
        let (first, last): (Vec<usize>, Vec<usize>) = (0..self.len()).partition(|key| wanted(*key));
        let mut keys = Self::new(self.width, self.exact);
        let mut numbers = vec![0; self.len()];
        for key in first.iter().chain(&last) {
            numbers[*key] = keys.insert(&self.key(*key).iter().map(Value::as_ref).collect());
        }
        (keys, numbers, first.len())
    }

    /// The number of the key, added if it is new; [`NONE`] if any part is NULL.
    pub(crate) fn insert(&mut self, key: &KeyRef<'_>) -> u32 {
        if key.iter().any(|part| part.is_null()) {
            return NONE;
        }
        if let Some(index) = self.find(key) {
            return index;
        }
        let index = self.len() as u32;
        self.values.extend(key.iter().map(|part| part.to_value()));
        let Self { width, values, table, exact } = self;
        table.insert_unique(hash(key.iter().copied(), *exact), index, |index| {
            let start = *index as usize * *width;
            hash(values[start..start + *width].iter().map(Value::as_ref), *exact)
        });
        index
    }

    /// The keys whose numbers are wanted, and those numbers. They are numbered anew, and cannot be found.
    pub(crate) fn subset(&self, wanted: impl Fn(usize) -> bool) -> Subset {
        let numbers: Vec<usize> = (0..self.len()).filter(|key| wanted(*key)).collect();
        let values = numbers.iter().flat_map(|key| self.key(*key).iter().cloned()).collect();
        Subset { keys: Self { width: self.width, values, table: HashTable::new(), exact: self.exact }, numbers }
    }

    /// The first part of a key whose class is none that this part of the known keys has.
    pub(crate) fn other_class(&self, key: &KeyRef<'_>) -> Option<usize> {
        let known = |part: usize, class: Class| (0..self.len()).any(|i| Class::of(self.key(i)[part].as_ref()) == class);
        key.iter().enumerate().position(|(part, value)| !known(part, Class::of(*value)))
    }

    /// The number of the key.
    pub(crate) fn find(&self, key: &KeyRef<'_>) -> Option<u32> {
        let hash = hash(key.iter().copied(), self.exact);
        let same = |index: &u32| {
            let known = self.key(*index as usize).iter().map(Value::as_ref);
            same(known, key.iter().copied(), self.exact)
        };
        self.table.find(hash, same).copied()
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
    pub(crate) numbers: Vec<usize>,
}

pub(crate) fn hash<'a>(key: impl Iterator<Item = ValueRef<'a>>, exact: bool) -> u64 {
    let mut hasher = FxHasher::default();
    key.for_each(|part| hash_value(normal(part, exact), &mut hasher));
    hasher.finish()
}

/// Whether two keys of one width are the same.
pub(crate) fn same<'a, 'b>(
    key: impl Iterator<Item = ValueRef<'a>>,
    other: impl Iterator<Item = ValueRef<'b>>,
    exact: bool,
) -> bool {
    key.zip(other).all(|(a, b)| normal(a, exact) == normal(b, exact))
}

/// The form in which equal numbers are equal values: SQLite compares 1 and 1.0 as numbers where no affinity applies.
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
    use smallvec::smallvec;

    #[test]
    fn keys_are_distinct_and_never_null() {
        let mut keys = KeySet::new(2, false);
        assert_eq!(keys.insert(&smallvec![ValueRef::Integer(1), ValueRef::Text("a")]), 0);
        assert_eq!(keys.insert(&smallvec![ValueRef::Integer(1), ValueRef::Null]), NONE);
        assert_eq!(keys.insert(&smallvec![ValueRef::Integer(1), ValueRef::Text("A")]), 1);
        assert_eq!(keys.insert(&smallvec![ValueRef::Float(1.0), ValueRef::Text("a")]), 0);
        assert_eq!(keys.len(), 2);
        assert_eq!(keys.find(&smallvec![ValueRef::Integer(2), ValueRef::Text("a")]), None);
    }

    #[test]
    fn where_the_database_compares_classes_stay_apart() {
        let mut keys = KeySet::new(1, true);
        assert_eq!(keys.insert(&smallvec![ValueRef::Integer(1)]), 0);
        assert_eq!(keys.insert(&smallvec![ValueRef::Float(1.0)]), 1);
        assert_eq!(keys.insert(&smallvec![ValueRef::Text("1")]), 2);
    }

    #[test]
    fn large_floats_are_not_integers() {
        let mut keys = KeySet::new(1, false);
        assert_eq!(keys.insert(&smallvec![ValueRef::Integer(i64::MAX)]), 0);
        assert_eq!(keys.insert(&smallvec![ValueRef::Float(9_223_372_036_854_775_808.0)]), 1);
        assert_eq!(keys.insert(&smallvec![ValueRef::Float(f64::INFINITY)]), 2);
    }
}
