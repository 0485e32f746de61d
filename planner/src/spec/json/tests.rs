//! Tests of the JSON form: every rule with its code and path, and JSON that nobody would write.

use super::MAX_DEPTH;
use crate::error::{Errors, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use crate::spec::depth;
use crate::spec::shape::BindValue;
use crate::spec::{Field, LoadSpec, Strategy, joined, lazy, relationship, variables_from_json};
use crate::value::Value;

fn read(json: &str) -> LoadSpec {
    LoadSpec::from_json(json).unwrap_or_else(|errors| panic!("{json}\n{errors}"))
}

fn errors(json: &str) -> Errors {
    match LoadSpec::from_json(json) {
        Ok(spec) => panic!("{json}\nis accepted: {spec:#?}"),
        Err(errors) => errors,
    }
}

/// Asserts code and path of every problem, in order.
#[track_caller]
fn fails(json: &str, expected: &[(&str, &str)]) {
    let errors = errors(json);
    let found: Vec<_> = errors.all().iter().map(|e| (e.code, e.at.path.as_str())).collect();
    assert_eq!(found, expected, "\n{json}\n{errors}");
}

/// The messages and helps of all problems.
fn told(json: &str) -> Vec<String> {
    errors(json)
        .into_iter()
        .map(|e| match e.help {
            Some(help) => format!("{}; {help}", e.message),
            None => e.message,
        })
        .collect()
}

fn filter(json: &str) -> Filter {
    let spec = read(&format!(r#"{{"post": {{"where": {json}}}}}"#));
    spec.into_root().arguments.filter.unwrap_or_else(|| panic!("{json}: no filter"))
}

#[track_caller]
fn filter_fails(json: &str, code: &str, path: &str) {
    fails(&format!(r#"{{"post": {{"where": {json}}}}}"#), &[(code, &format!("post.where{path}"))]);
}

/// The one field of a root that `json` describes.
fn tags(json: &str) -> Field {
    let fields = read(&format!(r#"{{"post": {{"fields": [{json}]}}}}"#)).into_root().fields.unwrap_or_default();
    fields.into_iter().next().unwrap_or_else(|| panic!("{json}: no field"))
}

#[track_caller]
fn tags_fail(options: &str, code: &str) {
    fails(&format!(r#"{{"post": {{"fields": [{{"name": "tags", {options}}}]}}}}"#), &[(code, "post.tags")]);
}

#[test]
fn fields() {
    assert_eq!(read(r#"{"post": {}}"#), LoadSpec::new("post"));
    assert_eq!(read("\u{feff} {\"a b\": {\"alias\": \"\", \"fields\": [\"c d\"]}}\n"), {
        LoadSpec::from(Field::new("a b").alias("").load_only(["c d"]))
    });
    assert_eq!(tags(r#""tags""#), relationship("tags"));
    assert_eq!(tags(r#"{"fields": ["name"], "name": "tags"}"#), relationship("tags").load_only(["name"]));
    assert_eq!(tags(r#"{"name": "tags", "alias": "t"}"#), relationship("tags").alias("t"));
    assert_eq!(tags(r#"{"name": "tags", "strategy": "lazy", "recurse": true}"#), lazy("tags").recurse());
    assert_eq!(tags(r#"{"name": "tags", "recurse": {"depth": 0}}"#), relationship("tags").recurse_to(0));
    assert_eq!(tags(r#"{"name": "tags", "recurse": {}}"#), relationship("tags").recurse());
    assert_eq!(tags(r#"{"name": "tags", "recurse": false, "inner": false}"#), relationship("tags"));
    assert_eq!(tags(r#"{"name": "tags", "strategy": "joined", "inner": true}"#), joined("tags").inner());
    assert_eq!(tags(r#"{"name": "tags", "inner": true}"#), relationship("tags").inner());
    assert_eq!(
        tags(r#"{"name": "tags", "except": ["a", "b"], "link": "at", "default": "raise"}"#),
        relationship("tags").except(["a", "b"]).link(["at"]).default_strategy(Strategy::Raise)
    );
    assert_eq!(
        tags(r#"{"name": "tags", "order": ["-a", "b", {"column": "-c"}, {"column": "d", "descending": true}]}"#),
        {
            let mut tags = relationship("tags").order(["-a", "b", "c", "-d"]);
            tags.arguments.order[2].column = "-c".into();
            tags
        }
    );
    assert_eq!(
        read(r#"{"post": {"order": "a", "limit": 0, "offset": 9223372036854775807}}"#),
        LoadSpec::new("post").order(["a"]).limit(0).offset(i64::MAX as u64)
    );
}

#[test]
fn filters() {
    assert_eq!(filter("{}"), Filter::And(vec![]));
    assert_eq!(filter(r#"{"a": 1}"#), Filter::eq("a", 1));
    assert_eq!(filter(r#"{"b": null, "a": {"gt": 1.0, "lt": 5}}"#), {
        let first = Filter::eq("b", Value::Null);
        first.and(Filter::compare("a", CompareOp::Gt, 1.0)).and(Filter::compare("a", CompareOp::Lt, 5))
    });
    let compare =
        |op, operand| Filter::Column { name: "a".into(), test: Comparison::Compare(op, operand), at: At(None) };
    let x = || Operand::Variable("x".into());
    assert_eq!(filter(r#"{"a": {"$": "x"}}"#), compare(CompareOp::Eq, x()));
    assert_eq!(filter(r#"{"a": {"like": {"$": "x"}}}"#), compare(CompareOp::Like, x()));
    assert_eq!(filter(r#"{"a": {"$bytes": "AP8="}}"#), Filter::eq("a", vec![0_u8, 255]));
    assert_eq!(filter(r#"{"a": {"ne": {"$bytes": ""}}}"#), Filter::compare("a", CompareOp::Ne, vec![]));
    let list =
        |list, negated| Filter::Column { name: "a".into(), test: Comparison::In { list, negated }, at: At(None) };
    assert_eq!(
        filter(r#"{"a": {"in": [1, {"$": "x"}, null, {"$bytes": "AA=="}]}}"#),
        list(
            ListOperand::Values(vec![
                Operand::Value(1.into()),
                x(),
                Operand::Value(Value::Null),
                Operand::Value(vec![0].into())
            ]),
            false
        )
    );
    assert_eq!(filter(r#"{"a": {"not_in": {"$": "x"}}}"#), list(ListOperand::Variable("x".into()), true));
    assert_eq!(filter(r#"{"a": {"is_null": false}}"#), Filter::is_not_null("a"));
    assert_eq!(
        filter(r#"{"or": [{"a": 1}, {}], "not": {"and": [{"b": 2}]}, "r": {"has": {"$": 3}}}"#),
        Filter::And(vec![
            Filter::Or(vec![Filter::eq("a", 1), Filter::And(vec![])]),
            Filter::Not(Box::new(Filter::And(vec![Filter::eq("b", 2)]))),
            Filter::Relationship {
                name: "r".into(),
                quantifier: Quantifier::Has,
                filter: Box::new(Filter::eq("$", 3)),
                at: At::default()
            },
        ])
    );
}

#[test]
fn numbers() {
    let value = |json: &str| match filter(&format!(r#"{{"a": {json}}}"#)) {
        Filter::Column { test: Comparison::Compare(_, Operand::Value(value)), .. } => value,
        other => panic!("{other:?}"),
    };
    assert_eq!(value("-9223372036854775808"), Value::Integer(i64::MIN));
    assert_eq!(value("9223372036854775807"), Value::Integer(i64::MAX));
    assert_eq!(value("1.0"), Value::Float(1.0));
    assert_eq!(value("1e3"), Value::Float(1000.0));
    assert_eq!(value("3.6296642546030226e+301"), Value::Float(3.629_664_254_603_022_6e301));
    // What serde_json makes of a number under `arbitrary_precision`.
    assert_eq!(value(r#"{"$serde_json::private::Number": "12"}"#), Value::Integer(12));
    assert_eq!(value(r#"{"$serde_json::private::Number": "1.5"}"#), Value::Float(1.5));
    assert_eq!(value("9223372036854775808"), Value::from(1_u64 << 63));
    assert_eq!(value("18446744073709551615"), Value::from(u64::MAX));
    assert_eq!(value(r#"{"$serde_json::private::Number": "18446744073709551615"}"#), Value::from(u64::MAX));
    filter_fails(r#"{"a": {"$serde_json::private::Number": "18446744073709551616"}}"#, code::OUT_OF_RANGE, ".a");
    for long in ["18446744073709551616", "-9223372036854775809", "100000000000000000000000000000"] {
        let json = format!(r#"{{"post": {{"where": {{"a": {{"in": ["\\\"{long}", {long}]}}, "b": 1e40}}}}}}"#);
        let errors = errors(&json);
        let [error] = errors.all() else { panic!("{errors}") };
        assert_eq!((error.code, &json[error.at.span.unwrap().range()]), (code::OUT_OF_RANGE, long));
    }
    let json = r#"{"post": {"where": {"a": 1e999}}}"#;
    assert_eq!(errors(json).first().code, code::OUT_OF_RANGE);
}

#[test]
fn wrong_filters() {
    filter_fails(r#"{"a": [1]}"#, code::ARGUMENT_TYPE, ".a");
    filter_fails(r#"{"a": {"eq": [1]}}"#, code::ARGUMENT_TYPE, ".a.eq");
    filter_fails(r#"{"a": {"eq": {"b": 1}}}"#, code::ARGUMENT_TYPE, ".a.eq");
    filter_fails(r#"{"a": {"like": 1}}"#, code::ARGUMENT_TYPE, ".a.like");
    filter_fails(r#"{"a": {"like": {"$bytes": ""}}}"#, code::ARGUMENT_TYPE, ".a.like");
    filter_fails(r#"{"a": {"in": 1}}"#, code::ARGUMENT_TYPE, ".a.in");
    filter_fails(r#"{"a": {"in": [[1]]}}"#, code::ARGUMENT_TYPE, ".a.in");
    filter_fails(r#"{"a": {"is_null": 1}}"#, code::ARGUMENT_TYPE, ".a.is_null");
    filter_fails(r#"{"a": {"is_null": {"$": 1}}}"#, code::ARGUMENT_TYPE, ".a.is_null");
    filter_fails(r#"{"a": {}}"#, code::ARGUMENT_TYPE, ".a");
    filter_fails(r#"{"a": {"$": 1}}"#, code::ARGUMENT_TYPE, ".a");
    filter_fails(r#"{"a": {"$bytes": "a"}}"#, code::ARGUMENT_TYPE, ".a");
    filter_fails(r#"{"a": {"$bytes": [1]}}"#, code::ARGUMENT_TYPE, ".a");
    filter_fails(r#"{"a": {"$byte": "aGk="}}"#, code::UNKNOWN_OPERATOR, ".a");
    filter_fails(r#"{"r": {"any": true}}"#, code::ARGUMENT_TYPE, ".r.any");
    filter_fails(r#"{"and": {"a": 1}}"#, code::ARGUMENT_TYPE, ".and");
    filter_fails(r#"{"or": [{}, 1]}"#, code::ARGUMENT_TYPE, ".or.1");
    filter_fails(r#"{"or": [{}, {"a": {"gte": 1}}]}"#, code::UNKNOWN_OPERATOR, ".or.1.a");
    filter_fails(r#"{"not": [{"a": 1}]}"#, code::ARGUMENT_TYPE, ".not");
    filter_fails(r#"{"author": {"name": 1}}"#, code::UNKNOWN_OPERATOR, ".author");
    filter_fails(r#"{"a": {"gt": 1, "any": {}}}"#, code::CONFLICT, ".a");
    filter_fails(r#"{"a": 1, "a": 2}"#, code::CONFLICT, "");
    filter_fails(r#"{"a": {"gt": 1, "gt": 2}}"#, code::CONFLICT, ".a");
    assert_eq!(
        told(r#"{"post": {"where": {"a": {"$byte": ""}, "b": {"eq": []}}}}"#),
        [
            "no operator `$byte`; did you mean `$bytes`?",
            "`eq` takes one value, found a list; a list goes with `in`: `{in: […]}`"
        ]
    );
}

#[test]
fn wrong_options() {
    for options in [
        r#""limit": "1""#,
        r#""limit": 1.0"#,
        r#""limit": null"#,
        r#""offset": true"#,
        r#""alias": 1"#,
        r#""inner": 1"#,
        r#""where": []"#,
        r#""where": null"#,
        r#""order": [1]"#,
        r#""order": """#,
        r#""order": ["-"]"#,
        r#""order": [{"descending": true}]"#,
        r#""order": [{"column": 1}]"#,
        r#""order": [{"column": "a", "descending": 1}]"#,
        r#""fields": "a""#,
        r#""fields": {"a": {}}"#,
        r#""fields": [1]"#,
        r#""fields": [{"alias": "a"}]"#,
        r#""fields": [{"name": 1}]"#,
        r#""except": [1]"#,
        r#""link": null"#,
        r#""strategy": 1"#,
        r#""default": ["raise"]"#,
        r#""recurse": 1"#,
        r#""recurse": {"depth": "1"}"#,
    ] {
        tags_fail(options, code::ARGUMENT_TYPE);
    }
    for options in [r#""limit": -1"#, r#""offset": 9223372036854775808"#, r#""recurse": {"depth": -1}"#] {
        tags_fail(options, code::OUT_OF_RANGE);
    }
    for options in [
        r#""limt": 1"#,
        r#""strategy": "selctin""#,
        r#""default": "Raise""#,
        r#""recurse": {"dept": 1}"#,
        r#""order": [{"colum": "a"}]"#,
    ] {
        tags_fail(options, code::UNKNOWN_ARGUMENT);
    }
    tags_fail(r#""limit": {"$": "n"}"#, code::NOT_BUILT);
    tags_fail(r#""limit": 1, "limit": 2"#, code::CONFLICT);
    tags_fail(r#""name": "tags""#, code::CONFLICT);
    fails(
        r#"{"post": {"alias": "p", "name": "x", "strategy": "joined", "inner": true, "recurse": true, "link": [], "fields": [
            {"name": "tags", "alias": "t", "limit": "a", "where": {"b": []}}, {"limit": 1}]}}"#,
        &[
            (code::UNKNOWN_ARGUMENT, "p"),
            (code::MISPLACED, "p"),
            (code::MISPLACED, "p"),
            (code::MISPLACED, "p"),
            (code::MISPLACED, "p"),
            (code::ARGUMENT_TYPE, "p.t"),
            (code::ARGUMENT_TYPE, "p.t.where.b"),
            (code::ARGUMENT_TYPE, "p"),
        ],
    );
    assert_eq!(told(r#"{"post": {"stratgy": "joined"}}"#)[0].split_once(';').map(|t| t.0), Some("no key `stratgy`"));
    assert_eq!(told(r#"{"post": {"ordr": []}}"#), ["no key `ordr`; did you mean `order`?"]);
    assert_eq!(told(r#"{"post": {"default": "rais"}}"#), ["no strategy `rais`; did you mean `raise`?"]);
    assert_eq!(
        told(r#"{"post": {"fields": [{"limit": 1}]}}"#),
        [r#"field 1 has no `name`; write `{"name": "author"}`"#]
    );
}

#[test]
fn roots() {
    for json in ["{}", "[]", "1", "null", r#""post""#] {
        fails(json, &[(code::ROOT, "")]);
    }
    fails(r#"{"post": {}, "tag": {}}"#, &[(code::ROOT, "")]);
    for json in [r#"{"post": []}"#, r#"{"post": true}"#, r#"{"post": null}"#] {
        fails(json, &[(code::ARGUMENT_TYPE, "")]);
    }
}

#[test]
fn syntax() {
    for (json, source) in [
        ("", ""),
        ("{", "{"),
        ("{\"post\": {}", "}"),
        ("{\"post\": {}} x", "x"),
        ("{\"post\": {\n  \"limit\": 01\n}}", "1"),
        ("{\"post\": {'limit': 1}}", "'"),
        ("{\"ä\": \n{\"limit\": ä}}", "ä"),
        ("\u{feff}{\"post\": x}", "x"),
    ] {
        let errors = errors(json);
        let [error] = errors.all() else { panic!("{errors}") };
        let found = &json[error.at.span.unwrap().range()];
        assert_eq!((error.code, found), (code::SYNTAX, source), "{json}: {error}");
    }
    assert!(told("{\"post\": x}")[0].starts_with("no JSON: expected value; a specification looks like"));
}

/// Runs `work` on three quarters of the stack that a thread has by default.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1536 << 10).spawn(work);
    assert!(thread.unwrap().join().is_ok());
}

#[test]
fn depth() {
    on_a_small_stack(depths);
}

fn depths() {
    let nested = |n: usize| format!(r#"{{"post": {{"where": {}{{}}{}}}}}"#, r#"{"not":"#.repeat(n), "}".repeat(n));
    let deepest = LoadSpec::from_json(&nested(depth::MAX_DEPTH)).unwrap();
    assert!(LoadSpec::from_json(&deepest.to_json().unwrap()).unwrap() == deepest);
    assert!(LoadSpec::from_json(&nested(MAX_DEPTH - 3)).is_ok(), "whether it is compiled, others say");
    let relationships = |n: usize| {
        let (open, close) = (r#"{"name":"a","fields":["#.repeat(n), "]}".repeat(n));
        format!(r#"{{"post":{{"fields":[{open}{{"name":"b","where":{{"c":{{"in":[1]}}}}}}{close}]}}}}"#)
    };
    let deep = LoadSpec::from_json(&relationships(198)).unwrap();
    assert!(LoadSpec::from_json(&deep.to_json().unwrap()).unwrap() == deep);
    assert_eq!(LoadSpec::from_json(&relationships(260)).unwrap_err().first().code, code::TOO_DEEP);
    for n in [MAX_DEPTH - 2, 10_000, 1_000_000] {
        let errors = LoadSpec::from_json(&nested(n)).unwrap_err();
        assert_eq!(errors.first().code, code::TOO_DEEP, "{errors}");
    }
    assert_eq!(errors(&"[".repeat(100_000)).first().code, code::TOO_DEEP);
    let Some(filter) = deepest.into_root().arguments.filter else { panic!() };
    let deeper = LoadSpec::new("post").filter(Filter::Not(Box::new(filter)));
    assert_eq!(deeper.to_json().unwrap_err().first().code, code::TOO_DEEP);
    // A deserialiser without a bound of its own.
    let deep = (0..1_000).fold(serde_json::json!(1), |inner, _| serde_json::json!([inner]));
    let error = serde_json::from_value::<LoadSpec>(deep).unwrap_err();
    assert!(error.to_string().contains("nested too deeply"), "{error}");
}

#[test]
fn size() {
    let errors = LoadSpec::from_json(&" ".repeat(super::MAX_BYTES + 1)).unwrap_err();
    assert_eq!(errors.first().code, code::OUT_OF_RANGE);
    let many = format!(r#"{{"post": {{"fields": [{}1]}}}}"#, "1,".repeat(1_000));
    assert_eq!(LoadSpec::from_json(&many).unwrap_err().all().len(), 101);
}

#[test]
fn serde_reads_and_writes_the_same() {
    let spec = LoadSpec::new("post").filter(Filter::eq("a", vec![1_u8])).load(joined("author").inner());
    let json = serde_json::json!({"post": {
        "where": {"a": {"$bytes": "AQ=="}},
        "fields": [{"name": "author", "strategy": "joined", "inner": true}],
    }});
    assert_eq!(serde_json::to_value(&spec).unwrap(), json);
    assert_eq!(serde_json::from_value::<LoadSpec>(json).unwrap(), spec);
    let error = serde_json::from_str::<LoadSpec>(r#"{"post": {"limt": 1, "ofset": 2}}"#).unwrap_err().to_string();
    assert!(error.contains("E0105: no key `limt` (at post); did you mean `limit`?\nE0105: no key `ofset`"), "{error}");
    let error = serde_json::to_string(&LoadSpec::new("post").filter(Filter::eq("a", f64::NAN))).unwrap_err();
    assert!(error.to_string().contains("E0107"), "{error}");
}

#[cfg(feature = "text")]
#[test]
fn either_form() {
    let spec = |text: &str| LoadSpec::parse_any(text).map(|parsed| (parsed.spec, parsed.problems.len()));
    let expected = Ok((LoadSpec::new("post").limit(1), 0));
    for text in [
        "{post(limit: 1)}",
        "\u{feff} { post(limit: 1) }",
        "{\"post\":{\"limit\":1}}",
        "\u{feff}\n{\t\"post\":{\"limit\":1}}",
    ] {
        assert_eq!(spec(text), expected, "{text}");
    }
    assert_eq!(spec(r#"{"post": {"limit": 1, "x": 1}}"#), Ok((LoadSpec::new("post").limit(1), 1)));
    assert_eq!(spec("{ post(limit: 1, x: 1) }"), Ok((LoadSpec::new("post").limit(1), 1)));
    let codes = |text: &str| LoadSpec::parse_any(text).unwrap_err().first().code;
    assert_eq!((codes("{"), codes("{}"), codes("{\"")), (code::SYNTAX, code::ROOT, code::SYNTAX));
    assert_eq!(codes(""), code::ROOT);
}

#[test]
fn what_cannot_be_written() {
    let codes = |spec: &LoadSpec| {
        let errors = spec.to_json().err().into_iter().flatten();
        errors.map(|error| (error.code, error.at.path)).collect::<Vec<_>>()
    };
    let tags = relationship("tags").alias("t").limit(u64::MAX).filter(Filter::like("a", "b").and(Filter::eq("or", 1)));
    let spec = LoadSpec::from(joined("post").load(tags));
    let spec = spec.filter(Filter::compare("a", CompareOp::Like, 1)).filter(Filter::is_in("a", [f64::INFINITY]));
    assert_eq!(
        codes(&spec),
        [
            (code::MISPLACED, "post".to_owned()),
            (code::ARGUMENT_TYPE, "post".to_owned()),
            (code::OUT_OF_RANGE, "post".to_owned()),
            (code::OUT_OF_RANGE, "post.t".to_owned()),
            (code::CONFLICT, "post.t".to_owned()),
        ]
    );
    let deep = (0..300).fold(Field::new("a"), |inner, _| Field::new("a").load(inner));
    assert_eq!(codes(&LoadSpec::from(deep)), [(code::TOO_DEEP, "a".to_owned())]);
}

#[test]
fn variables() {
    let one = |json: &str| BindValue::from_json("x", json);
    for (json, value) in [
        ("null", Value::Null),
        (" true ", true.into()),
        ("-5", (-5).into()),
        ("1.0", 1.0.into()),
        (r#""a""#, "a".into()),
        (r#"{"$bytes": "AQ=="}"#, vec![1].into()),
    ] {
        assert_eq!(one(json), Ok(BindValue::One(value.clone())));
        assert_eq!(one(&format!("[{json}, 1]")), Ok(BindValue::Many(vec![value, 1.into()])));
    }
    assert_eq!(one("[]"), Ok(BindValue::Many(vec![])));
    assert_eq!(BindValue::from_json_value("x", &serde_json::json!([1, "a"])), one(r#"[1, "a"]"#));
    for (json, code) in [
        ("", code::VARIABLE),
        ("2026-01-01", code::VARIABLE),
        ("abc", code::VARIABLE),
        ("{}", code::VARIABLE),
        (r#"{"a": 1}"#, code::VARIABLE),
        (r#"{"$": "y"}"#, code::VARIABLE),
        ("[[1]]", code::VARIABLE),
        ("[{}]", code::VARIABLE),
        ("18446744073709551616", code::OUT_OF_RANGE),
        ("[18446744073709551616]", code::OUT_OF_RANGE),
        (r#"{"$bytes": "a"}"#, code::ARGUMENT_TYPE),
    ] {
        let errors = one(json).unwrap_err();
        let error = errors.first();
        assert_eq!((error.code, error.at.path.as_str(), error.at.span), (code, "$x", None), "{json}: {error}");
        assert!(error.help.is_some(), "{error}");
    }
    assert_eq!(one(&"[".repeat(100_000)).unwrap_err().first().code, code::VARIABLE);
}

#[test]
fn pairs_of_variables() {
    let read = variables_from_json([("a", "1"), ("b", "[\"x\"]")]).unwrap();
    assert_eq!(
        read.into_iter().collect::<Vec<_>>(),
        [("a".to_owned(), BindValue::One(1.into())), ("b".to_owned(), BindValue::Many(vec!["x".into()])),]
    );
    let errors = variables_from_json([("a", "1"), ("a", "2"), ("b", "x"), ("c", "{}")]).unwrap_err();
    let codes: Vec<_> = errors.all().iter().map(|e| e.code).collect();
    assert_eq!(codes, [code::CONFLICT, code::VARIABLE, code::VARIABLE]);
}

/// Every text that one mistyped byte, or a sudden end, makes of a valid one.
#[test]
fn mistakes_never_panic() {
    let valid = r#"{"ä": {"where": {"a": {"in": [1, -2.5e3, {"$": "x"}]}, "or": [{"b": "\"\\ä"}]}, "order": ["-a"],
        "fields": ["t", {"name": "r", "recurse": {"depth": 1}, "link": [], "inner": true}]}}"#;
    assert!(LoadSpec::from_json(valid).is_ok());
    let check = |bytes: &[u8]| {
        let json = String::from_utf8_lossy(bytes);
        for error in LoadSpec::from_json(&json).err().into_iter().flatten() {
            let span = error.at.span.map_or(0..0, |span| span.range());
            assert!(json.get(span).is_some(), "{json}: {error:?}");
            assert_ne!(error.kind, crate::error::ErrorKind::Bug, "{json}: {error}");
        }
    };
    for at in 0..valid.len() {
        check(&valid.as_bytes()[..at]);
        for byte in b"{}[]\",:$-09.e\\ \ntfnx\0\xff" {
            let mut bytes = valid.as_bytes().to_vec();
            bytes[at] = *byte;
            check(&bytes);
            bytes[at] = valid.as_bytes()[at];
            bytes.insert(at, *byte);
            check(&bytes);
        }
    }
}
