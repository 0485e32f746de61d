//! Drafts become batches: the query of each, its SQL, and where each cell of its rows goes.

use super::draft::{Draft, Drafts};
use super::{
    Batch, BatchPlan, Closure, Feed, Head, Join, KeyForm, KeyQuery, KeySource, Keys, Limits, Link, LinkPart, Operation,
    PlannedColumn, PlannedEntity, PlannedNode, Projection, Query, Reach, RowPart, Slot, Stitch, Window, state,
};
use crate::dialect::{Dialect, LimitPerKey};
use crate::ensure;
use crate::error::{Error, Result};
use crate::graph::{KeyColumns, Relationship, RelationshipGraph};
use crate::ids::{BatchId, ColumnId, EntityId, LoadNodeId};
use crate::logical::{LinkColumn, LoadNode, LogicalPlan, Ordering, equality};
use crate::spec::Strategy;
use smallvec::SmallVec;

/// Finishes every draft.
pub(crate) fn finish(
    graph: &RelationshipGraph,
    dialect: &dyn Dialect,
    plan: LogicalPlan,
    drafts: &Drafts,
) -> Result<BatchPlan> {
    let waves = drafts.waves(&plan).ok_or_else(|| Error::bug("drafts wait for each other"))?;
    let mut batches = Vec::with_capacity(waves.len());
    let mut batch_of: Vec<Option<BatchId>> = vec![None; plan.nodes.len()];
    for (index, wave) in waves {
        let draft = &drafts.list[index];
        let id = BatchId::new(batches.len());
        for node in draft.heads.iter().chain(&draft.joined) {
            batch_of[node.index()] = Some(id);
        }
        let layout = Layout::new(graph, dialect, &plan, draft)?;
        batches.push(layout.batch(id, wave)?);
    }
    let nodes = plan.nodes.iter().map(|node| PlannedNode {
        parent: node.parent,
        entity: node.entity,
        path: node.path.clone(),
        to_many: node.to_many,
        output: node.output.clone(),
        batch: batch_of[node.id.index()],
        recursion: node.recursion.clone(),
        link: linked(graph, node),
        state: state(&plan, node.id),
    });
    let capabilities = dialect.capabilities();
    Ok(BatchPlan {
        dialect: dialect.name().to_owned(),
        nodes: nodes.collect(),
        entities: entities(graph, &batches),
        batches,
        limits: Limits {
            list_keys: capabilities.max_list_keys,
            list_bytes: capabilities.max_list_bytes,
            variables: capabilities.max_variables,
        },
        constants: plan.constants,
        notes: plan.notes,
    })
}

/// The association table's entity, and the columns of it that come out.
fn linked(graph: &RelationshipGraph, node: &LoadNode) -> Option<(EntityId, Vec<LinkColumn>)> {
    let secondary = graph.relationship(node.relationship?).secondary.as_ref()?;
    Some((secondary.entity, node.link.clone()?))
}

/// The entities with the columns that any batch reads.
fn entities(graph: &RelationshipGraph, batches: &[Batch]) -> Vec<PlannedEntity> {
    let mut entities: Vec<PlannedEntity> = graph
        .entities()
        .map(|(_, e)| PlannedEntity { name: e.name.clone(), columns: Vec::new(), primary_key: e.primary_key.clone() })
        .collect();
    let parts = batches.iter().flat_map(|b| &b.parts);
    let links = parts.clone().filter_map(|part| part.link.as_ref()).map(|link| (link.entity, &link.cells));
    for (entity, cells) in parts.map(|part| (part.entity, &part.cells)).chain(links) {
        let definition = graph.entity(entity);
        let columns = &mut entities[entity.index()].columns;
        columns.resize_with(definition.columns.len(), || None);
        for (_, column) in cells {
            let def = definition.column(*column);
            columns[column.index()] = Some(PlannedColumn { name: def.name.clone(), ty: def.ty });
        }
    }
    entities
}

/// The association table on the way to a relationship's rows, and the columns that its keys are compared with.
fn looked_up(relationship: &Relationship) -> (Option<Link>, KeyColumns) {
    match &relationship.secondary {
        Some(secondary) => {
            let pairs = relationship.target_key.iter().copied().zip(secondary.target_columns.iter().copied());
            let link = Link { entity: secondary.entity, pairs: pairs.collect() };
            (Some(link), secondary.source_columns.clone())
        }
        None => (None, relationship.target_key.clone()),
    }
}

/// The deepest recursion that is one statement: rows that are reached on many levels are found anew on each.
const MAX_CLOSURE_DEPTH: u64 = 64;

/// The layout of one statement's result, as it grows.
struct Layout<'a> {
    graph: &'a RelationshipGraph,
    dialect: &'a dyn Dialect,
    plan: &'a LogicalPlan,
    draft: &'a Draft,
    columns: Vec<Projection>,
}

impl<'a> Layout<'a> {
    fn new(
        graph: &'a RelationshipGraph,
        dialect: &'a dyn Dialect,
        plan: &'a LogicalPlan,
        draft: &'a Draft,
    ) -> Result<Self> {
        ensure!(!draft.heads.is_empty(), "a draft without a head");
        Ok(Self { graph, dialect, plan, draft, columns: Vec::new() })
    }

    fn head(&self) -> LoadNodeId {
        self.draft.heads[0]
    }

    /// The position of a column of the result, added if it is new.
    fn position(&mut self, column: Projection) -> u16 {
        let index = self.columns.iter().position(|c| *c == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        // Results are bounded by `max_result_columns`, which fits.
        index as u16
    }

    fn slot(&self, node: LoadNodeId) -> Result<Slot> {
        if self.draft.heads.contains(&node) {
            return Ok(Slot::HEAD);
        }
        let index = self.draft.joined.iter().position(|n| *n == node);
        let index = index.ok_or_else(|| Error::bug(format!("{node:?} is not in its draft")))?;
        Ok(Slot(index as u16 + 1))
    }

    fn relationship(&self, node: LoadNodeId) -> Result<&'a Relationship> {
        let relationship = self.relationship_of(node);
        Ok(relationship.ok_or_else(|| Error::bug(format!("{node:?} has no relationship")))?)
    }

    fn relationship_of(&self, node: LoadNodeId) -> Option<&'a Relationship> {
        self.plan.node(node).relationship.map(|id| self.graph.relationship(id))
    }

    fn batch(mut self, id: BatchId, wave: u32) -> Result<Batch> {
        let parts = self.parts()?;
        let is_root = self.plan.node(self.head()).parent.is_none();
        let (keys, operation) = if is_root { (None, Operation::Root) } else { self.fetch()? };
        let query = self.query(keys)?;
        let sql = self.dialect.render(self.graph, &query)?;
        let paths = self.draft.heads.iter().map(|h| self.plan.node(*h).path.as_str());
        let name = paths.collect::<Vec<_>>().join(", ");
        Ok(Batch { id, name, wave, operation, query, sql, parts })
    }

    fn parts(&mut self) -> Result<Vec<RowPart>> {
        let collections = self.draft.joined.iter().filter(|n| self.plan.node(**n).to_many).count();
        let mut parts = Vec::with_capacity(1 + self.draft.joined.len());
        let head = self.head();
        let draft = self.draft;
        parts.push(self.part(Slot::HEAD, &draft.heads, None, collections > 0)?);
        for id in &draft.joined {
            let node = self.plan.node(*id);
            let parent = node.parent.ok_or_else(|| Error::bug("a joined root"))?;
            let alone = collections == 1 && parent == head && !self.is_shared(head);
            let slot = self.slot(*id)?;
            let above = self.slot(parent)?;
            let nodes = SmallVec::from_slice(&[*id]);
            let mut part = self.part(slot, &nodes, Some(above.0), !alone)?;
            if !node.inner_join {
                // What the join compares is never NULL in a row that it found.
                let compared = self.relationship(*id)?.target_key[0];
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

    fn fetch(&mut self) -> Result<(Option<Keys>, Operation)> {
        let mut feeds = SmallVec::new();
        let mut hashable = true;
        for node in &self.draft.heads {
            let relationship = self.relationship(*node)?;
            let parent = self.plan.node(*node).parent.ok_or_else(|| Error::bug("a fetched root"))?;
            feeds.push(Feed { parent, columns: relationship.source_key.clone(), node: *node });
            hashable &= equality::keys_hash(self.graph, self.dialect.capabilities(), relationship);
        }
        let relationship = self.relationship(self.head())?;
        let (link, columns) = looked_up(relationship);
        let reach = self.reach(relationship, hashable);
        // A limit per key is looked up key by key where an index helps; else every child is read once, and numbered.
        let windowed = self.plan.node(self.head()).has_window();
        let correlates = reach != Reach::Subquery && self.correlates(&columns);
        let by_value = hashable && (!windowed || (link.is_none() && !correlates));
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
            Reach::Subquery => KeySource::Subquery(Box::new(self.key_query(self.head())?)),
            Reach::Closure => {
                let levels = self.plan.node(self.head()).recursion.as_ref().and_then(|r| r.depth);
                KeySource::Closure(Closure { follow: relationship.source_key.clone(), levels })
            }
        };
        Ok((Some(Keys { link, columns, form, source }), Operation::Fetch { feeds, stitch, by_bytes: hashable, reach }))
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
            depth if can && hashable && follows_all && bounded && !node.has_window() => {
                debug_assert!(depth != Some(0));
                Reach::Closure
            }
            depth => Reach::Levels(depth),
        }
    }

    /// The keys of a node's parent, by the parent's own question.
    fn key_query(&self, node: LoadNodeId) -> Result<KeyQuery> {
        let parent = self.plan.node(node).parent.ok_or_else(|| Error::bug("a root by subquery"))?;
        let columns = self.relationship(node)?.source_key.clone();
        let above = self.plan.node(parent);
        let keys = match above.parent {
            None => None,
            Some(_) => {
                let (link, columns) = looked_up(self.relationship(parent)?);
                let source = KeySource::Subquery(Box::new(self.key_query(parent)?));
                Some(Keys { link, columns, form: KeyForm::In, source })
            }
        };
        let window = Window { limit: above.limit, offset: above.offset, per_key: None };
        let window = (above.parent.is_none() && above.has_window()).then_some(window);
        let head = Head {
            entity: above.entity,
            keys,
            filter: self.plan.whole_filter(parent),
            order: if window.is_some() { above.order.clone() } else { Vec::new() },
            window,
            derived: false,
            needs: Vec::new(),
            link_needs: Vec::new(),
        };
        Ok(KeyQuery { head, columns })
    }

    fn query(&self, keys: Option<Keys>) -> Result<Query> {
        let node = self.plan.node(self.head());
        let head_order: &[Ordering] = {
            // Merged nodes ask the same, but a to-one may need no order where a to-many does.
            let orders = self.draft.heads.iter().map(|h| self.plan.node(*h).order.as_slice());
            orders.max_by_key(|o| o.len()).unwrap_or_default()
        };
        let mut order: Vec<(Slot, Ordering)> = head_order.iter().map(|o| (Slot::HEAD, *o)).collect();
        let mut joins = Vec::with_capacity(self.draft.joined.len());
        for id in &self.draft.joined {
            let join = self.plan.node(*id);
            let slot = self.slot(*id)?;
            let (Some(parent), Some(relationship)) = (join.parent, join.relationship) else { continue };
            if join.to_many {
                order.extend(join.order.iter().map(|o| (slot, *o)));
            }
            joins.push(Join {
                parent: self.slot(parent)?,
                relationship,
                inner: join.inner_join,
                filter: join.filter.clone(),
            });
        }
        let window = node.has_window().then(|| Window {
            limit: node.limit,
            offset: node.offset,
            per_key: keys.as_ref().map(|keys| self.limit_per_key(keys)),
        });
        // Rows that the limit cuts are not joined first: they would be multiplied, or each asked for related rows.
        let wrapped = self.draft.joined.iter().any(|n| {
            let node = self.plan.node(*n);
            node.to_many || node.filter.asks_for_rows()
        });
        let needs = self.needs(&order);
        let head = Head {
            entity: node.entity,
            filter: node.filter.clone(),
            order: head_order.to_vec(),
            derived: window.is_some() && keys.is_none() && wrapped,
            window,
            keys,
            needs,
            link_needs: self.columns.iter().filter_map(|c| c.of_head_link()).collect(),
        };
        Ok(Query { head, joins, columns: self.columns.clone(), order })
    }

    /// Whether a limit per key can be a look-up for each key.
    fn correlates(&self, columns: &[ColumnId]) -> bool {
        let entity = self.graph.entity(self.plan.node(self.head()).entity);
        entity.locator().is_some() && entity.is_indexed(columns)
    }

    fn limit_per_key(&self, keys: &Keys) -> LimitPerKey {
        let entity = self.graph.entity(self.plan.node(self.head()).entity);
        let correlates = keys.link.is_none() && keys.form == KeyForm::Join && entity.locator().is_some();
        if correlates { self.dialect.capabilities().limit_per_key } else { LimitPerKey::RowNumber }
    }

    /// The columns of the head that are used outside of it.
    fn needs(&self, order: &[(Slot, Ordering)]) -> Vec<ColumnId> {
        let shown = self.columns.iter().filter_map(|c| match c {
            Projection::Column(Slot::HEAD, column) => Some(*column),
            _ => None,
        });
        let ordered = order.iter().filter(|(slot, _)| *slot == Slot::HEAD).map(|(_, o)| o.column);
        let joined = self.draft.joined.iter().filter_map(|n| {
            let node = self.plan.node(*n);
            let from_head = node.parent.is_some_and(|p| self.draft.heads.contains(&p));
            node.relationship.filter(|_| from_head).map(|r| self.graph.relationship(r))
        });
        let keys = joined.clone().flat_map(|r| r.source_key.iter().copied());
        // Conditions of joins compare only their own rows, but an EXISTS below the head may use its keys: those stand
        // in the head's own filter, inside the derived table.
        let mut needs: Vec<ColumnId> = shown.chain(ordered).chain(keys).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }
}
