//! A run turned on its side: vectors that hold the same byte of sixteen frames.
//!
//! Whatever is done to every frame of a run, checking it or reading a number, is then done to sixteen at once.

use super::Frames;
use alloc::vec::Vec;
use wide::u8x16;

/// Frames side by side in one vector.
pub(crate) const ABREAST: usize = 16;

/// Frames that are turned together: few enough that they and what is read from them stay in the first-level cache.
const TOGETHER: usize = 256;

/// Bytes that are turned together, for the same reason.
const BYTES: usize = 16 << 10;

/// The frames of a run, from one on, turned on their side.
#[derive(Default)]
pub(crate) struct Planes {
    /// Group after group of sixteen frames; in each, a vector for every byte of a frame, and some that mean nothing.
    vectors: Vec<u8x16>,
    /// Vectors of a group.
    each: usize,
    rows: usize,
}

impl Planes {
    /// Turns frames from `from` on, as many as are handled together.
    pub(crate) fn turn(&mut self, frames: &Frames<'_>, from: usize) {
        let run = frames.run();
        let blocks = run.len.div_ceil(ABREAST).max(1);
        self.each = blocks.saturating_mul(ABREAST);
        let groups = (BYTES / self.each / ABREAST).clamp(1, TOGETHER / ABREAST);
        self.rows = run.count.saturating_sub(from).min(groups.saturating_mul(ABREAST));
        let groups = self.rows.div_ceil(ABREAST);
        self.vectors.resize(groups.saturating_mul(self.each), u8x16::ZERO);
        for (group, vectors) in self.vectors.chunks_exact_mut(self.each).enumerate() {
            let bytes = frames.bytes(from.saturating_add(group.saturating_mul(ABREAST)));
            for (block, planes) in vectors.as_chunks_mut::<ABREAST>().0.iter_mut().enumerate() {
                let bytes = bytes.get(block.saturating_mul(ABREAST)..).unwrap_or_default();
                let rows = rows(bytes, run.stride).unwrap_or_else(|| last_rows(bytes, run.stride));
                *planes = rows.interleaved();
            }
        }
    }

    /// How many frames are turned.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Sixteen frames after the other: a vector for every byte of them. The last group may have fewer frames, and zeros
    /// in place of the others.
    #[inline]
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[u8x16]> {
        self.vectors.chunks_exact(self.each.max(1))
    }
}

/// Sixteen bytes from every `stride` bytes on, of sixteen frames; `None` where there are not as many bytes.
#[inline]
fn rows(bytes: &[u8], stride: usize) -> Option<[u8x16; ABREAST]> {
    let mut rows = [u8x16::ZERO; ABREAST];
    let mut at = 0usize;
    for row in &mut rows {
        *row = u8x16::new(*bytes.get(at..)?.first_chunk()?);
        at = at.saturating_add(stride);
    }
    Some(rows)
}

/// The same near the end of the memory: zeros stand for what is beyond.
#[cold]
fn last_rows(bytes: &[u8], stride: usize) -> [u8x16; ABREAST] {
    core::array::from_fn(|row| {
        let rest = bytes.get(row.saturating_mul(stride)..).unwrap_or_default();
        let mut chunk = [0; 16];
        chunk.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        u8x16::new(chunk)
    })
}

/// Vectors that stand side by side, a power of two of them.
pub(crate) trait Abreast: Sized {
    /// Vectors that each hold one byte of sixteen things become vectors that hold thing after thing, all its bytes
    /// together; with sixteen vectors the same the other way round.
    fn interleaved(self) -> Self;
}

impl Abreast for [u8x16; 1] {
    #[inline]
    fn interleaved(self) -> Self {
        self
    }
}

/// Each round of a perfect shuffle moves the highest bit of a byte's place to the lowest. Written out, because the
/// compiler does not unroll a loop of it and would keep the vectors in memory.
macro_rules! rounds {
    ($count:literal: $($left:ident)* | $($right:ident)*; $($round:ident)*) => {
        impl Abreast for [u8x16; $count] {
            #[inline]
            fn interleaved(self) -> Self {
                #[inline]
                fn round([$($left,)* $($right),*]: [u8x16; $count]) -> [u8x16; $count] {
                    [$(u8x16::unpack_low($left, $right), u8x16::unpack_high($left, $right)),*]
                }
                let vectors = self;
                $(let vectors = $round(vectors);)*
                vectors
            }
        }
    };
}

rounds!(2: a | b; round);
rounds!(4: a b | c d; round round);
rounds!(8: a b c d | e f g h; round round round);
rounds!(16: a b c d e f g h | i j k l m n o p; round round round round);
