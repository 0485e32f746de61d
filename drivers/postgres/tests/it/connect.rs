//! Ways not to get in, and how a connection ends.

use crate::server::{database, own_database};
use eagerly::error::{Error, ErrorKind};
use std::io::Write as _;
use std::net::TcpListener;
use tokio::runtime::Builder;

fn refused(url: &str) -> Error {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let error = runtime.block_on(eagerly_postgres::connect(url)).unwrap_err().first().clone();
    assert_eq!((error.kind, error.code), (ErrorKind::Database, "E0401"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert!(error.help.is_some(), "{error}");
    error
}

#[track_caller]
fn assert_said(error: &Error, words: &str) {
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn nobody_is_there() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{free}/shop"));
    assert_said(&error, "Connection refused");
    assert!(error.is_transient(), "{error:?}");
    assert_said(&error, "check that the server runs");
    assert_said(&error, &format!("`127.0.0.1:{free}`, database `shop`"));
    assert_said(&refused("postgres://me:hunter2@%2Fno%2Fsuch%2Fdirectory/shop"), "directory of its socket");
    assert_said(&refused("postgres://me:hun@ter2@nowhere.invalid/shop"), "cannot connect to the server");
}

#[test]
fn something_else_answers_or_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // The system takes the connection, and nobody answers.
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/shop?connect_timeout=1"));
    assert_said(&error, "no answer within 1s");
    assert!(error.is_transient(), "{error:?}");
    let web = std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            // The first has given up.
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/shop?connect_timeout=5"));
    assert_said(&error, "check host and port");
    web.join().unwrap();
}

/// Each host has its own time.
#[test]
fn a_host_that_is_silent_is_left_for_the_next() {
    let Some(database) = own_database("") else { return };
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let (user, socket) = database.url.split_once('@').unwrap();
    let (socket, name) = socket.split_once('/').unwrap();
    let url = format!("{user}@127.0.0.1:{port},{socket}:5432/{name}?connect_timeout=1");
    let connection = database.runtime.block_on(eagerly_postgres::connect(&url)).unwrap_or_else(|e| panic!("{e}"));
    let local = "SELECT pg_catalog.inet_server_port() IS NULL";
    assert!(database.runtime.block_on(connection.client().query_one(local, &[])).unwrap().get::<_, bool>(0));
}

#[test]
fn the_server_refuses() {
    // Over rules of its own.
    let Some(database) = own_database(
        "CREATE ROLE guarded LOGIN PASSWORD 'right'; CREATE ROLE refused LOGIN;
        CREATE ROLE sleeper NOLOGIN; CREATE ROLE poor LOGIN CONNECTION LIMIT 0;
        DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM public', current_database()); END $$;
        CREATE ROLE stranger LOGIN; CREATE ROLE \"a b@\" LOGIN SUPERUSER",
    ) else {
        return;
    };
    let at = |user: &str| refused(&database.url_as(user));
    assert_said(&at("guarded:hunter2"), "password authentication failed for user \"guarded\" (SQLSTATE 28P01)");
    assert_said(&at("guarded:hunter2"), "check user and password");
    assert_said(&at("guarded"), "password missing");
    assert_said(&at("guarded"), "give it in the URL");
    assert_said(&at("refused:hunter2"), "pg_hba.conf");
    assert_said(&at("nobody:hunter2"), "check the user");
    assert_said(&at("sleeper"), "not permitted to log in");
    assert_said(&at("poor"), "end other connections");
    assert_said(&at("stranger"), "ask for the right to CONNECT");
    let url = database.url_as("postgres:hunter2");
    let gone = refused(&format!("{}/absent", url.rsplit_once('/').unwrap().0));
    assert_said(&gone, "database \"absent\" does not exist (SQLSTATE 3D000)");
    assert_said(&gone, "check the database's name");
    let runtime = &database.runtime;
    runtime.block_on(eagerly_postgres::connect(&database.url_as("a%20b%40"))).unwrap();
    let let_in = "DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO guarded', current_database()); END $$";
    runtime.block_on(database.connection.client().batch_execute(let_in)).unwrap();
    runtime.block_on(eagerly_postgres::connect(&database.url_as("guarded:right"))).unwrap();
}

#[test]
fn a_connection_that_the_server_ends_says_why() {
    let Some(database) = database("") else { return };
    let victim = database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
    database.runtime.block_on(async {
        let pid: i32 = victim.client().query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
        database.connection.client().execute("SELECT pg_terminate_backend($1, 5000)", &[&pid]).await.unwrap();
        let error = eagerly_postgres::catalog(victim.client()).await.unwrap_err();
        assert_eq!(error.first().code, "E0404");
        assert!(error.first().help.as_ref().is_some_and(|help| help.contains("connect again")), "{error}");
    });
}
