//! `eagerly plan`: the plan of a specification, for a database or for a graph file alone. Nothing is run but catalog reads.

use crate::args;
use crate::args::PlanFormat;
use crate::database::Address;
use crate::graph::{self, GraphSource};
use crate::report::Failure;
use crate::request::Request;
use crate::spec::Source;
use crate::visible::visible_lines;
use eagerly::dialect::Dialect;
use eagerly::error::{Error, Result, code};
use eagerly::{Plan, Planner, Sqlite};
use std::borrow::Cow;
use std::ffi::OsStr;

/// The plan as text, or as JSON: the plan itself, which can be stored and run.
///
/// # Errors
/// A wrong or unsupported argument; what the database refuses; every mistake of the graph file and of the
/// specification.
pub(crate) fn run(args: &args::Plan) -> std::result::Result<Vec<u8>, Failure> {
    let named = args.dialect.as_deref().map(dialect).transpose()?;
    let graph = args.graph.as_deref().map(GraphSource::read).transpose()?;
    let (database, spec) = arguments(args)?;
    let database = database.map(Address::of).transpose()?;
    if database.is_none() {
        args::refuse_schemas(&args.schemas)?;
    }
    Source::read(&spec)?.shown(|source| {
        let (request, stood_in) = Request::to_plan(source, &args.variables)?;
        let (graph, own): (_, Box<dyn Dialect>) = match (&database, &graph) {
            (Some(database), file) => {
                let (catalog, own) = request.first(database.describe(&args.schemas).map_err(Failure::from))?;
                (request.first(graph::of(&catalog, file.as_ref(), args.trust_keys))?, own)
            }
            (None, Some(file)) => (file.alone(args.trust_keys)?, Box::new(Sqlite::new())),
            (None, None) => return Err(Error::bug("a plan without its arguments").into()),
        };
        let plan = request.compile(&Planner::new(graph, named.unwrap_or(own)))?;
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

/// The dialect of that name.
fn dialect(name: &str) -> Result<Box<dyn Dialect>> {
    let names = eagerly::dialects().map(|dialect| dialect.name());
    let found = eagerly::dialects().find(|dialect| dialect.name() == name);
    Ok(found.ok_or_else(|| Error::input(code::USAGE, format!("no dialect `{name}`")).suggest(name, names))?)
}
