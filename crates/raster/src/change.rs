//! What of a scene is not as it was.

use crate::Rgb;
use crate::hull::reach;
use crate::scene::{Column, Lane, Line, Scene};
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

#[derive(Debug)]
pub(crate) struct KnownLane {
    rows: Range<usize>,
    scale: [f64; 3],
    across: Vec<usize>,
    lines: Vec<KnownLine>,
}

#[derive(Debug)]
struct KnownLine {
    colour: Rgb,
    half: f64,
    dot: f64,
    dashes: Vec<u16>,
    columns: Vec<Column>,
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
    pub(crate) fn of(scene: &Scene<'_>) -> Known {
        let lanes = scene.lanes.iter().map(KnownLane::of).collect();
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

    /// Keeps what a scene shows in place of what was shown; the memory is used again.
    pub(crate) fn keep(&mut self, scene: &Scene<'_>) {
        self.from = scene.from;
        self.downs.clear();
        self.downs.extend_from_slice(scene.downs);
        for (known, lane) in self.lanes.iter_mut().zip(scene.lanes) {
            known.keep(lane);
        }
    }
}

impl Changed {
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
    fn of(lane: &Lane<'_>) -> KnownLane {
        KnownLane {
            rows: lane.top..lane.bottom,
            scale: [lane.low, lane.base, lane.unit],
            across: lane.across.to_vec(),
            lines: lane.lines.iter().map(KnownLine::of).collect(),
        }
    }

    /// What has changed in a lane since the picture was moved by `by`; `None` where all of it has.
    pub(crate) fn changed(&self, lane: &Lane<'_>, by: i32, wide: i32, mut changed: Changed) -> Option<Changed> {
        let same = self.rows == (lane.top..lane.bottom)
            && self.scale == [lane.low, lane.base, lane.unit]
            && self.across == lane.across
            && self.lines.len() == lane.lines.len();
        if !same {
            return None;
        }
        for (known, line) in self.lines.iter().zip(lane.lines) {
            known.changed(line, by, wide, &mut changed)?;
        }
        Some(changed)
    }

    fn keep(&mut self, lane: &Lane<'_>) {
        self.rows = lane.top..lane.bottom;
        self.scale = [lane.low, lane.base, lane.unit];
        self.across.clear();
        self.across.extend_from_slice(lane.across);
        self.lines.truncate(lane.lines.len());
        for (known, line) in self.lines.iter_mut().zip(lane.lines) {
            known.keep(line);
        }
        self.lines.extend(lane.lines.iter().skip(self.lines.len()).map(KnownLine::of));
    }
}

impl KnownLine {
    fn of(line: &Line<'_>) -> KnownLine {
        KnownLine {
            colour: line.colour,
            half: line.half,
            dot: line.dot,
            dashes: line.dashes.to_vec(),
            columns: line.columns.to_vec(),
        }
    }

    fn keep(&mut self, line: &Line<'_>) {
        (self.colour, self.half, self.dot) = (line.colour, line.half, line.dot);
        self.dashes.clear();
        self.dashes.extend_from_slice(line.dashes);
        self.columns.clear();
        self.columns.extend_from_slice(line.columns);
    }

    /// Adds what has changed; `None` where the line is drawn otherwise.
    fn changed(&self, line: &Line<'_>, by: i32, wide: i32, changed: &mut Changed) -> Option<()> {
        let bits = |half: f64, dot: f64| [half.to_bits(), dot.to_bits()];
        let thick = bits(self.half, self.dot) == bits(line.half, line.dot);
        if self.colour != line.colour || !thick || self.dashes != line.dashes {
            return None;
        }
        let (old, new) = (self.columns.as_slice(), line.columns);
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
        let entry = |columns: &[Column], first: usize, by: i32| {
            let from = first.checked_sub(1).and_then(|before| columns.get(before));
            let to = columns.get(first);
            to.map(|to| (from.filter(|_| !to.broken).map(|from| (from.x.saturating_sub(by), from.last)), to.broken))
        };
        if entry(old, old_first, by) != entry(new, new_first, 0) {
            let end = |columns: &[Column], by: i32| columns.first().map_or(wide, |column| column.x.saturating_sub(by));
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
        let equal = |index: usize, old: &Column, new: &Column| {
            let moved = Column { x: old.x.saturating_sub(by), broken: old.broken, ..*old };
            if index == 0 { moved == Column { broken: moved.broken, ..*new } } else { moved == *new }
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
