//! What merged batches bind, and what a plan that was made for equal values is used for.

use eagerly::{BindValue, LoadSpec, Plan, Planner, Prefer, Sqlite};
use eagerly_planner::spec::Variables;
use eagerly_tests::corpus::{database, reflect, schema};
use std::sync::Arc;

fn open() -> (rusqlite::Connection, Planner) {
    let connection = database(&schema("staff"));
    let planner = Planner::new(reflect(&connection), Sqlite::new());
    (connection, planner)
}

const TWO: &str =
    "{ post { id a: note(where: {id: {gt: $a}}) @selectin { id } b: note(where: {id: {gt: $b}}) @selectin { id } } }";

fn bound(a: i64, b: i64) -> LoadSpec {
    let variables = [("a", a), ("b", b)].map(|(name, value)| (name.to_owned(), BindValue::One(value.into())));
    LoadSpec::parse(TWO).unwrap().bind(&Variables::from(variables)).unwrap()
}

#[test]
fn a_plan_for_equal_values_serves_only_equal_values() {
    let (connection, planner) = open();
    let load = |a, b| {
        let plan = planner.compile(&bound(a, b)).unwrap();
        let json = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
        (plan, json)
    };
    let (equal, together) = load(2, 2);
    let (other, apart) = load(2, 4);
    assert_eq!((equal.batches().statements(), other.batches().statements()), (2, 3));
    assert_eq!((equal.values().len(), other.values().len()), (1, 2));
    assert!(together.contains(r#""a":[{"id":3}],"b":[{"id":3}]"#), "{together}");
    assert!(apart.contains(r#""a":[{"id":4}],"b":[]"#), "{apart}");
    // Other values with the same pattern are no reason to compile anew.
    assert!(Arc::ptr_eq(load(3, 3).0.batches(), equal.batches()));
    assert!(Arc::ptr_eq(load(5, 3).0.batches(), other.batches()));
    assert_eq!(load(3, 3).1, load(3, 3).1);
}

#[test]
fn a_stored_plan_for_equal_values_refuses_others() {
    let (connection, planner) = open();
    let equal = planner.compile(&bound(2, 2)).unwrap().batches().clone();
    let refused = Plan::stored(equal.clone(), &bound(2, 4)).unwrap_err();
    assert_eq!(refused.first().code, eagerly::error::code::STORED_PLAN);
    let again = Plan::stored(equal, &bound(3, 3)).unwrap();
    let expected = planner.compile(&bound(3, 3)).unwrap();
    let json = |plan: &Plan| eagerly_rusqlite::load(&connection, plan).unwrap().to_json().unwrap();
    assert_eq!(json(&again), json(&expected));
}

#[test]
fn a_variable_used_twice_is_one_value() {
    let (_, planner) = open();
    let spec = LoadSpec::parse(&TWO.replace("$b", "$a")).unwrap();
    let value = Variables::from([("a".to_owned(), BindValue::One(2.into()))]);
    let plan = planner.compile(&spec.bind(&value).unwrap()).unwrap();
    assert_eq!((plan.batches().statements(), plan.values().len()), (2, 1));
    // Before there are values, two variables are taken to have two.
    let open = LoadSpec::parse(TWO).unwrap();
    let plan = planner.compile(&open.bind(&open.stand_ins()).unwrap()).unwrap();
    assert_eq!(plan.batches().statements(), 3);
}

#[test]
fn floats_are_equal_to_the_bit() {
    let (_, planner) = open();
    let statements = |a: f64, b: f64| {
        let values = [("a", a), ("b", b)].map(|(name, value)| (name.to_owned(), BindValue::One(value.into())));
        let spec = LoadSpec::parse(TWO).unwrap().bind(&Variables::from(values)).unwrap();
        planner.compile(&spec).unwrap().batches().statements()
    };
    assert_eq!((statements(0.5, 0.5), statements(0.0, -0.0)), (2, 3));
}

#[test]
fn fewer_statements_can_take_more_waves() {
    let (connection, planner) = open();
    let text =
        "{ person { name team @selectin { lead @selectin { name } } manager @selectin { team @selectin { id } } } }";
    let spec = LoadSpec::parse(text).unwrap();
    let cost = |plan: &Plan| (plan.batches().statements(), plan.batches().waves());
    let json = |plan: &Plan| eagerly_rusqlite::load(&connection, plan).unwrap().to_json().unwrap();
    let fewer_waves = planner.compile(&spec).unwrap();
    let result = json(&fewer_waves);
    assert_eq!(cost(&fewer_waves), (5, 3));
    let fewer_statements = planner.prefer(Prefer::FewerStatements).compile(&spec).unwrap();
    assert_eq!(cost(&fewer_statements), (4, 4));
    assert_eq!(json(&fewer_statements), result);
}

#[test]
fn keys_that_were_sent_are_not_sent_again() {
    let (connection, planner) = open();
    let text = "{ person { name team @selectin { name lead @selectin { name } } manager @selectin { team @selectin { name lead_id } } } }";
    let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
    let mut keys = Vec::new();
    let run = eagerly::Run::new(&plan);
    eagerly_rusqlite::drive(&connection, run, &mut |e| keys.push((e.batch.to_string(), e.keys))).unwrap();
    // Everybody's team is there before the managers' teams are asked for.
    assert!(plan.explain().contains("without the keys of batch#1"), "{}", plan.explain());
    assert_eq!(keys.iter().filter(|(batch, _)| batch == "person.manager.team").count(), 0, "{keys:?}");
}
