//! Lines with a check sequence written as text, as NMEA 0183 has them: `$GPGLL,…*1D` (IEC 61162-1, 7.3.4).

use super::{Found, Framer, Lines, Step, WrapError};
use crate::checksum::Checksum;
use crate::{DecodeError, Decoder, Sample};
use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

/// Where the parts of a line stand: what is said and summed, and the digits behind the asterisk, if there are as many as
/// the check sequence has.
fn parts(line: &[u8], bytes: usize) -> (Range<usize>, Option<u128>) {
    let from = usize::from(matches!(line.first(), Some(b'$' | b'!')));
    let trimmed = line.trim_ascii_end();
    let at = trimmed.len().checked_sub(bytes.saturating_mul(2).saturating_add(1)).filter(|at| *at >= from);
    let digits = at.and_then(|at| trimmed.get(at..)?.strip_prefix(b"*"));
    let written = digits.and_then(|digits| u128::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok());
    match (at, written) {
        (Some(at), Some(written)) => (from..at, Some(written)),
        _ => (from..line.len(), None),
    }
}

/// Lines that are sent with a check sequence. A frame is the line as it came: [`SummedLines`] takes the check sequence off, and
/// can say what is wrong with it.
pub(crate) struct Summed {
    pub(crate) lines: Lines,
    pub(crate) checksum: Checksum,
}

impl Framer for Summed {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        self.lines.feed(input, frame)
    }

    fn finish(&mut self, frame: &mut [u8]) -> Option<Found> {
        self.lines.finish(frame)
    }

    fn end_of_input(&mut self, frame: &mut [u8]) -> Option<Found> {
        self.lines.end_of_input(frame)
    }

    fn reset(&mut self) -> usize {
        self.lines.reset()
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        self.lines.on_wire(wire, at)
    }

    /// A line that has a check sequence already keeps it.
    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let (said, written) = parts(payload, self.checksum.bytes());
        if written.is_some() || payload.is_empty() {
            return self.lines.wrap(payload, wire);
        }
        let sum = self.checksum.compute(payload.get(said).unwrap_or_default());
        let digits = format!("*{sum:0width$X}", width = self.checksum.bytes().saturating_mul(2));
        let line: Vec<u8> = payload.iter().copied().chain(digits.bytes()).collect();
        self.lines.wrap(&line, wire)
    }
}

/// Understands lines whose check sequence agrees, without it and without what stands in front of what is summed.
pub(crate) struct SummedLines {
    pub(crate) decoder: Box<dyn Decoder>,
    pub(crate) checksum: Checksum,
    /// Whether a line may have none.
    pub(crate) optional: bool,
}

impl Decoder for SummedLines {
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let (said, written) = parts(frame, self.checksum.bytes());
        let covered = frame.get(said).unwrap_or_default();
        match written {
            Some(got) => {
                let expected = self.checksum.compute(covered);
                if got != expected {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "the low 64 bits tell enough of the one wider CRC"
                    )]
                    let (expected, got) = (expected as u64, got as u64);
                    let bytes = u8::try_from(self.checksum.bytes()).unwrap_or(u8::MAX);
                    return Err(DecodeError::Checksum { expected, got, bytes });
                }
            }
            None if self.optional || frame.trim_ascii().is_empty() => {}
            None => return Err(DecodeError::NoChecksum),
        }
        self.decoder.decode(covered, emit)
    }

    fn bytes_of(&self, frame: &[u8], message: &str, field: usize) -> Option<Range<usize>> {
        let (said, _) = parts(frame, self.checksum.bytes());
        let from = said.start;
        let bytes = self.decoder.bytes_of(frame.get(said)?, message, field)?;
        Some(bytes.start.saturating_add(from)..bytes.end.saturating_add(from))
    }

    fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) -> bool {
        self.decoder.declared(each)
    }

    fn unplotted(&self, message: &str, field: &str) -> bool {
        self.decoder.unplotted(message, field)
    }
}
