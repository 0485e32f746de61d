//! Drives a run: statements prepared once and reused, those that are ready in flight together, on one connection or on
//! several.
//!
//! tokio-postgres sends what is polled and answers in that order, so statements in flight together are streams that are
//! polled together. They have to be: an answer that nobody reads holds up those behind it.

use crate::Connection;
use crate::connection::{Ready, Text};
use crate::decode::Decoder;
use crate::encode::{Bound, declared};
use crate::reset::is_gone;
use crate::under_way::{Lane, limited};
use eagerly::error::{Error, ErrorKind, Errors, Result, code};
use eagerly::{BindValue, Executed, Observer, Plan, ROWS_BETWEEN, ResultGraph, Run, Statement};
use futures_util::stream::{FuturesUnordered, Stream as _, StreamExt as _};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio_postgres::RowStream;
use tokio_postgres::error::SqlState;

/// How statements that are ready together are run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// One after the other.
    Serial,
    /// All in flight together on the one connection. A statement that becomes ready joins those that are still at work.
    #[default]
    Pipelined,
}

/// Loads a plan, [`Mode::Pipelined`].
///
/// # Errors
/// What the database refuses, and rows that have no faithful form. Nothing half loaded is returned.
pub async fn load(connection: &Connection, plan: &Plan) -> Result<ResultGraph> {
    observe(connection, Mode::default(), Run::new(plan), &mut ()).await
}

/// Drives a run that the caller has set up, and tells of every statement after it was executed.
///
/// # Errors
/// As [`load`]; more rows than the run allows.
pub async fn drive(
    connection: &Connection,
    mode: Mode,
    run: Run,
    mut executed: &mut (dyn FnMut(Executed) + Send),
) -> Result<ResultGraph> {
    observe(connection, mode, run, &mut executed).await
}

/// Drives a run that the caller has set up, and tells how far it is.
///
/// # Errors
/// As [`drive`].
pub async fn observe(
    connection: &Connection,
    mode: Mode,
    run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let each = match mode {
        Mode::Serial => 1,
        Mode::Pipelined => usize::MAX,
    };
    limited(connection.timeout(), &[connection], over(Wire::new([connection], each), run, observer)).await
}

/// Drives a run over the connections of a wire, on which nothing is in flight.
pub(crate) async fn over(
    mut wire: Wire<'_>,
    mut run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    wire.settle().await;
    let mut waiting = VecDeque::from(run.ready()?);
    loop {
        while let Some(lane) = waiting.front().and_then(|statement| wire.room(statement))
            && let Some(statement) = waiting.pop_front()
        {
            wire.send(lane, statement);
        }
        if wire.is_idle() {
            return run.finish();
        }
        wire.receive(&mut run, observer).await?;
        waiting.extend(run.ready()?);
    }
}

/// Executes one statement of a run and feeds its rows, for hosts that drive a run themselves.
///
/// # Errors
/// As [`load`].
pub async fn execute(connection: &Connection, run: &mut Run, statement: &Statement) -> Result<()> {
    let executed = async {
        let mut wire = Wire::new([connection], 1);
        wire.settle().await;
        wire.send(0, statement.clone());
        wire.receive(run, &mut ()).await
    };
    limited(connection.timeout(), &[connection], executed).await
}

/// Statements in flight on one or several connections.
pub(crate) struct Wire<'c> {
    lanes: Vec<Lane<'c>>,
    /// How many statements may be in flight on each connection.
    each: usize,
    /// Statements whose answer has not begun.
    sent: FuturesUnordered<Sent<'c>>,
    /// Answers that have begun and not ended.
    answers: Vec<Answer>,
}

/// A statement until its answer begins, or the server refuses it.
type Sent<'c> = Pin<Box<dyn Future<Output = std::result::Result<Answer, Refused>> + Send + 'c>>;

/// The rows that come for a statement.
struct Answer {
    lane: usize,
    statement: Statement,
    start: Instant,
    hidden: u32,
    decoder: Decoder,
    rows: Pin<Box<RowStream>>,
    read: u64,
}

/// A statement that has failed on a connection, and why.
struct Refused {
    lane: usize,
    statement: Statement,
    error: tokio_postgres::Error,
}

impl<'c> Wire<'c> {
    pub(crate) fn new(connections: impl IntoIterator<Item = &'c Connection>, each: usize) -> Self {
        let lanes = connections.into_iter().map(Lane::new).collect();
        Self { lanes, each, sent: FuturesUnordered::new(), answers: Vec::new() }
    }

    /// Waits for what was abandoned on the connections before.
    async fn settle(&mut self) {
        for lane in &self.lanes {
            lane.connection.settle().await;
        }
    }

    fn is_idle(&self) -> bool {
        self.lanes.iter().all(|lane| lane.open == 0)
    }

    /// The connection that can take a statement: rather one on which it is prepared.
    fn room(&self, statement: &Statement) -> Option<usize> {
        let has_room = |lane: &Lane<'_>| lane.open < self.each;
        let first = self.lanes.iter().position(has_room)?;
        if self.lanes.len() == 1 {
            return Some(first);
        }
        let text = text(statement);
        let prepared = self.lanes.iter().position(|lane| has_room(lane) && lane.connection.knows(&text));
        Some(prepared.unwrap_or(first))
    }

    /// Takes a statement, which is sent when the wire is next polled.
    fn send(&mut self, lane: usize, statement: Statement) {
        self.sent.push(Box::pin(answer(self.lanes[lane].connection, lane, statement)));
        self.lanes[lane].open += 1;
    }

    /// Feeds the run until a statement has ended.
    async fn receive(&mut self, run: &mut Run, observer: &mut (impl Observer + ?Sized)) -> Result<()> {
        let answer = poll_fn(|context| self.poll(context, run, observer)).await?;
        let Answer { lane, statement, start, hidden, .. } = answer;
        self.lanes[lane].open -= 1;
        run.end(statement.id)?;
        observer.executed(Executed::new(run, statement, hidden, start.elapsed()));
        Ok(())
    }

    /// Sends what has not been sent, and takes all rows that are there; ready with an answer that has ended.
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        run: &mut Run,
        observer: &mut (impl Observer + ?Sized),
    ) -> Poll<Result<Answer>> {
        while let Poll::Ready(Some(begun)) = self.sent.poll_next_unpin(context) {
            let answer = begun.map_err(|refused| self.refused(refused, run))?;
            check_encoding(self.lanes[answer.lane].connection)?;
            check_shape(&answer, run)?;
            self.answers.push(answer);
        }
        for index in 0..self.answers.len() {
            let answer = &mut self.answers[index];
            while let Poll::Ready(row) = answer.rows.as_mut().poll_next(context) {
                match row {
                    Some(Ok(row)) => {
                        run.row(answer.statement.id, &answer.decoder.cells(&row))?;
                        answer.read += 1;
                        if answer.read.is_multiple_of(ROWS_BETWEEN) {
                            observer.reading(answer.read);
                            // The other connections and the host's own tasks have their turn.
                            context.waker().wake_by_ref();
                            break;
                        }
                    }
                    None => return Poll::Ready(Ok(self.answers.swap_remove(index))),
                    Some(Err(error)) => {
                        let Answer { lane, statement, .. } = self.answers.swap_remove(index);
                        return Poll::Ready(Err(self.refused(Refused { lane, statement, error }, run)));
                    }
                }
            }
        }
        Poll::Pending
    }

    fn refused(&mut self, Refused { lane, statement, error }: Refused, run: &Run) -> Errors {
        // It has ended; those beside it have not.
        self.lanes[lane].open -= 1;
        let connection = self.lanes[lane].connection;
        connection.forget(&text(&statement));
        connection.error(error, format_args!("cannot load `{}`", name(run, &statement))).into()
    }
}

fn name<'r>(run: &'r Run, statement: &Statement) -> &'r str {
    &run.plan().batch(statement.batch).name
}

/// Refuses a session that sends text in another encoding: some of it would be taken for other text.
fn check_encoding(connection: &Connection) -> Result<()> {
    let Some(encoding) = connection.foreign_encoding() else { return Ok(()) };
    let message = format!("the session has the client_encoding {encoding}, and text is read as UTF-8");
    Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
        .help("set it with `SET client_encoding = 'UTF8'`")
        .into())
}

/// Refuses an answer that is none to the statement of the plan.
fn check_shape(Answer { statement, decoder, .. }: &Answer, run: &mut Run) -> Result<()> {
    let (width, wanted) = (decoder.width(), run.plan().batch(statement.batch).query.columns.len());
    if width != wanted {
        return Err(Error::bug(format!("{} returns {width} columns, not {wanted}", name(run, statement))).into());
    }
    run.check_key_types(statement.id, |position, ty| decoder.is(position, ty))
}

/// Sends a statement, and waits for its answer to begin.
async fn answer(connection: &Connection, lane: usize, statement: Statement) -> std::result::Result<Answer, Refused> {
    let start = Instant::now();
    match query(connection, &statement).await {
        Ok((rows, ready)) => {
            let (decoder, rows) = (Decoder::new(ready.statement.columns()), Box::pin(rows));
            Ok(Answer { lane, statement, start, hidden: ready.hidden, decoder, rows, read: 0 })
        }
        Err(error) => Err(Refused { lane, statement, error }),
    }
}

/// What is prepared for a statement: a number is a number whatever it is compared with, so that 1.5 is greater than an
/// integer; everything else takes its type from the statement.
fn text(statement: &Statement) -> Text {
    (statement.sql.clone(), statement.binds.iter().map(declared).collect())
}

async fn query(
    connection: &Connection,
    statement: &Statement,
) -> std::result::Result<(RowStream, Ready), tokio_postgres::Error> {
    let text = text(statement);
    let ready = connection.prepare(&text).await?;
    let binds = || {
        statement.binds.iter().map(|bind| match bind {
            BindValue::One(value) => Bound::One(value),
            BindValue::Many(values) => Bound::List(values),
        })
    };
    let queried = connection.client().query_raw(&ready.statement, binds()).await;
    match queried {
        // Before any row, the schema has changed since the statement was prepared, or the session was reset. In a
        // transaction, which that has ended, the first error tells more than what follows.
        Err(stale) if ready.hidden == 0 && (is_stale(&stale) || is_gone(&stale)) => {
            if is_gone(&stale) {
                connection.was_reset(&ready);
            } else {
                connection.forget(&text);
            }
            let ready = connection.prepare(&text).await.map_err(|_| stale)?;
            Ok((connection.client().query_raw(&ready.statement, binds()).await?, ready))
        }
        rows => Ok((rows?, ready)),
    }
}

/// "cached plan must not change result type", which has no SQLSTATE of its own.
fn is_stale(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|error| {
        *error.code() == SqlState::FEATURE_NOT_SUPPORTED && error.routine() == Some("RevalidateCachedQuery")
    })
}
