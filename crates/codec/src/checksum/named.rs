use super::Model;
use super::abreast::{Abreast, WORTHWHILE};
use super::catalogue::{ALIASES, CATALOGUE};
use super::sliced::{Parameters, Sliced};
use super::sums::{Compute, SUMS};
use crate::frame::FrameError;
use crate::run::Frames;
use crate::run::planes::{ABREAST, Planes};
use alloc::boxed::Box;
use crc::{Crc, NoTable, Table};
use wide::u8x16;

/// A checksum chosen by name.
pub struct Checksum {
    name: &'static str,
    bytes: usize,
    engine: Engine,
    many: Many,
}

/// How many messages are checked at once.
enum Many {
    One(Abreast<1>),
    Two(Abreast<2>),
    Four(Abreast<4>),
    /// Not at all: no byte shuffles, or an unusual width.
    None,
}

impl Many {
    fn new(bytes: usize, engine: &Engine) -> Self {
        let compute = |message: &[u8]| match engine {
            Engine::Short(crc) => crc.compute(message),
            Engine::Long(crc) => crc.compute(message),
            _ => 0,
        };
        match (engine, bytes) {
            (Engine::Short(_), 1) if WORTHWHILE => Many::One(Abreast::new(compute)),
            (Engine::Short(_), 2) if WORTHWHILE => Many::Two(Abreast::new(compute)),
            (Engine::Long(_), 4) if WORTHWHILE => Many::Four(Abreast::new(compute)),
            _ => Many::None,
        }
    }

    /// Which of sixteen messages are wrong; see [`Abreast::wrong`].
    #[inline]
    fn wrong(&self, planes: &[u8x16], len: usize, big: bool) -> Option<u32> {
        match self {
            Many::One(crc) => crc.wrong(planes, len, big),
            Many::Two(crc) => crc.wrong(planes, len, big),
            Many::Four(crc) => crc.wrong(planes, len, big),
            Many::None => None,
        }
    }
}

enum Engine {
    /// Up to 16 bits.
    Short(Sliced<u16>),
    /// Up to 32 bits.
    Long(Sliced<u32>),
    Wide(Box<Crc<u64, Table<16>>>),
    Widest(Box<Crc<u128, NoTable>>),
    Sum(Compute),
}

impl core::fmt::Debug for Checksum {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Checksum").field(&self.name).finish()
    }
}

impl Checksum {
    /// The algorithm of that name: a catalogue name ("CRC-16/IBM-3740"), one of its well-known aliases
    /// ("CRC-16/CCITT-FALSE"), the same in the spelling of the `crc` crate ("CRC_16_IBM_3740"), or one that is no CRC:
    /// "sum8", "sum16" and "sum32" (the bytes added up), "lrc8" (the two's complement of the first), "xor8" (the bytes
    /// combined by exclusive or), "fletcher16" (RFC 1146), "adler32" (RFC 1950) and "ubx" (Fletcher's modulo 256, as u-blox has
    /// it). Case does not matter.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let full = ALIASES.iter().find(|(alias, _)| same(alias, name)).map_or(name, |(_, full)| full);
        if let Some((name, bytes, compute)) = SUMS.iter().find(|(name, ..)| same(name, full)) {
            return Some(Self { name, bytes: *bytes, engine: Engine::Sum(*compute), many: Many::None });
        }
        let (name, model) = CATALOGUE.iter().find(|(name, _)| same(name, full))?;
        let (width, engine) = match *model {
            Model::W8(a) => (a.width, Engine::Short(Sliced::<u16>::new(&Parameters::from(a)))),
            Model::W16(a) => (a.width, Engine::Short(Sliced::<u16>::new(&Parameters::from(a)))),
            Model::W32(a) => (a.width, Engine::Long(Sliced::<u32>::new(&Parameters::from(a)))),
            Model::W64(a) => (a.width, Engine::Wide(Box::new(Crc::<u64, Table<16>>::new(a)))),
            Model::W128(a) => (a.width, Engine::Widest(Box::new(Crc::<u128, NoTable>::new(a)))),
        };
        let bytes = usize::from(width).div_ceil(8);
        let many = Many::new(bytes, &engine);
        Some(Self { name, bytes, engine, many })
    }

    /// Every name that [`Checksum::find`] knows, aliases aside.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        CATALOGUE.iter().map(|(name, _)| *name).chain(SUMS.iter().map(|(name, ..)| *name))
    }

    /// Its name in the catalogue.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Bytes it takes in a frame: its width, rounded up.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The same as [`Checksum::compute`] where it is at most 16 bits wide; the usual case, made quick.
    #[inline]
    pub(crate) fn short(&self, bytes: &[u8]) -> Option<u16> {
        match &self.engine {
            Engine::Short(crc) => u16::try_from(crc.compute(bytes)).ok(),
            _ => None,
        }
    }

    /// The check sequence of these bytes, as a number.
    #[must_use]
    pub fn compute(&self, bytes: &[u8]) -> u128 {
        match &self.engine {
            Engine::Short(crc) => u128::from(crc.compute(bytes)),
            Engine::Long(crc) => u128::from(crc.compute(bytes)),
            Engine::Wide(crc) => u128::from(crc.checksum(bytes)),
            Engine::Widest(crc) => crc.checksum(bytes),
            Engine::Sum(compute) => u128::from(compute(bytes)),
        }
    }

    /// What is told of a frame in which another check sequence stands than is computed.
    #[expect(clippy::cast_possible_truncation, reason = "the low 64 bits tell enough of the one wider CRC")]
    pub(crate) fn refused(&self, expected: u128, got: u128) -> FrameError {
        let bytes = u8::try_from(self.bytes).unwrap_or(u8::MAX);
        FrameError::Checksum { expected: expected as u64, got: got as u64, bytes }
    }

    /// How many frames of a run, `rows` at most and from frame `from` on, end with the check sequence of what is before.
    /// `planes` are the same frames, turned on their side.
    pub(crate) fn agreeing(&self, frames: &Frames<'_>, from: usize, planes: &Planes, rows: usize, big: bool) -> usize {
        let mut good = 0usize;
        for group in planes.groups() {
            let Some(wrong) = self.many.wrong(group, frames.run().len, big) else { break };
            let right = usize::try_from(wrong.trailing_zeros()).unwrap_or(0).min(ABREAST);
            good = good.saturating_add(right);
            if right < ABREAST || good >= rows {
                return good.min(rows);
            }
        }
        let messages = frames.payloads(from.saturating_add(good)).take(rows.saturating_sub(good));
        good.saturating_add(self.one_by_one(messages, big))
    }

    fn one_by_one<'a>(&self, messages: impl Iterator<Item = &'a [u8]>, big: bool) -> usize {
        // The algorithm is looked at once, not for every message.
        match (&self.engine, self.bytes) {
            (Engine::Short(crc), 2) => count(messages, |covered, bytes: [u8; 2]| {
                let written = if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) };
                crc.compute(covered) == u32::from(written)
            }),
            (Engine::Long(crc), 4) => count(messages, |covered, bytes: [u8; 4]| {
                let written = if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
                crc.compute(covered) == written
            }),
            _ => {
                let agrees = |message: &&[u8]| {
                    let at = message.len().checked_sub(self.bytes);
                    at.and_then(|at| message.split_at_checked(at))
                        .is_some_and(|(covered, bytes)| self.compute(covered) == written(bytes, big))
                };
                messages.take_while(agrees).count()
            }
        }
    }
}

#[inline]
fn count<'a, const N: usize>(
    messages: impl Iterator<Item = &'a [u8]>,
    agrees: impl Fn(&[u8], [u8; N]) -> bool,
) -> usize {
    let agrees = |message: &&[u8]| message.split_last_chunk().is_some_and(|(covered, bytes)| agrees(covered, *bytes));
    messages.take_while(agrees).count()
}

/// A number of any width as it stands in a frame: a check sequence, a length.
pub(crate) fn written(bytes: &[u8], big: bool) -> u128 {
    let join = |value: u128, byte: &u8| value << 8 | u128::from(*byte);
    if big { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) }
}

/// Case and the kind of separator aside.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        let plain = |byte: u8| if matches!(byte, b'-' | b'/' | b' ') { b'_' } else { byte.to_ascii_uppercase() };
        text.len() == a.len() && a.bytes().zip(text.bytes()).all(|(a, b)| plain(a) == plain(b))
    };
    letters(b)
}
