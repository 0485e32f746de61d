//! The planner against every way to merge and order the loads of small specifications: none has fewer waves, and none
//! of those with as few waves has fewer statements; or the other way round, where fewer statements are preferred.
//!
//! Loads, questions, waves and statements are computed here from the specification and the graph alone.

use eagerly::{Planner, Prefer, Sqlite};
use eagerly_planner::graph::{Relationship, RelationshipGraph};
use eagerly_planner::ids::EntityId;
use eagerly_planner::spec::{Field, LoadSpec, Strategy};
use eagerly_tests::corpus::{database, reflect, schema};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::generate::{merging, over};
use eagerly_tests::harness::{Treatment, load};
use eagerly_tests::oracle::oracle;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;

/// A statement before any is merged: the one that it takes keys from, and what it asks.
struct Load {
    parent: Option<usize>,
    question: String,
}

/// The loads of a specification, parents first. What is joined belongs to the load above it; here that is always one
/// row at most, which changes nothing about the question.
fn loads(graph: &RelationshipGraph, spec: &LoadSpec) -> Vec<Load> {
    fn below(graph: &RelationshipGraph, entity: EntityId, field: &Field, load: usize, loads: &mut Vec<Load>) {
        for child in field.fields.iter().flatten() {
            let Some(id) = graph.relationship_id(entity, &child.name) else { continue };
            let relationship = graph.relationship(id);
            let mut own = load;
            if child.strategy != Some(Strategy::Joined) {
                loads.push(Load { parent: Some(load), question: question(graph, relationship, child) });
                own = loads.len() - 1;
            }
            below(graph, relationship.target, child, own, loads);
        }
    }
    let root = graph.entity_id(&spec.root.name).expect("an entity");
    let mut all = vec![Load { parent: None, question: "root".to_owned() }];
    below(graph, root, &spec.root, 0, &mut all);
    all
}

/// What a load asks of whatever keys it gets: the target's rows by these columns, under this condition, in this order,
/// within this window. One row at most has no order.
fn question(graph: &RelationshipGraph, relationship: &Relationship, field: &Field) -> String {
    let target = graph.entity(relationship.target);
    let arguments = &field.arguments;
    let by_key = relationship.secondary.is_none() && target.primary_key == relationship.target_key;
    let order = (!by_key).then(|| arguments.order.iter().map(|o| (&o.column, o.descending)).collect::<Vec<_>>());
    let filter = arguments.filter.as_ref().map(|f| format!("{f:?}"));
    let window = (arguments.limit, arguments.offset);
    format!(
        "{} {:?} {:?} {filter:?} {order:?} {window:?}",
        target.name, relationship.target_key, relationship.secondary
    )
}

/// Waves and statements of a way to merge, given by the batch of each load; `None` where batches wait for each other.
fn cost(loads: &[Load], batch_of: &[usize]) -> Option<(u32, usize)> {
    let batches = batch_of.iter().max().map_or(0, |last| last + 1);
    let mut waves = vec![1; batches];
    for _ in 0..batches {
        let mut settled = true;
        for (load, batch) in loads.iter().zip(batch_of) {
            let after = load.parent.map_or(1, |parent| waves[batch_of[parent]] + 1);
            if waves[*batch] < after {
                (waves[*batch], settled) = (after, false);
            }
        }
        if settled {
            return Some((waves.into_iter().max().unwrap_or(0), batches));
        }
    }
    None
}

/// Visits every way to put loads of one question into batches.
fn every_way(loads: &[Load], batch_of: &mut Vec<usize>, visit: &mut impl FnMut(&[usize])) {
    let load = batch_of.len();
    if load == loads.len() {
        return visit(batch_of);
    }
    let batches = batch_of.iter().max().map_or(0, |last| last + 1);
    for batch in 0..=batches {
        let first = batch_of.iter().position(|b| *b == batch);
        if first.is_none_or(|first| loads[first].question == loads[load].question) {
            batch_of.push(batch);
            every_way(loads, batch_of, visit);
            batch_of.pop();
        }
    }
}

/// Merges what comes first, as long as no wave is added.
fn greedy(loads: &[Load], waves: u32) -> usize {
    let mut batch_of: Vec<usize> = (0..loads.len()).collect();
    let dense = |batch_of: &[usize]| -> Vec<usize> {
        let mut names: Vec<usize> = batch_of.to_vec();
        names.sort_unstable();
        names.dedup();
        batch_of.iter().map(|b| names.binary_search(b).unwrap()).collect()
    };
    for second in 0..loads.len() {
        for first in 0..second {
            if loads[first].question != loads[second].question || batch_of[first] == batch_of[second] {
                continue;
            }
            let (kept, gone) = (batch_of[first], batch_of[second]);
            let tried: Vec<usize> = batch_of.iter().map(|b| if *b == gone { kept } else { *b }).collect();
            if cost(loads, &dense(&tried)).is_some_and(|(after, _)| after <= waves) {
                batch_of = tried;
            }
        }
    }
    cost(loads, &dense(&batch_of)).map_or(usize::MAX, |(_, statements)| statements)
}

/// Runs a property over specifications. The seed is fixed, so that a failure repeats; the smallest is printed.
fn over_specs(graph: &RelationshipGraph, cases: u32, property: impl Fn(&LoadSpec) -> Result<(), String>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]));
    let outcome = runner.run(&merging(graph), |spec| property(&spec).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(reason, spec)) = &outcome {
        panic!("{reason}\nthe smallest specification:\n{}", spec.to_text().unwrap_or_else(|_| over::shown(spec)));
    }
    outcome.unwrap();
}

#[test]
fn no_way_to_merge_needs_less() {
    let connection = database(&schema("staff"));
    let graph = reflect(&connection);
    // What needs no query at all is not in question here.
    let others: Vec<&str> = Planner::optional_passes().filter(|pass| *pass != "merge_siblings").collect();
    let planner = || Planner::new(graph.clone(), Sqlite::new()).without_passes(&others).unwrap();
    let waves_first = planner();
    let statements_first = planner().prefer(Prefer::FewerStatements);
    let [merged, beyond_greedy, longer] = [0, 0, 0].map(Cell::new);
    let count = |counter: &Cell<u32>, yes: bool| counter.set(counter.get() + u32::from(yes));
    over_specs(&graph, 3_000, |spec| {
        let loads = loads(&graph, spec);
        let (mut fewest_waves, mut fewest_statements) = ((u32::MAX, usize::MAX), (usize::MAX, u32::MAX));
        every_way(&loads, &mut Vec::new(), &mut |batch_of| {
            if let Some((waves, statements)) = cost(&loads, batch_of) {
                fewest_waves = fewest_waves.min((waves, statements));
                fewest_statements = fewest_statements.min((statements, waves));
            }
        });
        let plan = waves_first.compile(spec).map_err(|errors| errors.to_string())?;
        let planned = (plan.batches().waves(), plan.batches().statements());
        if planned != fewest_waves {
            return Err(format!("(waves, statements) {planned:?}, not {fewest_waves:?}\n{}", plan.explain()));
        }
        let plan = statements_first.compile(spec).map_err(|errors| errors.to_string())?;
        let planned = (plan.batches().statements(), plan.batches().waves());
        if planned != fewest_statements {
            return Err(format!("(statements, waves) {planned:?}, not {fewest_statements:?}\n{}", plan.explain()));
        }
        count(&merged, fewest_waves.1 < loads.len());
        count(&beyond_greedy, fewest_waves.1 < greedy(&loads, fewest_waves.0));
        count(&longer, fewest_statements.0 < fewest_waves.1);
        Ok(())
    });
    let counts = [merged.get(), beyond_greedy.get(), longer.get()];
    assert!(counts[0] > 700 && counts[1] > 5 && counts[2] > 20, "merged, beyond greedy, longer: {counts:?}");
}

#[test]
fn merged_batches_give_the_oracles_graph() {
    let connection = database(&schema("staff"));
    let graph = reflect(&connection);
    over_specs(&graph, 500, |spec| {
        let expected = oracle(&connection, &graph, spec);
        for prefer in [Prefer::FewerWaves, Prefer::FewerStatements] {
            let engine = SqliteEngine { prefer, ..SqliteEngine::default() };
            load(&engine, &connection, &graph, (spec, Treatment::AsWritten), &expected)?;
        }
        Ok(())
    });
}
