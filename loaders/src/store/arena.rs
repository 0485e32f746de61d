//! The text, or the bytes, of one entity's rows: one behind the other in segments, of which only the first one ever
//! moves.

use std::ops::Range;

/// Bytes of a full segment: the most that [`Span::start`] can say.
const SEGMENT: usize = u16::MAX as usize;

/// Bytes to begin with, where nobody knows how many will come.
const FEW: usize = 512;

/// Bytes to begin with at most.
const MANY: usize = SEGMENT / 4;

/// What is longer has a segment of its own: copying it takes longer than allocating, and at most a quarter of each other
/// segment stays empty.
const LONG: usize = SEGMENT / 4;

/// [`Span::length`] of what has a segment of its own.
const WHOLE: u16 = u16::MAX;

/// What a segment is: a string or a vector of bytes. Text that was checked once need not be checked when it is read.
pub(crate) trait Segment {
    /// What is put in.
    type Unit: ?Sized;

    fn with_capacity(bytes: usize) -> Self;
    fn bytes_of(unit: &Self::Unit) -> usize;
    fn len(&self) -> usize;
    fn capacity(&self) -> usize;
    fn grow(&mut self, bytes: usize);
    fn shrink(&mut self);
    fn add(&mut self, unit: &Self::Unit);
    fn part(&self, range: Range<usize>) -> Option<&Self::Unit>;
}

impl Segment for String {
    type Unit = str;

    fn with_capacity(bytes: usize) -> Self {
        Self::with_capacity(bytes)
    }

    #[inline]
    fn bytes_of(unit: &str) -> usize {
        unit.len()
    }

    #[inline]
    fn len(&self) -> usize {
        self.len()
    }

    #[inline]
    fn capacity(&self) -> usize {
        self.capacity()
    }

    fn grow(&mut self, bytes: usize) {
        self.reserve_exact(bytes);
    }

    fn shrink(&mut self) {
        self.shrink_to_fit();
    }

    #[inline]
    fn add(&mut self, unit: &str) {
        self.push_str(unit);
    }

    #[inline]
    fn part(&self, range: Range<usize>) -> Option<&str> {
        self.get(range)
    }
}

impl Segment for Vec<u8> {
    type Unit = [u8];

    fn with_capacity(bytes: usize) -> Self {
        Self::with_capacity(bytes)
    }

    fn bytes_of(unit: &[u8]) -> usize {
        unit.len()
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn capacity(&self) -> usize {
        self.capacity()
    }

    fn grow(&mut self, bytes: usize) {
        self.reserve_exact(bytes);
    }

    fn shrink(&mut self) {
        self.shrink_to_fit();
    }

    fn add(&mut self, unit: &[u8]) {
        self.extend_from_slice(unit);
    }

    fn part(&self, range: Range<usize>) -> Option<&[u8]> {
        self.get(range)
    }
}

/// Text or bytes.
#[derive(Debug)]
pub(crate) struct Arena<S> {
    segments: Vec<S>,
    /// The segment that is being filled.
    open: u32,
    /// Rows that will come, as far as is known.
    expected: u32,
}

impl<S> Default for Arena<S> {
    fn default() -> Self {
        Self { segments: Vec::new(), open: 0, expected: 0 }
    }
}

/// Where a text or bytes are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    segment: u32,
    start: u16,
    length: u16,
}

impl<S: Segment> Arena<S> {
    /// Has room made for so many rows when the first one comes.
    pub(crate) fn reserve_for(&mut self, rows: u32) {
        self.expected = self.expected.max(rows);
    }

    /// Gives back what was reserved for units that did not come.
    pub(crate) fn give_back(&mut self) {
        if let [only] = &mut self.segments[..]
            && only.capacity() > 2 * only.len().max(FEW)
        {
            only.shrink();
        }
    }

    /// Copies a text or bytes; `None` where no more segments can be counted.
    #[inline]
    pub(crate) fn add(&mut self, unit: &S::Unit) -> Option<Span> {
        let bytes = S::bytes_of(unit);
        if let Some(open) = self.segments.get_mut(self.open as usize)
            && bytes <= LONG
            && open.len() + bytes <= open.capacity().min(SEGMENT)
        {
            let start = open.len() as u16;
            open.add(unit);
            return Some(Span { segment: self.open, start, length: bytes as u16 });
        }
        self.add_slow(unit, bytes)
    }

    #[cold]
    fn add_slow(&mut self, unit: &S::Unit, bytes: usize) -> Option<Span> {
        let next = u32::try_from(self.segments.len()).ok()?;
        if bytes > LONG {
            let mut own = S::with_capacity(bytes);
            own.add(unit);
            self.segments.push(own);
            // The first text of all would be taken for the segment that is being filled.
            self.open += u32::from(self.open == next);
            return Some(Span { segment: next, start: 0, length: WHOLE });
        }
        match self.segments.get_mut(self.open as usize) {
            // The first one grows; the others are full-sized at once: text that moves is text that is copied.
            Some(open) if open.len() + bytes <= SEGMENT => {
                let most = SEGMENT - open.len();
                open.grow((3 * open.capacity()).max(bytes).min(most));
            }
            _ => {
                // As if each row had one, a little longer than the first; no more than takes little memory if they do not come.
                let alike = (bytes + 1).saturating_mul(self.expected as usize).min(MANY);
                let room = if next == 0 { alike.max(bytes).max(FEW) } else { SEGMENT };
                self.open = next;
                self.segments.push(S::with_capacity(room));
            }
        }
        let open = self.segments.get_mut(self.open as usize)?;
        let start = open.len() as u16;
        open.add(unit);
        Some(Span { segment: self.open, start, length: bytes as u16 })
    }

    /// What is at a place.
    #[inline]
    pub(crate) fn get(&self, span: Span) -> Option<&S::Unit> {
        let segment = self.segments.get(span.segment as usize)?;
        let start = usize::from(span.start);
        match span.length {
            WHOLE => segment.part(0..segment.len()),
            length => segment.part(start..start + usize::from(length)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_come_out_whatever_their_length() {
        let lengths =
            [SEGMENT, 0, 1, 200, LONG, LONG + 1, SEGMENT - 1, 3 * SEGMENT, 5, 0, LONG - 1, LONG, LONG, LONG, LONG, 3];
        for first in 0..lengths.len() {
            let (mut text, mut bytes) = (Arena::<String>::default(), Arena::<Vec<u8>>::default());
            let mut all = Vec::new();
            for (at, length) in lengths.iter().cycle().skip(first).take(60).enumerate() {
                let unit = char::from(b'a' + (at % 26) as u8).to_string().repeat(*length);
                let spans = (text.add(&unit).unwrap(), bytes.add(unit.as_bytes()).unwrap());
                all.push((unit, spans));
            }
            for (unit, (span, of_bytes)) in &all {
                assert!(text.get(*span) == Some(unit) && bytes.get(*of_bytes) == Some(unit.as_bytes()));
            }
        }
    }

    #[test]
    fn units_that_are_expected_have_room_and_those_that_do_not_come_take_little() {
        let room = |expected, first: &str| {
            let mut arena = Arena::<String>::default();
            arena.reserve_for(expected);
            arena.add(first).unwrap();
            let room = arena.segments[0].capacity();
            arena.give_back();
            assert!(arena.segments[0].capacity() <= 2 * first.len().max(FEW));
            room
        };
        assert_eq!((room(0, "title"), room(1_000, "title")), (FEW, 6_000));
        assert_eq!((room(u32::MAX, "title"), room(u32::MAX, "")), (MANY, MANY));
        assert_eq!(room(2, &"x".repeat(LONG)), LONG);
    }
}
