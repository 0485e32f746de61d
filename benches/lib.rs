//! What the benchmarks share: a blog of any size, and the specification that everybody knows.

use eagerly::error::Result;
use eagerly::{LoadSpec, Planner, Sqlite};
use eagerly_rusqlite::database_error;
use rusqlite::Connection;

/// Posts with their author joined and their tags by selectin.
pub const POSTS: &str = "{ post { title body author @joined { name } tag @selectin { name slug } } }";

/// A blog in memory: so many posts, a tenth as many authors, three of 200 tags each.
///
/// # Errors
/// What SQLite refuses.
pub fn blog(posts: u32) -> Result<Connection> {
    let sql = format!(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id),
             title TEXT NOT NULL, body TEXT NOT NULL);
         CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL);
         CREATE TABLE post_tag (post_id INTEGER NOT NULL REFERENCES post (id),
             tag_id INTEGER NOT NULL REFERENCES tag (id), PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < max(1, {posts} / 10))
             INSERT INTO author SELECT i, 'author ' || i FROM n;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {posts})
             INSERT INTO post SELECT i, i * 7919 % max(1, {posts} / 10) + 1, 'title ' || i,
                 printf('%.200c', 'x') FROM n;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
             INSERT INTO tag SELECT i, 'tag ' || i, 'tag-' || i FROM n;
         INSERT INTO post_tag SELECT id, (id * 31 + k * 67) % 200 + 1 FROM post, (SELECT 0 AS k UNION SELECT 1 UNION
             SELECT 2);
         CREATE INDEX post_tag_tag ON post_tag (tag_id);
         CREATE INDEX post_author ON post (author_id);
         ANALYZE;"
    );
    let refused = |e: rusqlite::Error| database_error(&e, "cannot build the blog");
    let connection = Connection::open_in_memory().map_err(refused)?;
    connection.execute_batch(&sql).map_err(refused)?;
    Ok(connection)
}

/// A planner over the database's own catalog.
///
/// # Errors
/// A catalog that cannot be read.
pub fn planner(connection: &Connection) -> Result<Planner> {
    Ok(Planner::new(eagerly_rusqlite::reflect(connection)?, Sqlite::new()))
}

/// The specification.
///
/// # Errors
/// Text that does not parse.
pub fn posts() -> Result<LoadSpec> {
    LoadSpec::parse(POSTS)
}
