//! `eagerly plan`: the plan of a specification as text. Nothing is run but catalog reads.

use crate::report::Failure;
use crate::request::Request;
use crate::spec::Source;
use crate::visible::visible_lines;
use crate::{args, database};
use eagerly::dialect::Dialect;
use eagerly::error::{Error, Result, code};
use eagerly::{Planner, Sqlite};

/// Dialects of the design that are not built yet.
const NOT_BUILT: [&str; 3] = ["postgres", "mysql", "mariadb"];

/// The plan as text.
///
/// # Errors
/// A wrong or unsupported argument; what the database refuses; every mistake of the specification.
pub(crate) fn run(args: &args::Plan) -> std::result::Result<Vec<u8>, Failure> {
    let (Some(argument), Some(spec)) = (&args.database, &args.spec) else {
        return Err(Error::bug("a plan without its arguments").into());
    };
    let dialect = dialect(args.dialect.as_deref())?;
    let file = database::file(argument)?;
    Source::read(spec)?.shown(|source| {
        let request = Request::new(source, &args.variables)?;
        let (_, graph) = database::open(file).map_err(|errors| request.problems_or(errors))?;
        let text = request.compile(&Planner::new(graph, dialect))?.explain();
        Ok(visible_lines(&text).into_owned().into_bytes())
    })
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
