//! Indexes and unique keys: which equality they look up, in which order they have the rows, and which columns find one row
//! at most.
//!
//! What is known of an index is its leading columns that look up an equality as the columns themselves compare. A driver
//! cuts them at an expression, at a prefix of a column and at another collation, and leaves out indexes that the server
//! does not use: partial, invalid, invisible and ignored ones, and those of other kinds (full text, spatial).

use super::{Entity, KeyColumns};
use crate::ids::ColumnId;
use smallvec::SmallVec;

/// In what order an index has its entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexOrder {
    /// In that of its columns, behind which nothing of it stands.
    #[default]
    Whole,
    /// In that of its columns, and then of something that is not known: an expression, or a prefix of a column.
    Leading,
    /// In none that is known: a hash, or a prefix of its first column.
    None,
}

impl IndexOrder {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Leading, Self::None];

    /// The name that a graph file has for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Leading => "leading",
            Self::None => "none",
        }
    }
}

/// An index beside the primary key's and those of [unique keys](UniqueDef).
///
/// ```
/// use eagerly_planner::graph::{IndexDef, IndexOrder};
///
/// // CREATE INDEX … ON post (author_id, title(10)), where only a prefix of the title is indexed
/// let index = IndexDef::new(["author_id"]).order(IndexOrder::Leading);
/// assert_eq!(index.columns, ["author_id"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexDef {
    /// The leading columns by which an equality on them is looked up.
    pub columns: Vec<String>,
    /// Those of them that descend.
    pub descending: Vec<String>,
    /// The order of its entries.
    pub order: IndexOrder,
}

impl IndexDef {
    /// An ascending index on these columns.
    #[must_use]
    pub fn new<S: Into<String>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Says which columns descend.
    #[must_use]
    pub fn descending<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.descending = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Says in what order its entries are.
    #[must_use]
    pub fn order(mut self, order: IndexOrder) -> Self {
        self.order = order;
        self
    }
}

/// A unique key beside the primary key. Partial and expression indexes are none.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UniqueDef {
    /// Its columns.
    pub columns: Vec<String>,
    /// Whether it compares each column as the column itself does (one collation), so that an equality finds one row.
    pub exact: bool,
    /// Whether its index looks up an equality and has its entries in the order of the columns, ascending. If not, an
    /// [index](IndexDef) says what it can: of an invisible index nothing, of a hash that it has no order.
    pub searched: bool,
}

impl UniqueDef {
    /// A unique key, as a driver finds it in a catalog.
    #[must_use]
    pub fn new(columns: Vec<String>, exact: bool) -> Self {
        Self { columns, exact, searched: exact }
    }

    /// Says whether its index is used to search.
    #[must_use]
    pub fn searched(mut self, searched: bool) -> Self {
        self.searched = searched;
        self
    }
}

/// An index of an entity's table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Index {
    /// The leading columns by which an equality on them is looked up.
    pub columns: KeyColumns,
    /// Those of them that descend.
    pub descending: KeyColumns,
    /// The order of its entries.
    pub order: IndexOrder,
}

/// A unique key beside the primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UniqueKey {
    /// Its columns.
    pub columns: KeyColumns,
    /// Whether an equality on its columns finds at most one row.
    pub exact: bool,
    /// Whether its index looks up an equality, and has its entries in the order of the columns.
    pub searched: bool,
}

/// A column of an order, and whether it descends.
pub type Ordered = (ColumnId, bool);

/// The columns of an index that looks something up.
struct Leading<'e> {
    columns: &'e KeyColumns,
    descending: &'e [ColumnId],
    order: IndexOrder,
}

impl Entity {
    /// Whether an index looks up an equality on `columns`; without knowledge of the indexes it is taken to exist. None
    /// serves a column that is cast.
    #[must_use]
    pub fn is_indexed(&self, columns: &[ColumnId]) -> bool {
        if columns.iter().all(|column| self.cast_from(*column).is_some()) {
            return false;
        }
        let leads = |key: &KeyColumns| key.first().is_some_and(|first| columns.contains(first));
        self.indexes.is_none() || leads(&self.primary_key) || self.looked_up().any(|index| leads(index.columns))
    }

    /// Whether an index is known to have the rows of an equality on `equal`, if any, in the order of `then`.
    #[must_use]
    pub fn index_orders(&self, equal: &[ColumnId], then: ColumnId) -> bool {
        let orders = |index: Leading<'_>| {
            let leading = index.columns.get(..equal.len()).is_some_and(|lead| lead.iter().all(|c| equal.contains(c)));
            index.order != IndexOrder::None && leading && index.columns.get(equal.len()) == Some(&then)
        };
        self.looked_up().any(orders)
    }

    /// The columns of an equality in the order in which an index has them before those of `order`, if an index is known
    /// that has the rows in this order to its end, read forwards or backwards. With `primary_key_last` each index ends with
    /// the primary key.
    #[must_use]
    pub fn index_in_order(
        &self,
        equal: &[ColumnId],
        order: &[Ordered],
        primary_key_last: bool,
    ) -> Option<SmallVec<[Ordered; 2]>> {
        let in_order = |index: Leading<'_>| {
            let (lead, own) = index.columns.split_at_checked(equal.len())?;
            let ends = index.order == IndexOrder::Whole && primary_key_last;
            let end = self.primary_key.iter().filter(|column| ends && !index.columns.contains(column));
            let mut known = own.iter().chain(end).map(|column| (*column, index.descending.contains(column)));
            let asked = order.iter().filter(|(column, _)| !equal.contains(column));
            let mut backwards = None;
            for (column, descending) in asked {
                let (next, descends) = known.next()?;
                if next != *column || *backwards.get_or_insert(descends != *descending) != (descends != *descending) {
                    return None;
                }
            }
            let backwards = backwards.unwrap_or_else(|| order.first().is_some_and(|(_, descending)| *descending));
            let lead_order = lead.iter().map(|column| (*column, index.descending.contains(column) != backwards));
            let served = index.order != IndexOrder::None && lead.iter().all(|column| equal.contains(column));
            served.then(|| lead_order.collect())
        };
        self.looked_up().find_map(in_order)
    }

    /// These columns in the order in which an index is known to lead with them, if one does.
    pub(crate) fn index_leading(&self, columns: &[ColumnId]) -> Option<KeyColumns> {
        let lead = |key: &KeyColumns| {
            let lead = key.get(..columns.len())?;
            columns.iter().all(|column| lead.contains(column)).then(|| lead.into())
        };
        let in_order = |index: Leading<'_>| if index.order == IndexOrder::None { None } else { lead(index.columns) };
        let primary = || Some(&self.primary_key).filter(|_| !self.inexact_primary_key).and_then(lead);
        self.own_indexes().find_map(in_order).or_else(primary).or_else(|| self.unique_indexes().find_map(in_order))
    }

    /// Whether an equality on `columns` finds at most one row.
    #[must_use]
    pub fn is_unique(&self, columns: &[ColumnId]) -> bool {
        let within = |key: &KeyColumns| !key.is_empty() && key.iter().all(|c| columns.contains(c));
        (within(&self.primary_key) && !self.inexact_primary_key)
            || self.unique_keys.iter().any(|k| k.exact && within(&k.columns))
    }

    /// What is known of the indexes that are searched, the primary key's aside.
    fn looked_up(&self) -> impl Iterator<Item = Leading<'_>> {
        self.own_indexes().chain(self.unique_indexes())
    }

    fn own_indexes(&self) -> impl Iterator<Item = Leading<'_>> {
        let all = self.indexes.iter().flatten();
        all.map(|i| Leading { columns: &i.columns, descending: &i.descending, order: i.order })
    }

    fn unique_indexes(&self) -> impl Iterator<Item = Leading<'_>> {
        let all = self.unique_keys.iter().filter(|key| key.exact && key.searched);
        all.map(|key| Leading { columns: &key.columns, descending: &[], order: IndexOrder::Whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{ColumnDef, ColumnType, EntityDef, RelationshipGraph};

    /// `t (id primary key, p, s, n)` with one index, and with unique keys.
    fn entity(index: Option<IndexDef>, unique: Option<UniqueDef>) -> Entity {
        let mut def = EntityDef::new("t").primary_key(["id"]);
        def.columns = ["id", "p", "s", "n"].map(|name| ColumnDef::new(name, ColumnType::Integer)).into();
        (def.indexes, def.unique_keys) = (Some(index.into_iter().collect()), unique.into_iter().collect());
        let graph = RelationshipGraph::builder().entity(def).build().unwrap();
        graph.entities().next().unwrap().1.clone()
    }

    /// The lead that serves `p = …` in an order of columns, `-` before those that descend.
    fn served(entity: &Entity, order: &str, primary_key_last: bool) -> Option<String> {
        let order = order.split(' ').map(|name| {
            let (name, descending) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            (entity.column_id(name).unwrap(), descending)
        });
        let equal = [entity.column_id("p").unwrap()];
        let lead = entity.index_in_order(&equal, &order.collect::<Vec<_>>(), primary_key_last)?;
        let sign =
            |(id, descends): &Ordered| format!("{}{}", if *descends { "-" } else { "" }, entity.column(*id).name);
        Some(lead.iter().map(sign).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn an_index_serves_an_order_forwards_and_backwards() {
        let index = |columns: &[&str]| entity(Some(IndexDef::new(columns.iter().copied())), None);
        let descending = |columns: &[&str], down: &[&str]| {
            entity(Some(IndexDef::new(columns.iter().copied()).descending(down.iter().copied())), None)
        };
        for (entity, order, expected) in [
            (index(&["p", "s", "id"]), "s id", Some("p")),
            (index(&["p", "s", "id"]), "-s -id", Some("-p")),
            (index(&["p", "s", "id"]), "-s id", None),
            (index(&["p", "s", "n", "id"]), "s id", None),
            (descending(&["p", "s", "id"], &["s", "id"]), "-s -id", Some("p")),
            (descending(&["p", "s", "id"], &["s", "id"]), "s id", Some("-p")),
            (descending(&["p", "s", "id"], &["p", "s", "id"]), "s id", Some("p")),
            (descending(&["p", "s", "id"], &["s"]), "-s id", Some("p")),
            (descending(&["p", "s", "id"], &["s"]), "s id", None),
        ] {
            assert_eq!(served(&entity, order, false).as_deref(), expected, "{:?} {order}", entity.indexes);
        }
    }

    #[test]
    fn the_primary_key_follows_a_whole_index_alone() {
        let index = IndexDef::new(["p", "s"]);
        assert_eq!(served(&entity(Some(index.clone()), None), "s id", true).as_deref(), Some("p"));
        assert_eq!(served(&entity(Some(index.clone()), None), "s id", false), None);
        let down = index.descending(["s"]);
        assert_eq!(served(&entity(Some(down.clone()), None), "-s -id", true), None, "the primary key ascends");
        assert_eq!(served(&entity(Some(down), None), "-s id", true).as_deref(), Some("p"));
        // Behind `p` stands an expression or a prefix, or there is no order at all.
        for order in [IndexOrder::Leading, IndexOrder::None] {
            let cut = entity(Some(IndexDef::new(["p"]).order(order)), None);
            assert_eq!(served(&cut, "id", true), None, "{order:?}");
            assert!(cut.is_indexed(&[cut.column_id("p").unwrap()]));
        }
        assert_eq!(served(&entity(Some(IndexDef::new(["p"])), None), "id", true).as_deref(), Some("p"));
    }

    #[test]
    fn a_unique_key_is_an_index_where_it_is_searched() {
        for (exact, searched) in [(true, true), (true, false), (false, false)] {
            let key = UniqueDef::new(vec!["p".into(), "s".into()], exact).searched(searched);
            let entity = entity(None, Some(key));
            let [p, s] = ["p", "s"].map(|name| entity.column_id(name).unwrap());
            assert_eq!(entity.is_indexed(&[p]), searched);
            assert_eq!(entity.index_orders(&[p], s), searched);
            assert_eq!(entity.index_leading(&[p]).is_some(), searched);
            assert_eq!(served(&entity, "s", false).is_some(), searched);
            assert_eq!(entity.is_unique(&[p, s]), exact, "an invisible index still keeps its key unique");
        }
    }

    #[test]
    fn an_index_without_an_order_leads_nothing() {
        let hash = entity(Some(IndexDef::new(["p"]).order(IndexOrder::None)), None);
        let [p, s] = ["p", "s"].map(|name| hash.column_id(name).unwrap());
        assert!(!hash.index_orders(&[], p) && hash.index_leading(&[p]).is_none() && hash.is_indexed(&[p]));
        let cut = entity(Some(IndexDef::new(["p", "s"]).order(IndexOrder::Leading)), None);
        assert!(cut.index_orders(&[p], s) && cut.index_leading(&[p, s]).is_some());
    }
}
