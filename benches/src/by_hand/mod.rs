//! The load written by hand: what an expert would write against the bare driver. Eagerly is measured against these, and
//! to win against weak ones would be to lose.

#[cfg(feature = "servers")]
pub mod mysql;
#[cfg(feature = "servers")]
pub mod postgres;
pub mod rusqlite;

use rustc_hash::{FxHashSet, FxHasher};
use serde::Deserialize;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// Each of the keys once, ascending, the order in which a table has its rows.
fn distinct(keys: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut keys: Vec<i64> = keys.collect::<FxHashSet<i64>>().into_iter().collect();
    keys.sort_unstable();
    keys
}

/// An author.
#[derive(Clone, Debug, Deserialize)]
pub struct Author {
    /// Its primary key.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// A tag.
#[derive(Clone, Debug, Deserialize)]
pub struct Tag {
    /// Its primary key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
}

/// A post whose author and tags are shared with other posts.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its primary key.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Who wrote it; always there once it is loaded.
    pub author: Option<Rc<Author>>,
    /// Its tags by primary key.
    pub tag: Vec<Rc<Tag>>,
}

/// A post that owns its author and tags.
#[derive(Clone, Debug, Deserialize)]
pub struct OwnedPost {
    /// Its primary key.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Who wrote it; always there once it is loaded.
    pub author: Option<Author>,
    /// Its tags by primary key.
    pub tag: Vec<Tag>,
}

/// Hashes all that was loaded, in its order: equal results are equal hashes.
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "its hasher has none")]
pub struct ResultHash(FxHasher);

impl ResultHash {
    /// Takes a post's own columns.
    pub fn post(&mut self, id: i64, title: &str, body: &str) {
        (id, title, body).hash(&mut self.0);
    }

    /// Takes its author.
    pub fn author(&mut self, id: i64, name: &str) {
        ("author", id, name).hash(&mut self.0);
    }

    /// Takes one of its tags.
    pub fn tag(&mut self, id: i64, name: &str, slug: &str) {
        ("tag", id, name, slug).hash(&mut self.0);
    }

    /// The hash.
    #[must_use]
    pub fn finish(&self) -> u64 {
        self.0.finish()
    }

    /// The hash of posts that share.
    #[must_use]
    pub fn shared(posts: &[Post]) -> u64 {
        let mut hash = Self::default();
        for post in posts {
            hash.post(post.id, &post.title, &post.body);
            post.author.iter().for_each(|author| hash.author(author.id, &author.name));
            post.tag.iter().for_each(|tag| hash.tag(tag.id, &tag.name, &tag.slug));
        }
        hash.finish()
    }

    /// The hash of posts that own.
    #[must_use]
    pub fn owned(posts: &[OwnedPost]) -> u64 {
        let mut hash = Self::default();
        for post in posts {
            hash.post(post.id, &post.title, &post.body);
            post.author.iter().for_each(|author| hash.author(author.id, &author.name));
            post.tag.iter().for_each(|tag| hash.tag(tag.id, &tag.name, &tag.slug));
        }
        hash.finish()
    }
}
