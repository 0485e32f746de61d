//! Raw sqlx: `query_as` into structs with `FromRow`, as its documentation says
//! (<https://docs.rs/sqlx/latest/sqlx/fn.query_as.html>), a list of keys as one JSON bind, authors and tags shared.

use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::{Context, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, FromRow};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use tokio::runtime::Runtime;

#[derive(Debug, FromRow)]
struct PostRow {
    id: i64,
    author_id: i64,
    title: String,
    body: String,
}

/// An author.
#[derive(Debug, FromRow)]
pub struct Author {
    id: i64,
    name: String,
}

#[derive(Debug, FromRow)]
struct TagRow {
    post_id: i64,
    #[sqlx(flatten)]
    tag: Tag,
}

/// A tag.
#[derive(Debug, FromRow)]
pub struct Tag {
    id: i64,
    name: String,
    slug: String,
}

/// A post that shares its author and tags.
#[derive(Debug)]
pub struct Post {
    id: i64,
    title: String,
    body: String,
    author: Rc<Author>,
    tags: Vec<Rc<Tag>>,
}

/// Three statements on one connection.
#[derive(Debug)]
pub struct JsonEach {
    runtime: Runtime,
    connection: SqliteConnection,
    form: Form,
}

impl JsonEach {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        let runtime = super::runtime()?;
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let connection = runtime.block_on(options.connect())?;
        Ok(Self { runtime, connection, form })
    }
}

impl Load for JsonEach {
    type Posts = Vec<Post>;

    fn load(&mut self) -> Result<Vec<Post>> {
        self.runtime.block_on(load(&mut self.connection, self.form))
    }

    fn digest(posts: &Vec<Post>, digest: &mut Digest) -> Result<()> {
        for post in posts {
            digest.post(post.id, &post.title, &post.body, post.author.id, &post.author.name);
            post.tags.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
        }
        Ok(())
    }
}

async fn load(connection: &mut SqliteConnection, form: Form) -> Result<Vec<Post>> {
    let rows: Vec<PostRow> = match form {
        Form::Keyed => sqlx::query_as("SELECT id, author_id, title, body FROM post WHERE id <> ? ORDER BY id").bind(1),
        Form::Whole => sqlx::query_as("SELECT id, author_id, title, body FROM post ORDER BY id"),
    }
    .fetch_all(&mut *connection)
    .await?;
    let mut keys: Vec<i64> = rows.iter().map(|row| row.author_id).collect();
    keys.sort_unstable();
    keys.dedup();
    let authors: Vec<Author> =
        sqlx::query_as("SELECT id, name FROM author WHERE id IN (SELECT value FROM json_each(?))")
            .bind(serde_json::to_string(&keys)?)
            .fetch_all(&mut *connection)
            .await?;
    let authors: HashMap<i64, Rc<Author>> = authors.into_iter().map(|author| (author.id, Rc::new(author))).collect();
    let keys: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let links: Vec<TagRow> = sqlx::query_as(
        "SELECT l.post_id, t.id, t.name, t.slug FROM post_tag AS l JOIN tag AS t ON t.id = l.tag_id
         WHERE l.post_id IN (SELECT value FROM json_each(?)) ORDER BY l.post_id, l.tag_id",
    )
    .bind(serde_json::to_string(&keys)?)
    .fetch_all(connection)
    .await?;
    let mut tags: HashMap<i64, Rc<Tag>> = HashMap::new();
    let mut links = links.into_iter().peekable();
    let mut posts = Vec::with_capacity(rows.len());
    for PostRow { id, author_id, title, body } in rows {
        let author = authors.get(&author_id).context("a post without an author")?.clone();
        let mut own = Vec::new();
        // Both come in the order of the posts' keys.
        while let Some(TagRow { tag, .. }) = links.next_if(|link| link.post_id == id) {
            own.push(tags.entry(tag.id).or_insert_with(|| Rc::new(tag)).clone());
        }
        posts.push(Post { id, title, body, author, tags: own });
    }
    Ok(posts)
}
