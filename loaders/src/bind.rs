//! A template and its values become a statement: SQL text and binds. A list is one bind where that can carry it: JSON,
//! or an array for each column; else one bind per value, padded to a power of two so that few texts are prepared.

mod form;
mod written;

use crate::keys::KeySet;
use crate::store::{Id, KeyNo};
use eagerly_planner::BindValue;
use eagerly_planner::batch::{BatchPlan, BindForm, Limits, ListForm, ListPiece, ListSource, Marks, Piece, SqlTemplate};
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::logical::Bind;
use eagerly_planner::value::{Value, ValueRef};
use form::{formed, is_refused};
use std::ops::Range;
use std::sync::Arc;

/// Finds the values of binds.
pub(crate) struct Values<'a> {
    pub(crate) plan: &'a BatchPlan,
    pub(crate) values: &'a [BindValue],
}

impl Values<'_> {
    pub(crate) fn value(&self, bind: Bind) -> Result<&BindValue> {
        let found = match bind {
            Bind::Spec(id) => self.values.get(id.index()),
            Bind::Graph(id) => self.plan.constants.get(id.index()),
        };
        Ok(found.ok_or_else(|| Error::bug(format!("{bind:?} has no value")))?)
    }

    fn one(&self, bind: Bind) -> Result<&Value> {
        match self.value(bind)? {
            BindValue::One(value) => Ok(value),
            _ => Err(Error::bug(format!("{bind:?} is a list")).into()),
        }
    }

    fn many(&self, bind: Bind) -> Result<&[Value]> {
        match self.value(bind)? {
            BindValue::Many(values) => Ok(values),
            _ => Err(Error::bug(format!("{bind:?} is not a list")).into()),
        }
    }
}

/// Refuses times in conditions that the database would read by the settings of its session, before anything is sent.
///
/// # Errors
/// `E0106` with the place of the condition and the form to write.
pub(crate) fn check(values: &Values<'_>) -> Result<()> {
    let is_text = |value: &Value| matches!(value, Value::Text(_));
    let has_text = |bind: &BindValue| match bind {
        BindValue::One(value) => is_text(value),
        BindValue::Many(values) => values.iter().any(is_text),
    };
    if !values.values.iter().chain(&values.plan.constants).any(has_text) {
        return Ok(());
    }
    for batch in &values.plan.batches {
        for piece in &batch.sql.pieces {
            let (given, form) = match piece {
                Piece::Formed(bind, form) => (std::slice::from_ref(values.one(*bind)?), *form),
                Piece::List(list @ ListPiece { source: ListSource::Bind(bind), .. }) if !list.forms.is_empty() => {
                    (values.many(*bind)?, form_of(list, 0))
                }
                _ => continue,
            };
            if let Some(Value::Text(text)) = given.iter().find(|value| is_refused(value.as_ref(), form)) {
                return Err(not_iso(text).path(&batch.name).into());
            }
        }
    }
    Ok(())
}

fn not_iso(text: &str) -> Error {
    let message = format!("`{text}` is no date or time in ISO 8601");
    Error::input(code::ARGUMENT_TYPE, message).help(
        "write `2024-01-31`, `12:00:00` or `2024-01-31T12:00:00+01:00`; settings of the session would decide how the \
         database reads another form",
    )
}

/// Whether JSON carries the value without loss into SQLite: a NUL would end the text, floats would be read back by
/// another algorithm, and bytes have no form.
fn fits_json(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Integer(_) | ValueRef::Unsigned(_) | ValueRef::Boolean(_) | ValueRef::Null => true,
        ValueRef::Text(text) => !text.contains('\0'),
        _ => false,
    }
}

/// Cuts the keys of a set, those with the given numbers, into chunks, one per statement.
pub(crate) fn chunks(
    template: &SqlTemplate,
    values: &Values<'_>,
    keys: &KeySet,
    numbers: Range<usize>,
    limits: &Limits,
) -> Result<Vec<Range<usize>>> {
    let whole = template.pieces.iter().all(|piece| !matches!(piece, Piece::List(list) if is_cut(list)));
    let one_bind = whole || keys.are_integers() || numbers.clone().all(|i| keys.key(KeyNo::new(i)).all(fits_json));
    let most = if one_bind { limits.list_keys } else { padded_chunk(template, values, limits)? };
    let (mut chunks, mut start, mut bytes) = (Vec::new(), numbers.start, 0);
    for index in numbers.clone() {
        let size: usize = keys.key(KeyNo::new(index)).map(json_size).sum();
        if index > start && (index - start == most || bytes + size > limits.list_bytes) {
            chunks.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += size;
    }
    if start < numbers.end {
        chunks.push(start..numbers.end);
    }
    Ok(chunks)
}

/// Whether keys of a list are bound one by one where its one bind does not carry them.
fn is_cut(list: &ListPiece) -> bool {
    list.source == ListSource::Keys && matches!(list.form, ListForm::Json | ListForm::Values)
}

/// An upper bound of a value's bytes in a JSON list, but for the signs that JSON escapes.
fn json_size(value: ValueRef<'_>) -> usize {
    match value {
        ValueRef::Text(text) => text.len() + 8,
        ValueRef::Bytes(bytes) => 2 * bytes.len() + 8,
        _ => 24,
    }
}

/// Keys of one statement where each key is bound by itself.
fn padded_chunk(template: &SqlTemplate, values: &Values<'_>, limits: &Limits) -> Result<usize> {
    let mut others = 0;
    let mut per_key = 1;
    for piece in &template.pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Param(_) | Piece::Formed(..) => others += 1,
            Piece::List(ListPiece { source: ListSource::Keys, width, ordinal, .. }) => {
                per_key = width + usize::from(*ordinal);
            }
            Piece::List(ListPiece { source: ListSource::Bind(bind), form, .. }) => {
                let list = values.many(*bind)?;
                others += match form {
                    ListForm::Arrays | ListForm::JsonHex => 1,
                    ListForm::Json if list.iter().map(Value::as_ref).all(fits_json) => 1,
                    ListForm::Json => list.len(),
                    ListForm::Values => list.len().next_power_of_two(),
                };
            }
        }
    }
    let room = limits.variables.saturating_sub(others) / per_key;
    match room {
        0 => Err(too_many(others, limits).into()),
        // The largest power of two that fits: longer lists would be padded past the limit.
        room => Ok(1 << room.ilog2()),
    }
}

fn too_many(binds: usize, limits: &Limits) -> Error {
    let message = format!("{binds} values to bind, where the database takes {}", limits.variables);
    Error::new(ErrorKind::Limit, code::LIMIT, message).help("shorten the lists of the specification")
}

/// The statement for one chunk of keys: its text and its binds.
pub(crate) fn statement(
    template: &SqlTemplate,
    values: &Values<'_>,
    keys: &KeySet,
    chunk: Range<usize>,
    limits: &Limits,
) -> Result<(Arc<str>, Vec<BindValue>)> {
    let mut binds = Vec::with_capacity(template.pieces.len() / 2 + 1);
    // The finished text is used unless a list cannot be one bind; then the text is written anew, from the start.
    let mut own: Option<Own> = None;
    for (index, piece) in template.pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => own.iter_mut().for_each(|own| own.sql.push_str(text)),
            Piece::Param(bind) => {
                binds.push(BindValue::One(values.one(*bind)?.clone()));
                own.iter_mut().for_each(|own| own.marked("?"));
            }
            Piece::Formed(bind, form) => {
                let value = values.one(*bind)?;
                binds.push(BindValue::One(formed(value.as_ref(), *form).unwrap_or_else(|| value.clone())));
                own.iter_mut().for_each(|own| own.marked("?"));
            }
            Piece::List(list) => {
                let rows = match list.source {
                    ListSource::Keys => Rows::Keys(keys, chunk.clone()),
                    ListSource::Bind(bind) => Rows::Values(values.many(bind)?),
                };
                match list.form {
                    ListForm::Arrays => {
                        binds.extend((0..list.width).map(|column| BindValue::Many(rows.column(column, list))))
                    }
                    ListForm::Json if rows.fits_json() => {
                        binds.push(BindValue::One(Value::Text(rows.json(list)?)));
                    }
                    ListForm::JsonHex => binds.push(BindValue::One(Value::Text(rows.json(list)?))),
                    ListForm::Values => {
                        let own = own.get_or_insert_with(|| Own::before(template, index));
                        rows.repeated(list, own, &mut binds);
                        continue;
                    }
                    ListForm::Json => {
                        let own = own.get_or_insert_with(|| Own::before(template, index));
                        rows.padded(list, own, &mut binds);
                        continue;
                    }
                }
                own.iter_mut().for_each(|own| own.marked(&list.one_bind));
            }
        }
    }
    if binds.len() > limits.variables {
        return Err(too_many(binds.len(), limits).into());
    }
    Ok((own.map_or_else(|| template.text.clone(), |own| Arc::from(own.sql)), binds))
}

/// A text that is written anew, and its marks so far.
struct Own {
    sql: String,
    marks: Marks,
    count: usize,
}

impl Own {
    /// The text of the pieces before one, every list as one bind.
    fn before(template: &SqlTemplate, index: usize) -> Self {
        let mut own = Self { sql: String::new(), marks: template.marks, count: 0 };
        for piece in &template.pieces[..index] {
            match piece {
                Piece::Text(text) => own.sql.push_str(text),
                Piece::Param(_) | Piece::Formed(..) => own.marked("?"),
                Piece::List(list) => own.marked(&list.one_bind),
            }
        }
        own
    }

    /// Adds text in which each `?` marks a bind.
    fn marked(&mut self, text: &str) {
        self.marks.push(&mut self.sql, text, &mut self.count);
    }
}

/// The elements of a list.
enum Rows<'a> {
    Keys(&'a KeySet, Range<usize>),
    Values(&'a [Value]),
}

impl<'a> Rows<'a> {
    fn len(&self) -> usize {
        match self {
            Self::Keys(_, chunk) => chunk.len(),
            Self::Values(values) => values.len(),
        }
    }

    /// A value of an element.
    #[inline(always)]
    fn part(&self, index: usize, part: usize) -> ValueRef<'a> {
        match self {
            Self::Keys(keys, chunk) => keys.part(KeyNo::new(chunk.start + index), part),
            Self::Values(values) => values[index].as_ref(),
        }
    }

    /// The values of an element.
    fn row(&self, index: usize) -> impl Iterator<Item = ValueRef<'a>> {
        let width = match self {
            Self::Keys(keys, _) => keys.width(),
            Self::Values(_) => 1,
        };
        (0..width).map(move |part| self.part(index, part))
    }

    /// The values of one column.
    fn column(&self, column: usize, list: &ListPiece) -> Vec<Value> {
        let mut values: Vec<Value> = (0..self.len()).map(|index| self.part(index, column).to_value()).collect();
        let form = form_of(list, column);
        if form != BindForm::AsIs {
            for value in &mut values {
                if let Some(formed) = formed(value.as_ref(), form) {
                    *value = formed;
                }
            }
        }
        values
    }

    fn fits_json(&self) -> bool {
        match self {
            Self::Keys(keys, _) if keys.are_integers() => true,
            _ => (0..self.len()).all(|i| self.row(i).all(fits_json)),
        }
    }

    /// `[1,2]`, or for composite keys `[[1,"a"],[2,"b"]]`.
    fn json(&self, list: &ListPiece) -> Result<String> {
        if list.forms.is_empty() {
            return self.json_of(list.width, |json, _, value| push_json(json, value));
        }
        self.json_of(list.width, |json, n, value| push_json(json, bound(value, form_of(list, n)).as_ref()))
    }

    fn json_of(&self, width: usize, push: impl Fn(&mut Vec<u8>, usize, ValueRef<'_>) -> Result<()>) -> Result<String> {
        let mut json = Vec::with_capacity(2 + self.len() * width * 8);
        for index in 0..self.len() {
            json.push(if index == 0 { b'[' } else { b',' });
            for (n, value) in self.row(index).enumerate() {
                match (n, width) {
                    (0, 1) => {}
                    (0, _) => json.push(b'['),
                    _ => json.push(b','),
                }
                push(&mut json, n, value)?;
            }
            if width > 1 {
                json.push(b']');
            }
        }
        json.extend_from_slice(if self.len() == 0 { b"[]" } else { b"]" });
        Ok(String::from_utf8(json).map_err(|e| Error::bug(format!("a key list is not UTF-8: {e}")))?)
    }

    /// `(?, ?, …)`: the last value is repeated, so that few texts are prepared.
    fn repeated(&self, list: &ListPiece, own: &mut Own, binds: &mut Vec<BindValue>) {
        own.sql.push_str(&list.open);
        for index in 0..self.len().next_power_of_two() {
            own.marked(if index == 0 { "?" } else { ", ?" });
            let row = self.row(index.min(self.len().saturating_sub(1)));
            binds.extend(row.enumerate().map(|(n, value)| BindValue::One(bound(value, form_of(list, n)))));
        }
        own.sql.push_str(&list.close);
    }

    /// `(?,?),(?,?)…`, padded with rows of NULL, which equal nothing.
    fn padded(&self, list: &ListPiece, own: &mut Own, binds: &mut Vec<BindValue>) {
        let columns = list.width + usize::from(list.ordinal);
        own.sql.push_str(&list.open);
        // NULL in a list of values would change NOT IN: only keys are padded.
        let rows = match self {
            Self::Keys(..) => self.len().next_power_of_two(),
            Self::Values(_) => self.len(),
        };
        for index in 0..rows {
            own.sql.push_str(if index == 0 { "(" } else { ", (" });
            for n in 0..columns {
                own.marked(if n == 0 { "?" } else { ", ?" });
            }
            own.sql.push(')');
            if list.ordinal {
                binds.push(BindValue::One(Value::Integer(index as i64)));
            }
            if index < self.len() {
                let row = self.row(index).enumerate();
                binds.extend(row.map(|(n, value)| BindValue::One(bound(value, form_of(list, n)))));
            } else {
                binds.extend(std::iter::repeat_n(BindValue::One(Value::Null), list.width));
            }
        }
        own.sql.push_str(&list.close);
    }
}

/// The form of a value of each element.
fn form_of(list: &ListPiece, n: usize) -> BindForm {
    list.forms.get(n).copied().unwrap_or_default()
}

/// A value in a form.
fn bound(value: ValueRef<'_>, form: BindForm) -> Value {
    formed(value, form).unwrap_or_else(|| value.to_value())
}

#[inline(always)]
fn push_json(json: &mut Vec<u8>, value: ValueRef<'_>) -> Result<()> {
    let written = match value {
        ValueRef::Integer(i) => serde_json::to_writer(json, &i),
        ValueRef::Unsigned(u) => serde_json::to_writer(json, &u.get()),
        ValueRef::Boolean(b) => serde_json::to_writer(json, &i64::from(b)),
        ValueRef::Text(text) => serde_json::to_writer(json, text),
        ValueRef::Float(float) => serde_json::to_writer(json, &float),
        ValueRef::Bytes(bytes) => {
            json.push(b'"');
            let digits =
                bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|d| b"0123456789abcdef"[usize::from(d)]);
            json.extend(digits);
            json.push(b'"');
            Ok(())
        }
        _ => serde_json::to_writer(json, &()),
    };
    Ok(written.map_err(|e| Error::bug(format!("a key has no JSON form: {e}")))?)
}
