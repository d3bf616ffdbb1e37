//! The numbers of a field one by one, and what is told of all of them together.

use super::cuts::Grid;
use super::envelope::{before, broken_before};
use crate::column::{Number, Numbers, with_numbers};
use crate::segment::Segment;
use crate::{Store, Table, Time, TimeBase};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::Range;

impl Table {
    /// The rows whose time lies within a span, as far as they are held.
    #[must_use]
    pub fn rows_within(&self, span: Range<Time>) -> Range<u64> {
        self.rows_within_by(TimeBase::Arrival, span)
    }

    /// The same by one clock or the other.
    #[must_use]
    pub fn rows_within_by(&self, base: TimeBase, span: Range<Time>) -> Range<u64> {
        let grid = Grid::new(&span, 1);
        let mut cuts = Vec::with_capacity(2);
        if !grid.is_empty() {
            grid.cuts(self, base, 0..1, &mut cuts);
        }
        cuts.first().copied().unwrap_or(0)..cuts.last().copied().unwrap_or(0)
    }

    /// Visits the numbers of a field in some rows, oldest first: row, time, number. Null, NaN and the infinite are left
    /// out, and so are text and bytes.
    pub fn numbers(&self, field: usize, rows: Range<u64>, visit: impl FnMut(u64, Time, f64)) {
        self.numbers_by(TimeBase::Arrival, field, rows, visit);
    }

    /// The same with times by one clock or the other.
    pub fn numbers_by(&self, base: TimeBase, field: usize, rows: Range<u64>, mut visit: impl FnMut(u64, Time, f64)) {
        for segment in self.segments(rows.start) {
            if segment.first_row >= rows.end {
                break;
            }
            let inside = inside(segment, &rows);
            let first = segment.first_row;
            let times = segment.times_by(base);
            each(segment, field, inside, &mut |row, number| {
                let time = times.get(row).copied().unwrap_or_default();
                visit(first.saturating_add(row as u64), Time(time), number);
            });
        }
    }

    /// The last number of a field not later than an instant, with its own time.
    #[must_use]
    pub fn number_at(&self, field: usize, at: Time) -> Option<(Time, f64)> {
        self.number_at_by(TimeBase::Arrival, field, at)
    }

    /// The same by one clock or the other.
    #[must_use]
    pub fn number_at_by(&self, base: TimeBase, field: usize, at: Time) -> Option<(Time, f64)> {
        let end = self.rows_within_by(base, Time(i64::MIN)..Time(at.0.saturating_add(1))).end;
        before(self, base, field, end).0.map(|found| (Time(found.time), found.number))
    }

    /// Whether the line to the number of a field in a row is broken: a gap, NaN or an infinite number lies between it and
    /// the number before, or there is none.
    #[must_use]
    pub fn is_broken(&self, field: usize, row: u64) -> bool {
        broken_before(self, field, row)
    }
}

/// The rows of a segment that are among these, by their place in it.
fn inside(segment: &Segment, rows: &Range<u64>) -> Range<usize> {
    let at =
        |row: u64| usize::try_from(row.saturating_sub(segment.first_row)).unwrap_or(usize::MAX).min(segment.rows());
    at(rows.start)..at(rows.end)
}

fn each(segment: &Segment, field: usize, rows: Range<usize>, visit: &mut impl FnMut(usize, f64)) {
    fn of<T: Number>(numbers: &Numbers<T>, rows: Range<usize>, visit: &mut impl FnMut(usize, f64)) {
        let start = rows.start;
        for (index, cell) in numbers.cells.get(rows).unwrap_or_default().iter().enumerate() {
            if cell.is_finite() {
                visit(start.saturating_add(index), cell.to_f64());
            }
        }
    }
    let Some(column) = segment.columns.get(field) else { return };
    if column.nulls.is_none() {
        with_numbers!(&column.body, numbers => of(numbers, rows, visit), {});
    } else {
        let visit = &mut |row, number| {
            if !column.null(row) {
                visit(row, number);
            }
        };
        with_numbers!(&column.body, numbers => of(numbers, rows, visit), {});
    }
}

/// How many numbers there are, their smallest and largest, their mean and how they spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// How many.
    pub count: u64,
    /// The smallest; infinite where there is none.
    pub min: f64,
    /// The largest; infinite where there is none.
    pub max: f64,
    /// Their mean; 0 where there is none.
    pub mean: f64,
    /// The sum of the squares of their differences from the mean, counted in squares of the unit.
    pub squares: f64,
    /// What the squares are counted in: 1, but for numbers whose squares are beyond a double.
    pub unit: f64,
}

/// Numbers beyond this, 2^480, are counted in units of [`LARGE`].
const HUGE: f64 = f64::from_bits(0x5df0_0000_0000_0000);
/// 2^600: a power of two, so that no digit is lost.
const LARGE: f64 = f64::from_bits(0x6570_0000_0000_0000);

impl Moments {
    /// Of nothing.
    pub const NONE: Moments =
        Moments { count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY, mean: 0.0, squares: 0.0, unit: 1.0 };

    /// Of some rows of one segment: the mean first, then the differences from it.
    fn of(segment: &Segment, field: usize, rows: Range<usize>) -> Moments {
        let mut all = Moments::NONE;
        // From the first number on: numbers far from zero would lose what they differ by.
        let (mut first, mut sum) = (0.0, 0.0);
        each(segment, field, rows.clone(), &mut |_, number| {
            if all.count == 0 {
                first = number;
            }
            all.count = all.count.saturating_add(1);
            sum += number - first;
            all.min = if number < all.min { number } else { all.min };
            all.max = if number > all.max { number } else { all.max };
        });
        if all.count > 0 {
            let mean = first + sum / all.count as f64;
            // Where even the sum is beyond a double.
            all.mean = if mean.is_finite() { mean } else { all.min / 2.0 + all.max / 2.0 };
            all.unit = if all.min < -HUGE || all.max > HUGE { LARGE } else { 1.0 };
            let part = 1.0 / all.unit;
            let mean = all.mean * part;
            each(segment, field, rows, &mut |_, number| {
                let apart = number * part - mean;
                all.squares += apart * apart;
            });
        }
        all
    }

    /// Of both together (Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample
    /// Variances", 1979).
    #[must_use]
    pub fn join(self, other: Moments) -> Moments {
        if self.count == 0 {
            return other;
        }
        if other.count == 0 {
            return self;
        }
        let count = self.count.saturating_add(other.count);
        let share = other.count as f64 / count as f64;
        let unit = if other.unit > self.unit { other.unit } else { self.unit };
        let squares = |of: Moments| of.squares * (of.unit / unit) * (of.unit / unit);
        let apart = other.mean / unit - self.mean / unit;
        let between = other.mean - self.mean;
        // Where the difference is beyond a double.
        let weighted = self.mean * (1.0 - share) + other.mean * share;
        Moments {
            count,
            min: if other.min < self.min { other.min } else { self.min },
            max: if other.max > self.max { other.max } else { self.max },
            mean: if between.is_finite() { self.mean + between * share } else { weighted },
            squares: squares(self) + squares(other) + apart * apart * self.count as f64 * share,
            unit,
        }
    }
}

/// What is told of the numbers of some fields over a span, kept from one question to the next: full segments are counted
/// once.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    series: Vec<Counted>,
}

#[derive(Clone, Debug)]
struct Counted {
    table: usize,
    field: usize,
    /// Full segments, by their first row.
    segments: VecDeque<(u64, Moments)>,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Tally {
        Tally::default()
    }

    /// Counts the numbers of these fields, as (table, field), over a span. At most `limit` segments are read that were
    /// not read before; `None` where that is not enough: asked again, it goes on.
    pub fn refresh(
        &mut self,
        store: &Store,
        fields: &[(usize, usize)],
        span: &Range<Time>,
        limit: usize,
    ) -> Option<Vec<Moments>> {
        self.refresh_by(TimeBase::Arrival, store, fields, span, limit)
    }

    /// The same by one clock or the other.
    pub fn refresh_by(
        &mut self,
        base: TimeBase,
        store: &Store,
        fields: &[(usize, usize)],
        span: &Range<Time>,
        limit: usize,
    ) -> Option<Vec<Moments>> {
        if !self.series.iter().map(|series| (series.table, series.field)).eq(fields.iter().copied()) {
            let series = |&(table, field): &(usize, usize)| Counted { table, field, segments: VecDeque::new() };
            self.series = fields.iter().map(series).collect();
        }
        let mut left = limit;
        let mut all = Vec::with_capacity(self.series.len());
        for series in &mut self.series {
            let Some(table) = store.tables().get(series.table) else {
                all.push(Moments::NONE);
                continue;
            };
            all.push(series.refresh(table, table.rows_within_by(base, span.clone()), &mut left)?);
        }
        Some(all)
    }
}

impl Counted {
    fn refresh(&mut self, table: &Table, rows: Range<u64>, left: &mut usize) -> Option<Moments> {
        let oldest = table.rows().start.max(rows.start);
        while self.segments.front().is_some_and(|(first, _)| *first < oldest) {
            self.segments.pop_front();
        }
        let mut all = Moments::NONE;
        let mut at = 0;
        for segment in table.segments(rows.start) {
            if segment.first_row >= rows.end {
                break;
            }
            let inside = inside(segment, &rows);
            let whole = inside == (0..segment.rows()) && segment.first_row < table.open.first_row;
            if !whole {
                all = all.join(Moments::of(segment, self.field, inside));
                continue;
            }
            while self.segments.get(at).is_some_and(|(first, _)| *first < segment.first_row) {
                at = at.saturating_add(1);
            }
            let known = self.segments.get(at).filter(|(first, _)| *first == segment.first_row).map(|(_, known)| *known);
            let moments = match known {
                Some(known) => known,
                None => {
                    *left = left.checked_sub(1)?;
                    let moments = Moments::of(segment, self.field, inside);
                    self.segments.insert(at, (segment.first_row, moments));
                    moments
                }
            };
            all = all.join(moments);
        }
        Some(all)
    }
}
