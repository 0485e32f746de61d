//! The corpus on servers, each against its own oracle; and the servers themselves.

use crate::corpus::each;
use eagerly_tests::corpus::{Opened, corpus_on, schema_on, update};
use eagerly_tests::database::Backend;
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::server;
use std::cell::RefCell;

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

/// What SQLAlchemy gives, which is compared with SQLite's oracle in `conformance`.
fn conformance_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let (database, graph) = server.open(&server.database(&schema_on(backend, "conformance")));
    crate::conformance::each(|id, case, spec| {
        let json = oracle_on(database.as_ref(), &graph, spec);
        assert_eq!(json.to_string(), case["result"].to_string(), "{id}");
    });
}

#[test]
fn the_oracle_of_postgres_agrees_with_sqlalchemy() {
    conformance_on(Backend::Postgres);
}

#[test]
fn the_oracle_of_mariadb_agrees_with_sqlalchemy() {
    conformance_on(Backend::Mariadb);
}

#[test]
fn the_oracle_of_mysql_agrees_with_sqlalchemy() {
    conformance_on(Backend::Mysql);
}
