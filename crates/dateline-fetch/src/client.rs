//! The client: who we are, how we connect, and what its errors mean.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, ClientBuilder, Url};

use crate::address::{PrivateName, Resolver, UnknownName};
use crate::{FetchError, FetchOptions};

/// What we can read, best first.
const ACCEPTED: &str = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, \
                        text/plain;q=0.8, */*;q=0.1";

/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(30);

pub(crate) fn client(options: &FetchOptions) -> Result<Client, FetchError> {
    builder(options)?.build().map_err(|error| FetchError::Client { reason: said(&error) })
}

pub(crate) fn builder(options: &FetchOptions) -> Result<ClientBuilder, FetchError> {
    // Whoever uses the library may have chosen another provider already; then that one stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    let user_agent = HeaderValue::from_str(&options.header()).map_err(|_| FetchError::Client {
        reason: format!("{:?} cannot be a user agent", options.header()),
    })?;
    Ok(Client::builder()
        .user_agent(user_agent)
        .default_headers(headers)
        .dns_resolver(Arc::new(Resolver { allow_private: options.allow_private }))
        // A proxy would resolve names itself, private ones too.
        .no_proxy()
        // Each address is looked at before we follow it.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(IDLE))
}

/// What went wrong between us and the server at `url`.
pub(crate) fn failure(error: &reqwest::Error, url: &Url, timeout: Duration) -> FetchError {
    let host = url.host_str().unwrap_or_default().to_owned();
    let causes = causes(error);
    for cause in &causes {
        if let Some(PrivateName { host, address }) = cause.downcast_ref() {
            return FetchError::Private { host: host.clone(), address: address.clone() };
        }
        if let Some(UnknownName { host, .. }) = cause.downcast_ref() {
            return FetchError::UnknownHost { host: host.clone() };
        }
        if let Some(secure) = cause.downcast_ref::<rustls::Error>() {
            return FetchError::Secure { host, reason: insecure(secure) };
        }
    }
    let reason = causes.last().map_or_else(|| error.to_string(), ToString::to_string);
    if error.is_timeout() {
        return FetchError::Timeout { after: timeout };
    }
    if error.is_connect() {
        return FetchError::Unreachable { host, reason };
    }
    let is_broken = causes.iter().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| is_break(error.kind()))
            || cause.to_string().contains("connection closed")
            || cause.to_string().contains("end of file")
    });
    if is_broken { FetchError::Broken { reason } } else { FetchError::Garbled { reason } }
}

/// Why a connection cannot be a secure one, in words.
fn insecure(error: &rustls::Error) -> String {
    use rustls::{CertificateError, Error, InvalidMessage};
    let said = match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "its certificate is signed by nobody whom this machine trusts"
        }
        Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "its certificate has expired"
        }
        Error::InvalidCertificate(
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
        ) => "its certificate is not valid yet",
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "its certificate is for another name",
        Error::InvalidCertificate(CertificateError::Revoked) => "its certificate has been revoked",
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "it does not speak TLS there; perhaps the address begins with http"
        }
        other => return other.to_string(),
    };
    said.to_owned()
}

fn is_break(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::NotConnected
    )
}

/// An error and what is behind it, outermost first. An I/O error hides its cause from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut causes = vec![error];
    while let Some(&last) = causes.last() {
        let hidden = last.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let next = hidden.map(|inner| inner as &(dyn Error + 'static)).or_else(|| last.source());
        match next {
            Some(next) if causes.len() < 20 => causes.push(next),
            _ => break,
        }
    }
    causes
}

/// The innermost cause in words: "connection refused" rather than "error sending request".
fn said(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}
