//! A connection: a client of tokio-postgres, and the statements that were prepared on it.

use crate::cancel::{Cancel, cancel_with};
use crate::encryption::Connector;
use crate::error::{database_error, shared_error};
use crate::hidden::Seen;
use crate::reset::{LookUps, TRIES};
use crate::under_way::Works;
use eagerly::error::Error;
use futures_util::future::join;
use hashlink::LruCache;
use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::OnceCell;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, SimpleQueryMessage, Statement};

/// How many prepared statements a connection keeps: those used last. Each holds memory of the server's.
pub const PREPARED: usize = 256;

/// A connection on which runs are driven.
pub struct Connection {
    client: Client,
    known: Mutex<Known>,
    ended: Arc<OnceLock<Arc<tokio_postgres::Error>>>,
    /// Snapshots that have begun on it and not ended.
    pub(crate) snapshots: AtomicUsize,
    pub(crate) works: Works,
}

pub(crate) struct Known {
    statements: LruCache<Text, Prepared>,
    types: Seen,
    hidden: u64,
    /// How often the session has lost its prepared statements, as far as we have seen.
    resets: u32,
    pub(crate) look_ups: LookUps,
    /// The encoding in which the session sends text; none while nobody has asked.
    encoding: Option<String>,
}

/// What is prepared: a text, and the types of its parameters as far as the binds declare them.
pub(crate) type Text = (Arc<str>, Arc<[Type]>);

/// A statement that is prepared, or about to be: whoever needs it too waits for the one who came first.
type Prepared = Arc<OnceCell<Statement>>;

/// A prepared statement for one use.
pub(crate) struct Ready {
    pub(crate) statement: Statement,
    /// The round trips that preparing it took; 0 if it was prepared before.
    pub(crate) hidden: u32,
    /// How many resets of the session there had been.
    resets: u32,
}

impl Connection {
    /// A client that has connected, with TLS for example. Its connection has to be polled by the host. Made inside the
    /// runtime that does so, a load that is dropped is cancelled at once, and otherwise when the connection is next used.
    ///
    /// A client does not tell where its server is. Without TLS ([`cancel_by`](Self::cancel_by)) say it
    /// ([`cancel_at`](Self::cancel_at)): else nobody learns when the server has acted on a cancel, and one that it gets
    /// late can end the next statement.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self::watched(client, Arc::default(), cancel_with(Connector::Plain, None))
    }

    /// A client whose connection tells why it ended.
    pub(crate) fn watched(client: Client, ended: Arc<OnceLock<Arc<tokio_postgres::Error>>>, cancel: Cancel) -> Self {
        let known = Known {
            statements: LruCache::new(PREPARED),
            types: Seen::default(),
            hidden: 0,
            resets: 0,
            look_ups: LookUps::default(),
            encoding: None,
        };
        Self { client, known: Mutex::new(known), ended, snapshots: AtomicUsize::new(0), works: Works::new(cancel) }
    }

    /// The client. A host that has dropped a load waits for [`settle`](Self::settle) before it sends statements of its
    /// own, so that none of these is cancelled in place of those that were abandoned.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// How many round trips the driver has added so far, on its own: to prepare statements, and to look up their types.
    /// Those that were in flight together count one each.
    #[must_use]
    pub fn hidden_round_trips(&self) -> u64 {
        self.known().hidden
    }

    /// The statement of a text, prepared on its first use.
    pub(crate) async fn prepare(&self, text: &Text) -> std::result::Result<Ready, tokio_postgres::Error> {
        let (prepared, resets) = {
            let mut known = self.known();
            let resets = known.resets;
            let prepared = match known.statements.get(text) {
                Some(prepared) => prepared.clone(),
                None => {
                    let prepared = Prepared::default();
                    known.statements.insert(text.clone(), prepared.clone());
                    prepared
                }
            };
            (prepared, resets)
        };
        let mut hidden = 0;
        let statement = prepared.get_or_try_init(|| async {
            let statement = self.ask(text).await?;
            let mut known = self.known();
            hidden = 1 + known.types.look_ups(&statement);
            known.hidden += u64::from(hidden);
            Ok(statement)
        });
        let statement = statement.await?.clone();
        Ok(Ready { statement, hidden, resets })
    }

    /// Has the server prepare a text. After a reset of the session, tokio-postgres may miss statements of its own.
    async fn ask(&self, text: &Text) -> std::result::Result<Statement, tokio_postgres::Error> {
        let (mut labels, mut tries) = (None, TRIES);
        loop {
            match self.prepare_typed(text).await {
                Err(error) if tries > 0 && self.restore(&error, &mut labels).await => tries -= 1,
                prepared => return prepared,
            }
        }
    }

    /// Has the server prepare a text, and for the first one tell its encoding in the same flight.
    async fn prepare_typed(&self, text: &Text) -> std::result::Result<Statement, tokio_postgres::Error> {
        let prepare = self.client.prepare_typed(&text.0, &text.1);
        if self.known().encoding.is_some() {
            return prepare.await;
        }
        let (statement, shown) = join(prepare, self.client.simple_query("SHOW client_encoding")).await;
        self.known().encoding = shown.ok().as_deref().and_then(first).map(str::to_owned);
        statement
    }

    /// The encoding of the session, where it is none that we read; as far as it is known.
    pub(crate) fn foreign_encoding(&self) -> Option<String> {
        // SQL_ASCII: whatever is stored, which is checked cell by cell.
        self.known().encoding.as_ref().filter(|name| !matches!(name.as_str(), "UTF8" | "SQL_ASCII")).cloned()
    }

    /// Forgets all prepared statements: the session has lost them since this one was prepared. Several in flight together
    /// see one reset.
    pub(crate) fn was_reset(&self, ready: &Ready) {
        let mut known = self.known();
        if known.resets == ready.resets {
            known.resets = known.resets.wrapping_add(1);
            known.statements.clear();
            known.encoding = None;
        }
    }

    /// Whether a text has been prepared, or is about to be.
    pub(crate) fn knows(&self, text: &Text) -> bool {
        self.known().statements.contains_key(text)
    }

    /// Prepares a text anew when it is next used: its statement has failed, perhaps since the schema has changed.
    pub(crate) fn forget(&self, text: &Text) {
        self.known().statements.remove(text);
    }

    /// Our error; for a connection that was lost, with the server's last words if there are any.
    pub(crate) fn error(&self, error: tokio_postgres::Error, context: impl fmt::Display) -> Error {
        match self.ended.get() {
            Some(ended) if error.is_closed() => shared_error(ended.clone(), context),
            _ => database_error(error, context),
        }
    }

    /// A panic elsewhere leaves the cache whole: each of its changes is one call.
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first cell of an answer.
fn first(answer: &[SimpleQueryMessage]) -> Option<&str> {
    answer.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    })
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("closed", &self.client.is_closed()).finish_non_exhaustive()
    }
}
