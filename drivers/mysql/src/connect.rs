//! A URL becomes a connection: `mysql://` and `mariadb://` mean the same, the server tells which it is.
//!
//! * Text comes and goes as utf8mb4 (`SET NAMES`) and nothing cuts a result, again after every reset of the connection. On
//!   a connection of the host's that is otherwise, both hold while a load runs (`settings.rs`). All else that is set stays
//!   as it is: our SQL quotes names with backticks, binds every value, and names the settings that it needs.
//! * `ssl-mode` and its kin mean what they do to MySQL's own clients (`encryption.rs`), by rustls (feature `tls`, on by
//!   default).
//! * mysql_async would leave TCP for the server's unix socket where the host is this machine. It does not here: another
//!   kind of connection can be another user to the server, and it costs round trips. `?socket=` asks for a socket.

use crate::encryption::Encryption;
use crate::error::{Attempt, bad_url, connect_error, database_error, unknown_parameter};
use crate::server::Server;
use crate::settings::{self, Known, SETUP};
use crate::under_way::Works;
use eagerly::error::{Class, Error, ErrorKind, Errors, Result, code};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, IoError, Opts, OptsBuilder, Statement, UrlError};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

/// How long [`connect`] waits for each address of a server.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection, with what is known of its server.
pub struct Connection {
    /// Away while an exchange with the server is under way.
    pub(crate) conn: Option<Conn>,
    pub(crate) server: Server,
    /// The highest id of a prepared statement so far: the server counts them, so that a higher one is new.
    pub(crate) prepared: u32,
    /// A snapshot was dropped and not ended.
    pub(crate) in_snapshot: bool,
    /// What the session is set to.
    pub(crate) known: Known,
    /// The statement that gives the session its settings back, while a load has others.
    pub(crate) restore: Option<String>,
    /// The last prepared statement of a connection that keeps none.
    pub(crate) unkept: Option<Statement>,
    pub(crate) works: Works,
}

/// Connects to a server and one of its databases.
///
/// # Errors
/// `E0001` for a URL that cannot be read or names no database, `E0401` if nobody answers, the login is refused, or the
/// database does not exist, `E0002` for a certificate's file that cannot be read, `E0302` if the server is too old or TLS
/// is not built in, `E0404` for what else it refuses.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let error = eagerly_mysql::connect("mysql://me:secret@localhost:1/shop").await.unwrap_err();
/// assert_eq!(error.first().code, "E0401");
/// assert!(!error.to_string().contains("secret"));
/// # });
/// ```
pub async fn connect(url: &str) -> Result<Connection> {
    let (opts, encryption) = options(url)?;
    let place = match opts.socket() {
        Some(socket) => format!("`{socket}`"),
        None if host_may_be_secret(url) => "the server".to_owned(),
        None => format!("`{}`", host_and_port(opts.ip_or_hostname(), opts.tcp_port())),
    };
    let no_answer = || {
        let message = format!("cannot connect to {place}: no answer within {CONNECT_TIMEOUT:?}");
        let error = Error::new(ErrorKind::Database, code::CANNOT_OPEN, message);
        error.help("check host and port: MySQL's own is 3306").database(Class::ConnectionLost)
    };
    let mut each = timeout(CONNECT_TIMEOUT, addresses(opts)).await.map_err(|_| no_answer())?.into_iter().peekable();
    while let Some(opts) = each.next() {
        let connected =
            async { Connection::new(log_in(opts, &encryption, &place).await?).await.map_err(Refused::known) };
        // What listens there may be no MySQL, and wait for us to begin.
        let connected = timeout(CONNECT_TIMEOUT, connected).await;
        match connected.unwrap_or_else(|_| Err(Refused { errors: no_answer().into(), is_absent: true })) {
            Ok(connection) => return Ok(connection),
            Err(refused) if refused.is_absent && each.peek().is_some() => {}
            Err(refused) => return Err(refused.errors),
        }
    }
    Err(Error::bug("a host without an address").into())
}

/// Why there is no connection to an address.
struct Refused {
    errors: Errors,
    /// No server has answered.
    is_absent: bool,
}

impl Refused {
    fn known(errors: Errors) -> Self {
        Self { errors, is_absent: false }
    }
}

/// The same options for each address of the host. A statement is stopped by another connection, which has to reach the
/// same server: a name can be that of several. Where a name has no address, mysql_async says so.
async fn addresses(opts: Opts) -> Vec<Opts> {
    if opts.socket().is_some() {
        return vec![opts];
    }
    let found = tokio::net::lookup_host((opts.ip_or_hostname(), opts.tcp_port())).await;
    let found: Vec<SocketAddr> = found.map(Iterator::collect).unwrap_or_default();
    // A zone (`fe80::1%eth0`) is no part of an address here.
    if found.is_empty() || found.iter().any(|one| matches!(one, SocketAddr::V6(one) if one.scope_id() != 0)) {
        return vec![opts];
    }
    let at = |one: SocketAddr| OptsBuilder::from_opts(opts.clone()).resolved_ips(Some([one.ip()])).into();
    found.into_iter().map(at).collect()
}

/// Logs in, in the ways that the mode of encryption allows.
async fn log_in(mut opts: Opts, encryption: &Encryption, place: &str) -> std::result::Result<Conn, Refused> {
    let mut before = None;
    loop {
        let error = match Conn::new(opts.clone()).await {
            Ok(conn) => return Ok(conn),
            Err(error) => error,
        };
        let next = encryption.next(&opts, &error);
        let attempt = Attempt {
            mode: encryption.mode,
            encrypted: opts.ssl_opts().is_some(),
            has_identity: encryption.has_identity(),
            is_local: opts.socket().is_some(),
            host: opts.ip_or_hostname(),
        };
        match next {
            Some(next) => (opts, before) = (next, Some(error)),
            None => {
                let is_absent = matches!(error, mysql_async::Error::Io(IoError::Io(_)));
                let ours = connect_error(error, format_args!("cannot connect to {place}"), &attempt, before.as_ref());
                return Err(Refused { errors: ours.into(), is_absent });
            }
        }
    }
}

impl Connection {
    /// Takes a connection that the host has made, a pool's for example. Its settings stay the host's: where a load needs
    /// others, they are set while it runs.
    ///
    /// # Errors
    /// As [`connect`].
    pub async fn new(mut conn: Conn) -> Result<Self> {
        let failed = |error: mysql_async::Error| database_error(error, "cannot ask the server for its version");
        let row = settings::ask(&mut conn).await.map_err(failed)?;
        let told = row.as_ref().and_then(|row| {
            let text = |at| settings::text(row, settings::behind(at));
            let number = |at| settings::number(row, settings::behind(at));
            Some((row, text(0)?, text(1)?, number(2)?, number(3)? == 0, text(4)?))
        });
        let (row, version, comment, max_packet, has_database, identity) = told.ok_or_else(settings::unknown)?;
        let server = Server::new(&version, &comment, max_packet)?;
        if !has_database {
            return Err(no_database().into());
        }
        let (known, works) = (Known::read(row)?, Works::new(&conn, identity));
        let conn = Some(conn);
        Ok(Self { conn, server, prepared: 0, in_snapshot: false, known, restore: None, unkept: None, works })
    }

    /// The server.
    #[must_use]
    pub fn server(&self) -> Server {
        self.server
    }

    /// The connection itself, for statements of the host's own. What it sets holds for loads too, as far as they can
    /// run with it.
    ///
    /// # Errors
    /// `E0404` after a load or a snapshot that was dropped, until the connection is [settled](Self::settle): the next
    /// answer would be that to another statement, or the next statement be in the snapshot.
    pub fn conn(&mut self) -> Result<&mut Conn> {
        self.check_settled()?;
        self.known = Known::Nothing;
        self.own()
    }

    /// The connection, whatever is under way on it.
    pub(crate) fn own(&mut self) -> Result<&mut Conn> {
        Ok(self.conn.as_mut().ok_or_else(lost)?)
    }

    /// Gives the connection back.
    ///
    /// # Errors
    /// Those of [`conn`](Self::conn). The connection is gone then; a pool that it came from gets it when it is settled.
    pub fn into_conn(mut self) -> Result<Conn> {
        self.check_settled()?;
        Ok(self.conn.take().ok_or_else(lost)?)
    }

    /// Says goodbye to the server.
    ///
    /// # Errors
    /// A stream that is broken already.
    pub async fn close(self) -> Result<()> {
        // One that is out of step is left without a word.
        let Ok(conn) = self.into_conn() else { return Ok(()) };
        let closed = conn.disconnect().await;
        Ok(closed.map_err(|error| database_error(error, "cannot close the connection"))?)
    }

    /// Ends a snapshot that was dropped: its state is not the one to read now.
    pub(crate) async fn leave_snapshot(&mut self) -> Result<()> {
        self.get_in_step().await?;
        self.close_unkept().await?;
        if self.in_snapshot {
            self.command("ROLLBACK AND NO CHAIN NO RELEASE", "cannot end a snapshot").await?;
            self.in_snapshot = false;
        }
        Ok(())
    }

    /// Executes a statement without a result.
    pub(crate) async fn command(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        context: impl fmt::Display,
    ) -> Result<()> {
        let sql = sql.into();
        let mut begun = self.begin().await?;
        let done = begun.0.step(move |conn| Box::pin(conn.query_drop(sql))).await;
        begun.end();
        Ok(done.map_err(|error| database_error(error, context))?)
    }
}

fn lost() -> Error {
    Error::new(ErrorKind::Database, code::REFUSED, "the connection is closed")
        .help("connect again, and load again")
        .database(Class::ConnectionLost)
}

impl fmt::Debug for Connection {
    /// The server alone: mysql_async's form of the rest holds the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("server", &self.server).finish_non_exhaustive()
    }
}

/// How many prepared statements a connection keeps: those used last. A plan with more statements prepares all of them
/// anew for each load. The server counts those of all connections (`max_prepared_stmt_count`, 16 382 by default).
pub const PREPARED: usize = 256;

/// A URL's options, those of the first attempt, and what it asks for of encryption.
fn options(url: &str) -> Result<(Opts, Encryption)> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err(bad_url("the URL has no `://`").into());
    };
    if !["mysql", "mariadb"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err(bad_url("the URL starts neither with `mysql://` nor with `mariadb://`").into());
    }
    // mysql_async would leave out what stands behind these, and connect to another database.
    if rest.contains('#') {
        return Err(bad_url("the URL has a `#`").into());
    }
    if rest.split('?').next().is_some_and(|place| place.matches('/').count() > 1) {
        return Err(bad_url("the path of the URL has more than a database").into());
    }
    let (rest, mut encryption) = Encryption::take(rest)?;
    let rest = rest.as_str();
    // Without a host it is this machine, as for the programs that come with the servers.
    let host = if rest.starts_with('/') { "localhost" } else { "" };
    let bracketed = Bracketed::of(rest);
    let rest = bracketed.as_ref().map_or(rest, |bracketed| bracketed.without_zone.as_str());
    let parameters = rest.split_once('?').map_or("", |(_, parameters)| parameters);
    let parsed = Opts::from_url(&format!("mysql://{host}{rest}"));
    let opts = parsed.map_err(|error| match error {
        UrlError::UnknownParameter { param } => unknown_parameter(&param, parameters),
        other => database_error(other.into(), "cannot connect"),
    })?;
    if opts.db_name().is_none_or(str::is_empty) {
        return Err(bad_url("the URL names no database").into());
    }
    let setup: Vec<&str> = SETUP.to_vec();
    let names = parameters.split('&').filter_map(|parameter| parameter.split('=').next());
    let is_told = names.into_iter().any(|name| percent_decode_str(name).decode_utf8_lossy() == "stmt_cache_size");
    let prepared = if is_told { opts.stmt_cache_size() } else { PREPARED };
    let builder = OptsBuilder::from_opts(opts).prefer_socket(false).setup(setup).stmt_cache_size(prepared);
    let builder = match bracketed {
        Some(bracketed) => builder.ip_or_hostname(bracketed.address),
        None => builder,
    };
    let opts = encryption.apply(builder.into())?;
    Ok((opts, encryption))
}

/// A URL whose host is an IPv6 address in brackets, which mysql_async would give to the resolver as they stand.
struct Bracketed {
    /// The address, with its zone if it has one: `fe80::1%eth0`.
    address: String,
    /// The URL behind its scheme, without the zone, which mysql_async refuses.
    without_zone: String,
}

impl Bracketed {
    fn of(rest: &str) -> Option<Self> {
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let start = authority.rfind('@').map_or(0, |at| at + 1);
        let inside = authority[start..].strip_prefix('[')?;
        let inside = &inside[..inside.find(']')?];
        let (address, zone) = inside.split_once("%25").map_or((inside, None), |(address, zone)| (address, Some(zone)));
        let behind = &rest[start + inside.len() + 1..];
        Some(Self {
            address: zone.map_or_else(|| address.to_owned(), |zone| format!("{address}%{zone}")),
            without_zone: format!("{}[{address}{behind}", &rest[..start]),
        })
    }
}

/// Whether the host of a URL could be a part of a name or password: an `@` behind the path's `/` can be the one that was
/// to end the password.
fn host_may_be_secret(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    path.split(['?', '#']).next().is_some_and(|path| path.contains('@'))
}

/// A host with its port, as a URL has them.
pub(crate) fn host_and_port(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

fn no_database() -> Error {
    Error::new(ErrorKind::Database, code::CANNOT_OPEN, "no database is named")
        .help("name one at the end of the URL's path: `mysql://user@host/database`")
}

#[cfg(test)]
mod tests {
    use super::{addresses, host_and_port, host_may_be_secret, options};
    use eagerly::error::{ErrorKind, code};

    #[test]
    fn urls_are_read() {
        let (opts, _) = options("MariaDB://me:p%40ss%2Fword@db.example:3307/my%20shop?socket=%2Frun%2Fs.sock").unwrap();
        assert_eq!((opts.ip_or_hostname(), opts.tcp_port()), ("db.example", 3307));
        assert_eq!((opts.user(), opts.pass(), opts.db_name()), (Some("me"), Some("p@ss/word"), Some("my shop")));
        assert_eq!(opts.socket(), Some("/run/s.sock"));
        let (opts, _) = options("mysql:///shop?socket=/run/s.sock").unwrap();
        assert_eq!((opts.db_name(), opts.socket(), opts.tcp_port()), (Some("shop"), Some("/run/s.sock"), 3306));
        assert!(!opts.prefer_socket());
    }

    #[test]
    fn an_ipv6_address_stands_in_brackets() {
        for (url, host, port, place) in [
            ("mysql://u:p@[::1]:3307/db", "::1", 3307, "[::1]:3307"),
            ("mysql://[::1]/db", "::1", 3306, "[::1]:3306"),
            ("mysql://u:p%40%5B@[2001:db8::7]/db?socket=%2Fx%5B", "2001:db8::7", 3306, "[2001:db8::7]:3306"),
            ("mysql://u@[fe80::1%25eth0]:3307/db", "fe80::1%eth0", 3307, "[fe80::1%eth0]:3307"),
            ("mysql://u@[::ffff:127.0.0.1]:3307/db", "::ffff:127.0.0.1", 3307, "[::ffff:127.0.0.1]:3307"),
            ("mysql://u@127.0.0.1:3307/db", "127.0.0.1", 3307, "127.0.0.1:3307"),
        ] {
            let (opts, _) = options(url).unwrap();
            assert_eq!((opts.ip_or_hostname(), opts.tcp_port(), opts.db_name()), (host, port, Some("db")), "{url}");
            assert_eq!(host_and_port(host, port), place);
        }
        for url in ["mysql://u@[::1/db", "mysql://u@[::1]x/db", "mysql://u@[]/db", "mysql://u@[nonsense]/db"] {
            assert_eq!(options(url).unwrap_err().first().code, code::USAGE, "{url}");
        }
    }

    #[test]
    fn a_host_that_may_be_a_password_is_not_shown() {
        for url in ["mysql://me:4711/word@host/shop", "mysql://name/pass@host:1/shop", "mysql://u@pass:1/word@h/shop"] {
            assert!(host_may_be_secret(url), "{url}");
        }
        for url in ["mysql://me:p@host/shop", "mysql://host/shop?socket=/a@b", "mysql://me@host/a%40b", "mysql:///shop"]
        {
            assert!(!host_may_be_secret(url), "{url}");
        }
    }

    #[test]
    fn what_is_not_known_is_told_with_what_could_be_meant_and_no_part_of_a_password() {
        let told = |url: &str| options(url).map(|_| ()).unwrap_err().to_string();
        for (url, words) in [
            ("mysql://me:secret@host/shop?ssl-mod=REQUIRED", "did you mean `ssl-mode`?"),
            ("mysql://me:secret@host/shop?stmt_cache_sise=3", "did you mean `stmt_cache_size`?"),
            ("mysql://me:secret@host/shop?require-ssl=true", "did you mean `require_ssl`?"),
            ("mysql://me:secret@host/shop?colour=secret", "`colour`, which is not known"),
            // The end of a password.
            ("mysql://me:33?secret=1@host/shop", "a parameter that is not known"),
            ("mysql://me:33?sec%72et=1@host/shop", "a parameter that is not known"),
            ("mysql://me:33?s3cret@host/shop", "a parameter that is not known"),
            ("mysql://host/shop?s3cret", "a parameter that is not known"),
        ] {
            let told = told(url);
            assert!(told.contains(words) && !told.contains("secret") && !told.contains("s3cret"), "{url}: {told}");
        }
    }

    #[test]
    fn each_address_of_a_host_is_tried_by_itself_and_keeps_its_zone() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for (host, address) in [("127.0.0.1", Some("127.0.0.1")), ("[::1]", Some("::1")), ("[fe80::1%25lo]", None)] {
            let (opts, _) = options(&format!("mysql://{host}/shop")).unwrap();
            let name = opts.ip_or_hostname().to_owned();
            for one in runtime.block_on(addresses(opts)) {
                let found =
                    one.resolved_ips().as_ref().map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
                assert_eq!(found, address.map(|address| vec![address.to_owned()]), "{host}");
                assert_eq!(one.ip_or_hostname(), name);
            }
        }
    }

    #[test]
    fn a_parameter_is_what_its_name_says_when_it_is_decoded() {
        for (encoded, plain) in [
            ("mysql://h/db?ssl%2Dmode=REQUIRED", "mysql://h/db?ssl-mode=REQUIRED"),
            ("mysql://h/db?require%5Fssl=true", "mysql://h/db?require_ssl=true"),
            ("mysql://h/db?stmt%5Fcache%5Fsize=3", "mysql://h/db?stmt_cache_size=3"),
        ] {
            let [(opts, encryption), (expected, asked)] = [encoded, plain].map(|url| options(url).unwrap());
            assert_eq!((encryption, opts.stmt_cache_size()), (asked, expected.stmt_cache_size()), "{encoded}");
        }
    }

    #[test]
    fn what_is_no_url_is_an_error_without_the_password() {
        for (url, expected, kind) in [
            ("shop.db", code::USAGE, ErrorKind::Input),
            ("postgres://me:secret@host/shop", code::USAGE, ErrorKind::Input),
            ("mysql://me:sec#ret@host/shop", code::USAGE, ErrorKind::Input),
            ("mysql://me:sec/ret@host/shop", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host:port/shop", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@/shop", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop?colour=secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop#secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop/secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop?compression=fast#secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop?compression=secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop?require_ssl=secret", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/shop?ssl-mode=secret", code::USAGE, ErrorKind::Input),
            #[cfg(not(feature = "tls"))]
            ("mysql://me:secret@host/shop?require_ssl=true", code::NOT_SUPPORTED, ErrorKind::Unsupported),
            ("mysql://me:secret@host", code::USAGE, ErrorKind::Input),
            ("mysql://me:secret@host/", code::USAGE, ErrorKind::Input),
        ] {
            let errors = options(url).unwrap_err();
            assert_eq!((errors.first().code, errors.first().kind), (expected, kind), "{url}");
            assert!(errors.first().help.is_some(), "{url}");
            for part in ["secret", "sec#", "sec/", "ret@"] {
                assert!(!errors.to_string().contains(part), "{errors}");
            }
        }
    }
}
