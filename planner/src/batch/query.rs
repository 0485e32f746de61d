//! What one batch asks, before a dialect renders it: a head (the root, or rows found by keys) and the tables joined to
//! it. Names, quoting and syntax are the dialect's.
//!
//! Exhaustive on purpose, as the rest of the plan's language is: a dialect or a runtime that does not know a part of it
//! must not compile.

use crate::ids::{ColumnId, EntityId, RelationshipId};
use crate::logical::{Ordering, Predicate};
use smallvec::SmallVec;

/// One statement.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The rows the statement is about.
    pub head: Head,
    /// Tables joined to them, parents before children.
    pub joins: Vec<Join>,
    /// The columns of the result, in order.
    pub columns: Vec<Projection>,
    /// The order of the result.
    pub order: Vec<SortKey>,
}

/// A column by which a result is ordered. NULLs come first ascending, last descending.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SortKey {
    /// The column.
    pub column: Projection,
    /// Descending.
    pub descending: bool,
}

/// The rows a statement is about.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Their entity.
    pub entity: EntityId,
    /// How they are found by keys; `None` for a root.
    pub keys: Option<Keys>,
    /// The condition on them.
    pub filter: Predicate,
    /// The order of its rows, of those of one key where there are keys: a window cuts it, and the result's order keeps it.
    pub order: Vec<Ordering>,
    /// The order of the rows of the association table that lead to one row, behind `order`.
    pub link_order: Vec<Ordering>,
    /// Limit and offset; per key where there are keys.
    pub window: Option<Window>,
    /// Limit the head in a derived table, since joins below it multiply its rows.
    pub derived: bool,
    /// The columns that a derived table must hand out.
    pub needs: Vec<ColumnId>,
    /// The same for the association table.
    pub link_needs: Vec<ColumnId>,
}

/// Limit and offset.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// At most so many rows.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))]
    pub limit: Option<u64>,
    /// Rows skipped.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::integer"))]
    pub offset: u64,
    /// The technique, where the window is per key.
    pub per_key: Option<crate::dialect::LimitPerKey>,
}

/// How the head's rows are found by a list of keys.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Keys {
    /// Through an association table: its entity, and the pairs (target column, link column).
    pub link: Option<Link>,
    /// The columns compared with the keys: the link's where there is one, else the head's.
    pub columns: SmallVec<[ColumnId; 2]>,
    /// How the keys stand in the statement.
    pub form: KeyForm,
    /// Where they come from.
    pub source: KeySource,
    /// The columns that hold them, of each entity that they come from: a list has to say its type to some databases.
    pub held_by: SmallVec<[KeyColumnsOf; 1]>,
}

/// Columns of an entity that hold keys.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct KeyColumnsOf {
    /// The entity.
    pub entity: EntityId,
    /// Its columns, one for each part of the key.
    pub columns: SmallVec<[ColumnId; 2]>,
}

/// Where the keys of a statement come from.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum KeySource {
    /// A list that is bound.
    List,
    /// The parent's own question, asked again. Form `In`.
    Subquery(Box<KeyQuery>),
    /// Every key there is: the columns are not NULL. Form `In`.
    Whole,
    /// A list that is bound, and the keys of all rows that are reached from it by the relationship. Form `In`.
    Closure(Closure),
}

/// The keys that a parent's rows hold: the parent's question without its columns.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct KeyQuery {
    /// The parent's rows.
    pub head: Head,
    /// The columns that are the key.
    pub columns: SmallVec<[ColumnId; 2]>,
}

/// Keys that lead to rows which hold further keys. Each key is followed once, so that cycles end.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The columns of the head that hold the next keys.
    pub follow: SmallVec<[ColumnId; 2]>,
    /// How often it is followed; `None`: to the end.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))]
    pub levels: Option<u64>,
}

/// The association table between keys and head.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its entity.
    pub entity: EntityId,
    /// Pairs (column of the head, column of the link).
    pub pairs: SmallVec<[(ColumnId, ColumnId); 2]>,
    /// Whether it stands for the head, which is not read: every column of the head is one of the pairs.
    #[cfg_attr(feature = "serde", serde(default))]
    pub alone: bool,
}

/// How a key list stands in a statement.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyForm {
    /// `column IN (list)`: rows come once, and tell their key.
    In,
    /// The list is a table joined to the rows: each row tells the ordinal of its key.
    Join,
}

/// A table joined below the head.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The table it hangs on.
    pub parent: Slot,
    /// The relationship that joins it.
    pub relationship: RelationshipId,
    /// An inner join; otherwise a left join.
    pub inner: bool,
    /// The condition on its rows, part of the join's condition.
    pub filter: Predicate,
}

/// A table of the statement: 0 is the head, `n` the n-th join.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u16);

impl Slot {
    /// The head.
    pub const HEAD: Self = Self(0);
}

/// A column of a statement's result.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Projection {
    /// A column of the head or of a join.
    Column(Slot, ColumnId),
    /// A column of the association table by which the head or a join is reached.
    Link(Slot, ColumnId),
    /// The ordinal of the row's key in its list, from 0.
    Ordinal,
}

impl Projection {
    /// A sort key by a column of a table, or with `link` of the association table before it.
    pub(crate) fn sort(slot: Slot, ordering: Ordering, link: bool) -> SortKey {
        let Ordering { column, descending } = ordering;
        SortKey { column: if link { Self::Link(slot, column) } else { Self::Column(slot, column) }, descending }
    }

    /// The table that it is a column of, or to which its association table leads; none of an ordinal.
    pub(crate) fn slot(&self) -> Option<Slot> {
        match self {
            Self::Column(slot, _) | Self::Link(slot, _) => Some(*slot),
            Self::Ordinal => None,
        }
    }

    /// The column of the head, if it is one.
    #[must_use]
    pub fn of_head(&self) -> Option<ColumnId> {
        match self {
            Self::Column(Slot::HEAD, column) => Some(*column),
            _ => None,
        }
    }

    /// The column of the association table by which the head is reached, if it is one.
    pub(crate) fn of_head_link(&self) -> Option<ColumnId> {
        match self {
            Self::Link(Slot::HEAD, column) => Some(*column),
            _ => None,
        }
    }
}
