//! Several schemas of one database: names, keys between them, and loads through them as the oracle says.

use eagerly::RelationshipGraph;
use eagerly::graph::{Catalog, GraphFile};
use eagerly::spec::LoadSpec;
use eagerly_tests::corpus::database;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{Server, server};

/// Two schemas, `A` and `B`: tables of one name that refer to each other, to themselves, and through a table of the other
/// schema; a third one, `C`, that is not read.
const SCHEMA: &str = "
CREATE TABLE C.far (id INT PRIMARY KEY);
CREATE TABLE A.parent (id VARCHAR(9) PRIMARY KEY, n INT);
CREATE TABLE A.item (id INT PRIMARY KEY, peer INT, far_id INT, FOREIGN KEY (far_id) REFERENCES C.far (id));
CREATE TABLE B.child (id VARCHAR(9) PRIMARY KEY, parent_id VARCHAR(9), FOREIGN KEY (parent_id) REFERENCES A.parent (id));
CREATE TABLE B.item (id INT PRIMARY KEY, peer INT, self_id INT, FOREIGN KEY (peer) REFERENCES A.item (id), FOREIGN KEY (self_id) REFERENCES B.item (id));
CREATE TABLE A.b_item (id INT PRIMARY KEY);
ALTER TABLE A.item ADD FOREIGN KEY (peer) REFERENCES B.item (id);
CREATE TABLE B.link (parent_id VARCHAR(9), child_id VARCHAR(9), PRIMARY KEY (parent_id, child_id),
  FOREIGN KEY (parent_id) REFERENCES A.parent (id), FOREIGN KEY (child_id) REFERENCES B.child (id));
CREATE VIEW B.seen AS SELECT id, peer FROM A.item;
INSERT INTO C.far VALUES (1);
INSERT INTO A.parent VALUES ('p1', 1), ('p2', 2), ('p3', 3);
INSERT INTO B.child VALUES ('c1', 'p1'), ('c2', 'p1'), ('c3', NULL), ('c4', 'p2');
INSERT INTO B.link VALUES ('p1', 'c3'), ('p2', 'c1'), ('p2', 'c3');
INSERT INTO B.item VALUES (1, NULL, NULL), (2, NULL, 1), (3, NULL, 2);
INSERT INTO A.item VALUES (1, 2, 1), (2, NULL, NULL), (3, 2, NULL);
UPDATE B.item SET peer = 1 WHERE id = 1;
";

const SPECS: [&str; 9] = [
    "{ parent { id child { id } child_through_link { id } } }",
    "{ child { id parent { n } parent_through_link(limit: 1) { id child { id } } } }",
    "{ item { id b_item_2 { id self { id } item_by_peer { id } } } }",
    "{ b_item_2 { id self @recurse { id } item { id b_item_2 { id } } } }",
    "{ b_item_2 { b_item_2_by_self_id(limit: 1, order: [\"-id\"]) { id } } }",
    "{ item(where: {b_item_2: {has: {self: {has: {}}}}}) { id } }",
    "{ parent(where: {child_through_link: {any: {parent: {none: {}}}}}, limit: 2) { id link { child { id } } } }",
    "{ seen { id peer } }",
    "{ parent(limit: 2) { n child(limit: 1) { id link { parent_id } } } }",
];

/// The SQL on a server, and the names of the schemas there.
fn forms(backend: Backend) -> (String, [&'static str; 3]) {
    let names = match backend {
        Backend::Postgres => ["a", "b", "c"],
        _ => ["eagerly_test_a", "eagerly_test_b", "eagerly_test_c"],
    };
    let kind = if backend == Backend::Postgres { "SCHEMA" } else { "DATABASE" };
    let drop = names.iter().rev().filter(|_| backend != Backend::Postgres);
    let mut sql: String = drop.map(|name| format!("DROP DATABASE IF EXISTS {name};\n")).collect();
    if backend != Backend::Postgres {
        sql = format!("SET foreign_key_checks = 0;\n{sql}SET foreign_key_checks = 1;\n");
    }
    sql.extend(names.iter().map(|name| format!("CREATE {kind} {name};\n")));
    let [a, b, c] = names;
    let body =
        SCHEMA.replace(" A.", &format!(" {a}.")).replace(" B.", &format!(" {b}.")).replace(" C.", &format!(" {c}."));
    (sql + &body, names)
}

fn names(graph: &RelationshipGraph) -> Vec<String> {
    graph.entities().map(|(_, entity)| entity.name.clone()).collect()
}

fn loads_through_schemas(server: &Server) {
    let backend = server.backend();
    let (sql, [a, b, c]) = forms(backend);
    let url = server.database(&sql);
    let catalog = server.catalog_of(&url, &[a, b, a]).unwrap();
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let taken = if backend == Backend::Postgres { "b_item_2" } else { "eagerly_test_b_item" };
    assert_eq!(names(&graph), ["b_item", "item", "parent", "child", taken, "link", "seen"]);
    let left: Vec<_> = graph.leaving().iter().map(|key| (key.table.as_str(), key.target_schema.as_str())).collect();
    assert_eq!(left, [("item", c)]);
    reads_back(&catalog, &graph);
    let (oracle_of, _) = server.open(&url);
    let engine = OnServers::default();
    let mut problems = Vec::new();
    for text in SPECS {
        let text = text.replace("b_item_2", taken);
        let spec = LoadSpec::parse(&text).unwrap();
        let expected = oracle_on(oracle_of.as_ref(), &graph, &spec);
        for treatment in Treatment::DEFAULT {
            let loaded = engine.load(backend, &url, &graph, &treatment.apply(&graph, &spec));
            problems.extend(judge(treatment, loaded, &expected).err().map(|why| format!("{text} {why}")));
        }
    }
    assert!(problems.is_empty(), "{}: {}", backend.name(), problems.join("\n\n"));

    // The other way round, other names are taken.
    let turned = RelationshipGraph::from_catalog(&server.catalog_of(&url, &[b, a]).unwrap()).unwrap();
    let taken = if backend == Backend::Postgres { "a_item" } else { "eagerly_test_a_item" };
    assert_eq!(names(&turned), ["child", "item", "link", "seen", "b_item", taken, "parent"]);
    // One schema alone: what leads out of it is told.
    let alone = RelationshipGraph::from_catalog(&server.catalog_of(&url, &[b]).unwrap()).unwrap();
    let left: Vec<_> =
        alone.leaving().iter().map(|key| format!("{} {}.{}", key.table, key.target_schema, key.target)).collect();
    assert_eq!(left, [format!("child {a}.parent"), format!("item {a}.item"), format!("link {a}.parent")]);
    let error = server.catalog_of(&url, &[a, "no such"]).unwrap_err();
    assert_eq!(error.first().kind, eagerly::error::ErrorKind::Database);
    assert!(error.first().message.contains("`no such`"), "{error}");
}

/// What is written as a graph file reads back, and a file may name tables of any schema that was read.
fn reads_back(catalog: &Catalog, graph: &RelationshipGraph) {
    let text = graph.to_toml().unwrap();
    let over =
        |text: &str| GraphFile::parse(text).and_then(|file| file.over(catalog)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(over(&text).to_definitions(), graph.to_definitions());
    assert_eq!(over(&text).to_toml().unwrap(), text);
    let alone = GraphFile::parse(&text).unwrap().build().unwrap();
    assert_eq!(alone.to_definitions(), graph.to_definitions());
    let b = catalog.schemas[1].as_str();
    let added = over(&format!(
        "[entity.one]\ntable = \"item\"\nschema = \"{b}\"\n[entity.two]\ntable = \"item\"\n[entity.three]\ntable = \"link\"\n"
    ));
    let schema = |name: &str| added.entity(added.entity_id(name).unwrap()).schema.as_deref();
    let of = |name: &str| graph.entity(graph.entity_id(name).unwrap()).schema.as_deref();
    assert_eq!([schema("one"), schema("two"), schema("three")], [of("child"), of("item"), of("link")]);
}

#[test]
fn postgres_loads_through_several_schemas() {
    server(Backend::Postgres).into_iter().for_each(loads_through_schemas);
}

#[test]
fn mariadb_loads_through_several_databases() {
    server(Backend::Mariadb).into_iter().for_each(loads_through_schemas);
}

#[test]
fn mysql_loads_through_several_databases() {
    server(Backend::Mysql).into_iter().for_each(loads_through_schemas);
}

#[test]
fn sqlite_has_the_schema_main_alone() {
    let connection =
        database("CREATE TABLE t (id INTEGER PRIMARY KEY); ATTACH ':memory:' AS other; CREATE TABLE other.u (id)");
    assert_eq!(names(&eagerly_rusqlite::reflect_of(&connection, &["main", "MAIN"]).unwrap()), ["t"]);
    let error = eagerly_rusqlite::reflect_of(&connection, &["main", "other"]).unwrap_err();
    assert_eq!(error.first().kind, eagerly::error::ErrorKind::Database);
    assert!(error.first().message.contains("`other`"), "{error}");
}

/// Schemas, types, collations and temporary tables of PostgreSQL: what the search path shows and what it hides.
#[test]
fn postgres_qualifies_what_the_search_path_does_not_show() {
    let Some(server) = server(Backend::Postgres) else { return };
    let url = server.database(
        "CREATE SCHEMA \"odd \"\"s\"; CREATE TYPE \"odd \"\"s\".mood AS ENUM ('x', 'y');
         CREATE TABLE \"odd \"\"s\".\"t.t\" (id int PRIMARY KEY, m \"odd \"\"s\".mood UNIQUE, data jsonb);
         CREATE MATERIALIZED VIEW \"odd \"\"s\".mv AS SELECT 7 AS id;
         CREATE TABLE public.r (id int PRIMARY KEY, m \"odd \"\"s\".mood REFERENCES \"odd \"\"s\".\"t.t\" (m));
         INSERT INTO \"odd \"\"s\".\"t.t\" VALUES (1, 'x', '[1]'), (2, 'y', NULL); INSERT INTO r VALUES (1, 'y'), (2, NULL)",
    );
    let catalog = server.catalog_of(&url, &["public", "odd \"s"]).unwrap();
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    assert_eq!(names(&graph), ["r", "mv", "t_t"]);
    let schema = |name: &str| graph.entity(graph.entity_id(name).unwrap()).schema.clone();
    assert_eq!([schema("r"), schema("mv"), schema("t_t")], [None, Some("odd \"s".into()), Some("odd \"s".into())]);
    let (oracle_of, _) = server.open(&url);
    for text in ["{ r { id t_t { data r { id } } } }", "{ mv { id } }", "{ t_t { id r(limit: 1) { id } } }"] {
        let spec = LoadSpec::parse(text).unwrap();
        let expected = oracle_on(oracle_of.as_ref(), &graph, &spec);
        for treatment in Treatment::DEFAULT {
            let loaded = OnServers::default().load(Backend::Postgres, &url, &graph, &treatment.apply(&graph, &spec));
            judge(treatment, loaded, &expected).unwrap_or_else(|why| panic!("{text} {why}"));
        }
    }
}

/// They compare periods by containment, which no relationship does. Before PostgreSQL 18 there are none.
#[test]
fn temporal_keys_of_postgres_are_no_relationships() {
    let Some(server) = server(Backend::Postgres) else { return };
    let url = server.database(
        "CREATE TABLE room (id int4range, during daterange NOT NULL);
         CREATE TABLE plain (id int PRIMARY KEY); CREATE TABLE stay (id int PRIMARY KEY, room int4range, during daterange, plain_id int REFERENCES plain)",
    );
    let database = eagerly_tests::database::Postgres::connect(&url).unwrap();
    let made = database.execute("ALTER TABLE room DROP CONSTRAINT IF EXISTS k; ALTER TABLE room ADD CONSTRAINT k PRIMARY KEY (id, during WITHOUT OVERLAPS)");
    let version: u32 = database.texts("SHOW server_version_num")[0][0].as_deref().unwrap().parse().unwrap();
    if version < 180_000 {
        assert!(made.unwrap_err().contains("syntax error"));
    } else {
        let key = "ALTER TABLE stay ADD FOREIGN KEY (room, PERIOD during) REFERENCES room (id, PERIOD during)";
        made.and_then(|()| database.execute(key)).unwrap();
    }
    let graph = server.reflect(&url);
    let stay = graph.entity(graph.entity_id("stay").unwrap());
    assert_eq!(stay.relationships.keys().collect::<Vec<_>>(), ["plain"]);
    assert_eq!(graph.leaving(), []);
}
