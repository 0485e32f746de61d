//! What can go wrong between a URL and a connection.

use crate::server::with_database;
use eagerly::error::{ErrorKind, Errors, code};
use eagerly_mysql::{Connection, Product, connect};
use mysql_async::prelude::Queryable;

async fn refused(url: &str) -> Errors {
    let errors = connect(url).await.unwrap_err();
    assert!(errors.first().help.is_some(), "{errors}");
    assert!(!errors.to_string().contains("secret"), "{errors}");
    errors
}

#[test]
fn a_connection_knows_its_server_and_speaks_utf8mb4() {
    with_database("", |mut connection, url| async move {
        let server = connection.server();
        let product = if url.starts_with("mariadb:") { Product::MariaDb } else { Product::MySql };
        assert_eq!(server.product, product);
        let oldest = product.oldest();
        assert!(server.version >= oldest && server.max_packet >= 1 << 20, "{server:?}");
        for _ in 0..2 {
            let sql = "SELECT CONCAT(@@character_set_client, @@character_set_connection, @@character_set_results)";
            let sets: Option<String> = connection.conn().unwrap().query_first(sql).await.unwrap();
            assert_eq!(sets.unwrap(), "utf8mb4utf8mb4utf8mb4");
            assert!(connection.conn().unwrap().reset().await.unwrap());
        }
        connection.close().await.unwrap();
    });
}

/// Not by the 1 000 levels of a recursion either, after which MariaDB stops with a warning alone.
#[test]
fn nothing_cuts_a_result() {
    with_database("", |mut connection, _| async move {
        let conn = connection.conn().unwrap();
        let levels = "WITH RECURSIVE k (v) AS (SELECT 1 UNION SELECT v + 1 FROM k WHERE v < 5000) SELECT v FROM k";
        for _ in 0..2 {
            let limit: Option<u64> = conn.query_first("SELECT @@sql_select_limit").await.unwrap();
            assert_eq!(limit, Some(u64::MAX));
            let rows: Vec<u32> = conn.query(levels).await.unwrap();
            assert_eq!((rows.len(), rows.last()), (5_000, Some(&5_000)));
            assert!(conn.reset().await.unwrap());
        }
    });
}

#[test]
fn refusals_have_codes_and_help() {
    with_database("", |mut connection, url| async move {
        let (place, database) = url.rsplit_once('/').unwrap();
        let (_, place) = place.rsplit_once('@').unwrap();
        let name = database.split('?').next().unwrap();
        let admin = connection.conn().unwrap();
        // From everywhere, and from here, where a server may have a user without a name.
        let created = "CREATE USER reader IDENTIFIED BY 'secret', reader@localhost IDENTIFIED BY 'secret'";
        for step in ["DROP USER IF EXISTS reader, reader@localhost", created] {
            admin.query_drop(step).await.unwrap();
        }

        let wrong = refused(&format!("mysql://reader:secret2@{place}/{database}")).await;
        assert_eq!(wrong.first().code, code::CANNOT_OPEN);
        assert!(wrong.first().message.contains("Access denied for user 'reader'@"), "{wrong}");

        let hidden = refused(&format!("mysql://reader:secret@{place}/{database}")).await;
        assert_eq!(hidden.first().code, code::CANNOT_OPEN);
        assert!(hidden.first().message.contains(&format!("to database '{name}'")), "{hidden}");

        let absent = refused(&url.replace(name, "no_such")).await;
        assert_eq!((absent.first().code, absent.first().kind), (code::CANNOT_OPEN, ErrorKind::Database));
        assert!(absent.first().message.contains("Unknown database 'no_such'"), "{absent}");

        let unnamed = refused(&format!("mysql://reader:secret@{place}/")).await;
        assert_eq!((unnamed.first().code, unnamed.first().kind), (code::USAGE, ErrorKind::Input));

        let down = refused("mysql://me:secret@localhost/shop?socket=%2Fno%2Fsuch%2Fsocket").await;
        assert_eq!(down.first().code, code::CANNOT_OPEN);
        assert!(down.first().message.starts_with("cannot connect to `/no/such/socket`: "), "{down}");
        admin.query_drop("DROP USER reader, reader@localhost").await.unwrap();
    });
}

#[test]
fn a_hosts_own_connection_is_set_up_too_and_never_shows_its_password() {
    with_database("", |_, url| async move {
        let opts = mysql_async::Opts::from_url(&url.replacen("mariadb:", "mysql:", 1)).unwrap();
        let conn = mysql_async::Conn::new(opts).await.unwrap();
        let connection = Connection::new(conn).await.unwrap();
        let product = if url.starts_with("mariadb:") { "MariaDb" } else { "MySql" };
        let start = format!("Connection {{ server: Server {{ product: {product}");
        assert!(format!("{connection:?}").starts_with(&start), "{connection:?}");
        connection.into_conn().unwrap().disconnect().await.unwrap();
    });
}
