//! How connections are encrypted: what a URL asks for, in libpq's words and with their meaning.
//!
//! | `sslmode` | connects | checks of the server's certificate |
//! |---|---|---|
//! | `disable` | without encryption | |
//! | `allow` | without; encrypted if the server refuses that | its issuer, if `sslrootcert` is given |
//! | `prefer`, the default | encrypted; without if the server has no encryption, or refuses it | its issuer, if `sslrootcert` is given |
//! | `require` | encrypted | its issuer, if `sslrootcert` is given |
//! | `verify-ca` | encrypted | its issuer |
//! | `verify-full` | encrypted | its issuer, and the host's name |
//!
//! Where libpq looks into files of the user's home without being asked, nothing is looked at here: `verify-full` without
//! `sslrootcert` trusts the system's authorities, and `verify-ca` needs it. A second attempt is made where the server
//! has refused the first one's kind of connection, and not after a wrong password, which libpq then sends unencrypted.

use eagerly::error::{Error, Result, code};
use std::path::PathBuf;
use tokio_postgres::{CancelToken, NoTls};

/// `sslmode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    Disable,
    Allow,
    #[default]
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

const MODES: [(&str, Mode); 6] = [
    ("disable", Mode::Disable),
    ("allow", Mode::Allow),
    ("prefer", Mode::Prefer),
    ("require", Mode::Require),
    ("verify-ca", Mode::VerifyCa),
    ("verify-full", Mode::VerifyFull),
];

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        MODES.into_iter().find(|(_, mode)| *mode == self).map_or("", |(name, _)| name)
    }
}

/// What a URL asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Encryption {
    pub(crate) mode: Mode,
    /// A file, or `system`.
    roots: Option<String>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    /// Whether TLS begins without asking (`sslnegotiation=direct`).
    direct: bool,
}

/// The parameters that are ours; tokio-postgres reads the others.
pub(crate) const PARAMETERS: [&str; 7] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "sslnegotiation", "ssl", "gssencmode"];

impl Encryption {
    /// Reads the parameters that are ours, each with its decoded value.
    ///
    /// # Errors
    /// `E0001` for values that a parameter cannot have, and for parameters that contradict each other.
    pub(crate) fn read(parameters: &[(String, String)]) -> Result<Self> {
        let mut read = Self::default();
        let mut mode = None;
        for (index, (name, value)) in parameters.iter().enumerate() {
            if parameters[..index].iter().any(|(other, before)| other == name && before != value) {
                return Err(wrong(format!("the database's URL has `{name}` twice"), "give it once"));
            }
            // As in libpq, nothing is not given.
            let given = (!value.is_empty()).then(|| value.clone());
            match name.as_str() {
                "sslmode" => mode = Some(known_mode(value)?),
                // What JDBC's URLs have.
                "ssl" if value == "true" => mode = mode.or(Some(Mode::Require)),
                "ssl" => return Err(wrong_value("ssl", "it can be `true`; `sslmode` says more")),
                "sslrootcert" => read.roots = given,
                "sslcert" => read.certificate = given.map(PathBuf::from),
                "sslkey" => read.key = given.map(PathBuf::from),
                "sslnegotiation" if value == "direct" => read.direct = true,
                "sslnegotiation" if value == "postgres" => {}
                "sslnegotiation" => return Err(wrong_value("sslnegotiation", "it can be `postgres` or `direct`")),
                // There is no other kind of encryption here, so that nothing is to be done.
                "gssencmode" if ["disable", "prefer"].contains(&value.as_str()) => {}
                "gssencmode" => {
                    return Err(wrong_value("gssencmode", "it can be `disable` or `prefer`: there is no GSS here"));
                }
                _ => {}
            }
        }
        let is_system = read.roots.as_deref() == Some("system");
        read.mode = mode.unwrap_or(if is_system { Mode::VerifyFull } else { Mode::default() });
        read.check(is_system)?;
        Ok(read)
    }

    fn check(&self, is_system: bool) -> Result<()> {
        let Self { mode, roots, certificate, key, direct } = self;
        let name = mode.name();
        if is_system && *mode != Mode::VerifyFull {
            let message = format!("`sslrootcert=system` and `sslmode={name}` contradict each other");
            return Err(wrong(message, "the system's authorities sign for anybody: use `sslmode=verify-full`"));
        }
        if *direct && *mode < Mode::Require {
            let message = format!("`sslnegotiation=direct` and `sslmode={name}` contradict each other");
            return Err(wrong(message, "it needs `sslmode=require` or stronger"));
        }
        if *mode == Mode::VerifyCa && roots.is_none() {
            return Err(wrong(
                "`sslmode=verify-ca` needs `sslrootcert`",
                "give the authority's certificate: `sslrootcert=FILE`",
            ));
        }
        match (certificate, key) {
            (Some(_), None) => Err(wrong("`sslcert` needs `sslkey`", "give the file of the certificate's key")),
            (None, Some(_)) => Err(wrong("`sslkey` needs `sslcert`", "give the file of the key's certificate")),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_direct(&self) -> bool {
        self.direct
    }

    /// Who encrypts; nobody where it is not asked for, or only preferred and not built in.
    #[cfg(feature = "tls")]
    pub(crate) fn connector(&self) -> Result<Connector> {
        use eagerly_driver_tls::{Check, Identity, Roots};
        if self.mode == Mode::Disable {
            return Ok(Connector::Plain);
        }
        let check = match self.mode {
            Mode::VerifyFull => Check::Host,
            _ if self.roots.is_some() => Check::Issuer,
            _ => Check::Nothing,
        };
        let roots = match self.roots.as_deref() {
            None | Some("system") => Roots::System,
            Some(file) => Roots::File(PathBuf::from(file)),
        };
        let identity = self.certificate.clone().zip(self.key.clone());
        let identity = identity.map(|(certificate, key)| Identity { certificate, key });
        let mut config = eagerly_driver_tls::client_config(check, &roots, identity.as_ref(), &NAMES)?;
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(Connector::Tls(tokio_postgres_rustls::MakeRustlsConnect::new(config)))
    }

    /// Nobody encrypts.
    #[cfg(not(feature = "tls"))]
    pub(crate) fn connector(&self) -> Result<Connector> {
        if self.mode < Mode::Require {
            return Ok(Connector::Plain);
        }
        use eagerly::error::ErrorKind;
        let message = format!("`sslmode={}` needs TLS, which is not built in", self.mode.name());
        Err(Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
            .help("build with the feature `tls`, or hand over a client that has connected with TLS")
            .into())
    }
}

/// What libpq calls what is asked for.
#[cfg(feature = "tls")]
pub(crate) const NAMES: eagerly_driver_tls::Names = eagerly_driver_tls::Names {
    roots: "sslrootcert",
    certificate: "sslcert",
    key: "sslkey",
    issuer_only: "sslmode=verify-ca",
};

fn known_mode(value: &str) -> Result<Mode> {
    let known = MODES.into_iter().find(|(name, _)| *name == value);
    let help = "it can be `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`";
    known.map(|(_, mode)| mode).ok_or_else(|| wrong_value("sslmode", help))
}

fn wrong_value(name: &str, help: &str) -> eagerly::error::Errors {
    wrong(format!("the database's URL has a wrong value for `{name}`"), help)
}

fn wrong(message: impl Into<String>, help: &str) -> eagerly::error::Errors {
    Error::input(code::USAGE, message).help(help).into()
}

/// How a connection was made, for another one to the same server, as cancelling a statement needs.
#[derive(Clone)]
pub(crate) enum Connector {
    Plain,
    #[cfg(feature = "tls")]
    Tls(tokio_postgres_rustls::MakeRustlsConnect),
}

impl Connector {
    /// Asks the server to cancel what runs on a connection, over another one that is encrypted as that is.
    pub(crate) async fn cancel(&self, token: &CancelToken) -> std::result::Result<(), tokio_postgres::Error> {
        match self {
            Self::Plain => token.cancel_query(NoTls).await,
            #[cfg(feature = "tls")]
            Self::Tls(tls) => token.cancel_query(tls.clone()).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Encryption, Mode};

    fn read(parameters: &[(&str, &str)]) -> eagerly::error::Result<Encryption> {
        let owned: Vec<_> = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Encryption::read(&owned)
    }

    #[test]
    fn modes_are_libpqs() {
        for (parameters, expected) in [
            (&[][..], Mode::Prefer),
            (&[("sslmode", "disable")], Mode::Disable),
            (&[("sslmode", "allow")], Mode::Allow),
            (&[("sslmode", "require")], Mode::Require),
            (&[("sslmode", "verify-ca"), ("sslrootcert", "f")], Mode::VerifyCa),
            (&[("sslmode", "verify-full")], Mode::VerifyFull),
            (&[("sslrootcert", "system")], Mode::VerifyFull),
            (&[("ssl", "true")], Mode::Require),
            (&[("ssl", "true"), ("sslmode", "verify-full")], Mode::VerifyFull),
            (&[("gssencmode", "disable")], Mode::Prefer),
        ] {
            assert_eq!(read(parameters).unwrap().mode, expected, "{parameters:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_named_without_its_value() {
        for (parameters, words) in [
            (&[("sslmode", "secret")][..], "`sslmode`"),
            (&[("sslmode", "REQUIRE")], "`sslmode`"),
            (&[("sslmode", "require"), ("sslmode", "secret")], "`sslmode`"),
            (&[("sslrootcert", "secret"), ("sslrootcert", "secret2")], "`sslrootcert` twice"),
            (&[("sslmode", "verify-ca")], "needs `sslrootcert`"),
            (&[("sslmode", "require"), ("sslrootcert", "system")], "contradict"),
            (&[("sslnegotiation", "direct")], "contradict"),
            (&[("sslnegotiation", "secret")], "`sslnegotiation`"),
            (&[("sslcert", "secret")], "needs `sslkey`"),
            (&[("sslkey", "secret")], "needs `sslcert`"),
            (&[("ssl", "secret")], "`ssl`"),
            (&[("gssencmode", "require")], "`gssencmode`"),
        ] {
            let error = read(parameters).unwrap_err();
            assert_eq!(error.first().code, "E0001", "{parameters:?}");
            assert!(error.first().help.is_some() && error.to_string().contains(words), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
