//! Which server answers: its product and version choose the dialect, its limits bound a statement.

use eagerly::error::{Error, ErrorKind, Result, code};
use std::fmt;

/// Who made the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Product {
    /// MySQL, and what calls itself so: Percona Server, Aurora.
    MySql,
    /// MariaDB.
    MariaDb,
}

impl Product {
    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
        }
    }

    /// The oldest version with what the SQL needs: `JSON_TABLE`, window functions, recursive queries, and a time zone of
    /// the statement's own.
    #[must_use]
    pub const fn oldest(self) -> (u16, u16, u16) {
        match self {
            Self::MySql => (8, 0, 17),
            Self::MariaDb => (10, 6, 0),
        }
    }
}

/// A server, as it describes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// Who made it.
    pub product: Product,
    /// Its version: 10.11.14 is `(10, 11, 14)`.
    pub version: (u16, u16, u16),
    /// Bytes of the largest statement or bind that it takes (`max_allowed_packet`).
    pub max_packet: u64,
}

impl Server {
    /// Reads what `VERSION()` and `@@version_comment` say.
    ///
    /// # Errors
    /// `E0302` for a server that is too old, or whose version cannot be read.
    pub(crate) fn new(version: &str, comment: &str, max_packet: u64) -> Result<Self> {
        let is_mariadb = [version, comment].iter().any(|words| words.to_ascii_lowercase().contains("mariadb"));
        let product = if is_mariadb { Product::MariaDb } else { Product::MySql };
        let Some(number) = parse(version) else {
            let message =
                format!("the server says its version is `{version}`, which is no version of MySQL or MariaDB");
            return Err(unsupported(message).into());
        };
        let server = Self { product, version: number, max_packet };
        if number < product.oldest() {
            return Err(unsupported(format!("{server} is too old")).into());
        }
        Ok(server)
    }
}

impl Server {
    /// Bytes of a list of keys that leave room in a packet for the rest of a statement. More than 16 MiB in one list
    /// help nobody.
    pub(crate) fn max_list_bytes(&self) -> usize {
        usize::try_from(self.max_packet / 4 * 3).unwrap_or(usize::MAX).min(16 << 20)
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { product, version: (major, minor, patch), max_packet: _ } = self;
        write!(f, "{} {major}.{minor}.{patch}", product.name())
    }
}

fn unsupported(message: String) -> Error {
    Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
        .help("connect to MySQL 8.0 or newer, or to MariaDB 10.6 or newer")
}

/// The number at the start of `10.11.14-MariaDB-log`. Old MariaDBs put `5.5.5-` before it, for clients that would not
/// talk to a 10.
fn parse(version: &str) -> Option<(u16, u16, u16)> {
    let version = match version.strip_prefix("5.5.5-") {
        Some(rest) if parse(rest).is_some() => rest,
        _ => version,
    };
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    let mut parts = version[..end].split('.').filter(|part| !part.is_empty()).map(str::parse::<u16>);
    let major = parts.next()?.ok()?;
    let minor = parts.next()?.ok()?;
    Some((major, minor, parts.next().and_then(|patch| patch.ok()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::{Product, Server};
    use eagerly::error::{ErrorKind, code};

    #[test]
    fn versions_tell_the_product() {
        for (version, comment, product, number) in [
            ("8.0.36", "MySQL Community Server - GPL", Product::MySql, (8, 0, 36)),
            ("8.4.2-2", "Percona Server (GPL)", Product::MySql, (8, 4, 2)),
            ("9.1.0-0ubuntu1", "(Ubuntu)", Product::MySql, (9, 1, 0)),
            ("10.11.14-MariaDB-0+deb12u2", "Debian 12", Product::MariaDb, (10, 11, 14)),
            ("5.5.5-10.6.7-MariaDB-log", "x", Product::MariaDb, (10, 6, 7)),
            ("11.8.1-custom", "MariaDB Server", Product::MariaDb, (11, 8, 1)),
            ("12.0", "mariadb.org binary distribution", Product::MariaDb, (12, 0, 0)),
        ] {
            let server = Server::new(version, comment, 1).unwrap();
            assert_eq!((server.product, server.version), (product, number), "{version}");
        }
    }

    #[test]
    fn old_and_strange_servers_are_refused() {
        for (version, comment, message) in [
            ("5.7.44-log", "MySQL Community Server", "MySQL 5.7.44 is too old"),
            ("10.5.23-MariaDB", "", "MariaDB 10.5.23 is too old"),
            ("5.5.5-10.3.1-MariaDB", "", "MariaDB 10.3.1 is too old"),
            ("5.5.5-m3", "MySQL", "MySQL 5.5.5 is too old"),
            ("", "", "the server says its version is ``, which is no version of MySQL or MariaDB"),
            ("99999999.1", "", "the server says its version is `99999999.1`, which is no version of MySQL or MariaDB"),
        ] {
            let errors = Server::new(version, comment, 1).unwrap_err();
            let error = errors.first();
            assert_eq!((error.kind, error.code), (ErrorKind::Unsupported, code::NOT_SUPPORTED));
            assert_eq!(error.message, message);
            assert!(error.help.as_deref().unwrap_or_default().contains("MariaDB 10.6"));
        }
    }
}
