//! The sending side. The receiver drives: it asks for the start, and again for what did not arrive.

use super::{ACK, Check, EOT, FILL, MAX_ERRORS, NAK, SOH, STX, WANT_CRC, WANT_STREAM};
use crate::Millis;
use crate::line::{CAN, Line};
use crate::progress::{Ending, File, Protocol};
use alloc::format;
use alloc::vec::Vec;

/// How long the receiver may take to ask for the start.
const PATIENCE: Millis = 60_000;
/// How long it may take to answer a block, or to ask for the data (section 7.3: it asks again after 10 s).
const SILENCE: Millis = 30_000;
/// How long it may take to answer the end of a file.
const ANSWER: Millis = 10_000;
/// Names and ends that are not answered, in a row, before it is given up.
const UNANSWERED: u32 = 2;
/// How long it may take to answer the last word.
const FAREWELL: Millis = 2000;
/// A request to start that comes sooner after a block was sent before the block.
const STALE: Millis = 2000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Waits to be asked for the first block, or the name.
    Start,
    /// A name was sent; an empty one if there are no more files.
    Named,
    /// The name arrived; waits to be asked for the data.
    NameKnown,
    /// A block was sent, or blocks are being sent.
    Block,
    /// The end was sent.
    End,
}

#[derive(Debug)]
pub(crate) struct Send {
    protocol: Protocol,
    /// Those to come, the next one last.
    files: Vec<File>,
    file: Option<File>,
    state: State,
    check: Check,
    /// Blocks are sent without waiting.
    stream: bool,
    number: u8,
    /// Where the block under way begins, and its length.
    at: usize,
    len: usize,
    errors: u32,
    cancels: u8,
    /// What came last was a letter.
    spoke: bool,
    sent: Millis,
}

impl Send {
    pub(crate) fn begin(protocol: Protocol, mut files: Vec<File>, now: Millis, line: &mut Line) -> Send {
        files.reverse();
        let mut send = Send {
            protocol,
            file: None,
            files,
            state: State::Start,
            check: Check::Crc,
            stream: false,
            number: 0,
            at: 0,
            len: 0,
            errors: 0,
            cancels: 0,
            spoke: false,
            sent: now,
        };
        send.next_file(now, line);
        send
    }

    fn named(&self) -> bool {
        matches!(self.protocol, Protocol::Ymodem | Protocol::YmodemG)
    }

    fn next_file(&mut self, now: Millis, line: &mut Line) {
        self.file = self.files.pop();
        if let Some(file) = &self.file {
            line.begin_file(&file.name, Some(file.bytes.len() as u64));
        }
        self.state = State::Start;
        (self.at, self.len, self.errors) = (0, 0, 0);
        line.wait(now, PATIENCE);
    }

    pub(crate) fn byte(&mut self, now: Millis, byte: u8, line: &mut Line) {
        self.cancels = if byte == CAN { self.cancels.saturating_add(1) } else { 0 };
        if self.cancels >= 2 {
            return line.fail(Ending::CancelledByDevice);
        }
        let asked = byte == WANT_CRC || byte == WANT_STREAM;
        let spoke = core::mem::replace(&mut self.spoke, printable(byte));
        let stale = now.saturating_sub(self.sent) < STALE;
        if asked || byte == ACK || byte == NAK {
            line.progress.heard = true;
        }
        match (self.state, byte) {
            (State::Start, WANT_CRC | WANT_STREAM | NAK) => {
                self.check = if byte == NAK { Check::Sum } else { Check::Crc };
                self.stream = byte == WANT_STREAM;
                if self.named() { self.send_name(now, line) } else { self.send_data(now, line) }
            }
            (State::Named, ACK) if self.file.is_none() => line.end(Ending::Complete),
            (State::Named, ACK) => {
                self.state = State::NameKnown;
                line.wait(now, SILENCE);
            }
            // Without acknowledgements the name's is the request for the data.
            (State::Named, WANT_STREAM) if self.stream && self.file.is_some() => self.send_data(now, line),
            (State::Named, _) if byte == NAK || asked && !stale => self.again(now, line),
            (State::NameKnown, WANT_CRC | WANT_STREAM | NAK) => self.send_data(now, line),
            (State::Block, ACK) if !self.stream => {
                self.errors = 0;
                self.at = self.at.saturating_add(self.len);
                self.number = self.number.wrapping_add(1);
                self.send_block_or_end(now, line);
            }
            // The first block was lost as a whole: the receiver still asks for the start.
            (State::Block, _) if !self.stream && (byte == NAK || asked && self.at == 0 && !stale) => {
                self.again(now, line);
            }
            (State::End, ACK) => {
                line.file_done();
                if self.named() { self.next_file(now, line) } else { line.end(Ending::Complete) }
            }
            // The first end is refused by receivers that want to be sure.
            (State::End, NAK) => self.send_end(now, line),
            // A receiver on a terminal may leave without a word, as rx of lrzsz does: what is said now is the shell's, to
            // which another end (Ctrl D) would be a farewell. Every block was confirmed.
            (State::End, _) if !self.named() && (spoke && printable(byte) || matches!(byte, b'\r' | b'\n' | 0x1b)) => {
                line.file_done();
                line.end(Ending::Complete);
                line.give_back = true;
            }
            _ => {}
        }
    }

    pub(crate) fn timeout(&mut self, now: Millis, line: &mut Line) {
        match self.state {
            // Every file was confirmed: whether the last word was heard makes no difference to them.
            State::Named if self.file.is_none() && (self.stream || self.errors >= UNANSWERED) => {
                line.end(Ending::Complete);
            }
            State::Named | State::End if self.errors < UNANSWERED => {
                self.errors = self.errors.saturating_add(1);
                if self.state == State::Named { self.send_name(now, line) } else { self.send_end(now, line) }
            }
            _ => line.fail(Ending::NoAnswer),
        }
    }

    /// More of what is sent without waiting.
    pub(crate) fn more(&mut self, now: Millis, line: &mut Line) {
        if self.stream && self.state == State::Block {
            self.at = self.at.saturating_add(self.len);
            self.number = self.number.wrapping_add(1);
            self.send_block_or_end(now, line);
        }
    }

    /// Sends the name or the block once more.
    fn again(&mut self, now: Millis, line: &mut Line) {
        line.error();
        self.errors = self.errors.saturating_add(1);
        if self.errors > MAX_ERRORS {
            line.fail(Ending::TooManyErrors);
        } else if self.state == State::Named {
            self.send_name(now, line);
        } else {
            self.send_block(now, line);
        }
    }

    /// Block 0: name, size, time of change (YMODEM, section 5).
    fn send_name(&mut self, now: Millis, line: &mut Line) {
        let mut data = Vec::new();
        if let Some(file) = &self.file {
            data.extend_from_slice(file.name.as_bytes());
            data.truncate(200);
            let modified = file.modified.map(|modified| format!(" {modified:o}")).unwrap_or_default();
            data.extend_from_slice(format!("\0{}{modified}", file.bytes.len()).as_bytes());
        }
        data.resize(if data.len() < 128 { 128 } else { 1024 }, 0);
        self.transmit(now, 0, &data, line);
        self.state = State::Named;
        line.wait(now, if self.file.is_none() { FAREWELL } else { ANSWER });
    }

    fn send_data(&mut self, now: Millis, line: &mut Line) {
        (self.at, self.number, self.errors) = (0, 1, 0);
        self.send_block_or_end(now, line);
    }

    fn send_block_or_end(&mut self, now: Millis, line: &mut Line) {
        let size = self.file.as_ref().map_or(0, |file| file.bytes.len());
        line.progress.done = self.at.min(size) as u64;
        if self.at < size { self.send_block(now, line) } else { self.send_end(now, line) }
    }

    fn send_block(&mut self, now: Millis, line: &mut Line) {
        let rest = self.file.as_ref().and_then(|file| file.bytes.get(self.at..)).unwrap_or_default();
        let long = self.protocol != Protocol::Xmodem && self.check == Check::Crc && rest.len() > 896;
        let len = if long { 1024 } else { 128 };
        let mut data = rest.get(..len.min(rest.len())).unwrap_or_default().to_vec();
        data.resize(len, FILL);
        self.len = len;
        self.state = State::Block;
        self.transmit(now, self.number, &data, line);
        if self.stream {
            line.until = None;
        } else {
            line.wait(now, SILENCE);
        }
    }

    fn send_end(&mut self, now: Millis, line: &mut Line) {
        self.state = State::End;
        line.send(&[EOT]);
        line.wait(now, ANSWER);
    }

    fn transmit(&mut self, now: Millis, number: u8, data: &[u8], line: &mut Line) {
        let mut block = Vec::with_capacity(data.len().saturating_add(5));
        block.extend_from_slice(&[if data.len() == 128 { SOH } else { STX }, number, !number]);
        block.extend_from_slice(data);
        let check = self.check.of(data);
        block.extend_from_slice(check.get(2usize.saturating_sub(self.check.len())..).unwrap_or_default());
        line.out.push_back(block);
        self.sent = now;
    }
}

/// A single letter may be a spoilt answer; no bit that turns makes one a line break or the beginning of a control sequence.
fn printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}
