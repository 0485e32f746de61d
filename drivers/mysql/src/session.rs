//! A session over one connection, or over a snapshot on it.

use crate::connect::Connection;
use crate::run::observe;
use crate::snapshot::Snapshot;
use eagerly::error::Result;
use eagerly::{AsyncSession, Drive, Observer, ResultGraph, Run};

/// Several loads that share rows, and lazy loading; over one connection, or over a [`Snapshot`] that keeps what it loads
/// of one state.
///
/// ```no_run
/// # async fn example(planner: &eagerly::Planner, spec: &eagerly::LoadSpec) -> eagerly::error::Result<()> {
/// let mut connection = eagerly_mysql::connect("mysql://reader:secret@localhost/shop").await?;
/// let mut session = eagerly_mysql::Session::open(&mut connection, planner);
/// let customers = session.load(spec).await?;
/// for customer in customers.roots() {
///     // The first touch loads the purchases of all customers.
///     println!("{}", session.many(customer, "purchase").await?.len());
/// }
/// # Ok(()) }
/// ```
pub type Session<'c, D = &'c mut Connection> = AsyncSession<'c, D>;

impl Drive for &mut Connection {
    async fn drive(&mut self, run: Run, observer: &mut (dyn Observer + Send)) -> Result<ResultGraph> {
        observe(self, run, observer).await
    }
}

impl Drive for &mut Snapshot<'_> {
    async fn drive(&mut self, run: Run, observer: &mut (dyn Observer + Send)) -> Result<ResultGraph> {
        self.observe(run, observer).await
    }
}
