//! Statistics, single numbers, pairs of fields and distributions.

use super::MAX_FIELDS;
use crate::Session;
use crate::query::{FieldId, Happening, HappeningKind, Histogram, Statistics, Xy};
use std::ops::Range;
use store::{Table, Tally, Time, TimeBase};

/// Points of one answer at most.
const MAX_POINTS: u64 = 20_000;
/// Rows read for a distribution at most.
const MAX_COUNTED: u64 = 4_000_000;
/// Bins at most.
const MAX_BINS: u16 = 512;
/// Segments of 4,096 rows read anew for one answer at most: some milliseconds.
const MAX_SEGMENTS: usize = 2048;
/// Instants asked for at most.
const MAX_MARKS: usize = 8;

impl Session {
    fn table(&self, table: u16) -> Option<&Table> {
        self.data.store.tables().get(usize::from(table))
    }

    /// `None` where a long span is not counted yet.
    pub(super) fn statistics(
        &self,
        base: TimeBase,
        (from, to): (Time, Time),
        fields: &[FieldId],
        tally: &mut Tally,
    ) -> Option<Vec<Statistics>> {
        let fields = fields.get(..fields.len().min(MAX_FIELDS)).unwrap_or_default();
        let columns: Vec<(usize, usize)> =
            fields.iter().map(|id| (usize::from(id.table), usize::from(id.field))).collect();
        let moments = tally.refresh_by(base, &self.data.store, &columns, &(from..to), MAX_SEGMENTS)?;
        let told = fields.iter().zip(moments).map(|(id, moments)| {
            let some = |value: f64| (moments.count > 0).then_some(value);
            let variance = moments.squares / (moments.count.max(2) as f64 - 1.0);
            Statistics {
                id: *id,
                count: moments.count,
                min: some(moments.min),
                max: some(moments.max),
                mean: some(moments.mean),
                deviation: (moments.count > 1).then(|| (variance.max(0.0).sqrt() * moments.unit).min(f64::MAX)),
            }
        });
        Some(told.collect())
    }

    pub(super) fn marks(&self, base: TimeBase, fields: &[FieldId], at: &[i64]) -> Vec<Vec<Option<(i64, f64)>>> {
        let number = |at: i64| {
            let fields = fields.iter().take(MAX_FIELDS);
            let found = fields.map(move |id| {
                let (time, number) = self.table(id.table)?.number_at_by(base, usize::from(id.field), Time(at))?;
                Some((time.0, number))
            });
            found.collect()
        };
        at.iter().take(MAX_MARKS).map(|at| number(*at)).collect()
    }

    pub(crate) fn happenings(&self) -> Vec<Happening> {
        let gaps = self.data.store.gaps(Time(i64::MIN)..Time(i64::MAX));
        let gaps = gaps.map(|(from, _)| Happening { time_nanos: from.0, kind: HappeningKind::Gap });
        let rejected = self.data.rejected.iter();
        let rejected = rejected.map(|r| Happening { time_nanos: r.time_nanos, kind: HappeningKind::Rejected });
        let mut all: Vec<Happening> = gaps.chain(rejected).collect();
        all.sort_by_key(|happening| happening.time_nanos);
        all.drain(..all.len().saturating_sub(super::MAX_GAPS * 2));
        all
    }

    pub(super) fn xy(&self, base: TimeBase, x: FieldId, y: FieldId, (from, to): (Time, Time)) -> Xy {
        let (Some(table), Some(other)) = (self.table(y.table), self.table(x.table)) else { return Xy::default() };
        let all = table.rows_within_by(base, from..to);
        let rows = newest(all.clone(), MAX_POINTS);
        let of_rows = if x.table == y.table { of_rows(table, [x, y], rows.clone()) } else { Vec::new() };
        let held = of_rows.is_empty();
        let points = if held { held_points(base, (other, x), (table, y), rows, from..to) } else { of_rows };
        let left_out = all.end.saturating_sub(all.start).saturating_sub(MAX_POINTS);
        let total = left_out.saturating_add(points.len() as u64);
        Xy { held: held && !points.is_empty(), points, total }
    }

    pub(super) fn histogram(
        &self,
        base: TimeBase,
        field: FieldId,
        (from, to): (Time, Time),
        bins: u16,
    ) -> Option<Histogram> {
        let (table, index) = (self.table(field.table)?, usize::from(field.field));
        let all = table.rows_within_by(base, from..to);
        let rows = newest(all.clone(), MAX_COUNTED);
        let (mut low, mut high, mut counted) = (f64::INFINITY, f64::NEG_INFINITY, 0u64);
        table.numbers(index, rows.clone(), |_, _, number| {
            low = low.min(number);
            high = high.max(number);
            counted = counted.saturating_add(1);
        });
        if counted == 0 {
            return None;
        }
        if low == high {
            // One value: in the middle of a range around it.
            let around = 0.5_f64.max(low.abs() * 1e-3);
            (low, high) = (low - around, high + around);
        }
        let mut counts = vec![0u64; usize::from(bins.clamp(1, MAX_BINS))];
        let last = counts.len().saturating_sub(1);
        // Halves, so that the widest range is no more than a double.
        let wide = high / 2.0 - low / 2.0;
        let scale = counts.len() as f64 / wide;
        let edge = |bin: usize| low + bin as f64 / counts.len() as f64 * wide * 2.0;
        let edges: Vec<f64> = (0..=counts.len()).map(edge).collect();
        table.numbers(index, rows, |_, _, number| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates at both ends")]
            let bin = (((number / 2.0 - low / 2.0) * scale) as usize).min(last);
            // The quotient is rounded; the edges decide.
            let below = edges.get(bin).is_some_and(|edge| number < *edge);
            let above = bin < last && edges.get(bin.saturating_add(1)).is_some_and(|edge| number >= *edge);
            let bin = bin.saturating_sub(usize::from(below)).saturating_add(usize::from(above));
            if let Some(count) = counts.get_mut(bin) {
                *count = count.saturating_add(1);
            }
        });
        let left_out = all.end.saturating_sub(all.start).saturating_sub(MAX_COUNTED);
        Some(Histogram { low, high, bins: counts, counted, total: counted.saturating_add(left_out) })
    }
}

/// The numbers of two fields that stand in one row.
fn of_rows(table: &Table, [x, y]: [FieldId; 2], rows: Range<u64>) -> Vec<(f64, f64)> {
    let mut across = Vec::new();
    table.numbers(usize::from(x.field), rows.clone(), |row, _, number| across.push((row, number)));
    let mut across = across.into_iter().peekable();
    let mut points = Vec::new();
    table.numbers(usize::from(y.field), rows, |row, _, number| {
        while across.next_if(|(known, _)| *known < row).is_some() {}
        if let Some((_, x)) = across.next_if(|(known, _)| *known == row) {
            points.push((x, number));
        }
    });
    points
}

/// Each number of one field with the newest of the other that is not later, whatever message brought that.
fn held_points(
    base: TimeBase,
    (others, x): (&Table, FieldId),
    (table, y): (&Table, FieldId),
    rows: Range<u64>,
    span: Range<Time>,
) -> Vec<(f64, f64)> {
    let mut first = None;
    let mut ups = Vec::new();
    table.numbers_by(base, usize::from(y.field), rows, |_, time, number| {
        first = first.or(Some(time));
        ups.push((time, number));
    });
    let Some(first) = first else { return Vec::new() };
    let mut held = others.number_at_by(base, usize::from(x.field), first).map(|(_, number)| number);
    let mut across = Vec::new();
    let within = newest(others.rows_within_by(base, first..span.end), MAX_POINTS.saturating_mul(4));
    others.numbers_by(base, usize::from(x.field), within, |_, time, number| across.push((time, number)));
    let mut across = across.into_iter().peekable();
    let mut points = Vec::new();
    for (time, number) in ups {
        while let Some((_, x)) = across.next_if(|(known, _)| *known <= time) {
            held = Some(x);
        }
        points.extend(held.map(|x| (x, number)));
    }
    points
}

/// The newest of some rows.
pub(super) fn newest(rows: Range<u64>, most: u64) -> Range<u64> {
    rows.start.max(rows.end.saturating_sub(most))..rows.end
}
