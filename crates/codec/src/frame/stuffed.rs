//! What SLIP and HDLC share: a flag byte between frames, and an escape byte for the two within them.

use crate::frame::{Found, FrameError, Step, WrapError};
use core::ops::Range;

/// How the two differ.
pub(super) trait Stuffing {
    /// Stands between frames.
    const FLAG: u8;
    /// Stands before a byte that is not itself.
    const ESCAPE: u8;

    /// What a byte after [`Self::ESCAPE`] means; `None` breaks the rules.
    fn unescape(byte: u8) -> Option<u8>;
}

/// A check sequence: its bytes, the first `len` of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    pub(super) bytes: [u8; 4],
    pub(super) len: usize,
}

impl Tail {
    /// What it says, the low byte first.
    pub(super) fn number(self) -> u64 {
        self.bytes.iter().take(self.len).rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// A stuffed stream, and the frame it is on. The last bytes of a frame are held back: a check sequence is no payload, and
/// no room is asked for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stuffed {
    /// Bytes of payload so far.
    len: usize,
    /// Bytes on the wire since the last span.
    wire: usize,
    /// How many bytes are held back: 0, 2 or 4.
    back: usize,
    /// The last bytes of the frame, the oldest first.
    tail: Tail,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// No flag has been seen: what comes before the first may be noise, or half a frame.
    Noise,
    /// Nothing but flags since the last frame.
    Idle,
    Frame,
    /// The last byte was the escape.
    Escaped,
    /// The rules were broken; the frame is lost up to the next flag.
    Broken,
    /// The frame has passed the limit; its rest is skipped.
    Skipping,
}

/// A frame as far as stuffing goes: its check sequence is still to be looked at.
pub(super) enum Ended {
    /// Payload in the first `len` bytes of the buffer, what was held back, bytes on the wire.
    Frame { len: usize, tail: Tail, wire: usize },
    /// Decided already.
    Found(Found),
}

impl Stuffed {
    pub(super) const fn new(back: usize) -> Self {
        Self { len: 0, wire: 0, back, tail: Tail { bytes: [0; 4], len: 0 }, state: State::Noise }
    }

    /// Takes some of the input; see [`crate::Framer::feed`]. `judge` decides on a frame that has come to its end.
    pub(super) fn feed<S: Stuffing>(
        &mut self,
        input: &[u8],
        frame: &mut [u8],
        judge: impl Fn(Ended, &[u8]) -> Found,
    ) -> Step {
        let mut consumed = 0;
        let mut rest = input;
        while let Some((&byte, after)) = rest.split_first() {
            if byte == S::FLAG {
                if self.state == State::Idle && self.wire > 0 {
                    // Flags in a row: only the last of them opens a frame.
                    return Step { consumed, found: Some(self.skipped()) };
                }
                if self.state == State::Idle || self.state == State::Noise && self.wire == 0 {
                    (self.state, self.wire) = (State::Idle, 1);
                } else {
                    self.wire += 1;
                    let ended = self.end();
                    return Step { consumed: consumed + 1, found: Some(judge(ended, frame)) };
                }
                (consumed, rest) = (consumed + 1, after);
                continue;
            }
            let taken = self.take::<S>(byte, rest, frame);
            self.wire += taken;
            consumed += taken;
            rest = rest.get(taken..).unwrap_or_default();
            // In pieces no longer than a frame, so that what is skipped does not stay pending without end.
            let why = match self.state {
                State::Idle | State::Frame | State::Escaped if self.len <= frame.len() => continue,
                State::Idle | State::Frame | State::Escaped => FrameError::Oversize,
                _ if self.wire <= frame.len() => continue,
                State::Broken => FrameError::Malformed,
                State::Noise | State::Skipping => FrameError::Skipped,
            };
            if self.state != State::Noise {
                (self.state, self.len) = (State::Skipping, 0);
            }
            return Step { consumed, found: Some(Found::Bad { why, wire: core::mem::take(&mut self.wire) }) };
        }
        Step { consumed, found: None }
    }

    /// Takes bytes of a frame: one, or a run of plain ones. Sets `len` beyond the frame where it does not fit.
    fn take<S: Stuffing>(&mut self, byte: u8, rest: &[u8], frame: &mut [u8]) -> usize {
        match self.state {
            State::Escaped => {
                self.state = match S::unescape(byte) {
                    Some(byte) => {
                        self.put(&[byte], frame);
                        State::Frame
                    }
                    None => State::Broken,
                };
                1
            }
            State::Idle | State::Frame if byte == S::ESCAPE => {
                self.state = State::Escaped;
                1
            }
            State::Idle | State::Frame => {
                let room = frame.len().saturating_sub(self.len) + self.back - self.tail.len;
                let run = memchr::memchr2(S::FLAG, S::ESCAPE, rest).unwrap_or(rest.len()).min(room + 1);
                self.state = State::Frame;
                self.put(rest.get(..run).unwrap_or_default(), frame);
                run
            }
            State::Noise | State::Broken | State::Skipping => {
                let room = frame.len().saturating_sub(self.wire);
                memchr::memchr(S::FLAG, rest).unwrap_or(rest.len()).min(room + 1)
            }
        }
    }

    /// Adds bytes to the frame behind those that are held back.
    fn put(&mut self, bytes: &[u8], frame: &mut [u8]) {
        for &byte in bytes {
            let Tail { bytes: [first, second, third, fourth], len } = self.tail;
            if self.back == 0 {
                self.store(byte, frame);
                continue;
            }
            if len < self.back {
                if let Some(place) = self.tail.bytes.get_mut(len) {
                    *place = byte;
                }
                self.tail.len += 1;
                continue;
            }
            self.store(first, frame);
            self.tail.bytes = match self.back {
                2 => [second, byte, third, fourth],
                _ => [second, third, fourth, byte],
            };
        }
    }

    fn store(&mut self, byte: u8, frame: &mut [u8]) {
        if let Some(place) = frame.get_mut(self.len) {
            *place = byte;
        }
        self.len += 1;
    }

    /// Ends the span at a flag that is already counted.
    fn end(&mut self) -> Ended {
        let Self { len, wire, back, tail, state } = *self;
        *self = Self { state: State::Idle, ..Self::new(back) };
        let why = match state {
            State::Noise | State::Skipping => FrameError::Skipped,
            State::Broken | State::Escaped => FrameError::Malformed,
            State::Idle | State::Frame if tail.len < back => FrameError::Malformed,
            State::Idle | State::Frame => return Ended::Frame { len, tail, wire },
        };
        Ended::Found(Found::Bad { why, wire })
    }

    fn skipped(&mut self) -> Found {
        Found::Bad { why: FrameError::Skipped, wire: core::mem::take(&mut self.wire) }
    }

    /// Drops what is pending.
    pub(super) fn reset(&mut self) -> usize {
        core::mem::replace(self, Self::new(self.back)).wire
    }
}

/// Where byte `at` of a frame stands on the wire, flags around it or not. The check sequence counts as the frame's.
pub(super) fn place<S: Stuffing>(wire: &[u8], at: usize) -> Option<Range<usize>> {
    let start = usize::from(wire.first() == Some(&S::FLAG));
    let (mut place, mut rest) = (start, wire.get(start..)?);
    for left in (0..=at).rev() {
        let long = match rest {
            [escape, _, ..] if *escape == S::ESCAPE => 2,
            [flag, ..] if *flag == S::FLAG => return None,
            [_, ..] => 1,
            [] => return None,
        };
        if left == 0 {
            return Some(place..place + long);
        }
        (place, rest) = (place + long, rest.get(long..)?);
    }
    None
}

/// A payload on the wire, behind a flag and before one.
pub(super) struct Stuffer<'a> {
    wire: &'a mut [u8],
    at: usize,
}

impl<'a> Stuffer<'a> {
    /// Nothing at all between two flags is no frame.
    pub(super) fn new(wire: &'a mut [u8], between: usize) -> Result<Self, WrapError> {
        if between == 0 { Err(WrapError::Length { least: 1, most: usize::MAX }) } else { Ok(Self { wire, at: 0 }) }
    }

    /// A byte as it is.
    pub(super) fn put(&mut self, byte: u8) {
        if let Some(place) = self.wire.get_mut(self.at) {
            *place = byte;
        }
        self.at = self.at.saturating_add(1);
    }

    /// An escape and what stands for the byte.
    pub(super) fn put_escaped(&mut self, escape: u8, byte: u8) {
        self.put(escape);
        self.put(byte);
    }

    /// The bytes written, if they all fit.
    pub(super) fn finish(self) -> Result<usize, WrapError> {
        if self.at <= self.wire.len() { Ok(self.at) } else { Err(WrapError::BufferTooSmall { need: self.at }) }
    }
}
