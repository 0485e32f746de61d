//! The JSON form of load specifications: what the text form says, as a value that other languages build.
//!
//! Three steps: `serde_json` reads the text, [`node`] keeps what it reads as it was written, [`read`] and [`filters`]
//! make a [`LoadSpec`] of it and report all problems at once; [`write`] goes the other way, and [`variables`] reads
//! the values of variables. Names are not looked up here.

mod filters;
mod node;
mod read;
mod syntax;
#[cfg(test)]
mod tests;
mod variables;
mod write;

pub use self::variables::variables_from_json;

use self::node::Node;
use self::read::Reader;
use super::{LoadSpec, Parsed};
use crate::error::{Error, Errors, Result, code};
use serde::{Deserialize, Deserializer};

/// Lists and objects that may be open at once. A level of relationships takes two, so that the deepest that is compiled
/// (200 load nodes) leaves room for conditions. Reader and drop need less than 1.5 MiB of stack for it, unoptimised.
const MAX_DEPTH: usize = 512;

/// The longest text, in bytes.
const MAX_BYTES: usize = 16 << 20;

/// A specification that shows what one looks like.
const EXAMPLE: &str = r#"a specification looks like `{"post": {"limit": 10, "fields": ["title"]}}`"#;

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl LoadSpec {
    /// Reads a specification from JSON: an object whose one key is the root entity.
    ///
    /// ```
    /// use eagerly_planner::spec::{Filter, LoadSpec, joined, selectin};
    ///
    /// let json = r#"{"post": {
    ///     "where": {"published": true, "created_at": {"gt": {"$": "since"}}},
    ///     "order": ["-created_at"],
    ///     "limit": 10,
    ///     "fields": [
    ///         "title",
    ///         {"name": "author", "alias": "writer", "strategy": "joined", "inner": true, "fields": ["name"]},
    ///         {"name": "replies", "recurse": {"depth": 2}, "except": ["body"], "default": "raise"}
    ///     ]
    /// }}"#;
    /// let text = r#"{
    ///     post(where: {published: true, created_at: {gt: $since}}, order: ["-created_at"], limit: 10) {
    ///         title
    ///         writer: author @joined(inner: true) { name }
    ///         replies @recurse(depth: 2) @except(columns: ["body"]) @default(strategy: raise)
    ///     }
    /// }"#;
    /// assert_eq!(LoadSpec::from_json(json)?, LoadSpec::parse(text)?);
    ///
    /// let problems = LoadSpec::from_json(r#"{"post": {"limt": 10, "where": {"id": {"gte": 1}}}}"#).unwrap_err();
    /// assert_eq!(problems.all().len(), 2);
    /// assert_eq!(problems.first().help.as_deref(), Some("did you mean `limit`?"));
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// | key | value | |
    /// |---|---|---|
    /// | `name` | string | not on the root, whose name is the one key of the specification |
    /// | `alias` | string | the output key |
    /// | `strategy` | `"selectin"`, `"joined"`, … | not on the root |
    /// | `inner` | boolean | under every strategy; not on the root |
    /// | `where` | object | the conditions of the text form; `and`, `or` and `not` are always operators |
    /// | `order` | list of strings | `"-name"` is descending; `{"column": "-name", "descending": false}` says it at length |
    /// | `limit`, `offset` | integer | |
    /// | `except` | list of strings | all columns but these |
    /// | `default` | name of a strategy | of the relationships that are not listed |
    /// | `recurse` | `true`, `{"depth": 2}` | not on the root |
    /// | `link` | list of strings | not on the root |
    /// | `fields` | list | `"title"`, or an object with these keys |
    ///
    /// A variable is `{"$": "since"}`, bytes are `{"$bytes": "aGk="}` (base64, padded); all other values are plain. A
    /// float has a point or an exponent, as in the text form; `-0` is the float. Names are any strings.
    ///
    /// # Errors
    ///
    /// All problems, with the codes of [`parse`](Self::parse): `E0101` with its place for what is no JSON, and then
    /// nothing else; or else with their paths unknown keys, values of a wrong type or out of range, contradictions, keys
    /// that are given twice. `E0109` for nesting deeper than 512 lists and objects, `E0107` for more than 16 MiB.
    pub fn from_json(json: &str) -> Result<Self> {
        let Parsed { spec, problems } = Self::from_json_all(json)?;
        Errors::check(problems, spec)
    }

    /// Reads what can be read of JSON, as [`parse_all`](Self::parse_all) does of text.
    ///
    /// # Errors
    ///
    /// Text in which nothing can be read: no JSON, no root, nested too deeply, too long.
    pub fn from_json_all(json: &str) -> Result<Parsed> {
        if json.len() > MAX_BYTES {
            let message = format!("the specification has {} bytes, more than {MAX_BYTES}", json.len());
            let error = Error::input(code::OUT_OF_RANGE, message);
            return Err(error.help("pass long lists of values as variables").into());
        }
        let node = syntax::node(json)?;
        Reader::new(syntax::long_integers(json)).read(node)
    }

    /// Reads a specification in either form: what begins with `{` and a string is JSON, all else is text.
    ///
    /// # Errors
    ///
    /// Those of [`parse_all`](Self::parse_all) and [`from_json_all`](Self::from_json_all).
    #[cfg(feature = "text")]
    #[cfg_attr(docsrs, doc(cfg(feature = "text")))]
    pub fn parse_any(text: &str) -> Result<Parsed> {
        let rest = text.trim_start_matches('\u{feff}').trim_start();
        match rest.strip_prefix('{').map(str::trim_start) {
            Some(inside) if inside.starts_with('"') => Self::from_json_all(text),
            _ => Self::parse_all(text),
        }
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl<'de> Deserialize<'de> for LoadSpec {
    /// Reads what [`from_json`](Self::from_json) reads, from any format that describes itself. Whether a number is an
    /// integer is for the format to say.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let read = Reader::new(Vec::new()).read(Node::deserialize(deserializer)?);
        read.and_then(|Parsed { spec, problems }| Errors::check(problems, spec)).map_err(serde::de::Error::custom)
    }
}
