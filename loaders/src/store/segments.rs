//! A list that grows by segments: only the last one ever moves, and a fourth of a long list is empty at most. A vector
//! that doubles holds up to three times its elements while it grows.

/// Elements of a full segment, as a power of two.
const SHIFT: u32 = 12;
const SEGMENT: usize = 1 << SHIFT;
const MASK: usize = SEGMENT - 1;

/// Elements to begin with, where nobody knows how many will come.
const FEW: usize = 16;

/// Elements to begin with at most.
const MANY: usize = 1 << 10;

/// A list of small values.
#[derive(Clone, Debug)]
pub(crate) struct Segments<T> {
    /// All full but the last.
    segments: Vec<Vec<T>>,
    length: usize,
}

impl<T> Default for Segments<T> {
    fn default() -> Self {
        Self { segments: Vec::new(), length: 0 }
    }
}

impl<T: Copy + Default> Segments<T> {
    /// Room for so many elements, as far as is known, and no more than take little memory if they do not come.
    pub(crate) fn expecting(elements: u32) -> Self {
        let room = (elements as usize).min(MANY);
        if room <= FEW {
            return Self::default();
        }
        Self { segments: vec![Vec::with_capacity(room)], length: 0 }
    }

    /// Gives back what was reserved for elements that did not come.
    pub(crate) fn give_back(&mut self) {
        if let [only] = &mut self.segments[..]
            && only.capacity() > 2 * only.len().max(FEW)
        {
            only.shrink_to_fit();
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<T> {
        self.segments.get(index >> SHIFT)?.get(index & MASK).copied()
    }

    #[inline]
    pub(crate) fn push(&mut self, value: T) {
        match self.segments.last_mut() {
            Some(last) if last.len() < last.capacity().min(SEGMENT) => last.push(value),
            _ => self.push_slow(value),
        }
        self.length += 1;
    }

    #[cold]
    fn push_slow(&mut self, value: T) {
        // The first segment doubles, the next ones come in halves, the others whole: a fourth of the list is empty at most.
        let room = match self.length / SEGMENT {
            0 => self.length.max(FEW),
            1..4 => SEGMENT / 2,
            _ => SEGMENT,
        };
        match self.segments.last_mut() {
            Some(last) if last.len() < SEGMENT => {
                last.reserve_exact(room.min(SEGMENT - last.len()));
                last.push(value);
            }
            _ => {
                let mut segment = Vec::with_capacity(room.min(SEGMENT));
                segment.push(value);
                self.segments.push(segment);
            }
        }
    }

    /// Replaces an element that is there.
    #[inline]
    pub(crate) fn set(&mut self, index: usize, value: T) {
        if let Some(place) = self.segments.get_mut(index >> SHIFT).and_then(|segment| segment.get_mut(index & MASK)) {
            *place = value;
        }
    }

    /// Adds elements that are nothing yet, up to so many in all.
    pub(crate) fn resize(&mut self, elements: usize) {
        while self.length < elements {
            self.push(T::default());
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = T> {
        self.segments.iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out_over_segments() {
        let mut list = Segments::default();
        (0..2 * SEGMENT as u32 + 3).for_each(|i| list.push(i));
        list.set(SEGMENT, 7);
        list.resize(2 * SEGMENT + 5);
        assert_eq!(list.len(), 2 * SEGMENT + 5);
        assert_eq!(
            [0, SEGMENT - 1, SEGMENT, 2 * SEGMENT + 2].map(|i| list.get(i)),
            [Some(0), Some(SEGMENT as u32 - 1), Some(7), Some(2 * SEGMENT as u32 + 2)]
        );
        assert_eq!([2 * SEGMENT + 4, 2 * SEGMENT + 5].map(|i| list.get(i)), [Some(0), None]);
        assert_eq!(list.iter().count(), list.len());
    }

    #[test]
    fn what_is_expected_has_room_and_what_does_not_come_takes_little() {
        let room = |expected| Segments::<u64>::expecting(expected).segments.iter().map(Vec::capacity).sum::<usize>();
        assert_eq!([0, FEW as u32, 100, u32::MAX].map(room), [0, 0, 100, MANY]);
        for expected in [0, 1, 100, 5_000, u32::MAX] {
            let mut list = Segments::expecting(expected);
            (0..9_000).for_each(|i| list.push(i));
            assert!(list.iter().eq(0..9_000), "{expected}");
        }
        let mut list = Segments::expecting(u32::MAX);
        list.push(7);
        list.give_back();
        assert_eq!((list.get(0), list.segments[0].capacity()), (Some(7), 1));
    }
}
