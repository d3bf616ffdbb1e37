//! After a transfer was broken off: a far end that did not hear of it goes on asking, and is told again.

use crate::Millis;
use crate::line::{CAN, CANCEL};
use crate::progress::{Direction, Protocol};
use alloc::vec::Vec;
use memchr::memmem;

/// For how long a far end is told again: longer than any waits before it asks again.
const LASTS: Millis = 60_000;
/// A receiver of XMODEM or YMODEM that was broken off asks again within so long (Forsberg, "XMODEM/YMODEM Protocol
/// Reference", 7.3.2: 10 seconds): one that begins to ask later is another.
const ASKS_WITHIN: Millis = 12_000;
/// How often it is told.
const TELLS: u8 = 6;
/// What `sz` says before it offers files: who cancelled is asked anew, by somebody who wants that.
const BEGINS: &[u8] = b"rz\r";
/// What `rz` says once, when it is started: who cancelled begins anew at the device's own side.
const WAITS: &[u8] = b"waiting to receive.";
/// How a header begins that is written in hexadecimal digits, up to the digit that tells its kind.
const HEADER: &[u8] = b"**\x18B0";

/// Watches what the device says after a transfer was broken off here. Whoever sends something to the device drops it: what
/// is asked from then on may be a new transfer's beginning.
#[derive(Clone, Debug)]
pub struct Aftermath {
    protocol: Protocol,
    direction: Direction,
    until: Millis,
    /// When it asked last, or was broken off.
    asked: Millis,
    tells: u8,
    tail: Vec<u8>,
}

impl Aftermath {
    /// After a far end that asked last, or may have, at `asked`.
    pub(crate) fn new(protocol: Protocol, direction: Direction, asked: Millis, now: Millis) -> Aftermath {
        Aftermath { protocol, direction, until: now.saturating_add(LASTS), asked, tells: TELLS, tail: Vec::new() }
    }

    /// Whether there is nothing to watch for any more.
    #[must_use]
    pub fn is_over(&self, now: Millis) -> bool {
        self.tells == 0 || now >= self.until
    }

    /// What is to be sent upon these bytes of the device, if they ask for more of what was broken off.
    pub fn answer(&mut self, now: Millis, bytes: &[u8]) -> Option<Vec<u8>> {
        if self.is_over(now) {
            return None;
        }
        // Another far end begins with words that the one that was broken off does not say again.
        let begins = match self.direction {
            Direction::Receive => BEGINS,
            Direction::Send => WAITS,
        };
        if self.protocol == Protocol::Zmodem && memmem::find(&[self.tail.as_slice(), bytes].concat(), begins).is_some()
        {
            self.tells = 0;
            return None;
        }
        let asks = match self.protocol {
            Protocol::Zmodem => self.header(bytes),
            _ => self.direction == Direction::Send && !bytes.is_empty() && bytes.iter().all(|byte| letter(*byte)),
        };
        if asks && self.protocol != Protocol::Zmodem && now.saturating_sub(self.asked) > ASKS_WITHIN {
            self.tells = 0;
            return None;
        }
        // It broke off, and a shell may speak now, whose letters are its own.
        let done = !asks && memmem::find(bytes, &[CAN; 2]).is_some();
        self.asked = if asks { now } else { self.asked };
        self.tells = if done { 0 } else { self.tells.saturating_sub(u8::from(asks)) };
        asks.then(|| CANCEL.to_vec())
    }

    /// Whether a header begins here as the side begins one that waits: in hexadecimal digits.
    fn header(&mut self, bytes: &[u8]) -> bool {
        let all = [self.tail.as_slice(), bytes].concat();
        let kinds: &[u8] = match self.direction {
            // ZRINIT, ZRPOS.
            Direction::Send => b"19",
            // ZRQINIT.
            Direction::Receive => b"0",
        };
        let asks = memmem::find_iter(&all, HEADER)
            .any(|at| all.get(at.saturating_add(HEADER.len())).is_some_and(|kind| kinds.contains(kind)));
        let kept = if asks { all.len() } else { all.len().saturating_sub(WAITS.len()) };
        self.tail = all.get(kept..).unwrap_or_default().to_vec();
        asks
    }
}

/// What a receiver of XMODEM or YMODEM asks with: NAK, C, G.
fn letter(byte: u8) -> bool {
    matches!(byte, 0x15 | b'C' | b'G')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_goes_on_asking_is_told_and_a_shell_is_not() {
        for (protocol, asks) in [
            (Protocol::Xmodem, &b"\x15"[..]),
            (Protocol::Ymodem, b"C"),
            (Protocol::Zmodem, b"**\x18B0100000023be50\r\x8a\x11"),
            (Protocol::Zmodem, b"**\x18B0900000000a87c\r\x8a\x11"),
        ] {
            let mut after = Aftermath::new(protocol, Direction::Send, 0, 0);
            assert_eq!(after.answer(10, b"\r\nboard$ "), None);
            assert_eq!(after.answer(10_000, asks), Some(CANCEL.to_vec()), "{protocol:?}");
            // Its own word that it broke off: whatever comes now is a shell's.
            assert_eq!(after.answer(10_010, &CANCEL), None);
            assert_eq!(after.answer(10_020, asks), None);
            assert_eq!(Aftermath::new(protocol, Direction::Send, 0, 0).answer(LASTS, asks), None);
        }
        let mut after = Aftermath::new(Protocol::Xmodem, Direction::Send, 0, 0);
        assert_eq!((0..20).filter(|_| after.answer(10, b"C").is_some()).count(), 6, "it is not told for ever");
        let mut after = Aftermath::new(Protocol::Xmodem, Direction::Receive, 0, 0);
        assert_eq!(after.answer(10, b"C"), None, "a sender does not ask");
    }

    #[test]
    fn a_receiver_that_begins_to_ask_long_after_is_another() {
        let mut after = Aftermath::new(Protocol::Ymodem, Direction::Send, 0, 0);
        assert_eq!(after.answer(9_000, b"C"), Some(CANCEL.to_vec()));
        assert_eq!(after.answer(19_000, b"C"), Some(CANCEL.to_vec()));
        assert_eq!(after.answer(33_000, b"C"), None);
        assert_eq!(after.answer(36_000, b"C"), None);
        // Nobody was heard for as long as a receiver takes to ask.
        let mut after = Aftermath::new(Protocol::Xmodem, Direction::Send, 0, 20_000);
        assert_eq!(after.answer(23_000, b"\x15"), None);
    }

    #[test]
    fn another_far_end_that_begins_is_no_more_of_the_one_before() {
        // As lrzsz 0.12 begins on either side, and as it repeats itself where it is not answered.
        let sz = (Direction::Receive, &b"rz\r"[..], &b"**\x18B00000000000000\r\x8a\x11"[..]);
        let rz = (Direction::Send, &b"rz waiting to receive."[..], &b"**\x18B0100000023be50\r\x8a\x11"[..]);
        for (direction, words, again) in [sz, rz] {
            let begins = [words, again].concat();
            for cut in 0..begins.len() {
                let mut after = Aftermath::new(Protocol::Zmodem, direction, 0, 0);
                assert_eq!(after.answer(5, again), Some(CANCEL.to_vec()));
                let (head, tail) = begins.split_at(cut);
                assert_eq!((after.answer(10, head), after.answer(11, tail)), (None, None), "cut at {cut}");
            }
        }
    }

    #[test]
    fn a_header_is_found_wherever_the_stream_is_cut() {
        let bytes = b"**\x18B0100000023be50";
        for cut in 0..bytes.len() {
            let mut after = Aftermath::new(Protocol::Zmodem, Direction::Send, 0, 0);
            let (head, tail) = bytes.split_at(cut);
            let told = [after.answer(0, head), after.answer(0, tail)].into_iter().flatten().count();
            assert_eq!(told, 1, "cut at {cut}");
        }
    }
}
