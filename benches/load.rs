//! Loading end to end from SQLite in memory: posts with author and tags, by key lists and as whole tables, into structs
//! that own what they hold, and out as JSON; and every case of the test corpus.
//!
//! How that compares with loads by hand is `ratios`' business: only runs in turn can be compared.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use eagerly::{Plan, Planner, Sqlite};
use eagerly_benches::by_hand::{self, ResultHash};
use eagerly_benches::{Blog, eager};
use eagerly_tests::corpus::{CorpusCase, corpus, reflect};
use eagerly_tests::engine::SqliteEngine;
use rusqlite::Connection;
use std::time::Duration;

const POSTS: [u32; 5] = [1, 100, 1_000, 10_000, 40_000];

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for posts in POSTS {
        // One more than comes, but for a single one: its key is not 1.
        let connection = Blog::of(posts + 1).in_memory().unwrap();
        let keyed = eager::plan(&connection, eager::KEYED).unwrap();
        let whole = eager::plan(&connection, eager::WHOLE).unwrap();
        let graph = eagerly_rusqlite::load(&connection, &keyed).unwrap();
        let by_hand = ResultHash::shared(&by_hand::rusqlite::keyed(&connection, 1).unwrap());
        assert_eq!((graph.len(), eager::hash(&graph).unwrap()), (posts as usize, by_hand));
        let all = eagerly_rusqlite::load(&connection, &whole).unwrap();
        let by_hand_whole = ResultHash::shared(&by_hand::rusqlite::whole(&connection).unwrap());
        assert_eq!(eager::hash(&all).unwrap(), by_hand_whole);
        assert_eq!(ResultHash::owned(&eager::owned(&graph).unwrap()), by_hand);

        group.throughput(Throughput::Elements(posts.into()));
        let loaded = |plan: &Plan| eagerly_rusqlite::load(&connection, plan).unwrap();
        group.bench_function(BenchmarkId::new("keyed", posts), |b| b.iter(|| loaded(&keyed)));
        group.bench_function(BenchmarkId::new("whole", posts), |b| b.iter(|| loaded(&whole)));
        group.bench_function(BenchmarkId::new("owned", posts), |b| {
            b.iter(|| eager::owned(&loaded(&keyed)).unwrap());
        });
        group.bench_function(BenchmarkId::new("json", posts), |b| b.iter(|| loaded(&keyed).to_json().unwrap()));
    }
    group.finish();
}

/// All cases of the corpus that load, one after the other: small loads of every shape, compiled before.
fn all_cases(criterion: &mut Criterion) {
    let compiled = |case: &CorpusCase| {
        let connection = case.connection();
        let planner = Planner::new(reflect(&connection), Sqlite::new());
        let plan = planner.compile(&case.spec()).ok()?;
        eagerly_rusqlite::load(&connection, &plan).ok()?;
        // The result is the oracle's.
        case.check_json(&SqliteEngine::default()).unwrap();
        Some((connection, plan))
    };
    let cases: Vec<(Connection, Plan)> = corpus().iter().filter_map(compiled).collect();
    assert!(cases.len() >= 100, "only {} cases load", cases.len());
    let rows = || -> usize {
        cases.iter().map(|(connection, plan)| eagerly_rusqlite::load(connection, plan).unwrap().len()).sum()
    };
    let expected = rows();
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10).throughput(Throughput::Elements(cases.len() as u64));
    group.bench_function("corpus", |b| b.iter(|| assert_eq!(rows(), expected)));
    group.finish();
}

criterion_group!(benches, load, all_cases);
criterion_main!(benches);
