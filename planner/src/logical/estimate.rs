//! How many rows each load node has: at most, by limits and unique keys, which is a fact; and about, by statistics.
//!
//! What a condition on the root leaves is estimated where it compares columns with one value each: a value has `rows /
//! distinct` rows, and comparisons are independent of each other (Selinger et al.: Access path selection in a relational
//! database management system, SIGMOD 1979). Values are no part of a plan, so that of ranges and lists nothing is known;
//! nor is it of columns that can be NULL, since statistics do not tell how many are.

use super::{Bind, Derived, LoadNode, LogicalPlan, Predicate};
use crate::filter::CompareOp;
use crate::graph::{Entity, RelationshipGraph};
use crate::ids::{ColumnId, LoadNodeId};

/// The different rows of a to-one, over all of its parents; the rows of a collection, once for each parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// No more than these; `None`: no bound is known.
    pub(crate) most: Option<u64>,
    /// About these; `None`: statistics do not say.
    pub(crate) about: Option<u64>,
}

impl Rows {
    /// The smaller of what is known.
    pub(crate) fn known(self) -> Option<u64> {
        self.most.into_iter().chain(self.about).min()
    }
}

/// The rows of every node, by its id.
pub(crate) fn rows(graph: &RelationshipGraph, plan: &LogicalPlan) -> Vec<Rows> {
    let mut all = Vec::with_capacity(plan.nodes.len());
    for id in plan.ids() {
        all.push(rows_of(graph, plan, id, &all));
    }
    all
}

/// The rows of a node, where those of the nodes above it are known.
pub(crate) fn rows_of(graph: &RelationshipGraph, plan: &LogicalPlan, id: LoadNodeId, above: &[Rows]) -> Rows {
    let node = plan.node(id);
    if node.empty || node.recursion.is_some() {
        return Rows::default();
    }
    if let Some(Derived::WayBack(same)) = node.derived {
        return above.get(same.index()).copied().unwrap_or_default();
    }
    let entity = graph.entity(node.entity);
    let Some((relationship, parent)) = node.relationship.zip(plan.key_holder(id)) else { return root(node, entity) };
    let relationship = graph.relationship(relationship);
    let parents = above.get(parent.index()).copied().unwrap_or_default();
    if node.completes {
        return Rows { most: parents.most, about: different(graph, plan, parent, above) };
    }
    if !node.to_many {
        let about = parents.about.and_then(|parents| graph.related_targets(relationship, parents));
        return Rows { most: parents.most, about: about.filter(|_| node.filter == Predicate::TRUE) };
    }
    let most = parents.most.zip(node.limit).map(|(parents, limit)| parents.saturating_mul(limit));
    let about = parents.about.filter(|_| node.filter == Predicate::TRUE && node.offset == 0).and_then(|parents| {
        let related = graph.related_rows(relationship, parents)?;
        Some(node.limit.map_or(related, |limit| related.min(parents.saturating_mul(limit))))
    });
    Rows { most, about }
}

/// About how many different rows a collection has, where those of the nodes above it are known; those that lead to it
/// from several parents count once.
pub(crate) fn different(graph: &RelationshipGraph, plan: &LogicalPlan, id: LoadNodeId, above: &[Rows]) -> Option<u64> {
    let (relationship, parent) = plan.node(id).relationship.zip(plan.key_holder(id))?;
    let targets = graph.related_targets(graph.relationship(relationship), above.get(parent.index())?.about?)?;
    Some(targets.min(above.get(id.index())?.about?))
}

/// The size of columns of a row, in words.
pub(crate) fn size(entity: &Entity, columns: &[ColumnId]) -> String {
    match entity.width(columns) {
        Some(width) => format!("of {width} bytes"),
        None => format!("of {} bytes at least", entity.least_width(columns)),
    }
}

fn root(node: &LoadNode, entity: &Entity) -> Rows {
    let one = (entity.is_unique(&fixed(&node.filter)) && !entity.primary_key.is_empty()).then_some(1);
    let most = node.limit.into_iter().chain(one).min();
    let left = entity.statistics.rows.and_then(|rows| left_by(&node.filter, entity, rows));
    let about = left.map(|rows| rows.saturating_sub(node.offset)).or(one);
    Rows { most, about: about.map(|rows| most.map_or(rows, |most| rows.min(most))) }
}

/// About how many of so many rows a condition leaves, by statistics. A value has one row at least, of all that are there.
fn left_by(filter: &Predicate, entity: &Entity, rows: u64) -> Option<u64> {
    match filter {
        Predicate::Constant(true) => Some(rows),
        Predicate::And(parts) => parts.iter().try_fold(rows, |rows, part| left_by(part, entity, rows)),
        Predicate::Compare { column, op, .. } if !entity.column(*column).nullable => {
            let distinct = entity.distinct(&[*column])?.max(1);
            let of_a_value = rows.div_ceil(distinct);
            match op {
                CompareOp::Eq => Some(of_a_value),
                // Of one value that was counted nobody knows whether it is this one: all rows are left, or none.
                CompareOp::Ne if distinct > 1 => Some(rows - of_a_value),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The columns that a condition fixes to one value each.
fn fixed(filter: &Predicate) -> Vec<ColumnId> {
    match filter {
        Predicate::Compare { column, op: CompareOp::Eq, value: Bind::Spec(_) | Bind::Graph(_) } => vec![*column],
        Predicate::And(parts) => parts.iter().flat_map(fixed).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{ColumnDef, ColumnType, EntityDef, TableStatistics};
    use crate::ids::ParamId;

    /// 1 000 posts with 40 authors, each also the editor of some; nobody has counted the titles.
    fn left(of: impl Fn(&dyn Fn(&str, CompareOp) -> Predicate) -> Predicate) -> Option<u64> {
        let column = |name| ColumnDef::new(name, ColumnType::Integer);
        let post = EntityDef::new("post").column(column("id")).column(column("author_id")).column(column("title"));
        let post = post.column(column("editor_id").nullable()).primary_key(["id"]);
        let statistics = TableStatistics::new().rows(1_000).distinct(["author_id"], 40).distinct(["editor_id"], 40);
        let graph = RelationshipGraph::builder().entity(post).build().unwrap();
        let graph = graph.with_statistics("post", &statistics).unwrap();
        let post = graph.entity(graph.entity_id("post").unwrap());
        let compare = |name: &str, op| Predicate::Compare {
            column: post.column_id(name).unwrap(),
            op,
            value: Bind::Spec(ParamId::new(0)),
        };
        left_by(&of(&compare), post, 1_000)
    }

    #[test]
    fn a_comparison_with_one_value_leaves_its_share() {
        use CompareOp::{Eq, Ne};
        assert_eq!(left(|_| Predicate::TRUE), Some(1_000));
        assert_eq!(left(|column| column("id", Eq)), Some(1));
        assert_eq!(left(|column| column("id", Ne)), Some(999));
        assert_eq!(left(|column| column("author_id", Eq)), Some(25));
        assert_eq!(left(|column| column("author_id", Ne)), Some(975));
        // Shares multiply.
        assert_eq!(left(|column| column("author_id", Eq).and(column("id", Ne))), Some(24));
        assert_eq!(left(|column| column("id", Ne).and(column("id", Ne))), Some(998));
        assert_eq!(left(|column| column("author_id", Eq).and(column("author_id", Eq))), Some(1));
    }

    #[test]
    fn of_other_conditions_nothing_is_known() {
        use CompareOp::{Eq, Gt, Like, Ne};
        for op in [Gt, Like] {
            assert_eq!(left(|column| column("id", op)), None);
        }
        for op in [Eq, Ne] {
            assert_eq!(left(|column| column("title", op)), None, "nobody has counted its values");
            assert_eq!(left(|column| column("editor_id", op)), None, "how many are NULL is not known");
            assert_eq!(left(|column| column("author_id", op).and(column("title", op))), None);
            assert_eq!(left(|column| column("author_id", op).negate()), None);
            assert_eq!(left(|column| Predicate::any([column("author_id", op), column("id", op)])), None);
        }
    }
}
