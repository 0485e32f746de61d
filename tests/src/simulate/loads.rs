//! Histories of one load: with whatever goes wrong, the same again without it, and again in another order.

use super::host::{Ended, Host};
use super::recipe::{Fault, Recipe};
use super::world::Torn;
use super::{Measure, faults, same_json, shape};
use crate::engine::check;
use eagerly::batch::{Operation, Reach};
use eagerly::error::ErrorKind;
use eagerly::{Plan, ResultGraph, Run};

pub(super) fn history(host: &mut Host<'_>, plan: &Plan, moments: u32, measure: Option<Measure>) -> Result<(), String> {
    let recipe = host.recipe;
    host.by_batch = recipe.torn == Torn::Rows;
    host.fault = recipe.fault;
    let ended = host.load(Run::new(plan))?;
    let (fault, tainted) = (recipe.fault, host.tainted);
    host.fault = Fault::None;
    let first = match ended {
        Ended::Graph(graph) if tainted => shape::check(&graph, host.world).map(|_| None)?,
        Ended::Graph(graph) => Some(judge(host, plan, &graph)?),
        Ended::Error(errors) if fault == Fault::None && recipe.is_torn() => {
            match errors.all().iter().find(|e| e.kind == ErrorKind::Bug) {
                Some(error) => return Err(format!("data that has changed is called a bug: {error}")),
                None => None,
            }
        }
        ended if fault == Fault::None => return Err(format!("nothing was wrong, and the load ends with {ended:?}")),
        _ => None,
    };
    if host.choices.sometimes(5) {
        driver(host, plan)?;
    }
    let (answers, sent) = (host.world.answers(), host.sent);
    let mut second = Ok(());
    let mut load = || second = again(host, plan, moments, first.as_deref());
    let kept = match measure {
        Some(measure) => measure(&mut load),
        None => {
            load();
            0
        }
    };
    second?;
    // What the world has learned it keeps.
    if kept != 0 && host.world.answers() == answers && host.trace.is_none() && host.sent > sent {
        return Err(format!("{kept} bytes are not given back"));
    }
    Ok(())
}

/// A driver's connection after a load that has failed is as before.
fn driver(host: &mut Host<'_>, plan: &Plan) -> Result<(), String> {
    let connection = host.world.connection();
    let rows = u64::from(host.choices.pick(8));
    if let Err(errors) = eagerly_rusqlite::drive(connection, Run::new(plan).max_rows(rows), &mut |_| {}) {
        faults::named(&errors, false)?;
    }
    if !connection.is_autocommit() || connection.is_busy() {
        return Err("a load that has failed leaves its connection busy".into());
    }
    same_json(&eagerly_rusqlite::load(connection, plan).map_err(|e| e.to_string())?, host.world).map(drop)
}

/// Loads without a fault, in an order of its own.
fn again(host: &mut Host<'_>, plan: &Plan, moments: u32, first: Option<&str>) -> Result<(), String> {
    let mut other = Host::new(host.world, host.recipe, host.choices, moments);
    other.by_batch = host.by_batch;
    other.trace = host.trace.take();
    let ended = other.load(Run::new(plan));
    host.sent += other.sent;
    host.longest = host.longest.max(other.longest);
    let held = match ended {
        Ok(Ended::Graph(graph)) => judge(&other, plan, &graph).and_then(|json| match first {
            Some(first) if is_one_graph(host.recipe) && json != first => {
                Err(format!("the same answers in another order give another graph:\n{first}\n{json}"))
            }
            _ => Ok(()),
        }),
        Ok(_) if host.recipe.is_torn() => Ok(()),
        Ok(ended) => Err(format!("nothing was wrong, and the load ends with {ended:?}")),
        Err(what) => Err(what),
    };
    host.trace = other.trace.take();
    held
}

/// Whether answers in any order are the same: each batch sees one moment, and no row has two values.
fn is_one_graph(recipe: &Recipe) -> bool {
    recipe.torn != Torn::Values
}

/// What must hold of a result of rows that the database has given, and of its statements.
fn judge(host: &Host<'_>, plan: &Plan, graph: &ResultGraph) -> Result<String, String> {
    check(plan, &host.world.graph, &host.told, host.recipe.without.is_none()).map_err(|e| e.to_string())?;
    let batches = plan.batches();
    let waves = batches.batches.iter().map(|batch| batch.wave).max().unwrap_or(0);
    let levels = batches
        .batches
        .iter()
        .any(|batch| matches!(&batch.operation, Operation::Fetch { reach: Reach::Closure | Reach::Levels(_), .. }));
    if let Some(late) = host.told.iter().find(|told| told.wave > waves && !levels) {
        return Err(format!("a statement of wave {}, where the plan has {waves}: {late:?}", late.wave));
    }
    if host.recipe.is_torn() { shape::check(graph, host.world) } else { same_json(graph, host.world) }
}
