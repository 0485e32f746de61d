//! The loads by hand of `eagerly-benches`, which say themselves how they are written.

use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::{Context, Result};
use eagerly_benches::by_hand::{self, OwnedPost, Post};
use rusqlite::Connection;
use std::path::Path;

/// Three statements by keys into posts that share.
#[derive(Debug)]
pub struct Keyed {
    connection: Connection,
    without: i64,
}

impl Keyed {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Ok(Self { connection: eagerly_rusqlite::open(path)?, without: without(form) })
    }
}

impl Load for Keyed {
    type Posts = Vec<Post>;

    fn load(&mut self) -> Result<Vec<Post>> {
        Ok(by_hand::rusqlite::keyed(&self.connection, self.without)?)
    }

    fn digest(posts: &Vec<Post>, digest: &mut Digest) -> Result<()> {
        shared(posts, digest)
    }
}

/// Four scans and a merge into posts that share.
#[derive(Debug)]
pub struct Whole {
    connection: Connection,
}

impl Whole {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { connection: eagerly_rusqlite::open(path)? })
    }
}

impl Load for Whole {
    type Posts = Vec<Post>;

    fn load(&mut self) -> Result<Vec<Post>> {
        Ok(by_hand::rusqlite::whole(&self.connection)?)
    }

    fn digest(posts: &Vec<Post>, digest: &mut Digest) -> Result<()> {
        shared(posts, digest)
    }
}

/// Three statements by keys into posts that own what they hold.
#[derive(Debug)]
pub struct Owned {
    connection: Connection,
    without: i64,
}

impl Owned {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form) -> Result<Self> {
        Ok(Self { connection: eagerly_rusqlite::open(path)?, without: without(form) })
    }
}

impl Load for Owned {
    type Posts = Vec<OwnedPost>;

    fn load(&mut self) -> Result<Vec<OwnedPost>> {
        Ok(by_hand::rusqlite::owned(&self.connection, self.without)?)
    }

    fn digest(posts: &Vec<OwnedPost>, digest: &mut Digest) -> Result<()> {
        owned(posts, digest)
    }
}

/// Digests posts that own what they hold.
pub(super) fn owned(posts: &[OwnedPost], digest: &mut Digest) -> Result<()> {
    for post in posts {
        let author = post.author.as_ref().context("a post without an author")?;
        digest.post(post.id, &post.title, &post.body, author.id, &author.name);
        post.tag.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
    }
    Ok(())
}

/// Digests posts that share.
pub(super) fn shared(posts: &[Post], digest: &mut Digest) -> Result<()> {
    for post in posts {
        let author = post.author.as_ref().context("a post without an author")?;
        digest.post(post.id, &post.title, &post.body, author.id, &author.name);
        post.tag.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
    }
    Ok(())
}

/// The post that is left out: none has the primary key 0.
fn without(form: Form) -> i64 {
    match form {
        Form::Keyed => 1,
        Form::Whole => 0,
    }
}
