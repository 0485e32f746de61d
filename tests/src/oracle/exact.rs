//! The oracle of exact cases: one query per parent and relationship, and a row is known by its number `n` alone. No value
//! leaves the database before the result is known:
//!
//! ```text
//! root          SELECT t0.n FROM p AS t0 WHERE <where> ORDER BY …
//! relationship  SELECT t0.n FROM p AS s, c AS t0 WHERE s.n = 3 AND t0.pa = s.a AND <where> ORDER BY …
//! a value       (SELECT pa FROM v WHERE n = 2)
//! ```
//!
//! The queries run under the settings of the case that decide how values compare. What the values are as JSON is read
//! once, by number, from a session that has no settings (`printed`).

mod printed;

pub use printed::{Cell, Printed};

use crate::database::{Backend, Mysql, Postgres};
use crate::generate::exact::{Case, Cond, Node, Rel, Table, Type, relationship};
use eagerly_planner::filter::{CompareOp, Quantifier};
use eagerly_planner::graph::RelationshipGraph;
use rusqlite::Connection;
use serde_json::{Map, Value as Json};

/// A session that answers queries with text.
pub trait Ask {
    /// The rows of a query.
    ///
    /// # Panics
    /// When the database refuses it.
    fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>>;
}

impl Ask for Postgres {
    fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.texts(sql)
    }
}

impl Ask for Mysql {
    fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.texts(sql)
    }
}

impl Ask for Connection {
    fn texts(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let run = || -> rusqlite::Result<Vec<Vec<Option<String>>>> {
            let mut statement = self.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                let text = |i| Ok(row.get::<_, Option<i64>>(i)?.map(|n| n.to_string()));
                (0..columns).map(text).collect()
            })?;
            rows.collect()
        };
        run().unwrap_or_else(|error| panic!("{error}\nin {sql}"))
    }
}

/// What a case comes to: JSON, or a value that JSON cannot carry.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// The list of root objects.
    Json(Json),
    /// A float that is not finite comes out: `E0406`.
    NotFinite,
}

/// What a case loads.
///
/// # Panics
/// When the database refuses a query.
#[must_use]
pub fn expected(case: &Case, session: &dyn Ask, graph: &RelationshipGraph, printed: &Printed) -> Expected {
    let oracle = Oracle { case, session, graph, printed, finite: std::cell::Cell::new(true) };
    let json = oracle.root();
    if oracle.finite.get() { Expected::Json(json) } else { Expected::NotFinite }
}

/// Rows above a row: their tables and numbers.
type Path = Vec<(Table, u64)>;

struct Oracle<'o> {
    case: &'o Case,
    session: &'o dyn Ask,
    graph: &'o RelationshipGraph,
    printed: &'o Printed,
    finite: std::cell::Cell<bool>,
}

impl Oracle<'_> {
    fn root(&self) -> Json {
        let (node, table) = (&self.case.root, self.case.root_table());
        let sql = format!("SELECT t0.n FROM {} AS t0 WHERE {}", table.name(), self.wanted(node, table, 0));
        let rows = self.rows(&sql, node, table);
        let object = |n: &u64| self.object(node, table, *n, &Vec::new(), 0);
        window(&rows, node).iter().map(object).collect()
    }

    /// A relationship of one parent: a list, or the first row or null.
    fn related(&self, node: &Node, rel: Rel, parent: u64, path: &Path, level: u64) -> Json {
        let (target, source) = (rel.target(), rel.source().name());
        let from = self.from(rel, "s", "t0", "l0");
        let wanted = self.wanted(node, target, 0);
        let sql =
            format!("SELECT t0.n FROM {source} AS s, {} WHERE s.n = {parent} AND {} AND {wanted}", from.0, from.1);
        let rows = self.rows(&sql, node, target);
        let object = |n: &u64| self.object(node, target, *n, path, level);
        if self.case.is_list(rel) {
            return window(&rows, node).iter().map(object).collect();
        }
        rows.first().map_or(Json::Null, object)
    }

    /// The tables that a relationship leads to, and the condition that ties them to its source.
    fn from(&self, rel: Rel, source: &str, target: &str, link: &str) -> (String, String) {
        let schema = &self.case.schema;
        let table = rel.target().name();
        let ty = |table: Table, name: &str| {
            self.case.columns(table).into_iter().find(|column| column.name == name).map(|column| column.ty)
        };
        let links: Vec<(&str, &str, &Type)> =
            [Some(("la", "a", schema.a)), schema.b.map(|b| ("lb", "b", b.0))].into_iter().flatten().collect();
        let all = match rel {
            Rel::Linked => {
                let to_link = links.iter().map(|(l, p, ty)| self.equal((link, l, ty), (source, p, ty)));
                let to_target = format!("{target}.n = {}", self.bare(link, "cn"));
                to_link.chain([to_target]).collect::<Vec<_>>()
            }
            Rel::Links => {
                let to_target = links.iter().map(|(l, p, ty)| self.equal((target, p, ty), (link, l, ty)));
                [format!("{link}.cn = {}", self.bare(source, "n"))].into_iter().chain(to_target).collect()
            }
            _ => {
                let pair = |(t, s): &(&str, &str)| {
                    let (to, of) = (ty(rel.target(), t).expect("a column"), ty(rel.source(), s).expect("a column"));
                    self.equal((target, t, to), (source, s, of))
                };
                self.case.pairs(rel).iter().map(pair).collect()
            }
        };
        let linked = matches!(rel, Rel::Linked | Rel::Links);
        let link = if linked { format!("l AS {link}, ") } else { String::new() };
        (format!("{link}{table} AS {target}"), format!("({})", all.join(" AND ")))
    }

    /// `compared = key`. MySQL compares an ENUM's empty member with its error value by text or by number, as it pleases:
    /// by number they differ.
    fn equal(&self, compared: (&str, &str, &Type), key: (&str, &str, &Type)) -> String {
        let ((alias, column, to), (from, held_by, of)) = (compared, key);
        let equal = format!("{alias}.{column} = {}", self.key(from, held_by, of, to));
        if !to.has_empty_member() || of.sql != to.sql {
            return equal;
        }
        format!("{equal} AND {alias}.{column} + 0 = {} + 0", self.bare(from, held_by))
    }

    /// A column as a bare value: the target's column alone decides what is equal.
    fn key(&self, alias: &str, column: &str, of: &Type, to: &Type) -> String {
        let key = self.bare(alias, column);
        match self.case.backend {
            Backend::Sqlite => key,
            _ if of.sql == to.sql || of.collation == to.collation => key,
            Backend::Postgres => format!("{key} COLLATE \"{}\"", to.collation.unwrap_or("default")),
            Backend::Mariadb | Backend::Mysql => match to.collation {
                Some(collation) => format!("{key} COLLATE {collation}"),
                None => key,
            },
        }
    }

    fn bare(&self, alias: &str, column: &str) -> String {
        let plus = if self.case.backend == Backend::Sqlite { "+" } else { "" };
        format!("{plus}{alias}.{column}")
    }

    /// The condition on the rows of a node: its own, and that each inner relationship below it has a match.
    fn wanted(&self, node: &Node, table: Table, depth: usize) -> String {
        let own = node.filter.iter().map(|filter| self.condition(filter, table, depth));
        let inner = node.nodes.iter().filter(|child| child.inner).map(|child| {
            let rel = child.rel.expect("a relationship");
            self.exists(rel, Quantifier::Any, depth, &self.wanted(child, rel.target(), depth + 1))
        });
        let all: Vec<String> = own.chain(inner).collect();
        if all.is_empty() { "(1 = 1)".to_owned() } else { format!("({})", all.join(" AND ")) }
    }

    fn condition(&self, cond: &Cond, table: Table, depth: usize) -> String {
        let column = |name: &str| self.case.columns(table).into_iter().find(|c| c.name == name).expect("a column");
        let value = |name: &str, n: usize| {
            let plus = if self.case.backend == Backend::Sqlite { "+" } else { "" };
            format!("{plus}(SELECT {} FROM v WHERE n = {})", column(name).value, n + 1)
        };
        let usable = |name: &str, n: usize| self.printed.value(self.case, table, name, n).is_some();
        let all = |list: &[Cond], word: &str| {
            let list: Vec<String> = list.iter().map(|cond| self.condition(cond, table, depth)).collect();
            format!("({})", list.join(word))
        };
        match cond {
            Cond::Compare(name, operator, n) if usable(name, *n) => {
                format!("(t{depth}.{name} {} {})", sign(*operator), value(name, *n))
            }
            Cond::Compare(..) => "(1 = 1)".to_owned(),
            Cond::In(name, values, negated) => {
                let (sign, word) = if *negated { ("<>", " AND ") } else { ("=", " OR ") };
                let values = values.iter().filter(|n| usable(name, **n));
                let tests: Vec<String> =
                    values.map(|n| format!("t{depth}.{name} {sign} {}", value(name, *n))).collect();
                match (tests.is_empty(), negated) {
                    (true, true) => "(1 = 1)".to_owned(),
                    (true, false) => "(1 = 0)".to_owned(),
                    _ => format!("({})", tests.join(word)),
                }
            }
            Cond::Null(name, null) => match self.case.backend {
                // `IS NULL` finds more than NULL there: see docs/specifications.md.
                Backend::Mariadb | Backend::Mysql => {
                    format!("({}t{depth}.{name} <=> NULL)", if *null { "" } else { "NOT " })
                }
                Backend::Postgres => {
                    format!("(t{depth}.{name} IS{} DISTINCT FROM NULL)", if *null { " NOT" } else { "" })
                }
                Backend::Sqlite => format!("(t{depth}.{name} IS{} NULL)", if *null { "" } else { " NOT" }),
            },
            Cond::Not(inner) => format!("(NOT ({}))", self.condition(inner, table, depth)),
            Cond::And(list) => all(list, " AND "),
            Cond::Or(list) => all(list, " OR "),
            Cond::Related(rel, quantifier, inner) => {
                let inner =
                    inner.as_ref().map_or("(1 = 1)".to_owned(), |inner| self.condition(inner, rel.target(), depth + 1));
                self.exists(*rel, *quantifier, depth, &inner)
            }
        }
    }

    /// The `+` keeps SQLite from turning EXISTS into a join (see [`crate::database::Sqlite`]).
    fn exists(&self, rel: Rel, quantifier: Quantifier, depth: usize, inner: &str) -> String {
        let next = depth + 1;
        let (from, tied) = self.from(rel, &format!("t{depth}"), &format!("t{next}"), &format!("l{next}"));
        let plus = if self.case.backend == Backend::Sqlite { "+" } else { "" };
        let exists = format!("{plus}EXISTS (SELECT 1 FROM {from} WHERE {tied} AND {inner})");
        if quantifier == Quantifier::None { format!("(NOT ({exists}))") } else { format!("({exists})") }
    }

    /// The numbers of the rows of a query, in the order of a node; a to-one has none of its own.
    fn rows(&self, sql: &str, node: &Node, table: Table) -> Vec<u64> {
        let list = node.rel.is_none_or(|rel| self.case.is_list(rel));
        // An enum with an empty member is in no primary key, by docs/json.md: its values are not told apart.
        let entity = self.graph.entity_id(table.name()).expect("a table of the graph");
        let keyless = self.graph.entity(entity).primary_key.is_empty() && self.case.has_empty_member();
        let key = if keyless { Vec::new() } else { self.case.schema.primary_key(table) };
        let last = list && node.order.last().is_some_and(|term| term.1);
        let columns = self.case.columns(table);
        let all = || columns.iter().filter(|column| column.ordered()).map(|column| column.name).collect();
        let ties: Vec<&str> = if key.is_empty() { all() } else { key };
        let asked = node.order.iter().filter(|_| list).map(|(name, descending)| (*name, *descending));
        let direction = |descending: bool| match (self.case.backend, descending) {
            (Backend::Postgres, false) => " ASC NULLS FIRST",
            (Backend::Postgres, true) => " DESC NULLS LAST",
            (_, false) => " ASC",
            (_, true) => " DESC",
        };
        let terms = asked.chain(ties.into_iter().map(|name| (name, last)));
        let terms: Vec<String> = terms.map(|(name, down)| format!("t0.{name}{}", direction(down))).collect();
        let rows = self.session.texts(&format!("{sql} ORDER BY {}", terms.join(", ")));
        let number = |row: Vec<Option<String>>| row[0].as_ref().and_then(|n| n.parse().ok()).expect("a number");
        rows.into_iter().map(number).collect()
    }

    /// What is listed, and the next level of a recursion last.
    fn object(&self, node: &Node, table: Table, n: u64, path: &Path, level: u64) -> Json {
        let stands_above = path.contains(&(table, n));
        let path: Path = path.iter().copied().chain([(table, n)]).collect();
        let mut object = Map::new();
        for column in &node.columns {
            let value = match self.printed.cell(table, column, n) {
                Cell::Json(json) => json.clone(),
                Cell::NotFinite => {
                    self.finite.set(false);
                    Json::Null
                }
            };
            object.insert((*column).to_owned(), value);
        }
        let name = |rel: Rel| relationship(self.case, self.graph, rel).name.clone();
        for child in &node.nodes {
            let rel = child.rel.expect("a relationship");
            object.insert(name(rel), self.related(child, rel, n, &path, 0));
        }
        if let (Some(depth), Some(rel)) = (node.recurse, node.rel)
            && !stands_above
            && depth.is_none_or(|depth| level < depth)
        {
            object.insert(name(rel), self.related(node, rel, n, &path, level + 1));
        }
        Json::Object(object)
    }
}

/// The rows of a window. Cut here and not by the database.
fn window<'r>(rows: &'r [u64], node: &Node) -> &'r [u64] {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let from = number(node.offset.unwrap_or(0)).min(rows.len());
    let to = node.limit.map_or(rows.len(), |limit| from.saturating_add(number(limit)).min(rows.len()));
    &rows[from..to]
}

fn sign(operator: CompareOp) -> &'static str {
    match operator {
        CompareOp::Eq => "=",
        CompareOp::Ne => "<>",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        other => panic!("the cases have no {other:?}"),
    }
}
