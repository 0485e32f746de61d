//! Loading end to end from SQLite: posts with author and tags.

use super::{Case, Work};
use crate::{Blog, eager};
use eagerly::error::{Error, Result};
use eagerly::{Plan, ResultGraph};
use eagerly_rusqlite::database_error;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// A hundred posts but for one, so that no key list can be dropped. What comes of it are rows, each counted once: 185 tags are used.
pub const CASES: [Case; 1] =
    [Case { name: "end-to-end-100", prepare: || work(100), expected: 99 + 10 + 185, repeats: 1 }];

fn work(posts: u32) -> Result<Work> {
    let connection = Blog::of(posts).in_memory()?;
    let plan = eager::plan(&connection, eager::KEYED)?;
    Ok(Box::new(move || Ok(stored(&eagerly_rusqlite::load(&connection, &plan)?))))
}

/// How many rows a result stores.
fn stored(graph: &ResultGraph) -> u64 {
    ["post", "author", "tag"].iter().map(|entity| graph.stored_rows(entity) as u64).sum()
}

/// The load of a blog in a file, and the number of rows it stores.
///
/// # Errors
/// What SQLite refuses.
pub fn of_file(path: &Path, keyed: bool) -> Result<Work> {
    let refused = |error| database_error(error, "cannot open the blog");
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(refused)?;
    let plan = eager::plan(&connection, if keyed { eager::KEYED } else { eager::WHOLE })?;
    Ok(Box::new(move || Ok(stored(&eagerly_rusqlite::load(&connection, &plan)?))))
}

/// A load whose memory is measured.
#[derive(Clone, Copy, Debug)]
pub struct Footprint {
    /// The rows, and the bytes of a body.
    pub blog: Blog,
    /// Whether a post is left out, so that key lists are sent.
    pub keyed: bool,
}

impl Footprint {
    /// 10 000 and 40 000 posts with long and short bodies, whole and keyed.
    pub fn all() -> impl Iterator<Item = Self> {
        let blogs = [10_000, 40_000].into_iter().flat_map(|posts| [200, 10].map(|body| Blog { posts, body }));
        blogs.flat_map(|blog| [false, true].map(|keyed| Self { blog, keyed }))
    }

    /// The database, the plan, and the raw size of what the load stores.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn prepare(self) -> Result<(Connection, Plan, u64)> {
        let connection = self.blog.in_memory()?;
        let plan = eager::plan(&connection, if self.keyed { eager::KEYED } else { eager::WHOLE })?;
        let raw = raw(&connection)?;
        Ok((connection, plan, raw))
    }
}

/// Eight bytes a number and the bytes of the text, each cell that the load stores once. (The row that a keyed load
/// leaves out is one of thousands.)
fn raw(connection: &Connection) -> Result<u64> {
    let sql = "SELECT (SELECT sum(16 + length(title) + length(body)) FROM post)
        + (SELECT sum(8 + length(name)) FROM author) + (SELECT sum(8 + length(name) + length(slug)) FROM tag)";
    let raw: i64 = connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|error| database_error(error, "cannot measure the blog"))?;
    Ok(u64::try_from(raw).map_err(|_| Error::bug("a negative size"))?)
}
