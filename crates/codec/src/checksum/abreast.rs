//! CRCs of sixteen messages of equal length at once.
//!
//! A CRC is linear: but for a constant, the check value of a message is the exclusive or of what each of its half
//! bytes would give alone. What the sixteen values of a half byte give at one place of the message is a table of
//! sixteen bytes for each byte of the check value, and one byte shuffle looks it up for sixteen messages.

use alloc::boxed::Box;
use alloc::vec::Vec;
use wide::u8x16;

/// The longest message there are tables for, without its check value.
const LONGEST: usize = 253;

/// Whether this target shuffles bytes in one instruction. Without it a table for each whole byte is quicker.
pub(super) const WORTHWHILE: bool =
    cfg!(any(target_feature = "simd128", target_feature = "ssse3", target_feature = "neon"));

/// By the low and by the high half of a byte, one byte of the check value.
type Halves = [u8x16; 2];

/// The tables of one algorithm whose check value has `N` bytes.
pub(super) struct Abreast<const N: usize> {
    /// By the number of bytes that follow.
    places: Box<[[Halves; N]]>,
    /// By length, the check value of a message of zeros, low byte first.
    zeros: Box<[[u8; N]]>,
}

impl<const N: usize> Abreast<N> {
    /// From a function that computes the check value of one message.
    pub(super) fn new(compute: impl Fn(&[u8]) -> u32) -> Self {
        let value = |bytes: &[u8]| low_bytes::<N>(compute(bytes));
        let zeros: Box<[_]> = (0..=LONGEST).map(|len| value([0; LONGEST].get(..len).unwrap_or_default())).collect();
        let mut message = [0; LONGEST];
        let mut places = Vec::with_capacity(LONGEST);
        for (len, zero) in (1..=LONGEST).zip(zeros.iter().skip(1)) {
            let mut place = [[u8x16::ZERO; 2]; N];
            for half in 0..2 {
                let values: [[u8; N]; 16] = core::array::from_fn(|nibble| {
                    #[expect(clippy::cast_possible_truncation, reason = "an index below 16")]
                    let byte = (nibble as u8) << (4 * half);
                    if let Some(first) = message.first_mut() {
                        *first = byte;
                    }
                    value(message.get(..len).unwrap_or_default())
                });
                for (index, (halves, zero)) in place.iter_mut().zip(zero).enumerate() {
                    let column = values.map(|value| value.get(index).copied().unwrap_or(0) ^ zero);
                    if let Some(table) = halves.get_mut(half) {
                        *table = u8x16::new(column);
                    }
                }
            }
            message = [0; LONGEST];
            places.push(place);
        }
        Self { places: places.into_boxed_slice(), zeros }
    }

    /// Which of sixteen messages of `len` bytes do not end with their check value, a bit each. `planes` holds the bytes of
    /// all of them, place by place. `None` where there are no tables for so long a message, or it is too short.
    #[inline]
    pub(super) fn wrong(&self, planes: &[u8x16], len: usize, big: bool) -> Option<u32> {
        let covered = len.checked_sub(N)?;
        let zeros = self.zeros.get(covered)?;
        let mut sums = zeros.map(u8x16::splat);
        let (messages, written) = planes.get(..len)?.split_at_checked(covered)?;
        for (bytes, place) in messages.iter().zip(self.places.get(..covered)?.iter().rev()) {
            let (low, high) = (*bytes & u8x16::splat(0x0f), bytes.unbounded_shr_scalar(4));
            for (sum, [lows, highs]) in sums.iter_mut().zip(place) {
                *sum ^= lows.shuffle(low) ^ highs.shuffle(high);
            }
        }
        let differ = |(sum, bytes): (&u8x16, &u8x16)| *sum ^ *bytes;
        let join = |all: u8x16, differ: u8x16| all | differ;
        let differ = if big {
            sums.iter().rev().zip(written).map(differ).fold(u8x16::ZERO, join)
        } else {
            sums.iter().zip(written).map(differ).fold(u8x16::ZERO, join)
        };
        Some(!differ.simd_eq(u8x16::ZERO).to_bitmask() & 0xffff)
    }
}

/// The low `N` bytes of a number, the lowest first.
fn low_bytes<const N: usize>(value: u32) -> [u8; N] {
    let bytes = value.to_le_bytes();
    core::array::from_fn(|index| bytes.get(index).copied().unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::checksum::Checksum;
    use crate::run::planes::{ABREAST, Abreast as _};

    /// The bytes of sixteen messages, place by place.
    fn turned(messages: &[Vec<u8>]) -> Vec<u8x16> {
        let len = messages[0].len();
        let at = |message: &Vec<u8>, place| message.get(place).copied().unwrap_or(0);
        (0..len).map(|place| u8x16::new(core::array::from_fn(|row| at(&messages[row], place)))).collect()
    }

    /// Sixteen messages with right check values pass, and one flipped bit is seen wherever it is.
    #[expect(clippy::cast_possible_truncation, reason = "the low byte is meant")]
    fn every_bit<const N: usize>(name: &str, big: bool) {
        let sum = Checksum::find(name).unwrap();
        let abreast = Abreast::<N>::new(|bytes| sum.compute(bytes) as u32);
        for len in [N, N + 1, 9, 16, 33, LONGEST + N] {
            let mut messages: Vec<Vec<u8>> = (0..ABREAST)
                .map(|row| {
                    let mut message: Vec<u8> = (0..len - N).map(|at| (row * 31 + at * 7 + row * at) as u8).collect();
                    let written = sum.compute(&message).to_le_bytes();
                    let written = written[..N].iter().copied();
                    if big {
                        message.extend(written.rev())
                    } else {
                        message.extend(written)
                    }
                    message
                })
                .collect();
            assert_eq!(abreast.wrong(&turned(&messages), len, big), Some(0), "{name}, {len} bytes");
            for bit in 0..len * 8 {
                let row = bit % ABREAST;
                messages[row][bit / 8] ^= 1 << (bit % 8);
                let wrong = abreast.wrong(&turned(&messages), len, big);
                assert_eq!(wrong, Some(1 << row), "{name}, {len} bytes, bit {bit}");
                messages[row][bit / 8] ^= 1 << (bit % 8);
            }
        }
        assert_eq!(abreast.wrong(&[u8x16::ZERO; 16], N - 1, big), None, "shorter than a check value");
        assert_eq!(abreast.wrong(&[u8x16::ZERO; 300], LONGEST + N + 1, big), None, "longer than the tables");
    }

    #[test]
    fn f17_no_flipped_bit_passes() {
        for big in [false, true] {
            every_bit::<1>("CRC-8/SMBUS", big);
            every_bit::<2>("CRC-16/IBM-3740", big);
            every_bit::<2>("CRC-16/MODBUS", big);
            every_bit::<2>("CRC-15/CAN", big);
            every_bit::<4>("CRC-32/ISO-HDLC", big);
            every_bit::<4>("CRC-32/MPEG-2", big);
        }
    }

    #[test]
    fn vectors_are_turned_and_turned_back() {
        let rows: [u8x16; 16] =
            core::array::from_fn(|row| u8x16::new(core::array::from_fn(|at| (row * 16 + at) as u8)));
        let turned = rows.interleaved();
        for (at, vector) in turned.iter().enumerate() {
            assert_eq!(vector.to_array(), core::array::from_fn(|row| (row * 16 + at) as u8));
        }
        assert_eq!(turned.interleaved(), rows);
    }
}
