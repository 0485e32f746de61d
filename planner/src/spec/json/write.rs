//! A [`LoadSpec`] becomes JSON that reads back as the same specification.

use super::MAX_DEPTH;
use crate::error::{Error, Result, code};
use crate::spec::written::{Form, Tree, check, conditions};
use crate::spec::{Arguments, Field, LoadSpec, OrderTerm, Recurse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl LoadSpec {
    /// Writes the specification as JSON that [`from_json`](Self::from_json) reads back as the same specification.
    ///
    /// ```
    /// use eagerly_planner::spec::{Filter, LoadSpec};
    ///
    /// let spec = LoadSpec::new("post").filter(Filter::eq("draft", false)).load_only(["title"]);
    /// assert_eq!(spec.to_json()?, r#"{"post":{"where":{"draft":false},"fields":["title"]}}"#);
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What no form can say: `E0110` for a condition on a column named `and`, `or` or `not`, `E0107` for floats that are
    /// not finite and for numbers of rows beyond `i64`, `E0106` for LIKE with anything but text, `E0111` for a strategy
    /// on the root. `E0109` for what is nested too deeply to be read back.
    pub fn to_json(&self) -> Result<String> {
        let tree = tree(self)?;
        serde_json::to_string(&tree)
            .map_err(|error| Error::bug(format!("JSON refuses a specification: {error}")).into())
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl Serialize for LoadSpec {
    /// Writes what [`to_json`](Self::to_json) writes, with its errors.
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        tree(self).map_err(S::Error::custom)?.serialize(serializer)
    }
}

fn tree(spec: &LoadSpec) -> Result<Tree<'_>> {
    check(spec, Form::Json)?;
    let tree = Tree::Object(vec![(&spec.root.name, Tree::Object(options(&spec.root)))]);
    let depth = tree.depth(1);
    if depth > MAX_DEPTH {
        let message = format!("the JSON would nest {depth} lists and objects, more than {MAX_DEPTH}");
        return Err(Error::input(code::TOO_DEEP, message).path(spec.root.key()).into());
    }
    Ok(tree)
}

fn field(field: &Field) -> Tree<'_> {
    if field.is_plain() && field.alias.is_none() {
        return Tree::Text(field.name.as_str().into());
    }
    let mut pairs = vec![("name", Tree::Text(field.name.as_str().into()))];
    pairs.extend(options(field));
    Tree::Object(pairs)
}

/// All of a field but its name.
fn options(at: &Field) -> Vec<(&str, Tree<'_>)> {
    let Field { name: _, alias, arguments, strategy, inner, except, default_strategy, recurse, link, fields, at: _ } =
        at;
    let Arguments { filter, order, limit, offset, at: _ } = arguments;
    let mut pairs = Vec::new();
    pairs.extend(alias.as_ref().map(|alias| ("alias", Tree::Text(alias.into()))));
    pairs.extend(strategy.map(|strategy| ("strategy", Tree::Name(strategy.name()))));
    pairs.extend(inner.then_some(("inner", Tree::Boolean(true))));
    pairs.extend(filter.as_ref().map(|filter| ("where", Tree::Object(conditions(filter)))));
    if !order.is_empty() {
        pairs.push(("order", Tree::List(order.iter().map(term).collect())));
    }
    pairs.extend(limit.map(|limit| ("limit", Tree::count(limit))));
    pairs.extend(offset.map(|offset| ("offset", Tree::count(offset))));
    pairs.extend(except.as_ref().map(|list| ("except", Tree::texts(&list.columns))));
    pairs.extend(default_strategy.map(|strategy| ("default", Tree::Name(strategy.name()))));
    pairs.extend(recurse.as_ref().map(|Recurse { depth, at: _ }| {
        let depth = depth.map(|depth| Tree::Object(vec![("depth", Tree::count(depth))]));
        ("recurse", depth.unwrap_or(Tree::Boolean(true)))
    }));
    pairs.extend(link.as_ref().map(|list| ("link", Tree::texts(&list.columns))));
    pairs.extend(fields.as_ref().map(|fields| ("fields", Tree::List(fields.iter().map(field).collect()))));
    pairs
}

/// A column of an order: a string, unless that would be read as another one.
fn term(term: &OrderTerm) -> Tree<'_> {
    let OrderTerm { column, descending, at: _ } = term;
    if !column.is_empty() && (*descending || !column.starts_with('-')) {
        return Tree::Text(term.text().into());
    }
    let column = ("column", Tree::Text(column.into()));
    Tree::Object(vec![column, ("descending", Tree::Boolean(*descending))])
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let marked = |serializer: S, mark: &str, text: &str| {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_entry(mark, text)?;
            map.end()
        };
        match self {
            Tree::Null => serializer.serialize_unit(),
            Tree::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Tree::Integer(integer) => serializer.serialize_i64(*integer),
            Tree::Unsigned(integer) => serializer.serialize_u64(*integer),
            Tree::Float(float) => serializer.serialize_f64(*float),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::Name(name) => serializer.serialize_str(name),
            Tree::Bytes(bytes) => marked(serializer, "$bytes", &STANDARD.encode(bytes)),
            Tree::Variable(name) => marked(serializer, "$", name),
            Tree::List(values) => serializer.collect_seq(values),
            Tree::Object(pairs) => serializer.collect_map(pairs.iter().map(|(key, value)| (key, value))),
        }
    }
}
