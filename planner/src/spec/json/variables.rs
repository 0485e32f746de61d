//! The values of variables from JSON: `NAME=JSON` of a program, or the values that a host has at hand.

use super::filters::scalar;
use super::node::Node;
use super::syntax;
use crate::error::{Error, Result, code};
use crate::spec::Variables;
use crate::spec::problems::{Problems, shorten};
use crate::spec::shape::BindValue;
use serde::Deserialize;

/// What a variable takes.
const HELP: &str =
    "a variable is null, a boolean, a number, a string in double quotes, `{\"$bytes\": \"base64\"}`, or a list of them";

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl BindValue {
    /// The value of the variable `name` from JSON: one value, or a list of them. Bytes are `{"$bytes": "base64"}`.
    ///
    /// ```
    /// use eagerly_planner::BindValue;
    ///
    /// assert_eq!(BindValue::from_json("ids", "[1, 2]")?, BindValue::Many(vec![1.into(), 2.into()]));
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `E0112` for what is no JSON, for objects and for lists in lists, `E0107` for integers beyond 64 bits. The path is
    /// `$name`.
    pub fn from_json(name: &str, json: &str) -> Result<Self> {
        let variable = |error: Error| Error { code: code::VARIABLE, ..error }.span(None).help(HELP);
        let node = syntax::node(json).map_err(|errors| named(name, variable(errors.first().clone())))?;
        if let Some(long) = syntax::long_integers(json).into_iter().next() {
            return Err(named(name, long.span(None)).into());
        }
        Ok(value(name, node)?)
    }

    /// The value of the variable `name` from a value of JSON. Whether a number is an integer is for `json` to say.
    ///
    /// # Errors
    ///
    /// Those of [`from_json`](Self::from_json).
    pub fn from_json_value(name: &str, json: &serde_json::Value) -> Result<Self> {
        let node = Node::deserialize(json)
            .map_err(|error| named(name, Error::input(code::VARIABLE, error.to_string()).help(HELP)))?;
        Ok(value(name, node)?)
    }
}

/// Values of variables from pairs of name and JSON.
///
/// ```
/// use eagerly_planner::BindValue;
/// use eagerly_planner::spec::variables_from_json;
///
/// let variables = variables_from_json([("since", "\"2026-01-01\""), ("ids", "[1, 2]")])?;
/// assert_eq!(variables["since"], BindValue::One("2026-01-01".into()));
/// # Ok::<(), eagerly_planner::error::Errors>(())
/// ```
///
/// # Errors
///
/// Those of [`BindValue::from_json`] for every pair, and `E0110` for a name that is there twice.
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
pub fn variables_from_json<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Variables> {
    let mut variables = Variables::new();
    let mut problems = Problems::default();
    for (name, json) in pairs {
        match BindValue::from_json(name, json) {
            Ok(value) if !variables.contains_key(name) => drop(variables.insert(name.to_owned(), value)),
            Ok(_) => {
                let message = format!("the variable `${}` is given twice", shorten(name));
                problems.push(Error::input(code::CONFLICT, message));
            }
            Err(errors) => errors.into_iter().for_each(|error| problems.push(error)),
        }
    }
    problems.check(variables)
}

fn value(name: &str, node: Node) -> std::result::Result<BindValue, Error> {
    let one = |node: Node| match node {
        Node::List(_) | Node::Object(_) if node.kind() != "bytes" => {
            let message = format!("the variable `${}` takes values, found {}", shorten(name), node.kind());
            Err(named(name, Error::input(code::VARIABLE, message).help(HELP)))
        }
        node => scalar(name, node).map_err(|error| named(name, error)),
    };
    match node {
        Node::List(nodes) => nodes.into_iter().map(one).collect::<std::result::Result<_, _>>().map(BindValue::Many),
        node => one(node).map(BindValue::One),
    }
}

/// The error at the variable `name`.
fn named(name: &str, error: Error) -> Error {
    error.path(format!("${}", shorten(name)))
}
