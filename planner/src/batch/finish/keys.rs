//! How a statement finds its rows: by which keys, and where those come from.

use super::layout::Layout;
use crate::batch::{
    Closure, Feed, Head, KeyColumnsOf, KeyForm, KeyQuery, KeySource, Keys, Link, Operation, Projection, Reach, Slot,
    Stitch, Window,
};
use crate::dialect::LimitPerKey;
use crate::error::{Error, Result};
use crate::graph::{KeyColumns, Locator, Ordered, Relationship};
use crate::ids::{ColumnId, LoadNodeId};
use crate::logical::{LoadNode, equality};
use crate::spec::Strategy;
use smallvec::{SmallVec, smallvec};

/// The association table on the way to a relationship's rows, or alone, and the columns that its keys are compared with.
fn looked_up(relationship: &Relationship, alone: bool) -> (Option<Link>, KeyColumns) {
    match &relationship.secondary {
        Some(secondary) => {
            let pairs = relationship.target_key.iter().copied().zip(secondary.target_columns.iter().copied());
            let link = Link { entity: secondary.entity, pairs: pairs.collect(), alone };
            (Some(link), secondary.source_columns.clone())
        }
        None => (None, relationship.target_key.clone()),
    }
}

/// The deepest recursion that is one statement. It counts levels, and finds the rows that are reached on several of them
/// anew on each: measured on SQLite with 5 000 people and 10 links each, depth 10 takes 201 ms so, and 29 ms by levels.
const MAX_CLOSURE_DEPTH: u64 = 3;

/// The last place that is looked up by itself: each look-up walks over the places before it. Measured on MariaDB 10.11:
/// 3 of 5 000 rows for each of 10 keys take 0.3 ms so, and 67 ms by row numbers.
const MAX_PLACES: u64 = 8;

impl Layout<'_> {
    pub(super) fn fetch(&mut self) -> Result<(Option<(Keys, LimitPerKey)>, Operation)> {
        let mut feeds = SmallVec::new();
        let mut held_by: SmallVec<[KeyColumnsOf; 1]> = SmallVec::new();
        let mut hashable = true;
        for node in &self.draft.heads {
            let relationship = self.relationship(*node)?;
            let parent = self.plan.key_holder(*node).ok_or_else(|| Error::bug("a fetched root"))?;
            feeds.push(Feed { parent, columns: relationship.source_key.clone(), node: *node });
            let held = KeyColumnsOf { entity: relationship.source, columns: relationship.source_key.clone() };
            if !held_by.contains(&held) {
                held_by.push(held);
            }
            hashable &= equality::keys_hash(self.graph, self.dialect.capabilities(), relationship);
        }
        let relationship = self.relationship(self.head())?;
        let (link, columns) = looked_up(relationship, self.plan.node(self.head()).links_alone);
        let mut reach = self.reach(relationship, hashable);
        let windowed = self.plan.node(self.head()).has_window();
        let looks_up = reach != Reach::Subquery && self.is_indexed(link.as_ref(), &columns);
        let per_key = self.limit_per_key(link.as_ref(), &columns, looks_up || !hashable);
        let by_value = hashable && (!windowed || (link.is_none() && per_key == LimitPerKey::RowNumber));
        if self.draft.whole_table && by_value && reach == Reach::Keys {
            reach = Reach::Whole;
        }
        let (form, stitch) = if by_value {
            let compared = |c: &ColumnId| match link {
                Some(_) => Projection::Link(Slot::HEAD, *c),
                None => Projection::Column(Slot::HEAD, *c),
            };
            (KeyForm::In, Stitch::Hash(columns.iter().map(|c| self.position(compared(c))).collect()))
        } else {
            (KeyForm::Join, Stitch::Ordinal(self.position(Projection::Ordinal)))
        };
        let source = match reach {
            Reach::Keys | Reach::Levels(_) => KeySource::List,
            Reach::Whole => KeySource::Whole,
            Reach::Subquery => KeySource::Subquery(Box::new(self.key_query(self.head())?)),
            Reach::Closure => {
                let levels = self.plan.node(self.head()).recursion.as_ref().and_then(|r| r.depth);
                KeySource::Closure(Closure { follow: relationship.source_key.clone(), levels })
            }
        };
        let keys = Keys { link, columns, form, source, held_by };
        Ok((Some((keys, per_key)), Operation::Fetch { feeds, stitch, by_bytes: hashable, reach }))
    }

    /// Whether an index looks the keys up.
    fn is_indexed(&self, link: Option<&Link>, columns: &[ColumnId]) -> bool {
        let compared = link.map_or(self.plan.node(self.head()).entity, |link| link.entity);
        self.graph.entity(compared).is_indexed(columns)
    }

    /// Whether all rows of one key hold one value in the columns that are compared, so that these order nothing: not a
    /// text that equals a number in several spellings.
    fn finds_one_value(&self, node: &LoadNode) -> bool {
        node.relationship.is_none_or(|id| self.graph.relationship(id).compares_alike)
    }

    /// Whether an index has the rows of a key in the order that is asked, or in its reverse: else each place would sort
    /// them all.
    fn is_in_order(&self, node: &LoadNode, columns: &[ColumnId]) -> bool {
        let order: SmallVec<[Ordered; 2]> = node.order.iter().map(|o| (o.column, o.descending)).collect();
        let primary_key_last = self.dialect.capabilities().indexes_end_with_primary_key;
        let entity = self.graph.entity(node.entity);
        !order.is_empty() && entity.index_in_order(columns, &order, primary_key_last).is_some()
    }

    /// The technique of a limit per key: looked up key by key where an index helps; else every child is read once, and
    /// numbered.
    fn limit_per_key(&self, link: Option<&Link>, columns: &[ColumnId], looks_up: bool) -> LimitPerKey {
        let node = self.plan.node(self.head());
        let locator = self.graph.entity(node.entity).locator();
        let one_column = matches!(&locator, Some(Locator::PrimaryKey([_])));
        let last = node.limit.filter(|limit| *limit > 0).and_then(|limit| limit.checked_add(node.offset));
        let few_places = last.is_some_and(|last| last <= MAX_PLACES);
        match self.dialect.capabilities().limit_per_key {
            _ if !looks_up => LimitPerKey::RowNumber,
            LimitPerKey::CorrelatedKey if link.is_none() && locator.is_some() => LimitPerKey::CorrelatedKey,
            LimitPerKey::Lateral => LimitPerKey::Lateral,
            LimitPerKey::Places
                if link.is_none()
                    && one_column
                    && few_places
                    && self.finds_one_value(node)
                    && self.is_in_order(node, columns) =>
            {
                LimitPerKey::Places
            }
            _ => LimitPerKey::RowNumber,
        }
    }

    /// A recursion is one statement where the database can follow keys that are compared as bytes; with a window, or
    /// where a to-one takes the first of several rows, each level has to be seen before the next.
    fn reach(&self, relationship: &Relationship, hashable: bool) -> Reach {
        let node = self.plan.node(self.head());
        let Some(recursion) = &node.recursion else {
            return if node.strategy == Strategy::Subquery { Reach::Subquery } else { Reach::Keys };
        };
        let follows_all = node.to_many || relationship.finds_one(self.graph.entity(node.entity));
        let bounded = recursion.depth.is_none_or(|depth| depth <= MAX_CLOSURE_DEPTH);
        let can = self.dialect.capabilities().recursive_queries;
        match recursion.depth {
            Some(0) => Reach::Keys,
            _ if can && hashable && follows_all && bounded && !node.has_window() => Reach::Closure,
            depth => Reach::Levels(depth),
        }
    }

    /// The keys of a node's parent, by the parent's own question.
    fn key_query(&self, node: LoadNodeId) -> Result<KeyQuery> {
        let parent = self.plan.key_holder(node).ok_or_else(|| Error::bug("a root by subquery"))?;
        let columns = self.relationship(node)?.source_key.clone();
        let above = self.plan.node(parent);
        let keys = match above.parent {
            None => None,
            Some(_) => {
                let (link, columns) = looked_up(self.relationship(parent)?, false);
                let source = KeySource::Subquery(Box::new(self.key_query(parent)?));
                let relationship = self.relationship(parent)?;
                let held = KeyColumnsOf { entity: relationship.source, columns: relationship.source_key.clone() };
                Some(Keys { link, columns, form: KeyForm::In, source, held_by: smallvec![held] })
            }
        };
        let window = Window { limit: above.limit, offset: above.offset, per_key: None };
        let window = (above.parent.is_none() && above.has_window()).then_some(window);
        let order = if window.is_some() { above.order.clone() } else { Vec::new() };
        // A dialect may cut the window in a derived table, which hands these out.
        let mut needs: Vec<ColumnId> = columns.iter().copied().chain(order.iter().map(|o| o.column)).collect();
        needs.sort_unstable();
        needs.dedup();
        let head = Head {
            entity: above.entity,
            keys,
            filter: self.plan.whole_filter(parent),
            order,
            window,
            derived: false,
            needs,
            link_order: Vec::new(),
            link_needs: Vec::new(),
        };
        Ok(KeyQuery { head, columns })
    }
}
