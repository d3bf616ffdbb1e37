//! What is made of numbers beside a plot over time: statistics, spectra, distributions, tables for other programs.

use super::FieldId;
use serde::{Deserialize, Serialize};

/// What is told of one field's numbers over a span. NaN and the infinite are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// The field.
    pub id: FieldId,
    /// How many numbers.
    pub count: u64,
    /// The smallest; `None` where there is no number.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their standard deviation, as of a sample (divided by n − 1); `None` for fewer than two.
    pub deviation: Option<f64>,
}

/// One field against another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Xy {
    /// The points, oldest first: at most 20,000, the newest.
    pub points: Vec<(f64, f64)>,
    /// Points of the span, and rows before those that were looked at.
    pub total: u64,
    /// No row has a number in both fields: each number of the field upwards stands with the newest of the other before it.
    pub held: bool,
}

/// The spectrum of a field. Samples count as taken at equal intervals: the mean of the span's, since they come in chunks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spectrum {
    /// Samples per second.
    pub rate_hz: f64,
    /// Samples used: the newest of the span without a gap among them, at most 16,384.
    pub used: u64,
    /// Samples of the span that were not used.
    pub unused: u64,
    /// From one amplitude to the next, in hertz.
    pub step_hz: f64,
    /// Amplitudes from 0 Hz to half the rate, in the field's unit: of a sine, its peak value. The mean is taken away
    /// before, and a Hann window is applied.
    pub amplitudes: Vec<f64>,
    /// Frequency and amplitude of the largest, found between the steps, where the samples' transform is highest; `None`
    /// where nothing rises.
    pub peak: Option<(f64, f64)>,
}

/// How often which values come.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Where the first bin begins.
    pub low: f64,
    /// Where the last one ends; it holds this value too.
    pub high: f64,
    /// Numbers in each bin; all are equally wide.
    pub bins: Vec<u64>,
    /// Numbers counted: at most 4,000,000, the newest.
    pub counted: u64,
    /// Numbers of the span.
    pub total: u64,
}

impl Histogram {
    /// How wide each bin is.
    #[must_use]
    pub fn bin(&self) -> f64 {
        let bins = self.bins.len().max(1) as f64;
        self.high / bins - self.low / bins
    }
}

/// A piece of a table as CSV (RFC 4180).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Csv {
    /// Whole lines, ended by CR LF; the first piece begins with the heads.
    pub text: String,
    /// Where the next piece begins: a row for each table; `None` where this was the last.
    pub next: Option<Vec<u64>>,
    /// Rows in this piece.
    pub rows: u64,
    /// Rows that were given up before they could be written.
    pub missed: u64,
}

/// Something that happened at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// When: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// What.
    pub kind: HappeningKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HappeningKind {
    /// A gap began.
    Gap,
    /// A frame was rejected.
    Rejected,
}
