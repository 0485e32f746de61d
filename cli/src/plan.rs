//! `eagerly plan`: the plan of a specification, for a database or for a graph file alone. Nothing is run but catalog reads.

use crate::args::PlanFormat;
use crate::graph::GraphSource;
use crate::report::Failure;
use crate::request::Request;
use crate::spec::Source;
use crate::visible::visible_lines;
use crate::{args, database};
use eagerly::dialect::Dialect;
use eagerly::error::{Error, Result, code};
use eagerly::{Plan, Planner, Sqlite};
use std::borrow::Cow;
use std::ffi::OsStr;

/// Dialects of the design that are not built yet.
const NOT_BUILT: [&str; 3] = ["postgres", "mysql", "mariadb"];

/// The plan as text, or as JSON: the plan itself, which can be stored and run.
///
/// # Errors
/// A wrong or unsupported argument; what the database refuses; every mistake of the graph file and of the
/// specification.
pub(crate) fn run(args: &args::Plan) -> std::result::Result<Vec<u8>, Failure> {
    let dialect = dialect(args.dialect.as_deref())?;
    let graph = args.graph.as_deref().map(GraphSource::read).transpose()?;
    let (database, spec) = arguments(args)?;
    let file = database.map(database::file).transpose()?;
    Source::read(&spec)?.shown(|source| {
        let (request, stood_in) = Request::to_plan(source, &args.variables)?;
        let graph = match (file, &graph) {
            (Some(file), graph) => request.first(database::open_with(file, graph.as_ref()))?.1,
            (None, Some(graph)) => graph.alone()?,
            (None, None) => return Err(Error::bug("a plan without its arguments").into()),
        };
        let plan = request.compile(&Planner::new(graph, dialect))?;
        Ok(match args.format {
            PlanFormat::Text => text(&plan, &stood_in).into_bytes(),
            PlanFormat::Json => (plan.batches().to_json()? + "\n").into_bytes(),
        })
    })
}

/// The plan, and for which values it was made.
fn text(plan: &Plan, stood_in: &[String]) -> String {
    let mut text = visible_lines(&plan.explain()).into_owned();
    for name in stood_in {
        text.push_str(&format!("planned for a ${name} that is not NULL, and no empty list; `--var` gives its value\n"));
    }
    text
}

/// The arguments `DB` and `SPEC`. With a graph file one alone is the specification.
fn arguments(args: &args::Plan) -> Result<(Option<&OsStr>, Cow<'_, str>)> {
    match (&args.database, &args.spec) {
        (Some(database), Some(spec)) => Ok((Some(database), spec.into())),
        (Some(spec), None) => match spec.to_str() {
            Some(spec) => Ok((None, spec.into())),
            None => Err(Error::input(code::UNREADABLE, "the specification is not UTF-8").into()),
        },
        (None, _) => {
            let error = Error::input(code::USAGE, "a specification is missing");
            Err(error.help("`eagerly plan --graph FILE SPEC`, or `eagerly plan DB SPEC`").into())
        }
    }
}

/// The dialect of that name; without a name, the database's own.
fn dialect(name: Option<&str>) -> Result<Sqlite> {
    let sqlite = Sqlite::new();
    match name {
        None => Ok(sqlite),
        Some(name) if name == sqlite.name() => Ok(sqlite),
        Some(name) if NOT_BUILT.contains(&name) => {
            Err(Error::not_built(format!("the dialect `{name}`")).help(format!("use `{}`", sqlite.name())).into())
        }
        Some(name) => {
            let known = std::iter::once(sqlite.name()).chain(NOT_BUILT);
            Err(Error::input(code::USAGE, format!("no dialect `{name}`")).suggest(name, known).into())
        }
    }
}
