//! What a packet is made of, in the order of the wire: sync word, header, payload, check sequence.

use crate::checksum::{self, Checksum};
use crate::frame::{FrameError, WrapError};
use alloc::vec::Vec;
use core::ops::Range;

/// How frames are made.
#[derive(Debug)]
pub struct Shape {
    /// What each frame begins with; empty for none. It is no part of the payload.
    pub sync: Vec<u8>,
    /// How long a frame is.
    pub size: Size,
    /// The check sequence at its end; it is no part of the payload.
    pub check: Option<PacketCheck>,
}

/// How long a frame is.
#[derive(Debug)]
pub enum Size {
    /// So many bytes of payload.
    Fixed(usize),
    /// As a field of it says.
    Said(LengthField),
}

/// A length field.
#[derive(Debug)]
pub struct LengthField {
    /// Bytes between the sync word and the field.
    pub offset: usize,
    /// Bytes of the field: 1 to 4.
    pub bytes: usize,
    /// Their order.
    pub endian: Endian,
    /// What its value counts.
    pub counts: Counts,
    /// To be added to its value.
    pub adds: i64,
    /// Whether the payload begins right after the sync word, the field included, and not behind the field.
    pub keeps_header: bool,
}

/// The order of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endian {
    /// The least significant byte first.
    Little,
    /// The most significant byte first.
    Big,
}

/// Which bytes a length field counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Those between the field and the check sequence.
    Payload,
    /// Those after the field, the check sequence included.
    Rest,
    /// All from the sync word to the check sequence.
    Frame,
}

/// A check sequence.
#[derive(Debug)]
pub struct PacketCheck {
    /// Its algorithm.
    pub checksum: Checksum,
    /// The order of its bytes.
    pub endian: Endian,
    /// Whether it covers the sync word too.
    pub covers_sync: bool,
}

/// What some bytes begin with.
pub(super) enum Look {
    /// Not with a frame.
    Noise,
    /// Not to be known without so many bytes in all.
    Needs(usize),
    /// With a frame.
    Frame { payload: Range<usize>, wire: usize },
    /// With what looked like a frame at first; the bytes that showed that it is none.
    Bad { why: FrameError, len: usize },
}

impl Endian {
    fn read(self, bytes: &[u8]) -> u128 {
        checksum::written(bytes, self == Self::Big)
    }

    fn write(self, value: u128, bytes: &mut [u8]) {
        let write = |value: u128, byte: &mut u8| {
            *byte = value.to_le_bytes()[0];
            value >> 8
        };
        match self {
            Self::Little => bytes.iter_mut().fold(value, write),
            Self::Big => bytes.iter_mut().rev().fold(value, write),
        };
    }
}

impl Shape {
    /// Whether there is something to find the next frame by.
    pub(super) fn resynchronises(&self) -> bool {
        !self.sync.is_empty() || self.check.is_some()
    }

    /// Bytes at the start where no frame can begin.
    pub(super) fn noise(&self, bytes: &[u8]) -> usize {
        let Some(&first) = self.sync.first() else { return 0 };
        let begins = |at: &usize| {
            let here = bytes.get(*at..).unwrap_or_default();
            here.iter().zip(&self.sync).all(|(a, b)| a == b)
        };
        memchr::memchr_iter(first, bytes).find(begins).unwrap_or(bytes.len())
    }

    fn check_bytes(&self) -> usize {
        self.check.as_ref().map_or(0, |check| check.checksum.bytes())
    }

    /// Decides what `bytes` begin with. A payload is at most `limit` bytes long.
    pub(super) fn look(&self, bytes: &[u8], limit: usize) -> Look {
        if !bytes.iter().zip(&self.sync).all(|(a, b)| a == b) {
            return Look::Noise;
        }
        let sync = self.sync.len();
        if bytes.len() < sync.max(1) {
            return Look::Needs(sync.max(1));
        }
        let (from, body, header) = match &self.size {
            Size::Fixed(len) => (sync, Some(*len), sync),
            Size::Said(field) => {
                let at = sync.saturating_add(field.offset);
                let header = at.saturating_add(field.bytes);
                let Some(said) = bytes.get(at..header) else { return Look::Needs(header) };
                let from = if field.keeps_header { sync } else { header };
                (from, self.body(field, field.endian.read(said), header), header)
            }
        };
        let Some(end) = body.and_then(|body| header.checked_add(body)) else {
            return Look::Bad { why: FrameError::Malformed, len: header };
        };
        if end.saturating_sub(from) > limit {
            return Look::Bad { why: FrameError::Oversize, len: header.max(1) };
        }
        let wire = end.saturating_add(self.check_bytes());
        let Some(sequence) = bytes.get(end..wire) else { return Look::Needs(wire) };
        if let Some(check) = &self.check {
            let from = if check.covers_sync { 0 } else { sync };
            let expected = check.checksum.compute(bytes.get(from..end).unwrap_or_default());
            let got = check.endian.read(sequence);
            if expected != got {
                return Look::Bad { why: check.checksum.refused(expected, got), len: wire };
            }
        }
        Look::Frame { payload: from..end, wire }
    }

    /// Bytes that do not belong to what the field counts from on, as a correction of its value: (bytes counted) + adds
    /// - this = bytes between header and check sequence.
    fn counted_besides(&self, field: &LengthField, header: usize) -> usize {
        match field.counts {
            Counts::Payload => 0,
            Counts::Rest => self.check_bytes(),
            Counts::Frame => header.saturating_add(self.check_bytes()),
        }
    }

    /// Bytes between header and check sequence; `None` for a length that cannot be.
    fn body(&self, field: &LengthField, said: u128, header: usize) -> Option<usize> {
        let besides = i64::try_from(self.counted_besides(field, header)).ok()?;
        let body = i64::try_from(said).ok()?.checked_add(field.adds)?.checked_sub(besides)?;
        usize::try_from(body).ok()
    }

    /// A payload on the wire; see [`crate::Framer::wrap`].
    pub(super) fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let sync = self.sync.len();
        let (header, body) = match &self.size {
            Size::Fixed(len) if payload.len() == *len => (0, payload),
            Size::Fixed(len) => return Err(WrapError::Length { least: *len, most: *len }),
            Size::Said(field) => {
                let header = field.offset.saturating_add(field.bytes);
                let body = if field.keeps_header { payload.get(header..) } else { Some(payload) };
                let Some(body) = body else { return Err(WrapError::Length { least: header, most: usize::MAX }) };
                (header, body)
            }
        };
        let from = sync.saturating_add(header);
        let end = from.saturating_add(body.len());
        let need = end.saturating_add(self.check_bytes());
        let Some(wire) = wire.get_mut(..need) else { return Err(WrapError::BufferTooSmall { need }) };
        wire.fill(0);
        copy(wire, 0, &self.sync);
        copy(wire, from, body);
        if let Size::Said(field) = &self.size {
            if field.keeps_header {
                copy(wire, sync, payload.get(..header).unwrap_or_default());
            }
            let value = self.value(field, body.len(), from)?;
            let at = sync.saturating_add(field.offset);
            field.endian.write(value, wire.get_mut(at..from).unwrap_or_default());
        }
        if let Some(check) = &self.check {
            let covered = wire.get(if check.covers_sync { 0 } else { sync }..end).unwrap_or_default();
            let sequence = check.checksum.compute(covered);
            check.endian.write(sequence, wire.get_mut(end..).unwrap_or_default());
        }
        Ok(need)
    }

    /// What a length field says of so many bytes between header and check sequence.
    fn value(&self, field: &LengthField, body: usize, header: usize) -> Result<u128, WrapError> {
        let most = (1u128 << (8 * field.bytes.min(8))) - 1;
        let besides = self.counted_besides(field, header);
        let value = i64::try_from(body.saturating_add(besides)).ok().and_then(|all| all.checked_sub(field.adds));
        value.and_then(|value| u128::try_from(value).ok()).filter(|value| *value <= most).ok_or_else(|| {
            let at_most = |value: u128| self.body(field, value, header).unwrap_or(0);
            WrapError::Length { least: at_most(0), most: at_most(most) }
        })
    }
}

fn copy(wire: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = wire.get_mut(at..at.saturating_add(bytes.len())) {
        place.copy_from_slice(bytes);
    }
}
