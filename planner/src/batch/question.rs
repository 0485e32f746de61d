//! What a draft asks, apart from the keys it asks it for. Drafts that ask the same can share a batch: their keys and
//! their columns are united, and so are tables that are joined only to show one more row of each.
//!
//! ```text
//! post { author @selectin { name team @joined { name } }  comment { author @selectin { id } } }
//! both authors ask one question: author by id. The team is joined for both, and comes out of the first.
//! ```

use super::draft::{Draft, Drafts};
use crate::graph::{RelationshipGraph, Secondary};
use crate::ids::{ColumnId, EntityId, LoadNodeId, RelationshipId};
use crate::logical::equality::{self, KeyType};
use crate::logical::passes::Context;
use crate::logical::{LoadNode, LogicalPlan, Ordering, Predicate};
use crate::spec::Strategy;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The question of a head.
#[derive(PartialEq, Eq, Hash)]
struct Asked<'a> {
    entity: EntityId,
    key: &'a [ColumnId],
    secondary: Option<&'a Secondary>,
    key_type: KeyType<'a>,
    filter: &'a Predicate,
    order: &'a [Ordering],
    window: (Option<u64>, u64),
    /// A subquery asks its parent's question again, and a recursion numbers rows as it meets them: both are shared only
    /// below one parent.
    only_of: Option<(LoadNodeId, RelationshipId, Strategy, Option<Option<u64>>)>,
    below: Below,
}

/// The question of a join.
#[derive(PartialEq, Eq, Hash)]
struct Joined<'a> {
    relationship: RelationshipId,
    filter: &'a Predicate,
    inner: bool,
    order: &'a [Ordering],
    below: Below,
}

/// The questions of joins that leave rows out or repeat them, sorted. A left join to one row does neither.
type Below = SmallVec<[u32; 2]>;

/// The questions of a plan's drafts.
pub(crate) struct Questions {
    /// Of each draft.
    pub(crate) of_drafts: Vec<u32>,
    /// Of each node that is joined.
    joined: Vec<Option<u32>>,
}

impl Questions {
    /// Numbers the questions; drafts that nothing can be merged with have one of their own.
    pub(crate) fn of(drafts: &Drafts, plan: &LogicalPlan, context: &Context<'_>) -> Self {
        let mut joined: Vec<Option<u32>> = vec![None; plan.nodes.len()];
        // By node: the joins below it that matter, which are settled before it is.
        let mut below: Vec<Below> = vec![Below::new(); plan.nodes.len()];
        let mut known: FxHashMap<Joined<'_>, u32> = FxHashMap::default();
        let tables = drafts.list.iter().flat_map(|draft| &draft.joined).flatten();
        let mut tables: Vec<LoadNodeId> = tables.copied().collect();
        tables.sort_unstable();
        for id in tables.into_iter().rev() {
            let node = plan.node(id);
            let (Some(relationship), Some(parent)) = (node.relationship, node.parent) else { continue };
            let below_it = sorted(&mut below, id);
            let matters = node.to_many || node.inner_join || !below_it.is_empty();
            let asked = Joined {
                relationship,
                filter: &node.filter,
                inner: node.inner_join,
                order: if node.to_many { &node.order } else { &[] },
                below: below_it,
            };
            let next = known.len() as u32;
            let question = *known.entry(asked).or_insert(next);
            joined[id.index()] = Some(question);
            if matters {
                below[parent.index()].push(question);
            }
        }
        let mut known: FxHashMap<Asked<'_>, u32> = FxHashMap::default();
        let mut next = 0;
        let of_drafts = drafts.list.iter().map(|draft| {
            let head = plan.node(draft.heads[0]);
            let new = next;
            next += 1;
            match asked(head, plan.key_holder(head.id), sorted(&mut below, head.id), context) {
                Some(asked) => *known.entry(asked).or_insert(new),
                None => new,
            }
        });
        Self { of_drafts: of_drafts.collect(), joined }
    }

    /// A draft with the nodes of others that ask the same.
    pub(crate) fn united<'a>(
        &self,
        plan: &LogicalPlan,
        first: &Draft,
        others: impl Iterator<Item = &'a Draft> + Clone,
    ) -> Draft {
        let mut united = first.clone();
        united.heads.extend(others.clone().flat_map(|other| other.heads.iter().copied()));
        united.heads.sort_unstable();
        for other in others {
            self.unite_joins(plan, &mut united, other);
        }
        united
    }

    /// Adds the tables that are joined in another draft.
    fn unite_joins(&self, plan: &LogicalPlan, united: &mut Draft, other: &Draft) {
        // A table serves one node of each draft: two that are joined twice stay two.
        let mut taken: Vec<bool> = vec![false; united.joined.len()];
        for nodes in &other.joined {
            let id = nodes[0];
            let parent = plan.node(id).parent.and_then(|parent| united.slot(parent));
            let same = united.joined.iter().enumerate().position(|(index, table)| {
                let free = taken.get(index).is_some_and(|taken| !taken);
                free && self.joined[table[0].index()] == self.joined[id.index()]
                    && plan.node(table[0]).parent.and_then(|parent| united.slot(parent)) == parent
            });
            match same {
                Some(index) => {
                    united.joined[index].extend(nodes.iter().copied());
                    taken[index] = true;
                }
                None => united.joined.push(nodes.clone()),
            }
        }
    }
}

/// The joins that matter below a node.
fn sorted(below: &mut [Below], id: LoadNodeId) -> Below {
    let mut below = std::mem::take(&mut below[id.index()]);
    below.sort_unstable();
    below
}

/// What a head asks; `None` for a root, whose statement has no keys.
fn asked<'a>(head: &'a LoadNode, parent: Option<LoadNodeId>, below: Below, context: &Context<'a>) -> Option<Asked<'a>> {
    let (id, parent) = (head.relationship?, parent?);
    let relationship = context.graph.relationship(id);
    // Of rows that a key finds at most one of, the order is none.
    let finds_one = relationship.key_finds_one(context.graph.entity(head.entity));
    let alone = head.recursion.is_some() || head.strategy != Strategy::Selectin;
    Some(Asked {
        entity: head.entity,
        key: &relationship.target_key,
        secondary: relationship.secondary.as_ref(),
        key_type: equality::key_type(context.graph, context.capabilities, relationship),
        filter: &head.filter,
        order: if finds_one && !head.has_window() { &[] } else { &head.order },
        window: (head.limit, head.offset),
        only_of: alone.then(|| (parent, id, head.strategy, head.recursion.as_ref().map(|r| r.depth))),
        below,
    })
}

/// The tables that a draft's statement joins, and a bound on the columns that it reads.
pub(crate) fn width(graph: &RelationshipGraph, plan: &LogicalPlan, draft: &Draft) -> (usize, usize) {
    let every = std::iter::once(&draft.heads[..]).chain(draft.joined.iter().map(|nodes| &nodes[..]));
    let widths = every.map(|nodes| {
        let mut read: Vec<ColumnId> = nodes.iter().flat_map(|node| &plan.node(*node).fetch).copied().collect();
        read.sort_unstable();
        read.dedup();
        let relationship = plan.node(nodes[0]).relationship.map(|id| graph.relationship(id));
        let through = relationship.and_then(|r| r.secondary.as_ref());
        let links = nodes.iter().filter_map(|node| plan.node(*node).link.as_ref()).map(Vec::len).sum::<usize>();
        let link_key = through.filter(|_| links > 0).map_or(0, |s| graph.entity(s.entity).primary_key.len());
        let key = relationship.map_or(0, |r| r.target_key.len());
        (1 + usize::from(through.is_some()), read.len() + links + link_key + key)
    });
    // Beside them the list of keys may be a table, and tell ordinals.
    widths.fold((1, 1), |all, one| (all.0 + one.0, all.1 + one.1))
}
