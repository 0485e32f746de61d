//! Exact cases: key types with the values at their bounds, under settings of the session, in a schema of four tables.
//!
//! ```text
//! v(n, a, b, pa, pb, c, x)      every value of the case; a row of `v` is how the oracle says "this value"
//! p(n, a, [b], ua, [ub], c)     (a, b) is the key, (ua, ub) the key of another row of `p` or of none
//! c(n, pa, [pb], x)             (pa, pb) is the key of a row of `p` or of none, in types that may be others
//! l(n, la, [lb], cn)            links of `p` and `c`
//! ```
//!
//! `n` numbers the rows of a table. The oracle knows rows by it and by nothing else: no value is read and sent again, so
//! nothing is lost by printing. The engine knows nothing of it: it is a column like any other, and rarely a key.

mod rows;
pub mod schema;
mod settings;
mod spec;
mod types;

pub use settings::{Setting, all_settings, settings};
pub use spec::{Cond, Node, Rel, relationship};
pub use types::{Form, Type, Use, prelude, types};

use crate::database::Backend;
use crate::oracle::exact::Printed;
use eagerly_planner::error::Errors;
use eagerly_planner::graph::RelationshipGraph;
use eagerly_planner::spec::LoadSpec;
use proptest::collection::vec;
use proptest::prelude::*;
use spec::Picks;

/// Values of a type in one case.
const POOL: usize = 5;

/// The tables that are entities of a specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Parents.
    P,
    /// Children.
    C,
}

impl Table {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::P => "p",
            Self::C => "c",
        }
    }
}

/// A column of a case.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its column in `v`.
    pub value: &'static str,
    /// Its type.
    pub ty: &'static Type,
    /// Whether NULL is stored in it.
    pub nullable: bool,
}

impl Column {
    /// Whether it can stand in an order.
    #[must_use]
    pub fn ordered(&self) -> bool {
        self.ty.ordered
    }

    /// Whether it can stand in a condition.
    #[must_use]
    pub fn printed(&self) -> bool {
        self.ty.printed
    }
}

/// What is declared of the key of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// The key is the primary key.
    Primary,
    /// `n` is the primary key, and the key is unique.
    Unique,
    /// `n` is the primary key, and the key may come twice.
    Number,
    /// Nothing.
    Nothing,
    /// The key is unique, and there is no primary key.
    UniqueAlone,
}

/// The choices behind a case.
#[derive(Clone, Debug)]
struct Raw {
    shape: [u16; 16],
    pools: [[u8; POOL]; 6],
    parents: Vec<[u8; 6]>,
    children: Vec<[u8; 4]>,
    links: Vec<[u8; 3]>,
    settings: Vec<u16>,
    spec: Vec<u8>,
}

/// Schema, data, settings, and what to load.
#[derive(Clone, PartialEq)]
pub struct Case {
    /// The database.
    pub backend: Backend,
    /// What is declared.
    pub schema: schema::Schema,
    /// Rows of each table, as INSERT statements.
    pub rows: Vec<String>,
    /// The session's settings.
    pub settings: Vec<Setting>,
    /// Whether the host has made the connection, and lends it.
    pub lent: bool,
    /// What to load.
    pub root: Node,
}

/// Cases for a database.
pub fn exact_case(backend: Backend) -> impl Strategy<Value = Case> {
    let shape = any::<[u16; 16]>();
    let tables = (vec(any::<[u8; 6]>(), 1..8), vec(any::<[u8; 4]>(), 0..9), vec(any::<[u8; 3]>(), 0..6));
    let raw = (shape, any::<[[u8; POOL]; 6]>(), tables, vec(any::<u16>(), 0..4), vec(any::<u8>(), 0..120));
    raw.prop_map(move |(shape, pools, (parents, children, links), settings, spec)| {
        resolve(backend, &Raw { shape, pools, parents, children, links, settings, spec })
    })
}

fn resolve(backend: Backend, raw: &Raw) -> Case {
    let schema = schema::schema(backend, raw);
    let rows = rows::rows(backend, &schema, raw);
    let all = settings(backend);
    let settings = raw.settings.iter().map(|pick| all[usize::from(*pick) % all.len()]).collect();
    let root = Node {
        rel: None,
        columns: vec!["n"],
        filter: None,
        order: Vec::new(),
        limit: None,
        offset: None,
        inner: false,
        recurse: None,
        strategy: None,
        nodes: Vec::new(),
    };
    let lent = raw.shape[15] % 2 == 1;
    let mut case = Case { backend, schema, rows, settings, lent, root };
    case.root = spec::root(&case, &mut Picks::new(&raw.spec));
    case
}

impl Case {
    /// The columns of a table, in its order.
    #[must_use]
    pub fn columns(&self, table: Table) -> Vec<Column> {
        self.schema.columns(table)
    }

    /// Whether a relationship gives a list.
    #[must_use]
    pub fn is_list(&self, rel: Rel) -> bool {
        match rel {
            Rel::Parent | Rel::Up => false,
            Rel::Children => !self.schema.one_to_one,
            Rel::Down | Rel::Linked | Rel::Links => true,
        }
    }

    /// Whether it has a relationship.
    #[must_use]
    pub fn has(&self, rel: Rel) -> bool {
        !self.schema.constraints || matches!(rel, Rel::Children | Rel::Parent)
    }

    /// Pairs of columns (of the target, of the source), without those of a link.
    #[must_use]
    pub fn pairs(&self, rel: Rel) -> Vec<(&'static str, &'static str)> {
        let two = self.schema.b.is_some();
        let both = |first, second| if two { vec![first, second] } else { vec![first] };
        match rel {
            Rel::Children => both(("pa", "a"), ("pb", "b")),
            Rel::Parent => both(("a", "pa"), ("b", "pb")),
            Rel::Up => both(("a", "ua"), ("b", "ub")),
            Rel::Down => both(("ua", "a"), ("ub", "b")),
            Rel::Linked => vec![("n", "cn")],
            Rel::Links => both(("a", "la"), ("b", "lb")),
        }
    }

    /// How many values `v` has of each type.
    #[must_use]
    pub fn pool(&self) -> usize {
        POOL
    }

    /// The table of the root.
    #[must_use]
    pub fn root_table(&self) -> Table {
        self.root.nodes.first().and_then(|node| node.rel).map_or(Table::P, Rel::source)
    }

    /// Whether what a load comes to is a refusal that is known, and told as it should be. Nothing else may be refused:
    ///
    /// * keys of an ENUM with an empty member, which prints as the error value does;
    /// * a session of PostgreSQL that sends text in another encoding.
    #[must_use]
    pub fn is_refused<T>(&self, loaded: &Result<T, Errors>) -> bool {
        let set = |sql: &str| self.settings.iter().any(|setting| setting.sql.starts_with(sql));
        let known = [
            (self.has_empty_member(), "E0302", "is no key that can be sent"),
            (set("SET client_encoding"), "E0302", "the session has the client_encoding"),
        ];
        loaded.as_ref().is_err_and(|errors| {
            let told = errors.to_string();
            known.iter().any(|(is, code, message)| *is && errors.first().code == *code && told.contains(message))
        })
    }

    /// Whether a key is an enum with an empty member, which prints as an invalid value does.
    #[must_use]
    pub fn has_empty_member(&self) -> bool {
        self.schema.types().any(|(one, other)| one.has_empty_member() || other.has_empty_member())
    }

    /// Its specification, once it is known what the values print as.
    #[must_use]
    pub fn spec(&self, graph: &RelationshipGraph, printed: &Printed) -> LoadSpec {
        spec::specification(self, graph, printed)
    }

    /// Statements that drop the tables of another case, and make and fill those of this one.
    #[must_use]
    pub fn sql(&self) -> Vec<String> {
        let tables: &[&str] = match self.backend {
            // One statement takes a quarter of the time of four.
            Backend::Mariadb | Backend::Mysql => &["c, l, p, v"],
            _ => &["c", "l", "p", "v"],
        };
        let drop = tables.iter().map(|tables| format!("DROP TABLE IF EXISTS {tables}"));
        let before = match self.backend {
            Backend::Postgres => "SET session_replication_role = replica; SET standard_conforming_strings = on",
            Backend::Sqlite => "PRAGMA foreign_keys = OFF",
            _ => "SET sql_mode = '', foreign_key_checks = 0",
        };
        let first = std::iter::once(before.to_owned());
        first.chain(drop).chain(self.schema.ddl(self.backend)).chain(self.rows.iter().cloned()).collect()
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { backend, schema: _, rows: _, settings, lent, root: _ } = self;
        writeln!(
            f,
            "-- {}, on a connection that {}",
            backend.name(),
            if *lent { "is lent" } else { "the driver opens" }
        )?;
        writeln!(f, "{};", self.sql().join(";\n"))?;
        settings.iter().try_for_each(|setting| writeln!(f, "{}; -- of the load's session", setting.sql))
    }
}

impl Case {
    /// What it has, for the shares of a run.
    #[must_use]
    pub fn traits(&self) -> Vec<String> {
        let Self { schema, settings, lent, root, .. } = self;
        let two = schema.b.is_some();
        let had = [
            (two, "a key of two columns"),
            (schema.types().any(|(one, other)| one.sql != other.sql), "another type on the other side"),
            (!settings.is_empty(), "settings"),
            (settings.len() > 1, "two settings"),
            (*lent, "a connection that is lent"),
            (schema.keyed == Keyed::Primary, "a primary key of the type"),
            (schema.constraints, "foreign keys"),
            (root.any(&|node| node.filter.as_ref().is_some_and(Cond::has_value)), "a value in a condition"),
            (root.any(&|node| node.recurse.is_some()), "a recursion"),
            (root.any(&|node| node.limit.is_some()), "a limit"),
            (root.any(&|node| matches!(node.rel, Some(Rel::Linked | Rel::Links))), "many-to-many"),
        ];
        let had = had.into_iter().filter_map(|(has, name)| has.then_some(name));
        let types = [Table::P, Table::C].into_iter().flat_map(|table| self.columns(table)).map(|column| column.ty.sql);
        had.chain(types).chain(settings.iter().map(|setting| setting.sql)).map(str::to_owned).collect()
    }

    /// Its types and settings in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        let types: Vec<String> = self
            .schema
            .types()
            .map(
                |(one, other)| {
                    if one.sql == other.sql { one.sql.to_owned() } else { format!("{} ~ {}", one.sql, other.sql) }
                },
            )
            .collect();
        let settings: Vec<&str> = self.settings.iter().map(|setting| setting.sql.trim_start_matches("SET ")).collect();
        let payloads = self.schema.payloads().map(|ty| ty.sql);
        format!("{} | {} | {:?} | {}", types.join(" + "), payloads.join(", "), self.schema.keyed, settings.join(", "))
    }
}

impl Node {
    /// Whether it holds here or below.
    fn any(&self, holds: &dyn Fn(&Self) -> bool) -> bool {
        holds(self) || self.nodes.iter().any(|node| node.any(holds))
    }
}

impl Cond {
    /// Whether it compares with a value.
    fn has_value(&self) -> bool {
        match self {
            Self::Compare(..) | Self::In(..) => true,
            Self::Null(..) => false,
            Self::And(list) | Self::Or(list) => list.iter().any(Self::has_value),
            Self::Not(inner) => inner.has_value(),
            Self::Related(_, _, inner) => inner.as_ref().is_some_and(|inner| inner.has_value()),
        }
    }
}
