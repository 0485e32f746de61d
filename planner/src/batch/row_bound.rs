//! How many rows a batch returns: at most, by limits and unique keys, and about, by statistics.

use super::draft::Draft;
use crate::graph::RelationshipGraph;
use crate::ids::LoadNodeId;
use crate::logical::estimate::Rows;
use crate::logical::{LoadNode, LogicalPlan, Predicate};
use smallvec::SmallVec;

/// How many rows a batch returns.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowBound {
    /// At most so many, for each key where there are keys, before joined collections multiply them; `None`: no bound is
    /// known.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))]
    pub most: Option<u64>,
    /// The joined collections. Each multiplies the rows by its own rows per parent, those that stand beside each other
    /// as those within each other.
    pub collections: SmallVec<[LoadNodeId; 1]>,
    /// About so many in all, by statistics, joined collections included.
    #[cfg_attr(feature = "serde", serde(with = "crate::batch::json_number::optional"))]
    pub about: Option<u64>,
}

impl RowBound {
    /// The bound of a draft's statement; `estimates` are the rows of each node.
    pub(super) fn of(graph: &RelationshipGraph, plan: &LogicalPlan, draft: &Draft, estimates: &[Rows]) -> Self {
        // Nodes that share a joined table ask the same: one speaks for all.
        let joined = draft.joined.iter().map(|nodes| plan.node(nodes[0])).filter(|node| node.to_many);
        let heads = || draft.heads.iter().map(|id| plan.node(*id));
        let most = heads().map(|node| {
            let Some(relationship) = node.relationship.filter(|_| node.recursion.is_none()) else {
                return estimates[node.id.index()].most;
            };
            let relationship = graph.relationship(relationship);
            match relationship.key_finds_one(graph.entity(node.entity)) {
                true => Some(1),
                false => node.limit,
            }
        });
        // Heads of one batch ask the same; without a bound for one there is none for all.
        let most = most.min().flatten();
        let about = heads().try_fold(0_u64, |sum, node| Some(sum.saturating_add(estimates[node.id.index()].about?)));
        // Targets that several paths lead to come once.
        let shared = draft.heads.len() > 1 && heads().all(|node| !node.to_many);
        let all = heads().next().and_then(|head| graph.entity(head.entity).statistics.rows).filter(|_| shared);
        let about = about.map(|rows| all.map_or(rows, |all| rows.min(all)));
        let about = about.and_then(|rows| joined.clone().try_fold(rows, |rows, node| multiplied(graph, node, rows)));
        Self { most, collections: joined.map(|node| node.id).collect(), about }
    }
}

/// About so many rows, with a collection joined to them: a parent without any row in it stays.
fn multiplied(graph: &RelationshipGraph, node: &LoadNode, rows: u64) -> Option<u64> {
    let relationship = node.relationship.filter(|_| node.filter == Predicate::TRUE)?;
    Some(graph.related_rows(graph.relationship(relationship), rows)?.max(rows))
}
