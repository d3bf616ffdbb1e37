mod many;

use crate::frame::{Found, FrameError, Framer, Step, WrapError};
use crate::run::Frames;
use core::ops::Range;

/// Consistent Overhead Byte Stuffing with 0x00 after each frame (Cheshire and Baker, "Consistent
/// Overhead Byte Stuffing", IEEE/ACM Transactions on Networking 7(2), 1999).
///
/// A code byte n stands for n - 1 bytes that follow and a zero after them; 0xFF stands for 254 bytes
/// and no zero. Every 0x00 on the wire is the end of a frame, whatever came before.
#[derive(Clone, Debug)]
pub struct Cobs {
    /// Bytes of the frame so far.
    len: usize,
    /// Bytes on the wire since the last span.
    wire: usize,
    /// Bytes of the present block still to come.
    left: u8,
    /// A zero stands between the present block and the next.
    zero: bool,
    /// The frame has passed the limit; its rest is skipped.
    skipping: bool,
    /// A delimiter has been seen: what follows one is a frame, what comes before the first may be noise.
    synced: bool,
}

impl Default for Cobs {
    fn default() -> Self {
        Self::new()
    }
}

impl Cobs {
    /// Before the first delimiter.
    #[must_use]
    pub const fn new() -> Self {
        Self { len: 0, wire: 0, left: 0, zero: false, skipping: false, synced: false }
    }

    /// The longest that `payload` bytes become on the wire, the delimiter included.
    #[must_use]
    pub const fn wire_len(payload: usize) -> usize {
        payload.saturating_add(payload / 254).saturating_add(2)
    }

    /// Ends the span at a delimiter that is already counted in `wire`.
    fn delimiter(&mut self) -> Found {
        let Self { len, wire, left, skipping, synced, .. } = *self;
        *self = Self { synced: true, ..Self::new() };
        match (left == 0 && !skipping, synced) {
            // Idle line: a delimiter and nothing before it.
            (true, _) if wire == 1 => Found::Bad { why: FrameError::Skipped, wire },
            (true, _) => Found::Frame { len, wire },
            (false, true) if !skipping => Found::Bad { why: FrameError::Malformed, wire },
            (false, _) => Found::Bad { why: FrameError::Skipped, wire },
        }
    }

    /// The frame has outgrown the buffer. Before the first delimiter that is noise like any other.
    fn oversize(&mut self) -> Found {
        self.skipping = true;
        let why = if self.synced { FrameError::Oversize } else { FrameError::Skipped };
        Found::Bad { why, wire: core::mem::take(&mut self.wire) }
    }

    /// Takes one byte that is no delimiter; false when the frame has no room for what it means.
    fn byte(&mut self, byte: u8, frame: &mut [u8]) -> bool {
        let mut put = |value| match frame.get_mut(self.len) {
            Some(free) => {
                *free = value;
                self.len += 1;
                true
            }
            None => false,
        };
        if self.left > 0 {
            self.left -= 1;
            return put(byte);
        }
        let fits = !self.zero || put(0);
        self.left = byte - 1;
        self.zero = byte != 0xFF;
        fits
    }
}

impl Framer for Cobs {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        let mut consumed = 0;
        let mut rest = input;
        while let Some((&byte, after)) = rest.split_first() {
            if self.skipping {
                // In pieces no longer than a frame, so that what is skipped does not stay pending without end.
                let limit = frame.len().max(1);
                let run = memchr::memchr(0, rest).unwrap_or(rest.len()).min(limit - self.wire);
                consumed += run;
                self.wire += run;
                rest = rest.get(run..).unwrap_or_default();
                if self.wire >= limit {
                    let wire = core::mem::take(&mut self.wire);
                    return Step { consumed, found: Some(Found::Bad { why: FrameError::Skipped, wire }) };
                }
                if !rest.is_empty() {
                    self.wire += 1;
                    return Step { consumed: consumed + 1, found: Some(self.delimiter()) };
                }
                break;
            }
            consumed += 1;
            self.wire += 1;
            rest = after;
            if byte == 0 {
                return Step { consumed, found: Some(self.delimiter()) };
            }
            if !self.byte(byte, frame) {
                return Step { consumed, found: Some(self.oversize()) };
            }
        }
        Step { consumed, found: None }
    }

    fn feed_many(&mut self, input: &[u8], frames: &mut Frames<'_>) -> usize {
        if self.wire > 0 || self.skipping {
            return 0;
        }
        let taken = many::take(input, frames);
        self.synced |= taken > 0;
        taken
    }

    fn reset(&mut self) -> usize {
        core::mem::take(self).wire
    }

    /// A zero is the code that says it: the one of the block after it.
    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        // The code of a block, and how many bytes of the payload are before it.
        let (mut code, mut before) = (0usize, 0usize);
        let mut zero = false;
        loop {
            let length = usize::from(*wire.get(code).filter(|length| **length > 0)?);
            if zero && at == before {
                return Some(code..code + 1);
            }
            before += usize::from(zero);
            if at < before + length - 1 {
                return super::behind(code + 1, wire.len(), at - before);
            }
            (code, before, zero) = (code + length, before + length - 1, length != 0xFF);
        }
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let small = WrapError::BufferTooSmall { need: Self::wire_len(payload.len()) };
        let mut at = 0;
        let mut blocks = payload.split(|&byte| byte == 0);
        let mut block = blocks.next();
        while let Some(bytes) = block {
            let mut pieces = bytes.chunks_exact(254);
            for piece in &mut pieces {
                at = put_block(wire, at, 0xFF, piece).ok_or(small)?;
            }
            block = blocks.next();
            let last = pieces.remainder();
            // A full block at the very end stands for itself: no zero follows it that would need a code.
            if block.is_some() || !last.is_empty() || bytes.is_empty() {
                let code = u8::try_from(last.len() + 1).map_err(|_| small)?;
                at = put_block(wire, at, code, last).ok_or(small)?;
            }
        }
        *wire.get_mut(at).ok_or(small)? = 0;
        Ok(at + 1)
    }
}

fn put_block(wire: &mut [u8], at: usize, code: u8, bytes: &[u8]) -> Option<usize> {
    let (first, rest) = wire.get_mut(at..)?.split_first_mut()?;
    *first = code;
    rest.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(at + 1 + bytes.len())
}
