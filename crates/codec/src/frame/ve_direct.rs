//! Blocks of lines that sum to 0, as VE.Direct has them.

use super::pattern::advance;
use crate::frame::{Found, FrameError, Framer, Step, WrapError};
use core::ops::Range;

/// What stands before the byte that brings the sum to 0.
const LAST: &[u8] = b"\r\nChecksum\t";

/// What each line of a block begins with.
const LINE: &[u8] = b"\r\n";

/// Text blocks of VE.Direct: lines of a name, a tab and a value, and a last one, `Checksum`, whose value is the byte that
/// brings the sum of all bytes of the block to 0 modulo 256. A frame is a block without that line. HEX messages, from a
/// colon to a line feed, stand between blocks and are skipped; one that comes in the midst of a block ends it.
#[derive(Clone, Debug)]
pub struct VeDirect {
    state: State,
    /// Bytes of the frame so far.
    len: usize,
    /// Bytes on the wire since the last span.
    wire: usize,
    /// Bytes of [`LAST`] matched, not part of the frame yet.
    matched: usize,
    sum: u8,
    /// Whether a block has ended: what comes before the first end is the rest of one.
    synced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the first line ending of a block.
    Start,
    Inside,
    /// Inside a block that has passed the limit.
    Skipping,
    /// The next byte is the one that the sum ends with; whether the block has passed the limit.
    Sum(bool),
    Hex,
}

impl Default for VeDirect {
    fn default() -> Self {
        Self::new()
    }
}

impl VeDirect {
    /// Before the first block.
    #[must_use]
    pub const fn new() -> Self {
        Self { state: State::Start, len: 0, wire: 0, matched: 0, sum: 0, synced: false }
    }

    /// Takes bytes into the frame; false where they pass the limit. The line ending in front of a block is no part of it.
    fn put(&mut self, bytes: &[u8], frame: &mut [u8]) -> bool {
        let bytes = match self.state {
            State::Start => bytes.strip_prefix(LINE).unwrap_or(bytes),
            State::Inside => bytes,
            _ => return true,
        };
        let Some(free) = frame.get_mut(self.len..self.len + bytes.len()) else { return false };
        free.copy_from_slice(bytes);
        self.len += bytes.len();
        true
    }

    /// The block has ended with this byte, which was just counted.
    fn ended(&mut self, byte: u8, oversize: bool) -> Found {
        let Self { len, wire, sum, synced, .. } = *self;
        *self = Self { synced: true, ..Self::new() };
        match sum {
            _ if oversize => Found::Bad { why: FrameError::Skipped, wire },
            0 => Found::Frame { len, wire },
            _ if synced => {
                let (expected, got) = (byte.wrapping_sub(sum).into(), byte.into());
                Found::Bad { why: FrameError::Checksum { expected, got, bytes: 1 }, wire }
            }
            _ => Found::Bad { why: FrameError::Skipped, wire },
        }
    }

    /// A HEX message begins behind what is pending.
    fn broken_off(&mut self) -> Option<Found> {
        let Self { wire, state, synced, .. } = *self;
        *self = Self { synced, state: State::Hex, ..Self::new() };
        let why = if synced && state != State::Skipping { FrameError::Malformed } else { FrameError::Skipped };
        (wire > 0).then_some(Found::Bad { why, wire })
    }

    /// One byte, which is counted already.
    fn take(&mut self, byte: u8, frame: &mut [u8]) -> Option<Found> {
        match self.state {
            State::Sum(oversize) => return Some(self.ended(byte, oversize)),
            State::Hex => {
                let over = byte == b'\n';
                if over || self.wire >= frame.len().max(1) {
                    let wire = core::mem::take(&mut self.wire);
                    self.state = if over { State::Start } else { State::Hex };
                    self.sum = 0;
                    return Some(Found::Bad { why: FrameError::Skipped, wire });
                }
                return None;
            }
            State::Start | State::Inside | State::Skipping => {}
        }
        let advance = advance(LAST, &mut self.matched, byte);
        let fits = self.put(LAST.get(..advance.released).unwrap_or_default(), frame);
        if advance.released > 0 || advance.plain {
            self.state = if self.state == State::Start { State::Inside } else { self.state };
        }
        if !(fits && (!advance.plain || self.put(&[byte], frame))) {
            (self.state, self.len) = (State::Skipping, 0);
            return Some(self.piece(FrameError::Oversize));
        }
        if self.matched == LAST.len() {
            (self.state, self.matched) = (State::Sum(self.state == State::Skipping), 0);
        } else if self.state == State::Skipping && self.wire.saturating_sub(self.matched) >= frame.len().max(1) {
            return Some(self.piece(FrameError::Skipped));
        }
        None
    }

    /// What is pending, without what may be the beginning of the last line.
    fn piece(&mut self, why: FrameError) -> Found {
        let wire = self.wire.saturating_sub(self.matched);
        self.wire = self.matched;
        Found::Bad { why, wire }
    }
}

impl Framer for VeDirect {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        for (index, &byte) in input.iter().enumerate() {
            let text = !matches!(self.state, State::Sum(_) | State::Hex);
            if text
                && byte == b':'
                && let Some(found) = self.broken_off()
            {
                return Step { consumed: index, found: Some(found) };
            }
            self.wire += 1;
            self.sum = self.sum.wrapping_add(byte);
            if let Some(found) = self.take(byte, frame) {
                return Step { consumed: index + 1, found: Some(found) };
            }
        }
        Step { consumed: input.len(), found: None }
    }

    fn reset(&mut self) -> usize {
        let pending = self.wire;
        *self = Self::new();
        pending
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        let start = if wire.starts_with(LINE) { LINE.len() } else { 0 };
        super::behind(start, wire.len().saturating_sub(LAST.len() + 1), at)
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        super::carries(payload, LAST, LAST)?;
        let first = LAST.strip_prefix(LINE).is_some_and(|last| payload.starts_with(last)).then_some(0);
        if let Some(at) = first.or_else(|| payload.iter().position(|byte| *byte == b':')) {
            return Err(WrapError::Ends { at });
        }
        let sum = [LINE, payload, LAST].into_iter().flatten().fold(0u8, |sum, byte| sum.wrapping_add(*byte));
        super::join(wire, &[LINE, payload, LAST, &[sum.wrapping_neg()]])
    }
}
