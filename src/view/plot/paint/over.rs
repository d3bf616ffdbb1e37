//! What stands over grid and series: text, gaps, cursors. The canvas draws it.

use super::super::times;
use super::{AXIS, FOOT, Palette, Placed, Scene};
use crate::browser::canvas::Canvas;
use crate::view::format;
use crate::words::plot as words;

/// However short, a gap is seen.
const NARROW: f64 = 3.0;
/// Beside a text that stands in the plot.
const SPACE: f64 = 5.0;
/// How long a gap is at least that says so; below, nothing but its place is worth telling.
const SAID: i64 = 1_000_000;

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

/// The gaps, each with how long it is where there is room for that. One device's gap leaves the others' lines alone: in
/// their lanes its own line is broken.
pub(super) fn gaps(
    canvas: &Canvas,
    scene: &Scene<'_>,
    palette: &Palette,
    (lanes, height): (&[Placed<'_>], f64),
    x_of: impl Fn(i64) -> f64,
) {
    let envelope = scene.envelope;
    let mut seen = Vec::new();
    for (index, &(from, to)) in envelope.gaps.iter().enumerate() {
        let (left, right) = (x_of(from).max(AXIS), x_of(to).min(canvas.width));
        if right < AXIS || left > canvas.width {
            continue;
        }
        let across = (left, right.max(left + NARROW));
        let mut top = None;
        let mut draw = |upper: f64, lower: f64| {
            gap(canvas, palette, across, (upper, lower));
            top.get_or_insert(upper);
        };
        match envelope.whose.get(index) {
            None => draw(0.0, height),
            Some(whose) => {
                let own = lanes.iter().filter(|placed| placed.is_of(*whose));
                own.for_each(|placed| draw(placed.top, placed.top + placed.tall));
            }
        }
        seen.extend(top.map(|top| (across, top, to.saturating_sub(from))));
    }
    seen.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
    let mut taken = AXIS;
    for (index, (across, top, long)) in seen.iter().enumerate() {
        // The name of a cursor is drawn last, and stands for itself.
        let next = seen.get(index + 1).map_or(canvas.width - NARROW, |next| next.0.0);
        let words = words::gap(&length(*long));
        let wide = canvas.text_width(&words) + 2.0 * SPACE;
        if let Some((x, inside)) = room(wide, *across, (taken, next)).filter(|_| *long >= SAID) {
            if inside {
                canvas.rect(x, top + 3.0, wide, 16.0, &palette.ground);
            }
            canvas.text(&words, x + SPACE, top + 11.0, &palette.ink, "start");
            taken = x + wide;
        }
        taken = taken.max(across.1);
    }
}

/// How long a gap is, in one unit or two.
fn length(nanos: i64) -> String {
    // An age below a tenth of a second is "now".
    // With tenths where they say something.
    if (100_000_000..10_000_000_000).contains(&nanos) { format::age(nanos) } else { format::duration(nanos) }
}

/// Where a text so wide begins: in the gap if that is wide enough, else at its right, else at its left; and whether it is
/// in it. `None` where it would stand in another gap or over another text.
fn room(wide: f64, (from, to): (f64, f64), (taken, next): (f64, f64)) -> Option<(f64, bool)> {
    match () {
        () if to - from >= wide + 2.0 * SPACE => Some(((from + to - wide) / 2.0, true)),
        () if next - to >= wide => Some((to, false)),
        () if from - taken >= wide => Some((from - wide, false)),
        () => None,
    }
}

/// A gap: hatched, and nothing of the lines.
fn gap(canvas: &Canvas, palette: &Palette, (from, to): (f64, f64), (top, bottom): (f64, f64)) {
    let width = to - from;
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
    let label = times::moment(scene.times, at, 3);
    let wide = canvas.text_width(&label) + 12.0;
    let middle = x.clamp(AXIS + wide / 2.0, canvas.width - wide / 2.0);
    canvas.rect(middle - wide / 2.0, height, wide, FOOT - 2.0, &palette.ink);
    canvas.text(&label, middle, height + 10.0, &palette.ground, "center");
}

/// A line that falls on whole pixels.
pub(in super::super) fn sharp(from_x: f64, from_y: f64, to_x: f64, to_y: f64) -> [f64; 4] {
    [from_x.round() + 0.5, from_y.round() + 0.5, to_x.round() + 0.5, to_y.round() + 0.5]
}

#[cfg(test)]
mod tests {
    use super::room;

    #[test]
    fn a_gap_says_how_long_it_is_where_there_is_room() {
        assert_eq!(room(60.0, (200.0, 300.0), (52.0, 700.0)), Some((220.0, true)), "in it");
        assert_eq!(room(60.0, (200.0, 210.0), (52.0, 700.0)), Some((210.0, false)), "at its right");
        assert_eq!(room(60.0, (680.0, 690.0), (52.0, 700.0)), Some((620.0, false)), "at its left, near the edge");
        assert_eq!(room(60.0, (200.0, 210.0), (190.0, 230.0)), None, "not over what is there");
    }
}
