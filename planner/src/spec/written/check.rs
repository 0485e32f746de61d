//! What a written form has no way to say, and what no form reads back.

use crate::error::{Error, ErrorKind, Result, code};
use crate::filter::{CompareOp, Comparison, Filter, ListOperand, Operand};
use crate::spec::depth::MAX_DEPTH;
use crate::spec::forms::{CONNECTIVES, wrong_count};
use crate::spec::problems::{Problems, shorten};
use crate::spec::{Arguments, Field, LoadSpec, OrderTerm, Recurse, Strategy};
use crate::value::Value;

/// A written form.
#[derive(Clone, Copy, PartialEq, Eq)]
// A build can have one of them alone.
#[cfg_attr(not(all(feature = "text", feature = "serde")), allow(dead_code))]
pub(crate) enum Form {
    /// GraphQL query syntax.
    Text,
    /// JSON.
    Json,
}

/// Looks for all that `form` cannot say of `spec`.
pub(crate) fn check(spec: &LoadSpec, form: Form) -> Result<()> {
    if !spec.is_shallow() {
        let message = format!("the specification is nested more than {MAX_DEPTH} levels deep");
        return Err(Error::input(code::TOO_DEEP, message).path(spec.root.key()).into());
    }
    let mut check = Check { form, path: Vec::new(), problems: Problems::default() };
    check.root(&spec.root);
    check.problems.check(())
}

/// Whether GraphQL takes `name` for a name.
fn is_graphql_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
}

struct Check<'a> {
    form: Form,
    path: Vec<&'a str>,
    problems: Problems,
}

impl<'a> Check<'a> {
    fn is_text(&self) -> bool {
        self.form == Form::Text
    }

    fn push(&mut self, error: Error) {
        let path = self.path.iter().map(|key| shorten(key)).collect::<Vec<_>>().join(".");
        self.problems.push(error.path(path));
    }

    /// What JSON can say, and text cannot.
    fn no_text(&mut self, what: &str) {
        let error =
            Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, format!("the text form cannot write {what}"));
        self.push(error.help("the JSON form can"));
    }

    fn name(&mut self, name: &str) {
        if self.is_text() && !is_graphql_name(name) {
            self.no_text(&format!("the name `{}`", shorten(name)));
        }
    }

    fn root(&mut self, root: &'a Field) {
        let Field { strategy, inner, recurse, link, .. } = root;
        if strategy.is_some() || *inner || recurse.is_some() || link.is_some() {
            self.path.push(root.key());
            let message = "a strategy, a recursion or link columns on the root, which is no relationship";
            self.push(Error::input(code::MISPLACED, message).help("put them on a relationship"));
            self.path.pop();
        }
        self.field(root, true);
    }

    fn field(&mut self, field: &'a Field, is_root: bool) {
        let Field { name, alias, arguments, strategy, inner, recurse, fields, at: _, .. } = field;
        // Any strategy and any list of columns can be written.
        let Field { default_strategy: _, except: _, link: _, .. } = field;
        self.path.push(field.key());
        self.name(name);
        if let Some(alias) = alias {
            self.name(alias);
        }
        if self.is_text() && *inner && *strategy != Some(Strategy::Joined) && !is_root {
            self.no_text("`inner` without `@joined`");
        }
        if let Some(Recurse { depth: Some(depth), at: _ }) = recurse {
            self.count("depth", *depth);
        }
        self.arguments(arguments);
        for field in fields.iter().flatten() {
            self.field(field, false);
        }
        self.path.pop();
    }

    fn arguments(&mut self, arguments: &'a Arguments) {
        let Arguments { filter, order, limit, offset, at: _ } = arguments;
        for (name, count) in [("limit", limit), ("offset", offset)] {
            if let Some(count) = count {
                self.count(name, *count);
            }
        }
        for OrderTerm { column, descending, at: _ } in order {
            if self.is_text() && (column.is_empty() || !descending && column.starts_with('-')) {
                self.no_text(&format!("an order by the column `{}`", shorten(column)));
            }
        }
        if let Some(filter) = filter {
            self.filter(filter);
        }
    }

    fn count(&mut self, name: &str, count: u64) {
        if i64::try_from(count).is_err() {
            self.push(wrong_count(name, &count.to_string()));
        }
    }

    fn filter(&mut self, filter: &'a Filter) {
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter().for_each(|filter| self.filter(filter)),
            Filter::Not(inner) => self.filter(inner),
            Filter::Relationship { name, quantifier: _, filter, at: _ } => {
                self.operand_name(name);
                self.filter(filter);
            }
            Filter::Column { name, test, at: _ } => {
                self.operand_name(name);
                self.test(name, test);
            }
        }
    }

    /// The name of a column or a relationship in a filter.
    fn operand_name(&mut self, name: &str) {
        if CONNECTIVES.contains(&name) {
            let message = format!("a condition on `{name}` cannot be written: it is always the operator");
            self.push(Error::input(code::CONFLICT, message).help("give the column another name in the graph"));
        } else {
            self.name(name);
        }
    }

    fn test(&mut self, column: &str, test: &Comparison) {
        match test {
            Comparison::Compare(op, operand) => {
                let pattern = matches!(op, CompareOp::Like | CompareOp::NotLike);
                if pattern && !matches!(operand, Operand::Value(Value::Text(_) | Value::Null) | Operand::Variable(_)) {
                    let message = format!("LIKE of `{}` takes a string", shorten(column));
                    self.push(Error::input(code::ARGUMENT_TYPE, message));
                } else {
                    self.operand(column, operand);
                }
            }
            Comparison::In { list: ListOperand::Values(values), negated: _ } => {
                values.iter().for_each(|operand| self.operand(column, operand));
            }
            Comparison::In { list: ListOperand::Variable(name), negated: _ } => self.name(name),
            Comparison::IsNullVariable(name) => self.name(name),
            Comparison::IsNull(_) => {}
        }
    }

    fn operand(&mut self, column: &str, operand: &Operand) {
        match operand {
            Operand::Variable(name) => self.name(name),
            Operand::Value(Value::Float(float)) if !float.is_finite() => {
                let message = format!("`{}` is compared with a float that is not finite", shorten(column));
                self.push(Error::input(code::OUT_OF_RANGE, message).help("such a value can be bound to a variable"));
            }
            Operand::Value(Value::Bytes(_)) if self.is_text() => {
                self.no_text(&format!("the bytes that `{}` is compared with", shorten(column)));
            }
            Operand::Value(_) => {}
        }
    }
}
