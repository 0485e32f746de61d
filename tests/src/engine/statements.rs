//! What must hold of the statements of a run: none for an empty key set, no key twice for one question, no NULL in a
//! key, and no more of them than the plan says.

use eagerly::batch::{Batch, ListForm, ListPiece, ListSource, Operation, Piece, Reach, RowBound, SqlTemplate};
use eagerly::error::{Error, Errors};
use eagerly::logical::Bind;
use eagerly::value::Value;
use eagerly::{BindValue, Executed, Plan, RelationshipGraph};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A key as text, and whether any of its parts is NULL.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key(String, bool);

/// Checks all statements of a run. Without passes (`merged` is not set) batches do not know of each other, and each is
/// checked by itself.
pub(crate) fn check(plan: &Plan, graph: &RelationshipGraph, sent: &[Executed], merged: bool) -> Result<(), Errors> {
    let batch = |name: &str| plan.batches().batches.iter().find(|b| b.name == name).expect("its batch");
    let mut known: HashMap<(&str, String, String, Option<&str>), HashSet<Key>> = HashMap::new();
    for statement in sent {
        let batch = batch(&statement.batch);
        // A recursion follows keys of its own.
        let recursion = batch.parts[0].nodes.iter().any(|node| plan.batches().node(*node).recursion.is_some());
        let own = (recursion || !merged).then_some(batch.name.as_str());
        let known = known.entry((&batch.sql.text, others(plan, &batch.sql), key_types(graph, batch), own)).or_default();
        let checked = check_one(plan, statement, &batch.sql, known).and_then(|()| check_rows(statement, batch));
        checked.map_err(|what| Error::bug(format!("{what}\nin {statement:?}")))?;
    }
    let bound = plan.batches().bound(|batch| {
        let own = sent.iter().filter(|s| s.batch == batch.name);
        let waves: HashSet<u32> = own.clone().map(|s| s.wave).collect();
        (own.map(|s| s.keys).sum(), waves.len())
    });
    if sent.len() > bound {
        return Err(Error::bug(format!("{} statements, where the plan says {bound}", sent.len())).into());
    }
    Ok(())
}

/// The types of the keys: where the database compares them, keys of two types are two questions, though a list may hold
/// both in one type.
fn key_types(graph: &RelationshipGraph, batch: &Batch) -> String {
    if matches!(batch.operation, Operation::Fetch { by_bytes: true, .. }) {
        return String::new();
    }
    let held_by = batch.query.head.keys.iter().flat_map(|keys| &keys.held_by);
    let types = held_by.map(|held| {
        let columns = held.columns.iter().map(|id| graph.entity(held.entity).column(*id));
        columns.map(|column| format!("{:?} {:?}", column.native, column.collation)).collect::<Vec<_>>()
    });
    format!("{:?}", types.collect::<BTreeSet<_>>())
}

/// What a statement binds beside its keys. With the text, which names the target, the columns, how keys are compared,
/// the conditions and the window, it is the whole question.
fn others(plan: &Plan, template: &SqlTemplate) -> String {
    let binds = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Param(bind) | Piece::Formed(bind, _) | Piece::List(ListPiece { source: ListSource::Bind(bind), .. }) => {
            Some(bind)
        }
        Piece::Text(_) | Piece::List(_) => None,
    });
    format!("{:?}", binds.map(|bind| value(plan, *bind)).collect::<Vec<_>>())
}

fn value(plan: &Plan, bind: Bind) -> Option<&BindValue> {
    match bind {
        Bind::Spec(id) => plan.values().get(id.index()),
        Bind::Graph(id) => plan.batches().constants.get(id.index()),
    }
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
fn check_one(
    plan: &Plan,
    statement: &Executed,
    template: &SqlTemplate,
    known: &mut HashSet<Key>,
) -> Result<(), String> {
    if statement.wave > 1 && statement.keys == 0 {
        return Err("a statement for an empty key set".into());
    }
    let Some((piece, at)) = key_list(plan, template, &statement.binds)? else { return Ok(()) };
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

/// The keys of a statement that binds nothing else, each as text.
///
/// # Errors
/// A list that does not read.
pub fn sent_keys(statement: &Executed, template: &SqlTemplate) -> Result<Vec<String>, String> {
    let lists = template.pieces.iter().find_map(|piece| match piece {
        Piece::List(list) if list.source == ListSource::Keys => Some(list),
        _ => None,
    });
    let Some(list) = lists else { return Ok(Vec::new()) };
    Ok(keys(list, &statement.binds, statement.keys)?.into_iter().map(|key| key.0).collect())
}

/// The key list of a statement, and the place of its first bind.
fn key_list<'t>(
    plan: &Plan,
    template: &'t SqlTemplate,
    binds: &[BindValue],
) -> Result<Option<(&'t ListPiece, usize)>, String> {
    let mut at = 0;
    for piece in &template.pieces {
        at += match piece {
            Piece::Text(_) => 0,
            Piece::Param(_) | Piece::Formed(..) => 1,
            Piece::List(list) => match list.source {
                ListSource::Bind(bind) => width(list, value(plan, bind), binds.get(at)),
                ListSource::Keys => return Ok(Some((list, at))),
            },
        };
    }
    Ok(None)
}

/// How many binds a list of a condition has; `first` is the first of them.
fn width(list: &ListPiece, value: Option<&BindValue>, first: Option<&BindValue>) -> usize {
    let length = match value {
        Some(BindValue::Many(values)) => values.len(),
        _ => 0,
    };
    match list.form {
        ListForm::Arrays => list.width,
        ListForm::JsonHex => 1,
        ListForm::Json if first.and_then(json).is_some() => 1,
        ListForm::Json => length,
        ListForm::Values => length.next_power_of_two(),
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
