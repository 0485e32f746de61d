//! Databases of the server that all tests share: one that is named in the environment, or that they start.

use eagerly_mysql::Connection;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::server;
use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs a test with a MariaDB database of its own, filled by `schema`. Where there is no server, that is recorded.
pub(crate) fn with_database<F: Future<Output = ()>>(schema: &str, test: impl FnOnce(Connection, String) -> F) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Some(server) = server(Backend::Mariadb) else { return };
    let name = format!("eagerly_test_driver_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let schema = if schema.is_empty() { "DO 0" } else { schema };
    // mysql_async knows the one scheme alone.
    let url = server.make(&name, schema).replacen("mysql:", "mariadb:", 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let connection = eagerly_mysql::connect(&url).await.unwrap_or_else(|errors| panic!("{errors}"));
        test(connection, url.clone()).await;
    });
    server.execute(&server.url("mysql"), &format!("DROP DATABASE {name}")).unwrap();
}
