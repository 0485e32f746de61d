//! Graphs of databases: what is written as a graph file reads back, alone and over the database; and every kind of table
//! and key that SQLite has is reflected, planned and loaded.

use eagerly::graph::{EntityDef, GraphFile};
use eagerly::spec::{CompareOp, Comparison, Filter, LoadSpec, Operand, Strategy, relationship};
use eagerly::value::Value;
use eagerly::{Planner, RelationshipGraph, Sqlite};
use eagerly_tests::corpus::{corpus, database, reflect, schema};
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::generate::case;
use eagerly_tests::harness::{self, Treatment};
use eagerly_tests::oracle::oracle;
use proptest::strategy::{Strategy as _, ValueTree};
use proptest::test_runner::TestRunner;
use rusqlite::Connection;

/// Writes the graph of a database, and reads it back alone and over the database.
fn reads_back(connection: &Connection, name: &str) {
    let catalog = eagerly_rusqlite::catalog(connection).unwrap();
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let text = graph.to_toml().unwrap();
    let file = GraphFile::parse(&text).unwrap_or_else(|errors| panic!("{name}: {errors}\n{text}"));
    let expected = graph.to_definitions();
    assert_eq!(expected, RelationshipGraph::definitions(&catalog), "{name}");
    assert_eq!(file.build().unwrap().to_definitions(), expected, "{name}");
    let over = file.over(&catalog).unwrap();
    assert_eq!(over.to_definitions(), expected, "{name}");
    assert_eq!(over.to_toml().unwrap(), text, "{name}");
}

#[test]
fn graphs_of_databases_read_back() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/chinook.sqlite");
    reads_back(&eagerly_rusqlite::open(path.as_ref()).unwrap(), "chinook");
    reads_back(&everything(), "everything");
    let cases = corpus();
    assert!(cases.len() > 50);
    for case in cases {
        reads_back(&case.connection(), &case.name());
    }
}

/// A comparison with null is written as `is_null`, which is what it means.
fn with_is_null(entities: &mut [EntityDef]) {
    fn change(filter: &mut Filter) {
        match filter {
            Filter::And(all) | Filter::Or(all) => all.iter_mut().for_each(change),
            Filter::Not(inner) => change(inner),
            Filter::Column { test, .. } => match test {
                Comparison::Compare(CompareOp::Eq, Operand::Value(Value::Null)) => *test = Comparison::IsNull(true),
                Comparison::Compare(CompareOp::Ne, Operand::Value(Value::Null)) => *test = Comparison::IsNull(false),
                _ => {}
            },
            _ => {}
        }
    }
    for relationship in entities.iter_mut().flat_map(|entity| &mut entity.relationships) {
        relationship.predicate.iter_mut().for_each(change);
    }
}

#[test]
fn generated_graphs_read_back() {
    let mut runner = TestRunner::deterministic();
    let (mut read, mut unwritable) = (0, 0);
    for _ in 0..300 {
        let case = case().new_tree(&mut runner).unwrap().current();
        let graph = case.graph();
        match graph.to_toml() {
            Ok(text) => {
                let file = GraphFile::parse(&text).unwrap_or_else(|errors| panic!("{errors}\n{text}"));
                let mut expected = graph.to_definitions();
                with_is_null(&mut expected);
                assert_eq!(file.build().unwrap().to_definitions(), expected, "{text}");
                read += 1;
            }
            // A predicate with bytes, or that compares null with `lt`.
            Err(errors) => {
                assert_eq!(errors.first().code, "E0302", "{errors}");
                unwritable += 1;
            }
        }
    }
    assert!(read > 3 * unwritable, "{read} were written, {unwritable} could not be");
}

fn everything() -> Connection {
    database(&schema("everything"))
}

/// All columns of an entity and all its relationships, one level down.
fn everything_of(graph: &RelationshipGraph, name: &str) -> LoadSpec {
    let entity = graph.entity(graph.entity_id(name).unwrap());
    entity.relationships.keys().fold(LoadSpec::new(name), |spec, name| spec.load(relationship(name)))
}

#[test]
fn every_entity_loads_with_all_its_relationships() {
    let mut databases = vec![("everything", everything())];
    for name in ["awkward", "blog", "collations", "composite", "nokey", "one_to_one", "tree", "two_keys", "types"] {
        databases.push((name, database(&schema(name))));
    }
    for (name, connection) in databases {
        let graph = reflect(&connection);
        for (_, entity) in graph.entities() {
            let spec = everything_of(&graph, &entity.name);
            let expected = oracle(&connection, &graph, &spec);
            assert!(!expected.as_array().unwrap().is_empty(), "{name}: {} is empty", entity.name);
            for strategy in [Strategy::Selectin, Strategy::Joined, Strategy::Auto] {
                let treatment = Treatment::All(strategy);
                harness::load(&SqliteEngine::default(), &connection, &graph, (&spec, treatment), &expected)
                    .unwrap_or_else(|problem| panic!("{name}.{}: {problem}", entity.name));
            }
        }
    }
}

#[test]
fn what_everything_holds() {
    let connection = everything();
    let planner = Planner::new(reflect(&connection), Sqlite::new());
    let json = |spec: &str| {
        let plan = planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
        eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap()
    };
    assert_eq!(
        json("{ Mixed(where: {Id: 1}) { Id PARENT { Id } Mixed_by_PARENT_ID { Id } } }"),
        r#"[{"Id":1,"PARENT":null,"Mixed_by_PARENT_ID":[{"Id":2},{"Id":3}]}]"#
    );
    assert_eq!(
        json("{ member { id club { id } club_via_s_l { id } } }"),
        r#"[{"id":1,"club":{"id":1},"club_via_s_l":{"id":2}},{"id":2,"club":null,"club_via_s_l":null},{"id":3,"club":null,"club_via_s_l":null}]"#
    );
    assert_eq!(json("{ computed { twice club { code } } }"), {
        r#"[{"twice":2,"club":{"code":"A"}},{"twice":4,"club":{"code":"B"}},{"twice":null,"club":null}]"#
    });
    assert_eq!(json("{ club(where: {id: 1}) { id tag { name } partly { id } } }"), {
        r#"[{"id":1,"tag":[{"name":"T"},{"name":"U"}],"partly":[{"id":1},{"id":2}]}]"#
    });
    assert_eq!(json("{ dangling { id club { id } } }"), r#"[{"id":1,"club":{"id":1}},{"id":2,"club":null}]"#);
}

#[test]
fn every_relationship_is_the_one_that_the_schema_means() {
    let graph = reflect(&everything());
    let of = |entity: &str| -> Vec<String> {
        let entity = graph.entity(graph.entity_id(entity).unwrap());
        let shown = |id: &eagerly::ids::RelationshipId| {
            let r = graph.relationship(*id);
            format!("{}: {} {}", r.name, r.direction.name(), graph.entity(r.target).name)
        };
        entity.relationships.values().map(shown).collect()
    };
    assert_eq!(of("Order_Details"), ["select_via_select: many-to-one select"]);
    assert_eq!(of("dangling"), ["club: many-to-one club"], "what points at nothing, or at a view, is no relationship");
    assert_eq!(of("partly"), ["club: many-to-one club"]);
    assert_eq!(of("pair"), ["pair_via_up_b_up_a: many-to-one pair", "pair_by_up_b_up_a: one-to-many pair"]);
    assert_eq!(of("game"), ["away: many-to-one club", "home: many-to-one club", "club: many-to-one club"]);
    assert_eq!(of("busy"), [""; 0]);
    assert_eq!(of("a"), ["b: many-to-one b", "b_by_a_id: one-to-one b"]);
    let club = of("club");
    assert!(club.contains(&"partly: one-to-many partly".to_owned()), "a partial key is none: {club:#?}");
    assert!(club.contains(&"tag: many-to-many tag".to_owned()), "{club:#?}");
    assert!(club.contains(&"club_through_rivals_rival_id: many-to-many club".to_owned()), "{club:#?}");
    assert!(club.contains(&"member_by_club_code: one-to-many member".to_owned()), "{club:#?}");
}
