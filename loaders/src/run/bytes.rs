//! How many bytes the cells of a run have, where the caller bounds them.
//!
//! A text and a value of bytes has its own, a number 8, a boolean 1, NULL none. All cells that a statement returns count,
//! those of rows that are stored already too: they were read. A row counts before anything of it is stored.

use super::Run;
use crate::cells::Cells;
use eagerly_planner::error::{Error, ErrorKind, code};
use eagerly_planner::value::ValueRef;

impl Run {
    /// Ends the run with an error of kind `Limit` (`E0501`) when the cells that are read have more bytes than this. A text
    /// and a value of bytes has its own, a number 8, a boolean 1, NULL none. A row is counted before it is stored, so that
    /// this bounds the memory that rows take; what the driver and the database hold of a row is theirs.
    ///
    /// ```
    /// # use eagerly_planner::{Plan, error::Result};
    /// # fn bounded(plan: &Plan) -> eagerly_loaders::Run {
    /// eagerly_loaders::Run::new(plan).max_rows(100_000).max_bytes(64 << 20)
    /// # }
    /// ```
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.bytes = Bytes::at_most(bytes);
        self
    }
}

/// Bytes read so far, and the most that may be.
#[derive(Debug)]
pub(super) struct Bytes {
    read: u64,
    most: u64,
}

impl Bytes {
    /// Without a bound nothing is counted.
    pub(super) const UNBOUNDED: Self = Self { read: 0, most: u64::MAX };

    pub(super) const fn at_most(most: u64) -> Self {
        Self { read: 0, most }
    }

    #[inline]
    pub(super) const fn is_bounded(&self) -> bool {
        self.most != u64::MAX
    }

    pub(super) const fn read(&self) -> u64 {
        self.read
    }

    /// Counts a row; whether it is within the bound. What cannot be read is told when it is stored.
    pub(super) fn take<C: Cells + ?Sized>(&mut self, width: usize, cells: &C) -> bool {
        let of = |position| cells.cell(position).map_or(0, |value| size(&value));
        self.read = (0..width).map(of).fold(self.read, u64::saturating_add);
        self.read <= self.most
    }

    #[cold]
    pub(super) fn exceeded(&self) -> Error {
        Error::new(ErrorKind::Limit, code::LIMIT, format!("more than {} bytes were read", self.most))
            .help("limit the specification, list fewer columns, or allow more bytes")
    }
}

fn size(value: &ValueRef<'_>) -> u64 {
    match value {
        ValueRef::Null => 0,
        ValueRef::Boolean(_) => 1,
        ValueRef::Text(text) => text.len() as u64,
        ValueRef::Bytes(bytes) => bytes.len() as u64,
        _ => 8,
    }
}
