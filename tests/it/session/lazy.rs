//! What is loaded when it is touched.

use super::support::{World, batches, spec, text, texts};
use eagerly::spec::{Field, LoadSpec, Strategy, lazy, lazy_one};
use eagerly::{Prefer, ResultGraph, RowRef, Scope};
use std::sync::Arc;

fn first(graph: &ResultGraph) -> RowRef<'_> {
    graph.roots().next().unwrap()
}

#[test]
fn touching_loads_for_all_siblings_in_one_statement() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(
        &mut session,
        "{ post { title comment @lazy { body author @lazy { name } } author @lazy { name } tag @lazy } }",
    );
    world.sent();
    let mut bodies = Vec::new();
    for post in posts.roots() {
        assert_eq!(session.many(post, "comment").unwrap().len(), post.many("comment").unwrap().len());
        bodies.push(post.many("comment").unwrap().len());
    }
    assert_eq!(bodies, [2, 0, 2, 0, 1]);
    assert_eq!(world.sent(), batches(&[("post.comment", 5)]));
    // To-one.
    let names: Vec<_> =
        posts.roots().map(|post| session.one(post, "author").unwrap().map(|a| text(a, "name"))).collect();
    assert_eq!(names, [Some("Ada"), Some("Ada"), Some("Bob"), None, Some("Cyd")]);
    assert_eq!(world.sent(), batches(&[("post.author", 3)]));
    // Nested: for the comments of all posts. Their authors are known by now, as those of the posts.
    let comment = first(&posts).many("comment").unwrap().next().unwrap();
    assert_eq!(text(session.one(comment, "author").unwrap().unwrap(), "name"), "Bob");
    assert_eq!(world.sent(), []);
    // Many-to-many, and all columns where none is listed.
    assert_eq!(texts(session.many(first(&posts), "tag").unwrap(), "name"), ["rust", "sql"]);
    assert_eq!(world.sent(), batches(&[("post.tag", 5)]));
}

#[test]
fn nested_levels_are_loaded_for_all_rows_of_a_level() {
    let world = World::blog();
    let mut session = world.session();
    let authors = world
        .load(&mut session, "{ author { name post @lazy { title comment @lazy { body author @lazy { bio } } } } }");
    world.sent();
    let mut bios = Vec::new();
    for author in authors.roots() {
        for post in session.many(author, "post").unwrap() {
            for comment in session.many(post, "comment").unwrap() {
                bios.push(session.one(comment, "author").unwrap().map(|author| author.get("bio").unwrap().shown()));
            }
        }
    }
    let expected = ["\"builds\"", "NULL", "NULL", "-", "\"draws\""];
    assert_eq!(bios.iter().map(|b| b.as_deref().unwrap_or("-")).collect::<Vec<_>>(), expected);
    assert_eq!(
        world.sent(),
        batches(&[("author.post", 3), ("author.post.comment", 4), ("author.post.comment.author", 3)])
    );
    assert_eq!(session.core().lazy_loads(), 3);
    assert_eq!(session.core().n_plus_one().count(), 0);
}

#[test]
fn arguments_hold_for_what_is_touched() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(
        &mut session,
        "{ post(where: {score: {gt: 1}}, limit: 3) { newest: comment(where: {body: {ne: null}}, order: [\"-id\"], limit: 1) @lazy { id: body } } }",
    );
    world.sent();
    assert_eq!(texts(session.many(first(&posts), "newest").unwrap(), "id"), ["thanks"]);
    assert_eq!(texts(posts.roots().nth(2).unwrap().many("newest").unwrap(), "id"), ["anonymous"]);
    assert_eq!(world.sent(), batches(&[("post.newest", 3)]));
}

#[test]
fn a_second_specification_touches_only_what_the_first_did_not() {
    let world = World::blog();
    let mut session = world.session();
    let some = world.load(&mut session, "{ post(where: {id: {le: 2}}) { comment @lazy { body } } }");
    let all = world.load(&mut session, "{ post { title comment @lazy { body } } }");
    world.sent();
    session.many(first(&some), "comment").unwrap();
    assert_eq!(world.sent(), batches(&[("post.comment", 2)]));
    assert_eq!(session.many(first(&all), "comment").unwrap().len(), 2);
    assert_eq!(world.sent(), batches(&[("post.comment", 3)]));
    world.load(&mut session, "{ post { heading: title comment @selectin { body } } }");
    assert_eq!(world.sent(), [], "and an eager load sends nothing");
}

#[test]
fn what_is_not_listed_is_touched_by_its_name() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(&mut session, "{ post { title } }");
    world.sent();
    assert_eq!(texts(session.many(first(&posts), "comment").unwrap(), "body"), ["nice", "thanks"]);
    assert_eq!(world.sent(), batches(&[("post.comment", 5)]));
    // Its key is not there.
    let error = session.one(first(&posts), "author").unwrap_err().to_string();
    assert!(error.starts_with("E0115: `post.author` cannot be loaded: `author_id`"), "{error}");
    let error = session.many(first(&posts), "comments").unwrap_err().to_string();
    assert!(error.starts_with("E0103") && error.contains("did you mean `comment`?"), "{error}");
    let error = session.many(first(&posts), "title").unwrap_err().to_string();
    assert!(error.contains("is a column"), "{error}");
    let error = session.one(first(&posts), "comment").unwrap_err().to_string();
    assert!(error.contains("`post.comment` is to-many"), "{error}");
    // By default, all that is not listed.
    let posts = world.load(&mut session, "{ post @default(strategy: lazy) { title } }");
    world.sent();
    assert_eq!(text(session.one(first(&posts), "author").unwrap().unwrap(), "name"), "Ada");
    assert_eq!(world.sent(), batches(&[("post.author", 3)]));
}

#[test]
fn lazy_one_loads_for_one_row_and_is_told_of() {
    let world = World::blog();
    let mut session = world.session();
    let one = LoadSpec::new("post").load_only(["title"]).load(lazy_one("comment").load_only(["body"]));
    assert_eq!(
        one.to_text().unwrap(),
        "{\n  post {\n    title\n    comment @lazy(one: true) {\n      body\n    }\n  }\n}\n"
    );
    assert_eq!(LoadSpec::parse(&one.to_text().unwrap()).unwrap(), one);
    assert_eq!(LoadSpec::from_json(&one.to_json().unwrap()).unwrap(), one);
    let posts = session.load(&one).unwrap();
    world.sent();
    let counts: Vec<usize> = posts.roots().take(3).map(|post| session.many(post, "comment").unwrap().len()).collect();
    assert_eq!(counts, [2, 0, 2]);
    assert_eq!(world.sent(), batches(&[("post.comment", 1); 3]));
    assert!(posts.roots().nth(3).unwrap().many("comment").is_err(), "nobody touched it");
    session.many(first(&posts), "comment").unwrap();
    assert_eq!(world.sent(), []);

    let told: Vec<String> = session.core().n_plus_one().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "N+1: `post.comment` was loaded lazily 3 times, for 3 rows; load it for all of them at once, `comment @lazy`, or with them, `comment @selectin`"
        ]
    );
    assert_eq!(session.core().lazy_loads(), 3);
    // On touch, whatever the specification says.
    let posts = session.load(&LoadSpec::new("post").load(lazy("tag"))).unwrap();
    world.sent();
    session.touch_one(first(&posts), "tag").unwrap();
    assert_eq!(texts(first(&posts).many("tag").unwrap(), "name"), ["rust", "sql"]);
    assert_eq!(world.sent(), batches(&[("post.tag", 1)]));
}

#[test]
fn one_path_touched_from_many_loads_is_an_n_plus_one() {
    let world = World::blog();
    let mut session = world.session();
    for id in 1..=5 {
        let post = session.load(&spec(&format!("{{ post(where: {{id: {id}}}) {{ comment @lazy }} }}"))).unwrap();
        session.many(first(&post), "comment").unwrap();
    }
    let all: Vec<_> = session.core().n_plus_one().map(|p| (p.path.as_str(), p.loads, p.rows, p.scope)).collect();
    assert_eq!(all, [("post.comment", 5, 5, Scope::Siblings)]);
    let told = session.core().n_plus_one().next().unwrap().to_string();
    assert!(told.ends_with("`comment @selectin`"), "{told}");
}

#[test]
fn raise_refuses_and_noload_is_empty() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(&mut session, "{ post { comment @raise tag @noload } }");
    world.sent();
    let error = session.many(first(&posts), "comment").unwrap_err();
    assert_eq!((error.first().code, error.first().at.path.as_str()), ("E0115", "post.comment"));
    assert!(session.touch_one(first(&posts), "comment").is_err());
    assert_eq!(session.many(first(&posts), "tag").unwrap().len(), 0);
    assert_eq!(world.sent(), []);
}

#[test]
fn nothing_is_touched_after_the_session_was_closed() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(&mut session, "{ post { comment @lazy tag @lazy author { name } } }");
    session.many(first(&posts), "comment").unwrap();
    let before = first(&posts).many("tag").unwrap_err().to_string();
    assert!(before.contains("`post.tag` is not loaded") && before.contains("Session::touch"), "{before}");
    session.close();
    let is_closed = |error: eagerly::error::Errors| {
        assert_eq!((error.first().code, error.first().at.path.as_str()), ("E0115", "post.tag"));
        assert!(error.first().message.ends_with("before its session was closed"), "{error}");
    };
    is_closed(session.many(first(&posts), "tag").unwrap_err());
    is_closed(first(&posts).many("tag").unwrap_err());
    assert!(session.load(&spec("{ post }")).is_err());
    drop(session);
    is_closed(first(&posts).many("tag").unwrap_err());
    // What was loaded stays.
    assert_eq!(first(&posts).many("comment").unwrap().len(), 2);
    assert!(posts.to_json().unwrap().contains("Ada"));
}

#[test]
fn rows_of_another_session_are_refused() {
    let world = World::blog();
    let (mut one, mut other) = (world.session(), world.session());
    let posts = world.load(&mut one, "{ post { comment @lazy } }");
    assert_eq!(other.many(first(&posts), "comment").unwrap_err().first().code, "E0902");
    let plan = world.planner.compile(&spec("{ post }")).unwrap();
    let stranger = eagerly_rusqlite::load(&world.connection, &plan).unwrap();
    assert_eq!(other.many(first(&stranger), "comment").unwrap_err().first().code, "E0902");
    assert_eq!(other.core_mut().keep(stranger).unwrap_err().first().code, "E0902");
}

#[test]
fn touched_relationships_recurse_and_hang_below_recursions() {
    let world = World::new(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES node(id), name TEXT);
         CREATE TABLE mark (id INTEGER PRIMARY KEY, node_id INTEGER REFERENCES node(id));
         INSERT INTO node VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');
         INSERT INTO mark VALUES (1, 3), (2, 3), (3, 1);",
    );
    let mut session = world.session();
    let text = "{ node(where: {parent_id: null}) { name node_by_parent_id @lazy @recurse { name mark @lazy } } }";
    let roots = world.load(&mut session, text);
    let b = session.many(first(&roots), "node_by_parent_id").unwrap().next().unwrap();
    let c = session.many(b, "node_by_parent_id").unwrap().next().unwrap();
    assert_eq!((self::text(b, "name"), self::text(c, "name")), ("b", "c"));
    world.sent();
    assert_eq!(session.many(c, "mark").unwrap().len(), 2);
    assert_eq!(session.many(b, "mark").unwrap().len(), 0);
    assert_eq!(world.sent(), batches(&[("node.node_by_parent_id.mark", 2)]));
}

#[test]
fn subqueries_below_what_is_touched_ask_by_keys() {
    let world = World::blog();
    let mut session = world.session();
    let nested = Field::new("post").strategy(Strategy::Lazy).load(Field::new("comment").strategy(Strategy::Subquery));
    let authors = session.load(&LoadSpec::new("author").limit(1).load(nested)).unwrap();
    world.sent();
    let posts: Vec<RowRef<'_>> = session.many(first(&authors), "post").unwrap().collect();
    assert_eq!(posts.iter().map(|post| post.many("comment").unwrap().len()).collect::<Vec<_>>(), [2, 0]);
    assert_eq!(world.sent(), batches(&[("author.post", 1), ("author.post.comment", 2)]));
}

/// Below rows that are there a subselect would find the children of all rows, not of these.
#[test]
fn what_is_touched_in_one_round_trip_asks_by_keys() {
    let world = World::blog().prefer(Prefer::OneRoundTrip);
    let mut session = world.session();
    let nested =
        "{ author(where: {id: 1}) { post @lazy { title comment @selectin { body } tag @selectin { name } } } }";
    let authors = session.load(&spec(nested)).unwrap();
    world.sent();
    let posts: Vec<RowRef<'_>> = session.many(first(&authors), "post").unwrap().collect();
    assert_eq!(posts.iter().map(|post| post.many("comment").unwrap().len()).collect::<Vec<_>>(), [2, 0]);
    assert_eq!(world.sent(), batches(&[("author.post", 1), ("author.post.comment", 2), ("author.post.tag", 2)]));
    assert_eq!(session.core().stored_rows(), 1 + 2 + 2 + 2, "of authors, posts, comments and tags");
}

#[test]
fn a_way_back_shows_no_row_of_which_columns_are_missing() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(&mut session, "{ post(limit: 2) { title comment @lazy { post { title score } } } }");
    world.sent();
    let comment = session.many(first(&posts), "comment").unwrap().next().unwrap();
    let post = comment.one("post").unwrap().unwrap();
    assert_eq!((text(post, "title"), post.get("score").unwrap().shown()), ("One", "4".to_owned()));
    // What is there is shown without a query.
    let posts = world.load(&mut session, "{ post(limit: 1) { title comment @lazy { body post { title } } } }");
    world.sent();
    let comment = session.many(first(&posts), "comment").unwrap().next().unwrap();
    assert_eq!(text(comment.one("post").unwrap().unwrap(), "title"), "One");
    assert!(world.sent().len() <= 1);
}

#[test]
fn results_are_read_by_other_threads_while_rows_are_touched() {
    let world = World::blog();
    let mut session = world.session();
    let posts = world.load(&mut session, "{ post { title comment @lazy } }");
    let reader = Arc::clone(&posts);
    let read = std::thread::spawn(move || texts(reader.roots(), "title").join(" "));
    session.many(first(&posts), "comment").unwrap();
    assert_eq!(read.join().unwrap(), "One Two Three Four Five");
}

/// What the graph declares counts where the specification says nothing.
#[test]
fn what_is_declared_raise_is_refused_where_it_is_not_listed() {
    let world = World::blog();
    let mut entities = world.planner.graph().to_definitions();
    let author = entities.iter_mut().filter(|e| e.name == "post").flat_map(|e| &mut e.relationships);
    author.filter(|r| r.name == "author").for_each(|r| r.strategy = Some(eagerly::spec::Strategy::Raise));
    let graph = entities.into_iter().fold(eagerly::RelationshipGraph::builder(), eagerly::graph::GraphBuilder::entity);
    let planner = eagerly::Planner::new(graph.build().unwrap(), eagerly::Sqlite::new());
    let mut session = eagerly_rusqlite::Session::open(&world.connection, &planner);
    let posts = session.load(&spec("{ post { id author_id } }")).unwrap();
    let error = session.one(first(&posts), "author").unwrap_err();
    assert_eq!(error.first().code, "E0115");
    assert!(error.to_string().contains("post.author"), "{error}");
}
