//! What Eagerly's drivers of servers share for encrypted connections: certificates from files and from the system, how
//! far a server's certificate is checked, and what is wrong with one, in words.
//!
//! rustls does the work, with ring, which needs nothing but a C compiler. The roots that a URL calls the system's are
//! the platform's own store and not a list that was built in: what the machine's administrator trusts or distrusts counts.
//!
//! A part of the drivers, not an interface of its own: it can change with any version.

mod check;
mod files;
mod words;

pub use check::client_config;
pub use files::{Identity, Roots};
pub use rustls;
pub use words::{Told, is_of_name, told};

/// How a driver's URLs name what is asked for, for messages.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The parameter with the certificates of authorities.
    pub roots: &'static str,
    /// The parameter with the client's certificate.
    pub certificate: &'static str,
    /// The parameter with the client's key.
    pub key: &'static str,
    /// What checks the issuer alone.
    pub issuer_only: &'static str,
}

/// How far a server's certificate is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Not at all: the connection is encrypted, and whoever answers is believed.
    Nothing,
    /// That an authority signed it, and that it is in force.
    Issuer,
    /// That it is the server's own too: it has the host's name.
    Host,
}
