//! A session over a driver that is awaited: what it gives to run is run at once. Every asynchronous driver has this one,
//! and no runtime is needed here. That of a driver that blocks reads the same without the awaiting.

use super::{Load, Session, Touched};
use crate::graph::ResultGraph;
use crate::observe::{Executed, Observer};
use crate::row::{RowRef, Rows};
use crate::run::Run;
use eagerly_planner::Planner;
use eagerly_planner::error::Result;
use eagerly_planner::spec::LoadSpec;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// What drives the runs of an [`AsyncSession`]: a connection, a snapshot on it, or whatever executes statements.
pub trait Drive {
    /// Drives a run to its end, and tells how far it is. Nothing half loaded is returned.
    ///
    /// # Errors
    /// What the database refuses, and what the run does.
    fn drive(
        &mut self,
        run: Run,
        observer: &mut (dyn Observer + Send),
    ) -> impl Future<Output = Result<ResultGraph>> + Send;
}

/// Several loads over one driver that share rows, and lazy loading. All that needs no database is in
/// [`core`](Self::core).
///
/// A future that is dropped before its end leaves the session as it was, as a load that fails does.
pub struct AsyncSession<'p, D> {
    driver: D,
    core: Session<'p>,
    executed: Box<dyn FnMut(Executed) + Send + 'p>,
}

impl<'p, D: Drive> AsyncSession<'p, D> {
    /// Opens a session.
    #[must_use]
    pub fn open(driver: D, planner: &'p Planner) -> Self {
        Self { driver, core: Session::new(planner), executed: Box::new(|_| ()) }
    }

    /// Tells of every statement after it was executed.
    #[must_use]
    pub fn on_executed(mut self, executed: impl FnMut(Executed) + Send + 'p) -> Self {
        self.executed = Box::new(executed);
        self
    }

    /// Loads a specification; sends nothing that was answered before.
    ///
    /// # Errors
    /// Every mistake of the specification; what the database refuses. The session stays as it was.
    pub async fn load(&mut self, spec: &LoadSpec) -> Result<Arc<ResultGraph>> {
        match self.core.load(spec)? {
            Load::Known(graph) => Ok(graph),
            Load::Run(run) => {
                let graph = self.drive(*run).await?;
                self.core.keep(graph)
            }
        }
    }

    /// Loads a specification anew, in place of what is remembered of it.
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub async fn refresh(&mut self, spec: &LoadSpec) -> Result<Arc<ResultGraph>> {
        let run = self.core.refresh(spec)?;
        let graph = self.drive(run).await?;
        self.core.keep(graph)
    }

    /// The target of a to-one relationship, loaded for all siblings of the row if it is not there.
    ///
    /// # Errors
    /// Those of [`Session::touch`] and of [`RowRef::one`]; what the database refuses.
    pub async fn one<'g>(&mut self, row: RowRef<'g>, key: &str) -> Result<Option<RowRef<'g>>> {
        let touched = self.core.touch(row, key)?;
        self.attach(touched).await?;
        row.one(key)
    }

    /// The rows of a to-many relationship, loaded for all siblings of the row if they are not there.
    ///
    /// # Errors
    /// Those of [`Session::touch`] and of [`RowRef::many`]; what the database refuses.
    pub async fn many<'g>(&mut self, row: RowRef<'g>, key: &str) -> Result<Rows<'g>> {
        let touched = self.core.touch(row, key)?;
        self.attach(touched).await?;
        row.many(key)
    }

    /// Loads a relationship for one row alone, if it is not there. It is read from the row.
    ///
    /// # Errors
    /// Those of [`Session::touch_one`]; what the database refuses.
    pub async fn touch_one(&mut self, row: RowRef<'_>, key: &str) -> Result<()> {
        let touched = self.core.touch_one(row, key)?;
        self.attach(touched).await
    }

    async fn attach(&mut self, touched: Option<Touched<'_>>) -> Result<()> {
        let Some(Touched { run, lazy, .. }) = touched else { return Ok(()) };
        let graph = self.drive(run).await?;
        self.core.attach(&lazy, graph)
    }

    async fn drive(&mut self, run: Run) -> Result<ResultGraph> {
        self.driver.drive(run, &mut self.executed).await
    }

    /// Closes the session: results stay what they are, and what was not loaded cannot be any more.
    pub fn close(&mut self) {
        self.core.close();
    }

    /// What the session remembers.
    #[must_use]
    pub fn core(&self) -> &Session<'p> {
        &self.core
    }

    /// The same, to set it up and to forget.
    pub fn core_mut(&mut self) -> &mut Session<'p> {
        &mut self.core
    }
}

impl<D> fmt::Debug for AsyncSession<'_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncSession").field("core", &self.core).finish_non_exhaustive()
    }
}
