//! Counts the tables of a statement that a server may read in any order: those of the head and its keys, of inner joins,
//! and of each EXISTS, which servers turn into joins. A left join is read after its left side and does not count.

use eagerly_planner::batch::{Head, KeySource, Query};
use eagerly_planner::graph::RelationshipGraph;
use eagerly_planner::ids::RelationshipId;
use eagerly_planner::logical::Predicate;

/// The tables of a statement.
pub(super) fn unordered(graph: &RelationshipGraph, query: &Query) -> usize {
    let joins = query.joins.iter().map(|join| {
        let tables = if join.inner { reached_by(graph, join.relationship) } else { 0 };
        tables + asked_for(graph, &join.filter)
    });
    of_head(graph, &query.head) + joins.sum::<usize>()
}

fn of_head(graph: &RelationshipGraph, head: &Head) -> usize {
    let keys = head.keys.as_ref().map_or(0, |keys| {
        let link = usize::from(keys.link.as_ref().is_some_and(|link| !link.alone));
        link + match &keys.source {
            KeySource::List | KeySource::Closure(_) => 1,
            KeySource::Whole => 0,
            KeySource::Subquery(parents) => of_head(graph, &parents.head),
        }
    });
    1 + keys + asked_for(graph, &head.filter)
}

/// The tables of a condition's EXISTS, of those within each other too.
fn asked_for(graph: &RelationshipGraph, filter: &Predicate) -> usize {
    match filter {
        Predicate::Exists { relationship, filter, .. } => reached_by(graph, *relationship) + asked_for(graph, filter),
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter().map(|part| asked_for(graph, part)).sum(),
        Predicate::Not(inner) => asked_for(graph, inner),
        Predicate::Constant(_) | Predicate::Compare { .. } | Predicate::In { .. } | Predicate::IsNull { .. } => 0,
    }
}

/// The target, and the association table where there is one.
fn reached_by(graph: &RelationshipGraph, relationship: RelationshipId) -> usize {
    1 + usize::from(graph.relationship(relationship).secondary.is_some())
}
