//! Rendering: the query of each usual form as SQL, for every dialect. The queries are those of cases of the corpus.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use eagerly::batch::{Piece, Query};
use eagerly::dialect::Dialect;
use eagerly::{LoadSpec, MariaDb, MySql, Planner, Postgres, RelationshipGraph, Sqlite};
use eagerly_tests::corpus::{corpus, reflect};
use std::hint::black_box;
use std::sync::Arc;

/// A form, the case that has it, and the batch in which it stands.
const FORMS: [(&str, &str, usize); 6] = [
    ("root", "root_order_and_window", 0),
    ("one_to_many", "one_to_many_where", 1),
    ("many_to_many", "many_to_many_limit", 1),
    ("limit_per_parent", "one_to_many_limit", 1),
    ("joined", "joined_collection_with_root_limit", 0),
    ("closure", "recurse_down", 1),
];

/// The bytes of the SQL and its binds.
fn size(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 1 }).sum()
}

fn render(criterion: &mut Criterion) {
    let cases = corpus();
    let mut group = criterion.benchmark_group("render");
    for (form, name, batch) in FORMS {
        let case = cases.iter().find(|case| case.name() == name).unwrap();
        let form = Form { name: form, graph: Arc::new(reflect(&case.connection())), spec: case.spec(), batch };
        form.render(&mut group, Sqlite::new);
        form.render(&mut group, Postgres::new);
        form.render(&mut group, MySql::new);
        form.render(&mut group, MariaDb::new);
    }
    group.finish();
}

struct Form {
    name: &'static str,
    graph: Arc<RelationshipGraph>,
    spec: LoadSpec,
    batch: usize,
}

impl Form {
    fn render<D: Dialect + 'static>(&self, group: &mut BenchmarkGroup<'_, WallTime>, dialect: fn() -> D) {
        let plan = Planner::new(self.graph.clone(), dialect()).compile(&self.spec).unwrap();
        let batch = &plan.batches().batches[self.batch];
        let dialect = dialect();
        let render = |query: &Query| dialect.render(&self.graph, query).map(|sql| size(&sql.pieces));
        // What is measured is what the plan sends.
        let sent = size(&batch.sql.pieces);
        assert!(sent > 40, "{} for {}", self.name, dialect.name());
        assert_eq!(render(&batch.query), Ok(sent), "{} for {}", self.name, dialect.name());
        group.bench_function(BenchmarkId::new(dialect.name(), self.name), |b| {
            b.iter(|| render(black_box(&batch.query)))
        });
    }
}

criterion_group!(benches, render);
criterion_main!(benches);
