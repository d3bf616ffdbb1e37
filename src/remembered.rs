//! What was opened before, newest first: network addresses and serial ports, each with its profile. A line each: what it
//! is, a space, how it was opened. Kept in the browser, so never with a secret.

pub mod choices;

use crate::browser::settings;
use session::address::Address;
use session::link::{Line, Link, Port};

/// Where addresses and ports are kept, and how many of them.
const ADDRESSES: (&str, usize) = ("addresses", 5);
const TOPICS: (&str, usize) = ("topics", 5);
const PORTS: (&str, usize) = ("serial-ports", 32);
const PLACES: &str = "serial-places";

/// An address that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// `websocket`, `http` or `mqtt`.
    pub kind: String,
    /// The address.
    pub url: String,
    /// The profile's id; empty where none was kept with it.
    pub profile: String,
}

/// How a serial port was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// How its line was set.
    pub line: Line,
    /// The profile's id.
    pub profile: String,
}

/// Keeps an address, unless it may hold a secret (S35).
pub fn keep_address(kind: &str, url: &str, profile: &str) {
    if is_open(Address::new(url)) {
        keep(ADDRESSES, &format!("{kind} {url}"), profile);
    }
}

/// Keeps with which profile a device is opened that is remembered, and how its line is set, if otherwise.
pub fn keep_profile(link: &Link, profile: &str, line: Option<Line>) {
    if let Link::Serial(serial) = link {
        if let Some(known) = port(&serial.port) {
            keep_port(&serial.port, line.unwrap_or(known.line), profile);
        }
        return;
    }
    let (url, mqtt) = (address_of(link), matches!(link, Link::Mqtt(_)));
    if let Some(known) = addresses().into_iter().find(|known| known.url == url && (known.kind == "mqtt") == mqtt) {
        keep_address(&known.kind, &url, profile);
    }
}

/// The address of a link, as it is kept; empty where it has none.
#[must_use]
pub fn address_of(link: &Link) -> String {
    match link {
        Link::WebSocket(socket) => socket.url.clone(),
        Link::Http(http) => http.url.clone(),
        Link::Tunnel(tunnel) => tunnel.place(),
        Link::Mqtt(mqtt) => mqtt.url.clone(),
        Link::Demo(_) | Link::Serial(_) => String::new(),
    }
}

/// Takes an address out of what is kept.
pub fn forget_address(kind: &str, url: &str) {
    settings::write(ADDRESSES.0, &without(&read(ADDRESSES), &format!("{kind} {url}")));
    if kind == "mqtt" {
        settings::write(TOPICS.0, &without(&read(TOPICS), url));
    }
}

/// Keeps the topics that were asked for at an address.
pub fn keep_topics(url: &str, topics: &str) {
    if is_open(Address::new(url)) {
        keep(TOPICS, url, topics);
    }
}

/// The topics that were asked for at an address.
#[must_use]
pub fn topics(url: &str) -> Option<String> {
    read(TOPICS).lines().find_map(|line| Some(line.strip_prefix(url)?.strip_prefix(' ')?.to_owned()))
}

/// Whether an address holds nothing that may be a secret.
fn is_open(address: Address<'_>) -> bool {
    !address.has_user() && !address.has_query()
}

/// The addresses that were opened.
#[must_use]
pub fn addresses() -> Vec<Known> {
    read(ADDRESSES).lines().filter_map(known).collect()
}

fn known(line: &str) -> Option<Known> {
    let mut words = line.splitn(3, ' ').map(str::to_owned);
    Some(Known { kind: words.next()?, url: words.next()?, profile: words.next().unwrap_or_default() })
}

/// Keeps how a port was opened.
pub fn keep_port(port: &Port, line: Line, profile: &str) {
    keep(PORTS, &key(port), &format!("{line} {profile}"));
}

/// How that port was opened last.
#[must_use]
pub fn port(port: &Port) -> Option<Opened> {
    let (key, text) = (key(port), read(PORTS));
    text.lines().find_map(|line| opened(line.strip_prefix(&key)?.strip_prefix(' ')?))
}

/// Keeps which ports there were, in the browser's order: in another visit those that look alike have the same places again.
pub fn keep_places(ports: &[Port]) {
    let places = ports.iter().map(key).collect::<Vec<_>>().join("\n");
    if settings::read(PLACES).unwrap_or_default() != places {
        settings::write(PLACES, &places);
    }
}

/// The ports there were.
#[must_use]
pub fn places() -> Vec<Port> {
    settings::read(PLACES).unwrap_or_default().lines().filter_map(place).collect()
}

/// A port by its key.
fn place(key: &str) -> Option<Port> {
    let (ids, nth) = key.split_once('/')?;
    let (vendor, product) = ids.split_once(':')?;
    let id = |id| u16::from_str_radix(id, 16).ok();
    Some(Port { vendor: id(vendor), product: id(product), nth: nth.parse().ok()? })
}

/// How the last port was opened.
#[must_use]
pub fn last_port() -> Option<Opened> {
    opened(read(PORTS).lines().next()?.split_once(' ')?.1)
}

fn opened(words: &str) -> Option<Opened> {
    let (line, profile) = words.split_once(' ')?;
    Some(Opened { line: line.parse().ok()?, profile: profile.to_owned() })
}

/// A port's identity. Browsers tell no serial number, so equal ones are told apart by their place.
fn key(port: &Port) -> String {
    let id = |id: Option<u16>| id.map_or_else(|| "any".to_owned(), |id| format!("{id:04x}"));
    format!("{}:{}/{}", id(port.vendor), id(port.product), port.nth)
}

fn read((name, _): (&str, usize)) -> String {
    settings::read(name).unwrap_or_default()
}

fn keep(list: (&str, usize), key: &str, how: &str) {
    settings::write(list.0, &first(&read(list), list.1, key, how));
}

/// Whether a line has that key.
fn has_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The lines without the one of that key.
fn without(lines: &str, key: &str) -> String {
    lines.lines().filter(|line| !has_key(line, key)).collect::<Vec<_>>().join("\n")
}

/// The lines with this one first, in place of one with the same key, and at most so many.
fn first(lines: &str, most: usize, key: &str, how: &str) -> String {
    let line = format!("{key} {how}");
    let others = lines.lines().filter(|line| !has_key(line, key));
    std::iter::once(line.as_str()).chain(others).take(most).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_once() {
        let mut lines = "http http://b/\nwebsocket ws://a/".to_owned();
        for (key, how) in
            [("websocket ws://a/", "csv"), ("websocket ws://a/b", "own-Größe 2"), ("http http://b/", "json")]
        {
            lines = first(&lines, 3, key, how);
        }
        assert_eq!(lines, "http http://b/ json\nwebsocket ws://a/b own-Größe 2\nwebsocket ws://a/ csv");
        assert_eq!(first(&lines, 1, "x", "y"), "x y");
        assert_eq!(without(&lines, "websocket ws://a/"), "http http://b/ json\nwebsocket ws://a/b own-Größe 2");
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let address = |kind: &str, url: &str, profile: &str| {
            Some(Known { kind: kind.into(), url: url.into(), profile: profile.into() })
        };
        assert_eq!(known("websocket ws://a/b own-Größe 2"), address("websocket", "ws://a/b", "own-Größe 2"));
        assert_eq!(known("http http://b/"), address("http", "http://b/", ""), "kept before profiles were");
        for line in ["9600", "9600/7E1/rtscts"] {
            let known = Opened { line: line.parse().unwrap(), profile: "own-Größe 2".into() };
            assert_eq!(opened(&format!("{line} own-Größe 2")), Some(known));
        }
        assert_eq!(opened("fast text"), None);
    }

    #[test]
    fn ports_are_told_apart_as_far_as_the_browser_does() {
        let port = |vendor, nth| Port { vendor, product: Some(10), nth };
        let keys = [port(Some(0x2e8a), 0), port(Some(0x2e8a), 1), port(None, 0)].map(|port| key(&port));
        assert_eq!(keys, ["2e8a:000a/0", "2e8a:000a/1", "any:000a/0"]);
        assert_eq!(
            keys.map(|key| place(&key)),
            [Some(port(Some(0x2e8a), 0)), Some(port(Some(0x2e8a), 1)), Some(port(None, 0))]
        );
        assert_eq!(["", "2e8a:000a", "2e8a/1", "2e8a:000a/x"].map(place), [None; 4]);
    }

    #[test]
    fn s35_what_may_be_a_secret_is_not_kept() {
        assert!(is_open(Address::new("wss://host:81/data")));
        for secret in ["ws://user:secret@host/", "https://host/x?token=secret", "ws://host?secret"] {
            assert!(!is_open(Address::new(secret)), "{secret}");
        }
    }
}
