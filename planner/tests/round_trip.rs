//! Whatever a builder can make is written and read back as the same specification, in both forms.
//!
//! Specifications are compared by value, and by what is written of them: `-0.0` and `0.0` are equal values.

use eagerly_planner::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use eagerly_planner::spec::{Field, LoadSpec, OrderTerm, Strategy as Loading, Variables};
use eagerly_planner::value::Value;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestCaseResult, TestRng, TestRunner};

const CASES: u32 = 2_000;

/// What a form can say.
#[derive(Clone)]
struct Form {
    /// Names of entities, fields and variables.
    name: BoxedStrategy<String>,
    /// Names in conditions: no operators.
    operand: BoxedStrategy<String>,
    value: BoxedStrategy<Value>,
    order: BoxedStrategy<OrderTerm>,
    /// Whether `inner` goes with every strategy.
    inner: bool,
}

fn scalar() -> BoxedStrategy<Value> {
    let float = any::<f64>().prop_filter("JSON and GraphQL have no such floats", |f| f.is_finite());
    let edge = [0.0, -0.0, 1.0, 1e300, 5e-324, f64::MAX, 9_007_199_254_740_993.0, 1e16, 0.1];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec![0, -1, i64::MIN, i64::MAX]).prop_map(Value::from),
        float.prop_map(Value::from),
        prop::sample::select(edge.to_vec()).prop_map(Value::from),
        text().prop_map(Value::from),
    ]
    .boxed()
}

fn text() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\"", "\\", "\\\"", "\"\"\"", "\n", "\r\n", "\u{0}", "\u{7f}", "\u{feff}", "\u{2028}"
        ])
        .prop_map(String::from),
        prop::sample::select(vec!["{", "}", "#", "$x", "%", "-", " ", "😀", "\u{1f}", "\\u0041"])
            .prop_map(String::from),
    ];
    prop_oneof!["[a-z]{0,4}", vec(piece, 0..5).prop_map(|pieces| pieces.concat())].boxed()
}

fn as_text() -> Form {
    let word = prop::sample::select(vec![
        "a", "b", "c", "query", "on", "true", "null", "fragment", "type", "eq", "any", "_", "__x", "A9", "where",
    ]);
    let name = prop_oneof![3 => word.prop_map(String::from), 1 => "[_A-Za-z][_0-9A-Za-z]{0,4}"].boxed();
    let column = prop_oneof![name.clone(), text()].prop_filter("no order by such a column", |c| !c.is_empty());
    let order = (column, any::<bool>()).prop_map(|(column, descending)| OrderTerm {
        descending: descending || column.starts_with('-'),
        column,
        at: At::default(),
    });
    Form { operand: operand(&name), name, value: scalar(), order: order.boxed(), inner: false }
}

fn as_json() -> Form {
    let name = prop_oneof![3 => prop::sample::select(vec!["a", "b", "c", "", "$", "name"]).prop_map(String::from), 1 => text()];
    let order =
        (text(), any::<bool>()).prop_map(|(column, descending)| OrderTerm { column, descending, at: At::default() });
    let value = prop_oneof![4 => scalar(), 1 => vec(any::<u8>(), 0..5).prop_map(Value::from)];
    let name = name.boxed();
    Form { operand: operand(&name), name, value: value.boxed(), order: order.boxed(), inner: true }
}

fn operand(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    name.clone().prop_filter("always operators", |n| !["and", "or", "not"].contains(&n.as_str())).boxed()
}

fn test(form: &Form) -> BoxedStrategy<Comparison> {
    use CompareOp::{Eq, Ge, Gt, Le, Like, Lt, Ne, NotLike};
    let variable = form.name.clone().prop_map(Operand::Variable);
    let one = prop_oneof![4 => form.value.clone().prop_map(Operand::Value), 1 => variable.clone()].boxed();
    let pattern = prop_oneof![text().prop_map(Value::from), Just(Value::Null)].prop_map(Operand::Value);
    let list = prop_oneof![
        3 => vec(one.clone(), 0..4).prop_map(ListOperand::Values),
        1 => form.name.clone().prop_map(ListOperand::Variable),
    ];
    prop_oneof![
        (prop::sample::select(vec![Eq, Ne, Lt, Le, Gt, Ge]), one).prop_map(|(op, one)| Comparison::Compare(op, one)),
        one_eq(form),
        (prop::sample::select(vec![Like, NotLike]), prop_oneof![pattern, variable])
            .prop_map(|(op, pattern)| Comparison::Compare(op, pattern)),
        (list, any::<bool>()).prop_map(|(list, negated)| Comparison::In { list, negated }),
        any::<bool>().prop_map(Comparison::IsNull),
    ]
    .boxed()
}

fn one_eq(form: &Form) -> impl Strategy<Value = Comparison> + use<> {
    form.value.clone().prop_map(|value| Comparison::Compare(CompareOp::Eq, Operand::Value(value)))
}

fn filter(form: &Form) -> BoxedStrategy<Filter> {
    let column = (form.operand.clone(), test(form));
    let leaf = column.prop_map(|(name, test)| Filter::Column { name, test, at: At::default() });
    let names = form.operand.clone();
    leaf.prop_recursive(4, 16, 4, move |inner| {
        let quantifier = prop::sample::select(vec![Quantifier::Any, Quantifier::None, Quantifier::Has]);
        prop_oneof![
            3 => vec(inner.clone(), 0..5).prop_map(Filter::And),
            1 => vec(inner.clone(), 0..3).prop_map(Filter::Or),
            1 => inner.clone().prop_map(|inner| Filter::Not(Box::new(inner))),
            2 => (names.clone(), quantifier, inner).prop_map(|(name, quantifier, inner)| Filter::Relationship {
                name,
                quantifier,
                filter: Box::new(inner),
                at: At::default(),
            }),
        ]
    })
    .boxed()
}

/// A field with arguments and what a root has too.
fn options(form: &Form) -> BoxedStrategy<Field> {
    let count = || prop::option::weighted(0.2, prop_oneof![0..3_u64, Just(i64::MAX as u64)]);
    let columns = || prop::option::weighted(0.2, vec(text(), 0..3));
    let names = (form.name.clone(), prop::option::weighted(0.2, form.name.clone()));
    let arguments = (prop::option::weighted(0.4, filter(form)), vec(form.order.clone(), 0..3), count(), count());
    let others = (columns(), prop::option::weighted(0.2, prop::sample::select(Loading::ALL.to_vec())));
    (names, arguments, others)
        .prop_map(|((name, alias), (filter, order, limit, offset), (except, default))| {
            let mut field = Field::new(name);
            field.alias = alias;
            field.arguments.filter = filter;
            field.arguments.order = order;
            (field.arguments.limit, field.arguments.offset) = (limit, offset);
            field.default_strategy = default;
            match except {
                Some(columns) => field.except(columns),
                None => field,
            }
        })
        .boxed()
}

/// A field below the root.
fn relationship(form: &Form) -> BoxedStrategy<Field> {
    let strategy = prop::option::of(prop::sample::select(Loading::ALL.to_vec()));
    let recurse = prop::option::weighted(0.2, prop::option::of(0..4_u64));
    let link = prop::option::weighted(0.2, vec(text(), 0..3));
    let any_inner = form.inner;
    let loaded = (options(form), strategy, any::<bool>(), recurse, link).prop_map(
        move |(mut field, strategy, inner, recurse, link)| {
            field.strategy = strategy;
            field.inner = inner && (any_inner || strategy == Some(Loading::Joined));
            let field = match recurse {
                Some(Some(depth)) => field.recurse_to(depth),
                Some(None) => field.recurse(),
                None => field,
            };
            match link {
                Some(columns) => field.link(columns),
                None => field,
            }
        },
    );
    prop_oneof![form.name.clone().prop_map(Field::new), loaded].boxed()
}

fn spec(form: &Form) -> BoxedStrategy<LoadSpec> {
    let fields = |inner: BoxedStrategy<Field>| vec(inner, 0..4);
    let below = relationship(form);
    let nested = below.clone().prop_recursive(3, 12, 4, move |inner| {
        (below.clone(), fields(inner.boxed())).prop_map(|(field, fields)| fields.into_iter().fold(field, Field::load))
    });
    (options(form), fields(nested.boxed()))
        .prop_map(|(root, fields)| fields.into_iter().fold(root, Field::load).into())
        .boxed()
}

fn run(strategy: &BoxedStrategy<LoadSpec>, test: impl Fn(LoadSpec) -> TestCaseResult) {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, test);
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn through_text() {
    run(&spec(&as_text()), |spec| {
        let text = spec.to_text().map_err(|errors| TestCaseError::fail(format!("{errors}")))?;
        let read = LoadSpec::parse(&text).map_err(|errors| TestCaseError::fail(format!("{text}\n{errors}")))?;
        prop_assert_eq!(&read, &spec, "{}", &text);
        prop_assert_eq!(read.to_text(), Ok(text));
        Ok(())
    });
}

#[test]
fn through_json() {
    run(&spec(&as_json()), |spec| {
        let json = spec.to_json().map_err(|errors| TestCaseError::fail(format!("{errors}")))?;
        let read = LoadSpec::from_json(&json).map_err(|errors| TestCaseError::fail(format!("{json}\n{errors}")))?;
        prop_assert_eq!(&read, &spec, "{}", &json);
        prop_assert_eq!(read.to_json(), Ok(json.clone()));
        let value = serde_json::to_value(&spec).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read = serde_json::from_value::<LoadSpec>(value.clone());
        prop_assert_eq!(read.ok(), Some(spec));
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&json).ok(), Some(value));
        Ok(())
    });
}

#[test]
fn from_one_form_to_the_other() {
    run(&spec(&as_text()), |spec| {
        let text = spec.to_text().map_err(|errors| TestCaseError::fail(format!("{errors}")))?;
        let json = spec.to_json().map_err(|errors| TestCaseError::fail(format!("{errors}")))?;
        let read = |written: &str| LoadSpec::parse_any(written).map(|parsed| (parsed.spec, parsed.problems));
        prop_assert_eq!(read(&text), Ok((spec.clone(), vec![])), "{}", &text);
        prop_assert_eq!(read(&json), Ok((spec, vec![])), "{}", &json);
        Ok(())
    });
}

/// What is as deep as a specification can be, or deeper, needs less stack than any thread has.
#[test]
fn deep_nesting_fits_a_small_stack() {
    let filter = |n| (0..n).fold(Filter::eq("a", 1), |inner, _| Filter::any("r", Filter::Not(Box::new(inner))));
    let field = |n, filter| (0..n).fold(Field::new("a").filter(filter), |inner, _| Field::new("a").load(inner));
    let work = move || {
        for (fields, filters, text, json) in
            [(10, 30, true, true), (199, 15, true, true), (199, 100, false, false), (2_000, 0, false, false)]
        {
            let spec = LoadSpec::from(field(fields, filter(filters)));
            let through_text = spec.to_text().map(|text| LoadSpec::parse(&text) == Ok(spec.clone()));
            let through_json = spec.to_json().map(|json| LoadSpec::from_json(&json) == Ok(spec.clone()));
            assert_eq!((through_text.ok(), through_json.ok()), (text.then_some(true), json.then_some(true)));
            assert_eq!(spec.bind(&Variables::new()).is_ok(), fields < 200);
        }
    };
    let thread = std::thread::Builder::new().stack_size(768 << 10).spawn(work);
    assert!(thread.is_ok_and(|thread| thread.join().is_ok()));
}
