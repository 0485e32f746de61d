//! Lists of numbers that often are 0, 1, 2, …: the numbers of rows that are stored in the order in which they come, the
//! keys of parents that each have their own. Those take no memory.

/// A list of numbers.
#[derive(Clone, Debug)]
pub(crate) enum Numbers {
    /// 0, 1, 2, …: so many.
    Counted(u32),
    Listed(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Counted(0)
    }
}

impl Numbers {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Counted(count) => *count as usize,
            Self::Listed(numbers) => numbers.len(),
        }
    }

    /// The number at a place.
    #[inline]
    pub(crate) fn get(&self, place: u32) -> Option<u32> {
        match self {
            Self::Counted(count) => (place < *count).then_some(place),
            Self::Listed(numbers) => numbers.get(place as usize).copied(),
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, number: u32) {
        self.push_of(number, 0);
    }

    /// Adds a number to a list that will have so many, as far as is known.
    #[inline]
    fn push_of(&mut self, number: u32, all: usize) {
        match self {
            Self::Counted(count) if *count == number => *count += 1,
            Self::Counted(count) => {
                let mut numbers: Vec<u32> = Vec::with_capacity(all.max(*count as usize + 1));
                numbers.extend(0..*count);
                numbers.push(number);
                *self = Self::Listed(numbers);
            }
            Self::Listed(numbers) => numbers.push(number),
        }
    }

    /// A list of so many numbers, up to the first that cannot be had.
    pub(crate) fn try_from_all<E>(count: usize, mut all: impl Iterator<Item = Result<u32, E>>) -> Result<Self, E> {
        let mut numbers = Self::default();
        all.try_for_each(|number| number.map(|number| numbers.push_of(number, count)))?;
        Ok(numbers)
    }

    /// Whether each number is its place.
    pub(crate) fn are_counted(&self) -> bool {
        matches!(self, Self::Counted(_))
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = u32> + Clone {
        NumbersIter { numbers: self, next: 0 }
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Self {
        let mut numbers = Self::default();
        let all = all.into_iter();
        let count = all.size_hint().0;
        all.for_each(|number| numbers.push_of(number, count));
        numbers
    }
}

#[derive(Clone)]
struct NumbersIter<'s> {
    numbers: &'s Numbers,
    next: u32,
}

impl Iterator for NumbersIter<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let number = self.numbers.get(self.next)?;
        self.next += 1;
        Some(number)
    }

    fn nth(&mut self, places: usize) -> Option<u32> {
        // A level of a recursion skips all levels above it.
        self.next = self.next.saturating_add(u32::try_from(places).unwrap_or(u32::MAX)).min(self.numbers.len() as u32);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.numbers.len() - self.next as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for NumbersIter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_as_they_went_in() {
        for all in [vec![], vec![0, 1, 2], vec![3, 0], vec![0, 1, 0, 2], vec![0, 2, 1]] {
            let numbers: Numbers = all.iter().copied().collect();
            assert_eq!(numbers.iter().collect::<Vec<_>>(), all);
            assert_eq!(numbers.len(), all.len());
            assert_eq!(numbers.get(all.len() as u32), None);
            assert_eq!(numbers.iter().skip(1).collect::<Vec<_>>(), all.get(1..).unwrap_or_default());
            assert_eq!(numbers.iter().skip(9).len(), 0);
        }
    }
}
