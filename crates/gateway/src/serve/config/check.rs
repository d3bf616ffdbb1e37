//! What the keys mean together.

mod broker;
mod ftp;
mod login;

use super::mistake::{Mistake, hint};
use super::written::{self, Flow, Kind, Parity, Verb, Written};
use super::{Config, Limits, Line, Place, Target, Tls, Token, Verbs};
use crate::serve::target::{Reach, reach};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;

/// A token shorter than this is guessed sooner or later.
const SHORTEST_TOKEN: usize = 20;

/// What targets of TCP and Telnet have of their own.
const NETWORK: &str = "kind = \"tcp\" and \"telnet\" have `address` and `local`";
/// What serial ports have.
const SERIAL: &str = "kind = \"serial\" has `port` and `baud`";

/// A key, and where it stands if it does.
type Key = (&'static str, Option<std::ops::Range<usize>>);

/// The text, for the lines of mistakes.
struct Checker<'a> {
    text: &'a str,
    folder: &'a Path,
}

pub(super) fn check(text: &str, folder: &Path, written: Written) -> Result<Config, Mistake> {
    let checker = Checker { text, folder };
    let listen = match &written.listen {
        None => None,
        Some(listen) => Some(listen.get_ref().parse().map_err(|_| {
            checker.wrong(listen, "`listen` must be an IP address and a port, as \"127.0.0.1:8080\" or \"[::1]:8080\"")
        })?),
    };
    let hosts = written.hosts.iter().map(|host| checker.host(host)).collect::<Result<_, _>>()?;
    let origins = written.origins.iter().map(|origin| checker.origin(origin)).collect::<Result<_, _>>()?;
    let mut targets: Vec<Target> = Vec::new();
    for target in written.target {
        let name = target.get_ref().name.clone();
        checker.unlike(&name, targets.iter().map(|other| other.name.as_str()))?;
        targets.push(checker.target(target)?);
    }
    let mut tokens: Vec<Arc<Token>> = Vec::new();
    for token in written.token {
        let name = token.get_ref().name.clone();
        checker.unlike(&name, tokens.iter().map(|other| other.name.as_str()))?;
        tokens.push(Arc::new(checker.token(token, &targets)?));
    }
    if let (Some(host), true, false) = (written.hosts.first(), tokens.is_empty(), targets.is_empty()) {
        return Err(checker.wrong(
            host,
            "who answers to other names than those of this machine is reached from elsewhere, and needs a [[token]]",
        ));
    }
    let behind_proxy = written.behind_proxy.filter(|behind| *behind.get_ref());
    if let (Some(behind), true, false) = (&behind_proxy, tokens.is_empty(), targets.is_empty()) {
        return Err(checker.wrong(
            behind,
            "a server in front lets others in than this machine, and with a [[target]] that needs a [[token]]",
        ));
    }
    Ok(Config {
        listen,
        listen_line: written.listen.as_ref().map(|listen| checker.wrong(listen, "").line),
        tls: written.tls.map(|tls| Tls { certificate: folder.join(tls.certificate), key: folder.join(tls.key) }),
        hosts,
        origins,
        behind_proxy: behind_proxy.is_some(),
        audit: written.audit.file.map(|file| folder.join(file)),
        metrics_open: written.metrics.open,
        limits: checker.limits(&written.limits)?,
        targets,
        tokens,
    })
}

impl Checker<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, what: impl Into<String>) -> Mistake {
        Mistake::at(self.text, &at.span(), what)
    }

    /// A name that is a part of addresses and of the log.
    fn name(&self, name: &Spanned<String>) -> Result<String, Mistake> {
        let text = name.get_ref();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if (1..=64).contains(&text.len()) && text.chars().all(plain) && !text.starts_with('.') {
            Ok(text.clone())
        } else {
            Err(self.wrong(name, "`name` must be 1 to 64 letters, digits and - _ . and begin with no full stop"))
        }
    }

    fn unlike<'b>(&self, name: &Spanned<String>, mut others: impl Iterator<Item = &'b str>) -> Result<(), Mistake> {
        if others.any(|other| other == name.get_ref()) {
            return Err(self.wrong(name, format!("there are two of the name \"{}\"", name.get_ref())));
        }
        Ok(())
    }

    fn host(&self, host: &Spanned<String>) -> Result<String, Mistake> {
        let name = host.get_ref().to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let is_name = !name.is_empty() && name.chars().all(plain);
        if is_name || bare.parse::<std::net::Ipv6Addr>().is_ok() {
            return Ok(bare.to_owned());
        }
        Err(self.wrong(host, "a host is a name or an address without scheme and port, as \"console.example.org\""))
    }

    fn origin(&self, origin: &Spanned<String>) -> Result<String, Mistake> {
        let text = origin.get_ref();
        let host = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or_default();
        let authority = host.parse::<axum::http::uri::Authority>();
        let plain = !host.contains(['@', '*', '/', '?', '#']) && *text == text.to_ascii_lowercase();
        if plain && authority.is_ok_and(|authority| !authority.host().is_empty()) {
            return Ok(text.clone());
        }
        Err(self.wrong(
            origin,
            "an origin is a scheme, a name and perhaps a port, in lower case and without a path, as \
             \"https://console.example.org\"",
        ))
    }

    fn limits(&self, limits: &written::Limits) -> Result<Limits, Mistake> {
        let known = Limits::default();
        Ok(Limits {
            connections: self.whole("connections", limits.connections.as_ref(), 16, 1_000_000, known.connections)?,
            connections_per_second: self.whole(
                "connections_per_second",
                limits.connections_per_second.as_ref(),
                1,
                1_000_000,
                known.connections_per_second,
            )?,
            tunnels: self.whole("tunnels", limits.tunnels.as_ref(), 1, 1_000_000, known.tunnels)?,
            tunnels_per_token: self.whole(
                "tunnels_per_token",
                limits.tunnels_per_token.as_ref(),
                1,
                1_000_000,
                known.tunnels_per_token,
            )?,
            tunnels_per_address: self.whole(
                "tunnels_per_address",
                limits.tunnels_per_address.as_ref(),
                1,
                1_000_000,
                known.tunnels_per_address,
            )?,
            idle_s: self.whole("idle_s", limits.idle_s.as_ref(), 1, 31_536_000, known.idle_s)?,
        })
    }

    /// A whole number within bounds, or what stands for it.
    fn whole(&self, key: &str, given: Option<&Spanned<i64>>, min: u32, max: u32, unset: u32) -> Result<u32, Mistake> {
        let Some(given) = given else { return Ok(unset) };
        let number = u32::try_from(*given.get_ref()).ok().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| {
            self.wrong(given, format!("`{key}` must be a whole number from {min} to {max}, not {}", given.get_ref()))
        })
    }

    fn target(&self, target: Spanned<written::Target>) -> Result<Target, Mistake> {
        let span = target.span();
        let target = target.into_inner();
        let name = self.name(&target.name)?;
        let place =
            if target.kind == Kind::Serial { self.serial(&target, &span)? } else { self.network(&target, &span)? };
        Ok(Target {
            title: target.title.filter(|title| !title.is_empty()).unwrap_or_else(|| name.clone()),
            name,
            place,
            verbs: self.verbs(&target.verbs)?,
            profile: target.profile.unwrap_or_default(),
        })
    }

    fn network(&self, target: &written::Target, span: &std::ops::Range<usize>) -> Result<Place, Mistake> {
        let words = match target.kind {
            Kind::Ftp => "kind = \"ftp\" has `address`, `local`, `user`, a password and `tls`",
            Kind::Mqtt => "kind = \"mqtt\" has `address`, `local`, `topics`, `user`, a password and `tls`",
            _ => NETWORK,
        };
        self.foreign(&of_serial(target), "serial ports", words)?;
        if !matches!(target.kind, Kind::Ftp | Kind::Mqtt) {
            self.foreign(&of_servers(target), "FTP servers and brokers", words)?;
        }
        if target.kind != Kind::Mqtt {
            self.foreign(&[at("topics", target.topics.first())], "brokers", words)?;
        }
        let Some(address) = &target.address else {
            return Err(Mistake::at(self.text, span, "this target needs `address`, as \"plc.example.org:502\""));
        };
        let (host, port) = self.address(address)?;
        let local = target.local.as_ref().is_some_and(|local| *local.get_ref());
        self.reached(address, &host, local)?;
        match target.kind {
            Kind::Ftp => return self.ftp(target, host, port, local).map(Place::Ftp),
            Kind::Mqtt => return self.broker(target, span, (host, port, local)).map(Place::Broker),
            _ => {}
        }
        Ok(Place::Network { telnet: target.kind == Kind::Telnet, host, port, local })
    }

    /// Keys that a target of this kind does not have.
    fn foreign(&self, keys: &[Key], of: &str, has: &str) -> Result<(), Mistake> {
        match keys.iter().find_map(|(key, span)| Some((key, span.as_ref()?))) {
            Some((key, span)) => Err(Mistake::at(self.text, span, format!("`{key}` is of {of}; {has}"))),
            None => Ok(()),
        }
    }

    /// `host:port`. A number that is no plain IPv4 address is refused, as some resolvers read it as one (faults S9).
    fn address(&self, address: &Spanned<String>) -> Result<(String, u16), Mistake> {
        let wrong = || {
            self.wrong(
                address,
                "`address` must be a name or an IP address and a port, as \"10.0.0.7:502\" or \"[fd00::7]:502\"",
            )
        };
        let (host, port) = address.get_ref().rsplit_once(':').ok_or_else(wrong)?;
        let port = port.parse::<u16>().ok().filter(|port| *port > 0).ok_or_else(wrong)?;
        if let Some(v6) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            return v6.parse::<std::net::Ipv6Addr>().map(|v6| (v6.to_string(), port)).map_err(|_| wrong());
        }
        let is_address = host.parse::<std::net::Ipv4Addr>().is_ok();
        let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        let numeric = last.starts_with("0x") || last.starts_with("0X") || last.chars().all(|c| c.is_ascii_digit());
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if host.is_empty() || host.len() > 253 || !host.chars().all(plain) || (numeric && !is_address) {
            return Err(wrong());
        }
        Ok((host.to_owned(), port))
    }

    /// What would be refused whenever it is opened is refused here (faults S9). Where a name leads is not known yet.
    fn reached(&self, address: &Spanned<String>, host: &str, local: bool) -> Result<(), Mistake> {
        let what = match host.parse().map(reach) {
            Ok(Reach::Never) => {
                "is never reached: it is nobody's or everybody's, another address in disguise, or where clouds keep secrets"
            }
            Ok(Reach::Local) if !local => {
                "is this machine, its link or shared, and is reached with `local = true` only"
            }
            _ => return Ok(()),
        };
        Err(self.wrong(address, format!("{host} {what}")))
    }

    fn serial(&self, target: &written::Target, span: &std::ops::Range<usize>) -> Result<Place, Mistake> {
        let foreign = [at("address", target.address.as_ref()), at("local", target.local.as_ref())];
        self.foreign(&foreign, "network targets", SERIAL)?;
        self.foreign(&of_servers(target), "FTP servers and brokers", SERIAL)?;
        self.foreign(&[at("topics", target.topics.first())], "brokers", SERIAL)?;
        let Some(port) = &target.port else {
            return Err(Mistake::at(self.text, span, "this target needs `port`, as \"/dev/ttyUSB0\" or \"COM3\""));
        };
        let bits = |key, given: Option<&Spanned<i64>>, min, max, unset| {
            self.whole(key, given, min, max, unset).map(|bits| u8::try_from(bits).unwrap_or(8))
        };
        Ok(Place::Serial(Line {
            port: port.get_ref().clone(),
            baud: self.whole("baud", target.baud.as_ref(), 50, 12_000_000, 115_200)?,
            data_bits: bits("data_bits", target.data_bits.as_ref(), 7, 8, 8)?,
            parity: match target.parity.as_ref().map(|parity| *parity.get_ref()) {
                None | Some(Parity::None) => tokio_serial::Parity::None,
                Some(Parity::Even) => tokio_serial::Parity::Even,
                Some(Parity::Odd) => tokio_serial::Parity::Odd,
            },
            stop_bits: bits("stop_bits", target.stop_bits.as_ref(), 1, 2, 1)?,
            hardware_flow: target.flow.as_ref().is_some_and(|flow| *flow.get_ref() == Flow::Hardware),
        }))
    }

    fn verbs(&self, verbs: &Spanned<Vec<Verb>>) -> Result<Verbs, Mistake> {
        let of = verbs.get_ref();
        if of.is_empty() {
            return Err(self.wrong(verbs, "`verbs` names nothing that may be done; known: read, write"));
        }
        Ok(Verbs { read: of.contains(&Verb::Read), write: of.contains(&Verb::Write) })
    }

    fn token(&self, token: Spanned<written::Token>, targets: &[Target]) -> Result<Token, Mistake> {
        let span = token.span();
        let token = token.into_inner();
        let mut names = Vec::new();
        for name in &token.targets {
            let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
            if name.get_ref() != "*" && !known.contains(&name.get_ref().as_str()) {
                let what = format!("there is no target \"{}\"; {}", name.get_ref(), hint(name.get_ref(), &known));
                return Err(self.wrong(name, what));
            }
            names.push(name.get_ref().clone());
        }
        Ok(Token {
            name: self.name(&token.name)?,
            hash: self.hash(&token, &span)?,
            targets: if names.iter().any(|name| name == "*") { None } else { Some(names) },
            verbs: self.verbs(&token.verbs)?,
            expires: token.expires.as_ref().map(|expires| self.expires(expires)).transpose()?,
        })
    }

    /// The token's hash: as it is written, or of what a file or the environment holds.
    fn hash(&self, token: &written::Token, span: &std::ops::Range<usize>) -> Result<[u8; 32], Mistake> {
        let (secret, at) = match (&token.sha256, &token.file, &token.env) {
            (Some(digest), None, None) => {
                let digits = digest.get_ref();
                return hex(digits).ok_or_else(|| {
                    self.wrong(
                        digest,
                        "`sha256` must be the 64 hexadecimal digits that `printf %s TOKEN | sha256sum` prints",
                    )
                });
            }
            (None, Some(file), None) => {
                let path = self.folder.join(file.get_ref());
                let text = std::fs::read_to_string(&path)
                    .map_err(|why| self.wrong(file, format!("{}: {why}", path.display())))?;
                (text, file)
            }
            (None, None, Some(name)) => {
                let text = std::env::var(name.get_ref())
                    .map_err(|_| self.wrong(name, format!("the environment has no {}", name.get_ref())))?;
                (text, name)
            }
            _ => return Err(Mistake::at(self.text, span, "a token needs one of `sha256`, `file` and `env`")),
        };
        let secret = secret.trim();
        if secret.len() < SHORTEST_TOKEN {
            let what = format!(
                "a token of less than {SHORTEST_TOKEN} characters can be guessed; `openssl rand -hex 32` prints a good one"
            );
            return Err(self.wrong(at, what));
        }
        Ok(Sha256::digest(secret).into())
    }

    /// A moment; a day without a time ends with that day in UTC.
    fn expires(&self, expires: &Spanned<toml::value::Datetime>) -> Result<jiff::Timestamp, Mistake> {
        let text = expires.get_ref().to_string();
        let day = text.parse::<jiff::civil::Date>().ok().filter(|_| expires.get_ref().time.is_none());
        let end = day.and_then(|day| format!("{}T00:00:00Z", day.tomorrow().ok()?).parse().ok());
        let moment = end.or_else(|| text.parse().ok());
        moment.ok_or_else(|| {
            self.wrong(expires, "`expires` must be a day or a moment, as 2027-01-31 or 2027-01-31T12:00:00Z")
        })
    }
}

fn at<T>(key: &'static str, given: Option<&Spanned<T>>) -> Key {
    (key, given.map(Spanned::span))
}

fn of_serial(target: &written::Target) -> [Key; 6] {
    [
        at("port", target.port.as_ref()),
        at("baud", target.baud.as_ref()),
        at("data_bits", target.data_bits.as_ref()),
        at("parity", target.parity.as_ref()),
        at("stop_bits", target.stop_bits.as_ref()),
        at("flow", target.flow.as_ref()),
    ]
}

fn of_servers(target: &written::Target) -> [Key; 5] {
    [
        at("user", target.user.as_ref()),
        at("password", target.password.as_ref()),
        at("password_file", target.password_file.as_ref()),
        at("password_env", target.password_env.as_ref()),
        at("tls", target.tls.as_ref()),
    ]
}

/// 64 hexadecimal digits as bytes.
fn hex(digits: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        let from = at.saturating_mul(2);
        *byte = u8::from_str_radix(digits.get(from..from.saturating_add(2))?, 16).ok()?;
    }
    Some(bytes)
}
