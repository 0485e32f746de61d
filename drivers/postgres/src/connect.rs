//! A URL becomes a connection, or an error that says what to do and never shows the password.
//!
//! * The URL is libpq's: `postgres://user:password@host:port/database?option=value`. Without a host it is `localhost`.
//!   Characters that end a part of a URL have to be percent-encoded in a password.
//! * Connecting ends after `connect_timeout` of the URL, or [`CONNECT_TIMEOUT`]. Nothing else of the session is set but
//!   an `application_name`: no time-out of statements, no default transaction mode, since a pooler would hand such
//!   settings on to others. Eagerly itself sends nothing but SELECT; a [`snapshot`](crate::snapshot) is READ ONLY too.
//! * Connections are not encrypted here: `sslmode=require` is refused, and not weakened. A host that needs TLS connects
//!   with tokio-postgres and a connector of its choice, and hands the client to [`Connection::new`].

use crate::Connection;
use eagerly::error::{Error, ErrorKind, Result, code};
use std::error::Error as _;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls};

/// How long [`connect`] waits where the URL says nothing.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Connects, inside a tokio runtime with I/O and time, on which the connection then lives as a task of its own.
///
/// # Errors
/// `E0001` for what is no URL of PostgreSQL's, `E0302` for `sslmode=require`, `E0401` for a server that is down or does
/// not let us in, or a database that is absent.
///
/// ```
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// let error = runtime.block_on(eagerly_postgres::connect("postgres://me:secret@localhost:1/shop")).unwrap_err();
/// assert_eq!(error.first().code, "E0401");
/// assert!(!error.to_string().contains("secret"));
/// ```
pub async fn connect(url: &str) -> Result<Connection> {
    let config = config(url)?;
    let failed = |error: &tokio_postgres::Error| refused(error, &config);
    let limit = config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT);
    let connected = tokio::time::timeout(limit, config.connect(NoTls)).await.map_err(|_| {
        let message = format!("cannot connect to {}: no answer within {limit:?}", Shown(&config));
        cannot_open(message)
            .help("check host and port, and that no firewall is between; `connect_timeout=N` waits longer")
    })?;
    let (client, mut connection) = connected.map_err(|error| failed(&error))?;
    let unchecked = connection.parameter("server_encoding") == Some("SQL_ASCII");
    let ended = Arc::new(OnceLock::new());
    let why = ended.clone();
    tokio::spawn(async move {
        if let Err(error) = (&mut connection).await {
            // Told before the connection goes, and with it the statements that wait for an answer.
            let _ = why.set(error);
        }
        drop(connection);
    });
    if unchecked {
        // Such a database holds any bytes. The server would refuse a statement that meets some that are no UTF-8, and
        // not say where; what comes as it is we check cell by cell.
        client.batch_execute("SET client_encoding = 'SQL_ASCII'").await.map_err(|error| failed(&error))?;
    }
    Ok(Connection::watched(client, ended))
}

/// The URL's settings, with defaults for what it does not say.
fn config(url: &str) -> Result<Config> {
    if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        let error = Error::input(code::USAGE, "the URL of a PostgreSQL database begins with `postgres://`");
        return Err(error.help(EXAMPLE).into());
    }
    let mut config: Config = url.parse().map_err(|error| unreadable(&error))?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host("localhost");
    }
    if config.get_application_name().is_none() {
        config.application_name("eagerly");
    }
    if config.get_ssl_mode() == SslMode::Require {
        let message = "`sslmode=require` is not supported: connections are not encrypted here";
        return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("connect through a local tunnel or socket, or hand over a client that has connected with TLS")
            .into());
    }
    Ok(config)
}

const EXAMPLE: &str = "as in `postgres://user:password@host:5432/database`";

/// The URL does not parse. Of the parser's words only those are shown that cannot hold a part of a password.
fn unreadable(error: &tokio_postgres::Error) -> Error {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    if let Some(option) = cause.strip_prefix("invalid value for option `").and_then(|rest| rest.strip_suffix('`')) {
        let error = Error::input(code::USAGE, format!("the database's URL has a wrong value for `{option}`"));
        return error.help(match option {
            "sslmode" => "it can be `disable`, `prefer` or `require`",
            "port" | "host" => "percent-encode `@`, `/`, `:` and `?` in user and password",
            _ => EXAMPLE,
        });
    }
    if cause.starts_with("unknown option") {
        let error = Error::input(code::USAGE, "the database's URL has an option that is not known");
        return error.help(
            "behind `?` there can be `host`, `port`, `user`, `dbname`, `options`, `application_name`, \
            `connect_timeout`, `sslmode` and others; percent-encode `?` in a password",
        );
    }
    Error::input(code::USAGE, "the database's URL cannot be read").help(EXAMPLE)
}

/// What the server, or the way to it, answers.
fn refused(error: &tokio_postgres::Error, config: &Config) -> Error {
    let place = Shown(config);
    if let Some(refused) = error.as_db_error() {
        let message = format!("cannot connect to {place}: {} (SQLSTATE {})", refused.message(), refused.code().code());
        let error = cannot_open(message);
        return match login_help(refused.code()) {
            Some(help) => error.help(help),
            None => error,
        };
    }
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let help = match error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "check that the server runs, and its host and port",
        Some(io::ErrorKind::NotFound) => "check that the server runs, and the directory of its socket",
        Some(io::ErrorKind::PermissionDenied) => "this user may not open the server's socket",
        _ if cause == "password missing" => "give it in the URL: `postgres://user:password@host/database`",
        _ => "check host and port, and that a PostgreSQL server answers there",
    };
    cannot_open(format!("cannot connect to {place}: {cause}")).help(help)
}

fn login_help(state: &SqlState) -> Option<&'static str> {
    Some(match *state {
        SqlState::INVALID_PASSWORD => "check user and password; percent-encode `@`, `/`, `:` and `?` in them",
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "check the user, and that the server's pg_hba.conf lets it in from here"
        }
        SqlState::INVALID_CATALOG_NAME => "check the database's name: it is what stands behind the host and a `/`",
        SqlState::TOO_MANY_CONNECTIONS => "end other connections, or wait and try again",
        SqlState::CANNOT_CONNECT_NOW => "the server is starting or stopping: try again",
        SqlState::INSUFFICIENT_PRIVILEGE => "ask for the right to CONNECT to the database",
        _ => return None,
    })
}

fn cannot_open(message: String) -> Error {
    Error::new(ErrorKind::Database, code::CANNOT_OPEN, message)
}

/// Where a connection leads, for people: no password, and no host that could be the end of one.
struct Shown<'a>(&'a Config);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = |text: &str| !text.contains(['@', '?', '#', '%']) && !text.chars().any(char::is_control);
        let host = match self.0.get_hosts().first() {
            Some(Host::Tcp(host)) => host.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => self.0.get_hostaddrs().first().map(ToString::to_string).unwrap_or_default(),
        };
        if !plain(&host) {
            return f.write_str("the server");
        }
        write!(f, "`{host}:{}`", self.0.get_ports().first().copied().unwrap_or(5432))?;
        match self.0.get_dbname().filter(|name| plain(name)) {
            Some(name) => write!(f, ", database `{name}`"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(url: &str) -> String {
        config(url).unwrap_err().to_string()
    }

    #[test]
    fn broken_urls_are_the_users_and_show_no_password() {
        for url in [
            "mysql://u:hunter2@h/db",
            "host=h password=hunter2",
            "postgres://u:hunter2@h:port/db",
            "postgres://u:pass@hunter2:x@h/db",
            "postgres://u:pass?hunter2=1@h/db",
            "postgres://u@h/db?hunter2=1",
            "postgres://u@h/db?hunter2",
            "postgres://u:hunter2@h/db?sslmode=verify-full",
            "postgres://u:hunter2@[::1/db",
            "postgres://u:hunter2%ff@h/%ff",
            "postgres://u:hunter2@h/db?sslmode=require",
        ] {
            match config(url) {
                Err(errors) => {
                    assert!(errors.first().help.is_some(), "{url}");
                    assert!(!errors.to_string().contains("hunter2"), "{errors}");
                }
                Ok(config) => assert!(!Shown(&config).to_string().contains("hunter2"), "{url}"),
            }
        }
        assert!(told("postgres://h/db?sslmode=verify-full").contains("`disable`, `prefer` or `require`"));
        assert!(told("postgres://h/db?sslmode=require").starts_with("E0302"));
    }

    #[test]
    fn a_host_that_may_be_a_password_is_not_shown() {
        let shown = |url: &str| Shown(&config(url).unwrap()).to_string();
        assert_eq!(shown("postgres://u:pa@ss@h/db"), "the server");
        assert_eq!(shown("postgres://u:p@h:1/db"), "`h:1`, database `db`");
        assert_eq!(shown("postgres://"), "`localhost:5432`");
        assert_eq!(shown("postgres://u@%2Ftmp%2Fx/db"), "`/tmp/x:5432`, database `db`");
    }
}
