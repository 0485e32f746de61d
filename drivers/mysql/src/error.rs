//! mysql_async's errors become ours: the server's number picks the class, the code and the help, the server's words stay
//! the message, mysql_async's error the source.
//!
//! No message of ours holds a password: URLs are never repeated, and of a parameter in one only the name is.

use crate::class::class;
use crate::encryption::{self, Mode};
use eagerly::error::{Class, Code, DatabaseError, Error, ErrorKind, code};
use mysql_async::{DriverError, IoError, ServerError, UrlError};
use std::fmt::Display;
use std::io;
use std::sync::Arc;

/// Our error for one of mysql_async's, which is its source. `context` says what was being done, as "cannot connect to
/// `db.example:3306`" does.
#[must_use]
pub fn database_error(error: mysql_async::Error, context: impl Display) -> Error {
    with_source(described(&error, context), error)
}

/// Adds the database's part to our error.
fn with_source(ours: Error, error: mysql_async::Error) -> Error {
    let part = DatabaseError::new(class(&error));
    let part = match &error {
        // A URL can hold a password.
        mysql_async::Error::Url(_) => return ours,
        mysql_async::Error::Server(refused) => part.sqlstate(refused.state.as_str()).number(refused.code),
        _ => part,
    };
    ours.database(part.caused_by(Arc::new(error)))
}

/// Our error without the database's part.
fn described(error: &mysql_async::Error, context: impl Display) -> Error {
    let refused =
        |code: Code, words: &dyn Display| Error::new(ErrorKind::Database, code, format!("{context}: {words}"));
    match error {
        mysql_async::Error::Server(error) => server(error, &context),
        mysql_async::Error::Url(error) => url_error(error),
        mysql_async::Error::Io(IoError::Io(error)) => {
            // Through encryption it comes in the words of rustls, with an address of its manual.
            let words: &dyn Display = match error.kind() {
                io::ErrorKind::UnexpectedEof => &"the server has closed the connection",
                _ => error,
            };
            refused(code::REFUSED, words).help("the connection was lost: connect again, and load again")
        }
        mysql_async::Error::Driver(DriverError::ConnectionClosed) => {
            refused(code::REFUSED, &"the connection is closed").help("connect again, and load again")
        }
        mysql_async::Error::Driver(DriverError::PacketTooLarge) => {
            refused(code::REFUSED, &"a packet is too large").help("raise the server's max_allowed_packet")
        }
        mysql_async::Error::Driver(DriverError::UnknownAuthPlugin { name }) => {
            refused(code::CANNOT_OPEN, &format_args!("the login method `{name}` is not known here"))
                .help("give the user a password for mysql_native_password or caching_sha2_password")
        }
        mysql_async::Error::Driver(DriverError::CleartextPluginDisabled) => {
            refused(code::CANNOT_OPEN, &"the server asks for the password in the clear").help(
                "`enable_cleartext_plugin=true` sends it: do so through an encrypted connection alone \
                 (`ssl-mode=VERIFY_IDENTITY`)",
            )
        }
        // These are mistakes in how mysql_async is called.
        mysql_async::Error::Driver(
            error @ (DriverError::StmtParamsMismatch { .. }
            | DriverError::StmtParamsNumberExceedsLimit { .. }
            | DriverError::MixedParams
            | DriverError::Params(_)
            | DriverError::NestedTransaction
            | DriverError::FromRow { .. }
            | DriverError::FromValue { .. }),
        ) => Error::bug(format!("{context}: {error}")),
        mysql_async::Error::Driver(error) => refused(code::REFUSED, error),
        other => refused(code::REFUSED, other),
    }
}

/// How a connection was tried.
pub(crate) struct Attempt<'a> {
    pub(crate) mode: Mode,
    pub(crate) encrypted: bool,
    /// Whether a certificate of the client's was given.
    pub(crate) has_identity: bool,
    /// Whether it was a socket of this machine.
    pub(crate) is_local: bool,
    pub(crate) host: &'a str,
}

/// The same while connecting, where a broken stream means that nobody is there. `before` is what an encrypted attempt
/// has met, after which one without encryption was made.
pub(crate) fn connect_error(
    error: mysql_async::Error,
    context: impl Display,
    attempt: &Attempt<'_>,
    before: Option<&mysql_async::Error>,
) -> Error {
    let mut ours = with_source(login_described(&error, context, attempt, before), error);
    // Before there is a connection nothing has been read that could have changed: the database of the URL is absent.
    if ours.class() == Some(Class::SchemaChanged)
        && let Some(part) = &mut ours.database
    {
        part.class = Class::Other;
    }
    ours
}

fn login_described(
    error: &mysql_async::Error,
    context: impl Display,
    attempt: &Attempt<'_>,
    before: Option<&mysql_async::Error>,
) -> Error {
    let cannot = |words: &str| Error::new(ErrorKind::Database, code::CANNOT_OPEN, format!("{context}: {words}"));
    if let Some((words, help)) = encryption::words(error, attempt.host).filter(|_| attempt.encrypted) {
        return cannot(&words).help(help);
    }
    if encryption::is_not_offered(error) {
        let mode = attempt.mode.name();
        return cannot(&format!("the server does not offer encryption, which `ssl-mode={mode}` asks for"))
            .help("`ssl-mode=PREFERRED` does without; or give the server a certificate (`ssl_cert`, `ssl_key`)");
    }
    let mut ours = described(error, &context);
    if ours.kind == ErrorKind::Database {
        ours.code = code::CANNOT_OPEN;
    }
    if let mysql_async::Error::Server(ServerError { code: number, .. }) = error {
        ours.help = login_help(*number, attempt).map(str::to_owned).or(ours.help);
        if attempt.encrypted && !attempt.has_identity && [1045, 1698].contains(number) {
            let more = "; an account that asks for a client certificate (`REQUIRE X509`) is refused in the same words: \
                        give `ssl-cert` and `ssl-key`";
            ours.help = ours.help.map(|help| help + more);
        }
    } else if matches!(error, mysql_async::Error::Io(_)) || ours.help.is_none() {
        ours.help = Some("check that the server runs, and the host, port or socket of the URL".into());
    }
    if let Some(before) = before.filter(|before| !encryption::is_not_offered(before)) {
        let words = encryption::words(before, attempt.host).map_or_else(|| before.to_string(), |(words, _)| words);
        ours.message.push_str(&format!("; encrypted, before that: {words}"));
    }
    ours
}

/// What a refusal can have to do with encryption.
fn login_help(number: u16, attempt: &Attempt<'_>) -> Option<&'static str> {
    let plain = !attempt.encrypted && !attempt.is_local;
    match number {
        1045 | 1698 if plain && attempt.mode == Mode::Disabled => Some(
            "check the user, the password, and what the user may see; or leave `ssl-mode=DISABLED` out: an account that has \
             to log in encrypted (`REQUIRE SSL`), or a server that wants it, refuses in the same words",
        ),
        1045 | 1698 if plain => Some(
            "check the user, the password, and what the user may see; the login was not encrypted, and an account that has \
             to be (`REQUIRE SSL`), or a server that wants it, refuses in the same words",
        ),
        // MySQL's `require_secure_transport`; MariaDB refuses as it does a wrong password.
        3159 if attempt.mode == Mode::Disabled => {
            Some("the server takes encrypted connections alone: leave `ssl-mode=DISABLED` out")
        }
        3159 => Some("the server takes encrypted connections alone: ask for one with `ssl-mode=REQUIRED`"),
        _ => None,
    }
}

/// What is wrong with a URL is a mistake of whoever calls.
fn url_error(error: &UrlError) -> Error {
    let message = match error {
        UrlError::FeatureRequired { param, .. } => {
            return Error::new(
                ErrorKind::Unsupported,
                code::NOT_SUPPORTED,
                format!("the URL's parameter `{param}` needs TLS, which is not built in"),
            )
            .help("build with the feature `tls` of eagerly-mysql, or leave the parameter out");
        }
        UrlError::InvalidParamValue { param, .. } => {
            format!("the URL's parameter `{param}` has a value it cannot have")
        }
        UrlError::UnsupportedScheme { .. } => "the URL starts neither with `mysql://` nor with `mariadb://`".to_owned(),
        UrlError::Parse(error) => format!("the URL cannot be read: {error}"),
        _ => "the URL cannot be read".to_owned(),
    };
    bad_url(message)
}

/// A parameter of the URL that is not known. What looks like its name can be the end of a password, where an `@` comes
/// behind it.
pub(crate) fn unknown_parameter(name: &str, parameters: &str) -> Error {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
    if !is_name || parameters.contains('@') {
        return bad_url("the URL has a parameter that is not known");
    }
    let known = encryption::PARAMETERS.into_iter().chain(OTHERS).chain(encryption::THEIRS);
    Error::input(code::USAGE, format!("the URL has a parameter `{name}`, which is not known")).suggest(name, known)
}

/// What mysql_async reads of a URL that means something here, those first that are used most.
const OTHERS: [&str; 10] = [
    "socket",
    "compression",
    "stmt_cache_size",
    "max_allowed_packet",
    "wait_timeout",
    "tcp_keepalive",
    "tcp_nodelay",
    "enable_cleartext_plugin",
    "secure_auth",
    "client_found_rows",
];

/// A parameter of the URL that cannot be what it is.
pub(crate) fn bad_parameter(message: impl Into<String>, help: &str) -> Error {
    Error::input(code::USAGE, message).help(help)
}

pub(crate) fn bad_url(message: impl Into<String>) -> Error {
    Error::input(code::USAGE, message).help(
        "write `mysql://user:password@host:3306/database`, or `…@localhost/database?socket=%2Fpath`; `@`, `/`, `:`, \
         `#`, `?` and `%` in a name or password are written as `%40` and so on",
    )
}

/// The server's numbers that mean something to us. They are MySQL's and MariaDB's alike where not said otherwise.
///
/// A help names a cause only where the number stands for that one alone.
fn server(ServerError { code: number, message, .. }: &ServerError, context: &dyn Display) -> Error {
    let code = match number {
        1040 | 1044 | 1045 | 1046 | 1049 | 1129 | 1130 | 1203 | 1251 | 1698 | 1820 | 1862 | 3118 | 3159 | 3955
        | 4150 | 4151 => code::CANNOT_OPEN,
        1205 | 1213 => code::LOCKED,
        _ => code::REFUSED,
    };
    let error = Error::new(ErrorKind::Database, code, format!("{context}: {message}"));
    match help_for_login(*number).or_else(|| help_for_statement(*number)) {
        Some(help) => error.help(help),
        None => error,
    }
}

fn help_for_login(number: u16) -> Option<&'static str> {
    Some(match number {
        1044 | 1045 | 1698 => "check the user, the password, and what the user may see",
        1046 | 1049 => "name an existing database at the end of the URL's path",
        1040 | 1203 => "too many connections are open: try again later",
        1226 => "the account has used up what its words name: wait, or let an administrator raise it",
        // MySQL, MariaDB: after too many broken connections.
        1129 => "the server has blocked this host: an administrator clears that with `FLUSH HOSTS`",
        1130 => "no account of the server is for this host",
        1251 => "give the user a password for mysql_native_password or caching_sha2_password",
        1820 | 1862 => {
            "the password has expired: set a new one with the server's own client, `ALTER USER … IDENTIFIED BY …`"
        }
        3118 | 4151 => "the account is locked: an administrator unlocks it with `ALTER USER … ACCOUNT UNLOCK`",
        3955 | 4150 => "the account is blocked after failed logins: wait, or let an administrator unlock it",
        3159 => "the server takes encrypted connections alone",
        _ => return None,
    })
}

fn help_for_statement(number: u16) -> Option<&'static str> {
    Some(match number {
        1205 | 1213 | 1614 | 1689 | 3058 | 3572 => {
            "another transaction was in the way: try again, or allow a longer wait"
        }
        1020 | 3101 => "another transaction has changed what this one reads or writes: roll it back and run it again",
        1054 | 1146 => "the schema is not the one that was read: read it again (`reflect`), and compile the plan again",
        1356 => {
            "a view refers to what is gone, or to what its definer may not use: mend the view, or leave it out; if it was \
             changed since the schema was read, read it again"
        }
        1449 => return help_for_view(number),
        1142 | 1143 => "grant SELECT on what the words name, to the user or, within a view, to the view's definer",
        1370 => "grant EXECUTE on what the words name, to the user or, within a view, to the view's definer",
        1104 => {
            "the session's `max_join_size` forbids it: raise it, or set `sql_big_selects = 1`; or load less at once"
        }
        1461 => {
            "the server keeps `max_prepared_stmt_count` statements for all connections: raise it, or close connections \
             that keep many"
        }
        1365 | 1690 | 1292 | 1366 => {
            "a value or an expression is not of the type that it has to be: one of a view or a generated column, or one of \
             the specification"
        }
        1267 | 1270 | 1271 => {
            "columns of collations that do not go together are compared: a view or a relationship does so"
        }
        1038 => {
            "load fewer or narrower columns in an order; where none is JSON or a long text, a larger sort_buffer_size of \
             the session helps"
        }
        1021 | 1114 => "the server has no room left for its temporary tables: make room, or load less at once",
        1317 => "somebody stopped the statement: load again",
        // MariaDB, MySQL: a statement ran longer than it may.
        1969 | 3024 => "limit the specification, or allow statements more time",
        1053 | 1927 | 2006 | 2013 | 3168 | 3169 | 4031 => "the connection was lost: connect again, and load again",
        1153 => "raise the server's max_allowed_packet",
        _ => return None,
    })
}

/// What to do about a view that cannot be read at all, where its words do not say it.
pub(crate) fn help_for_view(number: u16) -> Option<&'static str> {
    (number == 1449).then_some(
        "a view or a function runs as a user that is gone: its owner makes it with a definer that exists, or with \
         `SQL SECURITY INVOKER`",
    )
}

#[cfg(test)]
mod tests {
    use super::{Attempt, connect_error, database_error};
    use crate::encryption::Mode;
    use eagerly::error::{ErrorKind, code};
    use mysql_async::{DriverError, ServerError};

    fn answer(number: u16) -> mysql_async::Error {
        ServerError { code: number, message: "its words".into(), state: "HY000".into() }.into()
    }

    #[test]
    fn the_servers_numbers_pick_our_codes_and_its_words_stay() {
        for (number, expected) in [
            (1045, code::CANNOT_OPEN),
            (1049, code::CANNOT_OPEN),
            (1820, code::CANNOT_OPEN),
            (1862, code::CANNOT_OPEN),
            (3118, code::CANNOT_OPEN),
            (3159, code::CANNOT_OPEN),
            (3955, code::CANNOT_OPEN),
            (4150, code::CANNOT_OPEN),
            (4151, code::CANNOT_OPEN),
            (1213, code::LOCKED),
            (1449, code::REFUSED),
            (1461, code::REFUSED),
            (1104, code::REFUSED),
            (1146, code::REFUSED),
            (1317, code::REFUSED),
            (1927, code::REFUSED),
            (1064, code::REFUSED),
        ] {
            let error = database_error(answer(number), "cannot load `post`");
            assert_eq!((error.kind, error.code), (ErrorKind::Database, expected), "{number}");
            assert_eq!(error.message, "cannot load `post`: its words");
        }
    }

    #[test]
    fn a_broken_stream_is_no_server_while_connecting_and_a_lost_one_later() {
        let attempt =
            Attempt { mode: Mode::Disabled, encrypted: false, has_identity: false, is_local: false, host: "h" };
        let broken = || mysql_async::Error::from(std::io::Error::from(std::io::ErrorKind::ConnectionRefused));
        assert_eq!(connect_error(broken(), "x", &attempt, None).code, code::CANNOT_OPEN);
        assert_eq!(database_error(broken(), "x").code, code::REFUSED);
        let ended = std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "peer closed, see https://docs.rs");
        assert_eq!(database_error(ended.into(), "x").message, "x: the server has closed the connection");
    }

    #[test]
    fn misuse_is_our_bug() {
        let error = DriverError::StmtParamsMismatch { required: 1, supplied: 2 };
        assert_eq!(database_error(error.into(), "x").kind, ErrorKind::Bug);
    }

    /// A URL can hold a password.
    #[test]
    fn an_error_of_a_url_has_no_source() {
        let error = mysql_async::Opts::from_url("mysql://me:secret@h/d?prefer_socket=secret").unwrap_err();
        let ours = database_error(error.into(), "x");
        assert_eq!((ours.kind, ours.database.is_none()), (ErrorKind::Input, true), "{ours:?}");
        assert!(!format!("{ours:?}").contains("secret"), "{ours:?}");
    }
}
