//! A to-one that leads back to the row it was reached from needs no query: the row is there.
//!
//! ```text
//! author { posts { title  author { name } } }
//! before: author; posts by author.id; posts.author joined, or by posts.author_id
//! after:  author; posts by author.id; posts.author is the rows of author
//! ```
//!
//! The keys tell: `posts` was found by `author_id = author.id`, and `posts.author` looks for `author.id = author_id`. So
//! do longer ways, as long as each step was found by the columns that the way back compares: `user { profile { settings
//! { user } } }` where all three hold one `user_id`. Every step compares bytes, and the key is unique, so that it is that
//! row and no other. Rows without a primary key are left alone: they are never shared.
//!
//! The node has all rows of the node above, also those that no parent leads to, and what hangs below it takes its keys
//! from them. So it waits for no more than they do, and merges with what hangs on them already: `author { posts { author
//! { posts } } }` asks for posts once. The price are rows below authors without posts.
//!
//! It stays a query where it would cost one: under a join, joined nodes below it would lose the statement they are in.

use super::{Context, LogicalPlan};
use crate::graph::KeyColumns;
use crate::ids::LoadNodeId;
use crate::logical::{Derived, LoadNode, equality};

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    let mut leads: Vec<Option<LoadNodeId>> = Vec::with_capacity(plan.nodes.len());
    for node in &plan.nodes {
        leads.push(reached_from(plan, node, &leads, context));
    }
    // Children first: a joined child that is derived itself loses no statement.
    for id in plan.ids().rev() {
        if let Some(above) = leads[id.index()]
            && super::can_be_derived(plan, id)
            && fits(plan, above, id, context)
        {
            super::derive(plan, id, Derived::WayBack(above));
            let text = format!("way back: the rows of {}, no statement", plan.node(above).path);
            plan.note(id, text);
        }
    }
}

/// The node above whose row a to-one leads back to. `leads` says so of the nodes before it.
fn reached_from(
    plan: &LogicalPlan,
    node: &LoadNode,
    leads: &[Option<LoadNodeId>],
    context: &Context<'_>,
) -> Option<LoadNodeId> {
    let graph = context.graph;
    let back = graph.relationship(node.relationship?);
    let leads_to_one = equality::leads_to_one(graph, context.capabilities, back) && plan.is_whole(node.id);
    if !leads_to_one || !node.loaded || node.recursion.is_some() || !graph.entity(node.entity).has_identity() {
        return None;
    }
    let mut columns: KeyColumns = back.source_key.clone();
    let mut below = plan.node(node.parent?);
    loop {
        // A row that leads back is the row above, and was found as that was.
        while let Some(same) = leads[below.id.index()] {
            below = plan.node(same);
        }
        // The values of `columns` are those of the columns that they were found by, one step up.
        let by = graph.relationship(below.relationship?);
        let above = plan.node(below.parent?);
        let plain = below.recursion.is_none() && above.recursion.is_none() && by.secondary.is_none();
        if !plain || !equality::keys_hash(graph, context.capabilities, by) {
            return None;
        }
        let found_by = |column| by.target_key.iter().position(|c| c == column).map(|at| by.source_key[at]);
        columns = columns.iter().map(found_by).collect::<Option<_>>()?;
        if above.entity == node.entity && columns == back.target_key {
            return Some(above.id);
        }
        below = above;
    }
}

/// Whether the statement of the node above has room for the columns that are asked of its rows besides.
fn fits(plan: &LogicalPlan, above: LoadNodeId, id: LoadNodeId, context: &Context<'_>) -> bool {
    let above = plan.rows_of(above);
    let mut asked = super::prune_columns::needs(plan, above, context);
    asked.extend(super::needs_derived(plan, id, context));
    asked.sort_unstable();
    asked.dedup();
    let head =
        std::iter::successors(Some(above), |id| plan.node(*id).parent.filter(|_| plan.node(*id).is_joined())).last();
    let others = head.map_or(0, |head| super::choose_strategy::columns_of_statement(plan, head, context));
    others + asked.len() <= context.capabilities.max_result_columns
}
