//! A server that exists for this run of the tests alone: its own directory, its own socket, no network.
//!
//! `EAGERLY_TEST_MARIADB_URL` names a server to use instead (the URL without a database; the user may create some).
//! Without that and without MariaDB's programs the tests say so and do nothing, which is a failure where `CI` is set.

use eagerly_mysql::Connection;
use mysql_async::prelude::Queryable;
use std::future::Future;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Runs the server, and stops it and removes its directory when the test program, which holds the other end of standard
/// input, is gone: however that ends.
const KEEPER: &str = r#"
    directory=$1; shift
    "$@" </dev/null >"$directory/output" 2>&1 &
    server=$!
    read -r _
    kill "$server"; wait "$server"
    rm -rf "$directory"
"#;

struct Server {
    /// The URL with `{}` for the database.
    url: String,
    _keeper: Option<Child>,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// Runs a test with a database of its own, filled by `schema`.
pub(crate) fn with_database<F: Future<Output = ()>>(schema: &str, test: impl FnOnce(Connection, String) -> F) {
    let Some(server) = SERVER.get_or_init(start) else {
        // Past the capturing of output, so that a skipped test is seen.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no MariaDB server; install mariadb-server to run this test");
        assert!(std::env::var_os("CI").is_none(), "a test on MariaDB was skipped");
        return;
    };
    static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("eagerly_{}_{number}", std::process::id());
    // mysql_async knows the one scheme alone.
    let url = server.url.replace("{}", &name).replacen("mysql:", "mariadb:", 1);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let opts = mysql_async::Opts::from_url(&server.url.replace("{}", "mysql")).unwrap();
        let mut admin = mysql_async::Conn::new(opts).await.unwrap();
        let create = format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        admin.query_drop(create).await.unwrap();
        admin.query_drop(format!("USE {name}")).await.unwrap();
        for statement in schema.split(";\n").filter(|s| !s.trim().is_empty()) {
            admin.query_drop(statement).await.unwrap_or_else(|error| panic!("{error} in {statement}"));
        }
        let connection = eagerly_mysql::connect(&url).await.unwrap_or_else(|errors| panic!("{errors}"));
        test(connection, url.clone()).await;
        admin.query_drop(format!("DROP DATABASE {name}")).await.unwrap();
        admin.disconnect().await.unwrap();
    });
}

fn start() -> Option<Server> {
    if let Ok(url) = std::env::var("EAGERLY_TEST_MARIADB_URL") {
        let url = url.replacen("mariadb:", "mysql:", 1);
        return Some(Server { url: format!("{}/{{}}", url.trim_end_matches('/')), _keeper: None });
    }
    let [install, server] = ["mariadb-install-db", "mariadbd"].map(program);
    let (install, server) = (install?, server?);
    let directory = tempfile::tempdir().unwrap().keep();
    let data = directory.join("data");
    let mut command = Command::new(install);
    command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    command.arg(flag("datadir", &data)).args(user());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let socket = directory.join("socket");
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "sh"]).arg(&directory).arg(server);
    keeper.args([
        "--no-defaults",
        "--skip-networking",
        "--innodb-flush-log-at-trx-commit=0",
        "--loose-performance-schema=0",
    ]);
    keeper.arg(flag("datadir", &data)).arg(flag("socket", &socket)).arg(flag("pid-file", &directory.join("pid")));
    let keeper = keeper.args(user()).stdin(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while std::os::unix::net::UnixStream::connect(&socket).is_err() {
        let output = || std::fs::read_to_string(directory.join("output")).unwrap_or_default();
        assert!(start.elapsed() < Duration::from_secs(60), "the server does not start: {}", output());
        std::thread::sleep(Duration::from_millis(50));
    }
    let socket = socket.to_str().unwrap().replace('/', "%2F");
    Some(Server { url: format!("mysql://root@localhost/{{}}?socket={socket}"), _keeper: Some(keeper) })
}

/// The server refuses to run as root unless it is told to.
fn user() -> Option<&'static str> {
    let output = Command::new("id").arg("-u").output().ok()?;
    (output.stdout == b"0\n").then_some("--user=root")
}

fn flag(name: &str, path: &Path) -> String {
    format!("--{name}={}", path.display())
}

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let system = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(system).map(|directory| directory.join(name)).find(|file| file.is_file())
}
