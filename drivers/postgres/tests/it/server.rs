//! Databases for the tests, one each: of the server that `EAGERLY_TEST_POSTGRES_URL` names, or else of a throwaway
//! PostgreSQL, a cluster in a temporary directory that listens on a socket there alone. It stops with this process,
//! however that ends. Tests of who may log in, and how, always have the throwaway one, whose rules they know.

use eagerly_postgres::Connection;
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{self, could_not_run};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// A database of the server.
pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) runtime: Runtime,
    pub(crate) connection: Connection,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A new database after these statements; none where there is no server, which is recorded.
pub(crate) fn database(setup: &str) -> Option<Database> {
    if std::env::var_os("EAGERLY_TEST_POSTGRES_URL").is_none() {
        return own_database(setup);
    }
    let server = servers::server(Backend::Postgres)?;
    let url = server.make(&format!("eagerly_test_driver_{}", NUMBER.fetch_add(1, Ordering::Relaxed)), "");
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let connection = runtime.block_on(connected(&url, setup));
    Some(Database { url, runtime, connection })
}

/// A new database of the throwaway server after these statements; none where its programs are missing, which is recorded.
pub(crate) fn own_database(setup: &str) -> Option<Database> {
    let Some(server) = server() else {
        could_not_run(Backend::Postgres, "its programs are missing");
        return None;
    };
    let name = format!("test{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let url = url(server, "postgres", &name);
    let connection = runtime.block_on(async {
        let admin = eagerly_postgres::connect(&self::url(server, "postgres", "postgres")).await.unwrap();
        admin.client().batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        connected(&url, setup).await
    });
    Some(Database { url, runtime, connection })
}

/// A connection after these statements.
async fn connected(url: &str, setup: &str) -> Connection {
    let connection = eagerly_postgres::connect(url).await.unwrap();
    connection.client().batch_execute(setup).await.unwrap_or_else(|error| panic!("{error:?}"));
    connection
}

impl Database {
    /// The URL with another user, `name` or `name:password`.
    pub(crate) fn url_as(&self, user: &str) -> String {
        let (scheme, rest) = self.url.split_once("://").unwrap();
        let (_, host) = rest.split_once('@').unwrap();
        format!("{scheme}://{user}@{host}")
    }
}

fn url(server: &Path, user: &str, database: &str) -> String {
    let socket = server.display().to_string().replace('/', "%2F");
    format!("postgres://{user}@{socket}/{database}")
}

/// The directory of the server's socket.
fn server() -> Option<&'static Path> {
    static SERVER: OnceLock<Option<PathBuf>> = OnceLock::new();
    SERVER.get_or_init(start).as_deref()
}

fn start() -> Option<PathBuf> {
    let programs = programs()?;
    let directory = tempfile::Builder::new().prefix("eagerly-pg-").tempdir().unwrap().keep();
    let data = directory.join("data");
    if is_root() {
        run("chown", [OsStr::new("postgres"), directory.as_os_str()], false);
    }
    let initdb = [
        programs.join("initdb").as_os_str(),
        OsStr::new("--pgdata"),
        data.as_os_str(),
        OsStr::new("--username=postgres"),
        OsStr::new("--auth=trust"),
        OsStr::new("--encoding=UTF8"),
        OsStr::new("--no-locale"),
        OsStr::new("--no-sync"),
    ]
    .map(OsStr::to_owned);
    run("env", initdb.iter().map(AsRef::as_ref), true);
    // The user `guarded` needs a password, `refused` has no way in.
    let rules = "local all guarded scram-sha-256\nlocal all refused reject\nlocal all all trust\n";
    std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
    // The shell waits for the end of its input, which comes when this process ends, and then stops the server.
    // Signals for all of a process group are not for the shell, which has yet to clean up.
    let script = r#"
        trap '' HUP INT TERM
        "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=50 >"$2/log" 2>&1 &
        read -r _
        kill -INT $!
        wait
        rm -rf "$2""#;
    let arguments =
        ["-c", script, "sh"].map(OsStr::new).into_iter().chain([programs.as_os_str(), directory.as_os_str()]);
    let watched = command("sh", arguments, true).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    // Nobody waits for it: it outlives this process.
    std::mem::forget(watched);
    let ready = || std::fs::read_to_string(data.join("postmaster.pid")).is_ok_and(|state| state.contains("ready"));
    let start = Instant::now();
    while !ready() {
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", std::fs::read_to_string(directory.join("log")));
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(directory)
}

/// The newest version's programs, which Debian keeps out of the path.
fn programs() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    let debian = versions.into_iter().rev().map(|(_, path)| path);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all = debian.chain(std::env::split_paths(&path));
    all.find(|directory| ["initdb", "postgres"].iter().all(|program| directory.join(program).is_file()))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// A command, as the user `postgres` where the server refuses to run as root.
fn command<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>, as_server: bool) -> Command {
    let mut command = if as_server && is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).current_dir("/");
    command
}

fn run<'a>(program: &str, arguments: impl IntoIterator<Item = &'a OsStr>, as_server: bool) {
    let output = command(program, arguments, as_server).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
