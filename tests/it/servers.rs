//! The corpus on servers, each against its own oracle; and the servers themselves.

use crate::corpus::each;
use eagerly_tests::corpus::{Opened, corpus_on, update};
use eagerly_tests::database::Backend;
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
