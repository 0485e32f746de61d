//! The naive oracle of every database: one query per parent and relationship, written as plainly as possible, straight from
//! the specification. It defines what a specification means; the engine has to give the same JSON under every
//! strategy. It uses no planning code, knows no strategy but "do not load", and panics on an invalid specification.
//!
//! ```text
//! root          SELECT … FROM "post" AS t0 WHERE <where> ORDER BY …
//! relationship  SELECT … FROM "tag" AS t0 WHERE t0."post_id" = <the parent's key> AND <predicate> AND <where> ORDER BY …
//! many-to-many  SELECT … FROM "post_tag" AS l0 JOIN "tag" AS t0 ON t0."id" = l0."tag_id" WHERE l0."post_id" = <key> …
//! ```
//!
//! Limit and offset are cut from the rows here. A recursion is the query of its relationship again, for every row that
//! does not stand above itself. Where `@link` is asked, rows that link one target twice come out by the primary key of
//! the association table (without one: by all its columns), in the direction of the last order term.

mod condition;
pub mod exact;
mod sql;

use crate::database::{Cell, Database, Place as ColumnPlace, Sqlite};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use eagerly_planner::graph::{ColumnDef, ColumnType, Entity, Relationship, RelationshipGraph};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::spec::{Field, Filter, LoadSpec, OrderTerm, Strategy};
use rusqlite::Connection;
use serde_json::{Map, Value as Json};
use sql::Sql;

/// Levels of objects after which data is taken to be endless: rows without a primary key in a cycle.
const LEVELS: usize = 200;

/// What `spec` loads from `connection`: a list of root objects, keys in the order of the specification.
///
/// # Panics
/// When the specification does not fit the graph, the database refuses a query, or objects never end.
#[must_use]
pub fn oracle(connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec) -> Json {
    oracle_within(connection, graph, spec, usize::MAX).expect("memory ends before")
}

/// The same, if it comes to fewer objects than `most`.
///
/// # Panics
/// As [`oracle`] does.
#[must_use]
pub fn oracle_within(connection: &Connection, graph: &RelationshipGraph, spec: &LoadSpec, most: usize) -> Option<Json> {
    within(&Sqlite(connection), graph, spec, most)
}

/// What `spec` loads from any database.
///
/// # Panics
/// As [`oracle`] does.
#[must_use]
pub fn oracle_on(database: &dyn Database, graph: &RelationshipGraph, spec: &LoadSpec) -> Json {
    within(database, graph, spec, usize::MAX).expect("memory ends before")
}

/// The same, if it comes to fewer objects than `most`.
///
/// # Panics
/// As [`oracle`] does.
#[must_use]
pub fn oracle_within_on(
    database: &dyn Database,
    graph: &RelationshipGraph,
    spec: &LoadSpec,
    most: usize,
) -> Option<Json> {
    within(database, graph, spec, most)
}

fn within(database: &dyn Database, graph: &RelationshipGraph, spec: &LoadSpec, most: usize) -> Option<Json> {
    let id = graph.entity_id(&spec.root.name).unwrap_or_else(|| panic!("no entity `{}`", spec.root.name));
    let oracle = Oracle { database, graph, room: std::cell::Cell::new(most) };
    let json = oracle.root(graph.entity(id), &spec.root);
    (oracle.room.get() > 0).then_some(json)
}

/// A row of an entity: its columns in table order with those that are cast, and behind them, where `@link` is asked, those of the association
/// table's row.
type Row = Vec<Cell>;

/// What tells a row from all others: its entity and its primary key, if it has one without NULL.
type Identity = Option<(String, Vec<Cell>)>;

/// Where rows stand: below which objects, and reached by which relationship, how often followed before.
#[derive(Clone, Copy)]
struct Place<'p> {
    above: &'p [Identity],
    by: Option<&'p Relationship>,
    level: u64,
}

struct Oracle<'a> {
    database: &'a dyn Database,
    graph: &'a RelationshipGraph,
    /// Objects that may still come out.
    room: std::cell::Cell<usize>,
}

impl Oracle<'_> {
    fn root(&self, entity: &Entity, field: &Field) -> Json {
        let arguments = &field.arguments;
        let mut sql = self.select(entity, None);
        sql.push(&format!(" FROM {} AS t0 WHERE ", self.database.table(entity)));
        self.condition(&mut sql, entity, 0, &self.wanted(entity, field));
        self.order(&mut sql, entity, &arguments.order, None);
        let rows = window(sql.rows(self.database), arguments.limit, arguments.offset);
        self.objects(entity, field, &rows, Place { above: &[], by: None, level: 0 })
    }

    /// One relationship of one parent, which is the last of those above: a list, or the first row or null.
    fn relationship(
        &self,
        relationship: &Relationship,
        parent: &Row,
        field: &Field,
        above: &[Identity],
        level: u64,
    ) -> Json {
        let place = Place { above, by: Some(relationship), level };
        let arguments = &field.arguments;
        let target = self.graph.entity(relationship.target);
        let link = field.link.as_ref().map(|_| self.association(relationship));
        let mut sql = self.select(target, link);
        sql.push(" FROM ");
        self.related(&mut sql, relationship, 0, &|sql, key| {
            sql.bind(parent[relationship.source_key[key].index()].clone());
        });
        sql.push(" AND ");
        self.condition(&mut sql, target, 0, &self.wanted(target, field));
        if !relationship.uselist {
            self.order(&mut sql, target, &[], link);
            let first = sql.rows(self.database).into_iter().next();
            return first.map_or(Json::Null, |row| self.object(target, field, &row, place));
        }
        let default = arguments.order.is_empty();
        self.order(&mut sql, target, if default { &relationship.order_by } else { &arguments.order }, link);
        let rows = window(sql.rows(self.database), arguments.limit, arguments.offset);
        self.objects(target, field, &rows, place)
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

    fn association(&self, relationship: &Relationship) -> &Entity {
        let secondary = relationship.secondary.as_ref();
        let secondary = secondary.unwrap_or_else(|| panic!("`{}` has no association table", relationship.name));
        self.graph.entity(secondary.entity)
    }

    /// Rows as JSON objects with everything below them.
    fn objects(&self, entity: &Entity, field: &Field, rows: &[Row], place: Place<'_>) -> Json {
        rows.iter().map(|row| self.object(entity, field, row, place)).collect()
    }

    /// What is listed, what `@default` adds, the next level of a recursion, the row that links: in this order.
    fn object(&self, entity: &Entity, field: &Field, row: &Row, place: Place<'_>) -> Json {
        let Some(room) = self.room.get().checked_sub(1) else { return Json::Null };
        self.room.set(room);
        assert!(place.above.len() < LEVELS, "objects below objects without an end at `{}`", field.name);
        let identity = identity(entity, row);
        let stands_above = identity.is_some() && place.above.contains(&identity);
        let path = [place.above, &[identity]].concat();

        let mut object = Map::new();
        let mut put = |key: &str, value: Json| {
            assert!(object.insert(key.to_owned(), value).is_none(), "two fields come out as `{key}`");
        };
        let fields = field.fields.as_deref().unwrap_or_default();
        if !fields.iter().any(|f| entity.columns.contains_key(&f.name)) {
            let left_out = |name: &String| field.except.as_ref().is_some_and(|except| except.columns.contains(name));
            let columns = entity.columns.values().zip(row).filter(|(column, _)| !left_out(&column.name));
            columns.for_each(|(column, cell)| put(&column.name, json(column, cell)));
        }
        for child in fields {
            if let Some((index, _, column)) = entity.columns.get_full(&child.name) {
                put(child.key(), json(column, &row[index]));
                continue;
            }
            let relationship = self.find(entity, &child.name);
            if child.strategy.or(relationship.strategy).is_none_or(Strategy::is_eager) {
                put(child.key(), self.relationship(relationship, row, child, &path, 0));
            }
        }
        for child in unlisted(entity, field) {
            put(child.key(), self.relationship(self.find(entity, &child.name), row, &child, &path, 0));
        }
        let recurse = field.recurse.as_ref().filter(|_| !stands_above);
        if let (Some(by), true) = (place.by, recurse.is_some_and(|r| r.depth.is_none_or(|depth| place.level < depth))) {
            put(field.key(), self.relationship(by, row, field, &path, place.level + 1));
        }
        if let (Some(link), Some(by)) = (&field.link, place.by) {
            let (association, cells) = (self.association(by), &row[all_columns(entity).count()..]);
            let cell = |name: &String| {
                let (index, _, column) = association.columns.get_full(name).expect("a column of the association table");
                (name.clone(), json(column, &cells[index]))
            };
            put("_link", Json::Object(link.columns.iter().map(cell).collect()));
        }
        Json::Object(object)
    }

    /// `SELECT` and all columns in table order, then those of the association table.
    fn select(&self, entity: &Entity, link: Option<&Entity>) -> Sql {
        let all = |alias: &'static str, entity: &Entity| -> Vec<String> {
            all_columns(entity).map(|id| self.compared(alias, entity, id)).collect()
        };
        let columns = [all("t0", entity), link.map_or(Vec::new(), |link| all("l0", link))].concat();
        Sql::new(&format!("SELECT {}", columns.join(", ")))
    }

    /// `ORDER BY` the terms, then the primary key (without one: all columns that have an order) in the direction of the last term, then
    /// that of the association table.
    fn order(&self, sql: &mut Sql, entity: &Entity, terms: &[OrderTerm], link: Option<&Entity>) {
        let ties = |alias: &'static str, entity: &Entity| -> Vec<String> {
            let all = || entity.column_ids().filter(|id| entity.column(*id).ordered).collect();
            let ties = if entity.primary_key.is_empty() { all() } else { entity.primary_key.to_vec() };
            ties.into_iter().map(|id| self.column(alias, entity, entity.column(id))).collect()
        };
        let last = terms.last().is_some_and(|term| term.descending);
        let asked =
            terms.iter().map(|term| (self.column("t0", entity, &entity.columns[&term.column]), term.descending));
        let behind = ties("t0", entity).into_iter().chain(link.map_or(Vec::new(), |link| ties("l0", link)));
        let all = asked.chain(behind.map(|column| (column, last)));
        let all: Vec<String> = all.map(|(column, descending)| column + self.database.direction(descending)).collect();
        if !all.is_empty() {
            sql.push(&format!(" ORDER BY {}", all.join(", ")));
        }
    }

    fn column(&self, alias: &str, entity: &Entity, column: &ColumnDef) -> String {
        self.database.column(ColumnPlace { alias, entity, column })
    }
}

/// The relationships that are not listed, with all their columns, if `@default` loads them.
fn unlisted(entity: &Entity, field: &Field) -> Vec<Field> {
    let Some(strategy) = field.default_strategy.filter(|strategy| strategy.is_eager()) else { return Vec::new() };
    let again = field.recurse.is_some().then_some(&field.name);
    let listed = |name: &String| again == Some(name) || field.fields.iter().flatten().any(|f| f.name == *name);
    let names = entity.relationships.keys().filter(|name| !listed(name));
    names.map(|name| Field::new(name).strategy(strategy)).collect()
}

fn identity(entity: &Entity, row: &Row) -> Identity {
    let key: Vec<Cell> = entity.primary_key.iter().map(|c| row[c.index()].clone()).collect();
    (!key.is_empty() && !key.contains(&Cell::Null)).then(|| (entity.name.clone(), key))
}

/// The rows of a window. Cut here and not by SQLite: 3.51 returns rows that OFFSET should skip where WHERE has an
/// EXISTS that several rows meet.
fn window(rows: Vec<Row>, limit: Option<u64>, offset: Option<u64>) -> Vec<Row> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    rows.into_iter().skip(number(offset.unwrap_or(0))).take(limit.map_or(usize::MAX, number)).collect()
}

/// A stored value in JSON. The stored class decides, but for 0 and 1 in a boolean column, and for documents.
fn json(column: &ColumnDef, cell: &Cell) -> Json {
    match cell {
        Cell::Null => Json::Null,
        Cell::Boolean(b) => Json::Bool(*b),
        Cell::Integer(n @ (0 | 1)) if column.ty == ColumnType::Boolean => Json::Bool(*n == 1),
        Cell::Integer(n) => i64::try_from(*n).map_or_else(|_| Json::from(*n as u64), Json::from),
        Cell::Single(x) => serde_json::from_str(&format!("{x:?}")).expect("a finite float"),
        Cell::Float(x) => Json::Number(serde_json::Number::from_f64(*x).expect("a finite float")),
        Cell::Text(text) if column.ty == ColumnType::Json => serde_json::from_str(text).expect("a document"),
        Cell::Text(text) | Cell::Padded(text) | Cell::Decimal(text) => Json::from(text.as_str()),
        Cell::Moment(text) => Json::from(text.replacen(' ', "T", 1)),
        Cell::Instant(text) => {
            let text = text.replacen(' ', "T", 1);
            let whole = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
            Json::from(format!("{whole}+00:00"))
        }
        Cell::Bytes(bytes) => Json::from(BASE64_STANDARD.encode(bytes)),
    }
}

/// The columns of an entity, and behind them those that are cast, which are keys of relationships.
fn all_columns(entity: &Entity) -> impl Iterator<Item = ColumnId> {
    let casts = (entity.columns.len()..).map(ColumnId::new).take_while(|id| entity.cast_from(*id).is_some());
    entity.column_ids().chain(casts)
}
