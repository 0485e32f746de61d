//! JSON as it was written: objects keep their order and the keys that are there twice, and integers stay apart from
//! floats, none of which `serde_json::Value` keeps.

use super::MAX_DEPTH;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Boolean(bool),
    Integer(i64),
    /// An integer beyond `i64`.
    Long(String),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// What it is, as a noun phrase.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Long(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(pairs) => match pairs.as_slice() {
                [(key, _)] if key == "$" => "a variable",
                [(key, _)] if key == "$bytes" => "bytes",
                _ => "an object",
            },
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested { depth: 0 }.deserialize(deserializer)
    }
}

/// A value inside of `depth` lists and objects. Not every deserialiser bounds its recursion.
#[derive(Clone, Copy)]
struct Nested {
    depth: usize,
}

impl Nested {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth + 1;
        if depth <= MAX_DEPTH { Ok(Self { depth }) } else { Err(E::custom(TOO_DEEP)) }
    }
}

/// What [`Nested`] says of what is too deep.
pub(super) const TOO_DEEP: &str = "nested too deeply";

/// The key of the object that `serde_json` makes of a number under its feature `arbitrary_precision`, which any crate
/// of a build can switch on.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<Node, E> {
        Ok(Node::Boolean(boolean))
    }

    fn visit_i64<E: Error>(self, integer: i64) -> Result<Node, E> {
        Ok(Node::Integer(integer))
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<Node, E> {
        Ok(i64::try_from(integer).map_or_else(|_| Node::Long(integer.to_string()), Node::Integer))
    }

    fn visit_f64<E: Error>(self, float: f64) -> Result<Node, E> {
        Ok(Node::Float(float))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let deeper = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(deeper)? {
            values.push(value);
        }
        Ok(Node::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let deeper = self.deeper()?;
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            pairs.push((key, map.next_value_seed(deeper)?));
        }
        Ok(match pairs.as_slice() {
            [(key, Node::Text(digits))] if key == NUMBER => number(digits),
            _ => Node::Object(pairs),
        })
    }
}

/// A number of any length.
fn number(digits: &str) -> Node {
    match digits.parse() {
        Ok(integer) => Node::Integer(integer),
        Err(_) if is_integer(digits) => Node::Long(digits.to_owned()),
        Err(_) => Node::Float(digits.parse().unwrap_or(f64::NAN)),
    }
}

/// Whether a number of JSON is written as an integer.
pub(super) fn is_integer(number: &str) -> bool {
    !number.contains(['.', 'e', 'E'])
}
