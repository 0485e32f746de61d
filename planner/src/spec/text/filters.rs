//! `where`: an object becomes a [`Filter`]. What stands at the same level is ANDed in the order written; one condition
//! alone is not wrapped.

use apollo_parser::cst;

use super::fields::Reader;
use super::problems::shorten;
use super::values::{Entry, Expected};
use crate::error::{Error, Span, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Quantifier};

/// What may stand in the object of a column or a relationship.
#[derive(Clone, Copy)]
enum Operator {
    Quantifier(Quantifier),
    Compare(CompareOp),
    In { negated: bool },
    IsNull,
}

/// The names of the operators, quantifiers first so that a suggestion that lists some has them.
const OPERATORS: [(&str, Operator); 14] = [
    ("any", Operator::Quantifier(Quantifier::Any)),
    ("none", Operator::Quantifier(Quantifier::None)),
    ("has", Operator::Quantifier(Quantifier::Has)),
    ("eq", Operator::Compare(CompareOp::Eq)),
    ("ne", Operator::Compare(CompareOp::Ne)),
    ("lt", Operator::Compare(CompareOp::Lt)),
    ("le", Operator::Compare(CompareOp::Le)),
    ("gt", Operator::Compare(CompareOp::Gt)),
    ("ge", Operator::Compare(CompareOp::Ge)),
    ("in", Operator::In { negated: false }),
    ("not_in", Operator::In { negated: true }),
    ("like", Operator::Compare(CompareOp::Like)),
    ("not_like", Operator::Compare(CompareOp::NotLike)),
    ("is_null", Operator::IsNull),
];

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
                _ => self.conditions(name, at, &value, &mut conditions),
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
            let message = format!("`{}` takes a value or an object of operators, found an empty object", shorten(name));
            let error = Error::input(code::ARGUMENT_TYPE, message);
            let help = "a related row is asked for with `{any: {}}`, a value with `{is_null: false}`";
            self.report(self.span(object), error.help(help));
        }
        let mut first = None;
        for entry in self.entries(object.object_fields().map(|f| (f.name(), f.value()))) {
            let Some((_, operator)) = OPERATORS.iter().find(|(known, _)| *known == entry.name) else {
                self.report(entry.at, unknown_operator(entry.name));
                continue;
            };
            let quantifies = matches!(operator, Operator::Quantifier(_));
            if *first.get_or_insert(quantifies) != quantifies {
                let message = format!("`{}` is either a column or a relationship", shorten(name));
                let error = Error::input(code::CONFLICT, message);
                self.report(entry.at, error.help("`any`, `none` and `has` do not go with other operators"));
                continue;
            }
            conditions.extend(self.condition(name, at, *operator, &entry));
        }
    }

    /// One operator of a column or a relationship.
    fn condition(&mut self, name: &str, at: Span, operator: Operator, entry: &Entry<'t>) -> Option<Filter> {
        let (name, at) = (name.to_owned(), At(Some(at)));
        let test = match operator {
            Operator::Quantifier(quantifier) => {
                let object = self.object(entry.name, &entry.value)?;
                let filter = Box::new(self.filter(&object));
                return Some(Filter::Relationship { name, quantifier, filter, at });
            }
            Operator::Compare(op) => {
                if matches!(op, CompareOp::Like | CompareOp::NotLike) && !is_pattern(&entry.value) {
                    self.wrong_type(entry.name, Expected::Pattern, &entry.value);
                    return None;
                }
                Comparison::Compare(op, self.operand(entry.name, &entry.value)?)
            }
            Operator::In { negated } => Comparison::In { list: self.list(entry.name, &entry.value)?, negated },
            Operator::IsNull => {
                if let cst::Value::Variable(_) = entry.value {
                    self.report(self.span(&entry.value), Error::not_built("a variable for `is_null`"));
                    return None;
                }
                Comparison::IsNull(self.boolean(entry.name, &entry.value)?)
            }
        };
        Some(Filter::Column { name, test, at })
    }

    /// The list that `in` and `not_in` take.
    fn list(&mut self, name: &str, value: &cst::Value) -> Option<ListOperand> {
        match value {
            cst::Value::ListValue(list) => {
                Some(ListOperand::Values(list.values().filter_map(|value| self.operand(name, &value)).collect()))
            }
            cst::Value::Variable(variable) => self.variable(variable).map(ListOperand::Variable),
            _ => {
                self.wrong_type(name, Expected::List, value);
                None
            }
        }
    }
}

fn unknown_operator(name: &str) -> Error {
    let shown = shorten(name);
    let error = Error::input(code::UNKNOWN_OPERATOR, format!("no operator `{shown}`"));
    // The words of other filter languages; the most similar one of ours would mean something else.
    match name {
        "gte" => error.help("did you mean `ge`?"),
        "lte" => error.help("did you mean `le`?"),
        "neq" => error.help("did you mean `ne`?"),
        "nin" | "notIn" => error.help("did you mean `not_in`?"),
        "some" => error.help("did you mean `any`?"),
        _ => error.suggest(&shown, OPERATORS.iter().map(|(known, _)| *known)),
    }
}

/// Whether LIKE takes `value`: a string, or what may hold one.
fn is_pattern(value: &cst::Value) -> bool {
    matches!(value, cst::Value::StringValue(_) | cst::Value::Variable(_) | cst::Value::NullValue(_))
}
