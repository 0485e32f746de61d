//! Planning: from a specification to a logical plan, to a plan with its SQL, and to a plan that is known. Names are those
//! that reflection finds in the blog.

use crate::Blog;
use eagerly::dialect::Dialect;
use eagerly::error::Result;
use eagerly::{LoadSpec, Planner, RelationshipGraph};
use std::sync::Arc;

/// Six load nodes below the root.
pub const SIX: &str = "{ post { title author { name post { title tag { name } } } tag { name slug } \
                       post_tag { tag { slug } } } }";

/// The same with conditions, orders and windows.
pub const SIX_FILTERED: &str = r#"{
    post(where: {title: {like: "title 1%"}, id: {in: [1, 2, 3]}}, order: ["-title"], limit: 20) {
        title
        author { name post(where: {title: {gt: "t"}}, order: ["-id"], limit: 3) { title tag { name } } }
        tag(where: {slug: {ne: "tag-1"}}, order: ["name"]) { name slug }
        post_tag(where: {tag: {any: {name: {in: ["tag 1", "tag 2"]}}}}) { tag { slug } }
    }
}"#;

/// How far the relationships of a specification lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// So many relationships of one entity, each with a condition of its own, so that none shares a statement.
    Wide(usize),
    /// The same, but all ask for the same: one statement serves them.
    Alike(usize),
    /// So many levels, from posts to tags and back.
    Deep(usize),
}

impl Form {
    /// The specification; it has so many load nodes and the root.
    ///
    /// # Errors
    /// None but our own: it parses.
    pub fn spec(self) -> Result<LoadSpec> {
        let field = |i: usize| match self {
            Self::Alike(_) => format!("t{i}: tag {{ name }}"),
            _ => format!("t{i}: tag(where: {{name: {{gt: \"{i}\"}}}}) {{ name }}"),
        };
        LoadSpec::parse(&match self {
            Self::Wide(count) | Self::Alike(count) => {
                format!("{{ post {{ title {} }} }}", (0..count).map(field).collect::<Vec<_>>().join(" "))
            }
            Self::Deep(levels) => (0..=levels).rev().fold(String::new(), |below, level| match level % 2 {
                0 if level == 0 => format!("{{ post {{ title {below} }} }}"),
                0 => format!("post {{ title {below} }}"),
                _ => format!("tag {{ name {below} }}"),
            }),
        })
    }
}

/// The graph that reflection finds in the blog.
///
/// # Errors
/// What SQLite refuses.
pub fn graph() -> Result<Arc<RelationshipGraph>> {
    Ok(eagerly_rusqlite::reflect(&Blog::of(1).in_memory()?)?.into())
}

/// Logical planning, without SQL; the number of load nodes.
///
/// # Errors
/// Names that are not there.
pub fn logical(planner: &Planner, spec: &LoadSpec) -> Result<usize> {
    Ok(planner.logical(spec)?.nodes.len())
}

/// Planning that starts with nothing, SQL included; the number of statements.
///
/// # Errors
/// Names that are not there.
pub fn cold(graph: &Arc<RelationshipGraph>, dialect: impl Dialect + 'static, spec: &LoadSpec) -> Result<usize> {
    compile(&Planner::new(graph.clone(), dialect), spec)
}

/// Planning with a planner that may know the plan; the number of statements.
///
/// # Errors
/// Names that are not there.
pub fn compile(planner: &Planner, spec: &LoadSpec) -> Result<usize> {
    Ok(planner.compile(spec)?.batches().statements())
}
