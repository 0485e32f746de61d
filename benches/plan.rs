//! Planning: without SQL, cold with it, and from the cache of shapes; by the number of relationships and by depth; and
//! what reads specifications. Each bench first asserts what comes of the work.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use eagerly::{LoadSpec, Planner, Postgres, Sqlite};
use eagerly_benches::cases::plan::{Form, SIX, SIX_FILTERED, cold, compile, graph, logical};
use eagerly_benches::eager::WHOLE;
use std::hint::black_box;

/// A name, the specification, and its load nodes and statements.
type Case = (String, LoadSpec, usize, usize);

fn cases() -> Vec<Case> {
    let parsed = |name: &str, text: &str, nodes, statements| {
        (name.to_owned(), LoadSpec::parse(text).unwrap(), nodes, statements)
    };
    let wide = [1, 2, 6, 20, 100, 1_000];
    let wide = wide.map(|n| (format!("wide/{n}"), Form::Wide(n).spec().unwrap(), n + 1, n + 1));
    let alike = [100, 1_000].map(|n| (format!("alike/{n}"), Form::Alike(n).spec().unwrap(), n + 1, 2));
    let deep = [1, 5, 20].map(|n| (format!("deep/{n}"), Form::Deep(n).spec().unwrap(), n + 1, n + 1));
    let blog = [parsed("two", WHOLE, 3, 2), parsed("six", SIX, 7, 4), parsed("six_filtered", SIX_FILTERED, 7, 5)];
    blog.into_iter().chain(wide).chain(alike).chain(deep).collect()
}

fn plan(criterion: &mut Criterion) {
    let graph = graph().unwrap();
    let mut group = criterion.benchmark_group("plan");
    for (name, spec, nodes, statements) in cases() {
        let planner = Planner::new(graph.clone(), Sqlite::new());
        assert_eq!(logical(&planner, &spec), Ok(nodes), "{name}");
        group.bench_function(BenchmarkId::new("logical", &name), |b| {
            b.iter(|| logical(&planner, black_box(&spec)));
        });
        assert_eq!(cold(&graph, Sqlite::new(), &spec), Ok(statements), "{name}");
        group.bench_function(BenchmarkId::new("cold/sqlite", &name), |b| {
            b.iter(|| cold(&graph, Sqlite::new(), black_box(&spec)));
        });
        group.bench_function(BenchmarkId::new("cold/postgres", &name), |b| {
            b.iter(|| cold(&graph, Postgres::new(), black_box(&spec)));
        });
        assert_eq!(compile(&planner, &spec), Ok(statements), "{name}");
        group.bench_function(BenchmarkId::new("cached", &name), |b| {
            b.iter(|| compile(&planner, black_box(&spec)));
        });
    }
    group.finish();
}

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    for (name, text) in [("two", WHOLE), ("six", SIX), ("six_filtered", SIX_FILTERED)] {
        let spec = LoadSpec::parse(text).unwrap();
        group.bench_function(BenchmarkId::new("text", name), |b| b.iter(|| LoadSpec::parse(black_box(text))));
        let json = spec.to_json().unwrap();
        assert_eq!(LoadSpec::from_json(&json).map(|read| read.to_json()), Ok(Ok(json.clone())));
        group.bench_function(BenchmarkId::new("json", name), |b| b.iter(|| LoadSpec::from_json(black_box(&json))));
    }
    group.finish();
}

criterion_group!(benches, plan, read);
criterion_main!(benches);
