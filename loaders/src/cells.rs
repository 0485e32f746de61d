//! What a driver gives: the cells of one row, borrowed from wherever it keeps them.

use eagerly_planner::value::{Value, ValueRef};

/// One row of a statement's result. The run reads cells by position, in any order, and copies only what it stores.
pub trait Cells {
    /// The cell at `position`, from 0, in the order of the statement's columns.
    ///
    /// # Errors
    /// [`CellError`] if the cell has no faithful [`ValueRef`].
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError>;

    /// How many cells the row has, if that costs nothing to say: a row with more cells than the statement has columns is
    /// refused, since it is one of another statement.
    fn count(&self) -> Option<usize> {
        None
    }
}

impl Cells for [ValueRef<'_>] {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        self.get(position).copied().ok_or(CellError::Missing)
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl Cells for [Value] {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        self.get(position).map(Value::as_ref).ok_or(CellError::Missing)
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }
}

/// Why a cell cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellError {
    /// Text that is not UTF-8.
    NotUtf8,
    /// A type the driver does not know, by the database's name for it.
    UnknownType(String),
    /// The row is shorter than the statement's columns.
    Missing,
}
