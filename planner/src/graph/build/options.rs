//! What one relationship says of itself: its name, options that contradict each other, its order and its condition.

use super::ProblemsAt;
use crate::error::{Error, code};
use crate::filter::{Comparison, Filter, ListOperand, Operand};
use crate::graph::{Direction, Entity, RelationshipDef};
use crate::spec::depth::MAX_DEPTH;

pub(super) fn check_name(source: &Entity, def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    if def.name.is_empty() {
        problems.say(code::INCOMPLETE, format!("a relationship of `{}` without a name", source.name), "name it");
    }
    if source.columns.contains_key(&def.name) {
        problems.say(
            code::DUPLICATE_NAME,
            format!("`{}` is a column of `{}` too", def.name, source.name),
            "rename the relationship: both would come out under one key",
        );
    }
}

pub(super) fn check_options(def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    match (&def.secondary, def.direction) {
        (None, Direction::ManyToMany) => {
            problems.say(code::INCOMPLETE, "a many-to-many without an association table", "name it with `secondary`");
        }
        (Some(secondary), direction) if direction != Direction::ManyToMany => problems.say(
            code::INCONSISTENT,
            format!("`{}` goes through `{}`, but is {}", def.name, secondary.entity, direction.name()),
            "make it many-to-many, or drop `secondary`",
        ),
        _ => {}
    }
    if def.direction == Direction::ManyToOne && def.uselist == Some(true) {
        problems.say(
            code::INCONSISTENT,
            "a many-to-one cannot be a list",
            "drop `uselist`, or define the relationship as one-to-many",
        );
    }
    if def.trusted == Some(true) && def.direction != Direction::ManyToOne {
        problems.say(
            code::INCONSISTENT,
            format!("a trusted relationship that is {}", def.direction.name()),
            "trust the many-to-one, whose source holds the foreign key",
        );
    }
    if def.viewonly && def.on_delete.is_some() {
        problems.say(
            code::INCONSISTENT,
            "a viewonly relationship has no action on deletion",
            "drop `on_delete` or `viewonly`",
        );
    }
    if !def.order_by.is_empty() && !def.is_list() {
        problems.say(code::INCONSISTENT, "an order on what is not a list", "drop `order_by`");
    }
}

pub(super) fn check_order_and_predicate(target: &Entity, def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    for term in &def.order_by {
        problems.column(target, &term.column);
    }
    if let Some(predicate) = &def.predicate {
        check_predicate(target, predicate, problems, 0);
    }
}

/// A predicate is a condition on the target's own columns, with literal values.
fn check_predicate(target: &Entity, filter: &Filter, problems: &mut ProblemsAt<'_>, depth: usize) {
    if depth > MAX_DEPTH {
        // Once, however many conditions stand at that depth.
        if problems.problems.found.last().is_none_or(|e| e.code != code::TOO_DEEP || e.at.path != problems.place.path())
        {
            let message = format!("more than {MAX_DEPTH} levels of conditions in the predicate");
            problems.say(code::TOO_DEEP, message, "flatten the predicate");
        }
        return;
    }
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|f| check_predicate(target, f, problems, depth + 1)),
        Filter::Not(inner) => check_predicate(target, inner, problems, depth + 1),
        Filter::Column { name, test, at: _ } => {
            problems.column(target, name);
            if has_variable(test) {
                let message = format!("the predicate compares `{name}` with a variable");
                let help = "a relationship's predicate is part of the graph: give it a value";
                problems.add_about(Some(name), Error::input(code::INCONSISTENT, message).help(help));
            }
        }
        Filter::Relationship { name, .. } => {
            let message = format!("the predicate asks for the relationship `{name}`");
            let help = "a relationship's predicate can test columns of its target only";
            problems.add_about(Some(name), Error::input(code::INCONSISTENT, message).help(help));
        }
    }
}

fn has_variable(test: &Comparison) -> bool {
    match test {
        Comparison::Compare(_, operand) => matches!(operand, Operand::Variable(_)),
        Comparison::In { list: ListOperand::Variable(_), .. } => true,
        Comparison::In { list: ListOperand::Values(values), .. } => {
            values.iter().any(|v| matches!(v, Operand::Variable(_)))
        }
        Comparison::IsNullVariable(_) => true,
        Comparison::IsNull(_) => false,
    }
}
