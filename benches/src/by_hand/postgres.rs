//! By hand against tokio-postgres. Statements are prepared once, a list of keys is one bind, an array. Statements that
//! need nothing of each other are polled together, and so are in flight together on the one connection. Rows come from
//! streams, and are decoded where they lie, each cell once.

use super::{Author, Post, Tag, distinct};
use futures_util::{TryStreamExt as _, try_join};
use rustc_hash::FxHashMap;
use std::pin::pin;
use std::rc::Rc;
use tokio_postgres::{Client, Error, Row, Statement};

type Result<T> = std::result::Result<T, Error>;

/// The statements, prepared on one connection.
#[expect(missing_debug_implementations, reason = "its statements have none")]
pub struct Loader {
    posts_without: Statement,
    posts: Statement,
    authors_of: Statement,
    authors: Statement,
    tags_of: Statement,
    links_of: Statement,
    tags_by_key: Statement,
    links: Statement,
    tags: Statement,
}

impl Loader {
    /// Prepares them.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn new(client: &Client) -> Result<Self> {
        let prepare = |sql| client.prepare(sql);
        Ok(Self {
            posts_without: prepare("SELECT id, author_id, title, body FROM post WHERE id <> $1 ORDER BY id").await?,
            posts: prepare("SELECT id, author_id, title, body FROM post ORDER BY id").await?,
            authors_of: prepare("SELECT id, name FROM author WHERE id = ANY($1)").await?,
            authors: prepare("SELECT id, name FROM author").await?,
            tags_of: prepare(
                "SELECT l.post_id, t.id, t.name, t.slug FROM post_tag AS l JOIN tag AS t ON t.id = l.tag_id \
                 WHERE l.post_id = ANY($1) ORDER BY l.post_id, l.tag_id",
            )
            .await?,
            links_of: prepare("SELECT post_id, tag_id FROM post_tag WHERE post_id = ANY($1)").await?,
            tags_by_key: prepare("SELECT id, name, slug FROM tag WHERE id = ANY($1)").await?,
            links: prepare("SELECT post_id, tag_id FROM post_tag").await?,
            tags: prepare("SELECT id, name, slug FROM tag").await?,
        })
    }

    /// The same in three statements: tags are joined to their links.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn keyed_joined(&self, client: &Client, without: i64) -> Result<Vec<Post>> {
        let (mut posts, authors_of) = self.posts(client, Some(without)).await?;
        let (keys, wanted) = (keys(&posts), distinct(authors_of.iter().copied()));
        let (authors, ()) = try_join!(authors(client, &self.authors_of, Some(&wanted)), async {
            let mut tags: FxHashMap<i64, Rc<Tag>> = FxHashMap::default();
            let mut at = 0;
            let mut rows = pin!(client.query_raw(&self.tags_of, [&keys]).await?);
            while let Some(row) = rows.try_next().await? {
                let post: i64 = row.try_get(0)?;
                while posts[at].id != post {
                    at += 1;
                }
                posts[at].tag.push(shared(&mut tags, &row)?.clone());
            }
            Ok(())
        })?;
        give_authors(&mut posts, &authors_of, &authors);
        Ok(posts)
    }

    /// Four statements: links alone, and then each tag once, which is less work for both sides than a row for each link.
    /// Leaves out the post of that primary key, so that no key list can be dropped.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn keyed(&self, client: &Client, without: i64) -> Result<Vec<Post>> {
        let (mut posts, authors_of) = self.posts(client, Some(without)).await?;
        let (keys, wanted) = (keys(&posts), distinct(authors_of.iter().copied()));
        let (authors, (links, tags)) = try_join!(authors(client, &self.authors_of, Some(&wanted)), async {
            let links = links(client, &self.links_of, Some(&keys)).await?;
            let wanted = distinct(links.iter().map(|(_, tag)| *tag));
            let tags = tags(client, &self.tags_by_key, Some(&wanted)).await?;
            Ok((links, tags))
        })?;
        give_authors(&mut posts, &authors_of, &authors);
        give_tags(&mut posts, &links, &tags);
        Ok(posts)
    }

    /// Four scans and a merge, without keys, all in flight together.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn whole(&self, client: &Client) -> Result<Vec<Post>> {
        let ((mut posts, authors_of), authors, links, tags) = try_join!(
            self.posts(client, None),
            authors(client, &self.authors, None),
            links(client, &self.links, None),
            tags(client, &self.tags, None)
        )?;
        give_authors(&mut posts, &authors_of, &authors);
        give_tags(&mut posts, &links, &tags);
        Ok(posts)
    }

    /// The posts, and the key of each one's author.
    async fn posts(&self, client: &Client, without: Option<i64>) -> Result<(Vec<Post>, Vec<i64>)> {
        let (mut posts, mut authors_of) = (Vec::new(), Vec::new());
        let statement = if without.is_some() { &self.posts_without } else { &self.posts };
        let mut rows = pin!(client.query_raw(statement, without.as_slice()).await?);
        while let Some(row) = rows.try_next().await? {
            let (id, title, body) = (row.try_get(0)?, row.try_get(2)?, row.try_get(3)?);
            posts.push(Post { id, title, body, author: None, tag: Vec::new() });
            authors_of.push(row.try_get(1)?);
        }
        Ok((posts, authors_of))
    }
}

async fn authors(client: &Client, sql: &Statement, keys: Option<&Vec<i64>>) -> Result<FxHashMap<i64, Rc<Author>>> {
    let mut authors = FxHashMap::with_capacity_and_hasher(keys.map_or(0, Vec::len), Default::default());
    let mut rows = pin!(client.query_raw(sql, keys.as_slice()).await?);
    while let Some(row) = rows.try_next().await? {
        let id = row.try_get(0)?;
        authors.insert(id, Rc::new(Author { id, name: row.try_get(1)? }));
    }
    Ok(authors)
}

async fn tags(client: &Client, sql: &Statement, keys: Option<&Vec<i64>>) -> Result<FxHashMap<i64, Rc<Tag>>> {
    let mut tags = FxHashMap::with_capacity_and_hasher(keys.map_or(0, Vec::len), Default::default());
    let mut rows = pin!(client.query_raw(sql, keys.as_slice()).await?);
    while let Some(row) = rows.try_next().await? {
        let id = row.try_get(0)?;
        tags.insert(id, Rc::new(Tag { id, name: row.try_get(1)?, slug: row.try_get(2)? }));
    }
    Ok(tags)
}

/// Pairs of the keys of a post and a tag, in their order.
async fn links(client: &Client, sql: &Statement, keys: Option<&Vec<i64>>) -> Result<Vec<(i64, i64)>> {
    let mut links = Vec::with_capacity(keys.map_or(0, Vec::len));
    let mut rows = pin!(client.query_raw(sql, keys.as_slice()).await?);
    while let Some(row) = rows.try_next().await? {
        links.push((row.try_get(0)?, row.try_get(1)?));
    }
    // The server would sort them at a higher price.
    links.sort_unstable();
    Ok(links)
}

/// The tag of a row, decoded when it is first met.
fn shared<'t>(tags: &'t mut FxHashMap<i64, Rc<Tag>>, row: &Row) -> Result<&'t Rc<Tag>> {
    use std::collections::hash_map::Entry;
    Ok(match tags.entry(row.try_get(1)?) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let id = *new.key();
            new.insert(Rc::new(Tag { id, name: row.try_get(2)?, slug: row.try_get(3)? }))
        }
    })
}

fn keys(posts: &[Post]) -> Vec<i64> {
    posts.iter().map(|post| post.id).collect()
}

pub(super) fn give_authors(posts: &mut [Post], authors_of: &[i64], authors: &FxHashMap<i64, Rc<Author>>) {
    for (post, author) in posts.iter_mut().zip(authors_of) {
        post.author = authors.get(author).cloned();
    }
}

/// Links and posts come in the order of the posts' keys.
pub(super) fn give_tags(posts: &mut [Post], links: &[(i64, i64)], tags: &FxHashMap<i64, Rc<Tag>>) {
    let mut at = 0;
    for (post, tag) in links {
        while posts[at].id < *post {
            at += 1;
        }
        posts[at].tag.extend(tags.get(tag).cloned());
    }
}
