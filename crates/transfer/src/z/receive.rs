//! The receiving side: says where it is, and takes what comes from there on.

mod rest;

use super::parse::{Found, Parser};
use super::{Header, XON, can, end, kind};
use crate::Millis;
use crate::line::Line;
use crate::name::clean;
use crate::progress::{Ending, File};
use alloc::vec::Vec;
use rest::Rest;

/// Before the sender is invited again.
const INVITE: Millis = 4000;
/// Before a position is asked for again (section 8.2: ten seconds).
const SILENCE: Millis = 10_000;
/// A position that was asked for is not asked for again sooner, whatever still comes from before.
const ASKED: Millis = 1000;
/// How long the sender's last word may take.
const FAREWELL: Millis = 500;
/// Errors in a row, without a byte of the file between them, before it is given up.
const MAX_ERRORS: u32 = 15;
/// Positions asked for in a row to which nothing came.
const UNANSWERED: u32 = 3;
/// Invitations in a row, of which none was answered, to a sender that was heard before.
const UNHEEDED: u32 = 7;

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// Waits for a file, or for the end.
    Between,
    /// Waits for the check sequence of what is there of the file.
    Checking,
    /// Receives the file.
    Within,
    /// Waits for "OO".
    Farewell { letters: u8 },
}

#[derive(Debug)]
pub(crate) struct Receive {
    parser: Parser,
    state: State,
    /// The header whose subpacket is awaited.
    kind: u8,
    /// Whether the data that come are those awaited.
    in_place: bool,
    file: File,
    size: Option<u64>,
    errors: u32,
    /// Times in a row that nothing came.
    silent: u32,
    /// Sent when something is to be asked for again: the sender named it.
    attention: Vec<u8>,
    asked: Option<Millis>,
    /// What is there of a file that was broken off.
    pub(crate) rest: Rest,
}

impl Receive {
    pub(crate) fn begin(now: Millis, line: &mut Line) -> Receive {
        let mut receive = Receive {
            parser: Parser::new(),
            state: State::Between,
            kind: kind::ZRQINIT,
            in_place: false,
            file: File { name: "".into(), bytes: Vec::new(), modified: None },
            size: None,
            errors: 0,
            silent: 0,
            attention: Vec::new(),
            asked: None,
            rest: Rest::default(),
        };
        receive.invite(now, line);
        receive
    }

    fn invite(&mut self, now: Millis, line: &mut Line) {
        let flags = can::FULL_DUPLEX | can::OVERLAPPED | can::CRC32;
        line.out.push_back(Header { kind: kind::ZRINIT, data: [0, 0, 0, flags] }.hex());
        line.wait(now, INVITE);
    }

    fn position(&self) -> u32 {
        u32::try_from(self.file.bytes.len()).unwrap_or(u32::MAX)
    }

    /// After both have said that they are done. Whatever is not of that is somebody else's: a shell's prompt, or another
    /// transfer's beginning.
    fn farewell(&mut self, byte: u8, letters: u8, line: &mut Line) {
        let letters = letters.saturating_add(u8::from(byte == b'O'));
        self.state = State::Farewell { letters };
        match self.parser.byte(byte) {
            _ if letters >= 2 => line.end(Ending::Complete),
            // Ours was lost.
            Some(Found::Header(header)) if header.kind == kind::ZFIN => line.out.push_back(header.hex()),
            Some(_) => line.end(Ending::Complete),
            None if self.parser.idle() && !matches!(byte & 0x7f, b'O' | b'\r' | b'\n' | XON) => {
                line.end(Ending::Complete);
                line.give_back = true;
            }
            None => {}
        }
    }

    pub(crate) fn byte(&mut self, now: Millis, byte: u8, line: &mut Line) {
        if let State::Farewell { letters } = self.state {
            return self.farewell(byte, letters, line);
        }
        let found = self.parser.byte(byte);
        if self.parser.within() || found.is_some() {
            line.wait(now, SILENCE);
        }
        match found {
            None => {}
            Some(Found::Cancel) => line.fail(Ending::CancelledByDevice),
            Some(Found::Header(header)) => {
                line.progress.heard = true;
                // Its own words come back from a device that repeats what it hears.
                if !matches!(header.kind, kind::ZRINIT | kind::ZRPOS | kind::ZACK) {
                    self.silent = 0;
                }
                self.header(now, header, line);
            }
            Some(Found::Data(end)) => {
                self.silent = 0;
                let data = core::mem::take(&mut self.parser.data);
                self.subpacket(now, &data, end, line);
                self.parser.data = data;
                self.parser.taken();
            }
            Some(Found::BadHeader) => self.spoilt(now, line),
            Some(Found::BadData) if self.kind == kind::ZDATA && !self.in_place => {}
            Some(Found::BadData) => self.spoilt(now, line),
        }
    }

    /// Something that should have been understood was not.
    fn spoilt(&mut self, now: Millis, line: &mut Line) {
        line.error();
        self.in_place = false;
        match self.state {
            State::Within => self.ask(now, line),
            State::Between => {
                line.out.push_back(Header::new(kind::ZNAK).hex());
                line.wait(now, INVITE);
            }
            State::Checking => self.begin_at(now, 0, line),
            State::Farewell { .. } => {}
        }
    }

    /// Asks for the file from where it is.
    fn ask(&mut self, now: Millis, line: &mut Line) {
        self.errors = self.errors.saturating_add(1);
        if self.errors > MAX_ERRORS {
            return line.fail(Ending::TooManyErrors);
        }
        if !self.attention.is_empty() {
            line.send(&self.attention);
        }
        line.out.push_back(Header::at(kind::ZRPOS, self.position()).hex());
        self.asked = Some(now);
        line.wait(now, SILENCE);
    }

    fn header(&mut self, now: Millis, header: Header, line: &mut Line) {
        self.kind = header.kind;
        let within = matches!(self.state, State::Within | State::Checking);
        match header.kind {
            kind::ZCRC if self.state == State::Checking => self.checked(now, header.position(), line),
            _ if self.state == State::Checking && header.kind == kind::ZNAK => self.begin_at(now, 0, line),
            kind::ZRQINIT => {
                // In the middle of a file: the sender was started anew. What came may be the beginning of what it offers.
                let begun = if within { self.take_begun() } else { None };
                self.rest.part = begun.or_else(|| self.rest.part.take());
                (self.state, self.in_place) = (State::Between, false);
                self.invite(now, line);
            }
            kind::ZDATA if within => {
                self.in_place = header.position() == self.position();
                if !self.in_place && !self.just_asked(now) {
                    line.error();
                    self.ask(now, line);
                }
            }
            kind::ZEOF if within && header.position() == self.position() => self.end_of_file(now, line),
            // Sent before it was read that something is missing.
            kind::ZEOF if within && !self.just_asked(now) => {
                line.error();
                self.ask(now, line);
            }
            // Our invitation was lost.
            kind::ZEOF if !within => self.invite(now, line),
            kind::ZNAK if within => self.ask(now, line),
            kind::ZNAK => self.invite(now, line),
            kind::ZFIN => {
                line.out.push_back(Header::new(kind::ZFIN).hex());
                if within {
                    return line.fail(Ending::Short);
                }
                self.state = State::Farewell { letters: 0 };
                line.wait(now, FAREWELL);
            }
            kind::ZFREECNT => line.out.push_back(Header::at(kind::ZACK, u32::MAX).hex()),
            kind::ZCHALLENGE => line.out.push_back(Header { kind: kind::ZACK, ..header }.hex()),
            kind::ZABORT | kind::ZCAN => line.fail(Ending::CancelledByDevice),
            kind::ZFERR => line.fail(Ending::Refused),
            // A device orders nothing here: the answer is "failed" (section 11.19).
            kind::ZCOMMAND => line.out.push_back(Header::at(kind::ZCOMPL, 1).hex()),
            _ => {}
        }
    }

    fn just_asked(&self, now: Millis) -> bool {
        self.asked.is_some_and(|asked| now.saturating_sub(asked) < ASKED)
    }

    fn subpacket(&mut self, now: Millis, data: &[u8], end: u8, line: &mut Line) {
        match self.kind {
            kind::ZSINIT => {
                let attention = data.split(|byte| *byte == 0).next().unwrap_or_default();
                // A break and a pause (section 11.3) are left out.
                self.attention = attention.iter().copied().filter(|byte| *byte < 0xdd).take(32).collect();
                line.out.push_back(Header::at(kind::ZACK, 1).hex());
            }
            kind::ZFILE if self.state == State::Between => self.begin_file(now, data, line),
            // The answer to it was lost, or crossed it.
            // It does not know what it was asked.
            kind::ZFILE if self.state == State::Checking => self.begin_at(now, 0, line),
            kind::ZFILE if self.state == State::Within && self.file.bytes.is_empty() && !self.just_asked(now) => {
                self.ask(now, line);
            }
            kind::ZDATA if self.in_place && self.state == State::Within => self.data(data, end, line),
            _ => {}
        }
    }

    /// Section 9: the name, a zero, then size, time of change (octal), and what is of no use here.
    fn begin_file(&mut self, now: Millis, data: &[u8], line: &mut Line) {
        let mut parts = data.split(|byte| *byte == 0);
        let name = clean(parts.next().unwrap_or_default());
        let facts = core::str::from_utf8(parts.next().unwrap_or_default()).unwrap_or_default();
        let mut facts = facts.split(' ');
        self.size = facts.next().and_then(|size| size.parse().ok());
        let modified =
            facts.next().and_then(|octal| u64::from_str_radix(octal, 8).ok()).filter(|modified| *modified > 0);
        line.begin_file(&name, self.size);
        self.file = File { name, bytes: Vec::new(), modified };
        if !line.fits(self.size.unwrap_or(0)) {
            return line.fail(Ending::TooLarge);
        }
        if self.rest.part.as_ref().is_some_and(|part| part.is_of(&self.file, self.size)) {
            return self.check(now, line);
        }
        self.begin_at(now, 0, line);
    }

    fn data(&mut self, data: &[u8], end: u8, line: &mut Line) {
        self.file.bytes.extend_from_slice(data);
        let len = self.file.bytes.len() as u64;
        line.progress.done = len;
        if !line.fits(len) {
            return line.fail(Ending::TooLarge);
        }
        if !data.is_empty() {
            self.errors = 0;
        }
        if end == end::ZCRCQ || end == end::ZCRCW {
            line.out.push_back(Header::at(kind::ZACK, self.position()).hex());
        }
        if end == end::ZCRCE || end == end::ZCRCW {
            self.in_place = false;
        }
    }

    fn end_of_file(&mut self, now: Millis, line: &mut Line) {
        let empty = File { name: "".into(), bytes: Vec::new(), modified: None };
        line.received(core::mem::replace(&mut self.file, empty));
        self.state = State::Between;
        (self.in_place, self.errors) = (false, 0);
        self.invite(now, line);
    }

    pub(crate) fn timeout(&mut self, now: Millis, line: &mut Line) {
        match self.state {
            State::Farewell { .. } => return line.end(Ending::Complete),
            State::Checking => return self.begin_at(now, 0, line),
            State::Within | State::Between => self.silent = self.silent.saturating_add(1),
        }
        let (within, heard) = (self.state == State::Within, line.progress.heard);
        let most = if within {
            UNANSWERED
        } else if heard {
            UNHEEDED
        } else {
            MAX_ERRORS.saturating_add(1)
        };
        if self.silent >= most {
            line.fail(Ending::NoAnswer);
        } else if within {
            line.error();
            self.ask(now, line);
        } else {
            self.invite(now, line);
        }
    }
}
