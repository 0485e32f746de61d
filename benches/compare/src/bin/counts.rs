//! Counts what the peers of this process send and allocate, and prints it as JSON. A program of its own, so that the
//! allocator which counts is not the one that is timed.

use anyhow::Result;
use clap::Parser;
use eagerly_compare::measure::{Count, Counts, key};
use eagerly_compare::peer::{Entry, Form, Open};
use eagerly_compare::{files, peers, statements};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::path::Path;

/// Of all threads: sqlx reads in one of its own.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Counts statements and allocations.
#[derive(Parser)]
struct Arguments {
    /// The numbers of posts.
    #[arg(long, value_delimiter = ',', default_value = files::SIZES)]
    sizes: Vec<u32>,
}

fn main() -> Result<()> {
    let Arguments { sizes } = Arguments::parse();
    statements::count()?;
    let files = files::Files::new(&sizes)?;
    let mut counts = Counts::new();
    for (posts, path) in files.iter() {
        for form in files::forms(posts) {
            for entry in peers::here().iter().filter(|entry| entry.forms.contains(form)) {
                // What fails is told where it is timed.
                if let Ok(Some(count)) = count(entry, path, *form, posts) {
                    counts.insert(key(entry.name, *form, posts), count);
                }
            }
        }
    }
    serde_json::to_writer_pretty(std::io::stdout(), &counts)?;
    Ok(())
}

fn count(entry: &Entry, path: &Path, form: Form, posts: u32) -> Result<Option<Count>> {
    let Open::Here(open) = &entry.open else { return Ok(None) };
    let mut peer = open(path, form)?;
    // The first load prepares statements.
    peer.time(1)?;
    let (sent, region) = (statements::executed(), Region::new(ALLOCATOR));
    peer.time(1)?;
    let change = region.change();
    let allocations = (change.allocations + change.reallocations) as f64 / f64::from(posts);
    Ok(Some(Count { statements: statements::executed() - sent, allocations }))
}
