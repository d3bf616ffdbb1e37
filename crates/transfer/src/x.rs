//! XMODEM and YMODEM (Forsberg, *XMODEM/YMODEM Protocol Reference*, 1988).

pub(crate) mod receive;
pub(crate) mod send;

use codec::checksum::{Crc, algorithm};

/// Begins a block of 128 bytes.
const SOH: u8 = 0x01;
/// Begins a block of 1024 bytes.
const STX: u8 = 0x02;
/// The file is over.
const EOT: u8 = 0x04;
/// The block arrived.
const ACK: u8 = 0x06;
/// The block did not arrive; at the start: send, with sums.
const NAK: u8 = 0x15;
/// At the start: send, with CRCs.
const WANT_CRC: u8 = b'C';
/// At the start: send, with CRCs, without waiting.
const WANT_STREAM: u8 = b'G';
/// Fills the last block: CP/M's end of file.
const FILL: u8 = 0x1a;

/// Cancels in a row that are one even within a block, if a backspace follows: what programs send that are told to end.
const CANCELS: u8 = 5;
/// What a terminal is sent to take cancels away.
const BACKSPACE: u8 = 0x08;

/// Errors of one block in a row before it is given up.
const MAX_ERRORS: u32 = 10;

/// What follows a block's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// The sum of the bytes, modulo 256.
    Sum,
    /// CRC-16/XMODEM, high byte first.
    Crc,
}

static CRC: Crc<u16> = Crc::<u16>::new(&algorithm::CRC_16_XMODEM);

impl Check {
    fn len(self) -> usize {
        match self {
            Check::Sum => 1,
            Check::Crc => 2,
        }
    }

    /// The check sequence, in the last `len` bytes of the two.
    fn of(self, data: &[u8]) -> [u8; 2] {
        match self {
            Check::Sum => [0, data.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte))],
            Check::Crc => CRC.checksum(data).to_be_bytes(),
        }
    }
}
