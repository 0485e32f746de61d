//! Histories of sessions: a load that fails leaves the session as it was, the next one gives the oracle's graph and the
//! one after it is known; what is touched is what is loaded eagerly, also after it has failed once.

use super::host::{Ended, Host};
use super::recipe::Fault;
use super::same_json;
use crate::engine::check;
use eagerly::spec::Strategy;
use eagerly::{Load, LoadSpec, Planner, ResultGraph, RowRef, Session};
use std::sync::Arc;

/// Values and rows that are compared of what is touched.
const COMPARED: u32 = 60;

pub(super) fn history(host: &mut Host<'_>, planner: &Planner, spec: &LoadSpec, fault: Fault) -> Result<(), String> {
    let mut session = Session::new(planner);
    if host.choices.sometimes(20) {
        session = session.keep_rows(0);
    }
    if fault != Fault::None {
        host.fault = fault;
        load(&mut session, host, spec)?;
        host.fault = Fault::None;
        // What was loaded from rows that no database sends is not to be remembered.
        if host.tainted {
            session.forget();
        }
    }
    let graph = load(&mut session, host, spec)?.ok_or("a load without a fault has failed")?;
    same_json(&graph, host.world)?;
    // It has found nothing that was known.
    let plan = planner.compile(spec).map_err(|e| e.to_string())?;
    check(&plan, &host.world.graph, &host.told, host.recipe.without.is_none()).map_err(|e| e.to_string())?;
    if !matches!(session.load(spec).map_err(|e| e.to_string())?, Load::Known(_)) {
        return Err("what was loaded is not known".into());
    }
    let lazy = host.choices.one_of(&[Strategy::Lazy, Strategy::LazyOne]);
    let lazy = crate::generate::strategies(&host.world.graph, &host.world.case.spec, lazy);
    let Some(touched) = load(&mut session, host, &lazy)? else { return Err("a lazy load has failed".into()) };
    // `inner` belongs to what is loaded.
    if touched.len() != graph.len() {
        return Ok(());
    }
    let mut left = COMPARED;
    graph.roots().zip(touched.roots()).try_for_each(|pair| same(&mut session, host, pair, &mut left))
}

/// Loads; `None` if it has failed. The session is as before then.
fn load(session: &mut Session<'_>, host: &mut Host<'_>, spec: &LoadSpec) -> Result<Option<Arc<ResultGraph>>, String> {
    let before = (session.stored_rows(), session.remembered());
    let run = match session.load(spec).map_err(|e| e.to_string())? {
        Load::Known(graph) => return Ok(Some(graph)),
        Load::Run(run) => run,
    };
    let faulty = host.fault != Fault::None;
    match host.load(*run)? {
        Ended::Graph(graph) => session.keep(graph).map(Some).map_err(|e| e.to_string()),
        ended if !faulty => Err(format!("nothing was wrong, and the load ends with {ended:?}")),
        _ if (session.stored_rows(), session.remembered()) == before => Ok(None),
        _ => Err("a load that has failed has changed its session".into()),
    }
}

/// Compares what is touched with what was loaded eagerly.
fn same(
    session: &mut Session<'_>,
    host: &mut Host<'_>,
    (eager, lazy): (RowRef<'_>, RowRef<'_>),
    left: &mut u32,
) -> Result<(), String> {
    for key in eager.keys().filter(|key| *key != "_link") {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return Ok(());
        }
        if let Some(value) = eager.get(key) {
            if lazy.get(key) != Some(value) {
                return Err(format!("`{key}` is {:?}, not {value:?}", lazy.get(key)));
            }
            continue;
        }
        touch(session, host, lazy, key)?;
        let text = |errors: eagerly::error::Errors| format!("`{key}`: {errors}");
        let (expected, found): (Vec<_>, Vec<_>) = match eager.many(key) {
            Ok(rows) => (rows.collect(), lazy.many(key).map_err(text)?.collect()),
            Err(_) => {
                let pair = (eager.one(key).map_err(text)?, lazy.one(key).map_err(text)?);
                (pair.0.into_iter().collect(), pair.1.into_iter().collect())
            }
        };
        if expected.len() != found.len() {
            return Err(format!("`{key}` has {} rows, not {}", found.len(), expected.len()));
        }
        expected.into_iter().zip(found).try_for_each(|pair| same(session, host, pair, left))?;
    }
    Ok(())
}

/// Touches a relationship, now and then in vain at first.
fn touch(session: &mut Session<'_>, host: &mut Host<'_>, row: RowRef<'_>, key: &str) -> Result<(), String> {
    let text = |errors: eagerly::error::Errors| format!("`{key}` is touched: {errors}");
    if host.choices.sometimes(10)
        && let Some(touched) = session.touch(row, key).map_err(text)?
    {
        let before = (session.stored_rows(), session.remembered());
        host.fault = Fault::Cancelled;
        let ended = host.load(touched.run)?;
        host.fault = Fault::None;
        if let Ended::Graph(graph) = ended {
            return session.attach(&touched.lazy, graph).map_err(text);
        }
        if (session.stored_rows(), session.remembered()) != before {
            return Err("a lazy load that was cancelled has changed its session".into());
        }
    }
    let one = host.choices.sometimes(20);
    let touched = if one { session.touch_one(row, key) } else { session.touch(row, key) };
    let Some(touched) = touched.map_err(text)? else { return Ok(()) };
    match host.load(touched.run)? {
        Ended::Graph(graph) => session.attach(&touched.lazy, graph).map_err(text),
        ended => Err(format!("`{key}` is touched, and the load ends with {ended:?}")),
    }
}
