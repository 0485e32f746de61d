//! Sessions on a live server: what they send, what they take from what is there, and what a failure leaves.

use crate::server::{Database, database};
use eagerly::value::ValueRef;
use eagerly::{Drive, LoadSpec, Planner, ResultGraph, RowRef};
use eagerly_postgres::{Session, snapshot};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const BLOG: &str = "
    CREATE TABLE author (id int8 PRIMARY KEY, name text NOT NULL, bio text);
    CREATE TABLE post (id int8 PRIMARY KEY, title text NOT NULL, author_id int8 REFERENCES author);
    CREATE TABLE comment (id int8 PRIMARY KEY, body text, post_id int8 NOT NULL REFERENCES post,
        author_id int8 REFERENCES author);
    INSERT INTO author VALUES (1, 'Ada', NULL), (2, 'Ben', 'builds'), (3, 'Cyd', 'draws');
    INSERT INTO post VALUES (1, 'One', 1), (2, 'Two', 1), (3, 'Three', 2), (4, 'Four', NULL);
    INSERT INTO comment VALUES (1, 'nice', 1, 2), (2, 'thanks', 1, 3), (3, NULL, 3, NULL);";

/// What was sent, as `(batch, keys)`.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<Vec<(String, usize)>>>);

impl Sent {
    fn session<'c>(&self, database: &'c Database, planner: &'c Planner) -> Session<'c> {
        let sent = self.0.clone();
        Session::open(&database.connection, planner).on_executed(move |e| sent.lock().unwrap().push((e.batch, e.keys)))
    }

    /// What was sent since the last call, sorted: statements of one wave end in any order.
    fn take(&self) -> Vec<(String, usize)> {
        let mut all = std::mem::take(&mut *self.0.lock().unwrap());
        all.sort();
        all
    }
}

fn batches(all: &[(&str, usize)]) -> Vec<(String, usize)> {
    all.iter().map(|(batch, keys)| ((*batch).to_owned(), *keys)).collect()
}

fn planner(database: &Database) -> Planner {
    let graph = database.runtime.block_on(eagerly_postgres::reflect(database.connection.client())).unwrap();
    Planner::new(graph, eagerly_postgres::dialect(&database.connection)).without_passes(&["whole_table"]).unwrap()
}

fn spec(text: &str) -> LoadSpec {
    LoadSpec::parse(text).unwrap()
}

fn first(graph: &ResultGraph) -> RowRef<'_> {
    graph.roots().next().unwrap()
}

/// Loads, and compares with a load that knows nothing.
async fn load(session: &mut Session<'_>, database: &Database, planner: &Planner, text: &str) -> Arc<ResultGraph> {
    let graph = session.load(&spec(text)).await.unwrap();
    let fresh = eagerly_postgres::load(&database.connection, &planner.compile(&spec(text)).unwrap()).await.unwrap();
    assert_eq!(graph.to_json().unwrap(), fresh.to_json().unwrap(), "{text}");
    graph
}

#[test]
fn what_was_answered_is_not_sent_again_until_it_is_refreshed() {
    let Some(database) = database(BLOG) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        let text = "{ post(where: {id: {le: 2}}) { title author @selectin { name } comment @selectin { body } } }";
        let some = load(&mut session, &database, &planner, text).await;
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 2)]));
        assert!(Arc::ptr_eq(&some, &load(&mut session, &database, &planner, text).await));
        assert_eq!(sent.take(), []);
        // Another specification sends what is missing: one author, and two posts' comments.
        let more = "{ post { id author @selectin { name } comment @selectin { body } } }";
        load(&mut session, &database, &planner, more).await;
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 2)]));

        let client = database.connection.client();
        client.batch_execute("UPDATE author SET name = 'Ann' WHERE id = 1").await.unwrap();
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
    let Some(database) = database(BLOG) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        let text = "{ author { name post @lazy { title comment @lazy { body author @lazy { bio } } } } }";
        let authors = load(&mut session, &database, &planner, text).await;
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
        let expected = [Some("'builds'"), Some("'draws'"), None].map(|bio| bio.map(|bio| bio.replace('\'', "\"")));
        assert_eq!(seen, expected);
        assert_eq!(
            sent.take(),
            batches(&[("author.post", 3), ("author.post.comment", 3), ("author.post.comment.author", 2)])
        );
        assert_eq!((session.core().lazy_loads(), session.core().n_plus_one().count()), (3, 0));

        // One row at a time, and told of.
        let posts = load(&mut session, &database, &planner, "{ post { title all: comment(limit: 9) @lazy } }").await;
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
    let Some(database) = database(BLOG) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        let posts = load(&mut session, &database, &planner, "{ post { title comment @lazy author { name } } }").await;
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
    let Some(database) = database(BLOG) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        load(&mut session, &database, &planner, "{ author(where: {id: 1}) { name } }").await;
        sent.take();
        let remembered = session.core().remembered();
        let text = "{ post { title author @selectin { name } comment @selectin { body } } }";
        let client = database.connection.client();
        client.batch_execute("ALTER TABLE comment RENAME TO gone").await.unwrap();
        let error = session.load(&spec(text)).await.unwrap_err();
        assert!(error.to_string().contains("`post.comment`"), "{error}");
        assert!(sent.take().contains(&("post".to_owned(), 0)), "it failed in the middle");
        assert_eq!((session.core().remembered(), session.core().stored_rows()), (remembered, 1));

        // The root comes, and its comments take their time.
        let slow = "CREATE VIEW comment AS SELECT id, body, post_id, pg_sleep(5)::text FROM gone";
        client.batch_execute(slow).await.unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(500), session.load(&spec(text))).await;
        assert!(waited.is_err(), "it is still under way");
        assert!(sent.take().contains(&("post".to_owned(), 0)), "it was dropped in the middle");
        assert_eq!((session.core().remembered(), session.core().stored_rows()), (remembered, 1));

        // What is under way on the server is cancelled, and the connection is the same.
        let start = std::time::Instant::now();
        database.connection.settle().await;
        client.query_one("SELECT 1", &[]).await.unwrap();
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
        client.batch_execute("DROP VIEW comment; ALTER TABLE gone RENAME TO comment").await.unwrap();
        load(&mut session, &database, &planner, text).await;
        // One author is known from before.
        assert_eq!(sent.take(), batches(&[("post", 0), ("post.author", 1), ("post.comment", 4)]));
    });
}

/// To the database 'ABC' is 'abc'; a hash knows nothing of it, and would answer that there is no such row.
#[test]
fn keys_that_only_the_database_compares_are_not_answered_from_rows() {
    let setup = "
        CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TABLE word (id text COLLATE nocase PRIMARY KEY, meaning text);
        CREATE TABLE use (id int8 PRIMARY KEY, word_id text COLLATE nocase REFERENCES word);
        INSERT INTO word VALUES ('ABC', 'letters'), ('x', 'unknown');
        INSERT INTO use VALUES (1, 'abc'), (2, 'ABC'), (3, 'X'), (4, NULL);";
    let Some(database) = database(setup) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        load(&mut session, &database, &planner, "{ word { id meaning } }").await;
        sent.take();
        let uses = load(&mut session, &database, &planner, "{ use { id word @selectin { meaning } } }").await;
        assert_eq!(sent.take(), batches(&[("use", 0), ("use.word", 3)]), "though all its rows are there");
        let found = uses.roots().filter(|row| row.one("word").unwrap().is_some()).count();
        assert_eq!(found, 3);
        // The same question was answered for the same keys.
        load(&mut session, &database, &planner, "{ use(order: [\"-id\"]) { id word @selectin { meaning } } }").await;
        assert_eq!(sent.take(), batches(&[("use", 0)]));
    });
}

#[test]
fn a_session_in_a_snapshot_is_of_one_state() {
    let Some(database) = database(BLOG) else { return };
    let (planner, sent) = (planner(&database), Sent::default());
    let mut session = sent.session(&database, &planner);
    database.runtime.block_on(async {
        let other = eagerly_postgres::connect(&database.url).await.unwrap();
        let begun = snapshot(&database.connection).await.unwrap();
        let posts = session.load(&spec("{ post { title comment @lazy { body } } }")).await.unwrap();
        other.client().batch_execute("DELETE FROM comment").await.unwrap();
        assert_eq!(session.many(first(&posts), "comment").await.unwrap().len(), 2);
        begun.end().await.unwrap();
        session.core_mut().forget();
        let posts = session.load(&spec("{ post { title comment @lazy { body } } }")).await.unwrap();
        assert_eq!(session.many(first(&posts), "comment").await.unwrap().len(), 0);
    });
}

/// A server's handlers are moved between threads while they wait.
#[test]
fn what_is_awaited_may_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    fn all<'g>(session: &mut Session<'_>, spec: &LoadSpec, row: RowRef<'g>) {
        moves(session);
        moves(&session.load(spec));
        moves(&session.refresh(spec));
        moves(&session.one(row, ""));
        moves(&session.many(row, ""));
        moves(&session.touch_one(row, ""));
    }
    let _ = all;
    fn drives(_: impl Drive) {}
    let _ = |connection: &'static eagerly_postgres::Connection| drives(connection);
}
