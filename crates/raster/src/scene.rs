//! What a picture shows, in the screen's own pixels.

use crate::Rgb;

/// One pixel column of one series.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Column {
    /// Which: 0 is the first of the plot's area. One left of it, and one right of it, say where the line comes from and
    /// where it goes on to.
    pub x: i32,
    /// The first value in it.
    pub first: f32,
    /// The smallest.
    pub min: f32,
    /// The largest.
    pub max: f32,
    /// The last.
    pub last: f32,
    /// Whether the line from the column before is broken.
    pub broken: bool,
}

/// The two ends of a scale. A column's values are parts of what lies between, 0 at the lower end and 1 at the upper: in
/// those a single has more digits than a screen has pixels, whatever the numbers are.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    low: f64,
    per: f64,
}

impl Ends {
    /// The ends; the upper is above the lower.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        // By halves: the widest range is more than a double.
        Ends { low: low / 2.0, per: 1.0 / (high / 2.0 - low / 2.0) }
    }

    /// The column of these values, the first, the smallest, the largest and the last. What is far outside stays a number.
    // A page built to be small calls it a million times a frame: it is not to be built small there.
    #[inline(never)]
    #[must_use]
    pub fn column(self, x: i32, values: [f64; 4], broken: bool) -> Column {
        let [first, min, max, last] = values.map(|value| {
            let part = (value / 2.0 - self.low) * self.per;
            #[expect(clippy::cast_possible_truncation, reason = "a part of a screen's height")]
            let part = part.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32;
            part
        });
        Column { x, first, min, max, last, broken }
    }
}

/// A whole picture.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Where the plot's area begins; left of it are the values' axes.
    pub left: usize,
    /// Where the plot's area ends; below is the time's axis.
    pub foot: usize,
    /// How thick a line of the grid is; at least 1.
    pub thin: usize,
    /// Behind everything.
    pub ground: Rgb,
    /// The grid.
    pub grid: Rgb,
    /// The time of the area's left edge.
    pub from: i64,
    /// The time from its left edge to its right one.
    pub span: u64,
    /// The columns of the grid's vertical lines, from left to right.
    pub downs: &'a [i32],
    /// The lanes, from the top, none over another.
    pub lanes: &'a [Lane<'a>],
}

/// A strip of the picture with a scale of its own.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// Its first row of pixels.
    pub top: usize,
    /// The first row below it.
    pub bottom: usize,
    /// A value, and the height at which it is drawn.
    pub low: f64,
    /// That height, in pixels from the picture's top.
    pub base: f64,
    /// By how many pixels a value larger by one is higher.
    pub unit: f64,
    /// The rows of the grid's horizontal lines.
    pub across: &'a [usize],
    /// What is drawn, the last on top.
    pub lines: &'a [Line<'a>],
}

/// A series.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its colour.
    pub colour: Rgb,
    /// Half of its thickness in pixels.
    pub half: f64,
    /// How wide a sample is drawn at least to which no line leads and from which none goes on, in pixels; 0 for as thick
    /// as the line alone.
    pub dot: f64,
    /// Pixels on and off in turn; empty for a line without breaks.
    pub dashes: &'a [u16],
    /// Its columns, from left to right.
    pub columns: &'a [Column],
}
