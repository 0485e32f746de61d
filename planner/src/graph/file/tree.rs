//! TOML's tree, read key by key: what does not fit is a problem with its place, and reading goes on.

use crate::error::{Error, Span, code};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place.
pub(super) type Item<'a> = &'a Spanned<DeValue<'a>>;

/// A string of the file, and its place.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) at: Span,
}

/// The problems so far, and where we are.
pub(super) struct Tree<'t> {
    /// The text, into which places point.
    pub(super) source: &'t str,
    pub(super) problems: Vec<Error>,
    /// The definition being read, for errors.
    pub(super) path: String,
}

impl Tree<'_> {
    pub(super) fn report(&mut self, at: impl Into<Span>, error: Error) {
        self.problems.push(error.span(at.into()).path(self.path.clone()));
    }

    /// Reports the keys that mean nothing here.
    pub(super) fn known(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: &str = key.get_ref();
            let error = Error::input(code::GRAPH_KEY, format!("no key `{name}` here"));
            self.report(key.span(), error.suggest(name, known.iter().copied()));
        }
    }

    /// Reports a value that is not what its key takes.
    pub(super) fn wrong(&mut self, key: &str, expected: &str, item: Item<'_>) {
        let found = match item.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let error = Error::input(code::GRAPH_VALUE, format!("`{key}` takes {expected}, found {found}"));
        let error = match item.get_ref() {
            DeValue::Datetime(_) => error.help("put it in quotes"),
            _ => error,
        };
        self.report(item.span(), error);
    }

    /// The string at `key`.
    pub(super) fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<Text> {
        let item = table.get(key)?;
        self.string(key, "a string", item)
    }

    /// The string in quotes that an item is.
    pub(super) fn string(&mut self, key: &str, expected: &str, item: Item<'_>) -> Option<Text> {
        let text = item.get_ref().as_str();
        if text.is_none() {
            self.wrong(key, expected, item);
        }
        text.map(|text| Text { text: text.to_owned(), at: item.span().into() })
    }

    /// The boolean at `key`.
    pub(super) fn boolean(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let item = table.get(key)?;
        let boolean = item.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong(key, "true or false", item);
        }
        boolean
    }

    /// The integer at `key`, not negative.
    pub(super) fn count(&mut self, table: &DeTable<'_>, key: &str) -> Option<u64> {
        let item = table.get(key)?;
        let integer = item.get_ref().as_integer();
        let count = integer.and_then(|n| u64::from_str_radix(n.as_str(), n.radix()).ok());
        if count.is_none() {
            self.wrong(key, "an integer from 0 on", item);
        }
        count
    }

    /// The elements of the list at `key`.
    pub(super) fn list<'a>(
        &mut self,
        table: &'a DeTable<'a>,
        key: &str,
        expected: &str,
    ) -> Option<Vec<&'a Spanned<DeValue<'a>>>> {
        let item = table.get(key)?;
        let list = item.get_ref().as_array();
        if list.is_none() {
            self.wrong(key, expected, item);
        }
        list.map(|list| list.iter().collect())
    }

    /// The table that an item is.
    pub(super) fn table<'a>(&mut self, key: &str, expected: &str, item: Item<'a>) -> Option<&'a DeTable<'a>> {
        let table = item.get_ref().as_table();
        if table.is_none() {
            self.wrong(key, expected, item);
        }
        table
    }

    /// The strings that a list is.
    pub(super) fn strings(&mut self, key: &str, expected: &str, item: Item<'_>) -> Option<Vec<Text>> {
        let Some(list) = item.get_ref().as_array() else {
            self.wrong(key, expected, item);
            return None;
        };
        Some(list.iter().filter_map(|item| self.string(key, expected, item)).collect())
    }

    /// The one of `all` that the string at `key` names.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let Text { text, at } = self.text(table, key)?;
        let found = all.iter().copied().find(|known| name(*known) == text);
        if found.is_none() {
            let error = Error::input(code::GRAPH_VALUE, format!("no {key} `{text}`"));
            self.report(at, error.suggest(&text, all.iter().map(|known| name(*known))));
        }
        found
    }

    /// Reports a name that was there before.
    pub(super) fn twice(&mut self, what: &str, name: &Text) {
        let error = Error::input(code::DUPLICATE_NAME, format!("{what} `{}` is given twice", name.text));
        self.report(name.at, error.help("drop one of them"));
    }
}

/// Syntax errors of the TOML parser. What it says more than once of one place is told once.
pub(super) fn syntax(text: &str, errors: &[toml::de::Error]) -> Vec<Error> {
    let mut told: Vec<Error> = errors.iter().map(|error| reword(text, error)).collect();
    told.dedup();
    told
}

fn reword(text: &str, error: &toml::de::Error) -> Error {
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    let (message, span) = match error.span() {
        Some(span) => (message, Some(Span::from(span))),
        None if message == TOO_LONG => ("a key has too many parts".to_owned(), long_key(text)),
        None => (message, None),
    };
    Error::input(code::GRAPH_SYNTAX, message)
        .span(span)
        .help("a graph file is TOML, as `eagerly inspect DB --format toml` writes it")
}

/// What the parser says of a dotted key with too many parts, without a place.
const TOO_LONG: &str = "recursion limit";

/// Dots of a line in which such a key can stand; the parser's own limit is somewhat higher.
const MANY: usize = 64;

/// Where the first such key begins. A key does not go beyond its line, so the parser complains about that line alone.
fn long_key(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_long = |error: &toml::de::Error| error.span().is_none() && error.message() == TOO_LONG;
        if line.matches('.').count() >= MANY && DeTable::parse_recoverable(line).1.iter().any(is_long) {
            let key = line.trim_start_matches([' ', '\t', '[']);
            let at = start + line.len() - key.len();
            return Some(Span::from(at..at + key.find(['.', ' ']).unwrap_or(key.len())));
        }
        start += line.len();
    }
    None
}
