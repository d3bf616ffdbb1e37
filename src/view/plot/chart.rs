//! A chart with two axes of numbers: one field against another, a spectrum, a distribution.

use super::paint::{Palette, sharp};
use super::scale::Scale;
use crate::browser::canvas::Canvas;
use crate::words::plot as words;

/// Room left of the chart and below it.
pub const LEFT: f64 = 64.0;
const FOOT: f64 = 36.0;
const TOP: f64 = 10.0;
const RIGHT: f64 = 12.0;

/// What stands in the chart.
pub enum Marks<'a> {
    /// Points.
    Dots(&'a [(f64, f64)]),
    /// A line through points that are sorted across.
    Line(&'a [(f64, f64)]),
    /// Bars beside each other from `low` on, each so wide and so high.
    Bars {
        /// Where the first begins.
        low: f64,
        /// How wide each is.
        wide: f64,
        /// How high they are.
        heights: &'a [u64],
    },
}

/// A chart: what stands in it, and the names of its axes.
pub struct Chart<'a> {
    /// What stands in it.
    pub marks: Marks<'a>,
    /// The name below.
    pub across: &'a str,
    /// The name at the left, at the top.
    pub up: &'a str,
    /// A point that is pointed at, with its words.
    pub point: Option<((f64, f64), String)>,
    /// The series' colour, 0 to 7.
    pub colour: usize,
    /// A range to show upwards in place of all.
    pub range: Option<(f64, f64)>,
}

impl Chart<'_> {
    /// Paints it over everything.
    pub fn paint(&self, canvas: &Canvas) {
        let palette = Palette::of(canvas);
        let css = |raster::Rgb([red, green, blue])| format!("rgb({red} {green} {blue})");
        let grid = css(palette.grid);
        let colour = css(palette.series.get(self.colour % 8).copied().unwrap_or_default());
        let (wide, high) = ((canvas.width - LEFT - RIGHT).max(1.0), (canvas.height - FOOT - TOP).max(1.0));
        let ((x_low, x_high), (y_low, y_high)) = self.extent();
        let x = Scale::around(x_low, x_high, (wide / 90.0).clamp(2.0, 10.0));
        let y = match self.range {
            Some((low, top)) => Scale::fixed(low, top, (high / 40.0).clamp(2.0, 8.0)),
            None => Scale::around(y_low, y_high, (high / 40.0).clamp(2.0, 8.0)),
        };
        let place = |(across, up): (f64, f64)| (LEFT + x.fraction(across) * wide, TOP + (1.0 - y.fraction(up)) * high);
        canvas.rect(0.0, 0.0, canvas.width, canvas.height, &palette.ground);
        canvas.font(&format!("11px {}", canvas.token("--font")));
        let across = x.ticks().map(|tick| place((tick, y.low)).0);
        let ups: Vec<f64> = y.ticks().map(|tick| place((x.low, tick)).1).collect();
        canvas.lines(across.map(|at| sharp(at, TOP, at, TOP + high)), &grid, 1.0, &[]);
        canvas.lines(ups.iter().map(|at| sharp(LEFT, *at, LEFT + wide, *at)), &grid, 1.0, &[]);
        for tick in x.ticks() {
            let label = x.label(tick);
            // The last one stays in the picture.
            let middle = place((tick, y.low)).0.min(canvas.width - canvas.text_width(&label) / 2.0 - 1.0);
            canvas.text(&label, middle, TOP + high + 11.0, &palette.axis, "center");
        }
        for (tick, at) in y.ticks().zip(&ups) {
            canvas.text(&y.label(tick), LEFT - 6.0, *at, &palette.axis, "end");
        }
        canvas.text(&with_offset(self.across, x), LEFT + wide, TOP + high + 26.0, &palette.ink, "end");
        canvas.clip(LEFT, TOP, wide, high);
        match &self.marks {
            Marks::Dots(points) => {
                let corners = points.iter().map(|point| place(*point)).map(|(x, y)| (x - 1.0, y - 1.0));
                canvas.rects(corners, (2.0, 2.0), &colour);
            }
            Marks::Line(points) => {
                let points: Vec<(f64, f64)> = thinned(points, wide, |point| place(point).0);
                let pairs = points.windows(2).filter_map(|pair| Some((place(*pair.first()?), place(*pair.last()?))));
                canvas.lines(pairs.map(|((ax, ay), (bx, by))| [ax, ay, bx, by]), &colour, 1.5, &[]);
            }
            Marks::Bars { low, wide, heights } => {
                for (index, height) in heights.iter().enumerate().filter(|(_, height)| **height > 0) {
                    let (left, top) = place((low + *wide * index as f64, *height as f64));
                    let (right, bottom) = place((low + *wide * (index + 1) as f64, 0.0));
                    canvas.rect(left, top, (right - left - 1.0).max(1.0), bottom - top, &colour);
                }
            }
        }
        canvas.unclip();
        canvas.text(&with_offset(self.up, y), LEFT + 6.0, TOP + 9.0, &palette.ink, "start");
        if let Some((point, words)) = &self.point {
            let (x, y) = place(*point);
            canvas.lines([sharp(x, TOP, x, TOP + high)], &palette.oxide, 1.0, &[3.0, 3.0]);
            let at_end = x + 8.0 + canvas.text_width(words) > canvas.width;
            let (at, align) = if at_end { (x - 6.0, "end") } else { (x + 6.0, "start") };
            canvas.text(words, at, (y + 8.0).clamp(TOP + 24.0, TOP + high - 8.0), &palette.ink, align);
        }
    }

    /// What there is, across and upwards.
    fn extent(&self) -> ((f64, f64), (f64, f64)) {
        match &self.marks {
            Marks::Dots(points) | Marks::Line(points) => {
                let all = |pick: fn(&(f64, f64)) -> f64| {
                    points.iter().map(pick).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                        (low.min(value), high.max(value))
                    })
                };
                (all(|point| point.0), all(|point| point.1))
            }
            Marks::Bars { low, wide, heights } => {
                let top = heights.iter().copied().max().unwrap_or(1) as f64;
                ((*low, low + wide * heights.len() as f64), (0.0, top))
            }
        }
    }
}

/// An axis' name, with what its numbers are counted from.
fn with_offset(name: &str, scale: Scale) -> String {
    match scale.offset() {
        Some(offset) => format!("{name} · {}", words::offset(&offset, "")),
        None => name.to_owned(),
    }
}

/// Of the points in one pixel's width only the highest and the lowest: a peak is never lost.
fn thinned(points: &[(f64, f64)], wide: f64, place: impl Fn((f64, f64)) -> f64) -> Vec<(f64, f64)> {
    if points.len() as f64 <= wide * 2.0 {
        return points.to_vec();
    }
    let mut out: Vec<(f64, f64)> = Vec::new();
    for pixel in points.chunk_by(|a, b| place(*a) as i64 == place(*b) as i64) {
        let low = pixel.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
        let high = pixel.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
        let mut both: Vec<(f64, f64)> = low.into_iter().chain(high).collect();
        both.sort_by(|a, b| a.0.total_cmp(&b.0));
        both.dedup();
        out.extend(both);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::thinned;

    #[test]
    fn a_peak_is_never_thinned_out() {
        let points: Vec<(f64, f64)> = (0..10_000).map(|x| (f64::from(x), if x == 4321 { 9.0 } else { 0.0 })).collect();
        let few = thinned(&points, 100.0, |point| point.0 / 100.0);
        assert!(few.len() <= 200 && few.contains(&(4321.0, 9.0)));
        assert!(few.is_sorted_by(|a, b| a.0 <= b.0));
    }
}
