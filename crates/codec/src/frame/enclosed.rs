use super::pattern::advance;
use crate::frame::{Delimiter, Found, FrameError, Framer, Step, WrapError};
use core::ops::Range;
use core::time::Duration;

/// Frames that begin with a delimiter and end with another, or with the beginning of the next frame. The delimiters are
/// no part of them; what stands between frames is skipped.
#[derive(Clone, Debug)]
pub struct Enclosed {
    start: Delimiter,
    /// None where a frame ends with the start of the next.
    end: Option<Delimiter>,
    state: State,
    /// Bytes of the frame so far.
    len: usize,
    /// Bytes on the wire since the last span.
    wire: usize,
    /// Bytes of the delimiter matched, not part of the frame yet.
    matched: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// Inside a frame that has passed the limit.
    Skipping,
}

impl Enclosed {
    /// Before the first frame.
    #[must_use]
    pub const fn new(start: Delimiter, end: Option<Delimiter>) -> Self {
        Self { start, end, state: State::Outside, len: 0, wire: 0, matched: 0 }
    }

    /// What ends the present state.
    fn awaited(&self) -> Delimiter {
        match (self.state, self.end) {
            (State::Inside | State::Skipping, Some(end)) => end,
            _ => self.start,
        }
    }

    fn put(&mut self, bytes: &[u8], frame: &mut [u8]) -> bool {
        if self.state != State::Inside {
            return true;
        }
        let Some(free) = frame.get_mut(self.len..self.len + bytes.len()) else { return false };
        free.copy_from_slice(bytes);
        self.len += bytes.len();
        true
    }

    /// The delimiter that was awaited is complete, and counted.
    fn delimited(&mut self) -> Option<Found> {
        let (state, start) = (self.state, self.start.as_bytes().len());
        // A start belongs to the frame that it opens.
        let opens = state == State::Outside || self.end.is_none();
        let wire = self.wire - if opens { start } else { 0 };
        let len = core::mem::take(&mut self.len);
        (self.wire, self.matched) = (if opens { start } else { 0 }, 0);
        self.state = if opens { State::Inside } else { State::Outside };
        match state {
            State::Inside => Some(Found::Frame { len, wire }),
            State::Outside | State::Skipping => (wire > 0).then_some(Found::Bad { why: FrameError::Skipped, wire }),
        }
    }

    /// Skipped bytes, in pieces no longer than a frame, so that they do not stay pending without end. What may be the
    /// beginning of a delimiter stays.
    fn piece(&mut self, limit: usize) -> Option<Found> {
        let wire = self.wire.saturating_sub(self.matched);
        if self.state == State::Inside || wire < limit {
            return None;
        }
        self.wire = self.matched;
        Some(Found::Bad { why: FrameError::Skipped, wire })
    }
}

impl Framer for Enclosed {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        for (index, &byte) in input.iter().enumerate() {
            let (awaited, consumed) = (self.awaited(), index + 1);
            let pattern = awaited.as_bytes();
            self.wire += 1;
            let advance = advance(pattern, &mut self.matched, byte);
            let fits = self.put(pattern.get(..advance.released).unwrap_or_default(), frame)
                && (!advance.plain || self.put(&[byte], frame));
            let found = if !fits {
                (self.state, self.len) = (State::Skipping, 0);
                let wire = self.wire - self.matched;
                self.wire = self.matched;
                Some(Found::Bad { why: FrameError::Oversize, wire })
            } else if self.matched == pattern.len() {
                self.delimited()
            } else {
                self.piece(frame.len().max(1))
            };
            if found.is_some() {
                return Step { consumed, found };
            }
        }
        Step { consumed: input.len(), found: None }
    }

    /// Where no delimiter ends a frame, a rest does.
    fn finish(&mut self, frame: &mut [u8]) -> Option<Found> {
        if self.end.is_some() || self.state != State::Inside {
            return None;
        }
        let start = self.start;
        let fits = self.put(start.as_bytes().get(..self.matched).unwrap_or_default(), frame);
        let Self { len, wire, .. } = *self;
        self.reset();
        let oversize = Found::Bad { why: FrameError::Oversize, wire };
        Some(if fits { Found::Frame { len, wire } } else { oversize })
    }

    /// A frame that the next one ends is over when none follows: else the answer of a device that is asked now and then would
    /// show only with the next.
    fn rest(&self) -> Option<Duration> {
        self.end.is_none().then_some(Duration::from_secs(1))
    }

    fn reset(&mut self) -> usize {
        let pending = self.wire;
        *self = Self::new(self.start, self.end);
        pending
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        super::behind(self.start.as_bytes().len(), wire.len(), at)
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let (start, end) = (self.start.as_bytes(), self.end.as_ref().map_or(&[][..], Delimiter::as_bytes));
        let ends = if self.end.is_some() { end } else { start };
        super::carries(payload, ends, end)?;
        super::join(wire, &[start, payload, end])
    }
}
