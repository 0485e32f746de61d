//! Why a connection was refused, and what to do about it. Only what the server or the system has said is told as a cause.

use crate::encryption::Mode;
use crate::error::part;
use eagerly::error::{Error, ErrorKind, code};
use std::error::Error as _;
use std::io;
use std::sync::Arc;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslNegotiation};
use tokio_postgres::error::{DbError, SqlState};

/// One attempt to connect that failed.
pub(crate) struct Failed {
    pub(crate) error: tokio_postgres::Error,
    /// Whether the attempt was to be encrypted.
    pub(crate) encrypted: bool,
}

impl Failed {
    /// Whether the server has refused this kind of connection, so that the other kind can do better.
    pub(crate) fn is_of_its_kind(&self) -> bool {
        match self.error.as_db_error() {
            Some(refused) => {
                *refused.code() == SqlState::INVALID_AUTHORIZATION_SPECIFICATION
                    && (!self.encrypted || !says_unencrypted(refused.message()))
            }
            None => self.encrypted && self.is_handshake(),
        }
    }

    fn is_handshake(&self) -> bool {
        is_handshake(&self.error)
    }
}

/// tokio-postgres does not show the kind of its errors but by their words.
fn is_handshake(error: &tokio_postgres::Error) -> bool {
    error.to_string().starts_with("error performing TLS handshake") || words_of_tls(error, "").is_some()
}

#[cfg(feature = "tls")]
fn words_of_tls(error: &tokio_postgres::Error, host: &str) -> Option<(String, String)> {
    let told = eagerly_driver_tls::told(error, host, &crate::encryption::NAMES)?;
    Some((told.message, told.help))
}

#[cfg(not(feature = "tls"))]
fn words_of_tls(_: &tokio_postgres::Error, _: &str) -> Option<(String, String)> {
    None
}

/// What PostgreSQL says of a login without encryption that no line of pg_hba.conf is for: 14 and later, and before.
fn says_unencrypted(message: &str) -> bool {
    message.contains("no encryption") || message.contains("SSL off")
}

/// The error of one attempt, or of two: the one that was encrypted and the one that was not.
pub(crate) fn refused(last: Failed, before: Option<Failed>, config: &Config, mode: Mode) -> Error {
    let Some(before) = before else { return of_one(last, config, mode) };
    let (encrypted, plain) = if last.encrypted { (last, before) } else { (before, last) };
    // Who got further with encryption has heard what is really wrong.
    if encrypted.error.as_db_error().is_some() {
        return of_one(encrypted, config, mode);
    }
    // A refusal of what is not encrypted is no news.
    let is_no_news = plain.error.as_db_error().is_some_and(|refused| says_unencrypted(refused.message()));
    let mut error = of_one(plain, config, mode);
    let Reason { words, help } = reason(&encrypted, config, mode);
    error.message.push_str(&format!("; encrypted, before that: {words}"));
    if is_no_news {
        error.help = help;
    }
    error
}

fn of_one(failed: Failed, config: &Config, mode: Mode) -> Error {
    let Reason { words, help } = reason(&failed, config, mode);
    let error = cannot_open(format!("cannot connect to {}: {words}", Shown(config)));
    let error = error.database(part(Arc::new(failed.error)));
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}

struct Reason {
    words: String,
    help: Option<String>,
}

fn reason(failed: &Failed, config: &Config, mode: Mode) -> Reason {
    let error = &failed.error;
    if let Some(refused) = error.as_db_error() {
        let words = format!("{} (SQLSTATE {})", refused.message(), refused.code().code());
        return Reason { words, help: login_help(refused, failed.encrypted, mode).map(str::to_owned) };
    }
    if let Some((words, help)) = words_of_tls(error, &host(config)) {
        return Reason { words, help: Some(help) };
    }
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    if is_handshake(error) {
        if cause == "server does not support TLS" {
            return Reason {
                words: format!("the server does not offer encryption, which `sslmode={}` asks for", mode.name()),
                help: Some("`sslmode=prefer` does without; or set `ssl = on` on the server".to_owned()),
            };
        }
        let help = if config.get_ssl_negotiation() == SslNegotiation::Direct {
            "`sslnegotiation=direct` needs PostgreSQL 17 or newer that has `ssl = on`: without it the server is asked first"
        } else {
            "check that a PostgreSQL server answers there; see its log for why"
        };
        let words = format!("the connection could not be encrypted: {cause}");
        return Reason { words, help: Some(help.to_owned()) };
    }
    let help = match error.source().and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind) {
        _ if cause == "database does not allow writes" => {
            "`target_session_attrs=read-write` asks for a server that takes writes, which this one does not: a standby, \
             or `default_transaction_read_only` is on; Eagerly only reads, leave it out"
        }
        _ if cause == "database is not read only" => {
            "`target_session_attrs=read-only` asks for a server that takes no writes, which this one does: leave it out"
        }
        Some(io::ErrorKind::ConnectionRefused) => "check that the server runs, and its host and port",
        Some(io::ErrorKind::NotFound) => "check that the server runs, and the directory of its socket",
        Some(io::ErrorKind::PermissionDenied) => "this user may not open the server's socket",
        _ if cause == "password missing" => "give it in the URL: `postgres://user:password@host/database`",
        _ if cause.contains("channel binding") => {
            "`channel_binding=require` needs an encrypted connection and a password that the server keeps for SCRAM"
        }
        _ if cause.contains("unsupported authentication method") => {
            "passwords (SCRAM, MD5, in the clear) and client certificates are known here; GSS, Kerberos and SSPI are not"
        }
        _ => "check host and port, and that a PostgreSQL server answers there",
    };
    Reason { words: cause, help: Some(help.to_owned()) }
}

fn login_help(refused: &DbError, encrypted: bool, mode: Mode) -> Option<&'static str> {
    let message = refused.message();
    Some(match *refused.code() {
        SqlState::INVALID_PASSWORD => "check user and password; percent-encode `@`, `/`, `:` and `?` in them",
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if says_unencrypted(message) && mode == Mode::Disable => {
            "the login was not encrypted, as `sslmode=disable` asks, and no line of the server's pg_hba.conf lets such in: \
             there may be one for encrypted logins, leave `sslmode=disable` out; or check the user and the database"
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if message.contains("valid client certificate") => {
            "give the client's certificate and its key: `sslcert=FILE` and `sslkey=FILE`"
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if message.contains("certificate authentication failed") => {
            "check the user, and the common name of the certificate of `sslcert`: the server compares them"
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION if encrypted && mode >= Mode::Require => {
            "check the user and the database, and that the server's pg_hba.conf lets them in from here, encrypted"
        }
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            "check the user, and that the server's pg_hba.conf lets it in from here"
        }
        SqlState::INVALID_CATALOG_NAME => "check the database's name: it is what stands behind the host and a `/`",
        SqlState::TOO_MANY_CONNECTIONS => "end other connections, or wait and try again",
        SqlState::CANNOT_CONNECT_NOW => "the server does not take connections now, its words say why: try again",
        SqlState::INSUFFICIENT_PRIVILEGE => "ask for the right to CONNECT to the database",
        SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE => {
            "the database is closed to connections: `ALTER DATABASE … ALLOW_CONNECTIONS true` opens it"
        }
        SqlState::UNDEFINED_OBJECT | SqlState::INVALID_PARAMETER_VALUE | SqlState::CANT_CHANGE_RUNTIME_PARAM => {
            "check the settings behind `options=` in the URL"
        }
        _ => return None,
    })
}

pub(crate) fn cannot_open(message: String) -> Error {
    Error::new(ErrorKind::Database, code::CANNOT_OPEN, message)
}

/// The host that a configuration leads to first.
fn host(config: &Config) -> String {
    match config.get_hosts().first() {
        Some(Host::Tcp(host)) => host.clone(),
        Some(Host::Unix(path)) => path.display().to_string(),
        None => config.get_hostaddrs().first().map(ToString::to_string).unwrap_or_default(),
    }
}

/// Where a connection leads, for people: no password, and no host that could be a part of one. It could where an `@`
/// comes behind it.
pub(crate) struct Shown<'a>(pub(crate) &'a Config);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plain = |text: &str| !text.contains(['@', '?', '#', '%']) && !text.chars().any(char::is_control);
        let host = host(self.0);
        if !plain(&host) || self.0.get_dbname().is_some_and(|name| name.contains('@')) {
            return f.write_str("the server");
        }
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        write!(f, "`{host}:{}`", self.0.get_ports().first().copied().unwrap_or(5432))?;
        match self.0.get_dbname().filter(|name| plain(name)) {
            Some(name) => write!(f, ", database `{name}`"),
            None => Ok(()),
        }
    }
}
