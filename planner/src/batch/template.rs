//! A finished SQL statement with holes for values: what the plan keeps of a dialect's work.

use crate::logical::Bind;
use std::fmt;
use std::sync::Arc;

/// A statement template. Lists are one bind each, so that the text does not depend on their length; values that such
/// a list cannot carry (bytes and floats in SQLite's JSON) take a second form with one bind each.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct SqlTemplate {
    /// The parts of the statement.
    pub pieces: Vec<Piece>,
    /// The statement with every list as one bind: finished text, shared with each execution.
    pub text: Arc<str>,
}

/// A part of a statement template.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A bound value.
    Param(Bind),
    /// A list.
    List(ListPiece),
}

/// A list of values or keys in a statement.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub struct ListPiece {
    /// What it holds.
    pub source: ListSource,
    /// Values in one element: 1, or the columns of a composite key.
    pub width: usize,
    /// Whether the form of one bind per value numbers its elements.
    pub ordinal: bool,
    /// The SQL of the list as one bind.
    pub one_bind: String,
    /// Before the elements, in the form of one bind per value.
    pub open: String,
    /// Behind the elements.
    pub close: String,
}

/// What a list holds.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListSource {
    /// The key set of the batch.
    Keys,
    /// A list of the specification or the graph.
    Bind(Bind),
}

impl SqlTemplate {
    /// A template of these parts.
    #[must_use]
    pub fn new(pieces: Vec<Piece>) -> Self {
        let mut text = String::new();
        for piece in &pieces {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Param(_) => text.push('?'),
                Piece::List(list) => text.push_str(&list.one_bind),
            }
        }
        Self { pieces, text: text.into() }
    }
}

impl ListPiece {
    /// A list; `one_bind` holds one `?`.
    #[must_use]
    pub fn new(source: ListSource, width: usize, ordinal: bool, one_bind: String, open: String, close: String) -> Self {
        Self { source, width, ordinal, one_bind, open, close }
    }
}

impl fmt::Display for SqlTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pieces: _, text } = self;
        f.write_str(text)
    }
}
