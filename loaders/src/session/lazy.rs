//! Lazy loading: what hangs below rows that are there already. A relationship is loaded for all rows of its load node at
//! once, or for one of them; the result is attached to that of the rows, which so grows without changing.

use super::{Part, Session};
use crate::edges::Edges;
use crate::graph::{NodeRows, ResultGraph};
use crate::row::{RowRef, refusal};
use crate::run::Run;
use crate::store::{Id, IdList, Local, Opt, Slot};
use eagerly_planner::Plan;
use eagerly_planner::batch::{BatchPlan, NodeState, PlannedNode};
use eagerly_planner::error::{Error, Result, code};
use eagerly_planner::graph::Relationship;
use eagerly_planner::ids::{ColumnId, LoadNodeId};
use eagerly_planner::logical::Output;
use eagerly_planner::spec::{Field, LoadSpec, Strategy};
use std::sync::{Arc, OnceLock};

/// A relationship that was touched and is not loaded yet: a run to drive, and where its result belongs.
#[derive(Debug)]
#[non_exhaustive]
pub struct Touched<'g> {
    /// The run.
    pub run: Run,
    /// For [`Session::attach`].
    pub lazy: Lazy<'g>,
}

/// A relationship of rows of a result.
#[derive(Clone, Debug)]
pub struct Lazy<'g> {
    pub(super) row: RowRef<'g>,
    key: String,
    /// Only for that row.
    pub(super) one: bool,
}

impl Lazy<'_> {
    /// The path of the relationship.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.row.plan().path, self.key)
    }
}

impl Session<'_> {
    /// Touches a relationship of a row by its key: what is not loaded is loaded for all rows of the same load node,
    /// their siblings, or for that row alone under `lazy(one)`. None if it is there already. A relationship that the
    /// specification does not list is touched by its name, and has all columns.
    ///
    /// # Errors
    /// `E0115` for a relationship that is `raise`, for one whose keys were not loaded, and for a session that is closed;
    /// `E0103` for one that does not exist.
    pub fn touch<'g>(&self, row: RowRef<'g>, key: &str) -> Result<Option<Touched<'g>>> {
        self.touch_as(row, key, false)
    }

    /// The same for one row, whatever the specification says: SQLAlchemy's `select`.
    ///
    /// # Errors
    /// Those of [`touch`](Self::touch).
    pub fn touch_one<'g>(&self, row: RowRef<'g>, key: &str) -> Result<Option<Touched<'g>>> {
        self.touch_as(row, key, true)
    }

    fn touch_as<'g>(&self, row: RowRef<'g>, key: &str, one: bool) -> Result<Option<Touched<'g>>> {
        let owned = row.graph.owned().filter(|owned| Arc::ptr_eq(&owned.ties, &self.ties));
        let owned = owned.ok_or_else(|| Error::protocol("the row is not of this session"))?;
        let listed = row.listed(key);
        let strategy = listed.map(|node| row.graph.plan().node(node)).map(|node| (node, node.state));
        let scope = match strategy {
            Some((node, NodeState::Unloaded(Strategy::Raise))) => return Err(refused(node).into()),
            Some((_, NodeState::Unloaded(strategy))) if strategy != Strategy::NoLoad => strategy,
            // It is there, or never will be.
            Some(_) => return Ok(None),
            None if row.recursion().is_some_and(|recursion| recursion.key == key) => return Ok(None),
            None => match self.declared(row, key) {
                Some(Strategy::Raise) => {
                    let path = format!("{}.{key}", row.plan().path);
                    let error =
                        Error::input(code::NOT_LOADED, format!("`{path}` is not loaded: it is declared `raise`"));
                    return Err(error.path(path).help("load it with `@selectin`, `@joined` or `@auto`").into());
                }
                Some(Strategy::LazyOne) => Strategy::LazyOne,
                _ => Strategy::Lazy,
            },
        };
        let lazy = Lazy { row, key: key.to_owned(), one: one || scope == Strategy::LazyOne };
        if owned.lazies.find(row, key).is_some() {
            return Ok(None);
        }
        if self.ties.is_closed() {
            return Err(closed(&lazy.path()).into());
        }
        let (field, relationship) = self.field(row, key, listed)?;
        Ok(Some(Touched { run: self.run_below(&lazy, field, relationship)?, lazy }))
    }

    /// The strategy that the graph declares for a relationship of a row.
    fn declared(&self, row: RowRef<'_>, key: &str) -> Option<Strategy> {
        let id = *self.planner.graph().entity(row.plan().entity).relationships.get(key)?;
        self.planner.graph().relationship(id).strategy
    }

    /// The specification of what is touched.
    fn field(&self, row: RowRef<'_>, key: &str, listed: Option<LoadNodeId>) -> Result<(Field, &Relationship)> {
        let graph = self.planner.graph();
        let keys = keys_to(row.graph, row.node);
        let mut above = row.graph.owned().map(|owned| &*owned.spec.root);
        for key in &keys {
            above = above.and_then(|field| field.fields.iter().flatten().find(|field| field.key() == *key));
        }
        let fields = above.into_iter().flat_map(|field| field.fields.iter().flatten());
        // One that `@default` has added is not in the specification.
        let field = listed.and_then(|_| fields.into_iter().find(|field| field.key() == key)).cloned();
        let field = field.unwrap_or_else(|| Field::new(key));
        let entity = row.plan().entity;
        match graph.entity(entity).relationships.get(&field.name) {
            Some(id) => Ok((field, graph.relationship(*id))),
            None if row.get(key).is_some() => Err(row.not_listed(key).into()),
            None => Err(graph.no_relationship(entity, key).path(&row.plan().path).into()),
        }
    }

    /// A plan for what hangs below rows that are there, and reads no column of them that is not.
    fn plan_below(&self, lazy: &Lazy<'_>, spec: &LoadSpec) -> Result<Plan> {
        let plan = self.planner.compile_below(spec)?;
        if missing(lazy, plan.batches()).is_none() {
            return Ok(plan);
        }
        // A way back may show columns of the rows that nobody asked for when they were loaded.
        let plan = self.planner.compile_without_ways_back(spec)?;
        let Some(column) = missing(lazy, plan.batches()) else { return Ok(plan) };
        let entity = self.planner.graph().entity(lazy.row.plan().entity);
        let (path, column) = (lazy.path(), &entity.column(column).name);
        let error =
            Error::input(code::NOT_LOADED, format!("`{path}` cannot be loaded: `{column}` of its rows was not"));
        Err(error.path(path).help(format!("list `{} @lazy` or `{column}` in the specification", lazy.key)).into())
    }

    /// A run whose roots are rows that are there, and that loads a relationship of them.
    fn run_below(&self, lazy: &Lazy<'_>, field: Field, relationship: &Relationship) -> Result<Run> {
        let parent = lazy.row.plan();
        let key = relationship.source_key[0];
        let entity = self.planner.graph().entity(parent.entity);
        let spec = below(parent, &entity.name, &entity.column(entity.stored(key)).name, field);
        let plan = self.plan_below(lazy, &spec)?;
        let mut part = Part::new(&plan, spec, self.ties.clone(), self.epoch, self.memory.clone());
        part.is_below = true;
        let mut run = Run::new(&plan).in_session(part);
        let rows = lazy.locals().map(|local| {
            let (entity, slot) = lazy.row.graph.stored(lazy.row.node, local);
            lazy.row.graph.source(entity, slot)
        });
        run.begin_below(rows)?;
        Ok(run)
    }

    /// Takes the result of a touched relationship's run: it is read from its rows from now on, and remembered.
    ///
    /// # Errors
    /// Those of [`keep`](Self::keep).
    pub fn attach(&mut self, lazy: &Lazy<'_>, graph: ResultGraph) -> Result<()> {
        let graph = self.keep(graph)?;
        self.patterns.count(lazy, &graph);
        if let Some(owned) = lazy.row.graph.owned() {
            owned.lazies.attach(lazy, graph);
        }
        Ok(())
    }
}

impl Lazy<'_> {
    /// The rows it is for.
    pub(super) fn locals(&self) -> impl Iterator<Item = Local> + use<> {
        let local = self.row.local.index();
        let all = self.row.graph.node(self.row.node).slots.len();
        (if self.one { local..local + 1 } else { 0..all }).map(Local::new)
    }
}

/// A column of the rows that a plan reads, and that one of them lacks.
fn missing(lazy: &Lazy<'_>, plan: &BatchPlan) -> Option<ColumnId> {
    let touched = plan.nodes.get(TOUCHED)?;
    if touched.batch.is_none() && touched.derived.is_none() {
        // Nothing can match.
        return None;
    }
    let part = plan.batch(plan.nodes.first()?.batch?).parts.first()?;
    let graph = lazy.row.graph;
    lazy.locals().find_map(|local| {
        let (table, slot) = graph.place(lazy.row.node, local);
        part.cells.iter().map(|(_, column)| *column).find(|column| !table.has(slot, *column))
    })
}

/// The output keys from the root, which counts not, to a node.
fn keys_to(graph: &ResultGraph, node: LoadNodeId) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut at = node;
    while let Some(parent) = graph.plan().node(at).parent {
        let PlannedNode { output, unloaded, .. } = graph.plan().node(parent);
        let key = output.iter().chain(unloaded).find(|o| matches!(o, Output::Node { node, .. } if *node == at));
        keys.extend(key.map(Output::key));
        at = parent;
    }
    keys.reverse();
    keys
}

/// The specification of a relationship of given rows. Its root stands for them and is never read: what matters is its
/// path, and that nobody takes its rows for all of their entity.
fn below(parent: &PlannedNode, entity: &str, column: &str, field: Field) -> LoadSpec {
    let mut field = eager(field);
    field.strategy = Some(Strategy::Selectin);
    field.inner = false;
    let mut root = Field::new(entity).alias(&parent.path).limit(i64::MAX as u64);
    // One column, of the key, since otherwise all are read; under a key that the field cannot have.
    root = root.load(Field::new(column).alias(format!("{}.", field.key())));
    root.load(field).into()
}

/// Nothing below asks its parent's question again: that of the given rows is not known.
fn eager(mut field: Field) -> Field {
    let by_subquery = |strategy: &mut Option<Strategy>| {
        if *strategy == Some(Strategy::Subquery) {
            *strategy = Some(Strategy::Selectin);
        }
    };
    by_subquery(&mut field.strategy);
    by_subquery(&mut field.default_strategy);
    field.fields = field.fields.map(|fields| fields.into_iter().map(eager).collect());
    field
}

fn refused(node: &PlannedNode) -> Error {
    refusal(node).unwrap_or_else(|| Error::bug("a refusal of what is loaded"))
}

/// The error for what cannot be loaded any more.
pub(crate) fn closed(path: &str) -> Error {
    let error = Error::input(code::NOT_LOADED, format!("`{path}` was not loaded before its session was closed"));
    error.path(path).help("touch it before, or load it with `@selectin`, `@joined` or `@auto`")
}

impl Run {
    /// Begins with given rows in place of the root's.
    fn begin_below<'t>(&mut self, rows: impl Iterator<Item = (&'t Arc<crate::store::Tables>, Slot)>) -> Result<()> {
        let root = self.plan().nodes.first().map(|node| node.entity);
        let mut slots = IdList::default();
        for (tables, slot) in rows {
            if let Some(entity) = root {
                slots.push(self.borrow(entity, tables, slot)?);
            }
        }
        self.give_root(NodeRows::new(slots, Edges::none(true, 0)))
    }
}

/// What was loaded of a result's rows when it was touched. It only grows, so that rows can be read meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Lazies {
    first: OnceLock<Box<Attached>>,
}

/// What was loaded of one relationship.
#[derive(Debug)]
struct Attached {
    node: LoadNodeId,
    key: String,
    /// For all rows of the node.
    all: OnceLock<Arc<ResultGraph>>,
    /// For single rows, by their local number.
    each: OnceLock<Box<[OnceLock<Arc<ResultGraph>>]>>,
    next: Lazies,
}

impl Lazies {
    /// The result that holds what a relationship leads to from a row, and the row's local number in it.
    pub(crate) fn find(&self, row: RowRef<'_>, key: &str) -> Option<(&ResultGraph, Local)> {
        let mut at = self.first.get();
        while let Some(attached) = at {
            if attached.node == row.node && attached.key == key {
                if let Some(all) = attached.all.get() {
                    return Some((all, row.local));
                }
                return Some((attached.each.get()?.get(row.local.index())?.get()?, Local::default()));
            }
            at = attached.next.first.get();
        }
        None
    }

    fn attach(&self, lazy: &Lazy<'_>, graph: Arc<ResultGraph>) {
        let Lazy { row, key, one } = lazy;
        let mut place = &self.first;
        loop {
            let attached = place.get_or_init(|| {
                let (all, each) = (OnceLock::new(), OnceLock::new());
                Box::new(Attached { node: row.node, key: key.clone(), all, each, next: Self::default() })
            });
            if attached.node != row.node || attached.key != *key {
                place = &attached.next.first;
                continue;
            }
            // Whoever was first stays: rows that were read keep what they lead to.
            if *one {
                let rows = row.graph.node(row.node).slots.len();
                let each = attached.each.get_or_init(|| (0..rows).map(|_| OnceLock::new()).collect());
                if let Some(place) = each.get(row.local.index()) {
                    let _ = place.set(graph);
                }
            } else {
                let _ = attached.all.set(graph);
            }
            return;
        }
    }
}

/// The load node of what was touched, below the rows that were given.
pub(crate) const TOUCHED: usize = 1;

impl<'g> RowRef<'g> {
    /// The same row as a root of what was loaded below it when `key` was touched.
    pub(crate) fn touched(self, key: &str) -> Option<(RowRef<'g>, LoadNodeId)> {
        let (graph, local) = self.graph.owned()?.lazies.find(self, key)?;
        let root = RowRef { graph, node: LoadNodeId::new(0), local, level: 0, link: Opt::none() };
        Some((root, LoadNodeId::new(TOUCHED)))
    }
}
