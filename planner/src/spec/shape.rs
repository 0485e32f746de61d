//! The shape of a specification: all of it but its values, which stay out of a compiled plan. Two specifications of
//! one shape share a plan. The class of a value belongs to the shape (NULL changes the SQL), and so does the emptiness
//! of a list.
//!
//! Which conditions of relationships are equal as a whole belongs to it too, since they bind their values once (`shared`).
//! [`LoadSpec::values`] lists the values in the order in which [`logical`](crate::logical) numbers them: depth first,
//! `where` before the fields.

use super::shared::Repeats;
use super::{Arguments, ColumnList, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm};
use crate::error::{Error, Result};
use crate::value::Value;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

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

/// The shape of a specification, ready to be looked up: made and compared without allocations, but for specifications
/// with more conditions of relationships than [`shared`](super::shared) keeps in place.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    spec: LoadSpec,
    hash: u64,
    repeats: Repeats,
}

impl Shape {
    /// The shape of a specification that is [shallow](LoadSpec::is_shallow).
    pub(crate) fn of(spec: &LoadSpec) -> Self {
        let repeats = spec.repeats();
        let mut hasher = FxHasher::default();
        hash_field(&spec.root, &mut hasher);
        repeats.iter().for_each(|repeat| repeat.hash(&mut hasher));
        Self { spec: spec.clone(), hash: hasher.finish(), repeats }
    }

    /// Its hash, which is the same in every process.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<Field>, b: &Arc<Field>| Arc::ptr_eq(a, b) || same_field(a, b);
        self.hash == other.hash && self.repeats == other.repeats && same(&self.spec.root, &other.spec.root)
    }
}

impl Eq for Shape {}

impl Hash for Shape {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

/// How much of two conditions has to be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Same {
    /// All but the values.
    Shape,
    /// The values too, to the bit.
    Whole,
}

impl Same {
    fn value(self, a: &Value, b: &Value) -> bool {
        match (self, a, b) {
            (Self::Shape, _, _) => a.kind() == b.kind(),
            (Self::Whole, Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Whole, _, _) => a == b,
        }
    }

    fn operand(self, a: &Operand, b: &Operand) -> bool {
        match (a, b) {
            (Operand::Value(a), Operand::Value(b)) => self.value(a, b),
            (a, b) => a == b,
        }
    }

    fn list(self, a: &ListOperand, b: &ListOperand) -> bool {
        match (self, a, b) {
            (Self::Whole, ListOperand::Values(a), ListOperand::Values(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.operand(a, b))
            }
            _ => list_shape(a) == list_shape(b),
        }
    }

    fn hash_operand(self, operand: &Operand, state: &mut impl Hasher) {
        match operand {
            Operand::Value(value) => {
                value.kind().hash(state);
                if self == Self::Whole {
                    hash_value(value, state);
                }
            }
            Operand::Variable(name) => name.hash(state),
        }
    }

    fn hash_list(self, list: &ListOperand, state: &mut impl Hasher) {
        list_shape(list).hash(state);
        if let (Self::Whole, ListOperand::Values(values)) = (self, list) {
            values.len().hash(state);
            values.iter().for_each(|operand| self.hash_operand(operand, state));
        }
    }
}

fn hash_value(value: &Value, state: &mut impl Hasher) {
    match value {
        Value::Null => {}
        Value::Boolean(b) => b.hash(state),
        Value::Integer(i) => i.hash(state),
        Value::Unsigned(u) => u.hash(state),
        Value::Float(f) => f.to_bits().hash(state),
        Value::Text(text) => text.hash(state),
        Value::Bytes(bytes) => bytes.hash(state),
    }
}

/// What a filter compares with.
#[derive(Clone, Copy)]
pub(crate) enum Compared<'a> {
    One(&'a Operand),
    Many(&'a ListOperand),
}

impl Compared<'_> {
    pub(crate) fn to_bind(self) -> BindValue {
        match self {
            Self::One(operand) => BindValue::One(value(operand)),
            Self::Many(ListOperand::Values(list)) => BindValue::Many(list.iter().map(value).collect()),
            Self::Many(ListOperand::Variable(_)) => BindValue::Many(Vec::new()),
        }
    }
}

/// Visits what a filter compares with: every operand and list is one bind.
pub(crate) fn each_compared<'a>(filter: &'a Filter, visit: &mut impl FnMut(Compared<'a>)) {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|f| each_compared(f, visit)),
        Filter::Not(inner) => each_compared(inner, visit),
        Filter::Relationship { filter, .. } => each_compared(filter, visit),
        Filter::Column { test: Comparison::Compare(_, operand), .. } => visit(Compared::One(operand)),
        Filter::Column { test: Comparison::In { list, .. }, .. } => visit(Compared::Many(list)),
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
        hash_filter(filter, Same::Shape, state);
    }
    fields.as_ref().map(Vec::len).hash(state);
    for field in fields.iter().flatten() {
        hash_field(field, state);
    }
}

fn columns(list: &Option<ColumnList>) -> Option<&[String]> {
    list.as_ref().map(|list| list.columns.as_slice())
}

/// Hashes what `same` compares of a condition.
pub(crate) fn hash_filter(filter: &Filter, same: Same, state: &mut impl Hasher) {
    std::mem::discriminant(filter).hash(state);
    match filter {
        Filter::And(all) | Filter::Or(all) => {
            all.len().hash(state);
            all.iter().for_each(|f| hash_filter(f, same, state));
        }
        Filter::Not(inner) => hash_filter(inner, same, state),
        Filter::Relationship { name, quantifier, filter, at: _ } => {
            (name, quantifier).hash(state);
            hash_filter(filter, same, state);
        }
        Filter::Column { name, test, at: _ } => {
            name.hash(state);
            std::mem::discriminant(test).hash(state);
            match test {
                Comparison::Compare(op, operand) => {
                    op.hash(state);
                    same.hash_operand(operand, state);
                }
                Comparison::In { list, negated } => {
                    negated.hash(state);
                    same.hash_list(list, state);
                }
                Comparison::IsNull(null) => null.hash(state),
                Comparison::IsNullVariable(name) => name.hash(state),
            }
        }
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
            (Some(a), Some(b)) => same_filter(a, b, Same::Shape),
            (None, None) => true,
            _ => false,
        }
        && match (fields, &b.fields) {
            (Some(a), Some(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_field(a, b)),
            (None, None) => true,
            _ => false,
        }
}

/// Whether two conditions are the same.
pub(crate) fn same_filter(a: &Filter, b: &Filter, same: Same) -> bool {
    match (a, b) {
        (Filter::And(a), Filter::And(b)) | (Filter::Or(a), Filter::Or(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_filter(a, b, same))
        }
        (Filter::Not(a), Filter::Not(b)) => same_filter(a, b, same),
        (
            Filter::Relationship { name, quantifier, filter, at: _ },
            Filter::Relationship { name: other, quantifier: other_quantifier, filter: other_filter, at: _ },
        ) => (name, quantifier) == (other, other_quantifier) && same_filter(filter, other_filter, same),
        (Filter::Column { name, test, at: _ }, Filter::Column { name: other, test: other_test, at: _ }) => {
            name == other && same_test(test, other_test, same)
        }
        _ => false,
    }
}

fn same_test(a: &Comparison, b: &Comparison, same: Same) -> bool {
    match (a, b) {
        (Comparison::Compare(op, operand), Comparison::Compare(other_op, other)) => {
            op == other_op && same.operand(operand, other)
        }
        (Comparison::In { list, negated }, Comparison::In { list: other, negated: other_negated }) => {
            negated == other_negated && same.list(list, other)
        }
        (Comparison::IsNull(a), Comparison::IsNull(b)) => a == b,
        (Comparison::IsNullVariable(a), Comparison::IsNullVariable(b)) => a == b,
        _ => false,
    }
}
