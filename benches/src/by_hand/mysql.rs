//! By hand against `mysql_async`, on MariaDB. Statements are prepared once, and a list of keys is one bind, JSON. The
//! driver does not pipeline: statements run one after the other. It decodes each row into owned values, which are moved
//! from there.

use super::postgres::{give_authors, give_tags};
use super::rusqlite::json;
use super::{Author, Post, Tag, distinct};
use mysql_async::prelude::{FromRow, Queryable as _};
use mysql_async::{Conn, Params, Result, Row, Statement};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The statements, prepared on one connection.
#[derive(Debug)]
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

const LIST: &str = "(SELECT k FROM JSON_TABLE(?, '$[*]' COLUMNS(k BIGINT PATH '$')) AS j)";

impl Loader {
    /// Prepares them.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn new(conn: &mut Conn) -> Result<Self> {
        let tags_of = format!(
            "SELECT l.post_id, t.id, t.name, t.slug FROM post_tag AS l JOIN tag AS t ON t.id = l.tag_id \
             WHERE l.post_id IN {LIST} ORDER BY l.post_id, l.tag_id"
        );
        let links_of = format!("SELECT post_id, tag_id FROM post_tag WHERE post_id IN {LIST}");
        Ok(Self {
            posts_without: conn.prep("SELECT id, author_id, title, body FROM post WHERE id <> ? ORDER BY id").await?,
            posts: conn.prep("SELECT id, author_id, title, body FROM post ORDER BY id").await?,
            authors_of: conn.prep(format!("SELECT id, name FROM author WHERE id IN {LIST}")).await?,
            authors: conn.prep("SELECT id, name FROM author").await?,
            tags_of: conn.prep(tags_of).await?,
            links_of: conn.prep(links_of).await?,
            tags_by_key: conn.prep(format!("SELECT id, name, slug FROM tag WHERE id IN {LIST}")).await?,
            links: conn.prep("SELECT post_id, tag_id FROM post_tag").await?,
            tags: conn.prep("SELECT id, name, slug FROM tag").await?,
        })
    }

    /// The same in three statements: tags are joined to their links.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn keyed_joined(&self, conn: &mut Conn, without: i64) -> Result<Vec<Post>> {
        let (mut posts, authors_of) = self.posts(conn, Some(without)).await?;
        let authors = authors(conn, &self.authors_of, list(distinct(authors_of.iter().copied()))).await?;
        give_authors(&mut posts, &authors_of, &authors);
        let mut known: FxHashMap<i64, Rc<Tag>> = FxHashMap::default();
        let mut at = 0;
        each(conn, &self.tags_of, keys(&posts), |mut row: Row| {
            let (Some(post), Some(id)) = (row.take::<i64, _>(0), row.take(1)) else { return };
            while posts[at].id != post {
                at += 1;
            }
            let tag = known.entry(id).or_insert_with(|| {
                Rc::new(Tag { id, name: row.take(2).unwrap_or_default(), slug: row.take(3).unwrap_or_default() })
            });
            posts[at].tag.push(tag.clone());
        })
        .await?;
        Ok(posts)
    }

    /// Four statements: links alone, and then each tag once, which is less work for both sides than a row for each link.
    /// Leaves out the post of that primary key, so that no key list can be dropped.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn keyed(&self, conn: &mut Conn, without: i64) -> Result<Vec<Post>> {
        let (mut posts, authors_of) = self.posts(conn, Some(without)).await?;
        let authors = authors(conn, &self.authors_of, list(distinct(authors_of.iter().copied()))).await?;
        give_authors(&mut posts, &authors_of, &authors);
        let links = links(conn, &self.links_of, keys(&posts)).await?;
        let tags = tags(conn, &self.tags_by_key, list(distinct(links.iter().map(|(_, tag)| *tag)))).await?;
        give_tags(&mut posts, &links, &tags);
        Ok(posts)
    }

    /// Four scans and a merge, without keys.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn whole(&self, conn: &mut Conn) -> Result<Vec<Post>> {
        let (mut posts, authors_of) = self.posts(conn, None).await?;
        let authors = authors(conn, &self.authors, Params::Empty).await?;
        give_authors(&mut posts, &authors_of, &authors);
        let links = links(conn, &self.links, Params::Empty).await?;
        let tags = tags(conn, &self.tags, Params::Empty).await?;
        give_tags(&mut posts, &links, &tags);
        Ok(posts)
    }

    /// The posts, and the key of each one's author.
    async fn posts(&self, conn: &mut Conn, without: Option<i64>) -> Result<(Vec<Post>, Vec<i64>)> {
        let (mut posts, mut authors_of) = (Vec::new(), Vec::new());
        let (statement, binds) = match without {
            Some(id) => (&self.posts_without, (id,).into()),
            None => (&self.posts, Params::Empty),
        };
        each(conn, statement, binds, |(id, author, title, body)| {
            posts.push(Post { id, title, body, author: None, tag: Vec::new() });
            authors_of.push(author);
        })
        .await?;
        Ok((posts, authors_of))
    }
}

async fn authors(conn: &mut Conn, statement: &Statement, binds: Params) -> Result<FxHashMap<i64, Rc<Author>>> {
    let mut authors = FxHashMap::default();
    each(conn, statement, binds, |(id, name)| {
        authors.insert(id, Rc::new(Author { id, name }));
    })
    .await?;
    Ok(authors)
}

async fn tags(conn: &mut Conn, statement: &Statement, binds: Params) -> Result<FxHashMap<i64, Rc<Tag>>> {
    let mut tags = FxHashMap::default();
    each(conn, statement, binds, |(id, name, slug)| {
        tags.insert(id, Rc::new(Tag { id, name, slug }));
    })
    .await?;
    Ok(tags)
}

/// Pairs of the keys of a post and a tag, in their order.
async fn links(conn: &mut Conn, statement: &Statement, binds: Params) -> Result<Vec<(i64, i64)>> {
    let mut links = Vec::new();
    each(conn, statement, binds, |link| links.push(link)).await?;
    links.sort_unstable();
    Ok(links)
}

/// Executes a statement and gives away its rows.
async fn each<R: FromRow + Send + 'static>(
    conn: &mut Conn,
    statement: &Statement,
    binds: Params,
    mut take: impl FnMut(R),
) -> Result<()> {
    conn.exec_iter(statement, binds).await?.reduce_and_drop((), |(), row| take(row)).await
}

fn keys(posts: &[Post]) -> Params {
    list(posts.iter().map(|post| post.id))
}

fn list(keys: impl IntoIterator<Item = i64>) -> Params {
    (json(keys.into_iter()),).into()
}
