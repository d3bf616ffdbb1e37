//! The picture that is kept.

use crate::change::{Changed, Known, KnownLane};
use crate::hull::Hulls;
use crate::line::Strip;
use crate::part::Part;
use crate::scene::Scene;
use alloc::vec::Vec;
use core::ops::Range;

/// Bytes of a pixel.
const PIXEL: usize = 4;

/// Pixels of a block that is turned at once: both its sides stay in the first-level cache.
const BLOCK: usize = 16;

/// A picture of a plot. It remembers what it shows, so that what did not change is not drawn again.
#[derive(Debug, Default)]
pub struct Picture {
    /// Row by row: red, green, blue, alpha.
    bytes: Vec<u8>,
    known: Option<Known>,
    /// Columns of a lane that are being drawn.
    strip: Vec<u32>,
    hulls: Hulls,
    /// Memory of a line's columns.
    spare: Vec<Part>,
    drawn: u64,
}

impl Picture {
    /// An empty picture.
    #[must_use]
    pub fn new() -> Picture {
        Picture::default()
    }

    /// Shows a scene.
    pub fn show(&mut self, scene: &Scene<'_>) {
        let wide = i32::try_from(scene.width.saturating_sub(scene.left)).unwrap_or(0);
        let known = self.known.take();
        let moved = known.as_ref().and_then(|known| known.moved(scene));
        let (mut known, shared) = match (known, moved) {
            (Some(known), Some(by)) => {
                self.scroll(scene, by);
                let downs = known.downs(scene, by, wide);
                (known, downs)
            }
            _ => {
                self.bytes.clear();
                self.bytes.resize(scene.width.saturating_mul(scene.height).saturating_mul(PIXEL), 0);
                (Known::empty(scene), Changed::all(wide))
            }
        };
        let mut framed = moved.is_some();
        let mut spare = core::mem::take(&mut self.spare);
        for (lane, known) in scene.lanes.iter().zip(&mut known.lanes) {
            let changed = known.renew(lane, (moved.unwrap_or(0), wide), shared, &mut spare);
            framed &= changed.is_some();
            let ranges = changed.unwrap_or(Changed::all(wide)).ranges(wide);
            ranges.into_iter().for_each(|range| self.draw(scene, known, range));
        }
        if !framed {
            self.frame(scene);
        }
        known.keep(scene);
        (self.known, self.spare) = (Some(known), spare);
    }

    /// The pixels row by row, as a canvas takes them: red, green, blue, alpha.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many columns of lanes have been drawn so far: what a picture costs.
    #[must_use]
    pub fn columns_drawn(&self) -> u64 {
        self.drawn
    }

    /// Moves what is in the plot's area to the left.
    fn scroll(&mut self, scene: &Scene<'_>, by: i32) {
        let by = usize::try_from(by).unwrap_or(0);
        if by == 0 {
            return;
        }
        let row = scene.width.saturating_mul(PIXEL);
        let left = scene.left.saturating_mul(PIXEL);
        let from = left.saturating_add(by.saturating_mul(PIXEL));
        for row in self.bytes.chunks_exact_mut(row.max(PIXEL)).take(scene.foot) {
            if from <= row.len() {
                row.copy_within(from.., left);
            }
        }
    }

    /// What is around the plot's area: the ground, the axes' lines, and what parts one lane from the next.
    fn frame(&mut self, scene: &Scene<'_>) {
        let (ground, grid) = (scene.ground.pixel().to_le_bytes(), scene.grid.pixel().to_le_bytes());
        let thin = scene.thin.max(1);
        let axis = scene.left.saturating_sub(thin);
        let part =
            |y: usize| scene.lanes.iter().skip(1).any(|lane| (lane.top..lane.top.saturating_add(thin)).contains(&y));
        let rows = self.bytes.chunks_exact_mut(scene.width.saturating_mul(PIXEL).max(PIXEL));
        for (y, row) in rows.enumerate().take(scene.height) {
            let pixels = row.as_chunks_mut::<PIXEL>().0;
            let foot = (scene.foot..scene.foot.saturating_add(thin)).contains(&y);
            let all = if foot || (y < scene.foot && part(y)) { grid } else { ground };
            let end = if y < scene.foot { scene.left } else { scene.width };
            pixels.iter_mut().take(end).for_each(|pixel| *pixel = all);
            if y < scene.foot {
                pixels.iter_mut().take(end).skip(axis).for_each(|pixel| *pixel = grid);
            }
        }
    }

    /// Draws some columns of a lane.
    fn draw(&mut self, scene: &Scene<'_>, lane: &KnownLane, range: Range<i32>) {
        let tall = lane.rows.len();
        let wide = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0);
        if tall == 0 || wide == 0 {
            return;
        }
        self.drawn = self.drawn.saturating_add(wide as u64);
        self.strip.clear();
        self.strip.resize(wide.saturating_mul(tall), scene.ground.pixel());
        self.grid(scene, lane, &range);
        let all = i32::try_from(wide_of(scene)).unwrap_or(0);
        let origin = i128::from(scene.from) * wide_of(scene) / i128::from(scene.span.max(1));
        let origin = i64::try_from(origin).unwrap_or(0);
        let mut strip =
            Strip { pixels: &mut self.strip, tall, top: lane.rows.start, range: range.clone(), wide: all, origin };
        for line in &lane.lines {
            strip.line(line, lane, &mut self.hulls);
        }
        self.turn(scene, lane, &range);
    }

    /// The grid's lines in some columns of a lane.
    fn grid(&mut self, scene: &Scene<'_>, lane: &KnownLane, range: &Range<i32>) {
        let (tall, thin, grid) = (lane.rows.len(), scene.thin.max(1), scene.grid.pixel());
        for x in
            scene.downs.iter().flat_map(|x| (0..thin).map(|more| x.saturating_add(i32::try_from(more).unwrap_or(0))))
        {
            if range.contains(&x) {
                let at = usize::try_from(x.saturating_sub(range.start)).unwrap_or(0).saturating_mul(tall);
                if let Some(pixels) = self.strip.get_mut(at..at.saturating_add(tall)) {
                    pixels.fill(grid);
                }
            }
        }
        let parted = scene.lanes.first().is_some_and(|first| first.top < lane.rows.start).then_some(lane.rows.start);
        let rows = lane.across.iter().copied().chain(parted);
        let rows = rows.flat_map(|y| y..y.saturating_add(thin)).filter_map(|y| y.checked_sub(lane.rows.start));
        for y in rows.filter(|y| *y < tall) {
            for column in self.strip.chunks_exact_mut(tall) {
                if let Some(pixel) = column.get_mut(y) {
                    *pixel = grid;
                }
            }
        }
    }

    /// Puts the columns that were drawn into the rows of the picture.
    fn turn(&mut self, scene: &Scene<'_>, lane: &KnownLane, range: &Range<i32>) {
        let tall = lane.rows.len();
        let at = scene.left.saturating_add(usize::try_from(range.start).unwrap_or(0));
        let wide = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0);
        let rows = self.bytes.as_chunks_mut::<PIXEL>().0;
        let row_of = |y: usize| y.saturating_add(lane.rows.start).saturating_mul(scene.width);
        for left in (0..wide).step_by(BLOCK) {
            let across = left..left.saturating_add(BLOCK).min(wide);
            for top in (0..tall).step_by(BLOCK) {
                for y in top..top.saturating_add(BLOCK).min(tall) {
                    let start = row_of(y).saturating_add(at);
                    let row = rows.get_mut(start.saturating_add(across.start)..start.saturating_add(across.end));
                    let from = across.start.saturating_mul(tall).saturating_add(y);
                    let column = self.strip.get(from..).unwrap_or_default().iter().step_by(tall);
                    for (to, from) in row.into_iter().flatten().zip(column) {
                        *to = from.to_le_bytes();
                    }
                }
            }
        }
    }
}

/// The columns of the plot's area.
fn wide_of(scene: &Scene<'_>) -> i128 {
    scene.width.saturating_sub(scene.left) as i128
}
