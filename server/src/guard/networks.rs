//! Which addresses are out in the open, and which lead back into somebody's house.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(head: [u16; 3], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(head[0], head[1], head[2], 0, 0, 0, 0, 0), length)
}

/// IPv4 networks that are not global (IANA's special-purpose registry), and one public address that clouds use inside.
const NOT_GLOBAL_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 0, 8),        // "this network": reaches the machine itself on Linux
    v4(10, 0, 0, 0, 8),       // private
    v4(100, 64, 0, 0, 10),    // carrier-grade NAT, and the metadata service of one cloud
    v4(127, 0, 0, 0, 8),      // loopback
    v4(168, 63, 129, 16, 32), // looks public, is the host agent of one cloud
    v4(169, 254, 0, 0, 16),   // link-local, metadata services
    v4(172, 16, 0, 0, 12),    // private
    v4(192, 0, 0, 0, 24),     // protocol assignments, metadata of one cloud
    v4(192, 0, 2, 0, 24),     // documentation
    v4(192, 88, 99, 0, 24),   // 6to4 relays
    v4(192, 168, 0, 0, 16),   // private
    v4(198, 18, 0, 0, 15),    // benchmarks
    v4(198, 51, 100, 0, 24),  // documentation
    v4(203, 0, 113, 0, 24),   // documentation
    v4(224, 0, 0, 0, 3),      // multicast, reserved, broadcast
];

/// The only part of IPv6 that is handed out to the world; mapped, NAT64, unique local and link-local addresses lie
/// outside of it.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0], 3);

/// What inside [`GLOBAL_V6`] is not global all the same.
const NOT_GLOBAL_V6: [Ipv6Net; 5] = [
    v6([0x2001, 0, 0], 23),      // protocol assignments: Teredo, ORCHID, benchmarks
    v6([0x2001, 0x0db8, 0], 32), // documentation
    v6([0x2002, 0, 0], 16),      // 6to4: carries an IPv4 address inside
    v6([0x3ffe, 0, 0], 16),      // the old 6bone
    v6([0x3fff, 0, 0], 20),      // documentation
];

/// What inside [`NOT_GLOBAL_V6`] the registry calls reachable from everywhere: AS112, as its other networks are.
const GLOBAL_INSIDE_V6: Ipv6Net = v6([0x2001, 0x0004, 0x0112], 48);

/// Whether `address` belongs to the open internet.
pub(super) fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_GLOBAL_V4.iter().any(|network| network.contains(&address)),
        IpAddr::V6(address) => {
            let is_reserved = NOT_GLOBAL_V6.iter().any(|network| network.contains(&address));
            GLOBAL_INSIDE_V6.contains(&address) || (GLOBAL_V6.contains(&address) && !is_reserved)
        }
    }
}

/// Whether `address` lies in one of `networks`; an IPv4 address in IPv6 clothes counts as what it is.
pub(super) fn is_in(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address) || network.contains(&address.to_canonical()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_inside_are_not_global() {
        let inside = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.8.8",
            "168.63.129.16",
            "169.254.169.254",
            "169.254.170.2",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for text in inside {
            assert!(!is_global(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_of_the_open_internet_are_global() {
        let outside = [
            "1.1.1.1",
            // AS112 and AMT: reachable from everywhere by IANA's registry.
            "192.31.196.1",
            "192.175.48.1",
            "192.52.193.1",
            "2001:4:112::1",
            "2620:4f:8000::1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "2001:4860:4860::8888",
        ];
        for text in outside {
            assert!(is_global(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn a_mapped_address_is_in_the_network_of_its_ipv4_address() {
        let networks = ["127.0.0.0/8".parse().unwrap()];
        assert!(is_in(&networks, "::ffff:127.0.0.1".parse().unwrap()));
        assert!(!is_in(&networks, "::1".parse().unwrap()));
    }
}
