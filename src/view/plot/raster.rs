//! A picture as pixels: what a plot has thousands of, grid and series, is drawn here, by plain code. A browser without a
//! GPU takes many times longer to stroke the same lines, and no two browsers colour the same pixels. Lengths are those of
//! CSS; a series has a column for each pixel of the screen.

use session::query::Column;
use std::ops::Range;

/// A colour, opaque.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// Pixels, column after column: a plot is drawn column by column.
#[derive(Debug, Default)]
pub struct Raster {
    width: usize,
    height: usize,
    /// The screen's pixels per CSS pixel.
    ratio: f64,
    pixels: Vec<[u8; 4]>,
    /// What the series being drawn covers, by column.
    hulls: Vec<Hull>,
}

/// Where a series is drawn, and how.
#[derive(Clone, Copy, Debug)]
pub struct Pen<'a> {
    /// Where the first column is.
    pub left: f64,
    /// The value at the lower end.
    pub low: f64,
    /// Where the lower end is.
    pub base: f64,
    /// By how much one more is higher.
    pub unit: f64,
    /// What may be coloured, from top to bottom.
    pub clip: (f64, f64),
    /// Its colour.
    pub colour: Rgb,
    /// Half of the line's thickness.
    pub half: f64,
    /// On and off in turn; empty for a line without breaks.
    pub dashes: &'a [f64],
    /// Where in the pattern the first column is.
    pub phase: f64,
}

/// What a line covers in one column, from top to bottom; nothing where the top is below the bottom.
#[derive(Clone, Copy, Debug)]
struct Hull {
    top: Edge,
    bottom: Edge,
}

/// Where a hull ends, and over how many pixels of the screen it fades: a steep line's edge crosses many of a column's.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Edge {
    at: f64,
    fade: f64,
}

impl Hull {
    const NONE: Hull =
        Hull { top: Edge { at: f64::INFINITY, fade: 1.0 }, bottom: Edge { at: f64::NEG_INFINITY, fade: 1.0 } };

    #[inline]
    fn sharp(top: f64, bottom: f64) -> Hull {
        Hull { top: Edge { at: top, fade: 1.0 }, bottom: Edge { at: bottom, fade: 1.0 } }
    }

    #[inline]
    fn join(self, other: Hull) -> Hull {
        // Comparisons, because they are one instruction each; a height that is no number is passed over.
        let further = |new: f64, old: f64, new_fade: f64, old_fade: f64| {
            new < old || (new.total_cmp(&old).is_eq() && new_fade < old_fade)
        };
        let top = further(other.top.at, self.top.at, other.top.fade, self.top.fade);
        let bottom = further(-other.bottom.at, -self.bottom.at, other.bottom.fade, self.bottom.fade);
        Hull { top: if top { other.top } else { self.top }, bottom: if bottom { other.bottom } else { self.bottom } }
    }
}

impl Raster {
    /// Begins a picture of so many pixels of the screen, all of one colour.
    pub fn begin(&mut self, width: usize, height: usize, ratio: f64, ground: Rgb) {
        (self.width, self.height, self.ratio) = (width, height, ratio);
        self.pixels.clear();
        self.pixels.resize(width * height, ground.pixel());
    }

    /// A line across, one CSS pixel thick, over a range of CSS pixels.
    pub fn across(&mut self, y: f64, columns: Range<f64>, colour: Rgb) {
        let rows = self.rows(y);
        for x in self.across_of(columns.start).start..self.across_of(columns.end - 1.0).end.min(self.width) {
            if let Some(pixels) = self.pixels.get_mut(x * self.height + rows.start..x * self.height + rows.end) {
                pixels.fill(colour.pixel());
            }
        }
    }

    /// A line down, one CSS pixel thick, from the top.
    pub fn down(&mut self, x: f64, bottom: f64, colour: Rgb) {
        let end = self.rows(bottom).start;
        for x in self.across_of(x) {
            if let Some(pixels) = self.pixels.get_mut(x * self.height..x * self.height + end) {
                pixels.fill(colour.pixel());
            }
        }
    }

    /// A line through the columns of a series. It covers what a line through every sample would: within a column all from
    /// the smallest to the largest, between columns the way from the last sample of one to the first of the next (Jugel
    /// et al., "M4", VLDB 2014).
    pub fn series(&mut self, columns: impl Iterator<Item = Column>, pen: &Pen<'_>) {
        self.hulls.clear();
        let height = |value: f64| pen.base - pen.unit * (value - pen.low);
        let y_of = |value: f32| height(f64::from(value));
        let mut before: Option<(u16, f64)> = None;
        for column in columns {
            let first = y_of(column.first);
            if let Some(from) = before.filter(|_| !column.broken) {
                self.between(from, (column.x, first), pen);
            }
            self.cover(column.x, Hull::sharp(y_of(column.max) - pen.half, y_of(column.min) + pen.half));
            before = Some((column.x, height(column.last)));
        }
        self.colour(pen);
    }

    /// The line from one column's middle to another's. In a column it is as much higher than thick as it is steep, and its
    /// edges fade over as many more pixels; it does not go beyond its ends.
    #[inline]
    fn between(&mut self, from: (u16, f64), to: (u16, f64), pen: &Pen<'_>) {
        let length = f64::from(to.0.saturating_sub(from.0)).max(1.0);
        let rise = (to.1 - from.1) / length;
        let steep = (1.0 + (rise * self.ratio) * (rise * self.ratio)).sqrt();
        let (high, low) = if from.1 < to.1 { (from.1, to.1) } else { (to.1, from.1) };
        let (high, low) = (high - pen.half, low + pen.half);
        for (steps, x) in (from.0..=to.0).enumerate() {
            let middle = if x == to.0 { to.1 } else { from.1 + rise * steps as f64 };
            let (top, bottom) = (middle - pen.half * steep, middle + pen.half * steep);
            let top = if top > high { Edge { at: top, fade: steep } } else { Edge { at: high, fade: 1.0 } };
            let bottom = if bottom < low { Edge { at: bottom, fade: steep } } else { Edge { at: low, fade: 1.0 } };
            self.cover(x, Hull { top, bottom });
        }
    }

    #[inline]
    fn cover(&mut self, x: u16, hull: Hull) {
        let x = usize::from(x);
        if self.hulls.len() <= x {
            self.hulls.resize(x + 1, Hull::NONE);
        }
        if let Some(known) = self.hulls.get_mut(x) {
            *known = known.join(hull);
        }
    }

    /// Colours what is covered: each column once.
    fn colour(&mut self, pen: &Pen<'_>) {
        let left = (pen.left * self.ratio).round() as usize;
        let hulls = std::mem::take(&mut self.hulls);
        for (x, hull) in hulls.iter().enumerate().take(self.width.saturating_sub(left)) {
            // A dash may leave out what is flat, never a spike.
            if hull.bottom.at - hull.top.at < 2.0 * pen.half + 3.0 && pen.is_off(x as f64 / self.ratio) {
                continue;
            }
            self.run(left + x, hull, pen);
        }
        self.hulls = hulls;
    }

    /// Colours a column from top to bottom; towards an edge in part.
    fn run(&mut self, x: usize, hull: &Hull, pen: &Pen<'_>) {
        let Some(pixels) = self.pixels.get_mut(x * self.height..(x + 1) * self.height) else { return };
        let (top, bottom) = (hull.top.at.max(pen.clip.0) * self.ratio, hull.bottom.at.min(pen.clip.1) * self.ratio);
        // The fade's ends; never above the clip or below it.
        let (above, below) = (hull.top.fade / 2.0, hull.bottom.fade / 2.0);
        let row = |y: f64| (y.max(0.0) as usize).min(pixels.len());
        let first = row((top - above).max(pen.clip.0 * self.ratio));
        let end = row((bottom + below).min(pen.clip.1 * self.ratio).ceil());
        let (full, faint) = (row((top + above).ceil()), row(bottom - below));
        if !(top < bottom && first < end) {
            return;
        }
        let solid = full.clamp(first, end)..faint.clamp(full.clamp(first, end), end);
        let part = |y: usize| {
            let middle = y as f64 + 0.5;
            let from_top = (middle - top) / hull.top.fade + 0.5;
            let to_bottom = (bottom - middle) / hull.bottom.fade + 0.5;
            if from_top < to_bottom { from_top } else { to_bottom }
        };
        for y in (first..solid.start).chain(solid.end..end) {
            if let Some(pixel) = pixels.get_mut(y) {
                *pixel = pen.colour.over(*pixel, part(y));
            }
        }
        if let Some(pixels) = pixels.get_mut(solid) {
            pixels.fill(pen.colour.pixel());
        }
    }

    /// The pixels row by row, as a canvas takes them: red, green, blue, alpha.
    pub fn write(&self, to: &mut Vec<u8>) {
        /// Pixels of a block that is turned at once: both its sides stay in the first-level cache.
        const BLOCK: usize = 16;
        to.resize(self.pixels.len() * 4, 0);
        let rows = to.as_chunks_mut::<4>().0;
        for left in (0..self.width).step_by(BLOCK) {
            for top in (0..self.height).step_by(BLOCK) {
                for y in top..(top + BLOCK).min(self.height) {
                    for x in left..(left + BLOCK).min(self.width) {
                        if let (Some(to), Some(from)) =
                            (rows.get_mut(y * self.width + x), self.pixels.get(x * self.height + y))
                        {
                            *to = *from;
                        }
                    }
                }
            }
        }
    }

    /// The screen's pixel columns of a CSS pixel.
    fn across_of(&self, x: f64) -> Range<usize> {
        let edge = |x: f64| ((x * self.ratio).round().max(0.0) as usize).min(self.width);
        edge(x.floor())..edge(x.floor() + 1.0)
    }

    /// The screen's pixel rows of a CSS pixel.
    fn rows(&self, y: f64) -> Range<usize> {
        let edge = |y: f64| ((y * self.ratio).round().max(0.0) as usize).min(self.height);
        edge(y.floor())..edge(y.floor() + 1.0)
    }
}

impl Pen<'_> {
    fn is_off(&self, x: f64) -> bool {
        let total: f64 = self.dashes.iter().sum();
        if total <= 0.0 {
            return false;
        }
        let mut at = (x + self.phase).rem_euclid(total);
        for (index, length) in self.dashes.iter().enumerate() {
            if at < *length {
                return index % 2 == 1;
            }
            at -= length;
        }
        false
    }
}

impl Rgb {
    fn pixel(self) -> [u8; 4] {
        let [red, green, blue] = self.0;
        [red, green, blue, 255]
    }

    /// This colour over a pixel, covering a part of it.
    #[inline]
    fn over(self, [red, green, blue, _]: [u8; 4], part: f64) -> [u8; 4] {
        let part = ((part * 256.0) as i32).clamp(0, 256);
        let mix = |new: u8, old: u8| (i32::from(old) + (((i32::from(new) - i32::from(old)) * part) >> 8)) as u8;
        let Rgb([r, g, b]) = self;
        [mix(r, red), mix(g, green), mix(b, blue), 255]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUND: Rgb = Rgb([255, 255, 255]);
    const INK: Rgb = Rgb([10, 20, 200]);

    fn pen() -> Pen<'static> {
        // Upwards: larger is higher.
        Pen {
            left: 0.0,
            low: 0.0,
            base: 60.0,
            unit: 1.0,
            clip: (0.0, 60.0),
            colour: INK,
            half: 0.75,
            dashes: &[],
            phase: 0.0,
        }
    }

    fn picture(ratio: f64) -> Raster {
        let mut raster = Raster::default();
        raster.begin((100.0 * ratio) as usize, (60.0 * ratio) as usize, ratio, GROUND);
        raster
    }

    fn random(seed: &mut u64) -> f64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed >> 11) as f64 / (1u64 << 53) as f64
    }

    /// P6: the picture of the envelope is that of every sample, to the pixel, over random views.
    #[test]
    fn the_envelope_colours_the_pixels_of_every_sample() {
        let mut seed = 0x9e37_79b9_7f4a_7c15;
        for view in 0..2000 {
            let ratio = [1.0, 1.5, 2.0][view % 3];
            let width = 100.0 * ratio;
            let samples = 1 + (random(&mut seed) * 600.0) as usize;
            let wild = random(&mut seed) * 40.0;
            let mut x = 0.0;
            // Samples by place and height, some of them after a gap.
            let points: Vec<(u16, f32, bool)> = (0..samples)
                .map(|_| {
                    x += random(&mut seed) * 2.0 * width / samples as f64;
                    let y = 30.0 + (x / 9.0).sin() * 20.0 + (random(&mut seed) - 0.5) * wild;
                    (x as u16, y as f32, random(&mut seed) < 0.02)
                })
                .filter(|(x, ..)| f64::from(*x) < width)
                .collect();
            let every = points.iter().map(|(x, y, broken)| Column {
                x: *x,
                first: *y,
                min: *y,
                max: *y,
                last: f64::from(*y),
                broken: *broken,
            });
            let mut columns: Vec<Column> = Vec::new();
            for sample in every.clone() {
                match columns.last_mut().filter(|last| last.x == sample.x) {
                    Some(last) => {
                        last.min = last.min.min(sample.min);
                        last.max = last.max.max(sample.max);
                        last.last = sample.last;
                    }
                    None => columns.push(sample),
                }
            }
            let (mut few, mut all) = (picture(ratio), picture(ratio));
            few.series(columns.into_iter(), &pen());
            all.series(every, &pen());
            assert!(few.pixels == all.pixels, "view {view} differs");
        }
    }

    #[test]
    fn a_spike_of_one_sample_is_seen_in_full_even_where_a_dash_is_off() {
        let column = |x: u16, max: f32| Column { x, first: 5.0, min: 5.0, max, last: 5.0, broken: false };
        let columns = (0..100).map(|x| column(x, if x == 55 { 50.0 } else { 5.0 }));
        let mut raster = picture(1.0);
        raster.series(columns, &Pen { dashes: &[50.0, 50.0], ..pen() });
        let column = raster.pixels.chunks(60).nth(55).unwrap_or_default();
        assert!(column[11..55].iter().all(|pixel| *pixel == INK.pixel()));
        let off = raster.pixels.chunks(60).nth(70).unwrap_or_default();
        assert!(off.iter().all(|pixel| *pixel == GROUND.pixel()), "a flat line is left out where the dash is off");
    }

    #[test]
    fn rows_come_out_as_a_canvas_takes_them() {
        let mut raster = Raster::default();
        raster.begin(3, 2, 1.0, GROUND);
        raster.down(1.0, 1.0, INK);
        let mut bytes = Vec::new();
        raster.write(&mut bytes);
        let [i, g] = [INK.pixel(), GROUND.pixel()];
        assert_eq!(bytes, [g, i, g, g, g, g].concat());
    }

    #[test]
    fn what_is_outside_the_picture_is_nothing() {
        let mut raster = picture(1.0);
        let columns = [(0, -1e30f32, 1e30f32), (50, f32::NEG_INFINITY, f32::INFINITY), (99, f32::NAN, f32::NAN)];
        let columns =
            columns.map(|(x, min, max)| Column { x, first: min, min, max, last: f64::from(max), broken: false });
        raster.series(columns.into_iter(), &pen());
        raster.across(1e9, 0.0..1e9, INK);
        raster.down(-5.0, 1e9, INK);
        assert_eq!(raster.pixels.len(), 6000);
    }
}
