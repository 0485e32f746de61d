//! Stitching without a database: rows from memory through a run and into the graph, by the kind of keys, the number of
//! rows and how many of them a parent has; and the graph out as JSON.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use eagerly_benches::cases::stitch::{Keys, Size, edges, recording};
use std::time::Duration;

/// By the number of children, ten of each parent, and by the children of a parent, ten thousand in all.
const ROWS: [u32; 4] = [1, 100, 10_000, 1_000_000];
const FAN_OUTS: [u32; 4] = [1, 10, 100, 1_000];

fn stitch(criterion: &mut Criterion) {
    for keys in Keys::ALL {
        let mut group = criterion.benchmark_group(format!("stitch/{}", keys.name()));
        group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800));
        let rows = ROWS.map(|children| ("rows", children, Size { children, fan_out: 10.min(children) }));
        let fan_outs = FAN_OUTS.map(|fan_out| ("fan-out", fan_out, Size { children: 10_000, fan_out }));
        for (name, number, size) in rows.into_iter().chain(fan_outs) {
            let recording = recording(keys, size).unwrap();
            // Every child must have found its parent: it is easy to win by doing nothing.
            let graph = recording.replay().unwrap();
            assert_eq!(edges(&graph).unwrap(), u64::from(size.children));
            assert_eq!(graph.len(), (size.children / size.fan_out) as usize);
            drop(graph);
            group.throughput(Throughput::Elements(u64::from(size.children) + u64::from(size.children / size.fan_out)));
            group.bench_function(BenchmarkId::new(name, number), |b| b.iter(|| recording.replay().unwrap()));
        }
        group.finish();
    }
}

fn json(criterion: &mut Criterion) {
    let size = Size { children: 10_000, fan_out: 10 };
    let graph = recording(Keys::Integer, size).unwrap().replay().unwrap();
    let length = graph.to_json().unwrap().len();
    let mut group = criterion.benchmark_group("stitch");
    group.sample_size(10).throughput(Throughput::Bytes(length as u64));
    group.bench_function("json", |b| b.iter(|| assert_eq!(graph.to_json().unwrap().len(), length)));
    group.finish();
}

criterion_group!(benches, stitch, json);
criterion_main!(benches);
