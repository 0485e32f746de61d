//! Databases of the servers that all tests share: those that are named in the environment, or that they start. Each test
//! runs on MariaDB and on MySQL, if there is one; one that cannot has a reason, which is reported.

use eagerly_mysql::Connection;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{has_no_sense_on, server};
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test on MariaDB and on MySQL, each time with a database of its own that is filled by `schema`.
pub(crate) fn with_database<F: Future<Output = ()>>(schema: &str, test: impl FnOnce(Connection, String) -> F + Clone) {
    for backend in [Backend::Mariadb, Backend::Mysql] {
        on(backend, schema, test.clone());
    }
}

/// Runs a test on MariaDB alone, for a reason that is reported if there is a MySQL.
pub(crate) fn with_mariadb<F: Future<Output = ()>>(
    because: &str,
    schema: &str,
    test: impl FnOnce(Connection, String) -> F,
) {
    if server(Backend::Mysql).is_some() {
        has_no_sense_on(Backend::Mysql, because);
    }
    on(Backend::Mariadb, schema, test);
}

/// Runs a test on one of them. Where there is no such server, that is recorded.
pub(crate) fn on<F: Future<Output = ()>>(backend: Backend, schema: &str, test: impl FnOnce(Connection, String) -> F) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Some(server) = server(backend) else { return };
    // A failure names its server by the database.
    let name = format!("eagerly_test_driver_{}_{}", backend.name(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let schema = if schema.is_empty() { "DO 0" } else { schema };
    let made = server.make(&name, schema);
    // mysql_async knows the one scheme alone.
    let url = if backend == Backend::Mariadb { made.replacen("mysql:", "mariadb:", 1) } else { made };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let connection = eagerly_mysql::connect(&url).await.unwrap_or_else(|errors| panic!("{errors}"));
        test(connection, url.clone()).await;
    });
    server.execute(&server.url("mysql"), &format!("DROP DATABASE {name}")).unwrap();
}
