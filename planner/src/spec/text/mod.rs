//! The text form of load specifications, in GraphQL query syntax: text becomes a [`LoadSpec`], or all of its problems
//! at once.
//!
//! Three steps: [`scan`] looks at the tokens alone, and so keeps deep nesting and foreign definitions from the parser;
//! [`syntax`] runs the parser and words its complaints; [`fields`], with [`filters`], [`values`] and [`directives`],
//! reads the tree, if there was no syntax error. Names are not looked up here, and nothing is checked that depends on
//! whether a name is a column or a relationship.

mod directives;
mod fields;
mod filters;
mod print;
mod scan;
mod syntax;
#[cfg(test)]
mod tests;
mod values;

use std::str::FromStr;

use self::fields::Reader;
use super::{LoadSpec, Parsed};
use crate::error::{Error, Errors, Result, code};

/// Brackets of all kinds that may be open at once. A level of relationships takes one, so that 128 of them leave room
/// for deep filters. Parser, reader and the drop of their trees need less than 600 KiB of stack for it, unoptimised.
const MAX_DEPTH: usize = 256;

/// The longest text, in bytes.
const MAX_BYTES: usize = 16 << 20;

/// The most tokens: the parser's tree takes time that grows with the square of different ones (150 000 of them take
/// 0.5 s, 400 000 take 14 s).
const MAX_TOKENS: usize = 150_000;

/// A specification that shows what one looks like.
const EXAMPLE: &str = "a specification looks like `{ post(limit: 10) { title author { name } } }`";

#[cfg_attr(docsrs, doc(cfg(feature = "text")))]
impl LoadSpec {
    /// Reads a specification from its text, in GraphQL query syntax.
    ///
    /// ```
    /// use eagerly_planner::spec::{Filter, LoadSpec, joined, selectin};
    ///
    /// let text = r#"{
    ///   post(where: {published: true}, order: ["-created_at"], limit: 10) {
    ///     title
    ///     author @joined { name }
    ///     tags @selectin { name slug }
    ///   }
    /// }"#;
    /// let spec = LoadSpec::new("post")
    ///     .filter(Filter::eq("published", true))
    ///     .order(["-created_at"])
    ///     .limit(10)
    ///     .load_only(["title"])
    ///     .load(joined("author").load_only(["name"]))
    ///     .load(selectin("tags").load_only(["name", "slug"]));
    /// assert_eq!(LoadSpec::parse(text)?, spec);
    ///
    /// let problems = LoadSpec::parse("{ post(limt: 10) { tags @selctin } }").unwrap_err();
    /// assert_eq!(problems.all().len(), 2);
    /// assert_eq!(problems.first().help.as_deref(), Some("did you mean `limit`?"));
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// A query may have a name and define its variables, as editors want them: `query Posts($since: String!) { … }`.
    /// Both are for people: types are not looked at, and a variable needs no definition.
    ///
    /// # Errors
    ///
    /// All problems of the text, each with its place: `E0101` for what is no such syntax, and then nothing else; or
    /// else unknown arguments, directives and operators, values of a wrong type or out of range, contradictions, and
    /// what is not built yet. `E0109` for nesting deeper than 256 brackets, `E0107` for more than 16 MiB.
    pub fn parse(text: &str) -> Result<Self> {
        let Parsed { spec, problems } = Self::parse_all(text)?;
        Errors::check(problems, spec)
    }

    /// Reads what can be read of a text, so that [`Planner::compile_parsed`](crate::Planner::compile_parsed) can tell
    /// the problems of the text and those of its names together.
    ///
    /// # Errors
    ///
    /// Text in which nothing can be read: no such syntax, no root, nested too deeply, too long.
    pub fn parse_all(text: &str) -> Result<Parsed> {
        if text.len() > MAX_BYTES {
            let message = format!("the specification has {} bytes, more than {MAX_BYTES}", text.len());
            return Err(Error::input(code::OUT_OF_RANGE, message)
                .help("pass long lists of values as variables")
                .into());
        }
        let document = syntax::document(scan::scan(text))?;
        Reader::new(text).read(&document)
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "text")))]
impl FromStr for LoadSpec {
    type Err = Errors;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}
