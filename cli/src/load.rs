//! `eagerly load`: runs a specification; its root objects come out, as one JSON array or one on each line.

use crate::args::{self, LoadFormat};
use crate::database::Address;
use crate::graph::{self, GraphSource};
use crate::output::{self, Document};
use crate::progress::Progress;
use crate::report::Failure;
use crate::request::Request;
use crate::spec::Source;
use crate::stop;
use crate::trace::Trace;
use eagerly::error::{Error, ErrorKind, Result, code};
use eagerly::{Executed, Observer, Planner, ResultGraph, Run};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Prints the objects.
///
/// # Errors
/// A wrong or unsupported argument; every mistake of the specification; what the database refuses; too many rows. Then
/// nothing was printed.
pub(crate) fn run(args: &args::Load) -> std::result::Result<(), Failure> {
    let database = Address::of(&args.database)?;
    let graph = args.graph.as_deref().map(GraphSource::read).transpose()?;
    let result = Source::read(&args.spec)?.shown(|source| load(args, &database, graph.as_ref(), source))?;
    let (max, max_bytes) = (args.max_rows, args.max_bytes);
    Ok(output::stream(&Objects { result, format: args.format, max, max_bytes })?)
}

fn load(
    args: &args::Load,
    address: &Address<'_>,
    graph: Option<&GraphSource>,
    source: &Source,
) -> std::result::Result<ResultGraph, Failure> {
    let request = Request::new(source, &args.variables)?;
    let _in_use = stop::section();
    let refused = |errors| request.problems_or(errors);
    let mut database = address.open(args.max_bytes).map_err(refused)?;
    let mut reading = database.read(args.snapshot).map_err(refused)?;
    let catalog = reading.catalog(&args.schemas).map_err(refused)?;
    let graph = request.first(graph::of(&catalog, graph, args.trust_keys))?;
    let plan = request.compile(&Planner::new(graph, reading.dialect()))?;
    // Last before the first statement: what fails up to here leaves an older trace alone.
    let certificates = address.certificates();
    let sources = source.file.as_deref().into_iter().chain(args.graph.as_deref());
    let sources: Vec<&Path> = sources.chain(certificates.iter().map(PathBuf::as_path)).collect();
    let trace = args.trace.as_deref().map(|path| Trace::create(path, address.file(), &sources)).transpose()?;
    let run = Run::new(&plan).max_rows(args.max_rows);
    let run = args.max_bytes.into_iter().fold(run, Run::max_bytes);
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
    max_bytes: Option<u64>,
}

impl Document for Objects {
    fn write(&self, out: &mut impl Write) -> Result<()> {
        let Some(most) = self.max_bytes else { return self.objects(out) };
        let room = most.saturating_sub(self.result.bytes_read().unwrap_or(0));
        let mut out = Bounded { out, room, is_full: false };
        let written = self.objects(&mut out);
        if out.is_full {
            let message = format!("more than {most} bytes were read and written");
            let help = "limit the specification, list fewer columns, or allow more bytes; a row that several parents \
                        share is written once for each";
            return Err(Error::new(ErrorKind::Limit, code::LIMIT, message).help(help).into());
        }
        written
    }
}

impl Objects {
    fn objects(&self, out: &mut impl Write) -> Result<()> {
        match self.format {
            LoadFormat::Ndjson => self.result.write_ndjson(out, self.max),
            LoadFormat::Json => {
                self.result.write_json(out, self.max)?;
                output::end_line(out)
            }
        }
    }
}

/// A writer that takes so many bytes, and then no more.
struct Bounded<W> {
    out: W,
    room: u64,
    is_full: bool,
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.room.checked_sub(bytes.len() as u64);
        let Some(left) = left.filter(|_| !self.is_full) else {
            self.is_full = true;
            return Err(io::ErrorKind::StorageFull.into());
        };
        let written = self.out.write(bytes)?;
        // What was not written comes again.
        self.room = left + (bytes.len() - written) as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
