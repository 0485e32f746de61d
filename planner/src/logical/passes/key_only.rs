//! A to-one of which only its key is asked needs no query where every key is trusted to lead to a row: the parent holds it.
//!
//! ```text
//! post { title  author { id } }           post.author_id references author.id, trusted
//! before: post and author by a join, or author by post.author_id
//! after:  post; author is its author_id
//! ```
//!
//! Only the graph can say that a key leads to a row (`trusted`): no foreign key of a catalog is proof. A key that is
//! partly NULL leads to none, as in SQL (MATCH SIMPLE). Without trust, a note says what trust would save.

use super::{Context, LogicalPlan};
use crate::graph::{ColumnType, Relationship};
use crate::ids::LoadNodeId;
use crate::logical::Derived;
use crate::logical::equality::{self, Trust};

pub(super) fn run(plan: &mut LogicalPlan, context: &Context<'_>) {
    for id in plan.ids().rev() {
        let Some(relationship) = plan.node(id).relationship.map(|r| context.graph.relationship(r)) else { continue };
        let Some(trust) = equality::trust(context.graph, relationship) else { continue };
        if is_its_key(plan, id, relationship, context) && super::can_be_derived(plan, id) {
            let source = context.graph.entity(relationship.source);
            match trust {
                Trust::Given => {
                    super::derive(plan, id, Derived::KeyOnly);
                    let keys = source.column_names(&relationship.source_key);
                    plan.note(id, format!("key only: {}({keys}) is trusted, no statement", source.name));
                }
                Trust::Possible => {
                    let saves = if plan.node(id).is_joined() { "needs no join" } else { "needs no statement" };
                    plan.note(id, equality::trust_note(saves, source, &relationship.source_key, "its key"));
                    plan.node_mut(id).derived_if_trusted = true;
                }
            }
        }
    }
}

/// Whether the rows of a node are what its parents hold.
fn is_its_key(plan: &LogicalPlan, id: LoadNodeId, relationship: &Relationship, context: &Context<'_>) -> bool {
    let node = plan.node(id);
    let (source, target) = (context.graph.entity(relationship.source), context.graph.entity(relationship.target));
    // Values of one column compare as equal in several forms where nothing converts them: 1 and 1.0 of a BLOB column.
    let one_form = context.capabilities.typed_columns
        || relationship.source_key.iter().all(|c| source.column(*c).ty != ColumnType::Bytes);
    equality::leads_to_one(context.graph, context.capabilities, relationship)
        && one_form
        && plan.is_whole(id)
        && node.recursion.is_none()
        && target.has_identity()
        && super::needs_derived(plan, id, context).iter().all(|c| relationship.target_key.contains(c))
}
