//! Wide targets of a many-to-many that repeat often come once each, by a statement of their own; with the links only their
//! keys come.
//!
//! ```text
//! post { title  tags @auto { name body } }          statistics: 3 000 000 links, 200 tags of 4 000 bytes
//! before: post; (link, tag) by post.id, each with id, name, body
//! after:  post; (link, tag) by post.id, each with id; tag by those ids, with name and body
//! ```
//!
//! The first statement stays what it was but for its columns: it knows the order, windows, the links' own columns and
//! which links lead to a row, and it orders all rows of a parent whatever list the second one's keys are cut into. Where
//! it has nothing left of the target but the key, which the links hold too, it reads the links alone
//! ([`LoadNode::links_alone`]), and the second statement says which of them lead to no row. The second ([`LoadNode::completes`]) finds rows by primary key, and merges with whatever else looks for that target so.
//!
//! The rule: the strategy was `auto`, statistics tell the links, the targets and their width, and the bytes that are
//! saved cost more than the statement, and the wave if it adds one ([`Repeated`]). Without statistics, with a condition
//! of which they say nothing, or under an explicit strategy nothing changes. The primary key has to be compared as
//! bytes, and nothing else in the plan may read the same links: the two would share a statement that has all columns.

use super::{Context, LogicalPlan};
use crate::graph::Relationship;
use crate::ids::{ColumnId, LoadNodeId};
use crate::logical::cost::Repeated;
use crate::logical::estimate::{self, Rows};
use crate::logical::{Derived, LoadNode, Predicate};
use crate::spec::Strategy;
use smallvec::SmallVec;

/// Beyond so many nodes statistics are not asked: each choice looks at all of them.
const MAX_NODES: usize = 1_000;

/// Its name, by which it is switched off.
pub(super) const NAME: &str = "targets_once";

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    if plan.nodes.len() > MAX_NODES {
        return;
    }
    let candidates: Vec<LoadNodeId> = plan.ids().filter(|id| can_split(plan, *id, context)).collect();
    if candidates.is_empty() {
        return;
    }
    let rows = estimate::rows(context.graph, plan);
    for id in candidates {
        let left_out = left_out(plan, id, context);
        if let Some(why) = why_split(plan, id, &left_out, &rows, context) {
            split(plan, id, left_out, context);
            plan.note(id, why);
            if plan.node(id).links_alone {
                plan.note(id, "reads the links alone: that statement says which of them lead to a row");
            }
        }
    }
}

/// Whether the rows of a node are found again by their primary keys, and its statement is for it alone.
pub(super) fn can_split(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> bool {
    let node = plan.node(id);
    let Some(relationship) = through(plan, id, context) else { return false };
    let target = context.graph.entity(node.entity);
    let by_bytes = target.primary_key.iter().all(|column| {
        let column = target.column(*column);
        context.capabilities.hashable(column, column)
    });
    let asks_the_same = |other: &LoadNode| {
        other.id != id && through(plan, other.id, context).is_some_and(|o| o.secondary == relationship.secondary)
    };
    node.auto
        && node.to_many
        && node.recursion.is_none()
        && target.has_identity()
        && !target.inexact_primary_key
        && by_bytes
        && !plan.nodes.iter().any(asks_the_same)
}

/// The relationship of a node that reads an association table by a statement of its own.
fn through<'a>(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'a>) -> Option<&'a Relationship> {
    let node = plan.node(id);
    let own = plan.is_queried(id) && !node.is_joined();
    node.relationship.filter(|_| own).map(|r| context.graph.relationship(r)).filter(|r| r.secondary.is_some())
}

/// The columns of a node that nothing else waits for: all but its primary key, and the keys of batches below.
fn left_out(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> Vec<ColumnId> {
    let node = plan.node(id);
    let takes_keys = |other: &&LoadNode| {
        let walks_back = matches!(other.derived, Some(Derived::WayBack(_)));
        !other.is_joined() && !walks_back && plan.key_holder(other.id) == Some(id)
    };
    let takers = plan.nodes.iter().filter(takes_keys).filter_map(|other| other.relationship);
    let keys: Vec<ColumnId> = takers.flat_map(|r| context.graph.relationship(r).source_key.iter().copied()).collect();
    let own = &context.graph.entity(node.entity).primary_key;
    node.fetch.iter().copied().filter(|column| !own.contains(column) && !keys.contains(column)).collect()
}

/// Why targets come once each; `None` if they do not.
fn why_split(
    plan: &LogicalPlan,
    id: LoadNodeId,
    left_out: &[ColumnId],
    rows: &[Rows],
    context: &Context<'_>,
) -> Option<String> {
    let node = plan.node(id);
    let target = context.graph.entity(node.entity);
    // Of what most conditions leave nothing is known.
    let links = rows[id.index()].about?;
    let targets = estimate::different(context.graph, plan, id, rows)?;
    // Of wider ones a split spares more: it is enough to know how wide they are at least.
    let (width, key) = (target.least_width(left_out), target.width(&target.primary_key)?);
    let links_alone = links_suffice(plan, id, left_out, context);
    let repeated = Repeated { links, targets, width, key, adds_wave: adds_wave(plan, id), links_alone };
    let splits = repeated.spares(&context.capabilities.costs) > 0;
    splits.then(|| {
        let size = estimate::size(target, left_out);
        format!("each target once, by a statement of its own: about {links} links lead to {targets} {size}")
    })
}

/// Whether a statement for keys that the node's rows hold would be a wave later than all others.
fn adds_wave(plan: &LogicalPlan, id: LoadNodeId) -> bool {
    let mut waves: Vec<u32> = Vec::with_capacity(plan.nodes.len());
    for node in &plan.nodes {
        let above = node.parent.map_or(0, |parent| waves[plan.filled_by(parent).index()]);
        waves.push(if plan.is_queried(node.id) { above + u32::from(!node.is_joined()) } else { 0 });
    }
    waves.iter().max() == waves.get(id.index())
}

/// Whether the links hold all that the first statement still reads of the targets: their primary key, alike to the bit,
/// by which alone they are ordered. Nothing may hang on targets of which only the second statement says that they exist.
fn links_suffice(plan: &LogicalPlan, id: LoadNodeId, left_out: &[ColumnId], context: &Context<'_>) -> bool {
    let node = plan.node(id);
    let Some(relationship) = node.relationship.map(|r| context.graph.relationship(r)) else { return false };
    let Some(secondary) = &relationship.secondary else { return false };
    let (target, link) = (context.graph.entity(node.entity), context.graph.entity(secondary.entity));
    let held_by_link = |column: &ColumnId| {
        let mut pairs = relationship.target_key.iter().zip(&secondary.target_columns);
        let (own, held_by) = pairs.find(|(target, _)| *target == column)?;
        let (own, held_by) = (target.column(*own), link.column(*held_by));
        let alike = own.native == held_by.native && context.capabilities.hashable(own, held_by);
        alike.then_some((own, held_by))
    };
    // Both can compare as bytes and yet have different orders.
    let ordered_by_link =
        |column| held_by_link(column).is_some_and(|(own, held_by)| own.collation == held_by.collation);
    node.strategy == Strategy::Selectin
        && node.filter == Predicate::TRUE
        && !node.has_window()
        && node.children.is_empty()
        // The second statement compares the primary key: what a link compares besides would go unseen.
        && relationship.target_key.iter().all(|column| target.primary_key.contains(column))
        && node.fetch.iter().filter(|column| !left_out.contains(column)).all(|column| held_by_link(column).is_some())
        && node.order.iter().all(|ordering| ordered_by_link(&ordering.column))
}

/// Moves columns of a node to one that completes its rows.
fn split(plan: &mut LogicalPlan, id: LoadNodeId, left_out: Vec<ColumnId>, context: &Context<'_>) {
    let new = LoadNodeId::new(plan.nodes.len());
    let links_alone = links_suffice(plan, id, &left_out, context);
    let node = plan.node_mut(id);
    node.links_alone = links_alone;
    node.fetch.retain(|column| !left_out.contains(column));
    node.children.push(new);
    let entity = node.entity;
    let mut fetch = left_out;
    fetch.extend(context.graph.entity(entity).primary_key.iter().copied());
    fetch.sort_unstable();
    let rest = LoadNode {
        id: new,
        parent: Some(id),
        entity,
        relationship: Some(context.graph.identity(entity)),
        // No output key: nothing can have this path but it.
        path: format!("{}.*", node.path),
        strategy: Strategy::Selectin,
        auto: true,
        loaded: true,
        recursion: None,
        link: None,
        inner: false,
        inner_join: false,
        filter: Predicate::TRUE,
        partial: false,
        order: Vec::new(),
        link_order: Vec::new(),
        limit: None,
        offset: 0,
        to_many: false,
        output: Vec::new(),
        fetch,
        children: SmallVec::new(),
        empty: false,
        derived: None,
        completes: true,
        links_alone: false,
        always_matches: false,
        derived_if_trusted: false,
    };
    plan.nodes.push(rest);
}
