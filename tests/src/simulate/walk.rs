//! A result read in the other ways that there are: row by row, and by serde. Each tells what the JSON tells.

use eagerly::batch::NodeState;
use eagerly::value::ValueRef;
use eagerly::{ResultGraph, RowRef, Rows};
use serde_json::Value as Json;

/// Compares both with the oracle's JSON.
pub(super) fn check(graph: &ResultGraph, expected: &Json) -> Result<(), String> {
    // Bytes are no value of JSON's; what is not loaded is empty for serde, and not there in JSON.
    let is_loaded = graph.plan().nodes.iter().all(|node| !matches!(node.state, NodeState::Unloaded(_)));
    if is_loaded && let Ok(read) = graph.deserialize::<Json>() {
        let read = Json::Array(read);
        if read != *expected {
            return Err(format!("serde reads another result: {read}"));
        }
    }
    if graph.len() != expected.as_array().map_or(0, Vec::len) {
        return Err(format!("{} roots", graph.len()));
    }
    rows(graph.roots(), expected).map_err(|what| format!("row by row: {what}"))
}

fn rows(mut rows: Rows<'_>, expected: &Json) -> Result<(), String> {
    let Json::Array(list) = expected else { return Err(format!("rows, where JSON has {expected}")) };
    if rows.len() != list.len() {
        return Err(format!("{} rows, where JSON has {expected}", rows.len()));
    }
    list.iter().try_for_each(|object| row(rows.next().ok_or("a row is missing")?, object))
}

fn row(row: RowRef<'_>, expected: &Json) -> Result<(), String> {
    let Json::Object(object) = expected else { return Err(format!("a row, where JSON has {expected}")) };
    // Only writing knows the path to a row: one that a recursion meets again has all keys.
    let missing = |key: &&String| !row.keys().any(|own| own == *key);
    if let Some(key) = object.keys().find(missing) {
        return Err(format!("`{key}` is not among the keys of {expected}"));
    }
    for (key, expected) in object.iter().filter(|(key, _)| *key != "_link") {
        match (row.get(key), expected) {
            (Some(ValueRef::Integer(n)), Json::Number(number)) if number.as_i64() != Some(n) => {
                return Err(format!("`{key}` is {n}, not {number}"));
            }
            (Some(ValueRef::Text(text)), Json::String(string)) if text != string => {
                return Err(format!("`{key}` is {text:?}, not {string:?}"));
            }
            (Some(value), Json::Null) if value != ValueRef::Null => {
                return Err(format!("`{key}` is {value:?}, not NULL"));
            }
            (Some(_), _) => {}
            (None, Json::Array(_)) => rows(row.many(key).map_err(|e| e.to_string())?, expected)?,
            (None, _) => match (row.one(key).map_err(|e| e.to_string())?, expected) {
                (None, Json::Null) => {}
                (Some(target), Json::Object(_)) => self::row(target, expected)?,
                (target, _) => return Err(format!("`{key}` leads to {}, not to {expected}", target.is_some())),
            },
        }
    }
    Ok(())
}
