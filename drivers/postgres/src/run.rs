//! Drives a run: statements prepared once and reused, those that are ready in flight together, on one connection or on
//! several.
//!
//! tokio-postgres sends what is polled and answers in that order, so statements in flight together are streams that are
//! polled together. They have to be: an answer that nobody reads holds up those behind it.

use crate::Connection;
use crate::connection::Text;
use crate::decode::Decoder;
use crate::encode::{Bound, declared};
use eagerly::error::{Error, Result};
use eagerly::{BindValue, Executed, Observer, Plan, ROWS_BETWEEN, ResultGraph, Run, Statement};
use futures_util::stream::{SelectAll, Stream, StreamExt as _, TryStreamExt as _, once};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Row, RowStream};

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
    over(Wire::new([connection], each), run, observer).await
}

/// Drives a run over the connections of a wire, on which nothing is in flight.
pub(crate) async fn over(
    mut wire: Wire<'_>,
    mut run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
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
        if wire.receive(&mut run, observer).await? {
            waiting.extend(run.ready()?);
        }
    }
}

/// Executes one statement of a run and feeds its rows, for hosts that drive a run themselves.
///
/// # Errors
/// As [`load`].
pub async fn execute(connection: &Connection, run: &mut Run, statement: &Statement) -> Result<()> {
    let mut wire = Wire::new([connection], 1);
    wire.send(0, statement.clone());
    while !wire.receive(run, &mut ()).await? {}
    Ok(())
}

/// Statements in flight on one or several connections.
pub(crate) struct Wire<'c> {
    lanes: Vec<Lane<'c>>,
    /// How many statements may be in flight on each connection.
    each: usize,
    answers: SelectAll<Answers<'c>>,
    /// By the number that their answers bear; none for those that have ended.
    sent: Vec<Option<Sent>>,
}

/// A connection, and how many of its statements have not ended.
struct Lane<'c> {
    connection: &'c Connection,
    open: usize,
}

type Answers<'c> = Pin<Box<dyn Stream<Item = (usize, Answer)> + Send + 'c>>;

type Answer = std::result::Result<Part, tokio_postgres::Error>;

/// A part of the answer to a statement.
enum Part {
    /// What its rows look like, once, before any of them.
    Shape {
        decoder: Decoder,
        width: usize,
        hidden: u32,
    },
    Row(Row),
    End,
}

struct Sent {
    lane: usize,
    statement: Arc<Statement>,
    start: Instant,
    decoder: Option<Decoder>,
    rows: u64,
    hidden: u32,
}

impl<'c> Wire<'c> {
    pub(crate) fn new(connections: impl IntoIterator<Item = &'c Connection>, each: usize) -> Self {
        let lanes = connections.into_iter().map(|connection| Lane { connection, open: 0 }).collect();
        Self { lanes, each, answers: SelectAll::new(), sent: Vec::new() }
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

    fn send(&mut self, lane: usize, statement: Statement) {
        let number = self.sent.len();
        let statement = Arc::new(statement);
        let answer = answer(self.lanes[lane].connection, statement.clone()).map(move |part| (number, part));
        self.answers.push(Box::pin(answer));
        self.lanes[lane].open += 1;
        self.sent.push(Some(Sent { lane, statement, start: Instant::now(), decoder: None, rows: 0, hidden: 0 }));
    }

    /// Waits for a part of an answer and feeds it to the run; whether it ended a statement.
    async fn receive(&mut self, run: &mut Run, observer: &mut (impl Observer + ?Sized)) -> Result<bool> {
        let lost = || Error::bug("a statement in flight gave no answer");
        let (number, answer) = self.answers.next().await.ok_or_else(lost)?;
        let sent = self.sent.get_mut(number).and_then(Option::as_mut).ok_or_else(lost)?;
        let name = |run: &Run| run.plan().batch(sent.statement.batch).name.clone();
        match answer {
            Err(error) => {
                let connection = self.lanes[sent.lane].connection;
                connection.forget(&text(&sent.statement));
                return Err(connection.error(&error, format_args!("cannot load `{}`", name(run))).into());
            }
            Ok(Part::Shape { decoder, width, hidden }) => {
                let wanted = run.plan().batch(sent.statement.batch).query.columns.len();
                if width != wanted {
                    return Err(Error::bug(format!("{} returns {width} columns, not {wanted}", name(run))).into());
                }
                run.check_key_types(sent.statement.id, |position, ty| decoder.is(position, ty))?;
                (sent.decoder, sent.hidden) = (Some(decoder), hidden);
            }
            Ok(Part::Row(row)) => {
                let decoder = sent.decoder.as_mut().ok_or_else(lost)?;
                run.row(sent.statement.id, &decoder.cells(&row))?;
                sent.rows += 1;
                if sent.rows.is_multiple_of(ROWS_BETWEEN) {
                    observer.reading(sent.rows);
                }
            }
            Ok(Part::End) => {
                if let Some(sent) = self.sent.get_mut(number).and_then(Option::take) {
                    let Sent { lane, statement, start, hidden, .. } = sent;
                    self.lanes[lane].open -= 1;
                    run.end(statement.id)?;
                    observer.executed(Executed::new(run, Arc::unwrap_or_clone(statement), hidden, start.elapsed()));
                }
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Everything that is answered to a statement, which is sent when this is first polled.
fn answer(connection: &Connection, statement: Arc<Statement>) -> impl Stream<Item = Answer> + Send {
    let rows = async move {
        let (rows, shape) = query(connection, &statement).await?;
        Ok(once(async { Ok(shape) }).chain(rows.map_ok(Part::Row)).chain(once(async { Ok(Part::End) })))
    };
    once(rows).try_flatten()
}

/// What is prepared for a statement: a number is a number whatever it is compared with, so that 1.5 is greater than an
/// integer; everything else takes its type from the statement.
fn text(statement: &Statement) -> Text {
    (statement.sql.clone(), statement.binds.iter().map(declared).collect())
}

async fn query(
    connection: &Connection,
    statement: &Statement,
) -> std::result::Result<(RowStream, Part), tokio_postgres::Error> {
    let text = text(statement);
    let ready = connection.prepare(&text).await?;
    let binds = || {
        statement.binds.iter().map(|bind| match bind {
            BindValue::One(value) => Bound::One(value),
            BindValue::Many(values) => Bound::List(values),
        })
    };
    let queried = connection.client().query_raw(&ready.statement, binds()).await;
    let (rows, ready) = match queried {
        // The schema has changed since the statement was prepared, and before any row. In a transaction, which that
        // has ended, the first error tells more than what follows.
        Err(stale) if ready.hidden == 0 && is_stale(&stale) => {
            connection.forget(&text);
            let ready = connection.prepare(&text).await.map_err(|_| stale)?;
            (connection.client().query_raw(&ready.statement, binds()).await?, ready)
        }
        rows => (rows?, ready),
    };
    let columns = ready.statement.columns();
    Ok((rows, Part::Shape { decoder: Decoder::new(columns), width: columns.len(), hidden: ready.hidden }))
}

/// "cached plan must not change result type", which has no SQLSTATE of its own.
fn is_stale(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|error| {
        *error.code() == SqlState::FEATURE_NOT_SUPPORTED && error.routine() == Some("RevalidateCachedQuery")
    })
}
