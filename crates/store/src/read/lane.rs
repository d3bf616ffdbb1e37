//! The numbers of one column in one segment, as a line to draw.

use crate::column::{Column, Extent, Number, Numbers, is_odd};
use crate::segment::BLOCK;

/// A run of rows this short is read; a longer one asks the summaries.
const SHORT: usize = 2 * BLOCK;

/// The numbers of one column in one segment.
#[derive(Clone, Copy)]
pub(crate) struct Lane<'a, T> {
    column: &'a Column,
    numbers: &'a Numbers<T>,
    /// Rows in complete blocks.
    complete: usize,
}

/// What of a run of rows is drawn.
pub(crate) struct Run<T> {
    /// The first and the last row with a number.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) extent: Extent<T>,
    /// Whether a NaN comes before the first, and after the last.
    pub(crate) nan_before: bool,
    pub(crate) nan_after: bool,
}

impl<'a, T: Number> Lane<'a, T> {
    pub(crate) fn new(column: &'a Column, numbers: &'a Numbers<T>) -> Self {
        Self { column, numbers, complete: numbers.blocks.len().saturating_mul(BLOCK) }
    }

    #[inline]
    pub(crate) fn number(&self, row: usize) -> f64 {
        self.numbers.cells.get(row).map_or(f64::NAN, |cell| cell.to_f64())
    }

    /// What is drawn of the rows `start..end`, which are not none. `Err` where nothing is: whether there is a NaN.
    #[inline]
    pub(crate) fn run(&self, start: usize, end: usize) -> Result<Run<T>, bool> {
        let last = end.saturating_sub(1);
        // A bit for every block from that of `start` to that of `last`.
        let blocks = (u64::MAX << (start / BLOCK)) & (u64::MAX >> (63_usize.saturating_sub(last / BLOCK) % 64));
        if end <= self.complete && self.column.holes & blocks == 0 {
            let extent = self.extent(start, end);
            return Ok(Run { first: start, last, extent, nan_before: false, nan_after: false });
        }
        self.run_with_holes(start, end)
    }

    /// Smallest and largest where every row can be drawn.
    #[inline]
    fn extent(&self, start: usize, end: usize) -> Extent<T> {
        let cells = self.numbers.cells.as_slice();
        if end.saturating_sub(start) <= SHORT {
            return Extent::of(cells.get(start..end).unwrap_or_default());
        }
        if start == 0 && end == cells.len() {
            return self.numbers.drawn;
        }
        let (head, tail) = (start.div_ceil(BLOCK), end / BLOCK);
        let mut extent = Extent::of(cells.get(start..head.saturating_mul(BLOCK)).unwrap_or_default());
        for block in self.numbers.blocks.get(head..tail).unwrap_or_default() {
            extent.join(*block);
        }
        extent.join(Extent::of(cells.get(tail.saturating_mul(BLOCK)..end).unwrap_or_default()));
        extent
    }

    fn run_with_holes(&self, start: usize, end: usize) -> Result<Run<T>, bool> {
        let (first, nan_before) = self.forward(start, end);
        let Some(first) = first else { return Err(nan_before) };
        let (last, nan_after) = self.backward(first, end);
        let last = last.unwrap_or(first);
        let mut extent = Extent::EMPTY;
        let mut row = first;
        while row <= last {
            let block = row / BLOCK;
            let next = block.saturating_add(1).saturating_mul(BLOCK);
            let whole = if row.is_multiple_of(BLOCK) && next <= last.saturating_add(1) {
                self.numbers.blocks.get(block)
            } else {
                None
            };
            match whole {
                Some(block) => extent.join(*block),
                None => {
                    for row in row..next.min(last.saturating_add(1)) {
                        if let Some(cell) = self.numbers.cells.get(row).filter(|_| !self.column.null(row)) {
                            extent.add_drawn(*cell);
                        }
                    }
                }
            }
            row = next;
        }
        Ok(Run { first, last, extent, nan_before, nan_after })
    }

    /// The first row with a number in `start..end`, and whether a NaN comes before it.
    pub(crate) fn forward(&self, start: usize, end: usize) -> (Option<usize>, bool) {
        let (mut row, mut nan) = (start, false);
        while row < end {
            if let Some(block_nan) = self.barren(row / BLOCK).filter(|_| row.is_multiple_of(BLOCK)) {
                let next = row.saturating_add(BLOCK);
                if next <= end {
                    nan |= block_nan;
                    row = next;
                    continue;
                }
            }
            match self.numbers.cells.get(row).filter(|_| !self.column.null(row)) {
                Some(cell) if is_odd(*cell) => nan = true,
                Some(_) => return (Some(row), nan),
                None => {}
            }
            row = row.saturating_add(1);
        }
        (None, nan)
    }

    /// The last row with a number in `start..end`, and whether a NaN comes after it.
    pub(crate) fn backward(&self, start: usize, end: usize) -> (Option<usize>, bool) {
        let (mut row, mut nan) = (end, false);
        while row > start {
            let last = row.saturating_sub(1);
            if let Some(block_nan) = self.barren(last / BLOCK).filter(|_| row.is_multiple_of(BLOCK)) {
                let before = row.saturating_sub(BLOCK);
                if before >= start {
                    nan |= block_nan;
                    row = before;
                    continue;
                }
            }
            match self.numbers.cells.get(last).filter(|_| !self.column.null(last)) {
                Some(cell) if is_odd(*cell) => nan = true,
                Some(_) => return (Some(last), nan),
                None => {}
            }
            row = last;
        }
        (None, nan)
    }

    /// Whether a complete block has no number at all; then whether it has a NaN.
    fn barren(&self, block: usize) -> Option<bool> {
        self.numbers.blocks.get(block).filter(|extent| extent.is_empty())?;
        Some((self.column.nans >> (block % 64)) & 1 == 1)
    }
}
