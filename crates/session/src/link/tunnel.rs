//! A target of a gateway: what no browser opens by itself, reached through one that is asked for it by name.

use super::Line;
use crate::address::Address;
use crate::tunnel::TargetKind;
use crate::words::{Said, link as words};
use serde::{Deserialize, Serialize};

/// The longest name of a target, in bytes.
pub const MAX_NAME: usize = 64;

/// A target of a gateway, which knows where the device is; the console knows its name only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tunnel {
    /// What is spoken with it.
    pub kind: TargetKind,
    /// Its name at the gateway.
    pub target: String,
    /// The gateway's origin, `https://` or `http://`; the console's own if none.
    pub gateway: Option<String>,
    /// How the serial port behind a Telnet device is set (RFC 2217); `None` where none is asked for.
    pub line: Option<Line>,
    /// The file of an FTP server whose bytes are read, as `/folder/file`; `None` where the server itself is meant, with all
    /// that it holds.
    pub file: Option<String>,
}

impl Tunnel {
    /// A target by its name at the console's own origin, or by its whole address at another gateway's, as
    /// [`Tunnel::place`] writes it.
    #[must_use]
    pub fn at(kind: TargetKind, place: &str) -> Tunnel {
        let address = Address::new(place);
        let name = address.path().strip_prefix("/link/").filter(|_| address.is("https") || address.is("http"));
        let (target, gateway) = match name {
            Some(name) => (name, place.find("/link/").and_then(|at| place.get(..at)).map(str::to_owned)),
            None => (place, None),
        };
        Tunnel { kind, target: target.to_owned(), gateway, line: None, file: None }
    }

    /// Where it is, in one text: its name, or `https://gateway/link/NAME` where the gateway is not the console's own.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.gateway {
            Some(gateway) => format!("{}/link/{}", gateway.trim_end_matches('/'), self.target),
            None => self.target.clone(),
        }
    }

    /// The gateway's origin, where `own` is the console's.
    #[must_use]
    pub fn origin<'a>(&'a self, own: &'a str) -> &'a str {
        self.gateway.as_deref().unwrap_or(own).trim_end_matches('/')
    }

    /// The address of the WebSocket that leads to it, where `own` is the console's origin.
    #[must_use]
    pub fn address(&self, own: &str) -> String {
        // http becomes ws, and https wss (RFC 6455, section 3).
        let rest = self.origin(own).get(4..).unwrap_or_default();
        format!("ws{rest}/link/{}", self.target)
    }

    /// The same with what of a broker's topics is wanted, as `?topic=a/b&topic=c/%23`: a gateway hands over what it has
    /// subscribed to, and less where less is asked for.
    #[must_use]
    pub fn address_for(&self, own: &str, topics: &[String]) -> String {
        let mut address = self.address(own);
        for (at, topic) in topics.iter().enumerate() {
            address.push_str(if at == 0 { "?topic=" } else { "&topic=" });
            escape(topic, &mut address);
        }
        address
    }

    /// The address of a file or a folder of it, whose path ends with a slash; `own` is the console's origin. Every byte
    /// that could mean something else in an address is escaped (RFC 3986, section 2.1).
    #[must_use]
    pub fn file_address(&self, own: &str, path: &str) -> String {
        let mut address = format!("{}/files/{}/", self.origin(own), self.target);
        escape(path.trim_start_matches('/'), &mut address);
        address
    }

    /// Whether it is a server with files, and not a device to talk with.
    #[must_use]
    pub fn is_store(&self) -> bool {
        self.kind == TargetKind::Ftp && self.file.is_none()
    }

    /// Whether it could be opened at all.
    ///
    /// # Errors
    /// What is wrong and what would be accepted, as a sentence.
    pub(super) fn check(&self) -> Result<(), Said> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if self.target.is_empty() || self.target.len() > MAX_NAME || !self.target.bytes().all(plain) {
            return Err(words::target());
        }
        if let Some(gateway) = &self.gateway {
            let address = Address::new(gateway);
            let bare = !address.has_user() && !address.has_query() && matches!(address.path(), "" | "/");
            if !((address.is("https") || address.is("http")) && !address.host().is_empty() && bare) {
                return Err(words::gateway(&address.to_string()));
            }
        }
        if self.file.is_some() && self.kind != TargetKind::Ftp {
            return Err(words::no_files());
        }
        self.line.as_ref().map_or(Ok(()), |line| line.check(5, words::remote_data_bits))
    }
}

/// Every byte that could mean something else in an address is escaped (RFC 3986, section 2.1).
pub(super) fn escape(text: &str, address: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_name_or_a_whole_address() {
        for (place, target, gateway) in [
            ("lab-3", "lab-3", None),
            ("https://gate.example:8443/link/lab-3", "lab-3", Some("https://gate.example:8443")),
            ("http://[::1]:81/link/a.b_c", "a.b_c", Some("http://[::1]:81")),
        ] {
            let tunnel = Tunnel::at(TargetKind::Tcp, place);
            assert_eq!((tunnel.target.as_str(), tunnel.gateway.as_deref()), (target, gateway));
            assert_eq!(tunnel.place(), place);
            assert_eq!(tunnel.check(), Ok(()));
        }
    }

    #[test]
    fn the_way_to_it_is_as_secure_as_the_gateway() {
        let address = |place: &str| Tunnel::at(TargetKind::Telnet, place).address("http://127.0.0.1:8715");
        assert_eq!(address("lab"), "ws://127.0.0.1:8715/link/lab");
        assert_eq!(address("https://gate.example/link/lab"), "wss://gate.example/link/lab");
    }

    #[test]
    fn what_is_no_name_and_no_gateway_is_refused() {
        let long = "n".repeat(MAX_NAME + 1);
        for wrong in ["", "a b", "../x", "a/b", "ü", long.as_str(), "ftp://gate/link/x", "https://u:p@gate/link/x"] {
            assert!(Tunnel::at(TargetKind::Tcp, wrong).check().is_err(), "{wrong}");
        }
        let file = |kind| Tunnel { file: Some("/a".into()), ..Tunnel::at(kind, "logger") };
        assert!(file(TargetKind::Tcp).check().is_err() && file(TargetKind::Ftp).check().is_ok());
        assert!(Tunnel::at(TargetKind::Ftp, "logger").check().is_ok());
    }

    /// S12: whatever a file is called, its address leads to the gateway's files and to nothing else.
    #[test]
    fn s12_a_files_address_holds_its_name_and_nothing_that_means_something() {
        let address =
            |place: &str, path: &str| Tunnel::at(TargetKind::Ftp, place).file_address("http://127.0.0.1:1", path);
        assert_eq!(address("logger", "/log/day 1.csv"), "http://127.0.0.1:1/files/logger/log/day%201.csv");
        assert_eq!(address("logger", "/ü?#%\r\n"), "http://127.0.0.1:1/files/logger/%C3%BC%3F%23%25%0D%0A");
        assert_eq!(address("https://gate.example/link/x", "/"), "https://gate.example/files/x/");
    }
}
