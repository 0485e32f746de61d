//! Drives a run on one connection: statements prepared once and reused, those that are ready in flight together.
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
    mut run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let mut wire = Wire::new(connection);
    let mut waiting = VecDeque::from(run.ready()?);
    loop {
        while (mode == Mode::Pipelined || wire.is_idle())
            && let Some(statement) = waiting.pop_front()
        {
            wire.send(statement);
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
    let mut wire = Wire::new(connection);
    wire.send(statement.clone());
    while !wire.receive(run, &mut ()).await? {}
    Ok(())
}

/// Statements in flight on a connection.
struct Wire<'c> {
    connection: &'c Connection,
    answers: SelectAll<Answers<'c>>,
    /// By the number that their answers bear; none for those that have ended.
    sent: Vec<Option<Sent>>,
    /// How many have not ended.
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
    statement: Arc<Statement>,
    start: Instant,
    decoder: Option<Decoder>,
    rows: u64,
    hidden: u32,
}

impl<'c> Wire<'c> {
    fn new(connection: &'c Connection) -> Self {
        Self { connection, answers: SelectAll::new(), sent: Vec::new(), open: 0 }
    }

    fn is_idle(&self) -> bool {
        self.open == 0
    }

    fn send(&mut self, statement: Statement) {
        let number = self.sent.len();
        let statement = Arc::new(statement);
        let answer = answer(self.connection, statement.clone()).map(move |part| (number, part));
        self.answers.push(Box::pin(answer));
        self.open += 1;
        self.sent.push(Some(Sent { statement, start: Instant::now(), decoder: None, rows: 0, hidden: 0 }));
    }

    /// Waits for a part of an answer and feeds it to the run; whether it ended a statement.
    async fn receive(&mut self, run: &mut Run, observer: &mut (impl Observer + ?Sized)) -> Result<bool> {
        let lost = || Error::bug("a statement in flight gave no answer");
        let (number, answer) = self.answers.next().await.ok_or_else(lost)?;
        let sent = self.sent.get_mut(number).and_then(Option::as_mut).ok_or_else(lost)?;
        let name = |run: &Run| run.plan().batch(sent.statement.batch).name.clone();
        match answer {
            Err(error) => {
                self.connection.forget(&text(&sent.statement));
                return Err(self.connection.error(&error, format_args!("cannot load `{}`", name(run))).into());
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
                self.open -= 1;
                if let Some(sent) = self.sent.get_mut(number).and_then(Option::take) {
                    run.end(sent.statement.id)?;
                    let Sent { statement, start, hidden, .. } = sent;
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
