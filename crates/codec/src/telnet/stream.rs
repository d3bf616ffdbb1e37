//! Telnet's bytes cut into data, commands and subnegotiations, wherever a piece ends (RFC 854, RFC 855).

use super::negotiation::Verb;
use super::{IAC, LeftOut, MAX_SUBNEGOTIATION, SB, SE};
use alloc::vec::Vec;

/// What a run of bytes was.
pub(super) enum Step<'a> {
    /// Data, or nothing yet where it is empty.
    Data(&'a [u8]),
    Verb(Verb, u8),
    Subnegotiation(Vec<u8>),
    LeftOut(LeftOut),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Data,
    /// After a carriage return of text: a NUL is Telnet's own.
    Return,
    Command,
    Verb(Verb),
    Sub,
    SubCommand,
}

/// Where in Telnet's grammar the bytes so far end.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    at: At,
    sub: Vec<u8>,
    /// The subnegotiation had more bytes than are kept: it is skipped to its end.
    long: bool,
}

impl Stream {
    /// Takes a run from the front of `bytes`, at least one; how many is the second number. `binary`: BINARY is in force.
    pub(super) fn step<'a>(&mut self, bytes: &'a [u8], binary: bool) -> (Step<'a>, usize) {
        const NOTHING: Step<'static> = Step::Data(&[]);
        let Some(&byte) = bytes.first() else { return (NOTHING, 0) };
        let (step, next) = match (self.at, byte) {
            (At::Return, 0) => (NOTHING, At::Data),
            (At::Data | At::Return, IAC) => (NOTHING, At::Command),
            (At::Data | At::Return, _) => return self.data(bytes, binary),
            (At::Command, IAC) => (Step::Data(bytes.get(..1).unwrap_or_default()), At::Data),
            (At::Command, SB) => {
                self.sub.clear();
                self.long = false;
                (NOTHING, At::Sub)
            }
            // NOP, the data mark, go-ahead and the rest of RFC 854's commands ask nothing of a user's side.
            (At::Command, code) => (NOTHING, Verb::from_code(code).map_or(At::Data, At::Verb)),
            (At::Verb(verb), option) => (Step::Verb(verb, option), At::Data),
            (At::Sub, IAC) => (NOTHING, At::SubCommand),
            (At::SubCommand, SE) if self.long => (Step::LeftOut(LeftOut::TooLong), At::Data),
            (At::SubCommand, SE) => (Step::Subnegotiation(core::mem::take(&mut self.sub)), At::Data),
            (At::Sub, _) | (At::SubCommand, IAC) => {
                let room = self.sub.len() < MAX_SUBNEGOTIATION;
                if room {
                    self.sub.push(byte);
                }
                self.long |= !room;
                (NOTHING, At::Sub)
            }
            // IAC SE was lost: what follows is a command of its own, and what it says counts.
            (At::SubCommand, _) => {
                self.at = At::Command;
                return (Step::LeftOut(LeftOut::NoEnd), 0);
            }
        };
        self.at = next;
        (step, 1)
    }

    /// A run of data up to IAC, or up to and with a carriage return, behind which a NUL may be none.
    fn data<'a>(&mut self, bytes: &'a [u8], binary: bool) -> (Step<'a>, usize) {
        let ends = |byte: &u8| *byte == IAC || (!binary && *byte == b'\r');
        let at = bytes.iter().position(ends);
        let at_return = at.is_some_and(|at| bytes.get(at) == Some(&b'\r'));
        let len = at.map_or(bytes.len(), |at| at + usize::from(at_return));
        self.at = if at_return { At::Return } else { At::Data };
        (Step::Data(bytes.get(..len).unwrap_or_default()), len)
    }
}
