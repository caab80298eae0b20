//! Where a request comes from: the other end of the connection, or, behind a proxy that the operator named, what that
//! proxy saw.

use crate::web::Web;
use app::visitor::ClientAddress;
use axum::extract::{ConnectInfo, Request};
use http::{HeaderMap, HeaderValue};
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
    let lines: Vec<&[u8]> = headers.get_all("x-forwarded-for").iter().map(HeaderValue::as_bytes).collect();
    let parts = lines.iter().rev().flat_map(|line| line.rsplit(|byte| *byte == b','));
    let mut client = peer;
    // An empty part is none (RFC 9110, 5.6.1).
    for part in parts.map(<[u8]>::trim_ascii).filter(|part| !part.is_empty()) {
        if !is_trusted(&client) {
            break;
        }
        // What cannot be read hides nothing that stands before it: that may be invented.
        let Some(address) = std::str::from_utf8(part).ok().and_then(address) else { break };
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

    /// The client behind the proxy 10.0.0.1, by these lines.
    fn behind(lines: &[&[u8]]) -> String {
        let lines =
            lines.iter().map(|line| ("x-forwarded-for".parse().unwrap(), HeaderValue::from_bytes(line).unwrap()));
        let headers = HeaderMap::from_iter(lines);
        client("10.0.0.1".parse().unwrap(), &headers, &["10.0.0.0/8".parse().unwrap()]).to_string()
    }

    #[test]
    fn several_lines_are_one_list_and_empty_parts_are_none() {
        let table: [(&[&[u8]], &str); 11] = [
            (&[b"1.2.3.4", b"198.51.100.1"], "198.51.100.1"),
            (&[b"198.51.100.1", b"10.0.0.2"], "198.51.100.1"),
            (&[b"1.2.3.4, 198.51.100.1", b"10.0.0.2, 10.0.0.3:80"], "198.51.100.1"),
            (&[b"198.51.100.1,"], "198.51.100.1"),
            (&[b"198.51.100.1, ,, 10.0.0.2 ,"], "198.51.100.1"),
            (&[b"198.51.100.1", b""], "198.51.100.1"),
            (&[b"1.2.3.4, unknown"], "10.0.0.1"),
            (&[b"unknown, 198.51.100.1"], "198.51.100.1"),
            (&[b"for=198.51.100.1"], "10.0.0.1"),
            (&[b"1.2.3.4", b"\xff, 198.51.100.1"], "198.51.100.1"),
            (&[b"1.2.3.4", b"\xff"], "10.0.0.1"),
        ];
        for (lines, expected) in table {
            assert_eq!(behind(lines), expected, "{lines:?}");
        }
    }

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
