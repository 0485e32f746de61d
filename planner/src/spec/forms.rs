//! What the two written forms, text and JSON, have in common: the names of arguments and operators, and the words for
//! what they take.

use super::problems::shorten;
use crate::error::{Error, closest, code};
use crate::filter::{CompareOp, Quantifier};
use crate::value::Value;

/// The conditions that join others; a column of such a name cannot be asked for in a filter.
pub(crate) const CONNECTIVES: [&str; 3] = ["and", "or", "not"];

/// What may stand in the object of a column or a relationship.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// A condition on related rows.
    Quantifier(Quantifier),
    /// A comparison with one value.
    Compare(CompareOp),
    /// A comparison with a list.
    In {
        /// `not_in`
        negated: bool,
    },
    /// A test for NULL.
    IsNull,
}

/// The names of the operators, those of relationships first.
const OPERATORS: [(&str, Operator); 14] = [
    ("any", Operator::Quantifier(Quantifier::Any)),
    ("none", Operator::Quantifier(Quantifier::None)),
    ("has", Operator::Quantifier(Quantifier::Has)),
    (CompareOp::Eq.name(), Operator::Compare(CompareOp::Eq)),
    (CompareOp::Ne.name(), Operator::Compare(CompareOp::Ne)),
    (CompareOp::Lt.name(), Operator::Compare(CompareOp::Lt)),
    (CompareOp::Le.name(), Operator::Compare(CompareOp::Le)),
    (CompareOp::Gt.name(), Operator::Compare(CompareOp::Gt)),
    (CompareOp::Ge.name(), Operator::Compare(CompareOp::Ge)),
    ("in", Operator::In { negated: false }),
    ("not_in", Operator::In { negated: true }),
    (CompareOp::Like.name(), Operator::Compare(CompareOp::Like)),
    (CompareOp::NotLike.name(), Operator::Compare(CompareOp::NotLike)),
    ("is_null", Operator::IsNull),
];

impl Operator {
    /// The operator of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        OPERATORS.iter().find(|(known, _)| *known == name).map(|(_, operator)| *operator)
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        OPERATORS.iter().find(|(_, operator)| *operator == self).map_or("", |(name, _)| name)
    }

    /// Whether it compares with a pattern.
    pub(crate) fn takes_pattern(self) -> bool {
        matches!(self, Self::Compare(CompareOp::Like | CompareOp::NotLike))
    }
}

/// The error for an operator that there is not. Where another stands beside it, `quantifies` says whether that is one of
/// a relationship.
pub(crate) fn unknown_operator(name: &str, quantifies: Option<bool>) -> Error {
    let shown = shorten(name);
    let error = Error::input(code::UNKNOWN_OPERATOR, format!("no operator `{shown}`")).no_operator(name);
    // The words of other filter languages; the most similar one of ours would mean something else.
    match name {
        "gte" => error.help("did you mean `ge`?"),
        "lte" => error.help("did you mean `le`?"),
        "neq" => error.help("did you mean `ne`?"),
        "nin" | "notIn" => error.help("did you mean `not_in`?"),
        "some" => error.help("did you mean `any`?"),
        "between" => error.help("write `{ge: …, le: …}`"),
        _ => {
            let fits = |quantifier: bool| quantifies.is_none_or(|wanted| wanted == quantifier);
            let named = |quantifier: bool| {
                let all = OPERATORS.iter().filter(move |(_, o)| matches!(o, Operator::Quantifier(_)) == quantifier);
                all.map(|(known, _)| *known).filter(move |_| fits(quantifier))
            };
            if let Some(near) = closest(&shown, &named(false).chain(named(true)).collect::<Vec<_>>()) {
                return error.help(format!("did you mean `{near}`?"));
            }
            let list = |quantifier: bool| named(quantifier).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            let (column, relationship) = (list(false), list(true));
            error.help(match quantifies {
                Some(false) => format!("on a column there are {column}"),
                Some(true) => format!("on a relationship there are {relationship}"),
                None => format!("on a column there are {column}; on a relationship {relationship}"),
            })
        }
    }
}

/// The error for an object of operators without one.
pub(crate) fn no_operator(name: &str) -> Error {
    let message = format!("`{}` takes a value or an object of operators, found an empty object", shorten(name));
    Error::input(code::ARGUMENT_TYPE, message)
        .help("a related row is asked for with `{any: {}}`, a value with `{is_null: false}`")
}

/// The error for a name that is used as that of a column and as that of a relationship.
pub(crate) fn column_or_relationship(name: &str) -> Error {
    Error::input(code::CONFLICT, format!("`{}` is either a column or a relationship", shorten(name)))
        .help("`any`, `none` and `has` do not go with other operators")
}

/// The error for a number of rows or levels, written as `found`, that is none.
pub(crate) fn wrong_count(name: &str, found: &str) -> Error {
    let without = match name {
        "limit" => "all rows",
        "depth" => "all levels",
        _ => "none",
    };
    Error::input(code::OUT_OF_RANGE, format!("`{name}` takes 0 to {}, found {}", i64::MAX, shorten(found)))
        .help(format!("leave `{name}` out for {without}"))
}

/// An integer of 64 bits, with a sign or without.
pub(crate) fn integer(digits: &str) -> Option<Value> {
    let signed = digits.parse().map(Value::Integer);
    signed.or_else(|_| digits.parse::<u64>().map(Value::from)).ok()
}

/// The error for an integer, written as `found`, of more than 64 bits.
pub(crate) fn long_integer(found: &str) -> Error {
    let message = format!("{} is out of range: an integer has 64 bits", shorten(found));
    let bound = match found.strip_prefix('-') {
        Some(_) => format!("the smallest is {}", i64::MIN),
        None => format!("the largest is {}", u64::MAX),
    };
    let help = format!("{bound}; a longer number stands in quotes, and the database reads it");
    Error::input(code::OUT_OF_RANGE, message).help(help)
}

/// The error for the name of a strategy that there is not.
pub(crate) fn unknown_strategy(name: &str) -> Error {
    let shown = shorten(name);
    let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no strategy `{shown}`"));
    error.suggest(&shown, super::Strategy::ALL.map(super::Strategy::name))
}

/// What a name takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A value that is no list or object.
    Scalar,
    /// A pattern of LIKE.
    Pattern,
    /// `true` or `false`.
    Boolean,
    /// A number of rows or levels.
    Integer,
    /// What to order by, or to leave out.
    Columns,
    /// The name of a strategy.
    Strategy,
    /// One object.
    Object,
    /// A list of values.
    List,
    /// A list of objects.
    Objects,
}

impl Expected {
    const fn text(self) -> &'static str {
        match self {
            Self::Scalar => "one value",
            Self::Pattern => "a string",
            Self::Boolean => "true or false",
            Self::Integer => "an integer",
            Self::Columns => "names of columns as strings",
            Self::Strategy => "the name of a strategy",
            Self::Object => "an object",
            Self::List => "a list",
            Self::Objects => "a list of objects",
        }
    }

    /// The error for `name` with something else; `found` is a noun phrase.
    pub(crate) fn error(self, name: &str, found: &str) -> Error {
        let message = format!("`{}` takes {}, found {found}", shorten(name), self.text());
        let error = Error::input(code::ARGUMENT_TYPE, message);
        match (self, found) {
            (Self::Scalar, "a list") => error.help("a list goes with `in`: `{in: […]}`"),
            (Self::Objects, "an object") | (Self::List, _) => error.help("put it in brackets: `[…]`"),
            _ => error,
        }
    }
}
