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

use super::shape::{BindValue, Same, filter_values, hash_filter, same_filter};
use super::{Field, Filter, LoadSpec};
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::Hasher;

/// A condition that repeats an earlier one: the positions of both among all conditions, depth first.
pub(crate) type Repeat = (u32, u32);

/// The conditions of relationships that were met, by their content.
#[derive(Default)]
struct Met<'a>(FxHashMap<u64, SmallVec<[(&'a Filter, u32); 1]>>);

impl<'a> Met<'a> {
    /// The position of an equal condition that was met before; else this one is remembered.
    fn first(&mut self, filter: &'a Filter, position: u32) -> Option<u32> {
        let mut hasher = FxHasher::default();
        hash_filter(filter, Same::Whole, &mut hasher);
        let alike = self.0.entry(hasher.finish()).or_default();
        let first = alike.iter().find(|(other, _)| same_filter(other, filter, Same::Whole));
        let first = first.map(|(_, position)| *position);
        if first.is_none() {
            alike.push((filter, position));
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
                filter_values(filter, &mut values);
            }
        });
        values
    }

    /// The number of the first value of each condition, depth first.
    pub(crate) fn numbering(&self) -> Vec<usize> {
        let (mut values, mut numbers) = (Vec::new(), Vec::new());
        each_filter(self, |_, filter, first| match first {
            Some(first) => numbers.push(numbers[first as usize]),
            None => {
                numbers.push(values.len());
                filter_values(filter, &mut values);
            }
        });
        numbers
    }

    /// The conditions that repeat others.
    pub(crate) fn repeats(&self) -> SmallVec<[Repeat; 4]> {
        let mut repeats = SmallVec::new();
        each_filter(self, |position, _, first| repeats.extend(first.map(|first| (position, first))));
        repeats
    }
}
