//! First, smallest, largest and last value per pixel column (Jugel et al., "M4", VLDB 2014).

use super::cuts::Grid;
use super::lane::{Lane, Run};
use crate::column::{Number, with_numbers};
use crate::{Store, Table, Time, TimeBase};
use alloc::vec::Vec;
use core::ops::Range;
use serde::{Deserialize, Serialize};

/// One pixel column of one field. Columns without a number are left out. A line drawn through `first`, `min`, `max`
/// and `last` of each covers the same pixels as one drawn through every sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnvelopeColumn {
    /// The pixel column, from the left.
    pub x: u16,
    /// Whether the line from the sample before this column's first is broken: a gap or a NaN lies between, or there is
    /// no sample before.
    pub broken: bool,
    /// The first number in it. All are as exact as the samples: neither a range beyond that of `f32` nor a small change of
    /// a large number is lost before it is drawn.
    pub first: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The last.
    pub last: f64,
}

impl Store {
    /// The pixel columns of one field over a span of time, `width` of them, into `out` (which is cleared first).
    /// A row of time `t` is in column `floor((t - start) * width / (end - start))`. Null is passed over, NaN and the infinite
    /// break the line, text and bytes have no columns, and neither has a table or field that does not exist.
    pub fn envelope(&self, table: usize, field: usize, span: Range<Time>, width: u16, out: &mut Vec<EnvelopeColumn>) {
        out.clear();
        let grid = Grid::new(&span, width);
        let Some(table) = self.tables().get(table).filter(|_| !grid.is_empty()) else { return };
        let mut cuts = Vec::new();
        grid.cuts(table, TimeBase::Arrival, 0..width, &mut cuts);
        trace(table, field, &cuts, &mut |x, column| {
            out.push(EnvelopeColumn { x: u16::try_from(x).unwrap_or(u16::MAX), ..column });
        });
    }
}

/// A sample of one field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) row: u64,
    pub(crate) time: i64,
    pub(crate) number: f64,
}

/// The last number of a field before a row, and whether a NaN lies between.
pub(crate) fn before(table: &Table, base: TimeBase, field: usize, row: u64) -> (Option<Found>, bool) {
    let mut nan = false;
    let from = table.sealed.partition_point(|segment| segment.first_row < row);
    let open = (table.open.first_row < row).then_some(&table.open);
    for segment in open.into_iter().chain(table.sealed.range(..from).rev()) {
        let Some(column) = segment.columns.get(field) else { continue };
        let end = usize::try_from(row.saturating_sub(segment.first_row)).unwrap_or(usize::MAX).min(segment.rows());
        let (found, number, passed) = with_numbers!(&column.body, numbers => {
            let lane = Lane::new(column, numbers);
            let (found, passed) = lane.backward(0, end);
            (found, found.map_or(0.0, |row| lane.number(row)), passed)
        }, continue);
        nan |= passed;
        if let Some(index) = found {
            let time = segment.times_by(base).get(index).copied().unwrap_or_default();
            return (Some(Found { row: segment.first_row.saturating_add(index as u64), time, number }), nan);
        }
    }
    (None, nan)
}

/// Whether the line to the number in a row is broken.
pub(crate) fn broken_before(table: &Table, field: usize, row: u64) -> bool {
    let (last, nan) = before(table, TimeBase::Arrival, field, row);
    nan || last.is_none_or(|last| {
        let next = table.breaks.partition_point(|gap| *gap <= last.row);
        table.breaks.get(next).is_some_and(|gap| *gap <= row)
    })
}

/// The first number of a field from a row on.
pub(crate) fn after(table: &Table, base: TimeBase, field: usize, row: u64) -> Option<Found> {
    table.segments(row).find_map(|segment| {
        let column = segment.columns.get(field)?;
        let start = usize::try_from(row.saturating_sub(segment.first_row)).ok()?;
        let (index, number) = with_numbers!(&column.body, numbers => {
            let lane = Lane::new(column, numbers);
            let index = lane.forward(start, segment.rows()).0?;
            (index, lane.number(index))
        }, return None);
        let time = segment.times_by(base).get(index).copied().unwrap_or_default();
        Some(Found { row: segment.first_row.saturating_add(index as u64), time, number })
    })
}

/// Emits the columns of one field: column `i` has the rows `cuts[i]..cuts[i + 1]`; its `x` is left to the receiver.
pub(crate) fn trace(table: &Table, field: usize, cuts: &[u64], emit: &mut impl FnMut(usize, EnvelopeColumn)) {
    let (Some(&start), Some(&end)) = (cuts.first(), cuts.last()) else { return };
    if start >= end {
        return;
    }
    let (found, nan) = before(table, TimeBase::Arrival, field, start);
    let mut pen = Pen { table, next_break: 0, last_row: found.map(|found| found.row), nan, column: None };
    let mut x = 0;
    for segment in table.segments(start) {
        if segment.first_row >= end {
            break;
        }
        let Some(column) = segment.columns.get(field) else { continue };
        let rows = segment.first_row..segment.end_row();
        with_numbers!(&column.body, numbers => {
            let lane = Lane::new(column, numbers);
            pen.segment(&lane, &rows, cuts, &mut x, emit);
        }, {});
    }
    if let Some(column) = pen.column.take() {
        emit(x, column);
    }
}

/// Where the line is.
struct Pen<'a> {
    table: &'a Table,
    /// The first of the table's breaks that is after `last_row`.
    next_break: usize,
    /// The row of the number drawn last.
    last_row: Option<u64>,
    /// Whether a NaN came since.
    nan: bool,
    /// The column that is being drawn.
    column: Option<EnvelopeColumn>,
}

impl Pen<'_> {
    /// Draws the rows of one segment, from column `x` on.
    #[inline]
    fn segment<T: Number>(
        &mut self,
        lane: &Lane<'_, T>,
        rows: &Range<u64>,
        cuts: &[u64],
        x: &mut usize,
        emit: &mut impl FnMut(usize, EnvelopeColumn),
    ) {
        let index = |row: u64| usize::try_from(row.saturating_sub(rows.start)).unwrap_or(usize::MAX);
        for cut in cuts.windows(2).skip(*x) {
            let &[start, end] = cut else { return };
            let (from, to) = (start.max(rows.start), end.min(rows.end));
            if from < to {
                match lane.run(index(from), index(to)) {
                    Ok(run) => self.draw(lane, rows.start, &run),
                    Err(nan) => self.nan |= nan,
                }
            }
            if end > rows.end {
                return;
            }
            if let Some(column) = self.column.take() {
                emit(*x, column);
            }
            *x = x.saturating_add(1);
        }
    }

    #[inline]
    fn draw<T: Number>(&mut self, lane: &Lane<'_, T>, first_row: u64, run: &Run<T>) {
        let (min, max) = (run.extent.min.to_f64(), run.extent.max.to_f64());
        let last = lane.number(run.last);
        match &mut self.column {
            Some(column) => {
                column.min = column.min.min(min);
                column.max = column.max.max(max);
                column.last = last;
            }
            None => {
                let broken = self.nan || run.nan_before || self.gap_before(first_row.saturating_add(run.first as u64));
                let first = lane.number(run.first);
                self.column = Some(EnvelopeColumn { x: 0, broken, first, min, max, last });
            }
        }
        self.nan = run.nan_after;
        self.last_row = Some(first_row.saturating_add(run.last as u64));
    }

    /// Whether there is a gap, or nothing, between the number drawn last and a row.
    #[inline]
    fn gap_before(&mut self, row: u64) -> bool {
        let Some(last) = self.last_row else { return true };
        while self.table.breaks.get(self.next_break).is_some_and(|gap| *gap <= last) {
            self.next_break = self.next_break.saturating_add(1);
        }
        self.table.breaks.get(self.next_break).is_some_and(|gap| *gap <= row)
    }
}
