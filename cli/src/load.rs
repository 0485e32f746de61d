//! `eagerly load`: runs a specification; its root objects come out, as one JSON array or one on each line.

use crate::args::{self, LoadFormat};
use crate::database::Address;
use crate::graph::{self, GraphSource};
use crate::output::{self, Document};
use crate::progress::Progress;
use crate::report::Failure;
use crate::request::Request;
use crate::spec::Source;
use crate::trace::Trace;
use eagerly::error::Result;
use eagerly::{Executed, Observer, Planner, ResultGraph, Run};
use std::io::Write;
use std::path::Path;

/// Prints the objects.
///
/// # Errors
/// A wrong or unsupported argument; every mistake of the specification; what the database refuses; too many rows. Then
/// nothing was printed.
pub(crate) fn run(args: &args::Load) -> std::result::Result<(), Failure> {
    let database = Address::of(&args.database)?;
    let graph = args.graph.as_deref().map(GraphSource::read).transpose()?;
    let result = Source::read(&args.spec)?.shown(|source| load(args, &database, graph.as_ref(), source))?;
    Ok(output::stream(&Objects { result, format: args.format, max: args.max_rows })?)
}

fn load(
    args: &args::Load,
    address: &Address<'_>,
    graph: Option<&GraphSource>,
    source: &Source,
) -> std::result::Result<ResultGraph, Failure> {
    let request = Request::new(source, &args.variables)?;
    let refused = |errors| request.problems_or(errors);
    let mut database = address.open().map_err(refused)?;
    let mut reading = database.read(args.snapshot).map_err(refused)?;
    let catalog = reading.catalog(&args.schemas).map_err(refused)?;
    let graph = request.first(graph::of(&catalog, graph, args.trust_keys))?;
    let plan = request.compile(&Planner::new(graph, reading.dialect()))?;
    // Last before the first statement: what fails up to here leaves an older trace alone.
    let sources: Vec<&Path> = source.file.as_deref().into_iter().chain(args.graph.as_deref()).collect();
    let trace = args.trace.as_deref().map(|path| Trace::create(path, address.file(), &sources)).transpose()?;
    let run = Run::new(&plan).max_rows(args.max_rows);
    let mut watch = Watch::new(trace);
    let result = reading.run(run, &mut watch)?;
    if let Some(trace) = watch.trace {
        trace.finish()?;
    }
    reading.end()?;
    database.close();
    Ok(result)
}

/// Who is told how far the load is.
struct Watch {
    trace: Option<Trace>,
    progress: Progress,
}

impl Watch {
    fn new(trace: Option<Trace>) -> Self {
        // Lines of a trace on the terminal tell the same.
        let shown = trace.as_ref().is_some_and(Trace::is_terminal);
        Self { trace, progress: if shown { Progress::none() } else { Progress::on_stderr() } }
    }
}

impl Observer for Watch {
    fn reading(&mut self, rows: u64) {
        self.progress.reading(rows);
    }

    fn executed(&mut self, statement: Executed) {
        if let Some(trace) = &mut self.trace {
            trace.write(&statement);
        }
        self.progress.executed(statement);
    }
}

/// The objects of a result in their format.
struct Objects {
    result: ResultGraph,
    format: LoadFormat,
    max: u64,
}

impl Document for Objects {
    fn write(&self, out: &mut impl Write) -> Result<()> {
        match self.format {
            LoadFormat::Ndjson => self.result.write_ndjson(out, self.max),
            LoadFormat::Json => {
                self.result.write_json(out, self.max)?;
                output::end_line(out)
            }
        }
    }
}
