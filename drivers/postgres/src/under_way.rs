//! What is under way on a connection, and how it ends: in time, or left in the middle and cancelled on the server.
//!
//! tokio-postgres reads away the answers that nobody waits for any more, in their order: a statement that was abandoned
//! would hold up whatever is sent behind it. So whoever leaves a connection last, after something was abandoned there,
//! has it cancelled in a task of its own, and the next load waits for that first ([`Connection::settle`]). PostgreSQL
//! cancels what a connection is doing, and not one statement: while something else is under way there, nothing is.

use crate::Connection;
use crate::cancel::{Address, Cancel, cancel_by, cancel_with};
use crate::encryption::Connector;
use crate::snapshot::ROLLBACK;
use eagerly::error::{Error, Result};
use futures_util::future::join_all;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, ready};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_postgres::config::Host;
use tokio_postgres::error::SqlState;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{CancelToken, Socket};

/// How long a server may take to be told that a statement is to end, and then to end it.
const SETTLING: Duration = Duration::from_secs(5);

/// The same where somebody has waited as long as they wanted to.
const SETTLING_LATE: Duration = Duration::from_secs(1);

/// Takes a cancel that the server has acted on: its process sees it before it answers this.
const ROUND_TRIP: &str = "";

/// Where nothing tells that the server has acted on a cancel, this waits for it in place of the next statement.
const ABSORBING: &str = "SELECT pg_catalog.pg_sleep(0.2)";

/// What is under way on a connection.
pub(crate) struct Works {
    /// One lock for all of it: whoever begins either finds the cancel of what has ended, or keeps it from being sent.
    state: Mutex<State>,
    /// A transaction was rolled back while a cancel could still come.
    rolled_back: AtomicBool,
    /// Held by the one who waits for it.
    settling: tokio::sync::Mutex<()>,
    /// Where the connection lives.
    runtime: Option<Handle>,
    cancel: Cancel,
    timeout: Mutex<Option<Duration>>,
}

#[derive(Default)]
struct State {
    /// What has begun and not ended.
    open: usize,
    /// Some of it was left in the middle.
    abandoned: bool,
    /// A cancel that is being sent, or was, and that nobody has waited for.
    sent: Option<Sent>,
}

enum Sent {
    /// By a task.
    Task(JoinHandle<bool>),
    /// By the next to use the connection: it was made outside of a runtime.
    Later(CancelToken),
    /// What came of it.
    Done(bool),
}

impl Works {
    /// Nothing is under way.
    pub(crate) fn new(cancel: Cancel) -> Self {
        Self {
            state: Mutex::default(),
            rolled_back: AtomicBool::new(false),
            settling: tokio::sync::Mutex::new(()),
            runtime: Handle::try_current().ok(),
            cancel,
            timeout: Mutex::new(None),
        }
    }
}

/// Sends a cancel, and waits for one from before; whether the server has acted on them for sure.
async fn cancelled(before: Option<JoinHandle<bool>>, cancel: Pin<Box<dyn Future<Output = bool> + Send>>) -> bool {
    let acted = tokio::time::timeout(SETTLING, cancel).await.unwrap_or(false);
    match before {
        Some(before) => before.await.unwrap_or(false) && acted,
        None => acted,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing between the changes of one lock panics, so that it is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connection {
    /// Sends cancels by TLS, to a server that answers nothing else: `tls` is what the host has connected by. [`connect`]
    /// does so by itself.
    ///
    /// [`connect`]: crate::connect
    #[must_use]
    pub fn cancel_by<T>(mut self, tls: T) -> Self
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::TlsConnect: Send,
        T::Stream: Send,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        self.works.cancel = cancel_by(tls);
        self
    }

    /// Sends cancels to this server, unencrypted: where the client has connected, which it does not tell by itself.
    /// [`connect`] does so by itself.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), eagerly_postgres::tokio_postgres::Error> {
    /// use eagerly_postgres::tokio_postgres::{self, NoTls, config::Host};
    ///
    /// let (client, driven) = tokio_postgres::connect("host=10.0.0.5 user=reader", NoTls).await?;
    /// tokio::spawn(driven);
    /// let connection = eagerly_postgres::Connection::new(client).cancel_at(Host::Tcp("10.0.0.5".into()), 5432);
    /// # Ok(()) }
    /// ```
    ///
    /// [`connect`]: crate::connect
    #[must_use]
    pub fn cancel_at(mut self, host: Host, port: u16) -> Self {
        self.works.cancel = cancel_with(Connector::Plain, Some(Address::new(host, port)));
        self
    }

    /// Bounds the time of each load from now on, and of what is done [`within`](Self::within) the connection: past it the
    /// statement is cancelled on the server, and the error is `E0502`. The connection stays usable. `None` lifts the
    /// bound, which is how a connection begins.
    ///
    /// ```no_run
    /// # async fn example(plan: &eagerly::Plan) -> eagerly::error::Result<()> {
    /// let connection = eagerly_postgres::connect("postgres://reader:secret@localhost/shop").await?;
    /// connection.set_timeout(Some(std::time::Duration::from_secs(5)));
    /// let graph = eagerly_postgres::load(&connection, plan).await?;
    /// # Ok(()) }
    /// ```
    pub fn set_timeout(&self, limit: Option<Duration>) {
        *lock(&self.works.timeout) = limit;
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        *lock(&self.works.timeout)
    }

    /// Does something on the connection within its [timeout](Self::set_timeout): reads the catalog, begins a snapshot,
    /// executes statements of the host's own. When this is dropped, or its time is over, what the server does for the
    /// connection is cancelled.
    ///
    /// ```no_run
    /// # async fn example(connection: &eagerly_postgres::Connection) -> eagerly::error::Result<()> {
    /// connection.set_timeout(Some(std::time::Duration::from_secs(5)));
    /// let graph = connection.within(eagerly_postgres::reflect(connection.client())).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of `work`; `E0502`.
    pub async fn within<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let mut lane = Lane::new(self);
        self.settle().await;
        lane.open = 1;
        limited(self.timeout(), &[self], async {
            let done = work.await;
            lane.open = 0;
            drop(lane);
            done
        })
        .await
    }

    /// Waits until what was abandoned on the connection is cancelled. Every load begins with that; a host that sends
    /// statements of its own after it has dropped a load waits for it here, so that none of them is cancelled instead.
    pub async fn settle(&self) {
        if lock(&self.works.state).sent.is_some() {
            // Afterwards whoever waits for an answer waits for as long as it takes.
            let _ = tokio::time::timeout(SETTLING, self.settled()).await;
        }
    }

    async fn settled(&self) {
        let _alone = self.works.settling.lock().await;
        let later = match &lock(&self.works.state).sent {
            // Whoever came first has waited for it.
            None => return,
            Some(Sent::Later(token)) => Some(token.clone()),
            Some(Sent::Task(_) | Sent::Done(_)) => None,
        };
        if let Some(token) = later {
            let acted = cancelled(None, (self.works.cancel)(token)).await;
            lock(&self.works.state).sent = Some(Sent::Done(acted));
        }
        // Whoever waits may be dropped, so that the task stays where it is until it is done.
        let acted = poll_fn(|context| {
            let sent = &mut lock(&self.works.state).sent;
            if let Some(Sent::Task(task)) = sent {
                let acted = ready!(Pin::new(task).poll(context)).unwrap_or(false);
                *sent = Some(Sent::Done(acted));
            }
            Poll::Ready(!matches!(sent, Some(Sent::Done(false))))
        })
        .await;
        // In a transaction that has failed it is refused, and has waited for what was before it all the same.
        let _ = self.client().simple_query(if acted { ROUND_TRIP } else { ABSORBING }).await;
        if self.works.rolled_back.load(Ordering::Acquire) {
            // Where the cancel has ended the ROLLBACK, the transaction has failed and goes on.
            let asked = self.client().simple_query("SELECT 1").await;
            if asked.is_err_and(|error| error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION)) {
                let _ = self.client().simple_query(ROLLBACK).await;
            }
            self.works.rolled_back.store(false, Ordering::Release);
        }
        let sent = &mut lock(&self.works.state).sent;
        if matches!(sent, Some(Sent::Done(_))) {
            *sent = None;
        }
    }

    /// A ROLLBACK of ours was sent, which a cancel can meet that is still to come.
    pub(crate) fn rolled_back(&self) {
        if lock(&self.works.state).sent.is_some() {
            self.works.rolled_back.store(true, Ordering::Release);
        }
    }

    fn enter(&self) {
        lock(&self.works.state).open += 1;
    }

    fn leave(&self, abandons: bool) {
        let works = &self.works;
        let mut state = lock(&works.state);
        state.open -= 1;
        state.abandoned |= abandons;
        if state.open > 0 || !std::mem::take(&mut state.abandoned) {
            return;
        }
        let token = self.client().cancel_token();
        let before = match state.sent.take() {
            Some(Sent::Task(task)) => Some(task),
            _ => None,
        };
        state.sent = Some(match &works.runtime {
            Some(runtime) => Sent::Task(runtime.spawn(cancelled(before, (works.cancel)(token)))),
            None => Sent::Later(token),
        });
    }
}

/// Awaits `work` on connections for as long as it may take. What is left of it then is cancelled. So is what a failure
/// leaves: whoever hears of it can send the next statement, and no cancel meets that one.
pub(crate) async fn limited<T>(
    limit: Option<Duration>,
    connections: &[&Connection],
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let settled = join_all(connections.iter().map(|connection| connection.settle()));
    let Some(limit) = limit else {
        let done = work.await;
        if done.is_err() {
            settled.await;
        }
        return done;
    };
    let done = tokio::time::timeout(limit, work).await;
    if !matches!(done, Ok(Ok(_))) {
        let _ = tokio::time::timeout(SETTLING_LATE, settled).await;
    }
    done.unwrap_or_else(|_| Err(Error::timeout("the load", limit).into()))
}

/// A connection in use, and how many of the statements sent on it have not ended. Where it is dropped before they have,
/// they are cancelled.
pub(crate) struct Lane<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) open: usize,
}

impl<'c> Lane<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        connection.enter();
        Self { connection, open: 0 }
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.connection.leave(self.open > 0);
    }
}
