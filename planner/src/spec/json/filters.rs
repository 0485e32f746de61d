//! `where`: an object becomes a [`Filter`], as the text form has it.

use super::node::Node;
use super::read::{Pairs, Reader};
use crate::error::{Error, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand};
use crate::spec::forms::{
    Expected, Operator, column_or_relationship, integer, long_integer, no_operator, unknown_operator,
};
use crate::spec::problems::shorten;
use crate::value::Value;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// An object that stands for a value: its key, which begins with `$`, and what is behind it.
fn marked(node: &Node) -> Option<(&str, &Node)> {
    match node {
        Node::Object(pairs) => match pairs.as_slice() {
            [(key, value)] if key.starts_with('$') => Some((key, value)),
            _ => None,
        },
        _ => None,
    }
}

impl Reader {
    /// The conditions of a `where` object.
    pub(super) fn filter(&mut self, pairs: Pairs) -> Filter {
        let mut conditions = Vec::new();
        for (name, node) in self.unique(pairs) {
            self.within(&name, |reader| match name.as_str() {
                "and" => conditions.extend(reader.filters(&name, node).map(Filter::And)),
                "or" => conditions.extend(reader.filters(&name, node).map(Filter::Or)),
                "not" => {
                    let negated = reader.object(&name, node).map(|pairs| reader.filter(pairs));
                    conditions.extend(negated.map(|filter| Filter::Not(Box::new(filter))));
                }
                _ => {
                    let first = reader.problems.count();
                    reader.conditions(&name, node, &mut conditions);
                    reader.scope.mark(&mut reader.problems, first, &name);
                }
            });
        }
        match <[Filter; 1]>::try_from(conditions) {
            Ok([condition]) => condition,
            Err(conditions) => Filter::And(conditions),
        }
    }

    /// The list of objects that `and` and `or` take.
    fn filters(&mut self, name: &str, node: Node) -> Option<Vec<Filter>> {
        let Node::List(nodes) = node else {
            self.wrong_type(name, Expected::Objects, &node);
            return None;
        };
        let mut filters = Vec::new();
        for (i, node) in nodes.into_iter().enumerate() {
            self.within(&i.to_string(), |reader| {
                if let Some(pairs) = reader.object(name, node) {
                    filters.push(reader.filter(pairs));
                }
            });
        }
        Some(filters)
    }

    /// What stands behind the name of a column or a relationship.
    fn conditions(&mut self, name: &str, node: Node, conditions: &mut Vec<Filter>) {
        match node {
            Node::Object(pairs) if !matches!(pairs.as_slice(), [(key, _)] if key.starts_with('$')) => {
                self.operators(name, pairs, conditions);
            }
            node => conditions.extend(self.operand(name, node).map(|operand| Filter::Column {
                name: name.to_owned(),
                test: Comparison::Compare(CompareOp::Eq, operand),
                at: At::default(),
            })),
        }
    }

    /// `{operator: value, …}`.
    fn operators(&mut self, name: &str, pairs: Pairs, conditions: &mut Vec<Filter>) {
        if pairs.is_empty() {
            self.report(no_operator(name));
        }
        let mut first = None;
        for (key, node) in self.unique(pairs) {
            let Some(operator) = Operator::named(&key) else {
                self.report(unknown_operator(&key, first));
                continue;
            };
            let quantifies = matches!(operator, Operator::Quantifier(_));
            if *first.get_or_insert(quantifies) != quantifies {
                self.report(column_or_relationship(name));
                continue;
            }
            conditions.extend(self.within(&key, |reader| reader.condition(name, operator, node)));
        }
    }

    /// One operator of a column or a relationship.
    fn condition(&mut self, name: &str, operator: Operator, node: Node) -> Option<Filter> {
        let (key, at) = (operator.name(), At::default());
        let test = match operator {
            Operator::Quantifier(quantifier) => {
                let pairs = self.object(key, node)?;
                self.scope.enter(name);
                let filter = Box::new(self.filter(pairs));
                self.scope.leave();
                return Some(Filter::Relationship { name: name.to_owned(), quantifier, filter, at });
            }
            Operator::Compare(op) => {
                let is_variable = marked(&node).is_some_and(|(mark, _)| mark == "$");
                if operator.takes_pattern() && !is_variable && !matches!(node, Node::Text(_) | Node::Null) {
                    self.wrong_type(key, Expected::Pattern, &node);
                    return None;
                }
                Comparison::Compare(op, self.operand(key, node)?)
            }
            Operator::In { negated } => Comparison::In { list: self.list(key, node)?, negated },
            Operator::IsNull => match marked(&node) {
                Some(("$", Node::Text(name))) => Comparison::IsNullVariable(name.clone()),
                _ => Comparison::IsNull(self.boolean(key, &node)?),
            },
        };
        Some(Filter::Column { name: name.to_owned(), test, at })
    }

    /// The list that `in` and `not_in` take.
    fn list(&mut self, key: &str, node: Node) -> Option<ListOperand> {
        if let Node::List(nodes) = node {
            return Some(ListOperand::Values(nodes.into_iter().filter_map(|node| self.operand(key, node)).collect()));
        }
        if let Some(("$", Node::Text(name))) = marked(&node) {
            return Some(ListOperand::Variable(name.clone()));
        }
        self.wrong_type(key, Expected::List, &node);
        None
    }

    /// A value or a variable; `key` is what it is for.
    fn operand(&mut self, key: &str, node: Node) -> Option<Operand> {
        match marked(&node) {
            Some(("$", Node::Text(name))) => Some(Operand::Variable(name.clone())),
            Some(("$", other)) => {
                self.report(Expected::Pattern.error("$", other.kind()).help(r#"a variable is `{"$": "name"}`"#));
                None
            }
            _ => match scalar(key, node) {
                Ok(value) => Some(Operand::Value(value)),
                Err(error) => {
                    self.report(error);
                    None
                }
            },
        }
    }
}

/// A value that is no variable.
pub(super) fn scalar(key: &str, node: Node) -> Result<Value, Error> {
    if let Some((mark, inner)) = marked(&node) {
        return bytes(mark, inner);
    }
    match node {
        Node::Null => Ok(Value::Null),
        Node::Boolean(boolean) => Ok(Value::Boolean(boolean)),
        Node::Integer(integer) => Ok(Value::Integer(integer)),
        Node::Long(digits) => integer(&digits).ok_or_else(|| long_integer(&digits)),
        Node::Float(float) if float.is_finite() => Ok(Value::Float(float)),
        Node::Float(_) => Err(Error::input(code::OUT_OF_RANGE, format!("`{}` takes finite floats", shorten(key)))),
        Node::Text(text) => Ok(Value::Text(text)),
        Node::List(_) | Node::Object(_) => Err(Expected::Scalar.error(key, node.kind())),
    }
}

/// `{"$bytes": "base64"}`, the one value beside variables that has a mark.
fn bytes(mark: &str, inner: &Node) -> Result<Value, Error> {
    match (mark, inner) {
        ("$bytes", Node::Text(text)) => STANDARD.decode(text).map(Value::Bytes).map_err(|error| {
            let message = format!("`$bytes` takes base64, found \"{}\": {error}", shorten(text));
            Error::input(code::ARGUMENT_TYPE, message).help("the standard alphabet, padded with `=`")
        }),
        ("$bytes", other) => Err(Expected::Pattern.error(mark, other.kind())),
        _ => {
            let error = Error::input(code::UNKNOWN_OPERATOR, format!("no operator `{}`", shorten(mark)));
            if mark.starts_with("$v") {
                return Err(error.help(r#"a variable is `{"$": "name"}`"#));
            }
            Err(error.suggest(&shorten(mark), ["$", "$bytes"]))
        }
    }
}
