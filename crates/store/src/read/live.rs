//! Envelopes that move on: columns that cannot change any more are remembered.

use super::EnvelopeColumn;
use super::cuts::Grid;
use super::envelope::{Found, after, before, broken_before, trace};
use crate::{Store, Table, Time, TimeBase};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::Range;

/// The envelopes of some fields over one span, kept from one question to the next. Where the next question has the
/// same scale and begins whole columns later, as [`snap`] sees to, only columns that new rows reached are computed.
/// The answer is always that of [`Store::envelope`].
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    base: TimeBase,
    grid: Grid,
    /// Columns the picture has moved by since it began.
    moved: u64,
    tables: Vec<Progress>,
    series: Vec<Series>,
    cuts: Vec<u64>,
}

/// What of a table is in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Progress {
    table: usize,
    /// Rows there were, and the time of the last.
    rows: u64,
    last: i64,
    /// The first row held.
    oldest: u64,
    /// The first row of the picture.
    start: u64,
}

#[derive(Clone, Debug)]
struct Series {
    table: usize,
    field: usize,
    columns: VecDeque<(u64, EnvelopeColumn)>,
    sides: Sides,
}

/// The samples next to a span, where the line enters and leaves it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sides {
    /// The last number before the span, with its time.
    pub before: Option<(Time, f64)>,
    /// The first number after it.
    pub after: Option<(Time, f64)>,
    /// Whether the line to the number after it is broken: a gap or a NaN lies between, or there is none before.
    pub after_broken: bool,
}

/// The span of `nanos` or a little more, in `width` columns, that holds `newest` in its last one and whose columns lie
/// on a fixed raster: a picture that follows the data moves by whole columns and does not shimmer.
#[must_use]
pub fn snap(newest: Time, nanos: i64, width: u16) -> Range<Time> {
    let width = i64::from(width.max(1));
    let step = nanos.max(1).saturating_add(width.saturating_sub(1)) / width;
    let last = newest.0.div_euclid(step).saturating_mul(step);
    let from = last.saturating_sub(step.saturating_mul(width.saturating_sub(1)));
    Time(from)..Time(from.saturating_add(step.saturating_mul(width)))
}

impl Envelope {
    /// An empty picture.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Brings the picture up to date: these fields, as (table, field), over this span in `width` columns.
    pub fn refresh(&mut self, store: &Store, fields: &[(usize, usize)], span: Range<Time>, width: u16) {
        self.refresh_by(TimeBase::Arrival, store, fields, span, width);
    }

    /// The same by one clock or the other.
    pub fn refresh_by(
        &mut self,
        base: TimeBase,
        store: &Store,
        fields: &[(usize, usize)],
        span: Range<Time>,
        width: u16,
    ) {
        let grid = Grid::new(&span, width);
        let same = self.base == base;
        self.base = base;
        let same = same && self.series.iter().map(|series| (series.table, series.field)).eq(fields.iter().copied());
        let shift = grid.shift_from(&self.grid).filter(|shift| same && *shift < u64::from(width));
        if shift.is_none() {
            self.begin(fields);
        }
        self.grid = grid;
        self.moved = self.moved.saturating_add(shift.unwrap_or(0));
        for index in 0..self.tables.len() {
            self.advance(store, index, shift.unwrap_or(0));
        }
    }

    /// The columns of the field at an index of the question, from left to right.
    pub fn columns(&self, index: usize) -> impl Iterator<Item = EnvelopeColumn> {
        let columns = self.series.get(index).map(|series| series.columns.iter()).into_iter().flatten();
        columns.map(|(x, column)| EnvelopeColumn {
            x: u16::try_from(x.saturating_sub(self.moved)).unwrap_or(0),
            ..*column
        })
    }

    /// The samples next to the span of the field at an index of the question.
    #[must_use]
    pub fn sides(&self, index: usize) -> Sides {
        self.series.get(index).map(|series| series.sides).unwrap_or_default()
    }

    fn begin(&mut self, fields: &[(usize, usize)]) {
        self.moved = 0;
        self.tables.clear();
        let series = |&(table, field): &(usize, usize)| {
            // The memory of the pictures before is used again.
            let mut columns = self.series.pop().map(|series| series.columns).unwrap_or_default();
            columns.clear();
            Series { table, field, columns, sides: Sides::default() }
        };
        self.series = fields.iter().map(series).collect();
        for &(table, _) in fields {
            if self.tables.iter().all(|progress| progress.table != table) {
                let progress = Progress { table, rows: 0, last: i64::MIN, oldest: u64::MAX, start: 0 };
                self.tables.push(progress);
            }
        }
    }

    /// Brings the series of one table up to date.
    fn advance(&mut self, store: &Store, index: usize, shift: u64) {
        let Some(progress) = self.tables.get_mut(index) else { return };
        let Some(table) = store.tables().get(progress.table).filter(|_| !self.grid.is_empty()) else { return };
        let now = Progress::of(self.base, progress.table, table, progress.start);
        let (grid, base) = (self.grid, self.base);
        let fresh = progress.oldest == u64::MAX;
        if !fresh && shift == 0 && now == *progress {
            return;
        }
        // New rows are in the column of the last old one, or right of it. The columns that came into view on the right
        // are new too.
        let first = if fresh { 0 } else { grid.column_of(progress.last) };
        let first = first.min(grid.width.saturating_sub(u16::try_from(shift).unwrap_or(u16::MAX)));
        // Where rows of the picture were given up, the column of the oldest that is left is another one now, and those
        // left of it are gone.
        let lost = (!fresh && now.oldest > progress.start.max(progress.oldest))
            .then(|| table.span_by(base).map_or(grid.width, |span| grid.column_of(span.0.0)).min(first));
        let (start, end) = edges(&grid, base, table);
        *progress = Progress { start, ..now };
        let table = (now.table, table);
        self.keep(table.0, lost.map_or(0, |lost| lost.saturating_add(1))..first);
        if let Some(lost) = lost.filter(|lost| *lost < first) {
            self.compute(table, lost..lost.saturating_add(1), VecDeque::push_front);
        }
        self.compute(table, first..grid.width, VecDeque::push_back);
        for series in self.series.iter_mut().filter(|series| series.table == now.table) {
            let after = after(table.1, base, series.field, end);
            series.sides = Sides {
                before: before(table.1, base, series.field, start).0.map(Found::point),
                after: after.map(Found::point),
                after_broken: after.is_some_and(|after| broken_before(table.1, series.field, after.row)),
            };
            if let Some((_, column)) = series.columns.front_mut().filter(|_| series.sides.before.is_none()) {
                // What it was joined to may have been evicted.
                column.broken = true;
            }
        }
    }

    /// Keeps these columns of a table's series, and no others.
    fn keep(&mut self, table: usize, columns: Range<u16>) {
        let from = self.moved.saturating_add(u64::from(columns.start));
        let to = self.moved.saturating_add(u64::from(columns.end));
        for series in self.series.iter_mut().filter(|series| series.table == table) {
            while series.columns.front().is_some_and(|(x, _)| *x < from) {
                series.columns.pop_front();
            }
            while series.columns.back().is_some_and(|(x, _)| *x >= to) {
                series.columns.pop_back();
            }
        }
    }

    /// Computes these columns of a table's series.
    fn compute(
        &mut self,
        (index, table): (usize, &Table),
        columns: Range<u16>,
        put: impl Fn(&mut VecDeque<(u64, EnvelopeColumn)>, (u64, EnvelopeColumn)),
    ) {
        let from = self.moved.saturating_add(u64::from(columns.start));
        self.grid.cuts(table, self.base, columns, &mut self.cuts);
        for series in self.series.iter_mut().filter(|series| series.table == index) {
            trace(table, series.field, &self.cuts, &mut |x, column| {
                put(&mut series.columns, (from.saturating_add(x as u64), column));
            });
        }
    }
}

/// The first row of the grid, and the first after it.
fn edges(grid: &Grid, base: TimeBase, table: &Table) -> (u64, u64) {
    let ends = Grid { width: 1, ..*grid };
    let mut cuts = Vec::with_capacity(2);
    ends.cuts(table, base, 0..1, &mut cuts);
    (cuts.first().copied().unwrap_or(0), cuts.last().copied().unwrap_or(0))
}

impl Found {
    fn point(self) -> (Time, f64) {
        (Time(self.time), self.number)
    }
}

impl Progress {
    fn of(base: TimeBase, index: usize, table: &Table, start: u64) -> Self {
        let rows = table.rows();
        let last = table.span_by(base).map_or(i64::MIN, |span| span.1.0);
        Self { table: index, rows: rows.end, last, oldest: rows.start, start }
    }
}
