//! The planner: compiles load specifications against one graph and one dialect, and keeps the plans by shape.

use crate::batch::{self, BatchPlan, ListPiece, ListSource, Piece};
use crate::cache::{Cache, Key};
use crate::dialect::Dialect;
use crate::error::{Error, Errors, Result, code};
use crate::graph::RelationshipGraph;
use crate::logical::{self, Bind, LogicalPlan, passes};
use crate::spec::scope::by_graph;
use crate::spec::shape::{BindValue, Shape};
use crate::spec::{LoadSpec, Parsed};
use std::sync::{Arc, OnceLock};

/// What a plan has the fewest of, where not all can be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Prefer {
    /// Dependent round trips, then statements: a load waits for another one only where the number of waves stays.
    #[default]
    FewerWaves,
    /// As [`FewerWaves`](Self::FewerWaves), and whole tables are sent with the root where statistics say that it has rows
    /// and a round trip costs something: a table that has lost its rows since it was counted costs statements for nothing.
    FewestWaves,
    /// Statements, then dependent round trips: for a database that is near, or that counts statements.
    FewerStatements,
    /// One round trip: what can find its keys by its parents' own query does, and all of that is sent together with the
    /// root. The database repeats the parents' work, so that this is for one that is far away, on a connection that
    /// pipelines (PostgreSQL).
    OneRoundTrip,
}

/// Compiles load specifications. Shared between threads; a plan is compiled once per shape.
#[derive(Debug)]
pub struct Planner {
    graph: Arc<RelationshipGraph>,
    dialect: Box<dyn Dialect>,
    disabled: Vec<String>,
    prefer: Prefer,
    cache: Cache,
}

/// A compiled plan with the values of one specification.
#[derive(Clone, Debug)]
pub struct Plan {
    batches: Arc<BatchPlan>,
    spec: LoadSpec,
    /// Those of the specification, once somebody has asked for them.
    values: OnceLock<Arc<[BindValue]>>,
}

impl Planner {
    /// A planner with every pass on and an empty cache.
    pub fn new(graph: impl Into<Arc<RelationshipGraph>>, dialect: impl Dialect + 'static) -> Self {
        let mut graph = graph.into();
        let collation = dialect.capabilities().cast_collation;
        if !graph.collates_casts_by(collation) {
            Arc::make_mut(&mut graph).collate_casts(collation);
        }
        Self {
            graph,
            dialect: Box::new(dialect),
            disabled: Vec::new(),
            prefer: Prefer::default(),
            cache: Cache::default(),
        }
    }

    /// Switches passes off; results stay the same, plans get worse.
    ///
    /// # Errors
    /// A name that is no optional pass.
    pub fn without_passes(mut self, names: &[&str]) -> Result<Self> {
        for name in names {
            if !Self::optional_passes().any(|known| known == *name) {
                let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no pass `{name}`"));
                return Err(error.suggest(name, Self::optional_passes()).into());
            }
        }
        self.cache = Cache::default();
        self.disabled = names.iter().map(|&n| n.to_owned()).collect();
        Ok(self)
    }

    /// What plans have the fewest of; waves, if nothing is said.
    #[must_use]
    pub fn prefer(mut self, prefer: Prefer) -> Self {
        self.cache = Cache::default();
        self.prefer = prefer;
        self
    }

    /// The passes that can be switched off.
    pub fn optional_passes() -> impl Iterator<Item = &'static str> {
        let logical = passes::PASSES.iter().filter(|p| p.optional).map(|p| p.name);
        logical.chain([passes::INNER_JOIN]).chain(batch::passes::PASSES.iter().map(|p| p.name))
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &RelationshipGraph {
        &self.graph
    }

    /// Resolves a specification and runs the logical passes, without a look at the cache.
    ///
    /// # Errors
    /// Every mistake of the specification.
    pub fn logical(&self, spec: &LoadSpec) -> Result<LogicalPlan> {
        let mut plan = logical::resolve(&self.graph, spec)?;
        passes::run(&mut plan, &self.context(&|pass| self.is_on(pass)))?;
        Ok(plan)
    }

    /// Compiles a specification, or finds the plan of its shape. Finding one allocates nothing, whatever the values, up to
    /// 16 relationships with a `where`.
    ///
    /// # Errors
    /// Every mistake of the specification.
    pub fn compile(&self, spec: &LoadSpec) -> Result<Plan> {
        self.compile_for(spec, self.prefer)
    }

    /// Compiles a specification whose root stands for rows that are there, in place of those its query would find: what
    /// is below asks by their keys, [`Prefer::OneRoundTrip`] or not.
    ///
    /// # Errors
    /// Every mistake of the specification.
    pub fn compile_below(&self, spec: &LoadSpec) -> Result<Plan> {
        self.compile_for(spec, self.prefer_below())
    }

    fn prefer_below(&self) -> Prefer {
        match self.prefer {
            Prefer::OneRoundTrip | Prefer::FewestWaves => Prefer::FewerWaves,
            other => other,
        }
    }

    fn compile_for(&self, spec: &LoadSpec, prefer: Prefer) -> Result<Plan> {
        if !spec.is_shallow() {
            // The walk to its shape would be as deep as it is; the resolver says where.
            let resolved = self.logical(spec);
            return Err(resolved
                .err()
                .unwrap_or_else(|| Error::bug("a specification that is too deep was resolved").into()));
        }
        let key = Key { shape: Shape::of(spec), prefer };
        if let Some(batches) = self.cache.get(&key) {
            return Ok(Plan::new(batches, spec));
        }
        let shape = key.shape.hash();
        let batches = BatchPlan { shape, ..self.compile_cold(spec, prefer, &|pass| self.is_on(pass))? };
        Ok(Plan::new(self.cache.keep(key, batches), spec))
    }

    /// As [`compile_below`](Self::compile_below), but so that no row is shown in place of one that a to-one relationship
    /// below it leads back to, and without a look at the cache: for rows of which not all columns are there.
    ///
    /// # Errors
    /// Every mistake of the specification.
    pub fn compile_without_ways_back(&self, spec: &LoadSpec) -> Result<Plan> {
        let enabled = |pass: &str| self.is_on(pass) && pass != passes::WAY_BACK;
        Ok(Plan::new(Arc::new(self.compile_cold(spec, self.prefer_below(), &enabled)?), spec))
    }

    /// Compiles what was read from a text, and tells the problems of the text and of its names together.
    ///
    /// # Errors
    /// Every mistake of the text and of the specification, in the order of the text.
    pub fn compile_parsed(&self, parsed: &Parsed) -> Result<Plan> {
        let Parsed { spec, problems } = parsed;
        let compiled = self.compile(spec);
        if problems.is_empty() {
            return compiled;
        }
        let resolved: Vec<Error> = compiled.err().into_iter().flatten().collect();
        let mut all = by_graph(&self.graph, problems, &resolved);
        all.extend(resolved);
        if all.is_empty() {
            all.clone_from(problems);
        }
        // A mistake that both found, in their own words, is told once.
        all.sort_by_key(|e| e.at.span.map(|s| (s.start, s.end)));
        all.dedup_by(|a, b| a.at.span.is_some() && (a.at.span, a.code) == (b.at.span, b.code));
        Err(Errors::check(all, ()).err().unwrap_or_else(|| Error::bug("problems that are none").into()))
    }

    /// Compiles without a look at the cache.
    fn compile_cold(&self, spec: &LoadSpec, prefer: Prefer, enabled: &dyn Fn(&str) -> bool) -> Result<BatchPlan> {
        let context = passes::Context { prefer, ..self.context(enabled) };
        let mut plan = logical::resolve(&self.graph, spec)?;
        passes::run(&mut plan, &context)?;
        let mut drafts = batch::drafts(&plan);
        let waves = batch::passes::run(&mut drafts, &mut plan, &context)?;
        let plan = batch::finish(&self.graph, self.dialect.as_ref(), plan, &drafts, waves)?;
        plan.check()?;
        Ok(plan)
    }

    fn is_on(&self, pass: &str) -> bool {
        !self.disabled.iter().any(|d| d == pass)
    }

    fn context<'a>(&'a self, enabled: &'a dyn Fn(&str) -> bool) -> passes::Context<'a> {
        passes::Context { graph: &self.graph, capabilities: self.dialect.capabilities(), prefer: self.prefer, enabled }
    }
}

impl Plan {
    fn new(batches: Arc<BatchPlan>, spec: &LoadSpec) -> Self {
        Self { batches, spec: spec.clone(), values: OnceLock::new() }
    }

    /// A plan that was compiled before, with the values of a specification of its shape.
    ///
    /// # Errors
    /// `E0117` for a specification of another shape: other names or options, another class of a value (NULL above all),
    /// a list that is empty where the plan's was not.
    pub fn stored(batches: Arc<BatchPlan>, spec: &LoadSpec) -> Result<Self> {
        let other = |what: &str| {
            let error = Error::input(code::STORED_PLAN, format!("the plan was compiled for {what}"));
            Err(error.help("compile the specification again").into())
        };
        if !spec.is_shallow() || batches.shape != Shape::of(spec).hash() {
            return other("a specification of another shape");
        }
        let plan = Self::new(batches, spec);
        let (batches, values) = (plan.batches(), plan.values());
        let pieces = batches.batches.iter().flat_map(|batch| &batch.sql.pieces);
        for piece in pieces {
            let (bind, list) = match piece {
                Piece::Param(Bind::Spec(id)) | Piece::Formed(Bind::Spec(id), _) => (*id, false),
                Piece::List(ListPiece { source: ListSource::Bind(Bind::Spec(id)), .. }) => (*id, true),
                _ => continue,
            };
            let fits = match values.get(bind.index()) {
                Some(BindValue::One(_)) => !list,
                Some(BindValue::Many(_)) => list,
                None => false,
            };
            if !fits {
                return other("other values");
            }
        }
        Ok(plan)
    }

    /// The batches, shared by all specifications of one shape.
    #[must_use]
    pub fn batches(&self) -> &Arc<BatchPlan> {
        &self.batches
    }

    /// The values of this specification: copied out of it when they are first asked for, then shared by every run.
    #[must_use]
    pub fn values(&self) -> &Arc<[BindValue]> {
        self.values.get_or_init(|| match self.spec.values() {
            none if none.is_empty() => Arc::default(),
            values => values.into(),
        })
    }

    /// The plan as text.
    #[must_use]
    pub fn explain(&self) -> String {
        self.batches.explain()
    }
}
