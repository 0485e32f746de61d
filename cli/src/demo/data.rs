//! The blog of the demo: its schema, and rows that are the same every time.

use rusqlite::{Connection, ToSql, Transaction, params};
use std::path::Path;

const SCHEMA: &str = "
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT);
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, published BOOLEAN NOT NULL,
        created_at TIMESTAMP NOT NULL, author_id INTEGER NOT NULL REFERENCES authors ON DELETE CASCADE);
    CREATE INDEX posts_author ON posts (author_id);
    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, description TEXT);
    CREATE TABLE post_tag (
        post_id INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tags ON DELETE CASCADE,
        PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
    CREATE INDEX post_tag_back ON post_tag (tag_id, post_id);
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE);
    CREATE TABLE comments (
        id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts ON DELETE CASCADE,
        user_id INTEGER REFERENCES users ON DELETE SET NULL, body TEXT NOT NULL, created_at TIMESTAMP NOT NULL);
    CREATE INDEX comments_post ON comments (post_id);
    CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE team_member (
        team_id INTEGER NOT NULL REFERENCES teams ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
        role TEXT NOT NULL, joined_on DATE NOT NULL,
        PRIMARY KEY (team_id, user_id)) WITHOUT ROWID;
    CREATE INDEX team_member_back ON team_member (user_id);
";

const FIRST_NAMES: [&str; 12] =
    ["Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "Ken", "Leslie", "Margaret", "Radia", "Tony"];
const LAST_NAMES: [&str; 4] = ["Keller", "Moreau", "Novak", "Okafor"];
const TAGS: [&str; 12] = [
    "Rust",
    "SQL",
    "Databases",
    "Query Planning",
    "Testing",
    "Performance",
    "Design",
    "Tooling",
    "Async",
    "Release Notes",
    "Tutorial",
    "Opinion",
];
const SUBJECTS: [&str; 8] =
    ["joins", "key sets", "round trips", "cartesian products", "cursors", "indexes", "N+1 queries", "snapshots"];
const OPENINGS: [&str; 6] =
    ["A short history of", "Rethinking", "What nobody says about", "Ten lines on", "Measuring", "Life without"];
const TEAMS: [&str; 6] = ["Core", "Documentation", "Drivers", "Editorial", "Infrastructure", "Moderation"];
const ROLES: [&str; 3] = ["lead", "maintainer", "reviewer"];

const POSTS: usize = 120;
const USERS: usize = 36;

/// Creates the file with its schema and rows.
pub(super) fn build(file: &Path) -> rusqlite::Result<()> {
    let mut connection = Connection::open(file)?;
    // The file lives for a moment: nothing has to outlast a crash.
    connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    people(&transaction)?;
    posts(&transaction)?;
    teams(&transaction)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}

fn people(db: &Transaction<'_>) -> rusqlite::Result<()> {
    for (at, first) in FIRST_NAMES.iter().enumerate() {
        let name = format!("{first} {}", pick(&LAST_NAMES, at * 3));
        insert(db, "INSERT INTO authors VALUES (?, ?, ?)", params![id(at), name, "Writes about databases."])?;
    }
    for at in 0..USERS {
        let (first, last) = (pick(&FIRST_NAMES, at), pick(&LAST_NAMES, at + at / FIRST_NAMES.len()));
        let email = format!("{}.{}@example.org", first.to_lowercase(), last.to_lowercase());
        insert(db, "INSERT INTO users VALUES (?, ?, ?)", params![id(at), format!("{first} {last}"), email])?;
    }
    Ok(())
}

fn posts(db: &Transaction<'_>) -> rusqlite::Result<()> {
    for (at, name) in TAGS.iter().enumerate() {
        let slug = name.to_lowercase().replace(' ', "-");
        insert(db, "INSERT INTO tags VALUES (?, ?, ?, ?)", params![id(at), name, slug, format!("All about {name}.")])?;
    }
    let mut comment = 0;
    for at in 0..POSTS {
        let title = format!("{} {}", pick(&OPENINGS, at * 5 + at / 6), pick(&SUBJECTS, at * 3 + at / 8));
        let created = format!("2026-{:02}-{:02} 09:{:02}:00", 1 + at / 28, 1 + at % 28, at * 7 % 60);
        let author = id(at * 5 % FIRST_NAMES.len());
        insert(
            db,
            "INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?)",
            params![id(at), title, "Once upon a time there was a query.", at % 10 != 0, created, author],
        )?;
        // One to four tags, one to five comments.
        for tag in 0..1 + at % 4 {
            let tag = id((at * 7 + tag * 5) % TAGS.len());
            insert(db, "INSERT INTO post_tag VALUES (?, ?)", params![id(at), tag])?;
        }
        for nth in 0..1 + at * 3 % 5 {
            let user = id((at * 11 + nth * 7) % USERS);
            let created = format!("2026-06-{:02} 18:{:02}:00", 1 + comment % 28, comment % 60);
            insert(
                db,
                "INSERT INTO comments VALUES (?, ?, ?, ?, ?)",
                params![id(comment), id(at), user, "Well said.", created],
            )?;
            comment += 1;
        }
    }
    Ok(())
}

fn teams(db: &Transaction<'_>) -> rusqlite::Result<()> {
    for (at, name) in TEAMS.iter().enumerate() {
        insert(db, "INSERT INTO teams VALUES (?, ?)", params![id(at), name])?;
        // Users sit in several teams: they are stored once, and come out in each.
        for nth in 0..4 + 2 * at {
            let user = id((at * 5 + nth) % USERS);
            let role = if nth == 0 { ROLES[0] } else { pick(&ROLES[1..], nth * at + nth) };
            let joined = format!("2025-{:02}-{:02}", 1 + (at + nth) % 12, 1 + nth);
            insert(db, "INSERT INTO team_member VALUES (?, ?, ?, ?)", params![id(at), user, role, joined])?;
        }
    }
    Ok(())
}

fn insert(db: &Transaction<'_>, sql: &str, values: &[&dyn ToSql]) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// The key of the row at a position, from 0.
fn id(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(0) + 1
}

fn pick<'a>(names: &[&'a str], at: usize) -> &'a str {
    names.get(at % names.len().max(1)).copied().unwrap_or_default()
}
