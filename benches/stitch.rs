//! Stitching without a database: rows from memory through a run, into the graph and out as JSON.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Plan, ResultGraph, Run};
use eagerly_benches::Blog;
use eagerly_benches::eager::planner;

/// Authors with their posts: every author has ten.
fn stitched(plan: &Plan, authors: i64) -> ResultGraph {
    let mut run = Run::new(plan);
    for statement in run.ready().unwrap() {
        for id in 0..authors {
            run.row(statement.id, &[ValueRef::Integer(id), ValueRef::Text("name")][..]).unwrap();
        }
        run.end(statement.id).unwrap();
    }
    for statement in run.ready().unwrap() {
        for id in 0..authors * 10 {
            let row = [ValueRef::Integer(id), ValueRef::Integer(id % authors), ValueRef::Text("title")];
            run.row(statement.id, &row[..]).unwrap();
        }
        run.end(statement.id).unwrap();
    }
    run.finish().unwrap()
}

fn stitch(criterion: &mut Criterion) {
    let connection = Blog::of(1).in_memory().unwrap();
    let planner = planner(&connection).unwrap();
    let spec = LoadSpec::parse("{ author { id name post @selectin { id author_id title } } }").unwrap();
    let plan = planner.compile(&spec).unwrap();
    let mut group = criterion.benchmark_group("stitch");
    for authors in [10, 1_000] {
        // It is easy to win by doing nothing: every post must have found its author.
        let graph = stitched(&plan, authors);
        assert_eq!(graph.roots().map(|a| a.many("post").unwrap().len()).sum::<usize>(), authors as usize * 10);
        group.throughput(Throughput::Elements(authors as u64 * 11));
        group.bench_function(format!("rows/{authors}"), |b| b.iter(|| stitched(&plan, authors)));
        group.bench_function(format!("json/{authors}"), |b| b.iter(|| graph.to_json().unwrap()));
    }
    group.finish();
}

criterion_group!(benches, stitch);
criterion_main!(benches);
