//! Random schema, data and specification on servers, as `property` has them on SQLite: the engine gives the graph of the
//! server's oracle under every strategy, without any optional pass and with short key lists. What must hold of the
//! statements is checked with every load.

use crate::chinook::result_traits;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::generate::{ServerCase, server_case};
use eagerly_tests::harness::{ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{Server, has_no_sense_on, read, server};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Cases of the normal run; `EAGERLY_CASES` and `EAGERLY_SEED` ask for more and for others.
const CASES: u32 = 150;

/// A database whose tables are those of one case after the other.
struct Playground {
    server: &'static Server,
    url: String,
    /// The tables of the case before.
    tables: RefCell<Vec<String>>,
    /// How many cases had each trait.
    seen: RefCell<BTreeMap<&'static str, u32>>,
}

/// Traits of results and plans, and the percentage of cases that has to have each.
const SHARES: [(&str, u32); 15] = [
    ("a root row", 70),
    ("a child", 35),
    ("a child of a child", 10),
    ("a list of two", 10),
    ("an empty list", 20),
    ("null", 30),
    ("stitched by hash", 30),
    ("stitched by ordinal", 30),
    ("per parent", 15),
    ("all levels in one statement", 3),
    ("one statement per level", 5),
    ("subquery over", 15),
    ("    joined ", 15),
    ("gives way", 15),
    ("shares the batch", 2),
];

impl Playground {
    fn new(server: &'static Server, name: &str) -> Self {
        let url = server.make(&format!("eagerly_test_{name}"), ServerCase::prelude(server.backend()));
        Self { server, url, tables: RefCell::default(), seen: RefCell::default() }
    }

    /// Loads a case with engines under treatments and compares with the oracle. Connections are new, since those before
    /// have prepared statements for other tables of the same names.
    fn check(&self, case: &ServerCase, loads: &[(String, OnServers, Treatment)]) -> Result<(), String> {
        let (backend, url) = (self.server.backend(), self.url.as_str());
        let before = self.tables.replace(case.tables());
        match self.server.execute(url, &case.sql(&before)) {
            Err(what) if what.starts_with("42P21") && !self.server.mixed_collations() => {
                has_no_sense_on(backend, "it refuses keys between two collations, which some cases have");
                return Ok(());
            }
            made => made.map_err(|what| format!("the case is wrong: {what}"))?,
        }
        let (database, catalog) = read(backend, url);
        let own = case.graph(&catalog);
        let mut case = case.clone();
        case.bound(database.as_ref(), &own);
        let expected = oracle_on(database.as_ref(), &own, &case.spec);
        let graph = case.graph(&self.server.catalog(url));
        let (mut problems, mut plans) = (Vec::new(), String::new());
        for (name, engine, treatment) in loads {
            let loaded = engine.load(backend, url, &graph, &treatment.apply(&graph, &case.spec));
            match judge(*treatment, loaded, &expected) {
                Ok(outcome) => plans += &outcome.plan,
                Err(what) => problems.push(format!("{name}: {what}")),
            }
        }
        self.count(&expected, &plans);
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
    }

    fn count(&self, result: &Json, plans: &str) {
        let mut found: Vec<&str> = SHARES.iter().map(|(name, _)| *name).filter(|name| plans.contains(name)).collect();
        result_traits(result, 0, &mut found);
        let found: BTreeSet<&'static str> = found.into_iter().collect();
        found.into_iter().for_each(|name| *self.seen.borrow_mut().entry(name).or_default() += 1);
    }

    /// Fails where the cases are all alike.
    fn check_shares(&self, cases: u32) {
        let seen = self.seen.borrow();
        let share = |name: &str| seen.get(name).copied().unwrap_or(0) * 100 / cases;
        let rare: Vec<_> = SHARES.iter().filter(|(name, percent)| share(name) < *percent).collect();
        assert!(rare.is_empty(), "the generator is vacuous: {rare:?}\nof {cases}: {seen:#?}");
    }
}

/// Runs over generated cases. The seed is fixed, so that a failure repeats; a small case is printed, not always the
/// smallest, since each step towards it takes a database.
fn over_cases(backend: Backend, name: &str, cases: u32, loads: impl Fn() -> Vec<(String, OnServers, Treatment)>) {
    let Some(server) = server(backend) else { return };
    let playground = Playground::new(server, name);
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u64>().expect("a number"));
    let cases = number("EAGERLY_CASES").map_or(cases, |n| u32::try_from(n).unwrap());
    let mut seed = [13; 32];
    seed[..8].copy_from_slice(&number("EAGERLY_SEED").unwrap_or(1).to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 120, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let checked = |case: ServerCase| playground.check(&case, &loads()).map_err(TestCaseError::fail);
    let outcome = runner.run(&server_case(backend), checked);
    if let Err(TestError::Fail(reason, case)) = &outcome {
        panic!("{reason}\nthe smallest case:\n{case:#?}");
    }
    outcome.unwrap();
    if name == "strategies" {
        playground.check_shares(cases);
    }
}

fn every_strategy_on(backend: Backend) {
    over_cases(backend, "strategies", CASES, || {
        let engine = OnServers::default();
        Treatment::DEFAULT.into_iter().map(|treatment| (String::new(), engine.clone(), treatment)).collect()
    });
}

fn every_variation_on(backend: Backend) {
    over_cases(backend, "variations", CASES / 3, || {
        let variations = OnServers::default().variations(&[1, 2]).into_iter();
        variations.map(|(name, engine)| (name, engine, Treatment::AsWritten)).collect()
    });
}

#[test]
fn every_strategy_gives_the_graph_of_the_oracle_of_postgres() {
    every_strategy_on(Backend::Postgres);
}

#[test]
fn every_strategy_gives_the_graph_of_the_oracle_of_mariadb() {
    every_strategy_on(Backend::Mariadb);
}

#[test]
fn every_strategy_gives_the_graph_of_the_oracle_of_mysql() {
    every_strategy_on(Backend::Mysql);
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_postgres() {
    every_variation_on(Backend::Postgres);
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_mariadb() {
    every_variation_on(Backend::Mariadb);
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_mysql() {
    every_variation_on(Backend::Mysql);
}
