//! What went wrong while a connection was encrypted, in words that say what is known and which parameter mends it.

use crate::Names;
use crate::check::{is_of_authority, presented};
use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError};
use std::error::Error;
use std::io;

/// Why a connection could not be encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// What rustls says in an error or in one that caused it; none where it says nothing.
#[must_use]
pub fn told(error: &(dyn Error + 'static), host: &str, names: &Names) -> Option<Told> {
    find(error).map(|error| words(error, host, names))
}

/// Whether the name of a server's certificate is what is wrong with it, and its issuer is trusted.
#[must_use]
pub fn is_of_name(error: &(dyn Error + 'static)) -> bool {
    find(error).is_some_and(|error| presented(error).is_some())
}

/// rustls's own error, which can be wrapped in those of I/O.
fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(found);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    None
}

fn words(error: &rustls::Error, host: &str, names: &Names) -> Told {
    let told = |message: String, help: String| Told { message, help };
    match error {
        rustls::Error::InvalidCertificate(wrong) => certificate(wrong, error, host, names),
        rustls::Error::AlertReceived(alert) => refused(*alert, names),
        rustls::Error::PeerIncompatible(why) => told(
            format!("the server offers no encryption that this program knows ({why:?})"),
            "TLS 1.2 or 1.3 is needed on the server".to_owned(),
        ),
        rustls::Error::InvalidMessage(_) => {
            told("what answers does not speak TLS".to_owned(), "check host and port".to_owned())
        }
        other => {
            told(format!("the connection could not be encrypted: {other}"), "see the server's log for why".to_owned())
        }
    }
}

fn certificate(wrong: &CertificateError, error: &rustls::Error, host: &str, names: &Names) -> Told {
    use CertificateError as Wrong;
    let Names { roots, issuer_only, .. } = names;
    let (message, help) = match wrong {
        Wrong::UnknownIssuer => (
            "the server's certificate is not signed by an authority that is trusted here".to_owned(),
            format!("give the certificate of its authority: `{roots}=FILE`"),
        ),
        Wrong::NotValidForName | Wrong::NotValidForNameContext { .. }
            if presented(error).is_none_or(<[_]>::is_empty) =>
        {
            (
                format!(
                    "the server's certificate is not for `{host}`: it has no subjectAltName, and so no host's name"
                ),
                format!("the server needs one with names, or check its issuer alone: `{issuer_only}`"),
            )
        }
        Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => (
            format!("the server's certificate is {}, and not for `{host}`", name_list(presented(error))),
            format!("connect by a name that it is for, or check its issuer alone: `{issuer_only}`"),
        ),
        Wrong::Expired => ("the server's certificate has expired".to_owned(), "the server needs a new one".to_owned()),
        Wrong::ExpiredContext { not_after, .. } => (
            format!("the server's certificate has expired, on {}", date(*not_after)),
            "the server needs a new one; or the clock of this machine is wrong".to_owned(),
        ),
        Wrong::NotValidYet => (
            "the server's certificate is not valid yet".to_owned(),
            "check the clocks of this machine and of the one that made it".to_owned(),
        ),
        Wrong::NotValidYetContext { not_before, .. } => (
            format!("the server's certificate is not valid before {}", date(*not_before)),
            "check the clocks of this machine and of the one that made it".to_owned(),
        ),
        Wrong::Revoked => ("the server's certificate is revoked".to_owned(), "the server needs a new one".to_owned()),
        Wrong::BadSignature => (
            "the signature of the server's certificate is wrong".to_owned(),
            format!("check that `{roots}` is the authority that signed it: another can have the same name"),
        ),
        Wrong::InvalidPurpose | Wrong::InvalidPurposeContext { .. } => (
            "the server's certificate is not one for servers (extended key usage)".to_owned(),
            "the server needs one with `serverAuth`".to_owned(),
        ),
        wrong if is_of_authority(wrong) => (
            "the server's certificate is that of an authority, as self-signed ones are".to_owned(),
            "the server needs one that an authority signed, with `CA:FALSE`".to_owned(),
        ),
        Wrong::Other(_) if wrong.to_string().contains("UnsupportedCertVersion") => (
            "the server's certificate is not of X.509 version 3".to_owned(),
            "the server needs one with extensions, a subjectAltName at the least".to_owned(),
        ),
        other => {
            (format!("the server's certificate is refused: {other}"), "the server needs another certificate".to_owned())
        }
    };
    Told { message, help }
}

/// The names that a certificate is for, as webpki writes them: `DnsName("db.example")`, `IpAddress(127.0.0.1)`.
fn name_list(names: Option<&[String]>) -> String {
    let names = names.unwrap_or_default();
    let bare = |name: &String| {
        let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
        format!("`{}`", inner.trim_matches('"'))
    };
    let shown: Vec<String> = names.iter().take(5).map(bare).collect();
    let more = if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
    format!("for {}{more}", shown.join(", "))
}

/// What the server answers to the client's certificate, or to the lack of one.
fn refused(alert: AlertDescription, names: &Names) -> Told {
    use AlertDescription as Alert;
    let Names { certificate, key, .. } = names;
    let (message, help) = match alert {
        Alert::CertificateRequired => (
            "the server asks for a certificate of the client's".to_owned(),
            format!("give one, and its key: `{certificate}=FILE` and `{key}=FILE`"),
        ),
        Alert::UnknownCA
        | Alert::BadCertificate
        | Alert::CertificateUnknown
        | Alert::UnsupportedCertificate
        | Alert::CertificateExpired
        | Alert::CertificateRevoked
        | Alert::AccessDenied
        | Alert::DecryptError => (
            format!("the server does not accept the client's certificate ({alert:?})"),
            format!(
                "give one that an authority of the server's has signed, and that is in force: `{certificate}=FILE`"
            ),
        ),
        Alert::ProtocolVersion | Alert::HandshakeFailure | Alert::InsufficientSecurity => (
            format!("the server and this program share no kind of encryption ({alert:?})"),
            "TLS 1.2 or 1.3 is needed on the server".to_owned(),
        ),
        other => (format!("the server ended the encryption ({other:?})"), "see the server's log for why".to_owned()),
    };
    Told { message, help }
}

/// The day of a time, `2024-05-31`.
fn date(time: UnixTime) -> String {
    // Days of the Gregorian calendar, from 0000-03-01 on, in eras of 400 years.
    let days = time.as_secs() / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (era * 400 + year, month);
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NAMES: Names =
        Names { roots: "sslrootcert", certificate: "sslcert", key: "sslkey", issuer_only: "sslmode=verify-ca" };

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_735_689_599, "2024-12-31"),
            (4_102_444_800, "2100-01-01"),
        ] {
            assert_eq!(date(UnixTime::since_unix_epoch(Duration::from_secs(seconds))), expected);
        }
    }

    #[test]
    fn rustls_is_found_behind_errors_of_io() {
        let error = io::Error::other(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer));
        let outer = io::Error::other(error);
        let told = told(&outer, "h", &NAMES).unwrap();
        assert!(told.help.contains("`sslrootcert=FILE`"), "{told:?}");
        assert_eq!(super::told(&io::Error::other("x"), "h", &NAMES), None);
    }

    #[test]
    fn names_are_told_as_a_url_writes_them() {
        let names = ["DnsName(\"db.example\")".to_owned(), "IpAddress(127.0.0.1)".to_owned()];
        assert_eq!(name_list(Some(&names)), "for `db.example`, `127.0.0.1`");
    }
}
