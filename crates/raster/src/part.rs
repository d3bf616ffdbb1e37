//! The columns of a line as they are drawn.

use crate::Column;
use crate::scene::{Beside, Ends, Line};
use alloc::vec::Vec;

/// One pixel column of one line. Its values are parts of what lies between the ends of the scale: in those a single has
/// more digits than a screen has pixels, whatever the numbers are, and half as many bytes are kept and compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) x: i32,
    pub(crate) first: f32,
    pub(crate) min: f32,
    pub(crate) max: f32,
    pub(crate) last: f32,
    pub(crate) broken: bool,
}

impl Ends {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a part of a screen's height; what is far outside is infinite")]
    fn drawn(self, value: f64) -> f32 {
        self.part(value) as f32
    }
}

/// A line's columns, and those beside the plot's area, in place of what is in `parts`.
pub(crate) fn parts_of(line: &Line<'_>, ends: Ends, parts: &mut Vec<Part>) {
    let beside = |Beside { x, value, broken }: Beside| {
        let part = ends.drawn(value);
        Part { x, first: part, min: part, max: part, last: part, broken }
    };
    parts.clear();
    parts.extend(line.before.map(beside));
    parts.extend(line.columns.iter().map(|column| {
        let Column { x, first, min, max, last, broken } = *column;
        let [first, min, max, last] = [first, min, max, last].map(|value| ends.drawn(value));
        Part { x: i32::from(x), first, min, max, last, broken }
    }));
    parts.extend(line.after.map(beside));
}
