//! Random specifications one after the other in one session: each gives what it gives without a session, no key is
//! sent twice for one question, and what is touched is what is loaded eagerly.

use eagerly::batch::{Batch, BatchPlan, Operation, Projection, Reach};
use eagerly::spec::Strategy;
use eagerly::{
    Executed, Load, LoadSpec, Planner, Prefer, RelationshipGraph, ResultGraph, RowRef, Run, Session, Sqlite,
};
use eagerly_tests::database::Sqlite as Backend;
use eagerly_tests::engine::sent_keys;
use eagerly_tests::generate::over::{Samples, specs};
use eagerly_tests::generate::{Case, case, strategies};
use proptest::prelude::Strategy as _;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use rusqlite::Connection;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Objects that are compared of one result.
const OBJECTS: u64 = 3_000;

fn runner(cases: u32, seed: u8) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

/// Runs a property over generated cases with a fixed seed; the smallest case that fails is printed.
fn over_cases(cases: u32, property: impl Fn(&Case) -> Result<(), String>) {
    let outcome = runner(cases, 11).run(&case(), |case| property(&case).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(reason, case)) = &outcome {
        panic!("{reason}\nthe smallest case:\n{case:#?}");
    }
    outcome.unwrap();
}

/// The case's own specification under several strategies, and others over its tables.
fn sequence(case: &Case, connection: &Connection, graph: &RelationshipGraph) -> Vec<LoadSpec> {
    let mut random = runner(1, 5);
    let other = specs(graph, &Samples::read(&Backend(connection), graph));
    let mut all = vec![case.spec.clone()];
    for strategy in [Strategy::Selectin, Strategy::Joined, Strategy::Subquery, Strategy::Auto] {
        let spec = other.new_tree(&mut random).unwrap().current();
        all.push(strategies(graph, &spec, Strategy::Selectin));
        all.push(strategies(graph, &case.spec, strategy));
        all.push(spec);
    }
    all
}

/// The result as text; `None` if it unfolds into too many objects.
fn json(graph: &ResultGraph) -> Option<String> {
    let mut out = Vec::new();
    graph.write_json(&mut out, OBJECTS).ok()?;
    Some(String::from_utf8(out).unwrap())
}

fn fresh(connection: &Connection, planner: &Planner, spec: &LoadSpec) -> ResultGraph {
    eagerly_rusqlite::load(connection, &planner.compile(spec).unwrap()).unwrap()
}

/// What was asked so far: by question, values and key, the columns that were read.
#[derive(Default)]
struct Asked {
    before: BTreeMap<String, BTreeSet<String>>,
    checked: usize,
    /// Statements that were sent with their root's.
    at_once: usize,
}

impl Asked {
    /// No key of a wave was sent before, but for columns that were not read for it. Statements of one wave are in
    /// flight together: whether two of them should be one is for the planner to say.
    fn check(&mut self, plan: &BatchPlan, wave: &[&Executed]) -> Result<(), String> {
        let mut asked = Vec::new();
        for statement in wave {
            let batch = plan.batches.iter().find(|b| b.name == statement.batch).unwrap();
            self.at_once += usize::from(!batch.waits() && !matches!(batch.operation, Operation::Root));
            let columns: BTreeSet<String> = batch.query.columns.iter().map(|column| name(batch, column)).collect();
            for key in questions(plan, batch, statement)? {
                let before = self.before.get(&key);
                if before.is_some_and(|before| columns.is_subset(before)) {
                    return Err(format!("is sent again: {key}\nby {}", statement.sql));
                }
                asked.push((key, columns.clone()));
            }
        }
        self.checked += asked.len();
        asked.into_iter().for_each(|(key, columns)| self.before.entry(key).or_default().extend(columns));
        Ok(())
    }
}

/// A column of a result, by the joins that lead to its table.
fn name(batch: &Batch, column: &Projection) -> String {
    let (Projection::Column(slot, _) | Projection::Link(slot, _)) = column else { return "ordinal".to_owned() };
    let mut path = format!("{:?}", column).replace(&format!("{slot:?}"), "");
    let mut at = slot.0;
    while let Some(join) = at.checked_sub(1).and_then(|join| batch.query.joins.get(usize::from(join))) {
        path = format!("{:?} {:?} {path}", join.relationship, join.filter);
        at = join.parent.0;
    }
    path
}

/// What a statement asks, for each of its keys.
fn questions(plan: &BatchPlan, batch: &Batch, statement: &Executed) -> Result<Vec<String>, String> {
    let (question, binds) = batch.question();
    // What was joined at different times is not put together.
    let joined: Vec<_> = batch.query.joins.iter().map(|join| (join.parent, join.relationship)).collect();
    // Recursions are remembered with their whole result only.
    if batch.parts.iter().flat_map(|part| &part.nodes).any(|node| plan.node(*node).recursion.is_some()) {
        return Ok(Vec::new());
    }
    match &batch.operation {
        Operation::Root => Ok(vec![format!("{question:?} {joined:?} {:?}", statement.binds)]),
        // Where a condition binds values too, they are not told from the keys.
        Operation::Fetch { reach: Reach::Keys, .. } if binds.is_empty() => {
            let keys = sent_keys(statement, &batch.sql)?;
            Ok(keys.iter().map(|key| format!("{question:?} {joined:?} {key}")).collect())
        }
        Operation::Fetch { .. } => Ok(Vec::new()),
    }
}

/// Loads in a session, and checks every statement.
fn load(
    session: &mut Session<'_>,
    connection: &Connection,
    spec: &LoadSpec,
    asked: &mut Asked,
) -> Result<Arc<ResultGraph>, String> {
    match session.load(spec).map_err(|e| e.to_string())? {
        Load::Known(graph) => Ok(graph),
        Load::Run(run) => {
            let (plan, mut executed): (BatchPlan, Vec<Executed>) = (Run::plan(&run).clone(), Vec::new());
            let graph = eagerly_rusqlite::drive(connection, *run, &mut |e| executed.push(e));
            let graph = session.keep(graph.map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
            let waves: BTreeSet<u32> = executed.iter().map(|statement| statement.wave).collect();
            for wave in waves {
                asked.check(&plan, &executed.iter().filter(|e| e.wave == wave).collect::<Vec<_>>())?;
            }
            Ok(graph)
        }
    }
}

/// Whether a row has NULL in its primary key: it is no row that could be met again.
fn has_null_keys(connection: &Connection, graph: &RelationshipGraph) -> bool {
    graph.entities().any(|(_, entity)| {
        let table = entity.table.replace('"', "\"\"");
        let columns = entity.primary_key.iter().map(|c| entity.column(*c).name.replace('"', "\"\""));
        columns.into_iter().any(|column| {
            let sql = format!("SELECT count(*) FROM \"{table}\" WHERE \"{column}\" IS NULL");
            connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap() > 0
        })
    })
}

#[test]
fn a_session_changes_no_result_and_sends_no_key_twice() {
    let done = sequences(300, Prefer::FewerWaves);
    assert!(done.keys > 3_000 && done.sessions > 200, "{done:?}");
}

/// What does not wait for its parents finds their keys by itself, and is not remembered by them; its rows are.
#[test]
fn sessions_of_one_round_trip_change_no_result() {
    let done = sequences(300, Prefer::OneRoundTrip);
    assert!(done.keys > 1_500 && done.sessions > 200 && done.at_once > 200, "{done:?}");
}

/// What a property has seen.
#[derive(Debug, Default)]
struct Done {
    /// Keys that were checked.
    keys: usize,
    /// Sessions that have stored rows.
    sessions: usize,
    /// Statements that were sent with their root's.
    at_once: usize,
}

/// A sequence of specifications for each case, in one session each.
fn sequences(cases: u32, prefer: Prefer) -> Done {
    let done = RefCell::new(Done::default());
    over_cases(cases, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let planner = Planner::new(graph.clone(), Sqlite::new()).prefer(prefer);
        let by_waves = Planner::new(graph.clone(), Sqlite::new());
        let null_keys = has_null_keys(&connection, &graph);
        let mut asked = Asked::default();
        let mut session = Session::new(&planner);
        for spec in sequence(case, &connection, &graph) {
            let Some(expected) = json(&fresh(&connection, &by_waves, &spec)) else { continue };
            let sent = load(&mut session, &connection, &spec, &mut asked);
            let found = match sent {
                Err(what) if null_keys && what.contains("is sent again") => continue,
                found => found.map_err(|what| format!("{what}\nloading {spec:?}"))?,
            };
            if json(&found).as_ref() != Some(&expected) {
                return Err(format!("{spec:?}\ngives {:?}\nnot {expected}", json(&found)));
            }
            // Again, in parts and in other words.
            let again = strategies(&graph, &spec, Strategy::Selectin);
            if load(&mut session, &connection, &again, &mut asked).is_ok_and(|a| json(&a).as_ref() != Some(&expected)) {
                return Err(format!("{again:?} gives another result than {expected}"));
            }
        }
        let mut done = done.borrow_mut();
        done.keys += asked.checked;
        done.sessions += usize::from(session.stored_rows() > 0);
        done.at_once += asked.at_once;
        Ok(())
    });
    done.into_inner()
}

#[test]
fn sessions_that_keep_nothing_change_no_result() {
    over_cases(100, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let planner = Planner::new(graph.clone(), Sqlite::new());
        let mut session = eagerly_rusqlite::Session::open(&connection, &planner);
        *session.core_mut() = Session::new(&planner).keep_rows(0);
        let mut held = Vec::new();
        for (index, spec) in sequence(case, &connection, &graph).into_iter().enumerate() {
            let Some(expected) = json(&fresh(&connection, &planner, &spec)) else { continue };
            let loaded = session.load(&spec).unwrap();
            if json(&loaded).as_ref() != Some(&expected) {
                return Err(format!("{spec:?}\ngives {:?}\nnot {expected}", json(&loaded)));
            }
            // Some are held for a while.
            match index % 3 {
                0 => held.push((loaded, expected)),
                1 => drop(held.pop()),
                _ => {}
            }
        }
        match held.iter().find(|(loaded, expected)| json(loaded).as_ref() != Some(expected)) {
            Some((_, expected)) => Err(format!("a result that is held has changed: {expected}")),
            None => Ok(()),
        }
    });
}

/// Compares what is touched with what was loaded eagerly, row by row.
fn same(
    session: &mut eagerly_rusqlite::Session<'_>,
    (eager, touched): (RowRef<'_>, RowRef<'_>),
    left: &mut u64,
) -> Result<(), String> {
    for key in eager.keys().filter(|key| *key != "_link") {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return Ok(());
        }
        if let Some(value) = eager.get(key) {
            if touched.get(key) != Some(value) {
                return Err(format!("`{key}` is {:?}, not {value:?}", touched.get(key)));
            }
            continue;
        }
        let text = |errors: eagerly::error::Errors| format!("`{key}`: {errors}");
        let (expected, found): (Vec<_>, Vec<_>) = match eager.many(key) {
            Ok(rows) => (rows.collect(), session.many(touched, key).map_err(text)?.collect()),
            Err(_) => {
                let row = session.one(touched, key).map_err(text)?;
                (eager.one(key).map_err(text)?.into_iter().collect(), row.into_iter().collect())
            }
        };
        if expected.len() != found.len() {
            return Err(format!("`{key}` has {} rows, not {}", found.len(), expected.len()));
        }
        for pair in expected.into_iter().zip(found) {
            same(session, pair, left)?;
        }
    }
    Ok(())
}

#[test]
fn what_is_touched_is_what_is_loaded_eagerly() {
    let touched = touches(300, Prefer::FewerWaves);
    assert!(touched > 500, "{touched} lazy loads");
}

#[test]
fn what_is_touched_in_one_round_trip_is_what_is_loaded_eagerly() {
    let touched = touches(200, Prefer::OneRoundTrip);
    assert!(touched > 300, "{touched} lazy loads");
}

/// Loads lazily and touches everything; how many lazy loads that took.
fn touches(cases: u32, prefer: Prefer) -> u64 {
    let touched = Cell::new(0);
    over_cases(cases, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let planner = Planner::new(graph.clone(), Sqlite::new()).prefer(prefer);
        let mut session = eagerly_rusqlite::Session::open(&connection, &planner);
        for spec in sequence(case, &connection, &graph).into_iter().step_by(3) {
            let eager = fresh(&connection, &planner, &spec);
            for strategy in [Strategy::Lazy, Strategy::LazyOne] {
                let Ok(lazy) = session.load(&strategies(&graph, &spec, strategy)) else { continue };
                if lazy.len() != eager.len() {
                    // `inner` belongs to what is loaded.
                    continue;
                }
                for pair in eager.roots().zip(lazy.roots()) {
                    same(&mut session, pair, &mut 200)
                        .map_err(|what| format!("{what}\nin {spec:?} as {strategy:?}"))?;
                }
            }
        }
        touched.set(touched.get() + session.core().lazy_loads());
        Ok(())
    });
    touched.get()
}
