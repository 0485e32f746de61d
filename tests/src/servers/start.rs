//! Starts PostgreSQL and MariaDB: new data directories, a port of the loopback, a user `eagerly` with a password that
//! nobody else knows, nothing that outlasts a crash. The time zone is one that nobody expects, so that it shows where a
//! client relies on the server's. PostgreSQL compiles no queries: for such that run once that takes longer than they do.

use super::process::{Guarded, find, free_port, install, secret, versions};
use crate::database::{Mysql, Postgres};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Ports are taken by others at times, between our look and the server's.
const ATTEMPTS: usize = 3;

/// A server that we started, and its URL without a database.
pub(super) type Started = (Guarded, String);

const POSTGRES: &str = r#"
init() {
    "$1/initdb" --pgdata=data --username=eagerly --pwfile=password --auth=scram-sha-256 --encoding=UTF8 \
        --locale="$2" --no-sync --no-instructions
}
init "$1" C.UTF-8 || init "$1" C || exit 1
exec "$1/postgres" -D data -c listen_addresses=127.0.0.1 -c "port=$2" -c unix_socket_directories= -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c autovacuum=off -c jit=off -c timezone=Asia/Kathmandu
"#;

/// The collation that the statements below name.
pub(super) const MARIADB_COLLATION: &str = "utf8mb4_general_ci";

const MARIADB: &str = r#"
"$1" --no-defaults --datadir="$PWD/data" --skip-test-db --skip-log-bin || exit 1
exec "$2" --no-defaults --datadir="$PWD/data" --socket="$PWD/socket" --pid-file="$PWD/pid" --init-file="$PWD/users.sql" \
    --tmpdir="$PWD/data" --bind-address=127.0.0.1 --port="$3" --skip-name-resolve --skip-log-bin --character-set-server=utf8mb4 \
    --collation-server=utf8mb4_general_ci --innodb-flush-log-at-trx-commit=0 --innodb-fast-shutdown=2 \
    --innodb-buffer-pool-size=64M --innodb-log-file-size=16M --skip-innodb-doublewrite --debug-no-sync \
    --performance-schema=off --default-time-zone=+05:45
"#;

/// The directory of PostgreSQL's programs.
pub(super) fn postgres_programs() -> Result<Vec<PathBuf>, String> {
    let found = || find(&["initdb"], &postgres_directories());
    let initdb = match found() {
        Some(initdb) => initdb,
        None => install("postgresql", Some("postgresql")).map(|()| found())?.ok_or("initdb is nowhere to be found")?,
    };
    // Links to it are of no use: `postgres` stands beside the program itself.
    let initdb = initdb.canonicalize().map_err(|error| error.to_string())?;
    Ok(vec![initdb.parent().ok_or("initdb has no directory")?.to_owned()])
}

pub(super) fn postgres() -> Result<Started, String> {
    let programs = &postgres_programs()?[0];
    attempts(|port, password| {
        let files = [("password", password)];
        let arguments = [programs.as_os_str(), OsStr::new(port)];
        let guarded =
            Guarded::start("postgres", "postgres", &files, POSTGRES, &arguments).map_err(|e| e.to_string())?;
        let url = format!("postgres://eagerly:{password}@127.0.0.1:{port}/");
        guarded.wait(|| Postgres::connect(&format!("{url}postgres")).map(drop))?;
        Ok((guarded, url))
    })
}

fn postgres_directories() -> Vec<PathBuf> {
    let debian = versions(Path::new("/usr/lib/postgresql"), "bin");
    debian.into_iter().chain(["/usr/local/pgsql/bin", "/usr/pgsql/bin"].map(PathBuf::from)).collect()
}

/// MariaDB's programs: the one that makes a data directory, and the server.
pub(super) fn mariadb_programs() -> Result<Vec<PathBuf>, String> {
    let directories = ["/usr/sbin", "/usr/libexec", "/usr/local/sbin"].map(PathBuf::from);
    let found = || Some(vec![find(&["mariadb-install-db"], &directories)?, find(&["mariadbd"], &directories)?]);
    match found() {
        Some(programs) => Ok(programs),
        None => Ok(install("mariadb-server", Some("mariadb"))
            .map(|()| found())?
            .ok_or("mariadbd is nowhere to be found")?),
    }
}

pub(super) fn mariadb() -> Result<Started, String> {
    let programs = mariadb_programs()?;
    attempts(|port, password| {
        // The socket of a loopback connection may be used instead: that is `localhost`.
        let user = |host: &str| {
            let user = format!("eagerly@'{host}'");
            format!("CREATE USER {user} IDENTIFIED BY '{password}';\nGRANT ALL ON *.* TO {user} WITH GRANT OPTION;\n")
        };
        let users = ["127.0.0.1", "localhost"].map(user).concat();
        let files = [("users.sql", users.as_str())];
        let arguments = [programs[0].as_os_str(), programs[1].as_os_str(), OsStr::new(port)];
        let guarded = Guarded::start("mariadb", "mysql", &files, MARIADB, &arguments).map_err(|e| e.to_string())?;
        let url = format!("mysql://eagerly:{password}@127.0.0.1:{port}/");
        guarded.wait(|| Mysql::connect(&format!("{url}mysql")).map(drop))?;
        Ok((guarded, url))
    })
}

pub(super) fn attempts(start: impl Fn(&str, &str) -> Result<Started, String>) -> Result<Started, String> {
    let mut problem = String::new();
    for _ in 0..ATTEMPTS {
        let port = free_port().map_err(|error| error.to_string())?.to_string();
        match start(&port, &secret()) {
            Ok(started) => return Ok(started),
            Err(again) => problem = again,
        }
    }
    Err(problem)
}
