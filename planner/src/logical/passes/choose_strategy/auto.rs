//! What `auto` chooses, and why: by structure alone, and then where statistics say that the other way costs less
//! ([`cost`]). Without statistics the structure decides.
//!
//! A to-one that finds one row is joined, since it can neither multiply nor drop rows; a collection is split, since it
//! would repeat its parents. Statistics split a to-one whose wide targets repeat, and join a collection of few parents
//! to the root where that saves more than it repeats; never two in one statement.

use super::super::{Context, LogicalPlan, targets_once};
use super::why_not_joined;
use crate::graph::Relationship;
use crate::ids::{ColumnId, LoadNodeId};
use crate::logical::cost::{Collection, Repeated, ToOne};
use crate::logical::estimate::{self, Rows};
use crate::logical::{LoadNode, Output, Predicate};
use crate::spec::Strategy;

/// Beyond so many nodes statistics are not asked: each choice looks at all of them.
const MAX_NODES: usize = 1_000;

/// What was chosen for a node, and why.
pub(super) struct Choice {
    pub(super) node: LoadNodeId,
    pub(super) strategy: Strategy,
    pub(super) why: String,
}

/// What the structure alone says.
pub(super) fn by_structure(node: &LoadNode, relationship: &Relationship, context: &Context<'_>) -> Choice {
    let (strategy, why) = match why_not_joined(node, relationship, context) {
        _ if node.to_many => (Strategy::Selectin, "a list would repeat its parent"),
        Some(why) => (Strategy::Selectin, why),
        None => (Strategy::Joined, "it finds one row at most"),
    };
    Choice { node: node.id, strategy, why: why.to_owned() }
}

/// Changes choices where statistics say that the other way costs less.
pub(super) fn by_statistics(plan: &mut LogicalPlan, choices: &mut [Choice], context: &Context<'_>) {
    if plan.nodes.len() > MAX_NODES || context.graph.entities().all(|(_, e)| e.statistics.rows.is_none()) {
        return;
    }
    let rows = estimate::rows(context.graph, plan);
    for choice in choices {
        let node = plan.node(choice.node);
        let Some((relationship, parent)) = node.relationship.zip(node.parent) else { continue };
        if node.filter != Predicate::TRUE {
            continue;
        }
        let relationship = context.graph.relationship(relationship);
        let at = At { plan, node, parent: plan.node(parent), relationship, rows: &rows, context };
        let why = if node.is_joined() { at.why_split() } else { at.why_join() };
        if let Some(why) = why {
            choice.why = why;
            choice.strategy = other(choice.strategy);
            plan.node_mut(choice.node).strategy = choice.strategy;
        }
    }
}

fn other(strategy: Strategy) -> Strategy {
    if strategy == Strategy::Joined { Strategy::Selectin } else { Strategy::Joined }
}

/// The choice for one node.
struct At<'a> {
    plan: &'a LogicalPlan,
    node: &'a LoadNode,
    parent: &'a LoadNode,
    relationship: &'a Relationship,
    rows: &'a [Rows],
    context: &'a Context<'a>,
}

impl At<'_> {
    /// Why targets that would be joined come once each instead.
    fn why_split(&self) -> Option<String> {
        // A row of the statement for each row of the nearest node above that is not a joined to-one.
        let head = std::iter::once(self.parent).chain(self.plan.above(self.parent.id));
        let head = head.into_iter().find(|n| n.to_many || !n.is_joined())?;
        let parents = self.rows[head.id.index()].about?;
        let targets = self.context.graph.related_targets(self.relationship, parents)?;
        // The wider the targets, the more a split spares: it is enough to know how wide they are at least.
        let (target, columns) = (self.context.graph.entity(self.node.entity), self.columns(self.node));
        let width = target.least_width(&columns);
        let splits =
            ToOne { parents, targets, width, adds_wave: self.adds_wave() }.splits(&self.context.capabilities.costs);
        splits.then(|| format!("about {parents} rows share {targets} {}", estimate::size(target, &columns)))
    }

    /// Why a collection that would be split is joined to the root.
    fn why_join(&self) -> Option<String> {
        let Self { plan, node, parent, relationship, context, .. } = *self;
        let alone = plan.nodes.iter().all(|n| !(n.loaded && n.to_many && n.is_joined()));
        let can = node.to_many && alone && why_not_joined(node, relationship, context).is_none();
        if !can
            || parent.parent.is_some()
            || super::why_collection_splits(plan, parent.id, node.id, &[], context).is_some()
        {
            return None;
        }
        let parents = self.rows[parent.id.index()].known()?;
        let children = context.graph.related_rows(relationship, parents)?;
        let (parent_width, width) = (self.width(parent)?, self.width(node)?);
        let spared = self.spared(parents, children).unwrap_or(0);
        let adds_wave = self.adds_wave();
        let collection = Collection { parents, children, parent_width, width, adds_wave, spared };
        let joins = collection.joins(&context.capabilities.costs);
        joins.then(|| format!("about {children} rows repeat {parent_width} bytes, and it saves a statement"))
    }

    /// What is spared where each target of a many-to-many comes once, for which it needs a statement of its own.
    fn spared(&self, parents: u64, children: u64) -> Option<u128> {
        let Self { plan, node, relationship, context, .. } = *self;
        if !(context.enabled)(targets_once::NAME) || !targets_once::can_split(plan, node.id, context) {
            return None;
        }
        let target = context.graph.entity(node.entity);
        let targets = context.graph.related_targets(relationship, parents)?.min(children);
        let key = target.width(&target.primary_key)?;
        let width = self.width(node)?.saturating_sub(key);
        // What the statement of the links will still read of the targets is not known yet.
        let repeated = Repeated { links: children, targets, width, key, adds_wave: true, links_alone: false };
        Some(repeated.spares(&context.capabilities.costs))
    }

    /// The bytes read of one row.
    fn width(&self, node: &LoadNode) -> Option<u64> {
        self.context.graph.entity(node.entity).width(&self.columns(node))
    }

    /// What is read of a row: what comes out, and its key.
    fn columns(&self, node: &LoadNode) -> Vec<ColumnId> {
        let entity = self.context.graph.entity(node.entity);
        let shown = node.output.iter().filter_map(|output| match output {
            Output::Column { column, .. } => Some(*column),
            Output::Node { .. } => None,
        });
        let mut columns: Vec<ColumnId> = entity.primary_key.iter().copied().chain(shown).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Whether the plan has one wave more where the node has a statement of its own than where it is joined.
    fn adds_wave(&self) -> bool {
        let waves = |joined: bool| {
            let mut deepest = 0;
            let mut waves: Vec<u32> = Vec::with_capacity(self.plan.nodes.len());
            for node in &self.plan.nodes {
                let above = node.parent.map_or(0, |p| waves[p.index()]);
                let joins = if node.id == self.node.id { joined } else { node.is_joined() };
                let own = above + u32::from(!joins);
                waves.push(own);
                if node.loaded && !node.empty {
                    deepest = deepest.max(own);
                }
            }
            deepest
        };
        waves(false) > waves(true)
    }
}
