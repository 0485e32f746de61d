//! What a database can do, as plain data, and the one thing a dialect does: render a query to a template.
//!
//! The planner decides by [`Capabilities`] and never by a dialect's name.

mod costs;

use crate::batch::{Query, SqlTemplate};
use crate::error::Result;
use crate::graph::{ColumnDef, ColumnType, RelationshipGraph};

pub use costs::Costs;

/// A database's SQL. Implemented in `eagerly-dialects`, called only while a plan is lowered.
pub trait Dialect: Send + Sync + std::fmt::Debug {
    /// The dialect's name, for people.
    fn name(&self) -> &'static str;

    /// What the database can do.
    fn capabilities(&self) -> &Capabilities;

    /// Renders one query.
    ///
    /// # Errors
    /// [`Error::bug`](crate::error::Error::bug) for a query that the capabilities exclude.
    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate>;
}

/// One that was chosen while the program runs.
impl Dialect for Box<dyn Dialect> {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn capabilities(&self) -> &Capabilities {
        (**self).capabilities()
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        (**self).render(graph, query)
    }
}

/// What a database can do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Collations whose equality is that of bytes. SQLite: `BINARY`.
    pub byte_collations: &'static [&'static str],
    /// Whether a column without a collation compares bytes. SQLite and PostgreSQL: yes; MySQL and MariaDB: no.
    pub default_collation_is_bytes: bool,
    /// The collation of a value that is cast to text to be compared, which compares bytes; none where the default one does.
    /// MySQL: `utf8mb4_0900_bin`; MariaDB: `utf8mb4_nopad_bin`.
    pub cast_collation: Option<&'static str>,
    /// Tables in one join. SQLite: 64; MySQL and MariaDB: 61; PostgreSQL: no fixed limit.
    pub max_join_tables: usize,
    /// Tables of one statement whose order the server is left to choose: the head with its keys (for a subquery, the tables
    /// of the parents' questions), inner joins, and the tables of each EXISTS; left joins do not count. In a statement with
    /// more, inner joins are read in the order in which they are written, and each EXISTS and each subquery is planned by
    /// itself. MySQL and MariaDB: 7, since they try all orders (MySQL
    /// 9.7 takes 0.1 s for 9 tables, 3.5 s for 11); PostgreSQL: 12, from where on it does not try all of them, and still
    /// takes 0.4 s for 60 EXISTS; its joins need no help. SQLite: no limit, its search is bounded.
    pub max_unordered_tables: usize,
    /// Whether an EXISTS can stand in the condition of a left join as it is. MySQL: no. It is turned into a join with a
    /// materialized table whose own condition can be lost (9.7; bug 105637 is of the kind), so that rows match which must
    /// not. The others: yes.
    pub exists_in_outer_join: bool,
    /// Columns of one result. SQLite: 2 000; PostgreSQL: 1 664; MySQL: 4 096.
    pub max_result_columns: usize,
    /// Keys of one list that is one bind.
    pub max_list_keys: usize,
    /// Bytes of one list that is one bind.
    pub max_list_bytes: usize,
    /// Variables of one statement, for lists with one bind per key. SQLite: 32 766 unless built otherwise.
    pub max_variables: usize,
    /// Questions that one statement asks within each other: of parents for their keys, and of related rows by EXISTS.
    /// SQLite bounds the depth of an expression (1 000).
    pub max_nested_questions: usize,
    /// Whether a common table expression can be recursive and keep each row once.
    pub recursive_queries: bool,
    /// Whether the SQL of a key list names the type of its keys, so that keys that share a list must have one.
    pub typed_keys: bool,
    /// Whether a column of JSON holds documents, which come out as what they are. SQLite: no, JSON there is a name for
    /// text and whatever else is stored.
    pub documents: bool,
    /// The mark around a name, doubled within it. MySQL and MariaDB: a backtick; the others: the standard's `"`.
    pub quote: char,
    /// The characters of a text or the bytes of a binary value that one part of an index can hold, where longer columns
    /// need a prefix. MySQL and MariaDB: 191 leave room for four parts of the longest encoding; the others: none.
    pub index_prefix: Option<u32>,
    /// Whether a column can stand in a join as the bare value that it holds. MySQL and MariaDB: not an enum, binary text or
    /// a UUID that is compared with another type.
    pub bare_columns: bool,
    /// Whether every index ends with the primary key. InnoDB: yes.
    pub indexes_end_with_primary_key: bool,
    /// Whether the keys of a list are looked up in the order of the index that finds them, so that rows which are ordered
    /// by their key first are sorted key by key, or not at all where the index has the rest of the order too. SQLite: yes
    /// (30 000 links of 10 000 keys: 18 ms in place of 30). The others hash or sort whatever the order starts with.
    pub keys_in_index_order: bool,
    /// Whether a column of integers holds integers alone, so that whoever sorts them sorts them as the database does. SQLite:
    /// no, it stores whatever it is given, unless the table is strict; the others: yes.
    pub typed_columns: bool,
    /// How rows are limited per key where the target has a [`Locator`](crate::graph::Locator).
    pub limit_per_key: LimitPerKey,
    /// What `auto` weighs.
    pub costs: Costs,
}

impl Default for Capabilities {
    /// The least that any database can do.
    fn default() -> Self {
        Self {
            byte_collations: &[],
            default_collation_is_bytes: false,
            cast_collation: None,
            max_join_tables: 61,
            max_unordered_tables: usize::MAX,
            exists_in_outer_join: true,
            max_result_columns: 1_664,
            max_list_keys: 10_000,
            max_list_bytes: 16 << 20,
            max_variables: 32_766,
            max_nested_questions: 16,
            recursive_queries: false,
            typed_keys: false,
            documents: true,
            quote: '"',
            index_prefix: None,
            bare_columns: true,
            indexes_end_with_primary_key: false,
            keys_in_index_order: false,
            typed_columns: false,
            limit_per_key: LimitPerKey::RowNumber,
            costs: Costs::NETWORK,
        }
    }
}

/// The technique of a limit per parent.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitPerKey {
    /// `child.id IN (SELECT … ORDER BY … LIMIT n)`, correlated with each key: an index drives it. SQLite.
    CorrelatedKey,
    /// A lateral join to `SELECT … ORDER BY … LIMIT n`, for each key: an index drives it. PostgreSQL.
    Lateral,
    /// `child.id = (SELECT … ORDER BY … LIMIT 1 OFFSET i)`, for each key and each place: an index drives it. MySQL,
    /// MariaDB, where the primary key has one column and the places are few.
    Places,
    /// `ROW_NUMBER() OVER (PARTITION BY key ORDER BY …)`: reads every child.
    RowNumber,
}

impl Capabilities {
    /// Whether two key columns are equal exactly where their stored values are equal bytes, so that a hash map agrees
    /// with the database: integers, uuids, bytes and byte-collated text of one type on both sides.
    #[must_use]
    pub fn hashable(&self, a: &ColumnDef, b: &ColumnDef) -> bool {
        let by_type = matches!(a.ty, ColumnType::Integer | ColumnType::Uuid | ColumnType::Bytes | ColumnType::Text);
        by_type && a.ty == b.ty && self.compares_bytes(a) && self.compares_bytes(b)
    }

    fn compares_bytes(&self, column: &ColumnDef) -> bool {
        // Integers have no collation, but SQLite stores text in an INTEGER column too.
        match &column.collation {
            Some(name) => self.byte_collations.iter().any(|c| c.eq_ignore_ascii_case(name)),
            None => column.ty != ColumnType::Text || self.default_collation_is_bytes,
        }
    }
}
