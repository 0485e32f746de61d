//! One run over several connections of the host's.
//!
//! The protocol carries one statement at a time, so this is the only way for statements that are ready together to be in
//! flight together. Connections are not one state of the database: what another program commits between two statements is
//! seen by one and not by the other, so that a row can come out with children from before or after it. One connection
//! has that between waves; several have it within one. So a pool is for whoever asks for it, and a
//! [`Snapshot`](crate::Snapshot), which borrows its connection, cannot be part of one.

use crate::connect::Connection;
use crate::run::{answer, feed, name};
use crate::under_way::limited;
use eagerly::error::{Error, Result};
use eagerly::{Executed, Observer, ResultGraph, Run, Statement};
use futures_util::future::join_all;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Drives a run that the caller has set up over several connections to one database: what is ready goes to the first
/// connection that is idle, and rows are fed as they come, whatever connection they come from. Tells how far it is.
///
/// The first failure ends the run: nothing more is sent, and what is in flight on other connections is stopped on the
/// server. They stay usable. The shortest [timeout](Connection::set_timeout) of the connections bounds the run.
///
/// # Errors
/// No connection at all; those of [`observe`](crate::observe). Nothing half loaded is returned.
///
/// ```
/// # async fn pooled(mut one: eagerly_mysql::Connection, mut two: eagerly_mysql::Connection, plan: eagerly::Plan)
/// # -> eagerly::error::Result<()> {
/// let run = eagerly::Run::new(&plan);
/// eagerly_mysql::pool([&mut one, &mut two], run, &mut ()).await?;
/// # Ok(()) }
/// ```
///
/// A connection in a snapshot is refused by the compiler:
///
/// ```compile_fail,E0499
/// # async fn pooled(mut one: eagerly_mysql::Connection, mut two: eagerly_mysql::Connection, plan: eagerly::Plan)
/// # -> eagerly::error::Result<()> {
/// let run = eagerly::Run::new(&plan);
/// let snapshot = eagerly_mysql::snapshot(&mut one).await?;
/// eagerly_mysql::pool([&mut one, &mut two], run, &mut ()).await?;
/// snapshot.end().await?;
/// # Ok(()) }
/// ```
pub async fn pool<'c>(
    connections: impl IntoIterator<Item = &'c mut Connection>,
    run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let mut connections: Vec<&mut Connection> = connections.into_iter().collect();
    if connections.is_empty() {
        return Err(Error::protocol("a pool of no connections").into());
    }
    let limit = connections.iter().filter_map(|connection| connection.timeout()).min();
    match limited(limit, over(&mut connections, run, observer)).await {
        Ok(loaded) => {
            let left = leave(&mut connections).await;
            let loaded = loaded?;
            left?;
            Ok(loaded)
        }
        Err(limit) => {
            let settled = connections.into_iter().map(|connection| connection.in_time::<()>(Err(limit)));
            join_all(settled).await;
            Err(Error::timeout("the load", limit).into())
        }
    }
}

/// Gives the sessions their settings back, after what is stopped on their servers.
async fn leave(connections: &mut [&mut Connection]) -> Result<()> {
    join_all(connections.iter_mut().map(|connection| connection.leave())).await.into_iter().collect()
}

/// Drives a run over connections, none of which is one of a snapshot any more.
async fn over(
    connections: &mut [&mut Connection],
    mut run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let mut idle: BTreeMap<usize, &mut Connection> = connections.iter_mut().map(|c| &mut **c).enumerate().collect();
    for connection in idle.values_mut() {
        connection.leave_snapshot().await?;
    }
    let mut waiting = VecDeque::from(run.ready()?);
    let shared = Mutex::new(Shared { run, observer });
    let mut in_flight = FuturesUnordered::new();
    loop {
        while !waiting.is_empty()
            && let Some((lane, connection)) = idle.pop_first()
            && let Some(statement) = waiting.pop_front()
        {
            let shared = &shared;
            in_flight.push(async move {
                let ready = execute(connection, statement, shared).await;
                (lane, connection, ready)
            });
        }
        let Some((lane, connection, ready)) = in_flight.next().await else { break };
        idle.insert(lane, connection);
        // A failure drops what is in flight, and so stops it.
        waiting.extend(ready?);
    }
    drop(in_flight);
    shared.into_inner().unwrap_or_else(PoisonError::into_inner).run.finish()
}

/// What the connections share. It is locked between awaits alone, so that nobody ever waits for it.
struct Shared<'o, O: ?Sized> {
    run: Run,
    observer: &'o mut O,
}

fn lock<'s, 'o, O: ?Sized>(shared: &'s Mutex<Shared<'o, O>>) -> MutexGuard<'s, Shared<'o, O>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Executes a statement and feeds its rows; what is ready after it.
async fn execute<O: Observer + ?Sized>(
    connection: &mut Connection,
    statement: Statement,
    shared: &Mutex<Shared<'_, O>>,
) -> Result<Vec<Statement>> {
    let start = Instant::now();
    let name = name(&lock(shared).run, &statement);
    let answered = answer(connection, &statement, &name, |part| {
        let mut shared = lock(shared);
        let Shared { run, observer } = &mut *shared;
        feed(run, &statement, part, *observer)
    });
    let hidden = answered.await?;
    let mut shared = lock(shared);
    let Shared { run, observer } = &mut *shared;
    run.end(statement.id)?;
    observer.executed(Executed::new(run, statement, hidden, start.elapsed()));
    run.ready()
}
