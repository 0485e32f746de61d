//! By hand against rusqlite. Statements are prepared once, a list of keys is one bind, nothing is decoded twice, and rows
//! that come in the order of the posts are merged with them rather than looked up.

use super::{Author, OwnedPost, Post, Tag, distinct};
use rusqlite::{Connection, Result, Row, ToSql};
use rustc_hash::FxHashMap;
use std::rc::Rc;

mod shapes;

pub use shapes::{joined, owned_targets_once, targets_once};

/// Three statements, the later two by keys: the baseline. Leaves out the post of that primary key, so that no key list
/// can be dropped.
///
/// # Errors
/// What SQLite refuses.
pub fn keyed(connection: &Connection, without: i64) -> Result<Vec<Post>> {
    let mut posts = with_authors(connection, without)?;
    let mut tags: FxHashMap<i64, Rc<Tag>> = FxHashMap::default();
    let mut at = 0;
    let keys = json(posts.iter().map(|post| post.id));
    tags_of(connection, keys, |post, row| {
        while posts[at].id != post {
            at += 1;
        }
        posts[at].tag.push(shared(&mut tags, row)?.clone());
        Ok(())
    })?;
    Ok(posts)
}

/// The same three statements into posts that own what they hold.
///
/// # Errors
/// What SQLite refuses.
pub fn owned(connection: &Connection, without: i64) -> Result<Vec<OwnedPost>> {
    let mut posts = owned_with_authors(connection, without)?;
    let mut tags: FxHashMap<i64, Rc<Tag>> = FxHashMap::default();
    let mut at = 0;
    let keys = json(posts.iter().map(|post| post.id));
    tags_of(connection, keys, |post, row| {
        while posts[at].id != post {
            at += 1;
        }
        posts[at].tag.push(Tag::clone(shared(&mut tags, row)?));
        Ok(())
    })?;
    Ok(posts)
}

/// Four scans and a merge, without keys: the floor of what can be had of all rows.
///
/// # Errors
/// What SQLite refuses.
pub fn whole(connection: &Connection) -> Result<Vec<Post>> {
    let mut authors: FxHashMap<i64, Rc<Author>> = FxHashMap::default();
    each(connection, "SELECT id, name FROM author", |row| {
        let id = row.get(0)?;
        authors.insert(id, Rc::new(Author { id, name: text(row, 1)? }));
        Ok(())
    })?;
    let mut tags: FxHashMap<i64, Rc<Tag>> = FxHashMap::default();
    each(connection, "SELECT id, name, slug FROM tag", |row| {
        let id = row.get(0)?;
        tags.insert(id, Rc::new(Tag { id, name: text(row, 1)?, slug: text(row, 2)? }));
        Ok(())
    })?;
    let mut posts: Vec<Post> = Vec::new();
    each(connection, "SELECT id, author_id, title, body FROM post ORDER BY id", |row| {
        let author = authors.get(&row.get(1)?).cloned();
        posts.push(Post { id: row.get(0)?, title: text(row, 2)?, body: text(row, 3)?, author, tag: Vec::new() });
        Ok(())
    })?;
    let mut at = 0;
    each(connection, "SELECT post_id, tag_id FROM post_tag ORDER BY post_id, tag_id", |row| {
        let post: i64 = row.get(0)?;
        while posts[at].id < post {
            at += 1;
        }
        if let Some(tag) = tags.get(&row.get(1)?) {
            posts[at].tag.push(tag.clone());
        }
        Ok(())
    })?;
    Ok(posts)
}

const POSTS: &str = "SELECT id, author_id, title, body FROM post WHERE id <> ?1 ORDER BY id";

/// The posts, and the key of each one's author.
fn posts(connection: &Connection, without: i64) -> Result<(Vec<Post>, Vec<i64>)> {
    let (mut posts, mut authors_of) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached(POSTS)?;
    statement.raw_bind_parameter(1, without)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let (id, title, body) = (row.get(0)?, text(row, 2)?, text(row, 3)?);
        posts.push(Post { id, title, body, author: None, tag: Vec::new() });
        authors_of.push(row.get(1)?);
    }
    Ok((posts, authors_of))
}

/// The posts and their authors.
fn with_authors(connection: &Connection, without: i64) -> Result<Vec<Post>> {
    let (mut posts, authors_of) = posts(connection, without)?;
    let authors = authors(connection, &authors_of, Rc::new)?;
    for (post, author) in posts.iter_mut().zip(&authors_of) {
        post.author = authors.get(author).cloned();
    }
    Ok(posts)
}

/// The posts, each with an author of its own.
fn owned_with_authors(connection: &Connection, without: i64) -> Result<Vec<OwnedPost>> {
    let mut authors_of = Vec::new();
    let mut posts: Vec<OwnedPost> = Vec::new();
    let mut statement = connection.prepare_cached(POSTS)?;
    statement.raw_bind_parameter(1, without)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let (id, title, body) = (row.get(0)?, text(row, 2)?, text(row, 3)?);
        posts.push(OwnedPost { id, title, body, author: None, tag: Vec::new() });
        authors_of.push(row.get(1)?);
    }
    let authors = authors(connection, &authors_of, |author| author)?;
    for (post, author) in posts.iter_mut().zip(&authors_of) {
        post.author = authors.get(author).cloned();
    }
    Ok(posts)
}

/// The authors of those keys, each once.
fn authors<A>(connection: &Connection, keys: &[i64], shared: impl Fn(Author) -> A) -> Result<FxHashMap<i64, A>> {
    let keys = distinct(keys.iter().copied());
    let mut authors = FxHashMap::with_capacity_and_hasher(keys.len(), Default::default());
    let sql = "SELECT id, name FROM author WHERE id IN (SELECT value FROM json_each(?1))";
    let mut statement = connection.prepare_cached(sql)?;
    statement.raw_bind_parameter(1, json(keys.into_iter()))?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        authors.insert(id, shared(Author { id, name: text(row, 1)? }));
    }
    Ok(authors)
}

/// Each tag of the posts of those keys (JSON), in the order of the posts' keys, which the links' primary key has.
fn tags_of(connection: &Connection, posts: String, mut each: impl FnMut(i64, &Row<'_>) -> Result<()>) -> Result<()> {
    let sql = "SELECT l.post_id, t.id, t.name, t.slug FROM post_tag AS l JOIN tag AS t ON t.id = l.tag_id
               WHERE l.post_id IN (SELECT value FROM json_each(?1)) ORDER BY l.post_id, l.tag_id";
    let mut statement = connection.prepare_cached(sql)?;
    statement.raw_bind_parameter(1, posts)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row)?;
    }
    Ok(())
}

/// The tag of a row, decoded when it is first met.
fn shared<'t>(tags: &'t mut FxHashMap<i64, Rc<Tag>>, row: &Row<'_>) -> Result<&'t Rc<Tag>> {
    use std::collections::hash_map::Entry;
    Ok(match tags.entry(row.get(1)?) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let id = *new.key();
            new.insert(Rc::new(Tag { id, name: text(row, 2)?, slug: text(row, 3)? }))
        }
    })
}

fn each(connection: &Connection, sql: &str, mut each: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// The rows of a statement with one bind.
fn each_of(
    connection: &Connection,
    sql: &str,
    bind: impl ToSql,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.raw_bind_parameter(1, bind)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// The text of a cell.
fn text(row: &Row<'_>, index: usize) -> Result<String> {
    Ok(row.get_ref(index)?.as_str()?.to_owned())
}

/// `[1,2,3]`
pub(super) fn json(keys: impl Iterator<Item = i64>) -> String {
    let mut json = String::with_capacity(2 + keys.size_hint().0 * 6);
    let mut digits = itoa::Buffer::new();
    json.push('[');
    for key in keys {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(digits.format(key));
    }
    json.push(']');
    json
}
