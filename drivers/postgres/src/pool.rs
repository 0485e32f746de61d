//! One run over several connections of the host's.
//!
//! Statements that are ready together are in flight together on one connection too, but PostgreSQL works on them one
//! after the other: several connections are several processes of the server's. They are not one state of the database:
//! what another program commits between two statements is seen by one and not by the other, so that a row can come out
//! with children from before or after it. One connection has that between waves; several have it within one. So a pool
//! is for whoever asks for it, and not for a snapshot, which is one connection's.

use crate::Connection;
use crate::run::{Wire, over};
use crate::under_way::limited;
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::{Observer, ResultGraph, Run};
use std::sync::atomic::Ordering;

/// Drives a run that the caller has set up over several connections to one database: what is ready goes to a connection
/// that is idle, rather to one on which it is prepared. Tells how far it is.
///
/// The first failure ends the run. The connections stay usable: what was in flight on the others is of no use to
/// anybody, and is cancelled on the server. The shortest [timeout](Connection::set_timeout) of the connections bounds it.
///
/// A transaction that the host has begun on a connection stays the host's own affair. With `SET TRANSACTION SNAPSHOT`
/// on each of them they all read one state.
///
/// # Errors
/// `E0302` for a connection in a [`snapshot`](crate::snapshot); no connection at all; those of
/// [`observe`](crate::observe). Nothing half loaded is returned.
pub async fn pool<'c>(
    connections: impl IntoIterator<Item = &'c Connection>,
    run: Run,
    observer: &mut (impl Observer + ?Sized),
) -> Result<ResultGraph> {
    let connections: Vec<&Connection> = connections.into_iter().collect();
    if connections.is_empty() {
        return Err(Error::protocol("a pool of no connections").into());
    }
    if connections.iter().any(|connection| connection.snapshots.load(Ordering::Relaxed) > 0) {
        let message = "a connection of the pool is in a snapshot, which is the state of that connection alone";
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("end the snapshot first, or drive the run on its connection alone (`observe`)")
            .into());
    }
    let limit = connections.iter().filter_map(|connection| connection.timeout()).min();
    let wire = Wire::new(connections.clone(), 1);
    limited(limit, &connections, over(wire, run, observer)).await
}
