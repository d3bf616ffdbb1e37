//! CRCs of up to 32 bits, 32 bytes at a time.
//!
//! A CRC is linear: the register after a chunk is the exclusive or of what each byte of the chunk would leave
//! there alone, so the bytes need not wait for one another. `tables[k][b]` is the register after byte `b` and
//! `k` zero bytes (Kounavis and Berry, "A Systematic Approach to Building High Performance Software-Based CRC
//! Generators", ISCC 2005). A chunk shorter than 32 uses the last tables, so a frame of 20 bytes is one step.
//!
//! The register is kept with the bit that meets the next message bit at a fixed place: at the bottom where
//! bytes are read from their low bit (`refin`), at the top of the word where they are read from their high bit.

use alloc::boxed::Box;
use alloc::vec::Vec;

const SLICES: usize = 32;

/// What the catalogue says of an algorithm, in 32 bits.
pub(super) struct Parameters {
    width: u32,
    poly: u32,
    init: u32,
    xorout: u32,
    refin: bool,
    refout: bool,
}

impl<W: crc::Width + Copy + Into<u32>> From<&crc::Algorithm<W>> for Parameters {
    fn from(a: &crc::Algorithm<W>) -> Self {
        Self {
            width: u32::from(a.width),
            poly: a.poly.into(),
            init: a.init.into(),
            xorout: a.xorout.into(),
            refin: a.refin,
            refout: a.refout,
        }
    }
}

/// The tables of one algorithm, in words of 16 or 32 bits.
pub(super) struct Sliced<T> {
    /// Last table first: a chunk of n bytes takes the last n.
    tables: Box<[[T; 256]]>,
    start: T,
    /// By the number of bytes, what the start alone becomes when they are zero.
    starts: [T; SLICES + 1],
    width: u32,
    xorout: u32,
    refin: bool,
    refout: bool,
}

macro_rules! sliced {
    ($word:ty) => {
        impl Sliced<$word> {
            const BYTES: usize = size_of::<$word>();

            pub(super) fn new(parameters: &Parameters) -> Self {
                let &Parameters { width, poly, init, xorout, refin, refout } = parameters;
                let align = <$word>::BITS.saturating_sub(width);
                #[allow(clippy::cast_possible_truncation, reason = "the word is as wide as the algorithm")]
                let place = |value: u32| {
                    if refin { (value.reverse_bits() >> (32 - width)) as $word } else { (value as $word) << align }
                };
                let (poly, start) = (place(poly), place(init));
                let mut table: [$word; 256] = core::array::from_fn(|byte| {
                    #[expect(clippy::cast_possible_truncation, reason = "an index below 256")]
                    let byte = byte as u8;
                    let bit = |register: $word| {
                        let (out, shifted) = if refin {
                            (register & 1 != 0, register >> 1)
                        } else {
                            (register >> (<$word>::BITS - 1) != 0, register << 1)
                        };
                        if out { shifted ^ poly } else { shifted }
                    };
                    let register = if refin { byte.into() } else { <$word>::from(byte) << (<$word>::BITS - 8) };
                    (0..8).fold(register, |register, _| bit(register))
                });
                let first = table;
                let mut tables = Vec::with_capacity(SLICES);
                for _ in 0..SLICES {
                    tables.push(table);
                    table = table.map(|register| Self::zero(register, refin) ^ Self::look(&first, register, refin));
                }
                tables.reverse();
                let mut register = start;
                let starts = core::array::from_fn(|_| {
                    let after = Self::zero(register, refin) ^ Self::look(&first, register, refin);
                    core::mem::replace(&mut register, after)
                });
                Self { tables: tables.into_boxed_slice(), start, starts, width, xorout, refin, refout }
            }

            /// The register without the byte that meets the next message byte.
            #[inline]
            fn zero(register: $word, refin: bool) -> $word {
                if refin { register >> 8 } else { register << 8 }
            }

            #[inline]
            fn look(table: &[$word; 256], register: $word, refin: bool) -> $word {
                let [low, .., high] = register.to_le_bytes();
                at(table, if refin { low } else { high })
            }

            #[inline]
            pub(super) fn compute(&self, bytes: &[u8]) -> u32 {
                let register = match self.starts.get(bytes.len()) {
                    // All look-ups are independent of one another.
                    Some(start) => {
                        let tables = self.tables.get(SLICES.saturating_sub(bytes.len())..).unwrap_or_default();
                        bytes.iter().zip(tables).fold(*start, |sum, (byte, table)| sum ^ at(table, *byte))
                    }
                    None => bytes.chunks(SLICES).fold(self.start, |register, chunk| self.chunk(register, chunk)),
                };
                self.finish(register)
            }

            /// The register after up to 32 bytes.
            #[inline]
            fn chunk(&self, register: $word, chunk: &[u8]) -> $word {
                let first = if self.refin { register.to_le_bytes() } else { register.to_be_bytes() };
                let tables = self.tables.get(SLICES.saturating_sub(chunk.len())..).unwrap_or_default();
                let split = (chunk.split_at_checked(Self::BYTES), tables.split_at_checked(Self::BYTES));
                let (Some((head, rest)), Some((head_tables, tables))) = split else {
                    return chunk.iter().fold(register, |register, byte| {
                        let met = if self.refin { register } else { register.swap_bytes() };
                        let [met, ..] = met.to_le_bytes();
                        let first = self.tables.last().map_or(0, |table| at(table, met ^ byte));
                        Self::zero(register, self.refin) ^ first
                    });
                };
                let head = head.iter().zip(first).zip(head_tables);
                let sum = head.fold(0, |sum, ((byte, met), table)| sum ^ at(table, byte ^ met));
                // Eight at a time, so that the compiler unrolls.
                let ((groups, rest), (group_tables, tables)) = (rest.as_chunks::<8>(), tables.as_chunks::<8>());
                let sum = groups.iter().zip(group_tables).fold(sum, |sum, (bytes, tables)| {
                    let [a, b, c, d, e, f, g, h] = *bytes;
                    let [ta, tb, tc, td, te, tf, tg, th] = tables;
                    let low = at(ta, a) ^ at(tb, b) ^ at(tc, c) ^ at(td, d);
                    sum ^ low ^ (at(te, e) ^ at(tf, f) ^ at(tg, g) ^ at(th, h))
                });
                rest.iter().zip(tables).fold(sum, |sum, (byte, table)| sum ^ at(table, *byte))
            }

            fn finish(&self, register: $word) -> u32 {
                let (width, register) = (self.width, u32::from(register));
                let value = if self.refin { register } else { register >> <$word>::BITS.saturating_sub(width) };
                let value = if self.refin == self.refout { value } else { value.reverse_bits() >> (32 - width) };
                value ^ self.xorout
            }
        }
    };
}

sliced!(u16);
sliced!(u32);

#[inline]
#[expect(clippy::indexing_slicing, reason = "a byte indexes 256 entries")]
fn at<T: Copy>(table: &[T; 256], byte: u8) -> T {
    table[usize::from(byte)]
}
