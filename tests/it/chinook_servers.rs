//! Chinook on servers: the three dumps agree, after the map of names and the normal forms of `eagerly_tests::chinook`; and
//! random specifications over them come out as the server's oracle has them.

use crate::chinook::chinook as sqlite;
use eagerly::spec::LoadSpec;
use eagerly_tests::chinook::{self, normal, specification};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::generate::over::{Samples, shown, specs};
use eagerly_tests::harness::{ServerEngine, Treatment, judge, pretty};
use eagerly_tests::oracle::{oracle, oracle_on};
use eagerly_tests::servers::server;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;

/// Orders are those of keys and numbers, conditions those of numbers and relationships: no text is compared.
const SPECS: [&str; 12] = [
    "{ Artist(limit: 60) { ArtistId Name Album { AlbumId Title Track(order: [\"-Milliseconds\"], limit: 2) { Name Bytes } } } }",
    "{ Track(order: [\"-UnitPrice\", \"Bytes\"], limit: 50) { Name UnitPrice Composer Genre MediaType { Name } Album { Artist } } }",
    "{ Track(where: {UnitPrice: {gt: 1}}, limit: 20, offset: 5) { TrackId UnitPrice InvoiceLine { Quantity UnitPrice Invoice { InvoiceDate Total } } } }",
    "{ Invoice(where: {Total: {ge: 15}}) { InvoiceId InvoiceDate Total Customer { LastName SupportRep { FirstName HireDate } } } }",
    "{ Customer { Company Fax Invoice(order: [\"-Total\"], limit: 2) { Total InvoiceDate InvoiceLine(limit: 1) { UnitPrice } } } }",
    "{ Employee { Employee_via_ReportsTo @recurse { LastName BirthDate } Employee_by_ReportsTo @recurse { LastName } Customer { CustomerId } } }",
    "{ Playlist(where: {PlaylistId: {in: [1, 5, 12, 17]}}) { Name Track(order: [\"-TrackId\"], limit: 5) @link(columns: [\"PlaylistId\"]) { Name } } }",
    "{ Playlist { PlaylistId PlaylistTrack(limit: 3) { Track { Name Playlist { PlaylistId Name } } } } }",
    "{ Genre(where: {Track: {none: {Milliseconds: {gt: 600000}}}}) { Name Track(where: {InvoiceLine: {any: {}}}, limit: 4) { TrackId } } }",
    "{ MediaType(order: [\"-MediaTypeId\"]) { Name Track(where: {Bytes: {is_null: false}, AlbumId: {le: 20}}) { AlbumId } } }",
    "{ Album(limit: 40) { Title Artist @joined(inner: true) { Name } Track { Genre(where: {GenreId: {ne: 1}}) { Name } } } }",
    "{ InvoiceLine(order: [\"Quantity\", \"-InvoiceLineId\"], limit: 40) { Track { Playlist { Name } } Invoice { BillingCity BillingState } } }",
];

fn agrees_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let (connection, graph) = sqlite();
    let url = chinook::url(server);
    let (there, graph_there) = server.open(&url);
    let (engine, reflected) = (OnServers::default(), server.reflect(&url));
    let mut objects = 0;
    let all = graph.relationships().map(|(_, relationship)| {
        let source = &graph.entity(relationship.source).name;
        format!("{{ {source}(limit: 100) {{ {} }} }}", relationship.name)
    });
    for text in SPECS.map(str::to_owned).into_iter().chain(all) {
        let here = oracle(&connection, &graph, &LoadSpec::parse(&text).unwrap());
        let spec = LoadSpec::parse(&specification(backend, &text)).unwrap();
        let there = oracle_on(there.as_ref(), &graph_there, &spec);
        for treatment in Treatment::DEFAULT {
            let loaded = engine.load(backend, &url, &reflected, &treatment.apply(&reflected, &spec));
            judge(treatment, loaded, &there).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        }
        let [here, there] = [normal(&here), normal(&there)].map(|json| pretty(&json));
        let other = here.lines().zip(there.lines()).find(|(here, there)| here != there);
        assert!(here == there, "{text}\n{other:#?}");
        objects += here.matches('{').count();
    }
    assert!(objects > 10_000, "only {objects} objects were compared");
}

#[test]
fn postgres_agrees_with_sqlite() {
    agrees_on(Backend::Postgres);
}

#[test]
fn mariadb_agrees_with_sqlite() {
    agrees_on(Backend::Mariadb);
}

#[test]
fn mysql_agrees_with_sqlite() {
    agrees_on(Backend::Mysql);
}

/// Specifications of the normal run; `EAGERLY_CASES` and `EAGERLY_SEED` ask for more and for others.
const CASES: u32 = 60;

fn any_specification_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = chinook::url(server);
    let (database, own) = server.open(&url);
    let reflected = server.reflect(&url);
    let (engine, objects) = (OnServers::default(), Cell::new(0));
    let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u32>().expect("a number"));
    let mut seed = [17; 32];
    seed[..4].copy_from_slice(&number("EAGERLY_SEED").unwrap_or(1).to_le_bytes());
    let cases = number("EAGERLY_CASES").unwrap_or(CASES);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let outcome = runner.run(&specs(&own, &Samples::read(database.as_ref(), &own)), |spec| {
        let expected = oracle_on(database.as_ref(), &own, &spec);
        objects.set(objects.get() + expected.to_string().matches('{').count());
        let problem = |treatment: Treatment| {
            let loaded = engine.load(backend, &url, &reflected, &treatment.apply(&reflected, &spec));
            judge(treatment, loaded, &expected).err()
        };
        let problems: Vec<String> = Treatment::DEFAULT.into_iter().filter_map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(TestCaseError::fail(problems.join("\n\n"))) }
    });
    if let Err(TestError::Fail(reason, spec)) = &outcome {
        panic!("{reason}\nthe smallest specification:\n{}", shown(spec));
    }
    outcome.unwrap();
    assert!(objects.get() > 20 * cases as usize, "only {} objects were compared", objects.get());
}

#[test]
fn any_specification_is_loaded_as_the_oracle_of_postgres_loads_it() {
    any_specification_on(Backend::Postgres);
}

#[test]
fn any_specification_is_loaded_as_the_oracle_of_mariadb_loads_it() {
    any_specification_on(Backend::Mariadb);
}

#[test]
fn any_specification_is_loaded_as_the_oracle_of_mysql_loads_it() {
    any_specification_on(Backend::Mysql);
}
