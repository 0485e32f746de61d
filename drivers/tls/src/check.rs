//! A configuration of rustls that checks a server's certificate as far as it is asked to.
//!
//! It goes beyond what webpki takes in two points, as OpenSSL does and with it the servers' own clients: a certificate
//! that stands among the trusted ones is trusted although it is its own authority (what `openssl req -x509` makes), and
//! a certificate without a subjectAltName is one for its common name.

use crate::files::{Identity, Roots};
use crate::{Check, Names};
use eagerly::error::{Error, code};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::Arc;
use x509_cert::Certificate;
use x509_cert::der::asn1::{PrintableStringRef, Utf8StringRef};
use x509_cert::der::{Decode, Tag, Tagged, oid::db::rfc4519::CN};

type Verified<T> = Result<T, rustls::Error>;

/// The configuration of a client. `roots` are looked at if anything is checked.
///
/// # Errors
/// Files that cannot be read, or do not fit each other.
pub fn client_config(
    check: Check,
    roots: &Roots,
    identity: Option<&Identity>,
    names: &Names,
) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(check, roots, &provider, names)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::bug(format!("no version of TLS: {error}")))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let Some(identity) = identity else { return Ok(builder.with_no_client_auth()) };
    let (chain, key) = identity.read(names)?;
    builder.with_client_auth_cert(chain, key).map_err(|error| {
        let message = format!("`{}` and `{}` cannot be used: {error}", names.certificate, names.key);
        Error::input(code::UNREADABLE, message).help("the key has to be the one that the certificate was made for")
    })
}

#[derive(Debug)]
struct Verifier {
    check: Check,
    provider: Arc<CryptoProvider>,
    roots: Vec<CertificateDer<'static>>,
    /// None where nothing is checked.
    webpki: Option<Arc<WebPkiServerVerifier>>,
}

impl Verifier {
    fn new(check: Check, roots: &Roots, provider: &Arc<CryptoProvider>, names: &Names) -> Result<Self, Error> {
        let mut verifier = Self { check, provider: provider.clone(), roots: Vec::new(), webpki: None };
        if check == Check::Nothing {
            return Ok(verifier);
        }
        verifier.roots = roots.usable(names)?;
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(verifier.roots.iter().cloned());
        let built = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider.clone()).build();
        verifier.webpki = Some(built.map_err(|error| Error::bug(format!("no certificates are trusted: {error}")))?);
        Ok(verifier)
    }

    /// The name of a certificate whose issuer is trusted.
    fn check_name(&self, certificate: &CertificateDer<'_>, host: &ServerName<'_>) -> Verified<ServerCertVerified> {
        if self.check == Check::Issuer {
            return Ok(ServerCertVerified::assertion());
        }
        let parsed = rustls::server::ParsedCertificate::try_from(certificate)?;
        match rustls::client::verify_server_name(&parsed, host) {
            Err(error) if !is_named_otherwise(&error, certificate, host) => Err(error),
            _ => Ok(ServerCertVerified::assertion()),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Verified<ServerCertVerified> {
        let Some(webpki) = &self.webpki else { return Ok(ServerCertVerified::assertion()) };
        match webpki.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The chain was looked at before the name.
            Err(error) if presented(&error).is_some() => self.check_name(end_entity, server_name),
            Err(error) if is_validity(&error) => Err(error),
            Err(_) if self.roots.iter().any(|root| root == end_entity) => {
                check_validity(end_entity, now)?;
                self.check_name(end_entity, server_name)
            }
            // To webpki, what is wrong with a self-signed one is that it is an authority's.
            Err(rustls::Error::InvalidCertificate(wrong)) if is_of_authority(&wrong) => {
                Err(CertificateError::UnknownIssuer.into())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Verified<HandshakeSignatureValid> {
        // Whoever answers may bring a certificate of any kind, and so has any key.
        if self.check == Check::Nothing {
            return Ok(HandshakeSignatureValid::assertion());
        }
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Verified<HandshakeSignatureValid> {
        if self.check == Check::Nothing {
            return Ok(HandshakeSignatureValid::assertion());
        }
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The names that a certificate has, where that is what is wrong with it.
pub(crate) fn presented(error: &rustls::Error) -> Option<&[String]> {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) => {
            Some(presented)
        }
        rustls::Error::InvalidCertificate(CertificateError::NotValidForName) => Some(&[]),
        _ => None,
    }
}

/// Whether a certificate is refused since it is that of an authority.
pub(crate) fn is_of_authority(error: &CertificateError) -> bool {
    matches!(error, CertificateError::Other(_)) && error.to_string().contains("CaUsedAsEndEntity")
}

fn is_validity(error: &rustls::Error) -> bool {
    use CertificateError::{Expired, ExpiredContext, NotValidYet, NotValidYetContext};
    let rustls::Error::InvalidCertificate(error) = error else { return false };
    matches!(error, Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. })
}

/// Whether a certificate without a subjectAltName has the host as its common name.
fn is_named_otherwise(error: &rustls::Error, certificate: &CertificateDer<'_>, host: &ServerName<'_>) -> bool {
    presented(error).is_some_and(<[String]>::is_empty)
        && common_name(certificate).is_some_and(|name| name.eq_ignore_ascii_case(&host.to_str()))
}

/// The last common name of a certificate's subject.
pub(crate) fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let mut parts = certificate.tbs_certificate.subject.0.iter().flat_map(|part| part.0.iter());
    let name = parts.rfind(|part| part.oid == CN)?;
    match name.value.tag() {
        Tag::PrintableString => name.value.decode_as::<PrintableStringRef<'_>>().ok().map(|name| name.to_string()),
        _ => name.value.decode_as::<Utf8StringRef<'_>>().ok().map(|name| name.to_string()),
    }
}

fn check_validity(certificate: &CertificateDer<'_>, now: UnixTime) -> Verified<()> {
    let parsed = Certificate::from_der(certificate).map_err(|_| CertificateError::BadEncoding)?;
    let validity = parsed.tbs_certificate.validity;
    let at = |time: x509_cert::time::Time| UnixTime::since_unix_epoch(time.to_unix_duration());
    let (not_before, not_after) = (at(validity.not_before), at(validity.not_after));
    if now < not_before {
        return Err(CertificateError::NotValidYetContext { time: now, not_before }.into());
    }
    if now > not_after {
        return Err(CertificateError::ExpiredContext { time: now, not_after }.into());
    }
    Ok(())
}
