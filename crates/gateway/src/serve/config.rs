//! The gateway's own file: TOML that says where it listens, what it reaches and for whom.
//!
//! Every mistake is an error with its line; nothing is guessed and nothing is ignored.

mod check;
mod mistake;
mod written;

pub(crate) use mistake::Mistake;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a sample of the file looks like; `ferrule serve --sample` prints it.
pub(crate) const SAMPLE: &str = include_str!("../../../../docs/hosting/gateway.toml");

/// The file, read and found usable.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Where it listens, if the file says so.
    pub(crate) listen: Option<SocketAddr>,
    /// The line in which it does.
    pub(crate) listen_line: Option<usize>,
    /// Where the certificate and its key are.
    pub(crate) tls: Option<Tls>,
    /// Names that it answers to besides those of loopback, in lower case.
    pub(crate) hosts: Vec<String>,
    /// Consoles from elsewhere that may use it, as an Origin header writes them (RFC 6454, section 7).
    pub(crate) origins: Vec<String>,
    /// Whether another server stands in front, which says who asks.
    pub(crate) behind_proxy: bool,
    /// Where the audit log goes; to stderr if nowhere else.
    pub(crate) audit: Option<PathBuf>,
    /// Whether health and metrics need no token.
    pub(crate) metrics_open: bool,
    /// What is bounded.
    pub(crate) limits: Limits,
    /// What can be reached.
    pub(crate) targets: Vec<Target>,
    /// Who may do so; anybody on this machine if there are none.
    pub(crate) tokens: Vec<Arc<Token>>,
}

/// Where the certificate and its key are, both in PEM (RFC 7468).
#[derive(Clone, Debug)]
pub(crate) struct Tls {
    /// The chain, the server's own first.
    pub(crate) certificate: PathBuf,
    /// The private key.
    pub(crate) key: PathBuf,
}

/// What is bounded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Connections at once.
    pub(crate) connections: u32,
    /// New connections a second from one address.
    pub(crate) connections_per_second: u32,
    /// Tunnels at once.
    pub(crate) tunnels: u32,
    /// Tunnels at once with one token.
    pub(crate) tunnels_per_token: u32,
    /// Tunnels at once from one address.
    pub(crate) tunnels_per_address: u32,
    /// Seconds after which a tunnel in which nothing was said ends.
    pub(crate) idle_s: u32,
}

/// Something that can be reached.
#[derive(Debug)]
pub(crate) struct Target {
    /// What the address names it by.
    pub(crate) name: String,
    /// What people read.
    pub(crate) title: String,
    /// What it is and where.
    pub(crate) place: Place,
    /// What may be done there.
    pub(crate) verbs: Verbs,
    /// The profile that the console offers for it; may be empty.
    pub(crate) profile: String,
}

/// Where a target is.
#[derive(Debug)]
pub(crate) enum Place {
    /// A TCP address.
    Network {
        /// Whether Telnet is spoken there.
        telnet: bool,
        /// A name, or an IP address.
        host: String,
        /// The TCP port.
        port: u16,
        /// Whether the file says that this machine or its neighbours on the link are meant.
        local: bool,
    },
    /// A serial port of this machine.
    Serial(Line),
    /// An FTP server.
    Ftp(Ftp),
    /// An MQTT broker.
    Broker(Broker),
}

/// An MQTT broker, as whom it is entered, and what it is asked for.
#[derive(Debug)]
pub(crate) struct Broker {
    /// A name, or an IP address.
    pub(crate) host: String,
    /// The TCP port.
    pub(crate) port: u16,
    /// Whether the file says that this machine or its neighbours on the link are meant.
    pub(crate) local: bool,
    /// The user's name, and a password if one is needed.
    pub(crate) login: Option<(String, Option<Secret>)>,
    /// How TLS is spoken with it; not at all where it is `None`.
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
    /// What is subscribed to.
    pub(crate) topics: Vec<String>,
}

/// An FTP server (RFC 959), and as whom it is entered.
#[derive(Debug)]
pub(crate) struct Ftp {
    /// A name, or an IP address.
    pub(crate) host: String,
    /// The TCP port of its control connection.
    pub(crate) port: u16,
    /// Whether the file says that this machine or its neighbours on the link are meant.
    pub(crate) local: bool,
    /// The user's name.
    pub(crate) user: String,
    /// The password.
    pub(crate) password: Secret,
    /// How TLS is spoken with it (RFC 4217); not at all where it is `None`.
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
}

/// What no log shall have.
pub(crate) struct Secret(pub(crate) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// A serial port with its line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its path or name.
    pub(crate) port: String,
    /// Symbols a second.
    pub(crate) baud: u32,
    /// 7 or 8.
    pub(crate) data_bits: u8,
    /// Its parity.
    pub(crate) parity: tokio_serial::Parity,
    /// 1 or 2.
    pub(crate) stop_bits: u8,
    /// Whether RTS and CTS hold either side back.
    pub(crate) hardware_flow: bool,
}

/// What may be done with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verbs {
    /// Hear what it says.
    pub(crate) read: bool,
    /// Say something to it.
    pub(crate) write: bool,
}

impl Verbs {
    /// What both allow.
    pub(crate) fn and(self, other: Verbs) -> Verbs {
        Verbs { read: self.read && other.read, write: self.write && other.write }
    }

    /// Their names.
    pub(crate) fn names(self) -> Vec<&'static str> {
        [(self.read, "read"), (self.write, "write")].into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect()
    }
}

/// Someone who may use targets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What the log calls them.
    pub(crate) name: String,
    /// SHA-256 of the token, so that the file holds nothing to steal.
    pub(crate) hash: [u8; 32],
    /// The targets; all where it is `None`.
    pub(crate) targets: Option<Vec<String>>,
    /// What may be done there.
    pub(crate) verbs: Verbs,
    /// When it ends.
    pub(crate) expires: Option<jiff::Timestamp>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 16_384,
            connections_per_second: 200,
            tunnels: 4096,
            tunnels_per_token: 256,
            tunnels_per_address: 256,
            idle_s: 12 * 3600,
        }
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, or its first mistake with its line, as a sentence.
    pub(crate) fn read(path: &Path) -> Result<Config, String> {
        let bytes = std::fs::read(path).map_err(|why| format!("{}: {why}", path.display()))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let good = String::from_utf8_lossy(good);
            let what = "what is not UTF-8 begins here; save the file as UTF-8";
            format!("{}, {}", path.display(), Mistake::at(&good, &(good.len()..good.len()), what))
        })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Config::parse(&text, folder).map_err(|mistake| format!("{}, {mistake}", path.display()))
    }

    /// Reads the text of a file; paths in it start from its folder.
    ///
    /// # Errors
    /// The first mistake, with its line.
    pub(crate) fn parse(text: &str, folder: &Path) -> Result<Config, Mistake> {
        let read = toml::from_str::<written::Written>(text);
        let written = read.map_err(|error| mistake::single(text).unwrap_or_else(|| mistake::of_toml(text, &error)))?;
        check::check(text, folder, written)
    }
}

#[cfg(test)]
mod tests;
