//! What a plot is drawn from.

use super::FieldId;
use serde::{Deserialize, Serialize};

/// Minimum and maximum per pixel column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The span drawn: nanoseconds since the Unix epoch.
    pub from_nanos: i64,
    /// Its end.
    pub to_nanos: i64,
    /// One series per field asked for, in that order.
    pub series: Vec<Series>,
    /// Gaps within the span, as (from, to) in nanoseconds since the Unix epoch; at most 256.
    pub gaps: Vec<(i64, i64)>,
}

/// One field's pixel columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The field.
    pub id: FieldId,
    /// One entry per column that holds samples, in order.
    pub columns: Vec<Column>,
    /// The last number before the span, where the line comes from: time in nanoseconds since the Unix epoch, and value.
    pub before: Option<(i64, f64)>,
    /// The first number after the span, where the line leads to.
    pub after: Option<(i64, f64)>,
    /// Whether the line to the number after the span is broken: a gap, or NaN, lies between.
    pub after_broken: bool,
}

/// One pixel column of one series (Jugel et al., "M4", VLDB 2014: first, minimum, maximum, last).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The pixel column, from the left.
    pub x: u16,
    /// The first value in it.
    pub first: f32,
    /// The smallest.
    pub min: f32,
    /// The largest.
    pub max: f32,
    /// The last, exact: it is read as well as drawn.
    pub last: f64,
    /// Whether the line from the column before is broken: a gap, or NaN, lies between.
    pub broken: bool,
}

impl From<store::EnvelopeColumn> for Column {
    fn from(column: store::EnvelopeColumn) -> Column {
        #[expect(clippy::cast_possible_truncation, reason = "drawn, not read; and none becomes infinite")]
        let drawn = |value: f64| value.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32;
        Column {
            x: column.x,
            first: drawn(column.first),
            min: drawn(column.min),
            max: drawn(column.max),
            last: column.last,
            broken: column.broken,
        }
    }
}
