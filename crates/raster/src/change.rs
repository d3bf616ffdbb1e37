//! What of a scene is not as it was.

use crate::Rgb;
use crate::hull::reach;
use crate::part::{Part, parts_of};
use crate::scene::{Ends, Lane, Line, Scene};
use alloc::vec::Vec;
use core::ops::Range;

/// What a picture shows.
#[derive(Debug)]
pub(crate) struct Known {
    frame: Frame,
    from: i64,
    downs: Vec<i32>,
    pub(crate) lanes: Vec<KnownLane>,
}

/// What may not change, or everything is drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Frame {
    size: [usize; 5],
    colours: [Rgb; 2],
    span: u64,
    lanes: usize,
}

/// A lane, its lines scaled.
#[derive(Debug, Default)]
pub(crate) struct KnownLane {
    pub(crate) rows: Range<usize>,
    /// The ends of the scale.
    ends: Option<Ends>,
    /// The height of the lower end, and how much higher the upper is.
    place: [f64; 2],
    pub(crate) across: Vec<usize>,
    pub(crate) lines: Vec<KnownLine>,
}

/// A line, its columns scaled.
#[derive(Debug, Default)]
pub(crate) struct KnownLine {
    pub(crate) colour: Rgb,
    pub(crate) half: f64,
    pub(crate) dot: f64,
    pub(crate) dashes: Vec<u16>,
    pub(crate) parts: Vec<Part>,
}

/// What to draw again: columns at the left edge, and from one on to the right edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) head: i32,
    pub(crate) tail: i32,
}

impl Frame {
    fn of(scene: &Scene<'_>) -> Frame {
        Frame {
            size: [scene.width, scene.height, scene.left, scene.foot, scene.thin],
            colours: [scene.ground, scene.grid],
            span: scene.span,
            lanes: scene.lanes.len(),
        }
    }
}

impl Known {
    /// A picture of this make with nothing in it.
    pub(crate) fn empty(scene: &Scene<'_>) -> Known {
        let lanes = scene.lanes.iter().map(|_| KnownLane::default()).collect();
        Known { frame: Frame::of(scene), from: scene.from, downs: scene.downs.to_vec(), lanes }
    }

    /// By how many whole columns a scene has moved on, if it has, and is otherwise of the same make.
    pub(crate) fn moved(&self, scene: &Scene<'_>) -> Option<i32> {
        if self.frame != Frame::of(scene) || scene.from < self.from || scene.span == 0 {
            return None;
        }
        let wide = scene.width.saturating_sub(scene.left);
        let columns = u128::from(scene.from.abs_diff(self.from)) * wide as u128;
        let span = u128::from(scene.span);
        let moved = columns.is_multiple_of(span).then(|| columns / span).filter(|moved| *moved < wide as u128)?;
        i32::try_from(moved).ok()
    }

    /// What has changed in the grid's vertical lines, for a picture so many columns wide that has moved by `by`.
    pub(crate) fn downs(&self, scene: &Scene<'_>, by: i32, wide: i32) -> Changed {
        let thin = i32::try_from(scene.thin).unwrap_or(1);
        // What has come into view on the right was not drawn at all.
        let mut changed = Changed { head: if by > 0 { thin } else { 0 }, tail: wide.saturating_sub(by) };
        let was = self.downs.iter().map(|x| x.saturating_sub(by));
        let gone = was.clone().filter(|x| !scene.downs.contains(x));
        let come = scene.downs.iter().copied().filter(|x| was.clone().all(|was| was != *x));
        for x in gone.chain(come).filter(|x| x.saturating_add(thin) > 0 && *x < wide) {
            changed.add(x..x.saturating_add(thin), wide);
        }
        changed
    }

    /// Keeps where a scene is in place of where it was; the lanes are renewed one by one.
    pub(crate) fn keep(&mut self, scene: &Scene<'_>) {
        self.from = scene.from;
        self.downs.clear();
        self.downs.extend_from_slice(scene.downs);
    }
}

impl Changed {
    /// All of so many columns.
    pub(crate) fn all(wide: i32) -> Changed {
        Changed { head: wide, tail: wide }
    }

    /// A range of columns changed, too.
    fn add(&mut self, range: Range<i32>, wide: i32) {
        // What is near the left edge belongs to the head, anything else to the tail.
        if range.start <= self.head.max(wide / 8) && range.end < wide / 4 {
            self.head = self.head.max(range.end);
        } else {
            self.tail = self.tail.min(range.start.max(0));
        }
    }

    /// The two ranges, or one where they meet.
    pub(crate) fn ranges(self, wide: i32) -> [Range<i32>; 2] {
        if self.head >= self.tail { [0..wide, 0..0] } else { [0..self.head, self.tail..wide] }
    }
}

impl KnownLane {
    /// The height of a part of the scale, in pixels from the picture's top; what is far outside stays a number.
    #[inline]
    pub(crate) fn height(&self, part: f32) -> f64 {
        let ([base, unit], part) = (self.place, part.clamp(f32::MIN, f32::MAX));
        base - unit * f64::from(part)
    }

    /// Takes what a lane shows now, and adds what has changed in it since the picture was moved by `by`; `None` where all
    /// of it has. `spare` is memory to be used again: each line's columns are read once.
    pub(crate) fn renew(
        &mut self,
        lane: &Lane<'_>,
        (by, wide): (i32, i32),
        mut changed: Changed,
        spare: &mut Vec<Part>,
    ) -> Option<Changed> {
        let (rows, place) = (lane.top..lane.bottom, [lane.base, lane.unit]);
        let mut same = self.rows == rows
            && self.ends == Some(lane.ends)
            && self.place == place
            && self.across == lane.across
            && self.lines.len() == lane.lines.len();
        (self.rows, self.ends, self.place) = (rows, Some(lane.ends), place);
        self.across.clear();
        self.across.extend_from_slice(lane.across);
        self.lines.resize_with(lane.lines.len(), KnownLine::default);
        for (known, line) in self.lines.iter_mut().zip(lane.lines) {
            parts_of(line, lane.ends, spare);
            same = same && known.changed(line, spare, (by, wide), &mut changed).is_some();
            known.keep(line, spare);
        }
        same.then_some(changed)
    }
}

impl KnownLine {
    /// Keeps a line in place of what was one, and leaves in `parts` what was shown of that.
    fn keep(&mut self, line: &Line<'_>, parts: &mut Vec<Part>) {
        (self.colour, self.half, self.dot) = (line.colour, line.half, line.dot);
        self.dashes.clear();
        self.dashes.extend_from_slice(line.dashes);
        core::mem::swap(&mut self.parts, parts);
    }

    /// Adds what has changed now that these are its columns; `None` where the line is drawn otherwise.
    fn changed(&self, line: &Line<'_>, new: &[Part], (by, wide): (i32, i32), changed: &mut Changed) -> Option<()> {
        let bits = |half: f64, dot: f64| [half.to_bits(), dot.to_bits()];
        let thick = bits(self.half, self.dot) == bits(line.half, line.dot);
        if self.colour != line.colour || !thick || self.dashes != line.dashes {
            return None;
        }
        let old = self.parts.as_slice();
        // A dot is wider than its column: what was half in sight may be gone at the left, or be whole at the right.
        let reach = reach(line.dot);
        if by > 0 && reach > 0 {
            changed.add(0..reach, wide);
            changed.tail = changed.tail.min(wide.saturating_sub(by).saturating_sub(reach).max(0));
        }
        // The first that are inside, before and now: left of them the line may have come from elsewhere.
        let old_first = old.partition_point(|column| column.x < by);
        let new_first = new.partition_point(|column| column.x < 0);
        let (inner_old, inner_new) = (old.get(old_first..)?, new.get(new_first..)?);
        let entry = |columns: &[Part], first: usize, by: i32| {
            let from = first.checked_sub(1).and_then(|before| columns.get(before));
            let to = columns.get(first);
            to.map(|to| (from.filter(|_| !to.broken).map(|from| (from.x.saturating_sub(by), from.last)), to.broken))
        };
        if entry(old, old_first, by) != entry(new, new_first, 0) {
            let end = |columns: &[Part], by: i32| columns.first().map_or(wide, |column| column.x.saturating_sub(by));
            let end = end(inner_old, by).max(end(inner_new, 0)).saturating_add(1).saturating_add(reach);
            changed.add(0..end.min(wide), wide);
        }
        // Columns given up at the left: what is left begins further right.
        let begin = inner_new.first().map_or(wide, |column| column.x);
        let gone = inner_old.partition_point(|column| column.x.saturating_sub(by) < begin);
        if let Some(column) = inner_old.first().filter(|_| gone > 0) {
            let end = begin.saturating_add(1).saturating_add(reach);
            changed.add(column.x.saturating_sub(by).saturating_sub(reach)..end.min(wide), wide);
        }
        let inner_old = inner_old.get(gone..)?;
        // The front's own break was compared above; behind it every column must be as it was.
        let equal = |index: usize, old: &Part, new: &Part| {
            let moved = Part { x: old.x.saturating_sub(by), broken: old.broken, ..*old };
            if index == 0 { moved == Part { broken: moved.broken, ..*new } } else { moved == *new }
        };
        let pairs = inner_old.iter().zip(inner_new).enumerate();
        let shared = pairs.take_while(|(index, (old, new))| equal(*index, old, new)).count();
        if shared < inner_old.len().max(inner_new.len()) {
            // From the last column that is the same on: the line that leaves it may lead elsewhere.
            let from = shared.checked_sub(1).and_then(|last| inner_new.get(last)).map_or(0, |column| column.x);
            changed.tail = changed.tail.min(from.saturating_sub(reach).clamp(0, wide));
        }
        Some(())
    }
}
