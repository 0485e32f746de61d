//! A world: schema, data and specification of the property tests' generator, what the oracle loads from it, and the
//! answers that its database has given.
//!
//! It has two moments: its data, and the same data after rows were deleted and changed. A statement is answered at one of
//! them; read the other way round, the deletion is an insertion.

use super::choices::Random;
use super::instants;
use crate::generate::{Case, case};
use crate::oracle::oracle;
use eagerly::graph::{ColumnType, TableStatistics};
use eagerly::spec::Field;
use eagerly::value::Value;
use eagerly::{BindValue, RelationshipGraph, Statement};
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// The rows of one statement.
pub(super) type Answer = Rc<Vec<Vec<Value>>>;

/// A tree of worlds: the current one, and those that are simpler.
pub(super) type Tree = Box<dyn ValueTree<Value = Case>>;

thread_local! {
    static CASES: BoxedStrategy<Case> = case().boxed();
}

/// So many cases are drawn for a world.
const DRAWN: usize = 5;

/// The tree of a seed: of some cases the one that asks for most, so that a history is long enough to go wrong.
pub(super) fn tree(seed: u64) -> Tree {
    let mut bytes = [23; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let drawn = (0..DRAWN).map(|_| CASES.with(|cases| cases.new_tree(&mut runner)).expect("a case"));
    drawn.max_by_key(|tree| length(&tree.current())).expect("a case")
}

/// How much a case has to load, roughly.
fn length(case: &Case) -> usize {
    let root = &case.spec.root;
    let cut = root.arguments.filter.is_some() || root.arguments.limit.is_some_and(|limit| limit < 2);
    let rows = case.rows.len().min(20);
    if cut { 0 } else { 4 * relationships(root) + rows }
}

fn relationships(field: &Field) -> usize {
    let below = field.fields.iter().flatten();
    below.map(|child| relationships(child) + usize::from(child.fields.is_some())).sum()
}

/// What happens to the data between the two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Torn {
    /// Nothing: all statements read a snapshot.
    Not,
    /// Rows come or go.
    Rows,
    /// Values change too.
    Values,
}

/// One world.
pub(super) struct World {
    pub(super) case: Case,
    pub(super) graph: RelationshipGraph,
    /// The same graph with statistics, which are not true.
    pub(super) counted: RelationshipGraph,
    /// What the oracle loads.
    pub(super) expected: String,
    pub(super) json: serde_json::Value,
    /// Its texts are points in time.
    pub(super) instants: bool,
    /// All values have the types of their columns.
    pub(super) typed: bool,
    seed: u64,
    now: Connection,
    later: [OnceCell<Connection>; 2],
    answers: RefCell<HashMap<String, Answer>>,
}

impl World {
    /// A case as a world; the seed chooses what changes.
    pub(super) fn new(mut case: Case, seed: u64) -> Self {
        let instants = seed % 4 == 1;
        if instants {
            case.rows = instants::in_rows(&case.rows);
            case.spec = instants::in_spec(&case.spec);
        }
        let (now, graph) = (case.connection(), case.graph());
        now.set_prepared_statement_cache_capacity(64);
        let json = oracle(&now, &graph, &case.spec);
        let expected = json.to_string();
        let typed = is_typed(&now, &graph);
        let mut counted = graph.clone();
        for (_, entity) in graph.entities() {
            let rows = TableStatistics::new().rows(1_000).row_width(if seed.is_multiple_of(2) { 4_000 } else { 9 });
            let rows = entity.columns.keys().fold(rows, |all, column| all.distinct([column], 600));
            counted = counted.with_statistics(&entity.name, &rows).expect("statistics");
        }
        let (later, answers) = ([const { OnceCell::new() }; 2], RefCell::default());
        Self { case, graph, counted, expected, json, instants, typed, seed, now, later, answers }
    }

    /// The connection, for a driver.
    pub(super) fn connection(&self) -> &Connection {
        &self.now
    }

    /// How many different answers the database has given.
    pub(super) fn answers(&self) -> usize {
        self.answers.borrow().len()
    }

    /// The answer to a statement at a moment.
    pub(super) fn answer(&self, statement: &Statement, moment: Torn) -> Result<Answer, String> {
        let asked = format!("{moment:?} {} {:?}", statement.sql, statement.binds);
        if let Some(answer) = self.answers.borrow().get(&asked) {
            return Ok(answer.clone());
        }
        let answer = Rc::new(ask(self.at(moment), statement).map_err(|e| format!("{e} in {}", statement.sql))?);
        self.answers.borrow_mut().insert(asked, answer.clone());
        Ok(answer)
    }

    fn at(&self, moment: Torn) -> &Connection {
        let place = match moment {
            Torn::Not => return &self.now,
            Torn::Rows => &self.later[0],
            Torn::Values => &self.later[1],
        };
        place.get_or_init(|| {
            let connection = self.case.connection();
            for sql in self.changes(moment) {
                connection.execute_batch(&sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
            }
            connection
        })
    }

    /// The statements that lead from the first moment to a later one.
    pub(super) fn changes(&self, moment: Torn) -> Vec<String> {
        let mut random = Random::new(self.seed ^ 0x7071);
        let mut changes = Vec::new();
        for (_, entity) in self.graph.entities() {
            let table = quoted(&entity.table);
            let columns: Vec<String> = entity.columns.keys().map(|name| quoted(name)).collect();
            let Some(first) = columns.first() else { continue };
            let [row, other, column, dice] = [5, 5, columns.len() as u32, 4].map(|n| random.below(n));
            let of = |row| format!("(SELECT {first} FROM {table} ORDER BY {first} LIMIT 1 OFFSET {row})");
            if dice > 0 {
                changes.push(format!("DELETE FROM {table} WHERE {first} = {}", of(row)));
            }
            let column = &columns[column as usize];
            if moment == Torn::Values {
                let value = format!("(SELECT max({column}) FROM {table})");
                changes.push(format!("UPDATE OR IGNORE {table} SET {column} = {value} WHERE {first} = {}", of(other)));
            }
        }
        changes
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether every value has the type of its column.
fn is_typed(connection: &Connection, graph: &RelationshipGraph) -> bool {
    graph.entities().all(|(_, entity)| {
        entity.columns.values().all(|column| {
            let class = match column.ty {
                ColumnType::Integer | ColumnType::Boolean => "integer",
                ColumnType::Float => "real",
                ColumnType::Text => "text",
                ColumnType::Bytes => "blob",
                _ => return false,
            };
            let (table, name) = (quoted(&entity.table), quoted(&column.name));
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE typeof({name}) NOT IN ('null', '{class}'))");
            !connection.query_row(&sql, [], |row| row.get::<_, bool>(0)).expect("an answer")
        })
    })
}

fn ask(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    for (index, bind) in statement.binds.iter().enumerate() {
        let BindValue::One(value) = bind else { panic!("SQLite has no arrays: {bind:?}") };
        prepared.raw_bind_parameter(index + 1, bound(value))?;
    }
    let width = prepared.column_count();
    let mut rows = prepared.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push((0..width).map(|at| row.get(at).map(value)).collect::<rusqlite::Result<_>>()?);
    }
    Ok(all)
}

fn bound(value: &Value) -> Cell {
    match value {
        Value::Boolean(b) => Cell::Integer((*b).into()),
        Value::Integer(i) => Cell::Integer(*i),
        Value::Unsigned(u) => Cell::Real(u.get() as f64),
        Value::Float(f) => Cell::Real(*f),
        Value::Text(text) => Cell::Text(text.clone()),
        Value::Bytes(bytes) => Cell::Blob(bytes.clone()),
        _ => Cell::Null,
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(i) => Value::Integer(i),
        Cell::Real(x) => Value::Float(x),
        Cell::Text(text) => Value::Text(text),
        Cell::Blob(bytes) => Value::Bytes(bytes),
    }
}
