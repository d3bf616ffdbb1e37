//! Cutting a byte stream into frames, and wrapping payloads for the wire.
//!
//! Every byte a framer consumes ends up in exactly one [`Found`] span, and spans follow each other
//! without a hole: the first begins at offset 0, the next where the last ended. What was consumed
//! and is not yet in a span is *pending*. From this the conservation law follows:
//! `consumed = frames + bad + pending`, exact after every call.

use crate::DecodeError;
use crate::run::Frames;
mod cobs;
mod enclosed;
mod gap;
mod hdlc;
mod lines;
#[cfg(feature = "alloc")]
mod packet;
mod pattern;
mod slip;
mod stuffed;
#[cfg(feature = "alloc")]
mod summed;
#[cfg(feature = "alloc")]
mod table;
mod ve_direct;
mod whole;

pub use cobs::Cobs;
pub use enclosed::Enclosed;
pub use gap::Gap;
pub use hdlc::{Fcs, Hdlc};
pub use lines::{Delimiter, Lines};
#[cfg(feature = "alloc")]
pub use packet::{Counts, Endian, LengthField, Packet, PacketCheck, Shape, Size};
pub use slip::Slip;
#[cfg(feature = "alloc")]
pub(crate) use summed::{Summed, SummedLines};
#[cfg(feature = "alloc")]
pub(crate) use table::line_checksum;
#[cfg(feature = "alloc")]
pub use table::{FRAMERS, FramerInfo};
pub use ve_direct::VeDirect;
pub use whole::Whole;

use core::fmt;
use core::ops::Range;
use core::time::Duration;

/// What one call of [`Framer::feed`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Bytes taken from the input. At least 1, unless the input was empty or a span was found that
    /// ended before its first byte (a lone CR, once it is certain that no LF follows).
    pub consumed: usize,
    /// A span that ended, if one did. It ends at the last byte consumed, or before it where only later bytes showed that
    /// it ends.
    pub found: Option<Found>,
}

/// A span of the stream that has come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A frame: its payload is `frame[..len]` of the caller's buffer.
    Frame {
        /// Bytes of payload.
        len: usize,
        /// Bytes on the wire, delimiters and stuffing included.
        wire: usize,
    },
    /// Bytes that are not a frame.
    Bad {
        /// Why not.
        why: FrameError,
        /// Bytes on the wire.
        wire: usize,
    },
}

/// Why a span is not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameError {
    /// The check sequence does not agree.
    Checksum {
        /// As computed; its low 64 bits.
        expected: u64,
        /// As received; its low 64 bits.
        got: u64,
        /// Bytes it takes in the frame.
        bytes: u8,
    },
    /// The framing rules were broken.
    Malformed,
    /// Longer than the caller's buffer.
    Oversize,
    /// Passed over on the way to the next frame: boot noise, the rest of an oversize frame, idle delimiters.
    /// Counted as skipped, not as rejected.
    Skipped,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::Checksum { expected, got, bytes } => {
                return fmt::Display::fmt(&DecodeError::Checksum { expected, got, bytes }, f);
            }
            Self::Malformed => "framing rules broken",
            Self::Oversize => "longer than the frame limit",
            Self::Skipped => "skipped while looking for the next frame",
        })
    }
}

/// Why a payload was not wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrapError {
    /// The buffer that the caller lent is too small.
    BufferTooSmall {
        /// Bytes that would do.
        need: usize,
    },
    /// The framing cannot carry a payload of this length.
    Length {
        /// The shortest payload it carries, in bytes.
        least: usize,
        /// The longest.
        most: usize,
    },
    /// The payload holds what ends a frame of this framing: it would arrive as more than one.
    Ends {
        /// Where in the payload that begins.
        at: usize,
    },
}

impl fmt::Display for WrapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BufferTooSmall { need } => write!(f, "the frame needs {need} bytes"),
            Self::Length { least, most } if least == most => {
                write!(f, "a frame carries {least} bytes, no more and no less")
            }
            Self::Length { least, most: usize::MAX } => write!(f, "a frame carries {least} bytes at least"),
            Self::Length { least, most } => write!(f, "a frame carries {least} to {most} bytes"),
            Self::Ends { at } => {
                write!(f, "the frame would end at byte {at} of the payload, which holds what ends a frame")
            }
        }
    }
}

/// Cuts a byte stream into frames, incrementally.
///
/// The caller lends the same `frame` buffer to every call and does not touch it in between: a
/// partial frame stays in it. Its length is the frame limit.
///
/// Laws, tested for every framer: any split of the input gives the same spans; spans add up to what
/// was consumed; after garbage the next valid frame is found; `feed(wrap(x))` gives `x`.
pub trait Framer {
    /// Takes some of `input`; may complete one span. Call it until the input is empty.
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step;

    /// Takes as many whole good frames of equal length from the start of `input` as `frames` has room for, and stops
    /// before anything else: another length, a broken span, a frame that is not complete. Returns the bytes taken; 0
    /// where [`Framer::feed`] must go on (always, while a frame is pending). Exactly what as many calls of `feed` would
    /// have found.
    fn feed_many(&mut self, input: &[u8], frames: &mut Frames<'_>) -> usize {
        let _ = (input, frames);
        0
    }

    /// The message or the line came to a rest: ends a frame that is delimited by that. Framers with
    /// delimiters of their own return `None` and keep what is pending.
    fn finish(&mut self, frame: &mut [u8]) -> Option<Found> {
        let _ = frame;
        None
    }

    /// The input has ended, and nothing more will come: ends what is pending as a frame where the last one may lack its
    /// delimiter (RFC 4180, section 2, rule 2), and gives up a beginning that frames stand behind. Call it until it
    /// returns `None`; what is pending then is the beginning of a frame.
    fn end_of_input(&mut self, frame: &mut [u8]) -> Option<Found> {
        self.finish(frame)
    }

    /// How long nothing must have come until [`Framer::end_of_input`] is to be called; `None` where that ends nothing.
    fn rest(&self) -> Option<Duration> {
        None
    }

    /// Drops what is pending and starts afresh (a gap, a reopened link). Returns the bytes dropped,
    /// which the caller counts as skipped.
    fn reset(&mut self) -> usize;

    /// Where byte `at` of a payload stands in its frame: `wire` is all of that frame as it came, as long as
    /// [`Found::Frame`] says. A byte that the framing writes as two is two there. `None` where the payload has no such
    /// byte; the bytes after the payload, a delimiter or a check sequence, are not told from it by every framer.
    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        behind(0, wire.len(), at)
    }

    /// One payload as it goes on the wire. Returns the bytes written.
    ///
    /// # Errors
    /// The buffer is too small, or the framing cannot carry a payload of that length.
    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError>;
}

/// Refuses a payload in which `ends`, what ends a frame, stands, alone or together with the `end` that follows it.
fn carries(payload: &[u8], ends: &[u8], end: &[u8]) -> Result<(), WrapError> {
    let whole = payload.len() + end.len().saturating_sub(1);
    let byte = |at: usize| payload.get(at).or_else(|| end.get(at.checked_sub(payload.len())?));
    let stands = |at: &usize| ends.iter().enumerate().all(|(i, wanted)| byte(at + i) == Some(wanted));
    let last = (whole + 1).saturating_sub(ends.len());
    match (0..last.min(payload.len())).find(stands) {
        Some(at) => Err(WrapError::Ends { at }),
        None => Ok(()),
    }
}

/// Where byte `at` of a payload is that stands as it is, from `start` to `end` of its frame.
fn behind(start: usize, end: usize, at: usize) -> Option<Range<usize>> {
    let place = start.checked_add(at).filter(|place| *place < end)?;
    Some(place..place.checked_add(1)?)
}

/// Writes pieces one after the other; the bytes written.
fn join(wire: &mut [u8], pieces: &[&[u8]]) -> Result<usize, WrapError> {
    let need = pieces.iter().fold(0usize, |sum, piece| sum.saturating_add(piece.len()));
    let Some(wire) = wire.get_mut(..need) else { return Err(WrapError::BufferTooSmall { need }) };
    for (to, from) in wire.iter_mut().zip(pieces.iter().copied().flatten()) {
        *to = *from;
    }
    Ok(need)
}
