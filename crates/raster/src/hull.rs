//! What a line covers, column by column.

use crate::change::{KnownLane, KnownLine};
use crate::part::Part;
use alloc::vec::Vec;
use core::ops::Range;

/// What a line covers in one column, from top to bottom; nothing where the top is below the bottom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hull {
    pub(crate) top: Edge,
    pub(crate) bottom: Edge,
}

/// Where a hull ends, and over how many pixels it fades: a steep line's edge crosses many of a column's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) at: f64,
    pub(crate) fade: f64,
}

impl Hull {
    const NONE: Hull =
        Hull { top: Edge { at: f64::INFINITY, fade: 1.0 }, bottom: Edge { at: f64::NEG_INFINITY, fade: 1.0 } };

    #[inline]
    fn sharp(top: f64, bottom: f64) -> Hull {
        Hull { top: Edge { at: top, fade: 1.0 }, bottom: Edge { at: bottom, fade: 1.0 } }
    }

    /// What both cover. The order does not matter: of equal heights the sharper counts.
    #[inline]
    fn join(self, other: Hull) -> Hull {
        // Comparisons, because they are one instruction each; a height that is no number is passed over.
        let top = other.top.at < self.top.at || (same(other.top.at, self.top.at) && other.top.fade < self.top.fade);
        let bottom = other.bottom.at > self.bottom.at
            || (same(other.bottom.at, self.bottom.at) && other.bottom.fade < self.bottom.fade);
        Hull { top: if top { other.top } else { self.top }, bottom: if bottom { other.bottom } else { self.bottom } }
    }
}

/// Whether two heights are the same number, to the bit but for the sign of zero.
#[inline]
#[expect(clippy::float_cmp, reason = "heights of one line that met are equal, not nearly so")]
fn same(a: f64, b: f64) -> bool {
    a == b
}

/// The hulls of a line within a range of columns. Each depends on the line's own columns alone, not on the range.
#[derive(Debug, Default)]
pub(crate) struct Hulls {
    /// The first column.
    start: i32,
    hulls: Vec<Hull>,
}

impl Hulls {
    /// Finds what a line covers. It goes from the smallest to the largest within a column, and from the last value of one
    /// to the first of the next.
    pub(crate) fn trace(&mut self, columns: &[Part], range: Range<i32>, lane: &KnownLane, half: f64) -> &[Hull] {
        self.start = range.start;
        self.hulls.clear();
        let wide = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0);
        self.hulls.resize(wide, Hull::NONE);
        let begin = columns.partition_point(|column| column.x < range.start).saturating_sub(1);
        let mut before: Option<(i32, f64)> = None;
        for column in columns.get(begin..).unwrap_or_default() {
            if let Some(from) = before.filter(|_| !column.broken) {
                self.between(from, (column.x, lane.height(column.first)), half, &range);
            }
            if column.x >= range.end {
                break;
            }
            self.cover(column.x, Hull::sharp(lane.height(column.max) - half, lane.height(column.min) + half));
            before = Some((column.x, lane.height(column.last)));
        }
        &self.hulls
    }

    /// The line from one column's middle to another's. In a column it is as much higher than thick as it is steep, and its
    /// edges fade over as many more pixels; it does not go beyond its ends.
    #[inline]
    fn between(&mut self, from: (i32, f64), to: (i32, f64), half: f64, range: &Range<i32>) {
        let length = f64::from(to.0.saturating_sub(from.0).max(1));
        let rise = (to.1 - from.1) / length;
        let steep = steepness(rise);
        let (high, low) = if from.1 < to.1 { (from.1, to.1) } else { (to.1, from.1) };
        let (high, low) = (high - half, low + half);
        for x in from.0.max(range.start)..=to.0.min(range.end.saturating_sub(1)) {
            let middle = if x == to.0 { to.1 } else { from.1 + rise * f64::from(x.saturating_sub(from.0)) };
            let (top, bottom) = (middle - half * steep, middle + half * steep);
            let top = if top > high { Edge { at: top, fade: steep } } else { Edge { at: high, fade: 1.0 } };
            let bottom = if bottom < low { Edge { at: bottom, fade: steep } } else { Edge { at: low, fade: 1.0 } };
            self.cover(x, Hull { top, bottom });
        }
    }

    /// Finds what the samples cover that stand alone, within a range of the plot's columns: `found` gets the column and
    /// what is covered in it. Whether one does depends on the line's own columns alone, not on the range.
    pub(crate) fn dots(
        line: &KnownLine,
        (range, wide): (&Range<i32>, i32),
        lane: &KnownLane,
        mut found: impl FnMut(i32, Hull),
    ) {
        let reach = reach(line.dot);
        if reach == 0 {
            return;
        }
        let radius = f64::from(reach) + 0.5;
        // Those beside the plot's area are not known, only where the line comes from and leads to.
        let (first, end) = (range.start.saturating_sub(reach).max(0), range.end.saturating_add(reach).min(wide));
        let mut rest = line.parts.get(line.parts.partition_point(|column| column.x < first)..).unwrap_or_default();
        let mut begun = rest.len() == line.parts.len();
        while let Some(column) = rest.first().filter(|column| column.x < end) {
            let of_it = rest.iter().take_while(|other| other.x == column.x).count();
            let (samples, others) = rest.split_at_checked(of_it).unwrap_or((rest, &[]));
            rest = others;
            let alone = (column.broken || begun) && others.first().is_none_or(|next| next.broken);
            begun = false;
            if !alone {
                continue;
            }
            let (top, bottom) = samples.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), sample| {
                let (high, low) = (lane.height(sample.max), lane.height(sample.min));
                (if high < top { high } else { top }, if low > bottom { low } else { bottom })
            });
            for beside in -reach..=reach {
                let x = column.x.saturating_add(beside);
                let tall = root(radius * radius - f64::from(beside) * f64::from(beside));
                let tall = if tall > line.half { tall } else { line.half };
                if range.contains(&x) {
                    found(x, Hull::sharp(top - tall, bottom + tall));
                }
            }
        }
    }

    #[inline]
    fn cover(&mut self, x: i32, hull: Hull) {
        let known = usize::try_from(x.saturating_sub(self.start)).ok().and_then(|x| self.hulls.get_mut(x));
        if let Some(known) = known {
            *known = known.join(hull);
        }
    }
}

/// How many columns beside its own a dot covers that is at least so wide.
#[inline]
pub(crate) fn reach(dot: f64) -> i32 {
    i32::try_from(crate::above(dot / 2.0 - 0.5)).unwrap_or(0).min(64)
}

/// The length of a line that rises by so much for each pixel across: √(1 + rise²).
#[inline]
fn steepness(rise: f64) -> f64 {
    let square = 1.0 + rise * rise;
    if square < 1.000_001 {
        return 1.0;
    }
    if square.is_nan() || square >= 1e18 {
        return if rise < 0.0 { -rise } else { rise };
    }
    root(square)
}

/// The square root of a number from 1 to 1e18. By Newton's method for the inverse square root, since `core` has no square
/// root; the error is below 1e-9 of it, a ten-millionth of a pixel of any screen.
#[inline]
fn root(square: f64) -> f64 {
    let mut inverse = f64::from_bits(0x5fe6_eb50_c7b5_37a9_u64.wrapping_sub(square.to_bits() >> 1));
    for _ in 0..3 {
        inverse *= 1.5 - 0.5 * square * inverse * inverse;
    }
    square * inverse
}

#[cfg(test)]
mod tests {
    use super::steepness;

    #[test]
    fn steepness_is_the_length_of_the_line() {
        for (rise, length) in [(0.0, 1.0), (0.75, 1.25), (-0.75, 1.25), (2.4, 2.6), (-1e8, 1e8), (3e20, 3e20)] {
            let found: f64 = steepness(rise);
            assert!((found / length - 1.0_f64).abs() < 1e-6, "{rise}: {found}");
        }
        assert!(steepness(f64::NAN).is_nan() && steepness(f64::INFINITY).is_infinite());
    }
}
