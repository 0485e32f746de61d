//! The text of JSON: its syntax errors with their places, and integers that no parser keeps.

use super::node::{Node, TOO_DEEP, is_integer};
use super::{EXAMPLE, MAX_DEPTH};
use crate::error::{Error, Result, code};
use crate::spec::forms::long_integer;
use crate::spec::problems::span;
use serde::Deserialize;

/// Parses `json`, which may begin with a byte order mark.
pub(super) fn node(json: &str) -> Result<Node> {
    let text = json.strip_prefix('\u{feff}').unwrap_or(json);
    let mut reader = serde_json::Deserializer::from_str(text);
    // A node counts by itself, and deeper.
    reader.disable_recursion_limit();
    Node::deserialize(&mut reader).and_then(|node| reader.end().map(|()| node)).map_err(|error| {
        let at = json.len() - text.len() + offset(text, error.line(), error.column());
        let length = json.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        reword(&error).span(span(at, at + length)).into()
    })
}

/// The error in our words.
fn reword(error: &serde_json::Error) -> Error {
    let told = error.to_string();
    let message = told.rsplit_once(" at line ").map_or(told.as_str(), |(message, _)| message);
    match message {
        TOO_DEEP => Error::input(code::TOO_DEEP, format!("nested more than {MAX_DEPTH} lists and objects deep")),
        "number out of range" => Error::input(code::OUT_OF_RANGE, "the number is out of range: a float has 64 bits")
            .help("the largest is about 1.8e308"),
        _ => Error::input(code::SYNTAX, format!("no JSON: {message}")).help(EXAMPLE),
    }
}

/// The byte that line and column stand for; both count from 1, the column in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((start + column.saturating_sub(1)).min(text.len()))
}

/// The integers of valid JSON that are too long for any integer type; a parser makes floats of them.
pub(super) fn long_integers(json: &str) -> Vec<Error> {
    let mut problems = Vec::new();
    let bytes = json.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = json.get(at..).unwrap_or_default();
        let length = match byte {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => {
                rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len())
            }
            _ => 1,
        };
        let token = rest.get(..length).unwrap_or_default();
        let is_float = token.parse::<i64>().is_err() && token.parse::<u64>().is_err();
        if matches!(byte, b'-' | b'0'..=b'9') && is_integer(token) && is_float {
            problems.push(long_integer(token).span(span(at, at + length)));
        }
        at += length;
    }
    problems
}

/// How long the string is that `text` begins with, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return i + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}
