//! Key types with the values at their bounds, under settings of the session, over every strategy and database: the engine
//! gives what the oracle gives, which knows rows by their number alone and reads no key.
//!
//! A part runs in every test run. The whole (`EAGERLY_CASES` is shared out among the seeds, for each database):
//!
//! ```text
//! EAGERLY_CASES=20000 EAGERLY_SEED=1,2,3 cargo test -p eagerly-tests --test it bounds:: -- --nocapture
//! ```
//!
//! `EAGERLY_KEEP_GOING=1` tells all cases that fail, each in a line, and shrinks none; `EAGERLY_ONLY=17` beside it shrinks
//! that one.

use eagerly::error::Errors;
use eagerly::spec::Strategy as How;
use eagerly_tests::database::{Backend, Mysql, Postgres};
use eagerly_tests::engine::exact::Session;
use eagerly_tests::generate::exact::{Case, exact_case, prelude, settings, types};
use eagerly_tests::harness::{Outcome, Treatment, judge};
use eagerly_tests::oracle::exact::{Ask, Expected, Printed, expected};
use eagerly_tests::servers::{Server, server};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use rusqlite::Connection;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Cases of the normal run, for each database; of all seeds together.
const CASES: u32 = 60;

/// Every strategy with lists of any length, and some with lists that are cut.
const LOADS: [(Treatment, Option<usize>); 8] = [
    (Treatment::AsWritten, None),
    (Treatment::All(How::Selectin), None),
    (Treatment::All(How::Joined), None),
    (Treatment::All(How::Subquery), None),
    (Treatment::All(How::Auto), None),
    (Treatment::All(How::Selectin), Some(1)),
    (Treatment::AsWritten, Some(2)),
    (Treatment::All(How::Subquery), Some(1)),
];

/// Traits of cases and results, and the percentage of cases that has to have each.
const SHARES: [(&str, u32); 14] = [
    ("a child", 30),
    ("a list of two", 4),
    ("an empty list", 8),
    ("null", 10),
    ("a key of two columns", 15),
    ("another type on the other side", 5),
    ("settings", 50),
    ("two settings", 25),
    ("a connection that is lent", 30),
    ("a primary key of the type", 20),
    ("a value in a condition", 20),
    ("a recursion", 3),
    ("a limit", 15),
    ("many-to-many", 10),
];

/// A database, whose tables are those of one case after the other.
struct Playground {
    backend: Backend,
    /// The URL, a session without settings, and the oracle's.
    server: Option<(String, Sessions)>,
    seen: RefCell<BTreeMap<String, u32>>,
}

enum Sessions {
    Postgres { plain: Box<Postgres>, oracle: Box<Postgres> },
    Mysql { plain: Box<Mysql> },
}

impl Playground {
    fn sqlite() -> Self {
        Self { backend: Backend::Sqlite, server: None, seen: RefCell::default() }
    }

    fn on(server: &Server) -> Self {
        let backend = server.backend();
        let url = server.make("eagerly_test_bounds", prelude(backend));
        let sessions = if backend == Backend::Postgres {
            let connect = || Box::new(Postgres::connect(&url).unwrap());
            Sessions::Postgres { plain: connect(), oracle: connect() }
        } else {
            Sessions::Mysql { plain: Box::new(Mysql::connect(&url).unwrap()) }
        };
        Self { backend, server: Some((url, sessions)), seen: RefCell::default() }
    }

    /// Loads a case under all treatments, and compares with the oracle.
    fn check(&self, case: &Case) -> Result<(), String> {
        let shared = case.settings.iter().filter(|setting| setting.compares).map(|setting| setting.sql);
        let wrong = |what: String| format!("the case is wrong: {what}");
        match &self.server {
            None => {
                let connection = Connection::open_in_memory().unwrap();
                for sql in case.sql() {
                    let done = connection.execute_batch(&sql);
                    // Types can refuse a value: then the row is left out.
                    if let Err(error) = done
                        && !sql.starts_with("INSERT")
                    {
                        return Err(wrong(format!("{error} in {sql}")));
                    }
                }
                let printed = Printed::stored(case, &connection);
                for setting in &case.settings {
                    connection.execute_batch(setting.sql).map_err(|error| wrong(error.to_string()))?;
                }
                self.compare(case, &Session::sqlite(&connection), &connection, &printed)
            }
            Some((url, Sessions::Postgres { plain, oracle })) => {
                plain.execute(&case.sql().join(";\n")).map_err(wrong)?;
                let printed = Printed::read(case, plain.as_ref());
                let reset = ["RESET ALL"].into_iter().chain(shared).collect::<Vec<_>>().join("; ");
                oracle.execute(&reset).map_err(wrong)?;
                self.compare(case, &Session::on(case, url), oracle.as_ref(), &printed)
            }
            Some((url, Sessions::Mysql { plain })) => {
                plain.execute(&case.sql().join(";\n")).map_err(wrong)?;
                let printed = Printed::read(case, plain.as_ref());
                let oracle = Mysql::connect(url).unwrap();
                for sql in ["SET sql_mode = ''"].into_iter().chain(shared) {
                    oracle.execute(sql).map_err(wrong)?;
                }
                self.compare(case, &Session::on(case, url), &oracle, &printed)
            }
        }
    }

    fn compare(&self, case: &Case, session: &Session<'_>, oracle: &dyn Ask, printed: &Printed) -> Result<(), String> {
        let before = session.settings();
        let catalog = session.catalog().map_err(|errors| format!("[catalog] {errors}"))?;
        let graph = case.schema.graph(&catalog, case);
        let spec = case.spec(&graph, printed);
        let expected = expected(case, oracle, &graph, printed);
        let mut problems: Vec<String> = Vec::new();
        for (treatment, cut) in LOADS {
            let loaded = session.load(&graph, &treatment.apply(&graph, &spec), cut);
            if case.is_refused(&loaded) {
                continue;
            }
            if let Err(what) = judged(treatment, loaded, &expected) {
                problems.push(cut.map_or(what.clone(), |cut| format!("lists of {cut}: {what}")));
            }
        }
        let after = session.settings();
        if before != after {
            problems.push(format!("the session was set to\n{before}\nand is set to\n{after}"));
        }
        self.count(case, &expected);
        if problems.is_empty() {
            return Ok(());
        }
        let text = spec.to_text().unwrap_or_else(|_| serde_json::to_string(&spec).unwrap());
        Err(format!("{case:?}\n{text}\n\n{}", problems.join("\n\n")))
    }

    fn count(&self, case: &Case, expected: &Expected) {
        let mut found = case.traits();
        if let Expected::Json(json) = expected {
            result_traits(json, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().for_each(|name| *self.seen.borrow_mut().entry(name).or_default() += 1);
    }

    /// Fails where the cases are all alike; many cases have every type and every setting.
    fn check_shares(&self, cases: u32) {
        let seen = self.seen.borrow();
        let share = |name: &str| seen.get(name).copied().unwrap_or(0) * 100 / cases;
        let can = |name: &str| match self.backend {
            Backend::Sqlite => name != "a connection that is lent",
            _ => true,
        };
        let rare: Vec<_> = SHARES.iter().filter(|(name, percent)| can(name) && share(name) < *percent).collect();
        assert!(rare.is_empty(), "the generator is vacuous: {rare:?}\nof {cases}: {seen:#?}");
        if cases >= 3_000 {
            let types = types(self.backend).iter().map(|ty| ty.sql);
            let all = types.chain(settings(self.backend).into_iter().map(|setting| setting.sql));
            let never: Vec<&str> = all.filter(|name| !seen.contains_key(*name)).collect();
            assert!(never.is_empty(), "never drawn: {never:?}");
        }
    }
}

/// Compares, or wants the error of a float that JSON cannot carry.
fn judged(treatment: Treatment, loaded: Result<Outcome, Errors>, expected: &Expected) -> Result<(), String> {
    match (expected, loaded) {
        (Expected::Json(json), loaded) => judge(treatment, loaded, json).map(drop),
        (Expected::NotFinite, Err(errors)) if errors.first().code == "E0406" => Ok(()),
        (Expected::NotFinite, loaded) => {
            let loaded = loaded.map(|outcome| outcome.json).map_err(|errors| errors.to_string());
            Err(format!("[{}] another result\nexpected: E0406\ngot: {loaded:?}", treatment.name()))
        }
    }
}

fn result_traits(json: &Json, found: &mut Vec<String>) {
    for object in json.as_array().into_iter().flatten().chain(json.is_object().then_some(json)) {
        for value in object.as_object().into_iter().flat_map(|object| object.values()) {
            match value {
                Json::Null => found.push("null".to_owned()),
                Json::Array(list) if list.is_empty() => found.push("an empty list".to_owned()),
                Json::Array(list) if list[0].is_object() => {
                    found.push("a child".to_owned());
                    if list.len() > 1 {
                        found.push("a list of two".to_owned());
                    }
                    result_traits(value, found);
                }
                Json::Object(_) => {
                    found.push("a child".to_owned());
                    result_traits(value, found);
                }
                _ => {}
            }
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn over_cases(playground: &Playground) {
    let cases = variable("EAGERLY_CASES").map_or(CASES, |n| n.parse().expect("a number"));
    let seeds = variable("EAGERLY_SEED").unwrap_or_else(|| "1,2,3".to_owned());
    let seeds: Vec<u64> = seeds.split(',').map(|seed| seed.trim().parse().expect("a number")).collect();
    let each = cases.div_ceil(u32::try_from(seeds.len()).unwrap());
    for number in &seeds {
        let mut seed = [17; 32];
        seed[..8].copy_from_slice(&number.to_le_bytes());
        let config = Config { cases: each, failure_persistence: None, max_shrink_iters: 150, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        if variable("EAGERLY_KEEP_GOING").is_some() {
            keep_going(playground, &mut runner, each);
            continue;
        }
        let checked = |case: Case| playground.check(&case).map_err(TestCaseError::fail);
        match runner.run(&exact_case(playground.backend), checked) {
            Err(TestError::Fail(reason, _)) => panic!("seed {number}, the smallest case:\n{reason}"),
            outcome => outcome.unwrap(),
        }
    }
    if variable("EAGERLY_ONLY").is_some() {
        return;
    }
    playground.check_shares(each * u32::try_from(seeds.len()).unwrap());
}

/// All cases that fail, each in a line; or the one that is asked for, as small as it becomes.
fn keep_going(playground: &Playground, runner: &mut TestRunner, cases: u32) {
    let only: Option<u32> = variable("EAGERLY_ONLY").map(|n| n.parse().expect("a number"));
    let mut failed = Vec::new();
    for at in 0..cases {
        let tree = exact_case(playground.backend).new_tree(runner).unwrap();
        match only {
            Some(only) if only == at => {
                let checked = |case: Case| playground.check(&case).map_err(TestCaseError::fail);
                if let Err(TestError::Fail(reason, _)) = runner.run_one(tree, checked) {
                    panic!("case {at}, as small as it becomes:\n{reason}");
                }
                return;
            }
            Some(_) => continue,
            None => {}
        }
        let case = tree.current();
        if let Err(what) = playground.check(&case) {
            let told =
                |line: &&str| ["[", "lists of", "the session was", "the case is"].iter().any(|s| line.starts_with(s));
            let first = what.lines().find(told).unwrap_or_default();
            failed.push(format!("{at}: {} :: {first}", case.summary()));
        }
    }
    assert!(failed.is_empty(), "{} of {cases} failed:\n{}", failed.len(), failed.join("\n"));
}

fn on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    over_cases(&Playground::on(server));
}

#[test]
fn keys_at_their_bounds_give_the_graph_of_the_oracle_of_sqlite() {
    over_cases(&Playground::sqlite());
}

#[test]
fn keys_at_their_bounds_give_the_graph_of_the_oracle_of_postgres() {
    on(Backend::Postgres);
}

#[test]
fn keys_at_their_bounds_give_the_graph_of_the_oracle_of_mariadb() {
    on(Backend::Mariadb);
}

#[test]
fn keys_at_their_bounds_give_the_graph_of_the_oracle_of_mysql() {
    on(Backend::Mysql);
}
