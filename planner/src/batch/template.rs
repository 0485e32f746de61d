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
    /// How binds are marked in the text.
    pub marks: Marks,
}

/// How binds are marked in a statement. In the pieces of a template every mark is `?`.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Marks {
    /// `?`
    #[default]
    Question,
    /// `$1`, `$2`, …
    Dollar,
}

impl Marks {
    /// Adds text in which each `?` marks a bind; `count` is the number of marks so far.
    pub fn push(self, sql: &mut String, text: &str, count: &mut usize) {
        for (index, part) in text.split('?').enumerate() {
            if index > 0 {
                *count += 1;
                match self {
                    Self::Question => sql.push('?'),
                    Self::Dollar => sql.push_str(&format!("${count}")),
                }
            }
            sql.push_str(part);
        }
    }
}

/// What a value becomes when it is bound, so that it means to the database what it means here: a value that was printed
/// finds its row. What does not have the form that is spoken of stays as it is.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BindForm {
    /// Itself.
    #[default]
    AsIs,
    /// For a point in time: `2021-10-31T02:00:00+02:00` becomes UTC's `2021-10-31T00:00:00`. MySQL and MariaDB, whose
    /// statements over TIMESTAMP run in UTC and whose text of a time has no offset.
    Utc,
    /// For a point in time, and for a time of day with an offset: `2021-10-31T00:00:00` becomes
    /// `2021-10-31T00:00:00+00:00`. PostgreSQL, which would take it to be a time of the session's zone. Text that is not
    /// ISO 8601 is refused: the session's settings decide what `01/02/2021` and `now` mean.
    UtcOffset,
    /// For PostgreSQL's dates and times without a zone: ISO 8601 becomes its full form, and other text is refused, as for
    /// [`Self::UtcOffset`].
    Iso,
    /// For a date and a time without a zone: `2021-10-31T02:00:00+02:00` becomes `2021-10-31T02:00:00`, as PostgreSQL reads
    /// it. MySQL would take it to the session's zone.
    Local,
    /// For a float of four bytes: the double that prints like one becomes that float.
    Single,
    /// For PostgreSQL's `jsonb`: a number or a boolean becomes the document that it is.
    Document,
    /// For MySQL's YEAR: an integer becomes text of four digits, since 0 can be 2000 and `0000` cannot.
    Year,
}

/// A part of a statement template.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// A bound value.
    Param(Bind),
    /// A bound value in a form.
    Formed(Bind, BindForm),
    /// A list.
    List(ListPiece),
}

/// How a list is bound.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListForm {
    /// As one JSON text; what JSON cannot carry is bound value by value.
    Json,
    /// As one JSON text that carries every value: bytes are hexadecimal digits in it.
    JsonHex,
    /// Value by value; one that is not a power of two long repeats its last value.
    Values,
    /// As one array for each column of the key.
    Arrays,
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
    /// How it is bound.
    pub form: ListForm,
    /// The SQL of the list as one bind, or one for each column of the key; each is marked `?`.
    pub one_bind: String,
    /// Before the elements, in the form of one bind per value.
    pub open: String,
    /// Behind the elements.
    pub close: String,
    /// The forms of the values of an element; none: all are as they are.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub forms: Vec<BindForm>,
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
    /// A template of these parts, whose binds are marked `?`.
    #[must_use]
    pub fn new(pieces: Vec<Piece>) -> Self {
        Self::marked(pieces, Marks::Question)
    }

    /// A template of these parts.
    #[must_use]
    pub fn marked(pieces: Vec<Piece>, marks: Marks) -> Self {
        let (mut text, mut count) = (String::new(), 0);
        for piece in &pieces {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Param(_) | Piece::Formed(..) => marks.push(&mut text, "?", &mut count),
                Piece::List(list) => marks.push(&mut text, &list.one_bind, &mut count),
            }
        }
        Self { pieces, text: text.into(), marks }
    }
}

impl ListPiece {
    /// A list that is bound as JSON; `one_bind` holds one `?`.
    #[must_use]
    pub fn new(source: ListSource, width: usize, ordinal: bool, one_bind: String, open: String, close: String) -> Self {
        Self { source, width, ordinal, form: ListForm::Json, one_bind, open, close, forms: Vec::new() }
    }

    /// A list that is bound as JSON with bytes as hexadecimal digits; `one_bind` holds one `?`.
    #[must_use]
    pub fn json_hex(source: ListSource, width: usize, one_bind: String) -> Self {
        let (open, close) = (String::new(), String::new());
        Self { source, width, ordinal: false, form: ListForm::JsonHex, one_bind, open, close, forms: Vec::new() }
    }

    /// A list of single values that are bound one by one: `(?, ?)`.
    #[must_use]
    pub fn values(source: ListSource) -> Self {
        let [one_bind, open, close] = ["(?)", "(", ")"].map(str::to_owned);
        Self { source, width: 1, ordinal: false, form: ListForm::Values, one_bind, open, close, forms: Vec::new() }
    }

    /// A list that is bound as arrays, one for each column; `one_bind` holds so many `?`.
    #[must_use]
    pub fn arrays(source: ListSource, width: usize, one_bind: String) -> Self {
        let (open, close) = (String::new(), String::new());
        Self { source, width, ordinal: false, form: ListForm::Arrays, one_bind, open, close, forms: Vec::new() }
    }

    /// The same list with values in these forms, one for each value of an element.
    #[must_use]
    pub fn formed(mut self, forms: impl IntoIterator<Item = BindForm>) -> Self {
        let forms: Vec<BindForm> = forms.into_iter().collect();
        self.forms = if forms.iter().all(|form| *form == BindForm::AsIs) { Vec::new() } else { forms };
        self
    }
}

impl fmt::Display for SqlTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pieces: _, text, marks: _ } = self;
        f.write_str(text)
    }
}
