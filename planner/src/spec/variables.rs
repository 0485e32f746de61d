//! Variables get their values before a specification is compiled, so that which of them are NULL, and which lists are
//! empty, is part of the shape.

use super::depth::MAX_DEPTH;
use super::problems::Problems;
use super::{CompareOp, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, shape::BindValue};
use crate::error::{Error, Result, code};
use crate::filter::At;
use crate::value::Value;
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
    /// `E0112` for every variable without a value, a list where one value is compared, one value where a list is,
    /// anything but text and NULL where a pattern is, but true and false under `is_null`, and a value that no variable uses. `E0109` for what is nested too
    /// deeply to be compiled.
    pub fn bind(&self, variables: &Variables) -> Result<Self> {
        self.clone().into_bound(variables)
    }

    /// [`bind`](Self::bind) of what nobody else holds: nothing but the values is copied.
    pub(crate) fn into_bound(mut self, variables: &Variables) -> Result<Self> {
        if !self.is_shallow() {
            let message = format!("the specification is nested more than {MAX_DEPTH} levels deep");
            return Err(Error::input(code::TOO_DEEP, message).path(self.root.key()).span(self.root.at.0).into());
        }
        let mut binder =
            Binder { variables, unused: variables.keys().collect(), problems: Problems::default(), path: Vec::new() };
        // A tree without variables stays shared.
        if has_variables(&self.root) {
            binder.field(self.root_mut());
        }
        for name in std::mem::take(&mut binder.unused) {
            let error = Error::input(code::VARIABLE, format!("the specification uses no variable `${name}`"));
            binder.problems.push(error.help("drop its value, or use it in a `where`: a definition alone does nothing"));
        }
        binder.problems.check(self)
    }
}

impl LoadSpec {
    /// The specification with those variables replaced that have a value; the others stay. What does not fit stays too.
    #[must_use]
    pub fn bind_some(&self, variables: &Variables) -> Self {
        let mut spec = self.clone();
        if self.is_shallow() {
            let unused = variables.keys().collect();
            let mut binder = Binder { variables, unused, problems: Problems::default(), path: Vec::new() };
            binder.field(spec.root_mut());
        }
        spec
    }
}

fn has_variables(field: &Field) -> bool {
    field.arguments.filter.as_ref().is_some_and(is_variable) || field.fields.iter().flatten().any(has_variables)
}

/// Whether a condition compares with a variable anywhere.
fn is_variable(filter: &Filter) -> bool {
    let named = |operand: &Operand| matches!(operand, Operand::Variable(_));
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().any(is_variable),
        Filter::Not(filter) | Filter::Relationship { filter, .. } => is_variable(filter),
        Filter::Column { test, .. } => match test {
            Comparison::Compare(_, operand) => named(operand),
            Comparison::In { list: ListOperand::Values(values), .. } => values.iter().any(named),
            Comparison::In { list: ListOperand::Variable(_), .. } | Comparison::IsNullVariable(_) => true,
            Comparison::IsNull(_) => false,
        },
    }
}

struct Binder<'a> {
    variables: &'a Variables,
    unused: std::collections::BTreeSet<&'a String>,
    problems: Problems,
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
            Filter::Column { test: Comparison::Compare(op, operand), at, .. } => {
                self.operand(operand, matches!(op, CompareOp::Like | CompareOp::NotLike), *at);
            }
            Filter::Column { test: Comparison::In { list, .. }, at, .. } => self.list(list, *at),
            Filter::Column { test: test @ Comparison::IsNullVariable(_), at, .. } => self.null_test(test, *at),
            Filter::Column { test: Comparison::IsNull(_), .. } => {}
        }
    }

    fn operand(&mut self, operand: &mut Operand, is_pattern: bool, at: At) {
        let Operand::Variable(name) = operand else { return };
        match self.value(name, at) {
            Some(BindValue::One(value)) if is_pattern && !matches!(value, Value::Text(_) | Value::Null) => {
                self.wrong(name, "is no text, where a pattern is compared", at);
            }
            Some(BindValue::One(value)) => *operand = Operand::Value(value.clone()),
            Some(BindValue::Many(_)) => self.wrong(name, "is a list, where one value is compared", at),
            None => {}
        }
    }

    fn list(&mut self, list: &mut ListOperand, at: At) {
        match list {
            ListOperand::Values(values) => values.iter_mut().for_each(|v| self.operand(v, false, at)),
            ListOperand::Variable(name) => match self.value(name, at) {
                Some(BindValue::Many(values)) => {
                    *list = ListOperand::Values(values.iter().cloned().map(Operand::Value).collect());
                }
                Some(BindValue::One(_)) => self.wrong(name, "is one value, where a list is compared", at),
                None => {}
            },
        }
    }

    fn null_test(&mut self, test: &mut Comparison, at: At) {
        let Comparison::IsNullVariable(name) = test else { return };
        match self.value(name, at) {
            Some(BindValue::One(Value::Boolean(null))) => *test = Comparison::IsNull(*null),
            Some(_) => self.wrong(name, "is not true or false, where `is_null` takes one of them", at),
            None => {}
        }
    }

    fn value(&mut self, name: &String, at: At) -> Option<&'a BindValue> {
        self.unused.remove(name);
        let value = self.variables.get(name);
        if value.is_none() {
            let error = Error::input(code::VARIABLE, format!("the variable `${name}` has no value"));
            let known: Vec<String> = self.variables.keys().map(|known| format!("${known}")).collect();
            let error = error.suggest(&format!("${name}"), known.iter().map(String::as_str));
            self.problems.push(error.path(self.path.join(".")).span(at.0));
        }
        value
    }

    fn wrong(&mut self, name: &str, what: &str, at: At) {
        let error = Error::input(code::VARIABLE, format!("the variable `${name}` {what}"));
        self.problems.push(error.path(self.path.join(".")).span(at.0));
    }
}

#[cfg(test)]
mod tests {
    use super::{BindValue, LoadSpec, Variables};
    use crate::error::{Errors, code};
    use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand};
    use crate::spec::Field;
    use crate::value::Value;

    fn variable(name: &str) -> Operand {
        Operand::Variable(name.to_owned())
    }

    fn compare(column: &str, op: CompareOp, operand: Operand) -> Filter {
        Filter::Column { name: column.to_owned(), test: Comparison::Compare(op, operand), at: At::default() }
    }

    fn is_in(column: &str, list: ListOperand, negated: bool) -> Filter {
        Filter::Column { name: column.to_owned(), test: Comparison::In { list, negated }, at: At::default() }
    }

    fn one(value: impl Into<Value>) -> BindValue {
        BindValue::One(value.into())
    }

    fn values<const N: usize>(pairs: [(&str, BindValue); N]) -> Variables {
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn told(result: Result<LoadSpec, Errors>) -> Vec<(&'static str, String, String)> {
        let errors = result.err().into_iter().flatten();
        errors.map(|e| (e.code, e.message, e.at.path)).collect()
    }

    #[test]
    fn every_place_takes_its_value() {
        let related = Filter::any("tags", Filter::Not(Box::new(compare("a", CompareOp::Eq, variable("x")))));
        let list = |operand| ListOperand::Values(vec![Operand::Value(1.into()), operand]);
        let filter = |x: Operand, list: ListOperand, related: Filter| {
            let pattern = compare("b", CompareOp::Like, x.clone());
            Filter::Or(vec![compare("a", CompareOp::Ne, x), pattern, is_in("c", list, true)]).and(related)
        };
        let spec = |filter| LoadSpec::new("post").load(Field::new("tags").alias("t").filter(filter));
        let open = spec(filter(variable("x"), list(variable("y")), related));
        let x = Operand::Value("%".into());
        let related = Filter::any("tags", Filter::Not(Box::new(Filter::eq("a", "%"))));
        let bound = spec(filter(x, list(Operand::Value(Value::Null)), related));
        assert_eq!(open.bind(&values([("x", one("%")), ("y", one(Value::Null))])), Ok(bound.clone()));
        assert_eq!(bound.bind(&Variables::new()), Ok(bound));
    }

    #[test]
    fn lists() {
        let spec = LoadSpec::new("post").filter(is_in("a", ListOperand::Variable("x".into()), false));
        for list in [vec![], vec![Value::Null, 1.into()]] {
            let bound = spec.bind(&values([("x", BindValue::Many(list.clone()))]));
            assert_eq!(bound, Ok(LoadSpec::new("post").filter(Filter::is_in("a", list))));
        }
    }

    #[test]
    fn every_problem_is_told() {
        let filter = compare("a", CompareOp::Gt, variable("x"))
            .and(is_in("b", ListOperand::Variable("y".into()), true))
            .and(is_in("c", ListOperand::Values(vec![variable("sinc"), variable("list")]), false))
            .and(compare("d", CompareOp::NotLike, variable("y")));
        let spec = LoadSpec::new("post").load(Field::new("tags").alias("t").filter(filter));
        let variables = values([
            ("x", BindValue::Many(vec![])),
            ("y", one(1)),
            ("list", BindValue::Many(vec![])),
            ("since", one(2)),
        ]);
        let problem = |message: &str, path: &str| (code::VARIABLE, message.to_owned(), path.to_owned());
        assert_eq!(
            told(spec.bind(&variables)),
            [
                problem("the variable `$x` is a list, where one value is compared", "post.t"),
                problem("the variable `$y` is one value, where a list is compared", "post.t"),
                problem("the variable `$sinc` has no value", "post.t"),
                problem("the variable `$list` is a list, where one value is compared", "post.t"),
                problem("the variable `$y` is no text, where a pattern is compared", "post.t"),
                problem("the specification uses no variable `$since`", ""),
            ]
        );
        let errors = spec.bind(&variables).unwrap_err();
        assert_eq!(errors.all()[2].help.as_deref(), Some("did you mean `$since`?"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = (0..10_000).fold(Filter::eq("a", 1), |inner, _| Filter::Not(Box::new(inner)));
        let spec = LoadSpec::new("post").filter(deep);
        assert_eq!(spec.bind(&Variables::new()).unwrap_err().first().code, code::TOO_DEEP);
        let deep = (0..10_000).fold(Field::new("a"), |inner, _| Field::new("a").load(inner));
        assert_eq!(LoadSpec::from(deep).bind(&Variables::new()).unwrap_err().first().code, code::TOO_DEEP);
    }

    #[test]
    fn is_null_takes_true_or_false() {
        let spec = LoadSpec::parse("{ post(where: {a: {is_null: $x}}) }").unwrap();
        assert_eq!(LoadSpec::parse(&spec.to_text().unwrap()).unwrap(), spec);
        #[cfg(feature = "serde")]
        assert_eq!(LoadSpec::from_json(&spec.to_json().unwrap()).unwrap(), spec);
        for truth in [true, false] {
            let text = format!("{{ post(where: {{a: {{is_null: {truth}}}}}) }}");
            assert_eq!(spec.bind(&values([("x", one(truth))])).unwrap(), LoadSpec::parse(&text).unwrap());
        }
        for wrong in [one(1), one(Value::Null), BindValue::Many(Vec::new())] {
            let errors = spec.bind(&values([("x", wrong)])).unwrap_err();
            assert_eq!(errors.first().code, code::VARIABLE);
            assert!(errors.first().message.contains("is not true or false"), "{errors}");
        }
        assert!(spec.bind(&Variables::new()).is_err());
    }
}
