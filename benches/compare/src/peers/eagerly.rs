//! Eagerly through `eagerly-rusqlite`, as its README says: the planner and the specification live as long as the
//! program, and each load asks the planner for its plan, which comes from the cache.

use super::by_hand::Written;
use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::{Context, Result, bail};
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Planner, ResultGraph, RowRef};
use eagerly_benches::by_hand::OwnedPost;
use eagerly_benches::eager;
use rusqlite::Connection;
use std::path::Path;

/// The result graph.
#[derive(Debug)]
pub struct Graph {
    connection: Connection,
    planner: Planner,
    spec: LoadSpec,
}

impl Graph {
    /// Opens a file, and reads its catalog.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        let connection = eagerly_rusqlite::open(path)?;
        let planner = eager::planner(&connection)?;
        let spec = LoadSpec::parse(match form {
            Form::Keyed => eager::KEYED,
            Form::Whole => eager::WHOLE,
        })?;
        Ok(Self { connection, planner, spec })
    }
}

impl Load for Graph {
    type Posts = ResultGraph;

    fn load(&mut self) -> Result<ResultGraph> {
        let plan = self.planner.compile(&self.spec)?;
        Ok(eagerly_rusqlite::load(&self.connection, &plan)?)
    }

    fn digest(graph: &ResultGraph, digest: &mut Digest) -> Result<()> {
        for post in graph.roots() {
            let author = post.one("author")?.context("a post without an author")?;
            let (title, body) = (text(post, "title")?, text(post, "body")?);
            digest.post(integer(post, "id")?, title, body, integer(author, "id")?, text(author, "name")?);
            for tag in post.many("tag")? {
                digest.tag(integer(tag, "id")?, text(tag, "name")?, text(tag, "slug")?);
            }
        }
        Ok(())
    }
}

/// The same, deserialised into structs that own what they hold.
#[derive(Debug)]
pub struct Owned(Graph);

impl Owned {
    /// Opens a file, and reads its catalog.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Ok(Self(Graph::open(path, form)?))
    }
}

impl Load for Owned {
    type Posts = Vec<OwnedPost>;

    fn load(&mut self) -> Result<Vec<OwnedPost>> {
        Ok(eager::owned(&self.0.load()?)?)
    }

    fn digest(posts: &Vec<OwnedPost>, digest: &mut Digest) -> Result<()> {
        posts.iter().try_for_each(|post| post.digest(digest))
    }
}

fn integer(row: RowRef<'_>, key: &str) -> Result<i64> {
    match row.get(key) {
        Some(ValueRef::Integer(i)) => Ok(i),
        other => bail!("`{key}` is {other:?}"),
    }
}

fn text<'g>(row: RowRef<'g>, key: &str) -> Result<&'g str> {
    match row.get(key) {
        Some(ValueRef::Text(text)) => Ok(text),
        other => bail!("`{key}` is {other:?}"),
    }
}
