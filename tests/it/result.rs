//! What a program does with a load: it walks the result, deserialises it, writes it as JSON, and drives the run by hand
//! where it has rows but no database.

use eagerly::batch::{BatchPlan, NodeState, Projection};
use eagerly::error::{Error, ErrorKind};
use eagerly::graph::{ColumnDef, ColumnType, EntityDef, GraphBuilder, RelationshipDef};
use eagerly::spec::{Field, Filter, selectin};
use eagerly::value::{Value, ValueRef};
use eagerly::{
    BindValue, CellError, Cells, LoadSpec, Plan, Planner, RelationshipGraph, ResultGraph, RowRef, Run, Sqlite,
    Statement,
};
use eagerly_tests::corpus::database;
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::BTreeMap;

const BLOG: &str = "
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT);
CREATE TABLE post (
  id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id), title TEXT NOT NULL,
  published BOOLEAN NOT NULL, score REAL, cover BLOB
);
CREATE TABLE comment (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post(id), author_id INTEGER REFERENCES author(id), body TEXT
);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post_tag (
  post_id INTEGER REFERENCES post(id), tag_id INTEGER REFERENCES tag(id), PRIMARY KEY (post_id, tag_id)
);
INSERT INTO author VALUES (1, 'Ada', NULL), (2, 'Bob', 'builds');
INSERT INTO post VALUES
  (1, 1, 'One', 1, 4.5, x'00ff'), (2, 1, 'Two', 0, NULL, NULL), (3, 2, 'Three', 1, 1.0, x''), (4, NULL, 'Four', 1, 9.0, NULL);
INSERT INTO comment VALUES (1, 1, 2, 'nice'), (2, 1, 1, 'thanks'), (3, 3, 1, NULL), (4, 3, NULL, 'anonymous');
INSERT INTO tag VALUES (1, 'rust'), (2, 'sql');
INSERT INTO post_tag VALUES (1, 1), (1, 2), (3, 1);
";

fn compile(connection: &Connection, spec: &str) -> Plan {
    let planner = Planner::new(eagerly_rusqlite::reflect(connection).unwrap(), Sqlite::new());
    planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap()
}

fn load(connection: &Connection, spec: &str) -> ResultGraph {
    eagerly_rusqlite::load(connection, &compile(connection, spec)).unwrap()
}

fn blog(spec: &str) -> ResultGraph {
    load(&database(BLOG), spec)
}

fn text<'g>(row: RowRef<'g>, key: &str) -> &'g str {
    match row.get(key) {
        Some(ValueRef::Text(text)) => text,
        other => panic!("`{key}` is {other:?}"),
    }
}

fn texts<'g>(row: RowRef<'g>, list: &str, key: &str) -> Vec<&'g str> {
    row.many(list).unwrap().map(|row| text(row, key)).collect()
}

fn one<'g>(row: RowRef<'g>, key: &str) -> RowRef<'g> {
    row.one(key).unwrap().unwrap()
}

#[test]
fn a_row_is_stored_once_however_many_paths_reach_it() {
    for strategy in ["selectin", "joined"] {
        let graph = blog(&format!(
            "{{ post {{ title author @{strategy} {{ name }} comment @{strategy} {{ body author @{strategy} {{ bio }} }} \
             tag @{strategy} {{ name post @{strategy} {{ id }} }} }} }}"
        ));
        let stored = ["author", "post", "comment", "tag", "post_tag", "nothing"].map(|e| graph.stored_rows(e));
        assert_eq!(stored, [2, 4, 4, 2, 0, 0], "{strategy}");
        let posts: Vec<RowRef<'_>> = graph.roots().collect();
        let ada = one(posts[0], "author");
        let commenters: Vec<RowRef<'_>> =
            posts[0].many("comment").unwrap().map(|comment| one(comment, "author")).collect();
        assert!(ada.same_row(one(posts[1], "author")) && ada.same_row(commenters[1]), "{strategy}");
        assert!(!ada.same_row(commenters[0]) && !ada.same_row(posts[0]), "a row of another key or entity");
        // One row, but each place shows what the specification asks for there.
        assert_eq!((ada.get("bio"), commenters[1].get("name")), (None, None));
        assert_eq!(commenters[1].get("bio"), Some(ValueRef::Null));
        assert_eq!(commenters[0].get("bio"), Some(ValueRef::Text("builds")));
        let rust = posts[0].many("tag").unwrap().next().unwrap();
        assert!(rust.same_row(posts[2].many("tag").unwrap().next().unwrap()));
        let tagged: Vec<RowRef<'_>> = rust.many("post").unwrap().collect();
        assert!(tagged.len() == 2 && tagged[0].same_row(posts[0]) && tagged[1].same_row(posts[2]));
    }
}

#[test]
fn rows_of_two_results_are_never_the_same() {
    let connection = database(BLOG);
    let [a, b] = [0, 1].map(|_| load(&connection, "{ author { id } }"));
    let (first, other) = (a.roots().next().unwrap(), b.roots().next().unwrap());
    assert!(first.same_row(a.roots().next().unwrap()) && !first.same_row(other));
}

#[test]
fn aliases_of_one_relationship_have_edges_of_their_own() {
    let graph = blog(
        r#"{ author(order: ["id"]) {
            good: post(where: {score: {ge: 4}}) { title }
            rest: post(where: {or: [{score: {lt: 4}}, {score: null}]}) @joined { title }
            newest: post(order: ["-id"], limit: 1) { title }
            post { title }
        } }"#,
    );
    let ada = graph.roots().next().unwrap();
    assert_eq!(texts(ada, "good", "title"), ["One"]);
    assert_eq!(texts(ada, "rest", "title"), ["Two"]);
    assert_eq!(texts(ada, "newest", "title"), ["Two"]);
    assert_eq!(texts(ada, "post", "title"), ["One", "Two"]);
    assert_eq!(graph.stored_rows("post"), 3, "the post without an author was not read");
    let [rest, newest] = ["rest", "newest"].map(|key| ada.many(key).unwrap().next().unwrap());
    assert!(rest.same_row(newest));
    assert!(ada.many("good").unwrap().all(|row| !row.same_row(rest)));
}

#[test]
fn a_row_answers_by_its_output_keys_and_no_others() {
    let graph = blog("{ post(order: [\"-id\"]) { heading: title author @joined { name } replies: comment { body } } }");
    let rows: Vec<RowRef<'_>> = graph.roots().collect();
    assert_eq!((graph.len(), graph.is_empty(), graph.roots().len()), (4, false, 4));
    let (four, three) = (rows[0], rows[1]);
    assert_eq!(four.keys().collect::<Vec<_>>(), ["heading", "author", "replies"]);
    assert_eq!(four.get("heading"), Some(ValueRef::Text("Four")));
    // Not listed, listed under another key, no such name, and a relationship.
    for key in ["id", "author_id", "title", "nothing", "", "author", "replies"] {
        assert_eq!(four.get(key), None, "{key}");
    }
    // A to-many, a column, the name behind an alias, nothing.
    for key in ["replies", "heading", "comment", "tag", ""] {
        assert!(four.one(key).is_err(), "{key}");
    }
    for key in ["author", "heading", "comment", "tag", ""] {
        assert!(four.many(key).is_err(), "{key}");
    }
    assert!(four.one("author").unwrap().is_none(), "a null is not a missing key");
    assert_eq!(text(one(three, "author"), "name"), "Bob");
    let (none, two) = (four.many("replies").unwrap(), three.many("replies").unwrap());
    assert_eq!((none.len(), two.len()), (0, 2));
    assert_eq!(
        two.map(|reply| reply.get("body")).collect::<Vec<_>>(),
        [Some(ValueRef::Null), Some(ValueRef::Text("anonymous"))]
    );
    let empty = blog("{ post(limit: 0) { tag { name } } }");
    assert!(empty.is_empty() && empty.roots().next().is_none());
    assert_eq!(empty.to_json().unwrap(), "[]");
}

#[derive(Debug, Deserialize, PartialEq)]
struct AuthorId(i64);

#[derive(Debug, Deserialize, PartialEq)]
struct Author {
    id: AuthorId,
    name: String,
    bio: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Comment {
    #[serde(rename = "body")]
    words: Option<String>,
    author: Option<Author>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Post {
    title: String,
    published: bool,
    score: Option<f64>,
    author: Option<Author>,
    comment: Vec<Comment>,
}

#[test]
fn rows_become_nested_structs() {
    let spec = "{ post(order: [\"id\"]) { title published score author @joined comment { body author } } }";
    let posts: Vec<Post> = blog(spec).deserialize().unwrap();
    let author = |id, name: &str, bio: Option<&str>| {
        Some(Author { id: AuthorId(id), name: name.into(), bio: bio.map(Into::into) })
    };
    let (ada, bob) = (|| author(1, "Ada", None), || author(2, "Bob", Some("builds")));
    let comment = |words: Option<&str>, author| Comment { words: words.map(Into::into), author };
    let post = |title: &str, published, score, author, comment| Post {
        title: title.into(),
        published,
        score,
        author,
        comment,
    };
    let replies = vec![comment(Some("nice"), bob()), comment(Some("thanks"), ada())];
    let others = vec![comment(None, ada()), comment(Some("anonymous"), None)];
    assert_eq!(
        posts,
        [
            post("One", true, Some(4.5), ada(), replies),
            post("Two", false, None, ada(), vec![]),
            post("Three", true, Some(1.0), bob(), others),
            post("Four", true, Some(9.0), None, vec![]),
        ]
    );
}

#[test]
fn structs_can_borrow_from_the_result() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Borrowed<'a> {
        title: &'a str,
        cover: Option<&'a [u8]>,
        #[serde(borrow)]
        tag: Vec<Tag<'a>>,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Tag<'a> {
        name: &'a str,
    }
    let graph = blog("{ post(where: {id: {in: [1, 3]}}) { title cover tag { name } } }");
    let posts: Vec<Borrowed<'_>> = graph.deserialize().unwrap();
    assert_eq!((posts[0].title, posts[0].cover, posts[1].cover), ("One", Some(&[0, 255][..]), Some(&[][..])));
    assert_eq!(posts[0].tag, [Tag { name: "rust" }, Tag { name: "sql" }]);
    // The very bytes of the result: nothing was copied.
    let stored = text(graph.roots().next().unwrap(), "title");
    assert!(std::ptr::eq(stored, posts[0].title));
    assert!(std::ptr::eq(posts[0].tag[0].name, posts[1].tag[0].name), "one stored row, borrowed twice");
}

#[test]
fn one_row_is_deserialised_by_itself_and_into_what_serde_offers() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Title {
        One,
        #[serde(other)]
        Another,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Named {
        #[serde(rename = "title")]
        kind: Title,
        id: u8,
        #[serde(default)]
        missing: Vec<String>,
        #[serde(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }
    let connection = database(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, title TEXT, flag INTEGER); INSERT INTO a VALUES \
                               (7, 'one', 1), (8, 'x', 2)",
    );
    let graph = load(&connection, "{ a { id title flag } }");
    let rows: Vec<RowRef<'_>> = graph.roots().collect();
    let named: Named = rows[0].deserialize().unwrap();
    let rest = BTreeMap::from([("flag".to_owned(), serde_json::json!(1))]);
    assert_eq!(named, Named { kind: Title::One, id: 7, missing: vec![], rest });
    assert_eq!(rows[1].deserialize::<Named>().unwrap().kind, Title::Another);
    // A struct that says `bool` gets one from 0 and 1, whatever the column was declared as, and from nothing else.
    #[derive(Debug, Deserialize, PartialEq)]
    struct Flag {
        flag: bool,
    }
    assert_eq!(rows[0].deserialize::<Flag>().unwrap(), Flag { flag: true });
    let error = rows[1].deserialize::<Flag>().unwrap_err().to_string();
    assert!(error.starts_with("`flag`: invalid type: integer `2`, expected a boolean"), "{error}");
    // A document of any shape is what `to_json` writes.
    let documents: Vec<serde_json::Value> = graph.deserialize().unwrap();
    assert_eq!(serde_json::Value::from(documents).to_string(), graph.to_json().unwrap());
}

#[test]
fn what_does_not_fit_is_told_with_its_path() {
    #[derive(Debug, Deserialize)]
    struct Outer<T> {
        #[serde(rename = "comment")]
        _comments: Vec<Inner<T>>,
    }
    #[derive(Debug, Deserialize)]
    struct Inner<T> {
        #[serde(rename = "author")]
        _author: T,
    }
    #[derive(Debug, Deserialize)]
    struct Small {
        #[serde(rename = "name")]
        _name: u8,
    }
    #[derive(Debug, Deserialize)]
    struct Missing {
        #[serde(rename = "email")]
        _email: String,
    }
    fn error<T: for<'a> Deserialize<'a>>(graph: &ResultGraph) -> String {
        graph.deserialize::<Outer<T>>().map(|rows| rows.len()).unwrap_err().to_string()
    }
    let graph = blog("{ post { comment { author { name } } } }");
    assert_eq!(error::<Option<Missing>>(&graph), "`comment`: `author`: missing field `email`");
    assert_eq!(
        error::<Option<Small>>(&graph),
        "`comment`: `author`: `name`: invalid type: string \"Bob\", expected u8"
    );
    // A null where the struct has no Option, and a list where it wants an object.
    let null = error::<Author>(&blog("{ post(where: {id: 3}) { comment { author } } }"));
    assert!(null.starts_with("`comment`: `author`: invalid type: "), "{null}");
    let graph = blog("{ post { author: comment { id } comment { author: id } } }");
    let number = error::<Missing>(&graph);
    assert!(number.starts_with("`comment`: `author`: invalid type: integer `1`"), "{number}");
    let list = graph.deserialize::<Inner<Missing>>().map(|rows| rows.len()).unwrap_err().to_string();
    assert!(list.starts_with("`author`: "), "{list}");
    // A field that the struct denies.
    let unknown = blog("{ post { title published score author comment extra: id } }").deserialize::<Post>();
    assert!(unknown.unwrap_err().to_string().starts_with("unknown field `extra`"));
}

#[test]
fn a_node_says_whether_its_edges_are_whole() {
    use NodeState::{Loaded, Partial};
    let state = |spec: &str, path: &str| blog(spec).state(path);
    let whole = "{ post { author @joined { id } c: comment { author { id } } tag { id } } }";
    for path in ["post", "post.author", "post.c", "post.c.author", "post.tag"] {
        assert_eq!(state(whole, path), Some(Loaded), "{path}");
    }
    for path in ["", "author", "post.comment", "post.id", "post.c.author.id"] {
        assert_eq!(state(whole, path), None, "{path}");
    }
    for (spec, path) in [
        ("{ post(limit: 100) }", "post"),
        ("{ post(offset: 1) }", "post"),
        ("{ post(where: {id: {gt: 0}}) }", "post"),
        ("{ post { comment(limit: 0) } }", "post.comment"),
        ("{ post { comment(offset: 1) } }", "post.comment"),
        ("{ post { comment(where: {id: 1}) @joined } }", "post.comment"),
        ("{ post { author(where: {id: 1}) @joined } }", "post.author"),
        ("{ post { author @selectin { comment @selectin { post(where: {id: 1}) } } } }", "post.author.comment.post"),
    ] {
        assert_eq!(state(spec, path), Some(Partial), "{spec}");
    }
    // An order leaves nothing out, and neither does what happens beside or below a node.
    let beside =
        "{ post(order: [\"title\"]) { few: comment(limit: 1) comment(order: [\"-id\"]) { author(where: {id: 1}) } } }";
    assert_eq!((state(beside, "post"), state(beside, "post.comment")), (Some(Loaded), Some(Loaded)));
    assert_eq!((state(beside, "post.few"), state(beside, "post.comment.author")), (Some(Partial), Some(Partial)));
    // `inner` leaves out rows of the node above.
    let below = "{ author { comment @selectin { post @joined(inner: true) { id } } } }";
    assert_eq!(state(below, "author.comment"), Some(Partial));
    assert_eq!((state(below, "author"), state(below, "author.comment.post")), (Some(Loaded), Some(Loaded)));
    assert_eq!(state("{ post { author @joined(inner: true) } }", "post"), Some(Partial));
    assert_eq!(state("{ post(limit: 9) { author @joined(inner: true) } }", "post.author"), Some(Loaded));
}

/// A table in memory: its columns and rows.
type Table = (&'static str, &'static [&'static str], Vec<Vec<ValueRef<'static>>>);

/// Authors and posts without a database; what a run asks for is answered from its plan, not from its SQL.
struct Memory {
    planner: Planner,
    tables: Vec<Table>,
}

impl Memory {
    fn new() -> Self {
        let columns = |def: EntityDef, names: &[&str]| {
            let ty = |name: &&str| if name.ends_with("id") { ColumnType::Integer } else { ColumnType::Text };
            names.iter().fold(def, |def, name| def.column(ColumnDef::new(*name, ty(name)).nullable()))
        };
        let author = columns(EntityDef::new("author"), &["id", "name"])
            .primary_key(["id"])
            .relationship(RelationshipDef::one_to_many("posts", "post").on("id", "author_id"));
        let post = columns(EntityDef::new("post"), &["id", "author_id", "title"])
            .primary_key(["id"])
            .relationship(RelationshipDef::many_to_one("author", "author").on("author_id", "id"));
        let graph = RelationshipGraph::builder().entity(author).entity(post).build().unwrap();
        let (int, text) = (ValueRef::Integer, ValueRef::Text);
        let authors = vec![vec![int(1), text("Ada")], vec![int(2), text("Bob")], vec![int(3), text("Cy")]];
        let posts = vec![
            vec![int(10), int(2), text("x")],
            vec![int(11), ValueRef::Null, text("y")],
            vec![int(12), int(1), ValueRef::Null],
            vec![int(13), int(2), text("z")],
        ];
        let tables = vec![("author", &["id", "name"][..], authors), ("post", &["id", "author_id", "title"][..], posts)];
        // Its statements bind keys, and its posts ask for their authors.
        let planner = Planner::new(graph, Sqlite::new()).without_passes(&["way_back", "whole_table"]).unwrap();
        Self { planner, tables }
    }

    fn run(&self, spec: &str) -> Run {
        Run::new(&self.planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap())
    }

    /// The rows that a statement asks for.
    fn rows(&self, plan: &BatchPlan, statement: &Statement) -> Vec<Vec<ValueRef<'static>>> {
        let query = &plan.batch(statement.batch).query;
        let entity = self.planner.graph().entity(query.head.entity);
        let (_, columns, rows) = self.tables.iter().find(|(name, ..)| *name == entity.name).unwrap();
        let place = |id| columns.iter().position(|c| entity.column_id(c) == Some(id)).unwrap();
        let key = query.head.keys.as_ref().map(|keys| place(keys.columns[0]));
        let wanted: Vec<i64> = match statement.binds.first() {
            Some(BindValue::One(Value::Text(list))) => serde_json::from_str(list).unwrap(),
            _ => Vec::new(),
        };
        let asked = |row: &&Vec<ValueRef<'static>>| {
            key.is_none_or(|key| matches!(row[key], ValueRef::Integer(n) if wanted.contains(&n)))
        };
        let cells = |row: &Vec<ValueRef<'static>>| {
            let cell = |projection: &Projection| match projection {
                Projection::Column(_, id) => row[place(*id)],
                other => panic!("{other:?} in a plan without windows and links"),
            };
            query.columns.iter().map(cell).collect()
        };
        rows.iter().filter(asked).map(cells).collect()
    }

    /// Answers a statement whole.
    fn answer(&self, run: &mut Run, statement: &Statement) {
        for row in self.rows(&run.plan().clone(), statement) {
            run.row(statement.id, &row[..]).unwrap();
        }
        run.end(statement.id).unwrap();
    }
}

const BOTH_WAYS: &str = "{ author { name posts @selectin { title author @selectin { name } } } }";

#[test]
fn a_run_needs_no_database() {
    let memory = Memory::new();
    let mut run = memory.run(BOTH_WAYS);
    let roots = run.ready().unwrap();
    assert_eq!(roots.len(), 1);
    assert_eq!((roots[0].wave, roots[0].keys, roots[0].binds.len()), (1, 0, 0));
    assert!(run.ready().unwrap().is_empty(), "a statement is handed out once");
    memory.answer(&mut run, &roots[0]);
    assert_eq!(run.rows_of(roots[0].id), 3);
    let posts = run.ready().unwrap();
    assert_eq!((posts.len(), posts[0].wave, posts[0].keys), (1, 2, 3));
    assert_eq!(posts[0].binds, [BindValue::One("[1,2,3]".into())]);
    memory.answer(&mut run, &posts[0]);
    let authors = run.ready().unwrap();
    assert_eq!(authors[0].binds, [BindValue::One("[2,1]".into())], "each key once, in the order of the posts");
    memory.answer(&mut run, &authors[0]);
    assert!(run.ready().unwrap().is_empty());
    let graph = run.finish().unwrap();
    let (ada, bob) = (r#"{"name":"Ada"}"#, r#"{"name":"Bob"}"#);
    let expected = format!(
        r#"[{{"name":"Ada","posts":[{{"title":null,"author":{ada}}}]}},{{"name":"Bob","posts":[{{"title":"x","author":{bob}}},{{"title":"z","author":{bob}}}]}},{{"name":"Cy","posts":[]}}]"#
    );
    assert_eq!(graph.to_json().unwrap(), expected);
    assert_eq!(graph.stored_rows("author"), 3, "what the way back finds was stored before");
}

#[test]
fn an_empty_key_set_asks_nothing() {
    let memory = Memory::new();
    // No post, then none with a key that is not NULL: the root is the only statement.
    for rows in [vec![], vec![[ValueRef::Integer(11), ValueRef::Null]]] {
        let mut run = memory.run("{ post { id author @selectin { name } } }");
        let root = run.ready().unwrap().remove(0);
        for row in &rows {
            run.row(root.id, &row[..]).unwrap();
        }
        run.end(root.id).unwrap();
        assert!(run.ready().unwrap().is_empty());
        let count = run.finish().unwrap().roots().filter(|row| row.one("author").unwrap().is_none()).count();
        assert_eq!(count, rows.len());
    }
}

/// A run whose root is handed out.
fn started(memory: &Memory) -> (Run, Statement) {
    let mut run = memory.run(BOTH_WAYS);
    let root = run.ready().unwrap().remove(0);
    (run, root)
}

fn refused<T>(result: eagerly::error::Result<T>, message: &str) {
    let error = result.map(drop).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code), (ErrorKind::Bug, "E0902"), "{error}");
    assert!(error.message.starts_with(message), "{error}");
}

#[test]
fn a_host_that_breaks_the_protocol_is_told() {
    let memory = Memory::new();
    let row = [ValueRef::Integer(1), ValueRef::Text("Ada")];
    // An id of another run, which has handed out more statements.
    let (mut other, root) = started(&memory);
    memory.answer(&mut other, &root);
    let unknown = other.ready().unwrap().remove(0).id;
    let (mut run, _) = started(&memory);
    refused(run.row(unknown, &row[..]), "a row for statement#1, which is not open");
    let (mut run, _) = started(&memory);
    refused(run.end(unknown), "statement#1 ends, but is not open");
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    refused(run.row(root.id, &row[..]), "a row for statement#0, which is not open");
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    refused(run.end(root.id), "statement#0 ends, but is not open");
    let (mut run, root) = started(&memory);
    refused(run.row(root.id, &row[..1]), "a row without `author.name`");
    // Of another run with a statement of the same number; of the same plan, too.
    let (_, same) = started(&memory);
    let (mut run, root) = started(&memory);
    assert_ne!(same.id, root.id);
    refused(run.row(same.id, &row[..]), "a row for statement#0, which is not open");
    let (mut run, _) = started(&memory);
    refused(run.end(same.id), "statement#0 ends, but is not open");
    let (run, _) = started(&memory);
    assert_eq!(run.rows_of(same.id), 0);
    // Rows with more cells than the statement has columns, borrowed or owned.
    let wide = [row[0], row[1], ValueRef::Integer(3)];
    let (mut run, root) = started(&memory);
    refused(run.row(root.id, &wide[..]), "a row of 3 cells, of a statement with 2 columns");
    let (mut run, root) = started(&memory);
    let owned = [Value::Integer(1), Value::Text("Ada".into()), Value::Null];
    refused(run.row(root.id, &owned[..]), "a row of 3 cells, of a statement with 2 columns");
}

/// Seed 1 of the simulator: where the run knows the statement, the error says which batch it is about.
#[test]
fn errors_of_the_protocol_name_the_batch() {
    let memory = Memory::new();
    let path = |errors: eagerly::error::Errors| errors.first().at.path.clone();
    let (run, _) = started(&memory);
    assert_eq!(path(run.finish().unwrap_err()), "author");
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    assert_eq!(path(run.end(root.id).unwrap_err()), "author");
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    assert_eq!(path(run.rows(root.id).map(drop).unwrap_err()), "author");
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    let below = run.ready().unwrap().remove(0);
    assert_eq!(path(run.finish().unwrap_err()), memory.run(BOTH_WAYS).plan().batch(below.batch).name);
}

#[test]
fn a_run_that_is_not_finished_gives_no_graph() {
    let memory = Memory::new();
    let early = "the run is not finished";
    // Nothing was asked for; a statement is open; the root has ended, and its children were not asked for, or not given.
    refused(memory.run(BOTH_WAYS).finish(), early);
    let (run, _) = started(&memory);
    refused(run.finish(), early);
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    refused(run.finish(), early);
    let (mut run, root) = started(&memory);
    memory.answer(&mut run, &root);
    assert_eq!(run.ready().unwrap().len(), 1);
    refused(run.finish(), early);
}

/// A host that goes on after an error would end with a graph that lacks rows or cells.
#[test]
fn an_error_ends_the_run() {
    let memory = Memory::new();
    let row = |id: i64| [ValueRef::Integer(id), ValueRef::Text("x")];
    type Breach = fn(&mut Run, &Statement) -> eagerly::error::Result<()>;
    let breaches: [(&str, Breach); 4] = [
        ("E0902", |run, root| run.row(root.id, &[ValueRef::Integer(7)][..])),
        ("E0405", |run, root| run.row(root.id, &Strange(CellError::NotUtf8))),
        ("E0302", |run, root| run.row(root.id, &Strange(CellError::UnknownType("t".into())))),
        ("E0501", |run, root| (2..7).try_for_each(|id| run.row(root.id, &[ValueRef::Integer(id), ValueRef::Null][..]))),
    ];
    for (code, breach) in breaches {
        let mut run = memory.run(BOTH_WAYS).max_rows(4);
        let root = run.ready().unwrap().remove(0);
        run.row(root.id, &row(1)[..]).unwrap();
        assert_eq!(breach(&mut run, &root).unwrap_err().first().code, code);
        let failed = "the run has failed";
        refused(run.row(root.id, &row(2)[..]), failed);
        refused(run.end(root.id), failed);
        refused(run.ready(), failed);
        refused(run.finish(), "the run ");
    }
}

/// The same tables, with keys that are never NULL, with every pass on, and with the author of each post trusted.
fn whole(trusted: bool) -> Planner {
    let mut entities = Memory::new().planner.graph().to_definitions();
    entities[1].relationships[0].trusted = Some(trusted);
    entities.iter_mut().for_each(|entity| entity.columns[0].nullable = false);
    let builder = entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity);
    Planner::new(builder.build().unwrap(), Sqlite::new())
}

fn feed(run: &mut Run, statement: &Statement, rows: &[&[ValueRef<'_>]]) {
    rows.iter().for_each(|row| run.row(statement.id, *row).unwrap());
    run.end(statement.id).unwrap();
}

#[test]
fn rows_of_no_parent_are_dropped_and_counted() {
    let (int, text) = (ValueRef::Integer, ValueRef::Text);
    let load = |most: u64| {
        let plan = whole(false).compile(&LoadSpec::parse("{ author { name posts { title } } }").unwrap()).unwrap();
        let mut run = Run::new(&plan).max_rows(most);
        let root = run.ready()?.remove(0);
        feed(&mut run, &root, &[&[int(1), text("Ada")], &[int(2), text("Bob")]]);
        let posts = run.ready()?.remove(0);
        assert_eq!((posts.binds.len(), posts.keys), (0, 2), "no list of keys, and the keys that it serves");
        // id, title, author_id
        for row in [[int(10), text("x"), int(2)], [int(11), text("lost"), int(9)], [int(12), text("y"), int(1)]] {
            run.row(posts.id, &row[..])?;
        }
        run.end(posts.id)?;
        run.finish()
    };
    let graph = load(5).unwrap();
    assert_eq!(graph.stored_rows("post"), 2);
    let expected = r#"[{"name":"Ada","posts":[{"title":"y"}]},{"name":"Bob","posts":[{"title":"x"}]}]"#;
    assert_eq!(graph.to_json().unwrap(), expected);
    assert_eq!(load(4).unwrap_err().first().kind, ErrorKind::Limit);
}

#[test]
fn nothing_is_read_for_a_root_without_rows() {
    let plan = whole(false).compile(&LoadSpec::parse("{ author { posts { title } } }").unwrap()).unwrap();
    let mut run = Run::new(&plan);
    let root = run.ready().unwrap().remove(0);
    run.end(root.id).unwrap();
    assert!(run.ready().unwrap().is_empty());
    assert_eq!(run.finish().unwrap().to_json().unwrap(), "[]");
}

/// The author was renamed between the waves: there is one row of it, as it was read.
#[test]
fn a_way_back_leads_to_the_row_as_it_was_read() {
    let (int, text) = (ValueRef::Integer, ValueRef::Text);
    let plan = whole(false).compile(&LoadSpec::parse(BOTH_WAYS).unwrap()).unwrap();
    assert_eq!((plan.batches().statements(), plan.batches().waves()), (2, 2));
    let mut run = Run::new(&plan);
    let root = run.ready().unwrap().remove(0);
    feed(&mut run, &root, &[&[int(1), text("Ada")], &[int(2), text("Bob")]]);
    let posts = run.ready().unwrap().remove(0);
    // A post that came twice, and one of an author that is new.
    let rows = [[int(10), text("x"), int(2)], [int(10), text("x"), int(2)], [int(11), text("lost"), int(9)]];
    let width = plan.batches().batches[1].query.columns.len();
    assert_eq!(width, 3);
    rows.iter().for_each(|row| run.row(posts.id, &row[..]).unwrap());
    run.end(posts.id).unwrap();
    assert!(run.ready().unwrap().is_empty());
    let graph = run.finish().unwrap();
    let bob = graph.roots().nth(1).unwrap();
    let post = bob.many("posts").unwrap().next().unwrap();
    assert!(post.one("author").unwrap().unwrap().same_row(bob));
    assert_eq!(graph.stored_rows("author"), 2);
}

#[test]
fn keys_that_are_rows_are_distinct() {
    let (int, text) = (ValueRef::Integer, ValueRef::Text);
    let spec = LoadSpec::parse("{ post { title author @selectin { id } } }").unwrap();
    assert_eq!(whole(false).compile(&spec).unwrap().batches().statements(), 2, "nobody trusts the key");
    let plan = whole(true).compile(&spec).unwrap();
    let mut run = Run::new(&plan);
    let root = run.ready().unwrap().remove(0);
    // id, author_id, title
    let rows: [&[ValueRef<'_>]; 4] = [
        &[int(10), int(2), text("x")],
        &[int(11), ValueRef::Null, text("y")],
        &[int(12), int(1), text("z")],
        &[int(13), int(2), text("w")],
    ];
    feed(&mut run, &root, &rows);
    assert!(run.ready().unwrap().is_empty());
    let graph = run.finish().unwrap();
    assert_eq!(graph.stored_rows("author"), 2);
    let expected = r#"[{"title":"x","author":{"id":2}},{"title":"y","author":null},{"title":"z","author":{"id":1}},{"title":"w","author":{"id":2}}]"#;
    assert_eq!(graph.to_json().unwrap(), expected);
    let authors: Vec<RowRef<'_>> = graph.roots().filter_map(|post| post.one("author").unwrap()).collect();
    assert!(authors[0].same_row(authors[2]) && !authors[0].same_row(authors[1]));
}

#[test]
fn a_row_of_a_key_that_was_not_sent_is_no_row_to_drop() {
    let memory = Memory::new();
    let (mut run, root) = started(&memory);
    run.row(root.id, &[ValueRef::Integer(2), ValueRef::Text("Bob")][..]).unwrap();
    run.end(root.id).unwrap();
    let posts = run.ready().unwrap().remove(0);
    let width = run.plan().batch(posts.batch).query.columns.len();
    run.row(posts.id, &vec![ValueRef::Integer(2); width][..]).unwrap();
    let error = run.row(posts.id, &vec![ValueRef::Integer(9); width][..]).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code, error.at.path.as_str()), (ErrorKind::Bug, "E0902", "author.posts"));
    assert_eq!(error.message, "row 2 belongs to no key that was sent");
    refused(run.finish(), "the run ");
}

/// The column's type has changed since the schema was read, and the database compares it with the keys all the same.
#[test]
fn a_row_whose_key_has_another_type_is_the_schemas_change() {
    let memory = Memory::new();
    let (mut run, root) = started(&memory);
    run.row(root.id, &[ValueRef::Integer(2), ValueRef::Text("Bob")][..]).unwrap();
    run.end(root.id).unwrap();
    let posts = run.ready().unwrap().remove(0);
    let width = run.plan().batch(posts.batch).query.columns.len();
    let error = run.row(posts.id, &vec![ValueRef::Text("2"); width][..]).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code, error.at.path.as_str()), (ErrorKind::Database, "E0404", "author.posts"));
    assert!(error.message.contains("another type") && error.help.is_some_and(|help| help.contains("read it again")));
    refused(run.finish(), "the run ");
}

/// A driver's row with a cell that it cannot give.
struct Strange(CellError);

impl Cells for Strange {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        if position == 0 { Ok(ValueRef::Integer(7)) } else { Err(self.0.clone()) }
    }
}

#[test]
fn a_cell_without_a_faithful_form_names_its_column_and_row() {
    let memory = Memory::new();
    let error = |cell: CellError| -> Error {
        let mut run = memory.run("{ author { id name } }");
        let root = run.ready().unwrap().remove(0);
        run.row(root.id, &Strange(cell)).unwrap_err().first().clone()
    };
    let unknown = error(CellError::UnknownType("hstore".into()));
    assert_eq!((unknown.kind, unknown.code, unknown.at.path.as_str()), (ErrorKind::Unsupported, "E0302", "author"));
    assert!(unknown.message.starts_with("`author.name` has the type hstore"), "{unknown}");
    assert!(unknown.message.ends_with("the row with id = 7"), "{unknown}");
    let text = error(CellError::NotUtf8);
    assert_eq!((text.kind, text.code), (ErrorKind::Database, "E0405"));
    assert_eq!(text.message, "text in `author.name` is not UTF-8, in the row with id = 7");
}

#[test]
fn text_that_is_not_utf8_names_its_column_and_row() {
    let connection = database(BLOG);
    connection.execute_batch("UPDATE comment SET body = CAST(x'6869ff' AS TEXT) WHERE id = 3").unwrap();
    for (spec, path) in [
        ("{ comment { body } }", "comment"),
        ("{ post { words: comment @selectin { body } } }", "post.words"),
        ("{ post { title words: comment @joined { body } } }", "post.words"),
    ] {
        let error = eagerly_rusqlite::load(&connection, &compile(&connection, spec)).unwrap_err();
        let [error] = error.all() else { panic!("{error}") };
        assert_eq!((error.kind, error.code, error.at.path.as_str()), (ErrorKind::Database, "E0405", path));
        assert_eq!(error.message, "text in `comment.body` is not UTF-8, in the row with id = 3");
    }
    // A column that is not asked for is not read, and the same bytes in a BLOB are bytes.
    assert_eq!(load(&connection, "{ post { comment { id } } }").stored_rows("comment"), 4);
    connection.execute_batch("UPDATE comment SET body = x'6869ff' WHERE id = 3").unwrap();
    assert!(load(&connection, "{ comment { body } }").to_json().unwrap().contains(r#""body":"aGn/""#));
}

#[test]
fn more_rows_than_allowed_end_the_run() {
    let connection = database(BLOG);
    // Four posts and four comments are read.
    let plan = compile(&connection, "{ post { comment @selectin { body } } }");
    let drive = |most: u64| eagerly_rusqlite::drive(&connection, Run::new(&plan).max_rows(most), &mut |_| {});
    assert_eq!(drive(8).unwrap().stored_rows("comment"), 4);
    for most in [0, 3, 4, 7] {
        let error = drive(most).unwrap_err().first().clone();
        assert_eq!((error.kind, error.code), (ErrorKind::Limit, "E0501"), "{most}");
        assert_eq!(error.message, format!("more than {most} rows were read"));
        assert_eq!(error.at.path, if most < 4 { "post" } else { "post.comment" });
    }
}

/// So many parents with keys that no JSON list can carry, each with one child.
fn parents(keys: usize, key: &str) -> Connection {
    database(&format!(
        "CREATE TABLE parent (k BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID;
         CREATE TABLE child (id INTEGER PRIMARY KEY, k BLOB REFERENCES parent(k));
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {keys}) INSERT INTO parent SELECT {key} FROM n;
         INSERT INTO child (k) SELECT k FROM parent; CREATE INDEX child_k ON child (k);"
    ))
}

/// Loads all children of all parents; the keys of each statement behind the first.
fn chunks(connection: &Connection, spec: &str) -> Vec<usize> {
    let plan = compile(connection, spec);
    let mut keys = Vec::new();
    let graph = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |executed| {
        assert!(executed.binds.len() <= plan.batches().limits.variables);
        keys.push(executed.keys);
    });
    let graph = graph.unwrap();
    assert_eq!((graph.stored_rows("parent"), graph.stored_rows("child")), (graph.len(), graph.len()));
    for parent in graph.roots() {
        let children: Vec<RowRef<'_>> = parent.many("child").unwrap().collect();
        assert_eq!(children.len(), 1);
        assert_eq!(children[0].get("k"), parent.get("k"));
    }
    keys.split_off(1)
}

#[test]
fn long_key_lists_are_cut_into_statements() {
    // Not the whole table: a list of keys.
    let hashed = "{ parent(where: {k: {ne: null}}) { k child @selectin { k } } }";
    let windowed = "{ parent(where: {k: {ne: null}}) { k child(limit: 2) @selectin { k } } }";
    // One variable per key: 16 384 are the largest power of two within 32 766. With ordinals two per key: 8 192.
    for (count, spec, chunk) in [(40_000, hashed, 16_384), (16_384, hashed, 16_384), (20_000, windowed, 8_192)] {
        let connection = parents(count, "CAST(printf('%08d', i) AS BLOB)");
        let keys = chunks(&connection, spec);
        assert_eq!(keys.len(), usize::div_ceil(count, chunk), "{spec}");
        let (last, full) = keys.split_last().unwrap();
        assert!(full.iter().all(|keys| *keys == chunk) && full.iter().sum::<usize>() + last == count, "{keys:?}");
    }
    // Text with a NUL has no JSON form in SQLite either; text without goes in one list.
    let connection = parents(17_000, "CAST(i AS TEXT) || char(0)");
    assert_eq!(chunks(&connection, hashed), [16_384, 616]);
    let connection = parents(40_000, "CAST(i AS TEXT)");
    assert_eq!(chunks(&connection, hashed), [40_000]);
}

#[test]
fn a_list_of_values_that_the_database_cannot_take_is_a_limit() {
    let connection = parents(3, "CAST(printf('%08d', i) AS BLOB)");
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    let load = |values: usize, field: Option<Field>| {
        let list = (0..values).map(|i| format!("{i:08}").into_bytes());
        let spec = LoadSpec::new("parent").filter(Filter::is_in("k", list));
        let spec = field.into_iter().fold(spec, LoadSpec::load);
        eagerly_rusqlite::load(&connection, &planner.compile(&spec).unwrap())
    };
    assert_eq!(load(32_766, None).unwrap().len(), 3);
    let error = load(32_767, None).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code), (ErrorKind::Limit, "E0501"));
    assert!(error.message.starts_with("32767 values to bind, where the database takes 32766"), "{error}");
    // Below the root the list shares the variables with the keys.
    let below = |values: usize| {
        let list = (0..values).map(|i| format!("{i:08}").into_bytes());
        load(10, Some(selectin("child").filter(Filter::is_in("k", list))))
    };
    let graph = below(32_764).unwrap();
    assert_eq!((graph.stored_rows("parent"), graph.stored_rows("child")), (3, 3));
    assert_eq!(below(32_766).unwrap_err().first().code, "E0501");
}

/// Two nodes, each linked to both: every level of the specification doubles the objects.
fn unfolding(levels: usize) -> ResultGraph {
    let connection = database(
        "CREATE TABLE node (id INTEGER PRIMARY KEY);
         CREATE TABLE link (a INTEGER REFERENCES node(id), b INTEGER REFERENCES node(id), PRIMARY KEY (a, b));
         INSERT INTO node VALUES (1), (2); INSERT INTO link VALUES (1, 1), (1, 2), (2, 1), (2, 2)",
    );
    let node = || selectin("node_through_link_b").alias("node").load_only(["id"]);
    let below = (1..levels).fold(node(), |below, _| node().load(below));
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    let plan = planner.compile(&LoadSpec::new("node").load_only(["id"]).load(below)).unwrap();
    eagerly_rusqlite::load(&connection, &plan).unwrap()
}

#[test]
fn json_that_unfolds_exponentially_stops_at_its_limit() {
    let graph = unfolding(10);
    // 2 + 4 + … + 2^11 objects.
    let objects = (1 << 12) - 2;
    let mut json = Vec::new();
    graph.write_json(&mut json, objects).unwrap();
    assert_eq!(json, graph.to_json().unwrap().into_bytes());
    assert_eq!(json.iter().filter(|byte| **byte == b'{').count() as u64, objects);
    let error = graph.write_json(&mut std::io::sink(), objects - 1).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code), (ErrorKind::Limit, "E0501"));
    assert_eq!(error.message, format!("more than {} objects were written", objects - 1));
    // 2^42 objects: two stored rows, and a writer that stops.
    let graph = unfolding(40);
    assert_eq!(graph.stored_rows("node"), 2);
    let mut json = Vec::new();
    assert_eq!(graph.write_json(&mut json, 10_000).unwrap_err().first().code, "E0501");
    assert!(json.len() < 1 << 20);
    assert_eq!(unfolding(1).write_json(&mut std::io::sink(), 0).unwrap_err().first().code, "E0501");
}

#[test]
fn a_float_that_is_not_finite_has_no_json() {
    let connection = database(BLOG);
    for infinite in ["9e999", "-9e999"] {
        connection.execute_batch(&format!("UPDATE post SET score = {infinite} WHERE id = 3")).unwrap();
        let graph = load(&connection, "{ author { works: post { points: score } } }");
        let error = graph.to_json().unwrap_err().first().clone();
        assert_eq!((error.kind, error.code), (ErrorKind::Database, "E0406"));
        assert_eq!(error.at.path, "author.works.points");
        // It is a float all the same.
        let bob = graph.roots().nth(1).unwrap();
        let points = bob.many("works").unwrap().next().unwrap().get("points");
        assert!(matches!(points, Some(ValueRef::Float(f)) if f.is_infinite()), "{points:?}");
        assert!(load(&connection, "{ author { works: post { id } } }").to_json().is_ok());
    }
}

/// A writer that takes so many bytes.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| std::io::Error::other("full"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_refuses_is_an_error() {
    let graph = blog("{ post { title comment { body } } }");
    let size = graph.to_json().unwrap().len();
    for room in 0..size {
        let error = graph.write_json(&mut Full(room), u64::MAX).unwrap_err();
        assert!(error.first().message.contains("full"), "{error}");
    }
    graph.write_json(&mut Full(size), u64::MAX).unwrap();
}

#[test]
fn a_plan_outlives_its_database() {
    let first = database(BLOG);
    let plan = compile(&first, "{ post(where: {published: true}) { title tag { name } author @joined { name } } }");
    let before = eagerly_rusqlite::load(&first, &plan).unwrap().to_json().unwrap();
    drop(first);
    let second = database(BLOG);
    assert_eq!(eagerly_rusqlite::load(&second, &plan).unwrap().to_json().unwrap(), before);
    second.execute_batch("DELETE FROM post WHERE id <> 3; UPDATE author SET name = 'Bea' WHERE id = 2").unwrap();
    let after = eagerly_rusqlite::load(&second, &plan).unwrap();
    assert_eq!(after.to_json().unwrap(), r#"[{"title":"Three","tag":[{"name":"rust"}],"author":{"name":"Bea"}}]"#);
    // A database without the tables refuses, and names the place.
    let error = eagerly_rusqlite::load(&database(""), &plan).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code), (ErrorKind::Database, "E0404"));
    assert!(error.message.starts_with("cannot load `post`: no such table: "), "{error}");
}

#[test]
fn threads_share_a_planner() {
    fn shared<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let planner = shared(Planner::new(eagerly_rusqlite::reflect(&database(BLOG)).unwrap(), Sqlite::new()));
    let spec = |id: i32| {
        let posts = selectin("post").load_only(["title"]).order(["id"]);
        LoadSpec::new("author").filter(Filter::eq("id", id)).load_only(["name"]).load(posts)
    };
    let start = std::sync::Barrier::new(2);
    let work = |id: i32| {
        let connection = database(BLOG);
        start.wait();
        let mut plans = Vec::new();
        for _ in 0..50 {
            plans.push(planner.compile(&spec(id)).unwrap());
        }
        let load = |plan| eagerly_rusqlite::load(&connection, plan).unwrap();
        let results: Vec<ResultGraph> = plans.iter().map(load).collect();
        (plans, shared(results))
    };
    let [(plans, ada), (others, bob)] = std::thread::scope(|scope| {
        [1, 2]
            .map(|id| {
                scope.spawn({
                    let work = &work;
                    move || work(id)
                })
            })
            .map(|worker| worker.join().unwrap())
    });
    let json = |results: &[ResultGraph]| -> Vec<String> { results.iter().map(|r| r.to_json().unwrap()).collect() };
    assert!(json(&ada).iter().all(|j| j == r#"[{"name":"Ada","post":[{"title":"One"},{"title":"Two"}]}]"#));
    assert!(json(&bob).iter().all(|j| j == r#"[{"name":"Bob","post":[{"title":"Three"}]}]"#));
    // One shape: at worst both threads compiled it before either had kept it.
    let mut compiled: Vec<_> = plans.iter().chain(&others).map(|plan| std::sync::Arc::as_ptr(plan.batches())).collect();
    compiled.sort_unstable();
    compiled.dedup();
    assert!(compiled.len() <= 2, "{} plans of one shape", compiled.len());
}
