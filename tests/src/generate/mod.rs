//! A generator of cases: schema, data and specification, made to disagree wherever a loader could be too clever.
//!
//! [`case`] is a proptest strategy. A failing case shrinks to few rows and few fields, and prints as a Rust expression
//! that can be pasted into a regression test.

mod data;
pub mod exact;
mod flavor;
mod merging;
mod names;
pub mod over;
mod print;
mod raw;
mod schema;
mod server;
mod spec;
mod variables;

pub use merging::merging;
pub use server::{ServerCase, server_case};
pub use spec::strategies;
pub use variables::with_variables;

use crate::oracle::oracle_within;
use eagerly_planner::graph::{Direction, EntityDef, GraphBuilder, RelationshipDef, RelationshipGraph};
use eagerly_planner::spec::{Field, LoadSpec, Recurse};
use proptest::prelude::Strategy;
use rusqlite::Connection;

/// Schema, data and what to load from it.
#[derive(Clone, PartialEq)]
pub struct Case {
    /// The entities of the graph: what the DDL says, and relationships.
    pub graph: Vec<EntityDef>,
    /// `CREATE TABLE` and `CREATE INDEX` statements.
    pub ddl: Vec<String>,
    /// `INSERT` statements.
    pub rows: Vec<String>,
    /// What to load.
    pub spec: LoadSpec,
}

impl Case {
    /// A database in memory that holds the case. Foreign keys are not enforced: there are none.
    ///
    /// # Panics
    /// When SQLite refuses the DDL or the rows.
    #[must_use]
    pub fn connection(&self) -> Connection {
        let connection = Connection::open_in_memory().expect("SQLite opens");
        connection.execute_batch("PRAGMA foreign_keys = OFF").expect("a pragma");
        for sql in self.ddl.iter().chain(&self.rows) {
            connection.execute_batch(sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
        }
        connection
    }

    /// The checked graph.
    ///
    /// # Panics
    /// When a definition is wrong.
    #[must_use]
    pub fn graph(&self) -> RelationshipGraph {
        let builder = self.graph.iter().cloned().fold(RelationshipGraph::builder(), GraphBuilder::entity);
        builder.build().unwrap_or_else(|errors| panic!("{errors}"))
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        print::case(self, f)
    }
}

/// Cases with two to four entities and up to three association tables.
pub fn case() -> impl Strategy<Value = Case> {
    raw::case().prop_map(|raw| resolve(&raw))
}

/// The tables of a case, as a database has them.
fn tables(flavor: &'static dyn flavor::Flavor, raw: &raw::RawCase) -> Vec<schema::Table> {
    let tables = raw.entities.iter().enumerate().map(|(i, e)| schema::entity(flavor, i, e));
    let mut tables: Vec<schema::Table> = tables.collect();
    let entities = tables.len();
    let mut pending = Vec::new();
    for (i, key) in raw.foreign_keys.iter().enumerate() {
        schema::foreign_key(&mut tables, entities, i + 1, key, &mut pending);
    }
    for (i, link) in raw.links.iter().enumerate() {
        schema::link(&mut tables, entities, i + 1, link, &mut pending);
    }
    for relationship in pending {
        schema::finish(&mut tables, relationship);
    }
    tables
}

fn resolve(raw: &raw::RawCase) -> Case {
    let tables = tables(&flavor::SQLITE, raw);
    let mut case = Case {
        graph: tables.iter().map(schema::Table::definition).collect(),
        ddl: tables.iter().flat_map(schema::Table::ddl).collect(),
        rows: data::inserts(&tables),
        spec: spec::spec(&tables, &raw.root),
    };
    if recurses(&case.spec.root) {
        let (connection, graph) = (case.connection(), case.graph());
        while recurses(&case.spec.root) && oracle_within(&connection, &graph, &case.spec, OBJECTS).is_none() {
            shorten(case.spec.root_mut());
        }
    }
    case
}

/// Objects that a case with a recursion may come to: rows that all lead to each other unfold into every path.
const OBJECTS: usize = 1_000;

fn recurses(field: &Field) -> bool {
    field.recurse.is_some() || field.fields.iter().flatten().any(recurses)
}

/// Takes a level from every recursion; one without any ends.
fn shorten(field: &mut Field) {
    field.recurse = match field.recurse.take() {
        Some(Recurse { depth: Some(0), .. }) | None => None,
        Some(Recurse { depth, at }) => Some(Recurse { depth: Some(depth.map_or(2, |depth| depth - 1)), at }),
    };
    field.fields.iter_mut().flatten().for_each(shorten);
}

/// Whether a definition gives a list.
fn is_list(def: &RelationshipDef) -> bool {
    def.uselist.unwrap_or(matches!(def.direction, Direction::OneToMany | Direction::ManyToMany))
}
