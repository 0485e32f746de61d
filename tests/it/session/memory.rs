//! What is not sent again: rows, keys that lead nowhere, complete sets of edges.

use super::support::{World, batches, spec, texts};
use std::sync::Arc;

#[test]
fn a_repeated_load_sends_nothing() {
    let world = World::blog();
    let mut session = world.session();
    let text = "{ post(where: {score: {gt: 0}}, order: [\"-score\"], limit: 3) { title author @selectin { name } comment @joined { body } tag @subquery { name } } }";
    let first = world.load(&mut session, text);
    assert!(!world.sent().is_empty());
    let second = world.load(&mut session, text);
    assert_eq!(world.sent(), []);
    assert!(Arc::ptr_eq(&first, &second));
    // The same question in other words: other keys come out, in another order.
    world.load(
        &mut session,
        "{ post(where: {score: {gt: 0}}, order: [\"-score\"], limit: 3) { heading: title comment @joined { text: body } } }",
    );
    assert_eq!(world.sent(), []);
}

#[test]
fn other_values_are_another_question() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ post(where: {score: {gt: 0}}) { title } }");
    world.load(&mut session, "{ post(where: {score: {gt: 1}}) { title } }");
    world.load(&mut session, "{ post(where: {score: {lt: 1}}) { title } }");
    world.load(&mut session, "{ post(where: {score: {gt: 1}}, limit: 1) { title } }");
    world.load(&mut session, "{ post(where: {score: {gt: 1}}, limit: 1, offset: 1) { title } }");
    world.load(&mut session, "{ post(where: {score: {gt: 1}}, order: [\"title\"], limit: 1) { title } }");
    assert_eq!(world.sent(), batches(&[("post", 0); 6]));
}

#[test]
fn a_second_specification_sends_only_the_missing_keys() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ post(where: {id: {in: [1, 2]}}) { title comment @selectin { body } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.comment", 2)]));
    world.load(&mut session, "{ post(where: {id: {in: [2, 3, 5]}}) { title comment @selectin { body } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.comment", 2)]));
    world.load(&mut session, "{ post(limit: 9) { title comment @selectin { body } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.comment", 1)]));
    // All children are read without keys: there is nothing to leave out, unless all is known.
    world.load(&mut session, "{ post { title comment @selectin { body } } }");
    assert_eq!(world.sent(), batches(&[("post", 0)]));
}

#[test]
fn a_to_one_is_answered_from_the_rows_of_another_load() {
    let world = World::blog();
    let mut session = world.session();
    let authors = world.load(&mut session, "{ author { name bio } }");
    world.sent();
    let posts = world.load(
        &mut session,
        "{ post { title author @selectin { name } comment @selectin { author @selectin { bio } } } }",
    );
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.comment", 5)]));
    // One row, wherever it is seen.
    let ada = posts.roots().next().unwrap().one("author").unwrap().unwrap();
    assert!(ada.same_row(authors.roots().next().unwrap()));
    assert_eq!((posts.stored_rows("author"), authors.stored_rows("author")), (0, 3));
    assert!(!ada.same_row(authors.roots().nth(1).unwrap()) && !ada.same_row(posts.roots().next().unwrap()));
}

#[test]
fn columns_that_are_missing_are_asked_for_and_then_known() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ author(where: {id: 1}) { name } }");
    world.sent();
    // Of Ada only the name is known.
    world.load(&mut session, "{ post { author @selectin { bio } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 3)]));
    for columns in ["name bio", "name", "bio", "id"] {
        world
            .load(&mut session, &format!("{{ post(where: {{author_id: 1}}) {{ author @selectin {{ {columns} }} }} }}"));
    }
    assert_eq!(world.sent(), batches(&[("post", 0)]), "all columns of Ada are known");
    // Those of Bob are not.
    world.load(&mut session, "{ post { author @selectin { name } } }");
    assert_eq!(world.sent(), batches(&[("post.author", 2)]));
}

#[test]
fn a_key_that_leads_nowhere_is_not_sent_again() {
    let world = World::new(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id));
         INSERT INTO author VALUES (1, 'Ada'); INSERT INTO post VALUES (1, 1), (2, 7), (3, 8);",
    );
    let mut session = world.session();
    world.load(&mut session, "{ post(limit: 2) { author @selectin { name } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 2)]));
    world.load(&mut session, "{ post { author @selectin { name } } }");
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 1)]), "neither 1 nor 7");
    // Until a row is there.
    world.execute("INSERT INTO author VALUES (7, 'Gus')");
    session.load(&spec("{ author { name } }")).unwrap();
    let posts = session.load(&spec("{ post(order: [\"id\"], limit: 3) { author @selectin { name } } }")).unwrap();
    assert!(posts.to_json().unwrap().contains("Gus"), "{}", posts.to_json().unwrap());
}

#[test]
fn a_to_many_is_answered_by_the_same_edges_only() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ post { comment @selectin { body } } }");
    world.load(&mut session, "{ comment { body } }");
    world.sent();
    for arguments in ["where: {body: \"nice\"}", "limit: 1", "limit: 2", "order: [\"-id\"]", "limit: 1, offset: 1"] {
        world.load(&mut session, &format!("{{ post {{ comment({arguments}) @selectin {{ body }} }} }}"));
        assert_eq!(world.sent(), batches(&[("post.comment", 5)]), "{arguments}");
        world.load(&mut session, &format!("{{ post {{ id comment({arguments}) @selectin {{ body post_id }} }} }}"));
        world.sent();
    }
    world.load(&mut session, "{ post { id comment @selectin { id } } }");
    assert_eq!(world.sent(), []);
}

#[test]
fn a_filtered_to_one_is_never_answered_from_rows() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ author { name } }");
    world.sent();
    let text = "{ post { author(where: {name: \"Ada\"}) @selectin { name } } }";
    world.load(&mut session, text);
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 3)]));
    world.load(&mut session, "{ post { id author(where: {name: \"Ada\"}) @selectin { id } } }");
    assert_eq!(world.sent(), [], "the same filter is the same question");
}

#[test]
fn keys_that_only_the_database_compares_are_not_answered_from_rows() {
    let world = World::new(
        "CREATE TABLE country (code TEXT COLLATE NOCASE PRIMARY KEY, name TEXT);
         CREATE TABLE city (id INTEGER PRIMARY KEY, country_code TEXT REFERENCES country(code));
         INSERT INTO country VALUES ('AT', 'Austria'), ('DE', 'Germany');
         INSERT INTO city VALUES (1, 'at'), (2, 'AT'), (3, 'De');",
    );
    let mut session = world.session();
    world.load(&mut session, "{ country { name city @selectin { id } } }");
    world.sent();
    let cities = world.load(&mut session, "{ city { id country @selectin { name } } }");
    assert_eq!(cities.to_json().unwrap().matches("Austria").count(), 2);
    let [root, keys] = &world.sent()[..] else { panic!("two statements") };
    assert_eq!((root.0.as_str(), keys.1), ("city", 3));
    world.load(&mut session, "{ city { country @selectin { name } } }");
    assert_eq!(world.sent(), [], "the same key is the same key");
}

#[test]
fn composite_keys_are_compared_whole() {
    let world = World::new(
        "CREATE TABLE cell (x INTEGER, y INTEGER, name TEXT, PRIMARY KEY (x, y));
         CREATE TABLE pin (id INTEGER PRIMARY KEY, cy INTEGER, cx INTEGER, FOREIGN KEY (cx, cy) REFERENCES cell(x, y));
         INSERT INTO cell VALUES (1, 2, 'a'), (2, 1, 'b'), (2, 2, 'c');
         INSERT INTO pin VALUES (1, 2, 1), (2, 1, 2), (3, 2, 2), (4, NULL, 2);",
    );
    let mut session = world.session();
    world.load(&mut session, "{ cell(where: {x: {in: [1, 2]}, name: {ne: \"c\"}}) { name pin @selectin { id } } }");
    world.sent();
    world.load(&mut session, "{ pin { id cell @selectin { name } } }");
    assert_eq!(world.sent(), batches(&[("pin", 0), ("pin.cell", 1)]));
    world.load(&mut session, "{ cell(limit: 9) { name pin @selectin { id } } }");
    assert_eq!(world.sent(), batches(&[("cell", 0), ("cell.pin", 1)]));
}

#[test]
fn link_rows_and_joined_rows_are_remembered_with_their_edges() {
    let world = World::blog();
    let mut session = world.session();
    let text = |condition: &str| {
        format!(
            "{{ post{condition} {{ tag @link(columns: [\"added\"]) @selectin {{ name }} comment @selectin {{ body author @joined {{ name }} }} }} }}"
        )
    };
    world.load(&mut session, &text("(where: {id: {le: 2}})"));
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.tag", 2), ("post.comment", 2)]));
    world.load(&mut session, &text("(limit: 9)"));
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.tag", 3), ("post.comment", 3)]));
    world.load(&mut session, &text("(order: [\"-id\"])"));
    assert_eq!(world.sent(), batches(&[("post", 0)]));
}

#[test]
fn what_a_join_only_shows_is_no_part_of_the_question() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ post(limit: 3) { title author @joined { name } comment { body author { name } } } }");
    world.sent();
    world.load(&mut session, "{ post(limit: 3) { title comment { body } } }");
    assert_eq!(world.sent(), []);
    world.load(&mut session, "{ post(limit: 3) { id author @joined { name } comment { author { name } body } } }");
    assert_eq!(world.sent(), []);
    // More than was joined.
    world.load(&mut session, "{ post(limit: 3) { author @joined { bio } } }");
    assert_eq!(world.sent(), batches(&[("post", 0)]));
    // An inner join leaves rows out.
    world.load(&mut session, "{ post(limit: 4) { author @joined { name } } }");
    world.sent();
    world.load(&mut session, "{ post(limit: 4) { author @joined(inner: true) { name } } }");
    assert_eq!(world.sent(), batches(&[("post", 0)]));
}

#[test]
fn recursions_are_right_and_a_repeated_one_is_known() {
    let world = World::new(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node(id), name TEXT);
         INSERT INTO node VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c'), (4, 2, 'd'), (5, 4, 'e');",
    );
    let mut session = world.session();
    world.load(&mut session, "{ node { id name } }");
    let text = "{ node(where: {parent_id: null}) { name node_by_parent_id @recurse { name } } }";
    let spec = spec(text);
    if session.load(&spec).is_err() {
        panic!(
            "{}",
            world.planner.graph().entities().map(|(_, e)| format!("{:?}", e.relationships.keys())).collect::<String>()
        );
    }
    world.load(&mut session, "{ node { name parent @recurse(depth: 1) { name } } }");
    world.sent();
    world.load(&mut session, text);
    assert_eq!(world.sent(), []);
}

#[test]
fn a_row_keeps_its_values_until_it_is_refreshed() {
    let world = World::blog();
    let mut session = world.session();
    let names = |graph: &eagerly::ResultGraph| texts(graph.roots(), "name").join(" ");
    let all = spec("{ author { name } }");
    let first = session.load(&all).unwrap();
    world.sent();
    world.execute("UPDATE author SET name = 'Adele' WHERE id = 1; UPDATE comment SET body = 'fine' WHERE id = 1");
    assert_eq!(names(&session.load(&all).unwrap()), "Ada Bob Cyd");
    assert_eq!(names(&session.load(&spec("{ author(where: {id: {lt: 3}}) { name } }")).unwrap()), "Ada Bob");
    assert_eq!(world.sent(), batches(&[("author", 0)]));

    assert_eq!(names(&session.refresh(&spec("{ author(where: {id: 1}) { name } }")).unwrap()), "Adele");
    assert_eq!(world.sent(), batches(&[("author", 0)]));
    // No answer of before is believed: others of these rows may have gone or come.
    assert_eq!(names(&session.load(&all).unwrap()), "Adele Bob Cyd", "the row is replaced wherever it is");
    assert_eq!(names(&first), "Ada Bob Cyd", "but for results that were handed out");
    assert_eq!(world.sent(), batches(&[("author", 0)]));
    // What was not read anew of it is forgotten.
    session.load(&spec("{ author(where: {id: 2}) { name bio } }")).unwrap();
    session.refresh(&spec("{ author(where: {id: 2}) { name } }")).unwrap();
    world.sent();
    session.load(&spec("{ post(where: {id: 3}) { author @selectin { bio } } }")).unwrap();
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 1)]));
}

#[test]
fn a_refresh_believes_no_answer_of_before() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ comment { id post @selectin { id title } } }");
    world.load(&mut session, "{ author { name post { id author_id } } }");
    world.execute(
        "PRAGMA foreign_keys = OFF; DELETE FROM post WHERE id = 3; UPDATE post SET author_id = 2 WHERE id = 1",
    );
    session.refresh(&spec("{ post { id title author_id } }")).unwrap();
    // A row that is gone does not come back, and a row that has moved is in one list.
    world.load(&mut session, "{ comment { body post @selectin { id title } } }");
    world.load(&mut session, "{ author { id name post { id author_id } } }");
}

/// A later batch of one run takes what an earlier one has found, in a refresh as in a load.
#[test]
fn a_refresh_sends_no_key_twice() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    let schema = "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a);
        INSERT INTO a VALUES (1, 2), (2, 3), (3, 3), (4, 1)";
    connection.execute_batch(schema).unwrap();
    let planner = eagerly::Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), eagerly::Sqlite::new());
    let spec = spec("{ a { id a_via_up @selectin { id a_via_up @selectin { id } } } }");
    let mut sent = Vec::new();
    let mut session = eagerly_rusqlite::Session::open(&connection, &planner).on_executed(|e| sent.push(e.keys));
    let loaded = session.load(&spec).unwrap().to_json().unwrap();
    assert_eq!(session.refresh(&spec).unwrap().to_json().unwrap(), loaded);
    drop(session);
    let (load, refresh) = sent.split_at(sent.len() / 2);
    assert_eq!(load, refresh, "keys of a load, and of a refresh");
}

/// Where the database compares keys, the columns that hold them are part of what is asked. Two batches can hold theirs in
/// different columns and yet send the same SQL: the session knows as much of that as a run without one.
#[test]
fn a_session_sends_no_key_that_a_run_alone_would_not_send() {
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    let schema = "PRAGMA foreign_keys = off; CREATE TABLE place (code TEXT COLLATE NOCASE PRIMARY KEY, up_code TEXT REFERENCES place);
        CREATE TABLE visit (id INTEGER PRIMARY KEY, place_code TEXT REFERENCES place);
        INSERT INTO place VALUES ('a', 'A'), ('b', 'a'); INSERT INTO visit VALUES (1, 'A'), (2, 'b')";
    connection.execute_batch(schema).unwrap();
    let planner = eagerly::Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), eagerly::Sqlite::new());
    let spec = spec("{ visit { id place @selectin { code place_via_up_code @selectin { code up_code } } } }");
    let mut alone = Vec::new();
    let run = eagerly::Run::new(&planner.compile(&spec).unwrap());
    let expected = eagerly_rusqlite::observe(&connection, run, &mut |e: eagerly::Executed| alone.push(e.keys)).unwrap();
    let mut sent = Vec::new();
    let mut session = eagerly_rusqlite::Session::open(&connection, &planner).on_executed(|e| sent.push(e.keys));
    assert_eq!(session.load(&spec).unwrap().to_json().unwrap(), expected.to_json().unwrap());
    drop(session);
    assert_eq!((&alone, &sent), (&vec![0, 2, 1], &alone));
}

#[test]
fn what_fails_is_not_remembered() {
    let world = World::blog();
    let mut session = world.session();
    world.load(&mut session, "{ author(where: {id: 1}) { name } }");
    let remembered = session.core().remembered();
    let text = "{ post { title author @selectin { name } comment @selectin { body } } }";
    world.execute("ALTER TABLE comment RENAME TO gone");
    let error = session.load(&spec(text)).unwrap_err();
    assert!(error.to_string().contains("comment"), "{error}");
    assert!(world.sent().len() >= 2, "it failed in the middle");
    assert_eq!((session.core().remembered(), session.core().stored_rows()), (remembered, 1));
    world.execute("ALTER TABLE gone RENAME TO comment");
    world.load(&mut session, text);
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.author", 2), ("post.comment", 5)]));
}

#[test]
fn rows_without_a_primary_key_are_remembered_by_their_edges() {
    let world = World::new(
        "CREATE TABLE post (id INTEGER PRIMARY KEY);
         CREATE TABLE visit (post_id INTEGER REFERENCES post(id), at TEXT, who TEXT);
         INSERT INTO post VALUES (1), (2); INSERT INTO visit VALUES (1, 'mon', 'a'), (1, 'mon', 'a'), (2, NULL, 'b');",
    );
    let mut session = world.session();
    for columns in ["at", "who", "at", "who at", "who", "at"] {
        world.load(&mut session, &format!("{{ post {{ visit @selectin {{ {columns} }} }} }}"));
        world.load(&mut session, &format!("{{ post {{ id visit @selectin {{ {columns} }} }} }}"));
    }
    assert_eq!(world.sent(), batches(&[("post", 0), ("post.visit", 2), ("post.visit", 2), ("post.visit", 2)]));
}

/// The rows of a many-to-many whose targets come once are known like others: their edges, and all of their columns.
/// A link that leads nowhere names a row: nobody may take it for one, in this load or a later one.
#[test]
fn what_a_link_names_is_no_row() {
    let mut world = World::blog();
    let (connection, planner) = crate::targets_once::tagged();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; INSERT INTO post_tag VALUES (2, 9, 'gone'), (3, 9, 'gone');
             CREATE TABLE pin (id integer PRIMARY KEY, tag_id integer REFERENCES tag (id)); INSERT INTO pin VALUES (1, 9), (2, 3);",
        )
        .unwrap();
    let graph = crate::targets_once::counted(eagerly_rusqlite::reflect(&connection).unwrap());
    drop(planner);
    (world.connection, world.planner) = (connection, eagerly::Planner::new(graph, eagerly::Sqlite::new()));
    let mut session = world.session();
    let tags = "{ post { id tag { name } } }";
    let first = world.load(&mut session, tags);
    assert_eq!(world.sent().len(), 3);
    let lists = "[{'id':1,'tag':[{'name':'sql'},{'name':'orm'},{'name':'web'}]},\
        {'id':2,'tag':[{'name':'orm'},{'name':'web'},{'name':'css'}]},{'id':3,'tag':[]}]";
    assert_eq!(first.to_json().unwrap().replace('"', "'"), lists);
    assert_eq!(first.stored_rows("tag"), 4);
    // Where only keys come out, what the links have brought has all columns, and still has to be looked up.
    world.load(&mut world.session(), "{ post { id tag { id } } }");
    world.sent();
    let pins = world.load(&mut session, "{ pin { id tag @selectin { id } } }");
    let expected = "[{'id':1,'tag':null},{'id':2,'tag':{'id':3}}]";
    assert_eq!(pins.to_json().unwrap().replace('"', "'"), expected);
    world.sent();
    let again = world.load(&mut session, tags);
    assert_eq!((world.sent(), again.to_json().unwrap().replace('"', "'").as_str()), (Vec::new(), lists));
}

#[test]
fn targets_that_came_once_are_known() {
    let mut world = World::blog();
    let (connection, planner) = crate::targets_once::tagged();
    (world.connection, world.planner) = (connection, planner);
    let mut session = world.session();
    world.load(&mut session, "{ post(limit: 1) { title tag { name body } } }");
    assert_eq!(world.sent().len(), 2, "few posts: one statement for the tags");
    world.load(&mut session, "{ post { title tag { name body } } }");
    let sent = world.sent();
    assert!(sent.iter().any(|(batch, keys)| batch == "post.tag.*" && *keys == 1), "{sent:?}");
    world.load(&mut session, "{ post { id tag { body name } } }");
    assert_eq!(world.sent(), []);
    world.load(&mut session, "{ post { title tag @selectin { name body } } }");
    assert_eq!(world.sent(), []);
}
