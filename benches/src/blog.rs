//! The data set: posts, a tenth as many authors, and three of 200 tags for each post. Any size, any length of body, the
//! same rows each time.

use eagerly::error::Result;
use eagerly_rusqlite::database_error;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// How large the blog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blog {
    /// The number of posts, from 1.
    pub posts: u32,
    /// The bytes of each post's body.
    pub body: u32,
}

impl Blog {
    /// So many posts with bodies of 200 bytes.
    #[must_use]
    pub fn of(posts: u32) -> Self {
        Self { posts, body: 200 }
    }

    /// The number of authors.
    #[must_use]
    pub fn authors(self) -> u32 {
        (self.posts / 10).max(1)
    }

    /// The blog in memory.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn in_memory(self) -> Result<Connection> {
        let connection = Connection::open_in_memory().map_err(refused)?;
        self.fill(&connection)?;
        Ok(connection)
    }

    /// The blog in a new file, opened for reading by one thread.
    ///
    /// # Errors
    /// What SQLite refuses, a file that is there already above all.
    pub fn in_file(self, path: &Path) -> Result<Connection> {
        let new = Connection::open(path).map_err(refused)?;
        self.fill(&new)?;
        drop(new);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(path, flags).map_err(refused)
    }

    /// Creates and fills the tables.
    ///
    /// # Errors
    /// What SQLite refuses, tables that are there already above all.
    pub fn fill(self, connection: &Connection) -> Result<()> {
        let Self { posts, body } = self;
        let authors = self.authors();
        let sql = format!(
            "BEGIN;
             CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
             CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id),
                 title TEXT NOT NULL, body TEXT NOT NULL);
             CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL);
             CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id),
                 tag_id INTEGER NOT NULL REFERENCES tag (id), PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {authors})
                 INSERT INTO author SELECT i, 'author ' || i FROM n;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {posts})
                 INSERT INTO post SELECT i, i * 7919 % {authors} + 1, 'title ' || i, printf('%.{body}c', 'x') FROM n;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                 INSERT INTO tag SELECT i, 'tag ' || i, 'tag-' || i FROM n;
             INSERT INTO post_tag SELECT id, (id * 31 + k * 67) % 200 + 1
                 FROM post, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2);
             CREATE INDEX post_tag_tag ON post_tag (tag_id);
             CREATE INDEX post_author ON post (author_id);
             COMMIT;
             ANALYZE;"
        );
        connection.execute_batch(&sql).map_err(refused)
    }

    /// SQL that makes the same blog on PostgreSQL.
    #[must_use]
    pub fn postgres(self) -> String {
        let (Self { posts, body }, authors) = (self, self.authors());
        format!(
            "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);
             CREATE TABLE post (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES author (id),
                 title text NOT NULL, body text NOT NULL);
             CREATE TABLE tag (id bigint PRIMARY KEY, name text NOT NULL, slug text NOT NULL);
             CREATE TABLE post_tag (post_id bigint NOT NULL REFERENCES post (id),
                 tag_id bigint NOT NULL REFERENCES tag (id), PRIMARY KEY (post_id, tag_id));
             INSERT INTO author SELECT i, 'author ' || i FROM generate_series(1, {authors}) AS i;
             INSERT INTO post SELECT i, i * 7919 % {authors} + 1, 'title ' || i, repeat('x', {body})
                 FROM generate_series(1, {posts}) AS i;
             INSERT INTO tag SELECT i, 'tag ' || i, 'tag-' || i FROM generate_series(1, 200) AS i;
             INSERT INTO post_tag SELECT id, (id * 31 + k * 67) % 200 + 1 FROM post, generate_series(0, 2) AS k;
             CREATE INDEX post_tag_tag ON post_tag (tag_id);
             CREATE INDEX post_author ON post (author_id);
             ANALYZE;"
        )
    }

    /// SQL that makes the same blog on MariaDB.
    #[must_use]
    pub fn mariadb(self) -> String {
        let (Self { posts, body }, authors) = (self, self.authors());
        format!(
            "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);
             CREATE TABLE post (id bigint PRIMARY KEY, author_id bigint NOT NULL, title text NOT NULL,
                 body text NOT NULL, KEY post_author (author_id), FOREIGN KEY (author_id) REFERENCES author (id));
             CREATE TABLE tag (id bigint PRIMARY KEY, name text NOT NULL, slug text NOT NULL);
             CREATE TABLE post_tag (post_id bigint NOT NULL, tag_id bigint NOT NULL, PRIMARY KEY (post_id, tag_id),
                 KEY post_tag_tag (tag_id), FOREIGN KEY (post_id) REFERENCES post (id),
                 FOREIGN KEY (tag_id) REFERENCES tag (id));
             INSERT INTO author SELECT seq, CONCAT('author ', seq) FROM seq_1_to_{authors};
             INSERT INTO post SELECT seq, seq * 7919 % {authors} + 1, CONCAT('title ', seq), REPEAT('x', {body})
                 FROM seq_1_to_{posts};
             INSERT INTO tag SELECT seq, CONCAT('tag ', seq), CONCAT('tag-', seq) FROM seq_1_to_200;
             INSERT INTO post_tag SELECT id, (id * 31 + k.seq * 67) % 200 + 1 FROM post, seq_0_to_2 AS k;
             ANALYZE TABLE author, post, tag, post_tag;"
        )
    }
}

fn refused(error: rusqlite::Error) -> eagerly::error::Errors {
    database_error(error, "cannot build the blog").into()
}
