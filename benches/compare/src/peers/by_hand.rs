//! The loads by hand of `eagerly-benches`, which say themselves how they are written.

use crate::digest::Digest;
use crate::peer::{Form, Load};
use anyhow::{Context, Result};
use eagerly_benches::by_hand::{OwnedPost, Post};
use rusqlite::Connection;
use std::path::Path;

pub use eagerly_benches::by_hand::rusqlite::{joined, keyed, owned, owned_targets_once, targets_once, whole};

/// A load by hand that leaves out the post of a primary key.
pub type Function<P> = fn(&Connection, i64) -> rusqlite::Result<Vec<P>>;

/// A load by hand on a file.
#[derive(Debug)]
pub struct ByHand<P> {
    connection: Connection,
    without: i64,
    function: Function<P>,
}

impl<P> ByHand<P> {
    /// Opens a file.
    ///
    /// # Errors
    /// A file that is no database.
    pub fn open(path: &Path, form: Form, function: Function<P>) -> Result<Self> {
        let without = match form {
            Form::Keyed => 1,
            // None has it.
            Form::Whole => 0,
        };
        Ok(Self { connection: eagerly_rusqlite::open(path)?, without, function })
    }
}

impl<P: Written> Load for ByHand<P> {
    type Posts = Vec<P>;

    fn load(&mut self) -> Result<Vec<P>> {
        Ok((self.function)(&self.connection, self.without)?)
    }

    fn digest(posts: &Vec<P>, digest: &mut Digest) -> Result<()> {
        posts.iter().try_for_each(|post| post.digest(digest))
    }
}

/// A post that can be digested.
pub trait Written {
    /// Writes down the post, its author and its tags.
    ///
    /// # Errors
    /// A post without an author.
    fn digest(&self, digest: &mut Digest) -> Result<()>;
}

impl Written for Post {
    fn digest(&self, digest: &mut Digest) -> Result<()> {
        let author = self.author.as_ref().context("a post without an author")?;
        digest.post(self.id, &self.title, &self.body, author.id, &author.name);
        self.tag.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
        Ok(())
    }
}

impl Written for OwnedPost {
    fn digest(&self, digest: &mut Digest) -> Result<()> {
        let author = self.author.as_ref().context("a post without an author")?;
        digest.post(self.id, &self.title, &self.body, author.id, &author.name);
        self.tag.iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
        Ok(())
    }
}
