//! The last minute of a field as a small line.

use super::super::plot::legend::like;
use crate::view::format;
use crate::words::values as words;
use raster::Ends;
use session::query::{Column, FieldId, Message, Series};

/// How much of the past it shows, in nanoseconds.
pub const NANOS: i64 = 60_000_000_000;
/// Its width and height in CSS pixels; a column each.
pub const SIZE: (u16, u16) = (72, 18);

/// A line, and what it shows in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spark {
    /// The `d` of an SVG path.
    pub path: String,
    /// In words.
    pub words: String,
}

/// The line of a series.
#[must_use]
pub fn spark(name: &str, series: Option<&Series>, messages: &[Message], id: FieldId) -> Spark {
    let columns = series.map(|series| series.columns.as_slice()).unwrap_or_default();
    let Some((low, high)) = extent(columns) else {
        return Spark { path: String::new(), words: words::spark_none(name) };
    };
    let like = like(messages, id);
    let said = |value: f64| like.map_or_else(|| format::reading(value), |like| like.reading(value));
    let last = columns.last().map_or(f64::NAN, |column| column.last);
    let message = messages.iter().find(|message| message.table == id.table);
    let reading = message.and_then(|message| message.fields.iter().find(|reading| reading.field == id.field));
    let unit = reading.map(|reading| format::unit(&reading.unit)).unwrap_or_default();
    let words = words::spark_words(name, &said(low), &said(high), &said(last), &unit).trim_end().into();
    let height = f64::from(SIZE.1) - 2.0;
    Spark { path: path(columns, (low, high), f64::from, height), words }
}

/// The smallest and the largest of what can be drawn.
#[must_use]
pub fn extent(columns: &[Column]) -> Option<(f64, f64)> {
    let finite = columns.iter().filter(|column| column.min.is_finite() && column.max.is_finite());
    finite.fold(None, |extent, column| {
        let (low, high) = extent.unwrap_or((column.min, column.max));
        Some((low.min(column.min), high.max(column.max)))
    })
}

/// The `d` of a line through the columns' last values, with the whole extent of each; 1 pixel is left at top and bottom.
#[must_use]
pub fn path(columns: &[Column], (low, high): (f64, f64), x: impl Fn(u16) -> f64, height: f64) -> String {
    let y = |value: f64| {
        let part = if high > low { Ends::new(low, high).part(value) } else { 0.5 };
        1.0 + (1.0 - part.clamp(0.0, 1.0)) * height
    };
    let mut path = String::new();
    let mut lifted = true;
    for column in columns {
        if !(column.min.is_finite() && column.max.is_finite() && column.last.is_finite()) {
            lifted = true;
            continue;
        }
        let (from, middle, to) =
            (x(column.x), (x(column.x) + x(column.x.saturating_add(1))) / 2.0, x(column.x.saturating_add(1)));
        let (first, last, low, high) = (column.first, column.last, column.min, column.max);
        let step = if lifted || column.broken { 'M' } else { 'L' };
        path += &format!("{step}{from:.1} {:.1}", y(first));
        if y(low) - y(high) > 1.0 {
            // Which of them came first is not known: the shorter way is taken.
            let (near, far) = if first <= last { (low, high) } else { (high, low) };
            path += &format!("L{middle:.1} {:.1}V{:.1}", y(near), y(far));
        }
        path += &format!("L{to:.1} {:.1}", y(last));
        lifted = false;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(x: u16, value: f64, broken: bool) -> Column {
        Column { x, first: value, min: value, max: value, last: value, broken }
    }

    #[test]
    fn a_gap_is_a_gap_and_a_level_line_is_in_the_middle() {
        let columns = [column(0, 1.0, false), column(1, 3.0, false), column(5, 1.0, true)];
        let drawn = path(&columns, (1.0, 3.0), f64::from, 16.0);
        assert_eq!(drawn, "M0.0 17.0L1.0 17.0L1.0 1.0L2.0 1.0M5.0 17.0L6.0 17.0");
        assert_eq!(path(&columns[..1], (1.0, 1.0), f64::from, 16.0), "M0.0 9.0L1.0 9.0");
        let spike = Column { max: 3.0, ..column(0, 1.0, false) };
        assert_eq!(path(&[spike], (1.0, 3.0), f64::from, 16.0), "M0.0 17.0L0.5 17.0V1.0L1.0 17.0", "it is seen");
    }

    #[test]
    fn f21_what_is_no_number_is_not_drawn() {
        let columns = [column(0, 1.0, false), column(1, f64::INFINITY, false), column(2, 2.0, false)];
        assert_eq!(extent(&columns), Some((1.0, 2.0)));
        assert_eq!(path(&columns, (1.0, 2.0), f64::from, 16.0), "M0.0 17.0L1.0 17.0M2.0 1.0L3.0 1.0");
        assert_eq!(extent(&columns[1..2]), None);
    }

    #[test]
    fn f21_what_is_beyond_a_single_or_differs_by_little_is_drawn_as_anything_else() {
        for (low, high) in [(1e300, 3e300), (f64::MIN, f64::MAX), (5.0 - 1e-12, 5.0 + 1e-12)] {
            let columns = [column(0, low, false), column(1, high, false)];
            assert_eq!(extent(&columns), Some((low, high)));
            assert_eq!(path(&columns, (low, high), f64::from, 16.0), "M0.0 17.0L1.0 17.0L1.0 1.0L2.0 1.0");
        }
    }
}
