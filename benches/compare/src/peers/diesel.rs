//! Diesel, as its guide "Relations" says: a join for the to-one side, `belonging_to` and `grouped_by` for the
//! many-to-many (<https://diesel.rs/guides/relations.html>); and the same with the lists of keys cut by hand, which
//! the guide leaves to its readers.

use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::Result;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use schema::{author, post, post_tag, tag};
use std::path::Path;

mod schema {
    diesel::table! {
        author (id) {
            id -> BigInt,
            name -> Text,
        }
    }
    diesel::table! {
        post (id) {
            id -> BigInt,
            author_id -> BigInt,
            title -> Text,
            body -> Text,
        }
    }
    diesel::table! {
        post_tag (post_id, tag_id) {
            post_id -> BigInt,
            tag_id -> BigInt,
        }
    }
    diesel::table! {
        tag (id) {
            id -> BigInt,
            name -> Text,
            slug -> Text,
        }
    }
    diesel::joinable!(post -> author (author_id));
    diesel::joinable!(post_tag -> post (post_id));
    diesel::joinable!(post_tag -> tag (tag_id));
    diesel::allow_tables_to_appear_in_same_query!(author, post, post_tag, tag);
}

/// An author.
#[derive(Debug, Identifiable, Queryable, Selectable)]
#[diesel(table_name = author, check_for_backend(diesel::sqlite::Sqlite))]
pub struct Author {
    id: i64,
    name: String,
}

/// A post.
#[derive(Debug, Identifiable, Queryable, Selectable, Associations)]
#[diesel(table_name = post, belongs_to(Author), check_for_backend(diesel::sqlite::Sqlite))]
pub struct Post {
    id: i64,
    author_id: i64,
    title: String,
    body: String,
}

/// A link.
#[derive(Debug, Identifiable, Queryable, Selectable, Associations)]
#[diesel(table_name = post_tag, primary_key(post_id, tag_id), belongs_to(Post), belongs_to(Tag))]
#[diesel(check_for_backend(diesel::sqlite::Sqlite))]
pub struct PostTag {
    post_id: i64,
    tag_id: i64,
}

/// A tag.
#[derive(Debug, Identifiable, Queryable, Selectable)]
#[diesel(table_name = tag, check_for_backend(diesel::sqlite::Sqlite))]
pub struct Tag {
    id: i64,
    name: String,
    slug: String,
}

/// A post with all that belongs to it.
#[derive(Debug)]
pub struct FullPost {
    post: Post,
    author: Author,
    tags: Vec<Tag>,
}

/// `belonging_to` over all posts.
#[expect(missing_debug_implementations, reason = "the connection has none")]
pub struct Documented {
    connection: SqliteConnection,
    form: Form,
}

impl Documented {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Ok(Self { connection: connect(path)?, form })
    }
}

impl Load for Documented {
    type Posts = Vec<FullPost>;

    fn load(&mut self) -> Result<Vec<FullPost>> {
        let (posts, authors): (Vec<Post>, Vec<Author>) = posts(&mut self.connection, self.form)?.into_iter().unzip();
        let links = links(&mut self.connection, &posts)?.grouped_by(&posts);
        let authors = authors.into_iter();
        Ok(posts.into_iter().zip(authors).zip(links).map(|((post, author), links)| full(post, author, links)).collect())
    }

    fn digest(posts: &Vec<FullPost>, digest: &mut Digest) -> Result<()> {
        digest_all(posts, digest);
        Ok(())
    }
}

/// `belonging_to` over so many posts at a time.
#[expect(missing_debug_implementations, reason = "the connection has none")]
pub struct Chunks {
    connection: SqliteConnection,
    form: Form,
}

/// The posts of a chunk.
const CHUNK: usize = 500;

impl Chunks {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Ok(Self { connection: connect(path)?, form })
    }
}

impl Load for Chunks {
    type Posts = Vec<FullPost>;

    fn load(&mut self) -> Result<Vec<FullPost>> {
        let (posts, authors): (Vec<Post>, Vec<Author>) = posts(&mut self.connection, self.form)?.into_iter().unzip();
        let mut grouped = Vec::with_capacity(posts.len());
        for chunk in posts.chunks(CHUNK) {
            grouped.extend(links(&mut self.connection, chunk)?.grouped_by(chunk));
        }
        let authors = authors.into_iter();
        Ok(posts
            .into_iter()
            .zip(authors)
            .zip(grouped)
            .map(|((post, author), links)| full(post, author, links))
            .collect())
    }

    fn digest(posts: &Vec<FullPost>, digest: &mut Digest) -> Result<()> {
        digest_all(posts, digest);
        Ok(())
    }
}

fn connect(path: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnection::establish(&format!("file:{}?mode=ro", path.display()))?)
}

fn posts(connection: &mut SqliteConnection, form: Form) -> Result<Vec<(Post, Author)>> {
    let query = post::table.inner_join(author::table).order(post::id).select((Post::as_select(), Author::as_select()));
    Ok(match form {
        Form::Keyed => query.filter(post::id.ne(1)).load(connection)?,
        Form::Whole => query.load(connection)?,
    })
}

fn links(connection: &mut SqliteConnection, posts: &[Post]) -> Result<Vec<(PostTag, Tag)>> {
    Ok(PostTag::belonging_to(posts)
        .inner_join(tag::table)
        .order((post_tag::post_id, post_tag::tag_id))
        .select((PostTag::as_select(), Tag::as_select()))
        .load(connection)?)
}

fn full(post: Post, author: Author, links: Vec<(PostTag, Tag)>) -> FullPost {
    FullPost { post, author, tags: links.into_iter().map(|(_, tag)| tag).collect() }
}

fn digest_all(posts: &[FullPost], digest: &mut Digest) {
    for FullPost { post, author, tags } in posts {
        digest.post(post.id, &post.title, &post.body, author.id, &author.name);
        tags.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
    }
}
