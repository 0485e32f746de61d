//! Conditions that are equal as a whole, values included, bind their values once: two relationships that ask for the
//! same rows then bind the same, and can share a statement.
//!
//! ```text
//! post { comments(where: {id: {gt: 7}})  best: comments(where: {id: {gt: 7}}) }        one value
//! post { comments(where: {id: {gt: 7}})  best: comments(where: {id: {gt: 8}}) }        two values
//! ```
//!
//! Which conditions repeat is part of the shape, so that a plan serves only specifications where the same ones do. The
//! root's condition takes no part: its statement is never shared.

use super::shape::{BindValue, Same, each_compared, hash_filter, same_filter};
use super::{Field, Filter, LoadSpec};
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::Hasher;

/// A condition that repeats an earlier one: the positions of both among all conditions, depth first.
pub(crate) type Repeat = (u32, u32);

/// The conditions that repeat earlier ones, in the order in which they are met.
pub(crate) type Repeats = SmallVec<[Repeat; IN_PLACE]>;

/// So many conditions of relationships, and so many that repeat others, are looked through without allocations.
const IN_PLACE: usize = 16;

/// A condition that was met: its hash, and its position.
type Found<'a> = (u64, &'a Filter, u32);

/// The conditions of relationships that were met: the first of them in a row, since there are seldom more; then by hash.
#[derive(Default)]
struct Met<'a> {
    first: SmallVec<[Found<'a>; IN_PLACE]>,
    others: FxHashMap<u64, SmallVec<[Found<'a>; 1]>>,
}

impl<'a> Met<'a> {
    /// The position of an equal condition that was met before; else this one is remembered.
    fn first(&mut self, filter: &'a Filter, position: u32) -> Option<u32> {
        let mut hasher = FxHasher::default();
        hash_filter(filter, Same::Whole, &mut hasher);
        let hash = hasher.finish();
        let is_equal =
            |(other_hash, other, _): &&Found<'_>| *other_hash == hash && same_filter(other, filter, Same::Whole);
        if let Some((.., first)) = self.first.iter().find(is_equal) {
            return Some(*first);
        }
        if self.first.len() < IN_PLACE {
            self.first.push((hash, filter, position));
            return None;
        }
        let alike = self.others.entry(hash).or_default();
        let first = alike.iter().find(is_equal).map(|(.., first)| *first);
        if first.is_none() {
            alike.push((hash, filter, position));
        }
        first
    }
}

/// Visits every condition, depth first, with the position of an equal one before it.
fn each_filter<'a>(spec: &'a LoadSpec, mut visit: impl FnMut(u32, &'a Filter, Option<u32>)) {
    let (mut met, mut position) = (Met::default(), 0);
    // Specifications are walked only as deep as they may be: see `LoadSpec::is_shallow`.
    fields(&spec.root, &mut |field, is_root| {
        if let Some(filter) = &field.arguments.filter {
            let first = if is_root { None } else { met.first(filter, position) };
            visit(position, filter, first);
            position += 1;
        }
    });
}

fn fields<'a>(root: &'a Field, visit: &mut impl FnMut(&'a Field, bool)) {
    fn below<'a>(field: &'a Field, visit: &mut impl FnMut(&'a Field, bool)) {
        for field in field.fields.iter().flatten() {
            visit(field, false);
            below(field, visit);
        }
    }
    visit(root, true);
    below(root, visit);
}

impl LoadSpec {
    /// Every value of the specification, numbered as the plan's binds are. Conditions on relationships that are equal as
    /// a whole bind the same.
    #[must_use]
    pub fn values(&self) -> Vec<BindValue> {
        let mut values = Vec::new();
        each_filter(self, |_, filter, first| {
            if first.is_none() {
                each_compared(filter, &mut |compared| values.push(compared.to_bind()));
            }
        });
        values
    }

    /// The number of the first value of each condition, depth first.
    pub(crate) fn numbering(&self) -> Vec<usize> {
        let (mut values, mut numbers) = (0, Vec::new());
        each_filter(self, |_, filter, first| match first {
            Some(first) => numbers.push(numbers[first as usize]),
            None => {
                numbers.push(values);
                each_compared(filter, &mut |_| values += 1);
            }
        });
        numbers
    }

    /// The conditions that repeat others.
    pub(crate) fn repeats(&self) -> Repeats {
        let mut repeats = Repeats::new();
        each_filter(self, |position, _, first| repeats.extend(first.map(|first| (position, first))));
        repeats
    }
}
