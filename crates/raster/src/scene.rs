//! What a picture shows, in the screen's own pixels.

use crate::{Column, Rgb};

/// The two ends of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// Half of the lower end, and what half of a value is multiplied by: the widest range is more than a double.
    low: f64,
    per: f64,
}

impl Ends {
    /// The ends; the upper is above the lower.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Self {
        // Ends that are less apart than a number has an inverse: all is at the lower one.
        Ends { low: low / 2.0, per: (1.0 / (high / 2.0 - low / 2.0)).min(f64::MAX) }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper.
    #[inline]
    #[must_use]
    pub fn part(self, value: f64) -> f64 {
        (value / 2.0 - self.low) * self.per
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
    /// The ends of its scale.
    pub ends: Ends,
    /// The height of the lower end, in pixels from the picture's top.
    pub base: f64,
    /// By how many pixels the upper end is higher.
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
    /// Where the line comes from, left of the plot's area.
    pub before: Option<Beside>,
    /// Where it goes on to, right of it.
    pub after: Option<Beside>,
}

/// A sample beside the plot's area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// Its column: 0 is the first of the plot's area.
    pub x: i32,
    /// Its value.
    pub value: f64,
    /// Whether the line to it is broken.
    pub broken: bool,
}
