//! Settles which columns each node reads: those that come out, and those that stitching needs, which never leak.
//!
//! ```text
//! post { title  tags { name } }
//! before: post reads nothing
//! after:  post reads id (key of tags), title; tag reads id (its identity), name
//! ```
//!
//! A node to whose rows a way back leads reads what is asked there too.

use super::{Context, LogicalPlan};
use crate::ids::{ColumnId, LoadNodeId};
use crate::logical::{Derived, LoadNode, Output};
use crate::spec::Strategy;

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    let mut read: Vec<Vec<ColumnId>> = plan.ids().map(|id| own_needs(plan, id, context)).collect();
    for id in plan.ids() {
        let rows = plan.rows_of(id);
        if rows != id {
            let asked = std::mem::take(&mut read[id.index()]);
            read[rows.index()].extend(asked);
        }
    }
    for (node, columns) in plan.nodes.iter_mut().zip(read) {
        node.fetch = distinct(columns);
    }
}

/// The columns that are read of a node's rows, sorted: for itself, and for the ways back that lead to them.
pub(super) fn needs(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> Vec<ColumnId> {
    let leads_here = |node: &&LoadNode| node.derived.is_some() && plan.rows_of(node.id) == id;
    let back = plan.nodes.iter().filter(leads_here).map(|node| node.id).filter(|other| *other != id);
    distinct(std::iter::once(id).chain(back).flat_map(|node| own_needs(plan, node, context)).collect())
}

fn distinct(mut columns: Vec<ColumnId>) -> Vec<ColumnId> {
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// The columns that are read of a node's rows for itself.
fn own_needs(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> Vec<ColumnId> {
    let node = plan.node(id);
    let mut fetch: Vec<ColumnId> = context.graph.entity(node.entity).primary_key.to_vec();
    fetch.extend(node.output.iter().filter_map(|output| match output {
        Output::Column { column, .. } => Some(*column),
        Output::Node { .. } => None,
    }));
    // The keys that batches below take from these rows; joined children compare inside the database. A lazy relationship
    // takes them when it is touched, a way back none.
    let feeds = |child: &&LoadNode| {
        let lazy = matches!(child.strategy, Strategy::Lazy | Strategy::LazyOne);
        let taken = if child.loaded { !child.is_joined() } else { lazy };
        let walks_back = matches!(child.derived, Some(Derived::WayBack(_)));
        taken && !child.empty && !walks_back
    };
    let children = node.children.iter().map(|child| plan.node(*child)).filter(feeds);
    for keys in children.chain(node.recursion.is_some().then_some(node)).filter_map(|taker| taker.relationship) {
        fetch.extend(context.graph.relationship(keys).source_key.iter().copied());
    }
    fetch
}
