//! Counts allocations: of every case with a budget, `NAME <tab> allocations`; and of whole loads,
//! `POSTS <tab> BODY <tab> keyed|whole <tab> raw bytes <tab> bytes at the peak <tab> allocations`. With a file and
//! `keyed` or `whole`: of the load of the blog in it, `rows <tab> bytes at the peak <tab> allocations`.
//!
//! A program of its own, since the counting allocator takes the place of the system's: where a buffer grows in place with
//! that one, here it is moved, and both count. What SQLite allocates for itself is not counted.
#![allow(clippy::print_stdout)]

use allocation_counter::{AllocationInfo, measure};
use eagerly_benches::cases::budgeted;
use eagerly_benches::cases::load::{Footprint, of_file};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [file, keys] = &arguments[..] {
        let mut work = of_file(file.as_ref(), keys == "keyed")?;
        let (rows, info) = counted(&mut work)?;
        println!("{rows}\t{}\t{}", info.bytes_max, info.count_total);
        return Ok(());
    }
    for case in budgeted() {
        (case.prepare)()?()?;
        let mut work = (case.prepare)()?;
        let (done, info) = counted(&mut work)?;
        if done != case.expected {
            return Err(format!("not {} came of `{}`", case.expected, case.name).into());
        }
        println!("{}\t{}", case.name, info.count_total);
    }
    for footprint in Footprint::all() {
        let (connection, plan, raw) = footprint.prepare()?;
        eagerly_rusqlite::load(&connection, &plan)?;
        let (graph, info) = counted(|| eagerly_rusqlite::load(&connection, &plan))?;
        let blog = footprint.blog;
        if graph.len() != blog.posts as usize - usize::from(footprint.keyed) {
            return Err(format!("{footprint:?} has other posts").into());
        }
        let keyed = if footprint.keyed { "keyed" } else { "whole" };
        println!("{}\t{}\t{keyed}\t{raw}\t{}\t{}", blog.posts, blog.body, info.bytes_max, info.count_total);
    }
    Ok(())
}

/// What comes of the work, and what it has allocated.
fn counted<T>(work: impl FnOnce() -> eagerly::error::Result<T>) -> Result<(T, AllocationInfo), Box<dyn Error>> {
    let mut result = None;
    let info = measure(|| result = Some(work()));
    Ok((result.ok_or("nothing was measured")??, info))
}
