//! The rows of one statement, taken one after the other: what is the same for all of them is looked up once.

use super::bytes::Bytes;
use super::{FEWER, Run, StatementId};
use crate::cells::Cells;
use crate::keys::KeySet;
use crate::stitch::{BatchRows, Origin};
use crate::store::{EntityStore, Id, StoreError};
use eagerly_planner::batch::{Batch, BatchPlan};
use eagerly_planner::error::{Error, ErrorKind, Errors, Result, code};

/// Takes the rows of one statement that is open ([`Run::rows`]).
#[derive(Debug)]
pub struct RowSink<'r> {
    plan: &'r BatchPlan,
    batch: &'r Batch,
    rows: &'r mut BatchRows,
    keys: &'r mut KeySet,
    stores: &'r mut [EntityStore],
    origin: Origin,
    /// Rows of this statement so far.
    read: &'r mut u64,
    /// Rows of all statements so far, and the most that are taken.
    all: &'r mut u64,
    most: u64,
    bytes: &'r mut Bytes,
    failed: &'r mut bool,
}

impl Run {
    /// What takes the rows of a statement, for drivers that have all of them at once.
    ///
    /// # Errors
    /// A statement that is not open; a run that has failed.
    pub fn rows(&mut self, id: StatementId) -> Result<RowSink<'_>> {
        self.check_failed()?;
        if !self.is_open(id) {
            self.failed = true;
            return Err(self.not_open(id, format_args!("a row for {id:?}, which is not open")));
        }
        let statement = &mut self.statements[id.number.index()];
        let batch = self.plan.batch(statement.batch);
        let run = &mut self.batches[batch.id.index()];
        Ok(RowSink {
            plan: &self.plan,
            batch,
            rows: &mut run.rows,
            keys: &mut run.keys,
            stores: &mut self.stores,
            origin: Origin { statement: id.number, first_key: statement.first_key },
            read: &mut statement.rows,
            all: &mut self.rows,
            most: self.max_rows,
            bytes: &mut self.bytes,
            failed: &mut self.failed,
        })
    }

    /// Takes one row of a statement's result.
    ///
    /// # Errors
    /// Those of [`RowSink::row`]; a statement that is not open.
    pub fn row<C: Cells + ?Sized>(&mut self, id: StatementId, cells: &C) -> Result<()> {
        self.rows(id)?.row(cells)
    }
}

impl RowSink<'_> {
    /// The plan that runs.
    #[must_use]
    pub fn plan(&self) -> &BatchPlan {
        self.plan
    }

    /// Takes one row.
    ///
    /// # Errors
    /// A cell that cannot be read, with its column and row; more rows or bytes than allowed. The run has failed then.
    #[inline]
    pub fn row<C: Cells + ?Sized>(&mut self, cells: &C) -> Result<()> {
        if *self.all >= self.most {
            return Err(self.refused());
        }
        // Before anything of the row is stored.
        if self.bytes.is_bounded() && !self.bytes.take(self.batch.query.columns.len(), cells) {
            return Err(self.too_many_bytes());
        }
        *self.all += 1;
        *self.read += 1;
        if cells.count().is_some_and(|count| count > self.batch.query.columns.len()) {
            return Err(self.too_wide(cells));
        }
        match self.rows.row(self.batch, self.keys, self.origin, self.stores, cells) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.not_taken(error, cells)),
        }
    }

    #[cold]
    fn refused(&mut self) -> Errors {
        if std::mem::replace(self.failed, true) {
            return super::has_failed().into();
        }
        let message = format!("more than {} rows were read", self.most);
        Error::new(ErrorKind::Limit, code::LIMIT, message).path(&self.batch.name).help(FEWER).into()
    }

    #[cold]
    fn too_many_bytes(&mut self) -> Errors {
        *self.failed = true;
        self.most = 0;
        self.bytes.exceeded().path(&self.batch.name).into()
    }

    #[cold]
    fn too_wide<C: Cells + ?Sized>(&mut self, cells: &C) -> Errors {
        *self.failed = true;
        self.most = 0;
        let (columns, count) = (self.batch.query.columns.len(), cells.count().unwrap_or_default());
        let message = format!("a row of {count} cells, of a statement with {columns} columns");
        Error::protocol(message).path(&self.batch.name).into()
    }

    #[cold]
    fn not_taken<C: Cells + ?Sized>(&mut self, error: StoreError, cells: &C) -> Errors {
        *self.failed = true;
        // It takes no more.
        self.most = 0;
        super::describe::store_error(self.plan, self.batch, *self.read, error, cells).into()
    }
}
