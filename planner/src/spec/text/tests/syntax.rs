//! Strings, numbers, brackets, definitions and roots.

use super::*;

#[test]
fn strings() {
    let value = |text: &str| match filter(&format!("{{a: {text}}}")) {
        Filter::Column { test: Comparison::Compare(_, Operand::Value(Value::Text(text))), .. } => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(value(r#""""#), "");
    assert_eq!(value(r#""ä😀, {} # no comment""#), "ä😀, {} # no comment");
    assert_eq!(value(r#""\" \\ \/ \b \f \n \r \t""#), "\" \\ / \u{8} \u{c} \n \r \t");
    assert_eq!(value(r#""\u00e4\u00E4 \ud83d\uDE00 \u{1F600}\u{0}\u{00000041}""#), "ää 😀 😀\0A");
    assert_eq!(value(r#""\uD800\uDC00\uDBFF\uDFFF""#), "\u{10000}\u{10FFFF}");
    assert_eq!(value(r#""""""""#), "");
    assert_eq!(value("\"\"\"\n    a \\n\n      b\\\"\"\"\r\n\n\"\"\""), "a \\n\n  b\"\"\"");
    assert_eq!(value("\"\"\"ä\u{2028}\"\"\""), "ä\u{2028}");
}

#[test]
fn broken_strings() {
    for escape in [
        r"\ud83d",
        r"\ude00",
        r"\ud83dx",
        r"\ud83d\n",
        r"\ud83d\u0041",
        r"\ud83d\ud83d",
        r"\ude00\ud83d",
        r"\u{d83d}",
        r"\u{110000}",
        r"\u{}",
        r"\u{ffffffffffffffff}",
        r"\u{zz}",
        r"\u12",
        r"\u",
        r"\u{12",
        r"\x",
        r"\'",
        r"\ud83d\u{1}",
    ] {
        let string = format!("\"{escape}\"");
        fails(&format!("{{ post(where: {{a: {string}}}) }}"), &[(code::SYNTAX, &string, "")]);
    }
    fails("{ post(where: {a: \"b\n\"}) }", &[(code::SYNTAX, "\"b", "")]);
    fails("{ post(where: {a: \"\nb\"}) }", &[(code::SYNTAX, "\"", "")]);
    fails("{ post(where: {a: \"b\\n\r\\q\"}) }", &[(code::SYNTAX, "\"b\\n", "")]);
    fails("{ post(where: {a: \"b}) }", &[(code::SYNTAX, "\"b}) }", "")]);
    fails("{ post(where: {a: \"b\\", &[(code::SYNTAX, "\"b\\", "")]);
    fails("{ post(where: {a: \"", &[(code::SYNTAX, "\"", "")]);
    fails("{ post(where: {a: \"\"\"b\"}) }", &[(code::SYNTAX, "\"\"\"", "")]);
    fails("{ post(where: {a: 'b'}) }", &[(code::SYNTAX, "'", ""), (code::SYNTAX, "'", "")]);
    assert_eq!(
        told("{ post(where: {a: 'b'}) }")[0],
        "unexpected character `'`; strings stand in double quotes: \"text\""
    );
}

#[test]
fn broken_numbers() {
    for number in ["01", "-", "-a", "1.", "1.e5", "1e", "1e+", "1x", "0x1F", "1.2.3", "007", "1.5f"] {
        fails(&format!("{{ post(limit: {number}) {{ id }} }}"), &[(code::SYNTAX, number, "")]);
        fails(&format!("{{ post(where: {{a: {number}}}) {{ id }} }}"), &[(code::SYNTAX, number, "")]);
        fails(&format!("{{ post(where: {{a: {{in: [{number}]}}}}) {{ id }} }}"), &[(code::SYNTAX, number, "")]);
    }
}

#[test]
fn brackets() {
    fails("{ post", &[(code::SYNTAX, "{", "")]);
    fails("{ post { id }", &[(code::SYNTAX, "{", "")]);
    fails("{ post { id } } }", &[(code::SYNTAX, "}", "")]);
    fails("}", &[(code::SYNTAX, "}", "")]);
    fails("{ post(limit: 3 { id } }", &[(code::SYNTAX, "(", "")]);
    fails("{ post(where: {a: {in: [1, 2}}) { id } }", &[(code::SYNTAX, "[", "")]);
    fails("{ post(where: {a: 1) { id } }", &[(code::SYNTAX, "{", "")]);
    fails("{ post(limit: 3)) { id } }", &[(code::SYNTAX, ")", "")]);
    assert_eq!(told("{ post(limit: 3 { id } }"), ["`(` is never closed"]);
}

#[test]
fn syntax() {
    for (text, source) in [
        ("{ post { } }", "}"),
        ("{ post() }", ")"),
        ("{ post(limit: ) }", ")"),
        ("{ post(limit 3) }", "limit"),
        ("{ post(limit) }", "limit"),
        ("{ post(where: {a}) }", "a"),
        ("{ post(where: {a: }) }", "}"),
        ("{ post(where: {a: {in: [:]}}) }", ":"),
        ("{ post(where: {1: 2}) }", "1"),
        ("{ post(1) }", "1"),
        ("{ post(limit: 3; offset: 2) }", ";"),
        ("{ post(where: {a: $}) }", "}"),
        ("{ post @ { id } }", "{"),
        ("{ post { a: } }", "}"),
        ("{ post { a ! } b }", "!"),
        ("{ post { \"a\" } }", "\"a\""),
        ("{ post { ä } }", "ä"),
        ("{ post { a... } }", "..."),
        ("{ post { a.b } }", "."),
        ("{ post { \0 } }", "\0"),
        ("{ post @joined() }", ")"),
        ("query", ""),
        ("query post", ""),
        ("query a b { post }", "b"),
        ("query [] { post }", "["),
        ("query = { post }", "="),
        ("post { id }", "post"),
        ("post(limit: 3) { id }", "post"),
        ("[{ post }]", "["),
        ("\"a\" { post }", "\"a\""),
        ("{ post } trailing", "trailing"),
    ] {
        fails(text, &[(code::SYNTAX, source, "")]);
    }
}

#[test]
fn all_syntax_errors_at_once() {
    fails(
        "{ post(limit: 01, offset: ) { a(where: {b: ?}) c(where: {d: }) { } } }",
        &[
            (code::SYNTAX, "01", ""),
            (code::SYNTAX, ")", ""),
            (code::SYNTAX, "?", ""),
            (code::SYNTAX, "}", ""),
            (code::SYNTAX, "}", ""),
        ],
    );
    fails("{ post(limit, frist: 3) { tags @nope } }", &[(code::SYNTAX, "limit", "")]);
}

#[test]
fn foreign_definitions() {
    for (text, source) in [
        ("mutation { post }", "mutation"),
        ("subscription S { post }", "subscription"),
        ("{ post } fragment F on post { id }", "fragment"),
        ("type post { id: Int }", "type"),
        ("extend type post { id: Int }", "extend"),
        ("{ post } scalar X", "scalar"),
        ("directive @x on FIELD", "directive"),
    ] {
        fails(text, &[(code::SYNTAX, source, "")]);
    }
    fails("{ post { ...F } }", &[(code::SYNTAX, "...F", "post")]);
    fails("{ post { tags { ... on tag { id } } } }", &[(code::SYNTAX, "... on tag { id }", "post.tags")]);
    fails("{ ...F }", &[(code::SYNTAX, "...F", "")]);
    fails("query Q @auto(a: 1) { post }", &[(code::MISPLACED, "@auto", "")]);
    fails("query Q($x: Int) @auto { post }", &[(code::MISPLACED, "@auto", "")]);
    for text in ["{ post { ... } }", "{ post { ...@a } }", "{ post { ... on { id } } }"] {
        assert!(told(text)[0].contains("a specification has no fragments"), "{:?}", told(text));
    }
}

#[test]
fn roots() {
    fails("{ post tag }", &[(code::ROOT, "tag", "")]);
    fails("{ }", &[(code::ROOT, "{ }", "")]);
    fails("query Q { # nothing\n}", &[(code::ROOT, "{ # nothing\n}", "")]);
    fails("{ post } { tag }", &[(code::ROOT, "{", "")]);
    fails("{ post } query T { tag }", &[(code::ROOT, "query", "")]);
    for text in ["", " \n,", "# nothing", "\u{feff}"] {
        fails(text, &[(code::ROOT, "no span", "")]);
        assert!(told(text)[0].contains("{ post(limit: 10)"), "{:?}", told(text));
    }
}
