//! The sans-I/O run: a state machine that hands out every statement whose inputs are complete, takes rows, and ends in
//! a result graph. Any host can drive it: sync, async, or another ORM's own connection.

mod bytes;
mod complete;
mod derive;
mod describe;
mod intake;
mod known;
mod recall;
mod start;
mod types;

pub use self::intake::RowSink;

use self::bytes::Bytes;
use self::known::Answers;
use crate::edges::Edges;
use crate::graph::{NodeRows, ResultGraph};
use crate::keys::{KeyRef, KeySet};
use crate::session::Part;
use crate::stitch::BatchRows;
use crate::store::{EntityStore, Id, IdList, KeyNo, Local, Opt, ParentNo, Slot, StatementNo, Tables};
use eagerly_planner::batch::{BatchPlan, Feed, Operation, Reach};
use eagerly_planner::error::{Error, Errors, Result};
use eagerly_planner::ids::{BatchId, EntityId};
use eagerly_planner::{BindValue, Plan};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

/// A statement of one run. Another run refuses it, also where it has a statement of that number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatementId {
    run: u32,
    number: StatementNo,
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement#{}", self.number.index())
    }
}

/// How many runs there were: tells the statements of one run from those of another.
static RUNS: AtomicU32 = AtomicU32::new(0);

/// A statement to execute.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Statement {
    /// Its id, for [`Run::rows`], [`Run::row`] and [`Run::end`].
    pub id: StatementId,
    /// The batch it belongs to.
    pub batch: BatchId,
    /// The batch's depth in the graph of dependencies, from 1.
    pub wave: u32,
    /// The SQL, with a mark for each bind.
    pub sql: Arc<str>,
    /// The binds.
    pub binds: Vec<BindValue>,
    /// How many keys it looks for; 0 for a root.
    pub keys: usize,
}

/// One execution of a plan.
///
/// ```text
/// while let ready = run.ready()?, not empty:
///     for statement in ready:
///         execute statement.sql with statement.binds
///         for row in result: run.row(statement.id, row)?       (or run.rows(statement.id)?, and row by row)
///         run.end(statement.id)?
/// run.finish()?
/// ```
#[derive(Debug)]
pub struct Run {
    /// Its number, which its statements carry.
    number: u32,
    plan: Arc<BatchPlan>,
    values: Arc<[BindValue]>,
    stores: Vec<EntityStore>,
    nodes: Vec<Option<NodeRows>>,
    batches: Vec<BatchRun>,
    statements: Vec<StatementRun>,
    rows: u64,
    max_rows: u64,
    bytes: Bytes,
    /// A row or a statement failed: nothing more is taken or given.
    failed: bool,
    /// Its part in a session.
    part: Option<Box<Part>>,
}

#[derive(Debug)]
struct StatementRun {
    batch: BatchId,
    first_key: KeyNo,
    rows: u64,
    open: bool,
}

#[derive(Debug)]
struct BatchRun {
    status: Status,
    keys: KeySet,
    /// For each feed, the number of the key of each parent row: none where that is NULL.
    feeds: Vec<KeyNumbers>,
    rows: BatchRows,
    /// Levels of a recursion that were sent; 1 for what is none.
    levels: u64,
    /// Keys that its parents hold, and no batch before it has sent.
    own_keys: usize,
    /// By levels: the keys of so many of its own rows are among the keys. A closure: so many of `own_keys` were sent.
    followed: usize,
    /// The wave of its last statement.
    wave: u32,
    /// What its keys have found, where a later batch asks for the same.
    answers: Option<Answers>,
}

/// The numbers of keys by the rows that hold them.
type KeyNumbers = IdList<Local, Opt<ParentNo>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Waiting,
    /// Statements that have not ended.
    Running(u32),
    /// All rows are there, but not those of its parents, for which it did not wait.
    Arrived,
    Done,
}

impl Run {
    /// Starts a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let batches = plan.batches();
        Self {
            number: RUNS.fetch_add(1, Relaxed),
            values: plan.values().clone(),
            stores: batches.entities.iter().map(EntityStore::new).collect(),
            nodes: batches.nodes.iter().map(|_| None).collect(),
            batches: batches
                .batches
                .iter()
                .map(|batch| BatchRun {
                    status: Status::Waiting,
                    keys: KeySet::default(),
                    feeds: Vec::new(),
                    rows: BatchRows::new(batches, batch),
                    levels: 0,
                    own_keys: 0,
                    followed: 0,
                    wave: 0,
                    answers: None,
                })
                .collect(),
            statements: Vec::new(),
            plan: batches.clone(),
            rows: 0,
            max_rows: u64::MAX,
            bytes: Bytes::UNBOUNDED,
            failed: false,
            part: None,
        }
    }

    /// Ends the run with an error of kind `Limit` when more rows than this are read, or more edges lead to them.
    #[must_use]
    pub fn max_rows(mut self, rows: u64) -> Self {
        self.max_rows = rows;
        self
    }

    /// Makes the run one of a session.
    pub(crate) fn take_part(&mut self, part: Part) {
        let memory = &part.memory;
        for part in self.plan.batches.iter().flat_map(|batch| &batch.parts) {
            let linked = part.link.as_ref().map(|link| link.entity);
            for entity in linked.into_iter().chain([part.entity]) {
                self.stores[entity.index()].share(entity, memory);
            }
        }
        self.part = Some(Box::new(part));
    }

    /// Takes a row that the session has.
    pub(crate) fn borrow(&mut self, entity: EntityId, tables: &Arc<Tables>, slot: Slot) -> Result<Slot> {
        let borrowed = self.stores[entity.index()].borrow(tables, slot);
        Ok(borrowed.map_err(|error| describe::not_borrowed(&error, &self.plan.nodes[0].path))?)
    }

    /// Takes rows in place of the root's.
    pub(crate) fn give_root(&mut self, rows: NodeRows) -> Result<()> {
        if let Some(batch) = self.plan.nodes.first().and_then(|root| root.batch) {
            self.batches[batch.index()].status = Status::Done;
        }
        if let Some(root) = self.nodes.first_mut() {
            *root = Some(rows);
        }
        self.derive()
    }

    /// The plan that runs.
    #[must_use]
    pub fn plan(&self) -> &BatchPlan {
        &self.plan
    }

    /// Every statement whose inputs are complete and that was not handed out before. They may be in flight together.
    /// None: once all of them have ended, the run is finished.
    ///
    /// # Errors
    /// A list longer than the database takes.
    pub fn ready(&mut self) -> Result<Vec<Statement>> {
        self.check_failed()?;
        let ready = self.start_ready();
        self.failed |= ready.is_err();
        ready
    }

    /// An error ends a run: nothing half loaded is handed out as whole.
    fn check_failed(&self) -> Result<()> {
        if self.failed {
            return Err(has_failed().into());
        }
        Ok(())
    }

    /// Closes a statement: its rows are complete.
    ///
    /// # Errors
    /// A statement that is not open.
    pub fn end(&mut self, id: StatementId) -> Result<()> {
        self.check_failed()?;
        let ended = self.close(id);
        self.failed |= ended.is_err();
        ended
    }

    fn close(&mut self, id: StatementId) -> Result<()> {
        if !self.is_open(id) {
            return Err(self.not_open(id, format_args!("{id:?} ends, but is not open")));
        }
        let statement = &mut self.statements[id.number.index()];
        statement.open = false;
        let batch = statement.batch;
        let waits = self.waits(self.plan.batch(batch));
        let run = &mut self.batches[batch.index()];
        match run.status {
            Status::Running(open) if open > 1 => run.status = Status::Running(open - 1),
            _ => {
                let plan = self.plan.clone();
                match &plan.batch(batch).operation {
                    // The rows of this level may hold keys for the next.
                    Operation::Fetch { reach: Reach::Levels(most), .. }
                        if most.is_none_or(|most| run.levels <= most) =>
                    {
                        run.status = Status::Waiting;
                    }
                    Operation::Fetch { reach: Reach::Closure, .. } if run.followed < run.own_keys => {
                        run.status = Status::Waiting;
                    }
                    Operation::Fetch { feeds, .. } if !waits => {
                        let parents = feeds.iter().all(|feed| self.nodes[feed.parent.index()].is_some());
                        if parents { self.complete(plan.batch(batch))? } else { run.status = Status::Arrived }
                    }
                    _ => self.complete(plan.batch(batch))?,
                }
            }
        }
        Ok(())
    }

    /// What is known of a statement of this run.
    fn statement(&self, id: StatementId) -> Option<&StatementRun> {
        self.statements.get(id.number.index()).filter(|_| id.run == self.number)
    }

    fn is_open(&self, id: StatementId) -> bool {
        self.statement(id).is_some_and(|s| s.open)
    }

    /// Why a statement that is not open takes nothing; the error names the batch where the statement is of this run.
    #[cold]
    fn not_open(&self, id: StatementId, refusal: fmt::Arguments<'_>) -> Errors {
        let error = Error::protocol(refusal.to_string());
        match self.statement(id) {
            Some(statement) => error.path(&self.plan.batch(statement.batch).name).into(),
            None => error.into(),
        }
    }

    /// How many rows a statement has brought so far.
    #[must_use]
    pub fn rows_of(&self, id: StatementId) -> u64 {
        self.statement(id).map_or(0, |s| s.rows)
    }

    /// How many rows a batch's parents have by now.
    pub(crate) fn parents_of(&self, batch: BatchId) -> usize {
        let Operation::Fetch { feeds, .. } = &self.plan.batch(batch).operation else { return 0 };
        feeds.iter().filter_map(|feed| self.nodes[feed.parent.index()].as_ref()).map(|rows| rows.slots.len()).sum()
    }

    /// The result, once no statement is open and none is ready.
    ///
    /// # Errors
    /// A run that is not finished: nothing half loaded is handed out as whole.
    pub fn finish(mut self) -> Result<ResultGraph> {
        self.check_failed()?;
        let is_open = |(_, run): &(_, &BatchRun)| run.status != Status::Done;
        if let Some((batch, _)) = self.plan.batches.iter().zip(&self.batches).find(is_open) {
            let error = Error::protocol("the run is not finished: statements are open or were not asked for");
            return Err(error.path(&batch.name).into());
        }
        for (index, node) in self.plan.nodes.iter().enumerate() {
            if self.nodes[index].is_none() {
                let parents = node.parent.and_then(|p| self.nodes[p.index()].as_ref()).map_or(0, |p| p.slots.len());
                let below = node.recursion.is_some().then(|| Edges::none(node.to_many, 0));
                self.nodes[index] =
                    Some(NodeRows { slots: IdList::default(), edges: Edges::none(node.to_many, parents), below });
            }
        }
        let (mut tables, mut borrowed) = (Vec::with_capacity(self.stores.len()), Vec::new());
        for store in self.stores {
            let (table, elsewhere, rows) = store.into_parts();
            tables.push(table);
            if let Some(part) = &mut self.part {
                borrowed.push(elsewhere);
                part.rows.push(rows);
            }
        }
        let bytes = self.bytes.is_bounded().then(|| self.bytes.read());
        let owned = self.part.map(|part| Box::new(part.into_owned(self.values, self.statements.len())));
        let nodes = self.nodes.into_iter().flatten().collect();
        Ok(ResultGraph::new(self.plan, tables, borrowed, nodes, owned).with_bytes_read(bytes))
    }
}

/// The key that a row holds for the batches below it, or for the next level of its own.
fn key_of<'a>(store: &'a EntityStore, slot: Slot, feed: &Feed) -> KeyRef<'a> {
    feed.columns.iter().map(|column| store.get(slot, *column)).collect()
}

fn has_failed() -> Error {
    Error::protocol("the run has failed").help("start the plan again")
}

/// What helps against a result that is too large.
const FEWER: &str = "limit the specification, or allow more rows";
