//! One schema of all that SQLite has, reflected, planned and loaded; and what is beside `main`.

use super::{read, table_names};
use crate::catalog::catalog;
use eagerly::Planner;
use eagerly::error::code;
use eagerly::graph::{GraphFile, RelationshipGraph};
use eagerly::ids::EntityId;
use eagerly::spec::{LoadSpec, Strategy, relationship};
use rusqlite::Connection;

/// Every kind of table and key there is, with a few rows.
const EVERYTHING: &str = r#"
    CREATE TABLE "Order Details" ("Order Id" INTEGER PRIMARY KEY, "select" INTEGER REFERENCES "select", "it's ""x""" TEXT);
    INSERT INTO "Order Details" VALUES (1, 1, 'a'), (2, 9, NULL), (3, NULL, 'c');
    CREATE TABLE "select" ("group" INTEGER PRIMARY KEY, "FROM" TEXT);
    INSERT INTO "select" VALUES (1, 'x'), (2, NULL);
    CREATE TABLE Mixed (Id INTEGER PRIMARY KEY, PARENT_ID INTEGER REFERENCES mixed (ID));
    INSERT INTO Mixed VALUES (1, NULL), (2, 1), (3, 1), (4, 4);
    CREATE TABLE pair (a INTEGER, b TEXT, up_a INTEGER, up_b TEXT, PRIMARY KEY (b, a),
        FOREIGN KEY (up_b, up_a) REFERENCES pair);
    INSERT INTO pair VALUES (1, 'x', NULL, NULL), (1, 'y', 1, 'x'), (2, 'x', 1, NULL);
    CREATE TABLE game (id INTEGER PRIMARY KEY, home_id REFERENCES club, away_id REFERENCES club, referee REFERENCES club);
    CREATE TABLE club (id INTEGER PRIMARY KEY, code TEXT UNIQUE, short TEXT, long TEXT, UNIQUE (short, long));
    INSERT INTO club VALUES (1, 'A', 's', 'l'), (2, 'B', 's', 'm'), (3, NULL, NULL, NULL);
    INSERT INTO game VALUES (1, 1, 2, NULL), (2, 2, 1, 3), (3, 1, 1, 1);
    CREATE TABLE member (id INTEGER PRIMARY KEY, club_code TEXT REFERENCES club (code), s TEXT, l TEXT,
        FOREIGN KEY (s, l) REFERENCES club (short, long));
    INSERT INTO member VALUES (1, 'A', 's', 'm'), (2, 'Z', 's', NULL), (3, NULL, NULL, NULL);
    CREATE TABLE partly (id INTEGER PRIMARY KEY, club_id INTEGER REFERENCES club, live BOOLEAN, name TEXT);
    CREATE UNIQUE INDEX partly_live ON partly (club_id) WHERE live;
    CREATE UNIQUE INDEX partly_name ON partly (lower(name));
    INSERT INTO partly VALUES (1, 1, 1, 'a'), (2, 1, 0, 'b');
    CREATE TABLE computed (id INTEGER PRIMARY KEY, n INTEGER, twice INTEGER AS (n * 2), club_id INTEGER AS (n + 0) STORED
        REFERENCES club);
    INSERT INTO computed (id, n) VALUES (1, 1), (2, 2), (3, NULL);
    CREATE TABLE tag (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    INSERT INTO tag VALUES ('t', 'T'), ('u', 'U');
    CREATE TABLE tagged (club_id INTEGER REFERENCES club, tag_code TEXT REFERENCES tag, PRIMARY KEY (club_id, tag_code))
        STRICT, WITHOUT ROWID;
    INSERT INTO tagged VALUES (1, 't'), (1, 'u'), (2, 't');
    CREATE TABLE rivals (club_id REFERENCES club, rival_id REFERENCES club, PRIMARY KEY (club_id, rival_id));
    INSERT INTO rivals VALUES (1, 2), (2, 1), (3, 3);
    CREATE TABLE strict (id INT PRIMARY KEY, value ANY, club_id INT REFERENCES club) STRICT;
    INSERT INTO strict VALUES (1, 'text', 1), (2, 2.5, NULL);
    CREATE TABLE log (at TEXT, club_id INTEGER REFERENCES club);
    INSERT INTO log VALUES ('now', 1), ('now', 1), (NULL, NULL);
    CREATE TABLE dangling (id INTEGER PRIMARY KEY, a REFERENCES nowhere, b REFERENCES nowhere (id), c REFERENCES club (no),
        d REFERENCES log, e REFERENCES busy, f REFERENCES club);
    INSERT INTO dangling VALUES (1, 1, 1, 1, 1, 1, 1), (2, NULL, NULL, NULL, NULL, NULL, 77);
    CREATE VIEW busy AS SELECT club.id, count(*) AS games FROM club JOIN game ON home_id = club.id GROUP BY 1;
    CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES b);
    CREATE TABLE b (id INTEGER PRIMARY KEY, a_id UNIQUE REFERENCES a);
    INSERT INTO a VALUES (1, 1), (2, NULL);
    INSERT INTO b VALUES (1, 1), (2, 2);
    CREATE VIRTUAL TABLE words USING fts5 (word);
    INSERT INTO words VALUES ('one'), ('two');
"#;

/// A specification of one entity with all its columns and relationships, one level down.
fn everything_of(graph: &RelationshipGraph, entity: EntityId, strategy: Strategy) -> LoadSpec {
    let entity = graph.entity(entity);
    let relationships = entity.relationships.keys();
    relationships.fold(LoadSpec::new(&entity.name), |spec, name| spec.load(relationship(name).strategy(strategy)))
}

#[test]
fn every_entity_loads_with_all_its_relationships() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    db.execute_batch(EVERYTHING).unwrap();
    let graph = crate::reflect(&db).unwrap();
    let planner = Planner::new(graph.clone(), crate::dialect(&db));
    for (id, entity) in graph.entities() {
        let mut seen: Option<String> = None;
        for strategy in [Strategy::Selectin, Strategy::Joined, Strategy::Auto] {
            let plan = planner.compile(&everything_of(&graph, id, strategy)).unwrap();
            let json = crate::load(&db, &plan).unwrap().to_json().unwrap();
            let rows: i64 =
                db.query_row(&format!("SELECT count(*) FROM \"{}\"", entity.table), [], |row| row.get(0)).unwrap();
            assert!(rows > 0, "{} is empty", entity.name);
            let loaded = crate::load(&db, &plan).unwrap().roots().count();
            assert_eq!(i64::try_from(loaded).unwrap(), rows, "{}", entity.name);
            assert_eq!(*seen.get_or_insert_with(|| json.clone()), json, "{} by {}", entity.name, strategy.name());
        }
    }
    let json = |spec: &str| {
        let plan = planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
        crate::load(&db, &plan).unwrap().to_json().unwrap()
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
    let catalog = read(&format!("PRAGMA foreign_keys = OFF; {EVERYTHING}"));
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
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

/// Attached databases and temporary tables are no part of the graph, and never stand in for a table of it.
#[test]
fn attached_and_temporary_tables_neither_show_nor_hide() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author, far_id REFERENCES elsewhere);
         INSERT INTO author VALUES (1, 'main'); INSERT INTO post VALUES (1, 1, 1);
         CREATE TEMP TABLE author (id TEXT, other); INSERT INTO temp.author VALUES ('1', 'temp');
         CREATE TEMP VIEW post AS SELECT 9 AS id;
         ATTACH ':memory:' AS other; CREATE TABLE other.elsewhere (id INTEGER PRIMARY KEY);
         CREATE TABLE other.author (id INTEGER PRIMARY KEY); INSERT INTO other.elsewhere VALUES (1)",
    )
    .unwrap();
    let read = catalog(&db).unwrap();
    let graph = RelationshipGraph::from_catalog(&read).unwrap();
    assert_eq!(table_names(&read), ["author", "post"]);
    assert_eq!(graph.relationships().count(), 2, "a foreign key stays within its database");
    let planner = Planner::new(graph, crate::dialect(&db));
    let plan = planner.compile(&LoadSpec::parse("{ post { id author @selectin { name } } }").unwrap()).unwrap();
    assert_eq!(crate::load(&db, &plan).unwrap().to_json().unwrap(), r#"[{"id":1,"author":{"name":"main"}}]"#);

    // Asked for by name, an attached table is refused, and said to be one that was not read.
    let error = planner.compile(&LoadSpec::parse("{ elsewhere { id } }").unwrap()).unwrap_err();
    assert_eq!(error.first().code, code::UNKNOWN_ENTITY);
    let text = "[entity.elsewhere]\nschema = \"other\"\n";
    let error = GraphFile::parse(text).unwrap().over(&read).unwrap_err();
    assert_eq!(error.first().code, code::UNDEFINED);
    assert!(error.first().message.contains("no schema `other` was read from the database"), "{error}");
}
