//! Addresses of devices, and what of them may be seen.

use std::fmt;

/// An address taken apart. Written out it tells where a device is and none of its secrets: no user name, no password, no
/// fragment, and of its query only the names.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    whole: &'a str,
    scheme: &'a str,
    user: Option<&'a str>,
    host: &'a str,
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Takes it apart (RFC 3986, section 3; a backslash counts as a slash, as browsers have it). Whatever the text, there
    /// are parts; a path on the console's own origin has no host.
    #[must_use]
    pub fn new(text: &'a str) -> Address<'a> {
        let whole = cut(text, b"#").0.trim();
        let (scheme, rest) = match cut(whole, b":/?@") {
            (scheme, rest) if rest.starts_with("://") => (scheme, rest.get(3..).unwrap_or_default()),
            _ => ("", whole),
        };
        let (before, query) = cut(rest, b"?");
        let (authority, path) = cut(before, b"/\\");
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        let query = query.get(1..);
        Address { whole, scheme, user, host, path, query }
    }

    /// The whole of it, secrets included, as the browser is asked for it; without the fragment, which no device gets.
    #[must_use]
    pub fn whole(self) -> &'a str {
        self.whole
    }

    /// Whether it has that scheme; upper and lower case are one (RFC 3986, section 3.1).
    #[must_use]
    pub fn is(self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// The host with its port; empty where there is none.
    #[must_use]
    pub fn host(self) -> &'a str {
        self.host
    }

    /// The path with the slash it begins with; empty where there is none.
    #[must_use]
    pub fn path(self) -> &'a str {
        self.path
    }

    /// The same path and query at another origin.
    #[must_use]
    pub fn at_origin_of(self, other: Address<'_>) -> String {
        let origin = |address: Address<'_>| {
            let rest =
                address.path.len().saturating_add(address.query.map_or(0, |query| query.len().saturating_add(1)));
            address.whole.len().saturating_sub(rest)
        };
        let (from, to) = (other.whole.get(..origin(other)), self.whole.get(origin(self)..));
        [from.unwrap_or_default(), to.unwrap_or_default()].concat()
    }

    /// Whether both are certainly of one origin (RFC 6454, section 5): a port that is written out must be in both, and of
    /// what a browser reads in other ways than it stands there (`http:/host`, `//host`, a tab) none is.
    #[must_use]
    pub fn has_origin_of(self, other: Address<'_>) -> bool {
        let plain = |address: Address<'_>| {
            let placed = !address.scheme.is_empty() && !address.host.is_empty();
            let ours = address.scheme.is_empty() && address.host.is_empty() && !address.path.starts_with("//");
            (placed || ours && !address.path.contains('\\'))
                && !address.whole.contains(|sign: char| sign.is_ascii_control())
        };
        plain(self) && plain(other) && self.is(other.scheme) && self.host.eq_ignore_ascii_case(other.host)
    }

    /// Whether it has a user name or a password.
    #[must_use]
    pub fn has_user(self) -> bool {
        self.user.is_some()
    }

    /// Whether it has a query, which may hold a secret.
    #[must_use]
    pub fn has_query(self) -> bool {
        self.query.is_some()
    }

    /// Whether it is for an unencrypted connection to another computer. Loopback addresses count as secure (W3C Secure
    /// Contexts, section 3.1).
    #[must_use]
    pub fn is_unencrypted_elsewhere(self) -> bool {
        (self.is("ws") || self.is("http")) && !self.is_loopback()
    }

    /// Whether its host is this computer.
    #[must_use]
    pub fn is_loopback(self) -> bool {
        let name = self.name();
        let digits = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let loopback = digits && name.starts_with("127.") || self.host.starts_with("[::1]");
        loopback || name == "localhost" || name.ends_with(".localhost")
    }

    /// Whether its host is on this computer or, by its address or its name, on the network around it (RFC 1918, section 3;
    /// RFC 4193; RFC 6762).
    #[must_use]
    pub fn is_near(self) -> bool {
        let name = self.name();
        let private = match name.parse::<core::net::Ipv4Addr>() {
            Ok(address) => address.is_private() || address.is_link_local(),
            Err(_) => ["[fc", "[fd", "[fe8"].iter().any(|start| name.starts_with(start)) || name.ends_with(".local"),
        };
        private || self.is_loopback()
    }

    fn name(self) -> String {
        self.host.split(':').next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// A text up to the first of these ASCII characters, and from there on.
#[inline(never)]
fn cut<'a>(text: &'a str, marks: &[u8]) -> (&'a str, &'a str) {
    let at = text.bytes().position(|byte| marks.contains(&byte)).unwrap_or(text.len());
    text.split_at(at)
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec![self.scheme, if self.scheme.is_empty() { "" } else { "://" }, self.host, self.path];
        let mut mark = "?";
        for pair in self.query.into_iter().flat_map(|query| query.split('&')) {
            // What has no name may be a secret as a whole.
            let (name, value) = cut(pair, b"=");
            parts.extend(if value.is_empty() { [mark, "", "…"] } else { [mark, name, "=…"] });
            mark = "&";
        }
        parts.into_iter().try_for_each(|part| f.write_str(part))
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn s35_what_may_be_another_origin_is_not_the_same() {
        let same = |one, other| Address::new(one).has_origin_of(Address::new(other));
        assert!(same("HTTP://Host:80/a?b", "http://user:pw@host:80/"));
        assert!(same("/a", "/b?c"));
        for (one, other) in [
            ("http://a/", "http://b/"),
            ("http://a/", "https://a/"),
            ("http://a:1/", "http://a:2/"),
            ("http://a/", "http://a@b/"),
            ("/a", "//b/c"),
            ("/a", "/\\b/c"),
            ("/a", "/\t/b/c"),
            ("http:/a/", "http:/b/"),
            ("http:a", "http:b"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn s35_an_address_is_shown_without_its_secrets() {
        for (whole, shown) in [
            ("ws://user:secret@host:81/data", "ws://host:81/data"),
            ("https://host/x?token=secret&n=1#secret", "https://host/x?token=…&n=…"),
            ("wss://host?secret", "wss://host?…"),
            ("ws://user@evil:secret@host\\secret@host/", "ws://host\\secret@host/"),
            ("/state.json?key=secret", "/state.json?key=…"),
            ("/go?to=http://user:secret@host/", "/go?to=…"),
            ("user:secret@host", "host"),
            ("", ""),
        ] {
            assert_eq!(Address::new(whole).to_string(), shown, "{whole}");
        }
        assert_eq!(Address::new(" ws://user:secret@host/?a=b#c ").whole(), "ws://user:secret@host/?a=b");
    }

    #[test]
    fn the_same_path_elsewhere() {
        for (path, origin, expected) in [
            ("http://a/config?x=1", "https://b:81/measures?y", "https://b:81/config?x=1"),
            ("/config", "http://b/state", "http://b/config"),
            ("http://a", "http://b/state", "http://b"),
        ] {
            assert_eq!(Address::new(path).at_origin_of(Address::new(origin)), expected);
        }
    }

    #[test]
    fn s8_addresses_of_the_network_around_are_known() {
        for near in [
            "ws://127.0.0.1:9/",
            "http://10.1.2.3/x",
            "ws://172.31.0.1",
            "http://192.168.4.1:81",
            "http://169.254.1.1/",
            "http://[fd00::1]:80/",
            "http://esp.local/",
            "http://localhost/",
        ] {
            assert!(Address::new(near).is_near(), "{near}");
        }
        for far in
            ["http://172.32.0.1/", "ws://8.8.8.8/", "http://10.evil.example/", "http://esp.local.example/", "/state"]
        {
            assert!(!Address::new(far).is_near(), "{far}");
        }
    }

    #[test]
    fn loopback_counts_as_secure() {
        for near in [
            "ws://127.0.0.1:9001/",
            "WS://localhost/x",
            "http://[::1]:8080/",
            "ws://pico.LOCALHOST:1",
            "wss://a/",
            "/state",
        ] {
            assert!(!Address::new(near).is_unencrypted_elsewhere(), "{near}");
        }
        for far in [
            "ws://192.168.4.1/",
            "HTTP://esp.local/data",
            "ws://localhost.example/",
            "ws://127.evil:1@far/",
            "ws://127.evil.example/",
        ] {
            assert!(Address::new(far).is_unencrypted_elsewhere(), "{far}");
        }
    }
}
