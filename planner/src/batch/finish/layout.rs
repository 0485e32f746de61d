//! One statement: the layout of its result as it grows, and its query.

use crate::batch::draft::Draft;
use crate::batch::{
    Batch, Head, Join, Keys, LinkPart, Operation, Projection, Query, RowBound, RowPart, Slot, SortKey, Window,
};
use crate::dialect::{Dialect, LimitPerKey};
use crate::ensure;
use crate::error::{Error, Result};
use crate::graph::{Relationship, RelationshipGraph};
use crate::ids::{BatchId, ColumnId, LoadNodeId};
use crate::logical::{LogicalPlan, equality};
use smallvec::SmallVec;

/// The layout of one statement's result, as it grows.
pub(super) struct Layout<'a> {
    pub(super) graph: &'a RelationshipGraph,
    pub(super) dialect: &'a dyn Dialect,
    pub(super) plan: &'a LogicalPlan,
    pub(super) draft: &'a Draft,
    columns: Vec<Projection>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(
        graph: &'a RelationshipGraph,
        dialect: &'a dyn Dialect,
        plan: &'a LogicalPlan,
        draft: &'a Draft,
    ) -> Result<Self> {
        ensure!(!draft.heads.is_empty(), "a draft without a head");
        Ok(Self { graph, dialect, plan, draft, columns: Vec::new() })
    }

    pub(super) fn head(&self) -> LoadNodeId {
        self.draft.heads[0]
    }

    /// The position of a column of the result, added if it is new.
    pub(super) fn position(&mut self, column: Projection) -> u16 {
        let index = self.columns.iter().position(|c| *c == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        // Results are bounded by `max_result_columns`, which fits.
        index as u16
    }

    fn slot(&self, node: LoadNodeId) -> Result<Slot> {
        let slot = self.draft.slot(node);
        Ok(Slot(slot.ok_or_else(|| Error::bug(format!("{node:?} is not in its draft")))? as u16))
    }

    pub(super) fn relationship(&self, node: LoadNodeId) -> Result<&'a Relationship> {
        let relationship = self.relationship_of(node);
        Ok(relationship.ok_or_else(|| Error::bug(format!("{node:?} has no relationship")))?)
    }

    /// Whether an inner join fills these nodes: it drops what is to be dropped, or nothing.
    fn is_inner(&self, nodes: &[LoadNodeId]) -> bool {
        let mut nodes = nodes.iter().map(|id| self.plan.node(*id));
        nodes.all(|node| node.inner_join || node.always_matches)
    }

    fn relationship_of(&self, node: LoadNodeId) -> Option<&'a Relationship> {
        self.plan.node(node).relationship.map(|id| self.graph.relationship(id))
    }

    pub(super) fn batch(mut self, id: BatchId, wave: u32) -> Result<Batch> {
        let mut parts = self.parts()?;
        let is_root = self.plan.node(self.head()).parent.is_none();
        let (keys, operation) = if is_root { (None, Operation::Root) } else { self.fetch()? };
        parts[0].sorted_here = self.sorted_here(&operation, &parts[0]);
        let query = self.query(keys, parts[0].sorted_here.is_some())?;
        let sql = self.dialect.render(self.graph, &query)?;
        let paths = self.draft.heads.iter().map(|h| self.plan.node(*h).path.as_str());
        let name = paths.collect::<Vec<_>>().join(", ");
        Ok(Batch { id, name, wave, operation, query, sql, parts, rows: RowBound::default(), repeats: SmallVec::new() })
    }

    fn parts(&mut self) -> Result<Vec<RowPart>> {
        let collections = self.draft.joined.iter().filter(|n| self.plan.node(n[0]).to_many).count();
        let mut parts = Vec::with_capacity(1 + self.draft.joined.len());
        let draft = self.draft;
        parts.push(self.part(Slot::HEAD, &draft.heads, None, collections > 0)?);
        for nodes in &draft.joined {
            let node = self.plan.node(nodes[0]);
            let parent = node.parent.ok_or_else(|| Error::bug("a joined root"))?;
            let (slot, above) = (self.slot(node.id)?, self.slot(parent)?);
            let shared = draft.heads.iter().any(|head| self.is_shared(*head));
            let alone = collections == 1 && above == Slot::HEAD && !shared;
            let mut part = self.part(slot, nodes, Some(above.0), !alone)?;
            if !self.is_inner(nodes) {
                // What the join compares is never NULL in a row that it found.
                let compared = self.relationship(node.id)?.target_key[0];
                part.presence = Some(self.position(Projection::Column(slot, compared)));
            }
            parts.push(part);
        }
        Ok(parts)
    }

    fn part(
        &mut self,
        slot: Slot,
        nodes: &SmallVec<[LoadNodeId; 1]>,
        parent: Option<u16>,
        repeats: bool,
    ) -> Result<RowPart> {
        let node = self.plan.node(nodes[0]);
        let mut fetch: Vec<ColumnId> = nodes.iter().flat_map(|n| self.plan.node(*n).fetch.iter().copied()).collect();
        fetch.sort_unstable();
        fetch.dedup();
        let cells: Vec<_> = fetch.iter().map(|c| (self.position(Projection::Column(slot, *c)), *c)).collect();
        let primary_key = self.graph.entity(node.entity).primary_key.clone();
        let identity = primary_key.iter().map(|c| self.position(Projection::Column(slot, *c))).collect();
        Ok(RowPart {
            nodes: nodes.clone(),
            parent,
            entity: node.entity,
            cells,
            identity,
            presence: None,
            to_many: node.to_many,
            repeats,
            link: self.link_part(slot, nodes)?,
            sorted_here: None,
        })
    }

    /// The association table's columns that come out with the rows of any of these nodes, and its primary key.
    fn link_part(&mut self, slot: Slot, nodes: &[LoadNodeId]) -> Result<Option<LinkPart>> {
        let links = nodes.iter().filter_map(|n| self.plan.node(*n).link.as_ref());
        let mut columns: Vec<ColumnId> = links.clone().flatten().map(|l| l.column).collect();
        let Some(secondary) = &self.relationship_of(nodes[0]).and_then(|r| r.secondary.as_ref()) else {
            return Ok(None);
        };
        if links.count() == 0 {
            return Ok(None);
        }
        let primary_key = &self.graph.entity(secondary.entity).primary_key;
        columns.extend(primary_key.iter().copied());
        columns.sort_unstable();
        columns.dedup();
        let cells = columns.iter().map(|c| (self.position(Projection::Link(slot, *c)), *c)).collect();
        let identity = primary_key.iter().map(|c| self.position(Projection::Link(slot, *c))).collect();
        Ok(Some(LinkPart { entity: secondary.entity, cells, identity }))
    }

    /// Whether one row of the head can be found by several keys.
    fn is_shared(&self, head: LoadNodeId) -> bool {
        self.relationship_of(head).is_some_and(|r| equality::is_shared(self.graph, self.dialect.capabilities(), r))
    }

    /// The query, which takes the columns of the result. Of rows that are sorted where they arrive it orders none.
    fn query(&mut self, keys: Option<(Keys, LimitPerKey)>, sorted_here: bool) -> Result<Query> {
        let node = self.plan.node(self.head());
        let (head_order, link_order) = (self.head_order(), self.link_order(&self.draft.heads));
        let mut order = if sorted_here { Vec::new() } else { self.order(keys.as_ref().map(|(keys, _)| keys)) };
        let mut joins = Vec::with_capacity(self.draft.joined.len());
        for nodes in &self.draft.joined {
            let join = self.plan.node(nodes[0]);
            let slot = self.slot(join.id)?;
            let (Some(parent), Some(relationship)) = (join.parent, join.relationship) else { continue };
            if join.to_many {
                order.extend(join.order.iter().map(|o| Projection::sort(slot, *o, false)));
                order.extend(self.link_order(nodes).iter().map(|o| Projection::sort(slot, *o, true)));
            }
            joins.push(Join {
                parent: self.slot(parent)?,
                relationship,
                inner: self.is_inner(nodes),
                filter: join.filter.clone(),
            });
        }
        let window = node.has_window().then(|| Window {
            limit: node.limit,
            offset: node.offset,
            per_key: keys.as_ref().map(|(_, per_key)| *per_key),
        });
        // Rows that the limit cuts are not joined first: they would be multiplied, or each asked for related rows.
        let wrapped = self.draft.joined.iter().any(|n| {
            let node = self.plan.node(n[0]);
            node.to_many || node.filter.asks_for_rows()
        });
        let needs = self.needs(&order);
        let ordered = order.iter().map(|key| &key.column);
        let mut link_needs: Vec<ColumnId> =
            self.columns.iter().chain(ordered).filter_map(Projection::of_head_link).collect();
        link_needs.sort_unstable();
        link_needs.dedup();
        let head = Head {
            entity: node.entity,
            filter: node.filter.clone(),
            order: head_order.to_vec(),
            derived: window.is_some() && keys.is_none() && wrapped,
            window,
            keys: keys.map(|(keys, _)| keys),
            needs,
            link_order: link_order.to_vec(),
            link_needs,
        };
        Ok(Query { head, joins, columns: std::mem::take(&mut self.columns), order })
    }

    /// The columns of the head that are used outside of it.
    fn needs(&self, order: &[SortKey]) -> Vec<ColumnId> {
        let used = self.columns.iter().chain(order.iter().map(|key| &key.column)).filter_map(|c| match c {
            Projection::Column(Slot::HEAD, column) => Some(*column),
            _ => None,
        });
        let joined = self.draft.joined.iter().filter_map(|n| {
            let node = self.plan.node(n[0]);
            let from_head = node.parent.is_some_and(|p| self.draft.heads.contains(&p));
            node.relationship.filter(|_| from_head).map(|r| self.graph.relationship(r))
        });
        let keys = joined.clone().flat_map(|r| r.source_key.iter().copied());
        // Conditions of joins compare only their own rows, but an EXISTS below the head may use its keys: those stand
        // in the head's own filter, inside the derived table.
        let mut needs: Vec<ColumnId> = used.chain(keys).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }
}
