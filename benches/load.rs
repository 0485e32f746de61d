//! Loading end to end from SQLite in memory: posts with author and tags.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use eagerly_benches::Blog;
use eagerly_benches::eager::{WHOLE, planner};

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(20);
    for count in [1, 100, 10_000] {
        let connection = Blog::of(count).in_memory().unwrap();
        let planner = planner(&connection).unwrap();
        let plan = planner.compile(&eagerly::LoadSpec::parse(WHOLE).unwrap()).unwrap();
        let graph = eagerly_rusqlite::load(&connection, &plan).unwrap();
        let tags: usize = graph.roots().map(|p| p.many("tag").unwrap().len()).sum();
        assert_eq!((graph.len(), tags), (count as usize, 3 * count as usize));
        group.throughput(Throughput::Elements(count.into()));
        group.bench_function(format!("posts/{count}"), |b| {
            b.iter(|| eagerly_rusqlite::load(&connection, &plan).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, load);
criterion_main!(benches);
