//! `where`: every operator, what columns and relationships it tests, and who compares.

use super::{BLOG, explain, load, loads, parse, refuses};
use eagerly_tests::corpus::{database, reflect};

/// Six rows: two of them the same but for case, one empty, one without values.
const ROWS: &str = "
    CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, c TEXT COLLATE NOCASE, b BOOLEAN, u);
    INSERT INTO t VALUES
        (1, 1, 'abc', 'abc', 1, 1), (2, 2, 'ABC', 'ABC', 0, '1'), (3, 3, '', '', 1, 1.0),
        (4, NULL, NULL, NULL, NULL, NULL), (5, 10, '10', '10', 0, x'31'), (6, 9, 'a_c', 'a_c', 1, 9)";

/// Asserts the ids of the rows that each condition finds.
#[track_caller]
fn finds(cases: &[(&str, &str)]) {
    let connection = database(ROWS);
    let graph = reflect(&connection);
    for (condition, expected) in cases {
        let json = load(&connection, &graph, &parse(&format!("{{ t(where: {condition}) {{ id }} }}")));
        let digits: String = json.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, *expected, "{condition}");
    }
}

#[test]
fn every_operator() {
    finds(&[
        ("{n: 2}", "2"),
        ("{n: null}", "4"),
        ("{n: {eq: 2}}", "2"),
        ("{n: {ne: 2}}", "1356"),
        ("{n: {lt: 3}}", "12"),
        ("{n: {le: 3}}", "123"),
        ("{n: {gt: 3}}", "56"),
        ("{n: {ge: 3}}", "356"),
        ("{n: {in: [1, 9, 77]}}", "16"),
        ("{n: {not_in: [1, 9]}}", "235"),
        (r#"{s: {like: "a%"}}"#, "126"),
        (r#"{s: {like: "a_c"}}"#, "126"),
        (r#"{s: {not_like: "a%"}}"#, "35"),
        ("{n: {is_null: true}}", "4"),
        ("{n: {is_null: false}}", "12356"),
        ("{n: {gt: 1, lt: 9, ne: 3}}", "2"),
        ("{n: {gt: 1}, b: true}", "36"),
        ("{}", "123456"),
    ]);
}

#[test]
fn and_or_and_not() {
    finds(&[
        ("{and: [{n: {gt: 1}}, {n: {lt: 9}}]}", "23"),
        ("{or: [{n: 1}, {n: 9}, {n: null}]}", "146"),
        ("{not: {n: {gt: 2}}}", "12"),
        ("{not: {n: null}}", "12356"),
        ("{n: {gt: 2}, or: [{s: \"\"}, {b: false}], not: {n: 10}}", "3"),
        ("{and: []}", "123456"),
        ("{or: []}", ""),
        ("{not: {or: []}}", "123456"),
        ("{not: {}}", ""),
        ("{n: {in: []}}", ""),
        ("{n: {not_in: []}}", "123456"),
        ("{not: {n: {in: []}}}", "123456"),
    ]);
}

#[test]
fn null_is_unknown_but_for_eq_and_ne() {
    finds(&[
        ("{n: {eq: null}}", "4"),
        ("{n: {ne: null}}", "12356"),
        ("{not: {n: {ne: null}}}", "4"),
        ("{n: {lt: null}}", ""),
        ("{not: {n: {lt: null}}}", ""),
        ("{s: {like: null}}", ""),
        ("{n: {in: [1, null]}}", "1"),
        ("{n: {not_in: [1, null]}}", ""),
        ("{or: [{n: {gt: 5}}, {not: {n: {gt: 5}}}]}", "12356"),
    ]);
}

#[test]
fn a_boolean_column_takes_numbers_and_booleans() {
    finds(&[
        ("{b: true}", "136"),
        ("{b: 1}", "136"),
        ("{b: false}", "25"),
        ("{b: 0}", "25"),
        ("{b: {ne: true}}", "25"),
        ("{b: {in: [true, 0]}}", "12356"),
    ]);
}

/// `c` is NOCASE: its equality, its order and its IN are. A LIKE is the same for both columns.
#[test]
fn the_collation_is_the_columns() {
    finds(&[
        (r#"{s: "abc"}"#, "1"),
        (r#"{c: "abc"}"#, "12"),
        (r#"{s: {in: ["Abc", "10"]}}"#, "5"),
        (r#"{c: {in: ["Abc", "10"]}}"#, "125"),
        (r#"{s: {gt: "Z"}}"#, "16"),
        (r#"{c: {gt: "Z"}}"#, ""),
        (r#"{s: {like: "ABC"}}"#, "12"),
    ]);
    let order = [
        (r#"{ t(order: ["s"]) { id } }"#, r#"[{"id":4},{"id":3},{"id":5},{"id":2},{"id":6},{"id":1}]"#),
        (r#"{ t(order: ["c"]) { id } }"#, r#"[{"id":4},{"id":3},{"id":5},{"id":6},{"id":1},{"id":2}]"#),
    ];
    loads(ROWS, &order);
}

/// A number is bound as a number, and text as text; the column's type decides what that means.
#[test]
fn a_number_stays_a_number_and_the_database_compares() {
    finds(&[
        ("{n: 10}", "5"),
        ("{n: 10.0}", "5"),
        ("{n: \"10\"}", "5"),
        ("{s: 10}", "5"),
        ("{s: 10.0}", ""),
        ("{n: {gt: 9}}", "5"),
        ("{u: 1}", "13"),
        ("{u: \"1\"}", "2"),
        ("{n: 9223372036854775807}", ""),
    ]);
}

#[test]
fn values_never_stand_in_the_sql() {
    let graph = reflect(&database(ROWS));
    let spec = r#"{ t(where: {n: {in: [4711, 815]}, s: {like: "se'cret%"}, u: 12.75, b: true, c: "x\" --"}) { id } }"#;
    let plan = explain(graph, spec);
    for value in ["4711", "815", "cret", "12.75", "x\"", "--", "true", "TRUE"] {
        assert!(!plan.contains(value), "{value} in {plan}");
    }
    finds(&[(r#"{s: "abc' OR '1' = '1"}"#, ""), (r#"{s: {like: "%' OR 1 --"}}"#, "")]);
}

#[test]
fn and_or_and_not_are_operators_even_where_columns_have_their_names() {
    let sql =
        r#"CREATE TABLE t (id INTEGER PRIMARY KEY, "and" INT, "or" INT, "not" INT); INSERT INTO t VALUES (1, 1, 1, 1)"#;
    for operator in ["and", "or"] {
        let spec = format!("{{ t(where: {{{operator}: 1}}) }}");
        let expected = format!("E0106: `{operator}` takes a list of objects, found an integer (at t)");
        refuses(sql, &[(&spec, &[&expected])]);
    }
    refuses(sql, &[("{ t(where: {not: 1}) }", &["E0106: `not` takes an object, found an integer (at t)"])]);
    // They come out and order like all columns.
    loads(sql, &[(r#"{ t(order: ["and", "-or", "not"]) { not or and } }"#, r#"[{"not":1,"or":1,"and":1}]"#)]);
}

#[test]
fn related_rows() {
    let ids = |condition: &str| {
        let connection = database(BLOG);
        let spec = parse(&format!("{{ post(where: {condition}) {{ id }} }}"));
        let json = load(&connection, &reflect(&connection), &spec);
        json.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    assert_eq!(ids("{comment: {any: {}}}"), "12");
    assert_eq!(ids("{comment: {none: {}}}"), "3");
    assert_eq!(ids("{tag: {any: {slug: \"sql\"}}}"), "1");
    assert_eq!(ids("{tag: {none: {slug: \"sql\"}}}"), "23");
    assert_eq!(ids("{author: {has: {name: \"Ada\"}}}"), "1");
    // On a to-one, `any` says the same as `has`.
    assert_eq!(ids("{author: {any: {name: \"Ada\"}}}"), "1");
    assert_eq!(ids("{author: {none: {name: \"Ada\"}}}"), "23");
    assert_eq!(ids("{author: {has: {}}}"), "12");
    assert_eq!(ids("{not: {author: {has: {}}}}"), "3");
    assert_eq!(ids("{comment: {any: {body: {like: \"First%\"}}, none: {id: 4}}}"), "1");
    assert_eq!(ids("{comment: {any: {reply_to: {has: {body: \"Second.\"}}}}}"), "1");
    let has = "E0111: `has` on the to-many relationship `comment` (at post); use `any`";
    refuses(BLOG, &[("{ post(where: {comment: {has: {}}}) }", &[has])]);
}
