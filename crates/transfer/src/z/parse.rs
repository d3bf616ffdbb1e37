//! Reading headers and subpackets, a byte at a time.

use super::{CRC16, CRC32, Header, XON, ZDLE, ZPAD, end, kind};
use alloc::vec::Vec;

/// Longest subpacket taken: eight times what the document has, as some senders send.
const LONGEST: usize = 8192;

/// How a sender begins: ZRQINIT in hexadecimal digits (section 7.3). One that is started anew says so wherever the one before
/// broke off, in the middle of a subpacket, too. What is data there looks otherwise: 18 hexadecimal is escaped.
const CALL: &[u8; 18] = b"**\x18B00000000000000";

/// What has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Header(Header),
    /// A header with a wrong check sequence.
    BadHeader,
    /// A subpacket: its bytes are in [`Parser::data`], and how it ends.
    Data(u8),
    /// A subpacket that was spoilt; what follows is looked at for a header.
    BadData,
    /// Five cancels in a row.
    Cancel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Looks for a header.
    Seek,
    /// Seen: ZPAD.
    Pad,
    /// Seen: ZPAD ZDLE.
    Style,
    Hex,
    Binary,
    /// Within a subpacket; `first` if nothing of it came yet after a header in hexadecimal digits.
    Data {
        first: bool,
    },
    /// The check sequence of a subpacket that ends so.
    Check(u8),
}

#[derive(Debug)]
pub(super) struct Parser {
    state: State,
    crc32: bool,
    escaped: bool,
    cancels: u8,
    /// So much of [`CALL`] has just come.
    called: usize,
    /// A header, or a check sequence.
    short: Vec<u8>,
    /// The subpacket.
    pub(super) data: Vec<u8>,
}

impl Parser {
    pub(super) fn new() -> Parser {
        let (short, data) = (Vec::with_capacity(16), Vec::new());
        Parser { state: State::Seek, crc32: false, escaped: false, cancels: 0, called: 0, short, data }
    }

    /// Whether nothing is under way.
    pub(super) fn idle(&self) -> bool {
        self.state == State::Seek
    }

    /// Whether a subpacket is under way.
    pub(super) fn within(&self) -> bool {
        matches!(self.state, State::Data { .. } | State::Check(_))
    }

    pub(super) fn byte(&mut self, byte: u8) -> Option<Found> {
        self.cancels = if byte == ZDLE { self.cancels.saturating_add(1) } else { 0 };
        if self.cancels >= 5 {
            self.cancels = 0;
            self.state = State::Seek;
            return Some(Found::Cancel);
        }
        if self.is_called(byte) && self.state != State::Hex {
            self.escaped = false;
            return self.bad(Found::Header(Header::new(kind::ZRQINIT)));
        }
        match self.state {
            State::Seek | State::Pad => {
                self.state = match byte {
                    ZPAD => State::Pad,
                    ZDLE if self.state == State::Pad => State::Style,
                    _ => State::Seek,
                };
                None
            }
            State::Style => {
                self.short.clear();
                self.escaped = false;
                self.crc32 = byte == b'C';
                self.state = match byte {
                    b'A' | b'C' => State::Binary,
                    b'B' => State::Hex,
                    ZPAD => State::Pad,
                    _ => State::Seek,
                };
                None
            }
            State::Hex => {
                let digit = char::from(byte & 0x7f).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                let Some(digit) = digit else { return self.bad(Found::BadHeader) };
                self.short.push(digit);
                if self.short.len() < 14 {
                    return None;
                }
                let bytes: Vec<u8> =
                    self.short.chunks_exact(2).map(|pair| pair.iter().fold(0, |n, d| n << 4 | d)).collect();
                self.header(&bytes, true)
            }
            State::Binary => {
                let byte = match self.unescaped(byte) {
                    Read::Byte(byte) => byte,
                    Read::Nothing => return None,
                    Read::End(_) | Read::Bad => return self.bad(Found::BadHeader),
                };
                self.short.push(byte);
                if self.short.len() < if self.crc32 { 9 } else { 7 } {
                    return None;
                }
                let bytes = core::mem::take(&mut self.short);
                let found = self.header(&bytes, false);
                self.short = bytes;
                found
            }
            State::Data { first } => {
                // A header in hexadecimal digits ends like a line.
                if first && matches!(byte & 0x7f, b'\r' | b'\n' | XON) {
                    return None;
                }
                self.state = State::Data { first: false };
                match self.unescaped(byte) {
                    Read::Byte(_) if self.data.len() >= LONGEST => return self.bad(Found::BadData),
                    Read::Byte(byte) => self.data.push(byte),
                    Read::Nothing => {}
                    Read::End(end) => {
                        self.short.clear();
                        self.state = State::Check(end);
                    }
                    Read::Bad => return self.bad(Found::BadData),
                }
                None
            }
            State::Check(end) => {
                match self.unescaped(byte) {
                    Read::Byte(byte) => self.short.push(byte),
                    Read::Nothing => return None,
                    Read::End(_) | Read::Bad => return self.bad(Found::BadData),
                }
                if self.short.len() < if self.crc32 { 4 } else { 2 } {
                    return None;
                }
                if !self.checks(end) {
                    return self.bad(Found::BadData);
                }
                let goes_on = end == end::ZCRCG || end == end::ZCRCQ;
                self.state = if goes_on { State::Data { first: false } } else { State::Seek };
                Some(Found::Data(end))
            }
        }
    }

    /// Whether that byte completes a call.
    fn is_called(&mut self, byte: u8) -> bool {
        self.called = match CALL.get(self.called) {
            Some(next) if *next == byte => self.called.saturating_add(1),
            // One more pad before the last two.
            _ if byte == ZPAD && self.called == 2 => 2,
            _ => usize::from(byte == ZPAD),
        };
        self.called == CALL.len()
    }

    /// The subpacket was taken: the next begins.
    pub(super) fn taken(&mut self) {
        self.data.clear();
    }

    fn bad(&mut self, found: Found) -> Option<Found> {
        self.state = State::Seek;
        self.data.clear();
        Some(found)
    }

    fn header(&mut self, bytes: &[u8], hex: bool) -> Option<Found> {
        let (body, check) = bytes.split_at_checked(5).unwrap_or_default();
        let good = if self.crc32 {
            CRC32.checksum(body).to_le_bytes() == check
        } else {
            CRC16.checksum(body).to_be_bytes() == check
        };
        let (true, &[kind, a, b, c, d]) = (good, body) else { return self.bad(Found::BadHeader) };
        let has_data = [kind::ZSINIT, kind::ZFILE, kind::ZDATA, kind::ZCOMMAND, kind::ZSTDERR].contains(&kind);
        self.state = if has_data { State::Data { first: hex } } else { State::Seek };
        self.escaped = false;
        self.data.clear();
        Some(Found::Header(Header { kind, data: [a, b, c, d] }))
    }

    fn checks(&self, end: u8) -> bool {
        if self.crc32 {
            let mut digest = CRC32.digest();
            digest.update(&self.data);
            digest.update(&[end]);
            digest.finalize().to_le_bytes() == self.short.as_slice()
        } else {
            let mut digest = CRC16.digest();
            digest.update(&self.data);
            digest.update(&[end]);
            digest.finalize().to_be_bytes() == self.short.as_slice()
        }
    }

    /// Section 7.2. Flow control that a line put in is no data.
    fn unescaped(&mut self, byte: u8) -> Read {
        if !self.escaped {
            return match byte {
                ZDLE => {
                    self.escaped = true;
                    Read::Nothing
                }
                _ if byte & 0x7f == XON || byte & 0x7f == 0x13 => Read::Nothing,
                _ => Read::Byte(byte),
            };
        }
        match byte {
            _ if byte & 0x7f == XON || byte & 0x7f == 0x13 => return Read::Nothing,
            // It may be the second of five.
            ZDLE => return Read::Nothing,
            _ => self.escaped = false,
        }
        match byte {
            end::ZCRCE..=end::ZCRCW => Read::End(byte),
            b'l' => Read::Byte(0x7f),
            b'm' => Read::Byte(0xff),
            _ if byte & 0x60 == 0x40 => Read::Byte(byte ^ 0x40),
            _ => Read::Bad,
        }
    }
}

enum Read {
    Byte(u8),
    Nothing,
    End(u8),
    Bad,
}
