//! Frames whose length is known or said, with a sync word before them, a check sequence after them, or both.

mod shape;

use crate::frame::{Found, FrameError, Framer, Step, WrapError};
use alloc::vec::Vec;
use core::ops::Range;
use core::time::Duration;
use shape::Look;
pub use shape::{Counts, Endian, LengthField, PacketCheck, Shape, Size};

/// Cuts frames by a [`Shape`].
///
/// What does not begin with the sync word is skipped. What begins like a frame and turns out to be none (the length is
/// beyond the limit, the check sequence does not agree) is rejected only up to the next place where a frame may begin:
/// a false beginning in noise, or a length spoilt on the way, does not take the frames after it along, though they wait
/// until as many bytes have come as it claimed, the frame limit at most. Without a sync word and a check sequence there
/// is nothing to find the way back by. Before the first good frame all that is noise; but two whole frames, one right
/// behind the other, are frames whose check sequence is computed otherwise here or there, and from then on are rejected
/// for that.
#[derive(Debug)]
pub struct Packet {
    shape: Shape,
    /// Bytes not decided yet: those behind the first `gone`.
    bytes: Vec<u8>,
    gone: usize,
    /// Bytes before them that belong to no frame.
    noise: usize,
    /// The noise ends with what would be a whole frame, if its check sequence agreed.
    suspect: bool,
    /// The last thing found was a frame: what follows it should be one.
    synced: bool,
    /// How many bytes may be looked at again; see [`EFFORT`].
    credit: usize,
}

/// Times that a byte may be looked at again on average, when frame after frame turns out to be none. A device that
/// sends nothing but false beginnings must not cost more.
const EFFORT: usize = 64;
/// Saved up at most: some dozens of the longest frames.
const MOST_CREDIT: usize = 1 << 22;

impl Packet {
    /// Before the first frame.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self { shape, bytes: Vec::new(), gone: 0, noise: 0, suspect: false, synced: false, credit: MOST_CREDIT }
    }

    /// From a place where a frame may begin on.
    fn held(&self) -> &[u8] {
        self.bytes.get(self.gone..).unwrap_or_default()
    }

    /// The first of the held bytes are decided.
    fn decide(&mut self, len: usize) {
        self.gone = self.gone.saturating_add(len).min(self.bytes.len());
        // What is left is moved to the front only when that is the smaller part.
        if self.gone > self.bytes.len() / 2 {
            self.bytes.drain(..self.gone);
            self.gone = 0;
        }
    }

    /// Decides what the held bytes begin with; takes of the input what that needs.
    fn look(&mut self, input: &[u8], consumed: &mut usize, limit: usize) -> Look {
        loop {
            let look = self.shape.look(self.held(), limit);
            let Look::Needs(need) = look else { return look };
            let more = input.get(*consumed..).unwrap_or_default();
            let more = more.get(..need.saturating_sub(self.held().len()).min(more.len())).unwrap_or_default();
            if more.is_empty() {
                return look;
            }
            self.bytes.extend_from_slice(more);
            *consumed = consumed.saturating_add(more.len());
        }
    }

    /// Passes over what cannot begin a frame, as far as that goes without holding it; true once it is a span.
    fn pass_noise(&mut self, input: &[u8], consumed: &mut usize, limit: usize) -> bool {
        let room = limit.saturating_sub(self.noise);
        let noise = self.shape.noise(self.held()).min(room);
        self.decide(noise);
        self.add_noise(noise);
        if self.held().is_empty() {
            let rest = input.get(*consumed..).unwrap_or_default();
            let noise = self.shape.noise(rest).min(limit.saturating_sub(self.noise));
            self.add_noise(noise);
            *consumed = consumed.saturating_add(noise);
        }
        self.noise >= limit
    }

    fn add_noise(&mut self, len: usize) {
        self.noise = self.noise.saturating_add(len);
        self.suspect &= len == 0;
    }

    /// Ends the noise; the last byte of the input stays there, so that what is held is looked at in the next call.
    fn end_noise(&mut self, consumed: usize) -> Step {
        let wire = core::mem::take(&mut self.noise);
        self.suspect = false;
        self.earn(wire);
        self.step(consumed, Found::Bad { why: FrameError::Skipped, wire })
    }

    fn step(&mut self, consumed: usize, found: Found) -> Step {
        let held_back = usize::from(consumed > 0 && !self.held().is_empty());
        self.bytes.truncate(self.bytes.len().saturating_sub(held_back));
        Step { consumed: consumed.saturating_sub(held_back), found: Some(found) }
    }

    fn earn(&mut self, wire: usize) {
        self.credit = self.credit.saturating_add(wire.saturating_mul(EFFORT)).min(MOST_CREDIT);
    }

    /// Whether a whole frame stands within the held bytes, behind a beginning that will not be completed.
    fn frame_within(&self, limit: usize) -> bool {
        let mut rest = self.held();
        let mut effort = rest.len().saturating_mul(EFFORT);
        while let Some((_, after)) = rest.split_first() {
            rest = after.get(self.shape.noise(after)..).unwrap_or_default();
            let cost = match self.shape.look(rest, limit) {
                Look::Frame { .. } => return true,
                Look::Bad { len, .. } => len,
                Look::Needs(_) | Look::Noise => 1,
            };
            let Some(left) = effort.checked_sub(cost) else { return false };
            effort = left;
        }
        false
    }

    /// How far to go from a beginning that was none, `len` bytes of which were looked at.
    fn retreat(&mut self, len: usize) -> usize {
        if self.credit < len || !self.shape.resynchronises() {
            return len;
        }
        self.credit = self.credit.saturating_sub(len);
        let inside = self.held().get(1..len).unwrap_or_default();
        self.shape.noise(inside).saturating_add(1)
    }
}

impl Framer for Packet {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        let limit = frame.len().max(1);
        let mut consumed = 0;
        loop {
            if self.pass_noise(input, &mut consumed, limit) {
                return self.end_noise(consumed);
            }
            let (why, len) = match self.look(input, &mut consumed, limit) {
                Look::Needs(_) => return Step { consumed, found: None },
                Look::Noise => continue,
                Look::Frame { .. } if self.noise > 0 => return self.end_noise(consumed),
                Look::Frame { payload, wire } => {
                    let bytes = self.held().get(payload).unwrap_or_default();
                    let len = bytes.len().min(frame.len());
                    if let (Some(to), Some(from)) = (frame.get_mut(..len), bytes.get(..len)) {
                        to.copy_from_slice(from);
                    }
                    self.decide(wire);
                    self.synced = true;
                    self.earn(wire);
                    return Step { consumed, found: Some(Found::Frame { len, wire }) };
                }
                Look::Bad { why, len } => (why, len),
            };
            if self.synced && self.noise > 0 {
                return self.end_noise(consumed);
            }
            let wire = self.retreat(len);
            let whole = matches!(why, FrameError::Checksum { .. }) && wire == len && !self.shape.sync.is_empty();
            if whole && self.suspect {
                self.synced = true;
                if self.noise > 0 {
                    return self.end_noise(consumed);
                }
                // The noise was over before: the line was at rest in between.
                self.suspect = false;
            }
            self.decide(wire);
            if self.synced {
                // With a sync word, each beginning counts; without one, only the first that is none.
                self.synced = !self.shape.sync.is_empty();
                self.earn(wire);
                return self.step(consumed, Found::Bad { why, wire });
            }
            self.add_noise(wire);
            self.suspect = whole;
            if self.noise >= limit {
                return self.end_noise(consumed);
            }
        }
    }

    /// A beginning that is not completed is rejected, if a frame stands behind it; what is only the beginning of a frame
    /// stays pending. What is not even that is skipped.
    fn end_of_input(&mut self, frame: &mut [u8]) -> Option<Found> {
        loop {
            let found = self.feed(&[], frame).found;
            if found.is_some() {
                return found;
            }
            if !self.frame_within(frame.len().max(1)) {
                // Whether it ended with a whole frame counts beyond its end.
                let suspect = self.suspect;
                let over = (self.noise > 0).then(|| self.end_noise(0).found).flatten();
                self.suspect = suspect;
                return over;
            }
            if self.noise > 0 && self.synced {
                return self.end_noise(0).found;
            }
            let wire = self.retreat(self.held().len());
            self.decide(wire);
            if self.synced {
                self.synced = !self.shape.sync.is_empty();
                self.earn(wire);
                return Some(Found::Bad { why: FrameError::Malformed, wire });
            }
            self.add_noise(wire);
        }
    }

    /// A frame that stops in its middle for so long is not going on.
    fn rest(&self) -> Option<Duration> {
        Some(Duration::from_secs(1))
    }

    fn reset(&mut self) -> usize {
        let pending = self.noise.saturating_add(self.held().len());
        self.bytes.clear();
        self.gone = 0;
        (self.noise, self.suspect, self.synced, self.credit) = (0, false, false, MOST_CREDIT);
        pending
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        match self.shape.look(wire, usize::MAX) {
            Look::Frame { payload, .. } => super::behind(payload.start, payload.end, at),
            Look::Needs(_) | Look::Noise | Look::Bad { .. } => None,
        }
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        self.shape.wrap(payload, wire)
    }
}
