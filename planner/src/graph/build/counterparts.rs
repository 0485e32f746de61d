//! `back_populates`: whether two relationships are one seen from both sides.

use crate::graph::casts::cast_of;
use crate::graph::{Cast, Direction, RelationshipDef};

/// Why `this` relationship of `source` and `back` are not one seen from both sides.
pub(in crate::graph) fn not_counterparts(
    source: &str,
    this: &RelationshipDef,
    back: &RelationshipDef,
) -> Option<&'static str> {
    let directions = match this.direction {
        Direction::ManyToOne => matches!(back.direction, Direction::OneToMany | Direction::OneToOne),
        Direction::OneToMany => back.direction == Direction::ManyToOne,
        Direction::OneToOne => matches!(back.direction, Direction::ManyToOne | Direction::OneToOne),
        Direction::ManyToMany => back.direction == Direction::ManyToMany,
    };
    let mirrored = match (&this.secondary, &back.secondary) {
        (Some(a), Some(b)) => {
            a.entity == b.entity
                && same_pairs(&pairs(&this.pairs), &pairs(&b.target_pairs))
                && same_pairs(&pairs(&a.target_pairs), &pairs(&back.pairs))
        }
        _ => {
            let turned: Vec<_> = pairs(&back.pairs).into_iter().map(|(here, there)| (there, here)).collect();
            same_pairs(&pairs(&this.pairs), &turned)
        }
    };
    if back.target != source {
        Some("it leads to another entity")
    } else if !directions {
        Some("the directions do not fit")
    } else if !mirrored {
        Some("it uses other columns")
    } else if !casts_alike(this, back) {
        Some("it compares them as another type")
    } else {
        None
    }
}

/// Whether each pair is cast to the same on both sides.
fn casts_alike(this: &RelationshipDef, back: &RelationshipDef) -> bool {
    type Pairs<'d> = (&'d [(String, String)], &'d [Option<Cast>]);
    let alike = |(here, casts): Pairs<'_>, (there, theirs): Pairs<'_>, turned: bool| {
        here.iter().enumerate().all(|(at, (left, right))| {
            let other =
                there.iter().position(|(a, b)| if turned { (b, a) == (left, right) } else { (a, b) == (left, right) });
            other.is_none_or(|other| cast_of(casts, at) == cast_of(theirs, other))
        })
    };
    match (&this.secondary, &back.secondary) {
        (Some(a), Some(b)) => {
            alike((&this.pairs, &this.casts), (&b.target_pairs, &b.target_casts), false)
                && alike((&a.target_pairs, &a.target_casts), (&back.pairs, &back.casts), false)
        }
        _ => alike((&this.pairs, &this.casts), (&back.pairs, &back.casts), true),
    }
}

fn pairs(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(here, there)| (here.as_str(), there.as_str())).collect()
}

/// Whether two lists of column pairs are equal as sets.
fn same_pairs(a: &[(&str, &str)], b: &[(&str, &str)]) -> bool {
    a.len() == b.len() && a.iter().all(|pair| b.contains(pair)) && b.iter().all(|pair| a.contains(pair))
}
