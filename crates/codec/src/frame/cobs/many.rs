//! COBS, many frames of equal length at once.
//!
//! A frame without a full block (code 0xFF) has its payload on the wire already, shifted by one, with codes where the
//! zeros belong. So the wire is copied as it is, and the chain of codes overwritten by zeros. A zero inside a frame is
//! found by counting the zeros of many frames together: one each, its delimiter, is right.

use crate::run::{Frames, Run};
use wide::u8x16;

/// Frames that are copied and counted together: few enough to stay in the first-level cache.
const TOGETHER: usize = 64;

/// A longer frame may hold a code 0xFF, which has no zero after it.
const LONGEST: usize = 255;

/// Takes good frames of equal length from the start of `input`. Returns the bytes taken.
pub(super) fn take(input: &[u8], frames: &mut Frames<'_>) -> usize {
    let limit = frames.limit();
    let Some(wire) = memchr::memchr(0, input).map(|delimiter| delimiter.saturating_add(1)) else { return 0 };
    let Some(len) = wire.checked_sub(2) else { return 0 };
    if wire > LONGEST || len > limit {
        return 0;
    }
    let together = wire.saturating_mul(TOGETHER);
    let mut count = 0usize;
    for (from, to) in input.chunks(together).zip(frames.memory().chunks_mut(together)) {
        let whole = from.len().min(to.len()) / wire;
        let good = copy(from, to, wire, whole);
        count = count.saturating_add(good);
        if good < TOGETHER {
            break;
        }
    }
    frames.set(Run { count, start: 1, stride: wire, len, wire });
    count.saturating_mul(wire)
}

/// Copies and unstuffs up to `whole` frames; returns how many of them are good, counted to the first that is not.
fn copy(from: &[u8], to: &mut [u8], wire: usize, whole: usize) -> usize {
    let bytes = whole.saturating_mul(wire);
    let (Some(from), Some(to)) = (from.get(..bytes), to.get_mut(..bytes)) else { return 0 };
    if zeros(from) == whole {
        to.copy_from_slice(from);
        // As many zeros as frames, and one at the end of each: no zero is inside a frame.
        if to.chunks_exact_mut(wire).all(unstuff) {
            return whole;
        }
    }
    let alone = |frame: &&[u8]| memchr::memchr(0, frame) == wire.checked_sub(1);
    let whole = from.chunks_exact(wire).take_while(alone).count();
    to.copy_from_slice(from);
    to.chunks_exact_mut(wire).take(whole).map(unstuff).take_while(|good| *good).count()
}

/// Overwrites the codes in a frame by the zeros they stand for. Returns whether it ends with a delimiter and the last
/// code leads there.
#[inline]
fn unstuff(frame: &mut [u8]) -> bool {
    let Some((&mut 0, body)) = frame.split_last_mut() else { return false };
    let mut at = body.first().copied().map_or(0, usize::from);
    while let Some(place) = body.get_mut(at) {
        let code = core::mem::take(place);
        if code == 0 {
            return false;
        }
        at = at.saturating_add(usize::from(code));
    }
    at == body.len()
}

/// How many bytes are zero, sixteen at a time.
#[inline]
fn zeros(bytes: &[u8]) -> usize {
    let (vectors, rest) = bytes.as_chunks();
    let zeros = |vector: &[u8; 16]| u8x16::new(*vector).simd_eq(u8x16::ZERO).to_bitmask().count_ones();
    let count = vectors.iter().fold(0, |count: u32, vector| count.wrapping_add(zeros(vector)));
    rest.iter().filter(|byte| **byte == 0).count().saturating_add(usize::try_from(count).unwrap_or_default())
}
