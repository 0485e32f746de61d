//! The problems of one specification, bounded: a text of 16 MiB can hold millions of mistakes.

use std::borrow::Cow;

use crate::error::{Error, Result, Span};

/// Problems told of one specification.
const MAX_LISTED: usize = 100;

/// Characters of the user's text that a message quotes.
const MAX_QUOTED: usize = 60;

/// Problems in the order found, the first hundred of them.
#[derive(Default)]
pub(crate) struct Problems {
    listed: Vec<Error>,
    more: bool,
}

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, error: Error) {
        if self.is_full() {
            self.more = true;
        } else {
            self.listed.push(error);
        }
    }

    /// Adds what `others` holds.
    pub(crate) fn append(&mut self, others: Self) {
        self.more |= others.more;
        others.listed.into_iter().for_each(|error| self.push(error));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.listed.len()
    }

    /// Those from the number `first` on.
    pub(crate) fn since(&mut self, first: usize) -> impl Iterator<Item = &mut Error> {
        self.listed.iter_mut().skip(first)
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Whether further problems would not be listed.
    pub(crate) fn is_full(&self) -> bool {
        self.listed.len() >= MAX_LISTED
    }

    /// `Err` with all problems in the order of the text, or `Ok(value)` if there are none.
    pub(crate) fn check<T>(self, value: T) -> Result<T> {
        crate::error::Errors::check(self.into_sorted(), value)
    }

    /// All problems in the order of the text.
    pub(crate) fn into_sorted(mut self) -> Vec<Error> {
        let place = |error: &Error| error.at.span.map(|span| (span.start, span.end));
        self.listed.sort_by_key(place);
        if let (true, Some(last)) = (self.more, self.listed.last()) {
            let message = format!("there are more problems than these {}", self.listed.len());
            self.listed.push(Error::input(last.code, message));
        }
        self.listed
    }
}

/// A span of `start..end`.
pub(crate) fn span(start: usize, end: usize) -> Span {
    Span::from(start..end)
}

/// `text` as a message quotes it: one line of it, and not too much.
pub(crate) fn shorten(text: &str) -> Cow<'_, str> {
    let line = text.lines().next().unwrap_or_default();
    let quoted = line.char_indices().nth(MAX_QUOTED).map_or(line, |(cut, _)| line.get(..cut).unwrap_or(line));
    if quoted.len() < text.len() { Cow::Owned(format!("{quoted}…")) } else { Cow::Borrowed(quoted) }
}
