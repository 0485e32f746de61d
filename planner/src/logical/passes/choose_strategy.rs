//! Gives every node a strategy that loads it: `selectin`, `joined` or `subquery`. A join or a subquery gives way where it
//! would change the result, or where the database cannot carry it.
//!
//! ```text
//! post { author @auto { name }  tags @auto { name }  comments(limit: 3) @joined { body } }
//! before: author auto, tags auto, comments joined
//! after:  author joined (one row at most), tags selectin, comments selectin (a join has no limit per parent)
//! ```
//!
//! A join repeats parent rows, so that rows must be told apart: a collection is joined only where every row that the
//! join repeats has an identity (a primary key that is never NULL).

mod auto;

use super::{Context, LogicalPlan};
use crate::graph::Relationship;
use crate::ids::LoadNodeId;
use crate::logical::{LoadNode, Output, equality};
use crate::planner::Prefer;
use crate::spec::Strategy;

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    let mut choices = Vec::new();
    for id in plan.ids() {
        let node = plan.node(id);
        let Some(relationship) = node.relationship.map(|r| context.graph.relationship(r)) else { continue };
        match node.strategy {
            _ if !node.loaded => {}
            _ if node.empty => plan.node_mut(id).strategy = Strategy::Selectin,
            Strategy::Auto => {
                let choice = auto::by_structure(node, relationship, context);
                plan.node_mut(id).strategy = choice.strategy;
                choices.push(choice);
            }
            Strategy::Joined => {
                if let Some(why) = why_not_joined(node, relationship, context) {
                    give_way(plan, id, why);
                }
            }
            Strategy::Subquery => {
                if let Some(why) = why_not_subquery(plan, node, relationship, context) {
                    give_way(plan, id, &why);
                }
            }
            _ => plan.node_mut(id).strategy = Strategy::Selectin,
        }
    }
    auto::by_statistics(plan, &mut choices, context);
    if context.prefer == Prefer::OneRoundTrip {
        send_at_once(plan, context);
    }
    for id in plan.ids() {
        if plan.node(id).loaded && !plan.node(id).is_joined() {
            Statement::of(plan, id).settle(plan, context);
        }
    }
    for auto::Choice { node, strategy, why } in choices {
        // A join that has given way has said why.
        if plan.node(node).strategy == strategy {
            plan.note(node, format!("auto, so {}: {why}", strategy.name()));
        }
    }
}

/// Turns split loads into subselects of their parents' queries, which wait for nothing.
fn send_at_once(plan: &mut LogicalPlan, context: &Context<'_>) {
    plan.at_once = true;
    for id in plan.ids() {
        let node = plan.node(id);
        let Some(relationship) = node.relationship.filter(|_| node.loaded && !node.empty && !node.is_joined()) else {
            continue;
        };
        match why_not_subquery(plan, node, context.graph.relationship(relationship), context) {
            None => plan.node_mut(id).strategy = Strategy::Subquery,
            Some(why) => plan.note(id, format!("takes a round trip of its own: {why}")),
        }
    }
}

fn give_way(plan: &mut LogicalPlan, id: LoadNodeId, why: &str) {
    let asked = std::mem::replace(&mut plan.node_mut(id).strategy, Strategy::Selectin).name();
    plan.note(id, format!("{asked} gives way to selectin: {why}"));
}

/// Why this node alone, whatever else the statement joins, cannot be a join.
fn why_not_joined(node: &LoadNode, relationship: &Relationship, context: &Context<'_>) -> Option<&'static str> {
    if node.recursion.is_some() {
        return Some("a join has no levels to follow");
    }
    if node.to_many && node.has_window() {
        return Some("this database has no limit per parent in a join");
    }
    let mixed = relationship.secondary.is_none() && !relationship.compares_alike;
    if mixed && !context.capabilities.bare_columns {
        return Some(
            "its keys are of another type, and this database would compare columns otherwise than their values",
        );
    }
    let target = context.graph.entity(relationship.target);
    if !node.to_many && !relationship.finds_one(target) {
        return Some("several rows may match, and a to-one takes the first");
    }
    None
}

/// Why the rows of this node cannot be found by the parent's query in place of its keys.
fn why_not_subquery(
    plan: &LogicalPlan,
    node: &LoadNode,
    relationship: &Relationship,
    context: &Context<'_>,
) -> Option<String> {
    if node.recursion.is_some() {
        return Some("a recursion starts from keys".to_owned());
    }
    if !equality::keys_hash(context.graph, context.capabilities, relationship) {
        return Some(
            "only the database compares its keys, and a list of keys tells which of them a row equals".to_owned(),
        );
    }
    let whole = |above: &LoadNode| {
        let key = above.relationship.map(|id| context.graph.relationship(id));
        key.is_none_or(|key| equality::is_comparable_tuple(context.graph, key))
    };
    if !plan.above(node.id).all(whole) {
        return Some("the question of a parent would compare keys of which a column has no order".to_owned());
    }
    if node.has_window() && relationship.secondary.is_some() {
        return Some("a limit per parent through an association table needs the list of keys".to_owned());
    }
    let depth = plan.above(node.id).count();
    // Half of what the database takes: the conditions of the parents may ask for related rows too.
    if depth > context.capabilities.max_nested_questions / 2 {
        return Some(format!("the questions of {depth} parents would stand within each other"));
    }
    // The root's window can be asked for again; one per parent has the parents' keys in it.
    plan.above(node.id).filter(|above| above.parent.is_some()).find_map(|above| {
        let what = if above.recursion.is_some() {
            "a recursion"
        } else if above.has_window() {
            "limited per parent"
        } else {
            return None;
        };
        Some(format!("{} is {what}, and its query cannot be repeated without keys", above.path))
    })
}

/// A split node and all nodes that are joined into its statement.
struct Statement {
    head: LoadNodeId,
    /// Parents before children.
    joined: Vec<LoadNodeId>,
}

impl Statement {
    fn of(plan: &LogicalPlan, head: LoadNodeId) -> Self {
        let mut joined: Vec<LoadNodeId> = Vec::new();
        let mut open = vec![head];
        while let Some(id) = open.pop() {
            for child in plan.node(id).children.iter().rev().copied() {
                if plan.node(child).is_joined() {
                    open.push(child);
                }
            }
            if id != head {
                joined.push(id);
            }
        }
        Self { head, joined }
    }

    /// Lets joins give way until the statement stays within the database's limits and tells its rows apart.
    fn settle(self, plan: &mut LogicalPlan, context: &Context<'_>) {
        let mut members = vec![self.head];
        // A statement that finds rows by keys may have the list of keys as a table.
        let keys = usize::from(plan.node(self.head).parent.is_some());
        let mut tables = keys + tables(plan, self.head, context);
        let mut columns = columns(plan, self.head, context);
        let mut collections: Vec<LoadNodeId> = Vec::new();
        for id in self.joined {
            let node = plan.node(id);
            if node.parent.is_none_or(|p| !members.contains(&p)) {
                // What it hangs on has given way: this node is settled in that one's own statement.
                continue;
            }
            let more_tables = self::tables(plan, id, context);
            let more_columns = self::columns(plan, id, context);
            let why = if tables + more_tables > context.capabilities.max_join_tables {
                Some("the statement would join too many tables".to_owned())
            } else if columns + more_columns > context.capabilities.max_result_columns {
                Some("the statement would read too many columns".to_owned())
            } else if node.to_many {
                why_collection_splits(plan, self.head, id, &collections, context)
            } else {
                None
            };
            if let Some(why) = why {
                give_way(plan, id, &why);
                continue;
            }
            (tables, columns) = (tables + more_tables, columns + more_columns);
            members.push(id);
            if plan.node(id).to_many {
                if collections.iter().any(|other| plan.node(*other).parent == plan.node(id).parent) {
                    plan.note(id, "joined beside another collection: the statement returns their product");
                }
                collections.push(id);
            }
        }
    }
}

/// An upper bound of the columns that the statement of a head reads.
pub(super) fn columns_of_statement(plan: &LogicalPlan, head: LoadNodeId, context: &Context<'_>) -> usize {
    let Statement { head, joined } = Statement::of(plan, head);
    joined.into_iter().chain([head]).map(|id| columns(plan, id, context)).sum()
}

fn tables(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> usize {
    let through = plan.node(id).relationship.is_some_and(|r| context.graph.relationship(r).secondary.is_some());
    1 + usize::from(through)
}

/// An upper bound of the columns read for a node: those that come out, its primary key, what batches and joins below
/// it compare, what it is compared by, and an ordinal.
fn columns(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> usize {
    let node = plan.node(id);
    let width = |n: LoadNodeId| {
        let relationship = plan.node(n).relationship.map(|r| context.graph.relationship(r));
        relationship.map_or(0, |r| r.source_key.len())
    };
    let shown = node.output.iter().filter(|o| matches!(o, Output::Column { .. })).count();
    let keys: usize = node.children.iter().map(|c| width(*c)).sum();
    let link = node.link.as_ref().map_or(0, |link| link.len() + link_key(plan, id, context));
    shown + context.graph.entity(node.entity).primary_key.len() + keys + width(id) + link + 1
}

/// The width of the primary key of a node's association table.
fn link_key(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> usize {
    let relationship = plan.node(id).relationship.map(|r| context.graph.relationship(r));
    let secondary = relationship.and_then(|r| r.secondary.as_ref());
    secondary.map_or(0, |s| context.graph.entity(s.entity).primary_key.len())
}

/// Why a collection cannot be joined beside those already joined.
fn why_collection_splits(
    plan: &LogicalPlan,
    head: LoadNodeId,
    id: LoadNodeId,
    others: &[LoadNodeId],
    context: &Context<'_>,
) -> Option<String> {
    if !has_identity(plan, head, context) {
        return Some(format!("it would repeat rows of {}", no_identity(plan, head, context)));
    }
    if !pairs_are_unique(plan, head, context) {
        return Some("rows of its parent can be linked twice, and it would repeat them".to_owned());
    }
    if let Some(other) = others.iter().find(|other| !can_repeat(plan, head, **other, context)) {
        return Some(format!("it would repeat rows of {}", no_identity(plan, *other, context)));
    }
    let alone = others.is_empty() && plan.node(id).parent == Some(head) && !is_shared(plan, head, context);
    if !alone && !can_repeat(plan, head, id, context) {
        return Some(format!("its parent is repeated, and with it rows of {}", no_identity(plan, id, context)));
    }
    None
}

/// An entity whose rows cannot be told apart, and what would help.
fn no_identity(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> String {
    let entity = context.graph.entity(plan.node(id).entity);
    let nullable = entity.primary_key.iter().find(|c| entity.column(**c).nullable);
    match (entity.primary_key.is_empty(), nullable) {
        (true, _) => format!("`{}`, which has no primary key", entity.name),
        (_, Some(column)) => {
            let column = &entity.column(*column).name;
            format!("`{}`, whose primary key `{column}` can be NULL: declare it NOT NULL", entity.name)
        }
        _ => format!("`{}`, which can be linked twice", entity.name),
    }
}

/// Whether repeated rows of a collection, and its pairs with its parent, are told apart.
fn can_repeat(plan: &LogicalPlan, head: LoadNodeId, id: LoadNodeId, context: &Context<'_>) -> bool {
    let parent = plan.node(id).parent.unwrap_or(head);
    has_identity(plan, id, context) && pairs_are_unique(plan, id, context) && has_identity(plan, parent, context)
}

fn has_identity(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> bool {
    context.graph.entity(plan.node(id).entity).has_identity()
}

/// Whether one row of the node can belong to several parents, and so come several times.
fn is_shared(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> bool {
    let relationship = plan.node(id).relationship.map(|r| context.graph.relationship(r));
    relationship.is_some_and(|r| equality::is_shared(context.graph, context.capabilities, r))
}

/// Whether a parent and a row of the node stand in the relationship once at most.
fn pairs_are_unique(plan: &LogicalPlan, id: LoadNodeId, context: &Context<'_>) -> bool {
    let relationship = plan.node(id).relationship.map(|r| context.graph.relationship(r));
    relationship.is_none_or(|r| equality::pairs_are_unique(context.graph, context.capabilities, r))
}
