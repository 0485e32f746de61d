//! Sessions over SQLite: relationships that are loaded when they are touched, for all siblings in one statement or for
//! one row at a time, and loads that share rows with one before.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use eagerly::{LoadSpec, Planner};
use eagerly_benches::{Blog, eager};
use eagerly_rusqlite::Session;
use std::time::Duration;

const POSTS: [u32; 2] = [100, 1_000];

const SIBLINGS: &str = "{ post { id title tag @lazy { id name } } }";
const ONE: &str = "{ post { id title tag @lazy(one: true) { id name } } }";
const AUTHORS: &str = "{ post { id title author { id name } } }";

/// Touches the tags of every post; how many there are.
fn touch_all(session: &mut Session<'_>, spec: &LoadSpec) -> usize {
    let posts = session.load(spec).unwrap();
    posts.roots().map(|post| session.many(post, "tag").unwrap().len()).sum()
}

fn session(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("session");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for posts in POSTS {
        let connection = Blog::of(posts).in_memory().unwrap();
        let planner: Planner = eager::planner(&connection).unwrap();
        group.throughput(Throughput::Elements(posts.into()));
        for (name, text, loads) in [("lazy", SIBLINGS, 1), ("lazy-one", ONE, u64::from(posts))] {
            let spec = LoadSpec::parse(text).unwrap();
            let tags = |expected: u64| {
                let mut session = Session::open(&connection, &planner);
                assert_eq!(touch_all(&mut session, &spec), 3 * posts as usize);
                assert_eq!(session.core().lazy_loads() as u64, expected);
            };
            group.bench_function(BenchmarkId::new(name, posts), |b| b.iter(|| tags(loads)));
        }
        // Nothing is known, the same load is, and half of what a load asks for is.
        let (spec, wider) = (LoadSpec::parse(AUTHORS).unwrap(), LoadSpec::parse(eager::WHOLE).unwrap());
        let opened = |known: Option<&LoadSpec>| {
            let mut session = Session::open(&connection, &planner);
            let graph = known.map(|spec| session.load(spec).unwrap());
            (session, graph)
        };
        let cases = [("first", None, &wider), ("again", Some(&wider), &wider), ("shared", Some(&spec), &wider)];
        for (name, known, asked) in cases {
            group.bench_function(BenchmarkId::new(name, posts), |b| {
                b.iter_batched_ref(
                    || opened(known),
                    |(session, _)| {
                        let graph = session.load(asked).unwrap();
                        let tags: usize = graph.roots().map(|post| post.many("tag").unwrap().len()).sum();
                        assert_eq!(tags, 3 * posts as usize);
                        graph
                    },
                    BatchSize::PerIteration,
                );
            });
        }
    }
    group.finish();
}

criterion_group!(benches, session);
criterion_main!(benches);
