//! mysql_async's errors become ours: the server's number picks the code and the help, the server's words stay the
//! message.
//!
//! No message of ours holds a password: URLs are never repeated, and of a parameter in one only the name is.

use crate::encryption::{self, Mode};
use eagerly::error::{Code, Error, ErrorKind, code};
use mysql_async::{DriverError, IoError, ServerError, UrlError};
use std::fmt::Display;

/// Our error for one of mysql_async's. `context` says what was being done, as "cannot connect to `db.example:3306`" does.
#[must_use]
pub fn database_error(error: &mysql_async::Error, context: impl Display) -> Error {
    let refused =
        |code: Code, words: &dyn Display| Error::new(ErrorKind::Database, code, format!("{context}: {words}"));
    match error {
        mysql_async::Error::Server(error) => server(error, &context),
        mysql_async::Error::Url(error) => url_error(error),
        mysql_async::Error::Io(IoError::Io(error)) => {
            refused(code::REFUSED, error).help("the connection was lost: connect again, and load anew")
        }
        mysql_async::Error::Driver(DriverError::ConnectionClosed) => {
            refused(code::REFUSED, &"the connection is closed").help("connect again, and load anew")
        }
        mysql_async::Error::Driver(DriverError::PacketTooLarge) => {
            refused(code::REFUSED, &"a packet is too large").help("raise the server's max_allowed_packet")
        }
        mysql_async::Error::Driver(DriverError::UnknownAuthPlugin { name }) => {
            refused(code::CANNOT_OPEN, &format_args!("the login method `{name}` is not known here"))
                .help("give the user a password for mysql_native_password, caching_sha2_password or ed25519")
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
    let mut ours = database_error(error, &context);
    if let mysql_async::Error::Server(ServerError { code: number, .. }) = error {
        ours.help = login_help(*number, attempt).map(str::to_owned).or(ours.help);
        if attempt.encrypted && !attempt.has_identity && [1045, 1698].contains(number) {
            let more = "; an account that asks for a client certificate (`REQUIRE X509`) is refused in the same words: \
                        give `ssl-cert` and `ssl-key`";
            ours.help = ours.help.map(|help| help + more);
        }
    } else if ours.code == code::REFUSED {
        ours.code = code::CANNOT_OPEN;
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
             to log in encrypted (`REQUIRE SSL`) is refused in the same words",
        ),
        1045 | 1698 if plain => Some(
            "check the user, the password, and what the user may see; the login was not encrypted, and an account that has \
             to be (`REQUIRE SSL`) is refused in the same words",
        ),
        // MySQL, MariaDB: `require_secure_transport`.
        3159 | 4219 if attempt.mode == Mode::Disabled => {
            Some("the server takes encrypted connections alone: leave `ssl-mode=DISABLED` out")
        }
        3159 | 4219 => Some("the server takes encrypted connections alone: ask for one with `ssl-mode=REQUIRED`"),
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
        UrlError::UnknownParameter { param } => format!("the URL has a parameter `{param}`, which is not known"),
        UrlError::UnsupportedScheme { .. } => "the URL starts neither with `mysql://` nor with `mariadb://`".to_owned(),
        UrlError::Parse(error) => format!("the URL cannot be read: {error}"),
        _ => "the URL cannot be read".to_owned(),
    };
    bad_url(message)
}

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
fn server(ServerError { code: number, message, .. }: &ServerError, context: &dyn Display) -> Error {
    let error = |code: Code| Error::new(ErrorKind::Database, code, format!("{context}: {message}"));
    match number {
        1044 | 1045 | 1698 => error(code::CANNOT_OPEN).help("check the user, the password, and what the user may see"),
        1046 | 1049 => error(code::CANNOT_OPEN).help("name an existing database at the end of the URL's path"),
        1040 | 1203 | 1226 => error(code::CANNOT_OPEN).help("too many connections are open: try again later"),
        3159 | 4219 => error(code::CANNOT_OPEN).help("the server takes encrypted connections alone"),
        1129 | 1130 => error(code::CANNOT_OPEN).help("the server does not let this host in"),
        1205 | 1213 => error(code::LOCKED).help("another program is writing: try again, or allow a longer wait"),
        1054 | 1146 | 1356 => error(code::REFUSED)
            .help("the schema is not the one that was read: read it again (`reflect`), and compile the plan anew"),
        1142 | 1143 | 1370 => error(code::REFUSED).help("grant the user SELECT on what is loaded"),
        1317 => error(code::REFUSED).help("somebody stopped the statement: load anew"),
        // MariaDB, MySQL: a statement ran longer than it may.
        1969 | 3024 => error(code::REFUSED).help("limit the specification, or allow statements more time"),
        1053 | 1927 | 2006 | 2013 => error(code::REFUSED).help("the connection was lost: connect again, and load anew"),
        1153 => error(code::REFUSED).help("raise the server's max_allowed_packet"),
        _ => error(code::REFUSED),
    }
}

#[cfg(test)]
mod tests {
    use super::{connect_error, database_error};
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
            (1213, code::LOCKED),
            (1146, code::REFUSED),
            (1317, code::REFUSED),
            (1927, code::REFUSED),
            (1064, code::REFUSED),
        ] {
            let error = database_error(&answer(number), "cannot load `post`");
            assert_eq!((error.kind, error.code), (ErrorKind::Database, expected), "{number}");
            assert_eq!(error.message, "cannot load `post`: its words");
        }
    }

    #[test]
    fn a_broken_stream_is_no_server_while_connecting_and_a_lost_one_later() {
        let broken = || mysql_async::Error::from(std::io::Error::from(std::io::ErrorKind::ConnectionRefused));
        assert_eq!(connect_error(&broken(), "x").code, code::CANNOT_OPEN);
        assert_eq!(database_error(&broken(), "x").code, code::REFUSED);
    }

    #[test]
    fn misuse_is_our_bug() {
        let error = DriverError::StmtParamsMismatch { required: 1, supplied: 2 };
        assert_eq!(database_error(&error.into(), "x").kind, ErrorKind::Bug);
    }
}
