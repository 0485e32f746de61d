//! Lists of numbers that often are 0, 1, 2, …: the slots of rows that are stored in the order in which they come, the keys
//! of parents that each have their own. Those take no memory.

use super::ids::{Id, Raw};

/// A list of numbers `T`, by numbers `I`.
#[derive(Clone, Debug)]
pub(crate) enum IdList<I, T> {
    /// Each number is its place, up to `end`, which is not in the list.
    Identity {
        end: I,
    },
    Listed(Vec<T>),
}

impl<I: Id, T> Default for IdList<I, T> {
    fn default() -> Self {
        Self::Identity { end: I::from_u32(0) }
    }
}

impl<I: Id, T: Raw> IdList<I, T> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Identity { end } => end.index(),
            Self::Listed(numbers) => numbers.len(),
        }
    }

    /// The number at a place; `None` behind the last.
    #[inline]
    pub(crate) fn get(&self, place: I) -> Option<T> {
        match self {
            Self::Identity { end } => (place.to_u32() < end.to_u32()).then(|| T::from_u32(place.to_u32())),
            Self::Listed(numbers) => numbers.get(place.index()).copied(),
        }
    }

    /// The number at a place that is known to be in the list.
    #[inline]
    pub(crate) fn at(&self, place: I) -> T {
        match self {
            Self::Identity { .. } => T::from_u32(place.to_u32()),
            Self::Listed(numbers) => numbers[place.index()],
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, number: T) {
        self.push_of(number, 0);
    }

    /// Adds a number to a list that will have `all`, as far as is known.
    #[inline]
    fn push_of(&mut self, number: T, all: usize) {
        match self {
            Self::Identity { end } if end.to_u32() == number.to_u32() => *end = I::from_u32(end.to_u32() + 1),
            Self::Identity { end } => {
                let mut numbers: Vec<T> = Vec::with_capacity(all.max(end.index() + 1));
                numbers.extend((0..end.to_u32()).map(T::from_u32));
                numbers.push(number);
                *self = Self::Listed(numbers);
            }
            Self::Listed(numbers) => numbers.push(number),
        }
    }

    /// A list of `count` numbers, up to the first that cannot be had.
    pub(crate) fn try_from_all<E>(count: usize, mut all: impl Iterator<Item = Result<T, E>>) -> Result<Self, E> {
        let mut numbers = Self::default();
        all.try_for_each(|number| number.map(|number| numbers.push_of(number, count)))?;
        Ok(numbers)
    }

    /// Whether each number is its place.
    pub(crate) fn is_identity(&self) -> bool {
        matches!(self, Self::Identity { .. })
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = T> + Clone {
        IdListIter { numbers: self, next: 0 }
    }
}

impl<I: Id, T: Raw> FromIterator<T> for IdList<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(all: A) -> Self {
        let mut numbers = Self::default();
        let all = all.into_iter();
        let count = all.size_hint().0;
        all.for_each(|number| numbers.push_of(number, count));
        numbers
    }
}

struct IdListIter<'s, I, T> {
    numbers: &'s IdList<I, T>,
    next: u32,
}

impl<I, T> Clone for IdListIter<'_, I, T> {
    fn clone(&self) -> Self {
        Self { numbers: self.numbers, next: self.next }
    }
}

impl<I: Id, T: Raw> Iterator for IdListIter<'_, I, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let number = self.numbers.get(I::from_u32(self.next))?;
        self.next += 1;
        Some(number)
    }

    fn nth(&mut self, places: usize) -> Option<T> {
        // A level of a recursion skips all levels above it.
        self.next = self.next.saturating_add(u32::try_from(places).unwrap_or(u32::MAX)).min(self.numbers.len() as u32);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.numbers.len() - self.next as usize;
        (left, Some(left))
    }
}

impl<I: Id, T: Raw> ExactSizeIterator for IdListIter<'_, I, T> {}

#[cfg(test)]
mod tests {
    use super::super::ids::{Local, Slot};
    use super::*;

    #[test]
    fn numbers_come_out_as_they_went_in() {
        for all in [vec![], vec![0, 1, 2], vec![3, 0], vec![0, 1, 0, 2], vec![0, 2, 1]] {
            let all: Vec<Slot> = all.into_iter().map(Slot::new).collect();
            let numbers: IdList<Local, Slot> = all.iter().copied().collect();
            assert_eq!(numbers.iter().collect::<Vec<_>>(), all);
            assert_eq!(numbers.len(), all.len());
            assert_eq!(numbers.get(Local::new(all.len())), None);
            assert!((0..all.len()).all(|place| numbers.at(Local::new(place)) == all[place]));
            assert_eq!(numbers.iter().skip(1).collect::<Vec<_>>(), all.get(1..).unwrap_or_default());
            assert_eq!(numbers.iter().skip(9).len(), 0);
        }
    }
}
