//! ZMODEM (Forsberg, *The ZMODEM Inter Application File Transfer Protocol*, 1988): headers, escapes, check sequences.

pub(crate) mod hail;
mod parse;
pub(crate) mod receive;
pub(crate) mod send;

use alloc::vec::Vec;
use codec::checksum::{Crc, algorithm};

/// Begins a header.
const ZPAD: u8 = b'*';
/// Escapes what follows; five in a row break the transfer off.
const ZDLE: u8 = 0x18;
const XON: u8 = 0x11;

/// Frame types (section 11).
mod kind {
    pub(super) const ZRQINIT: u8 = 0;
    pub(super) const ZRINIT: u8 = 1;
    pub(super) const ZSINIT: u8 = 2;
    pub(super) const ZACK: u8 = 3;
    pub(super) const ZFILE: u8 = 4;
    pub(super) const ZSKIP: u8 = 5;
    pub(super) const ZNAK: u8 = 6;
    pub(super) const ZABORT: u8 = 7;
    pub(super) const ZFIN: u8 = 8;
    pub(super) const ZRPOS: u8 = 9;
    pub(super) const ZDATA: u8 = 10;
    pub(super) const ZEOF: u8 = 11;
    pub(super) const ZFERR: u8 = 12;
    pub(super) const ZCRC: u8 = 13;
    pub(super) const ZCHALLENGE: u8 = 14;
    pub(super) const ZCOMPL: u8 = 15;
    pub(super) const ZCAN: u8 = 16;
    pub(super) const ZFREECNT: u8 = 17;
    pub(super) const ZCOMMAND: u8 = 18;
    pub(super) const ZSTDERR: u8 = 19;
}

/// How a subpacket ends (section 11.4).
mod end {
    /// The frame ends, a header follows.
    pub(super) const ZCRCE: u8 = b'h';
    /// The frame goes on.
    pub(super) const ZCRCG: u8 = b'i';
    /// The frame goes on, a ZACK is expected.
    pub(super) const ZCRCQ: u8 = b'j';
    /// The frame ends, a ZACK is expected.
    pub(super) const ZCRCW: u8 = b'k';
}

/// What a receiver can do, in the last byte of ZRINIT (section 11.2).
mod can {
    pub(super) const FULL_DUPLEX: u8 = 0x01;
    pub(super) const OVERLAPPED: u8 = 0x02;
    pub(super) const CRC32: u8 = 0x20;
    /// Wants every control character escaped.
    pub(super) const ESCAPE: u8 = 0x40;
}

static CRC16: Crc<u16> = Crc::<u16>::new(&algorithm::CRC_16_XMODEM);
static CRC32: Crc<u32> = Crc::<u32>::new(&algorithm::CRC_32_ISO_HDLC);

/// A header: its type, and a position (low byte first) or flags (ZF0 last).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    kind: u8,
    data: [u8; 4],
}

impl Header {
    fn new(kind: u8) -> Header {
        Header { kind, data: [0; 4] }
    }

    fn at(kind: u8, position: u32) -> Header {
        Header { kind, data: position.to_le_bytes() }
    }

    fn position(self) -> u32 {
        u32::from_le_bytes(self.data)
    }

    fn bytes(self) -> [u8; 5] {
        let [a, b, c, d] = self.data;
        [self.kind, a, b, c, d]
    }

    /// In hexadecimal digits (section 7.3.3), which every line carries.
    fn hex(self) -> Vec<u8> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let body = self.bytes();
        let mut out = [ZPAD, ZPAD, ZDLE, b'B'].to_vec();
        for byte in body.into_iter().chain(CRC16.checksum(&body).to_be_bytes()) {
            let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
            out.extend_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        out.extend_from_slice(b"\r\x8a");
        // After the last words an XON would be one too many.
        if self.kind != kind::ZFIN && self.kind != kind::ZACK {
            out.push(XON);
        }
        out
    }
}

/// Writes binary headers and subpackets.
#[derive(Clone, Copy, Debug, Default)]
struct Writer {
    crc32: bool,
    /// Every control character is escaped.
    all: bool,
}

impl Writer {
    fn header(self, header: Header, out: &mut Vec<u8>) {
        out.extend_from_slice(&[ZPAD, ZDLE, if self.crc32 { b'C' } else { b'A' }]);
        let body = header.bytes();
        self.escaped(&body, out);
        self.check(&[&body], out);
    }

    fn subpacket(self, data: &[u8], end: u8, out: &mut Vec<u8>) {
        self.escaped(data, out);
        out.extend_from_slice(&[ZDLE, end]);
        self.check(&[data, &[end]], out);
    }

    fn check(self, parts: &[&[u8]], out: &mut Vec<u8>) {
        if self.crc32 {
            let mut digest = CRC32.digest();
            parts.iter().for_each(|part| digest.update(part));
            self.escaped(&digest.finalize().to_le_bytes(), out);
        } else {
            let mut digest = CRC16.digest();
            parts.iter().for_each(|part| digest.update(part));
            self.escaped(&digest.finalize().to_be_bytes(), out);
        }
    }

    /// Section 7.2: ZDLE, flow control, DLE, and a carriage return after `@`, which Telenet takes for its own.
    fn escaped(self, bytes: &[u8], out: &mut Vec<u8>) {
        for byte in bytes {
            let after_at = out.last().is_some_and(|last| last & 0x7f == b'@');
            let special = match byte & 0x7f {
                0x10 | 0x11 | 0x13 => true,
                ZDLE => self.all || *byte == ZDLE,
                0x0d => self.all || after_at,
                low => self.all && low < 0x20,
            };
            if special {
                out.extend_from_slice(&[ZDLE, byte ^ 0x40]);
            } else {
                out.push(*byte);
            }
        }
    }
}
