//! What stands over grid and series: text, gaps, cursors. The canvas draws it.

use super::{AXIS, FOOT, Palette, Placed, Scene};
use crate::browser::canvas::Canvas;
use crate::view::format;
use crate::words::plot as words;

/// What is being selected.
pub(super) fn selection(canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, (area, height): (f64, f64)) {
    if let Some((from, to)) = scene.selecting {
        let (from, to) = (AXIS + from.min(to) * area, AXIS + from.max(to) * area);
        let edges = [sharp(from, 0.0, from, height + FOOT), sharp(to, 0.0, to, height + FOOT)];
        canvas.lines(edges, &palette.oxide, 1.0, &[]);
        canvas.rect(from, height, to - from, 3.0, &palette.oxide);
    }
}

/// The cursors that stay.
pub(super) fn marks(canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, height: f64, x_of: impl Fn(i64) -> f64) {
    for (mark, name) in scene.marks.iter().zip(["A", "B"]) {
        let x = mark.map(&x_of).filter(|x| (AXIS..=canvas.width).contains(x));
        if let Some(x) = x {
            canvas.lines([sharp(x, 0.0, x, height)], &palette.ink, 1.0, &[4.0, 3.0]);
            let left = (x + 3.0).min(canvas.width - 15.0);
            canvas.rect(left, 2.0, 14.0, 14.0, &palette.ink);
            canvas.text(name, left + 7.0, 9.5, &palette.ground, "center");
        }
    }
}

/// A lane's ticks and its unit.
pub(super) fn label_lane(canvas: &Canvas, palette: &Palette, placed: &Placed<'_>) {
    let unit = format::unit(&placed.lane.unit);
    let (top, bottom) = (placed.top, placed.top + placed.tall);
    for tick in placed.scale.ticks() {
        let y = placed.y_of(tick);
        // The unit has the top of the axis to itself.
        if y > top + if unit.is_empty() { 7.0 } else { 25.0 } && y < bottom - 4.0 {
            let label = placed.scale.label(tick);
            // A long one comes nearer, so that its sign is seen.
            let end = (canvas.text_width(&label) + 1.0).clamp(AXIS - 6.0, AXIS - 1.0);
            canvas.text_within(&label, (end, y), &palette.axis, "end", AXIS - 3.0);
        }
    }
    canvas.text_within(&unit, (AXIS - 6.0, top + 11.0), &palette.ink, "end", AXIS - 8.0);
    if let Some(offset) = placed.scale.offset() {
        let words = words::offset(&offset, &unit);
        canvas.rect(AXIS + 2.0, top + 3.0, canvas.text_width(&words) + 8.0, 16.0, &palette.ground);
        canvas.text(&words, AXIS + 6.0, top + 11.0, &palette.ink, "start");
    }
}

/// A gap: hatched, and nothing of the lines.
pub(super) fn gap(canvas: &Canvas, palette: &Palette, (from, to): (f64, f64), (top, bottom): (f64, f64)) {
    // However short, a gap is seen.
    let width = (to - from).max(3.0);
    if to < AXIS || from > canvas.width {
        return;
    }
    canvas.rect(from, top, width, bottom - top, &palette.ground);
    canvas.clip(from, top, width, bottom - top);
    let slants = (0..).map(|index| top + f64::from(index) * 7.0 - width).take_while(|y| *y < bottom);
    canvas.lines(slants.map(|y| [from, y + width, from + width, y]), &palette.gap, 1.0, &[]);
    canvas.unclip();
    let edges = [sharp(from, top, from, bottom), sharp(from + width, top, from + width, bottom)];
    canvas.lines(edges, &palette.gap, 1.0, &[]);
}

/// The moving cursor with its time.
pub(super) fn cursor(canvas: &Canvas, scene: &Scene<'_>, palette: &Palette, x: f64, (height, span): (f64, f64)) {
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
pub(in super::super) fn sharp(from_x: f64, from_y: f64, to_x: f64, to_y: f64) -> [f64; 4] {
    [from_x.round() + 0.5, from_y.round() + 0.5, to_x.round() + 0.5, to_y.round() + 0.5]
}
