//! From an envelope and a viewport to strokes on a canvas: no state, no signals. The cost follows the pixels.

use super::lanes::{Lane, colour_token, dashes, drawn};
use super::scale::{Scale, moments};
use crate::browser::canvas::Canvas;
use crate::view::format;
use session::query::{Column, Envelope, Series};
use std::collections::BTreeSet;

/// Room for the value axis, left.
pub const AXIS: f64 = 52.0;
/// Room for the time axis, below.
pub const FOOT: f64 = 22.0;
/// A line of more points than this is drawn a pixel of the screen thick: it is a band or a fine curve then, and several
/// thick ones of that length would cost a CPU more than a frame.
const FINE: usize = 512;

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
    grid: String,
    axis: String,
    gap: String,
    oxide: String,
    ink: String,
    series: Vec<String>,
}

impl Palette {
    fn of(canvas: &Canvas) -> Palette {
        Palette {
            ground: canvas.token("--plot-ground"),
            grid: canvas.token("--plot-grid"),
            axis: canvas.token("--plot-axis"),
            gap: canvas.token("--plot-gap"),
            oxide: canvas.token("--oxide"),
            ink: canvas.token("--ink"),
            series: (0..8).map(|colour| canvas.token(&colour_token(colour))).collect(),
        }
    }
}

/// Paints the whole plot.
pub fn paint(canvas: &Canvas, scene: &Scene<'_>) {
    let palette = Palette::of(canvas);
    canvas.clear(&palette.ground);
    canvas.font(&format!("11px {}", canvas.token("--font")));
    let area = (canvas.width - AXIS).max(1.0);
    let height = (canvas.height - FOOT).max(1.0);
    let lanes = drawn(scene.lanes, scene.hidden);
    let total: f64 = lanes.iter().map(|lane| lane.weight()).sum::<f64>().max(1.0);
    let (labels, decimals) =
        moments(scene.envelope.from_nanos, scene.envelope.to_nanos, scene.zone_seconds, area / 110.0);
    let span = (scene.envelope.to_nanos - scene.envelope.from_nanos).max(1) as f64;
    let x_of = |nanos: i64| AXIS + nanos.saturating_sub(scene.envelope.from_nanos) as f64 / span * area;

    canvas.lines(labels.iter().map(|at| sharp(x_of(*at), 0.0, x_of(*at), height)), &palette.grid, 1.0, &[]);
    let mut top = 0.0;
    for lane in lanes {
        let tall = height * lane.weight() / total;
        paint_lane(canvas, scene, &palette, lane, (top, tall));
        top += tall;
    }
    for (from, to) in &scene.envelope.gaps {
        paint_gap(canvas, &palette, x_of(*from).max(AXIS), x_of(*to).min(canvas.width), height);
    }
    canvas.lines([sharp(AXIS, 0.0, AXIS, height), sharp(0.0, height, canvas.width, height)], &palette.grid, 1.0, &[]);
    for at in labels {
        let x = x_of(at);
        if x > AXIS + 24.0 && x < canvas.width - if scene.live { 112.0 } else { 28.0 } {
            canvas.text(&format::clock(at, scene.zone_seconds, decimals), x, height + 12.0, &palette.axis, "center");
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

fn paint_lane(canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, lane: &Lane, (top, tall): (f64, f64)) {
    let shown =
        |series: &&Series| !scene.hidden.contains(&series.id) && lane.series.iter().any(|line| line.id == series.id);
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    for column in scene.envelope.series.iter().filter(shown).flat_map(|series| &series.columns) {
        min = min.min(f64::from(column.min));
        max = max.max(f64::from(column.max));
    }
    let scale = Scale::around(min, max, (tall / 34.0).clamp(1.0, 6.0));
    let (inner_top, inner) = (top + 6.0, (tall - 12.0).max(1.0));
    let y_of = |value: f64| inner_top + (1.0 - scale.fraction(value)) * inner;
    canvas.lines(scale.ticks().map(|tick| sharp(AXIS, y_of(tick), canvas.width, y_of(tick))), &palette.grid, 1.0, &[]);
    let unit = format::unit(&lane.unit);
    for tick in scale.ticks() {
        let y = y_of(tick);
        // The unit has the top of the axis to itself.
        if y > top + if unit.is_empty() { 7.0 } else { 20.0 } && y < top + tall - 4.0 {
            canvas.text(&scale.label(tick), AXIS - 6.0, y, &palette.axis, "end");
        }
    }
    canvas.text(&unit, AXIS - 6.0, top + 11.0, &palette.ink, "end");
    if top > 0.0 {
        canvas.lines([sharp(0.0, top, canvas.width, top)], &palette.grid, 1.0, &[]);
    }
    canvas.clip(AXIS, top, canvas.width - AXIS, tall);
    for line in lane.series.iter().filter(|line| !scene.hidden.contains(&line.id)) {
        if let Some(series) = scene.envelope.series.iter().find(|series| series.id == line.id) {
            let colour = palette.series.get(line.colour % 8).map_or("", String::as_str);
            paint_series(canvas, series, colour, dashes(line.dash), &y_of);
        }
    }
    canvas.unclip();
}

/// The envelope at 22 %, with the line on top: straight through first, minimum, maximum and last of each column, which
/// is exactly what a line through every sample would colour (Jugel et al., "M4", VLDB 2014).
pub fn paint_series(canvas: &Canvas, series: &Series, colour: &str, dash: &[f64], y_of: &impl Fn(f64) -> f64) {
    let x_of = |column: &Column| AXIS + f64::from(column.x) + 0.5;
    let tall = series.columns.iter().filter(|column| column.max > column.min);
    let bars = tall.map(|column| (x_of(column) - 0.5, y_of(f64::from(column.max)), y_of(f64::from(column.min))));
    canvas.bars(bars, colour, 0.22);
    let mut points = Vec::with_capacity(series.columns.len() * 2);
    for (index, column) in series.columns.iter().enumerate() {
        let (x, begins) = (x_of(column), index == 0 || column.broken);
        points.push((begins, x, y_of(f64::from(column.first))));
        if column.max > column.min {
            points.push((false, x, y_of(f64::from(column.min))));
            points.push((false, x, y_of(f64::from(column.max))));
            points.push((false, x, y_of(f64::from(column.last))));
        } else if begins {
            // A lone sample is a dot.
            points.push((false, x + 0.5, y_of(f64::from(column.last))));
        }
    }
    if points.len() <= FINE {
        canvas.trace(points, colour, 1.5, dash);
        return;
    }
    // A hairline drawn twice is as dark as its colour wants to be, and still many times cheaper than a broad line.
    if points.len() <= 8 * FINE {
        canvas.trace(points.iter().copied(), colour, canvas.hairline(), dash);
    }
    canvas.trace(points, colour, canvas.hairline(), dash);
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
pub fn value_at(series: &Series, fraction: f64, width: f64) -> Option<f32> {
    let x = (fraction * width) as u16;
    series.columns.iter().rev().find(|column| column.x <= x).map(|column| column.last)
}
