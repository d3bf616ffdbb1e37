//! What is read from a series as it is drawn.

use crate::view::format::{self, Like};
use session::query::{Reading, Series};

/// The value of a series at a fraction of the width: the last one not after it. Where the line is broken there is none.
#[must_use]
pub fn value_at(series: &Series, fraction: f64, width: f64) -> Option<f64> {
    let x = (fraction * width) as u16;
    let next = series.columns.partition_point(|column| column.x <= x);
    let broken = match series.columns.get(next) {
        Some(column) => column.broken,
        None => series.after.is_some() && series.after_broken,
    };
    match next.checked_sub(1).and_then(|last| series.columns.get(last)) {
        Some(column) => (column.x == x || !broken).then_some(column.last),
        None => series.before.filter(|_| !broken).map(|(_, value)| value),
    }
}

/// The newest reading as text where it is no number that could be drawn; then what is drawn last is not the newest.
#[must_use]
pub fn not_drawn(reading: &Reading) -> Option<String> {
    let drawn = format::number(&reading.value).is_some_and(f64::is_finite);
    (!drawn).then(|| format::cell_among(&reading.value, Like::of(reading)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::fields::message;
    use session::query::{Cell, Column, FieldId};

    fn series(columns: &[(u16, f64, bool)]) -> Series {
        let column = |&(x, last, broken): &(u16, f64, bool)| Column { x, first: 0.0, min: 0.0, max: 0.0, last, broken };
        let columns = columns.iter().map(column).collect();
        Series { id: FieldId { table: 0, field: 0 }, columns, before: None, after: None, after_broken: false }
    }

    #[test]
    fn the_last_value_holds_until_the_next_or_until_the_line_breaks() {
        let line = series(&[(10, 1.0, true), (20, 2.0, false), (40, 3.0, true)]);
        let at = |x: f64| value_at(&line, x / 100.0, 100.0);
        assert_eq!([9.0, 10.0, 15.0, 20.0].map(at), [None, Some(1.0), Some(1.0), Some(2.0)]);
        assert_eq!([21.0, 39.0, 40.0, 100.0].map(at), [None, None, Some(3.0), Some(3.0)], "a gap is none");
        let beside = Series { before: Some((0, 7.0)), after: Some((9, 8.0)), after_broken: true, ..line.clone() };
        assert_eq!(value_at(&beside, 0.05, 100.0), None, "the line from before is broken");
        assert_eq!(value_at(&beside, 0.5, 100.0), None, "the line to what comes after is broken");
        let led = Series { before: Some((0, 7.0)), ..series(&[(10, 1.0, false)]) };
        assert_eq!(value_at(&led, 0.05, 100.0), Some(7.0));
    }

    #[test]
    fn f21_the_newest_reading_is_no_number() {
        let mut reading = message(0, "drive", &["torque"]).fields.remove(0);
        let mut said = |value: Cell| {
            reading.value = value;
            not_drawn(&reading)
        };
        assert_eq!(said(Cell::F64(f64::NAN)).as_deref(), Some("NaN"));
        assert_eq!(said(Cell::F32(f32::NEG_INFINITY)).as_deref(), Some("\u{2212}∞"));
        assert_eq!(said(Cell::Null).as_deref(), Some("–"));
        assert_eq!(said(Cell::F64(0.5)), None);
        assert_eq!(said(Cell::Bool(true)), None);
    }
}
