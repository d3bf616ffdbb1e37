//! A message as the decoder and the encoder use it: every position known, nothing left to look up.

use super::flow::Flow;
use crate::checksum::{self, Checksum};
use crate::protocol::number::Number;
use crate::schema::OwnedSchema;
use crate::{DecodeError, Kind};
use alloc::string::String;
use alloc::vec::Vec;

/// A place in a frame. What stands behind a part of variable length is counted from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Start(usize),
    End(usize),
}

impl At {
    #[inline]
    pub(super) fn of(self, len: usize) -> usize {
        match self {
            Self::Start(at) => at,
            Self::End(back) => len.saturating_sub(back),
        }
    }
}

/// From raw to physical: `raw * scale + offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    factor: f64,
    /// The factor is one over a whole number: dividing by that gives the nearest double (3 / 10 is 0.3, 3 * 0.1 is not).
    divides: bool,
    offset: f64,
}

impl Scale {
    pub(super) fn new(scale: f64, offset: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
        #[expect(clippy::cast_precision_loss, reason = "below 1e15, where whole numbers are exact")]
        let whole = (1.0 / scale + 0.5) as i64 as f64;
        #[expect(clippy::float_cmp, reason = "exactly the double that was written")]
        let divides = whole > 1.0 && whole < 1e15 && 1.0 / whole == scale;
        Self { factor: if divides { whole } else { scale }, divides, offset }
    }

    #[inline]
    pub(super) fn apply(self, raw: f64) -> f64 {
        let scaled = if self.divides { raw / self.factor } else { raw * self.factor };
        if self.offset == 0.0 { scaled } else { scaled + self.offset }
    }

    pub(super) fn undo(self, value: f64) -> f64 {
        let value = value - self.offset;
        if self.divides { value * self.factor } else { value / self.factor }
    }
}

/// How a field is read.
#[derive(Clone, Debug)]
pub(super) enum Read {
    Number(Number),
    Scaled(Number, Scale),
    /// Raw bits to label, in order of the bits.
    Label(Number, Vec<(u64, String)>),
    /// UTF-8; up to the first NUL where the length is fixed. `None`: all that is left.
    Text(Option<usize>),
    Bytes(Option<usize>),
}

impl Read {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Number(number) => number.kind(),
            Self::Scaled(..) => Kind::F64,
            Self::Label(..) | Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }
}

/// A check sequence within a message.
#[derive(Debug)]
pub(super) struct Sum {
    pub(super) at: At,
    pub(super) checksum: Checksum,
    pub(super) big: bool,
    pub(super) from: usize,
    /// `None`: up to the check sequence.
    pub(super) to: Option<usize>,
}

impl Sum {
    /// What the frame says, and what it should say.
    #[inline]
    pub(super) fn check(&self, frame: &[u8]) -> Result<(), DecodeError> {
        self.check_at(frame, self.at.of(frame.len()))
    }

    /// The same where it stands at `at`.
    #[inline]
    pub(super) fn check_at(&self, frame: &[u8], at: usize) -> Result<(), DecodeError> {
        let covered = frame.get(self.from..self.to.unwrap_or(at)).unwrap_or_default();
        let written = frame.get(at..at.saturating_add(self.checksum.bytes())).unwrap_or_default();
        if let (&[first, second], Some(expected)) = (written, self.checksum.short(covered)) {
            let written = [first, second];
            let got = if self.big { u16::from_be_bytes(written) } else { u16::from_le_bytes(written) };
            if got == expected {
                return Ok(());
            }
        }
        self.mismatch(covered, written)
    }

    /// Any width; and the two numbers, where they differ.
    #[inline(never)]
    fn mismatch(&self, covered: &[u8], written: &[u8]) -> Result<(), DecodeError> {
        let got = checksum::written(written, self.big);
        let expected = self.checksum.compute(covered);
        if got == expected {
            return Ok(());
        }
        #[expect(clippy::cast_possible_truncation, reason = "the low 64 bits tell enough of the one wider CRC")]
        Err(DecodeError::Checksum { expected: expected as u64, got: got as u64, bytes: self.checksum.bytes() as u8 })
    }

    /// Fills it in.
    pub(super) fn put(&self, frame: &mut [u8]) -> Option<()> {
        self.put_at(frame, self.at.of(frame.len()))
    }

    /// The same where it stands at `at`.
    pub(super) fn put_at(&self, frame: &mut [u8], at: usize) -> Option<()> {
        let sum = self.checksum.compute(frame.get(self.from..self.to.unwrap_or(at))?).to_le_bytes();
        let to = frame.get_mut(at..at.saturating_add(self.checksum.bytes()))?;
        to.copy_from_slice(sum.get(..to.len())?);
        if self.big {
            to.reverse();
        }
        Some(())
    }
}

/// One kind of message.
#[derive(Debug)]
pub(super) struct Plan {
    /// One for each field of the schema, in their order.
    pub(super) reads: Vec<(At, Read)>,
    pub(super) constants: Vec<(At, Vec<u8>)>,
    pub(super) sums: Vec<Sum>,
    /// Where the discriminator stands, and this message's.
    pub(super) discriminator: Option<(usize, Number)>,
    pub(super) id: u64,
    /// Bytes without the part of variable length.
    pub(super) len: usize,
    pub(super) variable: bool,
    pub(super) schema: OwnedSchema,
    pub(super) name: String,
    /// Where the data say how long a part is: then nothing above but `len`, at least so many bytes, is of use.
    pub(super) flow: Option<Flow>,
}

impl Plan {
    /// Length, constants and check sequences; then every field can be read.
    #[inline]
    pub(super) fn check(&self, frame: &[u8]) -> Result<(), DecodeError> {
        let (need, got) = (self.len, frame.len());
        if got < need {
            return Err(DecodeError::TooShort { need, got });
        }
        if got > need && !self.variable {
            return Err(DecodeError::TooLong { need, got });
        }
        for sum in &self.sums {
            sum.check(frame)?;
        }
        for (at, bytes) in &self.constants {
            let at = at.of(got);
            if !frame.get(at..).unwrap_or_default().starts_with(bytes) {
                return Err(DecodeError::Syntax { at });
            }
        }
        Ok(())
    }

    /// Every field is a number at a fixed place.
    pub(super) fn columnar(&self) -> bool {
        self.flow.is_none()
            && !self.variable
            && self.reads.iter().all(|(_, read)| matches!(read, Read::Number(_) | Read::Scaled(..)))
    }
}
