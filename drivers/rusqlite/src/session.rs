//! A session over one connection: what it gives to run is run at once.

use crate::run::drive;
use eagerly::error::Result;
use eagerly::{Executed, Load, LoadSpec, Planner, ResultGraph, RowRef, Rows, Touched};
use rusqlite::Connection;
use std::fmt;
use std::sync::Arc;

/// Several loads over one connection that share rows, and lazy loading. All that needs no database is in
/// [`core`](Self::core).
pub struct Session<'c> {
    connection: &'c Connection,
    core: eagerly::Session<'c>,
    executed: Box<dyn FnMut(Executed) + 'c>,
}

impl<'c> Session<'c> {
    /// Opens a session.
    #[must_use]
    pub fn open(connection: &'c Connection, planner: &'c Planner) -> Self {
        Self { connection, core: eagerly::Session::new(planner), executed: Box::new(|_| ()) }
    }

    /// Tells of every statement after it was executed.
    #[must_use]
    pub fn on_executed(mut self, executed: impl FnMut(Executed) + 'c) -> Self {
        self.executed = Box::new(executed);
        self
    }

    /// Loads a specification; sends nothing that was answered before.
    ///
    /// # Errors
    /// Every mistake of the specification; what the database refuses. The session stays as it was.
    pub fn load(&mut self, spec: &LoadSpec) -> Result<Arc<ResultGraph>> {
        match self.core.load(spec)? {
            Load::Known(graph) => Ok(graph),
            Load::Run(run) => {
                let graph = drive(self.connection, *run, &mut self.executed)?;
                self.core.keep(graph)
            }
        }
    }

    /// Loads a specification anew, in place of what is remembered of it.
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub fn refresh(&mut self, spec: &LoadSpec) -> Result<Arc<ResultGraph>> {
        let graph = drive(self.connection, self.core.refresh(spec)?, &mut self.executed)?;
        self.core.keep(graph)
    }

    /// The target of a to-one relationship, loaded for all siblings of the row if it is not there.
    ///
    /// # Errors
    /// Those of [`eagerly::Session::touch`] and of [`RowRef::one`]; what the database refuses.
    pub fn one<'g>(&mut self, row: RowRef<'g>, key: &str) -> Result<Option<RowRef<'g>>> {
        let touched = self.core.touch(row, key)?;
        self.attach(touched)?;
        row.one(key)
    }

    /// The rows of a to-many relationship, loaded for all siblings of the row if they are not there.
    ///
    /// # Errors
    /// Those of [`eagerly::Session::touch`] and of [`RowRef::many`]; what the database refuses.
    pub fn many<'g>(&mut self, row: RowRef<'g>, key: &str) -> Result<Rows<'g>> {
        let touched = self.core.touch(row, key)?;
        self.attach(touched)?;
        row.many(key)
    }

    /// Loads a relationship for one row alone, if it is not there. It is read from the row.
    ///
    /// # Errors
    /// Those of [`eagerly::Session::touch_one`]; what the database refuses.
    pub fn touch_one(&mut self, row: RowRef<'_>, key: &str) -> Result<()> {
        let touched = self.core.touch_one(row, key)?;
        self.attach(touched)
    }

    fn attach(&mut self, touched: Option<Touched<'_>>) -> Result<()> {
        let Some(Touched { run, lazy, .. }) = touched else { return Ok(()) };
        let graph = drive(self.connection, run, &mut self.executed)?;
        self.core.attach(&lazy, graph)
    }

    /// Closes the session: results stay what they are, and what was not loaded cannot be any more.
    pub fn close(&mut self) {
        self.core.close();
    }

    /// What the session remembers.
    #[must_use]
    pub fn core(&self) -> &eagerly::Session<'c> {
        &self.core
    }

    /// The same, to set it up and to forget.
    pub fn core_mut(&mut self) -> &mut eagerly::Session<'c> {
        &mut self.core
    }
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("core", &self.core).finish_non_exhaustive()
    }
}
