//! Values of a specification become variables, so that binding them has to give the specification back.

use eagerly_planner::BindValue;
use eagerly_planner::spec::{Comparison, Field, Filter, ListOperand, LoadSpec, Operand, Variables};
use eagerly_planner::value::Value;

/// The specification with some of its values as variables, and their values; `choices` says which, from its start again
/// where it ends. A value that comes again is the same variable.
#[must_use]
pub fn with_variables(spec: &LoadSpec, choices: &[bool]) -> (LoadSpec, Variables) {
    let mut writer = Writer { choices: choices.iter().cycle(), variables: Variables::new() };
    let mut spec = spec.clone();
    writer.field(spec.root_mut());
    (spec, writer.variables)
}

struct Writer<'c> {
    choices: std::iter::Cycle<std::slice::Iter<'c, bool>>,
    variables: Variables,
}

impl Writer<'_> {
    fn chosen(&mut self) -> bool {
        self.choices.next().copied().unwrap_or(false)
    }

    /// The name of the variable that holds the value.
    fn variable(&mut self, value: BindValue) -> String {
        let known = self.variables.iter().find(|(_, known)| **known == value).map(|(name, _)| name.clone());
        known.unwrap_or_else(|| {
            let name = format!("v{}", self.variables.len());
            self.variables.insert(name.clone(), value);
            name
        })
    }

    fn field(&mut self, field: &mut Field) {
        field.arguments.filter.iter_mut().for_each(|f| self.filter(f));
        field.fields.iter_mut().flatten().for_each(|f| self.field(f));
    }

    fn filter(&mut self, filter: &mut Filter) {
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter_mut().for_each(|f| self.filter(f)),
            Filter::Not(inner) => self.filter(inner),
            Filter::Relationship { filter, .. } => self.filter(filter),
            Filter::Column { test: Comparison::Compare(_, operand), .. } => self.operand(operand),
            Filter::Column { test: Comparison::In { list, .. }, .. } => self.list(list),
            Filter::Column { test: Comparison::IsNull(_), .. } => {}
            other => panic!("the generator makes no {other:?}"),
        }
    }

    fn operand(&mut self, operand: &mut Operand) {
        if let (Operand::Value(value), true) = (&*operand, self.chosen()) {
            *operand = Operand::Variable(self.variable(BindValue::One(value.clone())));
        }
    }

    /// The whole list, or some of its elements.
    fn list(&mut self, list: &mut ListOperand) {
        let ListOperand::Values(values) = list else { return };
        if self.chosen() {
            let values: Vec<Value> = values
                .iter()
                .map(|value| match value {
                    Operand::Value(value) => value.clone(),
                    other => panic!("the generator makes no {other:?}"),
                })
                .collect();
            *list = ListOperand::Variable(self.variable(BindValue::Many(values)));
        } else {
            values.iter_mut().for_each(|value| self.operand(value));
        }
    }
}
