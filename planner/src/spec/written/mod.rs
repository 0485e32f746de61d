//! What both written forms make of a specification: conditions become a [`Tree`] of plain values, which text and JSON
//! each spell in their way; [`check`] looks for what a form has no way to say, so that printing itself cannot fail.

mod check;
mod conditions;

pub(crate) use check::{Form, check};
pub(crate) use conditions::conditions;

use crate::filter::Operand;
use crate::value::Value;
use std::borrow::Cow;

/// A value of a written form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// An integer beyond `i64`.
    Unsigned(u64),
    /// A finite float.
    Float(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// The name of a strategy: a bare name in text, a string in JSON.
    Name(&'static str),
    /// Bytes; JSON alone has a way to say them.
    Bytes(&'a [u8]),
    /// A variable.
    Variable(&'a str),
    /// A list.
    List(Vec<Tree<'a>>),
    /// An object, in order.
    Object(Vec<(&'a str, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// A list of strings.
    pub(crate) fn texts(texts: &'a [String]) -> Self {
        Self::List(texts.iter().map(|text| Self::Text(text.into())).collect())
    }

    /// A number of rows or levels; [`check`] refuses what is no `i64`.
    pub(crate) fn count(count: u64) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// How many lists and objects are open at once, where bytes and variables take `marked` of them.
    pub(crate) fn depth(&self, marked: usize) -> usize {
        match self {
            Self::List(values) => 1 + values.iter().map(|value| value.depth(marked)).max().unwrap_or(0),
            Self::Object(pairs) => 1 + pairs.iter().map(|(_, value)| value.depth(marked)).max().unwrap_or(0),
            Self::Bytes(_) | Self::Variable(_) => marked,
            _ => 0,
        }
    }
}

impl<'a> From<&'a Operand> for Tree<'a> {
    fn from(operand: &'a Operand) -> Self {
        match operand {
            Operand::Variable(name) => Self::Variable(name),
            Operand::Value(Value::Null) => Self::Null,
            Operand::Value(Value::Boolean(boolean)) => Self::Boolean(*boolean),
            Operand::Value(Value::Integer(integer)) => Self::Integer(*integer),
            Operand::Value(Value::Unsigned(integer)) => Self::Unsigned(integer.get()),
            Operand::Value(Value::Float(float)) => Self::Float(*float),
            Operand::Value(Value::Text(text)) => Self::Text(text.into()),
            Operand::Value(Value::Bytes(bytes)) => Self::Bytes(bytes),
        }
    }
}
