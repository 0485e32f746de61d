//! A blog, a session over it, and the statements it sends.

use eagerly::value::ValueRef;
use eagerly::{Executed, LoadSpec, Planner, Prefer, ResultGraph, RowRef, Sqlite};
use eagerly_rusqlite::Session;
use eagerly_tests::corpus::database;
use rusqlite::Connection;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

pub(super) const BLOG: &str = "
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT);
CREATE TABLE post (
  id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id), title TEXT NOT NULL, score INTEGER NOT NULL
);
CREATE TABLE comment (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post(id), author_id INTEGER REFERENCES author(id), body TEXT
);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post_tag (
  post_id INTEGER REFERENCES post(id), tag_id INTEGER REFERENCES tag(id), added TEXT, PRIMARY KEY (post_id, tag_id)
);
INSERT INTO author VALUES (1, 'Ada', NULL), (2, 'Bob', 'builds'), (3, 'Cyd', 'draws');
INSERT INTO post VALUES (1, 1, 'One', 4), (2, 1, 'Two', 3), (3, 2, 'Three', 2), (4, NULL, 'Four', 1), (5, 3, 'Five', 0);
INSERT INTO comment VALUES (1, 1, 2, 'nice'), (2, 1, 1, 'thanks'), (3, 3, 1, NULL), (4, 3, NULL, 'anonymous'), (5, 5, 3, 'x');
INSERT INTO tag VALUES (1, 'rust'), (2, 'sql');
INSERT INTO post_tag VALUES (1, 1, 'mon'), (1, 2, 'tue'), (3, 1, 'wed');
";

/// A database, a planner for it, and what was sent.
pub(super) struct World {
    pub(super) connection: Connection,
    pub(super) planner: Planner,
    sent: Rc<RefCell<Vec<Executed>>>,
}

impl World {
    pub(super) fn new(ddl: &str) -> Self {
        let connection = database(ddl);
        let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
        Self { connection, planner, sent: Rc::default() }
    }

    pub(super) fn blog() -> Self {
        Self::new(BLOG)
    }

    pub(super) fn prefer(self, prefer: Prefer) -> Self {
        Self { planner: self.planner.prefer(prefer), ..self }
    }

    pub(super) fn session(&self) -> Session<'_> {
        let sent = self.sent.clone();
        Session::open(&self.connection, &self.planner).on_executed(move |e| sent.borrow_mut().push(e))
    }

    /// The batch and number of keys of every statement since the last call.
    #[track_caller]
    pub(super) fn sent(&self) -> Vec<(String, usize)> {
        self.sent.borrow_mut().drain(..).map(|e| (e.batch, e.keys)).collect()
    }

    /// Loads, and compares with a load that knows nothing.
    #[track_caller]
    pub(super) fn load(&self, session: &mut Session<'_>, text: &str) -> Arc<ResultGraph> {
        let spec = spec(text);
        let graph = session.load(&spec).unwrap();
        let fresh = eagerly_rusqlite::load(&self.connection, &self.planner.compile(&spec).unwrap()).unwrap();
        assert_eq!(graph.to_json().unwrap(), fresh.to_json().unwrap(), "{text}");
        graph
    }

    pub(super) fn execute(&self, sql: &str) {
        self.connection.execute_batch(sql).unwrap();
    }
}

/// Statements as `(batch, keys)`.
pub(super) fn batches(all: &[(&str, usize)]) -> Vec<(String, usize)> {
    all.iter().map(|(batch, keys)| ((*batch).to_owned(), *keys)).collect()
}

pub(super) fn spec(text: &str) -> LoadSpec {
    LoadSpec::parse(text).unwrap()
}

pub(super) fn text<'g>(row: RowRef<'g>, key: &str) -> &'g str {
    match row.get(key) {
        Some(ValueRef::Text(text)) => text,
        other => panic!("`{key}` is {other:?}"),
    }
}

pub(super) fn texts<'g>(rows: impl IntoIterator<Item = RowRef<'g>>, key: &str) -> Vec<&'g str> {
    rows.into_iter().map(|row| text(row, key)).collect()
}
