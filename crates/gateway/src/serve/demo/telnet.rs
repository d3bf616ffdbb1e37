//! The boiler's shell over Telnet (RFC 854, 855): the device's side of it, which echoes (RFC 857).

use sim::Boiler;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const IAC: u8 = 255;
const SB: u8 = 250;
const SE: u8 = 240;
const WILL: u8 = 251;
const WONT: u8 = 252;
const DO: u8 = 253;
const DONT: u8 = 254;
const BINARY: u8 = 0;
const ECHO: u8 = 1;
const GO_AHEAD: u8 = 3;
const WINDOW: u8 = 31;

/// Serves one user.
pub(super) async fn serve(mut stream: TcpStream, mut boiler: Boiler) -> std::io::Result<()> {
    let mut telnet = Telnet::default();
    let mut out = telnet.begin();
    out.extend(boiler.greeting().into_bytes());
    stream.write_all(&out).await?;
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut bytes = [0; 1024];
    while !boiler.gone() {
        let mut text = Vec::new();
        out.clear();
        tokio::select! {
            read = stream.read(&mut bytes) => match bytes.get(..read?) {
                None | Some([]) => return Ok(()),
                Some(came) => {
                    let mut data = Vec::new();
                    telnet.receive(came, &mut data, &mut out);
                    boiler.receive(&data, telnet.ours(ECHO), &mut text);
                }
            },
            _ = second.tick() => boiler.second(&mut text),
        }
        for byte in text {
            out.extend(std::iter::repeat_n(byte, if byte == IAC { 2 } else { 1 }));
        }
        stream.write_all(&out).await?;
    }
    stream.shutdown().await
}

/// Whether an option is in force; asked for, it is not yet answered (RFC 1143).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Asked,
    On,
}

#[derive(Clone, Copy)]
enum At {
    Data,
    Iac,
    Verb(u8),
    Sub,
    SubIac,
}

/// What both sides have agreed on.
struct Telnet {
    ours: BTreeMap<u8, Is>,
    theirs: BTreeMap<u8, Is>,
    at: At,
}

impl Default for Telnet {
    fn default() -> Self {
        Telnet { ours: BTreeMap::new(), theirs: BTreeMap::new(), at: At::Data }
    }
}

impl Telnet {
    /// We offer to echo and to send no go-ahead, and ask for the window's size.
    fn begin(&mut self) -> Vec<u8> {
        self.ours.extend([(ECHO, Is::Asked), (GO_AHEAD, Is::Asked)]);
        self.theirs.insert(WINDOW, Is::Asked);
        vec![IAC, WILL, ECHO, IAC, WILL, GO_AHEAD, IAC, DO, WINDOW]
    }

    fn ours(&self, option: u8) -> bool {
        self.ours.get(&option) == Some(&Is::On)
    }

    /// Parts what came into what was typed and what is to be answered.
    fn receive(&mut self, bytes: &[u8], data: &mut Vec<u8>, answer: &mut Vec<u8>) {
        for byte in bytes {
            self.at = match (self.at, *byte) {
                (At::Data, IAC) => At::Iac,
                (At::Data, byte) => {
                    data.push(byte);
                    At::Data
                }
                (At::Iac, IAC) => {
                    data.push(IAC);
                    At::Data
                }
                (At::Iac, verb @ (WILL | WONT | DO | DONT)) => At::Verb(verb),
                (At::Iac, SB) => At::Sub,
                (At::Iac, _) => At::Data,
                (At::Verb(verb), option) => {
                    self.asked(verb, option, answer);
                    At::Data
                }
                (At::Sub, IAC) => At::SubIac,
                (At::SubIac, SE) => At::Data,
                // Nothing that stands in one is of use to a boiler.
                (At::Sub | At::SubIac, _) => At::Sub,
            };
        }
    }

    /// Answers only what changes something, so that no loop comes of it (RFC 1143).
    fn asked(&mut self, verb: u8, option: u8, answer: &mut Vec<u8>) {
        let ours = matches!(verb, DO | DONT);
        let (side, may, yes, no) = match ours {
            true => (&mut self.ours, [BINARY, ECHO, GO_AHEAD].as_slice(), WILL, WONT),
            false => (&mut self.theirs, [BINARY, GO_AHEAD, WINDOW].as_slice(), DO, DONT),
        };
        if matches!(verb, DO | WILL) {
            if may.contains(&option) {
                if side.insert(option, Is::On).is_none() {
                    answer.extend([IAC, yes, option]);
                }
            } else {
                answer.extend([IAC, no, option]);
            }
        } else if side.remove(&option) == Some(Is::On) {
            answer.extend([IAC, no, option]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::telnet::{Heard, Telnet as User, TelnetOption};

    #[test]
    fn it_agrees_with_the_consoles_own_side_and_comes_to_rest() {
        let (mut device, mut user) = (Telnet::default(), User::new(80, 24, false));
        let (mut to_user, mut to_device, mut typed) = (device.begin(), Vec::new(), Vec::new());
        user.begin(&mut |bytes| to_device.extend_from_slice(bytes));
        let mut rounds = 0;
        while !(to_user.is_empty() && to_device.is_empty()) {
            rounds += 1;
            assert!(rounds < 6, "they go on answering each other");
            let mut next = Vec::new();
            // Byte by byte, as it may come.
            for byte in to_device.drain(..) {
                device.receive(&[byte], &mut typed, &mut next);
            }
            user.receive(&std::mem::replace(&mut to_user, next), 0, &mut |heard| {
                if let Heard::Answer(bytes) = heard {
                    to_device.extend_from_slice(bytes);
                }
            });
        }
        assert!(device.ours(ECHO) && user.agreed(TelnetOption::Echo, false));
        assert!(user.agreed(TelnetOption::SuppressGoAhead, false) && user.agreed(TelnetOption::WindowSize, true));
        assert!(typed.is_empty(), "what was agreed on is no text: {typed:?}");
        device.receive(&[b'a', IAC, IAC, b'b', IAC, 241, b'c'], &mut typed, &mut to_user);
        assert_eq!(typed, [b'a', IAC, b'b', b'c']);
    }

    #[test]
    fn what_it_does_not_know_is_refused_and_what_is_taken_back_is_answered_once() {
        let mut device = Telnet::default();
        device.begin();
        let mut ask = |bytes: &[u8]| {
            let (mut data, mut answer) = (Vec::new(), Vec::new());
            device.receive(bytes, &mut data, &mut answer);
            answer
        };
        assert_eq!(ask(&[IAC, WILL, 39, IAC, DO, 34]), [IAC, DONT, 39, IAC, WONT, 34]);
        // The answer to our own offer is not answered.
        assert!(ask(&[IAC, DO, ECHO]).is_empty());
        assert_eq!(ask(&[IAC, DONT, ECHO]), [IAC, WONT, ECHO]);
        assert!(ask(&[IAC, DONT, ECHO, IAC, WONT, WINDOW]).is_empty());
    }
}
