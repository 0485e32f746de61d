//! The shape of a specification: all of it but its values, which stay out of a compiled plan. Two specifications of
//! one shape share a plan. The class of a value belongs to the shape (NULL changes the SQL), and so does the emptiness
//! of a list.
//!
//! Hashing and comparing allocate nothing. [`LoadSpec::values`] lists the values in the order in which
//! [`logical`](crate::logical) numbers them: depth first, `where` before the fields.

use super::{Arguments, ColumnList, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm};
use crate::error::{Error, Result};
use crate::value::Value;
use std::hash::{Hash, Hasher};

/// What a bind of a plan stands for.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum BindValue {
    /// One value.
    One(Value),
    /// A list of values: one bind where the database can.
    Many(Vec<Value>),
}

impl BindValue {
    /// The value, if it is one.
    ///
    /// # Errors
    /// [`Error::bug`] for a list: a plan for a database without arrays binds none.
    pub fn one(&self) -> Result<&Value> {
        match self {
            Self::One(value) => Ok(value),
            Self::Many(_) => Err(Error::bug("a list is bound as an array, which this database does not have").into()),
        }
    }
}

impl LoadSpec {
    /// Every value of the specification, numbered as the plan's binds are.
    #[must_use]
    pub fn values(&self) -> Vec<BindValue> {
        let mut values = Vec::new();
        field_values(&self.root, &mut values);
        values
    }

    /// Hashes the shape.
    pub(crate) fn hash_shape(&self, state: &mut impl Hasher) {
        hash_field(&self.root, state);
    }

    /// Whether both have one shape.
    pub(crate) fn same_shape(&self, other: &Self) -> bool {
        same_field(&self.root, &other.root)
    }
}

fn field_values(field: &Field, values: &mut Vec<BindValue>) {
    if let Some(filter) = &field.arguments.filter {
        filter_values(filter, values);
    }
    for field in field.fields.iter().flatten() {
        field_values(field, values);
    }
}

/// Appends the values of a filter, one for every operand and list.
pub(crate) fn filter_values(filter: &Filter, values: &mut Vec<BindValue>) {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|f| filter_values(f, values)),
        Filter::Not(inner) => filter_values(inner, values),
        Filter::Relationship { filter, .. } => filter_values(filter, values),
        Filter::Column { test: Comparison::Compare(_, operand), .. } => values.push(BindValue::One(value(operand))),
        Filter::Column { test: Comparison::In { list, .. }, .. } => values.push(BindValue::Many(match list {
            ListOperand::Values(list) => list.iter().map(value).collect(),
            ListOperand::Variable(_) => Vec::new(),
        })),
        Filter::Column { test: Comparison::IsNull(_) | Comparison::IsNullVariable(_), .. } => {}
    }
}

/// A variable without a value is refused when the shape is first compiled, so that its stand-in is never bound.
fn value(operand: &Operand) -> Value {
    match operand {
        Operand::Value(value) => value.clone(),
        Operand::Variable(_) => Value::Null,
    }
}

fn hash_field(field: &Field, state: &mut impl Hasher) {
    let Field { name, alias, arguments, strategy, inner, except, default_strategy, recurse, link, fields, at: _ } =
        field;
    let Arguments { filter, order, limit, offset, at: _ } = arguments;
    (name, alias, limit, offset, strategy, inner, order.len()).hash(state);
    (columns(except), default_strategy, recurse.as_ref().map(|r| r.depth), columns(link)).hash(state);
    for OrderTerm { column, descending, at: _ } in order {
        (column, descending).hash(state);
    }
    filter.is_some().hash(state);
    if let Some(filter) = filter {
        hash_filter(filter, state);
    }
    fields.as_ref().map(Vec::len).hash(state);
    for field in fields.iter().flatten() {
        hash_field(field, state);
    }
}

fn columns(list: &Option<ColumnList>) -> Option<&[String]> {
    list.as_ref().map(|list| list.columns.as_slice())
}

fn hash_filter(filter: &Filter, state: &mut impl Hasher) {
    std::mem::discriminant(filter).hash(state);
    match filter {
        Filter::And(all) | Filter::Or(all) => {
            all.len().hash(state);
            all.iter().for_each(|f| hash_filter(f, state));
        }
        Filter::Not(inner) => hash_filter(inner, state),
        Filter::Relationship { name, quantifier, filter, at: _ } => {
            (name, quantifier).hash(state);
            hash_filter(filter, state);
        }
        Filter::Column { name, test, at: _ } => {
            name.hash(state);
            std::mem::discriminant(test).hash(state);
            match test {
                Comparison::Compare(op, operand) => {
                    op.hash(state);
                    hash_operand(operand, state);
                }
                Comparison::In { list, negated } => (negated, list_shape(list)).hash(state),
                Comparison::IsNull(null) => null.hash(state),
                Comparison::IsNullVariable(name) => name.hash(state),
            }
        }
    }
}

fn hash_operand(operand: &Operand, state: &mut impl Hasher) {
    match operand {
        Operand::Value(value) => value.kind().hash(state),
        Operand::Variable(name) => name.hash(state),
    }
}

/// A list's part of the shape: its variable, whether it is empty, and whether a variable in it lacks a value.
fn list_shape(list: &ListOperand) -> (Option<&str>, bool, bool) {
    match list {
        ListOperand::Values(values) => {
            (None, values.is_empty(), values.iter().any(|v| matches!(v, Operand::Variable(_))))
        }
        ListOperand::Variable(name) => (Some(name), false, true),
    }
}

fn same_field(a: &Field, b: &Field) -> bool {
    let Field { name, alias, arguments, strategy, inner, except, default_strategy, recurse, link, fields, at: _ } = a;
    let Arguments { filter, order, limit, offset, at: _ } = arguments;
    let other = &b.arguments;
    (name, alias, strategy, inner) == (&b.name, &b.alias, &b.strategy, &b.inner)
        && (except, default_strategy, recurse, link) == (&b.except, &b.default_strategy, &b.recurse, &b.link)
        && (limit, offset, order) == (&other.limit, &other.offset, &other.order)
        && match (filter, &other.filter) {
            (Some(a), Some(b)) => same_filter(a, b),
            (None, None) => true,
            _ => false,
        }
        && match (fields, &b.fields) {
            (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_field(a, b)),
            (None, None) => true,
            _ => false,
        }
}

fn same_filter(a: &Filter, b: &Filter) -> bool {
    match (a, b) {
        (Filter::And(a), Filter::And(b)) | (Filter::Or(a), Filter::Or(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_filter(a, b))
        }
        (Filter::Not(a), Filter::Not(b)) => same_filter(a, b),
        (
            Filter::Relationship { name, quantifier, filter, at: _ },
            Filter::Relationship { name: other, quantifier: other_quantifier, filter: other_filter, at: _ },
        ) => (name, quantifier) == (other, other_quantifier) && same_filter(filter, other_filter),
        (Filter::Column { name, test, at: _ }, Filter::Column { name: other, test: other_test, at: _ }) => {
            name == other && same_test(test, other_test)
        }
        _ => false,
    }
}

fn same_test(a: &Comparison, b: &Comparison) -> bool {
    match (a, b) {
        (Comparison::Compare(op, operand), Comparison::Compare(other_op, other)) => {
            op == other_op
                && match (operand, other) {
                    (Operand::Value(a), Operand::Value(b)) => a.kind() == b.kind(),
                    (a, b) => a == b,
                }
        }
        (Comparison::In { list, negated }, Comparison::In { list: other, negated: other_negated }) => {
            negated == other_negated && list_shape(list) == list_shape(other)
        }
        (Comparison::IsNull(a), Comparison::IsNull(b)) => a == b,
        (Comparison::IsNullVariable(a), Comparison::IsNullVariable(b)) => a == b,
        _ => false,
    }
}
