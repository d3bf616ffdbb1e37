//! What a plot is drawn from.

use super::FieldId;
use serde::{Deserialize, Serialize};
pub use store::EnvelopeColumn as Column;

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
    /// Of several sessions: whose each gap is, as its place among them. Empty where it is one session's plot.
    pub whose: Vec<u16>,
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

impl Series {
    /// The smallest and the largest value within so many columns; infinite the wrong way round where there is none.
    #[must_use]
    pub fn extent(&self, width: usize) -> (f64, f64) {
        let inside = self.columns.iter().filter(|column| usize::from(column.x) < width);
        inside.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), column| {
            (if column.min < min { column.min } else { min }, if column.max > max { column.max } else { max })
        })
    }
}
