//! `eagerly load`: runs a specification; one JSON array of root objects comes out.

use crate::report::Failure;
use crate::spec::Source;
use crate::trace::Trace;
use crate::{args, database};
use eagerly::error::Result;
use eagerly::{Planner, Run};
use std::path::Path;

/// The objects as JSON.
///
/// # Errors
/// A wrong or unsupported argument; every mistake of the specification; what the database refuses; too many rows.
pub(crate) fn run(args: &args::Load) -> std::result::Result<Vec<u8>, Failure> {
    let file = database::file(&args.database)?;
    Source::read(&args.spec)?.shown(|source| load(args, file, source))
}

fn load(args: &args::Load, file: &Path, source: &Source) -> Result<Vec<u8>> {
    let parsed = source.parse()?;
    let (connection, graph) = database::open(file).map_err(|errors| parsed.clone().problems_or(errors))?;
    let plan = Planner::new(graph, eagerly_rusqlite::dialect(&connection)).compile_parsed(&parsed)?;
    // Last before the first statement: what fails up to here leaves an older trace alone.
    let mut trace = args.trace.as_deref().map(|path| Trace::create(path, file, source.file.as_deref())).transpose()?;
    let run = Run::new(&plan).max_rows(args.max_rows);
    let result = eagerly_rusqlite::drive(&connection, run, &mut |executed| {
        if let Some(trace) = &mut trace {
            trace.write(&executed);
        }
    })?;
    if let Some(trace) = trace {
        trace.finish()?;
    }
    let mut out = Vec::new();
    result.write_json(&mut out, args.max_rows)?;
    out.push(b'\n');
    Ok(out)
}
