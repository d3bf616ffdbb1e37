//! The sending side: a stream of subpackets from wherever the receiver says.

mod window;

use super::parse::{Found, Parser};
use super::{CRC32, Header, Writer, can, end, kind};
use crate::Millis;
use crate::line::Line;
use crate::progress::{Ending, File};
use alloc::format;
use alloc::vec::Vec;
use window::{ASK_EVERY, Window};

/// Before the receiver is called again.
const CALL: Millis = 4000;
/// Before an answer is asked for again.
const ANSWER: Millis = 10_000;
/// An invitation that comes sooner after a file was offered was sent before the offer.
const STALE: Millis = 2000;
/// Bytes of a subpacket (section 7.4).
const SUBPACKET: usize = 1024;
/// Calls, and errors in a row without progress, before it is given up.
const MAX_ERRORS: u32 = 15;
/// Times in a row that nothing was answered, by a receiver that was heard before.
const UNANSWERED: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Waits to be invited.
    Called,
    /// Offered a file, waits for a position.
    Offered,
    /// Sends data; `begin` if a header comes first.
    Streaming { begin: bool },
    /// Waits until what was sent has been taken; `whole` if all of it has to be.
    Paused { whole: bool },
    /// Sent the end of the file.
    Ended,
    /// Said farewell.
    Farewell,
}

#[derive(Debug)]
pub(crate) struct Send {
    parser: Parser,
    state: State,
    writer: Writer,
    /// Those to come, the next one last.
    files: Vec<File>,
    file: Option<File>,
    at: usize,
    /// Bytes the receiver takes before it must be waited for; 0 for no bound. And where the frame under way began.
    buffer: usize,
    frame: usize,
    /// How far the receiver has been, as it said itself when it asked, and when it confirmed.
    asked: usize,
    confirmed: usize,
    errors: u32,
    /// Times in a row that nothing was answered.
    silent: u32,
    /// Letters that came since the last header.
    letters: u8,
    /// Letters came where the receiver's word should, and it was asked whether it is there.
    spoken_to: bool,
    window: Window,
    sent: Millis,
}

impl Send {
    pub(crate) fn begin(mut files: Vec<File>, now: Millis, line: &mut Line) -> Send {
        files.reverse();
        line.out.push_back(Header::new(kind::ZRQINIT).hex());
        line.wait(now, CALL);
        let file = files.pop();
        if let Some(file) = &file {
            line.begin_file(&file.name, Some(file.bytes.len() as u64));
        }
        Send {
            parser: Parser::new(),
            state: State::Called,
            writer: Writer::default(),
            files,
            file,
            at: 0,
            buffer: 0,
            frame: 0,
            asked: 0,
            confirmed: 0,
            errors: 0,
            silent: 0,
            letters: 0,
            spoken_to: false,
            window: Window::new(),
            sent: now,
        }
    }

    fn size(&self) -> usize {
        self.file.as_ref().map_or(0, |file| file.bytes.len())
    }

    pub(crate) fn byte(&mut self, now: Millis, byte: u8, line: &mut Line) {
        match self.parser.byte(byte) {
            None => self.letter(now, byte, line),
            Some(Found::Cancel) => line.fail(Ending::CancelledByDevice),
            Some(Found::Header(header)) => {
                line.progress.heard = true;
                (self.letters, self.spoken_to) = (0, false);
                // What it said itself comes back from a device that repeats what it hears.
                if !matches!(header.kind, kind::ZRQINIT | kind::ZFILE | kind::ZDATA | kind::ZEOF) {
                    self.silent = 0;
                }
                self.header(now, header, line);
            }
            Some(Found::BadHeader) => {
                line.error();
                if self.state != State::Farewell {
                    line.out.push_back(Header::new(kind::ZNAK).hex());
                }
            }
            // A receiver sends no data.
            Some(Found::Data(_) | Found::BadData) => self.parser.taken(),
        }
    }

    fn header(&mut self, now: Millis, header: Header, line: &mut Line) {
        match (header.kind, self.state) {
            (kind::ZRINIT, state) => {
                let [low, high, _, flags] = header.data;
                self.writer = Writer { crc32: flags & can::CRC32 != 0, all: flags & can::ESCAPE != 0 };
                let overlapped = flags & (can::FULL_DUPLEX | can::OVERLAPPED) == can::FULL_DUPLEX | can::OVERLAPPED;
                let buffer = usize::from(u16::from_le_bytes([low, high]));
                self.buffer = if buffer == 0 && !overlapped { SUBPACKET } else { buffer };
                match state {
                    State::Called => self.offer(now, line),
                    State::Ended => {
                        line.file_done();
                        self.next(now, line);
                    }
                    // The offer was lost.
                    State::Offered if now.saturating_sub(self.sent) >= STALE => self.repeat(now, line),
                    // In the middle of a file: the receiver was started anew. It says from where on it wants the file.
                    State::Streaming { .. } | State::Paused { .. } if now.saturating_sub(self.sent) >= STALE => {
                        line.error();
                        line.out.clear();
                        line.progress.unconfirmed = 0;
                        self.offer(now, line);
                    }
                    _ => {}
                }
            }
            (kind::ZRPOS, State::Offered | State::Streaming { .. } | State::Paused { .. } | State::Ended) => {
                self.seek(now, header.position(), line);
            }
            (kind::ZACK, State::Streaming { .. } | State::Paused { .. }) => {
                self.confirm(now, header.position() as usize, line);
            }
            (kind::ZSKIP, State::Offered | State::Streaming { .. } | State::Paused { .. } | State::Ended) => {
                line.progress.skipped = line.progress.skipped.saturating_add(1);
                self.next(now, line);
            }
            (kind::ZCRC, State::Offered) => {
                let bytes = self.file.as_ref().map(|file| file.bytes.as_slice()).unwrap_or_default();
                let count = header.position() as usize;
                let part = if count == 0 { bytes } else { bytes.get(..count).unwrap_or(bytes) };
                line.out.push_back(Header::at(kind::ZCRC, CRC32.checksum(part)).hex());
                line.wait(now, ANSWER);
            }
            (kind::ZCHALLENGE, _) => line.out.push_back(Header { kind: kind::ZACK, ..header }.hex()),
            (kind::ZNAK, State::Called | State::Offered | State::Ended | State::Farewell) => {
                line.error();
                self.errors = self.errors.saturating_add(1);
                self.repeat(now, line);
            }
            (kind::ZFIN, State::Farewell) => {
                line.send(b"OO");
                line.end(Ending::Complete);
            }
            (kind::ZFERR, _) => line.fail(Ending::Refused),
            (kind::ZABORT | kind::ZCAN | kind::ZFIN, _) => line.fail(Ending::CancelledByDevice),
            _ => {}
        }
    }

    /// Goes on from where the receiver says.
    fn seek(&mut self, now: Millis, position: u32, line: &mut Line) {
        let position = (position as usize).min(self.size());
        if self.state != State::Offered {
            line.error();
            self.errors = if position > self.asked { 1 } else { self.errors.saturating_add(1) };
            if self.errors > MAX_ERRORS {
                return line.fail(Ending::TooManyErrors);
            }
            // What has not left yet would be in vain.
            line.out.clear();
        } else {
            self.errors = 0;
        }
        (self.at, self.asked, self.confirmed) = (position, position, position);
        self.window.begin(now, position);
        line.progress.unconfirmed = 0;
        line.progress.done = position as u64;
        self.state = State::Streaming { begin: true };
        self.sent = now;
        line.until = None;
    }

    /// The file is through: the next one, or farewell.
    fn next(&mut self, now: Millis, line: &mut Line) {
        self.file = self.files.pop();
        (self.errors, self.silent) = (0, 0);
        if let Some(file) = &self.file {
            line.begin_file(&file.name, Some(file.bytes.len() as u64));
        }
        self.offer(now, line);
    }

    fn offer(&mut self, now: Millis, line: &mut Line) {
        self.state = if self.file.is_some() { State::Offered } else { State::Farewell };
        (self.at, self.asked, self.confirmed) = (0, 0, 0);
        self.repeat(now, line);
    }

    /// Says once more what was said last.
    fn repeat(&mut self, now: Millis, line: &mut Line) {
        let mut out = Vec::new();
        match (self.state, &self.file) {
            (State::Called, _) => out = Header::new(kind::ZRQINIT).hex(),
            (State::Offered, Some(file)) => {
                let name = file.name.as_bytes();
                let name = name.get(..name.len().min(200)).unwrap_or_default();
                let left = self.files.len().saturating_add(1);
                let bytes =
                    self.files.iter().map(|file| file.bytes.len()).fold(file.bytes.len(), usize::saturating_add);
                let modified = file.modified.unwrap_or(0);
                let facts = format!("\0{} {modified:o} 0 0 {left} {bytes}\0", file.bytes.len());
                self.writer.header(Header::new(kind::ZFILE), &mut out);
                self.writer.subpacket(&[name, facts.as_bytes()].concat(), end::ZCRCW, &mut out);
            }
            (State::Ended, _) => {
                let size = u32::try_from(self.size()).unwrap_or(u32::MAX);
                self.writer.header(Header::at(kind::ZEOF, size), &mut out);
            }
            (State::Farewell, _) => out = Header::new(kind::ZFIN).hex(),
            _ => return,
        }
        line.out.push_back(out);
        self.sent = now;
        line.wait(now, if matches!(self.state, State::Called | State::Farewell) { CALL } else { ANSWER });
    }

    /// The next subpacket of the stream.
    pub(crate) fn more(&mut self, now: Millis, line: &mut Line) {
        let State::Streaming { begin } = self.state else { return };
        let bytes = self.file.as_ref().map(|file| file.bytes.as_slice()).unwrap_or_default();
        let rest = bytes.get(self.at..).unwrap_or_default();
        let mut out = Vec::with_capacity(SUBPACKET.saturating_mul(5) / 4);
        if begin {
            self.frame = self.at;
            self.writer.header(Header::at(kind::ZDATA, u32::try_from(self.at).unwrap_or(u32::MAX)), &mut out);
        }
        let data = rest.get(..rest.len().min(SUBPACKET)).unwrap_or_default();
        let last = data.len() == rest.len();
        let in_frame = self.at.saturating_add(data.len()).saturating_sub(self.frame);
        // Half of the receiver's buffer is free when it has to be waited for: the data grow as they are escaped.
        let full = self.buffer > 0 && in_frame.saturating_add(SUBPACKET) > self.buffer;
        let next = self.at.saturating_add(data.len());
        let held = next.saturating_sub(self.confirmed) >= self.window.bytes;
        let kind = match (last, full) {
            (true, _) => end::ZCRCE,
            (false, true) => end::ZCRCW,
            (false, false) if held || self.at / ASK_EVERY != next / ASK_EVERY => end::ZCRCQ,
            (false, false) => end::ZCRCG,
        };
        self.writer.subpacket(data, kind, &mut out);
        self.at = next;
        line.progress.done = self.at as u64;
        line.progress.unconfirmed = self.at.saturating_sub(self.confirmed) as u64;
        line.out.push_back(out);
        if last {
            self.state = State::Ended;
            self.repeat(now, line);
        } else if full || held {
            self.pause(now, full, line);
        } else {
            self.state = State::Streaming { begin: false };
        }
    }

    pub(crate) fn timeout(&mut self, now: Millis, line: &mut Line) {
        self.silent = self.silent.saturating_add(1);
        let most = if self.state == State::Called { MAX_ERRORS.saturating_add(1) } else { UNANSWERED };
        match self.state {
            // Every file has been confirmed; only the farewell is missing.
            State::Farewell if self.silent >= most => line.end(Ending::Complete),
            _ if self.silent >= most => line.fail(Ending::NoAnswer),
            // A shell speaks, and a receiver that is asked would have answered.
            State::Paused { whole: true } if self.spoken_to => line.fail(Ending::NoAnswer),
            // Nothing of the file, but a place in it: the receiver confirms it, or says from where on it wants more.
            State::Paused { whole } => {
                line.error();
                let mut out = Vec::new();
                if whole {
                    self.frame = self.at;
                    let at = u32::try_from(self.at).unwrap_or(u32::MAX);
                    self.writer.header(Header::at(kind::ZDATA, at), &mut out);
                }
                self.writer.subpacket(&[], end::ZCRCW, &mut out);
                line.out.push_back(out);
                self.pause(now, true, line);
            }
            _ => self.repeat(now, line),
        }
    }
}
