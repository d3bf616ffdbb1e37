//! Telnet from the side of its user: RFC 854 and 855 with the options that a device console needs and no other.
//!
//! | option | RFC | whose |
//! | --- | --- | --- |
//! | BINARY | 856 | both sides |
//! | ECHO | 857 | the device's only |
//! | SUPPRESS-GO-AHEAD | 858 | both sides |
//! | TERMINAL-TYPE | 1091 | ours: one fixed name |
//! | NAWS, the window's size | 1073 | ours |
//! | COM-PORT, a serial port behind the device | 2217 | ours, where it is wanted |
//!
//! Everything else is refused, above all what would tell the other side about this computer (ENVIRON, AUTHENTICATION,
//! LINEMODE, X-DISPLAY). What both sides have agreed on is followed by the Q method (RFC 1143), which cannot fall into a
//! loop; more than [`VERBS_A_SECOND`] questions in one second are not answered, and counted.
//!
//! Nothing here does I/O: [`Telnet::receive`] hands out the device's data and the answers to send.
//!
//! ```
//! use codec::telnet::{Heard, Telnet};
//!
//! let mut telnet = Telnet::new(80, 24, false);
//! let (mut text, mut answers) = (Vec::new(), Vec::new());
//! // The device greets and offers to echo: IAC WILL ECHO.
//! telnet.receive(b"login: \xff\xfb\x01", 0, &mut |heard| match heard {
//!     Heard::Data(bytes) => text.extend_from_slice(bytes),
//!     Heard::Answer(bytes) => answers.extend_from_slice(bytes),
//!     _ => {}
//! });
//! assert_eq!(text, b"login: ");
//! assert_eq!(answers, b"\xff\xfd\x01"); // IAC DO ECHO
//! ```

mod com_port;
mod negotiation;
mod option;
mod stream;

pub use com_port::{Line, LineSetting, Modem, Parity, Reported};
pub use option::TelnetOption;

use negotiation::{Negotiation, Verb};
use stream::{Step, Stream};

/// Questions (WILL, WONT, DO, DONT) that are answered within one second.
pub const VERBS_A_SECOND: u32 = 64;
/// The longest subnegotiation that is kept; what is longer is skipped to its end and counted.
pub const MAX_SUBNEGOTIATION: usize = 4096;

/// The terminal that TERMINAL-TYPE names: the one this console's screen is like.
const TERMINAL: &[u8] = b"XTERM-256COLOR";

pub(crate) const IAC: u8 = 255;
pub(crate) const SB: u8 = 250;
pub(crate) const SE: u8 = 240;
const BREAK: u8 = 243;

/// What came of received bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Heard<'a> {
    /// Data of the device, without Telnet's own bytes.
    Data(&'a [u8]),
    /// To be sent to the device as it stands.
    Answer(&'a [u8]),
    /// An option came into force or went out of it; `ours` says whose side of it.
    Agreed {
        /// Which one.
        option: TelnetOption,
        /// Whether it is about what we do.
        ours: bool,
        /// Whether it is in force now.
        on: bool,
    },
    /// The device does not want what we asked for, or offered.
    Declined {
        /// Which option.
        option: TelnetOption,
        /// Whether it is about what we do.
        ours: bool,
    },
    /// The device asked for, or offered, what is never agreed to; an option's number (IANA, Telnet Options).
    Refused {
        /// Its number.
        code: u8,
        /// Whether it is about what we do.
        ours: bool,
    },
    /// The serial port behind the device says how it is.
    Reported(Reported),
    /// Something that was not understood or not allowed, and left out.
    LeftOut(LeftOut),
}

/// Why something of Telnet's own was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// More questions in one second than are answered.
    Flood,
    /// A subnegotiation longer than [`MAX_SUBNEGOTIATION`].
    TooLong,
    /// A subnegotiation whose end never came: another command began within it.
    NoEnd,
    /// A subnegotiation about an option that is not in force, or that cannot be read.
    Unreadable,
}

/// One connection's state. Starts with nothing agreed.
#[derive(Clone, Debug)]
pub struct Telnet {
    stream: Stream,
    ours: Negotiation,
    theirs: Negotiation,
    window: (u16, u16),
    com_port: bool,
    second: i64,
    verbs: u32,
}

impl Telnet {
    /// For a screen of so many columns and rows; with `com_port`, a serial port behind the device is asked for (RFC 2217).
    #[must_use]
    pub fn new(columns: u16, rows: u16, com_port: bool) -> Telnet {
        Telnet {
            stream: Stream::default(),
            ours: Negotiation::default(),
            theirs: Negotiation::default(),
            window: (columns, rows),
            com_port,
            second: i64::MIN,
            verbs: 0,
        }
    }

    /// What to send first: what we offer, and what we ask the device for. A device that knows no Telnet would take this
    /// for data, so it is sent to one that was called a Telnet device only.
    pub fn begin(&mut self, answer: &mut dyn FnMut(&[u8])) {
        for option in [TelnetOption::SuppressGoAhead, TelnetOption::Binary] {
            say(self.ours.ask(option, true).map(Verb::ours), option, answer);
            say(self.theirs.ask(option, true).map(Verb::theirs), option, answer);
        }
        if self.com_port {
            let option = TelnetOption::ComPort;
            say(self.ours.ask(option, true).map(Verb::ours), option, answer);
        }
    }

    /// Whether an option is in force, on our side or on the device's.
    #[must_use]
    pub fn agreed(&self, option: TelnetOption, ours: bool) -> bool {
        if ours { self.ours.on(option) } else { self.theirs.on(option) }
    }

    /// Takes what came, in pieces of any size. `now` is a clock in nanoseconds, for the limit of questions.
    pub fn receive(&mut self, mut bytes: &[u8], now: i64, heard: &mut dyn FnMut(Heard<'_>)) {
        while !bytes.is_empty() {
            let binary = self.theirs.on(TelnetOption::Binary);
            let (step, used) = self.stream.step(bytes, binary);
            match step {
                Step::Data(data) if !data.is_empty() => heard(Heard::Data(data)),
                Step::Data(_) => {}
                Step::Verb(verb, option) => self.verb(verb, option, now, heard),
                Step::Subnegotiation(body) => self.subnegotiation(&body, heard),
                Step::LeftOut(why) => heard(Heard::LeftOut(why)),
            }
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    /// The bytes that carry this data: IAC is doubled, and without BINARY a lone carriage return gets its NUL (RFC 854).
    pub fn escape(&self, data: &[u8], out: &mut dyn FnMut(&[u8])) {
        let text = !self.ours.on(TelnetOption::Binary);
        let mut from = 0;
        for (at, &byte) in data.iter().enumerate() {
            let lone = text && byte == b'\r' && data.get(at + 1) != Some(&b'\n');
            if byte == IAC || lone {
                out(data.get(from..=at).unwrap_or_default());
                out(if lone { b"\0" } else { &[IAC] });
                from = at + 1;
            }
        }
        if from < data.len() {
            out(data.get(from..).unwrap_or_default());
        }
    }

    /// The screen has another size; said where NAWS is in force (RFC 1073). A size of nothing is not said.
    pub fn resize(&mut self, columns: u16, rows: u16, answer: &mut dyn FnMut(&[u8])) {
        self.window = (columns, rows);
        if self.ours.on(TelnetOption::WindowSize) {
            self.say_window(answer);
        }
    }

    /// Asks the serial port behind the device for a setting; false, and nothing sent, where there is none (RFC 2217).
    pub fn set_line(&mut self, setting: LineSetting, answer: &mut dyn FnMut(&[u8])) -> bool {
        let there = self.ours.on(TelnetOption::ComPort);
        if there {
            setting.encode(&mut |body| subnegotiate(TelnetOption::ComPort, body, answer));
        }
        there
    }

    /// A break: Telnet's own command (RFC 854), which a device without COM-PORT understands.
    pub fn break_command(answer: &mut dyn FnMut(&[u8])) {
        answer(&[IAC, BREAK]);
    }

    fn verb(&mut self, verb: Verb, code: u8, now: i64, heard: &mut dyn FnMut(Heard<'_>)) {
        let second = now.div_euclid(1_000_000_000);
        if second != self.second {
            (self.second, self.verbs) = (second, 0);
        }
        self.verbs += 1;
        if self.verbs > VERBS_A_SECOND {
            return heard(Heard::LeftOut(LeftOut::Flood));
        }
        let known = TelnetOption::from_code(code);
        let ours = verb.is_about_us();
        let allowed = known.is_some_and(|option| if ours { option.ours(self.com_port) } else { option.theirs() });
        let Some(option) = known.filter(|_| allowed) else {
            // RFC 1143: what is refused is answered when it is wanted on, and not when it is off already.
            if verb.wants_on() {
                heard(Heard::Answer(&[IAC, if ours { Verb::Wont } else { Verb::Dont }.code(), code]));
                heard(Heard::Refused { code, ours });
            }
            return;
        };
        let side = if ours { &mut self.ours } else { &mut self.theirs };
        let (before, asked) = (side.on(option), side.asked(option));
        let reply = side.hear(option, verb.wants_on());
        let on = side.on(option);
        say(reply.map(|on| if ours { Verb::ours(on) } else { Verb::theirs(on) }), option, &mut |answer| {
            heard(Heard::Answer(answer));
        });
        if asked && !verb.wants_on() {
            heard(Heard::Declined { option, ours });
        }
        if before != on {
            heard(Heard::Agreed { option, ours, on });
            if on && ours && option == TelnetOption::WindowSize {
                self.say_window(&mut |answer| heard(Heard::Answer(answer)));
            }
        }
    }

    fn subnegotiation(&mut self, bytes: &[u8], heard: &mut dyn FnMut(Heard<'_>)) {
        const SEND: u8 = 1;
        const IS: u8 = 0;
        let Some((&code, body)) = bytes.split_first() else { return heard(Heard::LeftOut(LeftOut::Unreadable)) };
        let option = TelnetOption::from_code(code).filter(|option| self.ours.on(*option));
        match (option, body) {
            (Some(TelnetOption::TerminalType), [SEND]) => {
                let mut name = [IS; 1 + TERMINAL.len()];
                if let Some(rest) = name.get_mut(1..) {
                    rest.copy_from_slice(TERMINAL);
                }
                subnegotiate(TelnetOption::TerminalType, &name, &mut |answer| heard(Heard::Answer(answer)));
            }
            (Some(TelnetOption::ComPort), body) => match Reported::decode(body) {
                Some(reported) => heard(Heard::Reported(reported)),
                None => heard(Heard::LeftOut(LeftOut::Unreadable)),
            },
            _ => heard(Heard::LeftOut(LeftOut::Unreadable)),
        }
    }

    fn say_window(&self, answer: &mut dyn FnMut(&[u8])) {
        let (columns, rows) = self.window;
        if columns > 0 && rows > 0 {
            let ([a, b], [c, d]) = (columns.to_be_bytes(), rows.to_be_bytes());
            subnegotiate(TelnetOption::WindowSize, &[a, b, c, d], answer);
        }
    }
}

fn say(verb: Option<Verb>, option: TelnetOption, answer: &mut dyn FnMut(&[u8])) {
    if let Some(verb) = verb {
        answer(&[IAC, verb.code(), option.code()]);
    }
}

/// IAC SB option body IAC SE, with IAC in the body doubled (RFC 855).
fn subnegotiate(option: TelnetOption, body: &[u8], answer: &mut dyn FnMut(&[u8])) {
    answer(&[IAC, SB, option.code()]);
    for piece in body.split_inclusive(|byte| *byte == IAC) {
        answer(piece);
        if piece.last() == Some(&IAC) {
            answer(&[IAC]);
        }
    }
    answer(&[IAC, SE]);
}
