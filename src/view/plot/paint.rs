//! From an envelope and a viewport to a picture: what there is much of as pixels, text and marks on top of them by the
//! canvas. No signals, and no state but memory that is used again. The cost follows the pixels.

use super::lanes::{Lane, Line, colour_token, dashes, drawn};
use super::raster::{Pen, Raster, Rgb};
use super::scale::{Scale, moments};
use crate::browser::canvas::Canvas;
use crate::view::format;
use session::query::{Envelope, Series};
use std::collections::BTreeSet;

/// Room for the value axis, left.
pub const AXIS: f64 = 52.0;
/// Room for the time axis, below.
pub const FOOT: f64 = 22.0;
/// A line's thickness.
const THICK: f64 = 1.5;

/// The columns of a plot this many CSS pixels wide: one for each pixel of the screen.
#[must_use]
pub fn columns(width: f64, ratio: f64) -> u16 {
    ((width - AXIS).max(0.0) * ratio) as u16
}

/// Everything a picture needs.
pub struct Scene<'a> {
    /// The lanes, from the top.
    pub lanes: &'a [Lane],
    /// What to draw in them.
    pub envelope: &'a Envelope,
    /// Series switched off.
    pub hidden: &'a BTreeSet<session::query::FieldId>,
    /// The cursor as a fraction of the width.
    pub cursor: Option<f64>,
    /// Whether the right edge is now.
    pub live: bool,
    /// Seconds east of UTC.
    pub zone_seconds: i64,
}

/// The colours in force.
struct Palette {
    ground: String,
    grid: Rgb,
    axis: String,
    gap: String,
    oxide: String,
    ink: String,
    series: Vec<Rgb>,
}

impl Palette {
    fn of(canvas: &Canvas) -> Palette {
        let rgb = |token: &str| Rgb(canvas.rgb(&canvas.token(token)));
        Palette {
            ground: canvas.token("--plot-ground"),
            grid: rgb("--plot-grid"),
            axis: canvas.token("--plot-axis"),
            gap: canvas.token("--plot-gap"),
            oxide: canvas.token("--oxide"),
            ink: canvas.token("--ink"),
            series: (0..8).map(|colour| rgb(&colour_token(colour))).collect(),
        }
    }
}

/// A lane with its place in the picture.
struct Placed<'a> {
    lane: &'a Lane,
    top: f64,
    tall: f64,
    scale: Scale,
}

impl Placed<'_> {
    /// The height of the scale.
    fn inner(&self) -> f64 {
        (self.tall - 12.0).max(1.0)
    }

    fn y_of(&self, value: f64) -> f64 {
        self.top + 6.0 + (1.0 - self.scale.fraction(value)) * self.inner()
    }
}

/// Paints plots. It keeps the memory of the picture before.
#[derive(Default)]
pub struct Painter {
    raster: Raster,
    bytes: Vec<u8>,
}

impl Painter {
    /// Paints the whole plot.
    pub fn paint(&mut self, canvas: &Canvas, scene: &Scene<'_>) {
        let palette = Palette::of(canvas);
        let area = (canvas.width - AXIS).max(1.0);
        let height = (canvas.height - FOOT).max(1.0);
        let lanes = place(scene, height);
        let (labels, decimals) =
            moments(scene.envelope.from_nanos, scene.envelope.to_nanos, scene.zone_seconds, area / 110.0);
        let span = (scene.envelope.to_nanos - scene.envelope.from_nanos).max(1) as f64;
        let x_of = |nanos: i64| AXIS + nanos.saturating_sub(scene.envelope.from_nanos) as f64 / span * area;

        let (wide, high) = canvas.pixels();
        let raster = &mut self.raster;
        raster.begin(wide, high, canvas.ratio(), Rgb(canvas.rgb(&palette.ground)));
        for at in &labels {
            raster.down(x_of(*at).round(), height, palette.grid);
        }
        for placed in &lanes {
            draw_lane(raster, scene, &palette, placed, canvas.width);
        }
        raster.down(AXIS, height, palette.grid);
        raster.across(height.round(), 0.0..canvas.width, palette.grid);
        raster.write(&mut self.bytes);
        canvas.put(&self.bytes, wide, high);

        canvas.font(&format!("11px {}", canvas.token("--font")));
        for placed in &lanes {
            label_lane(canvas, &palette, placed);
        }
        for (from, to) in &scene.envelope.gaps {
            paint_gap(canvas, &palette, x_of(*from).max(AXIS), x_of(*to).min(canvas.width), height);
        }
        for at in labels {
            let x = x_of(at);
            if x > AXIS + 24.0 && x < canvas.width - if scene.live { 112.0 } else { 28.0 } {
                canvas.text(
                    &format::clock(at, scene.zone_seconds, decimals),
                    x,
                    height + 12.0,
                    &palette.axis,
                    "center",
                );
            }
        }
        if scene.live {
            canvas.rect(canvas.width - 2.0, 0.0, 2.0, height, &palette.oxide);
            let now = format!("now {}", format::clock(scene.envelope.to_nanos, scene.zone_seconds, 0));
            canvas.text(&now, canvas.width - 4.0, height + 12.0, &palette.oxide, "end");
        }
        if let Some(cursor) = scene.cursor {
            paint_cursor(canvas, scene, &palette, AXIS + cursor * area, (height, span));
        }
    }
}

/// The lanes that are drawn, from the top, each with a scale that holds its series.
fn place<'a>(scene: &Scene<'a>, height: f64) -> Vec<Placed<'a>> {
    let lanes = drawn(scene.lanes, scene.hidden);
    let total: f64 = lanes.iter().map(|lane| lane.weight()).sum::<f64>().max(1.0);
    let mut top = 0.0;
    let placed = lanes.into_iter().map(|lane| {
        let tall = height * lane.weight() / total;
        let (mut min, mut max) = (f32::INFINITY, f32::NEG_INFINITY);
        for column in lines(scene, lane).flat_map(|(_, series)| &series.columns) {
            min = min.min(column.min);
            max = max.max(column.max);
        }
        let scale = Scale::around(f64::from(min), f64::from(max), (tall / 34.0).clamp(1.0, 6.0));
        let placed = Placed { lane, top, tall, scale };
        top += tall;
        placed
    });
    placed.collect()
}

/// The series of a lane that are shown.
fn lines<'a>(scene: &Scene<'a>, lane: &'a Lane) -> impl Iterator<Item = (&'a Line, &'a Series)> {
    let (hidden, envelope) = (scene.hidden, scene.envelope);
    let shown = lane.series.iter().filter(|line| !hidden.contains(&line.id));
    shown.filter_map(|line| Some((line, envelope.series.iter().find(|series| series.id == line.id)?)))
}

fn draw_lane(raster: &mut Raster, scene: &Scene<'_>, palette: &Palette, placed: &Placed<'_>, width: f64) {
    for tick in placed.scale.ticks() {
        raster.across(placed.y_of(tick).round(), AXIS..width, palette.grid);
    }
    if placed.top > 0.0 {
        raster.across(placed.top.round(), 0.0..width, palette.grid);
    }
    for (line, series) in lines(scene, placed.lane) {
        let dashes = dashes(line.dash);
        // Dashes move with the data.
        let step = (scene.envelope.to_nanos - scene.envelope.from_nanos) as f64 / (width - AXIS).max(1.0);
        let Scale { low, high, .. } = placed.scale;
        let pen = Pen {
            left: AXIS,
            low,
            base: placed.y_of(low),
            unit: placed.inner() / (high - low),
            clip: (placed.top, placed.top + placed.tall),
            colour: palette.series.get(line.colour % 8).copied().unwrap_or_default(),
            half: THICK / 2.0,
            dashes,
            phase: (scene.envelope.from_nanos as f64 / step.max(1.0)).round(),
        };
        raster.series(series.columns.iter().copied(), &pen);
    }
}

fn label_lane(canvas: &Canvas, palette: &Palette, placed: &Placed<'_>) {
    let unit = format::unit(&placed.lane.unit);
    let (top, bottom) = (placed.top, placed.top + placed.tall);
    for tick in placed.scale.ticks() {
        let y = placed.y_of(tick);
        // The unit has the top of the axis to itself.
        if y > top + if unit.is_empty() { 7.0 } else { 25.0 } && y < bottom - 4.0 {
            canvas.text(&placed.scale.label(tick), AXIS - 6.0, y, &palette.axis, "end");
        }
    }
    canvas.text(&unit, AXIS - 6.0, top + 11.0, &palette.ink, "end");
}

fn paint_gap(canvas: &Canvas, palette: &Palette, from: f64, to: f64, height: f64) {
    // However short, a gap is seen.
    let width = (to - from).max(3.0);
    if to < AXIS || from > canvas.width {
        return;
    }
    canvas.rect(from, 0.0, width, height, &palette.ground);
    canvas.clip(from, 0.0, width, height);
    let slants = (0..).map(|index| f64::from(index) * 7.0 - width).take_while(|y| *y < height);
    canvas.lines(slants.map(|y| [from, y + width, from + width, y]), &palette.gap, 1.0, &[]);
    canvas.unclip();
    let edges = [sharp(from, 0.0, from, height), sharp(from + width, 0.0, from + width, height)];
    canvas.lines(edges, &palette.gap, 1.0, &[]);
}

fn paint_cursor(canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, x: f64, (height, span): (f64, f64)) {
    canvas.lines([sharp(x, 0.0, x, height)], &palette.ink, 1.0, &[]);
    let fraction = (x - AXIS) / (canvas.width - AXIS).max(1.0);
    let at = scene.envelope.from_nanos.saturating_add((span * fraction) as i64);
    let label = format::clock(at, scene.zone_seconds, 3);
    let wide = canvas.text_width(&label) + 12.0;
    let middle = x.clamp(AXIS + wide / 2.0, canvas.width - wide / 2.0);
    canvas.rect(middle - wide / 2.0, height, wide, FOOT - 2.0, &palette.ink);
    canvas.text(&label, middle, height + 10.0, &palette.ground, "center");
}

/// A line that falls on whole pixels.
fn sharp(from_x: f64, from_y: f64, to_x: f64, to_y: f64) -> [f64; 4] {
    [from_x.round() + 0.5, from_y.round() + 0.5, to_x.round() + 0.5, to_y.round() + 0.5]
}

/// The value of a series at a fraction of the width: the last one not after it.
#[must_use]
pub fn value_at(series: &Series, fraction: f64, width: f64) -> Option<f64> {
    let x = (fraction * width) as u16;
    series.columns.iter().rev().find(|column| column.x <= x).map(|column| column.last)
}
