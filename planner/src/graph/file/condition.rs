//! A relationship's `where`: a TOML table, or a string in the text form of specifications, becomes a [`Filter`], and a
//! filter a table. The table has the shape of the text form, and can hold any name; it has no null, for which there is
//! `is_null`.

use super::tree::{Item, Text, Tree};
use super::write::{Inline, key};
use crate::error::{Error, Result, Span, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand};
use crate::spec::{Field, LoadSpec};
use crate::value::Value;
use toml::de::{DeTable, DeValue};

const EXPECTED: &str = "a table of conditions, or their text: `{published: true}`";
const VALUE: &str = "a string, a number or a boolean";

/// Reads `where`; `named` hears of each column and its place.
pub(super) fn read(tree: &mut Tree<'_>, item: Item<'_>, named: &mut dyn FnMut(&Text)) -> Option<Filter> {
    match item.get_ref() {
        DeValue::Table(table) => Some(conditions(tree, table, named)),
        DeValue::String(text) => from_text(tree, text, item.span().into(), named),
        _ => {
            tree.wrong("where", EXPECTED, item);
            None
        }
    }
}

/// What stands before the text form, to make a specification of it.
const BEFORE: &str = "{ x(where: ";

/// The text form, read as the `where` of a specification that holds nothing else.
fn from_text(tree: &mut Tree<'_>, text: &str, at: Span, named: &mut dyn FnMut(&Text)) -> Option<Filter> {
    // Without escapes the text stands in the file as it is, one quote or three behind the start.
    let raw = tree.source.get(at.range()).unwrap_or_default();
    let start = raw.find(text).filter(|_| !text.is_empty()).map(|quotes| at.range().start + quotes);
    let place = |span: Option<Span>| {
        let (Some(span), Some(start)) = (span, start) else { return at };
        let within = |offset: usize| start + offset.saturating_sub(BEFORE.len()).min(text.len());
        Span::from(within(span.range().start)..within(span.range().end))
    };
    match LoadSpec::parse(&format!("{BEFORE}{text}\n) }}")) {
        Ok(spec) => {
            let mut root = spec.into_root();
            let filter = root.arguments.filter.take();
            if let (Some(mut filter), true) = (filter, root == Field::new("x")) {
                move_places(&mut filter, &mut |name, span| named(&Text { text: name.to_owned(), at: place(span) }));
                return Some(filter);
            }
            tree.report(at, Error::input(code::GRAPH_VALUE, format!("`where` takes {EXPECTED}")));
        }
        Err(errors) => {
            for error in errors {
                let at = place(error.at.span);
                tree.report(at, error);
            }
        }
    }
    None
}

/// Hands each column and its place over: a place within a filter is one in a specification, which this is none of.
fn move_places(filter: &mut Filter, to: &mut dyn FnMut(&str, Option<Span>)) {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter_mut().for_each(|filter| move_places(filter, to)),
        Filter::Not(inner) => move_places(inner, to),
        Filter::Column { name, at, .. } => to(name, at.0.take()),
        Filter::Relationship { name, filter, at, .. } => {
            to(name, at.0.take());
            move_places(filter, to);
        }
    }
}

/// All keys of a table, ANDed in their order; one alone is not wrapped.
fn conditions(tree: &mut Tree<'_>, table: &DeTable<'_>, named: &mut dyn FnMut(&Text)) -> Filter {
    let mut all = Vec::new();
    for (name, item) in table {
        let at: Span = name.span().into();
        let name: &str = name.get_ref();
        match name {
            "and" => all.extend(list(tree, name, item, named).map(Filter::And)),
            "or" => all.extend(list(tree, name, item, named).map(Filter::Or)),
            "not" => {
                let inner = tree.table(name, "a table of conditions", item);
                all.extend(inner.map(|table| Filter::Not(Box::new(conditions(tree, table, named)))));
            }
            _ => {
                named(&Text { text: name.to_owned(), at });
                column(tree, name, item, &mut all);
            }
        }
    }
    match <[Filter; 1]>::try_from(all) {
        Ok([one]) => one,
        Err(all) => Filter::And(all),
    }
}

fn list(tree: &mut Tree<'_>, name: &str, item: Item<'_>, named: &mut dyn FnMut(&Text)) -> Option<Vec<Filter>> {
    let expected = "a list of tables of conditions";
    let Some(list) = item.get_ref().as_array() else {
        tree.wrong(name, expected, item);
        return None;
    };
    let mut all = Vec::new();
    for item in list {
        if let Some(table) = tree.table(name, expected, item) {
            all.push(conditions(tree, table, named));
        }
    }
    Some(all)
}

/// `column = value`, or `column = { operator = value, … }`.
fn column(tree: &mut Tree<'_>, name: &str, item: Item<'_>, all: &mut Vec<Filter>) {
    let mut push = |test| all.push(Filter::Column { name: name.to_owned(), test, at: At::default() });
    let Some(table) = item.get_ref().as_table() else {
        if let Some(operand) = operand(tree, name, item) {
            push(Comparison::Compare(CompareOp::Eq, operand));
        }
        return;
    };
    for (operator, item) in table {
        let at = operator.span();
        let operator: &str = operator.get_ref();
        if let Some(op) = CompareOp::ALL.into_iter().find(|op| op.name() == operator) {
            if let Some(operand) = operand(tree, operator, item) {
                push(Comparison::Compare(op, operand));
            }
        } else if matches!(operator, "in" | "not_in") {
            let Some(list) = item.get_ref().as_array() else {
                tree.wrong(operator, "a list of values", item);
                continue;
            };
            let values = list.iter().filter_map(|item| operand(tree, operator, item)).collect();
            push(Comparison::In { list: ListOperand::Values(values), negated: operator == "not_in" });
        } else if operator == "is_null" {
            if let Some(is_null) = tree.boolean(table, operator) {
                push(Comparison::IsNull(is_null));
            }
        } else {
            // All of them: the most similar word can mean something else, as `gt` does for `gte`.
            let known: Vec<&str> =
                CompareOp::ALL.into_iter().map(CompareOp::name).chain(["in", "not_in", "is_null"]).collect();
            let error = Error::input(code::UNKNOWN_OPERATOR, format!("no operator `{operator}`"));
            tree.report(at, error.help(format!("there are {}", known.join(", "))));
        }
    }
    if table.is_empty() {
        tree.wrong(name, "a value or a table of operators", item);
    }
}

fn operand(tree: &mut Tree<'_>, key: &str, item: Item<'_>) -> Option<Operand> {
    let value = match item.get_ref() {
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Boolean(boolean) => Some(Value::Boolean(*boolean)),
        DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix()).ok().map(Value::Integer),
        DeValue::Float(f) => f.as_str().parse().ok().filter(|f: &f64| f.is_finite()).map(Value::Float),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
            tree.wrong(key, VALUE, item);
            return None;
        }
    };
    if value.is_none() {
        let error = Error::input(code::OUT_OF_RANGE, format!("the value of `{key}` does not fit 64 bits"));
        tree.report(item.span(), error.help("put it in quotes"));
    }
    value.map(Operand::Value)
}

/// The table of a filter.
///
/// # Errors
/// What a TOML table cannot say: null but as `is_null`, bytes, a column called `and`, `or` or `not`.
pub(super) fn write(filter: &Filter) -> Result<Inline> {
    let part = |name: &str, value: Inline| Inline::table([(key(name), value)]);
    Ok(match filter {
        Filter::And(all) => part("and", Inline::list(all.iter().map(write).collect::<Result<Vec<_>>>()?)),
        Filter::Or(all) => part("or", Inline::list(all.iter().map(write).collect::<Result<Vec<_>>>()?)),
        Filter::Not(inner) => part("not", write(inner)?),
        Filter::Column { name, test, at: _ } => {
            if matches!(name.as_str(), "and" | "or" | "not") {
                return Err(unwritable(format!("a condition on a column called `{name}`")).into());
            }
            part(name, write_test(test)?)
        }
        Filter::Relationship { name, .. } => {
            return Err(unwritable(format!("a condition on the relationship `{name}`")).into());
        }
    })
}

fn write_test(test: &Comparison) -> Result<Inline> {
    let part = |name: &str, value: Inline| Inline::table([(key(name), value)]);
    let is_null = |yes: bool| part("is_null", Inline::boolean(yes));
    Ok(match test {
        Comparison::IsNull(yes) => is_null(*yes),
        Comparison::IsNullVariable(name) => return Err(variable(name).into()),
        Comparison::Compare(CompareOp::Eq, Operand::Value(Value::Null)) => is_null(true),
        Comparison::Compare(CompareOp::Ne, Operand::Value(Value::Null)) => is_null(false),
        Comparison::Compare(CompareOp::Eq, operand) => write_operand(operand)?,
        Comparison::Compare(op, operand) => part(op.name(), write_operand(operand)?),
        Comparison::In { list: ListOperand::Values(values), negated } => {
            let values = values.iter().map(write_operand).collect::<Result<Vec<_>>>()?;
            part(if *negated { "not_in" } else { "in" }, Inline::list(values))
        }
        Comparison::In { list: ListOperand::Variable(name), .. } => return Err(variable(name).into()),
    })
}

fn write_operand(operand: &Operand) -> Result<Inline> {
    Ok(match operand {
        Operand::Value(Value::Boolean(boolean)) => Inline::boolean(*boolean),
        Operand::Value(Value::Integer(i)) => Inline::integer(*i),
        // TOML has no such integer; a database that has compares the digits as the number.
        Operand::Value(Value::Unsigned(u)) => Inline::text(&u.to_string()),
        Operand::Value(Value::Float(f)) if f.is_finite() => Inline::float(*f),
        Operand::Value(Value::Text(text)) => Inline::text(text),
        Operand::Value(Value::Null) => return Err(unwritable("a comparison with null").into()),
        Operand::Value(Value::Float(_)) => return Err(unwritable("a float that is not finite").into()),
        Operand::Value(Value::Bytes(_)) => return Err(unwritable("a comparison with bytes").into()),
        Operand::Variable(name) => return Err(variable(name).into()),
    })
}

fn variable(name: &str) -> Error {
    unwritable(format!("the variable `{name}`"))
}

fn unwritable(what: impl std::fmt::Display) -> Error {
    Error::new(
        crate::error::ErrorKind::Unsupported,
        code::NOT_SUPPORTED,
        format!("{what} cannot be written in a graph file"),
    )
    .help("show the graph in another format, or say the same in another way")
}
