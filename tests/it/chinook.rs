//! The Chinook database (a music shop: 11 tables, 15 607 rows): reflection names it as the contract says, and every
//! relationship of it, and random specifications over it, come out as the oracle has them.

use eagerly::RelationshipGraph;
use eagerly::error::Errors;
use eagerly::graph::{Entity, Relationship};
use eagerly::ids::ColumnId;
use eagerly::spec::{Arguments, Field, LoadSpec, Strategy};
use eagerly_tests::corpus::reflect;
use eagerly_tests::database::Sqlite;
use eagerly_tests::engine::SqliteEngine;
use eagerly_tests::generate::over::{Samples, shown, specs};
use eagerly_tests::harness::{Engine, Outcome, Treatment, load};
use eagerly_tests::oracle::oracle;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use rusqlite::Connection;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Specifications of the normal run; `EAGERLY_CASES` and `EAGERLY_SEED` ask for more and for others.
const CASES: u32 = 400;

pub(crate) fn chinook() -> (Connection, RelationshipGraph) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/chinook.sqlite");
    let connection = eagerly_rusqlite::open(path.as_ref()).unwrap();
    let graph = reflect(&connection);
    (connection, graph)
}

/// Entities with their primary keys.
const ENTITIES: &str = "
Album          AlbumId
Artist         ArtistId
Customer       CustomerId
Employee       EmployeeId
Genre          GenreId
Invoice        InvoiceId
InvoiceLine    InvoiceLineId
MediaType      MediaTypeId
Playlist       PlaylistId
PlaylistTrack  PlaylistId, TrackId
Track          TrackId
";

/// Relationships with their directions, targets and counterparts.
const RELATIONSHIPS: &str = "
Album.Artist                   many-to-one   Artist         on ArtistId = ArtistId         back Album
Album.Track                    one-to-many   Track          on AlbumId = AlbumId           back Album
Artist.Album                   one-to-many   Album          on ArtistId = ArtistId         back Artist
Customer.SupportRep            many-to-one   Employee       on SupportRepId = EmployeeId   back Customer
Customer.Invoice               one-to-many   Invoice        on CustomerId = CustomerId     back Customer
Employee.Employee_via_ReportsTo many-to-one  Employee       on ReportsTo = EmployeeId      back Employee_by_ReportsTo
Employee.Customer              one-to-many   Customer       on EmployeeId = SupportRepId   back SupportRep
Employee.Employee_by_ReportsTo one-to-many   Employee       on EmployeeId = ReportsTo      back Employee_via_ReportsTo
Genre.Track                    one-to-many   Track          on GenreId = GenreId           back Genre
Invoice.Customer               many-to-one   Customer       on CustomerId = CustomerId     back Invoice
Invoice.InvoiceLine            one-to-many   InvoiceLine    on InvoiceId = InvoiceId       back Invoice
InvoiceLine.Invoice            many-to-one   Invoice        on InvoiceId = InvoiceId       back InvoiceLine
InvoiceLine.Track              many-to-one   Track          on TrackId = TrackId           back InvoiceLine
MediaType.Track                one-to-many   Track          on MediaTypeId = MediaTypeId   back MediaType
Playlist.PlaylistTrack         one-to-many   PlaylistTrack  on PlaylistId = PlaylistId     back Playlist
Playlist.Track                 many-to-many  Track          through PlaylistTrack          back Playlist
PlaylistTrack.Playlist         many-to-one   Playlist       on PlaylistId = PlaylistId     back PlaylistTrack
PlaylistTrack.Track            many-to-one   Track          on TrackId = TrackId           back PlaylistTrack
Track.Album                    many-to-one   Album          on AlbumId = AlbumId           back Track
Track.Genre                    many-to-one   Genre          on GenreId = GenreId           back Track
Track.MediaType                many-to-one   MediaType      on MediaTypeId = MediaTypeId   back Track
Track.InvoiceLine              one-to-many   InvoiceLine    on TrackId = TrackId           back Track
Track.PlaylistTrack            one-to-many   PlaylistTrack  on TrackId = TrackId           back Track
Track.Playlist                 many-to-many  Playlist       through PlaylistTrack          back Track
";

/// The words of each line.
fn table(text: &str) -> Vec<String> {
    text.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn reflection_names_the_whole_schema() {
    let (_, graph) = chinook();
    let key = |entity: &Entity| format!("{} {}", entity.name, entity.column_names(&entity.primary_key));
    assert_eq!(graph.entities().map(|(_, e)| key(e)).collect::<Vec<_>>(), table(ENTITIES));
    let mut found = Vec::new();
    for (_, entity) in graph.entities() {
        found.extend(entity.relationships.values().map(|id| line(&graph, graph.relationship(*id))));
    }
    assert_eq!(found.len(), 24);
    assert_eq!(found, table(RELATIONSHIPS));
}

fn line(graph: &RelationshipGraph, relationship: &Relationship) -> String {
    let (source, target) = (graph.entity(relationship.source), graph.entity(relationship.target));
    let names = |entity: &Entity, key: &[ColumnId]| entity.column_names(key);
    let keys = match &relationship.secondary {
        Some(secondary) => {
            let link = graph.entity(secondary.entity);
            assert_eq!(names(source, &relationship.source_key), names(link, &secondary.source_columns));
            assert_eq!(names(target, &relationship.target_key), names(link, &secondary.target_columns));
            format!("through {}", link.name)
        }
        None => {
            format!("on {} = {}", names(source, &relationship.source_key), names(target, &relationship.target_key))
        }
    };
    let back = &graph.relationship(relationship.back_populates.unwrap()).name;
    let (name, direction) = (&relationship.name, relationship.direction.name());
    format!("{}.{name} {direction} {} {keys} back {back}", source.name, target.name)
}

/// Rows of the whole database, each relationship from every row of its source.
#[test]
fn every_relationship_is_loaded_as_the_oracle_loads_it() {
    let (connection, graph) = chinook();
    let engine = SqliteEngine::default();
    let mut objects = BTreeMap::new();
    for (_, relationship) in graph.relationships() {
        let source = &graph.entity(relationship.source).name;
        let spec = LoadSpec::new(source).load(Field::new(&relationship.name));
        let expected = oracle(&connection, &graph, &spec);
        let name = format!("{source}.{}", relationship.name);
        for (strategy, to_one, to_many) in
            [(Strategy::Selectin, 2, 2), (Strategy::Joined, 1, 1), (Strategy::Auto, 1, 2)]
        {
            let outcome = load(&engine, &connection, &graph, (&spec, Treatment::All(strategy)), &expected)
                .unwrap_or_else(|problem| panic!("{name}: {problem}"));
            let statements = if relationship.is_to_many() { to_many } else { to_one };
            assert_eq!((outcome.sql.len(), outcome.waves), (statements, statements), "{name} {}", strategy.name());
        }
        let below = expected.as_array().unwrap().iter().map(|row| match &row[&relationship.name] {
            Json::Array(list) => list.len(),
            Json::Object(_) => 1,
            _ => 0,
        });
        objects.insert(name, below.sum::<usize>());
    }
    // What the tables hold: the comparison was not one of empty lists.
    assert_eq!(objects["Artist.Album"], 347);
    assert_eq!(objects["Album.Track"], 3_503);
    assert_eq!(objects["Playlist.Track"], 8_715);
    assert_eq!(objects["Track.Playlist"], 8_715);
    assert_eq!(objects["Employee.Employee_via_ReportsTo"], 7);
    assert!(objects.values().all(|count| *count > 0), "{objects:?}");
}

/// Traits of generated specifications, and the percentage of them that has to have each.
const SHARES: [(&str, usize); 14] = [
    ("a root row", 80),
    ("a child", 60),
    ("a child of a child", 40),
    ("a child three levels down", 20),
    ("a list of two", 30),
    ("an empty list", 20),
    ("null", 20),
    ("an alias", 50),
    ("a filter on the root", 10),
    ("a filter below the root", 30),
    ("a window below the root", 40),
    ("an order below the root", 40),
    ("inner", 20),
    ("all columns", 40),
];

#[test]
fn any_specification_is_loaded_as_the_oracle_loads_it() {
    let (connection, graph) = chinook();
    let strategy = specs(&graph, &Samples::read(&Sqlite(&connection), &graph));
    let engine = SqliteEngine::default();
    let seen = RefCell::new(BTreeMap::new());
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u32>().expect("a number"));
    let cases = number("EAGERLY_CASES").unwrap_or(CASES);
    let mut seed = [11; 32];
    seed[..4].copy_from_slice(&number("EAGERLY_SEED").unwrap_or(1).to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let outcome = runner.run(&strategy, |spec| {
        let expected = oracle(&connection, &graph, &spec);
        for name in traits(&graph, &spec, &expected) {
            *seen.borrow_mut().entry(name).or_insert(0) += 1;
        }
        let problems = Treatment::DEFAULT
            .into_iter()
            .filter_map(|treatment| load(&engine, &connection, &graph, (&spec, treatment), &expected).err());
        let problems: Vec<String> = problems.collect();
        if problems.is_empty() { Ok(()) } else { Err(TestCaseError::fail(problems.join("\n\n"))) }
    });
    if let Err(TestError::Fail(reason, spec)) = &outcome {
        panic!("{reason}\nthe smallest specification:\n{}", shown(spec));
    }
    outcome.unwrap();
    let seen = seen.into_inner();
    let share = |name: &str| seen.get(name).copied().unwrap_or(0) * 100 / cases as usize;
    let rare: Vec<_> = SHARES.iter().filter(|(name, percent)| share(name) < *percent).collect();
    assert!(rare.is_empty(), "the generator is vacuous: {rare:?}\nof {cases}: {seen:#?}");
}

/// The traits of a specification and its result, each once.
fn traits(graph: &RelationshipGraph, spec: &LoadSpec, result: &Json) -> Vec<&'static str> {
    let mut found = Vec::new();
    let root = graph.entity(graph.entity_id(&spec.root.name).unwrap());
    spec_traits(graph, root, &spec.root, true, &mut found);
    result_traits(result, 0, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn spec_traits(graph: &RelationshipGraph, entity: &Entity, field: &Field, root: bool, found: &mut Vec<&'static str>) {
    let Arguments { filter, order, limit, offset, .. } = &field.arguments;
    let listed = field.fields.as_deref().unwrap_or_default();
    let is_column = |child: &Field| entity.columns.contains_key(&child.name);
    let marks = [
        ("a filter on the root", root && filter.is_some()),
        ("a filter below the root", !root && filter.is_some()),
        ("a window below the root", !root && (limit.is_some() || offset.is_some())),
        ("an order below the root", !root && !order.is_empty()),
        ("inner", field.inner),
        ("an alias", listed.iter().any(|child| child.alias.is_some())),
        ("all columns", !listed.iter().any(is_column)),
    ];
    found.extend(marks.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name));
    for child in listed.iter().filter(|child| !is_column(child)) {
        let relationship = graph.relationship(entity.relationships[&child.name]);
        spec_traits(graph, graph.entity(relationship.target), child, false, found);
    }
}

/// Traits of a result, some of them more than once.
pub(crate) fn result_traits(json: &Json, depth: usize, found: &mut Vec<&'static str>) {
    let levels = ["a root row", "a child", "a child of a child", "a child three levels down"];
    match json {
        Json::Array(list) => {
            found.extend(Some("a list of two").filter(|_| depth > 0 && list.len() > 1));
            found.extend(Some("an empty list").filter(|_| depth > 0 && list.is_empty()));
            list.iter().for_each(|object| result_traits(object, depth, found));
        }
        Json::Object(map) => {
            found.extend(levels.get(depth));
            map.values().for_each(|value| result_traits(value, depth + 1, found));
        }
        Json::Null => found.push("null"),
        _ => {}
    }
}

/// The example that the project began with.
#[test]
fn three_statements_load_artists_albums_and_tracks_with_genres() {
    let (connection, graph) = chinook();
    let text = r#"{
      Artist(limit: 3) {
        Name
        Album @selectin { Title Track(order: ["-Milliseconds"]) @selectin { Name Genre @joined { Name } } }
      }
    }"#;
    let spec = LoadSpec::parse(text).unwrap();
    let expected = oracle(&connection, &graph, &spec);
    let outcome: Result<Outcome, Errors> = SqliteEngine::default().load(&connection, &graph, &spec);
    let outcome = outcome.unwrap();
    assert_eq!((outcome.sql.len(), outcome.waves), (3, 3), "{}", outcome.plan);
    assert_eq!(outcome.json, expected.to_string());
    let artists: Vec<&str> = expected.as_array().unwrap().iter().map(|a| a["Name"].as_str().unwrap()).collect();
    assert_eq!(artists, ["AC/DC", "Accept", "Aerosmith"]);
    assert_eq!(expected[0]["Album"][0]["Track"].as_array().unwrap().len(), 10);
    assert_eq!(expected[0]["Album"][0]["Track"][0]["Genre"]["Name"], "Rock");
    let joins = |sql: &String| sql.matches("JOIN").count();
    assert_eq!(outcome.sql.iter().map(joins).collect::<Vec<_>>(), [0, 0, 1], "{:#?}", outcome.sql);
}
