//! The keyed load in other statements than the baseline's three, which an expert could choose as well: fewer where there
//! is little to load, more where targets repeat. They say where the baseline is not the best that can be written.
//!
//! Instructions of a load (callgrind) at 1 000 and 10 000 posts: the baseline 14.2 and 144 million, `joined` 14.5 and
//! 154, `targets_once` 11.7 and 116.

use super::{each_of, json, shared, tags_of, text};
use crate::by_hand::{Author, OwnedPost, Post, Tag, distinct};
use rusqlite::{Connection, Result};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Two statements: the author is joined, and decoded when it is first met.
///
/// # Errors
/// What SQLite refuses.
pub fn joined(connection: &Connection, without: i64) -> Result<Vec<Post>> {
    let mut authors: FxHashMap<i64, Rc<Author>> = FxHashMap::default();
    let mut posts: Vec<Post> = Vec::new();
    let sql = "SELECT p.id, p.title, p.body, a.id, a.name FROM post AS p JOIN author AS a ON a.id = p.author_id
               WHERE p.id <> ?1 ORDER BY p.id";
    each_of(connection, sql, without, |row| {
        let id = row.get(3)?;
        let author = match authors.get(&id) {
            Some(known) => known.clone(),
            None => authors.entry(id).or_insert(Rc::new(Author { id, name: text(row, 4)? })).clone(),
        };
        let (id, title, body) = (row.get(0)?, text(row, 1)?, text(row, 2)?);
        posts.push(Post { id, title, body, author: Some(author), tag: Vec::new() });
        Ok(())
    })?;
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

/// Four statements: the links alone, then each tag once.
///
/// # Errors
/// What SQLite refuses.
pub fn targets_once(connection: &Connection, without: i64) -> Result<Vec<Post>> {
    let mut posts = super::with_authors(connection, without)?;
    let (links, tags) = links_and_tags(connection, posts.iter().map(|post| post.id), Rc::new)?;
    let mut at = 0;
    for (post, tag) in links {
        while posts[at].id != post {
            at += 1;
        }
        posts[at].tag.extend(tags.get(&tag).cloned());
    }
    Ok(posts)
}

/// The same four statements into posts that own what they hold.
///
/// # Errors
/// What SQLite refuses.
pub fn owned_targets_once(connection: &Connection, without: i64) -> Result<Vec<OwnedPost>> {
    let mut posts = super::owned_with_authors(connection, without)?;
    let (links, tags) = links_and_tags(connection, posts.iter().map(|post| post.id), |tag| tag)?;
    let mut at = 0;
    for (post, tag) in links {
        while posts[at].id != post {
            at += 1;
        }
        posts[at].tag.extend(tags.get(&tag).cloned());
    }
    Ok(posts)
}

/// Pairs of the keys of a post and a tag, in their order, and tags by their key.
type Links<T> = (Vec<(i64, i64)>, FxHashMap<i64, T>);

/// The links of the posts of those keys, and each tag that is linked once.
fn links_and_tags<T>(
    connection: &Connection,
    posts: impl ExactSizeIterator<Item = i64>,
    shared: impl Fn(Tag) -> T,
) -> Result<Links<T>> {
    let mut links = Vec::with_capacity(posts.len());
    let sql = "SELECT post_id, tag_id FROM post_tag WHERE post_id IN (SELECT value FROM json_each(?1))
               ORDER BY post_id, tag_id";
    each_of(connection, sql, json(posts), |row| {
        links.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    let keys = distinct(links.iter().map(|(_, tag)| *tag));
    let mut tags = FxHashMap::with_capacity_and_hasher(keys.len(), Default::default());
    let sql = "SELECT id, name, slug FROM tag WHERE id IN (SELECT value FROM json_each(?1))";
    each_of(connection, sql, json(keys.into_iter()), |row| {
        let id = row.get(0)?;
        tags.insert(id, shared(Tag { id, name: text(row, 1)?, slug: text(row, 2)? }));
        Ok(())
    })?;
    Ok((links, tags))
}
