//! The corpus on servers, each against its own oracle; and the servers themselves.

use crate::corpus::each;
use eagerly::RelationshipGraph;
use eagerly::error::Errors;
use eagerly::spec::{LoadSpec, Strategy};
use eagerly_tests::chinook;
use eagerly_tests::corpus::{CorpusCase, Opened, corpus_on, schema_on, sql_file, update};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{Outcome, ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{open, server};
use std::cell::RefCell;
use std::collections::BTreeSet;

fn results_are_those_of_the_oracle_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let cases = corpus_on(backend);
    assert!(cases.len() >= 200, "only {} cases", cases.len());
    let opened = RefCell::new(Opened::default());
    each(&cases, |case| case.check_result_on(server, &mut opened.borrow_mut(), update()));
}

#[test]
fn results_on_postgres_are_those_of_its_oracle() {
    results_are_those_of_the_oracle_on(Backend::Postgres);
}

#[test]
fn results_on_mariadb_are_those_of_its_oracle() {
    results_are_those_of_the_oracle_on(Backend::Mariadb);
}

#[test]
fn results_on_mysql_are_those_of_its_oracle() {
    results_are_those_of_the_oracle_on(Backend::Mysql);
}

fn the_engine_agrees_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let (engine, opened) = (OnServers::default(), RefCell::new(Opened::default()));
    each(&corpus_on(backend), |case| case.check_engine_on(server, &mut opened.borrow_mut(), &engine));
}

#[test]
fn the_engine_agrees_with_the_oracle_of_postgres() {
    the_engine_agrees_on(Backend::Postgres);
}

#[test]
fn the_engine_agrees_with_the_oracle_of_mariadb() {
    the_engine_agrees_on(Backend::Mariadb);
}

#[test]
fn the_engine_agrees_with_the_oracle_of_mysql() {
    the_engine_agrees_on(Backend::Mysql);
}

/// The SQL of every case is kept in one file for each server, to be read when it changes; MySQL's has the cases that
/// differ from MariaDB's. A case that has no database on this server keeps what it has.
fn the_sql_is_that_of_the_file(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let (engine, mut opened) = (OnServers::default(), Opened::default());
    let file = sql_file(backend);
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let sql = |case: &CorpusCase| {
        let name = format!("-- {}\n", case.name());
        if !case.runs_on(server) {
            let kept = kept.split_inclusive("\n\n").find(|kept| kept.starts_with(&name));
            return kept.unwrap_or_default().to_owned();
        }
        let sent = case.sql_on(server, &mut opened, &engine).unwrap_or_else(|error| format!("{error}\n"));
        format!("{name}{}\n", server.in_the_usual_collation(sent))
    };
    let mut sent: Vec<String> = corpus_on(backend).iter().map(sql).collect();
    if backend == Backend::Mysql {
        // MariaDB's file has the rest.
        let known = std::fs::read_to_string(sql_file(Backend::Mariadb)).unwrap_or_default();
        sent.retain(|case| !known.contains(case.as_str()));
    }
    let sent = sent.concat();
    if update() {
        return std::fs::write(&file, &sent).unwrap();
    }
    let other = kept.lines().zip(sent.lines()).find(|(kept, sent)| kept != sent);
    assert!(kept == sent, "{other:#?}\nin {} (UPDATE=1 rewrites it)", file.display());
}

#[test]
fn the_sql_for_postgres_is_that_of_its_file() {
    the_sql_is_that_of_the_file(Backend::Postgres);
}

#[test]
fn the_sql_for_mariadb_is_that_of_its_file() {
    the_sql_is_that_of_the_file(Backend::Mariadb);
}

#[test]
fn the_sql_for_mysql_is_that_of_its_file() {
    the_sql_is_that_of_the_file(Backend::Mysql);
}

/// Each pass switched off alone, and lists cut after one and two keys.
fn variations_agree_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let (engines, opened) = (OnServers::default().variations(&[1, 2]), RefCell::new(Opened::default()));
    each(&corpus_on(backend), |case| case.check_engines_on(server, &mut opened.borrow_mut(), &engines));
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_postgres() {
    variations_agree_on(Backend::Postgres);
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_mariadb() {
    variations_agree_on(Backend::Mariadb);
}

#[test]
fn no_pass_and_no_cut_changes_a_result_on_mysql() {
    variations_agree_on(Backend::Mysql);
}

/// Over three connections, and with lists cut after two keys, so that a wave has several statements.
fn a_pool_agrees_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let engine = OnServers::default().cut(2).pooled(3);
    let (engines, opened) = ([("over three connections".to_owned(), engine)], RefCell::new(Opened::default()));
    each(&corpus_on(backend), |case| case.check_engines_on(server, &mut opened.borrow_mut(), &engines));
}

#[test]
fn a_pool_changes_no_result_on_postgres() {
    a_pool_agrees_on(Backend::Postgres);
}

#[test]
fn a_pool_changes_no_result_on_mariadb() {
    a_pool_agrees_on(Backend::Mariadb);
}

#[test]
fn a_pool_changes_no_result_on_mysql() {
    a_pool_agrees_on(Backend::Mysql);
}

/// The driver's reading of a catalog and the tests' own, which share no line, give the same entities and relationships.
fn reflections_agree_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let cases = corpus_on(backend);
    let cases = cases.iter().filter(|case| case.runs_on(server));
    let schemas: BTreeSet<String> = cases.map(|case| case.schema_on(backend)).collect();
    assert!(schemas.len() >= 15, "only {} schemas", schemas.len());
    let urls = schemas.iter().map(|sql| server.database(sql)).chain([chinook::url(server)]);
    for url in urls {
        let (_, own) = server.open(&url);
        let [own, drivers] = [own, server.reflect(&url)].map(|graph| described(&graph));
        let other: Vec<_> = own.iter().zip(&drivers).filter(|(own, drivers)| own != drivers).collect();
        assert!(own == drivers, "(the tests' own, the driver's)\n{other:#?}\nof {own:#?}\nand {drivers:#?}");
    }
}

/// Lines of what names, results and the oracle depend on.
fn described(graph: &RelationshipGraph) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, entity) in graph.entities() {
        let key = entity.column_names(&entity.primary_key);
        lines.push(format!("{} of {} view {} key {key}", entity.name, entity.table, entity.view));
        for column in entity.columns.values() {
            let (name, ty) = (&column.name, column.ty.name());
            let facts = [column.nullable, column.generated, column.ordered];
            lines.push(format!("{}.{name} {ty} null, generated, ordered {facts:?}", entity.name));
        }
        for (name, id) in &entity.relationships {
            let relationship = graph.relationship(*id);
            let target = graph.entity(relationship.target);
            let keys = [(entity, &relationship.source_key), (target, &relationship.target_key)];
            let mut keys: Vec<String> = keys.map(|(entity, key)| entity.column_names(key)).to_vec();
            if let Some(secondary) = &relationship.secondary {
                let link = graph.entity(secondary.entity);
                keys.push(link.name.clone());
                keys.extend([&secondary.source_columns, &secondary.target_columns].map(|key| link.column_names(key)));
            }
            let (direction, list) = (relationship.direction.name(), relationship.uselist);
            lines.push(format!("{}.{name} {direction} list {list} {} by {keys:?}", entity.name, target.name));
        }
    }
    lines
}

#[test]
fn the_driver_of_postgres_reflects_what_the_tests_read() {
    reflections_agree_on(Backend::Postgres);
}

#[test]
fn the_driver_of_mariadb_reflects_what_the_tests_read() {
    reflections_agree_on(Backend::Mariadb);
}

#[test]
fn the_driver_of_mysql_reflects_what_the_tests_read() {
    reflections_agree_on(Backend::Mysql);
}

/// An engine that asks the oracle, and forgets its rows where they are joined.
struct Forgetful;

impl ServerEngine for Forgetful {
    fn load(&self, backend: Backend, url: &str, _: &RelationshipGraph, spec: &LoadSpec) -> Result<Outcome, Errors> {
        let joined = spec.root.fields.iter().flatten().any(|field| field.strategy == Some(Strategy::Joined));
        let (database, graph) = open(backend, url);
        let json = if joined { "[]".to_owned() } else { oracle_on(database.as_ref(), &graph, spec).to_string() };
        Ok(Outcome { json, sql: Vec::new(), waves: 0, plan: String::new() })
    }
}

#[test]
fn an_engine_that_is_wrong_on_a_server_is_caught() {
    let Some(server) = server(Backend::Postgres) else { return };
    let case = corpus_on(Backend::Postgres).into_iter().find(|case| case.name() == "server_citext_keys").unwrap();
    let problem = case.check_engine_on(server, &mut Opened::default(), &Forgetful).unwrap_err();
    assert!(
        problem.starts_with("[joined] another result") && problem.matches("another result").count() == 1,
        "{problem}"
    );
}

/// What SQLAlchemy gives, from the server's oracle and from the engine, which sends no more statements than the case says.
fn conformance_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = server.database(&schema_on(backend, "conformance"));
    let (database, graph) = server.open(&url);
    let (engine, reflected) = (OnServers::default(), server.reflect(&url));
    crate::conformance::each(|id, case, spec| {
        let json = oracle_on(database.as_ref(), &graph, spec);
        assert_eq!(json.to_string(), case["result"].to_string(), "{id}");
        for treatment in Treatment::DEFAULT {
            let loaded = engine.load(backend, &url, &reflected, &treatment.apply(&reflected, spec));
            let outcome = judge(treatment, loaded, &json).unwrap_or_else(|problem| panic!("{id}: {problem}"));
            let (count, most) = (outcome.sql.len() as u64, case["max_statements"].as_u64().unwrap());
            assert!(treatment != Treatment::AsWritten || count <= most, "{id}: {count}, not {most}\n{}", outcome.plan);
        }
    });
}

#[test]
fn postgres_agrees_with_sqlalchemy() {
    conformance_on(Backend::Postgres);
}

#[test]
fn mariadb_agrees_with_sqlalchemy() {
    conformance_on(Backend::Mariadb);
}

#[test]
fn mysql_agrees_with_sqlalchemy() {
    conformance_on(Backend::Mysql);
}
