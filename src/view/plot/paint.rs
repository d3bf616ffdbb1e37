//! From an envelope and a viewport to a picture: what there is much of as pixels, text and marks on top of them by the
//! canvas. No signals, and no state but memory that is used again. The cost follows the pixels.

mod over;

pub(super) use over::sharp;

use super::lanes::{Lane, Line, colour_token, dashes, drawn};
use super::scale::Scale;
use super::times::{self, Times};
use crate::browser::canvas::Canvas;
use crate::words::plot as words;
use raster::{Beside, Ends, Picture, Rgb};
use session::query::{Envelope, Series, own_table};
use std::collections::{BTreeMap, BTreeSet};

/// Room for the value axis, left.
pub const AXIS: f64 = 52.0;
/// Room for the time axis, below.
pub const FOOT: f64 = 22.0;
/// A line's thickness.
const THICK: f64 = 1.5;
/// How wide a sample that stands alone is at least.
const DOT: f64 = 3.0;
/// What is left free above and below a lane's scale.
const MARGIN: f64 = 6.0;
/// How far beside the plot a line may come from, in columns.
const FAR: i128 = 1_000_000_000;

/// The columns of a plot so many of a canvas' pixels wide: one for each pixel of the screen.
#[must_use]
pub fn columns(width: f64, ratio: f64) -> u16 {
    ((width * ratio).round() - (AXIS * ratio).round()).max(0.0) as u16
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
    /// The cursors that stay, A and B: nanoseconds since the Unix epoch.
    pub marks: [Option<i64>; 2],
    /// What is being selected, as fractions of the width.
    pub selecting: Option<(f64, f64)>,
    /// Ranges that were fixed, by lane.
    pub ranges: &'a BTreeMap<String, (f64, f64)>,
    /// Whether the right edge is the newest data.
    pub live: bool,
    /// Whether the newest data are not of now, as the link is not open.
    pub ended: bool,
    /// Whether time is that of the device's clock.
    pub by_device: bool,
    /// What the times are.
    pub times: Times,
}

/// A lane as it is drawn, for the pointer: heights in the canvas' pixels, and the values there.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The lane's key.
    pub key: String,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// The lowest value of its scale.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Drawn {
    /// Whether a height is in it.
    #[must_use]
    pub fn holds(&self, y: f64) -> bool {
        (self.top..self.bottom).contains(&y)
    }

    /// The value at a height.
    #[must_use]
    pub fn value_at(&self, y: f64) -> f64 {
        let inner = (self.bottom - self.top - 2.0 * MARGIN).max(1.0);
        let fraction = (1.0 - (y - self.top - MARGIN) / inner).clamp(0.0, 1.0);
        // The widest range is more than a double.
        self.low / 2.0 + fraction * (self.high / 2.0 - self.low / 2.0) + self.low / 2.0
    }
}

/// The colours in force.
pub(super) struct Palette {
    pub(super) ground: String,
    pub(super) grid: Rgb,
    pub(super) axis: String,
    pub(super) gap: String,
    pub(super) oxide: String,
    pub(super) ink: String,
    pub(super) series: Vec<Rgb>,
}

impl Palette {
    pub(super) fn of(canvas: &Canvas) -> Palette {
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

/// A lane with its place in the picture: heights in the canvas' pixels, on whole ones of the screen.
struct Placed<'a> {
    lane: &'a Lane,
    top: f64,
    tall: f64,
    scale: Scale,
    /// The series that are shown.
    shown: Vec<Shown<'a>>,
}

/// A series that is shown.
struct Shown<'a> {
    line: &'a Line,
    series: &'a Series,
    /// Where it comes from and where it leads to, beside the plot.
    sides: [Option<Beside>; 2],
    dashes: Vec<u16>,
}

impl Placed<'_> {
    /// The height of the scale.
    fn inner(&self) -> f64 {
        (self.tall - 2.0 * MARGIN).max(1.0)
    }

    /// Whether all that is shown in it is of the session at that place.
    fn is_of(&self, whose: u16) -> bool {
        self.shown.iter().all(|shown| own_table(shown.line.id.table).0 == usize::from(whose))
    }

    fn y_of(&self, value: f64) -> f64 {
        self.top + MARGIN + (1.0 - self.scale.fraction(value)) * self.inner()
    }
}

/// Paints plots. It keeps the picture before: what did not change is not drawn again.
#[derive(Default)]
pub struct Painter {
    picture: Picture,
    /// The automatic scales, by lane: they stay while they fit.
    scales: BTreeMap<String, Scale>,
}

impl Painter {
    /// Paints the whole plot, and says where its lanes are.
    pub fn paint(&mut self, canvas: &Canvas, scene: &Scene<'_>) -> Vec<Drawn> {
        let palette = Palette::of(canvas);
        let area = (canvas.width - AXIS).max(1.0);
        let height = (canvas.height - FOOT).max(1.0);
        let lanes = self.place(scene, canvas, height);
        let (labels, decimals) =
            times::moments(scene.times, scene.envelope.from_nanos, scene.envelope.to_nanos, area / 110.0);
        let span = (scene.envelope.to_nanos - scene.envelope.from_nanos).max(1) as f64;
        let x_of = |nanos: i64| AXIS + nanos.saturating_sub(scene.envelope.from_nanos) as f64 / span * area;
        self.draw(canvas, scene, &palette, &lanes, &labels);

        canvas.font(&format!("11px {}", canvas.token("--font")));
        for placed in &lanes {
            over::label_lane(canvas, &palette, placed);
        }
        over::gaps(canvas, scene, &palette, (&lanes, height), x_of);
        for at in labels {
            let x = x_of(at);
            if x > AXIS + 24.0
                && x < canvas.width - if scene.live { if scene.by_device { 132.0 } else { 112.0 } } else { 28.0 }
            {
                canvas.text(&times::moment(scene.times, at, decimals), x, height + 12.0, &palette.axis, "center");
            }
        }
        if scene.live {
            let colour = if scene.ended { &palette.axis } else { &palette.oxide };
            canvas.rect(canvas.width - 2.0, 0.0, 2.0, height, colour);
            let edge = times::moment(scene.times, scene.envelope.to_nanos, 0);
            let edge = match (scene.ended, scene.by_device) {
                (true, _) => words::ended(&edge),
                (false, true) if scene.times != Times::Instants => edge,
                (false, true) => words::device_now(&edge),
                (false, false) => words::now(&edge),
            };
            canvas.text(&edge, canvas.width - 4.0, height + 12.0, colour, "end");
        }
        over::selection(canvas, scene, &palette, (area, height));
        over::marks(canvas, scene, &palette, height, x_of);
        if let Some(cursor) = scene.cursor {
            over::cursor(canvas, scene, &palette, AXIS + cursor * area, (height, span));
        }
        let drawn = lanes.iter().map(|placed| Drawn {
            key: placed.lane.key(),
            top: placed.top,
            bottom: placed.top + placed.tall,
            low: placed.scale.low,
            high: placed.scale.high,
        });
        drawn.collect()
    }

    /// The lanes that are drawn, from the top, each with a scale that holds its series.
    fn place<'a>(&mut self, scene: &Scene<'a>, canvas: &Canvas, height: f64) -> Vec<Placed<'a>> {
        let lanes = drawn(scene.lanes, scene.hidden);
        let total: f64 = lanes.iter().map(|lane| lane.weight()).sum::<f64>().max(1.0);
        let ratio = canvas.ratio();
        let width = usize::from(columns(canvas.width, ratio));
        let sharp = |y: f64| (y * ratio).round() / ratio;
        let mut above = 0.0;
        let placed = lanes.into_iter().map(|lane| {
            let top = sharp(height * above / total);
            above += lane.weight();
            let tall = sharp(height * above / total) - top;
            let (min, max) = lines(scene, lane)
                .map(|(_, series)| series.extent(width))
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), (low, high)| (min.min(low), max.max(high)));
            let (key, ticks) = (lane.key(), (tall / 34.0).clamp(1.0, 6.0));
            let scale = match scene.ranges.get(&key) {
                Some((low, high)) => Scale::fixed(*low, *high, ticks),
                None => {
                    let scale = Scale::around(min, max, ticks);
                    let scale = scale.settled(self.scales.get(&key).copied());
                    self.scales.insert(key, scale);
                    scale
                }
            };
            let shown = lines(scene, lane).map(|(line, series)| {
                let dashes = dashes(line.dash).iter().map(|length| (length * ratio).round() as u16).collect();
                Shown { line, series, sides: sides(series, scene.envelope, width), dashes }
            });
            let shown = shown.collect();
            Placed { lane, top, tall, scale, shown }
        });
        placed.collect()
    }

    /// Grid and series, as pixels.
    fn draw(&mut self, canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, placed: &[Placed<'_>], at: &[i64]) {
        let ((wide, high), ratio) = (canvas.pixels(), canvas.ratio());
        let row = |y: f64| (y * ratio).round().max(0.0) as usize;
        let left = (AXIS * ratio).round() as usize;
        let (from, to) = (scene.envelope.from_nanos, scene.envelope.to_nanos);
        let span = from.abs_diff(to).max(1);
        let across_of =
            |at: &i64| i128::from(at.saturating_sub(from)) * wide.saturating_sub(left) as i128 / i128::from(span);
        let downs: Vec<i32> = at.iter().map(|at| across_of(at) as i32).collect();
        let foot = row((canvas.height - FOOT).max(1.0));
        let grids: Vec<Vec<usize>> = placed
            .iter()
            .map(|placed| placed.scale.ticks().map(|tick| row(placed.y_of(tick).round())).collect())
            .collect();
        let lines: Vec<Vec<raster::Line<'_>>> = placed
            .iter()
            .map(|placed| {
                let lines = placed.shown.iter().map(|shown| raster::Line {
                    colour: palette.series.get(shown.line.colour % 8).copied().unwrap_or_default(),
                    half: THICK / 2.0 * ratio,
                    dot: DOT * ratio,
                    dashes: &shown.dashes,
                    columns: &shown.series.columns,
                    before: shown.sides[0],
                    after: shown.sides[1],
                });
                lines.collect()
            })
            .collect();
        let parts = placed.iter().zip(&grids).zip(&lines);
        let mut lanes: Vec<raster::Lane<'_>> =
            parts.map(|((placed, across), lines)| lane_of(placed, across, lines, ratio)).collect();
        if lanes.is_empty() {
            // With every series hidden the time still goes on.
            let ends = Ends::new(0.0, 1.0);
            lanes.push(raster::Lane { top: 0, bottom: foot, ends, base: 0.0, unit: 0.0, across: &[], lines: &[] });
        }
        self.picture.show(&raster::Scene {
            width: wide,
            height: high,
            left,
            foot,
            thin: (ratio.round() as usize).max(1),
            ground: Rgb(canvas.rgb(&palette.ground)),
            grid: palette.grid,
            from,
            span,
            downs: &downs,
            lanes: &lanes,
        });
        canvas.put(self.picture.bytes(), wide, high);
    }
}

/// A lane in the screen's pixels.
fn lane_of<'a>(
    placed: &Placed<'_>,
    across: &'a [usize],
    lines: &'a [raster::Line<'a>],
    ratio: f64,
) -> raster::Lane<'a> {
    let row = |y: f64| (y * ratio).round().max(0.0) as usize;
    raster::Lane {
        top: row(placed.top),
        bottom: row(placed.top + placed.tall),
        ends: placed.scale.ends(),
        base: placed.y_of(placed.scale.low) * ratio,
        unit: placed.inner() * ratio,
        across,
        lines,
    }
}

/// The samples beside the span, where the line of a series comes from and where it leads to.
fn sides(series: &Series, envelope: &Envelope, width: usize) -> [Option<Beside>; 2] {
    let span = i128::from(envelope.from_nanos.abs_diff(envelope.to_nanos).max(1));
    let side = |(at, value): (i64, f64), broken: bool| {
        let x = (i128::from(at) - i128::from(envelope.from_nanos)) * width as i128;
        Beside { x: x.div_euclid(span).clamp(-FAR, FAR) as i32, value, broken }
    };
    let before = series.before.map(|before| side(before, true));
    let after = series.after.map(|after| side(after, series.after_broken));
    [before.filter(|before| before.x < 0), after.filter(|after| usize::try_from(after.x).is_ok_and(|x| x >= width))]
}

/// The series of a lane that are shown.
fn lines<'a>(scene: &Scene<'a>, lane: &'a Lane) -> impl Iterator<Item = (&'a Line, &'a Series)> {
    let (hidden, envelope) = (scene.hidden, scene.envelope);
    let shown = lane.series.iter().filter(|line| !hidden.contains(&line.id));
    shown.filter_map(|line| Some((line, envelope.series.iter().find(|series| series.id == line.id)?)))
}
