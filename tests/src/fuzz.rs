//! The bodies of the fuzz targets. They are here so that the normal test run compiles and calls them.

use crate::engine::SqliteEngine;
use crate::generate::case;
use crate::harness::agree;
use crate::simulate::Simulator;
use eagerly::error::{ErrorKind, Errors};
use eagerly::{LoadSpec, Planner, Run, Sqlite};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rusqlite::Connection;

const SCHEMA: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author, title TEXT, score REAL,
        published BOOLEAN, body BLOB);
    CREATE TABLE tag (slug TEXT PRIMARY KEY, name TEXT, parent_slug TEXT REFERENCES tag);
    CREATE TABLE post_tag (post_id INTEGER REFERENCES post, tag_slug TEXT REFERENCES tag,
        PRIMARY KEY (post_id, tag_slug));
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob');
    INSERT INTO post VALUES (1, 1, 'first', 0.5, 1, x'00ff'), (2, 1, 'second', NULL, 0, NULL), (3, NULL, '', 2, 1, '');
    INSERT INTO tag VALUES ('rust', 'Rust', NULL), ('sql', 'SQL', 'rust');
    INSERT INTO post_tag VALUES (1, 'rust'), (1, 'sql'), (2, 'sql');";

thread_local! {
    static BLOG: (Connection, Planner) = {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(SCHEMA).unwrap();
        let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
        (connection, planner)
    };
}

/// Any text is a specification, in the text form or in JSON, or an error with a place in the text; what compiles,
/// SQLite prepares and runs.
///
/// # Panics
/// When it is not so.
pub fn spec_text(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parsed = LoadSpec::parse_any(text);
    let spec = match parsed.and_then(|parsed| Errors::check(parsed.problems, parsed.spec)) {
        Ok(spec) => spec,
        Err(errors) => {
            for error in errors.all() {
                assert_ne!(error.kind, ErrorKind::Bug, "{error}");
                if let Some(span) = error.at.span {
                    assert!(text.get(span.range()).is_some(), "{error}: {span:?} is no place in {text:?}");
                }
            }
            return;
        }
    };
    BLOG.with(|(connection, planner)| {
        let plan = match planner.compile(&spec) {
            Ok(plan) => plan,
            Err(errors) => return assert!(errors.all().iter().all(|e| e.kind != ErrorKind::Bug), "{errors}"),
        };
        match eagerly_rusqlite::drive(connection, Run::new(&plan).max_rows(10_000), &mut |_| {}) {
            Ok(graph) => drop(graph.write_json(&mut std::io::sink(), 10_000)),
            // LIKE patterns and results have limits in SQLite too; a statement that does not parse is ours.
            Err(errors) => assert!(!errors.to_string().contains("syntax error"), "{errors}\n{}", plan.explain()),
        }
    });
}

/// Bytes seed the generator; the engine gives the oracle's graph under every strategy.
///
/// # Panics
/// When it does not.
pub fn oracle(data: &[u8]) {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed(data));
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    let Ok(tree) = case().new_tree(&mut runner) else { return };
    let case = tree.current();
    agree(&SqliteEngine::default(), &case).unwrap_or_else(|what| panic!("{what}\n{case:#?}"));
}

/// A seed from bytes of any length. proptest can read bytes as its random numbers themselves, which would let a fuzzer
/// steer, but it waits for ever for other numbers where they end.
fn seed(data: &[u8]) -> [u8; 32] {
    let mut seed = [0_u8; 32];
    for (i, byte) in data.iter().enumerate() {
        let (at, next) = (i % 32, (i + 1) % 32);
        seed[at] = seed[at].rotate_left(3) ^ byte;
        seed[next] = seed[next].wrapping_add(seed[at]);
    }
    seed
}

/// Bytes are the choices of a history: the first eight choose its world, the others all that happens, so that a fuzzer can
/// steer.
///
/// # Panics
/// When the history does not end as it must.
pub fn simulate(data: &[u8]) {
    let (world, choices) = data.split_at(data.len().min(8));
    let mut number = [0; 8];
    number[..world.len()].copy_from_slice(world);
    let choices: Vec<u32> = choices.iter().map(|byte| u32::from(*byte)).collect();
    if let Some(failure) = Simulator::new(None).replay(u64::from_le_bytes(number), &choices) {
        panic!("{failure}");
    }
}
