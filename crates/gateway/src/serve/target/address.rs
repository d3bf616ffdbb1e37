//! Which addresses a gateway reaches (faults S9): what a name led to is checked, not the name.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is to a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It is reached.
    Open,
    /// It is this machine, or a neighbour that only this machine has: reached where the file says `local = true`.
    Local,
    /// It is never reached: nobody's, everybody's, another address in disguise, or where clouds hand out their secrets.
    Never,
}

/// What an address is (IANA's registries of special-purpose addresses, RFC 6890).
pub(crate) fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(v4) => reach_v4(v4),
        IpAddr::V6(v6) => reach_v6(v6),
    }
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        // "This network" (RFC 791), multicast (RFC 5771), reserved and broadcast (RFC 1112), protocol assignments (RFC 6890).
        [0, ..] | [224..=255, ..] | [192, 0, 0, _] => Reach::Never,
        // Where clouds hand out secrets: most of them, Azure, Alibaba.
        [169, 254, 169, 254] | [168, 63, 129, 16] | [100, 100, 100, 200] => Reach::Never,
        // Loopback (RFC 1122), link-local (RFC 3927), shared by a provider's customers (RFC 6598).
        [127, ..] | [169, 254, ..] | [100, 64..=127, ..] => Reach::Local,
        _ => Reach::Open,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    if address.is_loopback() {
        return Reach::Local;
    }
    match address.segments() {
        // Unspecified, IPv4-compatible and IPv4-mapped (RFC 4291): an IPv4 address in disguise.
        [0, 0, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0, 0xffff, ..] => Reach::Never,
        // IPv4-translated (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380).
        [0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => Reach::Never,
        // Multicast (RFC 4291), discard-only (RFC 6666), site-local, which no longer exists (RFC 3879).
        [0xff00..=0xffff, ..] | [0x100, 0, 0, 0, ..] | [0xfec0..=0xfeff, ..] => Reach::Never,
        // Where Amazon's and Google's clouds hand out secrets.
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] | [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254] => Reach::Never,
        // Link-local (RFC 4291).
        [0xfe80..=0xfebf, ..] => Reach::Local,
        _ => Reach::Open,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn s9_addresses_are_sorted_as_the_registries_have_them() {
        let table = [
            (
                Reach::Open,
                "10.0.0.7 192.168.1.2 172.16.0.1 93.184.216.34 8.8.8.8 100.63.255.255 100.128.0.1 198.18.0.1",
            ),
            (Reach::Open, "fd00::7 fc00::1 2001:db8::1 2606:4700::1111 2001:4860:4860::8888"),
            (Reach::Local, "127.0.0.1 127.255.255.254 169.254.1.1 100.64.0.1 100.127.255.255 ::1 fe80::1 febf::1"),
            (Reach::Never, "0.0.0.0 0.1.2.3 169.254.169.254 168.63.129.16 100.100.100.200 224.0.0.1 239.255.255.250"),
            (Reach::Never, "240.0.0.1 255.255.255.255 192.0.0.8 :: ::ffff:127.0.0.1 ::ffff:10.0.0.7 ::127.0.0.1"),
            (Reach::Never, "64:ff9b::7f00:1 64:ff9b:1::a00:7 2002:7f00:1:: 2001::1 ff02::1 fec0::1 100::1"),
            (Reach::Never, "fd00:ec2::254 fd20:ce::254 ::ffff:0:127.0.0.1"),
        ];
        for (expected, addresses) in table {
            for address in addresses.split(' ') {
                assert_eq!(reach(address.parse().unwrap()), expected, "{address}");
            }
        }
    }
}
