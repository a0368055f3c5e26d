//! Which addresses we ask: public ones, by HTTP or HTTPS.
//!
//! A name is looked at after it was resolved, and the connection is made to the very addresses that
//! were looked at: a name that answers differently the second time gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::FetchError;

/// Networks that are not the public internet: the special-purpose registry of IANA (RFC 6890) and
/// multicast.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10), // carriers' own networks
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16), // link-local, and the clouds' metadata servers
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3), // multicast, reserved, broadcast
];

/// Networks within 2000::/3, the only public ones, that are not public after all.
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 3] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // Teredo, benchmarks, ORCHID
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

const PUBLIC_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// IPv6 networks whose addresses are IPv4 ones in other clothes, with the bit where those begin:
/// mapped, translated (NAT64) and 6to4.
const V4_WITHIN_V6: [(Ipv6Addr, u32, u32); 3] = [
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 96),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, 96),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 16),
];

/// Whether an address belongs to the public internet.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|&(network, bits)| {
            (address.to_bits() ^ network.to_bits()).checked_shr(32 - bits) == Some(0)
        }),
        IpAddr::V6(address) => {
            let within = |network: Ipv6Addr, bits: u32| {
                (address.to_bits() ^ network.to_bits()).checked_shr(128 - bits) == Some(0)
            };
            let inner = V4_WITHIN_V6.iter().find(|&&(network, bits, _)| within(network, bits));
            if let Some(&(_, _, begin)) = inner {
                return is_public(Ipv4Addr::from_bits((address.to_bits() >> (96 - begin)) as u32).into());
            }
            within(PUBLIC_V6.0, PUBLIC_V6.1)
                && !NOT_PUBLIC_V6.iter().any(|&(network, bits)| within(network, bits))
        }
    }
}

/// An address that may be asked: HTTP or HTTPS, a host, no password, and no private network where
/// the host is written as numbers. Names are looked at when they are resolved.
pub(crate) fn check(text: &str, allow_private: bool) -> Result<Url, FetchError> {
    let refuse = |reason: &str| FetchError::Address { reason: reason.to_owned() };
    let mut url = Url::parse(text.trim()).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse(&format!("{} is not http or https", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("it holds a name or a password, which would be kept with the page"));
    }
    let host = url.host_str().ok_or_else(|| refuse("it names no host"))?;
    let numbers = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    if let Ok(address) = numbers
        && !allow_private
        && !is_public(address)
    {
        return Err(FetchError::Private { host: host.to_owned(), address: address.to_string() });
    }
    url.set_fragment(None);
    Ok(url)
}

/// Resolves names to public addresses only.
pub(crate) struct Resolver {
    pub allow_private: bool,
}

/// A name none of whose addresses is public.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{host} is at {address}, which is private")]
pub(crate) struct PrivateName {
    pub host: String,
    pub address: String,
}

/// A name that nobody knows.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{host} is not known: {reason}")]
pub(crate) struct UnknownName {
    pub host: String,
    pub reason: String,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0))
                .await
                .map_err(|error| UnknownName { host: host.clone(), reason: error.to_string() })?
                .collect();
            let kept: Vec<SocketAddr> =
                found.iter().copied().filter(|address| allow_private || is_public(address.ip())).collect();
            match (kept.is_empty(), found.first()) {
                (false, _) => Ok(Box::new(kept.into_iter()) as Addrs),
                (true, Some(private)) => Err(PrivateName { host, address: private.ip().to_string() }.into()),
                (true, None) => Err(UnknownName { host, reason: "it has no address".to_owned() }.into()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_known_in_every_dress() {
        let private = [
            "127.0.0.1",
            "127.255.0.3",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.2.7",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fdff::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "64:ff9b:1::1",
            "::7f00:1",
            "3fff::1",
            "2001::1",
        ];
        for address in private {
            assert!(!is_public(address.parse().unwrap()), "{address} is not public");
        }
        let public = [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "172.15.0.1",
            "192.167.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
            "2001:4860::8888",
        ];
        for address in public {
            assert!(is_public(address.parse().unwrap()), "{address} is public");
        }
    }

    #[test]
    fn numbers_written_strangely_are_the_same_numbers() {
        for url in [
            "http://127.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::1]:80/",
            "http://10.0.0.1:8080/",
        ] {
            assert!(matches!(check(url, false), Err(FetchError::Private { .. })), "{url}");
            assert!(check(url, true).is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for url in ["file:///etc/passwd", "ftp://example.org/", "javascript:1", "example.org", "http://", ""]
        {
            assert!(matches!(check(url, true), Err(FetchError::Address { .. })), "{url}");
        }
        assert!(matches!(check("https://me:secret@example.org/", true), Err(FetchError::Address { .. })));
        assert_eq!(check("https://Example.org/a#b", false).unwrap().as_str(), "https://example.org/a");
    }
}
