//! `--var NAME=JSON`: values of variables, and every mistake with them.

use crate::support::Place;
use serde_json::json;

const SPEC: &str = "{ post(where: {title: $title}) { id tag(where: {id: {in: $tags}}) { slug } } }";

#[test]
fn variables_have_the_values_of_the_arguments() {
    let place = Place::blog();
    let found = json!([{"id": 1, "tag": [{"slug": "sql"}]}]);
    assert_eq!(place.load(&[SPEC, "--var", "title=\"one\"", "--var", "tags=[2, 3]"]), found);
    assert_eq!(place.load(&["--var=tags=[2,null]", "--var", "title= \"one\" ", SPEC]), found);
    assert_eq!(place.load(&[SPEC, "--var", "title=\"a=b\"", "--var", "tags=[]"]), json!([]));
    for (test, value, ids) in [
        ("id: $v", "2", json!([2])),
        ("score: {gt: $v}", "1.5", json!([3])),
        ("score: {lt: $v}", "1e1", json!([1, 3])),
        ("score: $v", "null", json!([2])),
        ("score: {ne: $v}", "null", json!([1, 3])),
        ("published: $v", "true", json!([1])),
        ("published: $v", "0", json!([2])),
        ("title: {like: $v}", "\"t%\"", json!([2, 3])),
        ("title: {in: [\"one\", $v]}", "\"two\"", json!([1, 2])),
        ("title: {not_in: $v}", "[\"one\"]", json!([2, 3])),
        ("title: $v", "\"' OR 1 --\"", json!([])),
        ("or: [{id: $v}, {author_id: $v}]", "2", json!([2])),
    ] {
        let spec = format!("{{ post(where: {{{test}}}) {{ id }} }}");
        let objects = place.load(&[&spec, "--var", &format!("v={value}")]);
        let found: Vec<_> = objects.as_array().unwrap().iter().map(|post| post["id"].clone()).collect();
        assert_eq!(json!(found), ids, "{test} with {value}");
    }
}

#[test]
fn a_plan_takes_variables_too() {
    let place = Place::blog();
    let plan = |value: &str| place.run(&["plan", "blog.db", "{ post(where: {id: $v}) }", "--var", value]).text();
    assert!(plan("v=1").contains(r#""t0"."id" = ?"#), "{}", plan("v=1"));
    assert_eq!(plan("v=1"), plan("v=2"), "values are no part of a plan");
    assert_ne!(plan("v=1"), plan("v=null"), "but whether they are NULL");
}

#[test]
fn what_is_no_variable_is_refused() {
    let place = Place::blog();
    let spec = "{ post(where: {id: $v}) }";
    for (argument, words) in [
        ("v", &["`--var v` has no `=`", "`--var v=JSON`"][..]),
        ("$v", &["`--var $v` has no `=`", "`--var v=JSON`"]),
        ("", &["has no `=`"]),
        ("$v=1", &["with its `$`", "`--var v=JSON`"]),
        ("v=", &["E0112", "no JSON", "at line 1 column 0", "at $v"]),
        ("v=one", &["E0112", "no JSON", "at line 1 column 1", "'v=\"text\"'"]),
        ("v=2026-01-01", &["E0112", "no JSON", "at line 1 column 5", "'v=\"text\"'"]),
        ("v=[1,\n2,,]", &["E0112", "no JSON", "at line 2 column 3"]),
        ("v={\"a\": 1}", &["E0112", "`$v` takes values", "help: a variable is null"]),
        ("v=[[1]]", &["E0112", "`$v` takes values"]),
        ("v=18446744073709551616", &["E0107", "at $v", "the largest is 18446744073709551615"]),
    ] {
        for command in ["load", "plan"] {
            let outcome = place.refuses(&[command, "blog.db", spec, "--var", argument], 2, words);
            let once = outcome.stderr.lines().filter(|line| line.starts_with("E0")).count();
            // A plan needs no values: only a load misses the one that the nameless argument may have meant.
            let mistakes = if argument.is_empty() && command == "load" { 2 } else { 1 };
            assert_eq!(once, mistakes, "{}", outcome.stderr);
        }
    }
    place.refuses(
        &["load", "blog.db", spec, "--var", "=1"],
        2,
        &["names no variable", "`$v` has no value", "2 problems"],
    );
    let deep = format!("v={}", "[".repeat(100_000));
    place.refuses(&["load", "blog.db", spec, "--var", &deep], 2, &["E0112", "at $v"]);
    place.refuses(&["load", "blog.db", spec, "--var", "v=1e999"], 2, &["E01", "at $v"]);
}

#[test]
fn variables_and_their_places_fit() {
    let place = Place::blog();
    let spec = "{ post(where: {id: $id, title: {in: $titles}, score: {gt: $score}}) }";
    let outcome = place.refuses(
        &["load", "blog.db", spec, "--var", "id=[1]", "--var", "titles=1", "--var", "sccore=1"],
        2,
        &[
            "`$id` is a list, where one value is compared",
            "`$titles` is one value, where a list is compared",
            "`$score` has no value",
            "did you mean",
            "the specification uses no variable `$sccore`",
            "[<spec>:1:",
            "4 problems",
        ],
    );
    assert_eq!(outcome.stderr.matches("E0112").count(), 4, "{}", outcome.stderr);
    place.refuses(
        &["load", "blog.db", spec],
        2,
        &["`$id`", "`$titles`", "`$score`", "`--var NAME=JSON`", "3 problems"],
    );
    place.refuses(&["load", "blog.db", "{ post }", "--var", "a=1"], 2, &["E0112", "uses no variable `$a`"]);
    // A definition is not a use.
    let defined = "query($a: Int!) { post { id } }";
    place.refuses(&["load", "blog.db", defined, "--var", "a=1"], 2, &["uses no variable `$a`", "a definition alone"]);
}

/// A default value is refused, and what follows from that is not told: that the variable has no value.
#[test]
fn a_refused_default_value_is_one_problem() {
    let place = Place::blog();
    for condition in ["id: $v", "id: {in: $v}", "title: {like: $v}", "id: {in: [1, $v]}"] {
        let spec = format!("query($v: Int = 3) {{ post(where: {{{condition}}}) {{ id }} }}");
        for variable in [&[][..], &["--var", "v=1"]] {
            let arguments = [&["load", "blog.db", spec.as_str()], variable].concat();
            let outcome = place.refuses(&arguments, 2, &["E0301", "a default value of a variable"]);
            assert!(!outcome.stderr.contains("E0112"), "{}", outcome.stderr);
        }
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let place = Place::blog();
    let spec = "{ post(where: {titel: $titel, id: $id}, limt: 3) { auhtor tag @nope } }";
    let arguments = ["--var", "id=1", "--var", "x", "--var", "id=2", "--var", "titel=[]"];
    let outcome = place.refuses(
        &[&["load", "blog.db", spec], &arguments[..]].concat(),
        2,
        &[
            "`--var x` has no `=`",
            "`--var id=` is given twice",
            "`limt`",
            "`auhtor`",
            "nope",
            "`$titel` is a list",
            "`titel`",
        ],
    );
    assert!(!outcome.stderr.contains("`$id`"), "it has a value: {}", outcome.stderr);
    let place_of = |words: &str| outcome.stderr.find(words).unwrap();
    assert!(place_of("given twice") < place_of("`limt`") && place_of("`limt`") < place_of("`auhtor`"));
    // A text in which nothing can be read, and an argument.
    place.refuses(&["load", "blog.db", "", "--var", "x"], 2, &["E0114", "has no `=`", "2 problems"]);
    // Before a database that refuses.
    place.refuses(&["load", "none.db", "{ post }", "--var", "x"], 2, &["has no `=`"]);
}
