//! A filter becomes the object of a `where` that reads back as the same filter. An object is the AND of its pairs, in
//! order, unless it has one pair alone: where the parts of an [`Filter::And`] would not come back in that way, they
//! stand in a list, `{and: […]}`.

use super::Tree;
use crate::filter::{CompareOp, Comparison, Filter, ListOperand};
use crate::spec::forms::Operator;
use std::collections::BTreeSet;

/// The pairs of the object.
pub(crate) fn conditions(filter: &Filter) -> Vec<(&str, Tree<'_>)> {
    match filter {
        Filter::And(all) => side_by_side(all).unwrap_or_else(|| vec![("and", objects(all))]),
        Filter::Or(some) => vec![("or", objects(some))],
        Filter::Not(inner) => vec![("not", object(inner))],
        Filter::Column { name, test, at: _ } => vec![(name, tests(vec![test_of(test)]))],
        Filter::Relationship { name, quantifier, filter, at: _ } => {
            vec![(name, tests(vec![(Operator::Quantifier(*quantifier), object(filter))]))]
        }
    }
}

fn object(filter: &Filter) -> Tree<'_> {
    Tree::Object(conditions(filter))
}

fn objects(filters: &[Filter]) -> Tree<'_> {
    Tree::List(filters.iter().map(object).collect())
}

/// Operators of one name, and what they are given.
type Tests<'a> = Vec<(Operator, Tree<'a>)>;

/// The parts of an AND as pairs of one object; `None` if they would not read back as the same parts.
fn side_by_side(all: &[Filter]) -> Option<Vec<(&str, Tree<'_>)>> {
    if all.len() == 1 {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut groups: Vec<(&str, Result<Tests<'_>, Tree<'_>>)> = Vec::new();
    for filter in all {
        let (name, part) = match filter {
            Filter::And(all) => ("and", Err(objects(all))),
            Filter::Or(some) => ("or", Err(objects(some))),
            Filter::Not(inner) => ("not", Err(object(inner))),
            Filter::Column { name, test, at: _ } => (name.as_str(), Ok(test_of(test))),
            Filter::Relationship { name, quantifier, filter, at: _ } => {
                (name.as_str(), Ok((Operator::Quantifier(*quantifier), object(filter))))
            }
        };
        match (groups.last_mut(), part) {
            (Some((last, Ok(tests))), Ok(test)) if *last == name && joins(tests, test.0) => tests.push(test),
            (_, part) if seen.insert(name) => groups.push((name, part.map(|test| vec![test]))),
            _ => return None,
        }
    }
    Some(groups.into_iter().map(|(name, part)| (name, part.map_or_else(|tree| tree, tests))).collect())
}

/// Whether an operator can stand in one object with `tests`.
fn joins(tests: &Tests<'_>, operator: Operator) -> bool {
    let quantifies = |operator: Operator| matches!(operator, Operator::Quantifier(_));
    tests.iter().all(|(known, _)| *known != operator && quantifies(*known) == quantifies(operator))
}

/// What stands behind the name of a column or a relationship.
fn tests(mut tests: Tests<'_>) -> Tree<'_> {
    if let [(Operator::Compare(CompareOp::Eq), _)] = tests.as_slice()
        && let Some((_, value)) = tests.pop()
    {
        return value;
    }
    Tree::Object(tests.into_iter().map(|(operator, value)| (operator.name(), value)).collect())
}

fn test_of(test: &Comparison) -> (Operator, Tree<'_>) {
    match test {
        Comparison::Compare(op, operand) => (Operator::Compare(*op), operand.into()),
        Comparison::In { list, negated } => {
            let list = match list {
                ListOperand::Values(values) => Tree::List(values.iter().map(Tree::from).collect()),
                ListOperand::Variable(name) => Tree::Variable(name),
            };
            (Operator::In { negated: *negated }, list)
        }
        Comparison::IsNull(null) => (Operator::IsNull, Tree::Boolean(*null)),
        Comparison::IsNullVariable(name) => (Operator::IsNull, Tree::Variable(name)),
    }
}
