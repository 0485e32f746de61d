//! What is under way on a connection, and how it ends: in time, or left in the middle and cancelled on the server.
//!
//! The protocol carries one statement at a time, and mysql_async takes whatever comes next for the answer to what it has
//! sent last: a caller that is dropped while it waits for an answer to begin would leave the connection one answer behind.
//! So each exchange with the server is a future of its own that owns mysql_async's connection ([`Connection::step`]). It
//! stays here when the caller is dropped, and so does the knowledge that its answer is outstanding.
//!
//! What was abandoned is stopped by `KILL QUERY` over a second connection, at once where there is a runtime to send it.
//! Behind one name, or one address, there can be several servers, each with connections of the same numbers: the second
//! connection asks first whether it is at the server of the first.
//! [`Connection::settle`] waits for that, lets the exchange end, and reads away what is left; every load begins with it.

use crate::connect::Connection;
use crate::error::database_error;
use crate::settings::{IDENTITY, Known};
use eagerly::error::{Class, Error, ErrorKind, Result, code};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Opts, OptsBuilder};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// How long a server may take to stop what was abandoned.
const SETTLING: Duration = Duration::from_secs(5);

/// The same where somebody has waited as long as they wanted to.
const SETTLING_LATE: Duration = Duration::from_secs(1);

/// How many connections are made to find the server of a connection, where others share its name.
const SERVERS: u32 = 5;

/// "Query execution was interrupted".
const INTERRUPTED: u16 = 1317;

/// How often an interruption is taken for that of what was abandoned.
const INTERRUPTIONS: u32 = 3;

/// A future of mysql_async's.
pub(crate) type Exchange<'c, T> = Pin<Box<dyn Future<Output = mysql_async::Result<T>> + Send + 'c>>;

/// What is under way on a connection.
#[derive(Default)]
pub(crate) struct Works {
    /// An exchange with the server, which gives the connection back. A lock, so that connections can be shared; nobody
    /// ever waits for it.
    step: Mutex<Option<Pin<Box<dyn Future<Output = Conn> + Send>>>>,
    /// A statement was sent whose answer was not read to its end.
    is_open: bool,
    /// Stops what was abandoned.
    kill: Option<JoinHandle<()>>,
    /// What it needs.
    target: Option<Target>,
    /// Where the connection lives, for whoever drops it elsewhere.
    runtime: Option<Handle>,
    /// The connection was dropped, and a task brings it in step.
    is_left: bool,
    timeout: Option<Duration>,
}

/// A connection, for the one that stops what it does.
#[derive(Clone)]
struct Target {
    /// How the server is reached.
    opts: Opts,
    /// The number that the server gave the connection.
    id: u32,
    /// What tells the server from others.
    identity: String,
}

impl Works {
    pub(crate) fn new(conn: &Conn, identity: String) -> Self {
        // What stops a statement needs no settings.
        let opts = OptsBuilder::from_opts(conn.opts().clone()).setup(Vec::<String>::new()).init(Vec::<String>::new());
        let target = Target { opts: opts.into(), id: conn.id(), identity };
        Self { target: Some(target), runtime: Handle::try_current().ok(), ..Self::default() }
    }

    /// Where tasks can run.
    fn runtime(&self) -> Option<Handle> {
        Handle::try_current().ok().or_else(|| self.runtime.clone())
    }
}

/// Has the server stop what a connection does. Whoever waits for the statement to end learns whether that was of use.
async fn kill(target: Target) {
    for _ in 0..SERVERS {
        let Ok(Ok(mut conn)) = tokio::time::timeout(SETTLING, Conn::new(target.opts.clone())).await else { return };
        let there = conn.query_first::<Vec<u8>, _>(IDENTITY);
        let there = tokio::time::timeout(SETTLING, there).await;
        let is_there = matches!(there, Ok(Ok(Some(identity))) if identity == target.identity.as_bytes());
        if is_there {
            // Without a bound: until the server has answered, it can still stop whatever runs by then.
            let _ = conn.query_drop(format!("KILL QUERY {}", target.id)).await;
        }
        let _ = tokio::time::timeout(SETTLING, conn.disconnect()).await;
        if is_there {
            return;
        }
    }
}

impl Connection {
    /// Bounds the time of each load, catalog read and snapshot from now on: past it the statement is stopped on the
    /// server, and the error is `E0502`. The connection stays usable. `None` lifts the bound, which is how a connection
    /// begins.
    ///
    /// ```no_run
    /// # async fn example(plan: &eagerly::Plan) -> eagerly::error::Result<()> {
    /// let mut connection = eagerly_mysql::connect("mysql://reader:secret@localhost/shop").await?;
    /// connection.set_timeout(Some(std::time::Duration::from_secs(5)));
    /// let graph = eagerly_mysql::load(&mut connection, plan).await?;
    /// # Ok(()) }
    /// ```
    pub fn set_timeout(&mut self, limit: Option<Duration>) {
        self.works.timeout = limit;
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.works.timeout
    }

    /// One exchange with the server. Where the caller is dropped it stays under way, until the connection is settled.
    pub(crate) async fn step<T: Send + 'static>(
        &mut self,
        exchange: impl for<'c> FnOnce(&'c mut Conn) -> Exchange<'c, T> + Send + 'static,
    ) -> mysql_async::Result<T> {
        let gone = || mysql_async::Error::from(mysql_async::DriverError::ConnectionClosed);
        let mut conn = self.conn.take().ok_or_else(gone)?;
        let answer = Arc::new(Mutex::new(None));
        let told = answer.clone();
        let step = async move {
            let answered = exchange(&mut conn).await;
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(answered);
            conn
        };
        *self.current() = Some(Box::pin(step));
        self.end_step().await;
        let answered = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        answered.ok_or_else(gone)?
    }

    fn current(&mut self) -> &mut Option<Pin<Box<dyn Future<Output = Conn> + Send>>> {
        self.works.step.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Awaits the exchange that is under way.
    async fn end_step(&mut self) {
        let conn = poll_fn(|context| match self.current() {
            Some(step) => step.as_mut().poll(context).map(Some),
            None => Poll::Ready(None),
        })
        .await;
        *self.current() = None;
        if let Some(conn) = conn {
            self.conn = Some(conn);
        }
    }

    /// Begins a statement. Until [`Begun::end`] its answer is outstanding.
    pub(crate) async fn begin(&mut self) -> Result<Begun<'_>> {
        // Between the statements of a load its settings stay.
        if self.works.is_open {
            self.get_in_step().await?;
        }
        self.works.is_open = true;
        Ok(Begun(self))
    }

    /// Makes the connection usable again after a load or a snapshot on it was dropped: waits until the server has stopped
    /// the statement, reads what is left of its answer, and ends the snapshot. Every load begins with that; a host that
    /// wants the connection itself asks for it here.
    ///
    /// ```no_run
    /// # async fn example(connection: &mut eagerly_mysql::Connection, plan: &eagerly::Plan) -> eagerly::error::Result<()> {
    /// let load = eagerly_mysql::load(connection, plan);
    /// if tokio::time::timeout(std::time::Duration::from_millis(300), load).await.is_err() {
    ///     connection.settle().await?;
    /// }
    /// let conn: &mut mysql_async::Conn = connection.conn()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// `E0404` for a server that does not stop the statement within 5 seconds, and a connection that is broken: connect
    /// again.
    pub async fn settle(&mut self) -> Result<()> {
        self.leave_snapshot().await
    }

    /// The same within a snapshot, which stays.
    pub(crate) async fn get_in_step(&mut self) -> Result<()> {
        if self.is_in_step() {
            return Ok(());
        }
        match tokio::time::timeout(SETTLING, self.settled()).await {
            Ok(Ok(())) => {
                self.works.is_open = false;
                Ok(())
            }
            Ok(Err(error)) => {
                Err(database_error(error, "cannot use the connection after a load that was dropped").into())
            }
            Err(_) => {
                // One that is still under way is waited for again, and none is sent beside it.
                self.works.kill = self.works.kill.take().filter(|kill| !kill.is_finished());
                self.check_in_step()
            }
        }
    }

    async fn settled(&mut self) -> mysql_async::Result<()> {
        if self.works.is_open {
            self.stop();
        }
        if let Some(kill) = &mut self.works.kill
            && !kill.is_finished()
        {
            // A task that was lost has stopped nothing, which shows below.
            let _ = kill.await;
        }
        self.end_step().await;
        let mut interruptions = 0;
        loop {
            // Reads what is left of the answer first. The end that was made of it can show there, or here.
            let sql = self.restore.clone().unwrap_or_else(|| "DO 0".to_owned());
            match self.step(|conn| Box::pin(conn.query_drop(sql))).await {
                Ok(()) => break,
                Err(mysql_async::Error::Server(error))
                    if error.code == INTERRUPTED && interruptions < INTERRUPTIONS =>
                {
                    interruptions += 1;
                }
                Err(error) => return Err(error),
            }
        }
        self.works.kill = None;
        self.restore = None;
        Ok(())
    }

    /// Has the server stop what is under way, unless it was told so.
    fn stop(&mut self) {
        if self.works.kill.is_none()
            && let (Some(runtime), Some(target)) = (self.works.runtime(), self.works.target.clone())
        {
            self.works.kill = Some(runtime.spawn(kill(target)));
        }
    }

    /// What `work` came to, or that its time is over: then what it has left is stopped.
    pub(crate) async fn in_time<T>(&mut self, work: std::result::Result<Result<T>, Duration>) -> Result<T> {
        match work {
            Ok(done) => done,
            Err(limit) => {
                let _ = tokio::time::timeout(SETTLING_LATE, self.get_in_step()).await;
                Err(Error::timeout("the load", limit).into())
            }
        }
    }

    /// Whether an answer was not read to its end.
    pub(crate) fn is_open(&self) -> bool {
        self.works.is_open
    }

    /// Whether every answer was read to its end, and the session has the settings that its host knows.
    fn is_in_step(&self) -> bool {
        !self.works.is_open && self.restore.is_none()
    }

    /// Refuses a connection that is not as its host knows it.
    pub(crate) fn check_settled(&self) -> Result<()> {
        self.check_in_step()?;
        if self.in_snapshot {
            let message = "a snapshot on this connection was dropped, and its transaction has not ended";
            return Err(Error::new(ErrorKind::Database, code::REFUSED, message)
                .help("wait for it (`Connection::settle`), or connect again")
                .database(Class::ConnectionLost)
                .into());
        }
        Ok(())
    }

    /// Refuses a connection whose next answer would be that to another statement.
    pub(crate) fn check_in_step(&self) -> Result<()> {
        if !self.is_in_step() {
            let message = "a load on this connection was dropped, and the server has not ended its statement";
            return Err(Error::new(ErrorKind::Database, code::REFUSED, message)
                .help("wait for it (`Connection::settle`), or connect again")
                .database(Class::ConnectionLost)
                .into());
        }
        Ok(())
    }
}

/// A pool of the host's gets a connection back that is in step, or one that is closed: a statement of its next user would
/// be stopped in place of ours, or read in our snapshot.
impl Drop for Connection {
    fn drop(&mut self) {
        let Some(runtime) = self.works.runtime() else { return };
        if self.works.is_left || self.check_settled().is_ok() {
            return;
        }
        let mut left = Self {
            conn: self.conn.take(),
            server: self.server,
            prepared: 0,
            in_snapshot: self.in_snapshot,
            known: Known::Nothing,
            restore: self.restore.take(),
            unkept: None,
            works: std::mem::take(&mut self.works),
        };
        left.works.is_left = true;
        runtime.spawn(async move {
            if left.settle().await.is_err()
                && let Some(conn) = left.conn.take()
            {
                let _ = tokio::time::timeout(SETTLING, conn.disconnect()).await;
            }
        });
    }
}

/// Awaits `work` for as long as it may take; the limit where it takes longer.
pub(crate) async fn limited<T>(
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> std::result::Result<T, Duration> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, work).await.map_err(|_| limit),
        None => Ok(work.await),
    }
}

/// A connection on which a statement has begun. Where this is dropped before its answer has ended, the statement is
/// stopped on the server.
pub(crate) struct Begun<'c>(pub(crate) &'c mut Connection);

impl Begun<'_> {
    /// The answer has ended: by its last row, or by an error of the server's.
    pub(crate) fn end(&mut self) {
        self.0.works.is_open = false;
    }

    /// Another statement begins.
    pub(crate) fn again(&mut self) {
        self.0.works.is_open = true;
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if self.0.works.is_open {
            self.0.stop();
        }
    }
}
