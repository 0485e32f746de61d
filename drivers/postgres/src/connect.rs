//! A URL becomes a connection, or an error that says what to do and never shows the password.
//!
//! * The URL is libpq's: `postgres://user:password@host:port/database?option=value`. Without a host it is `localhost`.
//!   Characters that end a part of a URL have to be percent-encoded in a password.
//! * Each address of each host may take `connect_timeout` of the URL, or [`CONNECT_TIMEOUT`] where the URL has none or 0;
//!   then the next one is tried. Nothing else of the session is set but an `application_name`: no time-out of statements,
//!   no default transaction mode, since a pooler would hand such settings on to others. Eagerly itself sends nothing but SELECT; a [`snapshot`](crate::snapshot) is READ ONLY too.
//! * `sslmode` and its kin mean what they do to libpq, with the default `prefer`, by rustls (feature `tls`, on by default).
//!   Without that feature `require` and stronger are refused, and not weakened. Sockets of this machine are never
//!   encrypted. A host that needs anything else connects with tokio-postgres, and hands the client to
//!   [`Connection::new`].

use crate::Connection;
use crate::cancel::{Address, cancel_with};
use crate::encryption::{Connector, Encryption, Mode};
use crate::refused::{Failed, Shown, cannot_open, refused};
use crate::url::Settings;
use eagerly::error::{Class, Error, Result};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio_postgres::config::{Host, LoadBalanceHosts, SslMode, SslNegotiation};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, NoTls, Socket};

/// How long [`connect`] waits for each address of a server where the URL says nothing.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The port where the URL has none.
const DEFAULT_PORT: u16 = 5432;

/// Connects, inside a tokio runtime with I/O and time, on which the connection then lives as a task of its own.
///
/// # Errors
/// `E0001` for what is no URL of PostgreSQL's, `E0002` for a certificate's file that cannot be read, `E0302` for an
/// `sslmode` that is not built in, `E0401` for a server that is down, does not let us in or is not the one that
/// `sslmode` asks for, or a database that is absent.
///
/// ```
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// let error = runtime.block_on(eagerly_postgres::connect("postgres://me:secret@localhost:1/shop")).unwrap_err();
/// assert_eq!(error.first().code, "E0401");
/// assert!(!error.to_string().contains("secret"));
/// ```
pub async fn connect(url: &str) -> Result<Connection> {
    let Settings { config, encryption } = Settings::read(url)?;
    let connector = encryption.connector()?;
    Ok(to_one_of(&config, &encryption, &connector).await?)
}

fn patience(config: &Config) -> Duration {
    config.get_connect_timeout().copied().unwrap_or(CONNECT_TIMEOUT)
}

fn no_answer(config: &Config) -> Error {
    cannot_open(format!("cannot connect to {}: no answer within {:?}", Shown(config), patience(config)))
        .help("check host and port, and that no firewall is between; `connect_timeout=N` waits longer")
        .database(Class::ConnectionLost)
}

/// Tries the hosts of the URL one after the other; the error is the last one's.
async fn to_one_of(
    config: &Config,
    encryption: &Encryption,
    connector: &Connector,
) -> std::result::Result<Connection, Error> {
    let mut hosts: Vec<usize> = (0..config.get_hosts().len().max(config.get_hostaddrs().len())).collect();
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random {
        shuffle(&mut hosts);
    }
    let mut last = None;
    for index in hosts {
        match to_host(one_host(config, index), encryption, connector).await {
            Ok(connection) => return Ok(connection),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| Error::bug("a URL without a host")))
}

/// The same settings for one of several hosts. Where the numbers of hosts, addresses and ports do not fit, all of them
/// stay, and tokio-postgres says so.
fn one_host(config: &Config, index: usize) -> Config {
    let (hosts, addresses, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let fits = |len: usize, others: usize| len == 0 || others == 0 || len == others;
    if !fits(hosts.len(), addresses.len()) || (ports.len() > 1 && ports.len() != hosts.len().max(addresses.len())) {
        return config.clone();
    }
    let mut one = Config::new();
    match hosts.get(index) {
        Some(Host::Tcp(host)) => _ = one.host(host),
        Some(Host::Unix(path)) => _ = one.host_path(path),
        None => {}
    }
    if let Some(address) = addresses.get(index) {
        one.hostaddr(*address);
    }
    if let Some(port) = ports.get(index).or_else(|| ports.first()) {
        one.port(*port);
    }
    config.get_user().map(|user| one.user(user));
    config.get_password().map(|password| one.password(password));
    config.get_dbname().map(|name| one.dbname(name));
    config.get_options().map(|options| one.options(options));
    config.get_application_name().map(|name| one.application_name(name));
    config.get_connect_timeout().map(|timeout| one.connect_timeout(*timeout));
    config.get_tcp_user_timeout().map(|timeout| one.tcp_user_timeout(*timeout));
    one.keepalives(config.get_keepalives()).keepalives_idle(config.get_keepalives_idle());
    config.get_keepalives_interval().map(|interval| one.keepalives_interval(interval));
    config.get_keepalives_retries().map(|retries| one.keepalives_retries(retries));
    one.target_session_attrs(config.get_target_session_attrs()).channel_binding(config.get_channel_binding());
    one.load_balance_hosts(config.get_load_balance_hosts());
    one
}

/// Puts choices into a random order.
fn shuffle<T>(choices: &mut [T]) {
    // The standard library gives each state other keys.
    choices.sort_by_cached_key(|_| RandomState::new().build_hasher().finish());
}

/// The same settings for each address of a host, and how each is reached again: tokio-postgres does not tell which of them
/// it has taken. Where a name has none, tokio-postgres says so.
async fn addresses(config: &Config) -> Vec<(Config, Option<Address>)> {
    let port = config.get_ports().first().copied().unwrap_or(DEFAULT_PORT);
    let to = match (config.get_hosts(), config.get_hostaddrs()) {
        ([host @ Host::Unix(_)], []) => return vec![(config.clone(), Some(Address::new(host.clone(), port)))],
        ([Host::Tcp(name)], []) => {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), port)).await.map(Iterator::collect).unwrap_or_default();
            if found.iter().any(has_zone) {
                return vec![(config.clone(), Some(Address::new(Host::Tcp(name.clone()), port)))];
            }
            found.into_iter().map(|address| (name, address.ip())).collect()
        }
        ([Host::Tcp(name)], [address]) => vec![(name, *address)],
        _ => Vec::new(),
    };
    if to.is_empty() {
        return vec![(config.clone(), None)];
    }
    let mut each: Vec<_> = to
        .into_iter()
        .map(|(name, ip)| {
            let mut one = config.clone();
            if config.get_hostaddrs().is_empty() {
                one.hostaddr(ip);
            }
            let address = Address { name: name.clone(), ..Address::new(Host::Tcp(ip.to_string()), port) };
            (one, Some(address))
        })
        .collect();
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random {
        shuffle(&mut each);
    }
    each
}

/// Whether an address holds on one link alone (`fe80::1%eth0`), which is no part of what `hostaddr` can say.
fn has_zone(address: &SocketAddr) -> bool {
    matches!(address, SocketAddr::V6(address) if address.scope_id() != 0)
}

/// Connects to one host, in the ways that the mode allows.
async fn to_host(
    mut config: Config,
    encryption: &Encryption,
    connector: &Connector,
) -> std::result::Result<Connection, Error> {
    let hosts = config.get_hosts();
    let is_local = !hosts.is_empty() && hosts.iter().all(|host| matches!(host, Host::Unix(_)));
    if config.get_hosts().is_empty() {
        // A server's certificate can be for an address.
        let addresses: Vec<String> = config.get_hostaddrs().iter().map(ToString::to_string).collect();
        addresses.iter().for_each(|address| _ = config.host(address));
    }
    if encryption.is_direct() {
        config.ssl_negotiation(SslNegotiation::Direct);
    }
    let mode = if is_local || matches!(connector, Connector::Plain) { Mode::Disable } else { encryption.mode };
    let ways: &[SslMode] = match mode {
        Mode::Disable => &[SslMode::Disable],
        Mode::Allow => &[SslMode::Disable, SslMode::Require],
        Mode::Prefer => &[SslMode::Prefer, SslMode::Disable],
        _ => &[SslMode::Require],
    };
    // What was asked for is told, and not what became of it here.
    let asked = encryption.mode;
    let mut before: Option<Failed> = None;
    for (index, way) in ways.iter().enumerate() {
        config.ssl_mode(*way);
        let encrypted = *way != SslMode::Disable;
        let failed = match attempt(&config, connector, encrypted).await {
            Ok(connection) => return Ok(connection),
            Err(Some(failed)) => failed,
            Err(None) => return Err(no_answer(&config)),
        };
        if index + 1 == ways.len() || !failed.is_of_its_kind() {
            return Err(refused(failed, before, &config, asked));
        }
        before = Some(failed);
    }
    Err(Error::bug("no way to connect"))
}

/// One attempt at each address of the host; the error is the last one's, none where nobody has answered there.
async fn attempt(
    config: &Config,
    connector: &Connector,
    encrypted: bool,
) -> std::result::Result<Connection, Option<Failed>> {
    let limit = patience(config);
    let each = tokio::time::timeout(limit, addresses(config)).await.map_err(|_| None)?;
    let mut last = None;
    for (config, address) in each {
        last = match tokio::time::timeout(limit, at_address(&config, address, connector, encrypted)).await {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(error)) => Some(Failed { error, encrypted }),
            Err(_) => None,
        };
    }
    Err(last)
}

/// What is kept of address and connector makes other connections as this one was made.
async fn at_address(
    config: &Config,
    address: Option<Address>,
    connector: &Connector,
    encrypted: bool,
) -> std::result::Result<Connection, tokio_postgres::Error> {
    match connector {
        #[cfg(feature = "tls")]
        Connector::Tls(tls) if encrypted => {
            let (client, ended) = establish(config, tls.clone()).await?;
            Ok(Connection::watched(client, ended, cancel_with(connector.clone(), address)))
        }
        _ => {
            let _ = encrypted;
            let (client, ended) = establish(config, NoTls).await?;
            Ok(Connection::watched(client, ended, cancel_with(Connector::Plain, address)))
        }
    }
}

type Ended = Arc<OnceLock<Arc<tokio_postgres::Error>>>;

async fn establish<T>(config: &Config, tls: T) -> std::result::Result<(Client, Ended), tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
{
    let (client, mut connection) = config.connect(tls).await?;
    let unchecked = connection.parameter("server_encoding") == Some("SQL_ASCII");
    let ended = Ended::default();
    let why = ended.clone();
    tokio::spawn(async move {
        if let Err(error) = (&mut connection).await {
            // Told before the connection goes, and with it the statements that wait for an answer.
            let _ = why.set(Arc::new(error));
        }
        drop(connection);
    });
    if unchecked {
        // Such a database holds any bytes. The server would refuse a statement that meets some that are no UTF-8, and
        // not say where; what comes as it is we check cell by cell.
        client.batch_execute("SET client_encoding = 'SQL_ASCII'").await?;
    }
    Ok((client, ended))
}

#[cfg(test)]
mod tests {
    use super::addresses;
    use tokio_postgres::Config;
    use tokio_postgres::config::Host;

    #[test]
    fn each_address_of_a_host_is_tried_by_itself_and_keeps_its_zone() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for (host, address) in [("127.0.0.1", Some("127.0.0.1")), ("::1", Some("::1")), ("fe80::1%lo", None)] {
            let mut config = Config::new();
            config.host(host).port(7);
            let each = runtime.block_on(addresses(&config));
            let [(one, Some(known))] = each.as_slice() else { panic!("{host}: {each:?}") };
            let found = one.get_hostaddrs().first().map(ToString::to_string);
            assert_eq!(found.as_deref(), address, "{host}");
            assert_eq!((&known.host, known.port, &*known.name), (&Host::Tcp(host.into()), 7, host));
        }
    }
}
