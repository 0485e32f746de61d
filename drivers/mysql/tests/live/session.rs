//! Sessions on a live server: what they send, what they take from what is there, and what a failure leaves.

use crate::load::planner;
use crate::server::with_database;
use eagerly::value::ValueRef;
use eagerly::{Drive, LoadSpec, Planner, ResultGraph, RowRef};
use eagerly_mysql::{Connection, Session, connect, snapshot};
use mysql_async::prelude::Queryable;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const BLOG: &str = "CREATE TABLE author (id int PRIMARY KEY, name varchar(9) NOT NULL, bio varchar(9));
    CREATE TABLE post (id int PRIMARY KEY, title varchar(9) NOT NULL, author_id int NULL,
        FOREIGN KEY (author_id) REFERENCES author (id));
    CREATE TABLE comment (id int PRIMARY KEY, body varchar(9), post_id int NOT NULL, author_id int NULL,
        FOREIGN KEY (post_id) REFERENCES post (id), FOREIGN KEY (author_id) REFERENCES author (id));
    INSERT INTO author VALUES (1, 'Ada', NULL), (2, 'Ben', 'builds'), (3, 'Cyd', 'draws');
    INSERT INTO post VALUES (1, 'One', 1), (2, 'Two', 1), (3, 'Three', 2), (4, 'Four', NULL);
    INSERT INTO comment VALUES (1, 'nice', 1, 2), (2, 'thanks', 1, 3), (3, NULL, 3, NULL)";

/// What was sent, as `(batch, keys)`.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<Vec<(String, usize)>>>);

impl Sent {
    fn session<'c, D: Drive>(&self, driver: D, planner: &'c Planner) -> Session<'c, D> {
        let sent = self.0.clone();
        Session::open(driver, planner).on_executed(move |e| sent.lock().unwrap().push((e.batch, e.keys)))
    }

    /// What was sent since the last call.
    fn take(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn batches(all: &[(&str, usize)]) -> Vec<(String, usize)> {
    all.iter().map(|(batch, keys)| ((*batch).to_owned(), *keys)).collect()
}

fn spec(text: &str) -> LoadSpec {
    LoadSpec::parse(text).unwrap()
}

fn first(graph: &ResultGraph) -> RowRef<'_> {
    graph.roots().next().unwrap()
}

/// Loads, and compares with what another connection loads that knows nothing.
async fn load<D: Drive>(
    session: &mut Session<'_, D>,
    other: &mut Connection,
    planner: &Planner,
    text: &str,
) -> Arc<ResultGraph> {
    let graph = session.load(&spec(text)).await.unwrap();
    let fresh = eagerly_mysql::load(other, &planner.compile(&spec(text)).unwrap()).await.unwrap();
    assert_eq!(graph.to_json().unwrap(), fresh.to_json().unwrap(), "{text}");
    graph
}

#[test]
fn what_was_answered_is_not_sent_again_until_it_is_refreshed() {
    with_database(BLOG, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        let text = "{ post(where: {id: {le: 2}}) { title author @selectin { name } comment @selectin { body } } }";
        let some = load(&mut session, &mut other, &planner, text).await;
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 2)]));
        assert!(Arc::ptr_eq(&some, &load(&mut session, &mut other, &planner, text).await));
        assert_eq!(sent.take(), []);
        // Another specification sends what is missing: one author, and two posts' comments.
        let more = "{ post { id author @selectin { name } comment @selectin { body } } }";
        load(&mut session, &mut other, &planner, more).await;
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 2)]));

        other.conn().unwrap().query_drop("UPDATE author SET name = 'Ann' WHERE id = 1").await.unwrap();
        let known = session.load(&spec(text)).await.unwrap();
        assert_eq!(first(&known).one("author").unwrap().unwrap().get("name"), Some(ValueRef::Text("Ada")));
        assert_eq!(sent.take(), []);
        let anew = session.refresh(&spec(text)).await.unwrap();
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 2)]));
        assert_eq!(first(&anew).one("author").unwrap().unwrap().get("name"), Some(ValueRef::Text("Ann")));
        assert_eq!(first(&known).one("author").unwrap().unwrap().get("name"), Some(ValueRef::Text("Ada")));
    });
}

#[test]
fn touching_loads_for_all_siblings_and_nested() {
    with_database(BLOG, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        let text = "{ author { name post @lazy { title comment @lazy { body author @lazy { bio } } } } }";
        let authors = load(&mut session, &mut other, &planner, text).await;
        sent.take();
        let mut seen = Vec::new();
        for author in authors.roots() {
            for post in session.many(author, "post").await.unwrap() {
                for comment in session.many(post, "comment").await.unwrap() {
                    let author = session.one(comment, "author").await.unwrap();
                    seen.push(author.map(|author| author.get("bio").unwrap().shown()));
                }
            }
        }
        assert_eq!(seen, [Some("\"builds\"".to_owned()), Some("\"draws\"".to_owned()), None]);
        assert_eq!(
            sent.take(),
            batches(&[("author.post", 3), ("author.post.comment", 3), ("author.post.comment.author", 2)])
        );
        assert_eq!((session.core().lazy_loads(), session.core().n_plus_one().count()), (3, 0));

        // One row at a time, and told of.
        let posts = load(&mut session, &mut other, &planner, "{ post { title all: comment(limit: 9) @lazy } }").await;
        sent.take();
        for post in posts.roots().take(3) {
            session.touch_one(post, "all").await.unwrap();
        }
        assert_eq!(sent.take(), batches(&[("post.all", 1); 3]));
        let told: Vec<_> = session.core().n_plus_one().map(|pattern| (pattern.path.as_str(), pattern.loads)).collect();
        assert_eq!(told, [("post.all", 3)]);
        assert_eq!(first(&posts).many("all").unwrap().len(), 2);
    });
}

#[test]
fn nothing_is_loaded_after_the_session_was_closed() {
    with_database(BLOG, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        let text = "{ post { title comment @lazy author { name } } }";
        let posts = load(&mut session, &mut other, &planner, text).await;
        sent.take();
        session.close();
        let error = session.many(first(&posts), "comment").await.unwrap_err();
        assert_eq!((error.first().code, error.first().at.path.as_str()), ("E0115", "post.comment"));
        assert!(session.load(&spec("{ post }")).await.is_err());
        assert!(session.refresh(&spec("{ post }")).await.is_err());
        assert_eq!(sent.take(), []);
        assert!(first(&posts).one("author").unwrap().is_some());
    });
}

#[test]
fn what_fails_or_is_dropped_halfway_leaves_the_session_as_it_was() {
    with_database(BLOG, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        load(&mut session, &mut other, &planner, "{ author(where: {id: 1}) { name } }").await;
        sent.take();
        let remembered = session.core().remembered();
        let text = "{ post { title author @selectin { name } comment @selectin { body } } }";
        other.conn().unwrap().query_drop("ALTER TABLE comment RENAME TO gone").await.unwrap();
        let error = session.load(&spec(text)).await.unwrap_err();
        assert!(error.to_string().contains("`post.comment`"), "{error}");
        assert!(sent.take().contains(&("post".to_owned(), 0)), "it failed in the middle");
        assert_eq!((session.core().remembered(), session.core().stored_rows()), (remembered, 1));

        // The root comes, and its comments take their time.
        let slow = "CREATE VIEW comment AS SELECT id, CONCAT(body, SLEEP(1)) body, post_id FROM gone";
        other.conn().unwrap().query_drop(slow).await.unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(500), session.load(&spec(text))).await;
        assert!(waited.is_err(), "it is still under way");
        assert!(sent.take().contains(&("post".to_owned(), 0)), "it was dropped in the middle");
        assert_eq!((session.core().remembered(), session.core().stored_rows()), (remembered, 1));

        // Its answer is not taken for another statement's: the server stops it, and the session goes on.
        other.conn().unwrap().query_drop("DROP VIEW comment").await.unwrap();
        other.conn().unwrap().query_drop("ALTER TABLE gone RENAME TO comment").await.unwrap();
        load(&mut session, &mut other, &planner, text).await;
        // One author is known from before.
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 4)]));
    });
}

/// To the database 'ABC' is 'abc'; a hash knows nothing of it, and would answer that there is no such row.
#[test]
fn keys_that_only_the_database_compares_are_not_answered_from_rows() {
    let schema = "CREATE TABLE word (id varchar(9) COLLATE utf8mb4_general_ci PRIMARY KEY, meaning varchar(9));
        CREATE TABLE uses (id int PRIMARY KEY, word_id varchar(9) COLLATE utf8mb4_general_ci NULL,
            FOREIGN KEY (word_id) REFERENCES word (id));
        INSERT INTO word VALUES ('ABC', 'letters'), ('x', 'unknown');
        INSERT INTO uses VALUES (1, 'abc'), (2, 'ABC'), (3, 'X'), (4, NULL)";
    with_database(schema, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        load(&mut session, &mut other, &planner, "{ word { id meaning } }").await;
        sent.take();
        let uses = load(&mut session, &mut other, &planner, "{ uses { id word @selectin { meaning } } }").await;
        assert_eq!(sent.take(), batches(&[("uses", 0), ("uses.word", 3)]), "though all its rows are there");
        let found = uses.roots().filter(|row| row.one("word").unwrap().is_some()).count();
        assert_eq!(found, 3);
        // The same question was answered for the same keys.
        load(&mut session, &mut other, &planner, "{ uses(order: [\"-id\"]) { id word @selectin { meaning } } }").await;
        assert_eq!(sent.take(), batches(&[("uses", 0)]));
    });
}

#[test]
fn a_session_over_a_snapshot_is_of_one_state() {
    with_database(BLOG, |mut connection, url| async move {
        let (planner, sent) = (planner(&mut connection).await, Sent::default());
        let mut other = connect(&url).await.unwrap();
        let text = spec("{ post { title comment @lazy { body } } }");
        let mut begun = snapshot(&mut connection).await.unwrap();
        {
            let mut session = sent.session(&mut begun, &planner);
            let posts = session.load(&text).await.unwrap();
            other.conn().unwrap().query_drop("DELETE FROM comment").await.unwrap();
            assert_eq!(session.many(first(&posts), "comment").await.unwrap().len(), 2);
        }
        begun.end().await.unwrap();
        let mut session = sent.session(&mut connection, &planner);
        let posts = session.load(&text).await.unwrap();
        assert_eq!(session.many(first(&posts), "comment").await.unwrap().len(), 0);
    });
}

/// A server's handlers are moved between threads while they wait.
#[test]
fn what_is_awaited_may_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    fn all(session: &mut Session<'_>, spec: &LoadSpec, row: RowRef<'_>) {
        moves(session);
        moves(&session.load(spec));
        moves(&session.refresh(spec));
        moves(&session.one(row, ""));
        moves(&session.many(row, ""));
        moves(&session.touch_one(row, ""));
    }
    let _ = all;
}
