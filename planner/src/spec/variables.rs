//! Variables get their values before a specification is compiled, so that which of them are NULL, and which lists are
//! empty, is part of the shape.

use super::{Comparison, Field, Filter, ListOperand, LoadSpec, Operand, shape::BindValue};
use crate::error::{Error, Errors, Result, code};
use crate::filter::At;
use std::collections::BTreeMap;

/// Values by the name of the variable, without its `$`.
pub type Variables = BTreeMap<String, BindValue>;

impl LoadSpec {
    /// The specification with every `$name` replaced by its value.
    ///
    /// ```
    /// use eagerly_planner::BindValue;
    /// use eagerly_planner::spec::{Filter, LoadSpec, Variables};
    ///
    /// let spec = LoadSpec::parse("{ post(where: {created_at: {gt: $since}}) { title } }")?;
    /// let since = BindValue::One("2026-01-01".into());
    /// let bound = spec.bind(&Variables::from([("since".to_owned(), since)]))?;
    /// assert_eq!(bound, LoadSpec::parse("{ post(where: {created_at: {gt: \"2026-01-01\"}}) { title } }")?);
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// # Errors
    /// `E0112` for every variable without a value, a list where one value is compared, one value where a list is, and a
    /// value that no variable uses.
    pub fn bind(&self, variables: &Variables) -> Result<Self> {
        let mut spec = self.clone();
        let mut binder =
            Binder { variables, unused: variables.keys().collect(), problems: Vec::new(), path: Vec::new() };
        binder.field(&mut spec.root);
        for name in std::mem::take(&mut binder.unused) {
            let error = Error::input(code::VARIABLE, format!("no variable `${name}` in the specification"));
            binder.problems.push(error.help("drop its value, or write the variable into a `where`"));
        }
        Errors::check(binder.problems, spec)
    }
}

struct Binder<'a> {
    variables: &'a Variables,
    unused: std::collections::BTreeSet<&'a String>,
    problems: Vec<Error>,
    path: Vec<String>,
}

impl<'a> Binder<'a> {
    fn field(&mut self, field: &mut Field) {
        self.path.push(field.key().to_owned());
        if let Some(filter) = &mut field.arguments.filter {
            self.filter(filter);
        }
        for field in field.fields.iter_mut().flatten() {
            self.field(field);
        }
        self.path.pop();
    }

    fn filter(&mut self, filter: &mut Filter) {
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter_mut().for_each(|f| self.filter(f)),
            Filter::Not(inner) => self.filter(inner),
            Filter::Relationship { filter, .. } => self.filter(filter),
            Filter::Column { test: Comparison::Compare(_, operand), at, .. } => self.operand(operand, *at),
            Filter::Column { test: Comparison::In { list, .. }, at, .. } => self.list(list, *at),
            Filter::Column { test: Comparison::IsNull(_), .. } => {}
        }
    }

    fn operand(&mut self, operand: &mut Operand, at: At) {
        let Operand::Variable(name) = operand else { return };
        match self.value(name, at) {
            Some(BindValue::One(value)) => *operand = Operand::Value(value.clone()),
            Some(BindValue::Many(_)) => self.wrong(name, "is a list, where one value is compared", at),
            None => {}
        }
    }

    fn list(&mut self, list: &mut ListOperand, at: At) {
        match list {
            ListOperand::Values(values) => values.iter_mut().for_each(|v| self.operand(v, at)),
            ListOperand::Variable(name) => match self.value(name, at) {
                Some(BindValue::Many(values)) => {
                    *list = ListOperand::Values(values.iter().cloned().map(Operand::Value).collect());
                }
                Some(BindValue::One(_)) => self.wrong(name, "is one value, where a list is compared", at),
                None => {}
            },
        }
    }

    fn value(&mut self, name: &String, at: At) -> Option<&'a BindValue> {
        self.unused.remove(name);
        let value = self.variables.get(name);
        if value.is_none() {
            let error = Error::input(code::VARIABLE, format!("the variable `${name}` has no value"));
            let error = error.suggest(name, self.variables.keys().map(String::as_str));
            self.problems.push(error.path(self.path.join(".")).span(at.0));
        }
        value
    }

    fn wrong(&mut self, name: &str, what: &str, at: At) {
        let error = Error::input(code::VARIABLE, format!("the variable `${name}` {what}"));
        self.problems.push(error.path(self.path.join(".")).span(at.0));
    }
}
