//! Keys of two types, which a graph file can bring together: the number 1 of MariaDB and MySQL equals the texts '1', '01' and '1x', and an
//! enum is a number beside numbers. The result is the oracle's under every strategy.

use eagerly::graph::{GraphBuilder, RelationshipDef};
use eagerly::{LoadSpec, RelationshipGraph};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::server;

const TABLES: &str = "
    CREATE TABLE p (id int PRIMARY KEY, k varchar(30) UNIQUE);
    CREATE TABLE c (id int PRIMARY KEY, p_k bigint);
    CREATE TABLE n (id int PRIMARY KEY);
    CREATE TABLE q (id int PRIMARY KEY, p_ref varchar(10), s int, KEY (p_ref, s, id));
    CREATE TABLE m (id int PRIMARY KEY, mood enum('sad', '2'));
    INSERT INTO p VALUES (1, '01'), (2, '1'), (3, '1x'), (4, '2'), (5, 'a');
    INSERT INTO c VALUES (1, 1), (2, 2), (3, 0), (4, NULL);
    INSERT INTO q VALUES (1, '1', 2), (2, '01', 5), (3, '1x', 1), (4, '2', 3);
    INSERT INTO n VALUES (1), (2);
    INSERT INTO m VALUES (1, 'sad'), (2, '2'), (3, NULL);";

fn related(graph: &RelationshipGraph) -> RelationshipGraph {
    let mut entities = graph.to_definitions();
    for (source, name, relationship) in [
        ("c", "up", RelationshipDef::many_to_one("up", "p").on("p_k", "k")),
        ("p", "down", RelationshipDef::one_to_many("down", "c").on("k", "p_k")),
        // Found by several texts, whose order is not the one that is asked.
        ("n", "refs", RelationshipDef::one_to_many("refs", "q").on("id", "p_ref")),
        ("m", "number", RelationshipDef::many_to_one("number", "n").on("mood", "id")),
    ] {
        let entity = entities.iter_mut().find(|entity| entity.name == source).unwrap_or_else(|| panic!("{name}"));
        entity.relationships.push(relationship);
    }
    entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity).build().unwrap()
}

fn keys_of_two_types_are_compared_alike_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = server.database(TABLES);
    let (database, own) = server.open(&url);
    let (own, reflected, engine) = (related(&own), related(&server.reflect(&url)), OnServers::default());
    for text in [
        "{ c { id up { id k } } }",
        "{ p { id down { id up { id } } } }",
        "{ m { id number { id } } }",
        "{ n { id refs(limit: 1, order: [\"s\"]) { s p_ref } } }",
        "{ n { id refs(limit: 2, order: [\"-s\"]) { s p_ref } } }",
    ] {
        let spec = LoadSpec::parse(text).unwrap();
        let expected = oracle_on(database.as_ref(), &own, &spec);
        for treatment in Treatment::DEFAULT {
            let loaded = engine.load(backend, &url, &reflected, &treatment.apply(&reflected, &spec));
            judge(treatment, loaded, &expected).unwrap_or_else(|problem| panic!("{text}\n{problem}"));
        }
    }
}

#[test]
fn keys_of_two_types_are_compared_alike_on_mariadb() {
    keys_of_two_types_are_compared_alike_on(Backend::Mariadb);
}

#[test]
fn keys_of_two_types_are_compared_alike_on_mysql() {
    keys_of_two_types_are_compared_alike_on(Backend::Mysql);
}
