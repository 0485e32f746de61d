//! Random schema, data and specification: the engine gives the oracle's graph under every strategy and without any
//! optional pass, sends no key twice, no NULL and no empty list, and stores no row twice.

use eagerly::graph::TableStatistics;
use eagerly::spec::Strategy;
use eagerly::{LoadSpec, Planner, Prefer, RelationshipGraph, Run, Sqlite};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::generate::{Case, case, with_variables};
use eagerly_tests::harness::{Engine, Outcome, Treatment, agree, load};
use eagerly_tests::oracle::oracle;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;

/// Cases of the normal run; `EAGERLY_CASES` and `EAGERLY_SEED` ask for more and for others.
const CASES: u32 = 2_000;

/// Runs a property over generated cases. The seed is fixed, so that a failure repeats; the smallest case is printed.
fn over_cases(cases: u32, property: impl Fn(&Case) -> Result<(), String>) {
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u64>().expect("a number"));
    let cases = number("EAGERLY_CASES").map_or(cases, |n| u32::try_from(n).unwrap());
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number("EAGERLY_SEED").unwrap_or(1).to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let outcome = runner.run(&case(), |case| property(&case).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(reason, case)) = &outcome {
        panic!("{reason}\nthe smallest case:\n{case:#?}");
    }
    outcome.unwrap();
}

#[test]
fn every_strategy_gives_the_oracles_graph() {
    over_cases(CASES, |case| agree(&SqliteEngine::default(), case));
}

/// Statistics that are not true choose another plan and never another graph; the same ones choose the same plan.
#[test]
fn no_statistics_change_the_result() {
    let [split, joined, left] = [(); 3].map(|()| std::cell::Cell::new(0));
    over_cases(1_000, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let counted = with_statistics(&graph, case.rows.len());
        let auto = Treatment::All(Strategy::Auto);
        let expected = oracle(&connection, &graph, &case.spec);
        let engine = SqliteEngine::default();
        let [first, second] =
            [0, 1].map(|_| load(&engine, &connection, &counted, (&case.spec, auto), &expected).map(|done| done.plan));
        let (first, second) = (first?, second?);
        if first != second {
            return Err(format!("two plans for one specification:\n{first}\n{second}"));
        }
        split.set(split.get() + usize::from(first.contains(" share ")));
        joined.set(joined.get() + usize::from(first.contains("it saves a statement")));
        // What a condition on the root leaves is told, and is no fact.
        let root = first.lines().find(|line| line.contains(": root")).unwrap_or_default();
        left.set(left.get() + usize::from(root.contains("bind") && root.contains("about")));
        Ok(())
    });
    let [split, joined, left] = [split, joined, left].map(std::cell::Cell::into_inner);
    assert!(
        split >= 20 && joined >= 20 && left >= 20,
        "{split} to-ones are split, {joined} lists joined, {left} conditions leave a known number of rows"
    );
}

/// Statistics of every size and none, by the places of the entities and a seed.
fn with_statistics(graph: &RelationshipGraph, seed: usize) -> RelationshipGraph {
    let mut counted = graph.clone();
    for (place, (_, entity)) in graph.entities().enumerate() {
        let pick = |salt: usize, of: &[u64]| of[(seed * 7 + place * 5 + salt) % of.len()];
        let rows = pick(0, &[0, 10, 1_000_000, u64::MAX]);
        let mut statistics = TableStatistics::new().rows(rows).row_width(pick(1, &[0, 40, 4_000, 200, u64::MAX]));
        for (salt, column) in entity.columns.keys().enumerate() {
            statistics = statistics.distinct([column], pick(salt, &[1, 3, 100_000, 0, u64::MAX]));
        }
        if pick(2, &[0, 1, 2]) > 0 {
            counted = counted.with_statistics(&entity.name, &statistics).unwrap();
        }
    }
    counted
}

/// Whole tables that are sent with their root: the same graph, also where a statement is sent for a root without rows.
#[test]
fn whole_tables_sent_with_the_root_change_no_result() {
    let [sent, statements] = [(); 2].map(|()| std::cell::Cell::new(0));
    over_cases(2_500, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let mut counted = graph.clone();
        for (_, entity) in graph.entities() {
            // Some wide, so that they are not joined; of all most rows are needed.
            let statistics =
                TableStatistics::new().rows(1_000).row_width(if case.rows.len() % 3 > 0 { 4_000 } else { 9 });
            let statistics = entity.columns.keys().fold(statistics, |s, column| s.distinct([column], 600));
            counted = counted.with_statistics(&entity.name, &statistics).unwrap();
        }
        let expected = oracle(&connection, &graph, &case.spec);
        let auto = (&case.spec, Treatment::All(Strategy::Auto));
        let remote = SqliteEngine { remote: true, ..SqliteEngine::default() };
        let off = SqliteEngine { without: vec!["sent_with_root"], remote: true, ..SqliteEngine::default() };
        let [on, off] = [remote, off].map(|engine| load(&engine, &connection, &counted, auto, &expected));
        let (on, off) = (on?, off?);
        let with_root = on.plan.matches("sent with the root").count();
        sent.set(sent.get() + usize::from(with_root > 0));
        statements.set(statements.get() + with_root);
        if with_root == 0 {
            return Ok(());
        }
        let waves = |outcome: &Outcome| outcome.plan.matches("\nwave ").count();
        let batches = |outcome: &Outcome| outcome.plan.matches("batch#").count();
        let fewer = waves(&on) < waves(&off) && batches(&on) == batches(&off);
        if fewer { Ok(()) } else { Err(format!("no wave is saved, or not for nothing:\n{}\n{}", on.plan, off.plan)) }
    });
    let [sent, statements] = [sent, statements].map(std::cell::Cell::into_inner);
    assert!(sent >= 100 && statements >= sent + 25, "{sent} plans send {statements} whole tables");
}

/// Where each target of a many-to-many comes once, by a statement of its own: the same graph, however its keys are cut.
#[test]
fn targets_that_come_once_change_no_result() {
    let [once, alone, whole_table] = [(); 3].map(|()| std::cell::Cell::new(0));
    over_cases(2_500, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let links = |id| graph.relationships().any(|(_, r)| r.secondary.as_ref().is_some_and(|s| s.entity == id));
        // Of half of the cases most targets are needed.
        let others = if case.rows.len().is_multiple_of(2) { 1_000_000 } else { 40 };
        let mut counted = graph.clone();
        for (id, entity) in graph.entities() {
            let rows = if links(id) { 1_000_000 } else { others };
            let statistics = TableStatistics::new().rows(rows).row_width(4_000);
            let statistics = entity.columns.keys().fold(statistics, |s, column| s.distinct([column], 30));
            counted = counted.with_statistics(&entity.name, &statistics).unwrap();
        }
        let expected = oracle(&connection, &graph, &case.spec);
        let auto = (&case.spec, Treatment::All(Strategy::Auto));
        let whole = load(&SqliteEngine::default(), &connection, &counted, auto, &expected)?;
        if whole.plan.contains("each target once") {
            once.set(once.get() + 1);
            alone.set(alone.get() + usize::from(whole.plan.contains("reads the links alone")));
            let completed = |line: &str| line.contains(".*:") && line.contains("the whole table");
            whole_table.set(whole_table.get() + usize::from(whole.plan.lines().any(completed)));
            let cut = SqliteEngine { limits: Some((1, 64)), ..SqliteEngine::default() };
            let apart = SqliteEngine { without: vec!["merge_siblings"], ..SqliteEngine::default() };
            let few = SqliteEngine { prefer: Prefer::FewerStatements, ..SqliteEngine::default() };
            for engine in [cut, apart, few] {
                load(&engine, &connection, &counted, auto, &expected)?;
            }
            let off = SqliteEngine { without: vec!["targets_once"], ..SqliteEngine::default() };
            if load(&off, &connection, &counted, auto, &expected)?.plan.contains("each target once") {
                return Err("the pass is off".into());
            }
        }
        Ok(())
    });
    let counted = [once.get(), alone.get(), whole_table.get()];
    assert!(counted[0] >= 50 && counted[1] >= 10 && counted[2] >= 5, "once, of links alone, whole: {counted:?}");
}

#[test]
fn no_pass_changes_the_result() {
    let passes: Vec<&'static str> = Planner::optional_passes().collect();
    over_cases(500, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let expected = oracle(&connection, &graph, &case.spec);
        let each = passes.iter().map(|pass| vec![*pass]);
        for without in each.chain([passes.clone()]) {
            let engine = SqliteEngine { without, ..SqliteEngine::default() };
            load(&engine, &connection, &graph, (&case.spec, Treatment::AsWritten), &expected)
                .map_err(|what| format!("without {:?}: {what}", engine.without))?;
        }
        Ok(())
    });
}

#[test]
fn no_chunk_size_changes_the_result() {
    for keys in [1, 2] {
        // Filters of a case may bind a dozen values beside the keys.
        let engine = SqliteEngine { limits: Some((keys, 64)), ..SqliteEngine::default() };
        over_cases(500, |case| agree(&engine, case));
    }
}

#[test]
fn the_cache_serves_one_plan_for_one_shape() {
    over_cases(200, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let planner = Planner::new(graph, Sqlite::new());
        let [first, second] = [0, 1].map(|_| planner.compile(&case.spec).unwrap());
        if !std::sync::Arc::ptr_eq(first.batches(), second.batches()) {
            return Err("a second compilation of one specification".into());
        }
        let [first, second] = [first, second].map(|plan| eagerly_rusqlite::load(&connection, &plan).unwrap().to_json());
        if first == second { Ok(()) } else { Err("one plan, two results".into()) }
    });
}

#[test]
fn no_row_with_an_identity_is_stored_twice() {
    over_cases(500, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let planner = Planner::new(graph.clone(), Sqlite::new());
        let plan = planner.compile(&case.spec).unwrap();
        let result = eagerly_rusqlite::load(&connection, &plan).unwrap();
        for (_, entity) in graph.entities().filter(|(_, e)| e.has_identity()) {
            let table = entity.table.replace('"', "\"\"");
            let count = format!("SELECT count(*) FROM \"{table}\"");
            let rows = connection.query_row(&count, [], |row| row.get::<_, i64>(0)).unwrap() as usize;
            let stored = result.stored_rows(&entity.name);
            if stored > rows {
                return Err(format!("{stored} rows of {} are stored, the table has {rows}", entity.name));
            }
        }
        Ok(())
    });
}

#[test]
fn rows_can_arrive_in_any_number_of_statements() {
    // A host may run what is ready in any order: here the last statement first.
    for prefer in [Prefer::FewerWaves, Prefer::OneRoundTrip] {
        over_cases(300, |case| {
            let (connection, graph) = (case.connection(), case.graph());
            let planner = Planner::new(graph.clone(), Sqlite::new()).prefer(prefer);
            let plan = planner.compile(&case.spec).unwrap();
            let mut run = Run::new(&plan);
            loop {
                let ready = run.ready().unwrap();
                if ready.is_empty() {
                    break;
                }
                for statement in ready.into_iter().rev() {
                    eagerly_rusqlite::execute(&connection, &mut run, &statement).unwrap();
                }
            }
            let json = run.finish().unwrap().to_json().unwrap();
            let expected = SqliteEngine::default().load(&connection, &graph, &case.spec).unwrap().json;
            if json == expected { Ok(()) } else { Err(format!("{json}\nis not\n{expected}")) }
        });
    }
}

/// What can be sent with the root is, and the result stays.
#[test]
fn one_round_trip_gives_the_oracles_graph() {
    let (engine, waves) = (SqliteEngine { prefer: Prefer::OneRoundTrip, ..SqliteEngine::default() }, Cell::new((0, 0)));
    over_cases(700, |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let expected = oracle(&connection, &graph, &case.spec);
        let at_once = load(&engine, &connection, &graph, (&case.spec, Treatment::AsWritten), &expected)?;
        let by_waves = SqliteEngine::default().load(&connection, &graph, &case.spec).unwrap();
        let (several, one) = waves.get();
        let saved = usize::from(by_waves.waves > 1);
        waves.set((several + saved, one + saved * usize::from(at_once.waves == 1)));
        // As they are planned: an empty list of keys ends a load early.
        let planned = |prefer| {
            let planner = Planner::new(graph.clone(), Sqlite::new()).prefer(prefer);
            planner.compile(&case.spec).unwrap().batches().waves()
        };
        if planned(Prefer::OneRoundTrip) <= planned(Prefer::FewerWaves).max(1) {
            Ok(())
        } else {
            Err("more round trips".to_owned())
        }
    });
    let (several, one) = waves.get();
    assert!(one > 40, "{one} of {several} cases with several round trips take one");
}

/// Values given by name are values: which of them are variables is the case's size in bits, so that all mixtures occur.
#[test]
fn variables_stand_for_their_values() {
    let bound = std::cell::Cell::new(0);
    over_cases(500, |case| {
        let bits: Vec<bool> = (0..5).map(|bit| (case.rows.len() + case.ddl.len()) >> bit & 1 == 1).collect();
        let (spec, variables) = with_variables(&case.spec, &bits);
        bound.set(bound.get() + usize::from(!variables.is_empty()));
        if spec.bind(&variables).map_err(|errors| errors.to_string())? != case.spec {
            return Err(format!("{variables:?} in {spec:?}"));
        }
        // Without them it is refused, as soon as there is one.
        let missing = spec.bind(&eagerly_planner::spec::Variables::new()).is_err();
        if missing == variables.is_empty() { Err(format!("{variables:?}: refused is {missing}")) } else { Ok(()) }
    });
    assert!(bound.get() > 100, "only {} cases with variables", bound.get());
}

/// Both written forms read back as what was written. Names that need quoting and bytes have no text form, but JSON.
#[test]
fn written_specifications_read_back() {
    let written = std::cell::Cell::new(0);
    over_cases(500, |case| {
        let same = |form: &str, text: &str, back: Result<LoadSpec, eagerly::error::Errors>| match back {
            Ok(back) if back == case.spec => Ok(()),
            Ok(back) => Err(format!("{form} reads as another specification: {text}\n{back:?}")),
            Err(errors) => Err(format!("{form} does not read: {errors}\n{text}")),
        };
        let json = case.spec.to_json().map_err(|errors| errors.to_string())?;
        same("JSON", &json, LoadSpec::from_json(&json))?;
        if let Ok(text) = case.spec.to_text() {
            written.set(written.get() + 1);
            same("text", &text, LoadSpec::parse(&text))?;
        }
        Ok(())
    });
    assert!(written.get() > 100, "only {} cases with a text form", written.get());
}

/// The shape is all that a cached plan knows: other values give another result from the same plan.
#[test]
fn values_are_no_part_of_a_shape() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1), (2), (3)").unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    let load = |text: &str| {
        let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
        (plan.batches().clone(), eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap())
    };
    let (one, first) = load("{ a(where: {id: 1}) }");
    let (two, second) = load("{ a(where: {id: 2}) }");
    assert!(std::sync::Arc::ptr_eq(&one, &two));
    assert_eq!((first.as_str(), second.as_str()), ("[{\"id\":1}]", "[{\"id\":2}]"));
    let (null, none) = load("{ a(where: {id: null}) }");
    assert!(!std::sync::Arc::ptr_eq(&one, &null));
    assert_eq!(none, "[]");
    let (list, found) = load("{ a(where: {id: {in: [1, 3]}}) }");
    let (longer, more) = load("{ a(where: {id: {in: [3, 2, 1]}}) }");
    assert!(std::sync::Arc::ptr_eq(&list, &longer));
    assert_eq!((found.as_str(), more.as_str()), ("[{\"id\":1},{\"id\":3}]", "[{\"id\":1},{\"id\":2},{\"id\":3}]"));
}
