//! Lines as pixels.

use crate::change::{KnownLane, KnownLine};
use crate::hull::{Hull, Hulls};
use crate::{above, index};
use core::ops::Range;

/// Some columns of one lane, column after column: a plot is drawn column by column.
pub(crate) struct Strip<'a> {
    pub(crate) pixels: &'a mut [u32],
    /// Pixels down, and the row of the picture that the first of them is.
    pub(crate) tall: usize,
    pub(crate) top: usize,
    /// The columns.
    pub(crate) range: Range<i32>,
    /// Of how many.
    pub(crate) wide: i32,
    /// The number of the plot's column 0 since the beginning of time: dashes move with the data.
    pub(crate) origin: i64,
}

impl Strip<'_> {
    /// Draws a line; every column of it is coloured once. Then the samples that stand alone, which no dash leaves out.
    pub(crate) fn line(&mut self, line: &KnownLine, lane: &KnownLane, hulls: &mut Hulls) {
        let hulls = hulls.trace(&line.parts, self.range.clone(), lane, line.half);
        let dashes = Dashes::of(&line.dashes);
        let height = f64::from(u32::try_from(self.tall).unwrap_or(0));
        let top = f64::from(u32::try_from(self.top).unwrap_or(0));
        let columns = self.pixels.chunks_exact_mut(self.tall.max(1));
        for ((hull, pixels), x) in hulls.iter().zip(columns).zip(self.range.clone()) {
            // A dash may leave out what is flat, never a spike.
            let flat = hull.bottom.at - hull.top.at < 2.0 * line.half + 3.0;
            if flat && dashes.is_off(self.origin.saturating_add(i64::from(x))) {
                continue;
            }
            colour(pixels, hull, (top, height), line);
        }
        let (pixels, tall) = (&mut *self.pixels, self.tall);
        Hulls::dots(line, (&self.range, self.wide), lane, |x, hull| {
            let at = usize::try_from(x.saturating_sub(self.range.start)).unwrap_or(0).saturating_mul(tall);
            if let Some(pixels) = pixels.get_mut(at..at.saturating_add(tall)) {
                colour(pixels, &hull, (top, height), line);
            }
        });
    }
}

/// Colours a column from top to bottom; towards an edge in part.
#[inline]
fn colour(pixels: &mut [u32], hull: &Hull, (lane_top, height): (f64, f64), line: &KnownLine) {
    let (top, bottom) = (hull.top.at - lane_top, hull.bottom.at - lane_top);
    let (top, bottom) = (if top < 0.0 { 0.0 } else { top }, if bottom > height { height } else { bottom });
    let (half_above, half_below) = (hull.top.fade / 2.0, hull.bottom.fade / 2.0);
    let first = index(top - half_above);
    let end = above(bottom + half_below).min(pixels.len());
    // Also where a height is no number.
    if !(top < bottom && first < end) {
        return;
    }
    let full = above(top + half_above).clamp(first, end);
    let faint = index(bottom - half_below).clamp(full, end);
    let (up, down) = (1.0 / hull.top.fade, 1.0 / hull.bottom.fade);
    let part = |y: usize| {
        let middle = f64::from(u32::try_from(y).unwrap_or(0)) + 0.5;
        let from_top = (middle - top) * up + 0.5;
        let to_bottom = (bottom - middle) * down + 0.5;
        if from_top < to_bottom { from_top } else { to_bottom }
    };
    let mut edge = |rows: Range<usize>| {
        for y in rows {
            if let Some(pixel) = pixels.get_mut(y) {
                *pixel = line.colour.over(*pixel, part(y));
            }
        }
    };
    edge(first..full);
    edge(faint..end);
    if let Some(pixels) = pixels.get_mut(full..faint) {
        pixels.fill(line.colour.pixel());
    }
}

/// A pattern of pixels on and off.
struct Dashes<'a> {
    lengths: &'a [u16],
    total: i64,
}

impl Dashes<'_> {
    fn of(lengths: &[u16]) -> Dashes<'_> {
        Dashes { lengths, total: lengths.iter().map(|length| i64::from(*length)).sum() }
    }

    #[inline]
    fn is_off(&self, at: i64) -> bool {
        if self.total == 0 {
            return false;
        }
        let mut at = at.rem_euclid(self.total);
        for (index, length) in self.lengths.iter().enumerate() {
            if at < i64::from(*length) {
                return index % 2 == 1;
            }
            at = at.saturating_sub(i64::from(*length));
        }
        false
    }
}
