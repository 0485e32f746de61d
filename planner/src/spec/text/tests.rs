//! Tests of the text form: every rule with its code and place, and text that nobody would write.

mod bounds;
mod directives;
mod syntax;

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
    parse(&format!("{{ post(where: {text}) }}"))
        .into_root()
        .arguments
        .filter
        .unwrap_or_else(|| panic!("{text}: no filter"))
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
        LoadSpec::from(
            Field::new("post")
                .alias("p")
                .load_only(["title"])
                .load(relationship("comments").alias("recent").load_only(["body"]))
                .load_only(["author"])
                .load(Field::new("key").alias("id"))
        )
    );
    assert_eq!(parse("{ query { where type on null fragment } }").into_root().fields.map(|f| f.len()), Some(5));
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
    assert_eq!(value("9223372036854775808"), Value::from(1_u64 << 63));
    assert_eq!(value("18446744073709551615"), Value::from(u64::MAX));
    filter_fails("{a: 18446744073709551616}", code::OUT_OF_RANGE, "18446744073709551616");
    filter_fails("{a: {in: [1, -9223372036854775809]}}", code::OUT_OF_RANGE, "-9223372036854775809");
    filter_fails("{a: 1e999}", code::OUT_OF_RANGE, "1e999");
    filter_fails("{a: {gt: -1e999}}", code::OUT_OF_RANGE, "-1e999");
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
    let of = |text: &str| parse(&format!("{{ post(order: {text}) }}")).into_root().arguments.order;
    assert_eq!(of(r#"["-a", "b"]"#), LoadSpec::new("post").order(["-a", "b"]).into_root().arguments.order);
    assert_eq!(of(r#""a""#), LoadSpec::new("post").order(["a"]).into_root().arguments.order);
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
    let most = parse("{ post(limit: 0, offset: 9223372036854775807) }").into_root().arguments;
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
    filter_fails("{a: {is_null: 1}}", code::ARGUMENT_TYPE, "1");
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
