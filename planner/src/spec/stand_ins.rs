//! What stands in for the values of variables until there are any.

use super::{Comparison, Field, Filter, ListOperand, LoadSpec, Operand, Variables};
use crate::spec::shape::BindValue;
use crate::value::Value;

impl LoadSpec {
    /// Values of the right kind for all variables, which stand in for those of a request: not NULL, and no empty list.
    /// With them a specification can be checked, and planned, before there are any.
    #[must_use]
    pub fn stand_ins(&self) -> Variables {
        let mut found = Variables::new();
        if self.is_shallow() {
            in_field(&self.root, &mut found);
        }
        found
    }
}

fn in_field(field: &Field, found: &mut Variables) {
    if let Some(filter) = &field.arguments.filter {
        in_filter(filter, found);
    }
    field.fields.iter().flatten().for_each(|field| in_field(field, found));
}

fn in_filter(filter: &Filter, found: &mut Variables) {
    // Text stands wherever a value does, also as a pattern; each variable has its own, as it may have when there are any.
    let value = |name: &String| Value::Text(name.clone());
    let mut one = |operand: &Operand| {
        if let Operand::Variable(name) = operand {
            found.insert(name.clone(), BindValue::One(value(name)));
        }
    };
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|filter| in_filter(filter, found)),
        Filter::Not(filter) | Filter::Relationship { filter, .. } => in_filter(filter, found),
        Filter::Column { test: Comparison::Compare(_, operand), .. } => one(operand),
        Filter::Column { test: Comparison::In { list: ListOperand::Values(values), .. }, .. } => {
            values.iter().for_each(one);
        }
        Filter::Column { test: Comparison::In { list: ListOperand::Variable(name), .. }, .. } => {
            found.insert(name.clone(), BindValue::Many(vec![value(name)]));
        }
        Filter::Column { test: Comparison::IsNullVariable(name), .. } => {
            found.insert(name.clone(), BindValue::One(Value::Boolean(true)));
        }
        Filter::Column { test: Comparison::IsNull(_), .. } => {}
    }
}
