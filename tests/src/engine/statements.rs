//! What must hold of the statements of a run: none for an empty key set, no key twice for one batch, no NULL in a key,
//! and no more of them than the plan says.

use eagerly::batch::{Batch, ListForm, ListPiece, ListSource, Operation, Piece, Reach, RowBound, SqlTemplate};
use eagerly::error::{Error, Errors};
use eagerly::value::Value;
use eagerly::{BindValue, Executed, Plan};
use std::collections::{HashMap, HashSet};

/// A key as text, and whether any of its parts is NULL.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key(String, bool);

/// Checks all statements of a run. Where lists are cut early (`cut`), there can be more than the plan has batches.
pub(super) fn check(plan: &Plan, sent: &[Executed], cut: bool) -> Result<(), Errors> {
    let batch = |name: &str| plan.batches().batches.iter().find(|b| b.name == name).expect("its batch");
    let mut known: HashMap<&str, HashSet<Key>> = HashMap::new();
    for statement in sent {
        let known = known.entry(&statement.batch).or_default();
        let batch = batch(&statement.batch);
        let checked = check_one(statement, &batch.sql, known).and_then(|()| check_rows(statement, batch));
        checked.map_err(|what| Error::bug(format!("{what}\nin {statement:?}")))?;
    }
    let by_level =
        |s: &&Executed| matches!(batch(&s.batch).operation, Operation::Fetch { reach: Reach::Levels(_), .. });
    // A recursion by levels adds a statement for each level that is reached.
    let levels = sent.iter().filter(by_level).count();
    if !cut && sent.len() - levels > plan.batches().statements() {
        return Err(Error::bug("more statements than explain says").into());
    }
    Ok(())
}

/// No more rows than the plan says.
fn check_rows(statement: &Executed, batch: &Batch) -> Result<(), String> {
    let RowBound { most, collections, .. } = &batch.rows;
    // A subquery finds keys that are not counted, and what a collection multiplies by is not known.
    let finds_keys = matches!(batch.operation, Operation::Fetch { reach: Reach::Subquery, .. });
    let Some(most) = most.filter(|_| collections.is_empty() && !finds_keys) else { return Ok(()) };
    let keys = if statement.wave > 1 { statement.keys as u64 } else { 1 };
    if statement.rows > most.saturating_mul(keys) {
        return Err(format!("{} rows, where the plan says {most} for each of {keys} keys", statement.rows));
    }
    Ok(())
}

/// Checks one statement; `known` are the keys that its batch has sent before.
fn check_one(statement: &Executed, template: &SqlTemplate, known: &mut HashSet<Key>) -> Result<(), String> {
    if statement.wave > 1 && statement.keys == 0 {
        return Err("a statement for an empty key set".into());
    }
    let Some((piece, at)) = key_list(template, &statement.binds)? else { return Ok(()) };
    let keys = keys(piece, &statement.binds[at..], statement.keys)?;
    if keys.len() != statement.keys {
        return Err(format!("{} keys are bound, not {}", keys.len(), statement.keys));
    }
    for key in keys {
        if key.1 {
            return Err(format!("NULL in the key {}", key.0));
        }
        if known.contains(&key) {
            return Err(format!("the key {} is bound twice", key.0));
        }
        known.insert(key);
    }
    Ok(())
}

/// The keys that a statement binds, each as text; none where only the run knows where they stand.
///
/// # Errors
/// A list that does not read.
pub fn sent_keys(statement: &Executed, template: &SqlTemplate) -> Result<Vec<String>, String> {
    let Some((piece, at)) = key_list(template, &statement.binds)? else { return Ok(Vec::new()) };
    Ok(keys(piece, &statement.binds[at..], statement.keys)?.into_iter().map(|key| key.0).collect())
}

/// The key list of a statement, and the place of its first bind. What stands before it is counted from the front; if
/// that is a list of which only the run knows how long it is, what stands behind is counted from the back.
fn key_list<'t>(template: &'t SqlTemplate, binds: &[BindValue]) -> Result<Option<(&'t ListPiece, usize)>, String> {
    let is_keys = |piece: &Piece| matches!(piece, Piece::List(list) if list.source == ListSource::Keys);
    let pieces = &template.pieces;
    let Some((index, list)) = pieces.iter().enumerate().find_map(|(i, piece)| match piece {
        Piece::List(list) if is_keys(piece) => Some((i, list)),
        _ => None,
    }) else {
        return Ok(None);
    };
    let mut front = Some(0);
    for piece in &pieces[..index] {
        front = front.and_then(|at| Some(at + width(piece, binds.get(at)?)?));
    }
    if front.is_some() {
        return Ok(front.map(|at| (list, at)));
    }
    let mut behind = Some(binds.len());
    for piece in pieces[index..].iter().rev() {
        behind = behind.and_then(|at| at.checked_sub(width(piece, binds.get(at.checked_sub(1)?)?)?));
    }
    // Around it are lists of such lengths too: it is the only one in JSON.
    let at = behind.or_else(|| binds.iter().position(|bind| list.form == ListForm::JsonHex && json(bind).is_some()));
    Ok(Some((list, at.ok_or("lists of unknown lengths stand around the keys")?)))
}

/// How many binds a part of a statement has, if it can be told; `bind` is one of them.
fn width(piece: &Piece, bind: &BindValue) -> Option<usize> {
    match piece {
        Piece::Text(_) => Some(0),
        Piece::Param(_) => Some(1),
        Piece::List(list) => match list.form {
            ListForm::Arrays => Some(list.width),
            ListForm::JsonHex => Some(1),
            ListForm::Json => json(bind).map(|_| 1),
            ListForm::Values => None,
        },
    }
}

/// A list as JSON; one value of a list that JSON cannot carry is none.
fn json(bind: &BindValue) -> Option<Vec<serde_json::Value>> {
    let BindValue::One(Value::Text(text)) = bind else { return None };
    serde_json::from_str(text).ok()
}

/// The keys that these binds start with: arrays by column, a JSON list, or rows of values padded at the end.
fn keys(list: &ListPiece, binds: &[BindValue], count: usize) -> Result<Vec<Key>, String> {
    if list.form == ListForm::Arrays {
        let column = |bind: &BindValue| match bind {
            BindValue::Many(values) => Ok(values.clone()),
            BindValue::One(value) => Err(format!("{value:?} is no array")),
        };
        let columns: Vec<Vec<Value>> = binds.iter().take(list.width).map(column).collect::<Result<_, _>>()?;
        let length = columns.first().map_or(0, Vec::len);
        if columns.len() != list.width || columns.iter().any(|values| values.len() != length) {
            return Err("arrays of different lengths".into());
        }
        return Ok((0..length).map(|i| row(columns.iter().map(|values| &values[i]))).collect());
    }
    let first = binds.first().ok_or("a list that is not bound")?;
    if let Some(keys) = json(first) {
        let has_null = |key: &serde_json::Value| match key {
            serde_json::Value::Array(parts) => parts.iter().any(serde_json::Value::is_null),
            key => key.is_null(),
        };
        return Ok(keys.iter().map(|key| Key(key.to_string(), has_null(key))).collect());
    }
    let skipped = usize::from(list.ordinal);
    let rows = binds.chunks(list.width + skipped).take(count);
    rows.map(|binds| Ok(row(binds[skipped..].iter().map(|bind| bind.one().expect("one value"))))).collect()
}

fn row<'v>(values: impl Iterator<Item = &'v Value>) -> Key {
    let values: Vec<&Value> = values.collect();
    Key(format!("{values:?}"), values.contains(&&Value::Null))
}
