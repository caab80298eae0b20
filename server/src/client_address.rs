//! Where a request comes from: the other end of the connection, or, behind a proxy that the operator named, what that
//! proxy saw.

use crate::web::Web;
use app::visitor::ClientAddress;
use axum::extract::{ConnectInfo, Request};
use http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Puts the [`ClientAddress`] into the request.
pub(crate) fn note(web: &Web, request: &mut Request) {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let address = peer.map(|peer| client(peer, request.headers(), web.trusted_proxies()));
    let text = address.map_or_else(|| "unknown".to_owned(), |address| address.to_string());
    request.extensions_mut().insert(ClientAddress(text));
}

/// Reads `X-Forwarded-For` from its end, as far as it was written by proxies of ours: what stands before that, anybody
/// may have invented.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let mut client = peer;
    for part in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(&client) {
            break;
        }
        let Some(address) = address(part.trim()) else { break };
        client = address.to_canonical();
    }
    client
}

/// An address as proxies write it: bare, with the port that the client spoke from, in brackets, or in quotes.
fn address(part: &str) -> Option<IpAddr> {
    let part = part.strip_prefix('"').and_then(|part| part.strip_suffix('"')).unwrap_or(part);
    let bracketed = part.strip_prefix('[').and_then(|part| part.split_once(']'));
    match bracketed {
        Some((address, "")) => address.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        _ => part.parse().ok().or_else(|| part.parse::<SocketAddr>().ok().map(|socket| socket.ip())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_trusted_proxies_are_believed_and_only_what_they_wrote() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let table = [
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "10.0.0.9", "10.0.0.9"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "1.2.3.4, nonsense", "10.0.0.1"),
            ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
            ("10.0.0.1", "203.0.113.9:40001", "203.0.113.9"),
            ("10.0.0.1", "[2001:db8::1]", "2001:db8::1"),
            ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
            ("10.0.0.1", "\"[2001:db8::1]:443\"", "2001:db8::1"),
            ("10.0.0.1", "198.51.100.1:1, 10.0.0.2:2", "198.51.100.1"),
            ("10.0.0.1", "[::ffff:198.51.100.1]:80", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1:99999", "10.0.0.1"),
            ("10.0.0.1", "[2001:db8::1", "10.0.0.1"),
            ("10.0.0.1", "[198.51.100.1]", "10.0.0.1"),
            ("10.0.0.1", "\"", "10.0.0.1"),
        ];
        for (peer, header, expected) in table {
            let headers =
                HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(header))]);
            assert_eq!(client(peer.parse().unwrap(), &headers, &trusted).to_string(), expected, "{peer} {header}");
        }
        assert_eq!(client("10.0.0.1".parse().unwrap(), &HeaderMap::new(), &trusted).to_string(), "10.0.0.1");
    }
}
