//! `where`: an object becomes a [`Filter`]. What stands at the same level is ANDed in the order written; one condition
//! alone is not wrapped.

use apollo_parser::cst;

use super::fields::Reader;
use super::values::Entry;
use crate::error::Span;
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand};
use crate::spec::forms::{Expected, Operator, column_or_relationship, no_operator, unknown_operator};

impl<'t> Reader<'t> {
    /// The conditions of a `where` object.
    pub(super) fn filter(&mut self, object: &cst::ObjectValue) -> Filter {
        let mut conditions = Vec::new();
        for Entry { name, at, value } in self.entries(object.object_fields().map(|f| (f.name(), f.value()))) {
            match name {
                "and" => conditions.extend(self.filters(name, &value).map(Filter::And)),
                "or" => conditions.extend(self.filters(name, &value).map(Filter::Or)),
                "not" => {
                    let negated = self.object(name, &value).map(|object| self.filter(&object));
                    conditions.extend(negated.map(|filter| Filter::Not(Box::new(filter))));
                }
                _ => {
                    let first = self.problems.count();
                    self.conditions(name, at, &value, &mut conditions);
                    self.scope.mark(&mut self.problems, first, name);
                }
            }
        }
        match <[Filter; 1]>::try_from(conditions) {
            Ok([condition]) => condition,
            Err(conditions) => Filter::And(conditions),
        }
    }

    /// The list of objects that `and` and `or` take.
    fn filters(&mut self, name: &str, value: &cst::Value) -> Option<Vec<Filter>> {
        let cst::Value::ListValue(list) = value else {
            self.wrong_type(name, Expected::Objects, value);
            return None;
        };
        let mut filters = Vec::new();
        for value in list.values() {
            if let Some(object) = self.object(name, &value) {
                filters.push(self.filter(&object));
            }
        }
        Some(filters)
    }

    /// `name: value`, where `name` is a column or a relationship.
    fn conditions(&mut self, name: &'t str, at: Span, value: &cst::Value, conditions: &mut Vec<Filter>) {
        if let cst::Value::ObjectValue(object) = value {
            self.operators(name, at, object, conditions);
        } else if let Some(operand) = self.operand(name, value) {
            let test = Comparison::Compare(CompareOp::Eq, operand);
            conditions.push(Filter::Column { name: name.to_owned(), test, at: At(Some(at)) });
        }
    }

    /// `name: {operator: value, …}`.
    fn operators(&mut self, name: &'t str, at: Span, object: &cst::ObjectValue, conditions: &mut Vec<Filter>) {
        if object.object_fields().next().is_none() {
            self.report(self.span(object), no_operator(name));
        }
        let mut first = None;
        for entry in self.entries(object.object_fields().map(|f| (f.name(), f.value()))) {
            let Some(operator) = Operator::named(entry.name) else {
                self.report(entry.at, unknown_operator(entry.name, first));
                continue;
            };
            let quantifies = matches!(operator, Operator::Quantifier(_));
            if *first.get_or_insert(quantifies) != quantifies {
                self.report(entry.at, column_or_relationship(name));
                continue;
            }
            conditions.extend(self.condition(name, at, operator, &entry));
        }
    }

    /// One operator of a column or a relationship.
    fn condition(&mut self, name: &str, at: Span, operator: Operator, entry: &Entry<'t>) -> Option<Filter> {
        let (name, at) = (name.to_owned(), At(Some(at)));
        let test = match operator {
            Operator::Quantifier(quantifier) => {
                let object = self.object(entry.name, &entry.value)?;
                self.scope.enter(&name);
                let filter = Box::new(self.filter(&object));
                self.scope.leave();
                return Some(Filter::Relationship { name, quantifier, filter, at });
            }
            Operator::Compare(op) => {
                if operator.takes_pattern() && !is_pattern(&entry.value) {
                    self.wrong_type(entry.name, Expected::Pattern, &entry.value);
                    return None;
                }
                Comparison::Compare(op, self.operand(entry.name, &entry.value)?)
            }
            Operator::In { negated } => Comparison::In { list: self.list(entry.name, &entry.value)?, negated },
            Operator::IsNull => match &entry.value {
                cst::Value::Variable(variable) if self.is_defaulted(variable) => Comparison::IsNull(true),
                cst::Value::Variable(variable) => Comparison::IsNullVariable(self.variable(variable)?),
                value => Comparison::IsNull(self.boolean(entry.name, value)?),
            },
        };
        Some(Filter::Column { name, test, at })
    }

    /// The list that `in` and `not_in` take.
    fn list(&mut self, name: &str, value: &cst::Value) -> Option<ListOperand> {
        match value {
            cst::Value::ListValue(list) => {
                Some(ListOperand::Values(list.values().filter_map(|value| self.operand(name, &value)).collect()))
            }
            cst::Value::Variable(variable) if self.is_defaulted(variable) => Some(ListOperand::Values(Vec::new())),
            cst::Value::Variable(variable) => self.variable(variable).map(ListOperand::Variable),
            _ => {
                self.wrong_type(name, Expected::List, value);
                None
            }
        }
    }
}

/// Whether LIKE takes `value`: a string, or what may hold one.
fn is_pattern(value: &cst::Value) -> bool {
    matches!(value, cst::Value::StringValue(_) | cst::Value::Variable(_) | cst::Value::NullValue(_))
}
