//! Loads that are declared once and used by every request: named specifications, compiled when they are declared,
//! shared between threads, and merged with what a request asks for besides.

use crate::error::{Error, Errors, Result, code};
use crate::planner::{Plan, Planner};
use crate::spec::{LoadSpec, Variables};
use indexmap::IndexMap;
use std::sync::Arc;

/// Named loads of one planner.
///
/// ```
/// # use eagerly_planner::dialect::{Capabilities, Dialect};
/// # use eagerly_planner::batch::{Piece, Query, SqlTemplate};
/// # #[derive(Debug)] struct Sql(Capabilities);
/// # impl Dialect for Sql {
/// #     fn name(&self) -> &'static str { "sql" }
/// #     fn capabilities(&self) -> &Capabilities { &self.0 }
/// #     fn render(&self, _: &RelationshipGraph, _: &Query) -> eagerly_planner::error::Result<SqlTemplate> {
/// #         Ok(SqlTemplate::new(vec![Piece::Text("SELECT".to_owned())]))
/// #     }
/// # }
/// # let dialect = Sql(Capabilities::default());
/// use eagerly_planner::graph::{ColumnDef, ColumnType::*, EntityDef, RelationshipGraph};
/// use eagerly_planner::spec::{LoadSpec, Variables};
/// use eagerly_planner::{LoadSet, Planner};
///
/// let post = EntityDef::new("post").column(ColumnDef::new("id", Integer)).column(ColumnDef::new("title", Text));
/// let graph = RelationshipGraph::builder().entity(post.primary_key(["id"])).build()?;
/// let loads = LoadSet::new(Planner::new(graph, dialect))
///     .declare("post.list", LoadSpec::new("post").load_only(["title"]).order(["title"]))?;
///
/// let page = LoadSpec::new("post").limit(10).offset(20);                 // what this request adds
/// let plan = loads.plan_with("post.list", &page, &Variables::new())?;
/// assert_eq!(plan.batches().waves(), 1);
/// # Ok::<(), eagerly_planner::error::Errors>(())
/// ```
#[derive(Debug)]
pub struct LoadSet {
    planner: Arc<Planner>,
    loads: IndexMap<String, Load, rustc_hash::FxBuildHasher>,
}

#[derive(Debug)]
struct Load {
    spec: LoadSpec,
    /// Compiled on declaration; `None` if it waits for variables.
    plan: Option<Plan>,
}

impl LoadSet {
    /// A set without loads.
    #[must_use]
    pub fn new(planner: impl Into<Arc<Planner>>) -> Self {
        Self { planner: planner.into(), loads: IndexMap::default() }
    }

    /// Declares a load, and compiles it.
    ///
    /// # Errors
    /// Every mistake of the specification; a name that is declared already.
    pub fn declare(mut self, name: impl Into<String>, spec: LoadSpec) -> Result<Self> {
        let name = name.into();
        if self.loads.contains_key(&name) {
            let error = Error::input(code::DUPLICATE_NAME, format!("the load `{name}` is declared twice"));
            return Err(error.help("give one of them another name").into());
        }
        let stand_ins = spec.stand_ins();
        let plan = if stand_ins.is_empty() {
            let plan = self.planner.compile(&spec)?;
            // Collected now, they are shared by all requests.
            let _ = plan.values();
            Some(plan)
        } else {
            // Names are checked now; the values, which decide about NULLs and empty lists, come with each request.
            self.planner.compile(&spec.bind(&stand_ins)?)?;
            None
        };
        self.loads.insert(name, Load { spec, plan });
        Ok(self)
    }

    /// The names, in the order of declaration.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.loads.keys().map(String::as_str)
    }

    /// The specification of a load, as it was declared.
    ///
    /// # Errors
    /// `E0116` if there is no load of that name.
    pub fn spec(&self, name: &str) -> Result<&LoadSpec> {
        self.load(name).map(|load| &load.spec)
    }

    /// The plan of a load as it was declared. Where it has no variables, this allocates nothing; else the specification
    /// is copied with the values in it, whose classes decide which plan it is.
    ///
    /// # Errors
    /// `E0116` if there is no load of that name; what [`LoadSpec::bind`] says of the variables.
    pub fn plan(&self, name: &str, variables: &Variables) -> Result<Plan> {
        let load = self.load(name)?;
        match &load.plan {
            Some(plan) if variables.is_empty() => Ok(plan.clone()),
            _ => self.planner.compile(&load.spec.bind(variables)?),
        }
    }

    /// The plan of a load with what a request asks for besides. Requests of one shape share a plan, whose look-up
    /// allocates nothing; merging does, since it makes a specification of both: about as often as the declared one has
    /// names. Who asks for the same again and again keeps the plan.
    ///
    /// # Errors
    /// Those of [`plan`](Self::plan); conflicts between the two, as [`LoadSpec::merge`] says, with the load's name;
    /// every mistake of the request.
    pub fn plan_with(&self, name: &str, request: &LoadSpec, variables: &Variables) -> Result<Plan> {
        let declared = self.spec(name)?;
        let name = format!("the load `{name}`");
        let (merged, mut problems) = declared.merge_named(&name, request, self.planner.graph())?;
        let compiled = merged.into_bound(variables).and_then(|merged| self.planner.compile(&merged));
        if problems.is_empty() {
            return compiled;
        }
        problems.extend(compiled.err().into_iter().flatten());
        Err(Errors::check(problems, ()).err().unwrap_or_else(|| Error::bug("conflicts that are none").into()))
    }

    /// The planner.
    #[must_use]
    pub fn planner(&self) -> &Planner {
        &self.planner
    }

    fn load(&self, name: &str) -> Result<&Load> {
        Ok(self.loads.get(name).ok_or_else(|| {
            Error::input(code::UNKNOWN_LOAD, format!("no load `{name}` is declared")).suggest(name, self.names())
        })?)
    }
}
