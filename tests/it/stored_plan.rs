//! A stored plan runs without a planner and without a dialect, and gives the same result.

use eagerly::batch::BatchPlan;
use eagerly::error::code;
use eagerly::filter::{CompareOp, Filter};
use eagerly::graph::{GraphBuilder, RelationshipDef, RelationshipGraph};
use eagerly::{LoadSpec, Plan, Planner, Run, Sqlite};
use eagerly_tests::generate::case;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rusqlite::Connection;
use std::sync::Arc;

fn blog() -> (Connection, Planner) {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
             CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id), title TEXT);
             INSERT INTO author VALUES (1, 'Ada'), (2, 'Bob');
             INSERT INTO post VALUES (1, 1, 'one'), (2, 2, 'two'), (3, 1, 'three')",
        )
        .unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), Sqlite::new());
    (connection, planner)
}

const SPEC: &str = "{ author(where: {id: {in: [1, 7]}}) { name post(where: {title: {ne: \"one\"}}) { title } } }";

#[test]
fn a_stored_plan_takes_the_values_of_any_specification_of_its_shape() {
    let (connection, planner) = blog();
    let spec = LoadSpec::parse(SPEC).unwrap();
    let json = planner.compile(&spec).unwrap().batches().to_json().unwrap();
    let batches = Arc::new(BatchPlan::from_json(&json).unwrap());
    assert_eq!(batches.to_json().unwrap(), json);
    let load = |spec: &LoadSpec| {
        let plan = Plan::stored(batches.clone(), spec).unwrap();
        eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap()
    };
    assert_eq!(load(&spec), r#"[{"name":"Ada","post":[{"title":"three"}]}]"#);
    let other = LoadSpec::parse(&SPEC.replace("[1, 7]", "[2]").replace("one", "none")).unwrap();
    assert_eq!(load(&other), r#"[{"name":"Bob","post":[{"title":"two"}]}]"#);
    // NULL changes the SQL, and so does an empty list: those are other shapes.
    for other in [SPEC.replace("\"one\"", "null"), SPEC.replace("[1, 7]", "[]"), SPEC.replace("author", "post")] {
        let error = Plan::stored(batches.clone(), &LoadSpec::parse(&other).unwrap()).unwrap_err();
        assert_eq!(error.first().code, code::STORED_PLAN, "{other}");
    }
}

/// Every number of a stored plan replaced by others, every entry dropped: it is refused, or runs to an end of some
/// kind. It never panics.
#[test]
fn a_broken_plan_never_panics() {
    let (connection, planner) = blog();
    broken(&connection, &planner, SPEC);
    // Rows that are derived: a whole table, a way back with more below it, and a key alone.
    let mut entities = planner.graph().to_definitions();
    let author = entities.iter_mut().flat_map(|e| &mut e.relationships).find(|r| r.name == "author").unwrap();
    author.trusted = Some(true);
    let builder = entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity);
    let planner = Planner::new(builder.build().unwrap(), Sqlite::new());
    broken(&connection, &planner, "{ author { name post { title author { name post { id } } } } }");
    broken(&connection, &planner, "{ post { title author @selectin { id post { id author { id } } } } }");
}

#[test]
fn a_broken_plan_whose_targets_come_once_never_panics() {
    let (connection, planner) = crate::targets_once::tagged();
    broken(&connection, &planner, "{ post { title tag(order: [\"body\"]) { name } } }");
}

/// Breaks the plan of a specification at every place.
pub(crate) fn broken(connection: &Connection, planner: &Planner, spec: &str) {
    let spec = LoadSpec::parse(spec).unwrap();
    let json = planner.compile(&spec).unwrap().batches().to_json().unwrap();
    let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut places = Vec::new();
    pointers(&whole, String::new(), &mut places);
    assert!(places.len() > 200, "{}", places.len());
    let (mut refused, mut ran) = (0, 0);
    for place in &places {
        let numbers =
            [0, 7, u64::from(u16::MAX), u64::from(u32::MAX), u64::MAX].map(|number| serde_json::json!(number));
        for change in numbers.into_iter().chain([serde_json::json!(null), serde_json::json!([])]) {
            let mut broken = whole.clone();
            *broken.pointer_mut(place).unwrap() = change;
            let plan =
                BatchPlan::from_json(&broken.to_string()).and_then(|batches| Plan::stored(Arc::new(batches), &spec));
            match plan {
                Err(errors) => {
                    assert_eq!(errors.first().code, code::STORED_PLAN, "{place}");
                    refused += 1;
                }
                Ok(plan) => {
                    // Whatever comes of it: an error, or rows.
                    let loaded = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |_| {});
                    drop(loaded.and_then(|result| result.to_json()));
                    ran += 1;
                }
            }
        }
    }
    assert!(refused > 300 && ran > 50, "{refused} refused, {ran} ran");
}

/// What the planner accepts can be stored and read back, however deep it is.
#[test]
fn deep_plans_come_back() {
    let (_, planner) = blog();
    let nested = format!("{{ post(where: {}{{id: 1}}{}) {{ id }} }}", "{not: ".repeat(190), "}".repeat(190));
    let chain =
        format!("{{ post {}{{ id }}{} }}", "{ author @subquery { post @subquery ".repeat(20), " } }".repeat(20));
    for text in [nested, chain] {
        let json = planner.compile(&LoadSpec::parse(&text).unwrap()).unwrap().batches().to_json().unwrap();
        assert_eq!(BatchPlan::from_json(&json).unwrap().to_json().unwrap(), json);
    }
    let deep = format!("{{\"eagerly_plan\": 2, \"nodes\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(BatchPlan::from_json(&deep).unwrap_err().first().code, code::STORED_PLAN);
}

/// A document as JavaScript writes it that has read it: every number is a 64-bit float.
fn through_javascript(json: &str) -> String {
    fn rounded(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Number(number) => {
                let float = number.as_f64().unwrap();
                // JavaScript writes 1.0 as 1.
                let whole = float.fract() == 0.0 && float.abs() < 1e15;
                *value = if whole { (float as i64).into() } else { float.into() };
            }
            serde_json::Value::Array(all) => all.iter_mut().for_each(rounded),
            serde_json::Value::Object(all) => all.values_mut().for_each(rounded),
            _ => {}
        }
    }
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    rounded(&mut value);
    value.to_string()
}

#[test]
fn a_plan_survives_javascript() {
    let (connection, planner) = blog();
    // Constants of the graph, limits and depths beyond 2^53.
    let mut entities = planner.graph().to_definitions();
    let all = Filter::compare("id", CompareOp::Ge, i64::MIN)
        .and(Filter::compare("id", CompareOp::Le, 9_007_199_254_740_993_i64))
        .and(Filter::compare("id", CompareOp::Ne, 2.5))
        .and(Filter::compare("id", CompareOp::Ge, 1.0))
        .and(Filter::compare("id", CompareOp::Le, f64::INFINITY));
    let mut reply = RelationshipDef::one_to_many("same", "post").on("author_id", "author_id");
    reply.predicate = Some(all);
    entities.iter_mut().find(|e| e.name == "post").unwrap().relationships.push(reply);
    let graph = entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity).build().unwrap();
    let planner = Planner::new(graph, Sqlite::new().max_list_keys(usize::MAX));
    for spec in [
        SPEC,
        "{ author(limit: 9007199254740993) { id post(limit: 9223372036854775807, offset: 1) { id } } }",
        "{ author(offset: 0, limit: 9223372036854775806) { id post @joined { id } } }",
        "{ post { id same @recurse(depth: 9007199254740993) { id } } }",
        "{ post { id same(limit: 9007199254740993) { id } } }",
    ] {
        let spec = LoadSpec::parse(spec).unwrap();
        let plan = planner.compile(&spec).unwrap();
        let json = through_javascript(&plan.batches().to_json().unwrap());
        let stored = Plan::stored(Arc::new(BatchPlan::from_json(&json).unwrap()), &spec).unwrap();
        assert_eq!(stored.batches().to_json().unwrap(), plan.batches().to_json().unwrap());
        let [one, other] =
            [&plan, &stored].map(|plan| eagerly_rusqlite::load(&connection, plan).unwrap().to_json().unwrap());
        assert_eq!(one, other);
    }
}

fn pointers(json: &serde_json::Value, at: String, places: &mut Vec<String>) {
    match json {
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| pointers(value, format!("{at}/{i}"), places));
        }
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), places));
        }
        _ => {}
    }
    if !at.is_empty() {
        places.push(at);
    }
}

#[test]
fn every_plan_comes_back_from_its_json() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]));
    let outcome = runner.run(&case(), |case| {
        let (connection, graph) = (case.connection(), case.graph());
        let plan = Planner::new(graph, Sqlite::new()).compile(&case.spec).unwrap();
        let json = plan.batches().to_json().unwrap();
        let batches =
            BatchPlan::from_json(&through_javascript(&json)).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let stored = Plan::stored(Arc::new(batches), &case.spec).unwrap();
        let [one, other] =
            [&plan, &stored].map(|plan| eagerly_rusqlite::load(&connection, plan).unwrap().to_json().unwrap());
        if one == other && stored.explain() == plan.explain() {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!("{one}\nis not\n{other}")))
        }
    });
    outcome.unwrap();
}
