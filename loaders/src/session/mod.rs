//! A session: several loads that share what they have loaded, and lazy loading.
//!
//! A [`Session`] does no I/O, as a [`Run`] does none: it gives runs to drive, takes their results, and remembers them.
//! Rows that a load has brought are stored once in the session, and a key that was answered is not sent again. What it
//! remembers, it remembers weakly, but for the youngest results, up to [`KEPT_ROWS`] rows.
//!
//! Loading takes the session by `&mut`, so that two threads cannot load in one session at once:
//!
//! ```compile_fail
//! # use eagerly_loaders::Session;
//! # use eagerly_planner::{Planner, spec::LoadSpec};
//! fn both(session: &Session<'_>, spec: &LoadSpec) {
//!     std::thread::scope(|threads| {
//!         threads.spawn(|| session.load(spec).map(|_| ()));
//!         threads.spawn(|| session.load(spec).map(|_| ()));
//!     });
//! }
//! ```

mod answer;
mod driven;
mod lazy;
mod memory;
mod part;
mod patterns;

use crate::graph::ResultGraph;
use crate::run::Run;
use eagerly_planner::error::{Error, Result};
use eagerly_planner::ids::LoadNodeId;
use eagerly_planner::spec::LoadSpec;
use eagerly_planner::{BindValue, Plan, Planner};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::collections::VecDeque;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Weak};

pub(crate) use answer::{Answer, Asked, Found};
pub use driven::{AsyncSession, Drive};
pub(crate) use lazy::{Lazies, closed};
pub use lazy::{Lazy, Touched};
pub(crate) use memory::{Answers, Memory};
pub(crate) use part::{Learned, Owned, Part, Ties};
pub use patterns::{NPlusOne, Scope};

/// How many rows the results hold, all in all, that a session keeps if nobody else does.
pub const KEPT_ROWS: usize = 100_000;

/// Several loads that share rows, and what is loaded when it is touched.
///
/// ```
/// use eagerly_loaders::{Load, Session};
/// # use eagerly_planner::{Planner, spec::LoadSpec, value::ValueRef};
/// # fn example(planner: &Planner, spec: &LoadSpec) -> eagerly_planner::error::Result<()> {
/// let mut session = Session::new(planner);
/// let posts = match session.load(spec)? {
///     Load::Known(posts) => posts,
///     Load::Run(mut run) => {
///         // Drive it as any run.
///         while let ready = run.ready()? && !ready.is_empty() {
///             for statement in ready {
///                 run.end(statement.id)?;
///             }
///         }
///         session.keep(run.finish()?)?
///     }
/// };
/// assert!(matches!(session.load(spec)?, Load::Known(_)));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Session<'p> {
    planner: &'p Planner,
    memory: Arc<Memory>,
    ties: Arc<Ties>,
    /// Counts what was forgotten or refreshed: a run that began before is not remembered.
    epoch: u64,
    whole: HashTable<Whole>,
    /// The youngest results, with the number of their rows.
    kept: VecDeque<(Arc<ResultGraph>, usize)>,
    kept_rows: usize,
    keep: usize,
    patterns: patterns::Patterns,
}

/// A result that answers its own specification.
#[derive(Debug)]
struct Whole {
    hash: u64,
    graph: Weak<ResultGraph>,
}

/// What a session has for a specification.
#[derive(Debug)]
pub enum Load {
    /// The result, which it has already.
    Known(Arc<ResultGraph>),
    /// A run to drive; [`Session::keep`] takes its result.
    Run(Box<Run>),
}

impl<'p> Session<'p> {
    /// A session without memories.
    #[must_use]
    pub fn new(planner: &'p Planner) -> Self {
        Self {
            planner,
            memory: Arc::default(),
            ties: Arc::default(),
            epoch: 0,
            whole: HashTable::new(),
            kept: VecDeque::new(),
            kept_rows: 0,
            keep: KEPT_ROWS,
            patterns: patterns::Patterns::default(),
        }
    }

    /// Keeps results of so many rows all in all, in place of [`KEPT_ROWS`]; with 0 only those that the caller holds.
    #[must_use]
    pub fn keep_rows(mut self, rows: usize) -> Self {
        self.keep = rows;
        self.evict();
        self
    }

    /// Loads a specification: from memory if it was loaded before, else by a run that sends only what is not known.
    ///
    /// # Errors
    /// Every mistake of the specification; a session that is closed.
    pub fn load(&mut self, spec: &LoadSpec) -> Result<Load> {
        let plan = self.compile(spec)?;
        let hash = hash_of(&plan);
        let is_same = |whole: &Whole| whole.graph.upgrade().is_some_and(|graph| graph.is_of(&plan));
        if let Some(known) = self.whole.find(hash, is_same).and_then(|whole| whole.graph.upgrade()) {
            return Ok(Load::Known(known));
        }
        let part = self.part(&plan, spec, self.memory.clone());
        Ok(Load::Run(Box::new(Run::new(&plan).in_session(part))))
    }

    /// Loads a specification anew. Its rows replace all that is remembered of their entities; no answer of before is
    /// believed any more, since it may lead to rows that are gone.
    ///
    /// # Errors
    /// Those of [`load`](Self::load).
    pub fn refresh(&mut self, spec: &LoadSpec) -> Result<Run> {
        let plan = self.compile(spec)?;
        // It knows nothing but what it learns itself, so that no key is sent twice all the same.
        let mut part = self.part(&plan, spec, Arc::default());
        part.replaces = true;
        Ok(Run::new(&plan).in_session(part))
    }

    fn compile(&self, spec: &LoadSpec) -> Result<Plan> {
        self.check_open()?;
        self.planner.compile(spec)
    }

    fn part(&self, plan: &Plan, spec: &LoadSpec, memory: Arc<Memory>) -> Part {
        Part::new(plan, spec.clone(), self.ties.clone(), self.epoch, memory)
    }

    fn check_open(&self) -> Result<()> {
        if self.ties.is_closed() {
            return Err(Error::protocol("the session is closed").help("open another").into());
        }
        Ok(())
    }

    /// Takes the result of a run of this session, and remembers it. A run that failed has no result: the session stays
    /// as it was.
    ///
    /// # Errors
    /// A result of another session, or of none; a session that is closed.
    pub fn keep(&mut self, graph: ResultGraph) -> Result<Arc<ResultGraph>> {
        self.check_open()?;
        let mut graph = graph;
        let Some(owned) = graph.owned_mut().filter(|owned| Arc::ptr_eq(&owned.ties, &self.ties)) else {
            return Err(Error::protocol("the result is not of this session").into());
        };
        let (lesson, current) = (owned.take(), owned.epoch == self.epoch);
        let graph = Arc::new(graph);
        let Some(lesson) = lesson.filter(|_| current) else { return Ok(graph) };
        if lesson.replaces {
            // They may hold rows that are replaced, and so may what a run brings that began before.
            self.whole.clear();
            self.epoch += 1;
            let entities = graph.plan().nodes.iter().map(|node| node.entity);
            Arc::make_mut(&mut self.memory).forget(entities);
        }
        Arc::make_mut(&mut self.memory).keep(&graph, &lesson.rows, lesson.questions);
        self.remember_whole(&graph);
        let rows = graph.weight();
        self.kept_rows += rows;
        self.kept.push_back((graph.clone(), rows));
        self.evict();
        Ok(graph)
    }

    fn remember_whole(&mut self, graph: &Arc<ResultGraph>) {
        if self.whole.len() >= 2 * self.kept.len() + 64 {
            self.whole.retain(|whole| whole.graph.strong_count() > 0);
        }
        let Some(hash) = graph.hash() else { return };
        self.whole.insert_unique(hash, Whole { hash, graph: Arc::downgrade(graph) }, |whole| whole.hash);
    }

    /// Lets go of the oldest results while there are too many rows.
    fn evict(&mut self) {
        while self.kept_rows > self.keep {
            let Some((_, rows)) = self.kept.pop_front() else { return };
            self.kept_rows -= rows;
        }
    }

    /// Forgets all that was loaded; results stay what they are.
    pub fn forget(&mut self) {
        self.epoch += 1;
        self.memory = Arc::default();
        self.whole.clear();
        self.kept.clear();
        self.kept_rows = 0;
    }

    /// Closes the session: results stay what they are, and what was not loaded cannot be any more.
    pub fn close(&mut self) {
        self.forget();
        self.ties.close();
    }

    /// How many rows are stored by results of the session that are alive.
    #[must_use]
    pub fn stored_rows(&self) -> usize {
        self.memory.stored()
    }

    /// How much it remembers: rows, and keys of questions, those of results that are gone included until it cleans up.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.memory.entries()
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.ties.close();
    }
}

fn hash_of(plan: &Plan) -> u64 {
    hash_parts(plan.batches().shape, plan.values())
}

fn hash_parts(shape: u64, values: &[BindValue]) -> u64 {
    let mut hasher = FxHasher::default();
    shape.hash(&mut hasher);
    answer::hash_values(values, &mut hasher);
    hasher.finish()
}

impl ResultGraph {
    /// Whether it is what a plan loads.
    fn is_of(&self, plan: &Plan) -> bool {
        let of_plan = std::ptr::eq(self.plan(), Arc::as_ptr(plan.batches()));
        of_plan && self.owned().is_some_and(|owned| owned.values == *plan.values())
    }

    fn hash(&self) -> Option<u64> {
        // What hangs below given rows is no answer to a specification.
        let owned = self.owned().filter(|owned| !owned.is_below)?;
        Some(hash_parts(self.plan().shape, &owned.values))
    }

    /// The rows that it stores, or those that it shows where that are more; at least 1.
    fn weight(&self) -> usize {
        let stored: usize = self.tables().iter().map(crate::store::Table::rows).sum();
        let shown = (0..self.plan().nodes.len()).map(|node| self.node(LoadNodeId::new(node)).slots.len()).sum();
        stored.max(shown).max(1)
    }
}
