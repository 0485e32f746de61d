//! How connections are encrypted: what a URL asks for, in the words of MySQL's own clients and with their meaning.
//!
//! | `ssl-mode` | connects | checks of the server's certificate |
//! |---|---|---|
//! | `DISABLED` | without encryption | |
//! | `PREFERRED`, the default | encrypted; without if the server has no encryption or it cannot be agreed on | |
//! | `REQUIRED` | encrypted | |
//! | `VERIFY_CA`, the default with `ssl-ca` | encrypted | its issuer |
//! | `VERIFY_IDENTITY` | encrypted | its issuer, and the host's name |
//!
//! Names and values are taken in any case, with `-`, `_` or nothing between their words, and in libpq's words too
//! (`sslmode=verify-full`, `sslrootcert`). mysql_async's own `require_ssl` and its kin mean what they do there; together with
//! these they are refused. A socket of this machine is never encrypted.

use crate::error::bad_parameter;
use eagerly::error::{Error, ErrorKind, Result, code};
use mysql_async::{DriverError, Opts, OptsBuilder, SslOpts};
use percent_encoding::percent_decode_str;
use std::path::PathBuf;

/// `ssl-mode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    Disabled,
    #[default]
    Preferred,
    Required,
    VerifyCa,
    VerifyIdentity,
}

/// The modes, as they are told, and their words without case and signs: MySQL's, and libpq's.
const MODES: [(Mode, &str, [&str; 2]); 5] = [
    (Mode::Disabled, "DISABLED", ["disabled", "disable"]),
    (Mode::Preferred, "PREFERRED", ["preferred", "prefer"]),
    (Mode::Required, "REQUIRED", ["required", "require"]),
    (Mode::VerifyCa, "VERIFY_CA", ["verifyca", "verifyca"]),
    (Mode::VerifyIdentity, "VERIFY_IDENTITY", ["verifyidentity", "verifyfull"]),
];

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        MODES.into_iter().find(|(mode, ..)| *mode == self).map_or("", |(_, name, _)| name)
    }
}

/// What a URL asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Encryption {
    pub(crate) mode: Mode,
    /// A file with the certificates of authorities.
    roots: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    /// mysql_async's own parameters say it.
    theirs: bool,
}

/// The parameters that are ours, as they are told.
pub(crate) const PARAMETERS: [&str; 4] = ["ssl-mode", "ssl-ca", "ssl-cert", "ssl-key"];

/// mysql_async's parameters for encryption.
pub(crate) const THEIRS: [&str; 4] = ["require_ssl", "verify_ca", "verify_identity", "built_in_roots"];

/// A word without its case and the signs in it.
fn bare(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>().to_ascii_lowercase()
}

/// Our name of a parameter, if it is one of ours.
fn known(name: &str) -> Option<&'static str> {
    match bare(name).as_str() {
        "sslmode" => Some("ssl-mode"),
        "sslca" | "sslrootcert" => Some("ssl-ca"),
        "sslcert" => Some("ssl-cert"),
        "sslkey" => Some("ssl-key"),
        _ => None,
    }
}

impl Encryption {
    /// Takes the parameters that are ours out of a URL; what is left of it.
    ///
    /// # Errors
    /// `E0001` for values that a parameter cannot have, and for parameters that contradict each other.
    pub(crate) fn take(url: &str) -> Result<(String, Self)> {
        let Some((place, query)) = url.split_once('?') else { return Ok((url.to_owned(), Self::default())) };
        let mut read = Self::default();
        let (mut mode, mut others, mut given) = (None, Vec::new(), Vec::new());
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let name = percent_decode_str(name).decode_utf8_lossy();
            let Some(name) = known(&name) else {
                read.theirs |= THEIRS.contains(&&*name);
                others.push(parameter);
                continue;
            };
            let value = percent_decode_str(value).decode_utf8();
            let value = value.map_err(|_| wrong_value(name, "it is not UTF-8"))?.into_owned();
            if given.iter().any(|(other, before)| *other == name && *before != value) {
                return Err(bad_parameter(format!("the URL has `{name}` twice"), "give it once").into());
            }
            let file = (!value.is_empty()).then(|| PathBuf::from(&value));
            match name {
                "ssl-mode" => mode = Some(known_mode(&value)?),
                "ssl-ca" => read.roots = file,
                "ssl-cert" => read.certificate = file,
                _ => read.key = file,
            }
            given.push((name, value));
        }
        if let Some((ours, _)) = given.first().filter(|_| read.theirs) {
            let message = format!("`{ours}` and `require_ssl` contradict each other");
            return Err(bad_parameter(
                message,
                "`ssl-mode` says all that `require_ssl` and its kin do: leave those out",
            )
            .into());
        }
        read.mode = mode.unwrap_or(if read.roots.is_some() { Mode::VerifyCa } else { Mode::default() });
        read.check()?;
        let question = if others.is_empty() { "" } else { "?" };
        Ok((format!("{place}{question}{}", others.join("&")), read))
    }

    fn check(&self) -> Result<()> {
        if self.mode == Mode::VerifyCa && self.roots.is_none() {
            let help = "give the authority's certificate: `ssl-ca=FILE`";
            return Err(bad_parameter("`ssl-mode=VERIFY_CA` needs `ssl-ca`", help).into());
        }
        match (&self.certificate, &self.key) {
            (Some(_), None) => {
                Err(bad_parameter("`ssl-cert` needs `ssl-key`", "give the file of the certificate's key").into())
            }
            (None, Some(_)) => {
                Err(bad_parameter("`ssl-key` needs `ssl-cert`", "give the file of the key's certificate").into())
            }
            _ => Ok(()),
        }
    }

    /// Whether a certificate of the client's is given.
    pub(crate) fn has_identity(&self) -> bool {
        self.certificate.is_some()
    }

    /// The options of the first attempt. From here on the mode says what they do.
    ///
    /// # Errors
    /// Files that cannot be read; what is not built in.
    pub(crate) fn apply(&mut self, opts: Opts) -> Result<Opts> {
        if self.theirs {
            self.mode = match opts.ssl_opts() {
                None => Mode::Disabled,
                Some(ssl) if ssl.accept_invalid_certs() => Mode::Required,
                Some(ssl) if ssl.skip_domain_validation() => Mode::VerifyCa,
                Some(_) => Mode::VerifyIdentity,
            };
        }
        if opts.socket().is_some() {
            if self.mode >= Mode::Required && !self.theirs {
                let message = format!("`ssl-mode={}` is not supported for a unix socket", self.mode.name());
                return Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
                    .help("what goes through a socket stays on this machine: leave `ssl-mode` out")
                    .into());
            }
            self.mode = Mode::Disabled;
        }
        let ssl = if self.theirs { opts.ssl_opts().cloned() } else { None };
        let ssl = match self.mode {
            Mode::Disabled => None,
            _ => self.options(ssl)?,
        };
        if ssl.is_none() {
            self.mode = Mode::Disabled;
        }
        // A certificate for an address has it without the brackets of a URL.
        let address =
            opts.ip_or_hostname().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::to_owned);
        let ssl = ssl.map(|ssl| match address {
            Some(address) => ssl.with_danger_tls_hostname_override(Some(address)),
            None => ssl,
        });
        Ok(OptsBuilder::from_opts(opts).ssl_opts(ssl).into())
    }

    #[cfg(feature = "tls")]
    fn options(&self, theirs: Option<SslOpts>) -> Result<Option<SslOpts>> {
        use eagerly_driver_tls::{Check, Identity, Roots};
        // mysql_async takes the process's, and panics where there is none and it cannot choose.
        if eagerly_driver_tls::rustls::crypto::CryptoProvider::get_default().is_none() {
            let _ = eagerly_driver_tls::rustls::crypto::ring::default_provider().install_default();
        }
        if theirs.is_some() {
            return Ok(theirs);
        }
        let mut ssl = SslOpts::default();
        if self.mode >= Mode::VerifyCa {
            let roots = self.roots.clone().map_or(Roots::System, Roots::File);
            let roots = roots.usable(&NAMES)?.into_iter().map(|root| root.to_vec().into()).collect();
            ssl = ssl.with_root_certs(roots).with_disable_built_in_roots(true);
        } else {
            ssl = ssl.with_danger_accept_invalid_certs(true);
        }
        if let Some((certificate, key)) = self.certificate.clone().zip(self.key.clone()) {
            let identity = Identity { certificate: certificate.clone(), key: key.clone() };
            // What is wrong with it is told by its parameter's name.
            eagerly_driver_tls::client_config(Check::Nothing, &Roots::System, Some(&identity), &NAMES)?;
            ssl = ssl.with_client_identity(Some(mysql_async::ClientIdentity::new(certificate.into(), key.into())));
        }
        Ok(Some(ssl))
    }

    #[cfg(not(feature = "tls"))]
    fn options(&self, _: Option<SslOpts>) -> Result<Option<SslOpts>> {
        if self.mode < Mode::Required {
            return Ok(None);
        }
        let parameter = if self.theirs { "require_ssl".to_owned() } else { format!("ssl-mode={}", self.mode.name()) };
        let message = format!("the URL's parameter `{parameter}` needs TLS, which is not built in");
        Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("build with the feature `tls` of eagerly-mysql, or leave the parameter out")
            .into())
    }

    /// What to try after an attempt that failed, if anything.
    pub(crate) fn next(&self, opts: &Opts, error: &mysql_async::Error) -> Option<Opts> {
        let ssl = opts.ssl_opts()?;
        if self.mode == Mode::Preferred && (is_not_offered(error) || is_of_tls(error)) {
            return Some(OptsBuilder::from_opts(opts.clone()).ssl_opts(None).into());
        }
        // mysql_async looks for this word in rustls's error, which holds the name that was asked for. The issuer was
        // checked before the name, and is checked again.
        let other = "NotValidForName.invalid";
        if self.mode == Mode::VerifyCa && is_of_name(error) && ssl.tls_hostname_override() != Some(other) {
            let ssl =
                ssl.clone().with_danger_skip_domain_validation(true).with_danger_tls_hostname_override(Some(other));
            return Some(OptsBuilder::from_opts(opts.clone()).ssl_opts(Some(ssl)).into());
        }
        None
    }
}

/// What MySQL's clients call what is asked for.
#[cfg(feature = "tls")]
const NAMES: eagerly_driver_tls::Names = eagerly_driver_tls::Names {
    roots: "ssl-ca",
    certificate: "ssl-cert",
    key: "ssl-key",
    issuer_only: "ssl-mode=VERIFY_CA",
};

/// Whether the server has no encryption.
pub(crate) fn is_not_offered(error: &mysql_async::Error) -> bool {
    matches!(error, mysql_async::Error::Driver(DriverError::NoClientSslFlagFromServer))
}

fn is_of_tls(error: &mysql_async::Error) -> bool {
    let io = match error {
        mysql_async::Error::Io(mysql_async::IoError::Io(io)) => io,
        #[cfg(feature = "tls")]
        mysql_async::Error::Io(mysql_async::IoError::Tls(_)) => return true,
        _ => return false,
    };
    words(error, "").is_some() || io.kind() == std::io::ErrorKind::UnexpectedEof
}

/// What is wrong with the encryption, and what to do about it.
#[cfg(feature = "tls")]
pub(crate) fn words(error: &mysql_async::Error, host: &str) -> Option<(String, String)> {
    let told = eagerly_driver_tls::told(error, host, &NAMES)?;
    Some((told.message, told.help))
}

#[cfg(not(feature = "tls"))]
pub(crate) fn words(_: &mysql_async::Error, _: &str) -> Option<(String, String)> {
    None
}

#[cfg(feature = "tls")]
fn is_of_name(error: &mysql_async::Error) -> bool {
    eagerly_driver_tls::is_of_name(error)
}

#[cfg(not(feature = "tls"))]
fn is_of_name(_: &mysql_async::Error) -> bool {
    false
}

fn known_mode(value: &str) -> Result<Mode> {
    let value = bare(value);
    let found = MODES.into_iter().find(|(_, _, words)| words.contains(&value.as_str()));
    let help = "it can be `DISABLED`, `PREFERRED`, `REQUIRED`, `VERIFY_CA` or `VERIFY_IDENTITY`";
    Ok(found.map(|(mode, ..)| mode).ok_or_else(|| wrong_value("ssl-mode", help))?)
}

fn wrong_value(name: &str, help: &str) -> Error {
    bad_parameter(format!("the URL's parameter `{name}` has a value it cannot have"), help)
}

#[cfg(test)]
mod tests {
    use super::{Encryption, Mode};

    fn take(query: &str) -> eagerly::error::Result<(String, Encryption)> {
        Encryption::take(&format!("mysql://me:secret@h/db?{query}"))
    }

    #[test]
    fn modes_are_taken_in_every_spelling() {
        for (query, expected) in [
            ("", Mode::Preferred),
            ("ssl-mode=DISABLED", Mode::Disabled),
            ("sslmode=disable", Mode::Disabled),
            ("ssl_mode=Preferred", Mode::Preferred),
            ("sslMode=PREFERRED", Mode::Preferred),
            ("ssl-mode=require", Mode::Required),
            ("SSL-MODE=required", Mode::Required),
            ("ssl-mode=verify_ca&ssl-ca=x", Mode::VerifyCa),
            ("sslmode=verify-full", Mode::VerifyIdentity),
            ("ssl-mode=VERIFY%5FIDENTITY", Mode::VerifyIdentity),
            ("ssl-ca=x", Mode::VerifyCa),
            ("sslrootcert=x&sslmode=require", Mode::Required),
        ] {
            assert_eq!(take(query).unwrap().1.mode, expected, "{query}");
        }
        let (rest, _) = take("ssl-mode=DISABLED&stmt_cache_size=3&socket=%2Fs").unwrap();
        assert_eq!(rest, "mysql://me:secret@h/db?stmt_cache_size=3&socket=%2Fs");
    }

    #[test]
    fn what_cannot_be_is_named_without_its_value() {
        for (query, words) in [
            ("ssl-mode=hunter2", "`ssl-mode`"),
            ("ssl-mode=allow", "`ssl-mode`"),
            ("ssl-mode=REQUIRED&sslmode=DISABLED", "`ssl-mode` twice"),
            ("ssl-ca=hunter2&ssl-ca=b", "`ssl-ca` twice"),
            ("ssl-mode=VERIFY_CA", "needs `ssl-ca`"),
            ("ssl-cert=hunter2", "needs `ssl-key`"),
            ("ssl-key=hunter2", "needs `ssl-cert`"),
            ("require_ssl=true&ssl-mode=DISABLED", "contradict"),
            ("ssl-ca=hunter2&verify_ca=false", "contradict"),
        ] {
            let error = take(query).unwrap_err();
            assert_eq!(error.first().code, "E0001", "{query}");
            assert!(error.first().help.is_some() && error.to_string().contains(words), "{error}");
            assert!(!error.to_string().contains("hunter2") && !error.to_string().contains("secret"), "{error}");
        }
    }
}
