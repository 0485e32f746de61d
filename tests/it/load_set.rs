//! Loads that are declared once and used by every request.

use eagerly::error::{Errors, code};
use eagerly::spec::{Filter, LoadSpec, Variables, joined, raise, relationship, selectin};
use eagerly::{BindValue, LoadSet, Plan, Planner, Sqlite};
use rusqlite::Connection;
use std::sync::Arc;

const BLOG: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id), title TEXT, body TEXT);
    CREATE TABLE comment (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES post (id), text TEXT, stars INTEGER);
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob');
    INSERT INTO post VALUES (1, 1, 'one', 'b1'), (2, 2, 'two', 'b2'), (3, 1, 'three', 'b3');
    INSERT INTO comment VALUES (1, 1, 'good', 5), (2, 1, 'bad', 1), (3, 2, 'fine', 4);
";

fn blog() -> (Connection, Planner) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(BLOG).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    (connection, planner)
}

fn list() -> LoadSpec {
    LoadSpec::new("post").load_only(["title"]).load(joined("author").load_only(["name"]))
}

fn json(connection: &Connection, plan: &Plan) -> String {
    eagerly_rusqlite::load(connection, plan).unwrap().to_json().unwrap()
}

fn told(result: Result<impl Sized, Errors>) -> Vec<String> {
    result.err().map(|errors| errors.all().iter().map(ToString::to_string).collect()).unwrap_or_default()
}

#[test]
fn a_load_is_compiled_once_and_shared_between_threads() {
    let (_, planner) = blog();
    let loads = Arc::new(LoadSet::new(planner).declare("post.list", list()).unwrap());
    let request = LoadSpec::new("post").limit(2).load(selectin("comment").load_only(["text"]));
    let plans: Vec<(Plan, Plan)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let declared = loads.plan("post.list", &Variables::new()).unwrap();
                    (declared, loads.plan_with("post.list", &request, &Variables::new()).unwrap())
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (first, _) = &plans[0];
    assert!(plans.iter().all(|(declared, _)| Arc::ptr_eq(declared.batches(), first.batches())));
    let again = loads.plan_with("post.list", &request, &Variables::new()).unwrap();
    assert!(plans.iter().any(|(_, merged)| Arc::ptr_eq(merged.batches(), again.batches())), "one plan for one shape");
}

#[test]
fn a_request_adds_columns_children_and_conditions() {
    let (connection, planner) = blog();
    let loads = LoadSet::new(planner).declare("post.list", list()).unwrap();
    let none = Variables::new();
    let declared = json(&connection, &loads.plan("post.list", &none).unwrap());
    assert_eq!(declared.matches("author").count(), 3);

    let request = LoadSpec::new("post")
        .load_only(["id", "title"])
        .filter(Filter::eq("author_id", 1))
        .order(["-title"])
        .limit(1)
        .load(joined("author").load_only(["id"]))
        .load(selectin("comment").load_only(["text"]));
    let merged = json(&connection, &loads.plan_with("post.list", &request, &none).unwrap());
    assert_eq!(merged, r#"[{"title":"three","author":{"name":"Ada","id":1},"id":3,"comment":[]}]"#);
    assert_eq!(loads.spec("post.list").unwrap(), &list(), "the declaration stays as it was");
}

/// A request without columns says nothing about them; a declaration without columns asks for all.
#[test]
fn all_columns_stay_all_columns() {
    let (connection, planner) = blog();
    let loads = LoadSet::new(planner)
        .declare("all", LoadSpec::new("comment"))
        .and_then(|loads| loads.declare("short", LoadSpec::new("comment").except(["text", "post_id"])))
        .and_then(|loads| loads.declare("one", LoadSpec::new("comment").load_only(["stars"])))
        .unwrap();
    let first = Filter::eq("id", 1);
    let load = |name: &str, request: LoadSpec| {
        json(&connection, &loads.plan_with(name, &request.filter(first.clone()), &Variables::new()).unwrap())
    };
    let alias = || LoadSpec::new("comment").load(relationship("text").alias("body"));
    assert_eq!(
        load("all", LoadSpec::new("comment").load_only(["text"])),
        r#"[{"id":1,"post_id":1,"text":"good","stars":5}]"#
    );
    assert_eq!(load("all", alias()), r#"[{"id":1,"post_id":1,"text":"good","stars":5,"body":"good"}]"#);
    assert_eq!(load("short", LoadSpec::new("comment")), r#"[{"id":1,"stars":5}]"#);
    assert_eq!(load("short", alias()), r#"[{"id":1,"stars":5,"body":"good"}]"#);
    assert_eq!(load("short", LoadSpec::new("comment").load_only(["text"])), r#"[{"id":1,"text":"good","stars":5}]"#);
    assert_eq!(load("one", LoadSpec::new("comment")), r#"[{"stars":5}]"#);
    let except = LoadSpec::new("comment").except(["id"]);
    let both = told(loads.plan_with("one", &except, &Variables::new()));
    assert!(both.len() == 1 && both[0].starts_with("E0110: `@except` beside the column `stars`"), "{both:?}");
}

#[test]
fn conflicts_name_both_sides_and_all_are_told() {
    let (_, planner) = blog();
    let declared = list().limit(10).load(selectin("comment").order(["stars"]).load(raise("post")));
    let loads = LoadSet::new(planner).declare("post.list", declared).unwrap();
    let request = LoadSpec::new("post")
        .limit(5)
        .load(selectin("author"))
        .load(selectin("comment").order(["-stars", "id"]).load(joined("post")))
        .load(relationship("body").alias("title"));
    assert_eq!(
        told(loads.plan_with("post.list", &request, &Variables::new())),
        [
            "E0110: the limit is 10 in the load `post.list`, and 5 in the request (at post)",
            "E0110: the strategy is `joined` in the load `post.list`, and `selectin` in the request (at post.author)",
            "E0110: the order is `stars` in the load `post.list`, and `-stars, id` in the request (at post.comment)",
            "E0110: the strategy is `raise` in the load `post.list`, and `joined` in the request (at post.comment.post)",
            "E0110: the name is `title` in the load `post.list`, and `body` in the request (at post.title)",
        ]
        .map(|error| format!("{error}; leave it out of one of them, or give the request's field an alias"))
    );
    // Names are checked all the same.
    let unknown = LoadSpec::new("post").limit(5).load(selectin("comnent")).load(selectin("comment").order(["star"]));
    let unknown = told(loads.plan_with("post.list", &unknown, &Variables::new()));
    let [limit, order, relationship] = unknown.as_slice() else { panic!("{unknown:?}") };
    assert!(limit.starts_with("E0110: the limit") && order.starts_with("E0110: the order"), "{unknown:?}");
    assert_eq!(relationship, "E0103: no relationship `comnent` on `post` (at post); did you mean `comment`?");
    let other = told(loads.plan_with("post.list", &LoadSpec::new("author"), &Variables::new()));
    assert!(other.len() == 1 && other[0].starts_with("E0110: the name is `post`"), "{other:?}");
    // The same on both sides is no conflict.
    let same = LoadSpec::new("post").limit(10).load(joined("author"));
    assert!(loads.plan_with("post.list", &same, &Variables::new()).is_ok());
}

#[test]
fn mistakes_are_told_on_declaration() {
    let (_, planner) = blog();
    let loads = LoadSet::new(planner).declare("post.list", list()).unwrap();
    let unknown = told(loads.plan("post.lst", &Variables::new()));
    assert_eq!(unknown, ["E0116: no load `post.lst` is declared; did you mean `post.list`?"]);
    let twice = loads.declare("post.list", list()).unwrap_err();
    assert_eq!(twice.first().code, code::DUPLICATE_NAME);
    let wrong = LoadSet::new(blog().1).declare("x", LoadSpec::parse("{ post(where: {titel: $t}) }").unwrap());
    let wrong = told(wrong);
    assert!(wrong.len() == 1 && wrong[0].starts_with("E0104: no column `titel`"), "{wrong:?}");
}

#[test]
fn variables_get_their_values_with_each_request() {
    let (connection, planner) = blog();
    let spec =
        LoadSpec::parse("{ comment(where: {stars: {ge: $stars, in: $among}, text: {like: $like}}) { id } }").unwrap();
    let loads = LoadSet::new(planner).declare("good", spec).unwrap();
    let values = |stars: i64, among: &[i64]| {
        let among = among.iter().map(|n| (*n).into()).collect();
        Variables::from([
            ("stars".to_owned(), BindValue::One(stars.into())),
            ("among".to_owned(), BindValue::Many(among)),
            ("like".to_owned(), BindValue::One("%o%".into())),
        ])
    };
    let load = |values: &Variables| json(&connection, &loads.plan("good", values).unwrap());
    assert_eq!(load(&values(4, &[1, 4, 5])), r#"[{"id":1}]"#);
    assert_eq!(load(&values(0, &[])), "[]");
    let missing = told(loads.plan("good", &Variables::new()));
    assert_eq!(missing.len(), 3, "{missing:?}");
    assert!(missing.iter().all(|error| error.starts_with("E0112")), "{missing:?}");
}
