//! The same load by Eagerly.

use crate::by_hand::{OwnedPost, ResultHash};
use eagerly::error::Result;
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Plan, Planner, ResultGraph, RowRef, Sqlite};
use rusqlite::Connection;

/// Posts with their author and tags, whatever the planner makes of it.
pub const WHOLE: &str = "{ post { id title body author { id name } tag { id name slug } } }";

/// The same without the post of a primary key, so that no key list can be dropped.
pub const KEYED: &str = "{ post(where: {id: {ne: 1}}) { id title body author { id name } tag { id name slug } } }";

/// A planner over the database's own catalog and statistics.
///
/// # Errors
/// A catalog that cannot be read.
pub fn planner(connection: &Connection) -> Result<Planner> {
    Ok(Planner::new(eagerly_rusqlite::reflect(connection)?, Sqlite::new()))
}

/// The plan of a specification.
///
/// # Errors
/// A catalog that cannot be read, text that does not parse, names that are not there.
pub fn plan(connection: &Connection, spec: &str) -> Result<Plan> {
    planner(connection)?.compile(&LoadSpec::parse(spec)?)
}

/// The rows into structs that own what they hold.
///
/// # Errors
/// A row that does not fit.
pub fn owned(graph: &ResultGraph) -> std::result::Result<Vec<OwnedPost>, eagerly::DeError> {
    graph.deserialize()
}

/// The hash of a result, the one that its equal by hand has.
///
/// # Errors
/// A relationship that was not loaded.
pub fn hash(graph: &ResultGraph) -> Result<u64> {
    let mut hash = ResultHash::default();
    for post in graph.roots() {
        hash.post(integer(post, "id"), text(post, "title"), text(post, "body"));
        if let Some(author) = post.one("author")? {
            hash.author(integer(author, "id"), text(author, "name"));
        }
        for tag in post.many("tag")? {
            hash.tag(integer(tag, "id"), text(tag, "name"), text(tag, "slug"));
        }
    }
    Ok(hash.finish())
}

fn integer(row: RowRef<'_>, key: &str) -> i64 {
    match row.get(key) {
        Some(ValueRef::Integer(i)) => i,
        _ => i64::MIN,
    }
}

fn text<'g>(row: RowRef<'g>, key: &str) -> &'g str {
    match row.get(key) {
        Some(ValueRef::Text(text)) => text,
        _ => "",
    }
}
