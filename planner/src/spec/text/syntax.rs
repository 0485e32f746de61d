//! The parser, and its complaints in our words. One mistake makes it complain several times: only what it says before
//! it loses its place is told.

use apollo_parser::{Parser, cst};

use super::scan::{Scan, Stumble};
use super::{EXAMPLE, MAX_DEPTH};
use crate::error::{Error, Result, code};
use crate::spec::problems::{shorten, span};

/// The tree of the text that was scanned, or all syntax errors of scan and parser.
pub(super) fn document(scan: Scan<'_>) -> Result<cst::Document> {
    let Scan { mut problems, text, stumbles, mismatch } = scan;
    let Some(text) = text else {
        problems.check(())?;
        return Err(Error::bug("a specification cannot be read without a problem").into());
    };
    let tree = Parser::new(&text).recursion_limit(MAX_DEPTH).parse();
    let mut complaints: Vec<&apollo_parser::Error> = tree.errors().collect();
    complaints.sort_by_key(|complaint| complaint.index());
    let mut echo = false;
    for complaint in complaints {
        let index = complaint.index();
        if mismatch.is_some_and(|mismatch| mismatch <= index) {
            break;
        }
        let loses_place = loses_place(complaint.message());
        if loses_place && std::mem::take(&mut echo) {
            continue;
        }
        let told = follows_stumble(&text, &stumbles, index) || loses_place && !problems.is_empty();
        if !told {
            problems.push(reword(&text, complaint));
        }
        if loses_place || problems.is_full() {
            break;
        }
        // A brace that stands where a value should is dropped, and missed afterwards.
        echo = complaint.message() == NO_VALUE && complaint.data() == "}";
    }
    problems.check(tree.document())
}

const NO_VALUE: &str = "expected a valid Value";
const NO_VARIABLE: &str = "expected a Variable Definition";
const NO_TYPE: &str = "expected a Type";
const NO_SELECTION: &str = "expected at least one Selection in Selection Set";
const DEFINITION: &str = "a variable is defined as in `query ($since: String)`, or used without a definition";
const VALUES: &str =
    "a value is a number, a string in double quotes, true, false, null, a list, an object or a $variable";

/// Whether the parser does not know where it is after it said `message`.
fn loses_place(message: &str) -> bool {
    message.starts_with("expected R_")
        || matches!(message, "expected definition" | "Unexpected <EOF>." | NO_VARIABLE | NO_TYPE | "expected a type")
        || message.starts_with("expected a StringValue, Name")
}

/// Whether only ignored characters lie between the last of `stumbles` before `index`, and `index`: what is missing
/// there was unreadable.
fn follows_stumble(text: &str, stumbles: &[Stumble], index: usize) -> bool {
    let before = stumbles.partition_point(|stumble| stumble.end <= index).checked_sub(1);
    before
        .and_then(|i| stumbles.get(i))
        .and_then(|stumble| text.get(stumble.end..index))
        .is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '\u{FEFF}')))
}

/// A complaint of the parser's about `text` in our words.
fn reword(text: &str, complaint: &apollo_parser::Error) -> Error {
    let (index, data) = (complaint.index(), complaint.data());
    let at = span(index, index + data.len());
    if complaint.is_limit() {
        return Error::input(code::TOO_DEEP, format!("nested more than {MAX_DEPTH} brackets deep")).span(at);
    }
    let found = if data.is_empty() { "the end of the text".to_owned() } else { format!("`{}`", shorten(data)) };
    let (expected, help) = match complaint.message() {
        "expected a Name" if lacks_type(text, index) => (Some("`:` and a type"), Some(DEFINITION)),
        "expected a Name" => (Some("a name"), None),
        NO_VARIABLE if data == ")" => (Some("a variable"), Some("leave out empty parentheses")),
        NO_VARIABLE => (Some("a variable"), Some(DEFINITION)),
        NO_TYPE | "expected a type" | "expected item type" => (Some("a type"), Some(DEFINITION)),
        NO_VALUE => (Some("a value"), Some(VALUES)),
        "expected an Argument" if data == ")" => (Some("an argument"), Some("leave out empty parentheses")),
        "expected an Argument" => (Some("an argument"), None),
        NO_SELECTION if data == "}" => {
            (Some("a column or a relationship"), Some("without braces all columns come out"))
        }
        NO_SELECTION => (Some("a column or a relationship"), None),
        "expected a Selection Set" => (Some("`{`"), Some(EXAMPLE)),
        message if message.starts_with("expected R_CURLY") => (Some("a name or `}`"), None),
        message if message.starts_with("expected R_PAREN") && in_header(text, index) => {
            (Some("a variable or `)`"), Some(DEFINITION))
        }
        message if message.starts_with("expected R_PAREN") => (Some("an argument or `)`"), None),
        message if message.starts_with("expected R_BRACK") => (Some("a value or `]`"), None),
        message if loses_place(message) => (Some("`{`"), Some(EXAMPLE)),
        message if message.contains("Const context") => (None, Some("a default value holds no variables")),
        message if about_fragment(message) => (None, Some("a specification has no fragments")),
        _ => (None, None),
    };
    let message = match expected {
        Some(expected) => format!("expected {expected}, found {found}"),
        None => format!("unexpected {found}"),
    };
    Error::input(code::SYNTAX, message).span(at).help(help.unwrap_or(EXAMPLE))
}

/// Whether the byte `index` is between `query` and its braces.
fn in_header(text: &str, index: usize) -> bool {
    text.get(..index).is_some_and(|before| !before.contains('{'))
}

/// Whether a variable stands before the byte `index`, where its type is missing.
fn lacks_type(text: &str, index: usize) -> bool {
    in_header(text, index) && text.get(..index).is_some_and(|before| !before.trim_end().ends_with('$'))
}

fn about_fragment(message: &str) -> bool {
    ["Fragment", "Type Condition", "'on'", "expected Selection Set"].iter().any(|part| message.contains(part))
}
