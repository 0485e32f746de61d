//! A session over one connection, on which the statements of a wave are in flight together.

use crate::Connection;
use crate::run::{Mode, observe};
use eagerly::error::Result;
use eagerly::{AsyncSession, Drive, Observer, ResultGraph, Run};

/// Several loads over one connection that share rows, and lazy loading. What it loads while a
/// [`snapshot`](crate::snapshot) of the connection lasts is of one state.
///
/// ```no_run
/// # async fn example(planner: &eagerly::Planner, spec: &eagerly::LoadSpec) -> eagerly::error::Result<()> {
/// let connection = eagerly_postgres::connect("postgres://reader:secret@localhost/shop").await?;
/// let mut session = eagerly_postgres::Session::open(&connection, planner);
/// let customers = session.load(spec).await?;
/// for customer in customers.roots() {
///     // The first touch loads the purchases of all customers.
///     println!("{}", session.many(customer, "purchase").await?.len());
/// }
/// # Ok(()) }
/// ```
pub type Session<'c> = AsyncSession<'c, &'c Connection>;

impl Drive for &Connection {
    async fn drive(&mut self, run: Run, observer: &mut (dyn Observer + Send)) -> Result<ResultGraph> {
        observe(self, Mode::Pipelined, run, observer).await
    }
}
