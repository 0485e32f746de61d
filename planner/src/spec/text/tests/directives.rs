//! Directives and their arguments.

use super::*;

#[test]
fn wrong_directives() {
    let fails_on_tags = |text: &str, code: &str, source: &str| {
        fails(&format!("{{ post {{ tags {text} {{ id }} }} }}"), &[(code, source, "post.tags")]);
    };
    for name in ["@selectin", "@subquery", "@auto", "@lazy", "@raise", "@noload"] {
        fails_on_tags(&format!("{name}(inner: true)"), code::UNKNOWN_ARGUMENT, "inner");
        let help = if name == "@lazy" { "there are `one`" } else { &format!("write `{name}` alone") };
        assert_eq!(
            told(&format!("{{ p {{ t {name}(depth: 3) }} }}")),
            [format!("`{name}` has no argument `depth`; {help}")]
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
        let fields = parse(&format!("{{ post {{ tags {text} }} }}")).into_root().fields.unwrap_or_default();
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
        let directive =
            if strategy == Strategy::LazyOne { "@lazy(one: true)".to_owned() } else { format!("@{}", strategy.name()) };
        assert_eq!(tags(&directive), relationship("tags").strategy(strategy));
    }
    let text = "{ post { tags @link(columns: [\"a\"]) @recurse(depth: 1) @except(columns: []) } }";
    let tags = &parse(text).into_root().fields.unwrap_or_default()[0];
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
