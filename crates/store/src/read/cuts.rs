//! Which rows belong to which pixel column.

use crate::{Table, Time, TimeBase};
use alloc::vec::Vec;
use core::ops::Range;

/// A span of time in equal columns: a row of time `t` is in column `floor((t - from) * width / span)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) from: i64,
    /// Length in nanoseconds.
    pub(crate) span: u64,
    pub(crate) width: u16,
}

impl Grid {
    pub(crate) fn new(span: &Range<Time>, width: u16) -> Self {
        let length = if span.start < span.end { span.end.0.abs_diff(span.start.0) } else { 0 };
        Self { from: span.start.0, span: length, width }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.span == 0 || self.width == 0
    }

    /// The first nanosecond of column `x`: `from + ceil(x * span / width)`.
    fn start(&self, x: u16) -> i64 {
        let (width, x) = (u64::from(self.width).max(1), u64::from(x));
        let (whole, part) = (self.span / width, self.span % width);
        // x ≤ width, so neither product overflows.
        let offset = whole.wrapping_mul(x).wrapping_add(part.wrapping_mul(x).div_ceil(width));
        self.from.wrapping_add_unsigned(offset)
    }

    /// The column of an instant; columns right of the grid give its width, those left of it 0.
    pub(crate) fn column_of(&self, time: i64) -> u16 {
        if time < self.from || self.is_empty() {
            return 0;
        }
        let x = u128::from(time.abs_diff(self.from)) * u128::from(self.width) / u128::from(self.span);
        u16::try_from(x).unwrap_or(self.width).min(self.width)
    }

    /// By how many whole columns this grid lies right of another of the same scale, if so it does.
    pub(crate) fn shift_from(&self, other: &Self) -> Option<u64> {
        if self.span != other.span || self.width != other.width || self.from < other.from || self.is_empty() {
            return None;
        }
        let columns = u128::from(self.from.abs_diff(other.from)) * u128::from(self.width);
        let span = u128::from(self.span);
        (columns % span == 0).then(|| u64::try_from(columns / span).ok()).flatten()
    }

    /// The rows of some columns: column `columns.start + i` has the rows `cuts[i]..cuts[i + 1]`.
    pub(crate) fn cuts(&self, table: &Table, base: TimeBase, columns: Range<u16>, cuts: &mut Vec<u64>) {
        cuts.clear();
        let begin = self.start(columns.start);
        let skip = table.sealed.partition_point(|segment| segment.last_time(base).is_none_or(|last| last < begin));
        let mut segments = table.sealed.range(skip..).chain(core::iter::once(&table.open));
        let mut segment = segments.next();
        let mut position = 0_usize;
        let end = table.open.end_row();
        for x in columns.start..=columns.end {
            let start = self.start(x);
            while segment.is_some_and(|segment| segment.last_time(base).is_none_or(|last| last < start)) {
                segment = segments.next();
                position = 0;
            }
            let Some(segment) = segment else {
                cuts.push(end);
                continue;
            };
            position =
                position.saturating_add(gallop(segment.times_by(base).get(position..).unwrap_or_default(), start));
            cuts.push(segment.first_row.saturating_add(position as u64));
        }
    }
}

/// How many times are before `start`; quick where that is few.
fn gallop(times: &[i64], start: i64) -> usize {
    let (mut low, mut step) = (0_usize, 1_usize);
    while times.get(low.saturating_add(step)).is_some_and(|time| *time < start) {
        low = low.saturating_add(step);
        step = step.saturating_mul(2);
    }
    let high = low.saturating_add(step).min(times.len());
    low.saturating_add(times.get(low..high).unwrap_or_default().partition_point(|time| *time < start))
}
