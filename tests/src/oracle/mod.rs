//! The naive oracle for SQLite: one query per parent and relationship, written as plainly as possible, straight from
//! the specification. It defines what a specification means; the engine has to give the same JSON under every
//! strategy. It uses no planning code, knows no strategy but "do not load", and panics on an invalid specification.
//!
//! ```text
//! root          SELECT … FROM "post" AS t0 WHERE <where> ORDER BY …
//! relationship  SELECT … FROM "tag" AS t0 WHERE t0."post_id" = <the parent's key> AND <predicate> AND <where> ORDER BY …
//! many-to-many  SELECT … FROM "post_tag" AS l0 JOIN "tag" AS t0 ON t0."id" = +l0."tag_id" WHERE l0."post_id" = <key> …
//! ```
//!
//! Limit and offset are cut from the rows here.

mod condition;
mod sql;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use eagerly_planner::graph::{ColumnDef, ColumnType, Entity, Relationship, RelationshipGraph};
use eagerly_planner::spec::{Field, Filter, LoadSpec, OrderTerm, Strategy};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::{Map, Value as Json};
use sql::{Sql, column, quote};

/// What `spec` loads from `connection`: a list of root objects, keys in the order of the specification.
///
/// # Panics
/// When the specification does not fit the graph, or the database refuses a query.
#[must_use]
pub fn oracle(connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Json {
    let id = graph.entity_id(&spec.root.name).unwrap_or_else(|| panic!("no entity `{}`", spec.root.name));
    Oracle { connection, graph }.root(graph.entity(id), &spec.root)
}

/// A row of an entity: its columns in table order.
type Row = Vec<Cell>;

struct Oracle<'a> {
    connection: &'a Connection,
    graph: &'a RelationshipGraph,
}

impl Oracle<'_> {
    fn root(&self, entity: &Entity, field: &Field) -> Json {
        let arguments = &field.arguments;
        let mut sql = select(entity);
        sql.push(&format!(" FROM {} AS t0 WHERE ", sql::table(entity)));
        self.condition(&mut sql, entity, 0, &self.wanted(entity, field));
        order(&mut sql, entity, &arguments.order);
        self.objects(entity, field, &window(sql.rows(self.connection), arguments.limit, arguments.offset))
    }

    /// One relationship of one parent: a list, or the first row or null.
    fn relationship(&self, relationship: &Relationship, parent: &Row, field: &Field) -> Json {
        let arguments = &field.arguments;
        let target = self.graph.entity(relationship.target);
        let mut sql = select(target);
        sql.push(" FROM ");
        self.related(&mut sql, relationship, 0, &|sql, key| {
            sql.bind(parent[relationship.source_key[key].index()].clone());
        });
        sql.push(" AND ");
        self.condition(&mut sql, target, 0, &self.wanted(target, field));
        if !relationship.uselist {
            order(&mut sql, target, &[]);
            let first = sql.rows(self.connection).into_iter().next();
            return first.map_or(Json::Null, |row| self.object(target, field, &row));
        }
        let default = arguments.order.is_empty();
        order(&mut sql, target, if default { &relationship.order_by } else { &arguments.order });
        self.objects(target, field, &window(sql.rows(self.connection), arguments.limit, arguments.offset))
    }

    /// The condition on the rows of a field: its own `where`, and that every inner relationship below it has a match,
    /// which is the filter `{rel: {any: …}}` and nothing else.
    fn wanted(&self, entity: &Entity, field: &Field) -> Filter {
        let inner = field.fields.iter().flatten().filter(|child| child.inner).map(|child| {
            let relationship = self.find(entity, &child.name);
            Filter::any(&child.name, self.wanted(self.graph.entity(relationship.target), child))
        });
        Filter::And(field.arguments.filter.iter().cloned().chain(inner).collect())
    }

    fn find(&self, entity: &Entity, name: &str) -> &Relationship {
        let id = entity.relationships.get(name).unwrap_or_else(|| panic!("no relationship {}.{name}", entity.name));
        self.graph.relationship(*id)
    }

    /// Rows as JSON objects with everything below them.
    fn objects(&self, entity: &Entity, field: &Field, rows: &[Row]) -> Json {
        rows.iter().map(|row| self.object(entity, field, row)).collect()
    }

    fn object(&self, entity: &Entity, field: &Field, row: &Row) -> Json {
        let mut object = Map::new();
        let mut put = |key: &str, value: Json| {
            assert!(object.insert(key.to_owned(), value).is_none(), "two fields come out as `{key}`");
        };
        let fields = field.fields.as_deref().unwrap_or_default();
        if !fields.iter().any(|f| entity.columns.contains_key(&f.name)) {
            entity.columns.values().zip(row).for_each(|(column, cell)| put(&column.name, json(column, cell)));
        }
        for child in fields {
            if let Some((index, _, column)) = entity.columns.get_full(&child.name) {
                put(child.key(), json(column, &row[index]));
                continue;
            }
            let relationship = self.find(entity, &child.name);
            let strategy = child.strategy.or(relationship.strategy);
            if !matches!(strategy, Some(Strategy::Lazy | Strategy::Raise | Strategy::NoLoad)) {
                put(child.key(), self.relationship(relationship, row, child));
            }
        }
        Json::Object(object)
    }
}

/// `SELECT` and all columns in table order.
fn select(entity: &Entity) -> Sql {
    let columns: Vec<String> = entity.columns.keys().map(|name| format!("t0.{}", quote(name))).collect();
    Sql::new(&format!("SELECT {}", columns.join(", ")))
}

/// `ORDER BY` the terms, then the primary key (without one: all columns) in the direction of the last term.
/// SQLite sorts NULLs first ascending and last descending by itself.
fn order(sql: &mut Sql, entity: &Entity, terms: &[OrderTerm]) {
    let ties = if entity.primary_key.is_empty() { entity.column_ids().collect() } else { entity.primary_key.to_vec() };
    let last = terms.last().is_some_and(|term| term.descending);
    let asked = terms.iter().map(|term| (&entity.columns[&term.column], term.descending));
    let all = asked.chain(ties.into_iter().map(|id| (entity.column(id), last)));
    let all: Vec<String> =
        all.map(|(c, descending)| column("t", 0, c) + if descending { " DESC" } else { " ASC" }).collect();
    sql.push(&format!(" ORDER BY {}", all.join(", ")));
}

/// The rows of a window. Cut here and not by SQLite: 3.51 returns rows that OFFSET should skip where WHERE has an
/// EXISTS that several rows meet.
fn window(rows: Vec<Row>, limit: Option<u64>, offset: Option<u64>) -> Vec<Row> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    rows.into_iter().skip(number(offset.unwrap_or(0))).take(limit.map_or(usize::MAX, number)).collect()
}

/// A stored value in JSON. The stored class decides, but for 0 and 1 in a boolean column.
fn json(column: &ColumnDef, cell: &Cell) -> Json {
    match cell {
        Cell::Null => Json::Null,
        Cell::Integer(n @ (0 | 1)) if column.ty == ColumnType::Boolean => Json::Bool(*n == 1),
        Cell::Integer(n) => Json::from(*n),
        Cell::Real(x) => Json::Number(serde_json::Number::from_f64(*x).expect("a finite float")),
        Cell::Text(text) => Json::from(text.as_str()),
        Cell::Blob(bytes) => Json::from(BASE64_STANDARD.encode(bytes)),
    }
}
