//! The receiving side, which drives: it asks for the start, and again for what did not arrive.

use super::{ACK, BACKSPACE, CANCELS, Check, EOT, MAX_ERRORS, NAK, SOH, STX, WANT_CRC, WANT_STREAM};
use crate::Millis;
use crate::line::{CAN, Line};
use crate::name::clean;
use crate::progress::{Ending, File, Protocol};
use alloc::vec::Vec;

/// Between two requests to start.
const ASK: Millis = 3000;
/// Requests to start: for a minute.
const ASKED: u32 = 20;
/// Requests with a CRC, before the sum is asked for (section 8.2).
const ASKED_WITH_CRC: u32 = 4;
/// Requests for the next file that a sender which waits for nothing may leave unheard before it counts as gone.
const UNHEARD: u32 = 2;
/// How long the next block may take to begin (section 7.3.2).
const BLOCK: Millis = 10_000;
/// Times in a row that nothing came before it is given up.
const UNANSWERED: u32 = 3;
/// How long a sender may take to say the end once more.
const END_AGAIN: Millis = 3000;
/// How long the next byte of a block may take.
const BYTE: Millis = 1500;
/// For how long the line must be at rest after garbage, before anything is asked for again.
const REST: Millis = 300;

#[derive(Debug)]
enum State {
    /// Waits for a block, an end or a cancel.
    Between,
    /// Within a block.
    Block { len: usize, bytes: Vec<u8> },
    /// Discards garbage until the line is at rest.
    Garbage,
}

#[derive(Debug)]
pub(crate) struct Receive {
    protocol: Protocol,
    state: State,
    check: Check,
    /// The number of the block awaited.
    number: u8,
    /// The block awaited is a name.
    name_due: bool,
    /// The sender has begun to send blocks.
    begun: bool,
    /// An end came, and nothing after it.
    ended: bool,
    asked: u32,
    errors: u32,
    /// Times in a row that nothing came.
    silent: u32,
    cancels: u8,
    /// Cancels in a row, and a backspace, came within a block that may yet turn out whole.
    told: bool,
    file: File,
    size: Option<u64>,
    /// Files to come after this one, where the sender counts them.
    left: Option<u32>,
}

impl Receive {
    pub(crate) fn begin(protocol: Protocol, name: &str, now: Millis, line: &mut Line) -> Receive {
        let name_due = matches!(protocol, Protocol::Ymodem | Protocol::YmodemG);
        let name = clean(name.as_bytes());
        if !name_due {
            line.begin_file(&name, None);
        }
        let mut receive = Receive {
            protocol,
            state: State::Between,
            check: Check::Crc,
            number: u8::from(!name_due),
            name_due,
            begun: false,
            ended: false,
            asked: 0,
            errors: 0,
            silent: 0,
            cancels: 0,
            told: false,
            file: File { name, bytes: Vec::new(), modified: None },
            size: None,
            left: None,
        };
        receive.ask(now, line);
        receive
    }

    fn streams(&self) -> bool {
        self.protocol == Protocol::YmodemG
    }

    fn named(&self) -> bool {
        matches!(self.protocol, Protocol::Ymodem | Protocol::YmodemG)
    }

    /// Asks for the start.
    fn ask(&mut self, now: Millis, line: &mut Line) {
        let request = match self.check {
            Check::Crc if self.streams() => WANT_STREAM,
            Check::Crc => WANT_CRC,
            Check::Sum => NAK,
        };
        line.send(&[request]);
        line.wait(now, ASK);
    }

    pub(crate) fn byte(&mut self, now: Millis, byte: u8, line: &mut Line) {
        let told = self.cancels >= CANCELS && byte == BACKSPACE;
        self.cancels = if byte == CAN { self.cancels.saturating_add(1) } else { 0 };
        match &mut self.state {
            State::Between => self.first(now, byte, line),
            State::Block { len, bytes } => {
                self.told |= told;
                bytes.push(byte);
                if bytes.len() == *len {
                    let bytes = core::mem::take(bytes);
                    self.block(now, &bytes, line);
                } else {
                    line.wait(now, BYTE);
                }
            }
            State::Garbage if told => line.fail(Ending::CancelledByDevice),
            State::Garbage => line.wait(now, REST),
        }
    }

    fn first(&mut self, now: Millis, byte: u8, line: &mut Line) {
        let data = match byte {
            SOH => 128,
            STX => 1024,
            CAN if self.cancels >= 2 => return line.fail(Ending::CancelledByDevice),
            CAN => return,
            EOT if !self.name_due => return self.end_of_file(now, line),
            // Our acknowledgement of the end was lost.
            EOT if line.progress.files_done > 0 => {
                line.send(&[ACK]);
                return self.ask(now, line);
            }
            // The sender is gone and a shell speaks.
            _ if self.left == Some(0) && self.unclosed(line) && !matches!(byte, b'\r' | b'\n' | ACK | WANT_STREAM) => {
                line.end(Ending::Complete);
                line.give_back = true;
                return;
            }
            // What a device says before it begins to send is not ours to repair.
            _ if !self.begun => return,
            _ => {
                (self.state, self.ended) = (State::Garbage, false);
                return line.wait(now, REST);
            }
        };
        self.begun = true;
        self.told = false;
        line.progress.heard = true;
        let len = self.check.len().saturating_add(data).saturating_add(2);
        self.state = State::Block { len, bytes: Vec::with_capacity(len) };
        line.wait(now, BYTE);
    }

    /// A block without its first byte: number, its complement, data, check sequence.
    fn block(&mut self, now: Millis, bytes: &[u8], line: &mut Line) {
        self.state = State::Between;
        let (head, rest) = bytes.split_at_checked(2).unwrap_or_default();
        let (data, check) = rest.split_at_checked(rest.len().saturating_sub(self.check.len())).unwrap_or_default();
        let &[number, complement] = head else { return };
        if number != !complement || !self.check.of(data).ends_with(check) {
            if self.told {
                return line.fail(Ending::CancelledByDevice);
            }
            if self.streams() {
                // Nothing can be asked for again.
                return line.fail(Ending::TooManyErrors);
            }
            self.state = State::Garbage;
            return line.wait(now, REST);
        }
        self.ended = false;
        if number == self.number {
            (self.errors, self.silent) = (0, 0);
            if self.name_due { self.name(now, data, line) } else { self.data(now, data, line) }
        } else if number == self.number.wrapping_sub(1) && (self.named() || !self.file.bytes.is_empty()) {
            // Our acknowledgement was lost.
            line.error();
            line.send(&[ACK]);
            line.wait(now, BLOCK);
            if self.named() && number == 0 && self.file.bytes.is_empty() {
                self.begun = false;
                self.ask(now, line);
            }
        } else {
            line.fail(Ending::OutOfStep);
        }
    }

    /// Whether a file has come, none has begun since, and the sender may have gone without its last word being heard: one
    /// that streams waits for no answer to the empty name, and gives the terminal back at once, which throws away what
    /// has not been read of it.
    fn unclosed(&self, line: &Line) -> bool {
        self.streams() && self.name_due && !self.begun && line.progress.files_done > 0
    }

    /// Block 0 (YMODEM, section 5): the name, a zero, the size in decimal, the time of change in octal; and, as lrzsz has
    /// it, mode, serial number, and how many files are left with this one.
    fn name(&mut self, now: Millis, data: &[u8], line: &mut Line) {
        line.send(&[ACK]);
        let mut parts = data.split(|byte| *byte == 0);
        let name = parts.next().unwrap_or_default();
        if name.is_empty() {
            return line.end(Ending::Complete);
        }
        let facts = core::str::from_utf8(parts.next().unwrap_or_default()).unwrap_or_default();
        let mut facts = facts.split(' ');
        self.size = facts.next().and_then(|size| size.parse().ok());
        let modified =
            facts.next().and_then(|octal| u64::from_str_radix(octal, 8).ok()).filter(|modified| *modified > 0);
        self.left = facts.nth(2).and_then(|left| left.parse::<u32>().ok()).and_then(|left| left.checked_sub(1));
        self.file = File { name: clean(name), bytes: Vec::new(), modified };
        line.begin_file(&self.file.name, self.size);
        if !line.fits(self.size.unwrap_or(0)) {
            return line.fail(Ending::TooLarge);
        }
        (self.name_due, self.begun, self.number, self.asked) = (false, false, 1, 0);
        self.ask(now, line);
    }

    fn data(&mut self, now: Millis, data: &[u8], line: &mut Line) {
        self.file.bytes.extend_from_slice(data);
        let len = self.file.bytes.len() as u64;
        line.progress.done = self.size.map_or(len, |size| len.min(size));
        if !line.fits(len.min(self.size.unwrap_or(u64::MAX))) {
            return line.fail(Ending::TooLarge);
        }
        self.number = self.number.wrapping_add(1);
        if !self.streams() {
            line.send(&[ACK]);
        }
        line.wait(now, BLOCK);
    }

    /// The first end is refused once: a spoilt byte may look like one.
    fn end_of_file(&mut self, now: Millis, line: &mut Line) {
        if !self.ended && !self.streams() {
            (self.begun, self.ended) = (true, true);
            line.send(&[NAK]);
            return line.wait(now, END_AGAIN);
        }
        self.keep(now, line);
    }

    /// The file is whole.
    fn keep(&mut self, now: Millis, line: &mut Line) {
        line.send(&[ACK]);
        let empty = File { name: self.file.name.clone(), bytes: Vec::new(), modified: None };
        let mut file = core::mem::replace(&mut self.file, empty);
        if let Some(size) = self.size {
            if (file.bytes.len() as u64) < size {
                return line.fail(Ending::Short);
            }
            file.bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        }
        line.received(file);
        if !self.named() {
            return line.end(Ending::Complete);
        }
        (self.name_due, self.number, self.begun, self.ended) = (true, 0, false, false);
        (self.asked, self.errors, self.size) = (0, 0, None);
        self.ask(now, line);
    }

    pub(crate) fn timeout(&mut self, now: Millis, line: &mut Line) {
        if matches!(self.state, State::Block { .. }) && (self.told || self.cancels >= CANCELS) {
            return line.fail(Ending::CancelledByDevice);
        }
        if matches!(self.state, State::Between) {
            // Of a spoilt block more would have come by now: the end was one, of a sender that says it once.
            if self.ended {
                return self.keep(now, line);
            }
            self.silent = self.silent.saturating_add(1);
        }
        self.state = State::Between;
        if !self.begun {
            self.asked = self.asked.saturating_add(1);
            if self.asked >= UNHEARD && self.unclosed(line) && self.left.is_none_or(|left| left == 0) {
                let counted = self.left.is_some();
                return line.end(if counted { Ending::Complete } else { Ending::NotClosed });
            }
            if self.asked >= ASKED {
                let whole = self.name_due && line.progress.files_done > 0 && self.left.is_none_or(|left| left == 0);
                return line.fail(if whole { Ending::NotClosed } else { Ending::NoAnswer });
            }
            if self.asked >= ASKED_WITH_CRC && self.protocol == Protocol::Xmodem {
                self.check = Check::Sum;
            }
            return self.ask(now, line);
        }
        line.error();
        self.errors = self.errors.saturating_add(1);
        if self.errors > MAX_ERRORS || self.silent >= UNANSWERED {
            return line.fail(Ending::NoAnswer);
        }
        if self.streams() {
            // Nothing can be asked for again: a block was cut short, or none came any more.
            return line.fail(if self.silent > 0 { Ending::NoAnswer } else { Ending::TooManyErrors });
        }
        line.send(&[NAK]);
        line.wait(now, BLOCK);
    }
}
