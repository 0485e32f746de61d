//! The logical passes: pure functions in one ordered list. The runner checks the plan's invariants after each, so that
//! a broken one names the guilty pass. An optional pass can be switched off, and the result stays the same; the others
//! are what makes a plan a plan.

mod choose_strategy;
mod drop_empty;
mod key_only;
mod match_always;
mod prune_columns;
mod push_inner;
mod targets_once;
mod way_back;

use super::{Derived, LogicalPlan};
use crate::dialect::Capabilities;
use crate::error::{Error, ErrorKind, Errors, Result, code};
use crate::graph::RelationshipGraph;
use crate::ids::{ColumnId, LoadNodeId};
use crate::planner::Prefer;
use crate::spec::Strategy;

/// A step from a logical plan to a better one.
pub(crate) struct Pass {
    /// Its name, by which it is switched off.
    pub(crate) name: &'static str,
    /// Whether plans are complete without it.
    pub(crate) optional: bool,
    run: fn(&mut LogicalPlan, &Context<'_>),
}

/// What passes may look at.
pub(crate) struct Context<'a> {
    /// The graph.
    pub(crate) graph: &'a RelationshipGraph,
    /// The database.
    pub(crate) capabilities: &'a Capabilities,
    /// What the plan is to have the fewest of.
    pub(crate) prefer: Prefer,
    /// Whether a pass is on.
    pub(crate) enabled: &'a dyn Fn(&str) -> bool,
}

/// All logical passes, in the order in which they run.
pub(crate) const PASSES: &[Pass] = &[
    Pass { name: "drop_empty", optional: true, run: drop_empty::run },
    Pass { name: "choose_strategy", optional: false, run: choose_strategy::run },
    Pass { name: WAY_BACK, optional: true, run: way_back::run },
    Pass { name: "key_only", optional: true, run: key_only::run },
    Pass { name: "push_inner", optional: false, run: push_inner::run },
    Pass { name: "match_always", optional: true, run: match_always::run },
    Pass { name: "prune_columns", optional: false, run: prune_columns::run },
    Pass { name: targets_once::NAME, optional: true, run: targets_once::run },
];

pub(crate) use push_inner::INNER_JOIN;

/// The name of the pass that shows rows that are there in place of those that a to-one leads back to.
pub(crate) const WAY_BACK: &str = "way_back";

/// Runs the passes that are on.
pub(crate) fn run(plan: &mut LogicalPlan, context: &Context<'_>) -> Result<()> {
    for pass in PASSES {
        if !pass.optional || (context.enabled)(pass.name) {
            (pass.run)(plan, context);
            check(plan, context).map_err(|what| Error::bug(format!("pass `{}`: {what}", pass.name)))?;
        }
    }
    if let Some(node) = plan.nodes.iter().find(|n| n.loaded && n.strategy == Strategy::Auto) {
        return Err(Error::bug(format!("{}: no strategy was chosen", node.path)).into());
    }
    check_depth(plan, context.capabilities.max_nested_questions)
}

/// Whether a node can go without a query. Under a join, what is joined below it would lose its statement.
fn can_be_derived(plan: &LogicalPlan, id: LoadNodeId) -> bool {
    let node = plan.node(id);
    let strands = node.is_joined() && node.children.iter().any(|child| plan.node(*child).is_joined());
    node.loaded && !node.empty && node.derived.is_none() && !strands
}

/// The columns that would be read of a node's rows without its query: what is joined below it would take keys.
fn needs_derived(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> Vec<ColumnId> {
    let joined = plan.node(id).children.iter().map(|child| plan.node(*child)).filter(|child| child.is_joined());
    let keys = joined.filter_map(|child| child.relationship).map(|r| &context.graph.relationship(r).source_key);
    let mut needs = prune_columns::needs(plan, id, context);
    needs.extend(keys.flatten().copied());
    needs
}

/// Takes the query of a node away. What was joined below it finds its rows by keys.
fn derive(plan: &mut LogicalPlan, id: LoadNodeId, derived: Derived) {
    let node = plan.node_mut(id);
    (node.derived, node.strategy) = (Some(derived), Strategy::Selectin);
    // What was said of its strategy is of no use now.
    let path = node.path.clone();
    plan.notes.retain(|note| note.path != path);
    for child in plan.node(id).children.clone() {
        let child = plan.node_mut(child);
        if child.is_joined() {
            child.strategy = Strategy::Selectin;
        }
    }
}

/// Questions for related rows, by `any`, `none`, `has` and `inner`, as deep as the database takes them.
fn check_depth(plan: &LogicalPlan, most: usize) -> Result<()> {
    let too_deep = plan.nodes.iter().filter(|node| node.loaded && !node.empty).filter_map(|node| {
        let depth = node.filter.nested_questions();
        (depth > most).then(|| {
            let message =
                format!("conditions on related rows within each other, {depth} deep, where this database takes {most}");
            let error = Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message).path(&node.path);
            error.help("nest `any`, `none`, `has` and `inner` less deeply")
        })
    });
    // Those above ask for the same and more: the nearest to the root is told.
    let first: Vec<Error> = too_deep.take(1).collect();
    Errors::check(first, ())
}

/// The invariants of a logical plan.
fn check(plan: &LogicalPlan, context: &Context<'_>) -> std::result::Result<(), String> {
    for (index, node) in plan.nodes.iter().enumerate() {
        let fail = |what: &str| Err(format!("{:?} ({}) {what}", node.id, node.path));
        if node.id.index() != index {
            return fail("is not at its place");
        }
        if node.parent.is_some_and(|p| p.index() >= index || plan.node(p).children.binary_search(&node.id).is_err()) {
            return fail("is not below its parent");
        }
        if let Some(id) = node.relationship
            && context.graph.relationship(id).target != node.entity
        {
            return fail("is not of its relationship's target");
        }
        if let Some(derived) = node.derived {
            let above = plan.above(node.id).any(|a| derived == Derived::WayBack(a.id) && a.entity == node.entity);
            if !node.loaded || node.is_joined() || node.to_many || !(above || derived == Derived::KeyOnly) {
                return fail("is derived from what it cannot be");
            }
        }
        if node.completes {
            let of_parent = node.parent.is_some_and(|p| plan.node(p).entity == node.entity && plan.node(p).to_many);
            if !of_parent || node.to_many || node.is_joined() || !node.output.is_empty() {
                return fail("completes what it cannot");
            }
        }
        if node.links_alone && !node.children.iter().any(|child| plan.node(*child).completes) {
            return fail("has rows of which nothing says that they exist");
        }
        if node.is_joined() && node.parent.is_some_and(|p| plan.node(p).derived.is_some()) {
            return fail("is joined to what has no statement");
        }
        if node.inner_join && !(node.inner && node.is_joined()) {
            return fail("is an inner join that nobody asked for");
        }
        if node.parent.is_none() && node.is_joined() {
            return fail("is a joined root");
        }
    }
    Ok(())
}
