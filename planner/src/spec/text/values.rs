//! Literals and variables, and the `name: value` pairs of arguments and objects.

use std::collections::BTreeSet;

use apollo_parser::cst;

use super::fields::Reader;
use crate::error::{Error, Span, code};
use crate::filter::Operand;
use crate::spec::forms::{Expected, integer, long_integer};
use crate::spec::problems::shorten;
use crate::value::Value;

/// `name: value`.
pub(super) struct Entry<'t> {
    /// The name.
    pub(super) name: &'t str,
    /// Where the name stands.
    pub(super) at: Span,
    /// The value.
    pub(super) value: cst::Value,
}

impl<'t> Reader<'t> {
    /// The pairs of a list of arguments or of an object, without those whose name was there before.
    pub(super) fn entries(
        &mut self,
        pairs: impl Iterator<Item = (Option<cst::Name>, Option<cst::Value>)>,
    ) -> Vec<Entry<'t>> {
        let mut seen = BTreeSet::new();
        let mut entries = Vec::new();
        for (name, value) in pairs {
            let (Some(name), Some(value)) = (name, value) else {
                self.problems.push(Error::bug("a name without a value passed the scan"));
                continue;
            };
            let at = self.span(&name);
            let name = self.source(&name);
            if seen.insert(name) {
                entries.push(Entry { name, at, value });
            } else {
                let error = Error::input(code::CONFLICT, format!("`{}` is given twice", shorten(name)));
                self.report(at, error);
            }
        }
        entries
    }

    /// A value or a variable; `name` is what it is for.
    pub(super) fn operand(&mut self, name: &str, value: &cst::Value) -> Option<Operand> {
        match value {
            cst::Value::Variable(variable) if self.is_defaulted(variable) => Some(Operand::Value(Value::Null)),
            cst::Value::Variable(variable) => self.variable(variable).map(Operand::Variable),
            value => self.scalar(name, value).map(Operand::Value),
        }
    }

    /// The name of a variable.
    pub(super) fn variable(&mut self, variable: &cst::Variable) -> Option<String> {
        variable.name().map(|name| self.source(&name).to_owned())
    }

    /// Whether a variable has a default value. That was refused, so any value stands for it: that it has none is not told.
    pub(super) fn is_defaulted(&self, variable: &cst::Variable) -> bool {
        variable.name().is_some_and(|name| self.defaulted.contains(self.source(&name)))
    }

    fn scalar(&mut self, name: &str, value: &cst::Value) -> Option<Value> {
        match value {
            cst::Value::NullValue(_) => Some(Value::Null),
            cst::Value::BooleanValue(boolean) => Some(Value::Boolean(boolean.true_token().is_some())),
            cst::Value::StringValue(string) => Some(Value::Text(string.into())),
            cst::Value::IntValue(_) => {
                let read = integer(self.source(value));
                if read.is_none() {
                    self.report(self.span(value), long_integer(self.source(value)));
                }
                read
            }
            cst::Value::FloatValue(_) => {
                let read = self.source(value).parse().ok().filter(|f: &f64| f.is_finite()).map(Value::Float);
                if read.is_none() {
                    let message = format!("{} is out of range: a float has 64 bits", shorten(self.source(value)));
                    let error = Error::input(code::OUT_OF_RANGE, message);
                    self.report(self.span(value), error.help("the largest is about 1.8e308"));
                }
                read
            }
            cst::Value::Variable(_)
            | cst::Value::EnumValue(_)
            | cst::Value::ListValue(_)
            | cst::Value::ObjectValue(_) => {
                self.wrong_type(name, Expected::Scalar, value);
                None
            }
        }
    }

    /// The object that `name` takes.
    pub(super) fn object(&mut self, name: &str, value: &cst::Value) -> Option<cst::ObjectValue> {
        if let cst::Value::ObjectValue(object) = value {
            return Some(object.clone());
        }
        self.wrong_type(name, Expected::Object, value);
        None
    }

    /// The boolean that `name` takes.
    pub(super) fn boolean(&mut self, name: &str, value: &cst::Value) -> Option<bool> {
        if let cst::Value::BooleanValue(boolean) = value {
            return Some(boolean.true_token().is_some());
        }
        self.wrong_type(name, Expected::Boolean, value);
        None
    }

    /// Reports a `value` of a type that `name` does not take.
    pub(super) fn wrong_type(&mut self, name: &str, expected: Expected, value: &cst::Value) {
        let found = match value {
            cst::Value::Variable(_) => "a variable",
            cst::Value::StringValue(_) => "a string",
            cst::Value::FloatValue(_) => "a float",
            cst::Value::IntValue(_) => "an integer",
            cst::Value::BooleanValue(_) => "a boolean",
            cst::Value::NullValue(_) => "null",
            cst::Value::EnumValue(_) => "a bare name",
            cst::Value::ListValue(_) => "a list",
            cst::Value::ObjectValue(_) => "an object",
        };
        let mut error = expected.error(name, found);
        if let (Expected::Scalar | Expected::Pattern | Expected::Columns, cst::Value::EnumValue(_)) = (expected, value)
        {
            error = error.help(format!("text stands in double quotes: \"{}\"", shorten(self.source(value))));
        }
        self.report(self.span(value), error);
    }
}
