//! Tests of the text form: every rule with its code and place, and text that nobody would write.

use super::MAX_DEPTH;
use crate::error::{ErrorKind, Errors, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use crate::spec::{Field, LoadSpec, Strategy, auto, joined, lazy, relationship, selectin};
use crate::value::Value;

fn parse(text: &str) -> LoadSpec {
    LoadSpec::parse(text).unwrap_or_else(|errors| panic!("{text}\n{errors}"))
}

fn errors(text: &str) -> Errors {
    match LoadSpec::parse(text) {
        Ok(spec) => panic!("{text}\nis accepted: {spec:#?}"),
        Err(errors) => errors,
    }
}

/// Asserts code, source and path of every problem of `text`, in order.
#[track_caller]
fn fails(text: &str, expected: &[(&str, &str, &str)]) {
    let errors = errors(text);
    let found: Vec<_> = errors
        .all()
        .iter()
        .map(|e| (e.code, e.at.span.map_or("no span", |span| &text[span.range()]), e.at.path.as_str()))
        .collect();
    assert_eq!(found, expected, "\n{text}\n{errors}");
}

/// The messages and helps of all problems of `text`.
fn told(text: &str) -> Vec<String> {
    errors(text)
        .into_iter()
        .map(|e| match e.help {
            Some(help) => format!("{}; {help}", e.message),
            None => e.message,
        })
        .collect()
}

/// The filter of `{ post(where: …) }`.
fn filter(text: &str) -> Filter {
    parse(&format!("{{ post(where: {text}) }}")).root.arguments.filter.unwrap_or_else(|| panic!("{text}: no filter"))
}

/// Asserts the one problem of `{ post(where: …) }`.
#[track_caller]
fn filter_fails(text: &str, code: &str, source: &str) {
    fails(&format!("{{ post(where: {text}) }}"), &[(code, source, "post")]);
}

fn column(name: &str, test: Comparison) -> Filter {
    Filter::Column { name: name.into(), test, at: At::default() }
}

fn related(name: &str, quantifier: Quantifier, filter: Filter) -> Filter {
    Filter::Relationship { name: name.into(), quantifier, filter: Box::new(filter), at: At::default() }
}

#[test]
fn fields() {
    assert_eq!(parse("{ post }"), LoadSpec::new("post"));
    assert_eq!(parse("query { post }"), LoadSpec::new("post"));
    assert_eq!(parse("query Posts { post }"), LoadSpec::new("post"));
    assert_eq!(parse("\u{feff}{ post }\n# end"), LoadSpec::new("post"));
    assert_eq!("{ post { id } }".parse(), Ok(LoadSpec::new("post").load_only(["id"])));
    assert_eq!(
        parse("{ p: post { title, recent: comments { body } author id: key } }"),
        LoadSpec {
            root: Field::new("post")
                .alias("p")
                .load_only(["title"])
                .load(relationship("comments").alias("recent").load_only(["body"]))
                .load_only(["author"])
                .load(Field::new("key").alias("id"))
        }
    );
    assert_eq!(parse("{ query { where type on null fragment } }").root.fields.map(|f| f.len()), Some(5));
}

#[test]
fn the_example_of_the_design() {
    let text = r#"
{
  post(where: {published: true, title: {like: "%rust%"}}, order: ["-created_at", "title"], limit: 10, offset: 0) {
    title
    author @joined(inner: true) { name }
    tags(order: ["name"], limit: 3) @selectin { name slug }
    recent: comments(where: {created_at: {gt: $since}}, limit: 5) { body }
    comments @auto
  }
}"#;
    let since = Comparison::Compare(CompareOp::Gt, Operand::Variable("since".into()));
    let expected = LoadSpec::new("post")
        .filter(Filter::eq("published", true))
        .filter(Filter::like("title", "%rust%"))
        .order(["-created_at", "title"])
        .limit(10)
        .offset(0)
        .load_only(["title"])
        .load(joined("author").inner().load_only(["name"]))
        .load(selectin("tags").order(["name"]).limit(3).load_only(["name", "slug"]))
        .load(relationship("comments").alias("recent").filter(column("created_at", since)).limit(5).load_only(["body"]))
        .load(auto("comments"));
    assert_eq!(parse(text), expected);
}

#[test]
fn places() {
    let text = r#"{ p: post( where: {a: {gt: 1}, r: {any: {}}} order: ["-x"] ) { t : tags @joined } }"#;
    let spec = parse(text);
    let slice = |at: At| at.0.map(|span| &text[span.range()]);
    assert_eq!(slice(spec.root.at), Some("post"));
    assert_eq!(slice(spec.root.arguments.at), Some(r#"( where: {a: {gt: 1}, r: {any: {}}} order: ["-x"] )"#));
    assert_eq!(slice(spec.root.arguments.order[0].at), Some("\"-x\""));
    let Some(Filter::And(filters)) = &spec.root.arguments.filter else { panic!("{spec:?}") };
    let at = |filter: &Filter| match filter {
        Filter::Column { at, .. } | Filter::Relationship { at, .. } => *at,
        _ => panic!("{filter:?}"),
    };
    assert_eq!(filters.iter().map(|f| slice(at(f))).collect::<Vec<_>>(), [Some("a"), Some("r")]);
    let tags = &spec.root.fields.as_deref().unwrap_or_default()[0];
    assert_eq!((slice(tags.at), tags.arguments.at.0), (Some("tags"), None));
}

#[test]
fn strategies() {
    let of = |text: &str| {
        let spec = parse(&format!("{{ post {{ tags {text} }} }}"));
        let tags = &spec.root.fields.as_deref().unwrap_or_default()[0];
        (tags.strategy, tags.inner)
    };
    assert_eq!(of(""), (None, false));
    assert_eq!(of("@selectin"), (Some(Strategy::Selectin), false));
    assert_eq!(of("@auto"), (Some(Strategy::Auto), false));
    assert_eq!(of("@joined"), (Some(Strategy::Joined), false));
    assert_eq!(of("@joined(inner: false)"), (Some(Strategy::Joined), false));
    assert_eq!(of("@joined(inner: true)"), (Some(Strategy::Joined), true));
}

#[test]
fn filters() {
    use CompareOp::{Eq, Ge, Gt, Le, Like, Lt, Ne, NotLike};
    assert_eq!(filter("{}"), Filter::And(vec![]));
    assert_eq!(filter("{a: 1}"), Filter::eq("a", 1));
    assert_eq!(filter("{a: null}"), Filter::eq("a", Value::Null));
    assert_eq!(filter("{b: 2, a: 1}"), Filter::And(vec![Filter::eq("b", 2), Filter::eq("a", 1)]));
    for (name, op) in [("eq", Eq), ("ne", Ne), ("lt", Lt), ("le", Le), ("gt", Gt), ("ge", Ge)] {
        assert_eq!(filter(&format!("{{a: {{{name}: 1}}}}")), Filter::compare("a", op, 1));
    }
    assert_eq!(filter(r#"{a: {like: "%"}}"#), Filter::like("a", "%"));
    assert_eq!(filter(r#"{a: {not_like: "%"}}"#), Filter::compare("a", NotLike, "%"));
    assert_eq!(filter("{a: {like: null}}"), Filter::compare("a", Like, Value::Null));
    assert_eq!(filter("{a: {ne: null}}"), Filter::compare("a", Ne, Value::Null));
    assert_eq!(filter("{a: {is_null: true}}"), column("a", Comparison::IsNull(true)));
    assert_eq!(filter("{a: {is_null: false}}"), column("a", Comparison::IsNull(false)));
    assert_eq!(
        filter("{a: {gt: 1, lt: 5}, b: 2}"),
        Filter::And(vec![Filter::compare("a", Gt, 1), Filter::compare("a", Lt, 5), Filter::eq("b", 2)])
    );
    assert_eq!(filter("{a: {in: [1, 2]}}"), Filter::is_in("a", [1, 2]));
    assert_eq!(filter("{a: {in: []}}"), Filter::is_in("a", [0; 0]));
    let list = ListOperand::Values(vec![Operand::Value(Value::Null), Operand::Variable("x".into())]);
    assert_eq!(filter("{a: {not_in: [null $x]}}"), column("a", Comparison::In { list, negated: true }));
}

#[test]
fn connectives() {
    let (a, b) = (|| Filter::eq("a", 1), || Filter::eq("b", 2));
    assert_eq!(filter("{and: [{a: 1}, {b: 2}]}"), Filter::And(vec![a(), b()]));
    assert_eq!(filter("{and: [{a: 1}]}"), Filter::And(vec![a()]));
    assert_eq!(filter("{and: []}"), Filter::And(vec![]));
    assert_eq!(filter("{or: []}"), Filter::Or(vec![]));
    assert_eq!(filter("{or: [{a: 1}, {}]}"), Filter::Or(vec![a(), Filter::And(vec![])]));
    assert_eq!(filter("{not: {a: 1}}"), Filter::Not(Box::new(a())));
    assert_eq!(
        filter("{not: {a: 1, b: 2}, or: [{b: 2}], and: [{a: 1}]}"),
        Filter::And(vec![
            Filter::Not(Box::new(Filter::And(vec![a(), b()]))),
            Filter::Or(vec![b()]),
            Filter::And(vec![a()])
        ])
    );
}

#[test]
fn relationship_filters() {
    assert_eq!(filter("{tags: {any: {}}}"), related("tags", Quantifier::Any, Filter::And(vec![])));
    assert_eq!(filter("{tags: {none: {a: 1}}}"), related("tags", Quantifier::None, Filter::eq("a", 1)));
    let name = related("author", Quantifier::Has, Filter::eq("name", "x"));
    assert_eq!(filter(r#"{author: {has: {name: "x"}}}"#), name);
    assert_eq!(filter(r#"{p: {any: {author: {has: {name: "x"}}}}}"#), related("p", Quantifier::Any, name));
    assert_eq!(
        filter("{tags: {any: {a: 1}, none: {a: 2}}}"),
        Filter::And(vec![
            related("tags", Quantifier::Any, Filter::eq("a", 1)),
            related("tags", Quantifier::None, Filter::eq("a", 2))
        ])
    );
}

#[test]
fn variables() {
    let variable = |op| column("a", Comparison::Compare(op, Operand::Variable("x".into())));
    assert_eq!(filter("{a: $x}"), variable(CompareOp::Eq));
    assert_eq!(filter("{a: {like: $ x}}"), variable(CompareOp::Like));
    let list = ListOperand::Variable("x".into());
    assert_eq!(filter("{a: {in: $x}}"), column("a", Comparison::In { list, negated: false }));
}

#[test]
fn definitions_of_variables() {
    let spec = parse("{ post(where: {a: $x, b: {in: [1, $y]}, c: {not_in: $z}}) }");
    for header in [
        "query ($x: Int)",
        "query Posts($x: Int!, $y: [[Int!]!]! $z: [String])",
        "query\nposts ( # they are many\n  $ x : Int\n  $unused: date\n)",
        "query query($query: query)",
    ] {
        assert_eq!(
            parse(&format!("{header} {{ post(where: {{a: $x, b: {{in: [1, $y]}}, c: {{not_in: $z}}}}) }}")),
            spec
        );
    }
    for (header, source) in [
        ("()", ")"),
        ("(x: Int)", "x"),
        ("($x)", ")"),
        ("($x Int)", "Int"),
        ("($: Int)", ":"),
        ("($x: )", ")"),
        ("($x: [])", "]"),
        ("($x: $y)", "$"),
        ("($x: 1)", "1"),
        ("($x: Int!!)", "!"),
        ("($x: Int y: Int)", "y"),
        ("($x: Int = )", ")"),
        ("($x: Int = $y)", "$"),
        ("($x: Int = {a})", "a"),
        ("($x: Int) ($y: Int)", "("),
        ("($x: Int) Name", "Name"),
        ("($x: Int", "("),
        ("$x: Int)", "$"),
    ] {
        let text = format!("query Q{header} {{ post }}");
        let errors = errors(&text);
        let error = errors.first();
        assert_eq!(
            (error.code, error.at.span.map(|span| &text[span.range()])),
            (code::SYNTAX, Some(source)),
            "{errors}"
        );
        assert!(errors.all().len() == 1 || header == "$x: Int)", "{errors}");
    }
    let told_of = |header: &str| told(&format!("query {header} {{ post }}"));
    assert_eq!(told_of("()"), ["expected a variable, found `)`; leave out empty parentheses"]);
    assert!(told_of("($x Int)")[0].starts_with("expected `:` and a type, found `Int`; a variable is defined as in"));
    assert!(told_of("($x: Int y)")[0].starts_with("expected a variable or `)`, found `y`"));
    fails(
        "query ($x: Int = 3, $y: [Int!] = [{a: {b: 1}}] $x: Int @deprecated) { post(limt: 1) }",
        &[
            (code::NOT_BUILT, "= 3", ""),
            (code::NOT_BUILT, "= [{a: {b: 1}}]", ""),
            (code::CONFLICT, "$x", ""),
            (code::MISPLACED, "@deprecated", ""),
            (code::UNKNOWN_ARGUMENT, "limt", "post"),
        ],
    );
    assert_eq!(told_of("($x: Int = 3)"), ["a default value of a variable is not built yet; give `$x` its value"]);
}

#[test]
fn numbers_and_booleans() {
    let value = |text: &str| match filter(&format!("{{a: {text}}}")) {
        Filter::Column { test: Comparison::Compare(CompareOp::Eq, Operand::Value(value)), .. } => value,
        other => panic!("{other:?}"),
    };
    assert_eq!(value("9223372036854775807"), Value::Integer(i64::MAX));
    assert_eq!(value("-9223372036854775808"), Value::Integer(i64::MIN));
    assert_eq!(value("-0"), Value::Integer(0));
    assert_eq!(value("1.5e-3"), Value::Float(0.0015));
    assert_eq!(value("1.7976931348623157e308"), Value::Float(f64::MAX));
    assert_eq!(value("9223372036854775808.0"), Value::Float(9_223_372_036_854_775_808.0));
    assert_eq!(value("true"), Value::Boolean(true));
    assert_eq!(value("false"), Value::Boolean(false));
    filter_fails("{a: 9223372036854775808}", code::OUT_OF_RANGE, "9223372036854775808");
    filter_fails("{a: {in: [1, -9223372036854775809]}}", code::OUT_OF_RANGE, "-9223372036854775809");
    filter_fails("{a: 1e999}", code::OUT_OF_RANGE, "1e999");
    filter_fails("{a: {gt: -1e999}}", code::OUT_OF_RANGE, "-1e999");
}

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

#[test]
fn arguments() {
    fails("{ post(frist: 3) }", &[(code::UNKNOWN_ARGUMENT, "frist", "post")]);
    assert_eq!(told("{ post(offst: 3) }"), ["no argument `offst`; did you mean `offset`?"]);
    fails("{ post { t: tags(limit: 1, limit: 2) } }", &[(code::CONFLICT, "limit", "post.t")]);
    let text = "{ post(limit: 1, limit: 2) }";
    assert_eq!(errors(text).first().at.span.map(|span| span.start), Some(17));
    for (value, source) in [("[]", "[]"), ("null", "null"), ("$w", "$w"), ("\"a\"", "\"a\"")] {
        fails(&format!("{{ post(where: {value}) }}"), &[(code::ARGUMENT_TYPE, source, "post")]);
    }
}

#[test]
fn orders() {
    let of = |text: &str| parse(&format!("{{ post(order: {text}) }}")).root.arguments.order;
    assert_eq!(of(r#"["-a", "b"]"#), LoadSpec::new("post").order(["-a", "b"]).root.arguments.order);
    assert_eq!(of(r#""a""#), LoadSpec::new("post").order(["a"]).root.arguments.order);
    assert_eq!(of("[]"), []);
    for source in ["\"\"", "\"-\"", "a", "1", "null", "{a: 1}", "[\"a\"]"] {
        fails(&format!("{{ post(order: [\"b\", {source}]) }}"), &[(code::ARGUMENT_TYPE, source, "post")]);
    }
    fails("{ post(order: $o) }", &[(code::NOT_BUILT, "$o", "post")]);
    assert_eq!(
        told("{ post(order: [created_at]) }"),
        [r#"`order` takes names of columns as strings, found a bare name; text stands in double quotes: "created_at""#]
    );
}

#[test]
fn limits_and_offsets() {
    let most = parse("{ post(limit: 0, offset: 9223372036854775807) }").root.arguments;
    assert_eq!((most.limit, most.offset), (Some(0), Some(i64::MAX as u64)));
    for name in ["limit", "offset"] {
        for (value, code) in [
            ("-1", code::OUT_OF_RANGE),
            ("9223372036854775808", code::OUT_OF_RANGE),
            ("1.0", code::ARGUMENT_TYPE),
            ("null", code::ARGUMENT_TYPE),
            ("\"1\"", code::ARGUMENT_TYPE),
            ("[1]", code::ARGUMENT_TYPE),
            ("$n", code::NOT_BUILT),
        ] {
            fails(&format!("{{ post {{ tags({name}: {value}) }} }}"), &[(code, value, "post.tags")]);
        }
    }
    assert_eq!(told("{ post(limit: $n) }"), ["a variable for `limit` is not built yet"]);
    assert_eq!(
        told("{ post(limit: -1) }"),
        ["`limit` takes 0 to 9223372036854775807, found -1; leave `limit` out for all rows"]
    );
}

#[test]
fn wrong_filters() {
    filter_fails("{a: [1]}", code::ARGUMENT_TYPE, "[1]");
    filter_fails("{a: draft}", code::ARGUMENT_TYPE, "draft");
    filter_fails("{a: {eq: [1]}}", code::ARGUMENT_TYPE, "[1]");
    filter_fails("{a: {eq: {b: 1}}}", code::ARGUMENT_TYPE, "{b: 1}");
    filter_fails("{a: {like: 1}}", code::ARGUMENT_TYPE, "1");
    filter_fails("{a: {in: 1}}", code::ARGUMENT_TYPE, "1");
    filter_fails("{a: {in: [1, [2]]}}", code::ARGUMENT_TYPE, "[2]");
    filter_fails("{a: {is_null: 1}}", code::ARGUMENT_TYPE, "1");
    filter_fails("{a: {is_null: $x}}", code::NOT_BUILT, "$x");
    filter_fails("{a: {}}", code::ARGUMENT_TYPE, "{}");
    filter_fails("{r: {any: true}}", code::ARGUMENT_TYPE, "true");
    filter_fails("{r: {has: $x}}", code::ARGUMENT_TYPE, "$x");
    filter_fails("{r: {none: [{}]}}", code::ARGUMENT_TYPE, "[{}]");
    filter_fails("{and: {a: 1}}", code::ARGUMENT_TYPE, "{a: 1}");
    filter_fails("{or: [1]}", code::ARGUMENT_TYPE, "1");
    filter_fails("{not: [{a: 1}]}", code::ARGUMENT_TYPE, "[{a: 1}]");
    filter_fails("{not: null}", code::ARGUMENT_TYPE, "null");
    filter_fails("{a: {equals: 1}}", code::UNKNOWN_OPERATOR, "equals");
    filter_fails("{author: {name: 1}}", code::UNKNOWN_OPERATOR, "name");
    filter_fails("{a: {gt: 1, any: {}}}", code::CONFLICT, "any");
    filter_fails("{a: {any: {}, gt: 1}}", code::CONFLICT, "gt");
    filter_fails("{a: 1, a: 2}", code::CONFLICT, "a");
    filter_fails("{and: [], and: []}", code::CONFLICT, "and");
    filter_fails("{a: {gt: 1, gt: 2}}", code::CONFLICT, "gt");
    assert_eq!(
        told("{ p(where: {a: {eq: [1]}}) }"),
        ["`eq` takes one value, found a list; a list goes with `in`: `{in: […]}`"]
    );
    assert_eq!(told("{ p(where: {a: {gte: 1}}) }"), ["no operator `gte`; did you mean `ge`?"]);
    fails(
        "{ post { tags(where: {a: [1], b: {nope: 1}, or: [{c: x}]}) } }",
        &[
            (code::ARGUMENT_TYPE, "[1]", "post.tags"),
            (code::UNKNOWN_OPERATOR, "nope", "post.tags"),
            (code::ARGUMENT_TYPE, "x", "post.tags"),
        ],
    );
}

#[test]
fn wrong_directives() {
    let fails_on_tags = |text: &str, code: &str, source: &str| {
        fails(&format!("{{ post {{ tags {text} {{ id }} }} }}"), &[(code, source, "post.tags")]);
    };
    for name in ["@selectin", "@subquery", "@auto", "@lazy", "@raise", "@noload"] {
        fails_on_tags(&format!("{name}(inner: true)"), code::UNKNOWN_ARGUMENT, "inner");
        assert_eq!(
            told(&format!("{{ p {{ t {name}(depth: 3) }} }}")),
            [format!("`{name}` has no argument `depth`; write `{name}` alone")]
        );
    }
    fails_on_tags("@selectin @joined", code::CONFLICT, "@joined");
    fails_on_tags("@auto @auto", code::CONFLICT, "@auto");
    fails_on_tags("@auto @lazy", code::CONFLICT, "@lazy");
    fails_on_tags("@skip(if: true)", code::UNKNOWN_ARGUMENT, "@skip");
    fails_on_tags("@include(if: $x)", code::UNKNOWN_ARGUMENT, "@include");
    fails_on_tags("@selctin", code::UNKNOWN_ARGUMENT, "@selctin");
    fails_on_tags("@joined(iner: true)", code::UNKNOWN_ARGUMENT, "iner");
    fails_on_tags("@joined(inner: 1)", code::ARGUMENT_TYPE, "1");
    fails_on_tags("@joined(inner: $x)", code::ARGUMENT_TYPE, "$x");
    fails_on_tags("@joined(inner: true, inner: false)", code::CONFLICT, "inner");
    fails(
        "{ post { a @link @link b @lazy @auto } }",
        &[
            (code::ARGUMENT_TYPE, "@link", "post.a"),
            (code::CONFLICT, "@link", "post.a"),
            (code::CONFLICT, "@auto", "post.b"),
        ],
    );
    for name in ["@selectin", "@joined", "@auto", "@lazy", "@subquery", "@raise", "@noload", "@recurse", "@link"] {
        fails(&format!("{{ post {name} }}"), &[(code::MISPLACED, name, "post")]);
    }
    assert_eq!(told("{ p { t @selctin } }"), ["no directive `@selctin`; did you mean `@selectin`?"]);
    for name in ["skip", "include"] {
        assert!(told(&format!("{{ p {{ t @{name} }} }}"))[0].contains("there are `@selectin`, `@joined`"));
    }
}

#[test]
fn directives() {
    let tags = |text: &str| {
        let fields = parse(&format!("{{ post {{ tags {text} }} }}")).root.fields.unwrap_or_default();
        fields.into_iter().next().unwrap_or_else(|| panic!("{text}: no field"))
    };
    assert_eq!(tags("@recurse"), relationship("tags").recurse());
    assert_eq!(tags("@recurse(depth: 0)"), relationship("tags").recurse_to(0));
    assert_eq!(tags("@lazy @recurse(depth: 2)"), lazy("tags").recurse_to(2));
    assert_eq!(tags("@default(strategy: raise)"), relationship("tags").default_strategy(Strategy::Raise));
    assert_eq!(tags("@default(strategy: \"noload\")"), relationship("tags").default_strategy(Strategy::NoLoad));
    assert_eq!(tags("@link(columns: [\"a b\", \"c\"])"), relationship("tags").link(["a b", "c"]));
    assert_eq!(tags("@link(columns: \"a\") @joined(inner: true)"), joined("tags").inner().link(["a"]));
    assert_eq!(tags("@link(columns: [])"), relationship("tags").link([""; 0]));
    assert_eq!(tags("@except(columns: [\"a\"]) { b }"), relationship("tags").except(["a"]).load(relationship("b")));
    assert_eq!(
        parse("{ post @except(columns: \"body\") @default(strategy: selectin) }"),
        LoadSpec::new("post").except(["body"]).default_strategy(Strategy::Selectin)
    );
    for strategy in Strategy::ALL {
        assert_eq!(tags(&format!("@default(strategy: {})", strategy.name())).default_strategy, Some(strategy));
        assert_eq!(tags(&format!("@{}", strategy.name())), relationship("tags").strategy(strategy));
    }
    let text = "{ post { tags @link(columns: [\"a\"]) @recurse(depth: 1) @except(columns: []) } }";
    let tags = &parse(text).root.fields.unwrap_or_default()[0];
    let slice = |at: Option<At>| at.and_then(|at| at.0).map(|span| &text[span.range()]);
    assert_eq!(slice(tags.link.as_ref().map(|list| list.at)), Some("@link"));
    assert_eq!(slice(tags.recurse.as_ref().map(|recurse| recurse.at)), Some("@recurse"));
    assert_eq!(slice(tags.except.as_ref().map(|list| list.at)), Some("@except"));
}

#[test]
fn wrong_arguments_of_directives() {
    let fails_on_tags = |text: &str, code: &str, source: &str| {
        fails(&format!("{{ post {{ tags {text} {{ id }} }} }}"), &[(code, source, "post.tags")]);
    };
    let told_of_tags = |text: &str| told(&format!("{{ post {{ tags {text} }} }}"));
    for (directive, argument) in [("@except", "columns"), ("@link", "columns"), ("@default", "strategy")] {
        fails_on_tags(directive, code::ARGUMENT_TYPE, directive);
        let twice = format!("{directive}({argument}: \"lazy\") {directive}");
        fails_on_tags(&twice, code::CONFLICT, directive);
    }
    for directive in ["@except", "@link"] {
        for (value, source) in
            [("1", "1"), ("a", "a"), ("[\"a\", b]", "b"), ("[[]]", "[]"), ("null", "null"), ("$c", "$c"), ("{}", "{}")]
        {
            fails_on_tags(&format!("{directive}(columns: {value})"), code::ARGUMENT_TYPE, source);
        }
        fails_on_tags(&format!("{directive}(column: [\"a\"])"), code::UNKNOWN_ARGUMENT, "column");
        fails_on_tags(&format!("{directive}(columns: \"a\", columns: \"a\")"), code::CONFLICT, "columns");
    }
    for value in ["1", "null", "true", "$s", "[raise]", "{}"] {
        fails_on_tags(&format!("@default(strategy: {value})"), code::ARGUMENT_TYPE, value);
    }
    for value in ["rais", "\"\"", "\"Raise\""] {
        fails_on_tags(&format!("@default(strategy: {value})"), code::UNKNOWN_ARGUMENT, value);
    }
    for (value, code) in [
        ("-1", code::OUT_OF_RANGE),
        ("9223372036854775808", code::OUT_OF_RANGE),
        ("1.0", code::ARGUMENT_TYPE),
        ("null", code::ARGUMENT_TYPE),
        ("\"1\"", code::ARGUMENT_TYPE),
        ("[1]", code::ARGUMENT_TYPE),
        ("$n", code::NOT_BUILT),
    ] {
        fails_on_tags(&format!("@recurse(depth: {value})"), code, value);
    }
    fails_on_tags("@recurse @recurse(depth: 1)", code::CONFLICT, "@recurse");
    fails_on_tags("@recurse(dept: 1)", code::UNKNOWN_ARGUMENT, "dept");
    assert_eq!(told_of_tags("@default"), ["`@default` needs `strategy`; write `@default(strategy: raise)`"]);
    assert_eq!(told_of_tags("@link"), ["`@link` needs `columns`; write `@link(columns: [\"name\"])`"]);
    assert_eq!(told_of_tags("@default(strategy: rais)"), ["no strategy `rais`; did you mean `raise`?"]);
    assert_eq!(told_of_tags("@recurse(dept: 1)"), ["`@recurse` has no argument `dept`; did you mean `depth`?"]);
    assert_eq!(
        told_of_tags("@recurse(depth: -1)"),
        ["`depth` takes 0 to 9223372036854775807, found -1; leave `depth` out for all levels"]
    );
    assert_eq!(
        told_of_tags("@except(columns: [body])"),
        [r#"`columns` takes names of columns as strings, found a bare name; text stands in double quotes: "body""#]
    );
    fails(
        "{ post @link(columns: 1) @default(strategy: no) { a @link(colums: 1) @except } }",
        &[
            (code::MISPLACED, "@link", "post"),
            (code::UNKNOWN_ARGUMENT, "no", "post"),
            (code::UNKNOWN_ARGUMENT, "colums", "post.a"),
            (code::ARGUMENT_TYPE, "@except", "post.a"),
        ],
    );
}

/// Runs `work` on a third of the stack that a thread has by default.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(768 << 10).spawn(work);
    assert!(thread.unwrap().join().is_ok());
}

#[test]
fn depth() {
    on_a_small_stack(|| {
        let nested = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
        let relationships = nested("{ a ", "}", 200);
        assert!(LoadSpec::parse(&relationships).is_ok());
        assert!(LoadSpec::parse(&nested("{ a ", "}", MAX_DEPTH)).is_ok());
        let filters = |n| nested("{a: {any: ", "}}", n).replace('x', "{}");
        assert!(LoadSpec::parse(&format!("{{ post(where: {}) }}", filters(126))).is_ok());
        assert!(
            LoadSpec::parse(&format!("{{ post(where: {}) }}", nested("{not: ", "}", 250).replace('x', "{}"))).is_ok()
        );
        for n in [MAX_DEPTH + 1, 10_000, 1_000_000] {
            for text in [
                nested("{ a ", "}", n),
                "{".repeat(n),
                "{ a ".repeat(n),
                "[".repeat(n),
                "(".repeat(n),
                "{ ... ".repeat(n),
                "query ($x: ".to_owned() + &"[".repeat(n),
                format!("{{ post(where: {}) }}", nested("{a: ", "}", n)),
                format!("{{ post(where: {}) }}", filters(n)),
                format!("{{ post(where: {}) }}", nested("{and: [", "]}", n)),
                format!("{{ post(where: {{a: {}}}) }}", nested("[", "]", n)),
                format!("{{ post(where: {}", "{not: ".repeat(n)),
            ] {
                let errors = LoadSpec::parse(&text).unwrap_err();
                assert_eq!(errors.all().last().map(|e| e.code), Some(code::TOO_DEEP), "{errors}");
                assert!(errors.first().at.span.is_some());
            }
            // Closed by the wrong brackets, they never pile up for the scan.
            for text in ["{ a ) ".repeat(n), "{a([}".repeat(n), "([)".repeat(n), "}{".repeat(n), "{a(b:[)".repeat(n)] {
                assert!(LoadSpec::parse(&text).is_err());
            }
        }
    });
}

#[test]
fn size() {
    fails(&" ".repeat(super::MAX_BYTES + 1), &[(code::OUT_OF_RANGE, "no span", "")]);
    let long = "a".repeat(1 << 20);
    let errors = errors(&format!("{{ {long}({long}: 1, limit: {long}) {{ {long}(order: {long}) @{long} }} }}"));
    assert_eq!(errors.all().len(), 4);
    assert!(errors.to_string().len() < 2000, "{errors}");
}

#[test]
fn problems_are_bounded() {
    for text in [
        format!("{{ post({}) }}", "a: 1, a: 1,".repeat(1000)),
        format!("{{ post {{ {} }} }}", "?".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(limit: 01, order: ) ".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(limit:)".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(b)".repeat(1000)),
        "type ".repeat(1000) + &"} type".repeat(1000),
        "{}".repeat(1000),
    ] {
        let errors = errors(&text);
        assert!((2..=101).contains(&errors.all().len()), "{text}: {errors}");
    }
}

/// Valid specifications that the mutation test starts from.
const VALID: [&str; 33] = [
    "query Q($x: Int!, $y: [Int!]) { post(where: {a: $x, b: {in: $y}}) { id } }",
    r#"{ post @except(columns: ["body", "a b"]) @default(strategy: raise) { tags @lazy author @raise } }"#,
    r#"{ post { replies @recurse(depth: 2) { id } tags @subquery @link(columns: "at") up: parent @noload @recurse } }"#,
    "{ post }",
    "query { post }",
    "query Posts { post { id } }",
    "{ post { title author { name } } }",
    "{ p: post { t: title a: author { n: name } } }",
    "{ post(limit: 10) { id } }",
    "{ post(limit: 10, offset: 5) }",
    "{ post(offset: 0 limit: 9223372036854775807) }",
    r#"{ post(order: ["-created_at", "title"]) }"#,
    r#"{ post(order: "title") { id } }"#,
    "{ post { author @joined { name } } }",
    "{ post { author @joined(inner: true) { name } } }",
    "{ post { tags @selectin { name slug } comments @auto } }",
    "{ post(where: {}) }",
    "{ post(where: {published: true, draft: false, x: null}) }",
    r#"{ post(where: {title: "a\n\t\"b\" ä 😀"}) }"#,
    r#"{ post(where: {title: "\u00e4\ud83d\ude00\u{1F600}"}) }"#,
    "{ post(where: {body: \"\"\"\n  block\n    string \\\"\"\"\n\"\"\"}) }",
    "{ post(where: {a: {eq: 1, ne: 2, lt: 3, le: 4, gt: 5, ge: 6}}) }",
    r#"{ post(where: {a: {like: "%x%", not_like: "_"}}) }"#,
    "{ post(where: {a: {in: [1, 2, 3], not_in: []}}) }",
    "{ post(where: {a: {is_null: true}, b: {is_null: false}}) }",
    "{ post(where: {a: -1.5e-10, b: 0.0, c: 1E+3, d: -0}) }",
    "{ post(where: {a: $x, b: {in: $y}, c: {in: [$z, 1]}}) }",
    "{ post(where: {and: [{a: 1}, {b: 2}], or: [{c: 3}], not: {d: 4}}) }",
    "{ post(where: {tags: {any: {name: \"x\"}, none: {}}, author: {has: {age: {gt: 3}}}}) }",
    "# comment\n{ post, # another\n { id, title, } }\n",
    "\u{feff}{\tpost\r\n{\rid } }",
    "{ a { b { c { d { e { f { g { h } } } } } } } }",
    r#"{ post(where: {published: true, title: {like: "%rust%"}}, order: ["-created_at"], limit: 10) {
        title recent: comments(where: {created_at: {gt: $since}}, limit: 5) { body } } }"#,
];

/// A linear congruential generator: the same mutations on every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A few changes to one of [`VALID`]: bytes replaced, dropped, doubled, inserted, pieces of another one spliced in.
fn mutated(random: &mut Lcg) -> String {
    const BYTES: &[u8] = b"{}()[]:,$@!=|&.\"\\#'-+0123456789eExu \n\rabtruefalsenull_\0\xc3\xa4\xf0\x9f";
    let mut bytes = VALID[random.below(VALID.len())].as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let byte = BYTES[random.below(BYTES.len())];
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(at),
            3 => {
                let end = at + random.below(bytes.len() - at + 1);
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = VALID[random.below(VALID.len())].as_bytes();
                let start = random.below(other.len());
                let end = start + random.below(other.len() - start + 1);
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            _ => bytes.insert(at, byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn mutations_never_panic() {
    for text in VALID {
        parse(text);
    }
    let mut random = Lcg(1);
    for _ in 0..5000 {
        let text = mutated(&mut random);
        if let Err(errors) = LoadSpec::parse(&text) {
            for error in errors.all() {
                let span = error.at.span.map_or(0..0, |span| span.range());
                assert!(text.get(span).is_some(), "{text:?}: {error:?}");
                assert_ne!(error.kind, ErrorKind::Bug, "{text:?}: {error}");
            }
        }
    }
}
