//! Planning: cold (every pass and the SQL), and from the cache of shapes.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use eagerly::{LoadSpec, Planner, Sqlite};
use eagerly_benches::Blog;
use eagerly_benches::eager::{WHOLE, planner};
use std::hint::black_box;

const SIX: &str = "{ post { title author { name post { title } } tag { name } post_tag { tag { slug } } } }";

fn plan(criterion: &mut Criterion) {
    let connection = Blog::of(1).in_memory().unwrap();
    let graph = std::sync::Arc::new(eagerly_rusqlite::reflect(&connection).unwrap());
    let mut group = criterion.benchmark_group("plan");
    for (name, spec) in [("two", LoadSpec::parse(WHOLE).unwrap()), ("six", LoadSpec::parse(SIX).unwrap())] {
        group.bench_function(format!("cold/{name}"), |b| {
            let fresh = || Planner::new(graph.clone(), Sqlite::new());
            b.iter_batched(fresh, |planner| planner.compile(black_box(&spec)).unwrap(), BatchSize::SmallInput);
        });
        group.bench_function(format!("logical/{name}"), |b| {
            let planner = planner(&connection).unwrap();
            b.iter(|| planner.logical(black_box(&spec)).unwrap());
        });
        group.bench_function(format!("cached/{name}"), |b| {
            let planner = planner(&connection).unwrap();
            planner.compile(&spec).unwrap();
            b.iter(|| planner.compile(black_box(&spec)).unwrap());
        });
    }
    group.bench_function("text", |b| b.iter(|| LoadSpec::parse(black_box(SIX)).unwrap()));
    group.finish();
}

criterion_group!(benches, plan);
criterion_main!(benches);
