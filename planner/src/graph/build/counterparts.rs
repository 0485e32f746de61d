//! `back_populates`: whether two relationships are one seen from both sides.

use crate::graph::{Direction, KeyColumns, RelationshipGraph};
use crate::ids::RelationshipId;

/// Why two relationships are not one seen from both sides.
pub(super) fn not_counterparts(
    graph: &RelationshipGraph,
    this: RelationshipId,
    back: RelationshipId,
) -> Option<&'static str> {
    let (this, back) = (graph.relationship(this), graph.relationship(back));
    let directions = match this.direction {
        Direction::ManyToOne => matches!(back.direction, Direction::OneToMany | Direction::OneToOne),
        Direction::OneToMany => back.direction == Direction::ManyToOne,
        Direction::OneToOne => matches!(back.direction, Direction::ManyToOne | Direction::OneToOne),
        Direction::ManyToMany => back.direction == Direction::ManyToMany,
    };
    let mirrored = match (&this.secondary, &back.secondary) {
        (Some(a), Some(b)) => {
            a.entity == b.entity
                && same_pairs(&a.source_columns, &this.source_key, &b.target_columns, &back.target_key)
                && same_pairs(&a.target_columns, &this.target_key, &b.source_columns, &back.source_key)
        }
        _ => same_pairs(&this.source_key, &this.target_key, &back.target_key, &back.source_key),
    };
    if back.target != this.source {
        Some("it leads to another entity")
    } else if !directions {
        Some("the directions do not fit")
    } else if !mirrored {
        Some("it uses other columns")
    } else {
        None
    }
}

/// Whether two lists of column pairs are equal as sets.
fn same_pairs(a_left: &KeyColumns, a_right: &KeyColumns, b_left: &KeyColumns, b_right: &KeyColumns) -> bool {
    let within = |l: &KeyColumns, r: &KeyColumns, ol: &KeyColumns, or: &KeyColumns| {
        l.iter().zip(r).all(|pair| ol.iter().zip(or).any(|other| pair == other))
    };
    a_left.len() == b_left.len() && within(a_left, a_right, b_left, b_right) && within(b_left, b_right, a_left, a_right)
}
