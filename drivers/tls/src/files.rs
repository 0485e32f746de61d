//! Certificates and keys: PEM files that a URL names, and the system's store.

use crate::Names;
use eagerly::error::{Error, ErrorKind, code};
use rustls::RootCertStore;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// Where the certificates of trusted authorities are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// In a PEM file.
    File(PathBuf),
    /// In the system's store.
    System,
}

impl Roots {
    /// The certificates, at least one.
    ///
    /// # Errors
    /// `E0002` for a file that cannot be read or holds none, `E0401` for a system that trusts nobody.
    pub fn certificates(&self, names: &Names) -> Result<Vec<CertificateDer<'static>>, Error> {
        match self {
            Self::File(path) => read_certificates(path, names.roots),
            Self::System => {
                let found = rustls_native_certs::load_native_certs().certs;
                if found.is_empty() {
                    let message = "the system has no certificates of trusted authorities";
                    return Err(Error::new(ErrorKind::Database, code::CANNOT_OPEN, message).help(format!(
                        "install its package `ca-certificates`, or give a file: `{}=FILE`",
                        names.roots
                    )));
                }
                Ok(found)
            }
        }
    }
}

impl Roots {
    /// Those of the certificates that webpki understands: the system's store can hold others.
    ///
    /// # Errors
    /// Those of [`certificates`](Self::certificates); `E0002` where none is left.
    pub fn usable(&self, names: &Names) -> Result<Vec<CertificateDer<'static>>, Error> {
        let mut found = self.certificates(names)?;
        found.retain(|certificate| RootCertStore::empty().add(certificate.clone()).is_ok());
        if found.is_empty() {
            return Err(Error::input(code::UNREADABLE, format!("no certificate of `{}` can be used", names.roots))
                .help(format!("`{}` takes a PEM file of X.509 certificates", names.roots)));
        }
        Ok(found)
    }
}

/// The client's own certificate, and the key to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// A PEM file with the certificate, and those between it and its authority.
    pub certificate: PathBuf,
    /// A PEM file with the key.
    pub key: PathBuf,
}

impl Identity {
    /// The certificates, the client's first, and the key.
    ///
    /// # Errors
    /// `E0002` for files that cannot be read or hold something else, `E0302` for a key with a passphrase.
    pub fn read(&self, names: &Names) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
        let chain = read_certificates(&self.certificate, names.certificate)?;
        let bytes = read(&self.key, names.key)?;
        let key = PrivateKeyDer::from_pem_slice(&bytes).map_err(|error| match error {
            _ if is_locked(&bytes) => {
                let message = format!("the key of `{}` has a passphrase, which is not supported", names.key);
                Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message)
                    .help("write a copy without one: `openssl pkey -in KEY -out COPY`")
            }
            pem::Error::NoItemsFound => unreadable(&self.key, names.key, "it holds no private key in PEM form"),
            other => unreadable(&self.key, names.key, other),
        })?;
        Ok((chain, key))
    }
}

fn is_locked(pem: &[u8]) -> bool {
    let text = String::from_utf8_lossy(pem);
    text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")
}

fn read_certificates(path: &Path, parameter: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let bytes = read(path, parameter)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if found.is_empty() => Err(unreadable(path, parameter, "it holds no certificate in PEM form")),
        Ok(found) => Ok(found),
        Err(error) => Err(unreadable(path, parameter, error)),
    }
}

fn read(path: &Path, parameter: &str) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| unreadable(path, parameter, error))
}

fn unreadable(path: &Path, parameter: &str, why: impl Display) -> Error {
    let message = format!("cannot read the file of `{parameter}`, `{}`: {why}", path.display());
    Error::input(code::UNREADABLE, message).help(format!("`{parameter}` takes the path of a PEM file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names =
        Names { roots: "sslrootcert", certificate: "sslcert", key: "sslkey", issuer_only: "sslmode=verify-ca" };

    #[test]
    fn a_key_with_a_passphrase_is_told_in_each_of_its_forms() {
        let directory = tempfile::tempdir().unwrap();
        let certificate = directory.path().join("client.crt");
        let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        for (name, pem) in [
            ("pkcs8", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
            (
                "openssl",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\nMAAA\n\
                 -----END RSA PRIVATE KEY-----\n",
            ),
        ] {
            let key = directory.path().join(name);
            std::fs::write(&key, pem).unwrap();
            let error = Identity { certificate: certificate.clone(), key }.read(&NAMES).unwrap_err();
            assert_eq!(
                (error.code, error.message.contains("passphrase")),
                (code::NOT_SUPPORTED, true),
                "{name}: {error}"
            );
        }
    }
}
