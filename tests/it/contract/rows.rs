//! Rows of a result in a program of one's own.

use super::{BLOG, parse};
use eagerly::value::ValueRef;
use eagerly::{Planner, ResultGraph, Sqlite};
use eagerly_tests::corpus::{database, reflect};

fn load(spec: &str) -> ResultGraph {
    let connection = database(BLOG);
    let plan = Planner::new(reflect(&connection), Sqlite::new()).compile(&parse(spec)).unwrap();
    eagerly_rusqlite::load(&connection, &plan).unwrap()
}

#[test]
fn what_was_not_loaded_refuses_to_be_read() {
    let result = load("{ post { title author @raise comment @lazy tag @noload } }");
    let post = result.roots().next().unwrap();
    let refused = |error: eagerly::error::Errors| error.to_string();
    let help = "load it with `@selectin`, `@joined`, `@subquery` or `@auto`";
    let raise = format!("E0115: `post.author` is not loaded: its strategy is `raise` (at post.author); {help}");
    assert_eq!(post.one("author").map(|_| ()).map_err(refused), Err(raise));
    let lazy = format!("E0115: `post.comment` is not loaded: its strategy is `lazy` (at post.comment); {help}");
    assert_eq!(post.many("comment").map(|_| ()).map_err(refused), Err(lazy));
    assert_eq!(post.many("tag").unwrap().count(), 0, "noload is empty");
    let wrong = |code: &str, result: Result<(), String>| assert!(result.unwrap_err().starts_with(code), "{code}");
    wrong("E0103", post.many("title").map(|_| ()).map_err(refused));
    let result = load("{ post { author comment } }");
    let post = result.roots().next().unwrap();
    wrong("E0111", post.many("author").map(|_| ()).map_err(refused));
    wrong("E0111", post.one("comment").map(|_| ()).map_err(refused));
}

#[test]
fn link_columns_and_levels_of_a_recursion_are_read_from_rows() {
    let result = load(r#"{ post { tag @link(columns: ["added_at"]) { slug } } }"#);
    let post = result.roots().next().unwrap();
    let dates: Vec<_> = post.many("tag").unwrap().map(|tag| tag.link("added_at")).collect();
    assert_eq!(dates, [Some(ValueRef::Text("2026-01-03")), Some(ValueRef::Text("2026-01-04"))]);
    assert_eq!(post.many("tag").unwrap().next().unwrap().link("tag_id"), None, "it is not listed");

    let result = load("{ comment(where: {id: 1}) { below: comment_by_reply_to_id @recurse(depth: 1) { id } } }");
    let first = result.roots().next().unwrap();
    let second = first.many("below").unwrap().next().unwrap();
    let third = second.many("below").unwrap().next().unwrap();
    assert_eq!(third.get("id"), Some(ValueRef::Integer(3)));
    let error = third.many("below").map(|_| ()).unwrap_err();
    assert_eq!(error.first().code, "E0115");
    assert_eq!(error.first().help.as_deref(), Some("raise the depth of the recursion"));
}
