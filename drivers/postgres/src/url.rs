//! A URL becomes settings of tokio-postgres, and what it asks for of encryption. What is wrong with it is told by the
//! names of its parameters, and never by their values.

use crate::encryption::{Encryption, PARAMETERS};
use eagerly::error::{Error, Result, code};
use percent_encoding::percent_decode_str;
use std::error::Error as _;
use tokio_postgres::Config;

/// What a URL says, with defaults for what it does not.
pub(crate) struct Settings {
    pub(crate) config: Config,
    pub(crate) encryption: Encryption,
}

pub(crate) const EXAMPLE: &str = "as in `postgres://user:password@host:5432/database`";

/// What tokio-postgres reads, those first that are used most.
const OTHERS: [&str; 17] = [
    "host",
    "port",
    "user",
    "dbname",
    "connect_timeout",
    "application_name",
    "options",
    "target_session_attrs",
    "password",
    "hostaddr",
    "channel_binding",
    "tcp_user_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
];

impl Settings {
    pub(crate) fn read(url: &str) -> Result<Self> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            let error = Error::input(code::USAGE, "the URL of a PostgreSQL database begins with `postgres://`");
            return Err(error.help(EXAMPLE).into());
        }
        let (place, query) = split(url);
        let (mut ours, mut others) = (Vec::new(), Vec::new());
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let ours_of = |(name, value)| {
                let name = percent_decode_str(name).decode_utf8_lossy();
                PARAMETERS.contains(&&*name).then(|| (name.into_owned(), value))
            };
            match parameter.split_once('=').and_then(ours_of) {
                Some((name, value)) => ours.push((name, decoded(value)?)),
                // tokio-postgres takes the first `@` of all for the end of a password.
                None => others.push(parameter.replace('@', "%40")),
            }
        }
        let question = if others.is_empty() { "" } else { "?" };
        let parsed = format!("{place}{question}{}", others.join("&")).parse();
        let mut config: Config = parsed.map_err(|error| unreadable(&error, query))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host("localhost");
        }
        if config.get_application_name().is_none() {
            config.application_name("eagerly");
        }
        Ok(Self { config, encryption: Encryption::read(&ours)? })
    }
}

/// A URL without its parameters, and those. A `?` before the `@` that ends a password is a part of the password.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let rest = &url[start..];
    let slash = rest.find('/').unwrap_or(rest.len());
    let question = rest.find('?').unwrap_or(rest.len());
    let from = match rest.find('@') {
        // Behind the path it stands in a parameter.
        Some(at) if at < slash || at < question => at,
        _ => 0,
    };
    match rest[from..].find('?') {
        Some(at) => (&url[..start + from + at], &rest[from + at + 1..]),
        None => (url, ""),
    }
}

/// A value without its percent-encoding.
fn decoded(value: &str) -> Result<String> {
    let decoded = percent_decode_str(value).decode_utf8();
    let decoded = decoded.map_err(|_| Error::input(code::USAGE, "the database's URL cannot be read").help(EXAMPLE))?;
    Ok(decoded.into_owned())
}

/// The URL does not parse. Of the parser's words only those are shown that cannot hold a part of a password.
fn unreadable(error: &tokio_postgres::Error, query: &str) -> Error {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    if let Some(option) = cause.strip_prefix("invalid value for option `").and_then(|rest| rest.strip_suffix('`')) {
        let error = Error::input(code::USAGE, format!("the database's URL has a wrong value for `{option}`"));
        return error.help(match option {
            "port" | "host" => "percent-encode `@`, `/`, `:` and `?` in user and password",
            "target_session_attrs" => "it can be `any`, `read-write` or `read-only`",
            "channel_binding" => "it can be `disable`, `prefer` or `require`",
            "load_balance_hosts" => "it can be `disable` or `random`",
            "connect_timeout"
            | "tcp_user_timeout"
            | "keepalives"
            | "keepalives_idle"
            | "keepalives_interval"
            | "keepalives_retries" => "it is a whole number",
            _ => EXAMPLE,
        });
    }
    if let Some(option) = cause.strip_prefix("unknown option `").and_then(|rest| rest.strip_suffix('`')) {
        // Behind an `@`, what looks like a parameter can be the end of a password; and no parameter has a digit in its name.
        let is_name = option.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
        let named = if is_name && !query.contains('@') { format!(" `{option}`, which") } else { " that".to_owned() };
        let error = Error::input(code::USAGE, format!("the database's URL has a parameter{named} is not known"));
        if option == "sslpassword" {
            return error.help("give `sslkey` a key without a password");
        }
        let known = OTHERS.into_iter().chain(PARAMETERS);
        return if is_name { error.suggest(option, known) } else { error.help("percent-encode `?` in a password") };
    }
    Error::input(code::USAGE, "the database's URL cannot be read").help(EXAMPLE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refused::Shown;

    fn read(url: &str) -> Result<Settings> {
        Settings::read(url)
    }

    fn told(url: &str) -> String {
        read(url).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn broken_urls_are_the_users_and_show_no_password() {
        for url in [
            "mysql://u:hunter2@h/db",
            "host=h password=hunter2",
            "postgres://u:hunter2@h:port/db",
            "postgres://u:pass@hunter2:x@h/db",
            "postgres://u:pass?hunter2=1@h/db",
            "postgres://u:pa/hunter2?hunter2=1@h/db",
            "postgres://u@h/db?hunter2=1",
            "postgres://u@h/db?hunter2",
            "postgres://u:hunter2@h/db?sslmode=verify-ca",
            "postgres://u:hunter2@h/db?sslmode=hunter2",
            "postgres://u:hunter2@h/db?sslrootcert=hunter2&sslrootcert=x",
            "postgres://u:hunter2@[::1/db",
            "postgres://u:hunter2%ff@h/%ff",
            "postgres://u:hunter2@h/db?target_session_attrs=hunter2",
        ] {
            match read(url) {
                Err(errors) => {
                    assert!(errors.first().help.is_some(), "{url}");
                    assert!(!errors.to_string().contains("hunter2"), "{errors}");
                }
                Ok(settings) => assert!(!Shown(&settings.config).to_string().contains("hunter2"), "{url}"),
            }
        }
        assert!(told("postgres://h/db?sslmode=verify").contains("`verify-ca`"));
        assert!(told("postgres://h/db?ssl-mode=require").contains("`ssl-mode`"));
        assert!(told("postgres://h/db?sslpassword=hunter2").ends_with("a key without a password"));
        assert!(told("postgres://h/db?ssl-mode=require").contains("did you mean `sslmode`"));
    }

    #[test]
    fn parameters_of_ours_are_taken_out_and_the_others_stay() {
        let settings =
            read("postgres://u:p?a@h/db?application_name=a@b&sslmode=require&sslrootcert=%2Fa%20b&connect_timeout=3");
        let Settings { config, encryption } = settings.unwrap();
        assert_eq!(config.get_password(), Some(&b"p?a"[..]));
        assert_eq!((config.get_application_name(), config.get_dbname()), (Some("a@b"), Some("db")));
        assert_eq!(config.get_connect_timeout().map(std::time::Duration::as_secs), Some(3));
        let expected =
            [("sslmode", "require"), ("sslrootcert", "/a b")].map(|(name, value)| (name.into(), value.into()));
        assert_eq!(encryption, Encryption::read(&expected).unwrap());
        let config = read("postgres://h/db?application_name=a@b").unwrap().config;
        assert_eq!((config.get_user(), config.get_dbname()), (None, Some("db")));
    }

    #[test]
    fn a_parameter_is_what_its_name_says_when_it_is_decoded() {
        let encryption = |url: &str| read(url).map(|settings| settings.encryption);
        assert_eq!(
            encryption("postgres://h/db?ssl%6Dode=verify-full").unwrap(),
            encryption("postgres://h/db?sslmode=verify-full").unwrap()
        );
        assert!(told("postgres://h/db?ssl%6dode=require&sslmode=disable").contains("`sslmode` twice"));
        assert!(told("postgres://h/db?%73slmode=secret").contains("`sslmode`"));
    }

    #[test]
    fn a_host_that_may_be_a_password_is_not_shown() {
        let shown = |url: &str| Shown(&read(url).unwrap().config).to_string();
        assert_eq!(shown("postgres://u:pa@ss@h/db"), "the server");
        assert_eq!(shown("postgres://u@pass:1/word@h/db"), "the server");
        assert_eq!(shown("postgres://u:p@h:1/db"), "`h:1`, database `db`");
        assert_eq!(shown("postgres://"), "`localhost:5432`");
        assert_eq!(shown("postgres://u:p@[::1]:1/db"), "`[::1]:1`, database `db`");
        assert_eq!(shown("postgres://u@%2Ftmp%2Fx/db"), "`/tmp/x:5432`, database `db`");
    }
}
